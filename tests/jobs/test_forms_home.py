"""Every unit's blank form, filled in from its own file of the sample, comes home: recognised, complete, no finding."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.catalog import load_catalog
from tests.jobs.filled_forms import filled, readings, said
from tests.jobs.sample import SAMPLE
from tests.office import convert

CATALOG = load_catalog("ankang")
NAMES = {form.name: code for code, form in CATALOG.forms.items()}


@pytest.fixture(scope="module")
def own():
    """The units' own files about February by (form, unit), and what is read in each."""
    files = [path for path in sorted((SAMPLE / "2018-02").iterdir()) if path.suffix != ".csv"]
    found = {path: readings(path, CATALOG).submissions for path in files}
    return {(one.form, one.unit): (path, one) for path, read in found.items() for one in read}


@pytest.fixture(scope="module")
def home(handed_out, own, tmp_path_factory):
    """(own submission, the form filled in) of every form that was handed out."""
    folder = tmp_path_factory.mktemp("filled")
    pairs = []
    for blank in sorted(handed_out.rglob("*.xlsx")):
        form = next(code for name, code in NAMES.items() if name in blank.name)
        unit = next(u.id for u in CATALOG.units.units if blank.parent.name in u.all_names)
        path, one = own[form, unit]
        pairs.append((one, filled(path, blank, folder / blank.name)))
    return pairs


def differences(pairs) -> list[str]:
    """What is wrong with forms that came home, in words."""
    wrong = []
    for one, path in pairs:
        read = readings(path, CATALOG)
        told = [f"{path.name}：{finding.rule} {finding.message}" for finding in read.findings]
        if told or len(read.submissions) != 1:
            wrong += told or [f"{path.name} was not read"]
            continue
        found = read.submissions[0]
        same = (one.form, one.unit, one.period, one.step) == (found.form, found.unit, found.period, found.step)
        wrong += [] if same and said(one) == said(found) else [f"{path.name} {said(one) - said(found)}"]
        accounted = sum(read.cells.values())
        wrong += [] if accounted == read.non_blank else [f"{path.name} {accounted} of {read.non_blank} cells"]
    return wrong


def test_every_duty_has_a_form(home):
    """By hand: ten county banks and two big ones with two forms each, ten counties with one."""
    assert len(home) == 34


def test_as_a_program_saves_them(home):
    """openpyxl keeps formulas and forgets what they came to."""
    assert not differences(home)


def test_as_an_office_saves_them(home, tmp_path):
    """LibreOffice calculates every formula and writes every sheet anew."""
    saved = convert([path for _, path in home], "xlsx", tmp_path)
    assert not differences([(one, path) for (one, _), path in zip(home, saved, strict=True)])
    books = [openpyxl.load_workbook(path, data_only=True) for path in saved]
    checked = [book["审核"] for book in books if "审核" in book.sheetnames]
    assert len(checked) == 34
    assert {sheet["A3"].value for sheet in checked} == {"0 处问题"}
    assert all("相符" in {cell.value for cell in sheet["H"]} for sheet in checked)


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_in_another_format(home, tmp_path, kind):
    some = [(one, path) for one, path in home if one.unit in ("abc", "rcb-shiquan", "fin-shiquan")]
    saved = convert([path for _, path in some], kind, tmp_path)
    wrong = differences([(one, path) for (one, _), path in zip(some, saved, strict=True)])
    assert not [told for told in wrong if "F09" not in told], "an old format is noted as such"


def test_a_total_typed_over_is_read(home, tmp_path):
    """Only a formula that nobody has calculated says nothing."""
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "abc"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B8"] = 1
    out = tmp_path / path.name
    book.save(out)
    read = readings(out, CATALOG)
    totals = [o for o in read.submissions[0].observations if o.total and o.value is not None]
    assert not read.findings
    assert [(o.indicator, o.value) for o in totals] == [("registered_households", 1)]


