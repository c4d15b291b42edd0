"""What is not filled in yet: counted area by area in LibreOffice once anything is filled in, and told last."""

from __future__ import annotations

import openpyxl
import pytest

from tests.jobs.filled_forms import filled
from tests.jobs.live_forms import told
from tests.jobs.sample import SAMPLE
from tests.office import convert

COUNTIES = ["汉滨区", "汉阴县", "石泉县", "宁陕县", "紫阳县", "岚皋县", "平利县", "镇坪县", "旬阳县", "白河县"]
OWED = 22
"""By hand: lines 2, lent 3 in the month, 3 in the year, 2 ever, repaid 2, owing 3, grades 5, past due 2."""
FIRST, LAST = 9, 20
"""Rows of areas in the table, below its total; 高新区 and 恒口示范区 are in rows 10 and 11."""


def _keep(sheet, rows, columns=None):
    """Only these rows of the table, and of the last of them only so many columns."""
    for row in range(FIRST, LAST + 1):
        for cell in sheet[row][1:]:
            if not cell.protection.locked and (row not in rows or (row == rows[-1] and cell.column > (columns or 99))):
                cell.value = None


CASES = {
    "one county": lambda sheet: _keep(sheet, [9]),
    "all that is asked of one but two areas inside it": lambda sheet: _keep(sheet, [9, *range(12, 21)]),
    "halfway through the second": lambda sheet: _keep(sheet, [9, 12], columns=9),
    "nothing but a remark": lambda sheet: _remark(sheet),
}


def _remark(sheet):
    _keep(sheet, [])
    sheet.cell(FIRST, sheet.max_column).value = "已交接"


@pytest.fixture(scope="module")
def blank(handed_out):
    (path,) = handed_out.glob("农业银行安康分行/*统计表.xlsx")
    return path


@pytest.fixture(scope="module")
def calculated(handed_out, blank, tmp_path_factory):
    folder = tmp_path_factory.mktemp("blanks")
    own = filled(SAMPLE / "2018-02" / "农行2018年2月金融扶贫小额贷款统计表.xlsx", blank, folder / "own.xlsx")
    made = {}
    for name, change in CASES.items():
        book = openpyxl.load_workbook(own)
        change(book.worksheets[0])
        book.save(folder / f"{name}.xlsx")
        made[name] = folder / f"{name}.xlsx"
    for at, path in enumerate(sorted(handed_out.glob("*/*表.xlsx"))):
        if "措施" not in path.name and path.parent.name[:2] in ("农业", "邮储", "石泉"):
            for name, word in ((f"untouched {at}", ""), (f"nil {at}", "是")):
                book = openpyxl.load_workbook(path)
                sheet = book.worksheets[0]
                box = next((c for row in sheet["A1:A6"] for c in row if c.value == "本月无业务："), None)
                if box is not None:
                    box.offset(0, 1).value = word or None
                book.save(folder / f"{name}.xlsx")
                made[name] = folder / f"{name}.xlsx"
    return dict(zip(made, convert(list(made.values()), "xlsx", folder), strict=True))


def _blanks(path):
    return [(line[2], line[5]) for line in told(path) if line[0] == "A16"]


def _headline(path):
    return openpyxl.load_workbook(path, data_only=True)["审核"]["A3"].value


def test_nobody_is_told_before_anything_is_filled_in(calculated):
    forms = [path for name, path in calculated.items() if name not in CASES]
    assert len(forms) == 8, (
        "three statements and a return, as they are and with the month declared to be without business"
    )
    assert [(told(path), _headline(path)) for path in forms] == [([], "0 处问题")] * 8


def test_an_area_that_nobody_has_begun_is_one_line(calculated):
    path = calculated["one county"]
    assert _blanks(path) == [(name, f"{name}还没有填（必填22格）。没有发生的填0。") for name in COUNTIES[1:]]
    assert _headline(path) == "0 处问题；还有 198 格没有填"


def test_nothing_is_owed_of_an_area_inside_another(calculated):
    assert _blanks(calculated["all that is asked of one but two areas inside it"]) == []


def test_of_one_that_was_begun_what_is_left_is_counted(calculated):
    """By hand: in columns B to I, lines 2 and what was lent in the month 3 are filled in; 17 are left."""
    (first, *others) = _blanks(calculated["halfway through the second"])
    assert first == ("汉阴县", "汉阴县还有17格没有填。空白表示未报，不等于0：没有发生的填0。")
    assert [name for name, _ in others] == COUNTIES[2:]


def test_a_word_anywhere_begins_the_form(calculated):
    assert [name for name, _ in _blanks(calculated["nothing but a remark"])] == COUNTIES


def test_what_is_left_is_coloured_only_from_half_on(blank):
    """Every rule of colour for blanks is of owed cells alone, and counts the owed cells of one row."""
    sheet = openpyxl.load_workbook(blank).worksheets[0]
    found = [
        (str(area.sqref), rule.formula[0])
        for area in sheet.conditional_formatting
        for rule in area.rules
        if "ISBLANK(" in rule.formula[0]
    ]
    rows = {int("".join(c for c in place.split(":")[0] if c.isdigit())) for place, _ in found}
    assert rows == {9, *range(12, 21)}
    assert all(formula.startswith("AND(ISBLANK(") and f"*2>={OWED}" in formula for _, formula in found)
