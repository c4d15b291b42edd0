"""A slip in the unit of money leaves nought as it is: no cell of nought is told, marked or counted."""

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import COUNTY, TEN, WAN, cell_of, statement, table

QUIET = {
    "disbursed_loans_mtd": 0,
    "disbursed_households_mtd": 0,
    "disbursed_amount_mtd": 0,
    "disbursed_loans_ytd": 22,
    "disbursed_households_ytd": 21,
    "disbursed_amount_ytd": 85 * WAN,
    "disbursed_loans_cum": 489,
    "disbursed_households_cum": 441,
    "disbursed_amount_cum": 1955 * WAN,
    "outstanding_amount": 1155 * WAN,
    "pass_amount": 1135 * WAN,
    "settled_loans_ytd": 25,
}
"""A March in which nothing was lent: 1175 + 0 - 20 = 1155."""
MONEY = {code: value for code, value in (COUNTY | QUIET).items() if "amount" in code or "subsidy" in code}
IN_YUAN = {code: value * 10_000 for code, value in MONEY.items()}
NOUGHTS = {code for code, value in MONEY.items() if not value}


def roots(findings):
    return [finding for finding in findings if not finding.under and finding.cause == "unit"]


def test_a_quiet_month_is_none_of_the_figures_in_the_wrong_unit():
    (root,) = roots(judged(statement(QUIET | IN_YUAN)))
    accused = {one.indicator: (one.value, one.expected) for one in root.accused}
    assert accused.keys() == MONEY.keys() - NOUGHTS and "disbursed_amount_mtd" in NOUGHTS
    assert accused["outstanding_amount"] == ("115500000000.00", "11550000.00")
    assert root.indicator not in NOUGHTS and "0.00万元应为0.00万元" not in root.message
    assert f"共{len(accused)}处" in root.message


def test_nor_is_it_where_one_county_of_ten_is_in_the_wrong_unit():
    areas = {area: COUNTY for area in TEN} | {TEN[0]: COUNTY | QUIET | IN_YUAN}
    past = Past.of_submissions([table({area: FEBRUARY for area in TEN}, period="2018-02")])
    (root,) = roots(judged(table(areas), past=past))
    assert root.area == TEN[0] and root.indicator not in NOUGHTS
    assert {one.indicator for one in root.accused}.isdisjoint(NOUGHTS)
    assert not {one.cell for one in root.accused} & {cell_of(code) for code in NOUGHTS}
