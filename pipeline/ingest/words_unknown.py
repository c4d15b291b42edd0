"""Which names of items are not known in a form of words, or in a sheet that is nearly one: its sender is told."""

from __future__ import annotations

from collections import Counter

from pipeline.catalog import Catalog, normalise_header
from pipeline.ingest.account import Account
from pipeline.ingest.matching import words_of
from pipeline.ingest.nearest import nearest
from pipeline.ingest.words_table import MIN_ITEMS, MOST_CELLS, WordsTable, head_of, labels_in
from pipeline.model import Cell


def unknown_labels(account: Account, catalog: Catalog) -> tuple[str, ...]:
    """What else stands in a column with names of items, beside words, in a sheet that is no form; none is the rule."""
    if len(account.sheet.cells) > MOST_CELLS:
        return ()
    layouts = [layout for layout in catalog.layouts if layout.shape == "words"]
    heads = {normalise_header(word) for layout in layouts for word in layout.label_columns}
    for words in words_of(catalog):
        if words.form.code not in {layout.form for layout in layouts}:
            continue
        labels = labels_in(account, words)
        columns = {col for col, count in Counter(col for _, col in labels).items() if count >= MIN_ITEMS}
        if not columns:
            continue
        first, last = min(labels)[0], max(labels)[0]
        return tuple(
            str(cell.value).strip()
            for (row, col), cell in sorted(account.sheet.cells.items())
            if col in columns and (row, col) not in labels and first - 1 <= row <= last + 1
            if len(account.row(row)) > 1 and head_of(cell) and head_of(cell) not in heads
        )
    return ()


def unknown_label(cells: list[Cell], table: WordsTable) -> Cell | None:
    """In a row not read, the short text where the names of items stand, with more behind it."""
    columns = {item.label[1] for item in table.items}
    return next((cell for cell in cells[:-1] if cell.col in columns and head_of(cell)), None)


def nearest_items(label: Cell, table: WordsTable) -> str:
    """「“信贷产品”」: the items not in the table yet that come nearest to a label by name; empty where none does."""
    taken = {(item.slot.column.code, item.slot.institution) for item in table.items}
    found = dict.fromkeys(one.label.split("/")[0] for one in nearest(str(label.value), table.words, taken))
    return "".join(f"“{item}”" for item in found)
