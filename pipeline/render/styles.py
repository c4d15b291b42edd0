"""Fonts, borders and cell formats of a printed table."""

from __future__ import annotations

from typing import Any

SONG = "宋体"
HEI = "黑体"
TITLE_SIZE = 22
BODY_SIZE = 12
NOTE_SIZE = 11
WORDS_SIZE = 11
"""Words inside the table: symbols' explanations and remarks."""

BASE: dict[str, Any] = {"font_scheme": "none", "font_name": SONG, "font_size": BODY_SIZE, "valign": "vcenter"}
"""What all of them have."""

LOOKS: dict[str, dict[str, Any]] = {
    "annex": {"font_name": HEI, "font_size": 14, "align": "left"},
    "mark": {"font_name": HEI, "font_size": 14, "align": "right"},
    "title": {"font_name": HEI, "font_size": TITLE_SIZE, "align": "center"},
    "caption_left": {"align": "left"},
    "caption_right": {"align": "right"},
    "header": {"font_name": HEI, "align": "center", "text_wrap": True, "border": 1},
    "part": {"font_name": HEI, "align": "left", "border": 1},
    "number": {"align": "right", "border": 1},
    "words": {"font_size": WORDS_SIZE, "align": "center", "text_wrap": True, "border": 1},
    "center": {"align": "center", "border": 1},
    "label": {"align": "left", "border": 1},
    "remark": {"font_size": WORDS_SIZE, "align": "left", "text_wrap": True, "border": 1},
    "note": {"font_size": NOTE_SIZE, "align": "left", "text_wrap": True},
    "footer": {"align": "left"},
    "measure_header": {"font_name": HEI, "font_size": 10.5, "align": "center", "text_wrap": True, "border": 1},
    "measure_group": {"font_name": HEI, "font_size": 11, "align": "left", "border": 1},
    "measure": {"align": "left", "valign": "top", "text_wrap": True, "border": 1},
    "measure_number": {"align": "center", "valign": "top", "text_wrap": True, "border": 1},
    "measure_note": {"font_size": 10, "align": "left", "valign": "top", "text_wrap": True},
}
