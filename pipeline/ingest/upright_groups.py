"""Headings between the rows of an upright form (二、发放情况), and those under which a row means something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_words import REMARKS
from pipeline.ingest.header_lines import bare_head
from pipeline.ingest.heading import BETWEEN_PAGES, is_figure, packed, plain
from pipeline.ingest.observe import Slot
from pipeline.ingest.upright_columns import heading_words, made_of
from pipeline.ingest.upright_header import UprightTable
from pipeline.model import Cell, CellKind

_ORDINAL = re.compile(r"[一二三四五六七八九十甲乙丙丁戊\dA-Za-z()、.#№*-]+")
_SIGNS = frozenset({"—", "－", "-", "--", "——", "/", "×"})


def odd_groups(
    account: Account, table: UprightTable, known: Mapping[int, Mapping[str, Slot]], last: int
) -> list[tuple[Cell, list[int]]]:
    """Headings that say what the form's own do not, each with the rows of indicators that it stands over or beside."""
    over = _odd_over(account, table, known, last)
    done = {row for _, rows in over for row in rows}
    beside = (
        (cell, [row for row in rows if row not in done]) for cell, rows in _odd_beside(account, table, known, last)
    )
    return [*over, *((cell, rows) for cell, rows in beside if rows)]


def _odd_over(
    account: Account, table: UprightTable, known: Mapping[int, Mapping[str, Slot]], last: int
) -> list[tuple[Cell, list[int]]]:
    """Headings between the rows, each with the rows of indicators up to the next heading."""
    rows = [row for row in account.rows if table.bottom < row < last]
    headings = [cell for row in rows if (cell := _heading(account, table, row, known))]
    for cell in headings:
        if _is_between_pages(cell):
            account.mark(account.row(cell.row), Role.HEADER)
    headings = [cell for cell in headings if not _is_between_pages(cell)]
    ends = [*(cell.row for cell in headings[1:]), last + 1]
    odd: list[tuple[Cell, list[int]]] = []
    for heading, end in zip(headings, ends, strict=False):
        below = [row for row in known if heading.row < row < end]
        doubted = _doubted(account, table, str(heading.value), below)
        account.mark(account.row(heading.row), Role.FAULT if doubted else Role.HEADER)
        odd += [(heading, doubted)] if doubted else []
    return odd


def _is_between_pages(cell: Cell) -> bool:
    """Whether a line says no more than that the table goes on: what headed the rows above it heads those below."""
    return bool(BETWEEN_PAGES.fullmatch(packed(str(cell.value))))


def _doubted(account: Account, table: UprightTable, heading: str, rows: list[int]) -> list[int]:
    """Those of the rows under a heading that may mean something else than their labels say alone."""
    if not made_of(heading, heading_words(table.layout)):
        return rows
    return [row for row in rows if table.means_another(heading, table.label(account, row))]


def _odd_beside(
    account: Account, table: UprightTable, known: Mapping[int, Mapping[str, Slot]], last: int
) -> list[tuple[Cell, list[int]]]:
    """Words in columns beside the labels: over the rows that they are merged over, else down to the next words."""
    first = min((col for col in table.value_cols if col > table.label_col), default=table.label_col)
    own = {table.unit_col, table.code_col, table.label_col, *table.value_cols, *table.others}
    odd: list[tuple[Cell, list[int]]] = []
    for col in range(first):
        heads = [account.text(row, col) for row in range(table.header, table.bottom + 1)]
        if col in own or any(REMARKS.search(bare_head(head)) for head in heads):
            continue
        for cell, rows in _stretches(account, table, col, last):
            text = str(cell.value)
            if col < table.label_col or OTHERS.search(packed(text)):
                doubted = _doubted(account, table, text, [row for row in known if row in rows])
                odd += [(cell, doubted)] if doubted else []
    return odd


def _stretches(account: Account, table: UprightTable, col: int, last: int) -> list[tuple[Cell, range]]:
    """The words of a column beside the labels, each with the rows that it reaches over; said again it goes on."""
    found: list[tuple[Cell, range]] = []
    for cell in account.column(col):
        is_label = col in table.label_cols and account.text(cell.row, table.label_col) in ("", str(cell.value).strip())
        if not table.bottom < cell.row <= last or not _is_words(cell) or is_label:
            continue
        before, reach = found[-1] if found else (None, range(0))
        if before and reach.stop > cell.row:
            found[-1] = (before, range(reach.start, cell.row))
        merge = account.merge_at(cell.row, col)
        stop = merge.bottom + 1 if merge else last + 1
        if before and before.value == cell.value:
            found[-1] = (before, range(reach.start, stop))
        else:
            found.append((cell, range(cell.row, stop)))
    return found


def _is_words(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and not is_figure(cell) and not _ORDINAL.fullmatch(packed(str(cell.value)))


def _heading(account: Account, table: UprightTable, row: int, known: Collection[int]) -> Cell | None:
    """Words alone in their row, where labels stand: the cell; beside them only signs for what does not apply."""
    cells = account.row(row)
    if row in known or not cells or (row, cells[0].col) in account.roles:
        return None
    # Beside a heading there may be a remark, or a figure in a column that is passed over.
    first, rest = cells[0], [cell for cell in cells[1:] if (row, cell.col) not in account.roles]
    words = first.kind is CellKind.TEXT and first.col <= table.label_col and not is_figure(first)
    return first if words and all(plain(cell.value) in _SIGNS for cell in rest) else None
