"""Figures of earlier months: found by unit, area and month, and by nothing else."""

import numpy as np
import pytest

from pipeline.periods import Month
from pipeline.validate.building import books
from pipeline.validate.masked import unknown
from pipeline.validate.past import NO_PAST, UNKNOWN_STEP, Past, ordinal
from tests.validate.months import MONTHS, history, imported, month
from tests.validate.returns import COUNTY, DASH, WAN, catalog, county_return, statement, table

OWED, RATE = "outstanding_amount", "weighted_average_rate"


def at(past, unit, area, period, indicator=OWED):
    """One figure; None where it is not known."""
    places = past.places([unit], [area], np.array([ordinal(Month.parse(period))]))
    figures = past.at(indicator, places)
    return None if unknown(figures)[0] else int(figures.data[0])


def book_of(past, *sent):
    (only,) = books(sent, catalog(), past=past).values()
    return only


def known(figures):
    return [None if gone else int(value) for value, gone in zip(figures.data, unknown(figures), strict=True)]


def test_months_are_counted_through_the_years():
    assert ordinal(Month(2018, 1)) - ordinal(Month(2017, 12)) == 1
    assert ordinal(Month(2018, 3)) - ordinal(Month(2017, 3)) == 12


def test_each_figure_stands_at_its_unit_area_and_month():
    past = Past.of_submissions(
        [
            statement({OWED: 1}, period="2018-01"),
            statement({OWED: 2}, period="2018-02"),
            table({"hanyin": COUNTY | {OWED: 3}, "baihe": COUNTY | {OWED: 4}}, {OWED: 9}, unit="abc", period="2018-02"),
        ]
    )
    assert at(past, "rcb-hanyin", "hanyin", "2018-01") == 1
    assert at(past, "rcb-hanyin", "hanyin", "2018-02") == 2
    assert at(past, "abc", "hanyin", "2018-02") == 3
    assert at(past, "abc", "baihe", "2018-02") == 4


@pytest.mark.parametrize(
    ("why", "unit", "area", "period", "indicator"),
    [
        ("another month", "rcb-hanyin", "hanyin", "2018-03", OWED),
        ("a month before all others", "rcb-hanyin", "hanyin", "2001-01", OWED),
        ("a month long after", "rcb-hanyin", "hanyin", "2999-12", OWED),
        ("another area of the unit", "rcb-hanyin", "baihe", "2018-02", OWED),
        ("an area that nobody has", "rcb-hanyin", "nowhere", "2018-02", OWED),
        ("a unit that nobody knows", "nobody", "hanyin", "2018-02", OWED),
        ("another figure", "rcb-hanyin", "hanyin", "2018-02", "no_such_indicator"),
        ("a blank", "rcb-hanyin", "hanyin", "2018-02", RATE),
        ("a dash", "rcb-hanyin", "hanyin", "2018-02", "written_off_amount_ytd"),
        ("a typed total", "abc", "total", "2018-02", OWED),
    ],
)
def test_what_is_not_there_is_not_known(why, unit, area, period, indicator):
    sent = statement({RATE: None, "written_off_amount_ytd": DASH}, period="2018-02")
    other = table({"baihe": COUNTY}, {OWED: 9}, unit="abc", period="2018-02")
    assert at(Past.of_submissions([sent, other]), unit, area, period, indicator) is None


def test_a_zero_is_known():
    assert at(Past.of_submissions([statement({OWED: 0}, period="2018-02")]), "rcb-hanyin", "hanyin", "2018-02") == 0


def test_other_forms_are_passed_over():
    past = Past.of_submissions([county_return()])
    assert at(past, "fin-hanyin", "hanyin", "2018-03", "registered_households") is None


def test_an_imported_figure_stands_in_only_where_none_is_reported():
    read = (imported("2018-02", OWED, 5), imported("2018-01", OWED, 6), imported("2018-02", RATE, 7))
    past = Past.of_submissions([statement({OWED: 1, RATE: None}, period="2018-02")], read)
    assert at(past, "rcb-hanyin", "hanyin", "2018-02") == 1
    assert at(past, "rcb-hanyin", "hanyin", "2018-01") == 6
    assert at(past, "rcb-hanyin", "hanyin", "2018-02", RATE) == 7


def test_a_year_s_imported_figure_is_of_no_month():
    assert (
        at(Past.of_submissions([], [imported("2017", "target_amount", 5)]), "rcb-hanyin", "hanyin", "2017-01") is None
    )


def test_nothing_is_known_of_an_empty_past():
    assert at(NO_PAST, "rcb-hanyin", "hanyin", "2018-02") is None
    assert at(Past.of([], {}), "rcb-hanyin", "hanyin", "2018-02") is None
    assert at(Past.of_submissions([]), "rcb-hanyin", "hanyin", "2018-02") is None