def _saved(path: Path, change, tmp_path) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    out = tmp_path / path.name
    book.save(out)
    return out


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("填报说明", "H40"),
        ("填报说明", "A5"),
        ("上月数", "D6"),
        ("上月数", "C200"),
        ("审核", "B40"),
        ("审核", "K50"),
        ("审核关系", "C30"),
    ],
)
def test_nothing_can_be_hidden_on_our_own_sheets(home, tmp_path, sheet, cell):
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "rcb-shiquan"))

    def change(book):
        book[sheet][cell] = "汉滨区另有贷款"

    told = readings(_saved(path, change, tmp_path), CATALOG).findings
    assert [(finding.rule, finding.sheet) for finding in told] == [("F06", sheet)]
    assert told[0].message == (
        f"这张工作表是随空白表印发的“{sheet}”，内容却与印发时不同，没有读入。"
        "要报的数请填在报表里；这张请恢复原样或删去，然后重新报送。"
    )


def test_nor_in_a_formula_beside_them(home, tmp_path):
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "rcb-shiquan"))

    def change(book):
        book["上月数"]["K9"] = "=1+1"
        book["审核"]["J9"] = "=1+1"

    told = readings(_saved(path, change, tmp_path), CATALOG).findings
    assert {(f.rule, f.sheet, f.cell) for f in told} == {("F06", "上月数", "K9"), ("F06", "审核", "J9")}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_our_own_sheets_may_be_hidden(home, tmp_path, state):
    """Nothing can stand on them that we have not written; on any other hidden sheet it can."""
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "rcb-shiquan"))

    def hide(book):
        for sheet in book.worksheets[1:]:
            sheet.sheet_state = state

    def change(book):
        hide(book)
        book["上月数"]["C200"] = "汉滨区另有贷款"

    assert not readings(_saved(path, hide, tmp_path), CATALOG).findings
    told = readings(_saved(path, change, tmp_path), CATALOG).findings
    assert [(finding.rule, finding.sheet) for finding in told] == [("F06", "上月数")]


def test_a_units_two_forms_in_one_workbook(home, tmp_path):
    """A spreadsheet program calls sheets that come twice 审核 (2), 填报说明 (2)."""
    own = {one.form: path for one, path in home if one.unit == "rcb-shiquan"}
    book = openpyxl.load_workbook(own["M01"])
    for sheet in openpyxl.load_workbook(own["Q01"]):
        name = f"{sheet.title} (2)" if sheet.title in book.sheetnames else sheet.title
        _copy(sheet, book.create_sheet(name))
    book.save(tmp_path / "石泉农商银行.xlsx")
    read = readings(tmp_path / "石泉农商银行.xlsx", CATALOG)
    assert "填报说明 (2)" in book.sheetnames
    assert not read.findings
    assert {one.form: said(one) for one in read.submissions} == {
        one.form: said(one) for one, _ in home if one.unit == "rcb-shiquan"
    }


def _copy(sheet, out):
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        out[cell.coordinate] = cell.value
    for merged in sheet.merged_cells.ranges:
        out.merge_cells(str(merged))


def test_sheets_of_other_names(home, tmp_path):
    """Of the sheet of checks the formulas are still ours, elsewhere a formula is not."""
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "rcb-shiquan"))

    def rename(book):
        for number, sheet in enumerate(book.worksheets, start=1):
            sheet.title = f"Sheet{number}"

    def calculate(book):
        rename(book)
        book["Sheet3"]["C9"] = "=1+1"

    assert not readings(_saved(path, rename, tmp_path), CATALOG).findings
    told = readings(_saved(path, calculate, tmp_path), CATALOG).findings
    assert {(finding.rule, finding.sheet, finding.cell) for finding in told} == {("F06", "Sheet3", "C9")}


def test_a_sheet_taken_out_or_a_strangers_of_the_same_name(home, tmp_path):
    path = next(path for one, path in home if (one.form, one.unit) == ("M01", "rcb-shiquan"))

    def without(book):
        del book["审核"], book["上月数"]

    def strange(book):
        book["上月数"]["A2"] = "另一张表"

    assert not readings(_saved(path, without, tmp_path), CATALOG).findings
    told = readings(_saved(path, strange, tmp_path), CATALOG).findings
    assert {finding.sheet for finding in told} == {"上月数"}
    assert {"F03", "F04", "F06"} == {finding.rule for finding in told}, "read like any other sheet, and refused"
