"""How large a figure should be, by last month's of the same unit and area: by which slip it came to be far from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pipeline.money import YUAN_PER_WAN, round_half_up
from pipeline.validate.diagnosis.slips import FACTORS, Cause
from pipeline.validate.diagnosis.system import BASES
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown

_SPANS = ("_mtd", "_ytd", "_cum")
_TYPED_BASES = frozenset(code for code, _ in BASES)
_MATTERS = ("_loans", "_households", "_amount")
ORDINARY = Fraction(30, 100)
"""How far a stock may move in a month and still be near last month's."""
_STEADY, _COARSE, _FAR = 2, 5, 100
"""Times: what a figure that nothing happened to does not move; what a wrong unit leaves room for; nearly a unit."""
_ABSURD, _SEVERAL = 5, 3


@dataclass(frozen=True, slots=True)
class Sized:
    """A figure, the slip that explains it, what it was meant to be by that, and last month's.

    `is_exact`: whether the slip lost no digit, so that what was meant is known and not only about how much.
    """

    row: int
    code: str
    reported: int
    last: int | None
    cause: Cause
    meant: int
    is_exact: bool


def slipped(book: Book, position: int) -> list[Sized]:
    """The stocks of one statement that are far from last month's and near it by a slip, in the order of the form.

    Typed totals too, against what their areas came to. Not where as much has moved beside it (loans, households and
    amount of one matter), nor where last month's was far from the month before: then that was wrong, or this grows.
    """
    codes = [column.code for column in book.form.columns if column.is_amount or column.is_count]
    stocks = [code for code in codes if not code.endswith(_SPANS) and code not in _TYPED_BASES]
    rows = [int(row) for row in np.flatnonzero(book.position == position)]
    return [size for code in stocks for size in _of_column(book, rows, code)]


def _of_column(book: Book, rows: Sequence[int], code: str) -> list[Sized]:
    """Each by itself; where most of a column is in the wrong unit, also those that last month's tells nothing of."""
    sizes = {row: size for row in rows if (size := _of_figure(book, row, code))}
    reported = {row: value for row in rows if (value := _now(book, row, code))}
    wrong = [size for size in sizes.values() if size.cause is Cause.UNIT]
    is_more = {size.reported > size.meant for size in wrong}
    if len(wrong) >= _SEVERAL and 3 * len(wrong) >= 2 * len(reported) and len(is_more) == 1:
        factor = Fraction(1, YUAN_PER_WAN) if is_more.pop() else Fraction(YUAN_PER_WAN)
        for row in reported.keys() - sizes.keys():
            last = before(book, row, code)
            if not last or not _is_within(reported[row], last, _STEADY):
                sizes[row] = _in_another_unit(book, row, code, factor)
    return [sizes[row] for row in rows if row in sizes]


def _in_another_unit(book: Book, row: int, code: str, factor: Fraction) -> Sized:
    value, step = int(book.now(code)[row]), int(book.step[row])
    meant = round_half_up(value * factor / step) * step
    return Sized(row, code, value, before(book, row, code), Cause.UNIT, meant, is_exact=factor < 1)


def _of_figure(book: Book, row: int, code: str) -> Sized | None:
    reported, last, earlier = _now(book, row, code), before(book, row, code), before(book, row, code, 2)
    size = _sized(book, row, code, reported, last) if reported and last else None
    if size is None or last is None:
        return None
    if size.cause is Cause.UNIT:
        return size if not earlier or _is_within(last, earlier, _FAR) else None
    if earlier and not _is_within(last, earlier, _STEADY):
        return None
    return None if _moves_with_it(book, row, code, is_more=size.reported > last) else size


def _sized(book: Book, row: int, code: str, reported: int, last: int) -> Sized | None:
    is_amount = book.form.by_code[code].is_amount
    if not is_amount and last < int(book.threshold("return_jump_min_count")[row]):
        return None
    step = int(book.step[row]) if is_amount else 1
    for factor, more, less in FACTORS if is_amount else FACTORS[1:]:
        if _is_near(Fraction(reported, factor), last, more):
            meant = round_half_up(Fraction(reported, factor * step)) * step
            return Sized(row, code, reported, last, more, meant, more is Cause.UNIT or not reported % (factor * step))
        if _is_near(Fraction(reported * factor), last, less):
            return Sized(row, code, reported, last, less, reported * factor, is_exact=False)
    return _by_a_digit(row, code, reported, last, step)


def _by_a_digit(row: int, code: str, reported: int, last: int, step: int) -> Sized | None:
    """One digit too many or too few, wherever it stands: what comes nearest to last month's of all that it may be."""
    typed, is_more = str(reported // step), reported > last
    if _is_within(reported, last, _ABSURD) or reported % step:
        return None
    if is_more:
        texts = {typed[:at] + typed[at + 1 :] for at in range(len(typed))}
    else:
        texts = {typed[:at] + digit + typed[at:] for at in range(len(typed) + 1) for digit in "0123456789"}
    cause = Cause.DIGIT_MORE if is_more else Cause.DIGIT_LESS
    values = [int(text or "0") * step for text in texts]
    meant = sorted((value for value in values if _is_near(Fraction(value), last, cause)), key=lambda v: abs(v - last))
    return Sized(row, code, reported, last, cause, meant[0], len(meant) == 1) if meant else None


def _is_near(meant: Fraction, last: int, cause: Cause) -> bool:
    if cause is Cause.UNIT:
        return _is_within(meant, last, _COARSE)
    return abs(meant - last) <= last * ORDINARY


def _is_within(one: Fraction | int, other: int, times: int) -> bool:
    return one <= other * times and other <= one * times


def _moves_with_it(book: Book, row: int, code: str, *, is_more: bool) -> bool:
    """Whether another figure of the same matter has moved far in the same direction: something has happened."""
    stem = next((code.removesuffix(end) for end in _MATTERS if code.endswith(end)), "")
    for other in (stem + end for end in _MATTERS if stem and stem + end != code):
        now, last = _now(book, row, other), before(book, row, other)
        if now is not None and last is not None and not _is_within(now, last, _STEADY) and (now > last) == is_more:
            return True
    return False


def _now(book: Book, row: int, code: str) -> int | None:
    figures = book.now_natural(code)
    return None if unknown(figures)[row] else int(figures[row])


def before(book: Book, row: int, code: str, back: int = 1) -> int | None:
    """The figure in force so many months ago, imported ones too; of a typed total, what its areas came to."""
    earlier = book.base_before(code, back)
    if book.single[row]:
        return None if unknown(earlier)[row] else int(earlier[row])
    own = book.position == book.records[row].submission
    areas = np.flatnonzero(own & book.added & ~unknown(earlier))
    return int(earlier.data[areas].sum()) if len(areas) else None
