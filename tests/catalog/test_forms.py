"""The real forms hold what the specification of forms asks: every indicator, its unit, kind and duty, typed by hand."""

import pytest

from pipeline.catalog import Catalog
from pipeline.periods import Month

# no., indicator, header path, unit, kind, r = required, c = only compared
M01 = """
01  registered_households              建档立卡情况/建档立卡贫困户数            户    stock          c
02  eligible_households                建档立卡情况/符合条件且有贷款意愿户数    户    stock          -
03  rated_households                   评级授信/评级户数                        户    stock          -
04  credit_line_households             评级授信/授信户数                        户    stock          r
05  credit_line_amount                 评级授信/授信金额                        万元  stock          r
06  disbursed_loans_mtd                发放情况/本月/笔数                       笔    flow           r
07  disbursed_households_mtd           发放情况/本月/户数                       户    distinct_flow  r
08  disbursed_amount_mtd               发放情况/本月/金额                       万元  flow           r
09  disbursed_loans_ytd                发放情况/本年累计/笔数                   笔    flow           r
10  disbursed_households_ytd           发放情况/本年累计/户数                   户    distinct_flow  r
11  disbursed_amount_ytd               发放情况/本年累计/金额                   万元  flow           r
12  disbursed_loans_cum                发放情况/历史累计/笔数                   笔    flow           -
13  disbursed_households_cum           发放情况/历史累计/户数                   户    distinct_flow  r
14  disbursed_amount_cum               发放情况/历史累计/金额                   万元  flow           r
15  repaid_amount_mtd                  收回情况/本月金额                        万元  flow           r
16  settled_loans_ytd                  收回情况/本年累计/笔数                   笔    flow           -
17  repaid_amount_ytd                  收回情况/本年累计/金额                   万元  flow           r
18  written_off_amount_mtd             核销及代偿/本月金额                      万元  flow           -
19  written_off_amount_ytd             核销及代偿/本年累计金额                  万元  flow           -
19A other_change_amount_mtd            其他变动/本月金额                        万元  flow           -
19B other_change_amount_ytd            其他变动/本年累计金额                    万元  flow           -
20  outstanding_loans                  期末余额/笔数                            笔    stock          r
21  outstanding_households             期末余额/户数                            户    stock          r
22  outstanding_amount                 期末余额/金额                            万元  stock          r
23  outstanding_amount_previous_month  对比基数/上月末余额                      万元  stock          c
24  outstanding_amount_year_start      对比基数/年初余额                        万元  stock          c
25  outstanding_amount_previous_year   对比基数/上年同期余额                    万元  stock          c
26  pass_amount                        五级分类/正常                            万元  stock          r
27  special_mention_amount             五级分类/关注                            万元  stock          r
28  substandard_amount                 五级分类/次级                            万元  stock          r
29  doubtful_amount                    五级分类/可疑                            万元  stock          r
30  loss_amount                        五级分类/损失                            万元  stock          r
31  npl_amount                         不良贷款余额                             万元  stock          c
32  past_due_loans                     逾期贷款/笔数                            笔    stock          -
33  past_due_households                逾期贷款/户数                            户    stock          r
34  past_due_amount                    逾期贷款/余额                            万元  stock          r
35  past_due_beyond_grace_amount       逾期贷款/其中：逾期超过缓冲期余额        万元  stock          -
36  renewed_amount_ytd                 本年续贷金额                             万元  flow           -
37  extended_amount_ytd                本年展期金额                             万元  flow           -
38  weighted_average_rate              加权平均利率(年)                         %     ratio          -
39  interest_subsidy_accrued_ytd       贴息/本年应贴息                          万元  flow           -
40  interest_subsidy_paid_ytd          贴息/本年已兑付                          万元  flow           -
-   remark                             备注                                     文本  text           -
"""

C01 = """
01 registered_households           户   05 fund_added_amount_ytd           万元
02 eligible_households             户   06 fund_compensated_amount_ytd     万元
03 fund_required_amount            万元 07 mechanism_established           是否
04 fund_balance_amount             万元 08 mechanism_document              文本
09 mechanism_date                  日期 10 posts_county_planned            个
11 posts_county_set_up             个   12 posts_township_planned          个
13 posts_township_set_up           个   14 posts_village_planned           个
15 posts_village_set_up            个   16 credit_households               户
17 credit_villages                 个   18 credit_townships                个
19 visited_households              户   20 scored_households               户
21 mirror_disbursed_households_ytd 户   22 mirror_disbursed_amount_ytd     万元
23 mirror_outstanding_amount       万元 -  project_name                    文本
-  project_total_amount            万元 -  project_invested_amount         万元
-  project_loan_amount             万元 -  project_status                  文本
"""


