"""What a single wrong figure is called: what it tells of itself beside what it was meant to be."""

from __future__ import annotations

import numpy as np

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import STEMS, Cause, slip
from pipeline.validate.diagnosis.system import Place
from pipeline.validate.diagnosis.witnesses import last_months
from pipeline.validate.equations import OUTSTANDING, TYPED_BASES
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.owed import before_or_none
from pipeline.validate.rules.grades import NPL

NPL_TOTAL = "npl_amount"
WEAK = frozenset({Cause.OTHER, Cause.WRONG_DIGIT})
"""What may fit by chance."""
BY_COINCIDENCE = WEAK | {Cause.OTHER_COLUMN}
"""What speaks for no guess: among forty figures of a row two are easily alike."""
BY_CHANCE = 10
"""A count below this may well be another's too."""


def cause_of(book: Book, place: Place, reported: int, meant: int) -> Cause:
    """What a single wrong figure tells of itself."""
    row, code = place
    step = int(book.step[row]) if book.form.by_code[code].is_amount else 1
    if not book.single[row]:
        told = _cause_of_total(book, place, reported, meant)
    else:
        told = _of_another_time(book, place, reported, meant) or _of_another_column(book, place, reported)
    if told is Cause.OTHER_COLUMN and code == OUTSTANDING:
        told = _of_another_month(book, place, reported) or told  # it stands among the bases too
    slipped = slip(reported, meant, step, is_amount=book.form.by_code[code].is_amount)
    if told is Cause.OTHER_COLUMN and code == NPL_TOTAL and reported in {int(book.now(part)[row]) for part in NPL}:
        return told  # the sum is one of its own parts: closer than any digits
    if slipped in WEAK or slipped is None:
        return told or _of_another_month(book, place, reported) or slipped or Cause.OTHER
    return slipped if told is Cause.OTHER_COLUMN else told or slipped


def _of_another_time(book: Book, place: Place, reported: int, meant: int) -> Cause | None:
    """Another month's figure, or another span's."""
    row, code = place
    before = last_months(book, row, code)
    if reported and reported == before:
        return Cause.LAST_MONTHS
    for end, others in STEMS.items():
        for other, cause in others.items() if code.endswith(end) else ():
            beside = book.now(code.removesuffix(end) + other)
            stands_there = reported and not unknown(beside)[row] and int(beside[row]) == reported
            if stands_there and not (cause is Cause.YEAR_AS_MONTH and _began_with_it(book, place, other, reported)):
                return cause
    is_january = code.endswith("_ytd") and book.month[row] == 1
    if is_january and before and abs(reported - meant - before) <= _rounded(book, place, 2):
        return Cause.YEAR_NOT_RESET
    return None


def _began_with_it(book: Book, place: Place, other: str, reported: int) -> bool:
    """Whether all that there is so far would have to be of this month, so that it is no year's figure in its place."""
    row, code = place
    before = before_or_none(book, code.removesuffix("_mtd") + other, 1)
    if other == "_ytd" and book.month[row] == 1:
        return True
    return not unknown(before)[row] and not int(before[row]) and bool(reported)


def _of_another_month(book: Book, place: Place, reported: int) -> Cause | None:
    """The figure of a month longer ago; of a typed base, the balance of another month than it names."""
    row, code = place
    if not book.single[row] or not reported:
        return None
    source = OUTSTANDING if code in TYPED_BASES else code
    for back in range(1, MONTHS_BACK + 1):
        then = book.before(source, back)
        if not unknown(then)[row] and int(then[row]) == reported:
            return Cause.OTHER_MONTH
    return None


def _of_another_column(book: Book, place: Place, reported: int) -> Cause | None:
    """An amount that is a count of the same row, or another amount of it; small numbers agree by chance."""
    row, code = place
    if not book.form.by_code[code].is_amount:
        return None
    for column in book.form.columns:
        there = book.now(column.code)
        if column.code == code or column.is_text or column.is_rate or unknown(there)[row]:
            continue
        typed = int(there[row]) * (1 if column.is_amount else FEN_PER_WAN if book.step[row] > 1 else FEN_PER_YUAN)
        if typed == reported and int(there[row]) >= BY_CHANCE:
            return Cause.OTHER_COLUMN
    return None


def _cause_of_total(book: Book, place: Place, reported: int, meant: int) -> Cause | None:
    """What a typed total tells: last month's, with of-which areas in it, or without one of its areas."""
    row, code = place
    values, own = book.now(code), book.position == book.records[row].submission
    single, added = (np.flatnonzero(own & which & ~unknown(values)) for which in (book.single, book.added))
    inside = sorted(set(single) - set(added))
    near = _rounded(book, place, len(added) + 1)
    before = last_months(book, row, code)
    if reported and before is not None and abs(reported - before) <= near:
        return Cause.TOTAL_NOT_UPDATED
    surplus = reported - meant
    extra = [int(values[other]) for other in inside]
    if surplus > near and any(abs(surplus - value) <= near for value in (sum(extra), *extra)):
        return Cause.OF_WHICH_ADDED
    if surplus < -near and any(abs(surplus + int(values[other])) <= near for other in added):
        return Cause.AREA_LEFT_OUT
    return None


def _rounded(book: Book, place: Place, figures: int) -> int:
    """By how much a figure may be off where so many roundings meet."""
    row, code = place
    return int(book.step[row]) * figures // 2 if book.form.by_code[code].is_amount and book.step[row] > 1 else 0
