"""One period as places: who owes or sent a figure about which county, so that a gap is never taken for zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.catalog.catalog import Catalog
from pipeline.periods import Month
from pipeline.transform.facts import Facts
from pipeline.transform.sums import Place, Sum, add

STATEMENT = "M01"
COUNTY_RETURN = "C01"
TARGETS = "T01"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which institutions and counties a row is about."""

    institutions: frozenset[str]
    areas: frozenset[str]

    def holds(self, place: Place) -> bool:
        """Whether the place belongs to the row; what counties report belongs to no institution."""
        return place.area in self.areas and (not place.institution or place.institution in self.institutions)


@dataclass(frozen=True, slots=True)
class Reported:
    """All that is owed and all that is in force for one period, by form."""

    month: Month
    catalog: Catalog
    places: Mapping[str, tuple[Place, ...]]
    units_in: Mapping[str, frozenset[str]]
    cells: Mapping[tuple[Place, str], int]
    """(place, indicator) → value."""
    absent: Mapping[tuple[str, str], str]
    """(unit, form) → why it is not in force, where something came."""

    def form_of(self, indicator: str) -> str:
        """The form that an indicator is published from; what banks and counties both report is the county's."""
        first = indicator.partition("+")[0]
        for form in (COUNTY_RETURN, TARGETS):
            if form in self.catalog.forms and first in self.catalog.forms[form].by_code:
                return form
        return STATEMENT

    def total(self, indicator: str, scope: Scope) -> Sum:
        """The sum of an indicator, or of several joined by `+`, over the places of a row."""
        places = [place for place in self.places[self.form_of(indicator)] if scope.holds(place)]
        return add(places, indicator.split("+"), self.cells)

    def units(self, form: str, scope: Scope) -> list[str]:
        """The reporting units that a row is made of, in the register's order."""
        found = {place.unit for place in self.places[form] if scope.holds(place)}
        return sorted(found, key=lambda unit: (self.catalog.units.by_id[unit].order, unit))

    def missing(self, form: str, scope: Scope) -> list[str]:
        """Those of them that are owed and not in force."""
        return [unit for unit in self.units(form, scope) if unit not in self.units_in.get(form, frozenset())]

    def why_missing(self, form: str, unit: str) -> str:
        """「未报送」, or what became of what was sent."""
        return self.absent.get((unit, form), "未报送")

    def named_with_reason(self, form: str, units: Iterable[str]) -> str:
        """「甲（未报送）、乙（退回）」."""
        return "、".join(f"{self.unit_name(unit)}（{self.why_missing(form, unit)}）" for unit in units)

    def unit_name(self, unit: str) -> str:
        """The unit's name in this period."""
        return self.catalog.units.by_id[unit].name(self.month)


def read(month: Month, monthly: Facts | None, yearly: Facts | None, catalog: Catalog) -> Reported:
    """Arrange a month's facts, and its year's targets, by place; None where nothing at all is known."""
    known = [facts for facts in (monthly, yearly) if facts is not None]
    counties = {area.id for area in catalog.areas.counties}
    cells = {
        (Place(unit, institution, area), indicator): value
        for facts in known
        for (unit, institution, area, indicator), value in facts.values.items()
        if area in counties
    }
    units_in: dict[str, frozenset[str]] = {}
    for facts in known:
        for form, units in facts.units_in.items():
            units_in[form] = units_in.get(form, frozenset()) | units
    statements = _places(STATEMENT, month, catalog, units_in, cells)
    lent = sorted({(place.institution, place.area) for place in statements})
    targets = tuple(Place(unit.id, *pair) for unit in catalog.units.owing(TARGETS, month) for pair in lent)
    places = {
        STATEMENT: statements,
        COUNTY_RETURN: _places(COUNTY_RETURN, month, catalog, units_in, cells),
        TARGETS: targets,
    }
    absent = {key: why for facts in known for key, why in facts.absent.items()}
    return Reported(month, catalog, places, units_in, cells, absent)


def _places(
    form: str,
    month: Month,
    catalog: Catalog,
    units_in: Mapping[str, frozenset[str]],
    cells: Mapping[tuple[Place, str], int],
) -> tuple[Place, ...]:
    """Every county that a unit owes this form about, and every one that it sent it about without owing it.

    Statements are an institution's own; a county's return is about all of them, but for the mirror, which is left out.
    """
    lends = form == STATEMENT
    owed = {
        Place(unit.id, unit.institution if lends else "", area)
        for unit in catalog.units.owing(form, month)
        for area in unit.areas
    }
    voluntary = units_in.get(form, frozenset())
    codes = set(catalog.forms[form].by_code) if form in catalog.forms else set()
    sent = {
        place
        for place, indicator in cells
        if place.unit in voluntary and indicator in codes and bool(place.institution) == lends
    }
    return tuple(sorted(owed | sent))
