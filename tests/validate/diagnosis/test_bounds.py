"""A figure beyond its bound: what goes with it when it is put there."""

from pipeline.model import Severity
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import statement


def left(findings):
    return [(f.rule, f.indicator) for f in findings if not f.under and f.severity is not Severity.NOTE]


TWENTY_SIX = Past.of_submissions([statement(FEBRUARY | {"disbursed_households_ytd": 26}, period="2018-02")])


def test_an_average_above_the_cap_because_households_are_too_few_goes_with_them():
    """130 万元 ÷ 25 = 5.2 万元 a household; with last month's 26, the least that there can be, 5.0: at the cap."""
    findings = judged(statement({"disbursed_households_ytd": 25}), past=TWENTY_SIX)
    assert left(findings) == [("A06", "disbursed_households_ytd")]
    assert [f.rule for f in findings if f.under] == ["A13"]


def test_an_average_that_is_above_the_cap_at_the_bound_too_is_a_matter_of_its_own():
    """130 万元 ÷ 20 = 6.5 万元; with last month's 21 still 6.19."""
    findings = judged(statement({"disbursed_households_ytd": 20}))
    assert left(findings) == [("A13", "disbursed_amount_ytd"), ("A06", "disbursed_households_ytd")]


def test_more_households_than_loans_break_two_rules_and_are_told_once():
    """22 households of the month with 11 loans (A09), so that … ≤ 21 + 22 holds: one message at the households."""
    assert left(judged(statement({"disbursed_households_mtd": 22}))) == [("A09", "disbursed_households_mtd")]


def test_what_is_wrong_in_two_places_stays_two():
    both = statement({"disbursed_households_mtd": 22, "past_due_households": 9})
    assert left(judged(both)) == [("A09", "disbursed_households_mtd"), ("A09", "past_due_households")]
