"""Units of money wherever they stand; contradictions are refused, and silence is told with what the figures suggest."""

import pytest

from pipeline.ingest.money_words import money_in_brackets, money_in_caption, units_said
from tests.ingest.sheets import AREAS, HEADERS, Statement, found, plain_rows
from tests.ingest.test_sheets import observed, workbook, written
from tests.ingest.test_strangers import RCB_COLUMNS, RCB_HEAD, RCB_ROWS

TITLE = "农业银行安康分行统计表（2018年3月）"
FEN = {
    "元": 100,
    "百元": 10_000,
    "千元": 100_000,
    "万元": 1_000_000,
    "百万元": 100_000_000,
    "千万元": 1_000_000_000,
    "亿元": 10_000_000_000,
}
IN_YUAN = [*HEADERS[:2], "授信金额（元）", *HEADERS[3:5], "期末余额/金额(元)", "备注"]


def balance(reading):
    return observed(reading)["hanbin", "outstanding_amount"]


def with_cell(typed, caption="单位：万元"):
    rows = plain_rows()
    rows[0][5] = typed
    return Statement(above=[[TITLE], [caption]], rows=rows).read()


@pytest.mark.parametrize("unit", FEN)
@pytest.mark.parametrize("where", ["title", "caption", "header", "cell"])
def test_every_unit_in_every_place(unit, where):
    headers = [*HEADERS[:2], f"授信金额（{unit}）", *HEADERS[3:5], f"期末余额/金额({unit})", "备注"]
    reading = {
        "title": lambda: Statement(above=[[f"农业银行安康分行统计表（2018年3月，单位：{unit}）"]]).read(),
        "caption": lambda: Statement(above=[[TITLE], [None, None, f"单位：{unit}、户、笔"]]).read(),
        "header": lambda: Statement(above=[[TITLE]], headers=headers).read(),
        "cell": lambda: with_cell(f"30.25{unit}"),
    }[where]()
    assert (balance(reading), found(reading)) == (FEN[unit] * 3025 // 100, [])


@pytest.mark.parametrize(
    "caption",
    [
        "单位:万元/户/%",
        "单位：户、万元、%",
        "（单位：万元）",
        "单位（万元）",
        "单位【万元】",
        "单 位：万 元",
        "金额单位：人民币万元",
        "单位：RMB万元",
        "币种：人民币 单位：万元",
        "单位：万元（人民币）",
        "计量单位：万元，户",
        "金额：万元",
        "金额均以万元为单位",
        "金额以万元计",
        "（万元、户、笔）",
        "万元",
        "单位：万",
        "单位 万元",
        "单位万元",
        "单位：万圆",
        "单位：金额万元，户数户",
        "本表以万元为单位",
        "本表金额单位均为万元",
        "除注明外，本表金额单位：万元",
        "贷款余额单位：万元",
        "填报日期：2018年4月5日 单位：万元",
        "金额单位：\n万元",
    ],
)
def test_spellings_of_a_caption(caption):
    reading = Statement(above=[[TITLE], [caption]]).read()
    assert (balance(reading), found(reading)) == (30_250_000, [])


@pytest.mark.parametrize(
    ("caption", "written"),
    [("单位：万元、元", "万元、元"), ("单位：十万元", "十万元"), ("单位：万美元", "万美元"), ("单位：港元", "港元")],
)
def test_a_caption_that_is_not_sure_is_refused_at_its_cell(caption, written):
    reading = Statement(above=[[TITLE], [caption]]).read()
    assert found(reading) == [("F05", "A2")]
    assert f"“{written}”" in reading.findings[0].message


@pytest.mark.parametrize(
    ("caption", "about", "unit"),
    [
        ("单位：万元（核销及代偿为元）", "核销及代偿", "元"),
        ("单位：万元（续贷、展期为元）", "续贷、展期", "元"),
        ("单位：万元（续贷展期按元）", "续贷展期", "元"),
        ("单位：万元；应贴息、已兑付：元", "应贴息、已兑付", "元"),
        ("除贴息为元外，其余单位：万元", "除贴息", "元"),
        ("单位：万元（贴息除外）", "除贴息外", "万元"),
        ("单位：万元（除贴息、授信外）", "除贴息、授信外", "万元"),
    ],
)
def test_a_part_that_a_caption_sets_apart_by_any_words_is_told(caption, about, unit):
    assert [(said.unit, said.about) for said in units_said(caption) if said.about] == [(unit, about)]
    assert ("F05", "A2") in found(Statement(above=[[TITLE], [caption]]).read())


@pytest.mark.parametrize(
    "caption",
    [
        "单位：万元、百户",
        "单位：万元、十户、笔",
        "单位：万元；户数：千户",
        "金额单位：万元 户数单位：百户",
        "单位：万户、万元",
    ],
)
def test_counts_in_another_unit_are_refused_at_the_caption(caption):
    assert ("F05", "A2") in found(Statement(above=[[TITLE], [caption]]).read())


@pytest.mark.parametrize("caption", ["单位：万元、户、笔", "单位：万元（人民币）、户", "单位：万元，户"])
def test_counts_one_by_one_are_no_finding(caption):
    assert found(Statement(above=[[TITLE], [caption]]).read()) == []


def test_title_and_caption_that_disagree():
    assert found(Statement(above=[[f"{TITLE}（单位：元）"], ["单位：万元"]]).read()) == [("F05", "A2")]


@pytest.mark.parametrize("caption", ["单位：户、笔", "填报单位：农业银行安康分行", "编制单位：元丰村"])
def test_a_caption_without_money_says_nothing(caption):
    assert found(Statement(above=[[TITLE], [caption]]).read()) == [("F05", "C4")]


@pytest.mark.parametrize(
    "title",
    [
        "农业银行安康分行2018年3月统计表（万元）",
        "农业银行安康分行统计表（2018年3月 万元）",
        "农业银行安康分行2018年3月统计表（单位万元）",
    ],
)
def test_a_title_may_state_it_in_brackets(title):
    reading = Statement(above=[[title]]).read()
    assert (balance(reading), found(reading)) == (30_250_000, [])


def test_brackets_of_a_title_and_a_caption_that_disagree():
    assert found(Statement(above=[[f"{TITLE}（元）"], ["单位：万元"]]).read()) == [("F05", "A2")]


# ------------------------------------------------------------------ below the table


@pytest.mark.parametrize("line", ["单位：元", "注：本表以元为单位。", "说明：金额单位为元", "制表人：示例乙  单位：元"])
def test_a_line_below_states_it_where_nothing_above_does(line):
    reading = Statement(above=[[TITLE]], below=[["单位负责人：示例甲"], [line]]).read()
    assert (balance(reading), reading.submissions[0].money_unit, found(reading)) == (3025, "元", [])


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("注：金额单位为万元。", ""),
        ("注：贷款余额单位为万元。", ""),
        ("注：金额单位为元。", "A15"),
        ("说明：本表贷款余额单位为元", "A15"),
        ("单位：亿元", "A15"),
        ("注：贴息金额以元为单位", "A15"),
        ("注：每户贷款上限5万元，按元取整", ""),
        ("注：单笔贷款5万元以下", ""),
    ],
)
def test_a_line_below_must_not_contradict(line, cell):
    reading = Statement(below=[["单位负责人：示例甲"], [line]]).read()
    assert found(reading) == ([("F05", cell)] if cell else [])


