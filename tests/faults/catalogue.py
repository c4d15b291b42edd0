"""All cases of the fault catalogue, and those that still wait for the program."""

from __future__ import annotations

from tests.faults import (
    cases_cells,
    cases_formats,
    cases_headers,
    cases_hostile,
    cases_identity,
    cases_rows,
    cases_sheets,
    cases_units,
)

PARTS = (
    cases_formats,
    cases_cells,
    cases_sheets,
    cases_headers,
    cases_rows,
    cases_units,
    cases_identity,
    cases_hostile,
)
CASES = [case for part in PARTS for case in part.CASES]

AWAITED: dict[str, str] = {
    **dict.fromkeys(
        ("xlsm", "dde", "external-formula", "webservice", "hyperlink", "external-link", "ole-object", "remote-image"),
        "hostile: notes of what comes with an .xlsx",
    ),
    **dict.fromkeys(("two-cells", "wide-words", "unknown-unit", "dollars"), "sheets: captions of the unit"),
    "upright-contradicts": "sheets: units that contradict each other",
    **dict.fromkeys(("template", "template-upright"), "sheets: a blank form of figures is F02"),
    "page-break": "headers and sheets: a header printed again on the next page begins no second table",
    "all-of-them": "sheets: a table with nothing but its total is not a blank form",
    "blank-caption": "sheets: a label with nothing behind it, the next label beside it",
    **dict.fromkeys(("column-circled", "column-formula"), "headers: column numbers ①, and with a formula"),
    "header-escape": "headers: _x000D_ in a header",
    "projects-few-figures": "headers: an item of a list whose words sound like a footer is no footer",
}
"""Case → what of the program it waits for; empty once all of it is there."""
