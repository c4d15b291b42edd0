"""How a relation of an edit rule is written, as `examples.formula` reads it, and what belongs to a rule in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.validate.equations import Equation, Since

_WHOSE = {Since.NOW: "", Since.LAST_MONTH: "上月 ", Since.YEAR_START: "上年末 "}
ROUNDED = "各数按所报金额的末位四舍五入，每个数容许差半个末位；精确到分的金额和户数、笔数不容许差。"


@dataclass(frozen=True, slots=True)
class Written:
    """One rule in words. `relations` may be words alone where a rule is no equation."""

    relations: tuple[str, ...]
    meaning: str
    parameters: tuple[str, ...] = ()
    """The policy parameters that decide it."""
    tolerance: str = ""
    """What roundings are allowed for; empty where the figures must agree to the last digit."""


def equation_in_words(equation: Equation) -> str:
    """「{期末}＝{上月 期末}＋{发放}－{收回}」."""
    parts = [
        f"{'' if n == 0 else '＋' if term.sign > 0 else '－'}{{{_WHOSE[term.since]}{term.indicator}}}"
        for n, term in enumerate(equation.terms)
    ]
    return f"{{{equation.figure}}}＝{''.join(parts)}"


def equations(equations: Iterable[Equation]) -> tuple[str, ...]:
    """Each in words."""
    return tuple(map(equation_in_words, equations))


def backwards(equation: Equation) -> str:
    """What a sum and the month leave for last month's."""
    before, month = equation.terms
    return f"{{上月 {before.indicator}}}＝{{{equation.figure}}}－{{{month.indicator}}}"


def sum_in_words(figure: str, parts: Iterable[str]) -> str:
    """「{合计}＝{甲}＋{乙}」."""
    return f"{{{figure}}}＝{'＋'.join(f'{{{part}}}' for part in parts)}"


def at_least(*pairs: tuple[str, str], whose: str = "") -> tuple[str, ...]:
    """「{大}≥{小}」 of each pair; `whose` stands before both names."""
    return tuple(f"{{{whose}{larger}}}≥{{{whose}{smaller}}}" for larger, smaller in pairs)
