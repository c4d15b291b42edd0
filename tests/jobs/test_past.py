"""Earlier months beside this one: who reported, and the city's amounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pipeline.jobs.past import MONTHS_SHOWN, Past, months_upto, past
from pipeline.model import Symbol
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.store import Store
from pipeline.validate.verdicts import State
from tests.jobs.inprocess import run
from tests.jobs.pages import catalog_of
from tests.jobs.sample import AS_OF, SAMPLE, inbox_of

FEBRUARY, MARCH = Month(2018, 2), Month(2018, 3)


@contextmanager
def stored(workspace: Path) -> Iterator:
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        yield connection
    store.close()


def of(workspace: Path, month: Month = MARCH, catalog=None) -> Past:
    with stored(workspace) as connection:
        return past(connection, catalog or catalog_of(), month, journal.vintage_at(connection, "9999"))


BALANCE, LENT = "Y7", "I7"
"""Where 农行 types its totals of 期末余额 and 本月发放, counties only."""


def typed(month: str, cell: str) -> int:
    """What stands in a cell of 农行's statement, in fen."""
    (path,) = (SAMPLE / month).glob("农行*.xlsx")
    return int(Decimal(str(openpyxl.load_workbook(path, data_only=True).active[cell].value)) * 1_000_000)


def test_fifteen_months_end_with_this_one():
    months = months_upto(MARCH)
    assert (len(months), months[0], months[-1]) == (MONTHS_SHOWN, Month(2017, 1), MARCH)


def test_how_each_duty_stood(march):
    duties = {(duty.unit, duty.form): duty for duty in of(march).duties[MARCH]}
    assert duties["abc", "M01"].state == State.IN_FORCE
    assert duties["rcb-hanyin", "M01"].state == State.REJECTED
    assert duties["psbc", "M01"].state == "missing"
    assert duties["fin-shiquan", "C01"].is_in
    assert all(duty.state == "missing" for duty in of(march).duties[FEBRUARY] if duty.form == "M01")


def test_yearly_targets_are_owed_in_each_month_of_their_year(march):
    known = of(march)
    states = {m: next(duty for duty in known.duties[m] if duty.form == "T01") for m in (Month(2017, 12), MARCH)}
    assert (states[MARCH].period, states[MARCH].is_in) == ("2018", True)
    assert (states[Month(2017, 12)].period, states[Month(2017, 12)].is_in) == ("2017", False)


def test_amounts_are_those_of_statements_in_force(capsys, here, workspace):
    """Of March only 农行 counts once 石泉 is withdrawn; 汉阴 is rejected; of-which areas are in nobody's sum."""
    with stored(workspace) as connection:
        seen = past(connection, catalog_of(), MARCH, 10**6)
    shiquan = next(duty for duty in seen.duties[MARCH] if (duty.unit, duty.form) == ("rcb-shiquan", "M01"))
    both = seen.outstanding[MARCH]
    code, *_ = run(capsys, "withdraw", shiquan.counting.record.id, "--reason", "发重了一份", "--by", "示例甲", *here)
    assert code == 0
    known = of(workspace)
    assert known.outstanding[MARCH] == (typed("2018-03", BALANCE), Symbol.PARTIAL)
    assert known.disbursed[MARCH] == (typed("2018-03", LENT), Symbol.PARTIAL)
    assert both[0] > typed("2018-03", BALANCE)
    assert known.outstanding[FEBRUARY] == (None, Symbol.MISSING)


def test_what_came_later_is_not_known_before(march):
    with stored(march) as connection:
        known = past(connection, catalog_of(), MARCH, 0)
    assert {duty.state for duties in known.duties.values() for duty in duties} == {"missing"}
    assert {amount for amount, _ in known.outstanding.values()} == {None}


def test_months_in_which_nobody_owed_anything_are_left_out(march):
    catalog = catalog_of()
    since = Month(2018, 1)
    units = tuple(
        unit.model_copy(update={"duties": tuple(duty.model_copy(update={"since": since}) for duty in unit.duties)})
        for unit in catalog.units.units
    )
    young = catalog.model_copy(update={"units": catalog.units.model_copy(update={"units": units})})
    assert list(of(march, catalog=young).duties) == [since, FEBRUARY, MARCH]


@pytest.mark.parametrize("month", [FEBRUARY, Month(2019, 6)])
def test_any_month_can_be_looked_at(march, month):
    assert list(of(march, month).duties)[-1] == month


def test_a_complete_month_is_not_partial(capsys, tmp_path):
    inbox_of(tmp_path, "2018-02")
    run(capsys, "monthly", "2018-02", "--workspace", tmp_path, "--as-of", AS_OF)
    amount, symbol = of(tmp_path, FEBRUARY).outstanding[FEBRUARY]
    assert symbol is Symbol.NONE
    assert amount > typed("2018-02", BALANCE)
