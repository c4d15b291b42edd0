"""Statements are diagnosed a few at a time, and what is said of them is the same as if each came alone."""

from dataclasses import replace

import pytest

from pipeline.model import Severity
from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.diagnosis import portions
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY
from tests.validate.returns import WAN, catalog, county_return, statement

PAST = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
WRONG = (
    {"disbursed_amount_mtd": 450 * WAN},
    {"outstanding_amount": 1020 * WAN},
    {"repaid_amount_mtd": -20 * WAN},
    {"past_due_loans": 60},
    {"outstanding_amount": 1175 * WAN},
)


def sent_again(number, changes=None):
    return replace(statement(changes), sha256=f"{number}")


def found_on(sent):
    return [*check(sent, catalog()), *check_over_time(sent, catalog(), PAST)]


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 6])
def test_however_many_are_looked_at_together_the_same_is_said_in_the_same_order(monkeypatch, at_once):
    true_ones = [sent_again(f"true{number}") for number in range(3)]
    sent = [one for pair in zip(true_ones, map(sent_again, range(3), WRONG), strict=False) for one in pair]
    sent += [sent_again(number, WRONG[number]) for number in (3, 4)]
    found = found_on(sent)
    alone = {one.id: iter(diagnose(found_on([one]), [one], catalog(), PAST)) for one in sent}
    monkeypatch.setattr(portions, "AT_ONCE", at_once)
    told = diagnose(found, sent, catalog(), PAST)
    assert told == [next(alone[finding.submission]) for finding in found]
    assert {finding.cause for finding in told} >= {"digit_more", "transposed", "sign", "last_months"}


def test_what_has_nothing_to_answer_is_in_no_portion():
    (wrong,) = found_on([sent_again("b", WRONG[0])])[:1]
    note, in_file = replace(wrong, submission="note", severity=Severity.NOTE), replace(wrong, level=0)
    sent = [sent_again("a"), sent_again("b", WRONG[0])]
    assert list(portions.portions([note, in_file], sent)) == []
    assert list(portions.portions([note, in_file, wrong], sent)) == [([sent[1]], [1, 2])], (
        "with all that is found on it"
    )


def test_a_last_portion_is_smaller(monkeypatch):
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    sent = [sent_again(number, WRONG[0]) for number in range(5)]
    (wrong,) = found_on(sent[:1])[:1]
    found = [replace(wrong, submission=one.id) for one in reversed(sent)]
    assert list(portions.portions(found, sent)) == [(sent[:2], [3, 4]), (sent[2:4], [1, 2]), (sent[4:], [0])]


def test_findings_on_other_forms_stay_as_they_are():
    county = county_return({"fund_balance_amount": -1 * WAN})
    sent = [county, sent_again("b", WRONG[0])]
    found = found_on(sent)
    on_county = [number for number, finding in enumerate(found) if finding.submission == county.id]
    told = diagnose(found, sent, catalog(), PAST)
    assert on_county and [told[number] for number in on_county] == [found[number] for number in on_county]