@pytest.mark.parametrize(
    ("headers", "line", "findings"),
    [
        (HEADERS, "注：授信金额单位为元", [("F05", "A14")]),
        ([*HEADERS[:2], "授信金额（元）", *HEADERS[3:]], "注：授信金额单位为元", [("F09", "C3")]),
        ([*HEADERS[:2], "授信金额（元）", *HEADERS[3:]], "注：期末余额单位为元", [("F09", "C3"), ("F05", "A14")]),
        ([*HEADERS[:2], "授信金额（元）", *HEADERS[3:]], "除授信金额外均以万元为单位", [("F09", "C3")]),
        (HEADERS, "除授信金额外均以万元为单位", [("F05", "A14")]),
        (HEADERS, "单位：万元（授信金额、期末余额为元）", [("F05", "A14")]),
        (HEADERS, "注：除授信金额外均为元", [("F05", "A14")]),
        ([*HEADERS[:2], "授信金额（万元）", *HEADERS[3:]], "注：除授信金额外均为元", [("F05", "A14")]),
        (HEADERS, "注：除注明外均为万元", []),
    ],
)
def test_a_sentence_on_some_amounts_must_be_what_these_say_themselves(headers, line, findings):
    assert found(Statement(headers=headers, below=[[line]]).read()) == findings


