"""Slips that have nothing to do with each other, two in one row or three in one file: as many messages are due."""

from __future__ import annotations

from collections.abc import Callable

from tests.sabotage.kinds_cells import BALANCED, one_less, one_more, retyped, transposed
from tests.sabotage.kinds_cells import digits as digits_of
from tests.sabotage.planting import BANKS, FILE, ROW, Desk, Draft, kind

Slip = Callable[[Desk, Draft, str, str], bool]
"""Changes a figure of an area; whether it is another one now."""
_DIGITS = 4
"""So many at least: the first may be exchanged or doubled and is still seen."""
_SIZED = ("past_due_amount", "credit_line_amount")
"""Stocks that no equation holds: how large they were last month tells of them."""


def _typed(change: Callable[[Desk, str], str], least: int = _DIGITS) -> Slip:
    """A slip of the digits; a figure that begins with nought for it has a digit less."""

    def slip(desk: Desk, draft: Draft, area: str, code: str) -> bool:
        text = digits_of(draft, area, code)
        changed = change(desk, text) if len(text) >= least else "0"
        return not changed.startswith("0") and retyped(draft, area, code, changed) is not None

    return slip


def _times(factor: int) -> Slip:
    def slip(desk: Desk, draft: Draft, area: str, code: str) -> bool:
        is_told = len(digits_of(draft, area, code)) >= _DIGITS
        draft.put(area, code, draft.at(area, code) * factor)
        return is_told

    return slip


def _of_last_month(desk: Desk, draft: Draft, area: str, code: str) -> bool:
    before = draft.earlier()
    if before is None or abs(before.at(area, code) - draft.at(area, code)) < 100 * draft.clean.step:
        return False
    draft.put(area, code, before.at(area, code))
    return True


def pair(name: str, title: str, one: tuple[str, Slip], other: tuple[str, Slip]) -> None:
    """A kind that has two different slips in a county's amounts, each in an equation of its own."""

    @kind(name, ROW, title, one[0], other[0], errors=2)
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        area, codes = desk.random.choice(draft.counties), desk.random.sample(BALANCED, 2)
        both = zip((one[1], other[1]), codes, strict=True)
        return draft if all(slip(desk, draft, area, code) for slip, code in both) else None

    plant.__doc__ = f"Two amounts of a county that stand in equations are wrong: {one[0]} and {other[0]}."


_TRANSPOSED = ("transposed", _typed(transposed))
_MORE, _LESS = ("digit_more", _typed(one_more)), ("digit_less", _typed(one_less))
_UNIT, _NOUGHT = ("unit", _times(10_000)), ("omitted", _times(0))
pair("row-two-digits", "一个县区两格金额各有差错：颠倒，多一位", _TRANSPOSED, _MORE)
pair("row-two-less", "一个县区两格金额各有差错：少一位，颠倒", _LESS, _TRANSPOSED)
pair("row-two-unit", "一个县区两格金额各有差错：按元填，少一位", _UNIT, _LESS)
pair("row-two-nought", "一个县区两格金额各有差错：漏填，颠倒", _NOUGHT, _TRANSPOSED)
pair("row-two-old", "一个县区两格金额各有差错：沿用上月，多一位", ("last_months", _of_last_month), _MORE)


@kind("row-slip-and-stock", ROW, "一个县区累计收回颠倒、逾期或授信金额多一位", "transposed", "digit_more", errors=2)
def slip_and_stock(desk: Desk) -> Draft | None:
    """Digits of what was repaid this year are exchanged, a stock that no equation holds has one too many."""
    return _with_stock(desk, desk.random.choice(_SIZED), _MORE[1])


@kind("row-slip-and-count", ROW, "一个县区累计收回颠倒、期末户数多一位", "transposed", "digit_more", errors=2)
def slip_and_count(desk: Desk) -> Draft | None:
    """Digits of what was repaid this year are exchanged, the households outstanding have one digit too many."""
    return _with_stock(desk, "outstanding_households", _typed(one_more, least=2))


def _with_stock(desk: Desk, stock: str, slip: Slip) -> Draft | None:
    draft = desk.statement()
    area, before = desk.random.choice(draft.counties), draft.earlier()
    if before is None or not before.at(area, stock):
        return None
    slips = ((_TRANSPOSED[1], "repaid_amount_ytd"), (slip, stock))
    return draft if all(change(desk, draft, area, code) for change, code in slips) else None


@kind(
    "file-three",
    FILE,
    "三个县区各有一处差错：负号、两栏对比基数互换、贴息漏打小数点",
    "sign",
    "columns_exchanged",
    "point",
    errors=3,
)
def three(desk: Desk) -> Draft | None:
    """In three counties: a minus, two typed bases exchanged, a subsidy without its point; no total follows."""
    draft = desk.draft("M01", BANKS)
    draft.follows = False
    first, second, third = desk.random.sample(draft.counties, 3)
    bases = ("outstanding_amount_previous_month", "outstanding_amount_year_start")
    one, other = (draft.at(second, code) for code in bases)
    draft.put(first, "repaid_amount_mtd", -draft.at(first, "repaid_amount_mtd"))
    draft.put(second, bases[0], other)
    draft.put(second, bases[1], one)
    is_told = _times(100)(desk, draft, third, "interest_subsidy_accrued_ytd")
    return draft if is_told and one != other and draft.at(first, "repaid_amount_mtd") else None


@kind("file-two-balances", FILE, "两个县区的余额各填错，五级分类没有错", "other", "wrong_digit", "A02", errors=2)
def two_balances(desk: Desk) -> Draft | None:
    """Two counties' balances are off, each by some 万元, or one by as much more as the other less."""
    draft = desk.draft("M01", BANKS)
    one, other = desk.random.sample(draft.counties, 2)
    more, wan = desk.random.choice((5, 9, 13, 18)), 1_000_000
    if draft.earlier() is None:
        return None
    for area, off in ((one, more), (other, desk.random.choice((7, -more)))):
        draft.put(area, "outstanding_amount", draft.at(area, "outstanding_amount") + off * wan)
    return draft
