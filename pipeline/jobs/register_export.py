"""The register 「登记表」 out as one workbook: units, forms owed, deadlines, contacts and targets, to edit in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.catalog.register_sheets import NAME
from pipeline.jobs import kept_files, runlog
from pipeline.jobs.clock import Clock
from pipeline.jobs.opening import contacts_in_force
from pipeline.jobs.register_targets import office, targets_in_force, values_of
from pipeline.periods import Month, period_label
from pipeline.render.register_book import register_bytes
from pipeline.render.register_rows import Extension, RegisterBook, TargetTable
from pipeline.store import journal
from pipeline.store.store import Connection, Store
from pipeline.validate.duties import due_of


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook that was written, and whether another one had to make room."""

    path: Path
    units: int
    year: int
    kept: Path | None

    @property
    def sentence(self) -> str:
        """What the clerk reads."""
        moved = f"原来的一份改名为 {self.kept.name}。" if self.kept else ""
        return (
            f"登记表（{self.units}家填报单位）已写到 {self.path}。{moved}"
            f"在 Excel 中改好保存后，用 register import 导入才生效；内有联系方式，请勿外发。"
        )


def run(workspace: Path, path: Path | None, catalog: Catalog, clock: Clock) -> Exported:
    """Write the register that counts at the clock; a workbook that lies there already is kept beside it."""
    with runlog.kept(workspace, "register", clock, schemas=catalog.fingerprint) as log:
        store = Store(workspace, create=False)
        with store.transaction() as connection:
            book = _book(connection, catalog, clock)
        store.close()
        path = path or workspace / "output" / NAME
        kept = kept_files.put(path, register_bytes(book), "登记表")
        log.note("exported")
    return Exported(path, len(catalog.units.units), clock.day.year, kept)


def _book(connection: Connection, catalog: Catalog, clock: Clock) -> RegisterBook:
    upto, year = journal.vintage_at(connection, clock.text), clock.day.year
    setter, targets = office(catalog, year), targets_in_force(connection, catalog, year, upto)
    name = setter.name(Month(year, 12)) if setter else ""
    table = TargetTable(year, name, values_of(targets), bool(targets and targets.sample)) if setter else None
    extensions = tuple(_extensions(connection, catalog, upto))
    return RegisterBook(catalog, clock.day, contacts_in_force(connection, catalog, upto), extensions, table)


def _extensions(connection: Connection, catalog: Catalog, upto: int) -> Iterator[Extension]:
    for entry in journal.in_effect(journal.entries(connection, (journal.EXTENDED, journal.UNDONE), upto)):
        if entry.kind == journal.EXTENDED and entry.body["unit"] in catalog.units.by_id:
            unit, period = catalog.units.by_id[entry.body["unit"]], entry.body["period"]
            name = unit.name(Month.parse(period if "-" in period else f"{period}-12"))
            was = str(due_of(catalog, period))
            yield Extension(name, period_label(period), was, entry.body["due"], entry.body["reason"], entry.seq)
