"""What a sentence has said before a figure: each case with why the figure is read, or is not."""

from __future__ import annotations

import pytest

from tests.validate.test_quoted import LATE, LINES, MTD, OWED, YTD, reader, said

RATED = ("rated_households", "15200")
CUM = [("disbursed_loans_cum", "3000"), ("disbursed_amount_cum", "12300")]

OTHER_TIMES = [
    ("the period's end is no cut-off elsewhere", "截至3月末，本年累计发放321笔、2000万元", YTD),
    ("a day of a meeting is none either", "3月15日召开推进会，本年累计发放321笔、2000万元", YTD),
    ("nor is the balance of another month", "2月末余额1100万元，本年累计发放321笔、2000万元", YTD),
    ("this year begins after last year", "去年，我行发放扶贫小额贷款1500万元，今年已发放321笔、2000万元", YTD),
    ("lines of this year's, after another time", "3月15日召开推进会，今年以来，授信1900户、9500万元", []),
    ("of two ends, which figure is which", "2月末、3月末扶贫小额贷款余额1100万元、1234.56万元", []),
    ("that year's", "2017年，当年累计发放扶贫小额贷款1500万元", []),
    ("that month's", "2月份，当月发放10户、46万元", []),
    ("this month's", "截至3月末，当月发放12户、56万元", MTD),
    ("this year's", "截至3月末，当年累计发放321笔、2000万元", YTD),
    ("the year's span is not carried to that year's", "今年以来贷款余额1234.56万元，2017年余额900万元，当年发放1500万元", [OWED]),
    ("a span that is carried", "本月发放12户、56万元，收回30万元", [*MTD, ("repaid_amount_mtd", "30")]),
    ("a ratio that 达 leads up to, at a date", "截至3月末，逾期率达2.79%", [("past_due_ratio", "2.79")]),
    ("one of the loans that are called by name", "扶贫小额贷款不良率达0.52%", [("npl_ratio", "0.52")]),
    ("one beside a figure of the sentence", "贷款余额1234.56万元，不良率达0.52%", [OWED, ("npl_ratio", "0.52")]),
]  # fmt: skip

WHOSE = [
    ("the city's", "从全市看，扶贫小额贷款余额5.3亿元，逾期120户、350万元", []),
    ("all that is lent", "截至3月末，我行各项存款稳步增长，本行贷款余额52.3亿元", []),
    ("the whole bank's bad loans", "截至3月末，贷款余额1234.56万元，全行不良贷款率1.8%", [OWED]),
    ("the same after the scheme is named", "截至3月末，扶贫小额贷款余额1234.56万元，全行不良贷款率1.8%", [OWED]),
    ("all that the bank has lent", "扶贫小额贷款余额1234.56万元，全行贷款余额52亿元", [OWED]),
    ("the scheme's in the whole bank", "今年以来，信贷投放加快，全行累计发放扶贫小额贷款321笔、2000万元", YTD),
    ("our own bad loans are of all that we have lent", "扶贫小额贷款余额1234.56万元，我行不良贷款80万元，逾期率1.8%", [OWED]),
    ("our own ratio past due", "我行逾期率1.8%", []),
    ("the rate of all loans", "扶贫小额贷款执行基准利率，我行贷款加权平均利率6.5%", []),
    ("the rate of the scheme's", "我行扶贫小额贷款加权平均利率4.35%", [("weighted_average_rate", "4.35")]),
    ("the sentence before was about nobody", "扶贫小额贷款工作扎实推进。截至3月末，贷款余额1234.56万元，逾期12户、34.5万元", [OWED, *LATE]),
    ("two sentences with figures", "扶贫小额贷款余额1234.56万元。本年累计发放321笔、2000万元。", [OWED, *YTD]),
    ("a cooperative is forgotten two sentences on", "支持示例茶叶专业合作社发展。各项工作扎实推进。截至3月末，贷款余额1234.56万元", [OWED]),
    ("a branch is not, while its figures are told", "城关支行工作扎实。本年累计发放贷款120笔、560万元。截至3月末，贷款余额1100万元、220户", []),
    ("our own again", "支持示例茶叶专业合作社发展。我行本年累计发放贷款321笔、2000万元", YTD),
    ("a refinancing", "用好支农再贷款，余额3000万元，期限1年", []),
    ("households that are counted first", "截至3月末，贫困户2280户，贷款余额1234.56万元", [OWED]),
    ("loans that are counted first", "截至3月末，扶贫小额贷款2280户、余额1234.56万元", [OWED]),
    ("what is owed of all that was ever lent", "历年累计发放3000笔、1.23亿元，余额1234.56万元", [*CUM, OWED]),
    ("what is owed of this year's loans", "本年累计发放321笔、2000万元，余额1234.56万元", YTD),
    ("what those past due owe", "逾期12户、34.5万元，贷款余额560万元", LATE),
    ("what those past due repaid", "逾期12户、34.5万元，本月收回5户、10万元", LATE),
    ("what those with bad loans repaid", "不良贷款8万元，本年收回贷款2万元", [("npl_amount", "8")]),
    ("what all repaid", "逾期12户、34.5万元，我行本月收回30万元", [*LATE, ("repaid_amount_mtd", "30")]),
    ("what all repaid, told first", "贷款余额1234.56万元，本月收回30万元", [OWED, ("repaid_amount_mtd", "30")]),
    ("what is owed in all, at the end", "逾期12户、34.5万元，3月末余额1234.56万元", [*LATE, OWED]),
    ("those who were helped are not the register", "截至3月末，扶贫小额贷款余额1234.56万元，建档立卡贫困户共280户", [OWED]),
    ("a limit for one household", "我行评级15200户，本年累计发放321笔、2000万元，授信5万元，期限3年", [RATED, *YTD]),
    ("a limit in all", "评级15200户，授信7.5亿元", [RATED, ("credit_line_amount", "75000")]),
]  # fmt: skip

