"""Lists of findings that come home with explanations 「核实说明」: the last sheet of a marked workbook, or a csv.

They come as people send them: sorted, cut, copied into other programs, answered below the row or in a comment. A row
speaks of the finding that it names; where it names none, of the question that it repeats; for others to see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

from pipeline.ingest.account import Account, Role
from pipeline.ingest.delimited import SHEET
from pipeline.ingest.heading import packed
from pipeline.model import Answer, Cell, CellKind, address
from pipeline.model.answers import ANSWER, AS_ABOVE, AUTHOR, FINDING, IN_THE_TABLE, QUESTION, VALUE

_CALLED = {
    FINDING: (FINDING, "编号"),
    ANSWER: (ANSWER,),
    QUESTION: (QUESTION,),
    VALUE: (VALUE,),
    AUTHOR: (AUTHOR, "说明人", "填报人", "姓名"),
}
"""How lists, ours and those that others made, call their columns; the first name that is there counts."""
_TOP = 40
"""Rows in which the header is looked for."""
_ID = re.compile(r"F[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_NOT_WORDS = (CellKind.UNCALCULATED, CellKind.ERROR)
_NO_WORDS = "这一格是没有算出文字的公式，请直接写文字"
_SHIFTED = "这一行比表头多出“{}”，多半是说明里的逗号没有加引号，请加引号或改用工作簿"


@dataclass(frozen=True, slots=True)
class AnswerList:
    """A sheet's list of findings: where its header is, and in which columns what stands."""

    row: int
    columns: Mapping[str, int]
    """By our own heading, whatever the list calls it."""
    last: int
    """The last column that has a heading."""


@dataclass(frozen=True, slots=True)
class _Row:
    told: Answer
    needs_none: bool
    """It is to be corrected in the table."""
    is_part: bool = False
    """It only shows a further cell of a finding that has a row of its own."""

    @property
    def asks(self) -> bool:
        """Whether it is about a finding; a row below it may only go on with the answer."""
        return bool(self.told.finding or self.told.question)

    @property
    def waits(self) -> bool:
        """Whether it asks for an answer that it does not have."""
        return self.asks and not self.told.text and not self.needs_none

    def continued(self, below: Answer) -> _Row:
        """With what stands in the row below it."""
        told = self.told
        text = "\n".join(filter(None, [told.text, below.text]))
        return replace(self, told=replace(told, text=text, by=below.by or told.by, doubt=told.doubt or below.doubt))


def locate(account: Account) -> AnswerList | None:
    """The list of answers that a sheet holds; None where it holds none."""
    for row in [row for row in account.rows if row < _TOP]:
        headings = {_heading(str(cell.value)): cell.col for cell in reversed(account.row(row))}
        columns = {
            ours: next(headings[name] for name in names if name in headings)
            for ours, names in _CALLED.items()
            if not headings.keys().isdisjoint(names)
        }
        if ANSWER in columns and (FINDING in columns or QUESTION in columns):
            return AnswerList(row, columns, max(headings.values()))
    return None


def _heading(text: str) -> str:
    """A heading without what explains it: 核实说明（请写明原因）."""
    return packed(text).partition("(")[0]


def read(listed: AnswerList, account: Account) -> list[Answer]:
    """Every row of the list; every cell of the sheet is then accounted for."""
    author, room = _author_above(listed, account)
    sign_at = _sign_at(listed, account, room)
    above = "".join(packed(str(cell.value)) for row in account.rows if row < listed.row for cell in account.row(row))
    account.mark(account.sheet.cells.values(), Role.ANSWER)
    every = [_row(listed, account, row, author, above, sign_at) for row in account.rows if row > listed.row]
    rows = [row for row in every if not row.is_part]
    found: list[_Row] = []
    for at, row in enumerate(rows):
        below_all = not any(later.asks for later in rows[at:])
        if row.told.text and not row.asks and found and _goes_on(listed, found, below_all=below_all):
            found[-1] = found[-1].continued(row.told)
        elif row.asks or row.told.text:
            found.append(row)
    found = _with_parts(found, [row.told for row in every if row.is_part])
    return [replace(row.told, finding=one) for row in found for one in _ids(row.told.finding)]


