"""What counties say of a bank's figures in their returns: heard where a statement does not tell what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.validate.building import books as books_of
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown
from pipeline.validate.neighbours import RETURN
from pipeline.validate.rules.mirror import MIRRORED


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as the county has it, and twice what the roundings of both sides may come to."""

    figure: int
    twice_allowed: int

    def agrees(self, figure: int) -> bool:
        """Whether the county says this figure."""
        return 2 * abs(figure - self.figure) <= self.twice_allowed


def said_by_counties(statements: Book) -> Mapping[tuple[int, str], Said]:
    """By row and indicator of the statements; nothing where several banks of one institution lend in a county."""
    counties = books_of(statements.neighbours.returns, statements.catalog).get(RETURN)
    if counties is None:
        return {}
    rows = {
        (counties.submissions[record.submission].period, record.area, record.institution): row
        for row, record in enumerate(counties.records)
    }
    lenders = Counter((unit.institution, area) for unit in statements.catalog.units.units for area in unit.areas)
    said: dict[tuple[int, str], Said] = {}
    for row in np.flatnonzero(statements.single).tolist():
        record = statements.records[row]
        at = rows.get((statements.submissions[record.submission].period, record.area, record.institution))
        if at is not None and lenders[record.institution, record.area] == 1:
            said |= {(row, code): Said(*figure) for code, figure in _figures(statements, row, counties, at).items()}
    return said


def _figures(statements: Book, row: int, counties: Book, at: int) -> Mapping[str, tuple[int, int]]:
    """Each figure that the county reports of this bank, with twice what roundings allow."""
    steps = (int(book.step[own]) for book, own in ((statements, row), (counties, at)))
    allowed = sum(step for step in steps if step > 1)
    there = {code: counties.now_natural(mirror) for mirror, code in MIRRORED}
    return {
        code: (int(figures[at]), allowed if statements.form.by_code[code].is_amount else 0)
        for code, figures in there.items()
        if not unknown(figures)[at]
    }
