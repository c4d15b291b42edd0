"""A statement with some figures of a row as they were meant: for the rules to say what is wrong then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pipeline.model import Submission
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown


def with_figures(book: Book, row: int, meant: Mapping[str, int], mark: str) -> Submission:
    """The statement of a row with these figures in it; typed totals that are what the areas add up to go with them.

    Args:
        book: the statements.
        row: of one area.
        meant: by indicator, what is put in the place of what is reported.
        mark: what tells this statement from others that are tried for the same.
    """
    sent, by_id = book.submissions[book.records[row].submission], dict[int, int]()
    for code, value in meant.items():
        at = book.origins[row][code]
        by_id |= {id(at): value} | _totals(book, row, code, value - (at.value or 0))
    observations = [replace(o, value=by_id[id(o)]) if id(o) in by_id else o for o in sent.observations]
    return replace(sent, observations=observations, sha256=f"{sent.sha256}#{mark}")


def _totals(book: Book, row: int, code: str, more: int) -> dict[int, int]:
    """By identity of the observation, the typed total with so much more, where it is what the areas add up to."""
    own, now = book.position == book.position[row], book.now(code)
    together = int(now.data[own & book.added & ~unknown(now)].sum())
    totals = np.flatnonzero(own & ~book.single & ~unknown(now)) if book.added[row] else ()
    return {id(book.origins[at][code]): together + more for at in totals if int(now[at]) == together}
