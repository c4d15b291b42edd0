"""How much a doubtful figure moves what is published: each annex's totals and the ratios that it enters.

As selective editing does: the figure is put right, or taken out where nothing tells what would be right, and the change
of a total is measured against the total, that of a ratio in percentage points. The largest change counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import Finding
from pipeline.money import FEN_PER_YUAN
from pipeline.transform.reported import STATEMENT, Reported, Scope
from pipeline.transform.rows import Periods, county_rows, indicator_of
from pipeline.transform.sums import Place

MIRROR = "mirror_"
"""Begins the code of what a county says of a bank; the bank's own figure is what is published."""
Value = tuple[str, str, str, str, int]
"""(unit, institution, area, indicator, value)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The largest change that a finding stands for: of which annex and column, and how much.

    `size` is a part of the total, or for a ratio (`points`) the difference of two ratios.
    """

    size: Fraction
    annex: int
    column: str
    points: bool
    whole: bool = False
    """Of all figures of a submission that is not in force, not of the one that the finding is about."""


@dataclass(frozen=True, slots=True)
class Move:
    """By how much totals would change, by indicator; `institution` is empty for what counties report."""

    institution: str
    by: Mapping[str, int]


@dataclass(slots=True)
class Totals:
    """The totals and ratios of all annexes of a month, each summed once."""

    periods: Periods
    catalog: Catalog
    _known: dict[tuple[str, str, bool], int | None] = field(default_factory=dict)
    _scopes: dict[str, Scope] = field(default_factory=dict)

    def effect(self, move: Move) -> Effect | None:
        """The largest change; the first one of equal ones. None where nothing that is published changes.

        Where an annex has no total yet, all of it would be new: that is told only if no other annex says how much.
        """
        found: Effect | None = None
        beginning: Effect | None = None
        for layout in self.catalog.annexes.values():
            if layout.is_words or (layout.institution and move.institution not in ("", layout.institution)):
                continue
            for effect in self._effects(layout, move.by):
                if found is None or effect.size > found.size:
                    found = effect
            if found is None and beginning is None:
                beginning = self._first(layout, move.by)
        return found or beginning

    @staticmethod
    def _first(layout: AnnexLayout, by: Mapping[str, int]) -> Effect | None:
        for column in layout.columns:
            if column.derivation == "sum" and _moved(indicator_of(column), by):
                return Effect(Fraction(1), layout.number, column.id, False)
        return None

    def _effects(self, layout: AnnexLayout, by: Mapping[str, int]) -> Iterator[Effect]:
        columns = {column.id: column for column in layout.columns}
        for column in layout.columns:
            changed: Fraction | None = None
            if column.derivation == "sum":
                changed = self._of_sum(layout, indicator_of(column), by)
            elif column.derivation == "ratio":
                above, below = _indicators(column.of, columns), _indicators(column.to, columns)
                changed = self._of_ratio(layout, above, below, by)
            elif column.derivation == "growth":
                changed = self._of_growth(layout, _indicators(column.of, columns), by)
            if changed:
                yield Effect(changed, layout.number, column.id, column.derivation != "sum")

    def _of_sum(self, layout: AnnexLayout, indicators: str, by: Mapping[str, int]) -> Fraction | None:
        moved = _moved(indicators, by)
        total = self._total(layout, indicators)
        if not moved:
            return None
        return Fraction(abs(moved), abs(total)) if total else None

    def _of_ratio(self, layout: AnnexLayout, above: str, below: str, by: Mapping[str, int]) -> Fraction | None:
        up, down = _moved(above, by), _moved(below, by)
        numerator, denominator = self._total(layout, above), self._total(layout, below)
        if not (up or down) or numerator is None or not denominator or not denominator + down:
            return None
        return abs(Fraction(numerator + up, denominator + down) - Fraction(numerator, denominator))

    def _of_growth(self, layout: AnnexLayout, indicators: str, by: Mapping[str, int]) -> Fraction | None:
        moved, base = _moved(indicators, by), self._total(layout, indicators, before=True)
        if not moved or self._total(layout, indicators) is None or not base or base < 0:
            return None
        return Fraction(abs(moved), base)

    def _total(self, layout: AnnexLayout, indicators: str, *, before: bool = False) -> int | None:
        key = (layout.institution, indicators, before)
        if key not in self._known:
            reported = self.periods.year_before if before else self.periods.now
            self._known[key] = reported.total(indicators, self._scope(layout.institution)).value
        return self._known[key]

    def _scope(self, institution: str) -> Scope:
        if institution not in self._scopes:
            self._scopes[institution] = county_rows(self.periods.now, institution)[0].scope
        return self._scopes[institution]


