"""How a book of loans comes about: lines are granted, loans drawn, repaid, renewed, extended, lost.

Each book has a random stream of its own and goes month by month, so that a longer run begins with the same months.
"""

from __future__ import annotations

from math import ceil
from random import Random

from tests.generator.loans import CAP, NEVER, Book, Household, Loan
from tests.generator.months import january
from tests.generator.places import COUNTIES, COUNTY, INSTITUTIONS, OF_WHICH, OfWhich

FIRST = 2014 * 12
"""January 2014, when lending began: early enough for a year-on-year base that has settled, late enough for growth."""

SEASON = (0.85, 0.65, 1.30, 1.35, 1.20, 1.0, 0.90, 0.90, 1.0, 0.95, 0.90, 1.0)
"""Spring lending: fields are sown from March to May, and little is done around the Spring Festival."""

MEAN_AMOUNT = 30_500_00
"""What a loan comes to on average, in fen."""
LINE_MONTHS = 36
_WHOLE = 1_000_00
_HUNDRED = 100_00


def households_at_most(institution: str, county: str) -> int:
    """How many households one book may ever know: all books of a county together stay within the registered."""
    place = COUNTY[county]
    share = place.draws[list(INSTITUTIONS).index(institution)] / sum(place.draws)
    return int(place.registered * 0.8 * share)


def planned_draws(institution: str, county: str, growth: float, at: int) -> float:
    """The loans expected in that month: size of the book, growth, season, and the first year's slow start."""
    size = COUNTY[county].draws[list(INSTITUTIONS).index(institution)]
    years = (at - 2017 * 12 - 6) / 12
    start = min(1.0, 0.5 + 0.5 * (at - FIRST) / 12)
    return size * min(1 + growth * years, 1.6) * SEASON[at % 12] * start


def growth_of(seed: int, institution: str, county: str) -> float:
    """Growth of a book's lending per year."""
    return Random(f"{seed}/growth/{institution}/{county}").uniform(0.06, 0.16)


def simulate_books(seed: int, last: int) -> dict[tuple[str, str], Book]:
    """The books of all institutions and counties up to the end of month `last`."""
    return {
        (institution, county.id): _Lender(seed, institution, county.id).lend_until(last)
        for institution in INSTITUTIONS
        for county in COUNTIES
    }


class _Lender:
    """One institution's lending in one county."""

    def __init__(self, seed: int, institution: str, county: str) -> None:
        self.random = Random(f"{seed}/loans/{institution}/{county}")
        self.growth = growth_of(seed, institution, county)
        self.book = Book(institution, county)
        self.at_most = households_at_most(institution, county)
        self.rates = yearly_rates(seed, institution, county)
        self.places: tuple[OfWhich, ...] = OF_WHICH if (institution, county) == ("abc", "hanbin") else ()
        self.waiting: list[Household] = []
        self.falling_due: dict[int, list[Loan]] = {}

    def lend_until(self, last: int) -> Book:
        for at in range(FIRST, last + 1):
            self._month(at)
        return self.book

    def _month(self, at: int) -> None:
        plan = planned_draws(self.book.institution, self.book.county, self.growth, at)
        wanted = _whole(plan * self.random.uniform(0.88, 1.12), self.random)
        renewed = sum(self._renew(old, at) for old in self.falling_due.pop(at, []))
        draws = max(wanted - renewed, ceil(wanted * 0.5))
        self._grant_lines(draws, at)
        for _ in range(draws):
            self._draw(at)

    def _renew(self, old: Loan, at: int) -> bool:
        household = old.household
        if not household.may_draw(at, old.amount) or self.random.random() < 0.1:
            return False
        self._disburse(household, old.amount, at, renewal=True)
        return True

    def _grant_lines(self, draws: int, at: int) -> None:
        """More lines than are drawn: some families wait, some never come; and some that were rated get none."""
        short = ceil(draws * 1.3) + 2 - len(self.waiting)
        room = self.at_most - len(self.book.households)
        for _ in range(max(0, min(room, short, draws + 2))):
            household = Household(len(self.book.households), self._place(), rated=at)
            self.book.households.append(household)
            if self.random.random() < 0.09:
                continue
            household.line_granted, household.line_until = at, at + LINE_MONTHS - 1
            tens = self.random.choices((1, 2, 3, 4, 5), (4, 12, 22, 12, 50))[0]
            household.line_amount = tens * 10_000_00
            if self.random.random() < 0.75:
                self.waiting.append(household)

    def _place(self) -> str:
        """The of-which area that a household lives in, empty for elsewhere in the county."""
        dice = self.random.random()
        for place in self.places:
            if dice < place.share:
                return place.id
            dice -= place.share
        return ""

    def _draw(self, at: int) -> None:
        """A loan to a family that has one or had one, else to one that waits for its first."""
        if self.book.loans and self.random.random() < (0.32 if self.waiting else 1.0):
            for _ in range(12):
                household = self.random.choice(self.book.loans).household
                amount = self._amount(household.line_amount - household.outstanding(at))
                if amount and household.may_draw(at, amount):
                    self._disburse(household, amount, at)
                    return
        while self.waiting:
            household = self.waiting.pop(self.random.randrange(len(self.waiting)))
            if household.line_until >= at:
                self._disburse(household, self._amount(household.line_amount), at)
                return

    def _amount(self, room: int) -> int:
        """A loan within that room, often all of it, in whole thousands or hundreds; 0 where the room is too small."""
        if room < 10_000_00:
            return 0
        dice = self.random.random()
        step = _WHOLE if dice < 0.93 else _HUNDRED
        if dice < 0.6:
            return min(room, CAP) // _WHOLE * _WHOLE
        return self.random.randrange(10_000_00, min(room, CAP) + 1, step)

    def _disburse(self, household: Household, amount: int, at: int, renewal: bool = False) -> None:
        term = self.random.choices((12, 24, 36), (40, 32, 28))[0]
        loan = Loan(household, amount, self.rates[term], at, at + term, (), renewal=renewal)
        _draw_fate(loan, self.random)
        household.loans.append(loan)
        household.line_until = max(household.line_until, at + LINE_MONTHS - 1)
        self.book.loans.append(loan)
        if loan.renews:
            self.falling_due.setdefault(loan.due, []).append(loan)


