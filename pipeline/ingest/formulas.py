"""What a formula reaches outside its own file. Formulas are only looked at: nothing is calculated, opened or called."""

from __future__ import annotations

import re
from enum import StrEnum


class Reach(StrEnum):
    """How a formula gets at something outside; the value is what it is called in words."""

    DDE = "DDE"
    WORKBOOK = "外部工作簿"
    WEBSERVICE = "WEBSERVICE"
    RTD = "RTD"
    CALL = "CALL"
    REGISTER = "REGISTER"
    EXEC = "EXEC"
    SQL = "SQL.REQUEST"
    IMAGE = "IMAGE"
    HYPERLINK = "HYPERLINK"


_STRING = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r"'[^']*'")
_WORKBOOK = re.compile(r"'[^'\[\]]*\[[^'\[\]]+\][^'\[\]]*'!|(?<![\w\]\[])\[[^\[\]]+\][^\[\](),;!+*/^&=<>{}\s-]*!")
"""`'[别处.xlsx]表'!A1`, `[1]表!A1`; not the `表1[列]` of a table."""
_FILE = re.compile(r"'(?:[^']|'')*'#")
"""`'file:///C:/别处.ods'#$表.A1`, as OpenDocument writes it."""
_DDE = re.compile(r"(?<![A-Za-z0-9_.])DDE\s*\(", re.IGNORECASE)
_WITHIN = re.compile(r'(?<![A-Za-z0-9_])HYPERLINK\s*\(\s*"#[^"\[\]|:/]*"', re.IGNORECASE)
"""`HYPERLINK("#'表'!A1")`: a place of its own file."""
_CALLS = re.compile(
    r"(?<![A-Za-z0-9_])(WEBSERVICE|RTD|CALL|REGISTER(?=\.ID|\()|EXEC|SQL\.REQUEST|IMAGE|HYPERLINK)(?:\.ID)?\s*\(",
    re.IGNORECASE,
)


def reach(formula: str) -> list[Reach]:
    """What a formula reaches outside, each way once; a formula that stays in its file gives nothing."""
    if "[" not in formula and "|" not in formula and "(" not in formula:
        return []
    bare = _STRING.sub("", _WITHIN.sub('("#"', formula))
    found = [Reach.WORKBOOK] if _WORKBOOK.search(bare) else []
    if "|" in _QUOTED.sub("", bare):
        found.append(Reach.DDE)
    found += [Reach(name.upper()) for name in _CALLS.findall(bare)]
    return list(dict.fromkeys(found))


def reach_of_opendocument(formula: str) -> list[Reach]:
    """The same of a formula as OpenDocument writes it, where `[.A1]` is a cell of its own sheet."""
    bare = _STRING.sub("", _WITHIN.sub('("#"', formula))
    found = [Reach.WORKBOOK] if _FILE.search(bare) else []
    found += [Reach.DDE] if _DDE.search(bare) else []
    return list(dict.fromkeys([*found, *(Reach(name.upper()) for name in _CALLS.findall(bare))]))
