"""What prose says beside a balance: how it has moved, how much it is for each household; and what is not clear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.validate.test_quoted import LATE, LINES, OWED, YTD, reader, said

SINCE, GROWN = "outstanding_since_year_start", "outstanding_growth_since_year_start"
MONTH, YEAR = "outstanding_since_last_month", "outstanding_since_last_year"
AVERAGE = ("outstanding_average", "4.5")

MOVED = [
    ("扶贫小额贷款余额较年初增加1234万元", [(SINCE, "1234")]),
    ("扶贫小额贷款余额同比增长12.5%", [("outstanding_growth_since_last_year", "12.5")]),
    ("贷款余额1234.56万元，较年初增加200万元，增长12.5%", [OWED, (SINCE, "200"), (GROWN, "12.5")]),
    ("贷款余额1234.56万元，较年初减少200万元，降幅12.5％", [OWED, (SINCE, "-200"), (GROWN, "-12.5")]),
    ("贷款余额1234.56万元（较年初净增２００万元，增幅为12.5%）", [OWED, (SINCE, "200"), (GROWN, "12.5")]),
    ("贷款余额1234.56万元，比上年末下降了12.5%，减少200万元", [OWED, (GROWN, "-12.5"), (SINCE, "-200")]),
    ("贷款余额1234.56万元，比去年年底增加0.02亿元", [OWED, (SINCE, "200")]),
    ("贷款余额1234.56万元，较2017年末新增200万元", [OWED, (SINCE, "200")]),
    ("贷款余额1234.56万元，与年初相比增加200万元", [OWED, (SINCE, "200")]),
    ("贷款余额1234.56万元，比上月末增加25万元", [OWED, (MONTH, "25")]),
    ("贷款余额1234.56万元，较上月减少25万元、下降2%", [OWED, (MONTH, "-25"), ("outstanding_growth_since_last_month", "-2")]),
    ("贷款余额1234.56万元，较上年同期增加300万元", [OWED, (YEAR, "300")]),
    ("贷款余额1234.56万元，较2017年同期增加300万元", [OWED, (YEAR, "300")]),
    ("3月末扶贫小额贷款余额达到1234.56万元，涉及2280户、2300笔，比上月末增加25万元", [OWED, (MONTH, "25")]),
    ("我行扶贫小额贷款较年初增加200万元", [(SINCE, "200")]),
    ("贷款余额1234.56万元，较年初余额增加200万元", [OWED, (SINCE, "200")]),
    ("贷款余额1234.56万元，较年初增加约200万元", [OWED, (SINCE, "200")]),
    ("贷款余额1234.56万元，较年初增加200万元；逾期12户、34.5万元", [OWED, (SINCE, "200"), *LATE]),
]  # fmt: skip

EACH = [
    ("贷款余额1234.56万元，惠及建档立卡贫困户2280户，户均4.5万元", [OWED, AVERAGE]),
    ("贷款余额1234.56万元，户均贷款余额4.5万元", [OWED, AVERAGE]),
    ("贷款余额1234.56万元，户均约4.5万元", [OWED, AVERAGE]),
    ("授信15000户、7.5亿元，贷款余额1234.56万元，户均4.5万元", [*LINES, OWED, AVERAGE]),
    ("授信15000户、7.5亿元，户均授信5万元", [*LINES, ("credit_line_average", "5")]),
    ("授信15000户、7.5亿元，户均5万元", [*LINES, ("credit_line_average", "5")]),
]  # fmt: skip

FLOWS = [
    ("本年应贴息12万元，已兑付8万元", [("interest_subsidy_accrued_ytd", "12"), ("interest_subsidy_paid_ytd", "8")]),
    ("1—3月应贴息120,000元，其中已兑付贴息8万元", [("interest_subsidy_accrued_ytd", "12"), ("interest_subsidy_paid_ytd", "8")]),
    ("按月向县财政局提供贴息清单，一季度应贴息约12万元", [("interest_subsidy_accrued_ytd", "12")]),
    ("3月对贴息台账进行清理，本年应贴息12万元，与系统数据核对一致", [("interest_subsidy_accrued_ytd", "12")]),
    ("今年以来应贴息金额为１２.５万元", [("interest_subsidy_accrued_ytd", "12.5")]),
    ("本年核销及代偿12万元，其中本月核销及代偿3万元", [("written_off_amount_ytd", "12"), ("written_off_amount_mtd", "3")]),
    ("本月核销贷款3万元", [("written_off_amount_mtd", "3")]),
    ("本年办理续贷10万元、展期3万元", [("renewed_amount_ytd", "10"), ("extended_amount_ytd", "3")]),
    ("本年办理续贷12户、10万元，展期3万元", [("renewed_amount_ytd", "10"), ("extended_amount_ytd", "3")]),
    ("本年累计发放321笔、2000万元，其中续贷10万元", [*YTD, ("renewed_amount_ytd", "10")]),
]  # fmt: skip

UNCLEAR = [
    ("of households the statement has no base", "贷款余额1234.56万元，惠及2280户，较年初增加200户", [OWED]),
    ("growth of what: households or the balance", "贷款余额1234.56万元，惠及2280户，较年初增长12.5%", [OWED]),
    ("a percentage point is no growth", "贷款余额1234.56万元，较年初上升0.2个百分点", [OWED]),
    ("bare money after growth may be anything", "贷款余额较年初增长12.5%，200万元", [(GROWN, "12.5")]),
    ("to, not by", "贷款余额较年初增加到1234万元", []),
    ("from and to", "贷款余额从年初的1100万元增加至1234万元", []),
    ("against the year: its beginning or this time", "贷款余额1234.56万元，较去年增加200万元", [OWED]),
    ("against a quarter", "贷款余额1234.56万元，较上季末增加200万元", [OWED]),
    ("the last month or the last quarter", "贷款余额1234.56万元，环比增加200万元", [OWED]),
    ("another year", "贷款余额1234.56万元，较2016年末增加200万元", [OWED]),
    ("the same month of another year", "贷款余额1234.56万元，较2015年同期增加200万元", [OWED]),
    ("what was lent has no base in the statement", "本年累计发放321笔、2000万元，同比增长12.5%", YTD),
    ("of the troubled", "逾期贷款12户、34.5万元，较年初增加5万元", LATE),
    ("of their balance", "逾期贷款12户，余额34.5万元，较年初增加5万元", LATE),
    ("all that the bank has lent", "全行各项贷款余额52亿元，较年初增加2亿元", []),
    ("a plan", "力争扶贫小额贷款余额较年初增加200万元", []),
    ("what is reached is no change", "贷款余额较年初增加200万元，达到1234.56万元", [(SINCE, "200")]),
    ("new loans are no growth", "贷款余额1234.56万元，较年初增长12.5%，新增150万元", [OWED, (GROWN, "12.5")]),
    ("another's", "贷款余额1234.56万元，汉滨区较年初增加200万元", [OWED]),
    ("of what was lent meanwhile", "贷款余额1234.56万元，发放贷款30户、130万元，户均4.3万元", [OWED]),
    ("of those who were helped", "贷款余额1234.56万元，其中逾期12户、34.5万元，户均2.9万元", [OWED, *LATE]),
    ("of nothing", "户均贷款4.3万元", []),
    ("nor a growth", "扶贫小额贷款余额稳步提高，增长12.5%", []),
    ("of what is past due", "逾期贷款余额较年初增加5万元", []),
    ("of a month", "本月扶贫小额贷款余额较年初增加200万元", []),
    ("of what is lent", "本年累计发放321笔、2000万元，户均4.3万元", YTD),
    ("an average of balances after lines", "授信15000户、7.5亿元，户均余额4.3万元", LINES),
    ("an income", "贷款余额1234.56万元，户均增收3000元", [OWED]),
    ("of one month the form does not ask", "本月应贴息4万元", []),
    ("of no span", "应贴息12万元", []),
    ("what counts as subsidy", "财政贴息12万元", []),
    ("some of it", "本年应贴息12万元，其中汉滨区3万元", [("interest_subsidy_accrued_ytd", "12")]),
    ("renewed without repayment is a part of what is renewed", "本年办理无还本续贷10万元", []),
    ("written off long ago", "历年累计核销12万元", []),
    ("got back of what was written off", "本年收回已核销贷款5万元", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"), [*MOVED, *EACH, *FLOWS], ids=lambda case: case if isinstance(case, str) else ""
)
def test_what_is_said_beside_a_figure(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(("why", "text", "wanted"), UNCLEAR, ids=[text for _, text, _ in UNCLEAR])
def test_what_is_not_clear_is_silent(why, text, wanted):
    assert said(text) == wanted, why


@pytest.mark.parametrize(
    ("why", "text", "wanted"),
    [
        ("who lends in every county rates in the city", "截至3月末，全市累计评级15200户，授信15000户，授信金额7.5亿元，其中汉滨区授信1200户", [("rated_households", "15200"), *LINES]),
        ("beside others it may be everybody's", "全市累计评级15200户，其中我行评级8000户", []),
        ("what is owed in the city is everybody's", "全市扶贫小额贷款余额5.3亿元", []),
    ],
)  # fmt: skip
def test_the_city_of_who_lends_in_all_of_it(why, text, wanted):
    found = replace(reader(), city_wide=True).quotes(text)
    assert [quote.indicator for quote in found] == [code for code, _ in wanted], why
    if wanted:
        assert said(text) == [], "of a unit in some counties it is not its own"


def limits(text: str) -> tuple[float | None, float | None]:
    """Of the last figure: 万元 or percent."""
    quote = reader().quotes(text)[-1]
    return tuple(None if limit is None else float(limit) / 1_000_000 for limit in (quote.low, quote.high))


@pytest.mark.parametrize(
    ("why", "text", "low", "high"),
    [
        ("as exact as written", "贷款余额1200万元，较年初减少12.5万元", -12.55, -12.45),
        ("at least so much less", "截至3月末，贷款余额1200万元，较年初减少超过100万元", None, -100),
        ("not quite so much less", "截至3月末，贷款余额1200万元，较年初减少不到100万元", -100, None),
        ("growth may have been cut off or rounded twice", "贷款余额1200万元，较年初增长6.1%", 6.0, 6.2),
        ("so may an average", "贷款余额1200万元，户均4.14万元", 4.13, 4.15),
        ("a fall too", "贷款余额1200万元，较年初下降6.1%", -6.2, -6.0),
        ("about is wide enough as it is", "截至3月末，贷款余额1200万元，户均约4万元", 3.5, 4.5),
        ("what was written off is at most what was written off or paid by others", "本年核销3.00万元", 2.995, None),
    ],
)  # fmt: skip
def test_how_far_a_statement_may_lie_beside_it(why, text, low, high):
    assert limits(text) == pytest.approx((low, high), abs=1e-9), why


def test_the_year_s_beginning_is_seen_from_the_month():
    assert said("贷款余额1234.56万元，较2017年末增加200万元", "2019-03") == [OWED]
    assert said("贷款余额1234.56万元，较2018年年初增加200万元", "2018-12") == [OWED, (SINCE, "200")]
    assert said("贷款余额1234.56万元，较2017年年初增加200万元", "2018-12") == [OWED]
