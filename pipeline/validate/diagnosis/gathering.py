"""Too much at once to tell one by one: a figure, a column, a row or a file that is wrong throughout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model import Bound, Finding, Severity
from pipeline.validate.diagnosis.blocks import SPANS, span_of, stem_of
from pipeline.validate.diagnosis.cells import accused_of
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import BASE_OF
from pipeline.validate.diagnosis.under import is_to_answer
from pipeline.validate.rules.parts import WHOLES
from pipeline.validate.rules.spans import LENT, OUTSTANDING

MANY = 4
"""So many hard findings in one row have one reason: nobody mistypes four figures of a county by chance."""
NOTHING_HAPPENED = "A18"
_MOVING = frozenset({"A02", "A04", "A05"})
_NEAR = Decimal("0.01")
ORDER, AVERAGE = "A11", "A13"
PRESENCE, PART, INNER_AREA, YEAR_SO_FAR, COUNT, LOANS = "A16", "A21", "A22", "A23", "A25", "A26"
MIGRATION = "A31"
_OF_ONE_ROW = ("A06", PART, INNER_AREA, YEAR_SO_FAR)
"""Rules by which one mistake in a row is told at several of its figures."""
_MEASURED = ("_loans", "_households", "_amount")
_FOLLOWING = frozenset(
    {
        *(f"A0{number}" for number in range(1, 10)),
        "A11",
        "A15",
        PART,
        INNER_AREA,
        YEAR_SO_FAR,
        COUNT,
        LOANS,
        "A28",
        "A30",
        MIGRATION,
    }
)
"""Rules by which one wrong row or file is told many times; what others say is a matter of its own."""
_ALSO = re.compile("另有([0-9]+)处与此相关，一并核对。$")
_ZERO = frozenset({"0", "0.00"})
NO_NAMES: Mapping[str, str] = {}
_WHOLE_ROW = frozenset(cause.name.lower() for cause in (Cause.ROW, Cause.OMITTED))
_ROW, _OMITTED = Cause.ROW.name.lower(), Cause.OMITTED.name.lower()
_UNNAMED = frozenset({"", "other", "wrong_digit", "omitted", "other_column", _ROW})


def to_the_root(found: Sequence[Finding]) -> list[Finding]:
    """The same findings, each under what is told: not under one that went under another itself."""
    told_last = sorted(found, key=lambda finding: not finding.under)
    by_id = {(finding.submission, finding.id): finding for finding in told_last}
    told = []
    for finding in found:
        above = by_id.get((finding.submission, finding.under))
        while above is not None and above.under:
            finding = replace(finding, under=above.under)
            above = by_id.get((finding.submission, finding.under))
        told.append(finding)
    return told


def gathered(
    found: Sequence[Finding],
    rows_of: Mapping[str, int],
    names: Mapping[str, str] = NO_NAMES,
    within: Mapping[str, str] = NO_NAMES,
) -> list[Finding]:
    """The same findings, those of one column, row or file under one.

    Args:
        found: findings of any submissions.
        rows_of: how many areas a submission has; others are passed over.
        names: what areas are called.
        within: of-which areas and the county in which each lies.
    """
    told = list(found)
    by_submission: dict[str, list[int]] = {}
    idle = {f.submission: number for number, f in enumerate(told) if f.rule == NOTHING_HAPPENED}
    for number, finding in enumerate(told):
        if finding.submission in rows_of and not finding.under and is_to_answer(finding):
            by_submission.setdefault(finding.submission, []).append(number)
    for submission, numbers in by_submission.items():
        if submission in idle:
            _gather_idle(told, {*numbers, idle[submission]})
        if len(numbers) > 1:
            _gather_all(told, numbers, rows_of[submission], names, within)
    return to_the_root(told)


def _has_no_name(finding: Finding) -> bool:
    """What was told by its own cause stays told: its proposal is of use whatever else is wrong."""
    return finding.cause in _UNNAMED


def _gather_idle(told: list[Finding], numbers: Iterable[int]) -> None:
    """Nothing happened in the month, it is said, and yet the year and the balance moved."""
    moved = [number for number in numbers if told[number].rule in _MOVING]
    if moved:
        root = min(moved, key=lambda number: (told[number].severity.rank, not told[number].cause))
        guess = "" if told[root].cause == _OMITTED else "，疑似漏填了本月各栏"
        words = f"本月发生额全部为0，而余额或累计数有变动{guess}：{told[root].message}"
        _put_under(
            told,
            root,
            replace(told[root], message=words),
            {*moved, *(n for n in numbers if told[n].rule == NOTHING_HAPPENED)},
        )


def _gather_bases(told: list[Finding], numbers: Sequence[int]) -> None:
    """A balance that follows from the base that its sender types, and not from ours: one difference, told twice."""
    balances = {(told[n].area, BASE_OF[told[n].rule]): n for n in numbers if told[n].rule in BASE_OF}
    for number in numbers:
        root = balances.get((told[number].area, told[number].indicator))
        if told[number].rule == "A07" and root is not None and _is_same_difference(told[root], told[number]):
            words = f"{told[root].message.rstrip('。')}；填报的对比基数与本办采用的也相差这么多。"
            _put_under(told, root, replace(told[root], message=words), [number])


def _is_same_difference(one: Finding, other: Finding) -> bool:
    off, other_off = (Decimal(f.value) - Decimal(f.expected) for f in (one, other))
    return bool(off) and abs(off - other_off) <= abs(off) * _NEAR


def _gather_named(told: list[Finding], numbers: Sequence[int]) -> None:
    """What is asked of a figure that a cause names among others, no heavier than that, goes under it."""
    causes = [number for number in numbers if told[number].cause and not told[number].under]
    named = {(one.sheet, one.cell): number for number in causes for one in told[number].accused}
    for number in numbers:
        own, root = told[number], named.get((told[number].sheet, told[number].cell), number)
        if not (own.under or own.cause) and own.severity.rank >= told[root].severity.rank:
            _put_under(told, root, told[root], [number])


def _gather_parts(told: list[Finding], numbers: Sequence[int], within: Mapping[str, str]) -> None:
    """What is more than a figure that is doubted by itself, with no proposal to try, goes under that."""
    doubted = {
        (told[n].area, told[n].indicator): n
        for n in numbers
        if not (told[n].under or told[n].cause or told[n].rule in (PART, INNER_AREA))
    }
    for number in numbers:
        roots = [doubted[place] for place in wholes_of(told[number], within) if place in doubted]
        if roots and not told[number].under:
            _put_under(told, roots[0], told[roots[0]], [number])


def _gather_averages(told: list[Finding], numbers: Sequence[int]) -> None:
    """A figure that is too much for its households, and more than that of a wider span: it is told with that."""
    roots = {(told[n].area, told[n].indicator): n for n in numbers if told[n].rule == ORDER and not told[n].under}
    for number in numbers:
        own = told[number]
        wider = SPANS[SPANS.index(span_of(own.indicator)) + 1 :] if span_of(own.indicator) else ()
        above = (roots.get((own.area, stem_of(own.indicator) + span)) for span in wider)
        root = next((root for root in above if root is not None), None)
        if own.rule == AVERAGE and not own.under and root is not None:
            at = replace(told[root], indicator=own.indicator, sheet=own.sheet, cell=own.cell, value=own.value)
            at = replace(at, expected="", bound=Bound.EXACT)
            _put_under(told, root, with_others([at, own]), [number])


def wholes_of(finding: Finding, within: Mapping[str, str]) -> list[tuple[str, str]]:
    """(area, indicator) of the figures that the finding's own, with others or by itself, may not be above."""
    if finding.rule == PART:
        return [(finding.area, whole) for whole in WHOLES[finding.indicator]]
    if finding.rule == INNER_AREA and finding.area in within:
        return [(within[finding.area], finding.indicator)]
    if finding.rule == LOANS:
        return [(finding.area, other) for other in (OUTSTANDING, LENT) if other != finding.indicator]
    return []


