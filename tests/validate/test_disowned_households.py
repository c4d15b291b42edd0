"""Households of last month that this month's statement does not go on from: the bounds, to the household.

441 were ever lent to by February, 431 by January; 11 were lent to in February, 10 in March and in January.
"""

import numpy as np
import pytest

from pipeline.validate.building import books
from pipeline.validate.disowned_households import CUM, YTD, disowned_households
from pipeline.validate.past import Past
from tests.validate.months import before, history, month
from tests.validate.returns import catalog

JANUARY, FEBRUARY, MARCH, DECEMBER = "2018-01", "2018-02", "2018-03", "2017-12"
ALONE = tuple(before(FEBRUARY))
"""Nothing is in force before February."""


def doubted(code, now, last, period=MARCH, missing=(), is_true=True):
    """Between which bounds last month's was meant to be; None if it is not doubted."""
    when = before(period)[-1]
    past = Past.of_submissions(history(period, {when: {code: last}}, missing))
    (book,) = books([month(period, {code: now})], catalog(), past=past).values()
    found = {own: (mask, figures) for own, mask, figures in disowned_households(book, np.array([is_true]))}
    mask, figures = found[code]
    assert [one.row for one in figures] == np.flatnonzero(mask).tolist()
    return next(((one.least, one.most) for one in figures), None)


@pytest.mark.parametrize(("why", "last", "now", "bounds"), [
    ("443 are more than 431 and 11, and fewer are left", 443, 442, (432, 442)),
    ("as many are left: March goes on from that", 443, 443, None),
    ("442 may be, so March is wrong", 442, 441, None),
    ("no more than by January are left", 443, 431, (431, 431)),
    ("fewer than by January: March is wrong too", 443, 430, None),
    ("fewer than by January, and March has more than ten new ones", 430, 441, (431, 441)),
    ("ten new ones: March goes on from that", 430, 440, None),
    ("or fewer", 430, 435, None),
    ("as many as by January may be, so March is wrong", 431, 442, None),
    ("all of February and March are new", 430, 452, (442, 442)),
    ("one more: March is wrong too", 430, 453, None),
])  # fmt: skip
def test_march_goes_on_from_january(why, last, now, bounds):
    assert doubted(CUM, now, last) == bounds, why


def test_a_statement_that_is_not_true_to_itself_doubts_nothing():
    assert doubted(CUM, 442, 443, is_true=False) is None


@pytest.mark.parametrize(("why", "code", "period", "last", "now", "bounds"), [
    ("a year begins with nought: of 20 nine to ten were there in January", YTD, FEBRUARY, 25, 20, (9, 10)),
    ("what was ever lent does not: 422 by December", CUM, FEBRUARY, 450, 431, (422, 431)),
    ("nor in January: 413 by November, ten in December", CUM, JANUARY, 450, 431, (421, 423)),
    ("in January a year goes on from nothing", YTD, JANUARY, 130, 115, None),
])  # fmt: skip
def test_where_a_year_begins(why, code, period, last, now, bounds):
    assert doubted(code, now, last, period) == bounds, why


@pytest.mark.parametrize(("why", "last", "now", "bounds"), [
    ("ten times 440, and ten are new", 4400, 450, (440, 440)),
    ("one more is not what goes on from 440", 4400, 451, None),
    ("4401 are not ten times anything", 4401, 450, None),
    ("March may be the tenth: 4410 are 4400 and ten new ones", 4400, 441, None),
    ("4420 are not", 4400, 442, (440, 440)),
    ("440 of 4400: March is the tenth", 4400, 440, None),
    ("fewer are left than a tenth", 4400, 439, None),
])  # fmt: skip
def test_the_first_month_there_is_with_a_digit_too_many(why, last, now, bounds):
    assert doubted(CUM, now, last, missing=ALONE) == bounds, why


def test_a_month_before_it_tells_more_than_the_digits():
    """Of 431 by January the 431 of March, with none of its own new, are as far as February can have come."""
    assert doubted(CUM, 431, 4310) == (431, 431)
