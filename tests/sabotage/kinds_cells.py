"""One figure typed wrong: units, digits, signs, points."""

from __future__ import annotations

from collections.abc import Callable

from tests.sabotage.planting import CELL, Desk, Draft, kind, scaled

BALANCED = (
    "disbursed_amount_mtd",
    "disbursed_amount_ytd",
    "disbursed_amount_cum",
    "repaid_amount_mtd",
    "repaid_amount_ytd",
    "outstanding_amount",
    "pass_amount",
)
"""Amounts that stand in an equation, and are hardly ever zero."""


def somewhere(desk: Desk, *codes: str) -> tuple[Draft, str, str]:
    """A statement, one of its counties and one of these figures."""
    draft = desk.statement()
    return draft, desk.random.choice(draft.counties), desk.random.choice(codes or BALANCED)


def digits(draft: Draft, area: str, code: str) -> str:
    """A figure as its digits are typed, without the point."""
    step = draft.clean.step if code in draft.amounts else 1
    return str(abs(draft.at(area, code)) // step)


def retyped(draft: Draft, area: str, code: str, text: str) -> Draft | None:
    """The figure with these digits instead."""
    step = draft.clean.step if code in draft.amounts else 1
    rest = draft.at(area, code) % step
    value = int(text or "0") * step + rest
    if value == draft.at(area, code):
        return None
    draft.put(area, code, value)
    return draft


def digit_kind(name: str, title: str, cause: str, change: Callable[[Desk, str], str], least: int) -> None:
    """A kind that changes the digits of an amount in an equation."""

    @kind(name, CELL, title, cause)
    def plant(desk: Desk) -> Draft | None:
        draft, area, code = somewhere(desk)
        text = digits(draft, area, code)
        return retyped(draft, area, code, change(desk, text)) if len(text) >= least else None

    plant.__doc__ = f"Digits of an amount in an equation are changed: {cause}."


def transposed(desk: Desk, text: str) -> str:
    at = desk.random.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def one_more(desk: Desk, text: str) -> str:
    at = desk.random.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def one_less(desk: Desk, text: str) -> str:
    at = desk.random.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _another(desk: Desk, text: str) -> str:
    at = desk.random.randrange(len(text) - 1)
    other = desk.random.choice([d for d in "0123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]


digit_kind("cell-transposed", "一格金额相邻两位数字颠倒", "transposed", transposed, 3)
digit_kind("cell-digit-more", "一格金额多打一位（重复一位）", "digit_more", one_more, 3)
digit_kind("cell-digit-less", "一格金额少打一位", "digit_less", one_less, 3)
digit_kind("cell-digit-wrong", "一格金额打错一位", "wrong_digit", _another, 3)


def factor_kind(name: str, title: str, causes: tuple[str, ...], more: int, less: int = 1) -> None:
    """A kind that multiplies an amount in an equation."""

    @kind(name, CELL, title, *causes)
    def plant(desk: Desk) -> Draft | None:
        draft, area, code = somewhere(desk)
        value = draft.at(area, code)
        step = draft.clean.step
        changed = scaled(value, more, less, step)
        if not value or changed == value:
            return None
        draft.put(area, code, changed)
        return draft

    plant.__doc__ = f"An amount in an equation is multiplied by {more}/{less}, rounded as the sheet is."


factor_kind("cell-yuan", "一格金额按元填（多出四位）", ("unit",), 10_000)
factor_kind("cell-wan", "一格金额按万元填（少了四位）", ("unit",), 1, 10_000)
factor_kind("cell-point-right", "一格金额小数点右移一位", ("digit_more", "point"), 10)
factor_kind("cell-point-left", "一格金额小数点左移一位", ("digit_less", "point"), 1, 10)
factor_kind("cell-no-point", "一格金额漏打小数点（多出两位）", ("point",), 100)


@kind("cell-sign", CELL, "一格金额多打负号", "sign", "A10")
def negative(desk: Desk) -> Draft | None:
    """An amount in an equation is typed with a minus."""
    draft, area, code = somewhere(desk)
    draft.put(area, code, -draft.at(area, code))
    return draft
