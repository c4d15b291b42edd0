"""What is told about the header and the rows of an upright form: each cause once, at its own cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.catalog.forms import Column
from pipeline.ingest.heading import packed
from pipeline.ingest.nearest import Near, label_of, nearest, proposal
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.upright_columns import Contested
from pipeline.ingest.upright_header import UprightTable
from pipeline.ingest.upright_times import said
from pipeline.model import Cell, address

MOST_PROPOSALS = 20
"""Unknown rows of a table for which near indicators are looked for: a table with more is another one."""


def _tell(observer: Observer, rule: str, message: str, cell: str, value: str = "", expected: str = "") -> None:
    observer.faults.add(rule, message, sheet=observer.account.sheet.name, cell=cell, value=value, expected=expected)


# ------------------------------------------------------------------ columns


def tell_strange_column(observer: Observer, cell: Cell, *, is_other: bool) -> None:
    """A column of figures that is headed like nothing of the form."""
    words = packed(said(cell))
    told = f"这一栏“{words}”不是本表的栏目，整栏没有读入。请改用规定的栏目名称，或删去这一栏后重新报送。"
    if is_other:
        told = (
            f"这一栏“{words}”说的不是本期的数，整栏没有读入，表中的栏目又不齐全。"
            "如就是本期的数，请改用规定的栏目名称；否则请补齐规定的栏目，然后重新报送。"
        )
    _tell(observer, "F06", told, cell.address, words)


def tell_other_figures(observer: Observer, cell: Cell, cols: Sequence[int]) -> None:
    """Columns beside the month's that are none of the form's: they are passed over, all else is read."""
    letters, words = "、".join(f"{address(0, col)[:-1]}列" for col in cols), packed(said(cell))
    told = f"{letters}“{words}”不是本表要的数，没有使用；规定的各栏已照常读入。下次可以不填这一栏。"
    _tell(observer, "F09", told, cell.address, words)


def tell_list_columns(observer: Observer, cell: Cell, cols: Sequence[int], words: str, why: str) -> None:
    """Columns of the list of items that are not read."""
    letters = "、".join(f"{address(0, col)[:-1]}列" for col in cols)
    told = f"清单中{letters}“{words}”{why}，没有读入。请按规定的表样改正栏目名称；不需要的栏请删去，然后重新报送。"
    _tell(observer, "F06", told, cell.address, words)


def tell_merged_item(observer: Observer, cell: Cell, ends: str, row: int, slot: Slot) -> None:
    """A merged cell over a place in which something of an item should stand."""
    name = slot.column.label.rpartition("/")[2]
    told = f"合并单元格{ends}遮住了第{row + 1}行的“{name}”，无法确定这一行填的是什么。请取消合并、逐行填写后重新报送。"
    _tell(observer, "F07", told, cell.address, ends)


def tell_contested(observer: Observer, one: Contested, cols: Iterable[int]) -> None:
    """Columns whose words name a span of time and something else."""
    letters = "、".join(f"{address(0, col)[:-1]}列" for col in cols)
    if one.above:
        told = (
            f"“{one.words}”写在表头上方、{letters}之上，不是本表规定的栏目，无法确定下面是不是本期的数，{letters}没有读入。"
            "请按规定的栏目名称填写；只是标题或说明的，请写到表的左上方或表下，然后重新报送。"
        )
    else:
        told = (
            f"{letters}的栏目“{one.words}”与规定的不符，无法确定是“{'”还是“'.join(one.spans)}”或别的数，没有读入。"
            "请改用规定的栏目名称，或删去这一栏后重新报送。"
        )
    _tell(observer, "F06", told, one.cell.address, one.words)


def tell_doubled_column(observer: Observer, table: UprightTable, col: int, *, same: bool) -> None:
    """Two columns of the same span: read once where they agree, else not at all."""
    first = table.doubled[col]
    both = f"{address(0, first)[:-1]}列和{address(0, col)[:-1]}列两栏都是“{table.value_cols[first]}”"
    told = f"{both}，内容相同，只读了前一栏。"
    if not same:
        told = f"{both}，内容不同，无法确定以哪一栏为准，都没有读入。请只保留一栏后重新报送。"
    text = observer.account.text(table.header, col) or observer.account.text(table.bottom, col)
    _tell(observer, "F09" if same else "F06", told, head_cell(observer, table, col), text)


def tell_measures(observer: Observer, table: UprightTable, col: int, column: Column) -> None:
    """A column headed by a unit of measure that the figures in it cannot have."""
    units = "、".join(table.measures[col])
    told = (
        f"这一栏的表头写的计量单位是“{units}”，栏里却有{'金额' if column.is_amount else '户数、笔数'}，互相矛盾，"
        "这些数没有读入。请更正计量单位后重新报送。"
    )
    _tell(observer, "F05", told, head_cell(observer, table, col), units)


def head_cell(observer: Observer, table: UprightTable, col: int) -> str:
    """The address of the lowest cell that heads a column."""
    rows = range(table.bottom, table.header - 1, -1)
    cell = next((cell for row in rows if (cell := observer.account.at(row, col))), None)
    return cell.address if cell else address(table.header, col)


# ------------------------------------------------------------------ rows


def tell_unknown_row(observer: Observer, table: UprightTable, row: int, near: tuple[Near, ...]) -> None:
    """Figures under a label that means nothing; what the form has under its code is proposed, never read."""
    account = observer.account
    label, own = table.label(account, row), address(row, table.label_col)
    coded = table.of_code(account, row)
    by_code = f"代码{table.code(account, row)}在表样里是“{label_of(table.words, coded[0])}”。" if coded else ""
    _tell(
        observer,
        "F06",
        f"这一行的指标名称“{label}”不在本表之内，整行没有读入。{by_code}请核对是否错位、是否改了指标名称；"
        f"不需要的内容请删去后重新报送。{proposal(near, observer.faults.file, account.sheet.name, own)}",
        own,
        label,
    )


def near_row(observer: Observer, table: UprightTable, row: int, taken: set[tuple[str, str]]) -> tuple[Near, ...]:
    """Which indicators an unknown row may be: that of its code before those of a similar name."""
    account = observer.account
    coded = [Near("@".join(filter(None, m)), label_of(table.words, m)) for m in table.of_code(account, row)[:1]]
    near = nearest(table.label(account, row), table.words, taken)
    return tuple(dict.fromkeys((*coded, *near)))


def tell_odd_label(observer: Observer, table: UprightTable, row: int) -> bool:
    """A label that contradicts its code, or that is not read as it stands; whether the row can be read."""
    account = observer.account
    label, cell = table.label(account, row), address(row, table.label_col)
    code = account.text(row, table.code_col) if table.code_col is not None else ""
    if table.code_disagrees(account, row):
        told = (
            f"“{label}”与代码{code}不是同一指标，无法确定读哪一个，没有读入。请按规定的指标名称和代码填写后重新报送。"
        )
        _tell(observer, "F06", told, cell, label)
        return False
    if not label:
        meant = label_of(table.words, table.by_code(account, row)[0])
        _tell(observer, "F09", f"这一行没有写指标名称，按代码{code}读作“{meant}”。请下次写明指标名称。", cell)
    elif not table.by_label(label):
        meant = table.words.respelt(packed(label))
        told = f"指标名称“{label}”按登记的错字读作“{meant}”，数据已照常读入。请下次改用规定的名称。"
        _tell(observer, "F09", told, cell)
    return True


def tell_doubled_row(observer: Observer, table: UprightTable, rows: tuple[int, int], *, same: bool) -> None:
    """Two rows of the same indicator: read once where they agree, else not at all."""
    label = table.label(observer.account, rows[1])
    both = f"第{rows[0] + 1}行和第{rows[1] + 1}行都是“{label}”"
    told = f"{both}，内容相同，只读了前一行。"
    if not same:
        told = f"{both}，内容不同，无法确定以哪一行为准，都没有读入。请只保留一行后重新报送。"
    _tell(observer, "F09" if same else "F06", told, address(rows[1], table.label_col), label)


def tell_heading(observer: Observer, heading: Cell, rows: tuple[int, int]) -> None:
    """A heading between or beside the rows that says something else than the form's own headings do."""
    words = packed(str(heading.value))
    told = (
        f"“{words}”不是本表规定的小标题，无法确定第{rows[0] + 1}行到第{rows[1] + 1}行是不是本表要的数，没有读入。"
        "请按规定的表样填写；只是说明的，请写到表下，然后重新报送。"
    )
    _tell(observer, "F06", told, heading.address, words)


def tell_unit(observer: Observer, slot: Slot, cell: str, unit: str) -> None:
    """A unit of measure, of the label or in its own column, that is not the indicator's."""
    told = f"“{slot.label}”的计量单位写作“{unit}”，应为{slot.column.unit}，没有读入。请更正计量单位后重新报送。"
    _tell(observer, "F05", told, cell, unit, slot.column.unit)
