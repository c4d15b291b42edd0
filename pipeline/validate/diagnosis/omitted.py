"""Rows left at nought throughout, and what is known of a figure that was left out though no equation gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.equations import OUTSTANDING
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown

_LEAST = 8
"""So many figures that were something last month and are nothing now: a row, and not a block of it."""
_PERCENT = 85
"""Of them; what is printed in the form beforehand, as the registered households are, stays."""
_DOUBTED = 2
"""So many equations of a row that do not hold: it was not closed, it was left out."""


def left_at_nought(system: System, wrong: Mapping[int, int]) -> list[Found]:
    """Rows that nobody filled in; of the whole statement together, where that is all rows of several.

    Args:
        system: the statement.
        wrong: how many equations of each row do not hold.
    """
    areas = [row for row in system.rows if system.book.single[row]]
    rows = {row: codes for row in areas if wrong.get(row, 0) >= _DOUBTED and (codes := _at_nought(system.book, row))}
    groups = [list(rows)] if len(rows) == len(areas) > 1 else [[row] for row in rows]
    return [_as_found(system, {row: rows[row] for row in group}) for group in groups]


def _at_nought(book: Book, row: int) -> list[str]:
    """The figures of a row that read nought, where nearly all that were not nought last month do."""
    codes = [c.code for c in book.form.columns if (c.is_amount or c.is_count) and _now(book, row, c.code) is not None]
    nought = [code for code in codes if not _now(book, row, code)]
    lively = [code for code in codes if _last(book, row, code)]
    gone = [code for code in lively if code in nought]
    return nought if len(gone) >= _LEAST and _PERCENT * len(lively) <= 100 * len(gone) else []


def _as_found(system: System, rows: Mapping[int, Sequence[str]]) -> Found:
    book, first = system.book, next(iter(rows))
    name = book.area_name(book.records[first].area, system.submission) if len(rows) == 1 else "各县区"
    last = _last(book, first, OUTSTANDING)
    then = f"（上月“{book.label(OUTSTANDING)}”{book.say(OUTSTANDING, last)}）" if last and len(rows) == 1 else ""
    added = any(book.added[row] for row in rows)
    totals = [row for row in system.rows if added and not book.single[row]]
    codes = dict.fromkeys(code for own in rows.values() for code in own)
    of_totals = [(row, code) for row in totals for code in codes if _now(book, row, code) is not None]
    own = [(row, code) for row, nought in rows.items() for code in nought]
    words = (
        f"{name}上月有数的各栏本月都填了0{then}：疑似整行{Cause.OMITTED.value}。"
        f"请逐栏填写{book.months[system.submission].label}的数，重新报送。"
    )
    return Found(Cause.OMITTED, (), (), rows=tuple(rows), blank=(*own, *of_totals), words=words)


def at_least(book: Book, place: Place) -> int | None:
    """What distinct households have to be by the other figures of their row; None where these do not say.

    Of the month no fewer than were added to those of the year, or to those of all time; in January as many as the
    year's. Of the year no fewer than last month, and than the month's.
    """
    (row, code), is_january = place, book.month[place[0]] == 1
    stem, _, span = code.rpartition("_")
    if span == "mtd":
        year = _now(book, row, f"{stem}_ytd") if is_january else _grown(book, row, f"{stem}_ytd")
        told = (year, _grown(book, row, f"{stem}_cum"))
    elif span == "ytd":
        told = (_now(book, row, f"{stem}_mtd"), None if is_january else _last(book, row, code))
    else:
        told = (_now(book, row, f"{stem}_ytd"), _last(book, row, code))
    return max((value for value in told if value is not None and value > 0), default=None)


def _grown(book: Book, row: int, code: str) -> int | None:
    now, last = _now(book, row, code), _last(book, row, code)
    return None if now is None or last is None else now - last


def _now(book: Book, row: int, code: str) -> int | None:
    figures = book.now(code)
    return None if unknown(figures)[row] else int(figures[row])


def _last(book: Book, row: int, code: str) -> int | None:
    before = book.before(code)
    return None if unknown(before)[row] else int(before[row])