def test_the_order_in_which_figures_come_does_not_matter():
    told = [("u", "a", 3, OWED, 30), ("u", "a", 1, OWED, 10), ("v", "a", 2, OWED, 25), ("u", "b", 2, RATE, 5)]
    for rows in (told, list(reversed(told)), sorted(told)):
        past = Past.of(rows, {("u", 3): 7})
        places = past.places(["u", "u", "v", "u", "v"], ["a", "a", "a", "b", "b"], np.array([3, 1, 2, 2, 2]))
        assert known(past.at(OWED, places)) == [30, 10, 25, None, None]
        assert known(past.at(RATE, places)) == [None, None, None, 5, None]
        assert [int(past.steps[p]) for p in places[:4]] == [7, UNKNOWN_STEP, UNKNOWN_STEP, UNKNOWN_STEP]


# ------------------------------------------------------------------ as a book sees it


def test_a_book_looks_back_from_each_of_its_months():
    past = Past.of_submissions(history("2018-04"))
    book = book_of(past, month("2018-02"), month("2018-03"))
    assert known(book.before(OWED)) == [1145 * WAN, 1175 * WAN]
    assert known(book.before(OWED, 2)) == [1131 * WAN, 1145 * WAN]
    assert known(book.before(OWED, book.month)) == [1131 * WAN, 1131 * WAN], "December"
    assert known(book.before(OWED, 12)) == [875 * WAN, 900 * WAN]
    assert known(book.before(OWED, 13)) == [None, 875 * WAN]


def test_a_typed_total_has_no_past():
    sent = table({"hanyin": COUNTY}, {OWED: 9}, unit="abc")
    past = Past.of_submissions([table({"hanyin": COUNTY}, {OWED: 9}, unit="abc", period="2018-02")])
    assert known(book_of(past, sent).before(OWED)) == [1200 * WAN, None]


def test_how_finely_it_was_rounded():
    past = Past.of_submissions(history(steps={"2018-02": 7}, missing=("2018-01",)), (imported("2018-01", OWED, 1),))
    book = book_of(past, month(step=99))
    assert [int(book.step_before(back)[0]) for back in (1, 3)] == [7, 10_000]
    assert int(book.step_before(2)[0]) == 1, "the finest place of what was imported: a fen"
    assert int(book.step_before(99)[0]) == 99, "not known where nothing is: as this month"


def test_nobody_says_how_finely_it_was_rounded():
    february = ordinal(Month(2018, 2))
    book = book_of(Past.of([("rcb-hanyin", "hanyin", february, OWED, 1200 * WAN)], {}), month(step=99))
    assert [known(book.base_before(OWED)), int(book.step_before(1)[0])] == [[1200 * WAN], 99]


@pytest.mark.parametrize(
    ("amounts", "step"),
    [
        ((94_422 * 10_000, 31_397 * 10_000), 10_000),  # 944.22 and 313.97 万元
        ((944 * WAN, 313 * WAN), WAN),
        ((944 * WAN, 313 * WAN + 1), 1),
        ((0, 500 * WAN), WAN),
    ],
)
def test_imported_amounts_are_as_fine_as_the_finest_of_them(amounts, step):
    one, other = amounts
    past = Past.of_submissions([], [imported("2018-02", OWED, one), imported("2018-02", "pass_amount", other)])
    assert [int(value) for value in past.steps] == [step]


def test_an_imported_figure_is_a_base_and_not_in_force():
    book = book_of(Past.of_submissions([], [imported("2018-02", OWED, 5)]), month())
    assert (known(book.base_before(OWED)), known(book.before(OWED))) == ([5], [None])


def test_whether_a_statement_was_there_or_only_imported_figures():
    past = Past.of_submissions(history(missing=("2018-01",)), (imported("2018-01", OWED, 1),))
    book = book_of(past, month())
    assert [bool(book.stated_before(back)[0]) for back in (1, 2, 3, 99)] == [True, False, True, False]
    assert [bool(book.known_before(back)[0]) for back in (1, 2, 3, 99)] == [True, True, True, False]


def test_without_a_past_nothing_was_before():
    book = book_of(NO_PAST, month())
    assert known(book.before(OWED)) == [None]
    assert (book.known_before().any(), book.stated_before().any()) == (False, False)
    assert int(book.step_before()[0]) == 10_000


def test_every_month_of_the_history_is_in_it():
    past = Past.of_submissions(history("2018-04"))
    assert [at(past, "rcb-hanyin", "hanyin", period) for period in MONTHS] == [f[OWED] for f in MONTHS.values()]


def test_an_area_that_nobody_reported_is_not_taken_for_the_last_one_of_the_unit_before():
    past = Past.of([("one", "a", 5, "x", 1), ("two", "a", 5, "x", 2)], {})
    assert past.places(["two", "two", "none"], ["b", "a", "a"], np.array([5, 5, 5])).tolist() == [-1, 1, -1]
