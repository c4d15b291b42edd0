"""Working days in China 「工作日」: what the State Council's yearly notice makes of weekends and holidays.

The one place that knows `chinese_calendar`. It is imported when a day is asked for: most profiles shift nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people work: holidays and days off in lieu aside, make-up days 「调休上班」 among them.

    In years whose notice the library does not know, Monday to Friday: see `is_announced`.
    """
    from chinese_calendar import is_workday

    return bool(is_workday(day)) if is_announced(day) else day.weekday() < _SATURDAY


def is_announced(day: date) -> bool:
    """Whether the library knows the notice for that year; of other years it refuses to speak."""
    from chinese_calendar import is_workday

    try:
        is_workday(day)
    except NotImplementedError:
        return False
    return True


def next_working_day(day: date) -> date:
    """The day itself if people work, else the first day after it on which they do."""
    while not is_working_day(day):
        day += _DAY
    return day
