"""What is odd about the header of a table of areas, told column by column; one cause, one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_header import AreaTable, OddUnit
from pipeline.ingest.calendar_said import names_time
from pipeline.ingest.faults import Faults
from pipeline.ingest.header_lines import is_unit_row
from pipeline.ingest.header_meaning import key_of, odd_heading, units_of
from pipeline.ingest.heading import packed
from pipeline.ingest.nearest import nearest, proposal
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.model import Cell, address

MOST_PROPOSALS = 20
"""Unknown headers of a table for which near indicators are looked for: a table with more is another one."""

MOST_OF_A_GROUP = 2
"""Indicators that are proposed for each column under an unknown heading."""


def mark_header(table: AreaTable, account: Account, faults: Faults) -> dict[int, tuple[int, ...]]:
    """Give the header its role, tell what is odd about it; return the columns not read, each with all it is told of."""
    header = table.header
    odd = {*table.unknown, *table.doubled, *table.odd_units}
    _tell_other_times(table, account, faults)
    for row in range(header.over, header.bottom + 1):
        role = Role.COLUMN_NUMBER if row in header.numbers else Role.HEADER
        account.mark((cell for cell in account.row(row) if cell.col not in odd or header.is_shared(cell)), role)
    _tell_unknown(table, account, faults)
    _tell_units(table, account, faults)
    for col, slot in table.slots.items():
        if slot.respelt:
            told = f"表头“{header.words(col)}”按登记的错字读作“{slot.respelt}”，数据已照常读入。请下次改用规定的表头。"
            faults.add("F09", told, sheet=account.sheet.name, cell=header.own(col)[-1].address)
    doubled = {first: col for col, first in table.doubled.items() if not _is_copy(table, account, faults, col)}
    return {first: (first, col) for first, col in doubled.items()}


def _tell_other_times(table: AreaTable, account: Account, faults: Faults) -> None:
    """Columns of another time beside the form's own: told once at the heading that says so, and passed over."""
    headings: dict[Cell, list[int]] = {}
    for col, cell in table.other_times.items():
        headings.setdefault(cell, []).append(col)
    for cell, cols in headings.items():
        words = packed(str(cell.value))
        told = f"{_letters(cols)}“{words}”不是本期的数，没有使用，其他各列不受影响。下次可以不填这一列。"
        faults.add("F09", told, sheet=account.sheet.name, cell=cell.address, value=words)


def _tell_unknown(table: AreaTable, account: Account, faults: Faults) -> None:
    headings: dict[Cell, list[int]] = {}
    for col in table.unknown:
        headings.setdefault(_cause(table, col), []).append(col)
    told = 0
    for cell, cols in headings.items():
        if len(cols) > 1 and (_is_of_others(cell) or all(_is_foreign(table, col, cell) for col in cols)):
            _tell_foreign(table, account, faults, cell, cols)
        elif len(cols) > 1:
            _tell_unknown_heading(table, account, faults, cell, cols, with_near=told < MOST_PROPOSALS)
        else:
            _tell_unknown_column(table, account, faults, cell, cols[0], with_near=told < MOST_PROPOSALS)
        told += len(cols)


def _cause(table: AreaTable, col: int) -> Cell:
    """The cell whose words make a column unknown."""
    odd = odd_heading(table.header, table.words, col, table.month, table.understood)
    foreign = table.foreign.get(col)
    return foreign.heading if foreign and foreign.is_cause and foreign.heading.row <= odd.row else odd


def _is_foreign(table: AreaTable, col: int, cause: Cell) -> bool:
    """Whether nothing but this heading makes a column other figures."""
    return col in table.foreign and table.foreign[col].heading == cause


def _is_of_others(heading: Cell) -> bool:
    """Whether a heading says in so many words that other figures stand below it: 上年同期, 1-2月累计."""
    words = packed(str(heading.value))
    return bool(OTHERS.search(words)) or names_time(words)


