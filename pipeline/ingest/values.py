"""What one cell says, as an amount, a count, a rate or a text; what is not sure is a problem, never a guess.

The value is what is stored, not what is shown: the shortest decimal of a stored number, the written decimal of a
text. Words that belong to the number (万元, 户, ‰) are read wherever they stand: behind it or in its number format.
Whole numbers are demanded here: a count with a fraction cannot be stored, so it is a problem (F07) and never
reaches rule A10.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from pipeline.catalog.forms import Column
from pipeline.ingest.apart import Apart
from pipeline.ingest.measures import PIECES, is_of
from pipeline.ingest.money_words import is_short_for_money, usual
from pipeline.ingest.quantities import (
    NO_NUMBER,
    Reading,
    half_width,
    problem,
    quantity,
    refused_kind,
    stored_number,
    symbol_of,
    told,
    too_large,
    turned,
)
from pipeline.ingest.rate_words import PER_MILLE, RateWords, span_of
from pipeline.model import Cell, CellKind
from pipeline.money import LIMIT, MICRO_PER_PERCENT, MONEY_UNITS, to_integer

RATE_UNITS = frozenset({"%", "‰", "厘"})
_UNITS_IN_WORDS = PIECES | RATE_UNITS | MONEY_UNITS.keys() | {"年", "个月", "月", "天", "日"}
_DIGITS_LOST = 10**15
_LINE_ENDS = re.compile("_x000D_\n|\r\n|[\r\v\f\x85\u2028\u2029]")
"""Some writers leave the escape of a carriage return in the text itself."""
_UNSEEN_AROUND = re.compile("^[\\s\u200b\ufeff]+|[\\s\u200b\ufeff]+$")

_MONTHLY_PREFIX = re.compile(r"\s*月(?:息|利率)\s*[:：]?\s*")
_RATE_PREFIX = re.compile(
    r"\s*(?:[(（]年[)）]|年(?:化)?(?:加权)?(?:平均)?(?:利率|息)?|(?:加权)?平均年?(?:利率)?|利率)\s*[为是]?\s*[:：]?\s*(?=\d)"
)
_YEARLY_SUFFIX = re.compile(r"(?<=[%\uff05])\s*(?:/\s*年|[(（]年(?:化|利率)?[)）])\s*$")
"""Words around a rate that say no more than that it is one of a year: 年利率5.27%, 5.27%/年."""
_ONE_RATE = "除利率外还有别的文字，或不止一个数，无法确定是多少。请只填写年利率的数值（%）后重新报送。"


def read_amount(cell: Cell, fen_per_unit: int) -> Reading:
    """An amount of money in fen, for a column whose unit is worth `fen_per_unit`; a unit of its own wins."""
    found = quantity(cell)
    if isinstance(found, Reading):
        return found
    if found.percent or found.unit in RATE_UNITS:
        return problem("金额里有百分号。请填写金额本身后重新报送。")
    worth = _worth(found.unit)
    if found.unit and worth is None:
        return problem(f"数字带有“{found.unit}”，不是金额单位。请只填写数字后重新报送。")
    if found.scale > 1 and not found.unit:
        return problem(
            f"数字格式把存储的数缩小{found.scale}倍显示，无法确定金额。请改用常规数值格式、核对单位后重新报送。"
        )
    unit = Fraction(worth or fen_per_unit, found.scale)
    exact = to_integer(found.number, unit)
    if abs(exact.value) >= LIMIT:
        return too_large()
    hows = found.hows + ((f"按{found.unit}计",) if found.unit and unit != fen_per_unit else ())
    step = max(1, int(unit / 10**found.places))
    return Reading(
        exact.value,
        step_fen=step,
        digit_fen=_last_digit(exact.value, unit),
        rounded=exact.rounded,
        is_whole=not exact.value % unit,
        own_unit=bool(found.unit) and unit != fen_per_unit,
        changes=told(cell, found.number, hows),
    )


def _worth(unit: str) -> int | None:
    """What a unit of money behind a number is worth in fen: 千万 is 千万元, 萬元 is 万元; None for none."""
    spelt = usual(unit) if unit.endswith(("元", "圆")) or is_short_for_money(unit) else ""
    return MONEY_UNITS.get(spelt)


def _last_digit(fen: int, unit: Fraction) -> int | None:
    """The last decimal place in this unit of money that is not zero, in fen; at most one of the unit."""
    if not fen:
        return None
    place = max(1, int(unit))
    while place > 1 and fen % place:
        place //= 10
    return place


def read_count(cell: Cell, column: Column) -> Reading:
    """A number of households, loans or other pieces; one with a fraction, or in the pieces of others, is a problem."""
    found = quantity(cell)
    if isinstance(found, Reading):
        return found
    if found.percent or found.unit in RATE_UNITS:
        return problem("户数、笔数里有百分号。请填写整数后重新报送。")
    if found.unit in PIECES and not is_of(column, found.unit):
        return problem(
            f"数字带有“{found.unit}”，这个指标的单位是“{column.unit}”。请核对是否填错栏，改正后只填写整数重新报送。"
        )
    if found.unit and found.unit not in PIECES:
        return problem(f"数字带有“{found.unit}”，不是户数、笔数的单位。请只填写整数后重新报送。")
    if found.scale > 1:
        return problem(f"数字格式把存储的数缩小{found.scale}倍显示。请改用常规数值格式、核对后重新报送。")
    if found.number != found.number.to_integral_value():
        return problem("户数、笔数应为整数。请核对是否填错栏，改正后重新报送。")
    return Reading(int(found.number), changes=told(cell, found.number, found.hows))


def read_rate(cell: Cell, header: str, unit: str = "") -> Reading:
    """A yearly rate in millionths of a percentage point, from a cell under this header and in this unit of measure.

    Monthly ones (‰, 厘, 月息 in header, unit or cell) are × 12 ÷ 10; one a month in percent (月利率(%)) is × 12.
    """
    said = _MONTHLY_PREFIX.match(str(cell.value)) if cell.kind is CellKind.TEXT else None
    bare, yearly = _without_year(cell) if said is None else (replace(cell, value=str(cell.value)[said.end() :]), False)
    found = quantity(bare)
    if isinstance(found, Reading):
        return (
            replace(found, problem=_ONE_RATE)
            if found.problem == NO_NUMBER and re.search(r"\d", str(cell.value))
            else found
        )
    if found.unit and found.unit not in RATE_UNITS:
        return problem(f"数字带有“{found.unit}”，不是利率的单位。请填写年利率（%）后重新报送。")
    if found.scale > 1:
        return problem("数字格式把存储的数缩小显示。请改用常规数值格式、核对后重新报送。")
    words = RateWords.of(f"{header} {unit}")
    if yearly and (found.unit in PER_MILLE or words.monthly or words.mille):
        return problem("单元格写的是年利率，单位或表头写的却是月利率（‰、厘），无法确定。请改填年利率（%）后重新报送。")
    own = RateWords(
        monthly=bool(said),
        percent=found.percent or found.unit == "%",
        mille=found.unit in PER_MILLE or (said is not None and "息" in said[0]),
    )
    span = span_of(RateWords.of(header), RateWords.of(unit), own)
    if isinstance(span, str):
        return problem(span)
    if 0 < abs(found.number) < span.least:
        return problem("写的是月利率，没有写明是%还是‰，无法确定。请改填年利率（%）后重新报送。")
    by_format = found.percent and cell.kind is CellKind.NUMBER
    factor = span.factor * (100 if by_format else 1)
    hows = (*found.hows, *(("百分数格式×100",) if by_format else ()), *((span.how,) if span.how else ()))
    exact = to_integer(found.number, factor * MICRO_PER_PERCENT)
    if abs(exact.value) >= LIMIT:
        return too_large()
    in_percent = (found.number * factor.numerator / factor.denominator).normalize()
    return Reading(exact.value, changes=told(cell, in_percent, hows))


def _without_year(cell: Cell) -> tuple[Cell, bool]:
    """A cell without words that only say that its rate is a year's, and whether they say so: 年利率5.27%."""
    if cell.kind is not CellKind.TEXT:
        return cell, False
    text = str(cell.value)
    rest = _YEARLY_SUFFIX.sub("", text)
    before = _RATE_PREFIX.match(rest)
    rest = rest[before.end() :] if before else rest
    return replace(cell, value=rest), "年" in text and rest != text


