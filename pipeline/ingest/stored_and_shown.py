"""A number stored beside the text that shows it: in web pages of office programs, and in OpenDocument.

A browser shows the text, Excel reads the number. Where the two say the same, the number is read, with the units that
the text shows; where they do not, nobody knows which is meant, and the cell says that (`CellKind.CONTRADICTED`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from pipeline.ingest.faults import Faults
from pipeline.ingest.number_format import NOT_SHOWN, UNSURE, NumberFormat, split_scale, unit_signs
from pipeline.ingest.period_words import arabic
from pipeline.ingest.quantities import NOT_APPLICABLE, Quantity, half_width, is_turned, quantity_written
from pipeline.ingest.quoting import as_stored
from pipeline.ingest.serial import read_serial
from pipeline.model import Cell, CellKind, Sheet
from pipeline.money import shortest_decimal

ERROR_SHOWN = re.compile(r"#(?:DIV/0!|N/A|REF!|NAME\?|VALUE!|NUM!|NULL!)|(?:Err|错误)[:：]\d+")
_FROM_1904 = timedelta(days=1462)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?E[+-]?\d+", re.IGNORECASE | re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+(?:\.\d{3})*,\d+", re.ASCII)
_COMMAS_FOR_POINTS = str.maketrans(",.", ".,")
_BELOW_ZERO = ("△", "▲", "▽", "▼", "负")
"""Signs for a minus that formats write."""
_TIME = re.compile(r"\d{1,2}(?:[:：时]\d{1,2}){1,2}(?:[.,]\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = re.compile(rf"(?<![a-z])(?:{'|'.join(_MONTHS)})", re.IGNORECASE)
_TRUTHS = {True: {"TRUE", "1", "是", "真", "√"}, False: {"FALSE", "0", "否", "假", "×"}}
_PLACES_TOLD = 5


def settled(cell: Cell, text: str, *, by_sign: bool) -> Cell:
    """A stored number or day as it is read beside this text.

    `by_sign`: its format shows numbers below zero, or zero, in a way of their own.
    """
    if cell.kind is CellKind.NUMBER:
        if not (cell.format_text or cell.percent) and str(cell.value) in (text, f"{text}.0"):
            return cell  # nearly all
        return _settled_number(cell, half_width(text).strip(), by_sign=by_sign)
    if cell.kind is CellKind.DATE:
        return _settled_day(cell, half_width(text).strip())
    if cell.kind is CellKind.BOOLEAN and text.strip().upper() in _TRUTHS[not cell.value]:
        return contradicted(cell, text)
    return cell


def contradicted(cell: Cell, text: str) -> Cell:
    """The cell that says both: what is shown as its value, what is stored as its format's text."""
    return Cell(cell.row, cell.col, CellKind.CONTRADICTED, text, None, False, as_stored(cell), cell.formula)


def tell_contradicted(cells: Sequence[Cell], sheet: Sheet, faults: Faults) -> None:
    """Those of the contradictions that no figure was refused for: in a title, a heading, a note."""
    told = {finding.cell for finding in faults.findings if finding.rule == "F07" and finding.sheet == sheet.name}
    places = [cell.address for cell in cells if cell.address not in told]
    if places:
        named = "、".join(places[:_PLACES_TOLD]) + (f"等{len(places)}处" if len(places) > _PLACES_TOLD else "")
        why = (
            "文件里存储的数与显示的内容不一致，无法确定以哪个为准。请用 Excel 打开、重新填写，另存为 .xlsx 后重新报送。"
        )
        faults.add("F07", f"{named}：{why}", sheet=sheet.name, cell=places[0])


# ------------------------------------------------------------------ numbers


def _settled_number(cell: Cell, text: str, *, by_sign: bool) -> Cell:
    look = NumberFormat(cell.decimals, cell.percent, cell.format_text)
    number = shortest_decimal(float(cell.value))  # type: ignore[arg-type]
    if ERROR_SHOWN.fullmatch(text):
        return replace(cell, kind=CellKind.ERROR, value=text)
    if is_turned(text):
        return contradicted(cell, text)
    text = f"-{text[1:]}" if number < 0 and text.startswith(_BELOW_ZERO) else text
    if _says_nothing(look, number, text, by_sign=by_sign):
        return cell
    found = _look_of(number, look, text, by_sign=by_sign)
    if found is not None:
        return cell if found == look else replace(cell, percent=found.percent, format_text=found.text)
    kind, day = read_serial(float(number), since_1904=False)
    if isinstance(day, date) and str(day.year) in text and _is_of(day, text):
        return replace(cell, kind=kind, value=day, decimals=None)
    return contradicted(cell, text)


