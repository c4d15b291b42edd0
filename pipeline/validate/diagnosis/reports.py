"""Reports that are another's as a whole: sent again, sent again with little changed, of another month than they say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Bound, Finding, Severity, Submission
from pipeline.periods import Month
from pipeline.validate.diagnosis.rounding import rounded
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.under import Check, Folded, key_of, under
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, true, unknown
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.past import ordinal

AGAIN = "A18"
PERIOD_DOUBTED = "F04"
LEAST_TO_SAY_SO = 2
"""So many hard findings before a report as a whole is doubted; one may be a slip."""
_ALIKE_PERCENT = 85
"""In an honest month with any business, cumulated figures, balances and grades move: hardly a third stays."""


def whole_reports(found: Sequence[Finding], book: Book, check: Check) -> Folded:
    """What is wrong because a report is not what it says it is, under the one finding that tells so."""
    folded = sent_again(found)
    for step in (_sent_again_changed, _of_another_month, rounded):
        doubted = _doubted(found, {found[number].submission for number in folded})
        folded |= step(found, book, check, doubted)
    return folded


def sent_again(found: Sequence[Finding]) -> Folded:
    """Whatever else is wrong with a report that was sent before follows from that.

    That itself follows where its period is doubted already: last month's file under this month's name.
    """
    doubts = _doubts(found)
    again = {number: f for number, f in enumerate(found) if f.rule == AGAIN and f.severity is Severity.HARD}
    roots = {number: replace(f, under=doubts.get(f.submission, "")) for number, f in again.items()}
    folded = under(found, roots)
    return {number: finding for number, finding in folded.items() if number not in roots or finding.under}


def _doubts(found: Sequence[Finding]) -> dict[str, str]:
    """By submission, the finding that doubts its period."""
    return {f.submission: f.id for f in found if f.rule == PERIOD_DOUBTED and f.severity is Severity.HARD}


def _doubted(found: Sequence[Finding], told: Collection[str]) -> dict[str, list[int]]:
    """Hard findings of levels 1 and 2 by submission, where there are several and nothing explains them yet."""
    doubted: dict[str, list[int]] = {}
    for number, finding in enumerate(found):
        if finding.level and finding.severity is Severity.HARD and finding.submission not in told:
            doubted.setdefault(finding.submission, []).append(number)
    return {submission: numbers for submission, numbers in doubted.items() if len(numbers) >= LEAST_TO_SAY_SO}


# ------------------------------------------------------------------ last month's with little changed


@dataclass(frozen=True, slots=True)
class _Alike:
    """How much of a report is as it was so many months ago."""

    back: int
    same: int
    figures: int


def _sent_again_changed(
    found: Sequence[Finding], book: Book, check: Check, doubted: Mapping[str, Sequence[int]]
) -> Folded:
    """An old report in which somebody changed a figure or two."""
    del check
    roots: dict[int, Finding] = {}
    for position, likeness in (_alike(book) if doubted else {}).items():
        submission, month = book.submissions[position], book.months[position]
        if submission.id not in doubted:
            continue
        then = month.shifted(-likeness.back).label
        numbers = doubted[submission.id]
        number = min(numbers, key=lambda at: not _is_as_then(found[at], book, position, likeness.back))
        words = (
            f"全表{likeness.figures}个数中有{likeness.same}个与{then}的报表相同：疑似在{then}的报表上只改了几处就报来。"
            f"请改报{month.label}的数字。"
        )
        roots[number] = replace(found[number], message=words, cause=Cause.LAST_MONTHS.name.lower())
    return under(found, roots)


def _alike(book: Book) -> dict[int, _Alike]:
    """Submissions nearly all of whose figures, the month's own flows apart, are those of one earlier month."""
    alike: dict[int, _Alike] = {}
    codes = [code for code in book.figures if not code.endswith("_mtd")]
    for back in range(1, MONTHS_BACK + 1):
        if not book.known_before(back).any():
            continue
        figures, same = _compared(book, codes, back)
        for position in np.flatnonzero((same * 100 >= figures * _ALIKE_PERCENT) & (same > 0) & _is_busy(book)):
            alike.setdefault(int(position), _Alike(back, int(same[position]), int(figures[position])))
    return alike


