"""Q01-2: a direction that is turned."""

import pytest

from tests.validate.returns import statement
from tests.validate.rules.test_measures import found, quoting


@pytest.mark.parametrize(
    ("why", "text", "turned"),
    [
        ("less for more", "贷款余额1200万元，较年初减少69万元", True),
        ("so is a rate", "贷款余额1200万元，较年初下降6.1%", True),
        ("another number", "贷款余额1200万元，较年初减少70万元", False),
    ],
)
def test_a_direction_that_is_turned_is_called_so(why, text, turned):
    (finding,) = found(quoting(text), statement())
    assert (finding.cause == "sign", "数是对的，增减的方向与月报相反。" in finding.message) == (turned, turned), why
