"""Households of the month that are fewer than were added since last month: one figure is too small, not two too large.

The year's households and those of all years are both more than last month's and this month's together (A06). That each
was typed too large is less likely than that the month was typed too small; the same where what is lent is then too much
for so few (A13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Bound, Finding, Submission
from pipeline.validate.diagnosis.corrected import with_figures
from pipeline.validate.diagnosis.omitted import at_least
from pipeline.validate.diagnosis.under import Check, is_to_answer, key_of, left_after
from pipeline.validate.frames import Book, machine
from pipeline.validate.masked import unknown
from pipeline.validate.rules.households import CUM, MTD, YTD

BOUND = "A06"


@dataclass(frozen=True, eq=False)
class _Trial:
    """A row of which both are too many, and its statement with as many in the month as there have to be."""

    row: int
    least: int
    numbers: Sequence[int]
    """The findings at the row's households, by position."""
    corrected: Submission


def too_few_in_the_month(found: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The same findings, those that are gone with more households in the month told at these."""
    told = list(found)
    trials = list(_trials(told, book))
    left = left_after(check, [trial.corrected for trial in trials])
    for trial in trials:
        still, sent = left.get(trial.corrected.id, set()), book.submissions[book.records[trial.row].submission]
        own = [n for n, finding in enumerate(told) if finding.submission == sent.id and is_to_answer(finding)]
        if still - {key_of(told[number]) for number in own} or any(key_of(told[n]) in still for n in trial.numbers):
            continue
        told[trial.numbers[0]] = root = _worded(told[trial.numbers[0]], book, trial)
        area = book.records[trial.row].area
        for number in own:
            is_of_row = told[number].area == area and not (told[number].under or told[number].cause)
            if number != trial.numbers[0] and is_of_row and key_of(told[number]) not in still:
                told[number] = replace(told[number], under=root.id)
    return told


def _trials(told: Sequence[Finding], book: Book) -> Iterator[_Trial]:
    numbers: dict[tuple[str, str], dict[str, int]] = {}
    for number, finding in enumerate(told):
        if finding.rule == BOUND and not finding.under and finding.bound is not Bound.AT_LEAST:
            numbers.setdefault((finding.submission, finding.area), {})[finding.indicator] = number
    for row in np.flatnonzero(book.single).tolist() if numbers else ():
        sent, area = book.submissions[book.records[row].submission], book.records[row].area
        own = numbers.get((sent.id, area), {})
        least, now = at_least(book, (row, MTD)), book.now_natural(MTD)
        if own.keys() >= {YTD, CUM} and least is not None and not unknown(now)[row] and int(now[row]) < least:
            yield _Trial(row, least, [own[YTD], own[CUM]], with_figures(book, row, {MTD: least}, f"few{row}"))


def _worded(finding: Finding, book: Book, trial: _Trial) -> Finding:
    row, at = trial.row, book.origins[trial.row][MTD]
    area, now = book.area_name(book.records[row].area, book.records[row].submission), int(book.now(MTD)[row])
    words = (
        f"{area}“{book.label(MTD)}”{book.say(MTD, now)}，而“{book.label(YTD)}”和“{book.label(CUM)}”都比上月多出"
        f"{book.say(MTD, trial.least)}：疑似“{book.label(MTD)}”少填，应不少于{book.say(MTD, trial.least)}。"
        "请核对本月和累计的户数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
    )
    return replace(
        finding, message=words, indicator=MTD, sheet=at.sheet, cell=at.cell,
        value=machine(book.form.by_code[MTD], now), expected=machine(book.form.by_code[MTD], trial.least),
        bound=Bound.AT_LEAST,
    )  # fmt: skip
