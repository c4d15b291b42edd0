"""The end of a sheet's account: titles and notes get their role, what was not read is told, the rest is a finding."""

from __future__ import annotations

import re
from itertools import groupby

from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import is_figure, is_footer, packed
from pipeline.ingest.out_of_sight import tell_hidden
from pipeline.ingest.quoting import as_seen
from pipeline.ingest.unread import tell_unread
from pipeline.ingest.words_lists import is_signature
from pipeline.ingest.words_table import WordsTable, is_labelled
from pipeline.model import Cell, CellKind

_LONGEST_HEADING = 60
_CELLS_NAMED = 5
_LONGEST_LETTER = 120
_LETTER = re.compile(r"(?:报送|上报|报告|汇报|填报)如下")
_CONTINUED = re.compile(r"[(]?(?:续(?:上)?表|(?:上)?接(?:上|下)?页|接(?:上|下)表|转下页)\d{0,2}[):。]?")
_REMARK = re.compile(r"(?:附?注|备注|说明|其他说明|其他)\d?:?")
"""The label of a remark whose words stand in a cell of their own."""
_FILLING_IN = re.compile(r"(?:填[报表写]|填表)(?:说明|须知|要求)")
_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)")
"""A line below the table that counts on is an item more, not a note."""


def close(account: Account, faults: Faults, header_top: int, last_row: int) -> None:
    """Account for every cell that the table's reader left over."""
    for row, cells in groupby(account.open_cells(), key=lambda cell: cell.row):
        _close_row(account, faults, list(cells), row, header_top, last_row)
    tell_hidden(account.sheet, faults)
    _tell_comments(account, faults)
    tell_unread(account.sheet, faults)


def _close_row(account: Account, faults: Faults, cells: list[Cell], row: int, header_top: int, last_row: int) -> None:
    """Words above the table are its heading, words below it notes; a line with figures in it is one finding."""
    line = account.row(row)
    silent = not any(map(is_figure, cells)) and all(cell.kind in (CellKind.TEXT, CellKind.DATE) for cell in cells)
    if row < header_top and (silent or any(cell.kind is CellKind.TEXT and not is_figure(cell) for cell in line)):
        account.mark(cells, Role.HEADER)
    elif row > last_row and (silent or is_footer(line)):
        account.mark(cells, Role.NOTE)
    else:
        account.mark(cells, Role.FAULT)
        first = next(filter(is_figure, cells), cells[0])
        words = "、".join(as_seen(cell)[:20] for cell in cells[:6])
        faults.add(
            "F06",
            f"内容“{words}”不在本表的指标和县区之内，没有读入。请核对是否错位、是否改了指标名称；不需要的内容请删去后重新报送。",
            sheet=account.sheet.name,
            cell=first.address,
            value=words,
        )


def _tell_comments(account: Account, faults: Faults) -> None:
    """Comments on figures are kept with the bytes, not read; what they say is not told, it may name persons."""
    roles = (Role.USED, Role.TOTAL, Role.FAULT)
    cells = sorted(place for place, role in account.roles.items() if role in roles)
    noted = [name for place in cells if (name := account.sheet.cells[place].address) in account.sheet.comments]
    if noted:
        named = "、".join(noted[:_CELLS_NAMED]) + (f"等{len(noted)}处" if len(noted) > _CELLS_NAMED else "")
        faults.add(
            "F09",
            f"{named}有批注。批注留在原件里，没有作为数据读取；如涉及数字，请打开原件查看。",
            sheet=account.sheet.name,
            cell=noted[0],
        )


# ------------------------------------------------------------------ forms of words


def close_words(account: Account, faults: Faults, table: WordsTable) -> None:
    """The same where everything is words: only a line of its own can be a heading or a note. Nothing is quoted."""
    own = table.rows
    headings = {row for listed in table.lists for row in _lines_above(account, listed.header, own)}
    for row in own:
        account.mark(table.heads_in(account, row), Role.HEADER)
    for row, found in groupby(account.open_cells(), key=lambda cell: cell.row):
        cells, line = list(found), account.row(row)
        is_heading = row in table.titles or row in headings
        role = Role.FAULT if row in own else _role_of_line(line, table, is_heading=is_heading)
        account.mark(cells, role)
        if role is Role.FAULT:
            faults.add(
                "F06",
                "这里的文字不属于措施表的任何一项，没有读入。请写进所属项目的“内容”栏；不需要的请删去，然后重新报送。",
                sheet=account.sheet.name,
                cell=cells[0].address,
            )
    tell_hidden(account.sheet, faults)
    tell_unread(account.sheet, faults)


def _role_of_line(line: list[Cell], table: WordsTable, *, is_heading: bool) -> Role:
    """What a line that holds nothing of the table is: its heading, a note below it, or words that belong to an item.

    A note is short and stands outside the items: a unit that has more to say says it of an item.
    """
    texts = [packed(str(cell.value)) for cell in line]
    row, own = line[0].row, table.rows
    top, last = min(own, default=row + 1), max(own, default=-1)
    is_short = all(len(text) <= _LONGEST_HEADING for text in texts)
    if is_heading or all(_CONTINUED.fullmatch(text) for text in texts) or (is_short and is_labelled(line)):
        return Role.HEADER
    if table.first_item < row < table.last_item or (len(line) > 1 and _REMARK.fullmatch(texts[0])):
        return Role.FAULT
    if is_signature(line):
        return Role.NOTE if is_short or (len(line) == 1 and _FILLING_IN.match(texts[0])) else Role.FAULT
    if any(map(is_figure, line)) or not all(cell.kind in (CellKind.TEXT, CellKind.DATE) for cell in line):
        return Role.FAULT
    if row < top:
        return Role.HEADER if is_short or (len(line) == 1 and _is_letter_head(texts[0])) else Role.FAULT
    below_lists = {max((listed.header, *listed.rows)) + 1 for listed in table.lists}
    is_note = row > last and len(line) == 1 and row not in below_lists
    return Role.NOTE if is_note and is_short and not _NUMBERED.match(texts[0]) else Role.FAULT


def _is_letter_head(text: str) -> bool:
    """Whether a longer line above the table only says that the form comes with it."""
    return len(text) <= _LONGEST_LETTER and bool(_LETTER.search(text))


def _lines_above(account: Account, header: int, own: set[int]) -> list[int]:
    """Lines of one short text right above a list: its heading, its caption."""
    lines: list[int] = []
    for row in range(header - 1, -1, -1):
        cells = account.row(row)
        if row in own or len(cells) > 1 or (cells and len(str(cells[0].value)) > _LONGEST_HEADING):
            break
        lines += [row] if cells else []
    return lines
