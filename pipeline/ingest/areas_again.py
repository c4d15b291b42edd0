"""Where words between the rows of a table of areas begin something else: another header, another block of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account
from pipeline.ingest.area_header import AreaTable
from pipeline.ingest.area_labels import AreaLabels, as_label
from pipeline.ingest.heading import is_figure, is_footer, packed
from pipeline.model import Cell, CellKind

Place = tuple[int, int]

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_WITH_FIGURES = re.compile(r"\d")


def begins_again(table: AreaTable, account: Account, labels: AreaLabels) -> Place | None:
    """The first cell of a line of words under which the areas come again, or figures under other headers; None of none.

    A header that is printed again on the next page goes on with other areas; lines that the sheet's head has, too.
    """
    head = {packed(str(cell.value)) for row in range(table.bottom + 1) for cell in account.row(row)}
    rows = [row for row in account.rows if row > table.bottom]
    label = {row: as_label(account.text(row, table.area_col)) for row in rows}
    named = {row: area for row in rows if (area := labels.named(label[row]))}
    for number, row in enumerate(rows):
        cells = account.row(row)
        behind = rows[number + 1 :]
        if row in named or labels.is_total(label[row]) or not behind or not any(map(is_figure, account.row(behind[0]))):
            continue
        if not _is_words(cells) or is_footer(cells) or all(packed(str(c.value)) in head for c in cells):
            continue
        before = {area for line, area in named.items() if line < row}
        after = {area for line, area in named.items() if line > row}
        is_header = len(cells) > 1 and _heads_columns(table, cells)
        if is_header or before & after or (after and _is_of_others(cells)):
            return row, cells[0].col
    return None


def _is_of_others(cells: Sequence[Cell]) -> bool:
    """Whether a line says nothing but whose, or which time's, the figures below it are: 上年同期, 其中：企业贷款."""
    text = packed(str(cells[0].value)).rstrip(":")
    return len(cells) == 1 and text != "其中" and bool(OTHERS.search(text))


def _is_words(cells: Sequence[Cell]) -> bool:
    return all(cell.kind is CellKind.TEXT and not is_figure(cell) for cell in cells)


def _heads_columns(table: AreaTable, cells: Sequence[Cell]) -> bool:
    """Whether words stand where this table has figures: they head other columns."""
    texts = [packed(str(c.value)) for c in cells if c.col in table.slots and not table.slots[c.col].column.is_text]
    return bool(texts) and all(_WORDS.search(text) and not _WITH_FIGURES.search(text) for text in texts)