def _tell_foreign(table: AreaTable, account: Account, faults: Faults, heading: Cell, cols: Sequence[int]) -> None:
    for col in cols:
        account.mark(_column(account, table, col), Role.FAULT)
    words = str(heading.value).strip()
    faults.add(
        "F06",
        f"表头“{words}”下面的{len(cols)}列（{_letters(cols)}）说的是“{words}”，不是本表要的数，都没有读入。"
        "请删去这些列；如就是本期的数，请删去或改正这个表头，然后重新报送。",
        sheet=account.sheet.name,
        cell=heading.address,
        value=words,
    )


def _tell_unknown_heading(
    table: AreaTable, account: Account, faults: Faults, heading: Cell, cols: Sequence[int], *, with_near: bool
) -> None:
    """Columns that are unknown because of one heading over all of them."""
    for col in cols:
        account.mark(_column(account, table, col), Role.FAULT)
    words = str(heading.value).strip()
    paths = [table.header.words(col) for col in cols] if with_near else []
    near = dict.fromkeys(
        one for path in paths for one in nearest(path, table.words, table.meanings, most=MOST_OF_A_GROUP)
    )
    faults.add(
        "F06",
        f"表头“{words}”认不出来，它下面的{len(cols)}列（{_letters(cols)}）都没有读入。"
        "请改用规定的表头，或删去这些列后重新报送。"
        + proposal(near, faults.file, account.sheet.name, table.header.own(cols[0])[-1].address),
        sheet=account.sheet.name,
        cell=heading.address,
        value=words,
    )


def _tell_unknown_column(
    table: AreaTable, account: Account, faults: Faults, cause: Cell, col: int, *, with_near: bool
) -> None:
    path = table.header.words(col)
    is_proposed = with_near and not _is_foreign(table, col, cause)
    near = nearest(path, table.words, table.meanings) if is_proposed else ()
    account.mark(_column(account, table, col), Role.FAULT)
    faults.add(
        "F06",
        f"这一列的表头“{path}”不是本表的指标，整列没有读入。请改用规定的表头，或删去这一列后重新报送。"
        + proposal(near, faults.file, account.sheet.name, table.header.own(col)[-1].address),
        sheet=account.sheet.name,
        cell=cause.address,
        value=path,
    )


def _tell_units(table: AreaTable, account: Account, faults: Faults) -> None:
    """Units that are none of their indicators': a row of units that slipped by a column is one cause."""
    rows: dict[int, dict[int, OddUnit]] = {}
    for col, odd in table.odd_units.items():
        account.mark(_column(account, table, col), Role.FAULT)
        rows.setdefault(odd.cell.row, {})[col] = odd
    for row, found in rows.items():
        together = len(found) > 1 and is_unit_row(account, row)
        for cols in [list(found)] if together else [[col] for col in found]:
            _tell_unit(account, faults, found, cols)


def _tell_unit(account: Account, faults: Faults, found: dict[int, OddUnit], cols: Sequence[int]) -> None:
    odd = found[cols[0]]
    label, unit = odd.slot.label, odd.slot.column.unit
    told = (
        f"“{label}”的计量单位写作“{odd.unit}”，应为{unit}，整列没有读入。"
        "请更正计量单位，或核对是否填错列，然后重新报送。"
    )
    if len(cols) > 1:
        told = (
            f"{_letters(cols)}的计量单位与指标不符（如“{label}”写作“{odd.unit}”，应为{unit}），这些列都没有读入。"
            "请核对单位这一行是否错位，更正后重新报送。"
        )
    faults.add(
        "F05",
        told,
        sheet=account.sheet.name,
        cell=odd.cell.address,
        value=odd.unit,
        expected=unit,
        indicator=odd.slot.place(0) if len(cols) == 1 else "",
    )


