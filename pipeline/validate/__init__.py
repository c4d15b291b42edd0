"""Observations are checked: submissions in, findings out.

pandas and pandera are imported when something is checked, not before: other commands start without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.catalog.catalog import Catalog
from pipeline.model import Finding, Submission
from pipeline.validate.doubts import NO_DOUBTS, Doubts
from pipeline.validate.history import NOTHING_KNOWN, History
from pipeline.validate.neighbours import ALONE, RETURN, STATEMENT, Neighbours

if TYPE_CHECKING:
    from pipeline.validate.past import Past

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
    from pipeline.validate.building import books
    from pipeline.validate.findings import run
    from pipeline.validate.rules import RULES

    return run([rule for rule in RULES if rule.level < BEYOND], books(submissions, catalog, history))


def check_over_time(submissions: Sequence[Submission], catalog: Catalog, past: Past) -> list[Finding]:
    """Findings of level 2 on statements, each against what was in force of its unit before (A02 to A07, A13 and on).

    Args:
        submissions: of any units and periods, in force or not.
        catalog: forms, registers and policy.
        past: what is in force of the months before each of them; may hold later months too.

    Raises:
        RuleCrashed: a rule failed on its own account.
        PolicyUndefined: a threshold has no value in the month of a submission.
    """
    from pipeline.validate.building import books
    from pipeline.validate.findings import run
    from pipeline.validate.rules import RULES

    over_time = [rule for rule in RULES if rule.level == BEYOND and rule.reads == (STATEMENT,)]
    statements = [submission for submission in submissions if submission.form == STATEMENT]
    return run(over_time, books(statements, catalog, past=past))


def diagnose(
    found: Sequence[Finding],
    submissions: Sequence[Submission],
    catalog: Catalog,
    past: Past,
    history: History = NOTHING_KNOWN,
    returns: Sequence[Submission] = (),
) -> list[Finding]:
    """Findings of levels 1 and 2 on statements, those that follow from one cause folded under the one that tells it.

    Args:
        found: what `check` and `check_over_time` find on these submissions, and what reading them found.
        submissions: statements; others are passed over.
        catalog: forms, registers and policy.
        past: as for `check_over_time`.
        history: as for `check`.
        returns: county returns in force of the same months. Where a statement's own equations leave open which of its
            figures are wrong, the county is heard; by itself it accuses nobody.
    """
    from pipeline.validate.building import books
    from pipeline.validate.diagnosis.by_last_month import told_by_last_month
    from pipeline.validate.diagnosis.either import told_at_either
    from pipeline.validate.diagnosis.folding import diagnosed
    from pipeline.validate.diagnosis.portions import portions

    def check_again(corrected: Sequence[Submission]) -> list[Finding]:
        return [*check(corrected, catalog, history), *check_over_time(corrected, catalog, past)]

    result = list(found)
    beside = Neighbours(returns=returns)
    for statements, numbers in portions(found, [s for s in submissions if s.form == STATEMENT]):
        own = [found[number] for number in numbers]
        book = books(statements, catalog, history, beside, past)[STATEMENT]
        told = told_by_last_month(own, diagnosed(own, book, check_again), book, check_again)
        told = told_at_either(told, book, check_again)
        for number, finding in zip(numbers, told, strict=True):
            result[number] = finding
    return result


def check_beyond(in_force: Sequence[Submission], catalog: Catalog, neighbours: Neighbours = ALONE) -> list[Finding]:
    """Findings that take more than one form, or words, on the submissions in force of one period.

    Words against last month's and against the same unit's statement (Q01-n), statements against the counties' returns
    (A17), assessment ratios above 100 % (A20).

    Args:
        in_force: what counts of this period; a form that is not there is not compared.
        catalog: forms, registers and policy.
        neighbours: what stands beside it, of the same month and of the one before.

    Raises:
        RuleCrashed: a rule failed on its own account.
        PolicyUndefined: a threshold has no value in the month of a submission.
    """
    from pipeline.validate.building import books
    from pipeline.validate.findings import run
    from pipeline.validate.rules import RULES

    beyond = [rule for rule in RULES if rule.level >= BEYOND and rule.reads != (STATEMENT,)]
    return run(beyond, books(in_force, catalog, neighbours=neighbours))


def check_side_by_side(
    in_force: Sequence[Submission], catalog: Catalog, neighbours: Neighbours = ALONE, doubts: Doubts = NO_DOUBTS
) -> list[Finding]:
    """What `check_beyond` finds, and what county returns have wrong by themselves (level 1), each matter once.

    What is wrong in a return may show only beside another one: then what was found in it alone is told with that. What
    is found against a figure of a statement that has its own finding (`doubts`) may go under that.
    """
    returns = [submission for submission in in_force if submission.form == RETURN]
    found = [*check(returns, catalog), *check_beyond(in_force, catalog, neighbours)]
    return tell_once(found, in_force, catalog, doubts)


def tell_once(
    found: Sequence[Finding], submissions: Sequence[Submission], catalog: Catalog, doubts: Doubts = NO_DOUBTS
) -> list[Finding]:
    """Findings that compare forms, or on county returns, those that are one matter with another folded under it.

    Where two that know nothing of one another speak against one figure of a statement, a finding there is added.
    """
    from pipeline.validate.building import books
    from pipeline.validate.diagnosis.beside import told_once

    return told_once(found, books(submissions, catalog), doubts) if found else []
