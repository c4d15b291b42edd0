"""A25: households and loans against last month's, a digit too many or too few."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from pipeline.validate.rules.counts import COUNTS
from tests.validate.months import MONTHS, Over, check_over, imported
from tests.validate.returns import COUNTY, TEN, WAN, catalog, table

REGISTERED, ELIGIBLE, RATED, LINES, LOANS, OWING, LATE_LOANS, LATE = COUNTS
LABEL = {
    REGISTERED: "建档立卡情况/建档立卡贫困户数", ELIGIBLE: "建档立卡情况/符合条件且有贷款意愿户数",
    RATED: "评级授信/评级户数", LINES: "评级授信/授信户数", LOANS: "期末余额/笔数", OWING: "期末余额/户数",
    LATE_LOANS: "逾期贷款/笔数", LATE: "逾期贷款/户数",
}  # fmt: skip
MORE, LESS, POINT = "多写一位", "少写一位", "小数点错位"
BEFORE = {code: MONTHS["2018-02"][code] for code in COUNTS}
"""2000, 1500, 1400, 1200, 300, 290, 6, 5: last month's."""


def slip(why, at, now, cause, meant, expected="", last=None, **more):
    """A count that last month's tells to be wrong; `last` is last month's, and that of the month before if not told."""
    unit = "笔" if at.endswith("_loans") else "户"
    base = BEFORE[at] if last is None else last
    told = (
        f"汉阴县“{LABEL[at]}”{now}{unit}，上月{base}{unit}，差五倍以上：疑似{cause}，推算应{meant}{unit}。"
        "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
    )
    return Over("A25", why, {at: now}, told, "soft", at, str(now), expected, **as_before(at, last) | more)


def none(why, at, now, last=None, **more):
    return Over("A25", why, {at: now}, **as_before(at, last) | more)


def as_before(at, last):
    return {} if last is None else {"earlier": {"2018-01": {at: last}, "2018-02": {at: last}}}


CASES = [
    Over("A25", "as last month"),
    slip("a nought more", REGISTERED, 20000, MORE, "为2000", "2000"),
    slip("a nought less", REGISTERED, 200, LESS, "约为2000"),
    slip("wishing to borrow", ELIGIBLE, 15000, MORE, "为1500", "1500"),
    slip("rated", RATED, 140, LESS, "约为1400"),
    slip("with a line", LINES, 12000, MORE, "为1200", "1200"),
    slip("loans", LOANS, 3000, MORE, "为300", "300", also=frozenset({"A28"})),
    slip("owing", OWING, 2900, MORE, "为290", "290", also=frozenset({"A13"})),
    slip("loans past due", LATE_LOANS, 120, MORE, "为12", "12", last=12),
    slip("households past due", LATE, 110, MORE, "为11", "11", last=11),
    slip("thirteen times", RATED, 18200, MORE, "为1820", "1820"),
    slip("seven times", RATED, 9800, MORE, "为980", "980"),
    slip("thirteen hundredths", RATED, 182, LESS, "约为1820"),
    slip("seven hundredths", RATED, 98, LESS, "约为980"),
    none("without any one digit 19900 is 9900, 1900 or 1990", RATED, 19900),
    none("with any digit more 19 is 919 at the most", RATED, 19),
    slip("a digit in front", LOANS, 4300, MORE, "为300", "300", also=frozenset({"A28"})),
    none("five times may be true, though 1050 is 150 without its nought", LOANS, 1050, last=210, also=frozenset({"A28"})),
    slip("one more than five times, and 151 without its nought", LOANS, 1051, MORE, "为151", "151", last=210, also=frozenset({"A28"})),
    none("a fifth may be true, though 210 is 1210 with a digit in front", LOANS, 210, last=1050),
    slip("one less than a fifth", LOANS, 209, LESS, "为1209", "1209", last=1050),
    slip("a hundred times", RATED, 140_000, POINT, "为1400", "1400"),
    slip("ten loans past due are enough", LATE_LOANS, 100, MORE, "为10", "10", last=10),
    none("nine are few", LATE_LOANS, 90, last=9),
    slip("last month's was twice as much as the month before", RATED, 28000, MORE, "为2800", "2800", last=2800,
         earlier={"2018-02": {RATED: 2800}}),
    none("more than twice: that was wrong, or this grows", RATED, 28010, earlier={"2018-02": {RATED: 2801}}),
    none("last month's was wrong, and this is right", RATED, 1400, earlier={"2018-02": {RATED: 140}}),
    none("to nothing", RATED, 0),
    none("from nothing", RATED, 1400, last=0),
    none("not reported", RATED, None),
    none("not reported last month", RATED, 14000, earlier={"2018-02": {RATED: None}}),
    none("nothing is in force of last month", RATED, 14000, missing=("2018-02",)),
    slip("an imported figure is a base to ask about", RATED, 14000, MORE, "为1400", "1400", missing=("2018-02",),
         imported=(imported("2018-02", RATED, 1400),)),
    none("below zero is A10's", RATED, -14000),
    Over("A25", "credit lines grew with what they add up to", {LINES: 12000, "credit_line_amount": 12001 * WAN},
         also=frozenset({"A15"})),
    slip("what is lent by a line may be twice as much by itself", LINES, 12000, MORE, "为1200", "1200",
         earlier={"2018-02": {"credit_line_amount": 3000 * WAN}}),
    none("lending and what settles it are others' to tell", "settled_loans_ytd", 120, also=frozenset({"A28"})),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_counts_keep_their_size(case):
    check_over(case)


def test_a_total_is_its_areas_to_tell():
    """Ten areas of 1400 are 14000; a total of 140000 is A01's."""
    areas = dict.fromkeys(TEN, COUNTY)
    last = table(areas, total={RATED: 14000}, period="2018-02")
    sent = table(areas, total={RATED: 140000})
    assert "A25" not in {found.rule for found in check_over_time([sent], catalog(), Past.of_submissions([last]))}
