"""Headings between the rows of an upright form (二、发放情况), and those under which a row means something else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import is_figure, plain
from pipeline.ingest.observe import Slot
from pipeline.ingest.upright_columns import heading_words, made_of
from pipeline.ingest.upright_header import UprightTable
from pipeline.model import Cell, CellKind

_SIGNS = frozenset({"—", "－", "-", "--", "——", "/", "×"})


def odd_groups(
    account: Account, table: UprightTable, known: Mapping[int, Mapping[str, Slot]], last: int
) -> list[tuple[Cell, list[int]]]:
    """Headings that say what the form's own do not, each with the rows of indicators up to the next heading."""
    rows = [row for row in account.rows if table.bottom < row < last]
    headings = [cell for row in rows if (cell := _heading(account, table, row, known))]
    ends = [*(cell.row for cell in headings[1:]), last + 1]
    odd: list[tuple[Cell, list[int]]] = []
    for heading, end in zip(headings, ends, strict=False):
        below = [row for row in known if heading.row < row < end]
        text = str(heading.value)
        if not made_of(text, heading_words(table.layout)):
            doubted = below
        else:
            doubted = [row for row in below if table.means_another(text, table.label(account, row))]
        account.mark(account.row(heading.row), Role.FAULT if doubted else Role.HEADER)
        odd += [(heading, doubted)] if doubted else []
    return odd


def _heading(account: Account, table: UprightTable, row: int, known: Collection[int]) -> Cell | None:
    """Words alone in their row, where labels stand: the cell; beside them only signs for what does not apply."""
    cells = account.row(row)
    if row in known or not cells or (row, cells[0].col) in account.roles:
        return None
    first, rest = cells[0], cells[1:]
    words = first.kind is CellKind.TEXT and first.col <= table.label_col and not is_figure(first)
    return first if words and all(plain(cell.value) in _SIGNS for cell in rest) else None
