"""The clock of a command: now, or the end of the day given by --as-of; Asia/Shanghai."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from pipeline.errors import UsageError

SHANGHAI = timezone(timedelta(hours=8))
"""China keeps one time without summer time since 1991; a fixed offset needs no zone data on the machine."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`text` is `2018-04-10 23:59:59`; it stamps journal entries and closes what reading commands see."""

    text: str

    @property
    def day(self) -> date:
        """The clock's day."""
        return date.fromisoformat(self.text[:10])


def clock_for(as_of: str | None) -> Clock:
    """The clock for an --as-of argument; raise UsageError for what is no day, or a day after today."""
    now = datetime.now(SHANGHAI)
    if as_of is None:
        return Clock(now.strftime("%Y-%m-%d %H:%M:%S"))
    try:
        day = date.fromisoformat(as_of) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", as_of) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"--as-of“{as_of}”写法不对。请写成 2018-04-10 这样的日期。")
    if day > now.date():
        raise UsageError(f"--as-of {as_of} 晚于今天（{now.date()}）。请改为今天或更早的日期。")
    closing = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=SHANGHAI)
    return Clock(min(closing, now).strftime("%Y-%m-%d %H:%M:%S"))


def refuse_backwards(clock: Clock, last_entry_at: str) -> None:
    """Raise UsageError if the clock stands before the journal's last entry: time never runs backwards there."""
    if last_entry_at and clock.text < last_entry_at:
        raise UsageError(
            f"本次运行的时间（{clock.text}）早于库中最后一条记录（{last_entry_at}）。"
            "请检查电脑时间，或把 --as-of 改为不早于该日的日期。"
        )
