"""A loan and a household: what happened to them, and what can be asked of them at a month's end.

Amounts are integers of fen, rates millionths of a percentage point, months plain numbers (see `months`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

CAP = 50_000_00
"""The most that a household may owe, or draw within a year, in fen."""

NEVER = 10**6
"""A month that does not come."""

GRACE_MONTHS = 2
"""A loan due in mid-month is past the 70 days of grace at the end of the second month after."""


@dataclass(slots=True)
class Loan:
    """One loan with its whole fate, drawn when it is made."""

    household: Household
    amount: int
    rate: int
    disbursed: int
    due: int
    """The month in which it falls due, after any extension."""
    payments: tuple[tuple[int, int], ...]
    """Principal as (month, fen), in order. They add up to the amount unless it is written off."""
    renews: bool = False
    """Falls due in full, and a new loan takes its place in that month 「续贷」."""
    renewal: bool = False
    """Took the place of another in the month it was disbursed."""
    extended: int = NEVER
    """The month in which an extension 「展期」 was signed."""
    watched: int = NEVER
    """The month from which it is graded special-mention although nothing is past due."""
    written_off: int = NEVER

    @property
    def closed(self) -> int:
        """The month from whose end on nothing is owed."""
        repaid = sum(fen for _, fen in self.payments) == self.amount
        return self.payments[-1][0] if repaid else self.written_off

    def balance(self, at: int) -> int:
        """What is owed at the end of that month."""
        if at < self.disbursed or at >= self.written_off:
            return 0
        return self.amount - sum(fen for month, fen in self.payments if month <= at)

    def is_past_due(self, at: int) -> bool:
        """Whether the month in which it fell due is over and something is still owed."""
        return at >= self.due and self.balance(at) > 0

    def grade(self, at: int) -> str:
        """The class of the five-grade classification 「五级分类」 of what is owed at the end of that month."""
        months_past_due = at - self.due
        if months_past_due >= 12:
            return "loss"
        if months_past_due >= 6:
            return "doubtful"
        if months_past_due >= 3:
            return "substandard"
        concerned = months_past_due >= 0 or at >= self.extended or at >= self.watched
        return "special_mention" if concerned else "pass"


@dataclass(slots=True)
class Household:
    """A household as one lender knows it. `area` is an of-which area inside the county, or empty."""

    number: int
    area: str
    rated: int
    """The month in which it was rated 「评级」."""
    line_granted: int = NEVER
    line_until: int = -1
    """The line's last month; a loan under it makes it count for longer."""
    line_amount: int = 0
    loans: list[Loan] = field(default_factory=list)

    def outstanding(self, at: int) -> int:
        """What the household owes this lender at the end of that month."""
        return sum(loan.balance(at) for loan in self.loans)

    def drawn_in_year(self, at: int) -> int:
        """What was disbursed to it in the calendar year of that month."""
        return sum(loan.amount for loan in self.loans if loan.disbursed // 12 == at // 12)

    def may_draw(self, at: int, amount: int) -> bool:
        """Whether a further loan keeps line, yearly cap and good standing."""
        return (
            self.line_granted <= at <= self.line_until
            and self.outstanding(at) + amount <= self.line_amount
            and self.drawn_in_year(at) + amount <= CAP
            and not any(loan.is_past_due(at) or loan.written_off <= at for loan in self.loans)
        )


@dataclass(slots=True)
class Book:
    """All that one institution lent in one county. Loans stand in the order of their months."""

    institution: str
    county: str
    households: list[Household] = field(default_factory=list)
    loans: list[Loan] = field(default_factory=list)
