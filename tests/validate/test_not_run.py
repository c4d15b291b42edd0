"""Which rules could not run for whom, and why, in a city of three banks; expected lines are typed by hand."""

from __future__ import annotations

import pytest

from pipeline.periods import Month
from pipeline.validate.needs import Need
from pipeline.validate.not_run import PENDING, UNKNOWN_MONEY, Known, not_run
from pipeline.validate.rules import RULES

MARCH, JANUARY = Month(2018, 3), Month(2018, 1)
NAMES = {"M01": "月报", "C01": "县区报表", "Q01": "措施表", "T01": "目标任务"}


def months(*texts: str) -> frozenset[Month]:
    return frozenset(map(Month.parse, texts))


FULL = frozenset(MARCH.shifted(-back) for back in range(1, 13))


def known(**changes) -> Known:
    given = {
        "judged": {"M01": ["甲", "乙"]},
        "in_force": {"M01": ["甲", "乙"], "C01": ["县"], "Q01": ["甲"]},
        "absent": {},
        "months": {"甲": FULL, "乙": FULL},
        "words_before": frozenset({"甲"}),
        "returns_before": frozenset({"县"}),
        "window_months": 12,
        "enough_months": 6,
        "form_names": NAMES,
    }
    return Known(**{**given, **changes})


def lines(month: Month, **changes) -> list[tuple[str, str, str]]:
    return [(one.reason, " ".join(one.rules), " ".join(one.units)) for one in not_run(month, known(**changes), RULES)]


def test_where_everything_is_there_everything_runs():
    assert lines(MARCH) == []


LAST_MONTH = "A02 A04 A05 A06 A07 A12 A13 A23 A25 A27 A28 A29 A31"
BEFORE = "上月（2018年2月）没有采用的月报"


