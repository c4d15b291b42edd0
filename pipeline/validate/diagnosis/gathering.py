"""Too much at once to tell one by one: a report sent again, a column, a row or a file that is wrong throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Finding, Severity

AGAIN = "A18"
MANY = 4
"""So many hard findings in one row have one reason: nobody mistypes four figures of a county by chance."""
_UNNAMED = frozenset({"", "other", "wrong_digit", "omitted", "other_column"})
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
Numbered = Mapping[int, Finding]


def sent_again(found: Sequence[Finding]) -> dict[int, Finding]:
    """Whatever else is wrong with a report that was sent before follows from that."""
    folded: dict[int, Finding] = {}
    roots = {f.submission: f for f in found if f.rule == AGAIN and f.severity is Severity.HARD}
    for number, finding in enumerate(found):
        root = roots.get(finding.submission)
        if root is not None and finding is not root and finding.severity is not Severity.NOTE:
            folded[number] = replace(finding, under=root.id)
    return folded


def to_the_root(found: Sequence[Finding]) -> list[Finding]:
    """The same findings, each under what is told: not under one that went under another itself."""
    by_id = {(finding.submission, finding.id): finding for finding in found}
    told = []
    for finding in found:
        above = by_id.get((finding.submission, finding.under))
        while above is not None and above.under:
            finding = replace(finding, under=above.under)
            above = by_id.get((finding.submission, finding.under))
        told.append(finding)
    return told


def gathered(found: Sequence[Finding], rows_of: Mapping[str, int]) -> list[Finding]:
    """The same findings, those of one column, row or file under one; `rows_of`: how many areas a submission has."""
    told = list(found)
    by_submission: dict[str, list[int]] = {}
    for number, finding in enumerate(told):
        if finding.submission in rows_of and not finding.under and finding.severity is not Severity.NOTE:
            by_submission.setdefault(finding.submission, []).append(number)
    for submission, numbers in by_submission.items():
        if len(numbers) > 1:
            _gather_all(told, numbers, rows_of[submission])
    return to_the_root(told)


def _has_no_name(finding: Finding) -> bool:
    """What was told by its own cause stays told: its proposal is of use whatever else is wrong."""
    return finding.cause in _UNNAMED


def _gather_all(told: list[Finding], numbers: Sequence[int], rows: int) -> None:
    _gather(told, numbers, lambda f: (f.area, f.indicator), _is_figure)
    _gather(told, numbers, lambda f: (f.rule, f.indicator, f.cause), lambda group: _is_column(group, rows))
    unnamed = [number for number in numbers if _has_no_name(told[number])]
    _gather(told, unnamed, lambda f: f.area, _is_row)
    _gather(told, unnamed, lambda f: "", lambda group: _is_file(group, rows))


def _gather(
    told: list[Finding],
    numbers: Iterable[int],
    key: Callable[[Finding], object],
    is_one: Callable[[Sequence[Finding]], bool],
) -> None:
    """Findings with the same key go under the heaviest of them, where they are one matter."""
    groups: dict[object, list[int]] = {}
    for number in numbers:
        if not told[number].under:
            groups.setdefault(key(told[number]), []).append(number)
    for group in groups.values():
        if len(group) < 2 or not is_one([told[number] for number in group]):
            continue
        root = min(group, key=lambda number: (_WEIGHT[told[number].severity], not told[number].cause))
        also = f"另有{len(group) - 1}处与此相关，一并核对。"
        told[root] = replace(told[root], message=told[root].message + also)
        for number in group:
            if number != root:
                told[number] = replace(told[number], under=told[root].id)


def _is_figure(group: Sequence[Finding]) -> bool:
    """Whatever is said of one figure is answered by looking at it once."""
    return bool(group[0].indicator)


def _is_column(group: Sequence[Finding], rows: int) -> bool:
    """One rule broken at one column in most areas."""
    areas = {finding.area for finding in group} - {""}
    return len(areas) >= 3 and 3 * len(areas) >= 2 * rows


def _is_row(group: Sequence[Finding]) -> bool:
    return bool(group[0].area) and sum(finding.severity is Severity.HARD for finding in group) >= MANY


def _is_file(group: Sequence[Finding], rows: int) -> bool:
    """Many findings, in most areas of several."""
    areas = {finding.area for finding in group} - {""}
    return rows > 1 and len(group) > MANY and 3 * len(areas) >= 2 * rows
