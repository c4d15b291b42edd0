"""Last month's county return in force, row beside row of this month's (C01-6, C01-7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.validate.building import books as books_of
from pipeline.validate.frames import Book
from pipeline.validate.masked import Figures, Integers, taken
from pipeline.validate.neighbours import RETURN

NAME = "project_name"
NOWHERE = -1
Key = tuple[str, str, str, str]
"""(reporting unit, area, institution, project); the last two are empty where a figure is nobody's."""


@dataclass(frozen=True, eq=False)
class LastReturn:
    """Last month's returns; `places` says where each row of this month's stands in them, -1 where it does not."""

    book: Book
    places: Integers

    def figures(self, code: str) -> Figures:
        """Last month's figure of each row."""
        return taken(self.book.now(code), self.places)

    @property
    def step(self) -> Integers:
        """How finely last month's amounts are rounded, in fen; of a row that was not there it says nothing."""
        return self.book.step[self.places]


def last_return(book: Book) -> LastReturn | None:
    """Last month's returns; None where none is in force."""
    last = books_of(book.neighbours.returns_before(), book.catalog).get(RETURN)
    return LastReturn(last, _places(book, last)) if last is not None and last.records else None


def _places(book: Book, last: Book) -> Integers:
    """Where each row stands in last month's; -1 where it is not there, or there more than once."""
    seen: dict[Key, int] = {}
    for row, key in enumerate(_keys(last)):
        seen[key] = NOWHERE if key in seen else row
    own = list(_keys(book))
    times = Counter(own)
    return np.array([seen.get(key, NOWHERE) if times[key] == 1 else NOWHERE for key in own], dtype=np.int64)


def _keys(book: Book) -> Iterator[Key]:
    for record, origin in zip(book.records, book.origins, strict=True):
        named = origin.get(NAME)
        # a project without a name is no other's: its own number in this very book is its key
        project = "" if not record.item else named.text.strip() if named and named.text else f"{id(book)}#{record.item}"
        yield book.submissions[record.submission].unit, record.area, record.institution, project
