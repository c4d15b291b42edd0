"""Targets of one bank that look like another's: exchanged, or copied from it (T01-6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import unknown
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.targets import BOTH, set_last_year

_Pair = tuple[str, str]
_SEVERAL = 3
"""Counties that say the same; fewer may by chance."""
_MANY, _DISTINCT = 5, 3
"""Counties of a column that is another's, and different figures in it: a table may set all banks and counties alike."""


@rule(
    "T01-6",
    level=1,
    title="各家银行的目标任务没有互换、没有照抄另一家的",
    subject="各家目标",
    source=f"{WORKING}：各家银行业务有大有小，多数县区里大小与上年相反、或者各县区都相同的，多为填错了栏",
    reads=("T01",),
    breaks={
        "exchanged": soft(
            "“{indicator}”与“{other}”的大小，{count}个县区里有{times}个与上年（{when}年）相反{also}："
            "疑似两家银行的目标任务互换。请核对这两家银行各栏；如属实，请说明原因。"
        ),
        "alike": soft(
            "“{indicator}”{count}个县区的数与“{other}”全部相同{also}：疑似照抄了另一家银行的一栏。请核对这两栏；如属实，请说明原因。"
        ),
    },
)
def targets_of_each_bank(book: Book) -> Iterator[Hit]:
    """Which of two banks has the larger target is in most counties as it was the year before; no column is another's.

    Of three banks two are exchanged where all is as it was once they change places. A column that is another's was not
    the year before, as far as that is known; it is told at the bank that is farther from what it was set then,
    as all others have grown.
    """
    for position in range(len(book.submissions)):
        exchanged: dict[_Pair, list[_Sizes]] = {}
        alike: dict[_Pair, list[_Table]] = {}
        for table in (_Table.of(book, position, code) for code in BOTH):
            copies = list(_alike(table))
            for pair in copies:
                alike.setdefault(pair, []).append(table)
            for pair, sizes in _exchanged(table) if not copies else ():
                exchanged.setdefault(pair, []).append(sizes)
        yield from (_exchanged_hit(book, pair, sizes) for pair, sizes in exchanged.items())
        yield from (_alike_hit(book, pair, tables) for pair, tables in alike.items())


@dataclass(frozen=True, eq=False)
class _Table:
    """One figure of the counties: by bank, by area, its row; what is set, and what was last year (0: not known)."""

    code: str
    rows: Mapping[str, Mapping[str, int]]
    now: Mapping[tuple[str, str], int]
    last: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, book: Book, position: int, code: str) -> _Table:
        rows: dict[str, dict[str, int]] = {}
        figures = book.now_natural(code)
        for row in np.flatnonzero((book.position == position) & book.added & ~unknown(figures)).tolist():
            rows.setdefault(book.records[row].institution, {})[book.records[row].area] = row
        places = {(bank, area): row for bank, own in rows.items() for area, row in own.items()}
        now = {place: int(figures[row]) for place, row in places.items()}
        return cls(code, rows, now, {place: set_last_year(book, row, code) or 0 for place, row in places.items()})


@dataclass(frozen=True, eq=False)
class _Sizes:
    """Two banks in the counties where one has more than the other, now and last year; of these, where it is other."""

    table: _Table
    telling: Sequence[str]
    opposite: Sequence[str]

    @classmethod
    def of(cls, table: _Table, now: Mapping[str, str], one: str, other: str) -> _Sizes:
        """`now` says whose figures stand for a bank's."""
        telling, opposite = [], []
        for area in table.rows[one]:
            places = [(bank, area) for bank in (now[one], now[other], one, other)]
            figures = [of.get(place, 0) for of, place in zip([table.now] * 2 + [table.last] * 2, places, strict=True)]
            if 0 not in figures and figures[0] != figures[1] and figures[2] != figures[3]:
                telling.append(area)
                opposite += [area] if (figures[0] > figures[1]) != (figures[2] > figures[3]) else []
        return cls(table, telling, opposite)

    @property
    def are_exchanged(self) -> bool:
        """Whether it is other in most of several."""
        return len(self.opposite) >= _SEVERAL and 3 * len(self.opposite) >= 2 * len(self.telling)


