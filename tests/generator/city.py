"""The invented city: all loans of all lenders, and what each reporting unit truly had to report."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import sqrt
from random import Random

from pipeline.money import FEN_PER_WAN, round_half_up
from pipeline.periods import Month
from tests.generator import counties
from tests.generator.counties import CountyReturn
from tests.generator.defects import ABOVE_CAP, lend_above_cap
from tests.generator.lending import FIRST, MEAN_AMOUNT, planned_year, simulate_books
from tests.generator.loans import Book
from tests.generator.months import january, month_at, number
from tests.generator.places import (
    COUNTIES,
    COUNTY,
    INSTITUTIONS,
    PLACE,
    County,
    OfWhich,
    counties_of,
    institution_of,
    of_which_of,
)
from tests.generator.statements import (
    AMOUNTS,
    COUNTS,
    INTEREST,
    RATE,
    WEIGHTED,
    aggregate,
    average_rate,
    month_interest,
)

FIRST_MONTH = Month(2017, 1)
"""The first month that is reported; the loans begin in January 2014."""

AMOUNT_STEP: dict[str, int] = {"abc": 10_000, "psbc": 1, "rcb": 10_000}
"""The finest place of the amounts that each bank reports, in fen: 0.01 万元, or the fen itself."""

RATE_STEP: dict[str, int] = {"abc": 10_000, "psbc": 100, "rcb": 10_000}
"""The finest place of rates, in millionths of a percentage point."""

Statement = dict[tuple[str, str], int]
"""(area, indicator) → fen, count, or millionths of a percentage point; an indicator not reported is left out."""

TOTAL = "total"
"""Stands for the area in what `City.reported_total` gives."""


def simulate(seed: int, last: Month, *, planted: bool = True) -> City:
    """Simulate all loans up to the end of `last`.

    `planted`: the defects that lie in the loans themselves (loans above the cap) happen in the last month. Apart
    from them a longer run begins with the same months.
    """
    books = simulate_books(seed, number(last))
    if planted:
        lend_above_cap(books[institution_of(ABOVE_CAP.unit), ABOVE_CAP.area], number(last))
    return City(seed, last, books, planted)


class City:
    """Ten counties, three kinds of lenders, twelve banks that report, and their loans up to month `last`.

    `seed` and `planted` say how it came about; `books` are the loans by (institution, county).
    """

    def __init__(self, seed: int, last: Month, books: Mapping[tuple[str, str], Book], planted: bool) -> None:
        self.seed = seed
        self.last = last
        self.books = books
        self.planted = planted
        self._known: dict[tuple[str, str, int], dict[str, int]] = {}

    # ------------------------------------------------------------------ bank statements (M01)

    def statement(self, unit: str, month: Month) -> Statement:
        """What the bank would report if nobody rounded: `abc`, `psbc` or `rcb-<county>`, at that month's end.

        Of-which areas (abc: gaoxin, hengkou) have entries like counties; they are never part of a sum.
        """
        places: tuple[County | OfWhich, ...] = (*counties_of(unit), *of_which_of(unit))
        return {
            (place.id, code): value
            for place in places
            for code, value in self._figures(institution_of(unit), place.id, number(month)).items()
        }

    def total(self, unit: str, month: Month) -> dict[str, int]:
        """The exact total over the unit's counties; its rate is that of all loans, not an average of averages."""
        institution, at = institution_of(unit), number(month)
        inner = [self._aggregate(institution, county.id, at) for county in counties_of(unit)]
        parts = [self._figures(institution, county.id, at) for county in counties_of(unit)]
        sums = {code: sum(part[code] for part in parts) for code in (*AMOUNTS, *COUNTS)}
        weighted = sum(figures[WEIGHTED] for figures in inner)
        rate = average_rate({**sums, WEIGHTED: weighted})
        return sums if rate is None else {**sums, RATE: rate}

    def reported(self, unit: str, month: Month) -> Statement:
        """The statement as the bank rounds it: each figure by itself, half up, to the bank's own step."""
        statement = self.statement(unit, month)
        return {key: self._rounded(unit, key[1], value) for key, value in statement.items()}

    def reported_total(self, unit: str, month: Month) -> dict[str, int]:
        """The typed total: the exact total, rounded, so it may differ from the sum of the rounded rows."""
        return {code: self._rounded(unit, code, value) for code, value in self.total(unit, month).items()}

    # ------------------------------------------------------------------ county returns (C01) and targets (T01)

    def county_return(self, area: str, month: Month) -> CountyReturn:
        """What the county's finance office returns, exactly; its mirror agrees with the banks to the fen."""
        county, at = COUNTY[area], number(month)
        mirror = {
            (institution, code): self._aggregate(institution, area, at)[source]
            for institution in INSTITUTIONS
            for code, source in counties.MIRRORED.items()
        }
        return CountyReturn(
            counties.own_figures(self.seed, county, at, self._written_off[area]),
            counties.own_texts(self.seed, county),
            mirror,
            counties.projects(self.seed, county, at),
        )

    def targets(self, year: int) -> dict[tuple[str, str, str], int]:
        """(institution, area, indicator) → fen or households, set a little above what the plan expects."""
        targets: dict[tuple[str, str, str], int] = {}
        for institution in INSTITUTIONS:
            for county in COUNTIES:
                random = Random(f"{self.seed}/target/{institution}/{county.id}/{year}")
                plan = planned_year(self.seed, institution, county.id, year * 12)
                loans = plan * random.uniform(1.06, 1.20) + 0.9 * sqrt(plan)
                ten = 10 * FEN_PER_WAN
                targets[institution, county.id, "target_amount"] = round(loans * MEAN_AMOUNT / ten) * ten
                targets[institution, county.id, "target_households"] = round(loans)
        return targets

    # ------------------------------------------------------------------ inner

    def _rounded(self, unit: str, code: str, value: int) -> int:
        institution = institution_of(unit)
        if code in COUNTS:
            return value
        step = RATE_STEP[institution] if code == RATE else AMOUNT_STEP[institution]
        return round_half_up(Fraction(value, step)) * step

    def _aggregate(self, institution: str, area: str, at: int) -> dict[str, int]:
        """Figures from the loans alone, remembered."""
        key = (institution, area, at)
        if key not in self._known:
            within = next((place for place in of_which_of(institution) if place.id == area), None)
            book = self.books[institution, within.within if within else area]
            self._known[key] = aggregate(book, at, area if within else "")
        return self._known[key]

    def _figures(self, institution: str, area: str, at: int) -> dict[str, int]:
        """All figures of a statement's row: from the loans, from earlier months, and from the register."""
        own = self._aggregate(institution, area, at)
        figures = {code: own[code] for code in (*AMOUNTS, *COUNTS)}
        for code, base in (
            ("outstanding_amount_previous_month", at - 1),
            ("outstanding_amount_year_start", january(at) - 1),
            ("outstanding_amount_previous_year", at - 12),
        ):
            figures[code] = self._aggregate(institution, area, base)["outstanding_amount"]
        figures["interest_subsidy_accrued_ytd"] = self._interest(institution, area, at)
        quarter_end = (at % 12 + 1) // 3 * 3
        paid_until = january(at) + quarter_end - 1
        figures["interest_subsidy_paid_ytd"] = self._interest(institution, area, paid_until) if quarter_end else 0
        registered = PLACE[area].registered
        figures["registered_households"] = counties.registered(registered, at)
        figures["eligible_households"] = counties.eligible(registered, at)
        rate = average_rate(own)
        return figures if rate is None else {**figures, RATE: rate}

    def _interest(self, institution: str, area: str, at: int) -> int:
        """Interest since January on loans in good standing, each month on the balance it began with."""
        months = range(january(at), at + 1)
        return sum(month_interest(self._aggregate(institution, area, month - 1)[INTEREST]) for month in months)

    @cached_property
    def _written_off(self) -> dict[str, dict[int, int]]:
        """What all banks wrote off in each county, by month."""
        found: dict[str, dict[int, int]] = {county.id: {} for county in COUNTIES}
        for (_, county), book in self.books.items():
            for loan in book.loans:
                if FIRST <= loan.written_off <= number(self.last):
                    months = found[county]
                    months[loan.written_off] = months.get(loan.written_off, 0) + loan.balance(loan.written_off - 1)
        return found


def months_until(last: Month) -> list[Month]:
    """The months that are reported, from January 2017 to `last`."""
    return [month_at(at) for at in range(number(FIRST_MONTH), number(last) + 1)]
