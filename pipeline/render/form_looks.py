"""How blank forms look: cells to fill in are lightly coloured and open, all others are locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.render.form_content import Asked, BlankForm, Kind

SIZE = 10
INPUT, GIVEN, HARD, SOFT, LACKING = "#FFFBE5", "#F2F2F2", "#FF9C9C", "#FFD27F", "#CDE4F7"
BASE: dict[str, Any] = {"font_scheme": "none", "font_name": "宋体", "font_size": SIZE, "valign": "vcenter"}
_BOX: dict[str, Any] = {"border": 1, "border_color": "#7F7F7F"}
_OPEN: dict[str, Any] = {**_BOX, "locked": False, "bg_color": INPUT}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center"},
    "plain": {"align": "left"},
    "right": {"align": "right"},
    "header": {**_BOX, "font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#DCE6F1"},
    "number": {**_BOX, "align": "center", "font_color": "#595959"},
    "label": {**_BOX, "align": "left", "text_wrap": True},
    "inside": {**_BOX, "align": "left", "indent": 1},
    "center": {**_BOX, "align": "center", "text_wrap": True},
    "section": {**_BOX, "font_name": "黑体", "align": "center"},
    "input": {**_OPEN, "align": "right"},
    "choice": {**_OPEN, "align": "center"},
    "words": {**_OPEN, "align": "left", "text_wrap": True},
    "prose": {**_OPEN, "align": "left", "valign": "top", "text_wrap": True},
    "given": {**_BOX, "align": "right", "bg_color": GIVEN},
    "signed": {"locked": False, "align": "left", "bg_color": INPUT},
    "mark": {"font_color": "#808080"},
    "heading": {"font_name": "黑体", "font_size": 13},
    "note": {"text_wrap": True, "valign": "top"},
    "small": {"font_color": "#7F7F7F", "font_size": 9},
    "small_left": {"font_color": "#7F7F7F", "font_size": 9, "align": "left"},
    "running": {**_BOX, "align": "center", "font_color": "#A6A6A6", "num_format": "0"},
    "count": {"font_name": "黑体", "font_size": 14},
    "cell": {**_BOX, "align": "left", "text_wrap": True},
    "middle": {**_BOX, "align": "center"},
    "boxed": _BOX,
    "listed": {"align": "center"},
    "listed_words": {"align": "left", "text_wrap": True},
    "listed_link": {"align": "center", "font_color": "#0563C1", "underline": 1},
    "state": {**_BOX, "align": "center", "num_format": '"缺"0"格"'},
    "figure": {**_BOX, "align": "right"},
    "link": {**_BOX, "align": "center", "font_color": "#0563C1", "underline": 1},
    "wrong": {"bg_color": HARD, "font_color": "#9C0006"},
    "doubtful": {"bg_color": SOFT, "font_color": "#7F4F00"},
    "lacking": {"bg_color": LACKING},
    "fine": {"font_color": "#006100"},
}


def number_format(asked: Asked, form: BlankForm) -> str:
    """How a figure is shown; nothing for words."""
    if asked.kind is Kind.AMOUNT:
        return "#,##0.00" if form.fen < 1_000_000 else "0.00"
    return {Kind.COUNT: "0", Kind.RATE: "0.00##", Kind.DATE: "yyyy-mm-dd", Kind.TEXT: "@"}.get(asked.kind, "")