def _exchanged(table: _Table) -> list[tuple[_Pair, _Sizes]]:
    """The two banks that make most as it was by changing places, if any do."""
    as_is = {bank: bank for bank in table.rows}
    wrong = _wrong(table, as_is)
    pairs = sorted(wrong, key=lambda pair: len(_wrong(table, as_is | dict(zip(pair, pair[::-1], strict=True)))))
    return [(pair, wrong[pair]) for pair in pairs[:1]]


def _wrong(table: _Table, now: Mapping[str, str]) -> dict[_Pair, _Sizes]:
    sizes = {pair: _Sizes.of(table, now, *pair) for pair in combinations(table.rows, 2)}
    return {pair: own for pair, own in sizes.items() if own.are_exchanged}


def _alike(table: _Table) -> Iterator[_Pair]:
    """The bank whose column is another's, and that other."""
    for pair in combinations(table.rows, 2):
        areas = [area for area in table.rows[pair[0]] if area in table.rows[pair[1]]]
        now, last = ([[of[bank, area] for area in areas] for bank in pair] for of in (table.now, table.last))
        is_news = last[0] != last[1] or not any(last[0])
        if len(areas) >= _MANY and len(set(now[0])) >= _DISTINCT and now[0] == now[1] and is_news:
            grown, of = _growth(table, pair)
            away = [abs(sum(now[n]) * of - sum(last[n]) * grown) for n in range(len(pair))]
            yield pair if away[0] > away[1] else pair[::-1]


def _growth(table: _Table, pair: _Pair) -> tuple[int, int]:
    """What all other banks are set, now and last year; as much where that is not known."""
    now, last = (sum(value for (bank, _), value in of.items() if bank not in pair) for of in (table.now, table.last))
    return (now, last) if now and last else (1, 1)


# ------------------------------------------------------------------ what is told


def _exchanged_hit(book: Book, pair: _Pair, found: Sequence[_Sizes]) -> Hit:
    """At the first county of the first bank; all cells of both banks' columns are told."""
    first = found[0]
    words = {
        "count": str(len(first.telling)),
        "times": str(len(first.opposite)),
        "when": str(int(book.submissions[_of(first.table, pair[0], book)].period) - 1),
    }
    tables = [sizes.table for sizes in found]
    hit = _hit(book, "exchanged", pair, tables, first.opposite[0], pair, words)
    return replace(hit, cause=Cause.COLUMNS_EXCHANGED.name.lower())


def _alike_hit(book: Book, pair: _Pair, tables: Sequence[_Table]) -> Hit:
    """At the first county of the bank whose figures are not its own; all of them are told."""
    own = tables[0].rows[pair[0]]
    area = next(area for area in own if area in tables[0].rows[pair[1]])
    hit = _hit(book, "alike", pair, tables, area, pair[:1], {"count": str(len(own))})
    return replace(hit, cause=Cause.OTHER_COLUMN.name.lower())


def _of(table: _Table, bank: str, book: Book) -> int:
    """Of which submission a table is."""
    return book.records[next(iter(table.rows[bank].values()))].submission


def _hit(
    book: Book, kind: str, pair: _Pair, tables: Sequence[_Table], area: str, banks: Sequence[str], words: dict[str, str]
) -> Hit:
    first, *more = tables
    row, beside = (first.rows[bank][area] for bank in pair)
    other = book.label(book.place(first.code, beside))
    also = "".join(f"；“{book.label(book.place(table.code, row))}”也是这样" for table in more)
    at = book.origins[row][first.code]
    cells = [book.origins[own][table.code] for table in tables for bank in banks for own in table.rows[bank].values()]
    hit = book.hit(kind, row, first.code, None, other=other, also=also, **words)
    return replace(hit, others=tuple(cell for cell in cells if cell is not at))
