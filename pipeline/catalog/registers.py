"""The dated registers: areas 「县区」 and reporting units 「填报单位」, each with a stable id."""

from __future__ import annotations

from functools import cached_property

from pipeline.catalog.dated import Dated, Entry, holding
from pipeline.periods import Month


class AreaName(Dated):
    """What an area was called, and its GB/T 2260 code, for a time."""

    name: str
    code: str = ""


class AreaEntry(Entry):
    """A county-level division, or an of-which area (`within` another, never added)."""

    id: str
    order: int
    names: tuple[AreaName, ...]
    aliases: tuple[str, ...] = ()
    within: str | None = None

    def named(self, month: Month) -> AreaName:
        """Name and code in that month (the nearest known one outside the register's dates)."""
        held = holding(self.names, month)
        return held[0] if held else self.names[-1]

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name and alias, of all times."""
        return (*(entry.name for entry in self.names), *self.aliases)


class AreaRegister(Entry):
    """All areas of a profile, in the register's order."""

    entries: tuple[AreaEntry, ...]

    @cached_property
    def by_id(self) -> dict[str, AreaEntry]:
        """Areas by stable id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def counties(self) -> tuple[AreaEntry, ...]:
        """The areas that add up to the city, in order."""
        return tuple(sorted((e for e in self.entries if e.within is None), key=lambda e: e.order))

    @cached_property
    def of_which(self) -> tuple[AreaEntry, ...]:
        """The areas inside another, in order."""
        return tuple(sorted((e for e in self.entries if e.within is not None), key=lambda e: e.order))

    def name(self, area: str, month: Month) -> str:
        """The printed name of an area in that month."""
        return self.by_id[area].named(month).name


OTHER = "other:"
"""How the ids of other institutions 「其他机构」 begin: those that annexes print in one row."""


class Institution(Entry):
    """A kind of lender that annexes group by: `abc`, `psbc`, `rcb` or `other:<id>`."""

    id: str
    order: int
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether annexes print it in one row with all others 「其他机构」."""
        return self.id.startswith(OTHER)


class Duty(Dated):
    """A form that a reporting unit owes for each period while this holds, or may send (`voluntary`)."""

    form: str
    voluntary: bool = False


class UnitName(Dated):
    """What a reporting unit was called for a time."""

    name: str


class ReportingUnit(Entry):
    """Who must send forms: a bank branch, a county bank, a county's finance office, the office itself."""

    id: str
    order: int
    names: tuple[UnitName, ...]
    aliases: tuple[str, ...] = ()
    institution: str = ""
    """The institution it belongs to; empty for those that lend nothing."""
    areas: tuple[str, ...] = ()
    """The counties that it must report on."""
    duties: tuple[Duty, ...] = ()

    def name(self, month: Month) -> str:
        """The name in that month (the nearest known one outside the register's dates)."""
        held = holding(self.names, month)
        return held[0].name if held else self.names[-1].name

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name and alias, of all times."""
        return (*(entry.name for entry in self.names), *self.aliases)

    def owes(self, form: str, month: Month) -> bool:
        """Whether this unit must send that form about that month (or the year that holds it)."""
        return any(duty.form == form and not duty.voluntary and duty.holds(month) for duty in self.duties)


class UnitRegister(Entry):
    """All institutions and reporting units of a profile."""

    institutions: tuple[Institution, ...]
    units: tuple[ReportingUnit, ...]

    @cached_property
    def by_id(self) -> dict[str, ReportingUnit]:
        """Reporting units by stable id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def institution_by_id(self) -> dict[str, Institution]:
        """Institutions by id."""
        return {entry.id: entry for entry in self.institutions}

    def owing(self, form: str, month: Month) -> list[ReportingUnit]:
        """Those that owe this form about this month, in the register's order."""
        return sorted((unit for unit in self.units if unit.owes(form, month)), key=lambda unit: unit.order)
