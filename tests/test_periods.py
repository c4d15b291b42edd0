from datetime import date

import pytest

from pipeline.errors import UsageError
from pipeline.periods import Month, between, parse_range, period_label, span_label


@pytest.mark.parametrize(
    ("why", "text", "months"),
    [
        ("one month", "2018-03", ["2018-03"]),
        (
            "a range holds both ends and passes the year's end",
            "2017-11:2018-02",
            ["2017-11", "2017-12", "2018-01", "2018-02"],
        ),
    ],
)
def test_ranges_are_read(why, text, months):
    assert [str(month) for month in parse_range(text)] == months


@pytest.mark.parametrize("text", ["2018-13", "2018-3", "201803", "2018", "", "x:2018-03", "0018-01"])
def test_what_is_no_month_is_refused_with_the_right_spelling(text):
    with pytest.raises(UsageError, match="2018-03 这样的年月"):
        parse_range(text)


def test_a_range_that_runs_backwards_is_refused():
    with pytest.raises(UsageError, match="前后颠倒"):
        parse_range("2018-03:2018-01")


def test_the_bases_of_a_month():
    march = Month(2018, 3)
    assert (str(march.previous), str(march.year_start), str(march.year_before)) == ("2018-02", "2017-12", "2017-03")
    assert str(Month(2018, 1).previous) == "2017-12"
    assert march.last_day == date(2018, 3, 31)
    assert Month(2016, 2).last_day == date(2016, 2, 29)


def test_labels():
    assert period_label("2018-03") == "2018年3月"
    assert period_label("2018") == "2018年度"
    assert [m.label for m in between(Month(2017, 12), Month(2018, 1))] == ["2017年12月", "2018年1月"]


def test_impossible_months_cannot_be_made():
    with pytest.raises(ValueError, match="no such month"):
        Month(2018, 13)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((), ""),
        ((Month(2018, 1),), "2018年1月"),
        ((Month(2018, 1), Month(2018, 2), Month(2018, 3)), "2018年1月至3月"),
        ((Month(2017, 11), Month(2017, 12), Month(2018, 1)), "2017年11月至2018年1月"),
    ],
)
def test_months_in_a_row_are_named_by_their_ends(months, words):
    assert span_label(months) == words
