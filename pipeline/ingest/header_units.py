"""Units of measure in the header of a column: in brackets, in a row of their own, or at the end of its words."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.heading import packed
from pipeline.ingest.measures import is_measure, measures_in, measures_in_brackets

_SHORT = r"[百千]?万|亿"
_BRACKETED_SHORT = re.compile(rf"(.+)[(\[【〔]({_SHORT})[)\]】〕]")
_BETWEEN = "_:|/,、·\u2013\u2014-"
_BLANK_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff)）])\s+(?=(?:户|笔|个)\s*$)")
_BEHIND = re.compile(
    rf"(?<=[\u4e00-\u9fff)])(?:[{_BETWEEN}]*([百千]?万?元|亿元|{_SHORT}|%|‰)|[{_BETWEEN}]+(户|笔|个))$"
)
"""A unit at the end without brackets: 授信金额万元, 授信金额_万元; 贫困户 ends in none."""
_SAID_WITH = re.compile(r"^\(?(?:单位:?)?|\)?$")

_BETWEEN_LEVELS = re.compile(r"[/_|>:\\](?![^()（）\[\]【】]*[)）\]】])")

MEASURE_WORDS = {"户": ("户数",), "户次": ("户数",), "笔": ("笔数",), "笔次": ("笔数",)}
"""What a unit stands for where it is all that tells the columns of a group apart: 逾期贷款 over 户, 笔, 万元."""
MONEY_WORDS = ("金额", "余额")


@lru_cache(maxsize=4096)
def bare_unit(text: str) -> str:
    """The unit, or units, that are all that a text says, in brackets or not; empty for other texts."""
    said = _SAID_WITH.sub("", packed(text))
    if re.fullmatch(_SHORT, said):
        return f"{said}元"
    return said if said and is_measure(said) else ""


@lru_cache(maxsize=4096)
def units_stated(text: str) -> tuple[str, ...]:
    """The units that a header states, wherever in it."""
    if bare := bare_unit(text):
        return measures_in(bare)
    return measures_in_brackets(unit_in_brackets(text))


@lru_cache(maxsize=4096)
def unit_in_brackets(text: str) -> str:
    """A header with a unit at its end as others write it: 授信金额_万元, 授信金额（万） → 授信金额(万元)."""
    said = packed(_BLANK_BEHIND.sub("_", text))
    if short := _BRACKETED_SHORT.fullmatch(said):
        return f"{short[1]}({short[2]}元)"
    behind = _BEHIND.search(said)
    if not behind or bare_unit(said):
        return text
    unit = behind[1] or behind[2]
    return f"{said[: behind.start()]}({unit}{'元' if unit[-1] in '万亿' else ''})"


def last_level(text: str) -> str:
    """The lowest level of a header that holds several: the unit of 期末余额(万元)/笔数 is the group's alone."""
    return _BETWEEN_LEVELS.split(packed(text))[-1]
