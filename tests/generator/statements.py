"""The truth: exact figures of one book, or of an of-which area inside it, at a month's end.

Figures have the codes of `schemas/forms/M01.yaml`. Amounts are fen, counts whole numbers, the rate millionths of a percentage
point. Nothing is rounded except rate and interest, which no bank has more exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pipeline.money import round_half_up
from tests.generator.loans import GRACE_MONTHS, Book, Household, Loan
from tests.generator.months import january

AMOUNTS: tuple[str, ...] = (
    "credit_line_amount",
    "disbursed_amount_mtd",
    "disbursed_amount_ytd",
    "disbursed_amount_cum",
    "repaid_amount_mtd",
    "repaid_amount_ytd",
    "written_off_amount_mtd",
    "written_off_amount_ytd",
    "other_change_amount_mtd",
    "other_change_amount_ytd",
    "outstanding_amount",
    "outstanding_amount_previous_month",
    "outstanding_amount_year_start",
    "outstanding_amount_previous_year",
    "pass_amount",
    "special_mention_amount",
    "substandard_amount",
    "doubtful_amount",
    "loss_amount",
    "npl_amount",
    "past_due_amount",
    "past_due_beyond_grace_amount",
    "renewed_amount_ytd",
    "extended_amount_ytd",
    "interest_subsidy_accrued_ytd",
    "interest_subsidy_paid_ytd",
)
COUNTS: tuple[str, ...] = (
    "registered_households",
    "eligible_households",
    "rated_households",
    "credit_line_households",
    "disbursed_loans_mtd",
    "disbursed_households_mtd",
    "disbursed_loans_ytd",
    "disbursed_households_ytd",
    "disbursed_loans_cum",
    "disbursed_households_cum",
    "settled_loans_ytd",
    "outstanding_loans",
    "outstanding_households",
    "past_due_loans",
    "past_due_households",
)
RATE = "weighted_average_rate"
"""Of the loans disbursed this year, weighted by amount; left out where there are none."""

WEIGHTED = "disbursed_amount_times_rate"
"""Inner figure: Σ amount × rate of the loans disbursed this year, so that averages of several areas are exact."""

INTEREST = "interest_base"
"""Inner figure: Σ balance × rate of loans in good standing at the month's end, on which next month's interest runs."""

_INNER = (WEIGHTED, INTEREST)


def aggregate(book: Book, at: int, within: str = "") -> dict[str, int]:
    """Figures of the book at the end of month `at`, from its own loans alone; `within` picks an of-which area."""
    tally = _Tally(at)
    for loan in book.loans:
        if not within or loan.household.area == within:
            tally.add(loan)
    households = (h for h in book.households if not within or h.area == within)
    return tally.figures(households)


def month_interest(base: int) -> int:
    """One month's interest in fen on an interest base."""
    return round_half_up(Fraction(base, 12 * 100 * 1_000_000))


def average_rate(figures: dict[str, int]) -> int | None:
    """The weighted average rate; None where nothing was disbursed this year."""
    disbursed = figures["disbursed_amount_ytd"]
    return round_half_up(Fraction(figures[WEIGHTED], disbursed)) if disbursed else None


class _Tally:
    """Counts loans one by one."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.january = january(at)
        self.sums: dict[str, int] = dict.fromkeys((*AMOUNTS, *COUNTS, *_INNER), 0)
        self.distinct: dict[str, set[int]] = {
            code: set() for code in COUNTS if "households" in code and code.startswith(("disb", "outst", "past"))
        }

    def add(self, loan: Loan) -> None:
        if loan.disbursed > self.at:
            return
        self._disbursed(loan)
        if loan.closed < self.january:
            return
        balance = self._repaid(loan)
        if loan.written_off <= self.at:
            self.sums["written_off_amount_ytd"] += balance
            self.sums["written_off_amount_mtd"] += balance if loan.written_off == self.at else 0
        elif balance:
            self._outstanding(loan, balance)
        if self.january <= loan.extended <= self.at:
            self.sums["extended_amount_ytd"] += loan.balance(loan.extended)

    def _disbursed(self, loan: Loan) -> None:
        sums = self.sums
        spans = ["cum"]
        if loan.disbursed >= self.january:
            spans.append("ytd")
            sums["renewed_amount_ytd"] += loan.amount if loan.renewal else 0
            sums[WEIGHTED] += loan.amount * loan.rate
        if loan.disbursed == self.at:
            spans.append("mtd")
        for span in spans:
            sums[f"disbursed_loans_{span}"] += 1
            sums[f"disbursed_amount_{span}"] += loan.amount
            self.distinct[f"disbursed_households_{span}"].add(loan.household.number)

    def _repaid(self, loan: Loan) -> int:
        """Count what was repaid this year; the result is what was not repaid, or written off."""
        balance = loan.amount
        for month, fen in loan.payments:
            if month > self.at:
                return balance
            balance -= fen
            if month >= self.january:
                self.sums["repaid_amount_ytd"] += fen
                self.sums["repaid_amount_mtd"] += fen if month == self.at else 0
        self.sums["settled_loans_ytd"] += not balance
        return balance

    def _outstanding(self, loan: Loan, balance: int) -> None:
        sums = self.sums
        sums["outstanding_loans"] += 1
        sums["outstanding_amount"] += balance
        self.distinct["outstanding_households"].add(loan.household.number)
        grade = loan.grade(self.at)
        sums[f"{grade}_amount"] += balance
        sums["npl_amount"] += balance if grade in ("substandard", "doubtful", "loss") else 0
        if self.at < loan.due:
            sums[INTEREST] += balance * loan.rate
            return
        sums["past_due_loans"] += 1
        sums["past_due_amount"] += balance
        self.distinct["past_due_households"].add(loan.household.number)
        sums["past_due_beyond_grace_amount"] += balance if self.at >= loan.due + GRACE_MONTHS else 0

    def figures(self, households: Iterable[Household]) -> dict[str, int]:
        owing = self.distinct["outstanding_households"]
        for household in households:
            self.sums["rated_households"] += household.rated <= self.at
            if household.line_granted <= self.at and (self.at <= household.line_until or household.number in owing):
                self.sums["credit_line_households"] += 1
                self.sums["credit_line_amount"] += household.line_amount
        return self.sums | {code: len(numbers) for code, numbers in self.distinct.items()}
