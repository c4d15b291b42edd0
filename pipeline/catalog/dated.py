"""What holds from one month to another: names, columns, duties and values with a first and a last month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from pipeline.errors import UsageError
from pipeline.periods import Month


def _month(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return Month.parse(value)
    except UsageError as error:  # pydantic tells the place of a ValueError only
        raise ValueError(str(error)) from error


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


DayField = Annotated[date, BeforeValidator(_day)]
MonthField = Annotated[Month, BeforeValidator(_month)]


class Entry(BaseModel):
    """Base of everything under schemas/: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Dated(Entry):
    """Holds from `since` to `until`, both included; an open end is None."""

    since: MonthField | None = None
    until: MonthField | None = None

    def holds(self, month: Month) -> bool:
        """Whether this holds in that month."""
        return (self.since is None or self.since <= month) and (self.until is None or month <= self.until)


D = TypeVar("D", bound=Dated)


def holding(entries: Iterable[D], month: Month) -> list[D]:
    """Those that hold in that month, in the order given."""
    return [entry for entry in entries if entry.holds(month)]


def overlap(one: Dated, other: Dated) -> bool:
    """Whether there is a month in which both hold."""
    return all(
        first.since is None or second.until is None or first.since <= second.until
        for first, second in ((one, other), (other, one))
    )
