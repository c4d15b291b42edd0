"""Who owes what, and what came without being owed."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.periods import Month
from pipeline.store.journal import EXTENDED, Entry
from pipeline.store.records import Record
from pipeline.validate.duties import MISSING, MOVES, Deadline, deadline_of, due_date, duties_of
from pipeline.validate.verdicts import Standing, State

CATALOG, MARCH = load_catalog("ankang"), Month(2018, 3)


def sent(unit: str, form: str, state: State, period: str = "2018-03", day: str = "2018-04-03") -> Standing:
    record = Record(
        f"S-{unit}", 1, form, unit, period, "", "", "", "", f"{day} 09:00:00", "", 0, nil=False, sample=False
    )
    return Standing(record, state, (), ())


def volunteered(*standings: Standing) -> dict:
    return {(d.unit, d.form): d for d in duties_of(MARCH, standings, CATALOG) if d.voluntary}


def test_who_may_send_and_did_not_owes_nothing():
    owed = duties_of(MARCH, [], CATALOG)
    assert {duty.state for duty in owed} == {MISSING}
    assert not [duty for duty in owed if duty.voluntary or duty.unit.startswith("dept-")]


def test_what_came_without_being_owed_stands_with_its_state_and_is_never_late():
    found = volunteered(sent("dept-cbrc", "Q01", State.REJECTED, day="2018-04-20"))
    (duty,) = found.values()
    assert (duty.unit_name, duty.form, duty.state, duty.days_late) == ("安康银监分局", "Q01", "rejected", 0)
    assert duty.due == date(2018, 4, 8)


def test_it_changes_nothing_about_what_is_owed():
    came = [sent("dept-cbrc", "Q01", State.IN_FORCE), sent("abc", "M01", State.IN_FORCE, day="2018-04-10")]
    duties = duties_of(MARCH, came, CATALOG)
    owed = [(d.unit, d.form) for d in duties if not d.voluntary]
    assert owed == [(d.unit, d.form) for d in duties_of(MARCH, [], CATALOG)]
    assert next(d.days_late for d in duties if (d.unit, d.form) == ("abc", "M01")) == 2


def test_what_came_about_another_month_is_that_months():
    assert volunteered(sent("dept-cbrc", "Q01", State.IN_FORCE, period="2018-02")) == {}


def test_everybody_stands_in_the_registers_order():
    duties = duties_of(MARCH, [sent("dept-cbrc", "Q01", State.IN_FORCE)], CATALOG)
    orders = [CATALOG.units.by_id[duty.unit].order for duty in duties]
    assert orders == sorted(orders)


# ------------------------------------------------------------------ deadlines that move to working days


def with_policy(**values: object) -> Catalog:
    """The catalogue in which these parameters have one value, ever."""
    parameters = dict(CATALOG.policy.parameters)
    for name, value in values.items():
        only = parameters[name].values[0].model_copy(update={"value": value, "since": None, "until": None})
        parameters[name] = parameters[name].model_copy(update={"values": (only,)})
    policy = CATALOG.policy.model_copy(update={"parameters": parameters})
    return CATALOG.model_copy(update={"policy": policy})


MOVING = with_policy(**{MOVES: True})


@pytest.mark.parametrize(
    ("why", "period", "stated", "moved"),
    [
        ("a Thursday stays", "2018-02", date(2018, 3, 8), date(2018, 3, 8)),
        ("a Tuesday stays", "2018-04", date(2018, 5, 8), date(2018, 5, 8)),
        ("a Sunday that is worked instead of 清明 stays", "2018-03", date(2018, 4, 8), date(2018, 4, 8)),
        ("a Sunday in 国庆", "2017-09", date(2017, 10, 8), date(2017, 10, 9)),
        ("the first day after 国庆", "2018-09", date(2018, 10, 8), date(2018, 10, 8)),
        ("a Sunday", "2018-06", date(2018, 7, 8), date(2018, 7, 9)),
        ("targets go with January", "2018", date(2018, 2, 8), date(2018, 2, 8)),
        ("targets of 2019 fall into 春节", "2019", date(2019, 2, 8), date(2019, 2, 11)),
    ],
)
def test_a_deadline_on_a_day_off_moves_where_the_profile_says_so(why, period, stated, moved):
    assert deadline_of(MOVING, period) == Deadline(moved, stated)
    assert deadline_of(CATALOG, period) == Deadline(stated, stated), "284号 says nothing of days off"


def test_a_profile_that_does_not_say_so_moves_nothing():
    silent = {name: one for name, one in CATALOG.policy.parameters.items() if name != MOVES}
    catalog = CATALOG.model_copy(update={"policy": CATALOG.policy.model_copy(update={"parameters": silent})})
    assert due_date(catalog, Month(2018, 6)) == date(2018, 7, 8)


def test_where_the_day_itself_is_too_late_the_day_before_moves():
    """Before the 8th is by the 7th: 7 July 2018 is a Saturday, the next working day is the 9th."""
    catalog = with_policy(**{MOVES: True, "deadline_day_in_time": False})
    assert deadline_of(catalog, "2018-06") == Deadline(date(2018, 7, 9), date(2018, 7, 7))


def test_beyond_the_years_of_the_calendar_only_weekends_move_and_it_is_known():
    """8 May 2099 is a Friday, 8 August 2099 a Saturday."""
    assert deadline_of(MOVING, "2099-04") == Deadline(date(2099, 5, 8), date(2099, 5, 8), is_announced=False)
    assert deadline_of(MOVING, "2099-07") == Deadline(date(2099, 8, 10), date(2099, 8, 8), is_announced=False)


def late_in_june(catalog: Catalog, *decisions: Entry) -> int:
    """How late 农行's statement is that came on Tuesday, 10 July."""
    came = sent("abc", "M01", State.IN_FORCE, period="2018-06", day="2018-07-10")
    duties = duties_of(Month(2018, 6), [came], catalog, decisions)
    return next(d.days_late for d in duties if (d.unit, d.form) == ("abc", "M01"))


def test_lateness_is_counted_from_the_moved_day():
    assert (late_in_june(CATALOG), late_in_june(MOVING)) == (2, 1)


def test_a_day_that_a_person_set_is_not_moved():
    """Saturday, 14 July, was said in so many words."""
    saturday = Entry(7, "", EXTENDED, {"unit": "abc", "period": "2018-06", "due": "2018-07-14"}, "")
    duties = duties_of(Month(2018, 6), [], MOVING, [saturday])
    (due,) = {d.due for d in duties if d.unit == "abc"}
    assert due == date(2018, 7, 14)
