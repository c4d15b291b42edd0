"""How large a figure should be, by last month's of the same unit and area: by which slip it came to be far from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pipeline.money import YUAN_PER_WAN, round_half_up
from pipeline.validate.diagnosis.slips import FACTORS, Cause
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown

_SPANS = ("_mtd", "_ytd", "_cum")
_MATTERS = ("_loans", "_households", "_amount")
ORDINARY = Fraction(30, 100)
"""How far a stock may move in a month and still be near last month's."""
STEADY, _COARSE, _UNIT_FAR = 2, 5, 100
"""Times: what a figure that nothing happened to does not move; what a wrong unit leaves room for; nearly a unit."""
FAR = 5
"""Times: a count that is farther from last month's has lost or won a digit, or something has happened."""
_SEVERAL = 3


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
    others: tuple[int, ...] = ()
    """Of a count that is not known exactly: what else it may have been, the likeliest first."""


def slipped(book: Book, position: int) -> list[Sized]:
    """The stocks of one statement that are far from last month's and near it by a slip, in the order of the form.

    Typed totals too, against what their areas came to. Not where as much has moved beside it (loans, households and
    amount of one matter), nor where last month's was far from the month before: then that was wrong, or this grows.
    """
    codes = [column.code for column in book.form.columns if column.is_amount or column.is_count]
    stocks = [code for code in codes if not code.endswith(_SPANS) and code not in TYPED_BASES]
    rows = [int(row) for row in np.flatnonzero(book.position == position)]
    return [size for code in stocks for size in _of_column(book, rows, code)]


