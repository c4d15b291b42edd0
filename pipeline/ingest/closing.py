"""The end of a sheet's account: titles and notes get their role, what was not read is told, the rest is a finding."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from pipeline.ingest.account import Account, Role
from pipeline.ingest.apart import Apart
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import BETWEEN_PAGES, is_figure, packed
from pipeline.ingest.out_of_sight import tell_hidden
from pipeline.ingest.quoting import as_seen
from pipeline.ingest.unexplained import unexplained
from pipeline.ingest.unread import tell_unread
from pipeline.ingest.words_lists import is_signature
from pipeline.ingest.words_table import WordsTable, is_labelled
from pipeline.ingest.words_unknown import nearest_items, unknown_label
from pipeline.model import Cell, CellKind
from pipeline.model.own_comments import of_others

_LONGEST_HEADING = 60
_CELLS_NAMED = 5
_FIGURES = (Role.USED, Role.TOTAL)
_LONGEST_LETTER = 120
_LETTER = re.compile(r"(?:报送|上报|报告|汇报|填报)如下")
_REMARK = re.compile(r"(?:附?注|备注|说明|其他说明|其他)\d?:?")
"""The label of a remark whose words stand in a cell of their own."""
_FILLING_IN = re.compile(r"(?:填[报表写]|填表)(?:说明|须知|要求)")
_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)")
"""A line below the table that counts on is an item more, not a note."""


def close(account: Account, faults: Faults, header_top: int, last_row: int) -> None:
    """Account for every cell that the table's reader left over."""
    left: dict[int, list[Cell]] = {}
    for row, cells in groupby(account.open_cells(), key=lambda cell: cell.row):
        found = list(cells)
        outside = row < header_top or row > last_row
        if outside and not unexplained(account.row(row)):
            account.mark(found, Role.HEADER if row < header_top else Role.NOTE)
        else:
            left[row] = found
    for rows in _runs(account, left, header_top):
        _tell_left_over(account, faults, [left[row] for row in rows], is_above=rows[0] < header_top)
    tell_hidden(account.sheet, faults)
    _tell_comments(account, faults)
    _tell_struck(account, faults)
    tell_unread(account.sheet, faults)


def _runs(account: Account, left: Collection[int], header_top: int) -> list[list[int]]:
    """Rows left over, those that follow upon each other together: a table that was not read is one cause."""
    runs: list[list[int]] = []
    before = -1
    for row in account.rows:
        if row in left and runs and runs[-1][-1] == before and (before < header_top) == (row < header_top):
            runs[-1].append(row)
        elif row in left:
            runs.append([row])
        before = row
    return runs


def _tell_left_over(account: Account, faults: Faults, lines: list[list[Cell]], *, is_above: bool) -> None:
    """One finding for lines that hold what no column and no row of the table has a place for."""
    cells = [cell for line in lines for cell in line]
    account.mark(cells, Role.FAULT)
    strays = unexplained(lines[0])
    first = next(filter(is_figure, strays), (strays or lines[0])[0])
    words = "、".join(as_seen(cell)[:20] for cell in lines[0][:6])
    rows = (
        f"第{lines[0][0].row + 1}行至第{lines[-1][0].row + 1}行（从“{words}”起）"
        if len(lines) > 1
        else f"内容“{words}”"
    )
    told = "不在本表的指标和县区之内，没有读入。请核对是否错位、是否改了指标名称；不需要的内容请删去后重新报送。"
    if is_above:
        told = (
            "有数字，却在表头上方，没有读入。是本表数据的，请移到表头下面；"
            "另是一张表的，请放在单独的工作表里；不需要的请删去，然后重新报送。"
        )
    faults.add("F06", f"{rows}{told}", sheet=account.sheet.name, cell=first.address, value=words)


def _tell_comments(account: Account, faults: Faults) -> None:
    """Comments on figures are kept with the bytes, not read; what they say is not told, it may name persons.

    What we wrote ourselves into a workbook that comes home is no news.
    """
    roles = (Role.USED, Role.TOTAL, Role.FAULT)
    cells = sorted(place for place, role in account.roles.items() if role in roles)
    names = [account.sheet.cells[place].address for place in cells]
    noted = [name for name in names if of_others(account.sheet.comments.get(name, ""))]
    if noted:
        faults.add(
            "F09",
            f"{_some(noted)}有批注。批注留在原件里，没有作为数据读取；如涉及数字，请打开原件查看。",
            sheet=account.sheet.name,
            cell=noted[0],
        )


def _tell_struck(account: Account, faults: Faults) -> None:
    """Figures struck out as a whole may be meant as withdrawn; words that are, headings or notes, change nothing."""
    cells = (account.sheet.cells[place] for place in sorted(account.roles) if account.roles[place] in _FIGURES)
    struck = [cell.address for cell in cells if cell.apart == Apart.ALL_STRUCK]
    if struck:
        named = _some(struck)
        faults.add(
            "F08",
            f"{named}划了删除线，内容已照常读取。请确认这些数据应当报送，取消删除线、删去作废的数据或说明原因。",
            sheet=account.sheet.name,
            cell=struck[0],
            value=named,
        )


def _some(cells: list[str]) -> str:
    return "、".join(cells[:_CELLS_NAMED]) + (f"等{len(cells)}处" if len(cells) > _CELLS_NAMED else "")


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
            _tell_words_left_over(account, faults, table, cells)
    tell_hidden(account.sheet, faults)
    _tell_struck(account, faults)
    tell_unread(account.sheet, faults)


def _tell_words_left_over(account: Account, faults: Faults, table: WordsTable, cells: list[Cell]) -> None:
    """Where the name of an item is nearly right, which one is meant. Nothing is quoted: words may name a person."""
    label = unknown_label(cells, table)
    near = nearest_items(label, table) if label else ""
    told = (
        f"这里的项目名称不在措施表中，这一行没有读入。最接近的项目：{near}。请改用表中的项目名称后重新报送；不需要的请删去。"
        if near
        else "这里的文字不属于措施表的任何一项，没有读入。请写进所属项目的“内容”栏；不需要的请删去，然后重新报送。"
    )
    faults.add("F06", told, sheet=account.sheet.name, cell=(label if label and near else cells[0]).address)


def _role_of_line(line: list[Cell], table: WordsTable, *, is_heading: bool) -> Role:
    """What a line that holds nothing of the table is: its heading, a note below it, or words that belong to an item.

    A note is short and stands outside the items: a unit that has more to say says it of an item.
    """
    texts = [packed(str(cell.value)) for cell in line]
    row, own = line[0].row, table.rows
    top, last = min(own, default=row + 1), max(own, default=-1)
    is_short = all(len(text) <= _LONGEST_HEADING for text in texts)
    if is_heading or all(BETWEEN_PAGES.fullmatch(text) for text in texts) or (is_short and is_labelled(line)):
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
