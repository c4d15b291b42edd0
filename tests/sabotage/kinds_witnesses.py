"""Errors that equations alone would tell wrongly: what is known besides has to speak."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.validate.past import ordinal
from pipeline.validate.rules.counts import COUNTS
from tests.sabotage.kinds_cells import digits, retyped, somewhere
from tests.sabotage.kinds_columns import rows
from tests.sabotage.kinds_earlier import CARRIED, TYPED, some
from tests.sabotage.planting import BANKS, CELL, COLUMN, FILE, TOTAL, Desk, Draft, kind, scaled

_WAN = 1_000_000
_TEN_WAN = 10 * _WAN


def _rounded(draft: Draft, *codes: str) -> Draft:
    for area in rows(draft):
        for code in codes:
            if draft.has(area, code):
                draft.put(area, code, scaled(draft.at(area, code), 1, 1, _TEN_WAN), alone=True)
    return draft


@kind("file-rounded", FILE, "全表金额取整到10万元，仍写两位小数", "rounded")
def file_rounded(desk: Desk) -> Draft:
    """All amounts are rounded to 10 万元, in the format of before."""
    draft = desk.draft("M01", BANKS)
    draft.whole = True
    return _rounded(draft, *draft.amounts)


@kind("column-rounded", COLUMN, "余额一栏取整到10万元", "other")
def column_rounded(desk: Desk) -> Draft:
    """The outstanding amounts are rounded to 10 万元, the total too."""
    return _rounded(desk.draft("M01", BANKS), "outstanding_amount")


@kind("sum-one-off", CELL, "一县多填一户（笔），合计没变：不知是谁错", "A01")
def sum_one_off(desk: Desk) -> Draft:
    """A count that only the total knows is one too many: nobody can tell whose."""
    draft = desk.draft("M01", BANKS)
    draft.follows = False
    code = desk.random.choice(("outstanding_loans", "credit_line_households", "past_due_loans"))
    area = desk.random.choice(draft.counties)
    draft.put(area, code, draft.at(area, code) + 1)
    draft.also.add(("", code))
    return draft


@kind("total-wan", CELL, "元表合计一格按万元填", "unit")
def total_in_wan(desk: Desk) -> Draft:
    """A typed total stands in 万元 with two decimals, in a sheet in 元."""
    draft = desk.draft("M01", ("psbc",))
    code = desk.random.choice(("outstanding_amount", "disbursed_amount_ytd", "repaid_amount_ytd"))
    draft.put(TOTAL, code, scaled(draft.at(TOTAL, code), 1, 10_000, draft.clean.step))
    return draft


@kind("flow-carried-on", CELL, "本月发放颠倒一位，本年、历史累计照错的加", "transposed")
def flow_carried_on(desk: Desk) -> Draft | None:
    """Digits of the month's lending are exchanged, and what it was added to has them too."""
    draft, area, _ = somewhere(desk)
    draft.follows = True
    code = "disbursed_amount_mtd"
    text, right = digits(draft, area, code), draft.at(area, code)
    if len(text) < 4 or text[0] == text[1] or text[1] == "0" or not retyped(draft, area, code, text[1::-1] + text[2:]):
        return None
    for span in ("disbursed_amount_ytd", "disbursed_amount_cum"):
        draft.put(area, span, draft.at(area, span) + draft.at(area, code) - right)
    return draft


@kind("correction-not-carried", CELL, "上月订正过，本月仍从没有订正的数接着算", "correction_not_carried")
def correction_not_carried(desk: Desk) -> Draft | None:
    """The year, all ever lent, the balance, its grade and the typed base go on from a last month that was replaced."""
    draft, area, _ = somewhere(desk)
    if draft.month.month == 1:
        return None
    draft.follows = True
    off = some(desk)
    for code in (*CARRIED, TYPED, "pass_amount"):
        draft.put(area, code, draft.at(area, code) + off)
    place = draft.clean.unit, area, ordinal(draft.month.previous), CARRIED[0]
    draft.replaced[place] = frozenset({draft.at(area, TYPED)})
    return draft


# ------------------------------------------------------------------ figures that no balance holds


@kind("lines-yuan", COLUMN, "授信金额一栏全按元填", "unit")
def lines_in_yuan(desk: Desk) -> Draft:
    """The amounts of all credit lines are ten thousand times what they are: only last month's figures tell."""
    draft, code = desk.draft("M01", BANKS), "credit_line_amount"
    for area in rows(draft):
        draft.put(area, code, draft.at(area, code) * 10_000, alone=True)
    return draft


@kind("past-due-yuan", CELL, "逾期余额一格按元填", "unit")
def past_due_in_yuan(desk: Desk) -> Draft | None:
    """What is past due is ten thousand times what it is, and may be more than all that is lent."""
    draft, area, code = somewhere(desk, "past_due_amount")
    draft.put(area, code, draft.at(area, code) * 10_000)
    return draft


def _count(name: str, title: str, cause: str, change: Callable[[str], str], *codes: str) -> None:
    @kind(name, CELL, title, cause)
    def plant(desk: Desk) -> Draft | None:
        draft, area, code = somewhere(desk, *codes)
        text, before = digits(draft, area, code), draft.earlier()
        if len(text) < _DIGITS or before is None or len(digits(before, area, code)) < _DIGITS:
            return None
        return retyped(draft, area, code, change(text))

    plant.__doc__ = f"{'、'.join(codes)} is typed with a digit that does not belong there, or without one: {cause}."


_DIGITS = 2
"""Counts of one digit may well be ten times as much a month later."""


def _last_twice(text: str) -> str:
    return text + text[-1]


def _without_last(text: str) -> str:
    return text[:-1]


_count("lines-digit-more", "授信户数多打一位（重复末位）", "digit_more", _last_twice, "credit_line_households")
_count("households-digit-less", "期末户数少打一位（漏末位）", "digit_less", _without_last, "outstanding_households")
for _code, _name in (
    ("registered_households", "建档立卡户数"), ("eligible_households", "有意愿户数"), ("rated_households", "评级户数"),
    ("credit_line_households", "授信户数"), ("outstanding_loans", "期末笔数"),
    ("outstanding_households", "期末户数"), ("past_due_loans", "逾期笔数"), ("past_due_households", "逾期户数"),
):  # fmt: skip
    _short = _code.replace("_households", "").replace("_", "-")
    _count(f"tenfold-{_short}", f"{_name}多打一个0", "digit_more", lambda text: f"{text}0", _code)
    _count(f"tenth-{_short}", f"{_name}少打末位", "digit_less", _without_last, _code)


@kind("column-tenfold", COLUMN, "一栏户数或笔数全大十倍", "digit_more")
def column_tenfold(desk: Desk) -> Draft:
    """A count that no equation holds is ten times what it is, in all rows."""
    draft, code = desk.draft("M01", BANKS, range(2, 13)), desk.random.choice(COUNTS)
    for area in rows(draft):
        if draft.has(area, code):
            draft.put(area, code, draft.at(area, code) * 10, alone=True)
    return draft
