"""Errors of last month that were taken in: this month is right, and does not go on from what is in force."""

from __future__ import annotations

from pipeline.validate.past import ordinal
from tests.sabotage.kinds_cells import somewhere
from tests.sabotage.planting import CELL, Desk, Draft, kind

CARRIED = ("outstanding_amount", "disbursed_amount_ytd", "disbursed_amount_cum")
"""What one loan too many in last month's books is in."""
TYPED = "outstanding_amount_previous_month"


@kind("last-month-lent", CELL, "上月多记或少记了发放，上月自成一致，本月是对的", "last_month_wrong")
def last_month_lent_otherwise(desk: Desk) -> Draft | None:
    """Last month's balance, and all that was lent since January and ever, are off alike; this month is true."""
    return _last_month(desk, 1, *CARRIED)


@kind("last-month-repaid", CELL, "上月多记或少记了收回，上月自成一致，本月是对的", "last_month_wrong")
def last_month_repaid_otherwise(desk: Desk) -> Draft | None:
    """Last month's balance is less by what was repaid too much since January, or more; this month is true."""
    return _last_month(desk, -1, CARRIED[0], "repaid_amount_ytd")


@kind("last-month-balance", CELL, "上月余额有误而被采用，本月是对的", "last_month_wrong")
def last_month_balance_wrong(desk: Desk) -> Draft | None:
    """Last month's balance alone is off, and was taken in."""
    return _last_month(desk, 1, CARRIED[0])


@kind("last-month-ever", CELL, "上月历史累计多写一位而被采用，本月是对的", "last_month_wrong")
def last_month_ever_tenfold(desk: Desk) -> Draft | None:
    """All that was ever lent was ten times as much last month."""
    draft, area, _ = somewhere(desk)
    before, code = draft.earlier(), CARRIED[2]
    if before is None or not before.at(area, code):
        return None
    _put_before(draft, area, code, 10 * before.at(area, code))
    return draft


def some(desk: Desk) -> int:
    """3 to 25 万元, more or less."""
    return desk.random.randint(300, 2500) * 10_000 * desk.random.choice((1, -1))


def _last_month(desk: Desk, sign: int, balance: str, *sums: str) -> Draft | None:
    draft, area, _ = somewhere(desk)
    before, off = draft.earlier(), some(desk)
    if before is None or (draft.month.month == 1 and sums):
        return None
    meant = {balance: before.at(area, balance) + sign * off} | {code: before.at(area, code) + off for code in sums}
    if min(meant.values()) < 0:
        return None
    for code, value in meant.items():
        _put_before(draft, area, code, value)
    draft.goes_on.add((area, TYPED, "", 0))
    return draft


def _put_before(draft: Draft, area: str, code: str, value: int) -> None:
    draft.before[draft.clean.unit, area, ordinal(draft.month.previous), code] = value
    draft.goes_on.add((area, code, "", 0))
