"""What is wrong throughout is told at sight and once: rows of another, flows not renewed, minus signs, lost points."""

from pipeline.validate.past import NO_PAST, Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, catalog, statement, table

CODES = [code for code in COUNTY if code != "weighted_average_rate"]
AMOUNTS = [column.code for column in catalog().forms["M01"].columns if column.is_amount and column.code in COUNTY]


def different(month):
    """Ten counties, the second with everything twice, the third thrice; no bases typed."""
    untyped = {code: None for code in month if code.startswith("outstanding_amount_")}
    return {
        area: month | {code: times * month[code] for code in CODES} | untyped for times, area in enumerate(TEN, start=1)
    }


FEBRUARY_ALONE = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
PAST = Past.of_submissions([table(different(FEBRUARY), period="2018-02")])
MARCH = different(COUNTY)


def totals(areas):
    there = [code for code in CODES if areas[TEN[0]][code] is not None]
    return {code: sum(figures[code] for figures in areas.values()) for code in there}


def roots(sent, past=PAST):
    return [f for f in judged(sent, past=past) if not f.under and f.severity != "note"]


def test_ten_different_counties_say_nothing():
    assert roots(table(MARCH, totals(MARCH))) == []


def test_a_row_that_is_the_county_above_again_is_one_message_at_that_row():
    """Whether the total was added up with it or not."""
    wrong = MARCH | {TEN[4]: MARCH[TEN[3]]}
    for total in (totals(MARCH), totals(wrong)):
        (root,) = roots(table(wrong, total))
        assert (root.area, root.cause) == (TEN[4], "other_area")
        assert "与“宁陕县”一行的相同：疑似整行填了别的行的数。请改填紫阳县2018年3月的数，重新报送。" in root.message


def test_a_row_with_the_total_in_it_is_one_message_at_that_row():
    (root,) = roots(table(MARCH | {TEN[4]: MARCH[TEN[4]] | totals(MARCH)}, totals(MARCH)))
    assert (root.area, root.cause) == (TEN[4], "other_area") and "与“合计”一行的相同" in root.message


def test_a_row_of_february_is_one_message_and_another_slip_stays_its_own():
    wrong = MARCH | {TEN[4]: different(FEBRUARY)[TEN[4]]}
    slip = wrong | {TEN[7]: wrong[TEN[7]] | {"repaid_amount_mtd": 1600 * WAN}}
    assert [(f.area, f.cause) for f in roots(table(wrong, totals(MARCH)))] == [(TEN[4], "last_months")]
    found = {(f.area, f.indicator, f.cause) for f in roots(table(slip, totals(slip)))}
    assert {(area, cause) for area, _, cause in found} == {(TEN[4], "last_months"), (TEN[7], "digit_more")}


def test_flows_that_were_not_renewed_are_one_message():
    """All flows are February's, the balance is March's: nobody knows what was meant."""
    flows = [code for code in COUNTY if code.endswith(("_mtd", "_ytd", "_cum"))]
    others = {"credit_line_amount": 6100 * WAN, "credit_line_households": 1210, "rated_households": 1410,
              "outstanding_loans": 304, "outstanding_households": 294, "eligible_households": 1510,
              "past_due_loans": 7, "past_due_amount": 10 * WAN}  # fmt: skip
    sent = statement({code: FEBRUARY[code] for code in flows} | others)
    (root,) = roots(sent, FEBRUARY_ALONE)
    assert (root.cause, root.expected) == ("last_months", "")
    assert "（本月、本年累计、历史累计）都与2018年2月的报表相同，余额却有变动" in root.message


def test_a_row_of_minus_signs_is_one_message_whatever_the_total_says():
    minus = {code: -COUNTY[code] for code in AMOUNTS}
    areas = {area: COUNTY for area in TEN} | {TEN[3]: COUNTY | minus}
    for total in ({code: 10 * COUNTY[code] for code in CODES}, {c: sum(f[c] for f in areas.values()) for c in CODES}):
        assert [(f.area, f.cause) for f in roots(table(areas, total), TEN_FEBRUARIES)] == [(TEN[3], "sign")]


def test_three_minus_signs_are_told_one_by_one():
    minus = {code: -COUNTY[code] for code in ("credit_line_amount", "past_due_amount", "renewed_amount_ytd")}
    assert [f.rule for f in judged(statement(minus)) if not f.under] == ["A10"] * 3


def test_decimals_that_run_on_through_a_file_are_one_message():
    (root,) = roots(statement({code: 100 * COUNTY[code] for code in AMOUNTS}), FEBRUARY_ALONE)
    assert root.cause == "point"


def test_spans_exchanged_in_a_first_month_are_seen_by_their_order():
    """130 万元 in the month and 45 in the year, in ten counties; in one alone what follows from its bases tells."""
    swap = {"disbursed_amount_mtd": 130 * WAN, "disbursed_amount_ytd": 45 * WAN}
    areas = {area: COUNTY | swap for area in TEN}
    total = {code: sum(figures[code] for figures in areas.values()) for code in CODES}
    (root,) = roots(table(areas, total), NO_PAST)
    assert root.cause == "columns_exchanged"
    assert "“发放情况/本月/金额”与“发放情况/本年累计/金额”的数疑似互换" in root.message
    one = judged(statement(swap), past=NO_PAST)
    assert {f.cause for f in one if not f.under} == {"columns_exchanged"}


def test_a_row_wrong_throughout_for_no_known_reason_is_told_at_the_row():
    """A total of ten true counties; one of them reads 7 more in each count, 70 万元 more in each amount."""
    odd = {code: COUNTY[code] + (71 * WAN if code in AMOUNTS else 7) for code in CODES}
    areas = {area: COUNTY for area in TEN} | {TEN[5]: COUNTY | odd}
    found = roots(table(areas, {code: 10 * COUNTY[code] for code in CODES}), TEN_FEBRUARIES)
    assert {(f.area, f.cause) for f in found if f.severity == "hard"} == {(TEN[5], "row")}
    assert told(found)