def _rows(table: str, width: int) -> list[tuple[str, ...]]:
    words = table.split()
    return [tuple(words[i : i + width]) for i in range(0, len(words), width)]


def test_the_bank_statement_is_the_specified_table(catalog: Catalog):
    columns = catalog.forms["M01"].columns
    found = [
        (c.no or "-", c.code, c.label, c.unit, c.kind, "r" if c.required else "c" if c.compared else "-")
        for c in columns
    ]
    assert found == _rows(M01, 6)
    assert not any(c.required and c.compared for c in columns)


def test_the_county_return_is_the_specified_list(catalog: Catalog):
    columns = catalog.forms["C01"].columns
    assert {(c.no or "-", c.code, c.unit) for c in columns} == set(_rows(C01, 3))
    assert {c.code for c in columns if c.by_institution} == {
        "mirror_disbursed_households_ytd",
        "mirror_disbursed_amount_ytd",
        "mirror_outstanding_amount",
    }
    assert {c.code for c in columns if c.repeatable} == {c.code for c in columns if c.code.startswith("project_")}


def test_what_annexes_publish_from_the_county_return_is_required(catalog: Catalog):
    required = {c.code for c in catalog.forms["C01"].columns if c.required}
    assert required == {"registered_households", "fund_balance_amount"}


def test_targets_are_by_institution(catalog: Catalog):
    columns = catalog.forms["T01"].columns
    assert [(c.code, c.unit, c.by_institution) for c in columns] == [
        ("target_amount", "万元", True),
        ("target_households", "户", True),
    ]


Q01 = """
measure_organisation 组织领导 measure_rules 制度建设 measure_products 信贷产品 measure_rates 利率优惠与减费让利
measure_service 网点及服务覆盖 measure_rating 评级授信与入户走访 measure_industry 产业带动与定点帮扶
measure_results 主要成效 measure_problems 存在问题 measure_next_steps 下一步措施 measure_contact 联系人
"""


def test_measures_are_the_specified_list_in_words(catalog: Catalog):
    columns = catalog.forms["Q01"].columns
    assert [(c.code, c.label) for c in columns if not c.repeatable] == _rows(Q01, 2)
    assert {c.code for c in columns if c.repeatable} == {
        "product_name", "product_for_whom", "product_limit", "product_term", "product_rate", "product_guarantee",
    }  # fmt: skip
    assert {c.unit for c in columns} == {"文本"}


def test_every_bank_owes_measures_every_month_and_departments_may_send_them(catalog: Catalog):
    month = Month(2017, 12)
    owing = {unit.id for unit in catalog.units.owing("Q01", month)}
    assert owing == {unit.id for unit in catalog.units.units if unit.institution}
    assert len(owing) == 12
    assert not catalog.units.owing("Q01", Month(2017, 11)), "the notice is of December 2017"
    may = [u for u in catalog.units.units if any(d.form == "Q01" and d.voluntary for d in u.duties)]
    assert may and not any(unit.institution for unit in may)


def test_forms_say_how_often_and_on_whose_authority(catalog: Catalog):
    assert {code: form.frequency for code, form in catalog.forms.items()} == {
        "M01": "month",
        "C01": "month",
        "Q01": "month",
        "T01": "year",
    }
    assert all("安政办函〔2017〕284号" in form.reference for form in catalog.forms.values())


@pytest.mark.parametrize("month", [Month(2017, 1), Month(2018, 3), Month(2021, 1)])
def test_all_columns_are_asked_in_every_month(catalog: Catalog, month):
    assert len(catalog.forms["M01"].columns_in(month)) == 43


def test_the_rate_may_stand_in_two_columns_of_the_upright_form(catalog: Catalog):
    assert catalog.forms["M01"].by_code["weighted_average_rate"].columns == ("本年累计", "期末余额")


def test_the_six_layouts_have_their_shapes(catalog: Catalog):
    assert {layout.id: (layout.form, layout.shape) for layout in catalog.layouts} == {
        "M01-abc": ("M01", "areas_down"),
        "M01-psbc": ("M01", "areas_down"),
        "M01-rcb": ("M01", "indicators_down"),
        "C01": ("C01", "indicators_down"),
        "Q01": ("Q01", "words"),
        "T01": ("T01", "areas_down"),
    }
