"""What a number format shows: decimals, percent, literal words such as 万元, a scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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

_UNIT_SIGNS = "%\uff05‰¥￥$"

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<padding>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<other>E[+-]|/|@|AM/PM|A/P|上午/下午|[ymdhs]+)"
    r"|(?P<digits>[0#?][0#?,]*)|(?P<point>\.)|(?P<percent>%)|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def parse(code: str) -> NumberFormat:
    """Read the section of a format code that positive numbers are shown by."""
    tokens: list[tuple[str, str]] = []
    for found in _tokens(code):
        kind = found.lastgroup or "quoted"
        if kind == "literal" and found[0] == ";":
            break
        tokens.append((kind, found[kind] or ""))
    kinds = {kind for kind, _ in tokens}
    text = "".join(_word(kind, value) for kind, value in tokens)
    percent = "percent" in kinds
    if _shows_month(tokens):
        return NumberFormat(None, percent, MONTH_SHOWN)
    if kinds & {"general", "other"} or "digits" not in kinds:
        return NumberFormat(None, percent, text)
    places, scale = _places_and_scale(tokens)
    return NumberFormat(places, percent, f"÷{10**scale}{text}" if scale else text)


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
    if kind not in ("quoted", "escaped", "currency", "literal"):
        return ""
    return "".join(sign for sign in value if sign.isalnum() or sign in _UNIT_SIGNS)


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
