"""Typed totals held against the areas that they sum up, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Integers, Mask, true, unknown
from pipeline.validate.owed import ABSENT_IS_NONE, is_unsigned, tells
from pipeline.validate.tolerance import rounding, steps_counted


def mismatches(book: Book) -> tuple[Hit, ...]:
    """Typed totals that differ from the sum of their areas by more than roundings explain.

    Tolerance: half the sum of the steps of the total and of each area, none for counts and for senders exact to the
    fen; a ytd figure counts as many steps as `steps_counted` says. Not compared: a column in which an area is blank,
    or below zero where it may not be, and what may be left out where a whole row is blank; these are findings of their
    own.
    """
    return book.once(_all_mismatches)


def _all_mismatches(book: Book) -> tuple[Hit, ...]:
    totals = _totals(book)
    columns = (column for column in book.form.columns if column.is_amount or column.is_count)
    return tuple(hit for column in columns for hit in _mismatches(book, column, totals))


@dataclass(frozen=True, eq=False)
class _Totals:
    """Rows of typed totals, and which rows each of them sums up."""

    rows: Integers
    areas: Integers
    total: Integers
    """Of each of `areas`, the position in `rows` of its total."""

    def summed(self, figures: Integers | Mask) -> Integers:
        """What the areas of each total add up to."""
        sums = np.zeros(len(self.rows), dtype=np.int64)
        np.add.at(sums, self.total, figures[self.areas])
        return sums


def _totals(book: Book) -> _Totals:
    by_key: dict[tuple[int, str], list[int]] = {}
    for row in np.flatnonzero(book.added):
        by_key.setdefault((book.records[row].submission, book.records[row].institution), []).append(int(row))
    areas = {
        int(row): own
        for row in np.flatnonzero(~book.single)
        if (own := by_key.get((book.records[row].submission, book.records[row].institution)))
    }
    return _Totals(
        rows=np.array(list(areas), dtype=np.int64),
        areas=np.array([row for own in areas.values() for row in own], dtype=np.int64),
        total=np.repeat(np.arange(len(areas)), [len(own) for own in areas.values()]),
    )


def _mismatches(book: Book, column: Column, totals: _Totals) -> Iterator[Hit]:
    figures = book.now(column.code)
    sums = totals.summed(figures.filled(0))
    differences = abs(figures[totals.rows] - sums)
    if not true(differences > 0).any():
        return
    missing = unknown(figures)
    if column.code in ABSENT_IS_NONE:
        missing = missing & ~tells(book)
    impossible = (figures.data < 0) & is_unsigned(column)
    complete = totals.summed(missing | impossible) == 0
    step = np.where(book.step > 1, book.step, 0)[totals.rows] * column.is_amount
    (counted,) = steps_counted([column.code], book.month[totals.rows]).T
    allowed = counted * (totals.summed(book.single) + 1) * step
    for at in np.flatnonzero(true(2 * differences > allowed) & complete):
        yield book.hit(
            "mismatch",
            int(totals.rows[at]),
            column.code,
            int(sums[at]),
            difference=book.say(column.code, int(differences[at])),
            allowed=rounding(book, column.code, int(allowed[at])),
        )
