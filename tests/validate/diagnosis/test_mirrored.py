"""What a county says of one bank stands in the wrong one of its two amounts (A17)."""

import pytest

from tests.validate.returns import STEP, WAN, cell_of, county_return, statement
from tests.validate.rules.test_mirror import AMOUNT, OWED, TRUE, found


@pytest.mark.parametrize(
    ("why", "lent", "cause"),
    [
        ("1200 lent and 130 owed for 130 and 1200", 1200 * WAN, "columns_exchanged"),
        ("as far as roundings go", 1200 * WAN + STEP, "columns_exchanged"),
        ("farther", 1200 * WAN + STEP + 1, ""),
    ],
)
def test_what_is_lent_and_what_is_owed_exchanged(why, lent, cause):
    (finding,) = found(statement(), county_return(TRUE | {OWED: 130 * WAN, AMOUNT: lent}))
    assert (finding.indicator, finding.cause) == (OWED, cause), why
    assert ("这两个数正好相反，疑似两栏互换" in finding.message) == bool(cause)
    assert {cell_of(OWED), cell_of(AMOUNT)} <= set(finding.places.replace(":", "、").split("、"))
