"""Observations are checked: submissions in, findings out.

pandas and pandera are imported when something is checked, not before: other commands start without them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.catalog import Catalog
from pipeline.model import Finding, Submission
from pipeline.validate.history import NOTHING_KNOWN, History

OUTSIDE = 5
"""The level of rules that look beyond what one unit has sent."""


def warm_up() -> None:
    """Load the engines before they are needed: time that would be waited while worker processes open files."""
    from pipeline.validate.columns import warm_up

    warm_up()


def check(submissions: Sequence[Submission], catalog: Catalog, history: History = NOTHING_KNOWN) -> list[Finding]:
    """Findings of level 1 on these submissions, of any forms, units and periods.

    Each submission is judged by itself: what is found does not depend on what else is given, but for `history`, what is
    known of other months where a rule of one statement has to know it (A11). Level 0 (the file) is found while reading.
    Ordered by level, rule, submission, area and indicator.

    Raises:
        RuleCrashed: a rule failed on its own account.
        PolicyUndefined: a threshold has no value in the month of a submission.
    """
    from pipeline.validate.findings import run
    from pipeline.validate.frames import books
    from pipeline.validate.rules import RULES

    return run([rule for rule in RULES if rule.level < OUTSIDE], books(submissions, catalog, history))


def check_outside(in_force: Sequence[Submission], catalog: Catalog) -> list[Finding]:
    """Findings of level 5 on the submissions in force of one period: assessment ratios above 100 % (A20).

    Raises:
        RuleCrashed: a rule failed on its own account.
        PolicyUndefined: a threshold has no value in the month of a submission.
    """
    from pipeline.validate.findings import run
    from pipeline.validate.frames import books
    from pipeline.validate.rules import RULES

    return run([rule for rule in RULES if rule.level >= OUTSIDE], books(in_force, catalog))
