"""One sheet of a register workbook: its header, its rows, and what one cell says."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.catalog.register_sheets import CONTACTS, SheetPlan
from pipeline.ingest.history import Problem
from pipeline.ingest.register_table import Table
from pipeline.ingest.workbook import open_grid
from tests.ingest.files import xlsx

PLAN = SheetPlan("表", {"id": "编号", "name": "名称", "since": "自"})
HEADER = ["编号", "名称", "自"]


def table(*lines, plan=PLAN, prepare=None, formats=None):
    """The table of a sheet with these lines, and what is told of it."""

    def write(book, sheet):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
        if prepare:
            prepare(book, sheet)

    problems: list[Problem] = []
    (sheet,) = open_grid(xlsx(write)).sheets
    return Table(sheet, plan, problems), problems


def told(problems):
    return [(problem.cell, problem.message) for problem in problems]


# ------------------------------------------------------------------ header and rows


def test_rows_are_read_by_their_headings_in_whatever_order():
    found, problems = table(["登记表"], [], ["自", "编 号", "名称"], ["2018-03", "a", "甲"], [], [None, "b", None])
    assert found.is_whole
    assert problems == []
    assert [(row.text("id"), row.text("name"), row.month("since")) for row in found.rows()] == [
        ("a", "甲", "2018-03"),
        ("b", "", None),
    ]
    assert [row.address("id") for row in found.rows()] == ["B4", "B6"], "blank lines are passed over"


@pytest.mark.parametrize(
    ("why", "lines", "cell", "message"),
    [
        (
            "a column is gone",
            [["编号", "名称"], ["a", "甲"]],
            "A1",
            "表头缺少“自”。应写有：编号、名称、自。请恢复原来的表头。",
        ),
        (
            "a column was renamed",
            [["编号", "单位", "自"], ["a", "甲", "2018-03"]],
            "B1",
            "表头“单位”不是登记表的栏目。应写有：编号、名称、自；其他栏请删去。",
        ),
        (
            "a column was added",
            [[*HEADER, "备注"], ["a", "甲", None, "乙"]],
            "D1",
            "表头“备注”不是登记表的栏目。应写有：编号、名称、自；其他栏请删去。",
        ),
        (
            "something stands beside the table",
            [HEADER, ["a", "甲", None, "随手记"]],
            "D1",
            "这一栏没有表头，却有内容。应写有：编号、名称、自；其他栏请删去。",
        ),
        (
            "a heading stands twice",
            [[*HEADER, "名称"], ["a", "甲", None, "乙"]],
            "D1",
            "表头“名称”不是登记表的栏目。应写有：编号、名称、自；其他栏请删去。",
        ),
        (
            "no header",
            [["a", "甲"]],
            "",
            "没有找到表头。表头应在同一行写有：编号、名称、自。请按导出的登记表恢复表头。",
        ),
        (
            "nothing at all",
            [],
            "",
            "没有找到表头。表头应在同一行写有：编号、名称、自。请按导出的登记表恢复表头。",
        ),
        (
            "endless rows",
            [HEADER, *[["a", "甲"]] * 2001],
            "A2002",
            "表头下面超过2000行。请删去多余的行。",
        ),
    ],
)
def test_a_sheet_that_was_rebuilt_is_not_read(why, lines, cell, message):
    found, problems = table(*lines)
    assert not found.is_whole
    assert (cell, message) in told(problems)


def test_merged_cells_are_refused():
    merge = lambda book, sheet: sheet.merge_range(1, 1, 2, 1, "甲")  # noqa: E731 - what the test is about
    found, problems = table(["登记表"], HEADER, ["a"], ["b"], prepare=merge)
    assert not found.is_whole
    assert told(problems)[-1] == ("B2", "有合并单元格。请取消合并，逐行填写。")


def test_a_merged_title_above_the_header_is_harmless():
    merge = lambda book, sheet: sheet.merge_range(0, 0, 0, 2, "登记表")  # noqa: E731 - what the test is about
    found, problems = table([], HEADER, ["a", "甲"], prepare=merge)
    assert found.is_whole
    assert problems == []


@pytest.mark.parametrize("hide", ["row", "column"])
def test_what_is_hidden_or_filtered_away_is_refused(hide):
    def prepare(book, sheet):
        if hide == "row":
            sheet.set_row(2, None, None, {"hidden": True})
        else:
            sheet.set_column(1, 1, 8, None, {"hidden": True})

    _, problems = table(HEADER, ["a", "甲"], ["b", "乙"], prepare=prepare)
    where = "A3" if hide == "row" else "B1"
    assert told(problems) == [(where, "有隐藏或被筛选掉的行列。请取消隐藏和筛选，核对后重新导入。")]


def test_what_stands_on_a_private_sheet_is_not_quoted():
    headings = list(CONTACTS.headings.values())
    _, problems = table([*headings, "示例甲13800000000"], ["a"], plan=CONTACTS)
    assert problems
    assert "示例甲" not in "".join(problem.message for problem in problems)


# ------------------------------------------------------------------ months


@pytest.mark.parametrize(
    ("why", "value", "month"),
    [
        ("as the workbook has it", "2018-03", "2018-03"),
        ("without the nought", "2018-3", "2018-03"),
        ("with a point", "2018.3", "2018-03"),
        ("with a point, October", "2018.10", "2018-10"),
        ("with a point, January as text", "2018.1", "2018-01"),
        ("with a stroke", "2018/3", "2018-03"),
        ("in words", "2018年3月", "2018-03"),
        ("in words with blanks", " 2018 年 03 月 ", "2018-03"),
        ("in full-width figures", "２０１８－０３", "2018-03"),
        ("run together", "201803", "2018-03"),
        ("run together, as a number", 201803, "2018-03"),
        ("a number with a point", 2018.3, "2018-03"),
        ("what Excel makes of 2018-3", date(2018, 3, 1), "2018-03"),
        ("the last day of the month", date(2018, 3, 31), "2018-03"),
        ("a moment", datetime(2018, 3, 1, 0, 0), "2018-03"),  # noqa: DTZ001 - workbooks know no time zone
        ("a day as text", "2018-03-01", "2018-03"),
        ("blank", None, None),
        ("blanks", "  ", None),
    ],
)
def test_a_month_is_read(why, value, month):
    found, problems = table(HEADER, ["a", "甲", value])
    assert [row.month("since") for row in found.rows()] == [month]
    assert problems == []


@pytest.mark.parametrize(
    ("why", "value", "message"),
    [
        ("no month of that number", "2018-13", "“自”写的“2018-13”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("the nought month", "2018-00", "“自”写的“2018-00”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("no year", "三月", "“自”写的“三月”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("a year", 2018, "“自”写的“2018”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("more than a month", "2018-03起", "“自”写的“2018-03起”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("the middle of a month", date(2018, 3, 15), "“自”写的“2018-03-15”是月中的一天；应为年月，如 2018-03、2018年3月。请改正。"),
        ("no day of the calendar", "2018-02-30", "“自”写的“2018-02-30”不是一个日期；应为年月，如 2018-03、2018年3月。请改正。"),
        ("January or October", 2018.1, "“自”写的“2018.1”可能是1月，也可能是10月。请写成 2018-01 或 2018-10。"),
        ("true", True, "“自”写的“True”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        ("a formula", "=DATE(2018,3,1)", "“自”是公式。请改为直接填写内容（复制后选择性粘贴为数值）。"),
    ],
)  # fmt: skip
def test_what_is_no_month_is_told(why, value, message):
    found, problems = table(HEADER, ["a", "甲", value])
    (row,) = found.rows()
    assert row.month("since") is None
    assert row.is_spoilt
    assert told(problems) == [("C2", message)]


# ------------------------------------------------------------------ texts, numbers, lists


@pytest.mark.parametrize(
    ("why", "value", "text"),
    [
        ("words", " 示例 银行\n", "示例 银行"),
        ("a telephone number typed as a number", 13800000000, "13800000000"),
        ("signs that nobody sees", "示例\u200b银行\u202e", "示例银行"),
        ("what looks like a formula is text", "'=1+1", "'=1+1"),
    ],
)
def test_a_text_is_read_as_one_line(why, value, text):
    found, problems = table(HEADER, ["a", value])
    assert [row.text("name") for row in found.rows()] == [text]
    assert problems == []


@pytest.mark.parametrize(
    ("why", "value", "message"),
    [
        ("a formula", "=A2", "“名称”是公式。请改为直接填写内容（复制后选择性粘贴为数值）。"),
        ("a day", date(2018, 3, 1), "“名称”写的被当作日期“2018-03-01”。请把单元格格式改为文本后重写。"),
        ("a novel", "长" * 201, "“名称”有201个字，最多200个字。请写短些。"),
    ],
)
def test_what_is_no_text_is_told(why, value, message):
    found, problems = table(HEADER, ["a", value])
    assert [row.text("name") for row in found.rows()] == [""]
    assert told(problems) == [("B2", message)]


def test_an_error_value_is_told():
    error = lambda book, sheet: sheet.write_formula(1, 1, "=NA()", None, "#N/A")  # noqa: E731 - what the test is about
    found, problems = table(HEADER, ["a"], prepare=error)
    assert [row.text("name") for row in found.rows()] == [""]
    assert told(problems)[0][0] == "B2"


@pytest.mark.parametrize(
    ("why", "value", "number"),
    [("a number", 12, 12), ("a number as text", "12", 12), ("full-width", "１２", 12), ("blank", None, None)],
)
def test_a_whole_number_is_read(why, value, number):
    found, problems = table(HEADER, ["a", value])
    assert [row.whole("name") for row in found.rows()] == [number]
    assert problems == []


@pytest.mark.parametrize(
    ("value", "shown"), [(1.5, "1.5"), ("第三", "第三"), (-1, "-1"), (date(2018, 3, 1), "2018-03-01")]
)
def test_what_is_no_whole_number_is_told(value, shown):
    found, problems = table(HEADER, ["a", value])
    assert [row.whole("name") for row in found.rows()] == [None]
    assert told(problems) == [("B2", f"“名称”写的“{shown}”不是整数。请填写整数。")]


def test_a_list_is_read_with_any_sign_between():
    found, problems = table(HEADER, ["a", "甲、乙，丙;丁\n戊、、"])
    assert [row.parts("name") for row in found.rows()] == [["甲", "乙", "丙", "丁", "戊"]]
    assert problems == []


def test_a_list_may_be_long_but_not_one_thing_of_it():
    found, problems = table(HEADER, ["a", "、".join(["甲" * 100] * 30)], ["b", "甲、" + "乙" * 201])
    assert len(next(found.rows()).parts("name")) == 30
    assert [len(row.parts("name")) for row in found.rows()] == [30, 2]
    assert told(problems) == [("B3", "“名称”有一项超过200个字。几项之间请用“、”隔开。")]
