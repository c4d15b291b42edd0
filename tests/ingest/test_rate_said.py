"""Sentences about the unit of the rates: what says one, and what only tells how a rate came about."""

import pytest

from pipeline.ingest.rate_said import rates_said

YEARLY = {"年利率", "%"}


@pytest.mark.parametrize(
    "text",
    [
        "注：利率单位为‰",
        "说明：利率按月利率（‰）填列",
        "注：利率系月息",
        "注：利率为季度利率",
        "注：利率为月度利率",
        "注：加权平均利率为月利率",
        "注:平均利率(年)系月利率",
        "利率：‰",
        "利率（‰）",
        "注：利率以‰为单位",
        "利率用厘表示",
        "利率按月息填报",
        "按月利率填列",
        "利率口径：月利率",
        "利率一栏填的是月利率",
        "本表利率均为月利率",
        "注：1.金额单位为万元；2.利率为月利率",
        "注：1、金额单位为万元，2、利率为月利率。",
        "注：利率填月利率，年利率请自行折算",
        "注：第38栏为月利率",
        "注：38栏单位为‰",
        "月利率",
        "单位：万元、户、‰",
        "单位：户 笔 万元 ‰",
        "单位：万元、户（利率：‰）",
        "利率为日利率",
        "利率以小数表示",
        "利率单位为BP",
        "贷款加权平均利率单位为千分比",
    ],
)
def test_sentences_that_say_another_unit_than_percent_a_year(text):
    assert any(not one.kinds <= YEARLY for one in rates_said(text))


@pytest.mark.parametrize(
    "text",
    [
        "注：利率为年利率",
        "注：加权平均利率为年利率（%）",
        "利率按年化口径填列",
        "利率单位为%",
        "单位：万元、户、%",
        "单位：万元、户",
        "月利率按4.35%折算年利率",
        "利率按月利率×12填列",
        "利率按月利率折算年利率填列",
        "利率为年利率（月利率×12）",
        "利率为年利率，非月利率",
        "利率＝月利率×12",
        "原为月利率，已折算为年利率填报",
        "利率不是月利率",
        "请勿填月利率",
        "如为月利率，请折算为年利率",
        "月利率请折算成年利率填报",
        "我行贷款月利率3.625‰，折合年利率4.35%",
        "贷款按月利率计息",
        "按月付息，到期还本",
        "利率较上月下降0.2‰",
        "利率保留两位小数",
        "利率执行人行同期同档次基准利率",
        "贴息按年利率4.35%计算",
        "逾期率单位：‰",
        "不良率单位为%",
    ],
)
def test_explanations_and_yearly_rates_say_nothing_else(text):
    assert all(one.kinds <= YEARLY for one in rates_said(text))
