"""Where the header of an upright form stands, which spans of time its columns are, and what its rows mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog, Meaning, normalise_header
from pipeline.catalog.forms import Layout
from pipeline.ingest.account import Account
from pipeline.ingest.header_lines import bare_head
from pipeline.ingest.header_units import unit_in_brackets
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.matching import Words, folded, words_of
from pipeline.ingest.measures import measures_in, measures_in_brackets
from pipeline.ingest.observe import Slot
from pipeline.ingest.upright_columns import (
    Columns,
    Contested,
    header_bottom,
    heading_words,
    made_of,
    spans_of,
    value_columns,
)
from pipeline.model import Cell
from pipeline.periods import Month

LABEL_HEADERS = frozenset(
    f"{what}{kind}"
    for what in ("", "统计", "填报", "报表", "主要", "业务")
    for kind in ("指标名称", "指标", "项目", "项目指标", "指标项目", "项目名称", "指标内容", "项目内容", "内容", "栏目")
)
UNIT_HEADERS = frozenset({"计量单位", "单位", "指标单位", "计算单位", "数据单位"})
CODE_HEADERS = frozenset({"代码", "指标代码", "项目代码", "编码", "指标编码", "项目编码", "代号", "指标代号"})
SERIAL_HEADERS = frozenset({"序号", "序", "编号", "指标编号", "行次", "行号", "栏次", "项次", "No", "NO", "No.", "NO."})
LEAST_ROWS = 2
LEAST_ROWS_ALONE = 8
_CIRCLED = "\u2460-\u2487\u24eb-\u24f4\u2776-\u277f\u3220-\u3229\u3251-\u325f\u32b1-\u32bf"
_NUMBERING = re.compile(
    rf"^\s*(?:[{_CIRCLED}●○◆◇■□★☆▲△◎※·•*]+[、.\uff0e]?|\d{{1,2}}(?:[.\uff0e]\d{{1,2}})+[.\uff0e、]?|\d{{1,2}}(?=\s)"
    r"|\d{1,2}[:：,，]|第\d{1,2}项[:：,，、]?|[(（【\[](?:[A-Za-z]|\d{1,2})[)）】\]]|(?:[A-Za-z]|[IVXivx]{1,5}|[\u2160-\u217f]|[甲乙丙丁戊己庚辛壬癸])[、.\uff0e:：)）])"
    r"\s*(?=[^\d\s])"
)
"""How a row may be numbered, beside the ways that all headers know: ①, 1.1, ●, 1：, A、."""
MOST_LABEL_HEADERS = 20
"""A sheet with more columns of labels is no statement."""


@dataclass(frozen=True, slots=True)
class UprightTable:
    """A table found: its header rows, where labels, units and codes stand, and its value columns."""

    words: Words
    layout: Layout
    header: int
    bottom: int
    """The last row of the header; `header` is its first."""
    label_cols: tuple[int, ...]
    """Where labels stand, from left to right: a label may have levels."""
    unit_col: int | None
    code_col: int | None
    value_cols: Mapping[int, str]
    """Column index → canonical value column (本月, 本年累计, …)."""
    measures: Mapping[int, tuple[str, ...]]
    """Value columns whose heads say units of measure of their own."""
    doubled: Mapping[int, int]
    """Columns that are headed like a value column left of them → that one."""
    contested: Mapping[int, Contested]
    """Columns whose words name a span of time and something else."""
    others: Mapping[int, Cell]
    """Columns of figures that are not the month's → the heading that says so."""
    serial_cols: frozenset[int]
    month: Month | None = None
    """The month that the statement is about, once it is known."""
    matched: float = 0

    @property
    def label_col(self) -> int:
        """Where the last level of a label stands."""
        return self.label_cols[-1]

    @property
    def is_whole(self) -> bool:
        """Whether all value columns of the form are there: then no other column can be one of them."""
        return set(self.layout.value_columns) <= set(self.value_cols.values())

    @property
    def is_enough(self) -> bool:
        """Whether so many rows are understood that it is this form; more of them where no column is."""
        return self.matched >= (LEAST_ROWS if self.value_cols or self.contested else LEAST_ROWS_ALONE)

    @property
    def score(self) -> float:
        """How many rows are understood."""
        return self.matched

    def in_month(self, month: Month, account: Account, catalog: Catalog, unit: str = "") -> UprightTable:
        """The same table, read by the form as it is in that month, and as people have decided about this unit."""
        columns = _columns(account, self, catalog, month)
        return replace(
            self,
            words=self.words.in_month(month, catalog, unit),
            value_cols=columns.spans,
            measures=_measures_of(account, range(self.header, self.bottom + 1), columns),
            doubled=columns.doubled,
            contested=columns.contested,
            others=columns.others,
            month=month,
        )

    def label(self, account: Account, row: int) -> str:
        """The label of a row, its levels joined by `/`; a unit behind the words of one in brackets."""
        levels = [text for col in self.label_cols if (text := _own_words(account.text(row, col)))]
        return "/".join(dict.fromkeys(levels))

    def code(self, account: Account, row: int) -> str:
        """The official code of a row (06, 19A); empty where it has none."""
        text = packed(account.text(row, self.code_col)) if self.code_col is not None else ""
        code = re.sub(r"[^0-9A-Z]", "", text.removesuffix(".0").upper())
        return code.zfill(2) if code else ""

    def meanings(self, account: Account, row: int) -> tuple[Meaning, ...]:
        """What stands in a row by its label, but for slips of the pen; by its official code only where it has none.

        Banks put other things under the codes of the form (个人住房贷款余额, 22): a label that is not known is unknown.
        """
        label = self.label(account, row)
        return self.by_label(label) or self.by_label(self.words.respelt(packed(label))) or self.by_code(account, row)

    def by_code(self, account: Account, row: int) -> tuple[Meaning, ...]:
        """What the official code of a row without a label says."""
        return () if self.label(account, row) else self.of_code(account, row)

    def of_code(self, account: Account, row: int) -> tuple[Meaning, ...]:
        """What the form has under the code of a row."""
        return self.words.codes.get(self.code(account, row), ())

    def by_label(self, label: str) -> tuple[Meaning, ...]:
        """What stands in a row with this label: the whole of it, as rows are called or as a column would be headed.

        A column's words name one span of time; they are a row's only where the row has no other.
        """
        row = self.words.rows.get(folded(label), ()) if label else ()
        if row or not label:
            return row
        meaning = self.words.meaning(label)
        own = self.words.row_of(meaning) if meaning else ()
        return own if len(own) == 1 else self._in_group(label)

    def _in_group(self, label: str) -> tuple[Meaning, ...]:
        """What the last level of a label means where those above it only name its part of the form."""
        group, _, last = label.rpartition("/")
        if not group or not made_of(group, heading_words(self.layout)) or self.means_another(group, last):
            return ()
        own = self.by_label(last)
        topics = [word for word in self.layout.topics if word in group]
        known = "".join(self._spelt(indicator) for indicator, _ in own)
        return own if not topics or any(word in known for word in topics) else ()

    def _spelt(self, indicator: str) -> str:
        column = self.words.form.by_code[indicator]
        return " ".join((column.label, *column.aliases, *column.row))

    def means_another(self, group: str, label: str) -> bool:
        """Whether a heading and a label together are another row than the label alone: 逾期贷款 over 贷款余额."""
        own = set(self.by_label(label))
        together = map(self.by_label, _together(group, label))
        return any(meant and not own & set(meant) for meant in together)

    def slots(self, account: Account, row: int) -> dict[str, Slot]:
        """Canonical value column → what stands there."""
        found: dict[str, Slot] = {}
        label = self.label(account, row)
        for indicator, institution in self.meanings(account, row):
            column = self.words.form.by_code[indicator]
            found |= {name: Slot(column, institution, label) for name in column.columns}
        return found

    def code_disagrees(self, account: Account, row: int) -> bool:
        """Whether label and official code of a row are both known and mean different indicators."""
        by_label, by_code = self.meanings(account, row), self.of_code(account, row)
        return bool(by_label and by_code and not set(by_label) & set(by_code))


