"""What a form says of each column alone, checked by pandera: the only module that knows pandera.

All figures of all submissions of a form are validated at once, as one column of whole numbers (`Int64`) in which what
need not be there, and what may be below zero, stands as nought. pandera's failure cases, which know only an index,
become places that the book leads back to cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pipeline.validate.masked import unknown
from pipeline.validate.owed import is_blank, is_required, may_not_be_negative, owed

if TYPE_CHECKING:
    from pipeline.catalog.forms import Column
    from pipeline.validate.frames import Book
    from pipeline.validate.masked import Integers, Mask


Kind = Literal["blank", "negative"]


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One figure that breaks what its column says."""

    row: int
    indicator: str
    kind: Kind


_KINDS: dict[str, Kind] = {"not_nullable": "blank", "greater_than_or_equal_to(0)": "negative"}
"""How pandera calls the two checks; anything else (a type, say) is a fault of ours and not a finding."""
_FIGURE = "figure"


@cache
def schema() -> pa.DataFrameSchema:
    """Figures are whole, there, and not below zero."""
    return pa.DataFrameSchema({_FIGURE: pa.Column("Int64", checks=[pa.Check.ge(0)])})


@lru_cache(maxsize=4)
def failures(book: Book) -> list[Failure]:
    """Every blank owed figure and every negative figure of the book's single areas, in order of rows.

    Remembered for the books at hand, because several rules ask.
    """
    columns = [column for column in book.form.columns if column.required or not column.is_text]
    rows = np.flatnonzero(book.single)
    figures = [_to_be_judged(book, column, rows) for column in columns]
    values = np.concatenate([values for values, _ in figures])
    blank = np.concatenate([blank for _, blank in figures])
    frame = pd.DataFrame({_FIGURE: pd.arrays.IntegerArray(values, blank)})
    try:
        schema().validate(frame, lazy=True)
    except SchemaErrors as errors:
        places = [(int(row), column.code) for column in columns for row in rows]
        return sorted({Failure(*places[at], kind) for at, kind in _told(errors)})
    return []


def warm_up() -> None:
    """Let pandera register its backends, which it does at the first validation."""
    schema().validate(pd.DataFrame({_FIGURE: pd.array([1], dtype="Int64")}), lazy=True)


def _to_be_judged(book: Book, column: Column, rows: Integers) -> tuple[Integers, Mask]:
    """The figures of these rows and where they are blank; nought stands wherever a gap or a sign is nobody's fault."""
    figures = book.now(column.code)
    missing = unknown(figures) & (owed(book, column) if is_required(column) else False)
    for row in np.flatnonzero(missing):
        missing[row] = is_blank(book.origins[row].get(column.code))
    values = np.where(unknown(figures), 0, figures.data)
    return (values if may_not_be_negative(column) else np.maximum(values, 0))[rows], missing[rows]


def _told(errors: SchemaErrors) -> list[tuple[int, Kind]]:
    cases = errors.failure_cases
    return [(int(at), _KINDS[check]) for at, check in zip(cases["index"], cases["check"], strict=True)]
