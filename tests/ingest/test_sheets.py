"""Several sheets, several tables, blank templates, what accompanies a statement: understood exactly, or told."""

import io

import pytest
import xlsxwriter

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile, Severity
from pipeline.model.own_comments import signed
from tests.ingest.documents import Measures
from tests.ingest.sheets import AREAS, CATALOG, HEADERS, Statement, found, plain_rows
from tests.ingest.test_strangers import C01_HEAD, C01_ROWS, RCB_COLUMNS, RCB_HEAD, RCB_ROWS

FEBRUARY = [["农业银行安康分行统计表（2018年2月）"], ["单位：万元"]]
BLANK = [[name, *[None] * 6] for name in AREAS]
TARGETS = [
    ["金融扶贫小额贷款目标任务分解表（2018年）"],
    ["填报单位：安康市金融办", None, "单位：户、万元"],
    ["县(区)", "农商银行/目标户数", "农商银行/目标金额", "农业银行/目标户数", "农业银行/目标金额"],
    *[[name, 1, 2, 3, 4] for name in AREAS],
]


def workbook(write, name="报表.xlsx"):
    """Read what `write(book)` makes; every cell must be accounted for."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write(book)
    reading = read_file(open_grid(out.getvalue(), name), ReceivedFile("c" * 64, name, "2018-04-05 09:00"), CATALOG)
    assert sum(reading.cells.values()) == reading.non_blank
    return reading


def written(book, title, lines):
    sheet = book.add_worksheet(title)
    for r, line in enumerate(lines):
        for c, value in enumerate(line):
            if value is not None:
                sheet.write(r, c, value)
    return sheet


def told(reading):
    return [(f.rule, f.sheet, f.cell) for f in reading.findings]


def sent(reading):
    return [(s.form, s.unit, s.period, s.sheet) for s in reading.submissions]


ABC_MARCH = ("M01", "abc", "2018-03", "统计表")


# ------------------------------------------------------------------ several sheets


@pytest.mark.parametrize(
    ("name", "lines", "findings"),
    [
        ("封面", [["农业银行安康分行"], ["2018年3月"]], []),
        ("填表说明", [["一、本表按月报送。"]], []),
        (
            "Sheet2",
            [["农业银行安康分行"], ["填报单位：农业银行安康分行"], ["二〇一八年四月五日"]],
            [("F09", "Sheet2", "A1")],
        ),
        ("Sheet2", [["农业银行安康分行"], ["12.5"]], [("F06", "Sheet2", "A1")]),
        ("测算", [["甲", 1], ["乙", 2]], [("F06", "测算", "A1")]),
        ("Sheet3", [], []),
    ],
)
def test_a_sheet_beside_the_statement(name, lines, findings):
    reading = Statement(more_sheets={name: lines}).read()
    assert (sent(reading), told(reading)) == ([ABC_MARCH], findings)


def test_words_alone_are_no_report():
    reading = Statement(above=[], headers=["农业银行安康分行"], rows=[["2018年3月"]], below=[]).read()
    assert (sent(reading), [rule for rule, _ in found(reading)]) == ([], ["F02"])


def test_last_months_sheet_beside_this_months_is_a_submission_of_its_own_and_said():
    reading = Statement(more_sheets={"2月": Statement(above=FEBRUARY).lines()}).read()
    assert sent(reading) == [ABC_MARCH, ("M01", "abc", "2018-02", "2月")]
    (finding,) = reading.findings
    assert (finding.rule, finding.severity, finding.submission) == ("F09", Severity.NOTE, reading.submissions[1].id)


@pytest.mark.parametrize(
    ("sheet", "lines", "other"),
    [
        ("任务", TARGETS, ("T01", "office", "2018", "任务")),
        ("县区", [*C01_HEAD, *C01_ROWS], ("C01", "fin-hanyin", "2018-03", "县区")),
        ("农商行", [*RCB_HEAD, RCB_COLUMNS, *RCB_ROWS], ("M01", "rcb-hanyin", "2018-03", "农商行")),
    ],
)
def test_two_forms_in_one_workbook_are_two_submissions(sheet, lines, other):
    reading = Statement(more_sheets={sheet: lines}, name="报表.xlsx").read()
    assert (sent(reading), told(reading)) == ([ABC_MARCH, other], [])


def test_figures_and_measures_of_one_unit_in_one_workbook():
    measures = Measures()

    def write(book):
        written(book, "月报", [*RCB_HEAD, RCB_COLUMNS, *RCB_ROWS])
        lines = [[measures.title], ["填报单位：汉阴农商银行"], ["项目", "内容"], *measures.items]
        written(book, "措施", [[cell for cell in line if isinstance(cell, str)] for line in lines])

    reading = workbook(write)
    assert sent(reading) == [
        ("M01", "rcb-hanyin", "2018-03", "月报"),
        ("Q01", "rcb-hanyin", "2018-03", "措施"),
    ]
    assert not [f for f in reading.findings if f.severity is Severity.HARD]


@pytest.mark.parametrize(
    ("title", "sheet", "is_read", "findings"),
    [
        ("金融扶贫小额贷款统计月报表（汉阴县）", "月报", True, []),
        ("金融扶贫小额贷款统计月报表（汉阴县）", "汉阴", True, []),
        ("金融扶贫小额贷款统计月报表", "汉阴", True, [("F09", "汉阴", "A3")]),
        ("金融扶贫小额贷款统计月报表", "月报", False, [("F06", "月报", "A3")]),
        ("金融扶贫小额贷款统计月报表", "汉阴县（旧）", False, [("F06", "汉阴县（旧）", "A3")]),
        ("金融扶贫小额贷款统计月报表（汉阴县）", "石泉", False, [("F06", "石泉", "A1")]),
    ],
)
def test_an_upright_form_of_a_unit_with_ten_counties_is_of_the_one_it_names(title, sheet, is_read, findings):
    head = [[title], ["填报单位：农业银行安康分行", None, "报告期：2018年3月", "单位：万元"]]
    reading = workbook(lambda book: written(book, sheet, [*head, RCB_COLUMNS, *RCB_ROWS]))
    assert told(reading) == findings
    assert {o.area for s in reading.submissions for o in s.observations} == ({"hanyin"} if is_read else set())


def test_charts_and_deeply_hidden_sheets():
    def write(book):
        sheet = written(book, "统计表", Statement().lines())
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=统计表!$F$4:$F$13"})
        book.add_chartsheet("图").set_chart(chart)
        written(book, "草稿", [["甲", 1]]).very_hidden()
        sheet.activate()

    reading = workbook(write)
    assert (sent(reading), told(reading)) == ([ABC_MARCH], [("F08", "草稿", "")])


# ------------------------------------------------------------------ several tables on a sheet


@pytest.mark.parametrize(
    "second",
    [
        Statement().lines(),
        Statement(above=FEBRUARY).lines(),
        [*C01_HEAD, *C01_ROWS],
        [*RCB_HEAD, RCB_COLUMNS, *RCB_ROWS],
    ],
    ids=["the same again", "last month", "another form", "another unit"],
)
def test_a_second_table_below_is_told_and_not_read(second):
    reading = Statement(below=[[], *second]).read()
    assert (sent(reading), [(rule, cell[0]) for rule, cell in found(reading)]) == ([ABC_MARCH], [("F06", "A")])
    assert len(reading.submissions[0].observations) == 60
    assert "又有一张表" in reading.findings[0].message


@pytest.mark.parametrize("second", [Statement().lines(), Statement(above=FEBRUARY).lines()], ids=["same", "last month"])
def test_a_second_table_at_the_side_is_told_and_not_read(second):
    lines = [[*line, *[None] * (8 - len(line)), *more] for line, more in zip(Statement().lines(), second, strict=True)]
    reading = Statement(above=lines[:2], headers=lines[2], rows=lines[3:], below=[]).read()
    assert (sent(reading), found(reading)) == ([ABC_MARCH], [("F06", "I3")])
    assert len(reading.submissions[0].observations) == 60


def test_an_upright_form_twice_on_a_sheet():
    lines = [*RCB_HEAD, RCB_COLUMNS, *RCB_ROWS]
    reading = workbook(lambda book: written(book, "表", [*lines, [], *lines]))
    assert (sent(reading), told(reading)) == ([("M01", "rcb-hanyin", "2018-03", "表")], [("F06", "表", "A11")])


# ------------------------------------------------------------------ blank templates


@pytest.mark.parametrize(
    "above",
    [
        [["金融扶贫小额贷款统计表（    年  月）"], ["填报单位：", None, None, None, "单位：万元、户、笔"]],
        [["农业银行安康分行统计表（2018年3月）"], ["单位：万元"]],
    ],
    ids=["nobody's", "a unit's"],
)
@pytest.mark.parametrize("total", [[], [["合计", 0, 0, 0, 0, 0, None]]], ids=["no total", "a total of formulas"])
def test_a_form_that_nobody_filled_in_is_one_finding(above, total):
    reading = Statement(above=above, rows=BLANK + total).read()
    assert (sent(reading), told(reading)) == ([], [("F02", "统计表", "")])
    assert "还没有填写" in reading.findings[0].message


def test_a_blank_upright_form_is_one_finding():
    blank = [[*row[:3], *("—" if value == "—" else None for value in row[3:])] for row in RCB_ROWS]
    head = [["金融扶贫小额贷款统计月报表"], ["填报单位：", None, None, "报告期：", None, None, "单位：万元、户、笔"]]
    reading = workbook(lambda book: written(book, "表", [*head, RCB_COLUMNS, *blank]))
    assert (sent(reading), told(reading)) == ([], [("F02", "表", "")])


def test_a_blank_form_beside_the_same_form_filled_in_is_a_note():
    reading = Statement(more_sheets={"模板": Statement(rows=BLANK).lines()}).read()
    assert (sent(reading), told(reading)) == ([ABC_MARCH], [("F09", "模板", "")])


def test_a_table_with_zeros_is_filled_in():
    rows = [[name, 0, 0, 0, 0, 0, None] for name in AREAS]
    assert sent(Statement(rows=rows).read()) == [ABC_MARCH]


# ------------------------------------------------------------------ cells that are more, or less, than a value


def observed(reading):
    (submission,) = reading.submissions
    return {(o.area, o.indicator): o.value for o in submission.observations}


@pytest.mark.parametrize(
    ("span", "cell"), [((3, 5, 4, 5), "F4"), ((3, 3, 3, 4), "D4")], ids=["over two areas", "over two columns"]
)
@pytest.mark.parametrize("covered", [None, 31.0], ids=["nothing below it", "another figure below it"])
def test_a_merged_figure_is_nobodys(span, cell, covered):
    rows = plain_rows()
    rows[span[2] - 3][span[3]] = covered

    def write(book):
        sheet = written(book, "统计表", Statement(rows=rows).lines())
        sheet.merge_range(*span, "")
        sheet.write_number(span[0], span[1], 12)
        if covered:
            sheet.write_number(span[2], span[3], covered)

    reading = workbook(write)
    place = f"{'ABCDEF'[span[3]]}{span[2] + 1}"
    assert told(reading) == [("F07", "统计表", at) for at in ([cell, place] if covered else [cell])]
    assert {cell, place} <= {o.cell for o in reading.submissions[0].observations if o.value is None}


def test_a_figure_merged_as_its_header_is_merged_is_read():
    def write(book):
        sheet = written(book, "统计表", Statement(headers=[*HEADERS[:6]], rows=[r[:6] for r in plain_rows()]).lines())
        sheet.merge_range(2, 5, 2, 6, HEADERS[5])
        for row in range(3, 13):
            sheet.merge_range(row, 5, row, 6, 30.25 + row - 3)

    reading = workbook(write)
    assert (sent(reading), told(reading)) == ([ABC_MARCH], [])
    assert observed(reading)["hanbin", "outstanding_amount"] == 30_250_000


def test_comments_on_figures_are_told_by_their_cells_and_not_by_their_words():
    def write(book):
        sheet = written(book, "统计表", Statement().lines())
        sheet.write_comment("F4", "示例甲：应为31")
        sheet.write_comment("B3", "填整数")

    reading = workbook(write)
    assert told(reading) == [("F09", "统计表", "F4")]
    assert "F4有批注" in reading.findings[0].message
    assert "31" not in reading.findings[0].message


@pytest.mark.parametrize(
    ("why", "comment", "is_told"),
    [
        ("as we wrote it", signed("【强制性】A13　请核对。\n【核实性】A12　请说明。"), False),
        ("as another program keeps it", signed("【强制性】A13　请核对。").replace("\n", "\r\n "), False),
        ("with what the bank had said before", signed("【强制性】A13　请核对。", "已与会计核对"), True),
        ("with what the bank says now", signed("【强制性】A13　请核对。") + "\n应为31", True),
        ("with a word of ours changed", signed("【强制性】A13　请核对。").replace("请核对", "已核对"), True),
        (
            "as a person would feign it",
            "【强制性】A13　请核对。\n（本批注为审核时所加，不用填写。核对码：0123456789ab）",
            True,
        ),
    ],
)
def test_our_own_comments_that_come_home_are_not_told_and_what_others_add_is(why, comment, is_told):
    reading = workbook(lambda book: written(book, "统计表", Statement().lines()).write_comment("F4", comment))
    assert told(reading) == ([("F09", "统计表", "F4")] if is_told else []), why


def test_hidden_columns_are_read_and_told():
    def write(book):
        written(book, "统计表", Statement().lines()).set_column(3, 3, None, None, {"hidden": True})

    reading = workbook(write)
    assert (told(reading), reading.findings[0].value) == ([("F08", "统计表", "D1")], "D列")
    assert observed(reading)["hanbin", "outstanding_loans"] == 10


@pytest.mark.parametrize(
    ("formula", "stored", "words"),
    [
        ("=1/0", "#DIV/0!", "公式出错（#DIV/0!）"),
        ("=#REF!+1", "#REF!", "公式出错（#REF!）"),
        ("=NA()", "#N/A", "公式出错（#N/A）"),
    ],
)
def test_an_error_is_told_as_what_it_is(formula, stored, words):
    def write(book):
        written(book, "统计表", Statement().lines()).write_formula(3, 5, formula, None, stored)

    reading = workbook(write)
    assert told(reading) == [("F07", "统计表", "F4")]
    assert words in reading.findings[0].message


def test_a_formula_that_was_never_calculated_is_no_blank():
    def write(book):
        written(book, "统计表", Statement().lines()).write_formula(3, 5, "=30+0.25", None, "")

    reading = workbook(write)
    assert told(reading) == [("F07", "统计表", "F4")]
    assert "请在 Excel 中打开并保存后重新报送" in reading.findings[0].message
