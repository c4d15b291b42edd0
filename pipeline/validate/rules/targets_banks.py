"""Targets of one bank that look like another's: exchanged, or copied from it (T01-6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from operator import sub

import numpy as np

from pipeline.model import Observation
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import unknown
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.targets import BOTH, set_last_year

_Pair = tuple[str, str]
SEVERAL = 3
"""Counties that say the same; fewer may by chance."""
MANY_COUNTIES, DISTINCT = 5, 3
"""Counties of a column that is another's, and different figures in it: a table may set all banks and counties alike."""


@rule(
    "T01-6",
    level=1,
    title="各家银行的目标任务没有互换、没有照抄另一家的",
    subject="各家目标",
    source=f"{WORKING}：各家银行业务有大有小，多数县区里大小与上年相反、或者各县区都相同的，多为填错了栏",
    reads=("T01",),
    needs=(Need.LAST_TARGETS,),
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
        alike: dict[_Pair, list[_Copy]] = {}
        for table in (Table.of(book, position, code) for code in BOTH):
            copies = list(_alike(table))
            for copy in copies:
                alike.setdefault(copy.pair, []).append(copy)
            for sizes in _exchanged(table) if not copies else ():
                exchanged.setdefault(sizes.pair, []).append(sizes)
        yield from (_exchanged_hit(book, found) for found in exchanged.values())
        yield from (_alike_hit(book, found) for found in alike.values())


@dataclass(frozen=True, eq=False)
class Table:
    """One figure of the counties: by bank, by area, its row; what is set, and what was last year (0: not known)."""

    code: str
    year: int
    rows: Mapping[str, Mapping[str, int]]
    now: Counter[tuple[str, str]]
    last: Counter[tuple[str, str]]

    @classmethod
    def of(cls, book: Book, position: int, code: str) -> Table:
        """Of the submission at this position of the book."""
        rows: dict[str, dict[str, int]] = {}
        figures = book.now_natural(code)
        for row in np.flatnonzero((book.position == position) & book.added & ~unknown(figures)).tolist():
            rows.setdefault(book.records[row].institution, {})[book.records[row].area] = row
        places = {(bank, area): row for bank, own in rows.items() for area, row in own.items()}
        now = Counter({place: int(figures[row]) for place, row in places.items()})
        last = Counter({place: set_last_year(book, row, code) or 0 for place, row in places.items()})
        return cls(code, int(book.submissions[position].period), rows, now, last)

    def cells(self, book: Book, banks: Sequence[str], areas: Container[str]) -> Iterator[Observation]:
        """Where the figures of these banks in these counties were read."""
        for bank in banks:
            yield from (book.origins[row][self.code] for area, row in self.rows[bank].items() if area in areas)


@dataclass(frozen=True, eq=False)
class _Sizes:
    """Two banks in the counties where one has more than the other, now and last year; of these, where it is other."""

    table: Table
    pair: _Pair
    telling: Sequence[str]
    opposite: Sequence[str]

    @classmethod
    def of(cls, table: Table, now: Mapping[str, str], pair: _Pair) -> _Sizes:
        """`now` says whose figures stand for a bank's."""
        one, _ = pair
        together = {}
        for area in table.rows[one]:
            sizes, last = [table.now[now[bank], area] for bank in pair], [table.last[bank, area] for bank in pair]
            if all(sizes + last):
                together[area] = sub(*sizes) * sub(*last)
        telling = [area for area, product in together.items() if product]
        return cls(table, pair, telling, [area for area, product in together.items() if product < 0])

    @property
    def are_exchanged(self) -> bool:
        """Whether it is other in most of several."""
        return len(self.opposite) >= SEVERAL and 3 * len(self.opposite) >= 2 * len(self.telling)


def _exchanged(table: Table) -> Iterator[_Sizes]:
    """The two banks that make most as it was by changing places, if any do."""
    as_is = {bank: bank for bank in table.rows}
    wrong = _wrong(table, as_is)
    if wrong:
        yield min(wrong, key=lambda own: len(_wrong(table, as_is | dict(zip(own.pair, own.pair[::-1], strict=True)))))


def _wrong(table: Table, now: Mapping[str, str]) -> list[_Sizes]:
    return [own for pair in combinations(table.rows, 2) if (own := _Sizes.of(table, now, pair)).are_exchanged]


@dataclass(frozen=True, eq=False)
class _Copy:
    """The bank whose column is another's, and that other; the counties that both have."""

    table: Table
    pair: _Pair
    areas: Sequence[str]


def _alike(table: Table) -> Iterator[_Copy]:
    for one, other in combinations(table.rows, 2):
        areas = [area for area in table.rows[one] if area in table.rows[other]]
        figures, others = ([table.now[bank, area] for area in areas] for bank in (one, other))
        last, others_last = ([table.last[bank, area] for area in areas] for bank in (one, other))
        is_news = last != others_last or not any(last)
        if len(areas) >= MANY_COUNTIES and len(set(figures)) >= DISTINCT and figures == others and is_news:
            grown, of = _growth(table, (one, other))
            away, other_away = (abs(sum(figures) * of - sum(before) * grown) for before in (last, others_last))
            yield _Copy(table, (one, other) if away > other_away else (other, one), areas)


def _growth(table: Table, pair: _Pair) -> tuple[int, int]:
    """What all other banks are set, now and last year; as much where that is not known."""
    now, last = (sum(value for (bank, _), value in of.items() if bank not in pair) for of in (table.now, table.last))
    return (now, last) if now and last else (1, 1)


# ------------------------------------------------------------------ what is told


def _exchanged_hit(book: Book, found: Sequence[_Sizes]) -> Hit:
    """At the first county of the first bank; all cells of both banks' columns are told."""
    first, *_ = found
    area, *_ = first.opposite
    words = {
        "count": str(len(first.telling)),
        "times": str(len(first.opposite)),
        "when": str(first.table.year - 1),
    }
    cells = [cell for own in found for cell in own.table.cells(book, own.pair, book.catalog.areas.by_id)]
    hit = _hit(book, "exchanged", first.pair, [own.table for own in found], area, words)
    return replace(hit, cause=Cause.COLUMNS_EXCHANGED.name.lower(), others=tuple(cells))


def _alike_hit(book: Book, found: Sequence[_Copy]) -> Hit:
    """At the first county of the bank whose figures are not its own; all of them are told."""
    first, *_ = found
    area, *_ = first.areas
    bank, _ = first.pair
    cells = [cell for own in found for cell in own.table.cells(book, (bank,), own.areas)]
    hit = _hit(book, "alike", first.pair, [own.table for own in found], area, {"count": str(len(first.areas))})
    return replace(hit, cause=Cause.OTHER_COLUMN.name.lower(), others=tuple(cells))


def _hit(book: Book, kind: str, pair: _Pair, tables: Sequence[Table], area: str, words: dict[str, str]) -> Hit:
    first, *more = tables
    row, beside = (first.rows[bank][area] for bank in pair)
    other = book.label(book.place(first.code, beside))
    also = "".join(f"；“{book.label(book.place(table.code, row))}”也是这样" for table in more)
    return book.hit(kind, row, first.code, None, other=other, also=also, **words)
