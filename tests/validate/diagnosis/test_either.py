"""Figures of one row that a rule holds against one another: told at the one that is wrong, or at all that may be.

In the history the stocks stay what they are, month by month; 20 households were lent to by February, 441 since lending
began, and March has ten of its own: 30 and 450.
"""

import pytest

from pipeline.model import Bound, Severity
from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import TEN_FEBRUARIES, ten
from tests.validate.months import history, month
from tests.validate.returns import TEN, catalog, cell_of, county_return

RATED, LINES, LOANS, OWING = (
    "rated_households", "credit_line_households", "outstanding_loans", "outstanding_households",
)  # fmt: skip
MONTH, YEAR, EVER = (f"disbursed_households_{span}" for span in ("mtd", "ytd", "cum"))


def judged(sent, *returns, past=None):
    """All that is to be answered."""
    known = Past.of_submissions(history(sent.period)) if past is None else past
    found = [*check([sent], catalog()), *check_over_time([sent], catalog(), known)]
    told = diagnose(found, [sent], catalog(), known, returns=returns)
    return [f for f in told if f.severity is not Severity.NOTE]


def told(sent, *returns, **more):
    return [(f.rule, f.indicator, f.expected, f.bound) for f in judged(sent, *returns, **more) if not f.under]


def says(households, **more):
    return county_return({"mirror_disbursed_households_ytd@rcb": households}, **more)


# ------------------------------------------------------------------ two that one is not above


@pytest.mark.parametrize(("why", "changes", "found"), [
    ("as many as are rated, to the household: pasted", {LINES: 1400}, [("A12", LINES, "", Bound.EXACT)]),
    ("one less", {LINES: 1399}, []),
    ("one more: the lines have moved, the ratings have not", {LINES: 1401}, [("A12", LINES, "1400", Bound.AT_MOST)]),
    ("one rated less: the ratings have moved", {RATED: 1199}, [("A12", RATED, "1200", Bound.AT_LEAST)]),
    ("fewer loans than households: the loans have moved", {LOANS: 289}, [("A09", LOANS, "290", Bound.AT_LEAST)]),
    ("more households than loans: they have moved", {OWING: 301}, [("A09", OWING, "300", Bound.AT_MOST)]),
])  # fmt: skip
def test_it_is_told_at_the_figure_that_moved(why, changes, found):
    assert told(month(changes=changes)) == found, why


def test_the_message_says_which_moved_and_how_far():
    (finding,) = judged(month(changes={LINES: 1401}))
    assert finding.message == (
        "汉阴县“评级授信/评级户数”1400户小于“评级授信/授信户数”1401户。“评级授信/授信户数”比上月变动201户，"
        "超过以往各月的最大变动0户，另一个数没有这样变动：疑似“评级授信/授信户数”填错。请核实；如属实，请说明原因。"
    )
    assert (finding.cell, finding.value) == (cell_of(LINES), "1401")


@pytest.mark.parametrize(("why", "changes", "earlier"), [
    ("both have moved", {RATED: 1399, LINES: 1400}, {}),
    ("neither has moved farther than before", {LINES: 1401}, {"2017-08": {LINES: 999}}),
    ("last month's ratings would not do", {RATED: 1299, LINES: 1300}, {"2018-02": {LINES: 1300, RATED: 1290}}),
])  # fmt: skip
def test_where_it_cannot_be_told_both_are_named_alike(why, changes, earlier):
    (finding,) = judged(month(changes=changes), past=Past.of_submissions(history(changes=earlier)))
    assert finding.cell == cell_of(RATED), why
    assert f"和“评级授信/授信户数”（单元格{cell_of(RATED)}、{cell_of(LINES)}）至少有一个填错" in finding.message
    assert finding.places, "both cells are marked"


def test_of_a_change_that_nobody_knows_the_usual_of_nothing_is_said():
    known = Past.of_submissions(history(missing=[p for p in HISTORY if p != "2018-02"]))
    (finding,) = judged(month(changes={LINES: 1401}), past=known)
    assert finding.cell == cell_of(RATED) and "至少有一个填错" in finding.message


HISTORY = [sent.period for sent in history()]

# ------------------------------------------------------------------ households of the month, the year, all years

NINE, EIGHT = month(changes={MONTH: 9}), month(changes={MONTH: 8, YEAR: 28})


