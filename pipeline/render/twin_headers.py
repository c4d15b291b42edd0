"""What a column of an annex is called where it has a single header: one readable name with its unit."""

from __future__ import annotations

from pipeline.catalog.annexes import AnnexColumn

TIMES = "户次"
_UNITS = {"户": "户", "fen": "万元", "ratio": "%", "rank": "位"}
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）"})


def unit_word(column: AnnexColumn) -> str:
    """万元, 户, 户次, % or 位; nothing for words."""
    return TIMES if column.header[-1] == TIMES else _UNITS.get(column.unit, "")


def plain_name(column: AnnexColumn) -> str:
    """The header's levels as one name without unit: 本年累计发放金额; 逾期率, not 逾期逾期率."""
    words: list[str] = []
    for word in column.header:
        while words and words[-1] in word:
            words.pop()
        words.append(word)
    return "".join(words).removesuffix("%").translate(_FULL_WIDTH)


def single_header(column: AnnexColumn) -> str:
    """The name with its unit: 本年累计发放金额（万元）, 投放面（户贷率）（%）."""
    unit = unit_word(column)
    return plain_name(column) + (f"（{unit}）" if unit else "")


def folded(header: str) -> str:
    """A header whose unit stands on a line of its own, so that no program breaks a line within its brackets."""
    name, bracket, unit = header.rpartition("（")
    return f"{name}\n{bracket}{unit}" if name else header


def speaks_of(note: str, column: AnnexColumn) -> bool:
    """Whether a note of a table names this column, so that the column's header must refer to it."""
    if "/".join(column.header) in note:
        return True
    if column.derivation == "rank":
        return "".join(column.header) in note
    if column.derivation in ("ratio", "growth", "change"):
        return column.header[-1].removesuffix("%").partition("(")[0] in note
    return False
