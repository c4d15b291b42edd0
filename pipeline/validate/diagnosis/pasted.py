"""Columns of counts that hold an amount's figures: pasted one column too far, where the money has no decimals.

With decimals no count can be read of them, and reading the file tells it (F07).
"""

from __future__ import annotations

import numpy as np

from pipeline.money import FEN_PER_WAN, MONEY_UNITS
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.naming import BY_CHANCE
from pipeline.validate.diagnosis.size import ORDINARY
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, unknown

_LEAST = 3
"""So many different figures, none of them small: they are not the same by chance."""


def pasted(system: System) -> list[Found]:
    """Counts of which every one that is not nought is the amount beside it, in whole units of the sheet's money."""
    book, areas = system.book, np.array([row for row in system.rows if system.book.single[row]], dtype=np.int64)
    if len(areas) < _LEAST:
        return []
    fen = MONEY_UNITS.get(book.submissions[system.submission].money_unit, FEN_PER_WAN)
    counts = {column.code: _figures(book, areas, column.code) for column in book.form.columns if column.is_count}
    amounts = {column.code: _figures(book, areas, column.code) for column in book.form.columns if column.is_amount}
    found = []
    for code, figures in counts.items():
        told = np.unique(figures[np.abs(figures) >= BY_CHANCE])
        source = next((o for o, money in amounts.items() if _is_same(figures, money, fen)), "")
        if source and len(told) >= _LEAST and not _is_as_before(book, areas, code):
            found.append(_as_found(system, code, source))
    return found


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
