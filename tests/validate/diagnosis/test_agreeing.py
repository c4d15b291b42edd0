"""Guesses at one statement beside one another: two that cannot both be right are told as neither."""

import pytest

from pipeline.validate.building import book
from pipeline.validate.diagnosis.agreeing import agreeing
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Equations
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY
from tests.validate.returns import WAN, catalog, statement

MONTH, YEAR = "disbursed_amount_mtd", "disbursed_amount_ytd"
"""February had lent 85 in the year, so that March is true with 45 and 130, with 44 and 129, and never with 44 and 130."""


@pytest.fixture(scope="module")
def system():
    march = statement({MONTH: 50 * WAN, YEAR: 140 * WAN})
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
    return Equations(book(catalog().forms[march.form], [march], catalog(), past=past)).system(0)


def found(code, meant, cause=Cause.OTHER):
    return Found(cause, ((0, code),), (meant * WAN,))


@pytest.mark.parametrize(
    ("why", "guesses", "left"),
    [
        ("they go together", [found(MONTH, 44), found(YEAR, 129)], [0, 1]),
        ("together they break what ties month and year", [found(MONTH, 44), found(YEAR, 130)], []),
        ("one of them has a name", [found(MONTH, 44), found(YEAR, 130, Cause.DIGIT_MORE)], [1]),
        ("alone it leaves another's fault", [found(MONTH, 44)], [0]),
        ("what is not in the equation stays", [found(MONTH, 44), found(YEAR, 130), found("loss_amount", 1)], [2]),
        ("two values for one figure: the later one goes on from the first", [found(MONTH, 44), found(MONTH, 55)], [1]),
        ("a name is believed before that", [found(MONTH, 55, Cause.TRANSPOSED), found(MONTH, 44)], [0]),
    ],
)
def test_guesses_that_contradict_one_another_are_left_out(system, why, guesses, left):
    assert agreeing(system, guesses) == [guesses[number] for number in left], why
