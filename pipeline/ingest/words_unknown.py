"""A sheet that is nearly a form of words: which names of items in it are not known, so that its sender can be told."""

from __future__ import annotations

from collections import Counter

from pipeline.catalog import Catalog, normalise_header
from pipeline.ingest.account import Account
from pipeline.ingest.matching import words_of
from pipeline.ingest.words_table import MIN_ITEMS, MOST_CELLS, head_of, labels_in


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
