"""「本月无业务」: which sentences declare it, and which only speak of it."""

import pytest

from pipeline.ingest.nil_return import says_nil
from pipeline.periods import Month
from tests.ingest.sheets import AREAS, Statement

MARCH = Month(2018, 3)
NAMES = ["汉阴农商银行", "汉阴农商行"]


@pytest.mark.parametrize(
    "text",
    [
        "本月无业务",
        "本月无业务。",
        " 本 月 无 业 务 ",
        "“本月无业务”",
        "注：本月无业务",
        "备注：1.本月无业务；2.数据取自信贷系统",
        "本月无业务，特此说明。",
        "3月份无业务",
        "2018年3月无业务",
        "二〇一八年三月无业务",
        "我行本月均无业务",
        "汉阴农商银行本月无业务",
        "全市各县（区）本月均无业务",
        "本月无扶贫小额贷款业务",
        "本月未发生业务",
        "本月零业务",
        "☑本月无业务",
        "[√]本月无业务",
        "本月无业务☑",
        "□有业务 ☑本月无业务",
        "本月无业务：是",
        "是否本月无业务：☑是 □否",
        "本月有无业务：无",
        "注：数据已核对\n本月无业务",
        "三月份无业务",
        "三月无业务",
        "一八年三月无业务",
        "3月份没有发生业务",
        "三月份，我行未开展业务",
        "本月未办理贷款业务",
        "本月业务量为0",
        "本月无业务发生额",
        "更正：本月无业务",
    ],
)
def test_said(text):
    assert says_nil(text, MARCH, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "注：本月无业务的县区，请在备注中注明“本月无业务”，不得留空。",
        "填表说明：如本月无业务的，请注明“本月无业务”。",
        "没有业务的请写明：\n本月无业务",
        "请写明“本月无业务”",
        "各县区均不存在本月无业务情况",
        "本月并非无业务",
        "本月无新增业务",
        "宁陕县本月无业务",
        "本月无业务县区：宁陕县、镇坪县",
        "汉滨农商银行本月无业务",
        "上月无业务",
        "2月份无业务",
        "2017年3月无业务",
        "□本月无业务",
        "本月无业务□",
        "本月无业务（）",
        "本月无业务：否",
        "本月无业务：",
        "是否本月无业务？",
        "本月无业务：□是 □否",
        "是否本月无业务：□是 ☑否",
        "☑有业务 □本月无业务",
        "本月有无业务：有",
        "本月无业务。更正：本月有业务",
        "本月无业务；勘误：三月份有业务",
        "本月无业务\n更正：本月发生业务",
        "本月无业务，实际本月有业务",
        "本月无业务。上述声明作废。",
        "二月份无业务",
        "十三月份无业务",
    ],
)
def test_not_said(text):
    assert not says_nil(text, MARCH, NAMES)


HEADERS = ["县(区)", "授信户数", "发放情况/本月/户数", "发放情况/本月/金额", "期末余额/金额"]


def declared(*line):
    rows = [[area, 20, None, None, 30.25] for area in AREAS]
    (submission,) = Statement(headers=HEADERS, rows=rows, below=[list(line)]).read().submissions
    return submission.nil


@pytest.mark.parametrize(
    ("line", "nil"),
    [
        (["本月无业务"], True),
        (["本月无业务", "是"], True),
        (["本月无业务：", None, "是"], True),
        (["☑", "本月无业务"], True),
        (["本月无业务", "否"], False),
        (["□", "本月无业务"], False),
        (["本月无业务：", "□"], False),
        (["注：本月无业务的县区请在备注注明“本月无业务”。"], False),
        (["填表人：示例乙", "备注：本月无业务"], True),
        (["备注：本月无业务", "更正：本月有业务"], False),
    ],
)
def test_in_a_line_below_the_table(line, nil):
    assert declared(*line) is nil


@pytest.mark.parametrize("label", ["核销情况", "续贷、展期：", "企业贷款", "有无企业贷款", "不良贷款处置："])
def test_it_is_no_declaration_as_the_answer_to_something_else(label):
    statement = Statement(below=[[label, "本月无业务"]])
    assert [s.nil for s in statement.read().submissions] == [False]
    assert not says_nil(f"{label.rstrip('：')}：\n本月无业务", MARCH, NAMES)


@pytest.mark.parametrize(
    "text", ["本月无此项业务", "一、核销情况。\n本月无该项业务。", "注：核销、代偿；本月无此类业务"]
)
def test_what_points_to_something_else_says_nothing_of_the_month(text):
    assert not says_nil(text, MARCH, NAMES)


def test_what_is_left_blank_stays_blank_where_a_note_only_speaks_of_it():
    note = ["注：本月无业务的县区请在备注注明“本月无业务”。"]
    rows = [[area, 20, None, None, 30.25] for area in AREAS]
    (submission,) = Statement(headers=HEADERS, rows=rows, below=[note]).read().submissions
    assert {o.value for o in submission.observations if o.indicator.endswith("_mtd")} == {None}
