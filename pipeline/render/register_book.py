"""The register workbook: a sheet for each thing that is edited, with lists to choose from, ready for the printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.catalog import Catalog
from pipeline.catalog.register_sheets import (
    CONTACTS,
    DEADLINES,
    DUTIES,
    EXTENSIONS,
    GUIDE,
    MAY,
    OWED,
    TARGETS,
    UNITS,
    SheetPlan,
)
from pipeline.render.measure import height, lines
from pipeline.render.register_guide import HINTS, MEANINGS, OTHERS, RULES, STEPS
from pipeline.render.register_rows import (
    RegisterBook,
    Row,
    contact_rows,
    deadline_rows,
    duty_rows,
    extension_rows,
    forms,
    institutions,
    parameters,
    unit_rows,
)
from pipeline.render.register_targets import write_targets
from pipeline.render.workbook import Formats, workbook_bytes

_SIZE = 11
_A4 = 9
_SPARE = 200
"""Rows below the last one that lists to choose from reach to."""
_HEADER_ROW = 1
_LONGEST_LIST = 255
"""Characters that Excel takes for a list written into the cell."""

_PLAIN: dict[str, Any] = {"font_name": "宋体", "font_size": _SIZE, "font_scheme": "none", "valign": "vcenter"}
_BODY: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": "#A6A6A6", "num_format": "@"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18},
    "heading": {"font_name": "黑体", "font_size": 13},
    "intro": {"font_color": "#404040"},
    "line": {"text_wrap": True, "valign": "top"},
    "head": {"font_name": "黑体", "text_wrap": True, "align": "center", "bg_color": "#DCE6F1", "border": 1},
    "body": _BODY,
    "center": {**_BODY, "align": "center"},
    "id": {**_BODY, "bg_color": "#EDEDED"},
    "aside": {**_BODY, "font_color": "#7F7F7F"},
    "right": {"font_color": "#404040", "align": "right"},
    "column": {"num_format": "@"},
}


@dataclass(frozen=True, slots=True)
class _Look:
    """A sheet: what stands above its table, and how wide and in which look each column is."""

    plan: SheetPlan
    intro: str
    widths: tuple[float, ...]
    rows: Callable[[RegisterBook], Iterator[Row]]
    looks: Mapping[str, str]
    frozen: int = 2
    """Columns that stay in sight."""


_SHEETS = (
    _Look(
        UNITS,
        "一行一个名称。更名的单位有几行，编号相同，机构、县区、顺序、别名写在其中一行即可。",
        (15, 26, 10, 10, 12, 30, 7, 62),
        unit_rows,
        {"id": "id", "since": "center", "until": "center", "institution": "center", "order": "center"},
    ),
    _Look(
        DUTIES,
        "一行一张报表。停报、撤并的写“至”，已报过数的不要删行。",
        (15, 28, 44, 8, 10, 10),
        duty_rows,
        {"id": "id", "unit_name": "aside", "kind": "center", "since": "center", "until": "center"},
    ),
    _Look(
        DEADLINES,
        "“自”“至”按报告期。改期限：原来的行写“至”，另加一行写新取值和“自”。",
        (42, 8, 10, 10, 32, 52),
        deadline_rows,
        {"value": "center", "since": "center", "until": "center"},
        frozen=1,
    ),
    _Look(
        CONTACTS,
        "一行一人。只供本办使用，请勿外发。",
        (15, 28, 12, 18, 30, 28, 30),
        contact_rows,
        {"id": "id", "unit_name": "aside"},
    ),
)
_EXTENSION_HEADER = ("单位名称", "报告期", "原期限", "延至", "理由", "记录号")
_EXTENSION_WIDTHS = (28.0, 14.0, 13.0, 13.0, 60.0, 9.0)
_GUIDE_WIDTHS = (14.0, 18.0, 96.0)


def register_bytes(book: RegisterBook) -> bytes:
    """The workbook; the same register, contacts, extensions, targets and day give the same bytes."""
    profile = book.catalog.profile
    created = datetime(book.day.year, book.day.month, book.day.day)  # noqa: DTZ001 - workbooks know no time zone
    properties = {"title": f"{profile.city}登记表", "author": profile.office, "created": created}
    return workbook_bytes(lambda workbook: _fill(workbook, book), properties, ("宋体", _SIZE))


def _fill(workbook: Any, book: RegisterBook) -> None:
    looks = Formats(workbook, _PLAIN, LOOKS)
    _write_guide(workbook.add_worksheet(GUIDE), book, looks)
    for look in _SHEETS:
        _write_table(workbook.add_worksheet(look.plan.name), look, book, looks)
    if book.targets:
        write_targets(workbook.add_worksheet(TARGETS), book, book.targets, looks.get)
    _write_extensions(workbook.add_worksheet(EXTENSIONS), book, looks)


# ------------------------------------------------------------------ tables to edit


def _write_table(sheet: Any, look: _Look, book: RegisterBook, looks: Formats) -> None:
    rows = list(look.rows(book))
    keys = list(look.plan.headings)
    styles = [looks.get(look.looks.get(key, "body")) for key in keys]
    _write_head(sheet, look.intro, tuple(look.plan.headings.values()), look.widths, looks)
    sheet.freeze_panes(_HEADER_ROW + 1, look.frozen)
    _write_rows(sheet, rows, styles, look.widths)
    _offer(sheet, look.plan, keys, len(rows), book.catalog)
    _set_up_printing(sheet)


def _write_head(sheet: Any, intro: str, header: Sequence[str], widths: Sequence[float], looks: Formats) -> None:
    """What the sheet is for, its header, and columns that keep what is typed as text: 2018-03 stays 2018-03."""
    sheet.write_string(0, 0, intro, looks.get("intro"))
    sheet.set_row(0, height(1, _SIZE) + 4)
    for col, (heading, width) in enumerate(zip(header, widths, strict=True)):
        sheet.set_column(col, col, width, looks.get("column"))
        sheet.write_string(_HEADER_ROW, col, heading, looks.get("head"))
    sheet.set_row(_HEADER_ROW, height(1, _SIZE) + 4)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _write_rows(sheet: Any, rows: Sequence[Row], styles: Sequence[Any], widths: Sequence[float]) -> None:
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for col, (said, style) in enumerate(zip(row, styles, strict=True)):
            if isinstance(said, int):
                sheet.write_number(number, col, said, style)
            elif said:
                sheet.write_string(number, col, said, style)
            else:
                sheet.write_blank(number, col, None, style)
        taken = max(lines(str(said), width * 0.9, _SIZE) for said, width in zip(row, widths, strict=True))
        sheet.set_row(number, height(max(1, taken), _SIZE) + 3)


def _offer(sheet: Any, plan: SheetPlan, keys: Sequence[str], count: int, catalog: Catalog) -> None:
    """Lists to choose from and hints, for the rows there are and for those that will be added."""
    last = _HEADER_ROW + count + _SPARE
    ids = f"='{UNITS.name}'!$A${_HEADER_ROW + 2}:$A${_HEADER_ROW + 1 + 2 * _SPARE}"
    offered: dict[str, Any] = {
        "institution": institutions(catalog),
        "form": forms(catalog),
        "kind": [OWED, MAY],
        "parameter": parameters(catalog),
        **({"id": ids} if plan is not UNITS else {}),
    }
    for col, key in enumerate(keys):
        hint = HINTS.get((plan.name, key), "")
        options: dict[str, Any] = {"validate": "any"}
        choice = offered.get(key)
        if choice and not (isinstance(choice, list) and len(",".join(choice)) > _LONGEST_LIST):
            options = {
                "validate": "list",
                "source": choice,
                "error_title": "不在列表中",
                "error_message": f"请从列表中选择{plan.headings[key]}。",
                "show_error": key != "institution",  # another bank may be written in
            }
        if hint:
            options |= {"input_title": plan.headings[key], "input_message": hint}
        if len(options) > 1:
            sheet.data_validation(_HEADER_ROW + 1, col, last, col, options)


# ------------------------------------------------------------------ sheets to read


def _write_extensions(sheet: Any, book: RegisterBook, looks: Formats) -> None:
    rows = list(extension_rows(book))
    intro = OTHERS[EXTENSIONS] if rows else f"还没有批准过延期。{OTHERS[EXTENSIONS]}"
    _write_head(sheet, intro, _EXTENSION_HEADER, _EXTENSION_WIDTHS, looks)
    styles = [looks.get(name) for name in ("body", "center", "center", "center", "body", "center")]
    _write_rows(sheet, rows, styles, _EXTENSION_WIDTHS)
    _set_up_printing(sheet)


def _write_guide(sheet: Any, book: RegisterBook, looks: Formats) -> None:
    profile, day = book.catalog.profile, book.day
    for col, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.write_string(0, 0, f"{profile.city}金融扶贫统计登记表", looks.get("title"))
    sheet.set_row(0, height(1, 18))
    made = f"编制：{profile.office}　　导出：{day.year}年{day.month}月{day.day}日"
    sheet.write_string(1, 0, made, looks.get("intro"))
    row = 3
    for heading, sentences in (("怎么改", STEPS), ("怎么写", RULES)):
        sheet.write_string(row, 0, heading, looks.get("heading"))
        sheet.set_row(row, height(1, 13))
        for number, sentence in enumerate(sentences, start=1):
            _across(sheet, row + number, f"{number}. {sentence}", looks)
        row += len(sentences) + 2
    _write_meanings(sheet, row, looks)
    _set_up_printing(sheet)


def _across(sheet: Any, row: int, sentence: str, looks: Formats) -> None:
    sheet.merge_range(row, 0, row, len(_GUIDE_WIDTHS) - 1, "", looks.get("line"))
    sheet.write_string(row, 0, sentence, looks.get("line"))
    sheet.set_row(row, height(lines(sentence, sum(_GUIDE_WIDTHS) - 2, _SIZE), _SIZE))


def _write_meanings(sheet: Any, row: int, looks: Formats) -> None:
    told = [
        (look.plan.name, heading, MEANINGS[look.plan.name][key])
        for look in _SHEETS
        for key, heading in look.plan.headings.items()
    ]
    told += [(name, "", meaning) for name, meaning in OTHERS.items()]
    sheet.write_string(row, 0, "各栏填什么", looks.get("heading"))
    sheet.set_row(row, height(1, 13))
    for number, line in enumerate([("工作表", "栏目", "填什么"), *told], start=row + 1):
        for col, text in enumerate(line):
            sheet.write_string(number, col, text, looks.get("head" if number == row + 1 else "body"))
        sheet.set_row(number, height(max(1, lines(line[-1], _GUIDE_WIDTHS[-1] - 2, _SIZE)), _SIZE))


def _set_up_printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
