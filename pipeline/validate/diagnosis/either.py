"""Figures of one row that a rule holds against one another: which of them is wrong, or that nobody can tell.

A rule has its finding at one of them. Where only another has moved as it never did, or where the county's return bears
that one out, it is told at the other; where neither is so, all that may be wrong are named alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Bound, Finding
from pipeline.validate.changes import change_of, has_jumped, largest_change
from pipeline.validate.diagnosis.blocks import SPANS
from pipeline.validate.diagnosis.cells import accused
from pipeline.validate.diagnosis.corrected import with_figures
from pipeline.validate.diagnosis.county_says import Said, said_by_counties
from pipeline.validate.diagnosis.omitted import at_least
from pipeline.validate.diagnosis.under import Check, is_to_answer, key_of, left_after
from pipeline.validate.frames import Book, machine
from pipeline.validate.masked import unknown
from pipeline.validate.rules.households import CUM, MTD, YTD
from pipeline.validate.rules.lines import PAIRS
from pipeline.validate.rules.loans import MEASURES

BOUND, COVER, PER_LOAN = "A06", "A12", "A09"
_SMALLER_OF: Mapping[str, str] = dict(PAIRS)
_LOANS_OF = {households: loans for loans, households, _ in MEASURES if not loans.endswith(SPANS)}
"""Stocks: of what was lent equations hold the loans."""
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Which figures of a row may be wrong, and why; the first is where it is told.

    `bound`: what that figure should be, and how; `meant`: what figures are put at to see what else is gone then.
    """

    number: int
    row: int
    codes: Sequence[str]
    why: str
    expected: int | None = None
    bound: Bound = Bound.EXACT
    meant: Mapping[str, int] = field(default_factory=dict)


