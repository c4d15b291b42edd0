"""Which figures must be reported, and what counts as a blank."""

from __future__ import annotations

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.model import Observation, Symbol
from pipeline.validate.frames import Book
from pipeline.validate.masked import Figures, Integers, Mask, true, unknown, zero_at

RATE = "weighted_average_rate"
LENT = "disbursed_amount_ytd"
SIGNED = ("other_change_amount_mtd", "other_change_amount_ytd")
"""Transfers in and out: the only figures that may be below zero."""
ABSENT_IS_NONE = (
    "written_off_amount_mtd",
    "written_off_amount_ytd",
    "other_change_amount_mtd",
    "other_change_amount_ytd",
)
"""Rare, and a bank that had none may leave them out: here a blank means that nothing happened, so it adds nothing."""


def is_required(column: Column) -> bool:
    """Owed always, or (the rate of what was lent this year) under a condition."""
    return column.required or column.code == RATE


def may_not_be_negative(column: Column) -> bool:
    """Stocks, flows and counts; a rate has a range of its own (A14)."""
    return not column.is_rate and column.code not in SIGNED


def is_reversible(column: Column) -> bool:
    """An amount of the month: below zero it can be a reversal 「冲正」, to be explained."""
    return column.is_amount and column.code.endswith("_mtd")


def is_unsigned(column: Column) -> bool:
    """Never below zero, whatever the explanation."""
    return may_not_be_negative(column) and not is_reversible(column)


def owed(book: Book, column: Column) -> Mask:
    """The rows at which this figure must be reported: areas that add up, in months that have the column."""
    held = np.array([column.holds(month) for month in book.months], dtype=bool)
    rows: Mask = book.added & held[book.position]
    return rows & true(book.now(LENT) > 0) if column.code == RATE else rows


def now_or_none(book: Book, indicator: str) -> Figures:
    """The figures, nought where a blank means that nothing happened."""
    figures = book.now(indicator)
    return zero_at(figures, unknown(figures)) if indicator in ABSENT_IS_NONE else figures


def before_or_none(book: Book, indicator: str, back: int | Integers = 1) -> Figures:
    """The same of earlier months: nothing happened only where there is a statement that could have told."""
    figures = book.before(indicator, back)
    return zero_at(figures, unknown(figures) & book.stated_before(back)) if indicator in ABSENT_IS_NONE else figures


def is_blank(at: Observation | None) -> bool:
    """Nothing stands in the cell, or a dash. What could not be read is the reader's finding (F07), not a blank."""
    return at is not None and at.value is None and not at.text and (not at.raw or at.symbol is Symbol.NOT_APPLICABLE)


def lends_nothing(book: Book) -> Mask:
    """Nothing lent this year: the amount reads zero and no count says otherwise."""
    counts = true(book.now("disbursed_loans_ytd") > 0) | true(book.now("disbursed_households_ytd") > 0)
    return true(book.now(LENT) == 0) & ~counts


def tells(book: Book) -> Mask:
    """The rows in which anything is reported that always must be: only there a blank means that nothing happened."""
    return book.once(_tells)


def _tells(book: Book) -> Mask:
    told: Mask = np.zeros(len(book.records), dtype=bool)
    for column in book.form.columns:
        if column.required and not column.is_text:
            told |= ~unknown(book.now(column.code))
    return told