def subject_of(finding: Finding) -> str:
    """What a figure is about, whatever the span and measure: of a part, what it is part of.

    That two pairs of figures of one area break the same rule makes one matter of them only if they are about the same.
    """
    stem = stem_of(finding.indicator)
    if finding.rule == PART:
        stem = stem_of(WHOLES[finding.indicator][0])
    return next((stem.removesuffix(end) for end in _MEASURED if stem.endswith(end)), stem)


def _gather_inside(told: list[Finding], numbers: Sequence[int], within: Mapping[str, str]) -> None:
    """What of-which areas have more than a county whose whole row is wrong, or was forgotten, goes under that."""
    rows = {f.area: number for number in numbers if not (f := told[number]).under and _is_told_as_row(f)}
    for number in numbers:
        root = rows.get(within.get(told[number].area, ""))
        if told[number].rule == INNER_AREA and not told[number].under and root is not None:
            _put_under(told, root, told[root], [number])


def _is_told_as_row(finding: Finding) -> bool:
    return finding.rule == PRESENCE or (finding.cause in _WHOLE_ROW and not finding.expected)


def _gather_all(
    told: list[Finding], numbers: Sequence[int], rows: int, names: Mapping[str, str], within: Mapping[str, str]
) -> None:
    _gather_bases(told, numbers)
    _gather(told, numbers, lambda f: (f.area, f.indicator), _is_figure, with_others)
    _gather_named(told, numbers)
    _gather_averages(told, numbers)
    _gather_parts(told, numbers, within)
    of_one_row = [number for number in numbers if told[number].rule in _OF_ONE_ROW]
    _gather(told, of_one_row, lambda f: (f.rule, f.area), lambda group: len(group) >= MANY, with_others)
    _gather(told, of_one_row, lambda f: (f.rule, f.area, subject_of(f)), lambda group: True, with_others)
    _gather(told, numbers, lambda f: (f.rule, f.indicator, f.cause), lambda group: _is_column(group, rows), with_others)
    unnamed = [number for number in numbers if _has_no_name(told[number]) and told[number].rule in _FOLLOWING]
    rows_told = [number for number in numbers if number in unnamed or told[number].rule == PRESENCE]
    _gather(told, rows_told, lambda f: f.area, _is_row, lambda group: _of_row(group, names))
    _gather_inside(told, numbers, within)
    _gather(told, unnamed, lambda f: "", lambda group: _is_file(group, rows), with_others)


