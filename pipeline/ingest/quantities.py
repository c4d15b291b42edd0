"""The number that stands in a cell, with its unit, or what stands there in its place; what is not sure is a problem.

The number is what is stored, not what is shown: the shortest decimal of a stored one, the written decimal of a text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from pipeline.ingest.apart import Apart
from pipeline.ingest.number_format import NOT_SHOWN, UNSURE
from pipeline.model import Cell, CellKind, Symbol
from pipeline.money import LIMIT, shortest_decimal

NOT_APPLICABLE = frozenset({"-", "--", "---", "–", "—", "——", "―", "─", "──", "/", "×", "\\"})
"""Signs for a cell that does not apply, after full-width forms are folded."""

NO_VALUE = frozenset({"null", "(null)", "#null"})
"""What databases write into an export for a field without a value."""

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

_TURNING = re.compile("[\u061c\u200f\u202b\u202e\u2067]")
"""Unseen signs behind which writing runs from right to left: 3\u202e166 shows as 3661."""

_MINUS = str.maketrans("\u2212\u2012–\ufe63", "----")

_QUOTES = ("'", "\u2018", "\u2019")
"""Typed before a number it makes spreadsheets keep it as text; some writers store the quote too."""


NOT_CALCULATED = "公式没有计算结果。请在 Excel 中打开并保存后重新报送。"
NO_NUMBER = "不是数。请填写数值；没有发生填 0，不适用填“—”，未统计留空。"


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
class Quantity:
    """A number as it stands, before it has a column's unit; `scale` divides it by what its format hides."""

    number: Decimal
    places: int
    unit: str = ""
    percent: bool = False
    scale: int = 1
    hows: tuple[str, ...] = ()


def half_width(text: str) -> str:
    """A text with full-width forms and wide blanks folded, and nothing else."""
    return text.translate(_HALF_WIDTH)


def quantity(cell: Cell) -> Quantity | Reading:
    """The number in a cell; a Reading where there is a symbol or a problem instead."""
    refused = refused_kind(cell) or turned(cell) or _refused_signs(cell)
    if refused:
        return refused
    found = stored_number(cell) if cell.kind is CellKind.NUMBER else quantity_written(str(cell.value))
    if isinstance(found, Quantity) and abs(found.number) >= LIMIT:
        return too_large()
    return found


def refused_kind(cell: Cell, *allowed: CellKind) -> Reading | None:
    """Why a cell of this kind holds nothing that can be read; None where it may."""
    if cell.kind in allowed:
        return None
    if cell.kind is CellKind.ERROR:
        return problem(f"公式出错（{cell.value}）。请改正公式或直接填写数值后重新报送。")
    if cell.kind is CellKind.CONTRADICTED:
        return problem(
            f"这是显示的内容，文件里存储的却是“{cell.format_text[:40]}”，两者不一致，无法确定以哪个为准。"
            "请用 Excel 打开、重新填写这一格，另存为 .xlsx 后重新报送。"
        )
    if cell.kind is CellKind.UNCALCULATED:
        return problem(NOT_CALCULATED)
    if cell.kind is CellKind.BOOLEAN:
        return problem("是逻辑值（TRUE/FALSE），不是数。请填写数值后重新报送。")
    if cell.kind is CellKind.DATE:
        return problem("是日期或时间，不是数。请把单元格格式改为数值、核对后重新报送。")
    return None


def is_turned(text: str) -> bool:
    """Whether a text shows its signs in another order than it stores them."""
    return _TURNING.search(text) is not None


def turned(cell: Cell) -> Reading | None:
    """Why a text that shows its signs in another order is not read; None for others."""
    if cell.kind is not CellKind.TEXT or not is_turned(str(cell.value)):
        return None
    return problem(
        "里面有看不见的控制符，使后面的字从右往左显示，看到的和存储的次序不同，无法确定是哪一个。"
        "请删去这一格的内容、重新填写后重新报送。"
    )


