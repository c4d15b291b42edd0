"""Statements against loans: a book worked by hand, and another way of counting over all books."""

from __future__ import annotations

import pytest

from pipeline.periods import Month
from tests.generator.loans import NEVER, Book, Household, Loan
from tests.generator.months import number
from tests.generator.statements import aggregate, average_rate, month_interest

JAN, FEB, MAR = (number(Month(2018, month)) for month in (1, 2, 3))
WAN = 1_000_000
RATE = 4_350_000


@pytest.fixture
def book():
    """Three households: one renews and repays, one is long past due, one was written off; a fourth has a line."""
    families = [Household(n, "", JAN - 40, JAN - 40, JAN + 20, 5 * WAN) for n in range(4)]
    families[3].line_until = FEB
    loans = [
        Loan(families[0], 2 * WAN, RATE, JAN - 12, JAN, ((JAN, 2 * WAN),), renews=True),
        Loan(families[1], 4 * WAN, RATE, JAN - 30, JAN - 4, ((JAN - 20, 123_456), (FEB, 1 * WAN)), written_off=NEVER),
        Loan(families[2], 3 * WAN, RATE, JAN - 30, JAN - 12, (), written_off=FEB),
        Loan(families[0], 2 * WAN, RATE, JAN, JAN + 12, ((MAR, 333_333), (JAN + 12, 1_666_667)), renewal=True),
        Loan(families[0], 1 * WAN, RATE + 400_000, MAR, MAR + 12, ((MAR + 12, WAN),)),
    ]
    return Book("rcb", "hanyin", families, loans)


EXPECTED = [
    ("January: a renewal counts as lent and as repaid", JAN, "disbursed_amount_mtd", 2 * WAN),
    ("January: a renewal counts as lent and as repaid", JAN, "repaid_amount_mtd", 2 * WAN),
    ("January: and as an of-which", JAN, "renewed_amount_ytd", 2 * WAN),
    ("January: the old loan is settled", JAN, "settled_loans_ytd", 1),
    ("January: two loans past due", JAN, "past_due_loans", 2),
    ("January: what is past due is all that is left of them", JAN, "past_due_amount", 7 * WAN - 123_456),
    ("January: four months late is substandard", JAN, "substandard_amount", 4 * WAN - 123_456),
    ("January: twelve months late is loss", JAN, "loss_amount", 3 * WAN),
    ("February: written off", FEB, "written_off_amount_mtd", 3 * WAN),
    ("February: repaid of a loan past due", FEB, "repaid_amount_mtd", 1 * WAN),
    ("February: outstanding is what is left", FEB, "outstanding_amount", 5 * WAN - 123_456),
    ("February: all four lines", FEB, "credit_line_households", 4),
    ("March: written off this year, not this month", MAR, "written_off_amount_mtd", 0),
    ("March: written off this year, not this month", MAR, "written_off_amount_ytd", 3 * WAN),
    ("March: two loans of one household this year", MAR, "disbursed_loans_ytd", 2),
    ("March: one household this year", MAR, "disbursed_households_ytd", 1),
    ("March: three households since lending began", MAR, "disbursed_households_cum", 3),
    ("March: five loans since lending began", MAR, "disbursed_amount_cum", 12 * WAN),
    ("March: repaid this year", MAR, "repaid_amount_ytd", 3 * WAN + 333_333),
    ("March: three loans of two households", MAR, "outstanding_loans", 3),
    ("March: three loans of two households", MAR, "outstanding_households", 2),
    ("March: six months late is doubtful", MAR, "doubtful_amount", 3 * WAN - 123_456),
    ("March: beyond the grace period", MAR, "past_due_beyond_grace_amount", 3 * WAN - 123_456),
    ("March: a line that lapsed unused is gone", MAR, "credit_line_households", 3),
]


@pytest.mark.parametrize(("why", "at", "code", "value"), EXPECTED)
def test_book_worked_by_hand(book, why, at, code, value):
    assert aggregate(book, at)[code] == value, why


def test_rate_is_weighted_by_amount(book):
    """20,000 at 4.35 % and 10,000 at 4.75 %."""
    assert average_rate(aggregate(book, MAR)) == 4_483_333
    assert average_rate(aggregate(book, JAN - 1) | {"disbursed_amount_ytd": 0}) is None


def test_interest_of_a_month():
    """睢县: 50,000 元 at 4.35 % is 2,175 元 a year, 181.25 元 a month."""
    assert month_interest(50_000_00 * RATE) == 181_25


def test_all_books_counted_another_way(clean_city):
    """Sums over loans one at a time, by what each owes: no shared code with the tally."""
    month = Month(2018, 3)
    at = number(month)
    for (institution, county), book in clean_city.books.items():
        unit = f"rcb-{county}" if institution == "rcb" else institution
        statement = clean_city.statement(unit, month)
        owed = [loan.balance(at) for loan in book.loans]
        assert statement[county, "outstanding_amount"] == sum(owed)
        assert statement[county, "outstanding_loans"] == sum(balance > 0 for balance in owed)
        this_year = [loan for loan in book.loans if number(Month(2018, 1)) <= loan.disbursed <= at]
        assert statement[county, "disbursed_amount_ytd"] == sum(loan.amount for loan in this_year)
        assert statement[county, "disbursed_households_ytd"] == len({id(loan.household) for loan in this_year})
        late = [loan.balance(at) for loan in book.loans if loan.due <= at]
        assert statement[county, "past_due_amount"] == sum(late)
        gone = [loan.balance(loan.written_off - 1) for loan in book.loans if loan.written_off <= at]
        everything = sum(loan.amount for loan in book.loans)
        assert everything == sum(owed) + sum(gone) + sum(
            fen for loan in book.loans for when, fen in loan.payments if when <= at
        )


def test_loans_are_what_the_brief_says(clean_city):
    """10,000 to 50,000 元 in whole hundreds, one to three years, and no household above its line or the cap."""
    for book in clean_city.books.values():
        for loan in book.loans:
            assert 10_000_00 <= loan.amount <= 50_000_00
            assert loan.amount % 100_00 == 0
            assert loan.due - loan.disbursed <= 36 + (12 if loan.extended < NEVER else 0)
        last = number(clean_city.last)
        assert all(household.outstanding(last) <= household.line_amount for household in book.households)
