"""Columns that hold another column's figures: counts an amount's, pasted one column too far, or one of their own kind.

The money has no decimals then: with decimals no count can be read of it, and reading the file tells it (F07).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.money import FEN_PER_WAN, MONEY_UNITS
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.naming import BY_CHANCE
from pipeline.validate.diagnosis.size import ORDINARY
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, true, unknown
from pipeline.validate.rules.parts import WHOLES

_STARTS_ANEW = ("_mtd", "_ytd")
_MAY_BE_ALL = {**WHOLES, "interest_subsidy_paid_ytd": ("interest_subsidy_accrued_ytd",)}
"""By figure, those that it comes to be the same as."""
_LEAST = 3
"""So many different figures, none of them small: they are not the same by chance."""


def pasted(system: System) -> list[Found]:
    """Counts that are all the amounts beside them, in whole units of the sheet's money; figures that are another's."""
    book, areas = system.book, np.array([row for row in system.rows if system.book.single[row]], dtype=np.int64)
    if len(areas) < _LEAST:
        return []
    counts = {column.code: _figures(book, areas, column.code) for column in book.form.columns if column.is_count}
    amounts = {column.code: _figures(book, areas, column.code) for column in book.form.columns if column.is_amount}
    return [
        _as_found(system, code, source)
        for own, others in ((counts, amounts), (amounts, counts))
        for code, figures in own.items()
        if len(np.unique(figures[np.abs(figures) >= BY_CHANCE])) >= _LEAST
        if (source := _source(system, areas, code, own, others))
    ]


def _source(
    system: System, areas: Integers, code: str, own: Mapping[str, Integers], others: Mapping[str, Integers]
) -> str:
    """The column that the figures of this one were taken from; "" where they are its own."""
    book, form = system.book, system.book.form
    alike = (one for one in own if one != code and np.array_equal(own[one], own[code]))
    if source := next((one for one in alike if _is_the_others(book, areas, code, one)), ""):
        return source
    fen = MONEY_UNITS.get(book.submissions[system.submission].money_unit, FEN_PER_WAN)
    if form.by_code[code].is_amount or _is_as_before(book, areas, code):
        return ""
    return next((one for one, money in others.items() if _is_same(own[code], money, fen)), "")


def _is_the_others(book: Book, areas: Integers, code: str, source: str) -> bool:
    """Whether figures that two columns share are nearer to what the other held last month, where they were not alike.

    Flows of a month, and in January those of the year, are near nothing that was before. A base of comparison is an
    earlier month's, which has a name of its own, and a part may be all of its whole.
    """
    anew = _STARTS_ANEW[: 2 if book.month[areas[0]] == 1 else 1]
    if any(one.endswith(anew) or one in TYPED_BASES for one in (code, source)) or source in _MAY_BE_ALL.get(code, ()):
        return False
    now, here, there = book.now(code)[areas], book.base_before(code)[areas], book.base_before(source)[areas]
    apart = true(here != there)
    own, others = (int(np.ma.filled(abs(now - before), 0)[apart].sum()) for before in (here, there))
    return len(np.unique(now.data[apart])) >= _LEAST and others < own


def _figures(book: Book, rows: Integers, code: str) -> Integers:
    figures: Integers = np.ma.filled(book.now(code), 0)[rows]
    return figures


def _is_same(counts: Integers, amounts: Integers, fen: int) -> bool:
    return bool(np.all(np.abs(counts * fen - amounts) < fen))


def _is_as_before(book: Book, rows: Integers, code: str) -> bool:
    """Whether most of the counts are about what they were last month: then the amounts happen to be the same."""
    before, now = book.base_before(code), book.now(code)
    known = [int(row) for row in rows if not unknown(before)[row] and int(before[row])]
    near = [row for row in known if abs(int(now.data[row]) - int(before[row])) <= ORDINARY * int(before[row])]
    return bool(known) and 2 * len(near) > len(known)


def _as_found(system: System, code: str, source: str) -> Found:
    book = system.book
    blank = [(row, code) for row in system.rows if not unknown(book.now(code))[row]]
    here, there = book.label(code), book.label(source)
    row = blank[0][0]
    first = book.area_name(book.records[row].area, system.submission) + book.say(code, int(book.now(code)[row]))
    words = (
        f"“{here}”一栏填的是“{there}”的数，共{len(blank)}处，如{first}：疑似{Cause.OTHER_COLUMN.value}。"
        f"请改填“{here}”（{book.form.by_code[code].unit}），重新报送。"
    )
    return Found(Cause.OTHER_COLUMN, (), (), code, blank=tuple(blank), words=words)
