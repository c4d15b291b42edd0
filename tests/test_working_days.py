"""Working days in China by the State Council's notices, and what is said of years that have none yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.working_days import is_announced, is_working_day, next_working_day


@pytest.mark.parametrize(
    ("why", "day", "worked"),
    [
        ("a Thursday", "2018-03-08", True),
        ("a Sunday", "2018-07-08", False),
        ("a Sunday on which the days off for 清明 are made up", "2018-04-08", True),
        ("the last day of 国庆 and 中秋 2017, eight days long", "2017-10-08", False),
        ("the Monday after it", "2017-10-09", True),
        ("国庆 2018 ended the day before", "2018-10-08", True),
        ("a Friday within 春节 2019", "2019-02-08", False),
        ("春节 2020 was made longer because of the epidemic", "2020-01-31", False),
    ],
)
def test_days_are_as_the_notices_say(why, day, worked):
    assert is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("why", "day", "moved"),
    [
        ("a working day stays", "2018-05-08", "2018-05-08"),
        ("a make-up Sunday stays", "2018-04-08", "2018-04-08"),
        ("a Sunday", "2018-07-08", "2018-07-09"),
        ("a Saturday", "2018-09-08", "2018-09-10"),
        ("the last day of a holiday", "2017-10-08", "2017-10-09"),
        ("the middle of 春节 2019: 4 to 10 February", "2019-02-08", "2019-02-11"),
    ],
)
def test_a_day_off_leads_to_the_next_day_on_which_people_work(why, day, moved):
    assert next_working_day(date.fromisoformat(day)) == date.fromisoformat(moved)


@pytest.mark.parametrize(("year", "known"), [(2003, False), (2004, True), (2018, True), (2099, False)])
def test_it_is_told_which_years_have_a_notice(year, known):
    assert is_announced(date(year, 5, 8)) is known


def test_years_without_a_notice_have_weekends_only():
    """8 May 2099 is a Friday, 1 October 2099 a Thursday; nobody can know whether people will work on it."""
    friday, national_day = date(2099, 5, 8), date(2099, 10, 1)
    assert is_working_day(friday)
    assert is_working_day(national_day)
    assert [next_working_day(friday + timedelta(days=more)) for more in (1, 2, 3)] == [date(2099, 5, 11)] * 3


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_it_is_the_first_working_day_that_is_not_before(day):
    moved = next_working_day(day)
    assert moved >= day
    assert is_working_day(moved)
    between = [day + timedelta(days=n) for n in range((moved - day).days)]
    assert not [one for one in between if is_working_day(one)]
