"""What one cell says, as an amount, a count, a rate or a text; what is not sure is a problem, never a guess.

The value is what is stored, not what is shown: the shortest decimal of a stored number, the written decimal of a
text. Words that belong to the number (万元, 户, ‰) are read wherever they stand: behind it or in its number format.
Whole numbers are demanded here: a count with a fraction cannot be stored, so it is a problem (F07) and never
reaches rule A10.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pipeline.ingest.apart import Apart
from pipeline.ingest.money_words import is_short_for_money, usual
from pipeline.ingest.number_format import NOT_SHOWN, UNSURE
from pipeline.ingest.rate_words import PER_MILLE, RateWords, span_of
from pipeline.model import Cell, CellKind, Symbol
from pipeline.money import LIMIT, MICRO_PER_PERCENT, MONEY_UNITS, shortest_decimal, to_integer

NOT_APPLICABLE = frozenset({"-", "--", "---", "–", "—", "——", "―", "─", "──", "/", "×", "\\"})
"""Signs for a cell that does not apply, after full-width forms are folded."""

NO_VALUE = frozenset({"null", "(null)", "#null"})
"""What databases write into an export for a field without a value."""

COUNT_UNITS = frozenset(
    {"户", "户次", "笔", "笔次", "个", "人", "人次", "家", "村", "镇", "乡", "处", "所", "件", "项", "次"}
)
RATE_UNITS = frozenset({"%", "‰", "厘"})
_UNITS_IN_WORDS = COUNT_UNITS | RATE_UNITS | MONEY_UNITS.keys() | {"年", "个月", "月", "天", "日"}
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
_MAX_LENGTH = 60

_CURRENCY = r"¥|RMB|CNY|人民币"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<currency>{_CURRENCY})?\s*(?P<sign>[+-])?\s*(?P<currency_behind>{_CURRENCY})?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<fraction>\.\d+)?\s*(?P<unit>[^\s\d.,()+-]*)\s*(?P<close>\))?",
    re.ASCII,
)
_FORMAT = re.compile(rf"(?:÷(?P<scale>10+))?(?:{_CURRENCY})?(?P<unit>.*)")

_HALF_WIDTH = str.maketrans(
    {
        **{full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)},
        **dict.fromkeys(map(ord, "\u3000\xa0\u2009\u202f"), " "),
        ord("￥"): "¥",
    }
)
"""Only full-width forms and blanks. NFKC would also make 52 of 5², and 1 of ①."""

_MINUS = str.maketrans("\u2212\u2012–\ufe63", "----")

_QUOTES = ("'", "\u2018", "\u2019")
"""Typed before a number it makes spreadsheets keep it as text; some writers store the quote too."""


_NO_NUMBER = "不是数。请填写数值；没有发生填 0，不适用填“—”，未统计留空。"
_ONE_RATE = "除利率外还有别的文字，或不止一个数，无法确定是多少。请只填写年利率的数值（%）后重新报送。"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cell is understood: a value, or a symbol in its place, or a problem.

    `value` is in the indicator's scale: fen, pieces, millionths of a percentage point. `step_fen` is the finest
    place of an amount, as typed or by number format, in fen; `digit_fen` its last place that is not zero, none of
    zero. `rounded` says that a part of a fen was dropped (A00). `changes` tells old → new where more than looking
    was needed. `problem` says why nothing is read, and what to do.
    """

    value: int | None
    text: str = ""
    symbol: Symbol = Symbol.NONE
    step_fen: int | None = None
    digit_fen: int | None = None
    rounded: bool = False
    is_whole: bool = False
    """An amount without a part of its unit of money."""
    own_unit: bool = False
    """The cell names a unit of money of its own, other than its column's."""
    changes: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number as it stands, before it has a column's unit; `scale` divides it by what its format hides."""

    number: Decimal
    places: int
    unit: str = ""
    percent: bool = False
    scale: int = 1
    hows: tuple[str, ...] = ()


