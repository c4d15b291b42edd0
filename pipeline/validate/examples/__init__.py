"""Worked examples of every edit rule: a true month, and the one change that breaks a rule and no other."""

from pipeline.validate.examples import other_forms, over_time, presence, statement
from pipeline.validate.examples.edits import Example

EXAMPLES: tuple[Example, ...] = (
    *statement.EXAMPLES,
    *presence.EXAMPLES,
    *over_time.EXAMPLES,
    *other_forms.EXAMPLES,
)
"""One for each way to break a rule."""

__all__ = ["EXAMPLES", "Example"]
