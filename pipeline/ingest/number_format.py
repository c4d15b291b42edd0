"""What a number format shows: decimals, percent, literal words such as 万元, a scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from unicodedata import category

from pipeline.ingest import limits
from pipeline.ingest.refusal import too_big

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 48: "##0.0E+0", 49: "@",
    14: "m/d/yyyy", 15: "d-mmm-yy", 17: "mmm-yy", 22: "m/d/yyyy h:mm", 27: "yyyy年m月", 31: "yyyy年m月d日",
    36: "yyyy年m月", 50: "yyyy年m月", 52: "yyyy年m月", 57: "yyyy年m月",
}  # fmt: skip
"""Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30, 27 and above as in Chinese); the others are
days of a month, times or General."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`text` holds the literal words, or 年月 of a day that is shown as its month.

    A scale stands before them as `÷10000`: what is shown is stored ÷ 10000.
    """

    decimals: int | None = None
    percent: bool = False
    text: str = ""


GENERAL = NumberFormat()

MONTH_SHOWN = "年月"
"""The text of a format that shows a day as its month alone: 2018年3月, 2018-03, Mar-18."""

NOT_SHOWN = "不显示"
"""The text of a format that shows nothing of what is stored: `;;;`, or a dash in place of a figure."""

UNSURE = "分段不明"
"""The text of a format whose sections show different units, and of which is not sure that it is this number's."""

_UNIT_SIGNS = "%\uff05‰"
_MINUS = re.compile(r"\s*[-\u2212–(\uff08△▲▽▼]")
"""What makes a number above zero look like one below, before its first digit."""
_MINUS_BEHIND = re.compile(r"\s*[-\u2212–]\s*")
"""The same behind its last: 12.34-."""

_NUMBER_SIGNS = ("digits", "general")
_LITERALS = ("quoted", "escaped", "literal")

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<padding>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<other>E[+-]|/|@|AM/PM|A/P|上午/下午|[ymdhs]+)"
    r"|(?P<digits>[0#?][0#?,]*)|(?P<point>\.)|(?P<percent>%)|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format code between semicolons; `condition` where it says itself what it is for."""

    shown: NumberFormat
    condition: str = ""
    for_text: bool = False
    in_words: bool = False
    """It shows words, or a sign, and no number."""


def parse(code: str, value: object = 1) -> NumberFormat:
    """What a format code shows of this number; of a day as of a number above zero."""
    sections = _sections(code)
    section = sections[0]
    if isinstance(value, str):
        hidden = len(sections) == _ALL and sections[-1].shown.text == NOT_SHOWN
        return _HIDDEN if hidden else GENERAL
    if len(sections) == 1 and not section.condition and not section.in_words:
        return section.shown
    number = float(value) if isinstance(value, int | float) else 1
    section = _section_of(sections, number)
    return GENERAL if section.in_words and number == 0 else section.shown


def split_scale(text: str) -> tuple[int, str]:
    """By how much what is shown is smaller than what is stored, and the words beside it."""
    if text in (NOT_SHOWN, UNSURE):
        return 1, ""
    found = _SCALED.fullmatch(text)
    return (int(found[1]), found[2]) if found else (1, text)


_SCALED = re.compile("÷(10+)(.*)", re.DOTALL)
_HIDDEN = NumberFormat(text=NOT_SHOWN)
_ALL = 4
"""Sections at most: above zero, below, zero, text."""
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)")


def _section_of(sections: tuple[_Section, ...], number: float) -> _Section:
    """The section that shows this number; one that says so where that is not sure and they are not alike."""
    numeric = [section for section in sections[: _ALL - 1] if not section.for_text] or [sections[0]]
    if not any(section.condition for section in numeric):
        place = 0 if number > 0 or len(numeric) == 1 else 1 if number < 0 else 2
        return numeric[place] if place < len(numeric) else numeric[0]
    stated = list(takewhile(lambda section: section.condition, numeric))
    rest = numeric[len(stated) :]
    if any(section.condition for section in rest):
        stated, rest = [], numeric
    rest = rest or [*numeric, _Section(GENERAL)]
    alike = len({(section.shown.percent, section.shown.text) for section in rest}) == 1
    otherwise = rest[0] if alike else _Section(NumberFormat(text=UNSURE))
    return next((section for section in stated if holds(section.condition, number)), otherwise)


