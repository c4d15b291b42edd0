"""Where the header of an upright form stands, which spans of time its columns are, and what its rows mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.catalog import Catalog, Meaning, normalise_header
from pipeline.catalog.forms import Layout
from pipeline.ingest.account import Account
from pipeline.ingest.area_header import is_unit_row
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.matching import Words, folded, words_of
from pipeline.ingest.money_words import money_in_brackets
from pipeline.ingest.observe import Slot
from pipeline.model import Cell
from pipeline.money import MONEY_UNITS
from pipeline.periods import Month

LABEL_HEADERS = ("指标名称", "指标", "项目指标", "指标项目")
UNIT_HEADERS = ("计量单位", "单位")
CODE_HEADERS = ("代码", "指标代码")
SERIAL_HEADERS = frozenset({"序号", "编号", "行次", "行号"})
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
    money: Mapping[int, str]
    """Value columns that say a unit of money of their own."""
    doubled: Mapping[int, str]
    """Columns that are headed like a value column left of them."""
    serial_cols: frozenset[int]
    matched: float = 0

    @property
    def label_col(self) -> int:
        """Where the last level of a label stands."""
        return self.label_cols[-1]

    @property
    def score(self) -> float:
        """How many rows are understood."""
        return self.matched

    def in_month(self, month: Month, account: Account, catalog: Catalog, unit: str = "") -> UprightTable:
        """The same table, read by the form as it is in that month, and as people have decided about this unit."""
        return replace(self, words=self.words.in_month(month, catalog, unit))

    def label(self, account: Account, row: int) -> str:
        """The label of a row, its levels joined by `/`."""
        levels = [text for col in self.label_cols if (text := account.text(row, col))]
        return "/".join(dict.fromkeys(levels))

    def code(self, account: Account, row: int) -> str:
        """The official code of a row (06, 19A); empty where it has none."""
        text = packed(account.text(row, self.code_col)) if self.code_col is not None else ""
        code = text.removesuffix(".0").strip("()").upper()
        return code.zfill(2) if code else ""

    def meanings(self, account: Account, row: int) -> tuple[Meaning, ...]:
        """What stands in a row by its label, or else by its official code, or else but for a slip of the pen."""
        label = self.label(account, row)
        known = self.by_label(label) or self.words.codes.get(self.code(account, row), ())
        return known or self.by_label(self.words.respelt(packed(label)))

    def by_label(self, label: str) -> tuple[Meaning, ...]:
        """What stands in a row with this label: the whole of it, as rows are called or as a column would be headed.

        A column's words name one span of time; they are a row's only where the row has no other.
        """
        row = self.words.rows.get(folded(label), ()) if label else ()
        if row or not label:
            return row
        meaning = self.words.meaning(label)
        own = self.words.row_of(meaning) if meaning else ()
        return own if len(own) == 1 else ()

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
        by_label, by_code = self.by_label(self.label(account, row)), self.words.codes.get(self.code(account, row))
        return bool(by_label and by_code and not set(by_label) & set(by_code))


def locate(account: Account, catalog: Catalog) -> UprightTable | None:
    """The best reading of this sheet as an upright form; None if it is not one."""
    best: UprightTable | None = None
    tried = 0
    for row in account.rows:
        labels = [cell for cell in account.row(row) if head_of(cell) in LABEL_HEADERS]
        if not labels or tried >= MOST_LABEL_HEADERS:
            continue
        tried += 1
        for words in words_of(catalog):
            for layout in catalog.layouts:
                if layout.form == words.form.code and layout.shape == "indicators_down":
                    table = _try(account, words, layout, labels[0])
                    if table and table.matched >= 2 and (best is None or table.score > best.score):
                        best = table
    return best


def head_of(cell: Cell) -> str:
    """A header cell's word without the ordinal that some print in the same cell: 「指标名称 甲」."""
    return _bare_head(str(cell.value))


@lru_cache(maxsize=4096)
def _bare_head(text: str) -> str:
    return re.sub(r"\(?[甲乙丙丁戊\d]\)?$", "", normalise_header(text))


def _try(account: Account, words: Words, layout: Layout, label: Cell) -> UprightTable | None:
    merge = next((m for m in account.sheet.merged if (m.top, m.left) == (label.row, label.col)), None)
    bottom, right = (merge.bottom, merge.right) if merge else (label.row, label.col)
    while is_unit_row(account, bottom + 1):
        bottom += 1
    heads = _heads(account, range(label.row, bottom + 1))
    spans = {normalise_header(word): name for name, own in layout.value_columns.items() for word in (name, *own)}
    value_cols, doubled = dict[int, str](), dict[int, str]()
    for col, texts in heads.items():
        name = next((spans[head] for text in reversed(texts) if (head := _bare_head(text)) in spans), None)
        if name:
            (doubled if name in value_cols.values() else value_cols)[col] = name
    if not value_cols:
        return None
    by_word = {_bare_head(text): col for col, texts in heads.items() for text in texts if col not in value_cols}
    table = UprightTable(
        words,
        layout,
        label.row,
        bottom,
        tuple(range(label.col, right + 1)),
        next((by_word[word] for word in UNIT_HEADERS if word in by_word), None),
        next((by_word[word] for word in CODE_HEADERS if word in by_word), None),
        value_cols,
        {col: unit for col in value_cols if (unit := _money(heads[col]))},
        doubled,
        frozenset(by_word[word] for word in SERIAL_HEADERS if word in by_word),
    )
    matched = sum(_likeness(account, table, row) for row in account.rows if row > bottom)
    return replace(table, matched=matched)


def _heads(account: Account, rows: range) -> dict[int, list[str]]:
    """The texts over each column from top to bottom, merged ranges filled in."""
    cols = sorted({cell.col for row in rows for cell in account.row(row)})
    return {col: [text for row in rows if (text := account.text(row, col))] for col in cols}


def _money(texts: list[str]) -> str | None:
    """The unit of money that the head of a value column says, in brackets or in a row of units; several as written."""
    said = [packed(text) for text in texts]
    named = (unit for text in said for unit in ([text] if text in MONEY_UNITS else money_in_brackets(text)))
    return "、".join(dict.fromkeys(named)) or None


_BY_CODE_ALONE = 0.1
"""Codes of different forms are the same small numbers: a row known only by its code says little of the form."""


def _likeness(account: Account, table: UprightTable, row: int) -> float:
    if table.by_label(table.label(account, row)):
        return 1
    return _BY_CODE_ALONE if table.meanings(account, row) else 0


def holds_figures(account: Account, table: UprightTable, col: int) -> bool:
    """Whether a column holds a figure below the header."""
    return any(cell.row > table.bottom and is_figure(cell) for cell in account.column(col))