def _own_words(text: str) -> str:
    return unit_in_brackets(_NUMBERING.sub("", text))


def locate(account: Account, catalog: Catalog) -> UprightTable | None:
    """The best reading of this sheet as an upright form; None if it is not one."""
    best: UprightTable | None = None
    tried = 0
    for row in account.rows:
        labels = [cell for cell in account.row(row) if re.sub(r"[()/、]", "", head_of(cell)) in LABEL_HEADERS]
        if not labels or tried >= MOST_LABEL_HEADERS:
            continue
        tried += 1
        for words in words_of(catalog):
            for layout in catalog.layouts:
                if layout.form == words.form.code and layout.shape == "indicators_down":
                    for cols in _label_columns(account, labels):
                        table = _try(account, words, layout, (labels[0], cols), catalog)
                        if table and table.is_enough and (best is None or table.score > best.score):
                            best = table
    return best


def _label_columns(account: Account, labels: Sequence[Cell]) -> list[tuple[int, ...]]:
    """Where labels may stand: under the first of their headers, and those right beside it as its further levels."""
    merge = account.merge_at(labels[0].row, labels[0].col)
    cols = [*range(labels[0].col, (merge.right if merge else labels[0].col) + 1)]
    found = [tuple(cols)]
    for cell in labels[1:]:
        if cell.col == cols[-1] + 1:
            cols.append(cell.col)
            found.append(tuple(cols))
    return found


