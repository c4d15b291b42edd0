"""Reports whose amounts were all rounded, and proposals that are right one by one and contradict one another."""

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import WAN, statement


def wan(**figures):
    return {code: round(value * WAN) for code, value in figures.items()}


FINE = FEBRUARY | wan(
    disbursed_amount_mtd=43.21, disbursed_amount_ytd=166.51, disbursed_amount_cum=1886.80, repaid_amount_mtd=43.05,
    repaid_amount_ytd=94.29, written_off_amount_ytd=4, outstanding_amount=907.18,
)  # fmt: skip
"""A February that is told to 0.01 万元."""
DECEMBER = FEBRUARY | wan(outstanding_amount=838.96, repaid_amount_mtd=33.33, repaid_amount_ytd=301.25)
WHOLE = wan(
    disbursed_amount_mtd=50, disbursed_amount_ytd=217, disbursed_amount_cum=1937, repaid_amount_mtd=20,
    repaid_amount_ytd=114, written_off_amount_ytd=4, outstanding_amount=937, pass_amount=890,
    special_mention_amount=29, substandard_amount=3, doubtful_amount=13, loss_amount=2, npl_amount=18,
    outstanding_amount_previous_month=907.18, outstanding_amount_year_start=838.96,
)  # fmt: skip
"""March in whole 万元, under the bases that a blank form of ours brings along."""
PAST = Past.of_submissions([statement(DECEMBER, period="2017-12"), statement(FINE, period="2018-02")])


def roots(changes):
    return [finding for finding in judged(statement(changes), past=PAST) if not finding.under and finding.level > 0]


def test_bases_that_our_form_brings_along_do_not_hide_that_all_else_was_rounded():
    """907.18 + 50 - 20 = 937.18, 838.96 + 217 - 114 - 4 = 937.96, 166.51 + 50 = 216.51, 1886.80 + 50 = 1936.80."""
    (root,) = roots(WHOLE)
    assert root.cause == "rounded" and "1.00万元的整倍数" in root.message


def test_proposals_of_one_statement_go_together():
    """A month of 49.82 would mend the balance, and a year of 216.04: but 166.51 + 49.82 is 216.33, and never 216.04."""
    found = roots(WHOLE | wan(past_due_amount=9.5))
    proposed = {f.indicator: f.expected for f in found if f.expected}
    assert proposed == {
        "disbursed_amount_mtd": "495300.00",
        "disbursed_amount_ytd": "2160400.00",
        "disbursed_amount_cum": "19363300.00",
    }, "166.51 + 49.53 = 216.04, 1886.80 + 49.53 = 1936.33"
    (month,) = [f for f in found if f.indicator == "disbursed_amount_mtd"]
    assert "“收回情况/本月金额”20.00万元应为19.71万元" in month.message, "907.18 + 49.53 - 19.71 = 937.00"