def _gather(
    told: list[Finding],
    numbers: Iterable[int],
    key: Callable[[Finding], object],
    is_one: Callable[[Sequence[Finding]], bool],
    tell: Callable[[Sequence[Finding]], Finding],
) -> None:
    """Findings with the same key go under the heaviest of them, where they are one matter; `tell` words it."""
    groups: dict[object, list[int]] = {}
    for number in numbers:
        if not told[number].under:
            groups.setdefault(key(told[number]), []).append(number)
    for group in groups.values():
        if len(group) < 2 or not is_one([told[number] for number in group]):
            continue
        group = sorted(group, key=lambda number: _likeliest(told[number]))
        _put_under(told, group[0], tell([told[number] for number in group]), group)


def _likeliest(finding: Finding) -> tuple[int, bool, bool, bool, bool]:
    """The heaviest first, of these which row it is, then one with a cause; a figure not nought is more to the point."""
    is_row = finding.cause == _ROW
    return finding.severity.rank, finding.rule != PRESENCE, not is_row, not finding.cause, finding.value in _ZERO


def _put_under(told: list[Finding], root: int, words: Finding, numbers: Iterable[int]) -> None:
    told[root] = words
    for number in numbers:
        if number != root:
            told[number] = replace(told[number], under=told[root].id)


def with_others(group: Sequence[Finding]) -> Finding:
    """The first of these findings, saying how many others go with it and where all of them are."""
    before = _ALSO.search(group[0].message)
    others = len(group) - 1 + (int(before.group(1)) if before else 0)
    words = f"{_ALSO.sub('', group[0].message)}另有{others}处与此相关，一并核对。"
    return replace(group[0], message=words, accused=accused_of(group))


def _of_row(group: Sequence[Finding], names: Mapping[str, str]) -> Finding:
    """No guess at one figure where many are wrong: the row is another's, or was forgotten."""
    if group[0].rule == PRESENCE or group[0].cause == _ROW:
        return group[0]
    rules = "、".join(sorted({finding.rule for finding in group}))
    name, forgotten = names.get(group[0].area, "本行"), all(finding.value in _ZERO for finding in group)
    reason = "有关各栏都填了0，疑似整行漏填" if forgotten else "疑似整行填错，如填成了别的单位或别的月份的数"
    cause = Cause.OMITTED if forgotten else Cause.ROW
    return replace(
        group[0],
        message=f"{name}有{len(group)}处与以前月份或相互之间对不上（{rules}），{reason}。请逐栏核对，改正后重新报送。",
        cause=cause.name.lower(),
        expected="",
        bound=Bound.EXACT,
        accused=accused_of(group),
    )


def _is_figure(group: Sequence[Finding]) -> bool:
    """Whatever is said of one figure is answered by looking at it once."""
    return bool(group[0].indicator)


def _is_column(group: Sequence[Finding], rows: int) -> bool:
    """One rule broken at one column in most areas."""
    areas = {finding.area for finding in group} - {""}
    return len(areas) >= 3 and 3 * len(areas) >= 2 * rows


def _is_row(group: Sequence[Finding]) -> bool:
    hard = sum(finding.severity is Severity.HARD for finding in group)
    return bool(group[0].area) and (hard >= MANY or any(finding.cause == _ROW for finding in group))


def _is_file(group: Sequence[Finding], rows: int) -> bool:
    """Many findings, in most areas of several."""
    areas = {finding.area for finding in group} - {""}
    return rows > 1 and len(group) > MANY and 3 * len(areas) >= 2 * rows
