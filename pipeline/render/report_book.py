"""审核报告.xlsx: findings by what they move: counts, the list, what is folded; last the year's record of all units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.render.report_content import Report
from pipeline.render.report_lists import FOLDS, LIST, TITLE_SIZE, write_folds, write_list
from pipeline.render.report_overview import OVERVIEW, write_overview
from pipeline.render.report_record import RECORD, write_record
from pipeline.render.twin_package import with_headings
from pipeline.render.workbook import Formats, workbook_bytes

FILE_NAME = "审核报告.xlsx"
SIZE, HEADING_SIZE = 10, 13

_BODY: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": "#A6A6A6", "valign": "top"}
_BASE: dict[str, Any] = {"font_name": "宋体", "font_size": SIZE, "font_scheme": "none", "valign": "vcenter"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "sheet_title": {"font_name": "黑体", "font_size": TITLE_SIZE},
    "heading": {"font_name": "黑体", "font_size": HEADING_SIZE},
    "mark": {"font_name": "黑体", "font_size": 12, "font_color": "#8C1C13"},
    "line": {"text_wrap": True, "valign": "top"},
    "head": {**_BODY, "font_name": "黑体", "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1"},
    "body": _BODY,
    "center": {**_BODY, "align": "center"},
    "count": {**_BODY, "align": "right"},
    "number": {**_BODY, "align": "right", "text_wrap": False, "shrink": True},
    "cause_number": {**_BODY, "align": "right", "text_wrap": False, "shrink": True, "bg_color": "#F2F2F2"},
    "link": {**_BODY, "align": "center", "font_color": "#0B4A9E", "underline": 1},
    "hard": {**_BODY, "align": "center", "font_color": "#8C1C13", "bold": True},
    "cause": {**_BODY, "font_name": "黑体", "bg_color": "#F2F2F2"},
    "cause_link": {**_BODY, "align": "center", "font_color": "#0B4A9E", "underline": 1, "bg_color": "#F2F2F2"},
    "cause_center": {**_BODY, "font_name": "黑体", "bg_color": "#F2F2F2", "align": "center"},
    "sum": {**_BODY, "font_name": "黑体", "align": "right"},
    "sum_label": {**_BODY, "font_name": "黑体"},
}


def report_bytes(report: Report) -> bytes:
    """The workbook. The same report gives the same bytes."""
    stamp = report.stamp
    properties = {
        "title": f"{report.city}金融扶贫月报审核报告（{stamp.month.label}）",
        "author": stamp.office,
        "subject": stamp.month.label,
        "comments": "；".join(filter(None, [stamp.version, stamp.marks])),
        "created": stamp.created,
    }
    made = workbook_bytes(lambda workbook: _fill(workbook, report), properties, ("宋体", SIZE))
    return with_headings(made, (TITLE_SIZE, HEADING_SIZE))


def _fill(workbook: Any, report: Report) -> None:
    formats = Formats(workbook, _BASE, LOOKS)
    overview, listed, folds, record = (workbook.add_worksheet(name) for name in (OVERVIEW, LIST, FOLDS, RECORD))
    write_overview(overview, report, formats)
    write_list(listed, report, formats)
    write_folds(folds, report, formats)
    write_record(record, report.record, formats)
