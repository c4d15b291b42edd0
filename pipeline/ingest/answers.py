"""Lists of findings that come home with explanations 「核实说明」: the last sheet of a marked workbook, or a csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import packed
from pipeline.model import Answer
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
    author = _author_above(listed, account)
    account.mark(account.sheet.cells.values(), Role.ANSWER)
    return list(_rows(listed, account, author))


def _rows(listed: AnswerList, account: Account, author: str) -> Iterator[Answer]:
    columns = listed.columns
    for row in [row for row in account.rows if row > listed.row]:
        text, finding = account.text(row, columns[ANSWER]), account.text(row, columns[FINDING])
        if not text or packed(text) == IN_THE_TABLE:
            continue
        own = next((account.text(row, columns[name]) for name in _AUTHORS if name in columns), "")
        value = account.text(row, columns[VALUE]) if VALUE in columns else ""
        place = account.sheet.place(row, columns[ANSWER])
        yield Answer(finding, text, own or author, value, account.sheet.name, place)


def _author_above(listed: AnswerList, account: Account) -> str:
    """Who fills in the whole list: what stands behind 「填写人：」 above its header, in its own cell or the next."""
    for row in [row for row in account.rows if row < listed.row]:
        cells = account.row(row)
        for cell, after in zip(cells, [*cells[1:], None], strict=True):
            label, colon, name = packed(str(cell.value)).replace(":", "：").partition("：")
            if label == AUTHOR and (colon or after):
                following = "" if after is None else packed(str(after.value))
                return name or ("" if following.replace(":", "：").endswith("：") else following)
    return ""
