"""What must be reported, and what a blank says."""

import pytest

from pipeline.validate.building import books
from pipeline.validate.owed import RATE, before_or_none, is_unsigned, lends_nothing, now_or_none, owed, tells
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, history, month
from tests.validate.returns import COUNTY, catalog, statement
from tests.validate.test_past import book_of, known

LENT, LOANS, HOUSEHOLDS = (f"disbursed_{what}_ytd" for what in ("amount", "loans", "households"))
LOST, OWED = "written_off_amount_mtd", "outstanding_amount"
NO_PAST = Past()


@pytest.mark.parametrize(("lent", "is_owed"), [(0, False), (1, True), (None, False)])
def test_a_rate_is_owed_from_the_first_fen_that_is_lent(lent, is_owed):
    book = book_of(NO_PAST, statement({LENT: lent}))
    assert owed(book, book.form.by_code[RATE]).tolist() == [is_owed]


@pytest.mark.parametrize(
    ("indicator", "unsigned"),
    [
        (OWED, True),
        ("outstanding_loans", True),
        ("disbursed_loans_mtd", True),
        ("disbursed_amount_ytd", True),
        ("disbursed_amount_mtd", False),
        ("other_change_amount_mtd", False),
        ("other_change_amount_ytd", False),
        (RATE, False),
    ],
)
def test_a_reversal_and_what_goes_to_others_may_be_below_nought(indicator, unsigned):
    assert is_unsigned(catalog().forms["M01"].by_code[indicator]) is unsigned


@pytest.mark.parametrize(
    ("lent", "loans", "households", "nothing"),
    [
        (0, 0, 0, True),
        (0, None, None, True),
        (0, 1, 0, False),
        (0, 0, 1, False),
        (0, 1, None, False),
        (0, None, 1, False),
        (1, 0, 0, False),
    ],
)
def test_nothing_is_lent_where_the_amount_says_so_and_no_count_says_otherwise(lent, loans, households, nothing):
    book = book_of(NO_PAST, statement({LENT: lent, LOANS: loans, HOUSEHOLDS: households}))
    assert lends_nothing(book).tolist() == [nothing]


def test_a_blank_of_what_is_rare_says_that_nothing_happened():
    book = book_of(NO_PAST, statement({LOST: None, OWED: None}))
    assert known(now_or_none(book, LOST)) == [0]
    assert known(now_or_none(book, OWED)) == [None]


def test_and_so_it_does_a_month_ago_where_a_statement_could_have_told():
    """January writes off 7, February leaves it blank, December sends nothing."""
    past = Past.of_submissions(history(changes={"2018-01": {LOST: 7}, "2018-02": {LOST: None}}, missing=("2017-12",)))
    book = book_of(past, month())
    assert [known(before_or_none(book, LOST, back)) for back in (1, 2, 3)] == [[0], [7], [None]]
    assert known(before_or_none(book, LOST)) == [0]
    assert known(before_or_none(book, OWED)) == [MONTHS["2018-02"][OWED]]


def test_a_row_tells_something_where_anything_that_must_be_reported_is():
    form = catalog().forms["M01"]
    needed = [column.code for column in form.columns if column.required]
    blank = dict.fromkeys(needed)
    rows = [statement(blank), statement({**blank, OWED: 0}, period="2018-02"), statement(COUNTY, period="2018-01")]
    assert tells(books(rows, catalog())["M01"]).tolist() == [True, True, False], "in the order of their months"
