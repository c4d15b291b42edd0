"""Each item of the checklist fails where it is broken on purpose, and no item fails that is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableStyleInfo

from tests.a11y.checklist import CHECKS
from tests.a11y.verdicts import FAILED, verdicts
from tests.twins import GAP, small_twin

FIGURES, NOTES, COVER = "附件3 农商银行", "说明", "封面"
FONT = "微软雅黑"
HEADER, FIRST = 7, 8
"""Rows of that sheet."""


@cache
def good() -> bytes:
    """A twin of one annex with a gap, saved by the library that the faults below are planted with."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(small_twin(GAP, None, annexes=[3]))).save(out)
    return out.getvalue()


def planted(plant: Callable[[Any], object]) -> bytes:
    """The good workbook after something was done to it."""
    book = openpyxl.load_workbook(io.BytesIO(good()))
    plant(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(name: str, old: bytes, new: bytes) -> bytes:
    """The good workbook with something replaced in one of its parts, or with one more part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == name:
                assert old in data, f"{name} has no {old!r}"
                data = data.replace(old, new, 1)
            target.writestr(entry, data)
        if name not in source.namelist():
            target.writestr(name, new)
    return out.getvalue()


def failed(data: bytes) -> set[str]:
    """The items that a workbook breaks."""
    return {verdict.item.id for verdict in verdicts(data) if verdict.word == FAILED}


def test_nothing_is_broken_before():
    assert failed(good()) == set()


# ------------------------------------------------------------------ faults


def a_cell(place: str, sheet: str = FIGURES, **changes: Any) -> Callable[[Any], None]:
    """Give a cell another value, font, fill, alignment, border, number format or comment."""

    def plant(book: Any) -> None:
        for name, value in changes.items():
            setattr(book[sheet][place], name, value)

    return plant


def a_sheet(does: Callable[[Any], object], sheet: str = FIGURES) -> Callable[[Any], None]:
    return lambda book: does(book[sheet])


def the_table(does: Callable[[Any], object], sheet: str = FIGURES) -> Callable[[Any], None]:
    return lambda book: [does(table) for table in book[sheet].tables.values()]


def a_header(text: str) -> Callable[[Any], None]:
    """Another header above the second column, in the cell and in what the table says itself."""

    def plant(book: Any) -> None:
        sheet = book[FIGURES]
        sheet[f"B{HEADER}"] = text
        (table,) = sheet.tables.values()
        table.tableColumns[1].name = text

    return plant


def no_table(sheet: Any) -> None:
    sheet.tables.clear()


def another_table(sheet: Any) -> None:
    table = Table(displayName="另一张表", ref="AB8:AC9")
    table.tableStyleInfo = TableStyleInfo(showRowStripes=False)
    for place, value in (("AB8", "甲"), ("AC8", "乙"), ("AB9", "丙"), ("AC9", "丁")):
        sheet[place] = value
        sheet[place].font = Font(name=FONT, sz=12)
    table._initialise_columns()
    for column, text in zip(table.tableColumns, "甲乙", strict=True):
        column.name = text
    table.autoFilter = None
    sheet.add_table(table)


def a_blank_row(sheet: Any) -> None:
    for cell in sheet[FIRST + 1]:
        cell.value = None


def shifted(sheet: Any) -> None:
    """The whole table one column to the right."""
    (table,) = sheet.tables.values()
    sheet.move_range(table.ref, cols=1)
    left, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
    letters = [openpyxl.utils.get_column_letter(col + 1) for col in (left, right)]
    table.ref = f"{letters[0]}{top}:{letters[1]}{bottom}"
    for row in sheet.iter_rows(min_row=top):
        for cell in row:
            cell.font, cell.alignment = Font(name=FONT, sz=12), Alignment(wrap_text=True)
            sheet.column_dimensions[cell.column_letter].width = 40


def a_picture(sheet: Any) -> None:
    from openpyxl.drawing.image import Image
    from PIL import Image as Pixels

    png = io.BytesIO()
    Pixels.new("RGB", (2, 2)).save(png, "png")
    sheet.add_image(Image(png), "B2")


def a_text_box() -> bytes:
    return repacked("xl/drawings/drawing9.xml", b"", b'<xdr:wsDr xmlns:xdr="x"><xdr:sp macro=""/></xdr:wsDr>')


RED = Font(name=FONT, sz=12, color="FFFF0000")
PALE = Font(name=FONT, sz=12, color="FFCCCCCC")
THICK = Border(bottom=Side("thick"))

FAULTS: list[tuple[str, str, bytes | Callable[[Any], object], set[str]]] = [
    ("tables.marked", "a table that only looks like one", a_sheet(no_table), {"structure.column_a", "look.text"}),
    ("tables.marked", "two words side by side", a_cell("B3", COVER, value="旁注"), {"structure.column_a"}),
    ("tables.named", "Excel's own name", the_table(lambda t: setattr(t, "displayName", "Table1")), set()),
    ("tables.named", "the name of another", the_table(lambda t: setattr(t, "displayName", "注释")), set()),
    ("tables.unmerged", "a merged cell", a_sheet(lambda s: s.merge_cells("W8:X8")), {"tables.no_blank_cells"}),
    ("tables.no_blank_lines", "an empty row", a_sheet(a_blank_row), {"tables.no_blank_cells"}),
    ("tables.header", "no header", the_table(lambda t: setattr(t, "headerRowCount", 0)), set()),
    ("tables.header", "a blank header", a_header(""), {"statistics.units"}),
    ("tables.header", "a header of Excel's own", a_header("列2"), {"statistics.units"}),
    ("tables.header", "a header twice", a_header("授信金额\n（万元）"), set()),
    ("tables.header", "cell and table disagree", a_cell(f"B{HEADER}", value="授信（户）"), set()),
    ("tables.header", "a second row of headers", a_cell(f"C{FIRST}", value="其中"), set()),
    ("tables.wrapped", "words beyond their cell", a_cell(f"X{FIRST}", value="长" * 60, alignment=Alignment()), set()),
    ("tables.wrapped", "a row too low", a_cell(f"X{FIRST}", value="长" * 600), set()),
    ("tables.wrapped", "a number too wide", a_cell(f"C{FIRST}", value=123456789012345.0), set()),
    ("tables.no_filters", "a filter", the_table(lambda t: setattr(t, "autoFilter", AutoFilter(ref=t.ref))), set()),
    ("tables.no_filters", "frozen panes", a_sheet(lambda s: setattr(s, "freeze_panes", "B9")), set()),
    ("tables.no_blank_cells", "a blank", a_cell(f"C{FIRST}", value=None), set()),
    ("tables.no_blank_cells", "only a space", a_cell(f"C{FIRST}", value="　"), set()),
    ("tables.nothing_hidden", "a hidden sheet", a_sheet(lambda s: setattr(s, "sheet_state", "hidden")), set()),
    ("tables.nothing_hidden", "very hidden", a_sheet(lambda s: setattr(s, "sheet_state", "veryHidden")), set()),
    ("tables.nothing_hidden", "a row", a_sheet(lambda s: setattr(s.row_dimensions[10], "hidden", True)), set()),
    ("tables.nothing_hidden", "a column", a_sheet(lambda s: setattr(s.column_dimensions["D"], "hidden", True)), set()),
    ("tables.nothing_hidden", "a number", a_cell(f"C{FIRST}", number_format=";;;"), set()),
    ("notes.no_symbols", "a star in a title", a_cell("A1", value="附件3 某市某表*"), set()),
    ("notes.no_symbols", "a star by number format", a_cell(f"C{FIRST}", number_format='0.00"*"'), set()),
    ("notes.no_symbols", "superscript", a_cell("A3", font=Font(name=FONT, sz=12, vertAlign="superscript")), set()),
    ("notes.called_notes", "a bare number", a_header("授信户数\n（户）\n[1]"), set()),
    ("notes.not_in_cells", "a note beside a figure", a_cell(f"X{FIRST}", value="已报[注1]"), set()),
    ("notes.on_a_sheet", "a note that is nowhere", a_cell("A3", value="整张表适用：[注99]。"), set()),
    ("notes.on_a_sheet", "a number left out", a_cell("A6", NOTES, value="注77"), set()),
    ("look.links", "click here", a_cell("A6", value="点击这里"), set()),
    ("look.links", "an address as text", a_cell("A6", value="https://example.invalid/a"), set()),
    ("look.links", "one text, two places", a_cell("A3", "目录", value="前往目录"), set()),
    ("look.links", "no underline", a_cell("A6", font=Font(name=FONT, sz=12)), set()),
    ("look.links", "leads nowhere", a_sheet(lambda s: setattr(s["A6"].hyperlink, "location", "'没有'!A1")), set()),
    ("look.text", "a serif font", a_cell("A3", font=Font(name="宋体", sz=12)), set()),
    ("look.text", "small letters", a_cell("A3", font=Font(name=FONT, sz=9)), set()),
    ("look.text", "italics", a_cell("A3", font=Font(name=FONT, sz=12, i=True)), set()),
    ("look.text", "underlined for decoration", a_cell("A3", font=Font(name=FONT, sz=12, u="single")), set()),
    ("look.text", "upright letters", a_cell("A3", alignment=Alignment(textRotation=90)), set()),
    ("look.text", "spaced out", a_cell("A3", value="说 明 事 项"), set()),
    ("look.text", "a number on the left", a_cell(f"C{FIRST}", alignment=Alignment(horizontal="left")), set()),
    ("look.text", "a centred line", a_cell("A3", alignment=Alignment(horizontal="center")), set()),
    ("look.titles", "no title", a_cell("A1", value=None), {"structure.column_a"}),
    ("look.titles", "a title of size only", a_cell("A1", style="Normal", font=Font(name=FONT, sz=16)), set()),
    ("look.titles", "the title of another sheet", a_cell("A1", value="目录"), set()),
    ("look.titles", "two titles", a_cell("A3", style="Heading 1", font=Font(name=FONT, sz=16)), set()),
    ("look.symbols", "a dash for nothing", a_cell(f"X{FIRST}", value="—"), set()),
    ("look.no_floating", "a footer", a_sheet(lambda s: setattr(s.oddFooter.center, "text", "第&P页")), set()),
    ("look.no_floating", "a comment", a_cell(f"C{FIRST}", comment=Comment("批注", "某")), set()),
    ("look.no_floating", "a text box", a_text_box(), set()),
    ("look.no_dividers", "a thick line", a_cell(f"C{FIRST}", border=THICK), set()),
    (
        "look.no_dividers",
        "stripes",
        the_table(lambda t: setattr(t, "tableStyleInfo", TableStyleInfo("TableStyleMedium2", showRowStripes=True))),
        {"look.no_fill"},
    ),
    ("look.no_fill", "a white fill", a_cell("A3", fill=PatternFill("solid", fgColor="FFFFFFFF")), set()),
    ("look.not_by_colour", "a red number", a_cell(f"C{FIRST}", font=RED), {"look.contrast"}),
    ("look.not_by_colour", "red when negative", a_cell(f"C{FIRST}", number_format="0.00;[Red]-0.00"), set()),
    (
        "look.not_by_colour",
        "coloured by rule",
        a_sheet(lambda s: s.conditional_formatting.add("C8:C10", ColorScaleRule("min", None, "FF0000", "max"))),
        set(),
    ),
    ("look.contrast", "pale letters", a_cell("A3", font=PALE), {"look.not_by_colour"}),
    ("look.no_images", "a picture", a_sheet(a_picture), set()),
    ("look.no_macros", "a macro", repacked("xl/vbaProject.bin", b"", b"x"), set()),
    ("structure.names", "a default name", a_sheet(lambda s: setattr(s, "title", "Sheet1")), {"look.links", "statistics.contents"}),
    ("structure.no_blank_sheets", "a blank sheet", lambda b: b.create_sheet("空"), {"look.titles", "statistics.contents", "structure.column_a"}),
    ("structure.column_a", "a gap on the way down", a_cell("A3", value=None), set()),
    ("structure.column_a", "A2 says nothing", a_cell("A2", value="虚构市"), set()),
    ("structure.left_edge", "a column left free", a_sheet(shifted), set()),
    ("structure.nothing_below", "a note below", a_cell("A20", value="注：虚构", font=Font(name=FONT, sz=12)), set()),
    ("structure.one_table", "two tables", a_sheet(another_table), {"structure.left_edge"}),
    ("statistics.cover", "no headings", a_sheet(lambda s: s.delete_rows(3, 30), COVER), set()),
    ("statistics.cover", "no cover", lambda b: b.remove(b[COVER]), {"look.links"}),
    ("statistics.contents", "no link", a_sheet(lambda s: setattr(s["A8"], "hyperlink", None), "目录"), {"look.text", "look.not_by_colour"}),
    ("statistics.units", "no unit", a_header("授信户数"), set()),
    ("statistics.numbers", "a number as text", a_cell(f"C{FIRST + 1}", value="1,234.50"), set()),
    ("statistics.numbers", "percent by format", a_cell(f"C{FIRST}", number_format="0.00%"), set()),
    ("statistics.numbers", "a formula", a_cell(f"C{FIRST + 2}", value="=1+1"), set()),
    ("statistics.codes", "an unexplained code", a_cell(f"C{FIRST + 1}", value="[缺]"), set()),
    ("publishing.properties", "no title", lambda b: setattr(b.properties, "title", None), set()),
    ("publishing.properties", "no language", lambda b: setattr(b.properties, "language", None), set()),
    ("publishing.properties", "no author", lambda b: setattr(b.properties, "creator", None), set()),
    ("publishing.cursor", "another sheet in front", lambda b: setattr(b, "active", 3), set()),
    ("publishing.cursor", "the cursor elsewhere", a_sheet(lambda s: setattr(s.sheet_view.selection[0], "activeCell", "D4")), set()),
    ("publishing.cursor", "enlarged", a_sheet(lambda s: setattr(s.sheet_view, "zoomScale", 150)), set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "plant", "also"),
    [(item, plant, also) for item, _, plant, also in FAULTS],
    ids=[f"{item}: {why}" for item, why, _, _ in FAULTS],
)
def test_a_fault_is_found(item, plant, also):
    assert failed(plant if isinstance(plant, bytes) else planted(plant)) == {item, *also}


def test_every_item_that_a_program_decides_has_a_fault():
    assert {item for item, *_ in FAULTS} == CHECKS.keys()
