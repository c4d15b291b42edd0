"""The reminder 「催报函」 to one reporting unit as a letter: what it owes, since when, and by when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.render.letters import Letter, LetterTable, day_shown, letterhead
from pipeline.render.stamp import Stamp

TEMPLATE = "催报函.docx"
_HEADER = ("序号", "报表", "报告期", "期限", "已逾期")
_WIDTHS = (13.0, 63.0, 26.0, 32.0, 22.0)
_CENTRED = frozenset({0, 2, 3, 4})


@dataclass(frozen=True, slots=True)
class Owed:
    """One form that has not come. `days` are those since the last day in time."""

    form: str
    period: str
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one unit is reminded of; `basis` and `contact` are words, `contact` may be empty."""

    unit: str
    period: str
    basis: str
    owed: Sequence[Owed]
    until: date
    contact: str
    stamp: Stamp


def reminder_letter(reminder: Reminder) -> Letter:
    """Its words, by the names that the template knows."""
    stamp = reminder.stamp
    values = {
        **letterhead(stamp, reminder.unit),
        "依据": reminder.basis,
        "期限": day_shown(min(owed.due for owed in reminder.owed)),
        "答复期限": day_shown(reminder.until),
        "联系人": reminder.contact,
    }
    rows = [
        (str(number), owed.form, owed.period, day_shown(owed.due), f"{owed.days}天")
        for number, owed in enumerate(reminder.owed, start=1)
    ]
    table = LetterTable(_HEADER, rows, _WIDTHS, _CENTRED)
    title = f"关于报送{reminder.period}报表的函（{reminder.unit}）"
    return Letter(values, title, stamp.office, stamp.created, {"欠报表": table})
