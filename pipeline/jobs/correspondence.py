"""All letters of a month by path: notices with marked workbooks, reminders, receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from pipeline.catalog import Catalog
from pipeline.catalog.register_sheets import Contact
from pipeline.jobs.arrears import by_unit, last_day, overdue
from pipeline.jobs.aside import Aside
from pipeline.jobs.chasing import Chase, Why
from pipeline.jobs.materials import Materials
from pipeline.jobs.month import MonthView
from pipeline.jobs.notices import LONGEST_NAME, TEMPLATE, notices, refused_answers
from pipeline.jobs.opening import contacts_in_force
from pipeline.jobs.questions import answer_by, answer_days_in_letters
from pipeline.jobs.ranking import Ranking
from pipeline.jobs.unsigned import asked_to_sign, unsigned
from pipeline.periods import period_label
from pipeline.render import receipt, reminder
from pipeline.render.harmless import path_part, shortened
from pipeline.render.letters import Posted, day_shown, letters_bytes
from pipeline.render.receipt import Accepted, Receipt, receipt_letter
from pipeline.render.reminder import Owed, Reminder, reminder_letter
from pipeline.render.stamp import Stamp
from pipeline.store.store import Connection
from pipeline.transform.reported import TARGETS
from pipeline.validate.duties import Duty

REMINDERS, RECEIPTS = "催报函", "回执"
_LONGEST_CONTACT = 500
TEMPLATES = (TEMPLATE, reminder.TEMPLATE, receipt.TEMPLATE)


def correspondence(
    connection: Connection,
    seen: MonthView,
    catalog: Catalog,
    ranking: Ranking,
    stamp: Stamp,
    materials: Materials,
    aside: Aside,
) -> Callable[[], dict[str, bytes]]:
    """Everything that goes to the reporting units with a release, by path; what is returned, when called, waits for it.

    Reminders and receipts are made aside, and marked copies in workers of their own, while tables are written here.
    """
    contacts = contacts_in_force(connection, catalog, seen.upto)
    stamp = replace(stamp, contact=_whom(_office(catalog), contacts))
    sent_back = notices(connection, seen, catalog, ranking, stamp, materials)
    letters = _reminders(connection, seen, catalog, stamp, contacts) | _receipts(connection, seen, catalog, stamp)
    written = aside.ask(letters_bytes, letters, materials.own)
    return lambda: {**sent_back(), **written()}


def said_in_letters(connection: Connection, seen: MonthView, catalog: Catalog, day: date) -> list[str]:
    """What letters of a day say that no other product depends on.

    Who is behind with what, whom to call about it, which answers were refused or are unsigned.
    """
    behind = overdue(connection, seen, catalog, day)
    owing = {_office(catalog), *(chase.duty.unit for chase in behind)}
    contacts = [contact for contact in contacts_in_force(connection, catalog, seen.upto) if contact.unit in owing]
    refused, nameless = refused_answers(connection, seen).items(), unsigned(seen)
    told = [repr(said) for group in (contacts, refused, nameless) for said in sorted(group, key=repr)]
    return told + _reminded_of(behind)


def reminded_of(connection: Connection, seen: MonthView, catalog: Catalog, day: date) -> list[str]:
    """What reminders of a day ask for: with anything else in it, letters are due, though nothing has come."""
    return _reminded_of(overdue(connection, seen, catalog, day))


def _reminded_of(behind: Iterable[Chase]) -> list[str]:
    told = ((c.duty.unit, c.duty.form, c.duty.period, c.why, c.since, last_day(c), c.questions) for c in behind)
    return sorted(" ".join(map(str, one)) for one in told)


# ------------------------------------------------------------------ reminders


def _reminders(
    connection: Connection, seen: MonthView, catalog: Catalog, stamp: Stamp, contacts: Iterable[Contact]
) -> dict[str, Posted]:
    """To each unit that is behind with something, this month's or an earlier one's: one letter about all of it."""
    today = date.fromisoformat(stamp.as_of)
    scheme = catalog.profile.scheme
    letters = {}
    for unit, behind in by_unit(overdue(connection, seen, catalog, today)).items():
        name = behind[-1].duty.unit_name
        told = Reminder(
            unit=name,
            period=seen.month.label,
            basis=f"{scheme.title}（{scheme.document}）" if scheme else "报表制度",
            owed=[_owed(chase, today) for chase in behind],
            until=answer_by(catalog, stamp.month, today),
            contact=_whom(unit, contacts),
            stamp=stamp,
        )
        letters[_path(REMINDERS, name)] = (reminder.TEMPLATE, reminder_letter(told))
    return letters


def _owed(chase: Chase, today: date) -> Owed:
    is_sent = chase.why in (Why.REJECTED, Why.CORRECTION_REJECTED, Why.UNEXPLAINED)
    until = last_day(chase)
    return Owed(
        chase.duty.form_name,
        period_label(chase.duty.period),
        _stands(chase),
        until,
        (today - until).days,
        is_answer=is_sent,
    )


def _stands(chase: Chase) -> str:
    """「未报送」, 「4月10日退回，未更正重报」, 「2个问题4月10日提出，未说明」."""
    since = f"{chase.since.month}月{chase.since.day}日" if chase.since else ""
    return {
        Why.REJECTED: f"{since}退回，未更正重报",
        Why.CORRECTION_REJECTED: f"更正件{since}退回，未重报",
        Why.UNEXPLAINED: f"{chase.questions}个问题{since}提出，未说明",
        Why.WITHDRAWN: "撤出后未重报",
    }.get(chase.why, chase.why.label)


def _office(catalog: Catalog) -> str:
    """The office's own id among the reporting units; empty where it is none."""
    return next((unit.id for unit in catalog.units.units if catalog.profile.office in unit.all_names), "")


