"""Observations are checked: submissions in, findings out.

pandas and pandera are imported when something is checked, not before: other commands start without them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.catalog import Catalog
from pipeline.model import Finding, Submission
from pipeline.validate.history import NOTHING_KNOWN, History
from pipeline.validate.neighbours import ALONE, Neighbours

BEYOND = 2
"""The level from which on rules look beyond one submission."""


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

    return run([rule for rule in RULES if rule.level < BEYOND], books(submissions, catalog, history))


def check_beyond(in_force: Sequence[Submission], catalog: Catalog, neighbours: Neighbours = ALONE) -> list[Finding]:
    """Findings of level 2 and above on the submissions in force of one period.

    Words against last month's and against the same unit's statement (Q01-n), assessment ratios above 100 % (A20).

    Args:
        in_force: what counts of this period; a form that is not there is not compared.
        catalog: forms, registers and policy.
        neighbours: what stands beside it, of the same month and of the one before.

    Raises:
        RuleCrashed: a rule failed on its own account.
        PolicyUndefined: a threshold has no value in the month of a submission.
    """
    from pipeline.validate.findings import run
    from pipeline.validate.frames import books
    from pipeline.validate.rules import RULES

    return run([rule for rule in RULES if rule.level >= BEYOND], books(in_force, catalog, neighbours=neighbours))
