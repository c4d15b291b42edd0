"""Months as plain numbers, so that the simulation can add and compare them fast."""

from __future__ import annotations

from pipeline.periods import Month


def number(month: Month) -> int:
    """Months since year 0; January of a year is a multiple of twelve."""
    return month.year * 12 + month.month - 1


def month_at(at: int) -> Month:
    """The month with that number."""
    return Month(at // 12, at % 12 + 1)


def january(at: int) -> int:
    """The number of January in the same year."""
    return at - at % 12