def told_at_either(told: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The same findings, those on figures of a row told at the one that is wrong, or at all that may be.

    Args:
        told: findings as they are told, those that follow from others under these.
        book: the statements, with what was in force before them and the counties' returns beside them.
        check: runs the rules of levels 1 and 2.
    """
    result = list(told)
    verdicts = list(_verdicts(told, book))
    trials = {v.number: with_figures(book, v.row, v.meant, f"either{v.number}") for v in verdicts if v.meant}
    left = left_after(check, [*trials.values()])
    for verdict in verdicts:
        before = result[verdict.number]
        result[verdict.number] = root = _worded(before, book, verdict)
        trial = trials.get(verdict.number)
        still = left.get(trial.id, set()) if trial else set()
        for number, finding in enumerate(result):
            follows = trial and _may_follow(finding, root) and key_of(told[number]) not in still
            if number != verdict.number and (follows or _is_under(finding, before)):
                result[number] = replace(finding, under=root.id)
    return result


def _is_under(finding: Finding, root: Finding) -> bool:
    return finding.submission == root.submission and finding.under == root.id


def _may_follow(finding: Finding, root: Finding) -> bool:
    """Whether a finding on the same row may be gone with another, and has no cause of its own."""
    is_of_row = (finding.submission, finding.area) == (root.submission, root.area)
    return is_of_row and is_to_answer(finding) and not (finding.under or finding.cause)


def _verdicts(told: Sequence[Finding], book: Book) -> Iterator[_Verdict]:
    rows: dict[_Place, int] | None = None
    said: Mapping[tuple[int, str], Said] | None = None
    for number, finding in enumerate(told):
        if finding.rule not in (BOUND, COVER, PER_LOAN) or finding.under or finding.cause or not finding.area:
            continue
        rows = rows if rows is not None else _rows(book)
        row = rows.get((finding.submission, finding.area))
        if row is None:
            continue
        if finding.rule == BOUND:
            said = said if said is not None else said_by_counties(book)
            verdict = _of_households(book, number, finding, row, said.get((row, YTD)))
        else:
            verdict = _of_pair(book, number, finding, row)
        if verdict:
            yield verdict


def _rows(book: Book) -> dict[_Place, int]:
    records = ((row, record) for row, record in enumerate(book.records) if not record.total)
    return {(book.submissions[record.submission].id, record.area): row for row, record in records}


# ------------------------------------------------------------------ two that one is not above


def _of_pair(book: Book, number: int, finding: Finding, row: int) -> _Verdict | None:
    """Of two stocks the one that alone moved more than in any month before, if last month's would do."""
    pair = _pair(finding)
    if pair is None:
        return None
    larger, smaller = pair
    other = smaller if finding.rule == COVER else larger
    now = {code: int(book.now(code)[row]) for code in pair}
    if now[larger] >= now[smaller]:
        return None
    moved = [code for code in pair if has_jumped(book, row, code)]
    last = {code: book.base_before(code)[row] for code in moved}
    fits = {larger: now[smaller], smaller: now[larger]}
    alone = moved[0] if len(moved) == 1 else ""
    if alone and (last[alone] >= fits[alone] if alone == larger else last[alone] <= fits[alone]):
        if alone != other:
            return None
        change, most = (book.say(alone, int(of(book, row, alone) or 0)) for of in (change_of, largest_change))
        why = (
            f"。“{book.label(alone)}”比上月变动{change}，超过以往各月的最大变动{most}，另一个数没有这样变动："
            f"疑似“{book.label(alone)}”填错"
        )
        bound = Bound.AT_LEAST if alone == larger else Bound.AT_MOST
        return _Verdict(number, row, [alone], why, fits[alone], bound)
    own = finding.indicator
    both = [own, *(code for code in pair if code != own)]
    return _Verdict(number, row, both, f"：{_either(book, row, both)}", fits[own], finding.bound)


def _pair(finding: Finding) -> tuple[str, str] | None:
    """(what is not to be smaller, the other); None where it is about more than two figures."""
    if finding.rule == COVER:
        smaller = _SMALLER_OF.get(finding.indicator)
        return (finding.indicator, smaller) if smaller and not finding.message.startswith("共") else None
    loans = _LOANS_OF.get(finding.indicator)
    return (loans, finding.indicator) if loans and finding.bound is Bound.AT_MOST else None


# ------------------------------------------------------------------ households of the month, the year, all years


def _of_households(book: Book, number: int, finding: Finding, row: int, said: Said | None) -> _Verdict | None:
    if finding.bound is Bound.AT_LEAST or finding.indicator not in (YTD, CUM):
        return None
    last, now = book.before(finding.indicator), _now(book, row, finding.indicator)
    month, year = _now(book, row, MTD), _now(book, row, YTD)
    if month is None or year is None or now is None:
        return None
    is_january = finding.bound is Bound.EXACT
    if unknown(last)[row] and not is_january:
        return None
    least = year if is_january else max(now - int(last[row]), at_least(book, (row, MTD)) or 0)
    bound = Bound.EXACT if is_january else Bound.AT_LEAST
    too_few = _Verdict(number, row, [MTD], "", least, bound, {MTD: least})
    if finding.indicator == YTD:
        return _of_year(book, too_few, year, int(finding.expected), said)
    return _of_all_years(book, replace(too_few, meant={}), year, int(finding.expected), said)


def _of_year(book: Book, too_few: _Verdict, year: int, most: int, said: Said | None) -> _Verdict:
    """More in the year than the month explains: the county tells whether the year is right."""
    row, is_january = too_few.row, too_few.bound is Bound.EXACT
    if said and said.agrees(year):
        how = "应为" if is_january else "应不少于"
        why = (
            f"；县区报表中该行的“{book.label(YTD)}”也是{book.say(YTD, year)}，"
            f"疑似“{book.label(MTD)}”填错，{how}{book.say(MTD, too_few.expected or 0)}"
        )
        return replace(too_few, why=why)
    if said and _last_year_so_far(book, row) <= said.figure <= most:
        why = f"；县区报表中该行的“{book.label(YTD)}”为{book.say(YTD, said.figure)}，疑似“{book.label(YTD)}”填错"
        return _Verdict(too_few.number, row, [YTD], why, said.figure, meant={YTD: said.figure})
    both = [YTD, MTD]
    bound = Bound.EXACT if is_january else Bound.AT_MOST
    return _Verdict(too_few.number, row, both, f"；{_either(book, row, both)}", most, bound)


def _of_all_years(book: Book, too_few: _Verdict, year: int, most: int, said: Said | None) -> _Verdict | None:
    """More in all years than the month explains: if the county has as many more in the year, that and the month."""
    row, more, last = too_few.row, too_few.expected or 0, _last_year_so_far(book, too_few.row)
    if said and said.agrees(year):
        return None
    if said and said.figure >= max(year + 1, last + more):
        why = (
            f"；县区报表中该行的“{book.label(YTD)}”为{book.say(YTD, said.figure)}，疑似“{book.label(MTD)}”和"
            f"“{book.label(YTD)}”少填，“{book.label(MTD)}”应不少于{book.say(MTD, more)}"
        )
        meant = {MTD: max(more, said.figure - last), YTD: said.figure}
        return replace(too_few, codes=[MTD, YTD], why=why, meant=meant)
    several = [CUM, MTD, YTD]
    why = (
        f"；“{book.label(CUM)}”可能多填，也可能“{book.label(MTD)}”、“{book.label(YTD)}”少填"
        f"（单元格{_cells(book, row, several)}）"
    )
    return _Verdict(too_few.number, row, several, why, most, Bound.AT_MOST)


def _last_year_so_far(book: Book, row: int) -> int:
    """What the year had at the end of last month; nothing in January, and where that is not known."""
    last = book.before(YTD)
    return 0 if unknown(last)[row] or book.month[row] == 1 else int(last[row])


def _now(book: Book, row: int, code: str) -> int | None:
    figures = book.now_natural(code)
    return None if unknown(figures)[row] else int(figures[row])


# ------------------------------------------------------------------ words


def _either(book: Book, row: int, codes: Sequence[str]) -> str:
    labels = "和".join(f"“{book.label(code)}”" for code in codes)
    return f"{labels}（单元格{_cells(book, row, codes)}）至少有一个填错，从报表看不出是哪一个"


def _cells(book: Book, row: int, codes: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(book.origins[row][code].cell for code in codes))


def _worded(finding: Finding, book: Book, verdict: _Verdict) -> Finding:
    row, first = verdict.row, verdict.codes[0]
    fact, _, rest = finding.message.partition("。")
    at, column = book.origins[row][first], book.form.by_code[first]
    return replace(
        finding,
        message=f"{fact}{verdict.why}。{rest}",
        indicator=first,
        sheet=at.sheet,
        cell=at.cell,
        value=machine(column, at.value or 0),
        expected="" if verdict.expected is None else machine(column, verdict.expected),
        bound=verdict.bound,
        accused=accused(book, {(row, code): verdict.meant.get(code) for code in verdict.codes}) or finding.accused,
    )
