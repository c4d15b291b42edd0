"""What a register workbook holds, and its tables as rows of texts: the inverse of how `ingest` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.catalog import Catalog, register_of
from pipeline.catalog.overlay import CALENDAR
from pipeline.catalog.register_sheets import LISTED, MAY, NO, OTHER_BANK, OWED, YES, Contact
from pipeline.catalog.registers import Institution
from pipeline.periods import Month

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A due date that was moved for one unit: to look at, not to edit."""

    unit_name: str
    period: str
    was: str
    due: str
    reason: str
    entry: int


@dataclass(frozen=True, slots=True)
class TargetTable:
    """The office's targets of a year by (indicator, institution, area)."""

    year: int
    office: str
    values: Mapping[tuple[str, str, str], int | None]
    sample: bool
    """They come from a file that says of itself that it is invented."""


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """Everything that is written into the workbook."""

    catalog: Catalog
    day: date
    contacts: Sequence[Contact]
    extensions: Sequence[Extension]
    targets: TargetTable | None

    @property
    def month(self) -> Month:
        """The month by which units and counties are called."""
        return Month.of(self.day)


def institutions(catalog: Catalog) -> list[str]:
    """What can be chosen for 机构."""
    return [_institution(entry) for entry in sorted(catalog.units.institutions, key=lambda entry: entry.order)]


def _institution(entry: Institution | None) -> str:
    """「农业银行」, 「其他：示例银行」; nothing for a unit that lends nothing."""
    return f"{OTHER_BANK if entry.is_other else ''}{entry.name}" if entry else ""


def forms(catalog: Catalog) -> list[str]:
    """What can be chosen for 报表: 「M01 金融扶贫小额贷款月报表」."""
    return [f"{form.code} {form.name}" for form in catalog.forms.values()]


def parameters(catalog: Catalog) -> list[str]:
    """What can be chosen for 项目."""
    return [catalog.policy.parameters[name].title for name in CALENDAR if name in catalog.policy.parameters]


def unit_rows(book: RegisterBook) -> Iterator[Row]:
    """A row for each name of each unit; what a unit has once stands in the first."""
    catalog = book.catalog
    by_id = {entry["id"]: entry for entry in register_of(catalog).units}
    for unit, data in by_id.items():
        institution = catalog.units.institution_by_id.get(data["institution"])
        areas = LISTED.join(catalog.areas.name(area, book.month) for area in data["areas"])
        once = (_institution(institution), areas, data["order"], LISTED.join(data["aliases"]))
        for i, name in enumerate(data["names"]):
            yield (unit, name["name"], *_ends(name), *(once if i == 0 else ("", "", "", "")))


def duty_rows(book: RegisterBook) -> Iterator[Row]:
    """A row for each form that a unit owes or may send for a time."""
    names = dict(zip((form.code for form in book.catalog.forms.values()), forms(book.catalog), strict=True))
    for data in register_of(book.catalog).units:
        called = book.catalog.units.by_id[data["id"]].name(book.month)
        for duty in data["duties"]:
            yield data["id"], called, names[duty["form"]], MAY if duty["voluntary"] else OWED, *_ends(duty)


def deadline_rows(book: RegisterBook) -> Iterator[Row]:
    """A row for each value of each parameter."""
    for name, values in register_of(book.catalog).calendar.items():
        title = book.catalog.policy.parameters[name].title
        for value in values:
            said = value["value"]
            shown = (YES if said else NO) if isinstance(said, bool) else said
            yield title, shown, *_ends(value), value["reference"], value["working"]


def contact_rows(book: RegisterBook) -> Iterator[Row]:
    """A row for each person."""
    units = book.catalog.units.by_id
    for contact in book.contacts:
        said = (contact.name, contact.post, contact.telephone, contact.email, contact.note)
        yield contact.unit, units[contact.unit].name(book.month), *said


def extension_rows(book: RegisterBook) -> Iterator[Row]:
    """A row for each due date that was moved, the latest decision last."""
    for one in book.extensions:
        yield one.unit_name, one.period, one.was, one.due, one.reason, one.entry


def _ends(entry: Mapping[str, str]) -> tuple[str, str]:
    return entry.get("since", ""), entry.get("until", "")
