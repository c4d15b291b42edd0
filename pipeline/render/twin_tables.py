"""The tables of the annexes, each as one sheet with one header row: numbers as numbers, gaps as words in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.money import round_half_up
from pipeline.render.measure import column_width
from pipeline.render.numbers import NEGLIGIBLE, NOT_APPLICABLE, ROUNDING_NOTE, rounding_shows, show
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
    marker,
    sheet_name,
    table_name,
    unlike,
)
from pipeline.render.twin_fit import header_width, width_for
from pipeline.render.twin_headers import folded, single_header, speaks_of

CONTENTS = "目录"
DATA_NOTE = "数据"
COVERED, OWED, REMARK = "已报单位（家）", "应报单位（家）", "备注"
NOTHING_TO_REMARK = "无"
NOT_REPORTED = "[未报送]"
_SYMBOLS_OF_PAPER = "符号："
"""How the note on the printed annexes' symbols begins: here every gap is said in words, on a sheet of its own."""
_MARKS_OF_PAPER = {
    "标“*”的合计未报齐": "备注栏写明哪些合计未报齐",
    "空白表示该项未报送": f"“{NOT_REPORTED}”表示该项没有报送",
}
"""What notes say of the printed annexes' marks, and what holds here."""

_COUNT_WIDTH, _NUMBER_WIDTH = 9.0, 9.0
_REMARK_WIDTHS, _REMARK_LINES = (30.0, 150.0), 3
_CODE_LINES, _SHORT_CODE = 3, 5
_GAP = 1.0
"""Between a column of numbers and the one before it."""


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
    if shown.text.startswith(NEGLIGIBLE):
        while not round_half_up(value, places):
            places += 1
    return Number(value, "0." + "0" * places if places else "0")


def in_words_of_the_twin(texts: Sequence[str]) -> Iterator[str]:
    """Notes of an annex without what is true on paper only."""
    for text in texts:
        if not text.startswith(_SYMBOLS_OF_PAPER):
            for mark, words in _MARKS_OF_PAPER.items():
                text = text.replace(mark, words)
            yield text


def figure_sheets(
    table: FigureTable, layout: AnnexLayout, catalog: Catalog, stamp: Stamp, notes: Notes
) -> Iterator[TwinSheet]:
    """One sheet a part; the annex's notes are added to the file's."""
    lender = catalog.profile.institution_titles.get(layout.institution, "")
    rounding = [ROUNDING_NOTE] if rounding_shows(table, layout) else []
    texts = [*in_words_of_the_twin(table.notes), *rounding]
    topics = [part.title.partition("、")[2] or part.title for part in table.parts]
    for place, (topic, part) in enumerate(zip(topics, table.parts, strict=True), start=1):
        number = f"附件{layout.number}" + (f"-{place}" if len(topics) > 1 else "")
        name = sheet_name(f"{number} {topic or lender}")
        elsewhere = tuple(other for other in topics if other != topic)
        own = [notes.add(DATA_NOTE, text, name) for text in texts if not text.startswith(elsewhere)]
        title = f"{number}　{layout.title}{'：' + topic if topic else ''}（{stamp.month.label}）"
        yield _sheet(name, title, part, _headers(part, layout, own), stamp, own)


def figure_columns(layout: AnnexLayout) -> tuple[AnnexColumn, ...]:
    """The columns of an annex that its twin has, in order; before them stands what the row is about."""
    return tuple(column for column in layout.columns if column.unit != "text")


@dataclass(frozen=True, slots=True)
class _Headers:
    """The columns of figures with their headers, and which notes the headers refer to."""

    label: str
    columns: tuple[AnnexColumn, ...]
    texts: tuple[str, ...]
    noted: frozenset[int]


def _headers(part: FigurePart, layout: AnnexLayout, notes: Sequence[Note]) -> _Headers:
    label = "机构" if part.id == "institutions" else "县（区）"
    columns = figure_columns(layout)
    texts = [label]
    noted: set[int] = set()
    for column in columns:
        about = [note for note in notes if speaks_of(note.text, column)]
        noted.update(note.number for note in about)
        lines = filter(None, [folded(single_header(column)), marker(about)])
        texts.append(unlike("\n".join(lines), texts))
    return _Headers(label, columns, tuple(texts[1:]), frozenset(noted))