@pytest.mark.parametrize(
    ("why", "there", "expected"),
    [
        ("only last month is missing", FULL - months("2018-02"), [(BEFORE, LAST_MONTH, "乙")]),
        (
            "only December is missing",
            FULL - months("2017-12"),
            [("上年末（2017年12月）没有采用的月报", "A03 A07", "乙")],
        ),
        ("five months are not enough", months("2018-02", "2018-01", "2017-12", "2017-11", "2017-03"), [("此前一年采用的月报不满6个月", "A15", "乙")]),
        ("six are", months("2018-02", "2018-01", "2017-12", "2017-11", "2017-10", "2017-03"), []),
        ("only January is missing", FULL - months("2018-01"), [("本年1月没有采用的月报", "A06", "乙")]),
        (
            "the same month last year is the last that counts",
            months("2017-03", "2017-02"),
            [
                (BEFORE, LAST_MONTH, "乙"),
                ("本年1月没有采用的月报", "A06", "乙"),
                ("上年末（2017年12月）没有采用的月报", "A03 A07", "乙"),
                ("此前一年采用的月报不满6个月", "A15", "乙"),
            ],
        ),
        (
            "nothing at all",
            frozenset(),
            [
                (BEFORE, LAST_MONTH, "乙"),
                ("本年1月没有采用的月报", "A06", "乙"),
                ("上年末（2017年12月）没有采用的月报", "A03 A07", "乙"),
                ("上年同月（2017年3月）没有采用的月报", "A07", "乙"),
                ("此前一年没有采用的月报", "A14 A18", "乙"),
                ("此前一年采用的月报不满6个月", "A15", "乙"),
            ],
        ),
        (
            "only the month before the same month last year: A18 lays it beside",
            months("2017-02"),
            [
                (BEFORE, LAST_MONTH, "乙"),
                ("本年1月没有采用的月报", "A06", "乙"),
                ("上年末（2017年12月）没有采用的月报", "A03 A07", "乙"),
                ("上年同月（2017年3月）没有采用的月报", "A07", "乙"),
                ("此前一年没有采用的月报", "A14", "乙"),
                ("此前一年采用的月报不满6个月", "A15", "乙"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_compared_with_earlier_months(why, there, expected):
    assert sorted(lines(MARCH, months={"甲": FULL, "乙": there})) == sorted(expected), why


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (months("2018-02", "2018-01", "2017-12"), []),
        (months("2018-02", "2018-01", "2017-11"), [("此前3个月采用的月报不满3个月", "A15", "乙")]),
        (months("2017-11"), [("此前3个月没有采用的月报", "A14", "乙"), ("此前3个月采用的月报不满3个月", "A15", "乙")]),
    ],
)
def test_of_three_months_that_are_compared_with(there, expected):
    given = {"window_months": 3, "enough_months": 3, "months": {"甲": FULL, "乙": there}}
    assert [line for line in lines(MARCH, **given) if line[1] in ("A14", "A15", "A18")] == expected


def test_in_january_the_year_starts_anew_and_december_is_last_month():
    """A04 compares the year so far with this month alone; A03 and A02 want the same month."""
    there = frozenset(JANUARY.shifted(-back) for back in range(2, 13))
    (line,) = lines(JANUARY, months={"甲": there, "乙": there}, in_force={})
    assert line == ("上月（2017年12月）没有采用的月报", "A02 A03 A05 A06 A07 A12 A13 A23 A25 A27 A28 A29 A31", "甲 乙")


def test_every_earlier_month_of_the_year_that_is_missing_is_named():
    june = Month(2018, 6)
    there = frozenset(june.shifted(-back) for back in range(1, 13)) - months("2018-01", "2018-04")
    assert lines(june, months={"甲": there}, judged={"M01": ["甲"]}, in_force={}) == [
        ("本年1月、4月没有采用的月报", "A06", "甲")
    ]


def test_words_are_compared_at_a_quarters_end_only():
    assert lines(MARCH, words_before=frozenset()) == [("上月（2018年2月）没有采用的措施表", "Q01-1", "甲")]
    february = Month(2018, 2)
    there = frozenset(february.shifted(-back) for back in range(1, 13))
    assert lines(february, words_before=frozenset(), months={"甲": there, "乙": there}) == []


def test_a_county_without_a_return_of_last_month():
    found = lines(JANUARY, returns_before=frozenset({"邻县"}), months={}, judged={})
    assert found == [("上月（2017年12月）没有采用的县区报表", "C01-6 C01-8", "县")]


def test_targets_without_last_years_are_told_with_january_and_no_other_month():
    there = frozenset(JANUARY.shifted(-back) for back in range(1, 13))
    months = {"甲": there, "乙": there}
    told = lines(JANUARY, months=months, without_last_targets=["办"])
    assert told == [("没有上年（2017年）的目标任务", "T01-5 T01-6 T01-7", "办")]
    assert lines(JANUARY, months=months) == lines(MARCH, without_last_targets=["办"]) == []


def test_what_a_return_counts_since_january_needs_last_months_from_february_on():
    found = lines(MARCH, returns_before=frozenset({"邻县"}), months={}, judged={})
    assert found == [("上月（2018年2月）没有采用的县区报表", "C01-6 C01-7 C01-8", "县")]


def test_what_others_owe_is_told_where_there_is_somebody_to_compare_with():
    absent = {"M01": ["丙"], "C01": ["邻县"]}
    assert lines(MARCH, absent=absent) == [
        ("没有采用的月报可以对照", "A17 A20", "丙"),
        ("没有采用的县区报表可以对照", "A17 A20", "邻县"),
    ]
    assert lines(MARCH, absent=absent, in_force={"C01": ["县"]}) == [("没有采用的月报可以对照", "A17 A20", "丙")]


def test_a_county_that_says_nothing_of_any_bank():
    assert lines(MARCH, without_mirror=["县"]) == [("县区报表没有填各家银行的数", "A17", "县")]


def test_a_county_that_leaves_out_figures_of_banks_that_have_reported():
    """Each county by what it leaves out; the others are compared, so A17 did not run in full."""
    blank = {"县": ["农业银行期末贷款余额"], "邻县": ["农业银行期末贷款余额", "农商银行本年累计发放金额"]}
    assert lines(MARCH, blank_mirrors=blank) == [
        ("县区报表没有填“农业银行期末贷款余额”，而该行的月报已采用", "A17", "县"),
        ("县区报表没有填“农业银行期末贷款余额”、“农商银行本年累计发放金额”，而该行的月报已采用", "A17", "邻县"),
    ]


def test_words_without_a_statement_beside_them():
    found = lines(MARCH, absent={"M01": ["甲"]}, in_force={"Q01": ["甲"]})
    assert found == [("本单位同期没有采用的月报", "Q01-2", "甲")]


def test_statements_that_were_not_judged():
    found = not_run(MARCH, known(unjudged={UNKNOWN_MONEY: ["丙"], PENDING: ["丁"]}), RULES)
    everything, over_time = found
    assert (everything.reason, everything.units) == (UNKNOWN_MONEY, ("丙",))
    assert {"A01", "A02", "A13", "A17"} <= set(everything.rules)
    assert (over_time.reason, over_time.units) == (PENDING, ("丁",))
    assert "A01" not in over_time.rules and {"A02", "A15"} <= set(over_time.rules)


def test_every_rule_that_looks_beyond_a_submission_says_what_it_needs():
    """Q01-3 asks whether what words refer to is there: it needs nothing else; A30 is asked where nothing is there."""
    assert {rule.code for rule in RULES if rule.level >= 2 and not rule.needs} == {"Q01-3", "A30"}
    assert {rule.code for rule in RULES if rule.level < 2 and rule.needs} == {"T01-5", "T01-6", "T01-7"}
    assert {need for rule in RULES for need in rule.needs} == set(Need)
