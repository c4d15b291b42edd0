"""When and how each file came in: the inbox's register `收件登记.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from pipeline.periods import Month

FILE_NAME = "收件登记.csv"
_COLUMNS = ("文件", "收到时间", "方式", "报送人", "代录人")
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
PHONE = "0915-0000000"
"""Not in use."""
REGISTRAR = "示例收件员"
"""The invented person at the office itself."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One received file: when, how, from whom, and who typed it in where it came on paper."""

    file: str
    received_at: datetime
    method: str
    sender: str
    transcribed_by: str = ""


def clerk(place: int) -> str:
    """The invented person who sends for the reporting unit at that place of the list: 示例甲, 示例乙 and so on."""
    again, stem = divmod(place, len(_STEMS))
    return f"示例{_STEMS[stem]}{'某' * again}"


def arrival(file: str, sender: str, month: Month, random: Random) -> Arrival:
    """A file about that month, in by the 8th of the next, on a working day in office hours."""
    following = month.shifted(1)
    days = [date(following.year, following.month, day) for day in range(3, 9)]
    return _on(random.choice([day for day in days if day.weekday() < 5]), file, sender, random)


def target_arrival(file: str, sender: str, year: int, random: Random) -> Arrival:
    """The year's targets, in the second half of January."""
    days = [date(year, 1, 15) + timedelta(days=day) for day in range(7)]
    return _on(random.choice([day for day in days if day.weekday() < 5]), file, sender, random)


def late_arrival(on_time: Arrival, month: Month, day: int, clock: str) -> Arrival:
    """The same file, in on that day and hour of the next month."""
    following = month.shifted(1)
    at = datetime.combine(date(following.year, following.month, day), time.fromisoformat(clock))
    return Arrival(on_time.file, at, "邮件", on_time.sender)


def write(path: Path, arrivals: Iterable[Arrival]) -> None:
    """Write the register in the order of arrival: UTF-8 with BOM, as Excel saves it."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in sorted(arrivals, key=lambda entry: (entry.received_at, entry.file)):
        received = f"{entry.received_at:%Y-%m-%d %H:%M}"
        writer.writerow((entry.file, received, entry.method, entry.sender, entry.transcribed_by))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _on(day: date, file: str, sender: str, random: Random) -> Arrival:
    minutes = random.choice((random.randrange(8 * 60 + 10, 11 * 60 + 50), random.randrange(14 * 60 + 10, 17 * 60 + 50)))
    at = datetime.combine(day, time(minutes // 60, minutes % 60))
    on_paper = file.endswith(".xlsx") and random.random() < 0.12
    return Arrival(file, at, "纸质" if on_paper else "邮件", sender, REGISTRAR if on_paper else "")
