"""The sheets that explain the others: notes, symbols and what every column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Column as FormColumn
from pipeline.catalog.forms import Form
from pipeline.model import FigureTable
from pipeline.periods import Month
from pipeline.render.stamp import Stamp
from pipeline.render.twin_content import Cell, Column, Notes, Number, TwinSheet, table_name
from pipeline.render.twin_headers import TIMES, plain_name, single_header, unit_word
from pipeline.render.twin_tables import COVERED, OWED, REMARK, back_to_contents

NOTES, SYMBOLS, DEFINITIONS = "说明", "符号", "指标定义"
ALL_TABLES = "全部附件"
_READING = "读法"
_COVERAGE = "覆盖范围"
_CONVENTION = "本办约定"

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
    notes: Notes,
    tables: Iterable[tuple[FigureTable, Sequence[str]]],
    catalog: Catalog,
    stamp: Stamp,
    data: Sequence[str],
) -> None:
    """What is in each annex, what was said of the data, and the values that the office itself set."""
    for table, sheets in tables:
        total = table.parts[0].rows[0]
        without = f"，不含：{'、'.join(total.excluded)}" if total.excluded else "，没有缺报"
        said = f"附件{table.annex}的合计：应报{total.coverage_of}家，已报{total.coverage_in}家{without}。"
        for sheet in sheets:
            notes.add(_COVERAGE, said, sheet)
    for text in (*stamp.overrides, *data):
        notes.add("数据提示", text)
    for value in catalog.policy.working_values(stamp.month):
        said = _value(value["value"], value["unit"])
        notes.add(_CONVENTION, f"{value['title']}{said}。本口径由本办约定：{value['reason']}。")


def _value(value: Any, unit: str) -> str:
    """A policy value in a sentence; what has parts is told elsewhere."""
    if isinstance(value, Mapping):
        return "：见“指标定义”工作表各考核指标"
    if isinstance(value, bool):
        return f"：{'是' if value else '否'}"
    if isinstance(value, list | tuple):
        return f"：{'、'.join(map(str, value))}"
    return f"：{value}{unit}"


def notes_sheet(notes: Notes) -> TwinSheet:
    """All notes by number."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"注{note.number}", note.kind, note.text, "、".join(note.sheets) or ALL_TABLES) for note in notes
    )
    columns = (Column("编号", 8), Column("类别", 12), Column("内容", 88), Column("适用的工作表", 30))
    lines = (
        f"本工作表有1张表，{len(rows)}条注。",
        "附件各表的表头和表前文字中，[注1]指编号为注1的一条。",
        back_to_contents(),
    )
    return TwinSheet(NOTES, "说明：注释", lines, table_name("注释"), columns, rows)


def symbols_sheet() -> TwinSheet:
    """Each code beside what the printed annexes have in its place."""
    columns = (Column("本文件的写法", 34), Column("打印的附件的写法", 30), Column("含义", 76))
    lines = (
        f"本工作表有1张表，{len(SYMBOL_ROWS)}种写法。",
        "打印的附件用符号，读屏软件读不清楚；本文件改用文字，放在方括号里。",
        back_to_contents(),
    )
    return TwinSheet(SYMBOLS, "符号：没有数的格怎样写", lines, table_name("写法"), columns, SYMBOL_ROWS)


# ------------------------------------------------------------------ definitions


def definitions_sheet(
    layouts: Iterable[tuple[AnnexLayout, Sequence[str]]], catalog: Catalog, month: Month
) -> TwinSheet:
    """Every column of every annex, each meaning once, with the sheets that have it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    conventions = _conventions(catalog, month)
    for layout, sheets in layouts:
        for entry in [*_entries(layout, catalog, conventions), *_FRAME]:
            found.setdefault(entry, []).extend(sheets)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, unit or "文字", meaning, "、".join(dict.fromkeys(sheets)))
        for (name, unit, meaning), sheets in found.items()
    )
    columns = (Column("栏名", 30), Column("计量单位", 10), Column("含义", 76), Column("所在的工作表", 34))
    lines = (f"本工作表有1张表，{len(rows)}个栏目。", "栏名后面的注号在这里略去。", back_to_contents())
    return TwinSheet(DEFINITIONS, "指标定义：各栏的含义和计量单位", lines, table_name("各栏含义"), columns, rows)


_FRAME = (
    (COVERED, "家", "这一行应报银行月报的填报单位中，已经报送并采用的有几家。"),
    (OWED, "家", "这一行应报银行月报的填报单位有几家。"),
    (REMARK, "", "报送情况、未报齐的栏目、待核实的问题；没有的写“无”。"),
)


def _entries(layout: AnnexLayout, catalog: Catalog, conventions: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    """Name, unit and meaning of each column that holds figures."""
    columns = {column.id: column for column in layout.columns}
    for column in layout.columns:
        if column.unit == "text":
            continue
        meaning = meaning_of_column(column, columns, catalog)
        yield single_header(column), unit_word(column), meaning + conventions.get(column.id, "")


def _conventions(catalog: Catalog, month: Month) -> dict[str, str]:
    """By column: that the office itself defined it."""
    return {
        parts["column"]: "本口径由本办约定。"
        for value in catalog.policy.working_values(month)
        if isinstance(value["value"], Mapping)
        for parts in value["value"].values()
        if isinstance(parts, Mapping) and "column" in parts
    }


def meaning_of_column(column: AnnexColumn, columns: Mapping[str, AnnexColumn], catalog: Catalog) -> str:
    """How a column of figures is made, in a sentence; `columns` are those of its annex by id."""
    if column.derivation == "sum":
        return _sum(column, catalog)
    of = _operand(column.of, columns, catalog)
    meanings = {
        "ratio": f"{of}÷{_operand(column.to, columns, catalog)}×100。",
        "growth": f"（{of}－上年同月的{of}）÷上年同月的{of}×100。",
        "change": f"{of}－上年12月末的{of}；减少的为负数。",
        "rank": f"按{of}从高到低排列的位次，数值相同的位次相同；数据不全的不参加。",
    }
    return meanings[column.derivation]


def _sum(column: AnnexColumn, catalog: Catalog) -> str:
    found = [_asked(code, catalog) for code in (column.indicator or column.id).split("+")]
    asked = [entry for entry in found if entry is not None]
    if not asked:
        return "各填报单位所报的数相加。"
    form, kind = asked[0][0], asked[0][1].kind
    labels = "、".join(f"“{entry.label.removeprefix('{institution}/')}”" for _, entry in asked)
    together = "之和" if len(asked) > 1 else ""
    when = "，截至报告期末" if kind == "stock" else ""
    twice = "同一户在几家机构有业务的，每家计一次，所以称户次。" if unit_word(column) == TIMES else ""
    return f"《{form.name}》（{form.code}）的{labels}{together}，各填报单位相加{when}。{twice}"


def _asked(code: str, catalog: Catalog) -> tuple[Form, FormColumn] | None:
    """The form that reports this indicator for publication, and its column there."""
    forms = (form for form in catalog.forms.values() if code in form.by_code and not form.by_code[code].compared)
    return next(((form, form.by_code[code]) for form in forms), None)


def _operand(name: str, columns: Mapping[str, AnnexColumn], catalog: Catalog) -> str:
    if name in columns:
        return plain_name(columns[name])
    asked = _asked(name, catalog)
    return asked[1].label.replace("{institution}/", "").replace("/", "") if asked else name


def measure_definitions(layout: AnnexLayout, catalog: Catalog) -> Iterable[tuple[str, str, str]]:
    """Not yet."""
    return ()


def count(number: int) -> Number:
    """A count as a cell."""
    return Number(Fraction(number))