def _indicators(name: str, columns: Mapping[str, AnnexColumn]) -> str:
    return indicator_of(columns[name]) if name in columns else name


def _moved(indicators: str, by: Mapping[str, int]) -> int:
    return sum(by.get(indicator, 0) for indicator in indicators.split("+"))


# ------------------------------------------------------------------ what a finding would move


def move_of(finding: Finding, now: Reported, *, in_force: bool) -> Move | None:
    """What would change if the figure of a finding were put right; None where it is about no figure of a county.

    A figure in force changes from what is reported to what is expected, or goes where nothing is; a figure that is not
    in force (its submission was rejected) comes in: as expected, or as reported, in the place of what is in force now.
    """
    code, _, item = finding.indicator.partition("#")
    code, _, bank = code.partition("@")
    form = now.catalog.forms.get(finding.form)
    column = form.by_code.get(code) if form else None
    if form is None or column is None or item or not (column.is_amount or column.is_count):
        return None
    if code.startswith(MIRROR):
        if finding.cause:  # it is what the county typed that is wrong: the bank's figure is published, and stays
            return Move(bank, {})
    elif now.form_of(code) != finding.form:
        return Move(bank, {})
    value, expected = (_whole(text, is_amount=column.is_amount) for text in (finding.value, finding.expected))
    if finding.area and finding.area not in {area.id for area in now.catalog.areas.counties}:
        return Move(bank, {})
    unit = now.catalog.units.by_id.get(finding.unit)
    institution = bank or (unit.institution if unit and finding.form == STATEMENT else "")
    if in_force or code.startswith(MIRROR):
        by = (expected or 0) - (value or 0)
    else:
        claimed = value if expected is None else expected
        if claimed is None:
            return None
        by = claimed - _published(now, finding, institution, code)
    return Move(institution, {code.removeprefix(MIRROR): by})


def _whole(text: str, *, is_amount: bool) -> int | None:
    """The integer that a finding's decimal text stands for: fen, or a count."""
    try:
        number = Fraction(Decimal(text)) * (FEN_PER_YUAN if is_amount else 1)
    except InvalidOperation:
        return None
    return int(number)


def _published(now: Reported, finding: Finding, institution: str, code: str) -> int:
    """What is in force of that unit at that place; of all counties where the finding names none."""
    areas = [finding.area] if finding.area else [area.id for area in now.catalog.areas.counties]
    return sum(now.cells.get((Place(finding.unit, institution, area), code), 0) for area in areas)


def move_of_all(form: str, values: Iterable[Value], now: Reported) -> Move | None:
    """What would change if all figures of a submission that is not in force came in; None where it has none."""
    counties = {area.id for area in now.catalog.areas.counties}
    by: dict[str, int] = {}
    institutions: set[str] = set()
    for unit, institution, area, indicator, value in values:
        if area in counties and now.form_of(indicator) == form:
            institutions.add(institution)
            known = now.cells.get((Place(unit, institution, area), indicator), 0)
            by[indicator] = by.get(indicator, 0) + value - known
    return Move(institutions.pop() if len(institutions) == 1 else "", by) if by else None
