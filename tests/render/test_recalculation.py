"""LibreOffice recalculates every annex: nothing that is shown may change."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import FigureTable
from pipeline.render.annex import write_annex
from pipeline.render.numbers import show
from pipeline.render.page import plan
from pipeline.render.stamp import Stamp
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from tests.cities import MARCH, large_catalog, large_facts, small_catalog, small_facts
from tests.office import convert

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
STAMP = Stamp(MARCH, True, True, "虚构市金融工作办公室", 1, 12, "2018-04-10")
Annexes = dict[Path, tuple[FigureTable, AnnexLayout]]


def _ragged() -> dict[str, Facts]:
    """A month in which everything that can be missing is missing somewhere."""
    facts = large_facts(11, frozenset({"rcb-zhenping", "fin-baihe"}))
    now = dict(facts["2018-03"].values)
    now["psbc", "psbc", "pingli", "disbursed_amount_mtd"] = 4_999
    now["abc", "abc", "pingli", "past_due_amount"] = 0
    # a correction of earlier lending: parts of both signs must still add up
    now["abc", "abc", "baihe", "disbursed_amount_mtd"] = -123_456
    del now["psbc", "psbc", "langao", "past_due_amount"]
    base = dict(facts["2017-03"].values)
    base["rcb-shiquan", "rcb", "shiquan", "disbursed_amount_ytd"] = 0
    base = {key: value for key, value in base.items() if key[0] != "rcb-hanyin"}
    banks = facts["2017-03"].units_in["M01"] - {"rcb-hanyin"}
    return facts | {
        "2018-03": Facts("2018-03", now, facts["2018-03"].units_in),
        "2017-03": Facts("2017-03", base, {"M01": banks}),
    }


def _write(folder: Path, name: str, catalog: Catalog, facts: dict[str, Facts]) -> Annexes:
    written = {}
    for number, table in annex_tables(MARCH, facts, catalog, {("abc", ""): 1}).items():
        path = folder / f"{name}-{number}.xlsx"
        write_annex(path, table, catalog.annexes[number], STAMP)
        written[path] = (table, catalog.annexes[number])
    return written


def _plant(source: Path, target: Path) -> None:
    """Copy a workbook, but let its first total have cached 999."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text, planted = re.subn(rb"(<f>SUM\([^<]*</f><v>)[^<]*", rb"\g<1>999", text, count=1)
                assert planted == 1
            new.writestr(name, text)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Annexes, Path, dict[Path, Path], dict[Path, Path]]:
    """All annexes of three months, and each as LibreOffice recalculates and shows it."""
    folder = tmp_path_factory.mktemp("annexes")
    annexes = {
        **_write(folder, "small", small_catalog(), small_facts()),
        **_write(folder, "full", large_catalog(), large_facts(7)),
        **_write(folder, "ragged", large_catalog(), _ragged()),
    }
    planted = folder / "planted.xlsx"
    _plant(folder / "full-3.xlsx", planted)
    files = [*annexes, planted]
    values = dict(zip(files, convert(files, "xlsx", folder), strict=True))
    shown = dict(zip(files, convert(files, AS_SHOWN, folder), strict=True))
    return annexes, planted, values, shown


def _numbers(path: Path) -> dict[str, float]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return {
        cell.coordinate: float(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def _changed(before: dict[str, float], after: dict[str, float]) -> list[str]:
    assert before.keys() == after.keys()
    return [cell for cell, value in before.items() if abs(after[cell] - value) > (1e-9 * abs(value) if value else 1e-9)]


def test_no_value_changes(offices):
    annexes, _, values, _ = offices
    for path in annexes:
        before = _numbers(path)
        assert len(before) > 50
        assert _changed(before, _numbers(values[path])) == [], path.name


def test_every_figure_is_shown_as_we_round_it(offices):
    annexes, _, _, shown = offices
    for path, (table, layout) in annexes.items():
        rows = list(csv.reader(io.StringIO(shown[path].read_text("utf-8"))))
        page = plan(table, layout, STAMP)
        for part in table.parts:
            for row in part.rows:
                for col, column in enumerate(layout.columns):
                    if column.id in row.figures:
                        place = f"{path.name} {row.label} {column.id}"
                        expected = show(row.figures[column.id], column).text
                        assert rows[page.row_of[part.id, row.id]][col] == expected, place


def test_a_wrong_cache_is_found(offices, tmp_path):
    _, planted, values, _ = offices
    assert len(_changed(_numbers(planted), _numbers(values[planted]))) == 1
    # a profile that trusts what it is given would have let it pass
    trusting = convert([planted], "xlsx", tmp_path, recalculate=False)[0]
    assert _changed(_numbers(planted), _numbers(trusting)) == []


def test_every_annex_is_one_page_with_every_number_whole(offices, tmp_path):
    annexes, *_ = offices
    for path, pdf in zip(annexes, convert(list(annexes), "pdf", tmp_path), strict=True):
        command = ["pdftotext", "-layout", str(pdf), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert text.count("\f") == 1, path.name
        assert "##" not in text, path.name
        table, layout = annexes[path]
        words = set(text.split())
        for row in table.parts[-1].rows:
            shown = show(row.figures["outstanding_amount"], layout.columns[12]).text
            assert not shown or shown in words, (path.name, row.label)