def read_text(cell: Cell) -> Reading:
    """What a text cell says, by its lines; numbers as they show, days as `2018-03-31`, TRUE and FALSE as 是 and 否."""
    refused = refused_kind(cell, CellKind.BOOLEAN, CellKind.DATE) or turned(cell)
    if cell.apart == Apart.STRUCK:
        refused = problem("有一部分划了删除线，无法确定是否作废。请删去作废的文字后重新报送。")
    if refused:
        return refused
    if cell.kind is CellKind.BOOLEAN:
        text = "是" if cell.value else "否"
        return Reading(None, text=text, changes=f"{str(cell.value).upper()} → {text}")
    if cell.kind is CellKind.NUMBER:
        return _number_as_text(cell)
    if isinstance(cell.value, datetime):
        return Reading(None, text=f"{cell.value:%Y-%m-%d %H:%M}")
    text = as_lines(str(cell.value))
    return symbol_of(half_width(text)) or Reading(None, text=text)


def as_lines(text: str) -> str:
    """A text with one sign for every end of a line, a wide blank for a tab, and nothing unseen around it."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", "\u3000")
    return _UNSEEN_AROUND.sub("", "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc"))


def _number_as_text(cell: Cell) -> Reading:
    found = stored_number(cell)
    if isinstance(found, Reading):
        return found
    if abs(found.number) >= _DIGITS_LOST:
        return problem("数字超过15位，Excel 已丢失末尾的数字。请把单元格格式改为文本、重新填写后重新报送。")
    if found.scale > 1 or (found.unit and found.unit not in _UNITS_IN_WORDS):
        return problem("数字格式里带有文字或缩放，无法确定显示的内容。请直接写成文字后重新报送。")
    shown = found.number * 100 if found.percent else found.number
    unit = "%" if found.percent else found.unit
    text = f"{shown.normalize():f}{unit}"
    return Reading(None, text=text, changes=f"{found.number:f} → {text}（按数字格式）" if unit else "")
