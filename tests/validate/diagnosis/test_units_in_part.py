"""The grades of a county in 元 for 万元, or two of them exchanged: one message, and no figure that cannot be."""

import pytest

from pipeline.model import Severity
from pipeline.validate.past import NO_PAST, Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, ten, told
from tests.validate.returns import COUNTY, STEP, TEN, WAN, statement, table

NPL = ("substandard_amount", "doubtful_amount", "loss_amount")
GRADES = ("pass_amount", "special_mention_amount", *NPL)
CODES = [code for code in COUNTY if code != "weighted_average_rate"]


def in_yuan(codes):
    return {code: COUNTY[code] * 10_000 for code in codes}


def open_ones(found):
    return [f for f in found if not f.under and f.severity is not Severity.NOTE]


BLOCKS = [
    ("five grades", GRADES, "“五级分类”各栏（正常、关注、次级、可疑、损失）疑似元、万元填错"),
    ("five grades and what is non-performing", (*GRADES, "npl_amount"), "“不良贷款余额”、“五级分类”各栏（五级分类：正常、关注、次级、可疑、损失，不良贷款余额）疑似元、万元填错"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "codes", "words"), BLOCKS)
@pytest.mark.parametrize("past", [None, NO_PAST])
def test_grades_of_a_county_in_yuan_are_one_message_at_the_first_of_them(why, codes, words, past):
    """1180 万元 as 11800000, 12 as 120000, 4, 3 and 1 likewise: together 12000000, where 1200 are outstanding."""
    (root,) = open_ones(judged(statement(in_yuan(codes)), past=past))
    assert (root.indicator, root.cause, root.expected) == ("pass_amount", "unit", "11800000.00")
    assert words in root.message and f"共{len(codes)}处" in root.message


@pytest.mark.parametrize(("why", "codes", "words"), BLOCKS)
def test_of_ten_counties_all_are_one_message_and_one_names_the_county(why, codes, words):
    every = {area: COUNTY | in_yuan(codes) for area in TEN}
    sent = table(every, {code: sum(figures[code] for figures in every.values()) for code in CODES})
    (root,) = open_ones(judged(sent, past=TEN_FEBRUARIES))
    assert (root.area, root.cause, root.message.startswith("汉滨区")) == (TEN[0], "unit", False)
    assert words in root.message and f"共{11 * len(codes)}处" in root.message
    (root,) = open_ones(judged(ten(**in_yuan(codes)), past=TEN_FEBRUARIES))
    assert (root.area, root.cause, root.message.startswith(f"汉滨区{words}")) == (TEN[0], "unit", True)