def _whom(unit: str, contacts: Iterable[Contact]) -> str:
    """「示例张三（科长，0915-0000000）」 for each registered contact of a unit."""
    told = []
    for contact in contacts:
        if contact.unit == unit:
            more = "，".join(filter(None, [contact.post, contact.telephone]))
            told.append(f"{contact.name}（{more}）" if more else contact.name)
    return shortened(" ".join("、".join(told).split()), _LONGEST_CONTACT, "登记表")


# ------------------------------------------------------------------ receipts


def _receipts(connection: Connection, seen: MonthView, catalog: Catalog, stamp: Stamp) -> dict[str, Posted]:
    """To each unit of which something is accepted; the office gives itself none for its own targets."""
    letters, nameless = {}, unsigned(seen)
    answers = answer_days_in_letters(connection, seen, catalog, date.fromisoformat(stamp.as_of))
    for unit, owed in _by_unit(duty for duty in seen.duties if duty.is_in and duty.form != TARGETS).items():
        told = Receipt(
            unit=owed[0].unit_name,
            accepted=[_accepted(duty, seen) for duty in owed],
            waiting=_waiting(owed, answers.get(unit)) + asked_to_sign(one for one in nameless if one.unit == unit),
            stamp=stamp,
        )
        letters[_path(RECEIPTS, owed[0].unit_name)] = (receipt.TEMPLATE, receipt_letter(told))
    return letters


def _accepted(duty: Duty, seen: MonthView) -> Accepted:
    assert duty.counting is not None
    record = duty.counting.record
    forced = any(standing.record.id == record.id for standing, _ in seen.overridden)
    how = "强制采用" if forced else f"迟报{duty.days_late}天" if duty.days_late else "按时"
    about = "" if "-" in duty.period else period_label(duty.period)
    return Accepted(record.entry, f"{about}{duty.form_name}", record.received_at, how, record.file, record.sha256)


def _waiting(owed: Iterable[Duty], until: date | None) -> str:
    questions = sum(len(duty.counting.unexplained) for duty in owed if duty.counting)
    if not questions or until is None:
        return ""
    return f"其中有{questions}个核实性问题待说明，见退回单，请于{day_shown(until)}前答复。"


# ------------------------------------------------------------------ all of them


def _by_unit(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.unit, []).append(duty)
    return found


def _path(folder: str, unit: str) -> str:
    return f"{folder}/{path_part(unit, LONGEST_NAME)}.docx"
