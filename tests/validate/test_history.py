"""What has been before, where a rule has to know it: other changes, and flows of a month that were below nought."""

import pytest

from pipeline.validate.history import History, told_by, told_by_imported
from tests.validate.months import imported
from tests.validate.returns import DASH, statement, table

UNIT, AREA = "rcb-hanyin", "hanyin"
CHANGED, LENT, OWED = "other_change_amount_mtd", "disbursed_loans_mtd", "outstanding_amount"

TOLD = [
    ("loans of one fen came in", CHANGED, 1, [(UNIT, AREA)], []),
    ("or went out", CHANGED, -1, [(UNIT, AREA)], []),
    ("none did", CHANGED, 0, [], []),
    ("one loan was taken back", LENT, -1, [], [(UNIT, AREA, "2017", LENT)]),
    ("none was lent", LENT, 0, [], []),
    ("one was", LENT, 1, [], []),
    ("a stock is no flow", OWED, -1, [], []),
    ("nor of a month is a year", "disbursed_loans_ytd", -1, [], []),
]


def known(told):
    history = History.of(told)
    return sorted(history.other_changes), sorted(history.reversals)


@pytest.mark.parametrize(("why", "indicator", "value", "changes", "reversals"), TOLD)
def test_other_changes_and_negative_months_are_remembered(why, indicator, value, changes, reversals):
    """Of whatever is told, of statements, and of imported figures."""
    nothing = {CHANGED: 0, "other_change_amount_ytd": 0}
    sent = told_by([statement(nothing | {indicator: value}, period="2017-12")])
    before = told_by_imported([imported("2017-12", indicator, value)])
    for told in ([(UNIT, AREA, "2017-12", indicator, value)], sent, before):
        assert known(told) == (changes, reversals), why
    is_unusual = bool(changes or reversals)
    assert (len(sent), len(before)) == (is_unusual, is_unusual), "the rest is not even told"


def test_neither_typed_totals_nor_blanks_tell_anything():
    sent = table({AREA: {CHANGED: None, LENT: DASH}}, {CHANGED: 1, LENT: -1}, unit=UNIT)
    assert told_by([sent]) == []
