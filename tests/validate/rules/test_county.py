"""C01-1 to C01-5: the county return by itself."""

import pytest

from tests.validate.returns import WAN, Case, check_case, county_return

ABOVE = "汉阴县“{}”{}大于“{}”{}。请核对；如属实，请说明原因。"
NEGATIVE = "汉阴县“{}”为{}，不能是负数。请核对，改正后重新报送。"
FUND, MIRROR, PROJECT = "fund_balance_amount", "mirror_outstanding_amount@abc", "project_invested_amount#2"

CASES = [
    Case("C01-1", "an empty fund", {FUND: 0}),
    Case(
        "C01-1",
        "a fund below zero",
        {FUND: -1},
        NEGATIVE.format("风险补偿金余额", "-0.000001万元"),
        at=FUND,
        value="-0.01",
        expected="0.00",
    ),
    Case(
        "C01-1",
        "what it says of a bank",
        {MIRROR: -WAN},
        NEGATIVE.format("农业银行期末贷款余额", "-1.00万元"),
        at=MIRROR,
        value="-10000.00",
        expected="0.00",
    ),
    Case(
        "C01-1",
        "the second project",
        {PROJECT: -WAN},
        NEGATIVE.format("金融扶贫项目/已完成投资（第2项）", "-1.00万元"),
        at=PROJECT,
        value="-10000.00",
        expected="0.00",
    ),
    Case("C01-2", "everybody is willing", {"eligible_households": 2000}),
    Case(
        "C01-2",
        "one more than registered",
        {"eligible_households": 2001},
        ABOVE.format("符合条件且有贷款意愿户数", "2001户", "建档立卡贫困户数", "2000户"),
        severity="soft",
        at="eligible_households",
        value="2001",
        expected="2000",
    ),
    Case("C01-2", "not reported", {"eligible_households": None}),
    Case("C01-3", "all posts are set up", {"posts_village_set_up": 140}),
    Case(
        "C01-3",
        "one more village post than planned",
        {"posts_village_set_up": 141},
        ABOVE.format("村级服务点已建数", "141个", "村级服务点计划数", "140个"),
        severity="soft",
        at="posts_village_set_up",
        value="141",
        expected="140",
    ),
    Case(
        "C01-3",
        "one more township post",
        {"posts_township_set_up": 13},
        ABOVE.format("镇级服务站已建数", "13个", "镇级服务站计划数", "12个"),
        severity="soft",
        at="posts_township_set_up",
        value="13",
        expected="12",
    ),
    Case(
        "C01-3",
        "a second county centre",
        {"posts_county_set_up": 2},
        ABOVE.format("县级服务中心已建数", "2个", "县级服务中心计划数", "1个"),
        severity="soft",
        at="posts_county_set_up",
        value="2",
        expected="1",
    ),
    Case(
        "C01-4",
        "all visited are scored, all registered visited",
        {"visited_households": 2000, "scored_households": 2000},
    ),
    Case(
        "C01-4",
        "scored without a visit",
        {"scored_households": 1801},
        ABOVE.format("评分户数", "1801户", "走访户数", "1800户"),
        severity="soft",
        at="scored_households",
        value="1801",
        expected="1800",
    ),
    Case(
        "C01-4",
        "visited but not registered",
        {"visited_households": 2001},
        ABOVE.format("走访户数", "2001户", "建档立卡贫困户数", "2000户"),
        severity="soft",
        at="visited_households",
        value="2001",
        expected="2000",
    ),
    Case("C01-5", "a finished project", {"project_invested_amount#1": 500 * WAN}),
    Case(
        "C01-5",
        "one fen beyond its total",
        {"project_invested_amount#1": 500 * WAN + 1},
        ABOVE.format(
            "金融扶贫项目/已完成投资（第1项）", "500.000001万元", "金融扶贫项目/总投资（第1项）", "500.00万元"
        ),
        severity="soft",
        at="project_invested_amount#1",
        value="5000000.01",
        expected="5000000.00",
    ),
    Case("C01-5", "lent to its last fen", {"project_loan_amount#1": 500 * WAN}),
    Case(
        "C01-5",
        "one fen more was lent than it costs",
        {"project_loan_amount#1": 500 * WAN + 1},
        ABOVE.format("金融扶贫项目/贷款金额（第1项）", "500.000001万元", "金融扶贫项目/总投资（第1项）", "500.00万元"),
        severity="soft",
        at="project_loan_amount#1",
        value="5000000.01",
        expected="5000000.00",
    ),
    Case("C01-5", "a project without a total", {"project_total_amount#1": None}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_county_return(case):
    check_case(case, county_return(case.changes, **case.given))