def test_grades_that_fell_short_by_a_ten_thousandth_are_in_the_other_unit_too():
    """1180.00 万元 typed as 0.12, 12.00 as 0.00: what is left of five grades rounds to 0.12."""
    small = {code: (2 * COUNTY[code] + 10_000 * STEP) // (2 * 10_000 * STEP) * STEP for code in GRADES}
    roots = open_ones(judged(statement(small)))
    assert [(f.rule, f.expected.startswith("-")) for f in roots if f.cause == "unit"] == [("A08", False)]


def test_what_is_not_in_the_block_stays_in_its_unit():
    """A balance that is wrong besides is a second message, with its own proposal in 万元."""
    found = open_ones(judged(statement(in_yuan(GRADES) | {"disbursed_amount_cum": 2200 * WAN})))
    assert {(f.indicator, f.cause, f.expected) for f in found} == {
        ("pass_amount", "unit", "11800000.00"),
        ("disbursed_amount_cum", "wrong_digit", "20000000.00"),
    }


def test_no_proposal_is_below_zero_where_a_figure_never_is():
    """1300 of special mention for 12: 1200 outstanding would leave the best grade 108 below zero."""
    found = judged(statement({"special_mention_amount": 1300 * WAN}))
    assert not [f for f in found if f.expected.startswith("-")]


# ------------------------------------------------------------------ two grades exchanged


def test_two_grades_of_a_county_in_each_others_place_are_named():
    """12 and 4 exchanged: the five still come to 1200, the worst three to 16 and not to 8."""
    exchanged = {"special_mention_amount": 4 * WAN, "substandard_amount": 12 * WAN}
    (root,) = open_ones(judged(statement(exchanged)))
    assert (root.cause, root.indicator in exchanged) == ("columns_exchanged", True)
    assert root.message.startswith("汉阴县“五级分类/次级”与“五级分类/关注”的数疑似互换。")


def test_a_grade_that_is_one_wrong_figure_is_no_exchange():
    """Bad loans of 16 where three grades come to 8: it is the sum that is wrong, whatever could be exchanged."""
    assert told(judged(statement({"npl_amount": 16 * WAN}))) == [("A08", "npl_amount", "other")]


def test_figures_that_were_so_last_month_are_not_exchanged():
    """February had 4 and 12 as well: these are their own places, and the sum of the worst three is wrong."""
    own = {"special_mention_amount": 4 * WAN, "substandard_amount": 12 * WAN}
    before = Past.of_submissions([statement(FEBRUARY | own | {"npl_amount": 16 * WAN}, period="2018-02")])
    (root,) = open_ones(judged(statement(own), past=before))
    assert root.cause != "columns_exchanged"


def test_grades_of_a_county_a_hundredth_of_what_they_are_lost_their_point():
    """1180 万元 as 11.80, 12 as 0.12, 4 as 0.04: no false balance is proposed for the best grade alone."""
    small = {code: COUNTY[code] // 100 for code in (*GRADES, "npl_amount")}
    (root,) = open_ones(judged(statement(small)))
    assert (root.indicator, root.cause, root.expected) == ("pass_amount", "point", "11800000.00")
    assert "共6处" in root.message


def test_grades_of_two_counties_that_changed_places_are_one_message():
    """One owes 1200 万元, the other, which repaid ten less, 1210: 1180 and 1192 of them are in the best grade."""
    other = {"outstanding_amount": 1210 * WAN, "pass_amount": 1192 * WAN, "special_mention_amount": 9 * WAN}
    other |= {"substandard_amount": 5 * WAN, "npl_amount": 9 * WAN}
    other |= {"repaid_amount_mtd": 10 * WAN, "repaid_amount_ytd": 50 * WAN}
    graded = (*GRADES, "npl_amount")
    right = {area: COUNTY for area in TEN} | {TEN[1]: COUNTY | other}
    areas = right | {
        TEN[0]: right[TEN[0]] | {code: right[TEN[1]][code] for code in graded},
        TEN[1]: right[TEN[1]] | {code: right[TEN[0]][code] for code in graded},
    }
    sent = table(areas, {code: sum(figures[code] for figures in areas.values()) for code in CODES})
    (root,) = open_ones(judged(sent, past=TEN_FEBRUARIES))
    assert (root.rule, root.cause) == ("A08", "areas_exchanged")
    assert "汉滨区与汉阴县“不良贷款余额”、“五级分类”各栏的数疑似互换" in root.message


# ------------------------------------------------------------------ everything but the bases, which stood there already

BASES = [code for code in COUNTY if code.startswith("outstanding_amount_")]
FILLED_IN = [code for code in COUNTY if "amount" in code or "subsidy" in code if code not in BASES]


@pytest.mark.parametrize("also_none_before", [(), ("loss_amount",)])
def test_a_handed_out_form_filled_in_yuan_is_one_message_whatever_its_bases(also_none_before):
    """The three bases are in 万元 as we wrote them, 23 amounts in 元: three of them nought, 20 ten thousand times too much."""
    before = Past.of_submissions([statement(FEBRUARY | dict.fromkeys(also_none_before, 0), period="2018-02")])
    (root,) = open_ones(judged(statement(in_yuan(FILLED_IN)), past=before))
    assert root.cause == "unit"
    assert root.message.startswith("汉阴县各栏疑似元、万元填错，共20处")
    assert root.severity is Severity.HARD


def test_of_ten_counties_too():
    every = {area: COUNTY | in_yuan(FILLED_IN) for area in TEN}
    sent = table(every, {code: sum(figures[code] for figures in every.values()) for code in CODES})
    (root,) = open_ones(judged(sent, past=TEN_FEBRUARIES))
    assert root.cause == "unit"
    assert root.message.startswith("全表金额疑似元、万元填错，共")
