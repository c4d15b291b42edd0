"""The sheets of the accessible workbook that say how to read the others: notes and symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import FigureTable
from pipeline.render.stamp import Stamp
from pipeline.render.twin_content import Cell, Column, Notes, TwinSheet, table_name
from pipeline.render.twin_fit import pieces
from pipeline.render.twin_tables import to_contents

NOTES, SYMBOLS = "说明", "符号"
ALL_TABLES = "全部附件"
_READING = "读法"
_COVERAGE = "覆盖范围"
_WARNING = "数据提示"

GENERAL = (
    "方括号里的文字代替缺少的数或者内容，逐个解释见“符号”工作表。表内没有空白格。",
    (
        "栏名的括号里是计量单位。金额以万元为单位，格中存的是精确到分的数，显示两位小数；"
        "比率已换算成百分数，格中的12.34就是12.34%；位次为1的居首，数值相同的位次相同。"
    ),
    "各附件的合计是表中第一行数据。合计由各行的精确数相加得出，比率由合计数重新计算，都不是显示数的加总或者平均。",
    "未报齐的合计照列已报部分，并在备注栏写明哪些栏未报齐、不含哪些单位。",
)

SYMBOL_ROWS: tuple[tuple[str, str, str], ...] = (
    ("[未报送]", "空白", "应报而未报送，或者报送的报表中该项没有填写。缺数不等于零。"),
    ("0", "0", "零：已报送，数值为零。"),
    (
        "小数位数多于两位的数，如0.003",
        "省略号（…）",
        "不是零，但是不足显示末位的一半；多显示几位小数，直到看得出不是零。",
    ),
    ("[不适用]", "一字线（—）", "该行没有这一项，如合计不排位次，县区所报的数不分机构。"),
    ("数照列，备注栏写“未报齐”", "数后带星号（*）", "合计只包括已报送的单位。"),
    ("[未报齐，不计算]", "未报齐，不计算", "本期或者基期未报齐，增速、增减或者比率没有可比性，不计算。"),
    ("[上年同期为零，不计算增速]", "上年同期为零，不计算增速", "基数为零，增速没有意义。"),
    ("[上年同期未统计]", "上年同期未统计", "没有上年同期的数，不能比较。"),
    ("[年初未统计]", "年初未统计", "没有上年12月末的数，不能比较。"),
    ("[上年同期为负，不计算增速]", "上年同期为负，不计算增速", "基数为负，增速没有意义。"),
    ("[由负转正]", "由负转正", "上年同期为负，本期为正，不计算增速。"),
    ("[由正转负]", "由正转负", "上年同期为正，本期为负，不计算增速。"),
)


def add_general_notes(notes: Notes) -> None:
    """How to read the tables, before anything else."""
    for text in GENERAL:
        notes.add(_READING, text)


def add_closing_notes(
    notes: Notes, tables: Iterable[tuple[FigureTable, Sequence[str]]], stamp: Stamp, on_data: Sequence[str]
) -> None:
    """Who is in each annex, and what was said of the data."""
    for table, sheets in tables:
        total = table.parts[0].rows[0]
        without = f"，不含：{'、'.join(total.excluded)}" if total.excluded else "，没有缺报"
        said = f"附件{table.annex}的合计：应报{total.coverage_of}家，已报{total.coverage_in}家{without}。"
        for sheet in sheets:
            notes.add(_COVERAGE, said, sheet)
    for text in (*stamp.overrides, *on_data):
        notes.add(_WARNING, text)


def notes_sheet(notes: Notes) -> TwinSheet:
    """All notes by number."""
    columns = (Column("编号", 10), Column("类别", 12), Column("内容", 88), Column("适用的工作表", 32))
    lines = (
        f"本工作表有1张表，{len(list(notes))}条注。",
        "附件各表的表头和表前文字中，[注1]指编号为注1的一条，[注1、3]指编号为注1和注3的两条。",
        to_contents(),
    )
    rows = tuple(_note_rows(notes, columns[2].room))
    return TwinSheet(NOTES, "说明：注释", lines, table_name("注释"), columns, rows)


def _note_rows(notes: Notes, width: float) -> Iterator[tuple[Cell, ...]]:
    """One row a note, more where one is longer than a row can be high."""
    for note in notes:
        for place, piece in enumerate(pieces(note.text, width)):
            number = f"注{note.number}" + (f"（续{place}）" if place else "")
            yield number, note.kind, piece, "、".join(note.sheets) or ALL_TABLES


def symbols_sheet() -> TwinSheet:
    """Each code beside what the printed annexes have in its place."""
    columns = (Column("本文件的写法", 34), Column("打印的附件的写法", 30), Column("含义", 76))
    lines = (
        f"本工作表有1张表，{len(SYMBOL_ROWS)}种写法。",
        "打印的附件用符号，读屏软件读不清楚；本文件改用文字，放在方括号里。",
        to_contents(),
    )
    return TwinSheet(SYMBOLS, "符号：没有数的格怎样写", lines, table_name("写法"), columns, SYMBOL_ROWS)
