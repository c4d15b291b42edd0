"""By how much a figure of one area changed since last month, and whether it ever changed as much before."""

from __future__ import annotations

from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown
from pipeline.validate.neighbours import MONTHS_BACK


def change_of(book: Book, row: int, code: str) -> int | None:
    """By how much a figure of one area differs from last month's, imported ones too; None where that is not known."""
    change = abs(book.now(code) - book.base_before(code))
    return None if unknown(change)[row] else int(change[row])


def largest_change(book: Book, row: int, code: str) -> int | None:
    """By how much it changed in a month before, at most; None where no two months in a row are known."""
    changes = (abs(book.base_before(code, back) - book.base_before(code, back + 1)) for back in range(1, MONTHS_BACK))
    known = [int(change[row]) for change in changes if not unknown(change)[row]]
    return max(known, default=None)


def has_jumped(book: Book, row: int, code: str) -> bool:
    """Whether it changed more than in any month before; not where these are not known."""
    change, most = change_of(book, row, code), largest_change(book, row, code)
    return change is not None and most is not None and change > most
