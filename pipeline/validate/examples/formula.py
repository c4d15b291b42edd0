"""Relations as they are written, with indicators in braces: read in words, in the form's numbers, or in figures.

`{outstanding_amount}` is this month's figure; before the indicator may stand whose it is: `{上月 outstanding_amount}`,
`{合计 …}`, `{县区 …}` (the county's return), and `{参数 loan_cap_household}` for a policy parameter. What a sentence
calls 「规定…」 reads so where no month is known: `{规定倍数 unit_slip_factor}` is 「规定倍数」, or 「50倍」 in a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from pipeline.catalog.catalog import Catalog
from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MICRO_PER_PERCENT, YUAN_PER_WAN
from pipeline.periods import Month
from pipeline.validate.examples import naming
from pipeline.validate.examples.edits import whole
from pipeline.validate.examples.truth import TEN
from pipeline.validate.examples.world import AREA, BANK, COUNTY, INNER, TARGETS, WHOLE, Value, World

_TOKEN = re.compile(r"\{(?:([^\s{}]+) )?([^\s{}]+)\}")
_MONTHS_AGO = re.compile(r"(\d+)个月前")
_PARAMETER, _SET, _PART = "参数", "规定", "分之一"
_SIGNS = frozenset("＝≤≥")


@dataclass(frozen=True, slots=True)
class Whose:
    """Where a figure stands, and how that is said before its name and after it."""

    table: str
    back: int = 0
    area: str = AREA
    """An area, `total` for the typed total, `sum` for all areas together."""
    before: str = ""
    after: str = ""


_WHOSE = {
    "": Whose(BANK),
    "上月": Whose(BANK, 1, before="上月"),
    "上年末": Whose(BANK, -1, before="上年末"),
    "上年同月": Whose(BANK, 12, before="上年同月"),
    "合计": Whose(WHOLE, 0, "total", "合计行"),
    "各县区之和": Whose(WHOLE, 0, "sum", "各县区", "之和"),
    "另一家": Whose(WHOLE, before="其他银行"),
    "其中区域": Whose(WHOLE, 0, INNER[0], "其中区域"),
    "所在县区": Whose(WHOLE, 0, TEN[0], "所在县区"),
    "县区": Whose(COUNTY),
    "上月县区": Whose(COUNTY, 1, before="上月"),
    "县区报表": Whose(COUNTY, before="县区报表"),
    "任务": Whose(TARGETS),
    "任务合计": Whose(TARGETS, 0, "total", "合计行"),
    "任务之和": Whose(TARGETS, 0, "sum", "各县区", "之和"),
}


def _whose(name: str) -> Whose:
    ago = _MONTHS_AGO.fullmatch(name)
    return Whose(BANK, int(ago[1]), before=f"{name}的") if ago else _WHOSE[name]


def _filled(line: str, told: Callable[[str, str], str]) -> str:
    return _TOKEN.sub(lambda found: told(found[1] or "", found[2]), line)


def in_words(line: str, catalog: Catalog, month: Month | None = None) -> str:
    """「期末余额/金额〔22〕＝上月期末余额/金额〔22〕＋…」; with the values of parameters where a month is given."""

    def told(name: str, place: str) -> str:
        if name == _PARAMETER:
            title = catalog.policy.parameters[place].title
            return f"{title}（{_as_set(place, month, catalog)}）" if month else title
        if name.startswith(_SET):
            return _as_set(place, month, catalog, part=name.endswith(_PART)) if month else name
        whose = _whose(name)
        number = naming.number(place, whose.table, catalog)
        label = naming.label(place, whose.table, catalog)
        return f"{whose.before}{label}{f'〔{number}〕' if number else ''}{whose.after}"

    return _filled(line, told)


def _is_parameter(name: str) -> bool:
    return name == _PARAMETER or name.startswith(_SET)


def _as_set(parameter: str, month: Month, catalog: Catalog, *, part: bool = False) -> str:
    """What a parameter is in a month: 「5万元」, 「12个月」, 「50倍」, or 「50分之一」."""
    value, unit = catalog.policy.value(parameter, month), catalog.policy.parameters[parameter].unit
    if part:
        return f"{value}{_PART}"
    if unit == "元" and isinstance(value, int) and not value % YUAN_PER_WAN:
        return f"{value // YUAN_PER_WAN}万元"
    return f"{value}{'个月' if unit == '月' else unit}"


def in_numbers(line: str, catalog: Catalog) -> str:
    """「22＝上月22＋08－15－18＋19A」; empty where an indicator has no number, and where it is no formula."""
    numbered = [
        not _is_parameter(name) and naming.number(place, _whose(name).table, catalog)
        for name, place in _TOKEN.findall(line)
    ]
    if not numbered or not all(numbered) or not set(line) & _SIGNS:
        return ""

    def told(name: str, place: str) -> str:
        whose = _whose(name)
        return f"{whose.before}{naming.number(place, whose.table, catalog)}{whose.after}"

    return _filled(line, told)


def in_figures(line: str, world: World, catalog: Catalog) -> str:
    """「1234.50万元＝1212.29万元＋42.36万元－…」."""

    def told(name: str, place: str) -> str:
        if _is_parameter(name):
            parameter = catalog.policy.parameters[place]
            return f"{catalog.policy.value(place, world.month)}{parameter.unit}"
        return naming.said(place, _value(name, place, world), _whose(name).table, catalog)

    return _filled(line, told)


def in_fractions(line: str, world: World, catalog: Catalog) -> str:
    """The same as exact numbers in one scale, 万元 and percent, each in brackets: for whoever computes it anew."""

    def told(name: str, place: str) -> str:
        if _is_parameter(name):
            return f"({_parameter(place, world.month, catalog)})"
        value = _value(name, place, world)
        if not isinstance(value, int):
            return "(None)"
        column = naming.column(place, _whose(name).table, catalog)
        scale = FEN_PER_WAN if column.is_amount else MICRO_PER_PERCENT if column.is_rate else 1
        return f"({Fraction(value, scale)})"

    return _filled(line, told)


def _parameter(name: str, month: Month, catalog: Catalog) -> Fraction:
    value = Fraction(str(catalog.policy.value(name, month)))
    is_money = catalog.policy.parameters[name].unit == "元"
    return value * FEN_PER_YUAN / FEN_PER_WAN if is_money else value


def _value(name: str, place: str, world: World) -> Value:
    whose = _whose(name)
    table = world.table(whose.table, naming.months_back(whose.back, world))
    if whose.area == "total":
        return (table.total or {}).get(place)
    if whose.area == "sum":
        return sum(whole(row[place]) for _, row in table.rows)
    return table.of(whose.area).get(place)
