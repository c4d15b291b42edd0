"""The reminder 「催报函」 to one reporting unit as a letter: all that it owes, since when, and by when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model.own_letters import REMINDER
from pipeline.render.letters import Letter, LetterTable, day_shown, letterhead
from pipeline.render.stamp import Stamp

TEMPLATE = "催报函.docx"
_WIDTHS = (11.0, 46.0, 26.0, 25.0, 32.0, 16.0)
_CENTRED = frozenset({0, 2, 3, 4, 5})
_MOST = 3
"""More months than these are told from the first to the last."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One form that has not come, or about which an answer has not. `days` are those since the last day in time."""

    form: str
    period: str
    stands: str
    """What became of it, in words."""
    due: date
    days: int
    is_answer: bool = False
    """It came, and was sent back or asked about."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one unit is reminded of, the oldest first; `basis` and `contact` are words, `contact` may be empty."""

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
    missing = [owed for owed in reminder.owed if not owed.is_answer]
    answers = [owed for owed in reminder.owed if owed.is_answer]
    subject = _subject(missing, answers)
    values = {
        **letterhead(stamp, reminder.unit),
        "事由": subject,
        "依据": reminder.basis,
        "应报": _due_when(missing),
        "尚欠": "和".join(["报表"] * bool(missing) + ["答复"] * bool(answers)),
        "期限": day_shown(min(owed.due for owed in reminder.owed)),
        "答复期限": day_shown(reminder.until),
        "联系人": reminder.contact,
    }
    rows = [
        (str(number), owed.form, owed.period, owed.stands, day_shown(owed.due), f"{owed.days}天")
        for number, owed in enumerate(reminder.owed, start=1)
    ]
    table = LetterTable(REMINDER, rows, _WIDTHS, _CENTRED)
    return Letter(values, f"关于{subject}的函（{reminder.unit}）", stamp.office, stamp.created, {"欠报表": table})


def _subject(missing: Sequence[Owed], answers: Sequence[Owed]) -> str:
    """「报送2018年2月、2018年3月报表和答复2018年1月报表审核问题」."""
    wanted = [f"报送{_months(missing)}报表"] if missing else []
    return "和".join(wanted + ([f"答复{_months(answers)}报表审核问题"] if answers else []))


def _months(owed: Sequence[Owed]) -> str:
    named = list(dict.fromkeys(one.period for one in owed))
    return "、".join(named) if len(named) <= _MOST else f"{named[0]}至{named[-1]}"


def _due_when(missing: Sequence[Owed]) -> str:
    """「2018年2月报表应于2018年3月8日前报送，2018年3月报表应于2018年4月8日前报送」; empty where only answers are."""
    days: dict[str, date] = {}
    for owed in missing:
        days[owed.period] = min(owed.due, days.get(owed.period, owed.due))
    return "，".join(f"{period}报表应于{day_shown(day)}前报送" for period, day in days.items())
