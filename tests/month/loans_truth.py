"""What the sample's loans come to, counted here from the loan records and households themselves.

Nothing of `pipeline.transform` or of the generator's own statements is used: what each figure means
is worked out a second time. Amounts are fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pipeline.periods import Month
from tests.generator import City, simulate
from tests.generator.loans import Book, Household, Loan

COUNTIES = ("hanbin", "hanyin", "shiquan", "ningshan", "ziyang", "langao", "pingli", "zhenping", "xunyang", "baihe")
BANKS = ("rcb", "psbc", "abc")
OFFICE = "office"
COUNTY = ""
"""Stands for the bank where a county's finance office reports."""

HUNDREDTH_OF_WAN = 10_000
STEP = {"rcb": HUNDREDTH_OF_WAN, "psbc": 1, "abc": HUNDREDTH_OF_WAN, COUNTY: HUNDREDTH_OF_WAN}
"""The finest place of the amounts on each sender's paper: 0.01 万元, or the fen (PSBC types 元 with two decimals)."""

NPL_FROM_MONTHS, DOUBTFUL_FROM_MONTHS, LOSS_FROM_MONTHS = 3, 6, 12

Cells = Mapping[tuple[str, str, str], Mapping[str, int]]
"""(reporting unit, bank or COUNTY, county) → what that unit's paper says of it."""


@cache
def sample_city() -> City:
    """The city that the files in sample_data/ are about."""
    return simulate(2018, Month(2018, 3))


@cache
def papers(month: Month) -> Cells:
    """What all thirty-two places would read if every paper of the month arrived as meant, the year's targets too."""
    city = sample_city()
    found = {}
    for (bank, county), book in city.books.items():
        unit = f"rcb-{county}" if bank == "rcb" else bank
        found[unit, bank, county] = rounded(dict(count(book, month)), STEP[bank])
    for county in COUNTIES:
        returned = city.county_return(county, month).figures
        own = {"registered_households": returned["registered_households"]}
        fund = {"fund_balance_amount": returned["fund_balance_amount"]}
        found[f"fin-{county}", COUNTY, county] = own | rounded(fund, STEP[COUNTY])
    targets = city.targets(month.year)
    for bank in BANKS:
        for county in COUNTIES:
            found[OFFICE, bank, county] = {"target_amount": targets[bank, county, "target_amount"]}
    return found


def rounded(figures: Mapping[str, int], step: int) -> dict[str, int]:
    """Each amount by itself to the sender's step, half up; households as they are."""
    return {
        name: (2 * value + step) // (2 * step) * step if name.endswith("_amount") or "_amount_" in name else value
        for name, value in figures.items()
    }


def count(book: Book, month: Month) -> Iterator[tuple[str, int]]:
    """Every figure of one bank in one county at the month's end that an annex prints or adds up."""
    at = month.year * 12 + month.month - 1
    january = month.year * 12
    yield from _lent("mtd", [loan for loan in book.loans if loan.disbursed == at])
    yield from _lent("ytd", [loan for loan in book.loans if january <= loan.disbursed <= at])
    yield from _lent("cum", [loan for loan in book.loans if loan.disbursed <= at])
    owed = [(loan, fen) for loan in book.loans if (fen := still_owed(loan, at))]
    debtors = _distinct(loan for loan, _ in owed)
    yield "outstanding_households", len(debtors)
    yield "outstanding_amount", sum(fen for _, fen in owed)
    late = [(loan, fen) for loan, fen in owed if at >= loan.due]
    yield "past_due_households", len(_distinct(loan for loan, _ in late))
    yield "past_due_amount", sum(fen for _, fen in late)
    for grade, first, end in (
        ("substandard", NPL_FROM_MONTHS, DOUBTFUL_FROM_MONTHS),
        ("doubtful", DOUBTFUL_FROM_MONTHS, LOSS_FROM_MONTHS),
        ("loss", LOSS_FROM_MONTHS, 10**9),
    ):
        yield f"{grade}_amount", sum(fen for loan, fen in late if first <= at - loan.due < end)
    lines = [house for house in book.households if has_line(house, at, id(house) in debtors)]
    yield "credit_line_households", len(lines)
    yield "credit_line_amount", sum(house.line_amount for house in lines)


def still_owed(loan: Loan, at: int) -> int:
    """Disbursed, less what was paid back by then; nothing once written off."""
    if loan.disbursed > at or loan.written_off <= at:
        return 0
    return loan.amount - sum(fen for month, fen in loan.payments if month <= at)


def has_line(house: Household, at: int, owes: bool) -> bool:
    """A line granted and not lapsed; one that lapsed while a loan under it is outstanding still counts."""
    return house.line_granted <= at and (owes or at <= house.line_until)


def _lent(span: str, loans: list[Loan]) -> Iterator[tuple[str, int]]:
    yield f"disbursed_households_{span}", len(_distinct(loans))
    yield f"disbursed_amount_{span}", sum(loan.amount for loan in loans)


def _distinct(loans: Iterable[Loan]) -> set[int]:
    return {id(loan.household) for loan in loans}
