"""What was lent in the month and in the year, both 8万 too much: 53万 for 45万 and 138万 for 130万."""

from tests.validate.diagnosis.county import TEN_FEBRUARIES, judged, ten
from tests.validate.returns import COUNTY, TEN, WAN, statement

BOTH = {"disbursed_amount_mtd": 53 * WAN, "disbursed_amount_ytd": 138 * WAN}
"""No slip of digits explains both."""


def first(findings):
    (finding,) = [f for f in findings if not f.under and f.cause]
    return finding


def test_a_flow_of_month_and_year_is_told_where_equations_meet_in_it():
    """1200 = 1175 + 53 - 20 is 8万 off, and all that was ever lent as well."""
    finding = first(judged(statement(BOTH)))
    assert (finding.indicator, finding.cause, finding.expected) == (
        "disbursed_amount_mtd", "month_and_year", "450000.00",
    )  # fmt: skip
    assert "138.00万元应为130.00万元" in finding.message


def test_the_same_where_totals_are_typed():
    """The totals are right: ten times 45万 and 130万."""
    totals = {code: 10 * COUNTY[code] for code in BOTH}
    finding = first(judged(ten(totals, **BOTH), past=TEN_FEBRUARIES))
    assert (finding.area, finding.indicator, finding.cause) == (TEN[0], "disbursed_amount_mtd", "month_and_year")


def test_nobody_is_accused_where_other_figures_explain_as_much():
    """8万 more repaid in the month and in the year, or 8万 less outstanding and among the best grade."""
    findings = judged(statement({"repaid_amount_mtd": 28 * WAN, "repaid_amount_ytd": 68 * WAN}))
    assert "month_and_year" not in {finding.cause for finding in findings}
