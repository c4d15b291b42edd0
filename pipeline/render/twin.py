"""附件1-5 数据表.xlsx: the annexes' accessible twin, one table a sheet, made from the same tables as the annexes.

It follows the UK Government Analysis Function's guidance on releasing statistics in spreadsheets; what of it a
program can check is checked by `make a11y`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.catalog.catalog import Catalog
from pipeline.model import FigureTable, MeasureTable
from pipeline.render.stamp import Stamp
from pipeline.render.twin_content import Cell, Column, Heading, Line, Link, Notes, Number, TwinSheet, table_name
from pipeline.render.twin_definitions import definitions_sheet
from pipeline.render.twin_measures import measure_sheet
from pipeline.render.twin_notes import add_closing_notes, add_general_notes, notes_sheet, symbols_sheet
from pipeline.render.twin_tables import CONTENTS, figure_sheets, to_contents
from pipeline.render.twin_write import twin_workbook

FILE_NAME = "附件1-5 数据表.xlsx"
COVER = "封面"


def twin_bytes(
    tables: Mapping[int, FigureTable],
    measures: MeasureTable | None,
    catalog: Catalog,
    stamp: Stamp,
    notes_on_data: Sequence[str] = (),
) -> bytes:
    """The workbook. The same arguments give the same bytes.

    Args:
        tables: annexes of figures by number, as the printed annexes are made from.
        measures: annex 1, or None where no unit was asked for it; contact persons are left out.
        catalog: for the annexes' columns, the forms' names and the definitions that the office set itself.
        stamp: which release this is.
        notes_on_data: finished sentences that belong to all tables; printed on the cover and among the notes.
    """
    notes = Notes()
    add_general_notes(notes)
    words = [] if measures is None else [measure_sheet(measures, catalog.annexes[measures.annex], stamp, notes)]
    figures = {
        number: list(figure_sheets(tables[number], catalog.annexes[number], catalog, stamp, notes))
        for number in sorted(tables)
    }
    names = {number: [sheet.name for sheet in figures[number]] for number in figures}
    add_closing_notes(notes, [(tables[number], names[number]) for number in figures], stamp, notes_on_data)
    definitions = definitions_sheet(
        [(catalog.annexes[number], names[number]) for number in figures],
        None if measures is None else (catalog.annexes[measures.annex], words[0].name),
        catalog,
        stamp.month,
    )
    body = [notes_sheet(notes), symbols_sheet(), definitions, *words, *(s for made in figures.values() for s in made)]
    front = [_cover(measures is not None, catalog, stamp, notes_on_data), _contents(body)]
    return twin_workbook([*front, *body], _properties(catalog, stamp))


def _title(catalog: Catalog, stamp: Stamp) -> str:
    return f"{catalog.profile.city}金融扶贫月报附件1至附件5数据表（{stamp.month.label}）"


def _properties(catalog: Catalog, stamp: Stamp) -> dict[str, Any]:
    return {
        "title": _title(catalog, stamp),
        "author": stamp.office,
        "company": stamp.office,
        "subject": f"{stamp.month.label}金融扶贫小额贷款统计",
        "category": "统计数据",
        "keywords": f"金融扶贫，小额贷款，统计，附件，{stamp.month.label}",
        "comments": "；".join(filter(None, [stamp.version, stamp.marks])),
        "created": stamp.created,
    }


def _cover(has_measures: bool, catalog: Catalog, stamp: Stamp, notes_on_data: Sequence[str]) -> TwinSheet:
    made = date.fromisoformat(stamp.as_of)
    lines: list[Line] = [
        f"制表单位：{stamp.office}",
        f"报告期：{stamp.month.label}；余额等存量{stamp.stocks_of}",
        f"版本：{stamp.version}；编制日期{made.year}年{made.month}月{made.day}日",
        "状态：草稿，供核对使用，数字还会变动，不得对外引用。"
        if stamp.draft
        else "状态：正式。发布后如有更正，另出新版，版次加一。",
    ]
    if stamp.sample:
        lines.append("示例数据：本文件中的数字和单位情况都是虚构的，只供演示，不得引用。")
    if notice := [*stamp.overrides, *notes_on_data]:
        lines += [Heading("数据提示"), *notice]
    sources = "、".join(f"《{form.name}》" for form in catalog.forms.values())
    lines += [
        Heading("关于本文件"),
        (
            "本文件与打印的各附件出自同一份数据，供读屏软件阅读和再次使用：一个工作表只有一张表，表头只有一行，"
            "没有合并单元格、隐藏内容和公式，缺少的数用方括号里的文字说明。"
        ),
        f"数据来源：各填报单位报送的{sources}。",
        "附件1不列联系人；需要时请见打印的附件1。" if has_measures else "本期没有附件1（金融机构扶贫工作措施）。",
        "供程序读取的同一份数字，在同一文件夹的data文件夹里，各栏说明见其中的datapackage.json。",
        Heading("各工作表"),
        to_contents(),
        Heading("联系"),
        f"对数据有疑问，请与制表单位联系：{stamp.office}。",
    ]
    return TwinSheet(COVER, _title(catalog, stamp), tuple(lines))


def _contents(body: Sequence[TwinSheet]) -> TwinSheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Link(sheet.name, sheet.name), _topic(sheet), sheet.table, Number(Fraction(len(sheet.rows)))) for sheet in body
    )
    columns = (
        Column("工作表（点击前往）", 26),
        Column("标题", 72),
        Column("表的名称", 28),
        Column("数据行数（行）", 16, is_number=True),
    )
    lines = (f"本工作表有1张表，列出{len(rows)}个工作表。", Link(COVER, "前往封面"))
    return TwinSheet(CONTENTS, "目录", lines, table_name("工作表目录"), columns, rows)


def _topic(sheet: TwinSheet) -> str:
    """The sheet's title without what its name says already."""
    return sheet.title.partition("　")[2] or sheet.title.partition("：")[2] or sheet.title
