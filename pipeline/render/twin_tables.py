"""The tables of the annexes, each as one sheet with one header row: numbers as numbers, gaps as words in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.money import round_half_up
from pipeline.render.measure import column_width
from pipeline.render.numbers import NOT_APPLICABLE, ROUNDING_NOTE, rounding_shows, show
from pipeline.render.stamp import Stamp
from pipeline.render.styles import BODY_SIZE
from pipeline.render.twin_content import (
    Cell,
    Column,
    Line,
    Link,
    Note,
    Notes,
    Number,
    TwinSheet,
    sheet_name,
    table_name,
    unlike,
)
from pipeline.render.twin_headers import single_header, speaks_of

CONTENTS = "目录"
DATA_NOTE = "数据"
COVERED, OWED, REMARK = "已报单位（家）", "应报单位（家）", "备注"
NOTHING_TO_REMARK = "无"
NOT_REPORTED = "[未报送]"
_SYMBOLS_OF_PAPER = "符号："
"""How the note on the printed annexes' symbols begins: here every gap is said in words, on a sheet of its own."""

_COUNT_WIDTH, _NUMBER_WIDTH, _REMARK_WIDTH = 9.0, 11.0, 44.0
_HEADER_LINES = 4


def code(words: str) -> str:
    """What stands where there is no number: the annex's own words in brackets."""
    return {"": NOT_REPORTED, NOT_APPLICABLE: "[不适用]"}.get(words, f"[{words}]")


def figure_cell(figure: Figure, column: AnnexColumn) -> Cell:
    """The number that the annex prints, ratios in percent, exact beneath; or a code in brackets."""
    shown = show(figure, column)
    if shown.value is None:
        return code(shown.text)
    value = shown.value * 100 if figure.unit == "ratio" else shown.value
    places = 2 if figure.unit in ("fen", "ratio") else 0
    while value and not round_half_up(value, places):
        places += 1
    return Number(value, "0." + "0" * places if places else "0")


def figure_sheets(
    table: FigureTable, layout: AnnexLayout, catalog: Catalog, stamp: Stamp, notes: Notes
) -> Iterator[TwinSheet]:
    """One sheet a part; the annex's notes are added to the file's."""
    lender = catalog.profile.institution_titles.get(layout.institution, "")
    rounding = (ROUNDING_NOTE,) if rounding_shows(table, layout) else ()
    texts = [text for text in (*table.notes, *rounding) if not text.startswith(_SYMBOLS_OF_PAPER)]
    for place, part in enumerate(table.parts, start=1):
        number = f"附件{layout.number}" + (f"-{place}" if len(table.parts) > 1 else "")
        topic = part.title.partition("、")[2] or part.title
        name = sheet_name(f"{number} {topic or lender}")
        own = [notes.add(DATA_NOTE, text, name) for text in texts]
        title = f"{number}　{layout.title}{'：' + topic if topic else ''}（{stamp.month.label}）"
        yield _sheet(name, title, part, layout, stamp, own)


def _sheet(name: str, title: str, part: FigurePart, layout: AnnexLayout, stamp: Stamp, notes: list[Note]) -> TwinSheet:
    figures = [column for column in layout.columns if column.unit != "text"]
    marked = {column.id: [note for note in notes if speaks_of(note.text, column)] for column in figures}
    headers = ["机构" if part.id == "institutions" else "县（区）"]
    for column in figures:
        markers = "".join(note.marker for note in marked[column.id])
        headers.append(unlike(single_header(column) + markers, headers))
    rows = tuple(_row(row, figures, headers[1:]) for row in part.rows)
    columns = (
        Column(headers[0], max(8.0, column_width((row.label for row in part.rows), BODY_SIZE) + 2)),
        *(_number_column(header, place, rows) for place, header in enumerate(headers[1:], start=1)),
        Column(COVERED, _COUNT_WIDTH, is_number=True),
        Column(OWED, _COUNT_WIDTH, is_number=True),
        Column(REMARK, _REMARK_WIDTH),
    )
    loose = [note for note in notes if not any(note in found for found in marked.values())]
    lines = sheet_lines(stamp, columns, rows, total="第一行数据是合计。" if part.rows[0].is_total else "")
    lines += [f"余额等存量{stamp.stocks_of}；合计应报{part.rows[0].coverage_of}家，已报{part.rows[0].coverage_in}家。"]
    lines += ["方括号里的文字代替缺少的数，含义见“符号”工作表；各栏含义见“指标定义”工作表。"]
    if loose:
        lines += [f"整张表适用：{''.join(note.marker for note in loose)}，全文见“说明”工作表。"]
    return TwinSheet(name, title, (*lines, back_to_contents()), table_name(name), columns, rows)


def sheet_lines(
    stamp: Stamp, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], total: str = ""
) -> list[Line]:
    """What a table's sheet says first: what it holds, and of which release."""
    marks = f"，{stamp.marks.replace('　', '，')}" if stamp.marks else ""
    return [
        f"本工作表有1张表，{len(rows)}行数据，{len(columns)}栏。{total}",
        f"报告期{stamp.month.label}，{stamp.version}{marks}。",
    ]


def back_to_contents() -> Link:
    """The last line above a table."""
    return Link(CONTENTS, "返回目录")


def _row(row: FigureRow, figures: list[AnnexColumn], headers: list[str]) -> tuple[Cell, ...]:
    return (
        row.label,
        *(figure_cell(row.figures[column.id], column) for column in figures),
        Number(Fraction(row.coverage_in)),
        Number(Fraction(row.coverage_of)),
        _remark(row, figures, headers),
    )


def _remark(row: FigureRow, figures: list[AnnexColumn], headers: list[str]) -> str:
    """The annex's remark, and in words what the annex marks with a star."""
    sums = [
        (row.figures[column.id].symbol, header.partition("（")[0])
        for column, header in zip(figures, headers, strict=True)
        if column.derivation == "sum" and row.figures[column.id].numerator is not None
    ]
    partial = [name for symbol, name in sums if symbol is Symbol.PARTIAL]
    words = [row.remark]
    if partial:
        words.append("各项合计未报齐" if len(partial) == len(sums) else f"未报齐：{'、'.join(partial)}")
        if row.excluded and "不含" not in row.remark:
            words.append(f"不含：{'、'.join(row.excluded)}")
    return "；".join(filter(None, words)) or NOTHING_TO_REMARK


def _number_column(header: str, place: int, rows: tuple[tuple[Cell, ...], ...]) -> Column:
    """Wide enough for its numbers on one line, and for its header and codes on a few."""
    cells = [row[place] for row in rows]
    numbers = [f"{float(cell.value):.{len(cell.pattern)}f}" for cell in cells if isinstance(cell, Number)]
    codes = [cell[: -(-len(cell) // 3)] for cell in cells if isinstance(cell, str)]
    folded = header[: -(-len(header) // _HEADER_LINES) + 1]
    width = max(_NUMBER_WIDTH, column_width(numbers, BODY_SIZE), column_width([*codes, folded], BODY_SIZE))
    return Column(header, round(width, 2), is_number=True)