def _is_copy(table: AreaTable, account: Account, faults: Faults, col: int) -> bool:
    """Whether a column that is headed like an earlier one also holds the same; else neither of them is read."""
    first = table.doubled[col]
    rows = {cell.row for c in (col, first) for cell in account.column(c) if cell.row > table.bottom}
    same = all(account.text(row, col) == account.text(row, first) for row in rows)
    cell, slot = table.header.own(col)[-1], table.slots[first]
    letters = [address(0, c)[:-1] for c in (first, col)]
    account.mark(_column(account, table, col), Role.COPY if same else Role.FAULT)
    both = f"{letters[0]}列和{letters[1]}列都是“{slot.label}”"
    told = f"{both}，内容相同，只读了前一列。"
    if not same:
        told = f"{both}，内容不同，无法确定以哪一列为准，两列都没有读入。请只保留一列后重新报送。"
    rule, value = "F09" if same else "F06", table.header.words(col)
    faults.add(rule, told, sheet=account.sheet.name, cell=cell.address, value=value)
    return same


def tell_nameless(table: AreaTable, account: Account, faults: Faults, rows: Sequence[int]) -> None:
    """Columns of figures without any heading: one finding each; a single stray figure is told by itself."""
    header = table.header
    last = max(rows, default=-1)
    for col in header.columns:
        if col == table.area_col or col in table.serial or header.levels(col):
            continue
        cells = [c for c in account.column(col) if header.bottom < c.row <= last and (c.row, col) not in account.roles]
        if len(cells) < 2:
            continue
        account.mark(cells, Role.FAULT)
        faults.add(
            "F06",
            f"{_letters([col])}没有表头，其中{len(cells)}个有内容的单元格没有读入。请写上规定的表头，或删去这一列后重新报送。",
            sheet=account.sheet.name,
            cell=cells[0].address,
            value=str(cells[0].value)[:80],
        )


def _letters(cols: Sequence[int]) -> str:
    """「AH列至AN列」, 「C列、E列」."""
    names = [address(0, col)[:-1] for col in cols]
    if len(cols) > 2 and cols[-1] - cols[0] == len(cols) - 1:
        return f"{names[0]}列至{names[-1]}列"
    return "、".join(f"{name}列" for name in names)


def _column(account: Account, table: AreaTable, col: int) -> list[Cell]:
    shared = {cell for cell in table.header.cells(col) if table.header.is_shared(cell)}
    return [cell for cell in account.column(col) if cell.row >= table.top and cell not in shared]


def seen_in(table: AreaTable, account: Account, rows: Iterable[Seen]) -> TableSeen:
    """What was recognised, header by header and row by row."""
    foreign = {col for col, one in table.foreign.items() if one.is_cause}
    header, headers, spread = table.header, list[Seen](), dict[str, int]()
    unknown, proposed = set(table.unknown), set(table.unknown[:MOST_PROPOSALS]) - foreign
    for col in header.columns:
        cells = header.cells(col)
        if col == table.area_col or not cells:
            continue
        for cell in header.over_column(col):
            spread[cell.address] = spread.get(cell.address, 0) + 1
        slot = table.slots.get(col) or table.slots.get(table.doubled.get(col, -1))
        slot = table.odd_units[col].slot if col in table.odd_units else slot
        part = _part(table, col, is_known=slot is not None, is_unknown=col in unknown)
        path = header.words(col)
        near = nearest(path, table.words, table.meanings) if col in proposed else ()
        meanings = ((slot.column.code, slot.institution),) if slot else ()
        places = tuple(cell.address for cell in cells)
        key, units = key_of(header, table.words, col, slot, table.month), units_of(header, col)
        own = header.own(col)[-1].address
        headers.append(Seen(part, own, path, places, meanings, key=key, units=units, near=near))
    shared = tuple(place for place, columns in spread.items() if columns > 1)
    return TableSeen(account.sheet.name, table.words.form.code, "areas_down", tuple(headers), tuple(rows), shared)


def _part(table: AreaTable, col: int, *, is_known: bool, is_unknown: bool) -> Part:
    if is_unknown:
        return Part.UNKNOWN
    if col in table.odd_units:
        return Part.ODD_UNIT
    if col in table.doubled:
        return Part.DOUBLED
    return Part.INDICATOR if is_known else Part.IGNORED
