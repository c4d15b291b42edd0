"""The planted defects: what is wrong with the last month of the sample, on purpose, and which rule should say so."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.periods import Month
from tests.generator.lending import MEAN_AMOUNT
from tests.generator.loans import CAP, Book, Household, Loan
from tests.generator.senders import FIRST_MEASURES, ends_quarter


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect. `rule` is the only code that may follow from it; empty where only `status` shows it."""

    number: int
    unit: str
    form: str
    area: str
    rule: str
    severity: str
    title: str
    """Chinese, one line, as in docs/sample_data.md."""


SLIP = Defect(1, "rcb-hanyin", "M01", "hanyin", "A13", "hard", "汉阴农商银行：表头写“万元”，金额却按元填写")
ABSENT = Defect(2, "rcb-zhenping", "M01", "zhenping", "", "", "镇坪农商银行：当月报表没有报来，措施表也没有")
ABOVE_CAP = Defect(
    3, "abc", "M01", "ziyang", "A13", "soft", "农业银行紫阳县：本月多笔8万元贷款，户均超过5万元，未作说明"
)
LATE = Defect(4, "fin-langao", "C01", "langao", "", "", "岚皋县金融办：次月9日16:20才报来，迟报")
UNCHANGED = Defect(
    5,
    "rcb-ningshan",
    "Q01",
    "",
    "Q01-1",
    "soft",
    "宁陕农商银行：季度末的措施表只更新了数字，其余各项文字与上月一字不差",
)
MISQUOTED = Defect(
    6, "rcb-pingli", "Q01", "", "Q01-2", "soft", "平利农商银行：措施表里写的贷款余额两位数字颠倒，与本单位报表不一致"
)

PLANTED: tuple[Defect, ...] = (SLIP, ABSENT, ABOVE_CAP, LATE, UNCHANGED, MISQUOTED)

LATE_DAY, LATE_TIME = 9, "16:20"

LARGE_LOAN = 80_000_00
"""What the loans above the cap amount to, in fen."""

_ENOUGH = CAP * 106 // 100


def planted_in(last: Month) -> tuple[Defect, ...]:
    """The defects that a sample ending with that month has: those of Q01 only where they make sense."""
    out_of_place = set()
    if last < FIRST_MEASURES:
        out_of_place = {UNCHANGED.number, MISQUOTED.number}
    elif not ends_quarter(last) or last == FIRST_MEASURES:
        out_of_place = {UNCHANGED.number}
    return tuple(defect for defect in PLANTED if defect.number not in out_of_place)


def lend_above_cap(book: Book, at: int) -> None:
    """Turn loans of that month into large ones, until the month's average household is clearly above the cap.

    The loans themselves are changed, so every identity still holds; the households' lines are left as they were,
    which is how such loans come to be. Where the month has too few loans, new households join with large ones.
    """
    fresh = [loan for loan in book.loans if loan.disbursed == at and not loan.renewal]
    while _average(book, at) <= _ENOUGH:
        loan = fresh.pop() if fresh else _new_loan(book, at)
        extra = LARGE_LOAN - loan.amount
        loan.amount = LARGE_LOAN
        if loan.written_off > at and loan.payments:
            month, last = loan.payments[-1]
            loan.payments = (*loan.payments[:-1], (month, last + extra))


def _average(book: Book, at: int) -> int:
    loans = [loan for loan in book.loans if loan.disbursed == at]
    households = {loan.household.number for loan in loans}
    return sum(loan.amount for loan in loans) // len(households) if len(households) >= 3 else 0


def _new_loan(book: Book, at: int) -> Loan:
    rate = Random(at).choice([loan.rate for loan in book.loans])
    household = Household(
        len(book.households), "", rated=at, line_granted=at, line_until=at + 35, line_amount=MEAN_AMOUNT
    )
    loan = Loan(household, MEAN_AMOUNT, rate, at, at + 12, ((at + 12, MEAN_AMOUNT),))
    household.loans.append(loan)
    book.households.append(household)
    book.loans.append(loan)
    return loan
