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

_DIALECTS, _CONTAINERS, _HOSTILE, _HEADERS, _SHEETS = (
    "dialects: {}",
    "containers: {}",
    "hostile: {}",
    "headers: {}",
    "sheets: {}",
)

AWAITED: dict[str, str] = {
    **dict.fromkeys(("ods", "ods-merged", "ods-named-xls", "ods-two", "ods-repeat"), _DIALECTS.format(".ods")),
    **dict.fromkeys(("html", "html-merged", "html-gbk", "html-script", "html-two"), _DIALECTS.format("HTML")),
    **dict.fromkeys(("xml2003", "xml2003-merged"), _DIALECTS.format("Excel 2003 XML")),
    **dict.fromkeys(("pdf", "photo", "word"), _DIALECTS.format("请用代录表")),
    **dict.fromkeys(("xls-biff4", "xls-named-et", "csv-big5"), _DIALECTS.format("older BIFF, .et, Big5")),
    **dict.fromkeys(
        ("zip", "zip-two", "zip-in-zip", "zip-bomb-nested", "zip-deep", "zip-paths"), _CONTAINERS.format("zip")
    ),
    **dict.fromkeys(("eml", "eml-zip", "mail-subject"), _CONTAINERS.format("eml")),
    "gzip": _CONTAINERS.format("gzip"),
    **dict.fromkeys(("xlsm", "dde", "external-formula", "webservice", "hyperlink"), _HOSTILE.format("notes")),
    **dict.fromkeys(("external-link", "ole-object", "remote-image"), _HOSTILE.format("notes")),
    **dict.fromkeys(("typo", "typo-unknown", "twice"), _HEADERS.format("registered typos, nearest, doubled columns")),
    **dict.fromkeys(("units-row", "units-row-two"), _HEADERS.format("a row of units")),
    **dict.fromkeys(
        ("column-brackets", "column-circled", "column-formula"), _HEADERS.format("column numbers of other kinds")
    ),
    **dict.fromkeys(("two-unmerged", "header-escape", "page-break"), _HEADERS.format("headers cut in other ways")),
    **dict.fromkeys(("subtotal", "projects-few-figures"), _HEADERS.format("小计; items that sound like a footer")),
    **dict.fromkeys(("two-cells", "wide-words", "unknown-unit", "dollars"), _SHEETS.format("captions of the unit")),
    **dict.fromkeys(("month-serial", "month-republic"), _SHEETS.format("periods")),
    "blank-caption": _SHEETS.format("a label with nothing behind it"),
    "merged-data": _SHEETS.format("merged cells of figures"),
    **dict.fromkeys(("stacked", "stacked-banks"), _SHEETS.format("several tables on a sheet")),
    **dict.fromkeys(("template", "template-upright", "template-beside"), _SHEETS.format("unfilled templates")),
}
"""Case → what of the program it waits for; empty once all of it is there."""