def test_a_caption_with_an_exception_that_no_header_repeats():
    assert found(Statement(above=[[TITLE], ["单位：万元（授信金额、期末余额为元）"]]).read()) == [("F05", "A2")]


def test_a_remark_that_contradicts_the_caption():
    rows = plain_rows()
    rows[2][6] = "本行单位：元"
    assert found(Statement(rows=rows).read()) == [("F05", "G6")]


def test_columns_of_their_own_and_a_line_that_contradicts_them():
    assert found(Statement(above=[[TITLE]], headers=IN_YUAN, below=[["单位：万元"]]).read()) == [("F05", "A13")]
    assert found(Statement(above=[[TITLE]], headers=IN_YUAN, below=[["单位：元"]]).read()) == []


# ------------------------------------------------------------------ columns and rows of their own


def test_one_column_may_state_its_own():
    reading = Statement(headers=[*HEADERS[:5], "期末余额/金额(元)", "备注"]).read()
    assert (balance(reading), found(reading)) == (3025, [("F09", "F3")])
    assert "“期末余额/金额(元)”（元）" in reading.findings[0].message
    assert observed(reading)["hanbin", "credit_line_amount"] == 60_500_000


def test_a_list_in_a_headers_brackets_states_it_too():
    reading = Statement(headers=[*HEADERS[:5], "期末余额/金额（元、户）", "备注"]).read()
    assert (balance(reading), found(reading)) == (3025, [("F09", "F3")])


def test_the_only_amount_may_state_its_own():
    rows = [[*row[:2], None, *row[3:]] for row in plain_rows()]
    headers = [*HEADERS[:2], None, *HEADERS[3:5], "期末余额/金额(元)", "备注"]
    assert found(Statement(headers=headers, rows=rows).read()) == [("F09", "F3")]


def test_a_caption_that_no_column_follows_contradicts_them():
    assert found(Statement(headers=IN_YUAN).read()) == [("F05", "D2")]
    assert found(Statement(above=[[TITLE], ["单位：元"]], headers=IN_YUAN).read()) == []


def test_a_header_with_two_units_is_not_read():
    reading = Statement(headers=[*HEADERS[:5], "期末余额(万元)/金额(元)", "备注"]).read()
    assert found(reading) == [("F05", "F4")]
    assert {observed(reading)[area, "outstanding_amount"] for area in ("hanbin", "baihe")} == {None}


@pytest.mark.parametrize(
    ("label", "unit", "findings", "fen"),
    [
        ("授信金额", "元", [("F09", "B5")], 6050),
        ("授信金额", "百万元", [("F09", "B5")], 6_050_000_000),
        ("授信金额（元）", "", [("F09", "A5")], 6050),
        ("授信金额（元）", "元", [("F09", "A5")], 6050),
        ("授信金额（元）", "万元", [("F05", "G5")], None),
        ("授信金额", "户", [("F05", "B5")], None),
    ],
)
def test_a_row_of_the_upright_form(label, unit, findings, fen):
    rows = [RCB_ROWS[0], [label, unit, *RCB_ROWS[1][2:]], *RCB_ROWS[2:]]
    reading = workbook(lambda book: written(book, "表", [*RCB_HEAD, RCB_COLUMNS, *rows]))
    assert found(reading) == findings
    assert observed(reading)["hanyin", "credit_line_amount"] == fen


