"""The numbers of a clause, each with the sense in which it is given, and what figures of a statement agree with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.validate.quoted_words import Quantity, Token

Figures = list[tuple[Quantity, str, int]]
"""Numbers, each with the sense in which it is given and where it ends in the text."""


def figures_in(clause: Sequence[Token], letters: str, start: int, stop: int) -> Figures:
    """The numbers between these places of a clause."""
    found: Figures = []
    for place in range(start, stop):
        quantity = clause[place].quantity
        if quantity is None:
            continue
        end = place + letters.startswith("B", place + 1)
        said = clause[place - 1] if letters[:place].endswith("A") else clause[end]
        found.append((quantity, _SENSES.get(said.text, "more" if quantity.rough else "exact"), clause[end].end))
    return found


def noted(clause: Sequence[Token], note: int, number: int) -> Figures:
    """A bare number after its unit in brackets."""
    unit, bare = clause[note].quantity, clause[number].quantity
    assert unit is not None  # every U has one
    assert bare is not None  # every # has one
    return [
        (
            Quantity(bare.number * unit.number, bare.place * unit.number, unit.unit, bare.rough),
            "more" if bare.rough else "exact",
            clause[number].end,
        )
    ]


# ------------------------------------------------------------------ what agrees with a number

_SENSES = {
    **dict.fromkeys(("大约", "约", "左右", "上下"), "about"),
    **dict.fromkeys(("近", "将近", "接近"), "nearly"),
    **dict.fromkeys(("超过", "突破", "超", "逾", "不少于", "以上"), "at_least"),
    **dict.fromkeys(("不足", "不到"), "at_most"),
}


def agreeing(quantity: Quantity, sense: str, rough_percent: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Between which figures a statement agrees with a number that is given in this sense.

    A plain number was rounded to its last printed digit. 「约」 is as wide as the policy says, and up to twice as wide
    where the number itself is as round as that; 「余」 goes up to the next number as round. Bounds are bounds. What is
    less than nought (「减少」) agrees with what is less by as much.
    """
    if quantity.number < 0:
        low, high = agreeing(replace(quantity, number=-quantity.number), sense, rough_percent)
        return None if high is None else -high, None if low is None else -low
    number, half = quantity.number, quantity.place / 2
    rough = abs(number) * rough_percent / 100
    wide = max(half, rough, min(quantity.significant, 2 * rough))
    if sense == "at_least":
        return number, None
    if sense == "at_most":
        return None, number
    if sense == "about":
        around = max(half, rough, min(quantity.significant / 2, 2 * rough))
        return number - around, number + around
    if sense == "nearly":
        return number - wide, number + max(half, rough)
    if sense == "more":
        return number - max(half, rough), number + max(half, rough, quantity.significant)
    return number - half, number + half
