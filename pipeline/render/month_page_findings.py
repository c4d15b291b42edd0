"""The findings of a month as rows to be filtered: counts first, what asks for something before what is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Severity
from pipeline.render.harmless import shortened

EVERYTHING = "data/findings.csv"
STATUSES = {"open": "未处理", "explained": "已说明", "corrected": "已更正", "folded": "归入同一原因"}
_SEVERITIES = tuple(severity.value for severity in Severity)
_NO_UNIT = "认不出的单位"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as the page tells it. `unit` and `form` are names; `asks` is whether a clerk explains it."""

    id: str
    rule: str
    severity: Severity
    status: str
    unit: str
    form: str
    file: str
    sheet: str
    cell: str
    message: str
    value: str
    expected: str

    @property
    def asks(self) -> bool:
        """Whether an explanation settles it."""
        return self.severity is Severity.SOFT and self.status == "open"

    @property
    def status_label(self) -> str:
        """What the clerk reads."""
        return STATUSES.get(self.status, self.status)

    @property
    def unit_label(self) -> str:
        """The unit's name, or that nobody could be recognised."""
        return self.unit or _NO_UNIT


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: what it is about, and what can be chosen as (value, words)."""

    id: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FindingList:
    """What the page shows of the findings: all counted, the first ones as rows."""

    total: int
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """Severity in words, and how many of it have each status."""
    statuses: tuple[str, ...]
    rows: tuple[FindingRow, ...]
    choices: tuple[Choice, ...]

    @property
    def left_off(self) -> int:
        """How many stand only in the file."""
        return self.total - len(self.rows)


def finding_list(findings: Sequence[FindingRow], most: int, longest: int) -> FindingList:
    """Arrange them; at most so many as rows, no text longer than `longest`."""
    ordered = sorted(findings, key=_weight)
    rows = tuple(_short(row, longest) for row in ordered[:most])
    met = Counter((row.severity, row.status) for row in findings)
    counts = tuple(
        (severity.label, tuple(met[severity, status] for status in STATUSES))
        for severity in Severity
        if any(found is severity for found, _ in met)
    )
    return FindingList(len(ordered), counts, tuple(STATUSES.values()), rows, _choices(rows))


def _weight(row: FindingRow) -> tuple[bool, int, str, str, str, str]:
    return (row.status != "open", _SEVERITIES.index(row.severity.value), row.unit_label, row.file, row.rule, row.id)


def _short(row: FindingRow, longest: int) -> FindingRow:
    """Everything that came from a file, no longer than a page can bear."""
    names = max(longest // 4, 20)
    return FindingRow(
        row.id,
        row.rule,
        row.severity,
        row.status,
        shortened(row.unit, names, EVERYTHING),
        shortened(row.form, names, EVERYTHING),
        shortened(row.file, names, EVERYTHING),
        shortened(row.sheet, names, EVERYTHING),
        shortened(row.cell, names, EVERYTHING),
        shortened(row.message, longest, EVERYTHING),
        shortened(row.value, names, EVERYTHING),
        shortened(row.expected, names, EVERYTHING),
    )


def _choices(rows: Sequence[FindingRow]) -> tuple[Choice, ...]:
    severities = [(s.value, s.label) for s in Severity if any(row.severity is s for row in rows)]
    statuses = [(code, words) for code, words in STATUSES.items() if any(row.status == code for row in rows)]
    units = sorted({row.unit_label for row in rows})
    rules = sorted({row.rule for row in rows})
    return (
        Choice("severity", "性质", "全部性质", tuple(severities)),
        Choice("status", "状态", "全部状态", tuple(statuses)),
        Choice("unit", "单位", "全部单位", tuple((name, name) for name in units)),
        Choice("rule", "审核关系", "全部审核关系", tuple((code, code) for code in rules)),
    )