# ------------------------------------------------------------------ cells


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("2000万", 2_000_000_000),
        ("2,000万元", 2_000_000_000),
        ("1.2亿元", 12_000_000_000),
        ("1.2亿", 12_000_000_000),
        ("￥20", 20_000_000),
        ("RMB20", 20_000_000),
        ("人民币20万元", 20_000_000),
        ("２０", 20_000_000),
        ("3500元", 350_000),
    ],
)
def test_a_cell_may_state_its_own(typed, fen):
    reading = with_cell(typed)
    assert (balance(reading), found(reading)) == (fen, [])


@pytest.mark.parametrize(
    "typed", ["35户", "20%", "20万美元", "20w", "2 000", "20万户", "约20万元", "20-30万元", "20十万元"]
)
def test_a_cell_that_states_no_amount_for_sure(typed):
    assert found(with_cell(typed)) == [("F07", "F4")]


def test_households_may_be_typed_with_their_word_and_never_with_anothers():
    rows = plain_rows()
    rows[0][1], rows[1][1] = "35户", "35万元"
    reading = Statement(rows=rows).read()
    assert (observed(reading)["hanbin", "credit_line_households"], found(reading)) == (35, [("F07", "B5")])


# ------------------------------------------------------------------ nothing said


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (30.0, "若按万元，户均3.00万元；若按元，户均3.00元（每户上限5万元），看来更像万元"),
        (300000.0, "若按万元，户均30000.00万元；若按元，户均30000.00元（每户上限5万元），看来更像元"),
        (3000.0, "若按万元，户均300.00万元；若按元，户均300.00元（每户上限5万元），这只供核对"),
    ],
)
def test_silence_is_told_with_what_the_figures_suggest(amount, told):
    rows = [[name, 20, None, 10, 10, amount, None] for name in AREAS]
    reading = Statement(above=[[TITLE]], rows=rows).read()
    assert [rule for rule, _ in found(reading)] == ["F05"]
    assert told in reading.findings[0].message
    assert reading.submissions[0].money_unit == ""


def test_silence_without_households_suggests_nothing():
    rows = [[name, None, 60.5, None, None, None, None] for name in AREAS]
    (finding,) = Statement(above=[[TITLE]], rows=rows).read().findings
    assert (finding.rule, "户均" in finding.message) == ("F05", False)


def test_words():
    assert money_in_caption("单位：万元；户数单位：户") == ["万元"]
    assert money_in_caption("单位领导：元某") == money_in_caption("元旦放假") == []
    assert money_in_brackets("金额（单位：万元、户）") == ("万元",)
    assert money_in_brackets("金额（按元计算的部分）") == ()
    assert money_in_brackets("授信金额（万）") == money_in_brackets("期末余额万元 金额") == ("万元",)
    assert money_in_brackets("授信金额_元") == ("元",)
    assert [(s.unit, s.about) for s in units_said("单位：万元（贴息：元）")] == [("万元", ""), ("元", "贴息")]
    assert units_said("填报单位：元丰村") == units_said("填 报 单 位 ： 元丰村") == units_said("统计表（万元）") == ()


def test_what_a_caption_excepts_is_told_with_what_to_write():
    (finding,) = Statement(above=[[TITLE], ["单位：万元（贴息除外）"]]).read().findings
    assert "“贴息”用什么单位却没有写明" in finding.message
    assert "写明万元或元" in finding.message


def test_a_unit_is_said_of_no_more_than_a_clause():
    """However long the text before it; and no more than three digits number a column."""
    assert [said.unit for said in units_said("某" * 5_000 + "单位：万元")] == ["万元"]
    assert units_said("某" * 5_000 + "单位：万元")[0].about == "某" * 60
    assert units_said("1" * 5_000 + "栏单位：万元")[0].about == "111栏"