def _is_busy(book: Book) -> Mask:
    """Submissions in whose month something happened."""
    own = book.position
    busy = np.zeros(len(book.records), dtype=bool)
    for column in book.form.columns:
        if column.code.endswith("_mtd"):
            busy |= true(book.now(column.code) != 0)
    happened: Mask = np.bincount(own[busy & book.single], minlength=len(book.submissions)) > 0
    return happened


def _compared(book: Book, codes: Sequence[str], back: int) -> tuple[Integers, Integers]:
    """Of each submission, how many figures are not zero then and now, and how many of them are the same."""
    own = book.position
    figures, same = (np.zeros(len(book.submissions), dtype=np.int64) for _ in range(2))
    for code in codes:
        now, before = book.now(code), book.before(code, back)
        there = book.single & ~unknown(now) & ~unknown(before) & ((now.data != 0) | (before.data != 0))
        figures += np.bincount(own[there], minlength=len(figures))
        same += np.bincount(own[there & true(now == before)], minlength=len(figures))
    return figures, same


def _is_as_then(finding: Finding, book: Book, position: int, back: int) -> bool:
    """Whether the figure that a finding is at is one of those that were left as they were."""
    rows = [
        row
        for row in np.flatnonzero(book.position == position)
        if book.single[row] and book.records[row].area == finding.area
    ]
    now, before = book.now(finding.indicator), book.before(finding.indicator, back)
    return any(bool(true(now == before)[row]) and bool(now.data[row]) for row in rows)


# ------------------------------------------------------------------ of another month


def _of_another_month(
    found: Sequence[Finding], book: Book, check: Check, doubted: Mapping[str, Sequence[int]]
) -> Folded:
    """A report that is true to itself as that of the month after or before the one that it names."""
    trials = list(_dated_otherwise(book, doubted))
    again = check([trial for _, trial in trials]) if trials else []
    wrong = {finding.submission for finding in again if finding.severity is Severity.HARD}
    doubts = _doubts(found)
    roots: dict[int, Finding] = {}
    left: set[tuple[str, ...]] = set()
    for submission, trial in trials:
        number = doubted[submission.id][0]
        if trial.id in wrong or number in roots:
            continue
        roots[number] = _dated_wrongly(found[number], trial, doubts.get(submission.id, ""))
        left |= {(submission.id, *key_of(finding)) for finding in again if finding.submission == trial.id}
    return under(found, roots, left)


def _dated_wrongly(finding: Finding, trial: Submission, doubt: str) -> Finding:
    """The finding, telling that the period is wrong; under the one that doubts it already, where there is one."""
    said, month = Month.parse(finding.period), Month.parse(trial.period)
    words = (
        f"报表写的是{said.label}，而各项数字与{month.previous.label}的报表相接，作为{month.label}的数各项都能对上："
        "疑似报告期写错。请核对报告期，改正后重新报送。"
    )
    return replace(
        finding, message=words, cause=Cause.PERIOD.name.lower(), under=doubt, area="", indicator="", cell="",
        value=finding.period, expected=trial.period, bound=Bound.EXACT,
    )  # fmt: skip


def _dated_otherwise(book: Book, doubted: Mapping[str, Sequence[int]]) -> Iterator[tuple[Submission, Submission]]:
    """(report, the same as that of a neighbouring month) where the month before that one is known.

    Nothing goes on from any month in a report whose month is all nought: there the month was left out.
    """
    busy = _is_busy(book)
    for position, submission in enumerate(book.submissions):
        if submission.id not in doubted or not busy[position]:
            continue
        for ahead in (1, -1):
            month = book.months[position].shifted(ahead)
            if _is_known(book, submission, month.previous):
                yield submission, replace(submission, period=str(month))


def _is_known(book: Book, submission: Submission, month: Month) -> bool:
    areas = sorted({seen.area for seen in submission.observations if not seen.total})
    at = np.full(len(areas), ordinal(month), dtype=np.int64)
    places = book.past.places([submission.unit] * len(areas), areas, at)
    return bool(len(areas)) and bool((places >= 0).all())
