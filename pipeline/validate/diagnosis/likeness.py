"""Rows that are another row over again, or the same row of an earlier month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.validate.diagnosis.blocks import span_of
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.equations import OUTSTANDING
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.rules.grades import GRADES

_LEAST = 8
"""So many figures that are not nought have to be the same: fewer may be by chance."""
_ALIKE_PERCENT = 90
"""Of them; a figure or two may have been put right since."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Whose figures stand in a row: of another row of the statement, or of so many months ago."""

    row: int
    source: int
    back: int
    same: int
    figures: int
    differing: frozenset[str]
    """The indicators at which it is not the same."""


@dataclass(frozen=True, eq=False)
class Likeness:
    """All figures of a book side by side, to be compared row by row."""

    book: Book

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Amounts and counts, in the order of the form."""
        return tuple(column.code for column in self.book.form.columns if column.is_amount or column.is_count)

    @cached_property
    def _now(self) -> tuple[Integers, Mask]:
        figures = [self.book.now(code) for code in self.codes]
        return np.array([f.data for f in figures], dtype=np.int64), ~np.array([unknown(f) for f in figures])

    @cached_property
    def _moving(self) -> Mask:
        """Figures that change with any business."""
        moving: Mask = np.array(
            [bool(span_of(c)) or c == GRADES[0] or c in (OUTSTANDING, "outstanding_loans") for c in self.codes]
        )
        return moving

    def twins(self, row: int, others: Iterable[int]) -> Iterator[Twin]:
        """Other rows with nearly the same figures, then the months in which the row itself had them."""
        values, known = self._now
        for other in others:
            yield from _twin(
                row, other, 0, self.codes, (values[:, row], known[:, row]), (values[:, other], known[:, other])
            )
        now = values[self._moving, row], known[self._moving, row]
        codes = [code for code, moves in zip(self.codes, self._moving, strict=True) if moves]
        for back in range(1, MONTHS_BACK + 1):
            if self.book.known_before(back)[row]:
                then = [self.book.before(code, back) for code in codes]
                before = np.array([int(f.data[row]) for f in then]), ~np.array([bool(unknown(f)[row]) for f in then])
                yield from _twin(row, row, back, codes, now, before)


def _twin(
    row: int,
    source: int,
    back: int,
    codes: Sequence[str],
    now: tuple[Integers, Mask],
    there: tuple[Integers, Mask],
) -> Iterator[Twin]:
    both = now[1] & there[1] & ((now[0] != 0) | (there[0] != 0))
    differs = both & (now[0] != there[0])
    figures = int(both.sum())
    same = figures - int(differs.sum())
    if same >= _LEAST and same * 100 >= figures * _ALIKE_PERCENT:
        differing = frozenset(code for code, is_other in zip(codes, differs, strict=True) if is_other)
        yield Twin(row, source, back, same, figures, differing)


def cause_of_twin(twin: Twin) -> Cause:
    """What it is called."""
    if not twin.back:
        return Cause.OTHER_AREA
    return Cause.LAST_MONTHS if twin.back == 1 else Cause.OTHER_MONTH
