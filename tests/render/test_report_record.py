"""报送记录 of the report: what was made is what stands there, a word a month, counts as numbers, nothing that runs."""

from __future__ import annotations

import io

import openpyxl

from pipeline.periods import Month
from pipeline.render.report_book import report_bytes
from pipeline.render.report_content import COUNTS, RecordRow, RecordTable, Report
from tests.a11y.verdicts import FAILED, verdicts
from tests.render.month_pages import HOSTILE, STAMP
from tests.render.test_report_book import LEVELS, NOT_RUN, ON_PURPOSE, ROWS

MONTHS = (Month(2018, 1), Month(2018, 2), Month(2018, 3))
TABLE = RecordTable(
    MONTHS,
    (
        RecordRow("北山农商银行", "M01 月报", ("按时", "迟3天", "按时，退1次，未采用"), (3, 2, 1, 0, 1, 2, 0)),
        RecordRow("南河农商银行", "Q01 措施表", ("不须报", "按时", "未报"), (2, 1, 0, 1, 0, 0, 0)),
    ),
    (5, 3, 1, 1, 1, 2, 0),
)


def made(table: RecordTable = TABLE) -> bytes:
    return report_bytes(Report(STAMP, "虚构市", "2018年3月尚不齐全（草稿）。", ROWS, NOT_RUN, LEVELS, table))


def rows(table: RecordTable = TABLE) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(made(table)))["报送记录"].iter_rows(values_only=True))


def test_it_stands_as_it_was_told():
    title, reading, header, *body = rows()
    assert title[0] == "2018年1月至3月报送记录"
    assert "以第一次报来的为准" in reading[0]
    assert header == (
        *("填报单位", "报表", "1月", "2月", "3月", "应报", "按时", "迟报"),
        *("未报", "退回次数", "强制性差错", "核实性问题"),
    )
    assert body == [
        ("北山农商银行", "M01 月报", "按时", "迟3天", "按时，退1次，未采用", 3, 2, 1, 0, 1, 2, 0),
        ("南河农商银行", "Q01 措施表", "不须报", "按时", "未报", 2, 1, 0, 1, 0, 0, 0),
        ("合计", None, None, None, None, 5, 3, 1, 1, 1, 2, 0),
    ]


def test_a_year_of_it_is_one_page_wide_and_repeats_its_header():
    year = tuple(Month(2018, month) for month in range(1, 13))
    whole = RecordTable(
        year, (RecordRow("北山农商银行", "M01 月报", ("按时",) * 12, (12, 12, 0, 0, 0, 0, 0)),), (12,) * 7
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made(whole)))["报送记录"]
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert [cell.value for cell in sheet[3]][2:14] == [f"{month}月" for month in range(1, 13)]


def test_nothing_owed_is_an_empty_table():
    title, _, header, total = rows(RecordTable())
    assert title[0] == "报送记录"
    assert len(header) == 2 + len(COUNTS)
    assert total == ("合计", None, *(0 for _ in COUNTS))


def test_names_that_came_from_outside_are_words():
    for name in (*HOSTILE, '=HYPERLINK("http://x")'):
        hostile = RecordTable(MONTHS[:1], (RecordRow(name, "M01", ("按时",), (1, 1, 0, 0, 0, 0, 0)),), (1,) * 7)
        sheet = openpyxl.load_workbook(io.BytesIO(made(hostile)))["报送记录"]
        assert sheet["A4"].data_type == "s"


def test_it_is_as_accessible_as_the_other_sheets():
    broken = {verdict.item.id for verdict in verdicts(made()) if verdict.word == FAILED}
    assert broken <= ON_PURPOSE.keys()


def test_the_same_record_gives_the_same_bytes():
    assert made() == made()
