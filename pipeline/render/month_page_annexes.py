"""The annexes as tables of a page: every number and word as on paper, and how many units are in each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import FigureRow, FigureTable, MeasureRow, MeasureTable
from pipeline.render.annex import UNIT_CAPTION
from pipeline.render.harmless import shortened
from pipeline.render.header import Span, spans
from pipeline.render.measures_csv import CONTACT
from pipeline.render.numbers import show
from pipeline.render.page import sentences
from pipeline.render.stamp import Stamp

COVERAGE = "已报/应报"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its text and its look: `number`, `words`, `middle`, `coverage`, `text`, or `label` for a row's header."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; `gap` where reporting units are lacking in it."""

    cells: tuple[TableCell, ...]
    is_total: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class TablePart:
    """Rows under a common heading (empty: none)."""

    title: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class AnnexView:
    """An annex of figures on the page; `id` is its anchor and no words."""

    id: str
    short: str
    title: str
    caption: str
    header: tuple[tuple[Span, ...], ...]
    parts: tuple[TablePart, ...]
    notes: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(span.right for span in self.header[0]) + 1


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What one reporting unit wrote: (item, words) in the order of the annex; no items where nothing came."""

    label: str
    items: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class MeasuresView:
    """Annex 1 on the page, one row a measure, so that long words stay readable; groups by institution."""

    id: str
    short: str
    title: str
    caption: str
    groups: tuple[tuple[str, tuple[UnitWords, ...]], ...]
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many units have a place in it."""
        return sum(len(units) for _, units in self.groups)


def annex_view(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> AnnexView:
    """An annex of figures; the coverage stands behind the rows' names."""
    place = next((n for n, column in enumerate(layout.columns, start=1) if column.derivation == "label"), 0)
    columns = [*layout.columns[:place], None, *layout.columns[place:]]
    paths = [(COVERAGE,) if column is None else column.header for column in columns]
    parts = tuple(
        TablePart(part.title, tuple(_row(row, number, columns) for row, number in _numbered(part.rows)))
        for part in table.parts
    )
    return AnnexView(
        f"annex-{layout.number}",
        f"附件{layout.number}",
        layout.title,
        f"{stamp.stocks_of}　{UNIT_CAPTION}",
        _levels(spans(paths)),
        parts,
        tuple(sentences(table, layout, stamp)),
    )


def measures_view(table: MeasureTable, layout: AnnexLayout, stamp: Stamp, longest: int) -> MeasuresView:
    """Annex 1 without contact persons; words longer than `longest` are cut and say where the whole stands."""
    columns = [column for column in layout.columns if column.derivation == "words" and column.indicator != CONTACT]
    groups = tuple(
        (group.title, tuple(_unit_words(row, columns, f"附件{layout.number}", longest) for row in group.rows))
        for group in table.groups
    )
    return MeasuresView(
        f"annex-{layout.number}",
        f"附件{layout.number}",
        layout.title,
        f"{stamp.month.label}　{COVERAGE}：{table.coverage_in}/{table.coverage_of}　不列联系人",
        groups,
        (*table.notes, *stamp.overrides),
    )


def _unit_words(row: MeasureRow, columns: list[AnnexColumn], where: str, longest: int) -> UnitWords:
    texts = [(column, row.wordings.get(column.indicator)) for column in columns]
    items = tuple(
        ("".join(column.header), shortened(wording.text, longest, where) if wording else "")
        for column, wording in texts
    )
    return UnitWords(row.label, items if any(text for _, text in items) else (), row.remark)


def _levels(found: list[Span]) -> tuple[tuple[Span, ...], ...]:
    """Header cells by the row that they begin in, from left to right."""
    depth = max(span.bottom for span in found) + 1
    return tuple(
        tuple(sorted((span for span in found if span.top == level), key=lambda span: span.left))
        for level in range(depth)
    )


def _numbered(rows: tuple[FigureRow, ...]) -> Iterator[tuple[FigureRow, str]]:
    """Rows with their 序号; totals have none."""
    number = 0
    for row in rows:
        number += 0 if row.is_total else 1
        yield row, "" if row.is_total else str(number)


def _row(row: FigureRow, number: str, columns: list[AnnexColumn | None]) -> TableRow:
    cells = tuple(_cell(row, number, column) for column in columns)
    return TableRow(cells, row.is_total, row.coverage_in < row.coverage_of)


def _cell(row: FigureRow, number: str, column: AnnexColumn | None) -> TableCell:
    if column is None:
        return TableCell(f"{row.coverage_in}/{row.coverage_of}", "coverage")
    if column.derivation == "number":
        return TableCell(number, "middle")
    if column.derivation == "label":
        return TableCell(row.label, "label")
    if column.derivation == "remark":
        return TableCell(row.remark, "text")
    shown = show(row.figures[column.id], column)
    if shown.value is None:
        return TableCell(shown.text, "middle" if len(shown.text) < 2 else "words")
    return TableCell(shown.text, "middle" if column.unit == "rank" else "number")
