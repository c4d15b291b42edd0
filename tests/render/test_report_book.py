"""The report on findings: counts by hand, every finding there, its place, what is folded, and nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest

from pipeline.model import Bound, Severity
from pipeline.render.finding_rows import EffectSeen
from pipeline.render.report_book import report_bytes
from pipeline.render.report_content import Report
from tests.a11y.verdicts import FAILED, verdicts
from tests.render.month_pages import FINDINGS, HOSTILE, STAMP, finding, hostile_findings

LEVELS = {0: "文件", 1: "本表之内", 2: "与上月等相邻数据"}
NOT_RUN = ("上月（2018年2月）没有采用的月报，A02、A04没有运行或没有全部运行：南河农商银行。",)
HEADER = [
    *("序号", "性质", "状态", "单位", "报表", "县区", "指标", "文件、工作表", "单元格", "填报数", "应为/推算"),
    *("计量单位", "影响", "归并明细", "疑似原因", "内容", "编号"),
]  # fmt: skip


def effect(numerator: int, denominator: int, *, points: bool = False) -> EffectSeen:
    return EffectSeen(Fraction(numerator, denominator), 3, "期末余额/金额", points)


CAUSE = finding(10, submission="S1", cause="元、万元填错", effect=effect(1, 4), original="originals/abcd.xlsx", level=1)
FOLDED = (
    finding(11, submission="S1", status="folded", under=CAUSE.id, severity=Severity.SOFT, rule="A07", level=2),
    finding(12, submission="S1", status="folded", under=CAUSE.id, rule="A02", level=2),
)
ORPHAN = finding(13, submission="S2", status="folded", under=CAUSE.id, rule="A03", level=2)
SMALL = finding(14, effect=effect(1, 30_000), level=1)
LARGE = finding(15, effect=effect(9, 10, points=True), level=1, severity=Severity.SOFT)
UNREAD = finding(
    16, unmeasured=True, unit="", rule="F01", value="", expected="", sheet="", cell="", original="originals/cdef.csv"
)
ROWS = (SMALL, *FOLDED, LARGE, CAUSE, ORPHAN, UNREAD)


def opened(rows=ROWS, **changes):
    report = Report(STAMP, "虚构市", "2018年3月尚不齐全（草稿）。", rows, NOT_RUN, LEVELS)
    return openpyxl.load_workbook(io.BytesIO(report_bytes(replace(report, **changes))))


def lines(sheet) -> list[list]:
    """The rows of a sheet without the blanks at their ends."""
    made = []
    for row in sheet.iter_rows(values_only=True):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        made.append(cells)
    return made


def table(sheet, heading: str) -> list[list]:
    """What stands under a heading, up to the next blank row."""
    every = lines(sheet)
    start = next(n for n, row in enumerate(every) if row[:1] == [heading])
    body = every[start + 1 :]
    return body[: next((n for n, row in enumerate(body) if not row), len(body))]


# ------------------------------------------------------------------ 概况


def test_counts_come_first():
    sheet = opened()["概况"]
    assert lines(sheet)[:2] == [["虚构市金融扶贫月报审核报告（2018年3月）"], ["草稿　示例数据"]]
    assert table(sheet, "按性质和状态") == [
        ["性质", "未处理", "已说明", "已更正", "强制采用", "归入同一原因", "合计"],
        ["强制性", 3, 0, 0, 0, 2, 5],
        ["核实性", 1, 0, 0, 0, 1, 2],
        ["提示", 0, 0, 0, 0, 0, 0],
        ["合计", 4, 0, 0, 0, 3, 7],
    ]
    assert table(sheet, "按填报单位（前三栏为未处理）")[1:] == [
        ["认不出的单位", 1, 0, 0, 0, 0, 1],
        ["北山农商银行", 2, 1, 0, 0, 3, 6],
        ["合计", 3, 1, 0, 0, 3, 7],
    ]
    assert table(sheet, "按审核层次（前三栏为未处理）")[1:] == [
        ["0　文件", 1, 0, 0, 0, 0, 1],
        ["1　本表之内", 2, 1, 0, 0, 0, 3],
        ["2　与上月等相邻数据", 0, 0, 0, 0, 3, 3],
        ["合计", 3, 1, 0, 0, 3, 7],
    ]


def test_what_is_open_is_counted_by_how_much_it_moves():
    """1/4 and 9/10 are at least 1 %, 1/30,000 is below 0.1 %; at the edge of a band it belongs to the larger one."""
    edge, below, inside = (finding(20 + n, effect=effect(*of)) for n, of in enumerate(((1, 100), (1, 1001), (1, 1000))))
    whole = finding(30, effect=replace(effect(1, 2), whole=True), severity=Severity.SOFT)
    settled = finding(31, effect=effect(1, 2), status="explained", severity=Severity.SOFT)
    assert table(opened((*ROWS, edge, below, inside, whole, settled))["概况"], "按影响（只计未处理）") == [
        ["影响", "强制性", "核实性", "提示", "合计"],
        ["不明", 1, 0, 0, 1],
        ["整份报表缺", 0, 1, 0, 1],
        ["1%（1个百分点）以上", 2, 1, 0, 3],
        ["0.1%至1%", 1, 0, 0, 1],
        ["不到0.1%", 2, 0, 0, 2],
        ["不影响附件数字", 0, 0, 0, 0],
        ["合计", 6, 2, 0, 8],
    ]


def test_what_is_settled_is_counted_apart():
    sheet = opened(FINDINGS)["概况"]
    (south,) = (row for row in table(sheet, "按填报单位（前三栏为未处理）") if row[0] == "南河农商银行")
    assert south == ["南河农商银行", 0, 1, 0, 1, 0, 2]


def test_the_largest_effects_whatever_their_weight_lead_to_the_list():
    book = opened()
    found = table(book["概况"], "影响最大的问题（未处理）")[1:]
    assert [(row[1], row[2], row[6]) for row in found] == [
        ("4", "核实性", "附件3“期末余额/金额”90.00个百分点"),
        ("2", "强制性", "附件3“期末余额/金额”25.00%"),
        ("3", "强制性", "附件3“期末余额/金额”不到0.01%"),
    ]
    (cell,) = (c for row in book["概况"].iter_rows() for c in row if c.value == "4" and c.hyperlink)
    assert cell.hyperlink.location == "'问题清单'!A6"
    assert book["问题清单"]["A6"].value == 4


def test_what_did_not_run_is_said_and_that_everything_did():
    assert table(opened()["概况"], "没有运行的审核关系") == [[NOT_RUN[0]]]
    assert table(opened(not_run=())["概况"], "没有运行的审核关系") == [["各条审核关系都能运行。"]]


# ------------------------------------------------------------------ 问题清单


def test_every_finding_is_there_by_its_rank():
    """What is unknown may be anything; then by effect; soft after hard; folded last."""
    title, header, *body = lines(opened()["问题清单"])
    assert title == ["2018年3月审核问题清单（共7个，未处理的在前，同类按影响从大到小）"]
    assert header == HEADER
    assert [(row[0], row[16]) for row in body] == [
        (n + 1, row.id) for n, row in enumerate((UNREAD, CAUSE, SMALL, LARGE, FOLDED[1], ORPHAN, FOLDED[0]))
    ]
    assert [row[12] for row in body[:4]] == [
        "不明",
        "附件3“期末余额/金额”25.00%",
        "附件3“期末余额/金额”不到0.01%",
        "附件3“期末余额/金额”90.00个百分点",
    ]
    assert [row[12] for row in body[4:]] == ["归入第2号", None, "归入第2号"], (
        "where it went; the orphan has no cause here"
    )
    assert [row[10] is None for row in body[4:]] == [True, False, True], "what its cause makes wrong is no expectation"


def test_nothing_is_capped():
    rows = [finding(n, effect=effect(n + 1, 5000)) for n in range(2500)]
    body = lines(opened(rows)["问题清单"])[2:]
    assert [row[16] for row in body] == [row.id for row in reversed(rows)]


def test_a_finding_with_all_it_has():
    row = replace(CAUSE, area="北山县", indicator="期末余额/金额", value="12.00005", expected="0", file="北山3月.xlsx")
    sheet = opened([row])["问题清单"]
    assert lines(sheet)[2] == [
        *(1, "强制性", "未处理", "北山农商银行", "M01", "北山县", "期末余额/金额", "北山3月.xlsx　月报表", "D10"),
        *(12.00005, 0, "万元", "附件3“期末余额/金额”25.00%", None, "元、万元填错", "A13　户均高于上限，请核对。", row.id),
    ]  # fmt: skip
    assert (sheet["J3"].number_format, sheet["K3"].number_format) == ("#,##0.00000", "#,##0")
    assert {sheet[cell].alignment.horizontal for cell in ("J3", "K3")} == {"right"}


@pytest.mark.parametrize(
    ("why", "value", "measure", "shown", "format_"),
    [
        ("thousands of 万元", "2321300.00", "万元", 2321300, "#,##0.00"),
        ("one fen", "0.000001", "万元", 0.000001, "#,##0.000000"),
        ("the largest amount to the fen", "-999999999.999999", "万元", -999999999.999999, "#,##0.000000"),
        ("households", "1500", "户", 1500, "#,##0"),
        ("a rate", "4.35", "%", 4.35, "#,##0.00"),
        ("as the file has it, in no known unit", "2018", "", 2018, "0"),
        ("a part of a fen, as the file has it", "1176.1900004", "", 1176.1900004, "0.0000000"),
        ("more digits than a cell holds", "1234567890.1234567", "", "1234567890.1234567", "General"),
        ("no number", "2018-02", "", "2018-02", "General"),
        ("digits of another script", "１２", "户", "１２", "General"),
    ],
)
def test_a_number_is_a_number(why, value, measure, shown, format_):
    cell = opened([replace(CAUSE, value=value, measure=measure)])["问题清单"]["J3"]
    assert (cell.value, cell.number_format) == (shown, format_), why


@pytest.mark.parametrize(
    ("why", "expected", "bound", "format_"),
    [
        ("what it ought to be", "70.00", Bound.EXACT, "#,##0.00"),
        ("what it is not to be above", "70.00", Bound.AT_MOST, '"≤"#,##0.00;"≤"-#,##0.00'),
        ("what it is not to be below", "-0.5", Bound.AT_LEAST, '"≥"#,##0.0;"≥"-#,##0.0'),
        ("a count", "12", Bound.AT_LEAST, '"≥"#,##0;"≥"-#,##0'),
    ],
)
def test_what_only_bounds_a_figure_is_shown_as_a_bound_and_stays_a_number(why, expected, bound, format_):
    row = replace(CAUSE, value="79.30", expected=expected, bound=bound, measure="万元")
    sheet = opened([row])["问题清单"]
    assert (sheet["K3"].value, sheet["K3"].number_format) == (float(expected), format_), why
    assert sheet["J3"].number_format == "#,##0.00", "what is reported is what it is"
    assert row.reference == f"{bound.value}{expected}万元"


def test_how_far_a_bounded_figure_moves_the_totals_is_told_as_the_least():
    assert replace(effect(3, 4), at_least=True).words.startswith("至少附件3")
    assert replace(effect(3, 4), at_least=True, whole=True).words.startswith("整份缺：附件3")


def test_a_cause_leads_to_its_group_and_the_group_back():
    """Of the seven the cause is the second; its group stands first in the details, the orphan last."""
    book = opened()
    listed, details = book["问题清单"], book["归并明细"]
    ways = {
        number: (cell.value, cell.hyperlink.location)
        for number in range(1, 8)
        if (cell := listed.cell(number + 2, 14)).hyperlink
    }
    assert ways == {
        2: ("2个", "'归并明细'!A3"),
        5: ("明细", "'归并明细'!A4"),
        6: ("明细", "'归并明细'!A6"),
        7: ("明细", "'归并明细'!A5"),
    }
    for number, (_, way) in ways.items():
        there = details[way.rpartition("!")[2]]
        assert details.cell(there.row, 14).value == listed.cell(number + 2, 17).value, "the same finding"
    assert (details["A3"].value, details["A3"].hyperlink.location) == (2, "'问题清单'!A4")
    assert [details[f"A{row}"].hyperlink for row in (4, 5, 6)] == [None] * 3


@pytest.mark.parametrize(
    ("why", "changes", "target", "text"),
    [
        ("a cell of a sheet", {}, "..\\..\\store\\originals\\abcd.xlsx#'月报表'!D10", "D10"),
        ("a name with a quote", {"sheet": "甲'乙"}, "..\\..\\store\\originals\\abcd.xlsx#'甲''乙'!D10", "D10"),
        ("a document", {"sheet": "正文", "cell": "表1第2行第3列"}, "..\\..\\store\\originals\\abcd.xlsx", "打开"),
        ("a file without sheets", {"sheet": "", "cell": ""}, "..\\..\\store\\originals\\abcd.xlsx", "打开"),
        ("a name that no address can have", {"sheet": "a#b!"}, "..\\..\\store\\originals\\abcd.xlsx", "D10"),
        ("nothing that opens harmlessly", {"original": ""}, "", "D10"),
    ],
)
def test_the_way_to_the_cell(why, changes, target, text):
    cell = opened([replace(CAUSE, **changes)])["问题清单"]["I3"]
    assert cell.value == text
    link = cell.hyperlink
    made = "" if link is None else "#".join(filter(None, [link.target, link.location]))
    assert made == target, why


def test_a_table_that_fits_on_a_page_is_not_torn_apart():
    """Twenty-eight units in rows of 17.5 points, with their sum and heads, are 547 of the 590 of a page.

    The levels, 92 more, begin another; weights and the first lines stand on the one before.
    """
    sheet = opened([finding(n, unit=f"第{n}农商银行", severity=Severity.SOFT) for n in range(28)])["概况"]
    assert [sheet.cell(row, 1).value.partition("（")[0] for row in pages_of(sheet)[1:]] == ["按填报单位", "按审核层次"]
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)


def test_a_table_longer_than_a_page_goes_on_over_the_next():
    """Of sixty units the first page holds 31 rows: 22 points of heading, 17.5 of header, and 31 times 17.5 are 582."""
    sheet = opened([finding(n, unit=f"第{n}农商银行", severity=Severity.SOFT) for n in range(60)])["概况"]
    _, units, rest, *_ = pages_of(sheet)
    assert (sheet.cell(units, 1).value, rest - units) == ("按填报单位（前三栏为未处理）", 2 + 31)


def pages_of(sheet) -> list[int]:
    """The rows with which printed pages begin, from 1."""
    return [1, *(one.id + 1 for one in sheet.row_breaks.brk)]


# ------------------------------------------------------------------ 归并明细


def test_what_is_folded_stands_under_its_cause_and_an_orphan_for_itself():
    title, header, *body = lines(opened()["归并明细"])
    assert title == ["归并明细：归入同一原因的问题共3个，每组第一行是原因"]
    assert header == [name for name in HEADER if name not in ("状态", "影响", "归并明细")]
    assert [(row[0], row[13]) for row in body] == [
        (2, CAUSE.id),
        (None, FOLDED[1].id),
        (None, FOLDED[0].id),
        (None, ORPHAN.id),
    ]
    assert lines(opened([SMALL])["归并明细"])[2:] == []


def test_what_others_say_of_it_stands_under_the_finding_at_a_statement():
    """A county's and the words' findings, of submissions of their own; not under another version that was corrected."""
    root = finding(20, submission="S1", severity=Severity.SOFT, rule="A17")
    old = replace(root, submission="S0", status="corrected")
    county, words = (
        finding(n, submission=f"S{n}", status="folded", under=root.id, severity=Severity.SOFT, unit=unit, form=form)
        for n, unit, form in ((21, "南山县金融办", "C01 县区报表"), (22, root.unit, "Q01 措施表"))
    )
    book = opened([county, old, words, root])
    assert [(row[0], row[13]) for row in lines(book["归并明细"])[2:]] == [
        (1, root.id),
        (None, words.id),
        (None, county.id),
    ]
    effects = [row[12] for row in lines(book["问题清单"])[2:]]
    assert effects.count("归入第1号") == 2
    alone = opened([county, old, words])
    assert [row[0] for row in lines(alone["归并明细"])[2:]] == [None, None]


# ------------------------------------------------------------------ the workbook


def test_it_is_ready_for_the_printer_and_to_be_filtered():
    book = opened()
    assert book.sheetnames == ["概况", "问题清单", "归并明细", "报送记录"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        if sheet.title == "概况":
            assert sheet.page_setup.scale == 85, (
                "its pages begin where it says, which Excel heeds where nothing is fitted"
            )
        else:
            assert (sheet.page_setup.fitToWidth in (None, 1), sheet.page_setup.fitToHeight) == (True, 0)
    for name, reach in (("问题清单", "A2:Q9"), ("归并明细", "A2:N6")):
        (table,) = book[name].tables.values()
        assert (table.ref, table.autoFilter.ref) == (reach, reach)
        assert book[name].print_title_rows == "$2:$2"
        assert book[name].freeze_panes == "E3"


def test_the_same_report_gives_the_same_bytes():
    report = Report(STAMP, "虚构市", "。", ROWS, NOT_RUN, LEVELS)
    assert report_bytes(report) == report_bytes(replace(report, findings=ROWS[::-1]))


def test_whatever_stands_in_a_file_runs_nowhere():
    rows = [replace(row, original="originals/abcd.xlsx") for row in hostile_findings()]
    rows += [finding(50 + n, message=f"={text}", unit=f"+{text}") for n, text in enumerate(HOSTILE)]
    for sheet in opened(rows):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink:
                    target = cell.hyperlink.target or ""
                    assert target in ("", "..\\..\\store\\originals\\abcd.xlsx")


def test_no_findings_at_all():
    book = opened(())
    assert table(book["概况"], "按填报单位（前三栏为未处理）") == [
        ["填报单位", "强制性", "核实性", "提示", "已说明或已更正", "归入同一原因", "合计"],
        ["合计"],
    ]
    assert table(book["概况"], "影响最大的问题（未处理）") == [["没有影响附件数字的未处理问题。"]]


ON_PURPOSE = {
    "tables.no_filters": "it is there to be filtered",
    "tables.no_blank_cells": "a finding without a county has none",
    "tables.no_blank_lines": "a column stays where no finding has anything to say in it",
    "tables.unmerged": "sentences go across the first sheet, none of them in a table",
    "structure.one_table": "counts stand one below the other on one page",
    "structure.column_a": "for the same reason",
    "structure.nothing_below": "for the same reason",
    "statistics.cover": "counts come first",
    "statistics.contents": "four sheets need none",
    "statistics.units": "counts of findings",
    "publishing.cursor": "it stands below the frozen header",
    "look.links": "cells of other files are taken for its own",
    "look.text": "it is printed on A4: the house's 宋体, ten points",
    "look.no_floating": "pages have numbers",
    "look.no_fill": "headers as in the register",
    "look.not_by_colour": "weights are words too",
}
"""Items of the checklist for publications that an internal list for the printer does not follow, and why."""


def test_it_is_as_accessible_as_a_list_to_be_filtered_can_be():
    report = Report(STAMP, "虚构市", "2018年3月尚不齐全（草稿）。", ROWS, NOT_RUN, LEVELS)
    broken = {verdict.item.id for verdict in verdicts(report_bytes(report)) if verdict.word == FAILED}
    assert broken <= ON_PURPOSE.keys()
