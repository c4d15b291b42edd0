"""The register workbook as it is handed to a clerk: lists to choose from, text that stays text, ready to be printed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from pipeline.catalog import Register, load_catalog, register_of
from pipeline.catalog.register_sheets import EDITED, Contact
from pipeline.render.register_guide import MEANINGS
from pipeline.render.register_rows import Extension, TargetTable
from tests.office import convert
from tests.registers import CONTACTS, DEADLINES, DUTIES, FIRST, TARGETS, UNITS, row_of, written

OFFICE = "安康市金融工作办公室"
SET = {
    ("target_amount", "rcb", "hanbin"): 3_970_000_000,
    ("target_households", "rcb", "hanbin"): 1302,
    ("target_amount", "rcb", "hanyin"): 1_250_000,
    ("target_amount", "psbc", "hanbin"): 100,
}
"""3970 万元, 1302 households, 1.25 万元, 1 元."""


def opened(data: bytes, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


@pytest.fixture(scope="module")
def book():
    return opened(written())


def rows(sheet):
    return list(sheet.iter_rows(min_row=FIRST, values_only=True))


# ------------------------------------------------------------------ what stands in it


def test_the_sheets_stand_in_this_order(book):
    assert book.sheetnames == ["说明", UNITS, DUTIES, DEADLINES, CONTACTS, TARGETS, "已延期"]


def test_units_duties_and_deadlines_stand_as_the_profile_has_them(book):
    units, duties, deadlines = book[UNITS], book[DUTIES], book[DEADLINES]
    assert [cell.value for cell in units[2]] == ["编号", "名称", "自", "至", "机构", "县区", "顺序", "别名"]
    hanyin = row_of(units, "rcb-hanyin")
    assert rows(units)[hanyin - FIRST][:7] == ("rcb-hanyin", "汉阴信用联社", None, "2017-06", "农商银行", "汉阴县", 2)
    assert rows(units)[hanyin - FIRST + 1] == (
        "rcb-hanyin",
        "汉阴农商银行",
        "2017-07",
        *[None] * 5,
    ), "what a unit has once stands once"
    assert rows(units)[hanyin - FIRST][7].startswith("汉阴农商行、汉阴县农商银行、")
    assert rows(duties)[0] == ("rcb-hanbin", "汉滨农商银行", "M01 金融扶贫小额贷款统计表", "必报", "2017-01", None)
    assert rows(duties)[-1][3] == "可报"
    assert rows(deadlines) == [
        (
            "月报截止日（次月几日前）",
            8,
            None,
            "2017-11",
            None,
            "文件自2017年12月19日印发，此前的样本期比照执行",
        ),
        ("月报截止日（次月几日前）", 8, "2017-12", None, "安政办函〔2017〕284号 二.1", None),
        ("截止日当天送达是否算按时", "是", None, None, None, "文件只写“8日前”，按含8日当天理解"),
        (
            "年度目标任务（T01）随哪个月的月报期限报送",
            1,
            None,
            None,
            None,
            "任务应于年初分解下达，本办按每年1月的月报期限掌握",
        ),
    ]


def test_units_and_counties_are_called_as_on_the_day():
    book = opened(written(day=date(2021, 2, 1)))
    row = row_of(book[UNITS], "rcb-xunyang")
    assert book[UNITS].cell(row, 6).value == "旬阳市"
    assert book[DUTIES].cell(row_of(book[DUTIES], "fin-xunyang"), 2).value == "旬阳市金融办"


def test_contacts_and_extensions_stand_in_it():
    people = [Contact("abc", "示例甲", "信贷部", "0915-0000000", "a@example.com", "上午")]
    moved = [Extension("农业银行安康分行", "2018年3月", "2018-04-08", "2018-04-12", "系统升级", 7)]
    book = opened(written(contacts=people, extensions=moved))
    assert rows(book[CONTACTS]) == [
        ("abc", "农业银行安康分行", "示例甲", "信贷部", "0915-0000000", "a@example.com", "上午")
    ]
    assert rows(book["已延期"]) == [("农业银行安康分行", "2018年3月", "2018-04-08", "2018-04-12", "系统升级", 7)]


def test_the_guide_names_every_column_and_says_what_it_is_for(book):
    said = [tuple(row) for row in book["说明"].iter_rows(values_only=True)]
    for plan in EDITED:
        for key, heading in plan.headings.items():
            assert (plan.name, heading, MEANINGS[plan.name][key]) in said
            assert MEANINGS[plan.name][key]


def test_text_is_never_a_formula():
    own = register_of(load_catalog())
    own.units[0]["aliases"] = ["=HYPERLINK(1)", "@SUM(1)", "http://example.com"]
    people = [Contact("abc", '=cmd|"/c calc"!A1')]
    data = written(load_catalog(register=Register(own.units, own.calendar)), people)
    for sheet in opened(data):
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not formulas or sheet.title == TARGETS
        assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_the_same_register_gives_the_same_bytes():
    assert written() == written()


# ------------------------------------------------------------------ how it serves who edits it


@pytest.mark.parametrize("name", [UNITS, DUTIES, DEADLINES, CONTACTS])
def test_what_is_typed_stays_text(book, name):
    """Excel would make a day of 2018-03, and a number of 0915."""
    sheet = book[name]
    new = sheet.max_row + 1
    kinds = {sheet.cell(new, col).number_format for col in range(1, sheet.max_column + 1)}
    columns = {sheet.column_dimensions[letter].number_format for letter in sheet.column_dimensions}
    assert kinds | columns <= {"@", "General"}
    assert "@" in columns


@pytest.mark.parametrize("name", [UNITS, DUTIES, DEADLINES, CONTACTS])
def test_headers_stay_in_sight_on_screen_and_on_paper(book, name):
    sheet = book[name]
    assert sheet.freeze_panes in ("C3", "B3")
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )


def offered(sheet) -> dict[str, str]:
    """Column → what can be chosen there."""
    return {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }


def test_there_are_lists_to_choose_from(book):
    assert offered(book[UNITS]) == {"E": '"农商银行,邮储银行,农业银行"'}
    duties = offered(book[DUTIES])
    assert duties["A"] == "'填报单位'!$A$3:$A$402"
    assert duties["C"].startswith('"C01 ')
    assert duties["D"] == '"必报,可报"'
    assert offered(book[DEADLINES])["A"].startswith('"月报截止日（次月几日前）,')
    assert offered(book[CONTACTS])["A"] == duties["A"]
    for sheet in (book[name] for name in (UNITS, DUTIES, DEADLINES, CONTACTS)):
        reach = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
        assert all(int(one.rsplit("$")[-1].split(":")[-1].lstrip("ABCDEFGH")) > sheet.max_row + 100 for one in reach)


def test_a_list_that_excel_would_not_take_is_left_out():
    """255 characters is what a cell's own list may have; beyond, Excel calls the workbook damaged."""
    catalog = load_catalog()
    form = catalog.forms["M01"]
    many = {f"X{n:02}": form.model_copy(update={"code": f"X{n:02}", "name": "长" * 40}) for n in range(10)}
    book = opened(written(catalog.model_copy(update={"forms": {**catalog.forms, **many}})))
    assert "C" not in offered(book[DUTIES])
    assert all(len(rule) <= 257 for sheet in book for rule in offered(sheet).values())


