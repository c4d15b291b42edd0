"""What the report on findings says, counted: by weight and status, by unit, by level, by what they move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.finding_rows import FOLDED, STATUSES, FindingRow, ranked
from pipeline.render.stamp import Stamp

STORE = "../../store/"
"""As seen from output/<month>/, where the report and the page lie."""
LARGEST = 10
"""Findings that the first sheet names because of what they move."""


Cells = tuple[str | int, ...]


COUNTS: Mapping[str, str] = {
    "owed": "应报",
    "in_time": "按时",
    "late": "迟报",
    "missing": "未报",
    "rejections": "退回次数",
    "hard": "强制性差错",
    "soft": "核实性问题",
}
"""What is counted in the last columns, and their headers."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One form of one unit: a word for each month, and counts in the order of COUNTS."""

    unit: str
    form: str
    cells: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The months, oldest first, a row for each form of each unit, and the counts of all."""

    months: tuple[Month, ...] = ()
    rows: tuple[RecordRow, ...] = ()
    total: tuple[int, ...] = tuple(0 for _ in COUNTS)


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report says. `levels` are the words for what rules look at; `not_run` are finished sentences."""

    stamp: Stamp
    city: str
    closing: str
    findings: Sequence[FindingRow]
    not_run: Sequence[str]
    levels: Mapping[int, str]
    record: RecordTable = RecordTable()
    """How all units reported in the year so far."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under a heading: header, rows, and the last row's sum of each column."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[Cells, ...]


def by_weight(rows: Sequence[FindingRow]) -> Table:
    """How many findings of each weight have each status."""
    met = Counter((row.severity, row.status) for row in rows)
    body: list[Cells] = [
        (severity.label, *(met[severity, status] for status in STATUSES), sum(met[severity, s] for s in STATUSES))
        for severity in Severity
    ]
    return Table("按性质和状态", ("性质", *STATUSES.values(), "合计"), (*body, _sums(body)))


_STANDING = ("强制性", "核实性", "提示", "已说明或已更正", STATUSES[FOLDED])


def by_unit(rows: Sequence[FindingRow]) -> Table:
    """What is open of each unit, and what is not; units in the order of their gravest finding."""
    groups: dict[str, list[FindingRow]] = {}
    for row in ranked(rows):
        groups.setdefault(row.unit_label, []).append(row)
    body: list[Cells] = [(unit, *_standing(own)) for unit, own in groups.items()]
    return Table("按填报单位（前三栏为未处理）", ("填报单位", *_STANDING, "合计"), (*body, _sums(body)))


def by_level(rows: Sequence[FindingRow], levels: Mapping[int, str]) -> Table:
    """The same by what rules look at."""
    body: list[Cells] = [
        (f"{level}　{levels.get(level, '')}", *_standing([row for row in rows if row.level == level]))
        for level in sorted({row.level for row in rows})
    ]
    return Table("按审核层次（前三栏为未处理）", ("审核层次", *_STANDING, "合计"), (*body, _sums(body)))


UNKNOWN, WHOLE, NOTHING = "不明", "整份报表缺", "不影响附件数字"
_SIZES = (("1%（1个百分点）以上", Fraction(1, 100)), ("0.1%至1%", Fraction(1, 1000)), ("不到0.1%", Fraction(0)))
"""How much of a published total or ratio moves, at least; the largest first."""


def by_effect(rows: Sequence[FindingRow]) -> Table:
    """What is open by how much it moves."""
    met = Counter((_moves(row), row.severity) for row in rows if row.status == "open")
    bands = (UNKNOWN, WHOLE, *(name for name, _ in _SIZES), NOTHING)
    body: list[Cells] = [
        (band, *(met[band, severity] for severity in Severity), sum(met[band, severity] for severity in Severity))
        for band in bands
    ]
    return Table("按影响（只计未处理）", ("影响", *(s.label for s in Severity), "合计"), (*body, _sums(body)))


def _moves(row: FindingRow) -> str:
    if row.unmeasured or row.effect is None:
        return UNKNOWN if row.unmeasured else NOTHING
    size = row.effect.size
    return WHOLE if row.effect.whole else next(name for name, least in _SIZES if size >= least)


def _standing(rows: Sequence[FindingRow]) -> tuple[int, ...]:
    still = Counter(row.severity for row in rows if row.status == "open")
    folded = sum(row.status == FOLDED for row in rows)
    settled = len(rows) - folded - still.total()
    return (*(still[severity] for severity in Severity), settled, folded, len(rows))


def _sums(body: Iterable[Cells]) -> Cells:
    columns = list(zip(*body, strict=True))[1:]
    return ("合计", *(sum(int(number) for number in column) for column in columns))


def largest(rows: Sequence[FindingRow]) -> list[tuple[int, FindingRow]]:
    """The findings that move most, with their numbers in the list: those that somebody must do something about.

    Of a submission that is not in force, the first.
    """
    moving: list[tuple[Fraction, int, FindingRow]] = []
    missing: set[str] = set()
    for number, row in enumerate(ranked(rows), start=1):
        if row.effect and row.status == "open" and row.submission not in missing:
            moving.append((-row.effect.size, number, row))
            missing |= {row.submission} if row.effect.whole else set()
    return [(number, row) for _, number, row in sorted(moving, key=lambda one: one[:2])[:LARGEST]]