def _sheet(
    name: str, title: str, part: FigurePart, headers: _Headers, stamp: Stamp, notes: Sequence[Note]
) -> TwinSheet:
    rows = tuple(_row(row, headers) for row in part.rows)
    remarks = [str(cells[-1]) for cells in rows]
    columns = (
        Column(headers.label, max(10.0, column_width((row.label for row in part.rows), BODY_SIZE) + 4)),
        *(_number_column(header, place, rows) for place, header in enumerate(headers.texts, start=1)),
        Column(folded(COVERED), _COUNT_WIDTH, is_number=True),
        Column(folded(OWED), _COUNT_WIDTH, is_number=True),
        Column(REMARK, width_for(remarks, *_REMARK_WIDTHS, _REMARK_LINES) + 2),
    )
    total = part.rows[0]
    lines = sheet_lines(stamp, columns, rows, total="第一行数据是合计。" if total.is_total else "")
    lines += [f"余额等存量{stamp.stocks_of}；合计应报{total.coverage_of}家，已报{total.coverage_in}家。"]
    lines += ["方括号里的文字代替缺少的数，含义见“符号”工作表；各栏含义见“指标定义”工作表。"]
    lines += whole_table([note for note in notes if note.number not in headers.noted])
    return TwinSheet(name, title, (*lines, to_contents()), table_name(name), columns, rows)


def sheet_lines(
    stamp: Stamp, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], total: str = ""
) -> list[Line]:
    """What a table's sheet says first: what it holds, and of which release."""
    sample = "，示例数据" if stamp.sample else ""
    return [
        f"本工作表有1张表，{len(rows)}行数据，{len(columns)}栏。{total}",
        f"报告期{stamp.month.label}，{stamp.version}{sample}。",
    ]


def whole_table(notes: Sequence[Note]) -> list[Line]:
    """The line that refers to the notes which no header refers to."""
    return [f"整张表适用：{marker(notes)}，全文见“说明”工作表。"] if notes else []


def to_contents() -> Link:
    """The way back to where all tables are listed."""
    return Link(CONTENTS, "前往目录")


def _row(row: FigureRow, headers: _Headers) -> tuple[Cell, ...]:
    return (
        row.label,
        *(figure_cell(row.figures[column.id], column) for column in headers.columns),
        Number(Fraction(row.coverage_in)),
        Number(Fraction(row.coverage_of)),
        _remark(row, headers),
    )


def _remark(row: FigureRow, headers: _Headers) -> str:
    """The annex's remark, and in words what the annex marks with a star."""
    sums = {
        header.partition("\n")[0]: row.figures[column.id].symbol is Symbol.PARTIAL
        for column, header in zip(headers.columns, headers.texts, strict=True)
        if column.derivation == "sum" and row.figures[column.id].numerator is not None
    }
    words = [row.remark]
    if partial := [name for name, is_partial in sums.items() if is_partial]:
        words.append(_partial(partial, [name for name in sums if name not in partial]))
        if row.excluded and "不含" not in row.remark:
            words.append(f"不含：{'、'.join(row.excluded)}")
    return "；".join(filter(None, words)) or NOTHING_TO_REMARK


def _partial(partial: Sequence[str], whole: Sequence[str]) -> str:
    """Which sums lack something, named by the shorter list."""
    if len(partial) <= len(whole):
        return f"未报齐：{'、'.join(partial)}"
    return f"除{'、'.join(whole)}外，各项合计未报齐" if whole else "各项合计未报齐"


def _number_column(header: str, place: int, rows: tuple[tuple[Cell, ...], ...]) -> Column:
    """Wide enough for its numbers on one line, and for its header and codes on a few."""
    cells = [row[place] for row in rows]
    numbers = {f"{float(cell.value):.{len(cell.pattern)}f}" for cell in cells if isinstance(cell, Number)}
    codes = {cell[: max(_SHORT_CODE, -(-len(cell) // _CODE_LINES))] for cell in cells if isinstance(cell, str)}
    least = column_width([*numbers, *codes], BODY_SIZE)
    return Column(header, round(max(_NUMBER_WIDTH, header_width(header, least) + _GAP), 2), is_number=True)
