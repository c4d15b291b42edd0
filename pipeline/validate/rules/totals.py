"""Typed totals 「合计」 against the areas that they sum up (A01)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.validate.frames import Book, Hit
from pipeline.validate.owed import ABSENT_IS_NONE, is_unsigned, tells
from pipeline.validate.registry import DUTY, hard, rule
from pipeline.validate.rules.areas import area_faults
from pipeline.validate.tolerance import rounding, steps_counted

MISMATCH = (
    "“{indicator}”的合计填报{value}，各县区相加为{expected}，相差{difference}{allowed}。"
    "请核对合计数和各县区数，改正后重新报送。"
)


@rule(
    "A01",
    level=1,
    title="合计等于各县区之和",
    source=DUTY,
    reads=("M01",),
    breaks={"mismatch": hard(MISMATCH)},
)
def areas_add_up_to_total(book: Book) -> Iterator[Hit]:
    """Where a total is typed, the areas add up to it, for every amount and count; of-which areas are not added."""
    broken = {hit.submission for hit in area_faults(book)}
    for hit in mismatches(book):
        if hit.submission not in broken:
            yield hit


def mismatches(book: Book) -> Iterator[Hit]:
    """Typed totals that differ from the sum of their areas by more than roundings explain.

    Tolerance: half the sum of the steps of the total and of each area, none for counts and for senders exact to the
    fen; a ytd figure counts as many steps as `steps_counted` says. Not compared: a column in which an area is blank,
    or below zero where it may not be, and what may be left out where a whole row is blank; these are findings of their
    own.
    """
    keys = ["submission", "institution"]
    columns = [column for column in book.form.columns if column.is_amount or column.is_count]
    codes = [column.code for column in columns]
    areas = book.rows[book.added].groupby(keys)
    totals = book.rows[~book.single].reset_index(names="row").set_index(keys)
    totals = totals[totals.index.isin(areas.size().index)]
    if totals.empty:
        return
    sums = areas[codes].sum().loc[totals.index].to_numpy(np.int64)
    size = areas.size().loc[totals.index].to_numpy(np.int64)[:, None]
    telling = book.rows[book.added & tells(book)].groupby(keys).size().reindex(totals.index, fill_value=0)
    all_tell = telling.to_numpy(np.int64)[:, None] == size
    complete = (areas[codes].count().loc[totals.index].to_numpy() == size) | (np.isin(codes, ABSENT_IS_NONE) & all_tell)
    typed = totals[codes].to_numpy(np.int64, na_value=0)
    step = np.where(totals["step"] > 1, totals["step"], 0)[:, None] * np.array([c.is_amount for c in columns])
    allowed = steps_counted(codes, totals["month"].to_numpy(np.int64)) * (size + 1) * step
    impossible = (areas[codes].min().loc[totals.index] < 0).to_numpy(bool, na_value=False) & [
        is_unsigned(c) for c in columns
    ]
    wrong = (2 * np.abs(typed - sums) > allowed) & complete & ~impossible & totals[codes].notna().to_numpy()
    for i, j in np.argwhere(wrong):
        yield book.hit(
            "mismatch",
            int(totals["row"].iloc[i]),
            codes[j],
            int(sums[i, j]),
            difference=book.say(codes[j], abs(int(typed[i, j] - sums[i, j]))),
            allowed=rounding(book, codes[j], int(allowed[i, j])),
        )