def test_nothing_is_protected_or_merged_where_people_edit(book):
    for name in (UNITS, DUTIES, DEADLINES, CONTACTS):
        assert not book[name].merged_cells.ranges
        assert not book[name].protection.sheet


# ------------------------------------------------------------------ targets


@pytest.fixture(scope="module")
def with_targets():
    return written(targets=TargetTable(2018, OFFICE, SET, True))


def test_targets_stand_as_the_form_always_does(with_targets):
    sheet = opened(with_targets)[TARGETS]
    assert sheet["A1"].value == "安康市2018年度金融扶贫小额贷款目标任务分解表"
    assert sheet["A2"].value == "填报单位：安康市金融工作办公室"
    assert sheet["G2"].value == "单位：万元、户"
    assert [cell.value for cell in sheet[3]] == ["县(区)", "农商银行", None, "邮储银行", None, "农业银行", None]
    assert [cell.value for cell in sheet[4]][1:] == ["目标金额", "目标户数"] * 3
    assert [cell.value for cell in sheet[5]] == ["汉滨区", 3970, 1302, 0.0001, None, None, None]
    assert [cell.value for cell in sheet[6]][:3] == ["汉阴县", 1.25, None]
    assert sheet["A15"].value == "合计"
    assert sheet["B15"].value == "=SUM(B5:B14)"
    assert "示例数据" in sheet["A16"].value, "what is invented says so"
    assert [sheet.cell(5, col).number_format for col in (2, 3, 4)] == ["0.00", "0", "0.000000"]


def test_totals_are_live_and_their_values_cached(with_targets, tmp_path):
    cached = opened(with_targets, data_only=True)[TARGETS]
    assert [cached.cell(15, col).value for col in range(2, 8)] == [3971.25, 1302, 0.0001, 0, 0, 0]
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(with_targets)
    (again,) = convert([path], "xlsx", tmp_path)
    fresh = openpyxl.load_workbook(again, data_only=True)[TARGETS]
    assert [fresh.cell(15, col).value for col in range(2, 8)] == [3971.25, 1302, 0.0001, 0, 0, 0]


def test_without_an_office_there_are_no_targets_to_set():
    assert TARGETS not in opened(written(targets=None)).sheetnames


def test_the_workbook_needs_nothing_from_outside(with_targets):
    with zipfile.ZipFile(io.BytesIO(with_targets)) as package:
        links = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
    assert not [link for link in links if b"External" in link]
