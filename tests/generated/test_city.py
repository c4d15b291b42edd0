"""The city as a whole: repeatable, extendable, and of-which areas that truly are of-which."""

from __future__ import annotations

from pipeline.periods import Month
from tests.generated.checker import BANKS, COUNTIES
from tests.generator import months_until, simulate

FEB = Month(2018, 2)


def test_same_seed_same_city(city):
    again = simulate(2018, city.last)
    for unit in BANKS:
        assert again.statement(unit, city.last) == city.statement(unit, city.last)


def test_other_seed_other_city(city):
    assert simulate(7, city.last).statement("abc", FEB) != city.statement("abc", FEB)


def test_longer_run_begins_with_the_same_months(clean_city):
    shorter = simulate(2018, Month(2017, 4), planted=False)
    for month in months_until(Month(2017, 4)):
        for unit in BANKS:
            assert shorter.statement(unit, month) == clean_city.statement(unit, month)
        for county in COUNTIES:
            assert shorter.county_return(county, month) == clean_city.county_return(county, month)
    assert shorter.targets(2017) == clean_city.targets(2017)


def test_defects_touch_the_last_month_only(city, clean_city):
    assert city.statement("abc", FEB) == clean_city.statement("abc", FEB)
    planted, clean = city.statement("abc", city.last), clean_city.statement("abc", city.last)
    assert {area for area, code in planted if planted[area, code] != clean[area, code]} == {"ziyang"}


def test_of_which_areas_lie_inside_their_county(clean_city):
    statement = clean_city.statement("abc", FEB)
    inside = {key: value for key, value in statement.items() if key[0] in ("gaoxin", "hengkou")}
    assert inside["gaoxin", "outstanding_amount"] > 0
    for _, code in inside:
        if code != "weighted_average_rate":
            parts = sum(inside[area, code] for area in ("gaoxin", "hengkou"))
            assert parts <= statement["hanbin", code]


def test_each_bank_rounds_to_its_own_step(clean_city):
    """ABC and RCB to 0.01 万元, half up; PSBC not at all; counts never."""
    for unit, step in (("abc", 10_000), ("rcb-hanyin", 10_000), ("psbc", 1)):
        exact, reported = clean_city.statement(unit, FEB), clean_city.reported(unit, FEB)
        for key, value in reported.items():
            if "amount" in key[1]:
                assert value == (exact[key] + step // 2) // step * step
            elif "rate" not in key[1] and "subsidy" not in key[1]:
                assert value == exact[key]


def test_totals_leave_out_of_which_areas(clean_city):
    statement, total = clean_city.statement("abc", FEB), clean_city.total("abc", FEB)
    assert total["outstanding_amount"] == sum(statement[county, "outstanding_amount"] for county in COUNTIES)
    rates = [statement[county, "weighted_average_rate"] for county in COUNTIES]
    assert min(rates) <= total["weighted_average_rate"] <= max(rates)


def test_city_volume_is_plausible(clean_city):
    owed = sum(
        clean_city.statement(unit, FEB)[area, "outstanding_amount"]
        for unit in BANKS
        for area in ([unit[4:]] if unit.startswith("rcb") else COUNTIES)
    )
    assert 150_000_000 <= owed / 100 <= 400_000_000