def holds(condition: str, number: float) -> bool:
    """Whether a condition such as `<1` or `>=100` is true of a number."""
    found = _CONDITION.fullmatch(condition)
    if found is None:
        return False
    limit = float(found[2])
    below, above = number < limit, number > limit
    return {
        "<": below, ">": above, "<=": not above, ">=": not below, "=": not (below or above), "<>": below or above
    }[found[1]]  # fmt: skip


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    if not code:
        return (_Section(GENERAL),)
    parts: list[list[tuple[str, str]]] = [[]]
    for found in _tokens(code):
        kind = found.lastgroup or "quoted"
        if kind == "literal" and found[0] == ";":
            parts.append([])
        else:
            parts[-1].append((kind, found[kind] or ""))
    return tuple(_section(tokens, place) for place, tokens in enumerate(parts))


def _section(tokens: list[tuple[str, str]], place: int) -> _Section:
    kinds = {kind for kind, _ in tokens}
    conditions = (value.replace(" ", "") for kind, value in tokens if kind == "bracket")
    condition = next((value for value in conditions if _CONDITION.fullmatch(value)), "")
    text = "".join(_word(kind, value) for kind, value in tokens)
    text = text.removeprefix("负") if place == 1 else text
    percent = "percent" in kinds
    if _shows_month(tokens):
        return _Section(NumberFormat(None, percent, MONTH_SHOWN), condition)
    below = place == 0 and not condition and bool(kinds & {"digits", "general"}) and _looks_below_zero(tokens)
    text = f"负{text}" if below else text
    if kinds & {"general", "other"}:
        return _Section(NumberFormat(None, percent, text), condition, for_text=("other", "@") in tokens)
    if "digits" not in kinds:
        return _Section(NumberFormat(None, percent, text or NOT_SHOWN), condition, in_words=True)
    places, scale = _places_and_scale(tokens)
    return _Section(NumberFormat(places, percent, f"÷{10**scale}{text}" if scale else text), condition)


def _looks_below_zero(tokens: list[tuple[str, str]]) -> bool:
    before = takewhile(lambda token: token[0] not in _NUMBER_SIGNS, tokens)
    behind = takewhile(lambda token: token[0] not in _NUMBER_SIGNS, reversed(tokens))
    return any(kind in _LITERALS and bool(_MINUS.match(value)) for kind, value in before) or any(
        kind in _LITERALS and bool(_MINUS_BEHIND.fullmatch(value)) for kind, value in behind
    )


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether the first section of a format code shows a number as a day or a time."""
    for found in _tokens(code):
        kind, value = found.lastgroup, found[0].lower()
        if kind == "literal" and value == ";":
            return False
        if (kind == "other" and value[0] in "ymdhs") or (kind == "bracket" and value.strip("[]hms") == "" != value):
            return True
    return False


def _shows_month(tokens: list[tuple[str, str]]) -> bool:
    """Whether a format shows of a day its year and month and nothing else."""
    letters = "".join(value.lower() for kind, value in tokens if kind == "other")
    year = "y" in letters or any(kind == "literal" and value in "eE" for kind, value in tokens)
    return year and "m" in letters and not set(letters) & set("dh")


def _tokens(code: str) -> Iterator[re.Match[str]]:
    if len(code) > limits.MAX_FORMAT:
        raise too_big(f"一种数字格式有{len(code)}个字（最多{limits.MAX_FORMAT}个字）")
    return _TOKEN.finditer(code)


def _word(kind: str, value: str) -> str:
    """Only what can be a unit is a word; brackets, blanks and dashes are decoration."""
    if kind not in (*_LITERALS, "currency"):
        return ""
    return unit_signs(value)


def unit_signs(text: str) -> str:
    """The signs of a text that can be of a unit: letters and digits, %, ‰, signs of currencies."""
    return "".join(sign for sign in text if sign.isalnum() or sign in _UNIT_SIGNS or category(sign) == "Sc")


def _places_and_scale(tokens: list[tuple[str, str]]) -> tuple[int, int]:
    """Decimals, and the power of ten by which the shown number is smaller than the stored one.

    A comma behind the last digit divides by a thousand; a literal point inside the digits (`0!.0000`, the usual
    way to show 元 as 万元) moves the number by the digits behind it.
    """
    shape = "".join(_shape(kind, value) for kind, value in tokens)
    whole, _, fraction = shape.partition(".")
    places = sum(sign in "0#?" for sign in fraction)
    commas = len(shape) - len(shape.rstrip(","))
    _, moved, behind = whole.rpartition("|")
    return places, 3 * commas + (sum(sign in "0#?" for sign in behind) if moved else 0)


def _shape(kind: str, value: str) -> str:
    if kind == "digits":
        return value
    if kind == "point":
        return "."
    return "|" if kind in ("escaped", "quoted") and value == "." else ""
