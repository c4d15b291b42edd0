"""Lines above and below a table: words are a title or a note, figures that nothing explains are a finding."""

import pytest

from pipeline.ingest.heading import is_figure
from pipeline.ingest.unexplained import unexplained
from pipeline.model import Cell, CellKind
from tests.ingest.sheets import AREAS, Statement, found, plain_rows

TITLE = ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月）"]
CAPTION = ["填报单位：农业银行安康分行", None, None, "单位：万元、户、笔"]


def line(*values):
    kinds = {str: CellKind.TEXT, bool: CellKind.BOOLEAN}
    return [Cell(0, c, kinds.get(type(v), CellKind.NUMBER), v) for c, v in enumerate(values) if v is not None]


def strays(*values):
    return [cell.value for cell in unexplained(line(*values))]


@pytest.mark.parametrize(
    "text", ["12", "12.5", "1,234.00", "(5)", "3户", "20万元", "¥20元", "12笔", "约30万", "3户、20万元"]
)
def test_a_number_is_a_figure_with_its_unit_or_without(text):
    assert is_figure(line(text)[0])


@pytest.mark.parametrize(
    "text", ["2018年3月", "3月", "0915-3200000", "13900000000", "第3行", "安政办函〔2017〕284号", "含12户"]
)
def test_days_telephones_and_words_with_a_number_in_them_are_none(text):
    assert not is_figure(line(text)[0])


@pytest.mark.parametrize(
    "values",
    [
        ("填表人：示例乙", "联系电话：", "3200000"),
        ("填表人：示例乙", "联系电话", 3200000.0),
        ("填表人", "示例乙", 3200000.0),
        ("联系人及电话", "示例乙", 13900000000.0),
        ("报出日期", 20180405.0),
        ("填表日期：", 43195.0),
        ("表号", 1.0),
        ("邮编：", "725000"),
        ("第", 1.0, "页"),
        ("安政办函〔2017〕", 284.0, "号"),
        (2018.0, "年", 4.0, "月", 5.0, "日"),
        ("附件", 5.0),
        ("报告期：", 9999.0),
        ("2018.3", "单位：万元"),
        ("注：其中高新区12户，20.5万元。",),
    ],
)
def test_a_figure_that_belongs_to_the_words_beside_it(values):
    assert strays(*values) == []


@pytest.mark.parametrize(
    ("values", "left"),
    [
        (("瀛湖", 1.0, 1.5), [1.0, 1.5]),
        (("市直营业部", "3户", "20万元"), ["3户", "20万元"]),
        (("市分行经办处", 3.0, 20.5), [3.0, 20.5]),
        (("其他（见说明）", 3.0), [3.0]),
        (("注：不良贷款余额", 12.5, "万元"), [12.5]),
        (("上月合计", "2007.2"), ["2007.2"]),
        (("联系电话", 20.5), [20.5]),
        (("联系电话", "3户"), ["3户"]),
        (("报出日期", 20.5), [20.5]),
        (("手机银行户数", 3200000.0), [3200000.0]),
        ((None, 3025000.0), [3025000.0]),
        (("标题", True), [True]),
    ],
)
def test_a_figure_that_nothing_explains(values, left):
    assert strays(*values) == left


# ------------------------------------------------------------------ in a sheet


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (["瀛湖", 1, 1.5, 1, 1, 1.5], "B3"),
        (["市直营业部", "3户", "20万元"], "B3"),
        (["上月合计", 245, 2007.2], "B3"),
        (["上月合计", None, 2007.2], "C3"),
    ],
)
def test_a_row_of_figures_above_the_header_is_told_and_says_nothing_of_the_month(values, cell):
    reading = Statement(above=[TITLE, CAPTION, values]).read()
    assert found(reading) == [("F06", cell)]
    assert "在表头上方" in reading.findings[0].message
    assert [s.period for s in reading.submissions] == ["2018-03"]


def test_a_table_above_the_header_is_one_finding():
    upper = [["县(区)", "本年应贴息", "本年已兑付"], *[[area, 1.5, 1.25] for area in AREAS], []]
    reading = Statement(above=[TITLE, CAPTION, *upper]).read()
    assert found(reading) == [("F06", "B4")]
    assert "第4行至第13行" in reading.findings[0].message


@pytest.mark.parametrize(
    "values",
    [
        ["联系电话：", 3200000],
        ["表号：", 1, "制定机关：安康市金融工作办公室"],
        ["附件", 5],
        [None, "打印时间：", 20180405],
    ],
)
def test_figures_of_a_header_block_are_no_data(values):
    assert found(Statement(above=[TITLE, CAPTION, values]).read()) == []


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (["市分行经办处", 3, 20.5], "B14"),
        (["其他（见说明）", 3, 20.5], "B14"),
        (["注：不良贷款余额", 12.5, "万元"], "B14"),
        (["备注", "3户"], "B14"),
    ],
)
def test_figures_below_the_table_are_no_note(values, cell):
    assert found(Statement(below=[values]).read()) == [("F06", cell)]


def test_lines_of_figures_that_follow_on_each_other_are_one_finding():
    below = [[], ["经办一", 3, 20.5], ["经办二", 4, 21.5], [], ["经办三", 5], ["填表人：示例乙"], ["经办四", 6]]
    reading = Statement(below=below).read()
    assert found(reading) == [("F06", "B15"), ("F06", "B20")]


def test_a_row_of_figures_typed_with_their_units_is_a_row():
    rows = [*plain_rows(), ["市直营业部", "3户", "20万元", "2笔", "2户", "12万元", None]]
    (submission,) = Statement(rows=rows).read().submissions
    assert {o.area for o in submission.observations if o.area.startswith("unknown")} == {"unknown:市直营业部"}


# ------------------------------------------------------------------ sheets of words


@pytest.mark.parametrize(
    ("name", "lines", "findings"),
    [
        ("封面", [["农业银行安康分行"], ["贷款余额", "20万元"]], [("F06", "A1")]),
        ("情况说明", [["瀛湖", "3户"]], [("F06", "A1")]),
        ("情况说明", [["本月贷款增加12户，20.5万元。"]], []),
        ("填表说明", [[1, "金额保留两位小数"], [2, "由各支行填报"]], []),
        ("填表说明", [["1", "金额保留两位小数"], ["2", "由各支行填报"]], []),
        ("填表说明", [[1, "汉滨区", 20], [2, "汉阴县", 30]], [("F06", "A1")]),
        ("填表说明", [[3, "汉滨区"], [7, "汉阴县"]], [("F06", "A1")]),
    ],
)
def test_a_sheet_of_words_beside_the_statement_holds_no_figure(name, lines, findings):
    assert found(Statement(more_sheets={name: lines}).read()) == findings
