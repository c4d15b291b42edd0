"""Several columns that went wrong together are one message: a hand-made March after a true February."""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, statement, table

LENT = ("disbursed_loans", "disbursed_households", "disbursed_amount")


def exchanged(one, other, stems=LENT, figures=COUNTY):
    return {stem + one: figures[stem + other] for stem in stems} | {stem + other: figures[stem + one] for stem in stems}


def taken(target, source, stems, figures=COUNTY):
    return {stem + target: figures[stem + source] for stem in stems}


def every_county(changes):
    areas = {area: COUNTY | changes for area in TEN}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    return table(areas, {code: sum(figures[code] for figures in areas.values()) for code in codes})


FLOWS = (*LENT, "repaid_amount")
BLOCKS = [
    ("the month and the year exchanged", exchanged("_mtd", "_ytd"), "columns_exchanged", "“本月”各栏与“本年累计”各栏的数疑似互换（发放情况：笔数、户数、金额）"),
    ("the year and all time exchanged", exchanged("_ytd", "_cum"), "columns_exchanged", "“本年累计”各栏与“历史累计”各栏的数疑似互换（发放情况：笔数、户数、金额）"),
    ("the month and all time exchanged", exchanged("_mtd", "_cum"), "columns_exchanged", "“本月”各栏与“历史累计”各栏的数疑似互换（发放情况：笔数、户数、金额）"),
    ("with what was repaid too", exchanged("_mtd", "_ytd", FLOWS), "columns_exchanged", "（发放情况：笔数、户数、金额，收回情况：金额）"),
    ("the year's as the month's", taken("_mtd", "_ytd", FLOWS), "year_as_month", "“本月”各栏（发放情况：笔数、户数、金额，收回情况：金额）疑似把累计数填作本月数"),
    ("the year's as all time's", taken("_cum", "_ytd", LENT), "year_as_ever", "“历史累计”各栏（发放情况：笔数、户数、金额）疑似把本年累计数填作历史累计数"),
    ("the year's is February's", taken("_ytd", "_ytd", FLOWS, FEBRUARY), "last_months", "“本年累计”各栏（发放情况：笔数、户数、金额，收回情况：金额）疑似填了上月的数"),
    ("all time's is February's", taken("_cum", "_cum", LENT, FEBRUARY), "last_months", "“历史累计”各栏（发放情况：笔数、户数、金额）疑似填了上月的数"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "changes", "cause", "words"), BLOCKS)
def test_a_block_of_one_county_is_one_message(why, changes, cause, words):
    (root,) = [f for f in judged(statement(changes)) if not f.under]
    assert (root.cause, words in root.message, root.indicator in changes) == (cause, True, True), root.message


@pytest.mark.parametrize(("why", "changes", "cause", "words"), BLOCKS)
def test_a_block_of_ten_counties_is_one_message(why, changes, cause, words):
    (root,) = [f for f in judged(every_county(changes), past=TEN_FEBRUARIES) if not f.under]
    assert (root.cause, words in root.message, root.indicator in changes) == (cause, True, True), root.message


def test_a_block_of_one_county_of_ten_names_the_county():
    areas = {area: COUNTY for area in TEN} | {TEN[0]: COUNTY | exchanged("_mtd", "_ytd")}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    right = {code: 10 * COUNTY[code] for code in codes}
    for total in (right, {code: sum(figures[code] for figures in areas.values()) for code in codes}):
        (root,) = [f for f in judged(table(areas, total), past=TEN_FEBRUARIES) if not f.under]
        assert (root.area, root.cause) == (TEN[0], "columns_exchanged")
        assert root.message.startswith("汉滨区“本月”各栏与“本年累计”各栏的数疑似互换（")


def test_loans_and_households_exchanged_in_every_span_are_one_message():
    """Loans 11, 33, 500 and households 10, 30, 450."""
    changes = {
        f"disbursed_{one}_{span}": COUNTY[f"disbursed_{other}_{span}"]
        for one, other in (("loans", "households"), ("households", "loans"))
        for span in ("mtd", "ytd", "cum")
    }
    (root,) = [f for f in judged(statement(changes)) if not f.under]
    assert root.cause == "columns_exchanged"
    assert "“笔数”各栏与“户数”各栏的数疑似互换（发放情况：本月、本年累计、历史累计）" in root.message


def test_what_was_not_set_back_in_january_is_one_message_households_too():
    """December 220, 210, 850 and 400 repaid; January 11, 10, 45 and 20: the year's figures go on."""
    december = FEBRUARY | {
        "disbursed_loans_ytd": 220, "disbursed_households_ytd": 210, "disbursed_amount_ytd": 850 * WAN,
        "repaid_amount_ytd": 400 * WAN, "written_off_amount_ytd": 0,
    }  # fmt: skip
    past = Past.of_submissions([statement(december, period="2017-12")])
    january = COUNTY | {
        "disbursed_loans_ytd": 11, "disbursed_households_ytd": 10, "disbursed_amount_ytd": 45 * WAN,
        "repaid_amount_ytd": 20 * WAN, "written_off_amount_ytd": 0, "settled_loans_ytd": 11,
        "outstanding_amount_year_start": 1175 * WAN, "renewed_amount_ytd": 0, "extended_amount_ytd": 0,
        "interest_subsidy_accrued_ytd": 1 * WAN, "interest_subsidy_paid_ytd": 0,
    }  # fmt: skip
    assert told(judged(statement(january, period="2018-01"), past=past)) == []
    gone_on = january | {
        "disbursed_loans_ytd": 231, "disbursed_households_ytd": 220, "disbursed_amount_ytd": 895 * WAN,
        "repaid_amount_ytd": 420 * WAN,
    }  # fmt: skip
    (root,) = [f for f in judged(statement(gone_on, period="2018-01"), past=past) if not f.under]
    assert (root.cause, root.indicator, root.expected) == ("year_not_reset", "disbursed_loans_ytd", "11")


def test_two_slips_in_the_same_span_stay_two_messages():
    """A digit in the month's loans (17 for 11), another in what was repaid (26 for 20): nobody copied a block."""
    findings = judged(statement({"disbursed_loans_mtd": 17, "repaid_amount_mtd": 26 * WAN}))
    assert {(f.indicator, f.cause) for f in findings if not f.under} == {
        ("disbursed_loans_mtd", "wrong_digit"), ("repaid_amount_mtd", "wrong_digit"),
    }  # fmt: skip


def test_a_household_figure_that_is_wrong_by_itself_stays_told_beside_a_block():
    """The year's loans and money are February's; of its households there are 300, 10 in the month."""
    changes = taken("_ytd", "_ytd", ("disbursed_loans", "disbursed_amount", "repaid_amount"), FEBRUARY)
    findings = judged(statement(changes | {"disbursed_households_ytd": 300}))
    assert [f.cause for f in findings if not f.under and f.cause] == ["last_months"]
    assert "disbursed_households_ytd" in {f.indicator for f in findings if not f.under and not f.cause}
