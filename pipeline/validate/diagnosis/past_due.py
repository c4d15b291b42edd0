"""All that is past due left at nought, while something is past due beyond the days of grace: that is a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import last_months
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown

PAST_DUE = ("past_due_amount", "past_due_households", "past_due_loans")
BEYOND = "past_due_beyond_grace_amount"


def past_due_left_out(system: System) -> Iterator[Found]:
    """Rows of which amount, households and loans past due, as far as reported, are nought, and were not last month."""
    book = system.book
    for row in (row for row in system.rows if book.single[row]):
        own = [code for code in PAST_DUE if not unknown(book.now(code))[row]]
        is_nought = len(own) > 1 and own[0] == PAST_DUE[0] and not any(int(book.now(code)[row]) for code in own)
        beyond, last = book.now_natural(BEYOND), last_months(book, row, PAST_DUE[0])
        if is_nought and last and not unknown(beyond)[row] and int(beyond[row]):
            totals = [at for at in system.rows if not book.single[at]] if book.added[row] else []
            of_totals = [(at, code) for at in totals for code in own if not unknown(book.now(code))[at]]
            blank = (*((row, code) for code in own), *of_totals)
            yield Found(Cause.OMITTED, (), (), rows=(row,), blank=blank, words=_words(book, row, own, last))


def _words(book: Book, row: int, codes: list[str], last: int) -> str:
    area = book.area_name(book.records[row].area, book.records[row].submission)
    labels = "、".join(f"“{book.label(code)}”" for code in codes)
    return (
        f"{area}{labels}都填了0，而“{book.label(BEYOND)}”{book.say(BEYOND, int(book.now(BEYOND)[row]))}是它的一部分"
        f"（上月“{book.label(codes[0])}”{book.say(codes[0], last)}）：疑似{Cause.OMITTED.value}。"
        "请核对，改正后重新报送；如属实，请说明原因。"
    )
