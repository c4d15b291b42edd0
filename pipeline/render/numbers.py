"""How a figure is printed: rounded once, half up, or the symbol or words that stand in its place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigurePart, FigureTable, Symbol
from pipeline.money import FEN_PER_WAN, fixed, round_half_up

NOT_APPLICABLE = "—"
NEGLIGIBLE = "…"
PARTIAL_MARK = "*"
ROUNDING_NOTE = "因四舍五入，合计与分项之和可能略有出入。"

_SHOWN_PLACES = {"fen": 2, "ratio": 2}
_WORDS = {
    Symbol.MISSING: "",
    Symbol.NOT_APPLICABLE: NOT_APPLICABLE,
    Symbol.NOT_COMPUTED: "未报齐，不计算",
    Symbol.BASE_ZERO: "上年同期为零，不计算增速",
    Symbol.BASE_MISSING: "上年同期未统计",
    Symbol.BASE_NEGATIVE: "上年同期为负，不计算增速",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as printed. `value` is exact, in 万元, counts or as a quotient; None where words stand instead."""

    text: str
    value: Fraction | None = None
    number_format: str = ""


def show(figure: Figure, column: AnnexColumn) -> Shown:
    """The printed form of a figure: text, exact value and the number format that turns one into the other."""
    if figure.numerator is None:
        return Shown(_words(figure, column))
    value = in_printed_unit(Fraction(figure.numerator, figure.denominator), figure.unit)
    mark = PARTIAL_MARK if figure.symbol is Symbol.PARTIAL else ""
    pattern = f'"{mark}"' if mark else ""
    if not value:
        return Shown("0" + mark, value, "0" + pattern)
    if is_negligible(value, figure.unit):
        return Shown(NEGLIGIBLE + mark, value, f'"{NEGLIGIBLE}{mark}"')
    places = _SHOWN_PLACES.get(figure.unit, 0)
    percent = "%" if figure.unit == "ratio" else ""
    shown = fixed(value * 100 if percent else value, places)
    decimals = "." + "0" * places if places else ""
    return Shown(shown + percent + mark, value, f"0{decimals}{percent}{pattern}")


def in_printed_unit(number: Fraction | int, unit: str) -> Fraction:
    """Fen become 万元; counts, quotients and ranks stay."""
    return Fraction(number) / FEN_PER_WAN if unit == "fen" else Fraction(number)


def is_negligible(value: Fraction, unit: str) -> bool:
    """Not zero, but printed as zero: less than half the last printed digit."""
    scale = 100 if unit == "ratio" else 1
    return bool(value) and round_half_up(value * scale, _SHOWN_PLACES.get(unit, 0)) == 0


def rounding_shows(table: FigureTable, layout: AnnexLayout) -> bool:
    """Whether a printed total differs from the sum of the printed rows beneath it."""
    amounts = [column for column in layout.columns if column.unit == "fen"]
    return any(_printed_rows_disagree(part, column) for part in table.parts for column in amounts)


def _printed_rows_disagree(part: FigurePart, column: AnnexColumn) -> bool:
    known = [(row.is_total, row.figures[column.id].numerator) for row in part.rows]
    totals = [number for is_total, number in known if is_total and number is not None]
    rows = [number for is_total, number in known if not is_total and number is not None]
    if not totals or totals[0] != sum(rows):
        return False
    return _hundredths(totals[0]) != sum(_hundredths(number) for number in rows)


def _hundredths(fen: int) -> int:
    return round_half_up(in_printed_unit(fen, "fen"), 2)


def _words(figure: Figure, column: AnnexColumn) -> str:
    if figure.text:
        return figure.text
    if column.derivation == "rank" and figure.symbol is not Symbol.MISSING:
        return NOT_APPLICABLE
    if column.derivation == "change" and figure.symbol is Symbol.BASE_MISSING:
        return "年初未统计"
    return _WORDS[figure.symbol]
