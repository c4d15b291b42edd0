"""One period as places: who owes or sent a figure about which county, so that a gap is never taken for zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.catalog.catalog import Catalog
from pipeline.model import ImportedFigure
from pipeline.periods import Month
from pipeline.transform.facts import Facts, Key
from pipeline.transform.sums import Place, Sum, add

V = TypeVar("V")

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
    imported: Mapping[tuple[Place, str], ImportedFigure] = field(default_factory=dict)
    """Where a value is not reported but imported: only in a month that another is compared with."""

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
        return self.by_order({place.unit for place in self.places[form] if scope.holds(place)})

    def by_order(self, units: Iterable[str]) -> list[str]:
        """Reporting units in the register's order."""
        return sorted(units, key=lambda unit: (self.catalog.units.by_id[unit].order, unit))

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
    """Arrange what is reported for a month, and its year's targets, by place."""
    known = [facts for facts in (monthly, yearly) if facts is not None]
    values = {key: value for facts in known for key, value in facts.values.items()}
    units_in: dict[str, frozenset[str]] = {}
    for facts in known:
        for form, units in facts.units_in.items():
            units_in[form] = units_in.get(form, frozenset()) | units
    absent = {key: why for facts in known for key, why in facts.absent.items()}
    return _arranged(month, catalog, _by_place(values, catalog), units_in, absent)


def read_base(month: Month, facts: Facts | None, now: Reported) -> Reported:
    """Arrange a month that `now` is compared with: an imported figure counts where none is reported.

    Where imported figures are of units that owed no statement in that month, the register does not tell what is
    lacking in it; then every place that `now` has is expected: a base that covers only some of them would make growth
    of what was there all along.
    """
    catalog = now.catalog
    facts = facts or Facts(str(month), {}, {})
    owing = {unit.id for unit in catalog.units.owing(STATEMENT, month)}
    beyond = any(figure.form == STATEMENT and figure.unit not in owing for figure in facts.imported.values())
    units_in = dict(facts.units_in)
    for figure in facts.imported.values():
        units_in[figure.form] = units_in.get(figure.form, frozenset()) | {figure.unit}
    expected = now.places[STATEMENT] if beyond else ()
    base = _arranged(month, catalog, _by_place(facts.as_base, catalog), units_in, facts.absent, expected)
    return replace(base, imported=_by_place(facts.imported, catalog))


def _by_place(values: Mapping[Key, V], catalog: Catalog) -> dict[tuple[Place, str], V]:
    """What is known of counties; of-which areas are left out."""
    counties = {area.id for area in catalog.areas.counties}
    return {(Place(*key[:3]), key[3]): value for key, value in values.items() if key[2] in counties}


def _arranged(
    month: Month,
    catalog: Catalog,
    cells: Mapping[tuple[Place, str], int],
    units_in: Mapping[str, frozenset[str]],
    absent: Mapping[tuple[str, str], str],
    expected: Iterable[Place] = (),
) -> Reported:
    """`expected` adds places of statements to those that the register and what is reported tell."""
    statements = tuple(sorted({*_places(STATEMENT, month, catalog, units_in, cells), *expected}))
    lent = sorted({(place.institution, place.area) for place in statements})
    targets = tuple(Place(unit.id, *pair) for unit in catalog.units.owing(TARGETS, month) for pair in lent)
    places = {
        STATEMENT: statements,
        COUNTY_RETURN: _places(COUNTY_RETURN, month, catalog, units_in, cells),
        TARGETS: targets,
    }
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