def _with_parts(found: list[_Row], parts: list[Answer]) -> list[_Row]:
    """What is said beside a further cell of a finding is said of the finding, if its row is still there.

    The row of the cell stays: somebody may have typed another figure into it.
    """
    said: dict[str, dict[str, Answer]] = {}
    for part in parts:
        said.setdefault(part.finding, {}).setdefault(part.text, part)
    told = []
    for row in found:
        new = [part for text, part in said.get(row.told.finding, {}).items() if text not in ("", row.told.text)]
        told.append(reduce(_Row.continued, new, row))
    known = {row.told.finding for row in found}
    left = [replace(part, text="") if part.finding in known else replace(part, value="") for part in parts]
    return [*told, *(_Row(part, needs_none=False) for part in left)]


def _goes_on(listed: AnswerList, found: list[_Row], *, below_all: bool) -> bool:
    """Whether a row that names no finding belongs to the one above: not where it may as well belong to another."""
    if found[-1].told.text:
        return QUESTION in listed.columns
    return found[-1].waits and (not below_all or sum(row.waits for row in found) == 1)


def _ids(said: str) -> list[str]:
    """The findings that a row names: several where one answer is given to all of them."""
    return [f"F{one[1:].lower()}" for one in _ID.findall(packed(said))] or [said]


def _row(listed: AnswerList, account: Account, row: int, author: str, above: str, sign_at: str) -> _Row:
    columns = listed.columns
    said = {name: _own(account, row, col) for name, col in columns.items()}
    is_part = packed(said.get(QUESTION, "")) == packed(AS_ABOVE)
    if is_part:
        said |= {QUESTION: ""}
    text, doubt = _answer(listed, account, row)
    told = Answer(
        finding=said.get(FINDING, ""),
        text=text,
        by=said.get(AUTHOR, "") or author,
        value=said.get(VALUE, ""),
        sheet=account.sheet.name,
        cell=account.sheet.place(row, columns[ANSWER]),
        sign_at=sign_at,
        question=said.get(QUESTION, ""),
        heading=above,
        doubt=doubt,
    )
    return _Row(told, packed(said[ANSWER]) == IN_THE_TABLE, is_part)


def _sign_at(listed: AnswerList, account: Account, room: str) -> str:
    """Where the name of whoever answers belongs, in words."""
    if room:
        return f"“{AUTHOR}”后的单元格{room}"
    if AUTHOR in listed.columns:
        return f"“{account.text(listed.row, listed.columns[AUTHOR])}”一列"
    return f"新加的“{AUTHOR}”一列"


def _own(account: Account, row: int, col: int) -> str:
    """What stands in a column: what is merged into it from another column is that one's."""
    cell = account.at(row, col)
    return "" if cell is None or cell.col != col else str(cell.value).strip()


def _answer(listed: AnswerList, account: Account, row: int) -> tuple[str, str]:
    """What the row answers, in its cell, else beside the list, and in comments; and what makes it doubtful."""
    col = listed.columns[ANSWER]
    cell = account.at(row, col)
    text = _own(account, row, col)
    text = "" if packed(text) == IN_THE_TABLE else text
    beside = "，".join(str(other.value).strip() for other in account.row(row) if other.col > listed.last)
    if cell is not None and cell.kind in _NOT_WORDS:
        return text, _NO_WORDS
    if text and beside and account.sheet.name == SHEET:
        return text, _SHIFTED.format(beside)
    comments = account.sheet.comments
    noted = (comments.get(address(row, at), "").strip() for at in range(listed.last + 1)) if comments else ()
    return "\n".join(filter(None, [text or beside, *noted])), ""


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