def head_of(cell: Cell) -> str:
    """A header cell's word without the ordinal that some print in the same cell: 「指标名称 甲」."""
    return bare_head(str(cell.value))


def _try(
    account: Account, words: Words, layout: Layout, place: tuple[Cell, tuple[int, ...]], catalog: Catalog
) -> UprightTable | None:
    label, label_cols = place
    merge = account.merge_at(label.row, label.col)
    bottom = merge.bottom if merge else label.row
    bottom = header_bottom(account, bottom, label_cols)
    rows = range(label.row, bottom + 1)
    other = _other_columns(account, rows, label_cols, spans_of(layout))
    table = UprightTable(
        words,
        layout,
        label.row,
        bottom,
        label_cols,
        next(iter(other[UNIT_HEADERS]), None),
        next(iter(other[CODE_HEADERS]), None),
        {},
        {},
        {},
        {},
        {},
        frozenset((*other[SERIAL_HEADERS], *other[CODE_HEADERS][1:])),
    )
    columns = _columns(account, table, catalog, None)
    measures = _measures_of(account, rows, columns)
    table = replace(
        table,
        value_cols=columns.spans,
        measures=measures,
        doubled=columns.doubled,
        contested=columns.contested,
        others=columns.others,
    )
    matched = sum(_likeness(account, table, row) for row in account.rows if row > bottom)
    return replace(table, matched=matched)


def _columns(account: Account, table: UprightTable, catalog: Catalog, month: Month | None) -> Columns:
    """The value columns, by the words that stand over them; those that say a month, in this month."""
    besides = {col for col in (table.unit_col, table.code_col, *table.serial_cols) if col is not None}
    rows = range(table.header, table.bottom + 1)
    return value_columns(account, rows, table.label_cols, besides, table.layout, catalog, month)


def _other_columns(
    account: Account, rows: range, label_cols: tuple[int, ...], spans: Collection[str]
) -> dict[Collection[str], list[int]]:
    """Columns of units, of codes and of serial numbers, by the words that head them."""
    found: dict[Collection[str], list[int]] = {heads: [] for heads in (UNIT_HEADERS, CODE_HEADERS, SERIAL_HEADERS)}
    for col in sorted({cell.col for row in rows for cell in account.row(row)} - set(label_cols)):
        said = {bare_head(text) for row in rows if (text := account.text(row, col))}
        for heads, cols in found.items():
            if said & set(heads) and not said & set(spans):
                cols.append(col)
                break
    return found


def _measures_of(account: Account, rows: range, columns: Columns) -> dict[int, tuple[str, ...]]:
    return {col: units for col in columns.spans if (units := _measures(account, rows, col))}


def _measures(account: Account, rows: range, col: int) -> tuple[str, ...]:
    """The units of measure that the head of a value column says, in brackets or in a row of units."""
    said = [packed(text) for row in rows if (text := account.text(row, col))]
    named = (unit for text in said for unit in (measures_in(text) or measures_in_brackets(text)))
    return tuple(dict.fromkeys(named))


_GENERAL = ("情况", "部分", "方面", "类", "数")


def _together(group: str, label: str) -> Iterator[str]:
    """Heading and label as one label, what both say said once."""
    core, own = normalise_header(group).replace("/", ""), normalise_header(label).replace("/", "")
    for word in ("", *_GENERAL):
        if core.endswith(word) and (head := core.removesuffix(word)):
            yield head + own
            yield from (head + own[size:] for size in range(1, len(own)) if head.endswith(own[:size]))


_BY_CODE_ALONE = 0.1
"""Codes of different forms are the same small numbers: a row known only by its code says little of the form."""


def _likeness(account: Account, table: UprightTable, row: int) -> float:
    if table.by_label(table.label(account, row)):
        return 1
    return _BY_CODE_ALONE if table.of_code(account, row) else 0


def holds_figures(account: Account, table: UprightTable, col: int, last: int) -> bool:
    """Whether a column holds a figure between the header and this row."""
    return any(table.bottom < cell.row <= last and is_figure(cell) for cell in account.column(col))