def read_amount(cell: Cell, fen_per_unit: int) -> Reading:
    """An amount of money in fen, for a column whose unit is worth `fen_per_unit`; a unit of its own wins."""
    found = _quantity(cell)
    if isinstance(found, Reading):
        return found
    if found.percent or found.unit in RATE_UNITS:
        return _problem("金额里有百分号。请填写金额本身后重新报送。")
    worth = _worth(found.unit)
    if found.unit and worth is None:
        return _problem(f"数字带有“{found.unit}”，不是金额单位。请只填写数字后重新报送。")
    if found.scale > 1 and not found.unit:
        return _problem(
            f"数字格式把存储的数缩小{found.scale}倍显示，无法确定金额。请改用常规数值格式、核对单位后重新报送。"
        )
    unit = Fraction(worth or fen_per_unit, found.scale)
    exact = to_integer(found.number, unit)
    if abs(exact.value) >= LIMIT:
        return _too_large()
    hows = found.hows + ((f"按{found.unit}计",) if found.unit and unit != fen_per_unit else ())
    step = max(1, int(unit / 10**found.places))
    return Reading(
        exact.value,
        step_fen=step,
        digit_fen=_last_digit(exact.value, unit),
        rounded=exact.rounded,
        is_whole=not exact.value % unit,
        own_unit=bool(found.unit) and unit != fen_per_unit,
        changes=_told(cell, found.number, hows),
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


def read_count(cell: Cell) -> Reading:
    """A number of households, loans or other pieces; one with a fraction is a problem."""
    found = _quantity(cell)
    if isinstance(found, Reading):
        return found
    if found.percent or found.unit in RATE_UNITS:
        return _problem("户数、笔数里有百分号。请填写整数后重新报送。")
    if found.unit and found.unit not in COUNT_UNITS:
        return _problem(f"数字带有“{found.unit}”，不是户数、笔数的单位。请只填写整数后重新报送。")
    if found.scale > 1:
        return _problem(f"数字格式把存储的数缩小{found.scale}倍显示。请改用常规数值格式、核对后重新报送。")
    if found.number != found.number.to_integral_value():
        return _problem("户数、笔数应为整数。请核对是否填错栏，改正后重新报送。")
    return Reading(int(found.number), changes=_told(cell, found.number, found.hows))


def read_rate(cell: Cell, header: str, unit: str = "") -> Reading:
    """A yearly rate in millionths of a percentage point, from a cell under this header and in this unit of measure.

    Monthly ones (‰, 厘, 月息 in header, unit or cell) are × 12 ÷ 10; one a month in percent (月利率(%)) is × 12.
    """
    said = _MONTHLY_PREFIX.match(str(cell.value)) if cell.kind is CellKind.TEXT else None
    bare, yearly = _without_year(cell) if said is None else (replace(cell, value=str(cell.value)[said.end() :]), False)
    found = _quantity(bare)
    if isinstance(found, Reading):
        return (
            replace(found, problem=_ONE_RATE)
            if found.problem == _NO_NUMBER and re.search(r"\d", str(cell.value))
            else found
        )
    if found.unit and found.unit not in RATE_UNITS:
        return _problem(f"数字带有“{found.unit}”，不是利率的单位。请填写年利率（%）后重新报送。")
    if found.scale > 1:
        return _problem("数字格式把存储的数缩小显示。请改用常规数值格式、核对后重新报送。")
    words = RateWords.of(f"{header} {unit}")
    if yearly and (found.unit in PER_MILLE or words.monthly or words.mille):
        return _problem(
            "单元格写的是年利率，单位或表头写的却是月利率（‰、厘），无法确定。请改填年利率（%）后重新报送。"
        )
    own = RateWords(
        monthly=bool(said),
        percent=found.percent or found.unit == "%",
        mille=found.unit in PER_MILLE or (said is not None and "息" in said[0]),
    )
    span = span_of(RateWords.of(header), RateWords.of(unit), own)
    if isinstance(span, str):
        return _problem(span)
    if 0 < abs(found.number) < span.least:
        return _problem("写的是月利率，没有写明是%还是‰，无法确定。请改填年利率（%）后重新报送。")
    by_format = found.percent and cell.kind is CellKind.NUMBER
    factor = span.factor * (100 if by_format else 1)
    hows = (*found.hows, *(("百分数格式×100",) if by_format else ()), *((span.how,) if span.how else ()))
    exact = to_integer(found.number, factor * MICRO_PER_PERCENT)
    if abs(exact.value) >= LIMIT:
        return _too_large()
    in_percent = (found.number * factor.numerator / factor.denominator).normalize()
    return Reading(exact.value, changes=_told(cell, in_percent, hows))


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
    refused = _refused_kind(cell, CellKind.BOOLEAN, CellKind.DATE)
    if cell.apart == Apart.STRUCK:
        refused = _problem("有一部分划了删除线，无法确定是否作废。请删去作废的文字后重新报送。")
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
    return _symbol(text.translate(_HALF_WIDTH)) or Reading(None, text=text)


def as_lines(text: str) -> str:
    """A text with one sign for every end of a line, a wide blank for a tab, and nothing unseen around it."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", "\u3000")
    return _UNSEEN_AROUND.sub("", "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc"))


def _number_as_text(cell: Cell) -> Reading:
    found = _stored_number(cell)
    if isinstance(found, Reading):
        return found
    if abs(found.number) >= _DIGITS_LOST:
        return _problem("数字超过15位，Excel 已丢失末尾的数字。请把单元格格式改为文本、重新填写后重新报送。")
    if found.scale > 1 or (found.unit and found.unit not in _UNITS_IN_WORDS):
        return _problem("数字格式里带有文字或缩放，无法确定显示的内容。请直接写成文字后重新报送。")
    shown = found.number * 100 if found.percent else found.number
    unit = "%" if found.percent else found.unit
    text = f"{shown.normalize():f}{unit}"
    return Reading(None, text=text, changes=f"{found.number:f} → {text}（按数字格式）" if unit else "")


# ------------------------------------------------------------------ numbers


def _quantity(cell: Cell) -> _Quantity | Reading:
    """The number in a cell; a Reading where there is a symbol or a problem instead."""
    refused = _refused_kind(cell) or _refused_signs(cell)
    if refused:
        return refused
    found = _stored_number(cell) if cell.kind is CellKind.NUMBER else _written_number(str(cell.value))
    if isinstance(found, _Quantity) and abs(found.number) >= LIMIT:
        return _too_large()
    return found


def _refused_kind(cell: Cell, *allowed: CellKind) -> Reading | None:
    if cell.kind in allowed:
        return None
    if cell.kind is CellKind.ERROR:
        return _problem(f"公式出错（{cell.value}）。请改正公式或直接填写数值后重新报送。")
    if cell.kind is CellKind.UNCALCULATED:
        return _problem("公式没有计算结果。请在 Excel 中打开并保存后重新报送。")
    if cell.kind is CellKind.BOOLEAN:
        return _problem("是逻辑值（TRUE/FALSE），不是数。请填写数值后重新报送。")
    if cell.kind is CellKind.DATE:
        return _problem("是日期或时间，不是数。请把单元格格式改为数值、核对后重新报送。")
    return None


def _refused_signs(cell: Cell) -> Reading | None:
    """A raised 2 behind 30 is a footnote's mark, a struck 100 before 30.25 the old figure: neither 302 nor 10030.25."""
    if not cell.apart or cell.apart == Apart.ALL_STRUCK:
        return None
    return _problem(
        f"有{cell.apart}，无法确定哪些数字属于这个数。请只填写数值本身（注释写到备注栏，作废的数删去）后重新报送。"
    )


def _stored_number(cell: Cell) -> _Quantity | Reading:
    stored = float(cell.value)  # type: ignore[arg-type]
    if not math.isfinite(stored):
        return _problem("不是有限的数。请核对后重新填写。")
    if cell.format_text == UNSURE:
        return _problem(
            "数字格式分几种情况显示不同的单位或倍数，无法确定是哪一种。请改用常规数值格式、核对后重新报送。"
        )
    number = shortest_decimal(stored)
    words = "" if cell.format_text == NOT_SHOWN else cell.format_text
    shown = _FORMAT.fullmatch(words.translate(_HALF_WIDTH))
    return _Quantity(
        number,
        places=max(_places(number), cell.decimals or 0),
        unit=shown["unit"] if shown else words,
        percent=cell.percent,
        scale=int(shown["scale"] or 1) if shown else 1,
    )


def _written_number(raw: str) -> _Quantity | Reading:
    visible = "".join(sign for sign in raw if unicodedata.category(sign) != "Cf").strip()
    folded = visible.translate(_HALF_WIDTH).strip()
    bare = folded[1:].strip() if folded.startswith(_QUOTES) else folded
    symbol = _symbol(bare)
    if symbol:
        return symbol
    found = _NUMBER.fullmatch(bare.translate(_MINUS)) if len(bare) <= _MAX_LENGTH else None
    if found is None or not (found["whole"] or found["fraction"]) or bool(found["open"]) != bool(found["close"]):
        return _problem(_why_no_number(bare))
    if found["open"] and found["sign"]:
        return _problem("括号和正负号同时出现，无法确定正负。请核对后重新填写。")
    negative = bool(found["open"]) or found["sign"] == "-"
    digits = (found["whole"] or "0").replace(",", "") + (found["fraction"] or "")
    number = Decimal(f"-{digits}" if negative else digits)
    hows = (
        ("去单引号", bare != folded),
        ("全角转半角", folded != visible),
        ("去千分位", "," in (found["whole"] or "")),
        ("去货币符号", bool(found["currency"] or found["currency_behind"])),
        ("括号表示负数", bool(found["open"])),
        (f"去单位“{found['unit']}”", bool(found["unit"])),
    )
    return _Quantity(
        number,
        places=len(found["fraction"] or ".") - 1,
        unit=found["unit"],
        percent=found["unit"] == "%",
        hows=("文本数字", *(how for how, applies in hows if applies)),
    )


def _symbol(folded: str) -> Reading | None:
    if not folded:
        return Reading(None, symbol=Symbol.MISSING)
    if folded in NOT_APPLICABLE:
        return Reading(None, symbol=Symbol.NOT_APPLICABLE)
    if folded.lower() in NO_VALUE:
        return Reading(None, symbol=Symbol.MISSING, changes=f"{folded} → 空（数据库导出的空值）")
    return None


def _why_no_number(text: str) -> str:
    if re.fullmatch(r"[+-]?\d*\.?\d+[eE][+-]?\d+", text):
        return "是科学计数法的文本，位数可能已经丢失。请改为常规数值格式后重新报送。"
    if re.fullmatch(r"[+-]?[\d,]+(\.[\d,]*)?\D*", text) and "," in text:
        return "千分位逗号的位置不对，无法确定是多少。请去掉逗号、核对后重新填写。"
    if re.search(r"\d\s+\d", text):
        return "数字中间有空格或换行，无法确定是一个数还是几个数。请核对后重新填写。"
    return _NO_NUMBER


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _told(cell: Cell, number: Decimal, hows: tuple[str, ...]) -> str:
    """Old → new and how, for instance 「1,234户 → 1234（文本数字、去千分位、去单位“户”）」; empty for nothing."""
    if not hows:
        return ""
    old = f"{shortest_decimal(cell.value):f}" if isinstance(cell.value, float) else str(cell.value).strip()
    return f"{old} → {number:f}（{'、'.join(hows)}）"


def _problem(text: str) -> Reading:
    return Reading(None, problem=text)


def _too_large() -> Reading:
    return _problem("数值过大（一千万亿以上），超出可精确保存的位数。请核对是否误填了编号或账号，改正后重新报送。")
