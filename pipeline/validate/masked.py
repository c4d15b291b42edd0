"""Whole numbers some of which are not known, as numpy's masked arrays: what is computed from an unknown is unknown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Figures = np.ma.MaskedArray[tuple[int], np.dtype[np.int64]]


def nothing(rows: int) -> Figures:
    """So many figures that nobody reports."""
    return np.ma.array(np.zeros(rows, dtype=np.int64), mask=np.ones(rows, dtype=bool))


def unknown(figures: Figures) -> Mask:
    """Where a figure is not reported."""
    mask: Mask = np.ma.getmaskarray(figures)
    return mask


def true(compared: Mask) -> Mask:
    """Where a comparison was made and came out true."""
    made: Mask = np.ma.filled(compared, False)
    return made


def without(figures: Figures, rows: Mask) -> Figures:
    """The figures, not known at these rows."""
    return np.ma.array(figures.data, mask=unknown(figures) | rows)


def zero_at(figures: Figures, rows: Mask) -> Figures:
    """The figures, nought at these rows, known or not."""
    return np.ma.array(np.where(rows, 0, figures.data), mask=unknown(figures) & ~rows)


def first_known(figures: Figures, others: Figures) -> Figures:
    """The figures, and the others where they are not known."""
    is_open = unknown(figures)
    return np.ma.array(np.where(is_open, others.data, figures.data), mask=is_open & unknown(others))


def taken(figures: Figures, places: Integers) -> Figures:
    """The figures at these places; not known where a place is below zero: nowhere."""
    return np.ma.array(figures.data[places], mask=unknown(figures)[places] | (places < 0))