@pytest.mark.parametrize(("why", "returns", "found"), [
    ("the county has the year as it is", [says(30)], (MONTH, "10", Bound.AT_LEAST)),
    ("the county has what the month explains", [says(29)], (YEAR, "29", Bound.EXACT)),
    ("or less, but not less than by February", [says(20)], (YEAR, "20", Bound.EXACT)),
    ("less than by February: it is heard for nothing", [says(19)], (YEAR, "29", Bound.AT_MOST)),
    ("more than either", [says(31)], (YEAR, "29", Bound.AT_MOST)),
    ("no county", [], (YEAR, "29", Bound.AT_MOST)),
    ("of another month", [says(30, period="2018-02")], (YEAR, "29", Bound.AT_MOST)),
])  # fmt: skip
def test_a_year_that_is_more_than_its_months_is_decided_by_the_county(why, returns, found):
    assert told(NINE, *returns) == [("A06", *found)], why


def test_without_a_county_month_and_year_are_named_alike():
    (finding,) = judged(NINE)
    assert finding.message == (
        "汉阴县“发放情况/本年累计/户数”30户，多于29户（上月20户＋本月9户）：新增的户数不会多于本月发放的户数；"
        f"“发放情况/本年累计/户数”和“发放情况/本月/户数”（单元格{cell_of(YEAR)}、{cell_of(MONTH)}）至少有一个填错，"
        "从报表看不出是哪一个。请核对本月和累计的户数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
    )


def test_in_january_nothing_is_said_of_last_month():
    more = {f"disbursed_loans_{span}": value for span, value in (("mtd", 12), ("ytd", 12), ("cum", 479))}
    (finding,) = [f for f in judged(month("2018-01", {YEAR: 11} | more)) if f.rule == "A06"]
    assert finding.message == (
        "汉阴县“发放情况/本年累计/户数”11户，而“发放情况/本月/户数”10户：1月的本年累计就是本月；"
        f"“发放情况/本年累计/户数”和“发放情况/本月/户数”（单元格{cell_of(YEAR)}、{cell_of(MONTH)}）至少有一个填错，"
        "从报表看不出是哪一个。请核对这两个户数，改正后重新报送。"
    )


@pytest.mark.parametrize(("why", "returns", "found"), [
    ("the county has two more in the year", [says(30)], (MONTH, "9", Bound.AT_LEAST)),
    ("one more, as all years have", [says(29)], (MONTH, "9", Bound.AT_LEAST)),
    ("the county has the year as it is", [says(28)], (EVER, "449", Bound.AT_MOST)),
    ("the county has less", [says(27)], (EVER, "449", Bound.AT_MOST)),
    ("no county", [], (EVER, "449", Bound.AT_MOST)),
])  # fmt: skip
def test_all_years_that_are_more_than_the_month_are_decided_by_the_county(why, returns, found):
    """449 are 441 and eight."""
    assert [f for f in told(EIGHT, *returns) if f[0] == "A06"] == [("A06", *found)], why


def test_what_the_month_then_explains_goes_with_it():
    """45万 lent to eight households are more than 5万 each, to ten they are not."""
    found = judged(EIGHT, says(30))
    (root,) = [f for f in found if not f.under]
    assert [f.rule for f in found if f.under == root.id] == ["A13"]


def test_without_a_county_all_three_are_named():
    (finding,) = [f for f in judged(EIGHT) if f.rule == "A06"]
    assert f"（单元格{cell_of(EVER)}、{cell_of(MONTH)}、{cell_of(YEAR)}）" in finding.message


@pytest.mark.parametrize(("why", "returns", "found"), [
    ("the county has the year as it is", [says(11, period="2018-01")], (MONTH, "11", Bound.EXACT)),
    ("the county has the month's", [says(10, period="2018-01")], (YEAR, "10", Bound.EXACT)),
    ("no county", [], (YEAR, "10", Bound.EXACT)),
])  # fmt: skip
def test_in_january_the_year_is_the_month(why, returns, found):
    """Twelve loans to eleven households."""
    more = {f"disbursed_loans_{span}": value for span, value in (("mtd", 12), ("ytd", 12), ("cum", 479))}
    sent = month("2018-01", {YEAR: 11} | more)
    assert [f for f in told(sent, *returns) if f[0] == "A06"] == [("A06", *found)], why


def test_typed_totals_that_add_up_go_with_what_is_meant():
    """Eight for ten in the first of ten counties, 98 in the total: with nine, 99."""
    county = county_return({"mirror_disbursed_households_ytd@abc": 30}, area=TEN[0])
    found = told(ten({MONTH: 98}, **{MONTH: 8}), county, past=TEN_FEBRUARIES)
    assert [f[:3] for f in found] == [("A06", MONTH, "9")]
