"""What a form says of each column alone, checked by pandera: the only module that knows pandera.

The schema is made from the form's columns: whole numbers (`Int64`), reported where owed, not negative. All
submissions of the form are validated at once; pandera's failure cases, which know only an index, become
places that the book leads back to cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pipeline.validate.owed import is_blank, is_required, may_not_be_negative, owed

if TYPE_CHECKING:
    from pipeline.catalog.forms import Column, Form
    from pipeline.validate.frames import Book


Kind = Literal["blank", "negative"]


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One figure that breaks what its column says."""

    row: int
    indicator: str
    kind: Kind


_KINDS: dict[str, Kind] = {"not_nullable": "blank", "greater_than_or_equal_to(0)": "negative"}
"""How pandera calls the two checks; anything else (a type, say) is a fault of ours and not a finding."""


@lru_cache(maxsize=4)
def failures(book: Book) -> list[Failure]:
    """Every blank owed figure and every negative figure of the book's single areas, in order of rows.

    Remembered for the books at hand, because several rules ask.
    """
    rows = np.flatnonzero(book.single)
    if not len(rows):
        return []
    frame = pd.DataFrame({c.code: _owed_or_filled(book, c) for c in book.form.columns if _is_checked(c)}).iloc[rows]
    try:
        schema_of(book.form).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return _translated(errors)
    return []


def warm_up() -> None:
    """Let pandera register its backends, which it does at the first validation."""
    pa.DataFrameSchema({"one": pa.Column("Int64", checks=[pa.Check.ge(0)])}).validate(
        pd.DataFrame({"one": pd.array([1], dtype="Int64")}), lazy=True
    )


def schema_of(form: Form) -> pa.DataFrameSchema:
    """The pandera schema of a form: its figures, and the words that must be there (which stand as zeros)."""
    return pa.DataFrameSchema(
        {
            column.code: pa.Column(
                "Int64",
                checks=[pa.Check.ge(0)] if may_not_be_negative(column) else None,
                nullable=not is_required(column),
            )
            for column in form.columns
            if _is_checked(column)
        }
    )


def _is_checked(column: Column) -> bool:
    return column.required or not column.is_text


def _owed_or_filled(book: Book, column: Column) -> pd.Series:
    """The figures, with zero wherever a gap is nobody's fault: what is still missing then is a blank that is owed."""
    figures = book[column.code]
    if not is_required(column):
        return figures
    blank = np.array([is_blank(seen.get(column.code)) for seen in book.origins], dtype=bool)
    return figures.mask(figures.isna() & ~(owed(book, column) & blank), 0)


def _translated(errors: SchemaErrors) -> list[Failure]:
    found: set[Failure] = set()
    for case in errors.failure_cases.itertuples(index=False):
        if not isinstance(case.index, (int, np.integer)):
            raise errors
        found.add(Failure(int(case.index), str(case.column), _KINDS[str(case.check)]))
    return sorted(found)