def _refused_signs(cell: Cell) -> Reading | None:
    """A raised 2 behind 30 is a footnote's mark, a struck 100 before 30.25 the old figure: neither 302 nor 10030.25."""
    if not cell.apart or cell.apart == Apart.ALL_STRUCK:
        return None
    return problem(
        f"有{cell.apart}，无法确定哪些数字属于这个数。请只填写数值本身（注释写到备注栏，作废的数删去）后重新报送。"
    )


def stored_number(cell: Cell) -> Quantity | Reading:
    """The number that a cell stores, as its format shows it."""
    stored = float(cell.value)  # type: ignore[arg-type]
    if not math.isfinite(stored):
        return problem("不是有限的数。请核对后重新填写。")
    if cell.format_text == UNSURE:
        return problem("数字格式分几种情况显示不同的单位或倍数，无法确定是哪一种。请改用常规数值格式、核对后重新报送。")
    number = shortest_decimal(stored)
    words = "" if cell.format_text == NOT_SHOWN else cell.format_text
    shown = _FORMAT.fullmatch(words.translate(_HALF_WIDTH))
    return Quantity(
        number,
        places=max(_places(number), cell.decimals or 0),
        unit=shown["unit"] if shown else words,
        percent=cell.percent,
        scale=int(shown["scale"] or 1) if shown else 1,
    )


def quantity_written(raw: str) -> Quantity | Reading:
    """The number that a text says, with its unit; a Reading where there is a symbol or a problem instead."""
    visible = "".join(sign for sign in raw if unicodedata.category(sign) != "Cf").strip()
    folded = half_width(visible).strip()
    bare = folded[1:].strip() if folded.startswith(_QUOTES) else folded
    symbol = symbol_of(bare)
    if symbol:
        return symbol
    found = _NUMBER.fullmatch(bare.translate(_MINUS)) if len(bare) <= _MAX_LENGTH else None
    if found is None or not (found["whole"] or found["fraction"]) or bool(found["open"]) != bool(found["close"]):
        return problem(_why_no_number(bare))
    if found["open"] and found["sign"]:
        return problem("括号和正负号同时出现，无法确定正负。请核对后重新填写。")
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
    return Quantity(
        number,
        places=len(found["fraction"] or ".") - 1,
        unit=found["unit"],
        percent=found["unit"] == "%",
        hows=("文本数字", *(how for how, applies in hows if applies)),
    )


def symbol_of(folded: str) -> Reading | None:
    """What stands for a blank, or for what does not apply; None for anything else."""
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
    if re.fullmatch(r"\d[\d,]*(\.\d*)?\s*-", text):
        return "负号写在数字后面，无法确定是不是负数。是负数的请把负号写在数字前面，不是的请去掉，核对后重新填写。"
    if re.fullmatch(r"[+-]?[\d,]+(\.[\d,]*)?\D*", text) and "," in text:
        return "千分位逗号的位置不对，无法确定是多少。请去掉逗号、核对后重新填写。"
    if re.search(r"\d\s+\d", text):
        return "数字中间有空格或换行，无法确定是一个数还是几个数。请核对后重新填写。"
    return NO_NUMBER


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def told(cell: Cell, number: Decimal, hows: tuple[str, ...]) -> str:
    """Old → new and how, for instance 「1,234户 → 1234（文本数字、去千分位、去单位“户”）」; empty for nothing."""
    if not hows:
        return ""
    old = f"{shortest_decimal(cell.value):f}" if isinstance(cell.value, float) else str(cell.value).strip()
    return f"{old} → {number:f}（{'、'.join(hows)}）"


def problem(text: str) -> Reading:
    """Nothing is read, and why."""
    return Reading(None, problem=text)


def too_large() -> Reading:
    """Nothing is read: no amount, count or rate is so large."""
    return problem("数值过大（一千万亿以上），超出可精确保存的位数。请核对是否误填了编号或账号，改正后重新报送。")
