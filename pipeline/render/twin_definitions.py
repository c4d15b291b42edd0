"""The sheet of the accessible workbook that says what every column means, and in which unit it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Column as FormColumn
from pipeline.catalog.forms import Form
from pipeline.periods import Month
from pipeline.render.twin_content import Column, TwinSheet, table_name
from pipeline.render.twin_headers import TIMES, plain_name, single_header, unit_word
from pipeline.render.twin_measures import INSTITUTION, ITEM, UNIT, WORDS, items_of
from pipeline.render.twin_tables import COVERED, OWED, REMARK, to_contents

DEFINITIONS = "指标定义"
_IN_WORDS = "文字"
_UNIT_IN_WORDS = {"%": "百分数（%）"}
"""A cell that holds a symbol only is read out as nothing."""

Entry = tuple[str, str, str]
"""Name, unit and meaning of a column."""

_FRAME: tuple[Entry, ...] = (
    (COVERED, "家", "这一行应报银行月报的填报单位中，已经报送并采用的有几家。"),
    (OWED, "家", "这一行应报银行月报的填报单位有几家。"),
    (REMARK, _IN_WORDS, "报送情况、未报齐的栏目、待核实的问题；没有的写“无”。"),
)
_MEASURES: tuple[Entry, ...] = (
    (INSTITUTION, _IN_WORDS, "填报单位所属的机构；没有贷款业务的市直部门归在一起。"),
    (UNIT, _IN_WORDS, "报送措施的单位。"),
    (ITEM, _IN_WORDS, "措施属于哪一项；一项的文字很长的，分几行接排，注“续1”“续2”。"),
    (WORDS, _IN_WORDS, "填报单位报送的原文，本办未作改写。"),
    (REMARK, _IN_WORDS, "沿用哪个月的原文、待核实的问题；没有的写“无”。"),
)


def definitions_sheet(
    figures: Iterable[tuple[AnnexLayout, Sequence[str]]],
    measures: tuple[AnnexLayout, str] | None,
    catalog: Catalog,
    month: Month,
) -> TwinSheet:
    """Every column of every annex, each meaning once, with the sheets that have it."""
    found: dict[Entry, list[str]] = {}
    if measures is not None:
        layout, sheet = measures
        for entry in [*_MEASURES, *_items(layout, catalog)]:
            found.setdefault(entry, []).append(sheet)
    conventions = _conventions(catalog, month)
    for layout, sheets in figures:
        for entry in [*_figures(layout, catalog, conventions), *_FRAME]:
            found.setdefault(entry, []).extend(sheets)
    rows = tuple((*entry, "、".join(sheets)) for entry, sheets in found.items())
    columns = (Column("栏名或者项目", 30), Column("计量单位", 12), Column("含义", 76), Column("所在的工作表", 50))
    lines = (f"本工作表有1张表，{len(rows)}个栏目和项目。", "栏名后面的注号在这里略去。", to_contents())
    title = "指标定义：各栏的含义和计量单位"
    return TwinSheet(DEFINITIONS, title, lines, table_name("各栏含义"), columns, rows)


def _items(layout: AnnexLayout, catalog: Catalog) -> Iterator[Entry]:
    for column in items_of(layout):
        if asked := _asked(column.indicator, catalog):
            meaning = f"{_form(asked)}“{asked[1].label}”一项的文字。"
            yield f"{ITEM}：{''.join(column.header)}", _IN_WORDS, meaning


def _figures(layout: AnnexLayout, catalog: Catalog, conventions: Mapping[str, str]) -> Iterator[Entry]:
    columns = {column.id: column for column in layout.columns}
    for column in layout.columns:
        if column.unit != "text":
            meaning = meaning_of_column(column, columns, catalog) + conventions.get(column.id, "")
            yield single_header(column), _UNIT_IN_WORDS.get(unit_word(column), unit_word(column)), meaning


def _conventions(catalog: Catalog, month: Month) -> dict[str, str]:
    """By column: which assessment figure it is, as the office itself defined it."""
    return {
        parts["column"]: f"考核指标“{name}”即这一栏，本口径由本办约定。"
        for value in catalog.policy.working_values(month)
        if isinstance(value["value"], Mapping)
        for name, parts in value["value"].items()
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
    labels = "、".join(f"“{entry.label.removeprefix('{institution}/')}”" for _, entry in asked)
    together = "之和" if len(asked) > 1 else ""
    when = "，截至报告期末" if asked[0][1].kind == "stock" else ""
    twice = "同一户在几家机构有业务的，每家计一次，所以称户次。" if unit_word(column) == TIMES else ""
    return f"{_form(asked[0])}的{labels}{together}，各填报单位相加{when}。{twice}"


def _asked(code: str, catalog: Catalog) -> tuple[Form, FormColumn] | None:
    """The form that reports this indicator for publication, and its column there."""
    forms = (form for form in catalog.forms.values() if code in form.by_code and not form.by_code[code].compared)
    return next(((form, form.by_code[code]) for form in forms), None)


def _form(asked: tuple[Form, FormColumn]) -> str:
    return f"《{asked[0].name}》（{asked[0].code}）"


def _operand(name: str, columns: Mapping[str, AnnexColumn], catalog: Catalog) -> str:
    if name in columns:
        return plain_name(columns[name])
    asked = _asked(name, catalog)
    return asked[1].label.replace("{institution}/", "").replace("/", "") if asked else name
