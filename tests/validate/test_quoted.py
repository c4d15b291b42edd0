"""Figures in official prose: what is read, and above all what is not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.periods import Month
from pipeline.validate.derived import DERIVED
from pipeline.validate.quoted import INDICATORS, Reader, agreeing
from pipeline.validate.quoted_context import FLOWS
from pipeline.validate.quoted_words import Quantity
from tests.validate.returns import catalog

ABC = catalog().units.by_id["abc"]
PLACES = tuple(name for area in catalog().areas.entries for name in area.all_names)


def reader(month: str = "2018-03", unit: str = "abc") -> Reader:
    return Reader(Month.parse(month), catalog().units.by_id[unit].all_names, PLACES, Fraction(5))


def said(text: str, month: str = "2018-03", unit: str = "abc") -> list[tuple[str, str]]:
    """Indicator and number: 万元, %, or a count."""
    return [(quote.indicator, _number(quote.indicator, quote.value)) for quote in reader(month, unit).quotes(text)]


def _number(indicator: str, value: Fraction) -> str:
    counted = "households" in indicator or "loans" in indicator
    return f"{float(value if counted else value / 1_000_000):.10g}"


YTD = [("disbursed_loans_ytd", "321"), ("disbursed_amount_ytd", "2000")]
MTD = [("disbursed_households_mtd", "12"), ("disbursed_amount_mtd", "56")]
OWED, LINES = ("outstanding_amount", "1234.56"), [("credit_line_households", "15000"), ("credit_line_amount", "75000")]
LATE = [("past_due_households", "12"), ("past_due_amount", "34.5")]

READ = [
    ("贷款余额1,234.56万元", [OWED]),
    ("贷款余额１，２３４．５６万元", [OWED]),
    ("贷款余额 1 234.56 万元", [OWED]),
    ("到3月末，在我行有扶贫小额贷款余额的贫困户2280户，贷款余额1234.56万元", [("outstanding_households", "2280"), OWED]),
    ("在本行有扶贫小额贷款余额的建档立卡贫困户共2280户", [("outstanding_households", "2280")]),
    ("余额达1.2亿元", [("outstanding_amount", "12000")]),
    ("扶贫小额贷款余额1亿2000万元", [("outstanding_amount", "12000")]),
    ("扶贫小额贷款余额12345600元", [OWED]),
    ("扶贫小额信贷余额1234.56万", [OWED]),
    ("截至3月末余额（万元）：1234.56", [OWED]),
    ("截至2018年3月31日，贷款余额（单位：亿元）为1.2", [("outstanding_amount", "12000")]),
    ("截至2018.3.31，扶贫小额贷款余额1234.56万元", [OWED]),
    ("三月末，扶贫小额贷款余额达到1234.56万元", [OWED]),
    ("一季度末扶贫小额贷款余额1234.56万元、2300笔，贷款户数2280户", [OWED, ("outstanding_loans", "2300"), ("outstanding_households", "2280")]),
    ("期末余额：1234.56万元", [OWED]),
    ("我行建档立卡贫困户贷款余额共计1234.56万元", [OWED]),
    ("农行安康分行扶贫小额贷款余额1234.56万元", [OWED]),
    ("（一）截至本月末，全行扶贫小额贷款余额1234.56万元。", [OWED]),
    ("本年累计发放321笔、2000万元", YTD),
    ("今年以来累计发放贷款321笔，金额2000万元", YTD),
    ("1—3月累计发放扶贫小额贷款321笔、2000万元", YTD),
    ("一季度共发放“扶贫小额贷款”321笔2000万元", YTD),
    ("2018年累计发放扶贫小额贷款321笔（2000万元）", YTD),
    ("今年以来，我行共向300户贫困户发放贷款2000万元", [("disbursed_households_ytd", "300"), ("disbursed_amount_ytd", "2000")]),
    ("本月发放12户56万元", MTD),
    ("3月份新发放扶贫小额贷款12户、56万元", MTD),
    ("3月当月发放12户、56万元", MTD),
    ("历史累计发放1.23亿元", [("disbursed_amount_cum", "12300")]),
    ("自2014年开办此项业务以来，累计发放贷款1.23亿元", [("disbursed_amount_cum", "12300")]),
    ("历年累计发放3000笔、1.23亿元", [("disbursed_loans_cum", "3000"), ("disbursed_amount_cum", "12300")]),
    ("本年收回500万元，其中本月收回30万元", [("repaid_amount_ytd", "500"), ("repaid_amount_mtd", "30")]),
    ("授信15,000户、7.5亿元", LINES),
    ("授信户数1.5万户，授信总额7.5亿元", LINES),
    ("到3月末，已评级贫困户15,200户，其中授信15000户、7.5亿元", [("rated_households", "15200"), *LINES]),
    ("累计评级15200户，授信户数：15000户；授信金额：7.5亿元", [("rated_households", "15200"), *LINES]),
    ("逾期12户、34.5万元", LATE),
    ("逾期贷款12户，余额34.5万元", LATE),
    ("3月末逾期贷款12户、余额34.5万元，均已落实专人清收", LATE),
    ("贷款余额1234.56万元，其中逾期12户、34.5万元，逾期率2.79%", [OWED, *LATE, ("past_due_ratio", "2.79")]),
    ("不良率0.52%", [("npl_ratio", "0.52")]),
    ("不良贷款余额12.3万元，不良贷款率为０.５２％", [("npl_amount", "12.3"), ("npl_ratio", "0.52")]),
    ("加权平均利率4.35%", [("weighted_average_rate", "4.35")]),
    ("截至3月末，本年发放的扶贫小额贷款加权平均利率为4.35%", [("weighted_average_rate", "4.35")]),
    ("辖内建档立卡贫困户共15000户", [("registered_households", "15000")]),
    ("各项贷款余额52亿元，其中扶贫小额贷款余额1234.56万元", [OWED]),
    ("全行贷款余额52亿元，其中扶贫小额贷款余额1234.56万元", [OWED]),
    ("贷款余额52亿元，其中扶贫小额贷款余额1234.56万元", [OWED]),
    ("全市扶贫小额贷款余额5.3亿元，我行余额1234.56万元", [OWED]),
    ("2月末余额1100万元，3月末余额1234.56万元", [OWED]),
    ("2017年末贷款余额1100万元，3月末余额1234.56万元", [OWED]),
    ("去年同期发放900万元，本年累计发放321笔、2000万元", YTD),
    ("本月发放12户、56万元，累计发放321笔、2000万元", MTD),
    ("本年累计发放321笔、2000万元，累计收回800万元", YTD),
    ("今年以来，我行累计发放321笔、2000万元", YTD),
    ("围绕年度目标任务，截至3月末，扶贫小额贷款余额1234.56万元", [OWED]),
    ("各项工作有序推进，截至3月末，贷款余额1234.56万元", [OWED]),
    ("全年任务8000万元，本年累计发放321笔、2000万元，完成率25%", YTD),
    ("我行坚持以县区为单位、以产业为依托，截至3月末，扶贫小额贷款余额1234.56万元，逾期12户、34.5万元", [OWED, *LATE]),
    ("一是认真走访。二是截至3月末，扶贫小额贷款余额1234.56万元，居全市第一", [OWED]),
    ("全行扶贫小额贷款余额1234.56万元，余额较年初增加200万元，户均贷款4.5万元；逾期12户、34.5万元", [OWED, ("outstanding_since_year_start", "200"), ("outstanding_average", "4.5"), *LATE]),
]  # fmt: skip

SILENT = [
    "扶贫小额贷款工作扎实推进",
    "在我行有存款余额的贫困户1200户",
    "在我行有扶贫小额贷款余额的贫困户中1200户",
    "有扶贫小额贷款余额的企业12户，贷款余额1200万元",
    "在我行有扶贫小额贷款余额的贫困户较年初增加200户",
    "在我行开户的贫困户1200户，贷款余额560万元",
    "在我行有授信的贫困户1200户，贷款余额560万元",
    "在我行有逾期贷款的贫困户20户，贷款余额56万元",
    "在汉滨区有扶贫小额贷款余额的贫困户1200户，贷款余额560万元",
    "对在我行有扶贫小额贷款余额的贫困户1200户开展回访，涉及贷款余额560万元",
    "2月末在我行有扶贫小额贷款余额的贫困户1200户，贷款余额560万元",
    "累计发放扶贫小额贷款321笔、2000万元",
    "截至3月末，累计发放扶贫小额贷款321笔、2000万元",
    "自2016年以来累计发放扶贫小额贷款1.5亿元",
    "发放扶贫小额贷款321笔、2000万元",
    "2月份发放12户、56万元",
    "1-2月累计发放30户、130万元",
    "二季度累计发放扶贫小额贷款30户、130万元",
    "3月15日发放贷款5户、23万元",
    "2017年末扶贫小额贷款余额1.1亿元",
    "2017年，累计发放贷款2000万元。贷款余额1000万元",
    "截至2月末，本年累计发放1500万元，贷款余额1000万元",
    "截至2018.2.28，扶贫小额贷款余额1000万元",
    "年初余额1000万元",
    "上年同期，扶贫小额贷款余额9800万元",
    "截至目前，扶贫小额贷款余额1.21亿元",
    "截至4月8日，扶贫小额贷款余额1.21亿元",
    "扶贫小额贷款余额由1100万元增加到1200万元",
    "扶贫小额贷款余额1,200至1,300万元",
    "不良率较年初下降0.2个百分点",
    "不良率低于全行平均1.2个百分点",
    "不良率控制在2%以内",
    "对贷款不良率超过5%的村暂停发放新增贷款",
    "不良率达到5%，启动风险熔断机制",
    "逾期超过5户，暂停该网点放款权限",
    "确保6月末扶贫小额贷款余额达到1.5亿元以上",
    "力争本年投放3000万元，扶贫小额贷款余额突破1.5亿元",
    "计划本年累计发放扶贫小额贷款3000万元",
    "目标：本年累计发放3000万元",
    "本年累计发放2000万元的目标",
    "上级行下达我行扶贫小额贷款任务2000万元",
    "截至3月末，我行各项贷款余额52.3亿元，较年初增加3.1亿元",
    "截至3月末，全行贷款余额52.3亿元",
    "截至3月末，我行存款余额80亿元，贷款余额52亿元",
    "全行不良贷款率1.8%",
    "全市扶贫小额贷款余额5.3亿元",
    "邮储银行扶贫小额贷款余额3.4亿元",
    "汉阴县建档立卡贫困户贷款余额3,200万元",
    "分县区看，汉滨区余额300万元、60户，旬阳县余额200万元、50户",
    "扶贫小额贷款余额：汉滨区300万元，旬阳县200万元",
    "其中汉滨区授信1200户、6000万元",
    "双河口镇整村推进，授信321户、1600万元",
    "在示例村开展整村授信，评级120户，授信110户、550万元",
    "城关支行本年累计发放扶贫小额贷款120笔、560万元",
    "城关支行工作扎实。本年累计发放贷款120笔、560万元",
    "向安康示例富硒茶业有限公司发放贷款500万元",
    "支持示例茶叶专业合作社，本年累计发放贷款300万元",
    "支持茶叶产业，本月发放贷款12户、56万元",
    "富民贷余额1,100万元，惠及280户",
    "“富民贷”本年累计发放120笔、560万元",
    "本年累计发放产业扶贫贷款15笔、3,000万元",
    "本年累计发放农户小额信用贷款1200户、5600万元",
    "本年累计发放精准扶贫贷款1200户、5600万元",
    "扶贫小额贷款户均余额4.3万元",
    "户均贷款4.3万元",
    "其中：信用贷款余额800万元",
    "授信5万元，期限3年，免抵押免担保",
    "单户授信最高5万元",
    "本月授信120户、560万元",
    "今年以来，评级2100户，授信1900户、9500万元",
    "新增授信120户、560万元",
    "评级授信15000户",
    "对20户贫困户授信80万元",
    "收回逾期贷款5户、12万元",
    "清收逾期贷款12户、34.5万元",
    "累计逾期贷款20户、56万元",
    "逾期90天以上贷款12户、34.5万元",
    "本月走访50户，发放贷款12户、56万元",
    "风险补偿金余额500万元",
    "风险补偿金：余额500万元",
    "县财政建立风险补偿金。截至3月末余额500万元",
    "一年期贷款利率4.35%，三年期4.75%",
    "本月加权平均利率4.35%",
    "走访建档立卡贫困户1200户",
    "建档立卡贫困户1200户",
    "我行不良率1.8%",
    "围绕年度目标任务，本年累计发放2000万元",
    "我县扶贫小额贷款余额5亿元，逾期120户、350万元",
    "用信2300户、1234.56万元",
    "扶贫小额贷款余额一千二百万元",
    "联系人：示例甲，电话0915-1234567",
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_what_a_sentence_surely_says(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_surely_about_the_whole_unit_and_this_month_is_silent(text):
    assert said(text) == []


@given(st.lists(st.sampled_from([text for text in SILENT if said(text) == []]), min_size=2, max_size=6))
def test_silent_sentences_are_silent_together(texts):
    assert said("。".join(texts)) == []


@given(st.text(alphabet="截至3月末贷款余额发放授信逾期户笔万元亿%,.，。、：（）0123456789其中本年累计", max_size=60))
def test_no_text_is_too_strange(text):
    for quote in reader().quotes(text):
        assert quote.indicator in {*catalog().forms["M01"].by_code, *DERIVED}
        assert quote.words


@pytest.mark.parametrize(
    ("month", "text", "wanted"),
    [
        ("2018-01", "1月累计发放321笔、2000万元", [("disbursed_loans_mtd", "321"), ("disbursed_amount_mtd", "2000")]),
        ("2018-06", "上半年累计发放321笔、2000万元", YTD),
        ("2018-09", "前三季度累计发放321笔、2000万元", YTD),
        ("2018-12", "全年累计发放321笔、2000万元", YTD),
        ("2018-03", "全年累计发放321笔、2000万元", []),
        ("2018-12", "年末扶贫小额贷款余额1234.56万元", [OWED]),
        ("2018-12", "2018年末扶贫小额贷款余额1234.56万元", [OWED]),
        ("2018-11", "年末扶贫小额贷款余额1234.56万元", []),
        ("2018-06", "一季度末扶贫小额贷款余额1234.56万元", []),
        ("2018-04", "季末扶贫小额贷款余额1234.56万元", []),
        ("2018-02", "截至2018年2月28日，扶贫小额贷款余额1234.56万元", [OWED]),
        ("2018-02", "截至2018年2月27日，扶贫小额贷款余额1234.56万元", []),
        ("2018-10", "截至十月末，扶贫小额贷款余额1234.56万元", [OWED]),
        ("2018-12", "截至十二月底，扶贫小额贷款余额1234.56万元", [OWED]),
        ("2018-02", "截至十二月底，扶贫小额贷款余额1234.56万元", []),
    ],
)  # fmt: skip
def test_time_is_seen_from_the_month_that_the_form_is_about(month, text, wanted):
    assert said(text, month) == wanted


def test_a_unit_s_own_name_is_no_place_and_another_s_is_no_unit_of_ours():
    text = "汉阴农商银行扶贫小额贷款余额1234.56万元"
    assert said(text, unit="rcb-hanyin") == [OWED]
    assert said(text, unit="rcb-shiquan") == []


def test_the_words_quoted_are_those_that_give_the_figure_and_name_nobody():
    (quote,) = reader().quotes(
        "负责人示例甲（身份证号610902198001011234）说：截至3月末，\n 我行扶贫小额贷款 余额1,234.56 万元，居全市第一。"
    )
    assert quote.words == "我行扶贫小额贷款余额1,234.56万元"


# ------------------------------------------------------------------ how far a statement may lie beside it


def _of(text: str) -> tuple[float | None, float | None]:
    """Between which 万元 a statement of the balance agrees with this."""
    (quote,) = reader().quotes(f"截至3月末，扶贫小额贷款余额{text}")
    return tuple(None if limit is None else float(limit) / 1_000_000 for limit in (quote.low, quote.high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1234.56万元", 1234.555, 1234.565),
        ("1234.5万元", 1234.45, 1234.55),
        ("1200万元", 1199.5, 1200.5),
        ("1.2亿元", 11500, 12500),
        ("1.20亿元", 11950, 12050),
        ("12345600元", 1234.55995, 1234.56005),
        ("约1230万元", 1168.5, 1291.5),
        ("1.2亿元左右", 11400, 12600),
        ("约2000万元", 1800, 2200),
        ("约600万元", 550, 650),
        ("近1300万元", 1200, 1365),
        ("近2000万元", 1800, 2100),
        ("（万元）：1234.5", 1234.45, 1234.55),
        ("（单位：亿元）为1.2", 11500, 12500),
        ("1200余万元", 1140, 1300),
        ("1200多万元", 1140, 1300),
        ("超过1200万元", 1200, None),
        ("突破1.2亿元", 12000, None),
        ("1200万元以上", 1200, None),
        ("不足1300万元", None, 1300),
    ],
)
def test_a_number_is_as_exact_as_it_is_written(text, low, high):
    assert _of(text) == pytest.approx((low, high), abs=1e-9)


def test_what_has_become_less_by_one_has_become_less():
    """「减少超过1笔」: two less agrees, one more does not."""
    assert agreeing(Quantity(Fraction(-1), Fraction(1), "笔"), "at_least", Fraction(5)) == (None, -1)


@given(st.integers(1, 10**12), st.integers(0, 4), st.sampled_from(["exact", "about", "nearly", "more"]))
def test_a_number_agrees_with_itself_and_with_all_that_it_may_have_been_rounded_from(fen, places, sense):
    place = Fraction(1_000_000, 10**places)
    rounded = round(Fraction(fen) / place) * place
    low, high = agreeing(Quantity(rounded, place, "元"), sense, Fraction(5))
    assert low <= fen <= high


def test_what_is_read_is_asked_for_by_the_form_or_follows_from_it():
    codes = {code.format(span=span) for (metric, _), code in INDICATORS.items() for span in FLOWS.get(metric, ("",))}
    assert codes - DERIVED.keys() <= set(catalog().forms["M01"].by_code)