def _says_nothing(look: NumberFormat, number: Decimal, text: str, *, by_sign: bool) -> bool:
    """Whether a text says nothing against the number: blank, too wide for its column, a dash for zero, a word."""
    if not text.strip("#") or look.text == UNSURE or look.text.startswith("负"):
        return True
    if look.text and not any(map(str.isdecimal, text)):
        return look.text == NOT_SHOWN or half_width(look.text) == unit_signs(text)
    return not number and by_sign and text in NOT_APPLICABLE


def _look_of(number: Decimal, look: NumberFormat, text: str, *, by_sign: bool) -> NumberFormat | None:
    """How this text shows the number: by its format, or as any text with a unit is read; None: it is another number."""
    scale, words = split_scale(look.text)
    signs = [sign for sign in unit_signs(text) if not sign.isdecimal()]
    places = look.decimals or 0
    if _SCIENTIFIC.fullmatch(text):
        return look if _is_rounded(number, Decimal(text), 0, by_sign=by_sign) else None
    if sorted(signs) == sorted(half_width(words) + "%" * look.percent):
        found = _figure("".join(sign for sign in text if sign.isdecimal() or not unit_signs(sign)))
        stored = number * (100 if look.percent else 1) / scale
        return look if found and _is_rounded(stored, found.number, places, by_sign=by_sign) else None
    found = None if look.percent or look.text else _figure(text)
    if found is None:
        return None
    if found.percent and _is_rounded(number * 100, found.number, 0, by_sign=by_sign):
        return NumberFormat(look.decimals, percent=True)
    as_typed = NumberFormat(look.decimals, text=found.unit)
    return as_typed if _is_rounded(number, found.number, places, by_sign=by_sign) else None


def _figure(text: str) -> Quantity | None:
    """The number that a text shows, in any of the ways in which formats write it."""
    bare = text.strip()
    if bare.endswith("-"):
        bare = f"-{bare[:-1]}"
    found = quantity_written(bare)
    if not isinstance(found, Quantity) and _DECIMAL_COMMA.fullmatch(bare):
        found = quantity_written(bare.translate(_COMMAS_FOR_POINTS))
    return found if isinstance(found, Quantity) else None


def _is_rounded(stored: Decimal, shown: Decimal, places: int, *, by_sign: bool) -> bool:
    """Whether what is shown is what is stored, rounded; to no fewer places than the format has."""
    if by_sign and stored < 0 < shown:
        shown = -shown
    exponent = shown.as_tuple().exponent
    if not isinstance(exponent, int) or stored == shown:
        return stored == shown
    if places and -exponent < places:
        return False
    try:
        return abs(stored - shown) <= Decimal((0, (5,), exponent - 1))
    except InvalidOperation:
        return False


# ------------------------------------------------------------------ days


def _settled_day(cell: Cell, text: str) -> Cell:
    if not isinstance(cell.value, date) or not text.strip("#") or _is_of(cell.value, text):
        return cell
    from_1904 = cell.value + _FROM_1904  # a page does not say from when its days are counted
    return replace(cell, value=from_1904) if _is_of(from_1904, text) else contradicted(cell, text)


def _is_of(day: date, text: str) -> bool:
    """Whether all numbers in a text, and the names of months, are of this day: 31-Mar-18, 二〇一八年三月.

    The time of day is no matter; behind a year the month stands before the day.
    """
    without_time = _TIME.sub(" ", arabic(text))
    shown = [int(number) for number in re.findall(r"\d+", without_time)]
    named = {name.lower() for name in _MONTH_NAME.findall(text)}
    if not (shown or named or without_time != text) or not named <= {_MONTHS[day.month - 1]}:
        return False
    if shown[:1] == [day.year] and not named:
        return shown[1:] == [day.month, day.day][: len(shown) - 1]
    return set(shown) <= {day.year, day.year % 100, day.month, day.day}
