"""T01-4 and T01-5: which of amount and households is off, and a table that is last year's."""

import pytest

from pipeline.validate import check
from pipeline.validate.history import History, told_by
from tests.validate.returns import ABSENT, TEN, WAN, catalog, cell_of, targets
from tests.validate.rules.test_targets import AMOUNT, HOUSEHOLDS, RCB, RCB_HOUSEHOLDS, asked


def after(last, changes, period="2018"):
    """What is found of targets whose year before was so set."""
    known = History.of(told_by([targets(last, period="2017")]))
    return check([targets(changes, period=period)], catalog(), known)


ZIYANG = ("ziyang", RCB), ("ziyang", RCB_HOUSEHOLDS)
OTHERWISE = "与{}相比，目标金额相称，目标户数不相称，疑似多写、少写一位。请核对；如属实，请说明原因。"


@pytest.mark.parametrize(
    ("why", "changes", "at"),
    [
        ("ten times the households", {ZIYANG[1]: 301}, RCB_HOUSEHOLDS),
        ("a tenth of the households", {ZIYANG[1]: 3, ZIYANG[0]: 100 * WAN}, RCB_HOUSEHOLDS),
        ("ten times the amount", {ZIYANG[0]: 1000 * WAN}, RCB),
        ("a tenth of the amount", {ZIYANG[0]: 10 * WAN}, RCB),
        ("both as far off: 30 of 100 万元, 100 of 30", {ZIYANG[0]: 30 * WAN, ZIYANG[1]: 100}, RCB),
        ("the amount a little less far off", {ZIYANG[0]: 30 * WAN + 1, ZIYANG[1]: 100}, RCB_HOUSEHOLDS),
    ],
)  # fmt: skip
def test_the_figure_that_does_not_go_with_the_other_banks_is_asked(why, changes, at):
    """Every other bank and county: 100 万元 for 30 households."""
    (finding,) = asked(changes)
    assert (finding.indicator, finding.area) == (at, "ziyang"), why
    assert (OTHERWISE.format("其他银行") in finding.message) is (at == RCB_HOUSEHOLDS)


def test_households_are_asked_in_these_words():
    (finding,) = asked({ZIYANG[1]: 301})
    assert finding.message == (
        "紫阳县“农商银行/目标户数”301户，目标金额100.00万元，户均3322.26元，低于每户上限（5.00万元）10分之一；"
        + OTHERWISE.format("其他银行")
    )
    assert (finding.value, finding.expected, finding.cell) == ("301", "", cell_of(RCB_HOUSEHOLDS, 9))


BIG = {("ziyang", f"{code}@{bank}"): value for bank in ("psbc", "abc") for code, value in (("target_amount", 900 * WAN), ("target_households", 270))}  # fmt: skip
"""A county where the others have nine times as much."""


@pytest.mark.parametrize(
    ("why", "changes", "at"),
    [
        ("a large county: 900 万元 would do, 30 households do not", {ZIYANG[0]: 900 * WAN}, RCB_HOUSEHOLDS),
        ("nobody else has anything there", {("ziyang", f"{c}@{b}"): 0 for b in ("psbc", "abc") for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
        ("the bank has nothing elsewhere", {(area, f"{c}@rcb"): 0 for area in TEN if area != "ziyang" for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
        ("the others have nothing elsewhere", {(area, f"{c}@{b}"): 0 for area in TEN if area != "ziyang" for b in ("psbc", "abc") for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
    ],
)  # fmt: skip
def test_a_county_is_as_large_as_the_other_banks_have_it(why, changes, at):
    (finding,) = asked((BIG if "large" in why else {}) | changes)
    assert finding.indicator == at, why


@pytest.mark.parametrize(
    ("why", "last", "changes", "at", "base"),
    [
        ("last year comes first: 290 households then", {ZIYANG[1]: 290, ZIYANG[0]: 900 * WAN}, {ZIYANG[1]: 301}, RCB, ""),
        ("30 households then", {}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "上年"),
        ("nothing then", {ZIYANG[1]: 0}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "其他银行"),
        ("not set then", {ZIYANG[1]: None}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "其他银行"),
    ],
)  # fmt: skip
def test_last_years_target_tells_first_which_is_off(why, last, changes, at, base):
    (finding,) = (f for f in after(last, changes) if f.rule == "T01-4")
    assert finding.indicator == at, why
    assert (OTHERWISE.format(base) in finding.message) is bool(base)


def test_a_year_that_was_set_twice_tells_nothing():
    twice = [targets({ZIYANG[1]: 290, ZIYANG[0]: 900 * WAN}, period="2017"), targets(period="2017")]
    known = History.of(told_by(twice))
    (finding,) = (f for f in check([targets({ZIYANG[1]: 301})], catalog(), known) if f.rule == "T01-4")
    assert OTHERWISE.format("其他银行") in finding.message


COPIED = (
    "“农商银行/目标金额”等60个数全部与上年（2017年）的目标任务相同，疑似照抄了上年的表。请核对；如属实，请说明原因。"
)


@pytest.mark.parametrize(
    ("why", "last", "changes", "period", "message"),
    [
        ("all as last year", {}, {}, "2018", COPIED),
        ("one household more", {}, {ZIYANG[1]: 31}, "2018", ""),
        ("a fen more", {}, {ZIYANG[0]: 100 * WAN + 1}, "2018", ""),
        ("two years on", {}, {}, "2019", ""),
        ("one is blank: the others are as they were", {}, {ZIYANG[1]: None}, "2018", COPIED.replace("60", "59")),
        ("a county was not set then", {ZIYANG[0]: None}, {}, "2018", ""),
        ("nothing here and nothing there", dict.fromkeys(ZIYANG, 0), dict.fromkeys(ZIYANG, 0), "2018", COPIED),
    ],
)  # fmt: skip
def test_targets_copied_from_last_year(why, last, changes, period, message):
    found = [f for f in after(last, changes, period) if f.rule == "T01-5"]
    assert [f.message for f in found] == ([message] if message else []), why
    for finding in found:
        assert (finding.severity, finding.level, finding.area, finding.indicator) == ("soft", 1, "hanbin", RCB)
        assert finding.cell == cell_of(RCB, 5)


@pytest.mark.parametrize(("figures", "told"), [(10, True), (9, False)])
def test_ten_figures_may_be_a_table_and_nine_not(figures, told):
    both = ("target_amount", "target_households")
    places = [(area, f"{code}@rcb") for area in TEN[:5] for code in both][:figures]
    gone = {key: ABSENT for key in _all_places() if key not in places}
    assert any(f.rule == "T01-5" for f in after(gone, gone)) is told


def _all_places():
    both = ("target_amount", "target_households")
    return [(area, f"{code}@{bank}") for area in TEN for bank in ("rcb", "psbc", "abc") for code in both]


def test_a_typed_total_is_no_target():
    total = {AMOUNT: 1000 * WAN, HOUSEHOLDS: 300}
    assert {area for _, area, *_ in told_by([targets(total=total)])} == set(TEN)
    assert len(told_by([targets(total=total)])) == 60


CASES = [
    ("T01-5", "another year's", {}, {}, None, ""),
    ("T01-5", "last year's", {}, {}, ("hanbin", RCB, cell_of(RCB), COPIED), ""),
]
"""Read by `test_promises.py`."""
