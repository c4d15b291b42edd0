"""Of a workbook that holds the reports of several units what is one unit's own: no unit sees another's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Any

_REACHES = re.compile(r"(?:'((?:[^']|'')+)'|([^\s'!(),+\-*/&=<>;^{}]+))!")
"""The sheet, or the sheets, before an exclamation mark in a formula."""
_QUOTED = re.compile('"[^"]*"')


def leave_only(book: Any, sheets: Set[str], stored: Any) -> None:
    """Take every other sheet out of a workbook, and whatever the rest has of them.

    A formula that reaches into one of them is replaced by what it came to; names, drop-downs, coloured ranges, charts
    and pivot tables that do are dropped.

    Args:
        book: as openpyxl opened it.
        sheets: the names of those that stay.
        stored: the same opened for its values.
    """
    for name in [name for name in book.sheetnames if name not in sheets]:
        del book[name]
    gone = {name for name, one in book.defined_names.items() if _is_foreign(one.attr_text, sheets)}
    for name in gone:
        del book.defined_names[name]
    book._external_links = []
    for sheet in book.worksheets:
        _leave_values(sheet, stored[sheet.title], sheets, gone)
        _drop_what_reaches(sheet, sheets, gone)


def _is_foreign(formula: str | None, sheets: Set[str], names: Iterable[str] = ()) -> bool:
    """Whether a formula reaches into a sheet that is not among these, or uses one of these names."""
    text = _QUOTED.sub("", formula or "")
    reached = {(quoted or plain).replace("''", "'") for quoted, plain in _REACHES.findall(text)}
    return bool(reached - sheets) or any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", text) for name in names)


def _leave_values(sheet: Any, values: Any, sheets: Set[str], names: Set[str]) -> None:
    for cell in [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]:
        formula = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "")
        if _is_foreign(formula, sheets, names):
            was = values[cell.coordinate]
            cell.value = was.value
            cell.data_type = was.data_type


def _drop_what_reaches(sheet: Any, sheets: Set[str], names: Set[str]) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.xml.functions import tostring

    for name in [name for name, one in sheet.defined_names.items() if _is_foreign(one.attr_text, sheets, names)]:
        del sheet.defined_names[name]
    lists = sheet.data_validations
    lists.dataValidation = [
        one
        for one in lists.dataValidation
        if not any(_is_foreign(f, sheets, names) for f in (one.formula1, one.formula2))
    ]
    kept = ConditionalFormattingList()
    for found in sheet.conditional_formatting:
        for rule in found.rules:
            if not any(_is_foreign(formula, sheets, names) for formula in rule.formula):
                kept.add(str(found.sqref), rule)
    sheet.conditional_formatting = kept
    sheet._pivots = []
    sheet._charts = [
        chart
        for chart in sheet._charts
        if not any(
            _is_foreign(found, sheets, names)
            for found in re.findall(r"<[^>]*\bf>([^<]*)<", tostring(chart._write()).decode())
        )
    ]
