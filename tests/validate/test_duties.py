"""Who owes what, and what came without being owed."""

from __future__ import annotations

from datetime import date

from pipeline.catalog import load_catalog
from pipeline.periods import Month
from pipeline.store.records import Record
from pipeline.validate.duties import MISSING, duties_of
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
