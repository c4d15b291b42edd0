"""A register workbook edited by hand: what is understood, and every way in which it is not."""

from __future__ import annotations

import pytest

from pipeline.catalog import load_catalog
from pipeline.catalog.register_sheets import Contact
from pipeline.ingest.register_book import is_register
from pipeline.ingest.workbook import open_grid
from pipeline.model import Unreadable
from tests.ingest.files import plain_xlsx, rezipped
from tests.registers import (
    CATALOG,
    CONTACTS,
    DEADLINES,
    DUTIES,
    FIRST,
    TARGETS,
    UNITS,
    after,
    edited,
    read,
    row_of,
    told,
    written,
)

NEW = ["rcb-new", "示例农商银行", None, None, "农商银行", "汉滨区、汉阴县", 90, "示例农商行、示例联社"]


def put(sheet, row: int, *cells: object) -> None:
    for col, value in enumerate(cells, start=1):
        sheet.cell(row, col).value = value


def unit(reading, name):
    return next(unit for unit in reading.register.units if unit["id"] == name)


# ------------------------------------------------------------------ understood


def test_a_unit_is_added():
    def change(book):
        book[UNITS].append(NEW)
        book[DUTIES].append(["rcb-new", None, "M01", "必报", "2018-04"])
        book[DUTIES].append([None, "示例农商银行", "金融机构扶贫工作措施表", "可报"])
        book[CONTACTS].append(["rcb-new", "示例农商行", "示例甲", "信贷部", 13800000000, "a@example.com", "上午"])

    reading = after(change)
    assert told(reading) == []
    assert unit(reading, "rcb-new") == {
        "id": "rcb-new",
        "order": 90,
        "institution": "rcb",
        "areas": ["hanbin", "hanyin"],
        "names": [{"name": "示例农商银行"}],
        "aliases": ["示例农商行", "示例联社"],
        "duties": [
            {"form": "M01", "voluntary": False, "since": "2018-04"},
            {"form": "Q01", "voluntary": True},
        ],
    }
    assert reading.contacts == [
        Contact("rcb-new", "示例甲", "信贷部", "13800000000", "a@example.com", "上午"),
    ]
    assert "rcb-new" in load_catalog(register=reading.register).units.by_id


def test_a_unit_is_renamed_by_a_row_of_its_own():
    def change(book):
        book[UNITS].cell(row_of(book[UNITS], "abc"), 4).value = "2018-03"
        book[UNITS].append(["abc", "农业银行安康市分行营业部", "2018-04"])

    reading = after(change)
    assert told(reading) == []
    assert unit(reading, "abc")["names"] == [
        {"name": "农业银行安康分行", "until": "2018-03"},
        {"name": "农业银行安康市分行营业部", "since": "2018-04"},
    ]
    assert unit(reading, "abc")["institution"] == "abc"


def test_what_a_unit_has_once_may_stand_in_any_of_its_rows_or_in_all():
    def moved(book):
        sheet = book[UNITS]
        first = row_of(sheet, "rcb-hanyin")
        for col in range(5, 9):
            sheet.cell(first + 1, col).value, sheet.cell(first, col).value = sheet.cell(first, col).value, None

    def repeated(book):
        sheet = book[UNITS]
        first = row_of(sheet, "rcb-hanyin")
        for col in range(5, 8):
            sheet.cell(first + 1, col).value = sheet.cell(first, col).value

    for change in (moved, repeated):
        reading = after(change)
        assert told(reading) == []
        assert unit(reading, "rcb-hanyin") == unit(read(written()), "rcb-hanyin")


def test_words_are_known_however_they_are_written():
    def change(book):
        put(book[UNITS], row_of(book[UNITS], "rcb-hanbin"), "rcb-hanbin", "汉滨农商银行", None, None, "农商行", "汉滨")
        put(book[DUTIES], row_of(book[DUTIES], "rcb-hanbin"), "rcb-hanbin", None, "m01", "必报", "2017年1月")

    reading = after(change)
    assert told(reading) == []
    assert unit(reading, "rcb-hanbin") == unit(read(written()), "rcb-hanbin")


def test_blank_lines_between_rows_are_passed_over():
    reading = after(lambda book: [book[name].insert_rows(FIRST + 1, 3) for name in (UNITS, DUTIES, DEADLINES)])
    assert told(reading) == []
    assert reading.register.content == read(written()).register.content


def test_a_corrected_name_may_still_stand_in_the_other_sheets():
    def change(book):
        book[UNITS].cell(row_of(book[UNITS], "psbc"), 2).value = "邮储银行安康分行本部"

    reading = after(change)
    assert told(reading) == []


