"""Lists of findings that come home with explanations 「核实说明」: the last sheet of a marked workbook, or a csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import packed
from pipeline.model import Answer, Cell
from pipeline.model.answers import ANSWER, AUTHOR, FINDING, IN_THE_TABLE, VALUE

_AUTHORS = (AUTHOR, "说明人", "填报人", "姓名")
"""How a list that others made calls who answers."""
_TOP = 40
"""Rows in which the header is looked for."""


@dataclass(frozen=True, slots=True)
class AnswerList:
    """A sheet's list of findings: where its header is, and in which columns what stands."""

    row: int
    columns: Mapping[str, int]


def locate(account: Account) -> AnswerList | None:
    """The list of answers that a sheet holds; None where it holds none."""
    for row in [row for row in account.rows if row < _TOP]:
        columns = {packed(str(cell.value)): cell.col for cell in reversed(account.row(row))}
        if FINDING in columns and ANSWER in columns:
            return AnswerList(row, columns)
    return None


def read(listed: AnswerList, account: Account) -> list[Answer]:
    """What is filled in; every cell of the sheet is then accounted for."""
    author, room = _author_above(listed, account)
    account.mark(account.sheet.cells.values(), Role.ANSWER)
    return list(_rows(listed, account, author, room))


def _rows(listed: AnswerList, account: Account, author: str, room: str) -> Iterator[Answer]:
    columns = listed.columns
    own_column = next((name for name in _AUTHORS if name in columns), "")
    sign_at = (
        f"“{AUTHOR}”后的单元格{room}" if room else f"“{own_column}”一列" if own_column else f"新加的“{AUTHOR}”一列"
    )
    for row in [row for row in account.rows if row > listed.row]:
        text, finding = account.text(row, columns[ANSWER]), account.text(row, columns[FINDING])
        if not text or packed(text) == IN_THE_TABLE:
            continue
        own = account.text(row, columns[own_column]) if own_column else ""
        value = account.text(row, columns[VALUE]) if VALUE in columns else ""
        place = account.sheet.place(row, columns[ANSWER])
        yield Answer(finding, text, own or author, value, account.sheet.name, place, sign_at)


def _author_above(listed: AnswerList, account: Account) -> tuple[str, str]:
    """Who fills in the whole list, and the cell for that; both empty where the list does not ask.

    It is what stands behind 「填写人：」 above its header, in its own cell or the next.
    """
    for row in [row for row in account.rows if row < listed.row]:
        cells = account.row(row)
        for cell, after in zip(cells, [*cells[1:], None], strict=True):
            label, colon, name = packed(str(cell.value)).replace(":", "：").partition("：")
            if label == AUTHOR and (colon or after):
                following = "" if after is None else packed(str(after.value))
                name = name or ("" if following.replace(":", "：").endswith("：") else following)
                return name, _room_behind(cell, account)
    return "", ""


def _room_behind(cell: Cell, account: Account) -> str:
    """The address to the right of a cell, or of the merged range that begins there."""
    over = (m.right for m in account.sheet.merged if (m.top, m.left) == (cell.row, cell.col))
    return account.sheet.place(cell.row, next(over, cell.col) + 1)
