"""Blank forms 「空白表」 of a month: a workbook for every form that a unit owes, in the unit's own layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.errors import NothingToPublish
from pipeline.jobs import kept_files, runlog
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.form_content import blank_form
from pipeline.jobs.form_past import Known, known_before, with_looks
from pipeline.jobs.notices import LONGEST_NAME
from pipeline.periods import Month, period_label
from pipeline.render.form_book import form_bytes
from pipeline.render.harmless import path_part
from pipeline.store import journal
from pipeline.store.store import Store
from pipeline.validate.duties import Duty

FOLDER = "空白表"


@dataclass(frozen=True, slots=True)
class Handed:
    """The workbooks that were written, and for which duties."""

    month: Month
    folder: Path
    written: Mapping[Path, Duty]
    kept: tuple[Path, ...] = ()
    """Where others that lay there were moved: somebody may have filled them in."""

    @property
    def sentence(self) -> str:
        """What the clerk reads."""
        units = len({duty.unit for duty in self.written.values()})
        moved = f"原来的{len(self.kept)}份内容不同，改名为“…-上一份”。" if self.kept else ""
        return (
            f"{self.month.label}的空白表已生成：{units}家单位，{len(self.written)}份，在 {self.folder}。{moved}"
            "按单位分文件夹，发给各单位填报；电话、纸质报送的，用同一份表代录。"
        )


def run(workspace: Path, month: Month, catalog: Catalog, clock: Clock) -> Handed:
    """Write the forms that are owed about a month.

    Raises:
        NothingToPublish: nobody owes anything about it.
        ProductError: a workbook cannot be written.
    """
    with runlog.kept(workspace, "forms", clock, schemas=catalog.fingerprint) as log:
        store = Store(workspace, create=False)
        with store.transaction() as connection:
            upto = journal.vintage_at(connection, clock.text)
            seen = months.view(connection, catalog, month, upto)
            known = with_looks(known_before(connection, catalog, month, upto), store.archive)
        store.close()
        owed = [duty for duty in seen.owed if duty.period == str(month) or not duty.is_in]
        if not owed:
            raise NothingToPublish(f"{month.label}没有单位应报报表，没有空白表可以生成。请核对报告期和登记表。")
        folder = workspace / "output" / str(month) / FOLDER
        written, kept = _written(folder, owed, known, catalog, clock)
        log.note("handed out", period=str(month), forms=len(written))
    return Handed(month, folder, written, tuple(kept))


def _written(
    folder: Path, owed: list[Duty], known: Known, catalog: Catalog, clock: Clock
) -> tuple[dict[Path, Duty], list[Path]]:
    written: dict[Path, Duty] = {}
    kept: list[Path] = []
    for duty in owed:
        name = path_part(duty.unit_name, LONGEST_NAME)
        path = folder / name / f"{name}{period_label(duty.period)}{path_part(duty.form_name, LONGEST_NAME)}.xlsx"
        data = form_bytes(blank_form(duty, known, catalog, clock.day))
        moved = kept_files.put(path, data, "空白表")
        kept += [moved] if moved else []
        written[path] = duty
    return written, kept
