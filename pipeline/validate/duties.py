"""Duties: who owes which form for a month, what else came, and how it stands (安政办函〔2017〕284号 二.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.catalog import Catalog
from pipeline.periods import Month
from pipeline.store.journal import EXTENDED, Entry
from pipeline.validate.verdicts import Standing, State
from pipeline.working_days import is_announced, next_working_day

MISSING = "missing"
MOVES = "deadline_moves_to_working_day"
"""A profile that does not say so moves no deadline: a document that names a day means that day."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One form that one reporting unit owes, or has sent without owing it, and how it stands.

    `state` is that of the submission which counts (in force if there is one, else the last), or `missing`.
    """

    unit: str
    unit_name: str
    form: str
    form_name: str
    form_short: str
    period: str
    due: date
    state: str
    counting: Standing | None
    last: Standing | None
    days_late: int
    """Days after the due date at which the first submission came; 0 in time, or nothing came yet."""
    extended: bool = False
    """The due date was moved for this unit and period."""
    voluntary: bool = False
    """Sent without being owed 「自愿报送」: never missing, never late, and never what a month waits for."""

    @property
    def is_in(self) -> bool:
        """Whether figures of this duty are in force."""
        return self.state == State.IN_FORCE

    @property
    def state_label(self) -> str:
        """What the clerk reads."""
        return "未报送" if self.state == MISSING else State(self.state).label


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time, and how it came about.

    `stated` is the day that the document names; `day` another one where the profile moves it to a working day.
    """

    day: date
    stated: date
    is_announced: bool = True
    """Whether the holidays of that year are known; where not, only weekends were looked at."""


def deadline_of(catalog: Catalog, period: str) -> Deadline:
    """The last day on which a form about this month or year is in time, for units that were given no other."""
    if "-" in period:
        return _deadline(catalog, Month.parse(period))
    january = Month(int(period), 1)
    return _deadline(catalog, Month(january.year, int(catalog.policy.value("target_due_month", january))))


def due_date(catalog: Catalog, month: Month) -> date:
    """Last day on which a monthly form about this month is in time."""
    return _deadline(catalog, month).day


def due_of(catalog: Catalog, period: str) -> date:
    """Last day on which a form about this month or year is in time, for units that were given no other."""
    return deadline_of(catalog, period).day


def _deadline(catalog: Catalog, month: Month) -> Deadline:
    policy, following = catalog.policy, month.shifted(1)
    stated = date(following.year, following.month, int(policy.value("monthly_deadline_day", month)))
    if not policy.value("deadline_day_in_time", month):
        stated -= timedelta(days=1)
    if not _moves(catalog, month):
        return Deadline(stated, stated)
    moved = next_working_day(stated)
    return Deadline(moved, stated, is_announced(stated) and is_announced(moved))


def last_day(catalog: Catalog, month: Month, stated: date) -> date:
    """A last day of any kind that concerns forms about this month, where the profile moves it to a working day."""
    return next_working_day(stated) if _moves(catalog, month) else stated


def _moves(catalog: Catalog, month: Month) -> bool:
    return MOVES in catalog.policy.parameters and bool(catalog.policy.value(MOVES, month))


def extended_days(decisions: Iterable[Entry]) -> dict[tuple[str, str], date]:
    """(unit, period) → the last day in time, where decisions in effect have moved it; the latest counts."""
    moved = (entry.body for entry in decisions if entry.kind == EXTENDED)
    return {(body["unit"], body["period"]): date.fromisoformat(body["due"]) for body in moved}


def duties_of(
    month: Month, standings: Sequence[Standing], catalog: Catalog, decisions: Iterable[Entry] = ()
) -> list[Duty]:
    """Every duty of this month and all else that came, yearly forms of its year among them, in the register's order.

    `decisions` are journal entries in effect: those that moved a due date count.
    """
    moved = extended_days(decisions)
    periods = {code: _period(code, month, catalog) for code in catalog.forms}
    owed = {(unit.id, code) for code in catalog.forms for unit in catalog.units.owing(code, month)}
    came = {(s.record.unit, s.record.form) for s in standings if periods.get(s.record.form) == s.record.period}
    register = catalog.units.by_id
    known = {(unit, code) for unit, code in owed | came if unit in register}
    found = sorted(known, key=lambda one: (register[one[0]].order, *one))
    return [
        _duty(*one, month, standings, catalog, moved.get((one[0], periods[one[1]])), voluntary=one not in owed)
        for one in found
    ]


def _period(form: str, month: Month, catalog: Catalog) -> str:
    return str(month) if catalog.forms[form].frequency == "month" else str(month.year)


def _duty(
    unit: str,
    form: str,
    month: Month,
    standings: Sequence[Standing],
    catalog: Catalog,
    moved: date | None,
    *,
    voluntary: bool,
) -> Duty:
    period = _period(form, month, catalog)
    own = [s for s in standings if (s.record.unit, s.record.form, s.record.period) == (unit, form, period)]
    in_force = next((s for s in own if s.state is State.IN_FORCE), None)
    last = own[-1] if own else None
    counting = in_force or last
    due = moved or due_of(catalog, period)
    days_late = (date.fromisoformat(own[0].record.received_at[:10]) - due).days if own and not voluntary else 0
    return Duty(
        unit=unit,
        unit_name=catalog.units.by_id[unit].name(month),
        form=form,
        form_name=catalog.forms[form].name,
        form_short=catalog.forms[form].short or catalog.forms[form].name,
        period=period,
        due=due,
        state=counting.state.value if counting else MISSING,
        counting=counting,
        last=last,
        days_late=max(0, days_late),
        extended=moved is not None,
        voluntary=voluntary,
    )