OF_WHICH = [
    ("part of the same", "逾期贷款12户、34.5万元，其中逾期本金30万元", LATE),
    ("part of the same span", "本年累计发放321笔、2000万元，其中本年向120户贫困户发放560万元", YTD),
    ("a part of it by the span that is carried", "今年以来，累计发放321笔、2000万元，其中发放120笔、560万元", YTD),
    ("past due of this year's loans only", "本年累计发放321笔、2000万元，其中逾期12户、34.5万元", YTD),
    ("the same after a colon", "本年累计发放321笔、2000万元，其中：逾期12户、34.5万元", YTD),
    ("of those that have a line", "扶贫小额贷款授信15000户、7.5亿元，其中扶贫小额贷款余额1100万元", LINES),
    ("repaid by whom", "本年累计发放321笔、2000万元，其中本月发放12户、56万元，收回30万元", [*YTD, *MTD]),
    ("a line of whom", "扶贫小额贷款余额1234.56万元，其中逾期12户、34.5万元，授信15户、75万元", [OWED, *LATE]),
    ("a span of its own is of the whole", "评级15200户，其中授信15000户、7.5亿元，本年累计发放321笔、2000万元", [RATED, *LINES, *YTD]),
    ("past due of the last that was told", "授信15000户、7.5亿元，贷款余额1234.56万元，其中逾期12户、34.5万元", [*LINES, OWED, *LATE]),
    ("of nothing that was told", "评级授信工作全面铺开，其中授信1200户、6000万元", []),
    ("after a semicolon all is of the whole", "贷款余额1234.56万元，其中逾期12户、34.5万元；授信15000户、7.5亿元", [OWED, *LATE, *LINES]),
]  # fmt: skip

LISTS = [
    ("the amount before the households", "授信7.5亿元、15000户", LINES[::-1]),
    ("our own amount", "我行授信7.5亿元、15000户", LINES[::-1]),
    ("each metric has units of its own", "本年累计发放321笔，金额2000万元，逾期12户，余额34.5万元", [*YTD, *LATE]),
    ("principal is part of what was given", "逾期贷款12户、34.5万元，本金30万元，利息4.5万元", LATE),
    ("principal is part of it in the next clause too", "逾期贷款12户，余额34.5万元，本金30万元", LATE),
    ("households that the form does not ask for", "截至3月末，不良贷款3户、8万元，不良率0.67%", [("npl_amount", "8"), ("npl_ratio", "0.67")]),
    ("loans that it does not ask for", "不良贷款5笔，余额8万元", [("npl_amount", "8")]),
    ("past due beside such households", "不良贷款3户、8万元，逾期贷款12户、34.5万元", [("npl_amount", "8"), *LATE]),
    ("who repaid is not asked", "本年累计收回120户、500万元", [("repaid_amount_ytd", "500")]),
    ("nor how many loans", "本月收回12笔，金额30万元", [("repaid_amount_mtd", "30")]),
    ("lines that are counted as loans are grants of a time", "截至3月末，授信12笔、560万元", []),
]  # fmt: skip

CASES = [*OTHER_TIMES, *WHOSE, *OF_WHICH, *LISTS]


@pytest.mark.parametrize(("why", "text", "wanted"), CASES, ids=[text for _, text, _ in CASES])
def test_what_a_figure_is_of_follows_from_what_was_said_before_it(why, text, wanted):
    assert said(text) == wanted, why


@pytest.mark.parametrize("text", ["2017年，全年累计发放300笔、1500万元", "去年，年内累计发放300笔、1500万元"])
def test_in_december_another_year_s_whole_is_not_ours(text):
    assert said(text, "2018-12") == []


def test_the_words_of_a_figure_begin_with_what_it_is_of():
    quotes = reader().quotes("截至3月末，本年累计发放扶贫小额贷款321笔，金额2000万元；3月末余额1234.56万元")
    assert [quote.words for quote in quotes] == [
        "本年累计发放扶贫小额贷款321笔",
        "本年累计发放扶贫小额贷款321笔，金额2000万元",
        "3月末余额1234.56万元",
    ]
