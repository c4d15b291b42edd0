"""Conditions on words in a blank form's cells, as formulas: what is said, which day, which document, what share.

What a formula cannot read for sure it says nothing of: the program reads it when the form comes home.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline.render.form_rules import Dated, Numbered, Op, OtherShare, Repeats, Said, SameItem, Says, When

Place = Callable[[str, When], str]
"""(key, time) → the cell."""
_FIRST_DAY, _NO_DAY = date(1899, 12, 30), 2_958_466
"""Days are counted from here in a workbook, and end before this one."""
_AS_DASH, _LEFT_OUT = ("年", "月", ".", "/"), ("日",)
_BRACKETS = {"〔": "[(（【", "〕": "])）】"}
_OF_THE_SAME = (
    ("\uff05", "%"), ("总投资", "投资"), ("计划投资", "投资"), ("投资额", "投资"),
    ("投资的", "投资"), ("投资已", "投资"), ("投资完成", "完成投资"),
)  # fmt: skip
_SPENT = "完成投资"
_NOUGHTS = (ord("0"), 0xFF10)
"""Digits may be written half or full width."""
_UNSEEN = ("。", "，", "、", "；", "：", ",", ";", ":", " ", "　")


def said(condition: Said, place: Place, names: str, step: str) -> str:
    """A formula that is true where the condition holds.

    `names` are the cells of the list below in which the same stands as in the one that is asked about, `step` holds how
    finely amounts are rounded.
    """
    if isinstance(condition, Says):
        return _says(condition, trimmed(place(condition.key, When.NOW)))
    if isinstance(condition, Repeats):
        now, last = (bare(place(condition.key, when)) for when in (When.NOW, When.LAST_MONTH))
        return f'AND({now}<>"",{now}={last})'
    if isinstance(condition, Dated):
        return _dated(condition, place(condition.key, When.NOW))
    if isinstance(condition, Numbered):
        return _numbered(condition, place)
    if isinstance(condition, OtherShare):
        return _other_share(condition, place, step)
    return _same_item(condition, place, names)


def trimmed(cell: str) -> str:
    """What is said in a cell."""
    return f"TRIM({cell})"


def bare(cell: str) -> str:
    """The same without blanks and punctuation."""
    return _replaced(f"SUBSTITUTE({cell},CHAR(10),)", [(sign, "") for sign in _UNSEEN])


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for one, other in pairs:
        text = f'SUBSTITUTE({text},"{one}","{other}")'
    return text


def _says(condition: Says, text: str) -> str:
    each = ('ISNUMBER(FIND("{}",{}))' if condition.within else '{1}="{0}"').format
    found = f"OR({','.join(each(word, text) for word in condition.words)})"
    return f"NOT({found})" if condition.is_not else found


# ------------------------------------------------------------------ days and documents


def _dated(condition: Dated, cell: str) -> str:
    day = _day(cell)
    if condition.day is None:
        return f"{day}=-1"
    limit = (condition.day - _FIRST_DAY).days
    if condition.op is Op.BELOW:  # and above nought, which stands for no day that is known
        return f"ABS(2*{day}-{limit})<{limit}"
    return f"{day}{condition.op.value}{limit}"


def _day(cell: str) -> str:
    """The day; of a month its last, of a year its first; -1 where it surely is none, nought where nobody can tell."""
    text = _replaced(trimmed(cell), [*((sign, "-") for sign in _AS_DASH), *((sign, "") for sign in _LEFT_OUT)])
    digits = "{" + ",".join(f'"{chr(zero + number)}"' for zero in _NOUGHTS for number in range(10)) + "}"
    without = _replaced(text, [("-", "")])
    is_none = f"SUMPRODUCT(LEN({cell})-LEN(SUBSTITUTE({cell},{digits},)))=0"
    has_three = f"AND(LEN({text})-LEN({without})=2,ISNUMBER(VALUE({without})))"
    read = f"IF({has_three},-1,0)"
    for spelt in (
        f'DATEVALUE({text}&"1-1")',
        f'EOMONTH(DATEVALUE({text}&"1"),0)',
        f'EOMONTH(DATEVALUE({text}&"-1"),0)',
    ):
        read = f"IFERROR({spelt},{read})"
    read = f"IFERROR(DATEVALUE({text}),{read})"
    spelt = f'IF(MID({text},5,1)="-",{read},IF({is_none},-1,0))'
    return f"IF(ISNUMBER({cell}),IF({cell}<{_NO_DAY},{cell},0),{spelt})"


def _numbered(condition: Numbered, place: Place) -> str:
    year = _year(place(condition.key, When.NOW))
    if not condition.of_day:
        return f"{year}{condition.op.value}{condition.year}"
    return f"{year}{condition.op.value}YEAR(MAX(1,{_day(place(condition.of_day, When.NOW))}))"


def _year(cell: str) -> str:
    """The year in the number of a document; nought where there is none."""
    text = trimmed(cell)
    for sign, others in _BRACKETS.items():
        text = _replaced(text, [(other, sign) for other in others])
    close = f'FIND("〕",{text})'
    return f'IFERROR(IF(MID({text},{close}-5,1)="〔",VALUE(MID({text},{close}-4,4)),0),0)'


# ------------------------------------------------------------------ items of a list


def _other_share(condition: OtherShare, place: Place, step: str) -> str:
    """A share is as exact as it is written; a step of the amounts is allowed for."""
    text = _replaced(trimmed(place(condition.key, When.NOW)), list(_OF_THE_SAME))
    part, whole = (place(key, When.NOW) for key in (condition.part, condition.whole))
    at = f'FIND("{_SPENT}",{text})+{len(_SPENT)}'
    told = f'MID({text},{at},FIND("%",{text},{at})-({at}))'
    decimals = f'IFERROR(LEN({told})-FIND(".",{told}),0)'
    off = f"ABS(100*{part}/{whole}-VALUE({told}))-(10^-{decimals}+100*{step}/{whole})"
    return f"IFERROR(ROUND({off},6)>=0,FALSE)"


def _same_item(condition: SameItem, place: Place, names: str) -> str:
    own, last = (place(condition.name, when) for when in (When.NOW, When.LAST_MONTH))
    here = trimmed(own)
    once = (f"SUMPRODUCT((TRIM({cells})={here})*1)=1" for cells in (names, last))
    return f'AND({here}<>"",{",".join(once)})'


def same_items_figure(name: str, names: str, figures: str) -> str:
    """The figure of the item that has the same name in another list."""
    return f"SUMPRODUCT((TRIM({names})={trimmed(name)})*{figures})"


def keys_of(condition: Said) -> tuple[tuple[str, When], ...]:
    """The figures and words that a condition looks at."""
    if isinstance(condition, SameItem):
        return (condition.name, When.NOW), (condition.name, When.LAST_MONTH)
    if isinstance(condition, Repeats):
        return (condition.key, When.NOW), (condition.key, When.LAST_MONTH)
    keys = [condition.key]
    if isinstance(condition, Numbered):
        keys.append(condition.of_day)
    if isinstance(condition, OtherShare):
        keys += [condition.part, condition.whole]
    return tuple((key, When.NOW) for key in keys if key)
