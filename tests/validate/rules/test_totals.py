"""A01: typed totals against the areas that they sum up."""

import pytest

from pipeline.validate import check
from pipeline.validate.building import books
from pipeline.validate.rules.totals import mismatches
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, cell_of, codes, table

AREAS = {area: COUNTY for area in TEN}
TOTAL = {code: 10 * value for code, value in COUNTY.items() if code != "weighted_average_rate"}

STOCK, MTD, YTD, COUNT = "outstanding_amount", "disbursed_amount_mtd", "disbursed_amount_ytd", "outstanding_households"
WORDS = "“{}”的合计填报{}，各县区相加为{}，相差{}{}。请核对合计数和各县区数，改正后重新报送。"

CASES = [
    ("the areas add up", {}, {}, None),
    (
        "eleven rounded figures may differ by five and a half steps",
        {STOCK: 12000 * WAN + 5 * STEP + STEP // 2},
        {},
        None,
    ),
    (
        "one fen more is too much",
        {STOCK: 12000 * WAN + 5 * STEP + STEP // 2 + 1},
        {},
        WORDS.format(
            "期末余额/金额", "12000.055001万元", "12000.00万元", "0.055001万元", "（四舍五入最多相差0.055万元）"
        ),
    ),
    (
        "downwards too",
        {STOCK: 12000 * WAN - 6 * STEP},
        {},
        WORDS.format("期末余额/金额", "11999.94万元", "12000.00万元", "0.06万元", "（四舍五入最多相差0.055万元）"),
    ),
    ("a month's amount is one figure an area", {MTD: 450 * WAN + 5 * STEP}, {}, None),
    (
        "and no more",
        {MTD: 450 * WAN + 6 * STEP},
        {},
        WORDS.format("发放情况/本月/金额", "450.06万元", "450.00万元", "0.06万元", "（四舍五入最多相差0.055万元）"),
    ),
    ("in March a year's amount may be three rounded months", {YTD: 1300 * WAN + 16 * STEP}, {}, None),
    (
        "seventeen steps are too many",
        {YTD: 1300 * WAN + 17 * STEP},
        {},
        WORDS.format(
            "发放情况/本年累计/金额", "1300.17万元", "1300.00万元", "0.17万元", "（四舍五入最多相差0.165万元）"
        ),
    ),
    ("in December twelve", {YTD: 1300 * WAN + 66 * STEP}, {"period": "2018-12"}, None),
    (
        "sixty-seven steps are too many",
        {YTD: 1300 * WAN + 66 * STEP + 1},
        {"period": "2018-12"},
        WORDS.format(
            "发放情况/本年累计/金额", "1300.660001万元", "1300.00万元", "0.660001万元", "（四舍五入最多相差0.66万元）"
        ),
    ),
    (
        "in January one",
        {YTD: 1300 * WAN + 6 * STEP},
        {"period": "2018-01"},
        WORDS.format(
            "发放情况/本年累计/金额", "1300.06万元", "1300.00万元", "0.06万元", "（四舍五入最多相差0.055万元）"
        ),
    ),
    (
        "a sender exact to the fen has no tolerance",
        {STOCK: 12000 * WAN + 1},
        {"step": 1},
        WORDS.format("期末余额/金额", "12000.000001万元", "12000.00万元", "0.000001万元", ""),
    ),
    (
        "counts have none",
        {COUNT: 2901},
        {},
        WORDS.format("期末余额/户数", "2901户", "2900户", "1户", ""),
    ),
    ("a total that is not typed is not compared", {STOCK: None}, {}, None),
]


@pytest.mark.parametrize(("why", "typed", "given", "message"), CASES, ids=[case[0] for case in CASES])
def test_areas_add_up_to_total(why, typed, given, message):
    findings = check([table(AREAS, TOTAL | typed, **given)], catalog())
    assert [finding.message for finding in findings] == ([message] if message else [])
    for finding in findings:
        (code,) = typed
        assert (finding.rule, finding.severity, finding.area, finding.indicator) == ("A01", "hard", "", code)
        assert finding.cell == cell_of(code, 4)


def test_the_finding_holds_plain_figures():
    (finding,) = check([table(AREAS, TOTAL | {STOCK: 11990 * WAN})], catalog())
    assert (finding.value, finding.expected) == ("119900000.00", "120000000.00")


def test_rates_are_not_added():
    assert check([table(AREAS, TOTAL | {"weighted_average_rate": 4_400_000})], catalog()) == []


def test_areas_inside_another_are_not_added_twice():
    inside = {area: COUNTY | {"eligible_households": 100} for area in ("gaoxin", "hengkou")}
    assert check([table(AREAS | inside, TOTAL)], catalog()) == []


def test_a_blank_that_means_none_is_added_as_nothing():
    areas = AREAS | {"baihe": COUNTY | {"written_off_amount_ytd": None}}
    assert check([table(areas, TOTAL | {"written_off_amount_ytd": 9 * WAN})], catalog()) == []
    (finding,) = check([table(areas, TOTAL)], catalog())
    assert finding.message.startswith(
        "“核销及代偿/本年累计金额”的合计填报10.00万元，各县区相加为9.00万元，相差1.00万元"
    )


def test_a_column_in_which_an_area_is_not_reported_is_not_compared():
    areas = AREAS | {"baihe": COUNTY | {"interest_subsidy_paid_ytd": None}}
    assert check([table(areas, TOTAL)], catalog()) == []


@pytest.mark.parametrize(
    ("why", "change", "rule"),
    [
        ("a blank that is owed is A16's", {"outstanding_households": None}, "A16"),
        ("a figure below zero is A10's", {"settled_loans_ytd": -12}, "A10"),
    ],
)
def test_one_cause_is_one_finding(why, change, rule):
    assert codes(check([table(AREAS | {"baihe": COUNTY | change}, TOTAL)], catalog())) == [rule]


def test_a_reversed_month_still_adds_up():
    areas = AREAS | {"baihe": COUNTY | {"repaid_amount_mtd": -5 * WAN}}
    assert codes(check([table(areas, TOTAL | {"repaid_amount_mtd": 175 * WAN})], catalog())) == ["A10"]
    assert codes(check([table(areas, TOTAL)], catalog())) == ["A01", "A10"]


def test_totals_of_an_incomplete_table_are_not_compared():
    nine = {area: COUNTY for area in TEN[:9]}
    assert codes(check([table(nine, TOTAL)], catalog())) == ["A16"]


LOSS, LOST = "loss_amount", "written_off_amount_ytd"


def told(areas, total, step=STEP):
    return [f.indicator for f in check([table(areas, total, step=step)], catalog()) if f.rule == "A01"]


@pytest.mark.parametrize(("least", "wrong"), [(0, [LOSS]), (-1, [])])
def test_a_nought_is_added_and_what_is_below_it_is_a10_s(least, wrong):
    areas = AREAS | {TEN[0]: COUNTY | {LOSS: least}}
    assert told(areas, {LOSS: 50 * WAN}) == wrong


@pytest.mark.parametrize(("off", "wrong"), [(11, []), (12, [STOCK])])
def test_two_fen_are_a_step(off, wrong):
    """Eleven figures of two fen each, half of that: eleven."""
    assert told(AREAS, {STOCK: 12000 * WAN + off}, step=2) == wrong


def test_a_total_of_what_no_area_reports_is_told():
    areas = {area: COUNTY | {LOST: None} for area in TEN}
    assert told(areas, {LOST: 5 * WAN}) == [LOST]


def test_one_area_that_tells_nothing_at_all_adds_nothing_either():
    areas = AREAS | {TEN[0]: dict.fromkeys(COUNTY)}
    assert told(areas, {LOST: 10 * WAN}) == []


def test_one_area_alone_that_tells_nothing_is_nothing_to_compare_with():
    (book,) = books([table({TEN[0]: dict.fromkeys(COUNTY)}, {LOST: WAN})], catalog()).values()
    assert list(mismatches(book)) == []


def test_it_looks_at_a_statement_by_itself():
    (found,) = [f for f in check([table(AREAS, {STOCK: 1})], catalog()) if f.rule == "A01"]
    assert found.level == 1