def test_what_is_only_to_look_at_is_not_read():
    def change(book):
        book["已延期"].append(["示例银行", "2018年3月", "随便写"])
        book["说明"]["A40"] = "本办的记录"

    assert told(after(change)) == []


# ------------------------------------------------------------------ one thing wrong


def _cell(sheet, address, value):
    def change(book):
        book[sheet][address] = value

    return change


def _row(sheet, *cells):
    return lambda book: book[sheet].append(list(cells))


LAST_UNIT, LAST_DUTY = 35, 42
"""The rows below the last ones that the exported workbook fills."""


@pytest.mark.parametrize(
    ("why", "change", "sheet", "cell", "message"),
    [
        (
            "no id",
            _cell(UNITS, "A3", None),
            UNITS,
            "A3",
            "没有写编号。更名的写原来的编号；新单位请编一个，用小写字母、数字和连字符，如 rcb-hanbin。",
        ),
        (
            "an id that cannot be one",
            _row(UNITS, "新单位 1", "示例银行", None, None, "农商银行", None, 90),
            UNITS,
            f"A{LAST_UNIT}",
            "编号“新单位 1”写法不对。请用小写字母、数字和连字符，如 rcb-hanbin。",
        ),
        ("no name", _cell(UNITS, "B3", None), UNITS, "B3", "没有写名称。请填写单位的规范名称。"),
        (
            "a name that would be a formula",
            _row(UNITS, "new", "+示例银行", None, None, "农商银行", None, 90),
            UNITS,
            f"B{LAST_UNIT}",
            "名称里有不能用的符号。请只用文字、数字、括号和连字符，以文字开头。",
        ),
        (
            "a name that would be a path",
            _row(UNITS, "new", "示例/../银行", None, None, "农商银行", None, 90),
            UNITS,
            f"B{LAST_UNIT}",
            "名称里有不能用的符号。请只用文字、数字、括号和连字符，以文字开头。",
        ),
        ("no order", _cell(UNITS, "G3", None), UNITS, "G3", "没有写顺序。请填写整数，附件和名单按它排列。"),
        (
            "two banks by one id",
            _row(UNITS, "abc", "示例银行", None, None, "邮储银行", None, 12),
            UNITS,
            f"E{LAST_UNIT}",
            "编号“abc”的机构与单元格E18写的不同。同一单位请写成一样；两个单位请用两个编号。",
        ),
        (
            "a formula",
            _cell(UNITS, "B3", '="汉滨"&"农商银行"'),
            UNITS,
            "B3",
            "“名称”是公式。请改为直接填写内容（复制后选择性粘贴为数值）。",
        ),
        (
            "a duty of nobody",
            _cell(DUTIES, "A3", "nobody"),
            DUTIES,
            "A3",
            "编号“nobody”不在工作表“填报单位”中。请从下拉列表中选择编号。",
        ),
        (
            "a duty of somebody unknown",
            _row(DUTIES, None, "示例银行", "M01", "必报"),
            DUTIES,
            f"A{LAST_DUTY}",
            "单位名称“示例银行”不在工作表“填报单位”中。请从下拉列表中选择编号。",
        ),
        (
            "a duty without a unit",
            _row(DUTIES, None, None, "M01", "必报"),
            DUTIES,
            f"A{LAST_DUTY}",
            "没有写编号，也没有写单位名称。请从下拉列表中选择编号。",
        ),
        (
            "a row that has slipped",
            _cell(DUTIES, "B3", "农业银行安康分行"),
            DUTIES,
            "B3",
            "单位名称与编号对不上：编号“rcb-hanbin”是“汉滨农商银行”。请核对是否写错了行。",
        ),
        ("no form", _cell(DUTIES, "C3", None), DUTIES, "C3", "没有写报表。请从下拉列表中选择。"),
        ("must it or may it", _cell(DUTIES, "D3", None), DUTIES, "D3", "“要求”应写“必报”或“可报”。请从下拉列表中选择。"),
        (
            "a deadline of nothing",
            _row(DEADLINES, "报送日", 5),
            DEADLINES,
            "A7",
            (
                "“项目”应是“月报截止日（次月几日前）”、“截止日当天送达是否算按时”、"
                "“年度目标任务（T01）随哪个月的月报期限报送”之一。请从下拉列表中选择。"
            ),
        ),
        (
            "somebody of nowhere, and not a word of who",
            _row(CONTACTS, "示例甲", None, "示例乙", None, "13800000000"),
            CONTACTS,
            "A3",
            "编号不在工作表“填报单位”中。请从下拉列表中选择编号。",
        ),
        ("nobody", _row(CONTACTS, "abc", None, None, None, "13800000000"), CONTACTS, "C3", "没有写姓名。请填写，或删去这一行。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell(why, change, sheet, cell, message):
    assert told(after(change)) == [(sheet, cell, message)]


def test_everything_wrong_is_told_at_once():
    def change(book):
        book[UNITS]["C4"] = "去年"
        book[UNITS]["G7"] = "第三"
        book[DUTIES]["D3"] = "也许"
        book[DEADLINES]["C4"] = 2018.1
        book[CONTACTS].append(["abc"])

    reading = after(change)
    assert [(sheet, cell) for sheet, cell, _ in told(reading)] == [
        (UNITS, "C4"),
        (UNITS, "G7"),
        (DUTIES, "D3"),
        (DEADLINES, "C4"),
        (CONTACTS, "C3"),
    ]
    assert ("units", 1, "names") in reading.spoilt
    assert ("calendar", "monthly_deadline_day", "values") in reading.spoilt


def test_a_unit_whose_id_cannot_be_read_is_told_once_only():
    """Its duties and contacts are not said to be nobody's."""
    assert [place[:2] for place in told(after(_cell(UNITS, "A3", "=A4")))] == [(UNITS, "A3")]


# ------------------------------------------------------------------ sheets and files


@pytest.mark.parametrize("name", [UNITS, DUTIES, DEADLINES, CONTACTS, TARGETS])
def test_a_sheet_that_is_gone_is_told(name):
    reading = after(lambda book: book.remove(book[name]))
    gone = (name, "", "缺少这张工作表。请按导出的登记表恢复，工作表的名称不要改，不需要的也不要删。")
    assert told(reading) == [gone]
    assert (reading.register is None) == (name != TARGETS)


def test_a_renamed_sheet_is_one_gone_and_one_too_many():
    def change(book):
        book[CONTACTS].title = "通讯录"

    assert [(sheet, message[:4]) for sheet, _, message in told(after(change))] == [
        (CONTACTS, "缺少这张"),
        ("通讯录", "不是登记"),
    ]


def test_a_sheet_too_many_is_told():
    def change(book):
        book.create_sheet("Sheet1")["A1"] = "随手记"
        book.create_sheet("空的")

    assert told(after(change)) == [("Sheet1", "", "不是登记表的工作表，没有读取。请删去后重新导入。")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told(state):
    def change(book):
        book[DEADLINES].sheet_state = state

    assert told(after(change)) == [(DEADLINES, "", "这张工作表是隐藏的。请取消隐藏，核对后重新导入。")]


def test_a_table_that_was_rebuilt_keeps_the_others_from_being_misjudged():
    reading = after(_cell(UNITS, "B2", "单位"))
    assert [place[:2] for place in told(reading)] == [(UNITS, "A2"), (UNITS, "B2")]
    assert reading.register is None, "no duty is said to be of an unknown unit"


def test_another_workbook_is_no_register():
    assert not is_register(open_grid(plain_xlsx()))
    messages = [message for _, _, message in told(read(plain_xlsx()))]
    assert messages[:-1] == ["缺少这张工作表。请按导出的登记表恢复，工作表的名称不要改，不需要的也不要删。"] * 5


@pytest.mark.parametrize(
    ("why", "data", "message"),
    [
        ("nothing", b"", "文件是空的（0 字节），可能没有传完。请重新导出或重新发送。"),
        ("no workbook", b"%PDF-1.4", "这不是 Excel 工作簿，没有读取。请导入用 register export 导出、改好的登记表。"),
        ("half a workbook", written()[:5000], "文件已损坏或不完整"),
        ("a bomb", rezipped(plain_xlsx(), extra=[("xl/media/a.bin", b"0" * 2**26)]), "文件超出可读取的范围"),
    ],
)
def test_what_cannot_be_opened_is_told(why, data, message):
    assert isinstance(open_grid(data), Unreadable)
    ((sheet, cell, said),) = told(read(data))
    assert (sheet, cell) == ("", "")
    assert said.startswith(message)
    assert "重新报送" not in said


def test_the_last_rows_are_where_the_tests_think():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written()))
    assert (book[UNITS].max_row + 1, book[DUTIES].max_row + 1) == (LAST_UNIT, LAST_DUTY)
    assert len(CATALOG.units.units) == 27


def test_a_copy_is_read_like_the_workbook_itself():
    assert told(read(edited(written(), lambda book: None))) == []
