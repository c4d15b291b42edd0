"""The findings of a month as rows to be filtered: counts first, what asks for something before what is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Severity
from pipeline.render.finding_rows import FOLDED, STATUSES, FindingRow, folded_under, ranked
from pipeline.render.harmless import shortened
from pipeline.render.report_content import Table, by_effect, by_level, by_unit

EVERYTHING = "审核报告.xlsx"
NO_LEVELS: Mapping[int, str] = {}
MOST_FOLDED = 30
"""Findings that are shown beneath the one that they follow from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: what it is about, and what can be chosen as (value, words)."""

    id: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with those that follow from it: the first ones as they are, of the others how many there are."""

    row: FindingRow
    follows: tuple[FindingRow, ...]
    more: int

    @property
    def folded(self) -> int:
        """How many follow from it."""
        return len(self.follows) + self.more

    @property
    def statuses(self) -> str:
        """What the filter finds it by, with blanks between."""
        return f"{self.row.status} {FOLDED}" if self.folded else self.row.status


@dataclass(frozen=True, slots=True)
class FindingList:
    """What the page shows of the findings: all counted, the first ones told."""

    total: int
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """Severity in words, and how many of it have each status."""
    statuses: tuple[str, ...]
    told: tuple[Told, ...]
    choices: tuple[Choice, ...]
    tables: tuple[Table, ...] = ()
    """All counted otherwise: by unit, by level, by what they move."""

    @property
    def rows(self) -> tuple[FindingRow, ...]:
        """Those that are told for themselves."""
        return tuple(told.row for told in self.told)

    @property
    def left_off(self) -> int:
        """How many stand only in the workbook."""
        return self.total - sum(1 + len(told.follows) for told in self.told)


def finding_list(
    findings: Sequence[FindingRow], most: int, longest: int, levels: Mapping[int, str] = NO_LEVELS
) -> FindingList:
    """Arrange them by rank; at most so many told, each with as many that follow from it, no text above `longest`."""
    under = folded_under(findings)
    beneath = {id(row) for rows in under.values() for row in rows}
    ordered = ranked(row for row in findings if id(row) not in beneath)
    told = tuple(_told(row, ranked(under.get((row.submission, row.id), ())), longest) for row in ordered[:most])
    met = Counter((row.severity, row.status) for row in findings)
    counts = tuple(
        (severity.label, tuple(met[severity, status] for status in STATUSES))
        for severity in Severity
        if any(found is severity for found, _ in met)
    )
    tables = (by_unit(findings), by_level(findings, levels), by_effect(findings)) if findings else ()
    return FindingList(len(findings), counts, tuple(STATUSES.values()), told, _choices(told), tables)


def _told(row: FindingRow, follows: Sequence[FindingRow], longest: int) -> Told:
    shown = tuple(_short(one, longest) for one in follows[:MOST_FOLDED])
    return Told(_short(row, longest), shown if row.status != FOLDED else (), len(follows) - len(shown))


def _short(row: FindingRow, longest: int) -> FindingRow:
    """Everything that came from a file, no longer than a page can bear."""
    names = max(longest // 4, 20)
    return replace(
        row,
        unit=shortened(row.unit, names, EVERYTHING),
        form=shortened(row.form, names, EVERYTHING),
        file=shortened(row.file, names, EVERYTHING),
        sheet=shortened(row.sheet, names, EVERYTHING),
        cell=shortened(row.cell, names, EVERYTHING),
        message=shortened(row.message, longest, EVERYTHING),
        value=shortened(row.value, names, EVERYTHING),
        expected=shortened(row.expected, names, EVERYTHING),
        explained=shortened(row.explained, longest, EVERYTHING),
        places=shortened(row.places, longest, EVERYTHING),
    )


def _choices(told: Sequence[Told]) -> tuple[Choice, ...]:
    rows = [one.row for one in told]
    severities = [(s.value, s.label) for s in Severity if any(row.severity is s for row in rows)]
    statuses = [(code, words) for code, words in STATUSES.items() if any(code in one.statuses.split() for one in told)]
    units = sorted({row.unit_label for row in rows})
    rules = sorted({row.rule for row in rows})
    return (
        Choice("severity", "性质", "全部性质", tuple(severities)),
        Choice("status", "状态", "全部状态", tuple(statuses)),
        Choice("unit", "单位", "全部单位", tuple((name, name) for name in units)),
        Choice("rule", "审核关系", "全部审核关系", tuple((code, code) for code in rules)),
    )