def _of_column(book: Book, rows: Sequence[int], code: str) -> list[Sized]:
    """Each by itself; where a column is in the wrong unit or ten times too much, also those that tell nothing."""
    sizes = {row: size for row in rows if (size := figure_slipped(book, row, code))}
    reported = {row: value for row in rows if (value := _now(book, row, code))}
    wrong = [size for size in sizes.values() if size.cause is Cause.UNIT]
    is_more = {size.reported > size.meant for size in wrong}
    if len(wrong) >= _SEVERAL and 3 * len(wrong) >= 2 * len(reported) and len(is_more) == 1:
        factor = Fraction(1, YUAN_PER_WAN) if is_more.pop() else Fraction(YUAN_PER_WAN)
        for row in reported.keys() - sizes.keys():
            last = before(book, row, code)
            if not last or not is_within(reported[row], last, STEADY):
                sizes[row] = _in_another_unit(book, row, code, factor)
    if _is_tenfold(book, code, sizes, reported):
        for row, value in reported.items():
            last = before(book, row, code)
            sizes[row] = Sized(row, code, value, last, Cause.DIGIT_MORE, value // 10, is_exact=True)
    return [sizes[row] for row in rows if row in sizes]


def _in_another_unit(book: Book, row: int, code: str, factor: Fraction) -> Sized:
    value, step = int(book.now(code)[row]), int(book.step[row])
    meant = round_half_up(value * factor / step) * step
    return Sized(row, code, value, before(book, row, code), Cause.UNIT, meant, is_exact=factor < 1)


def _is_tenfold(book: Book, code: str, sizes: Mapping[int, Sized], reported: Mapping[int, int]) -> bool:
    """Counts that all end in nought and are far from last month's, one of them by a digit too many."""
    if book.form.by_code[code].is_amount or len(reported) < _SEVERAL:
        return False
    lasts = {row: before(book, row, code) for row in reported}
    is_far = all(not last or not is_within(reported[row], last, STEADY) for row, last in lasts.items())
    is_more = any(size.cause is Cause.DIGIT_MORE for size in sizes.values())
    return is_more and is_far and not any(value % 10 for value in reported.values())


def figure_slipped(book: Book, row: int, code: str) -> Sized | None:
    """The same of one figure; None where last month's tells no slip."""
    reported, last, earlier = _now(book, row, code), before(book, row, code), before(book, row, code, 2)
    size = _sized(book, row, code, reported, last) if reported and last else None
    if size is None or last is None:
        return None
    if size.cause is Cause.UNIT:
        return size if not earlier or is_within(last, earlier, _UNIT_FAR) else None
    if earlier and not is_within(last, earlier, STEADY):
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
            others = () if is_amount else tuple(_by_a_digit(reported, last, step))
            return Sized(row, code, reported, last, less, reported * factor, is_exact=False, others=others)
    if is_within(reported, last, FAR) or not (nearest := _by_a_digit(reported, last, step)):
        return None
    cause = Cause.DIGIT_MORE if reported > last else Cause.DIGIT_LESS
    others = () if is_amount else tuple(nearest[1:])
    return Sized(row, code, reported, last, cause, nearest[0], len(nearest) == 1, others)


def _by_a_digit(reported: int, last: int, step: int) -> list[int]:
    """One digit too many or too few, wherever it stands: all that it may be near last month's, the nearest first."""
    typed, is_more = str(reported // step), reported > last
    if reported % step:
        return []
    if is_more:
        texts = {typed[:at] + typed[at + 1 :] for at in range(len(typed))}
    else:
        texts = {typed[:at] + digit + typed[at:] for at in range(len(typed) + 1) for digit in "0123456789"}
    cause = Cause.DIGIT_MORE if is_more else Cause.DIGIT_LESS
    values = [int(text or "0") * step for text in texts]
    return sorted((value for value in values if _is_near(Fraction(value), last, cause)), key=lambda v: abs(v - last))


def _is_near(meant: Fraction, last: int, cause: Cause) -> bool:
    if cause is Cause.UNIT:
        return is_within(meant, last, _COARSE)
    return abs(meant - last) <= last * ORDINARY


def is_within(one: Fraction | int, other: int, times: int) -> bool:
    """Whether neither is more than so many times the other."""
    return one <= other * times and other <= one * times


def _moves_with_it(book: Book, row: int, code: str, *, is_more: bool) -> bool:
    """Whether another figure of the same matter has moved far in the same direction: something has happened.

    Two counts that go wrong together leave the money where it was: of a count, that tells, where it is known.
    """
    figures = {other: (_now(book, row, other), before(book, row, other)) for other in of_one_matter(code)}
    money = next((figure for other, figure in figures.items() if other.endswith("_amount")), None)
    for now, last in [money] if money and all(money) else figures.values():
        if now is not None and last is not None and not is_within(now, last, STEADY) and (now > last) == is_more:
            return True
    return False


def of_one_matter(code: str) -> Iterator[str]:
    """The other figures of the same loans: their number, their households, their amount."""
    stem = next((code.removesuffix(end) for end in _MATTERS if code.endswith(end)), "")
    yield from (stem + end for end in _MATTERS if stem and stem + end != code)


def stem_of_count(code: str) -> str:
    """What loans or households are counted of; "" of other figures."""
    return next((code.removesuffix(end) for end in _MATTERS[:2] if code.endswith(end)), "")


def _now(book: Book, row: int, code: str) -> int | None:
    figures = book.now_natural(code)
    return None if unknown(figures)[row] else int(figures[row])


def meant_in_words(book: Book, size: Sized) -> str:
    """「应为290户」, or about so much."""
    return f"应{'为' if size.is_exact else '约为'}{book.say(size.code, size.meant)}"


def before(book: Book, row: int, code: str, back: int = 1) -> int | None:
    """The figure in force so many months ago, imported ones too; of a typed total, what its areas came to."""
    earlier = book.base_before(code, back)
    if book.single[row]:
        return None if unknown(earlier)[row] else int(earlier[row])
    own = book.position == book.records[row].submission
    areas = np.flatnonzero(own & book.added & ~unknown(earlier))
    return int(earlier.data[areas].sum()) if len(areas) else None