def yearly_rates(seed: int, institution: str, county: str) -> dict[int, int]:
    """Yearly rates by term in months, near the benchmark: one table a bank, a county bank's own mark-up."""
    if institution == "psbc":
        return {12: 4_785_000, 24: 5_000_000, 36: 5_225_000}
    markup = 100 if institution == "abc" else 100 + 5 * Random(f"{seed}/rates/{county}").randrange(4)
    return {12: 43_500 * markup, 24: 47_500 * markup, 36: 47_500 * markup}


def _draw_fate(loan: Loan, random: Random) -> None:
    """Decide how the loan will be repaid, from the first instalment to the end."""
    payments = _early_payments(loan, random)
    rest = loan.amount - sum(fen for _, fen in payments)
    if rest:
        dice = random.random()
        if dice < 0.14 and not payments:
            loan.renews = True
            payments.append((loan.due, rest))
        elif dice < 0.18:
            loan.extended = loan.due
            loan.due += random.randrange(6, 13)
            payments.append((loan.due, rest))
        elif dice < 0.225:
            payments.append((loan.due + random.randrange(1, 6), rest))
        elif dice < 0.26:
            loan.written_off = loan.due + random.randrange(7, 19) if random.random() < 0.8 else NEVER
        else:
            payments.append((loan.due, rest))
    if random.random() < 0.02:
        loan.watched = random.randrange(loan.disbursed + 2, loan.due)
    loan.payments = tuple(payments)


def _early_payments(loan: Loan, random: Random) -> list[tuple[int, int]]:
    """What is repaid before the loan falls due: instalments, a single odd sum, everything, or nothing.

    Instalments carry no interest; they leave two fifths to the end, so that no loan ever shows as next to nothing.
    """
    dice = random.random()
    term = loan.due - loan.disbursed
    if dice < 0.42:
        months = list(range(loan.disbursed + 3, loan.due, random.choice((3, 3, 6))))
        each = loan.amount * 3 // 5 // len(months)
        return [(month, each) for month in months]
    if dice < 0.54:
        odd = random.randrange(loan.amount // 10, loan.amount // 2)
        return [(loan.disbursed + random.randrange(2, term), odd)]
    if dice < 0.62:
        return [(loan.disbursed + random.randrange(4, term), loan.amount)]
    return []


def _whole(expected: float, random: Random) -> int:
    """A whole number with that mean."""
    return int(expected) + (random.random() < expected % 1)


def planned_year(seed: int, institution: str, county: str, at: int) -> float:
    """The loans expected in the calendar year of that month, from which the year's target is set."""
    growth = growth_of(seed, institution, county)
    return sum(planned_draws(institution, county, growth, january(at) + month) for month in range(12))
