"""A28: no more households owe than last month and were lent to since, no fewer than loans were settled.

In the history 290 owe at every month's end; ten were lent to in March, and 33 - 22 loans settled. Where as many as there
are loans owe, it is A09 that would tell one more: cases of more begin at 280 in February.
"""

import pytest

from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, Over, check_over, history, imported, month
from tests.validate.returns import TEN, WAN, catalog, cell_of, table
from tests.validate.rules.test_settled import HOUSEHOLDS, OWING, SETTLED, TAKEN_OVER, WRITTEN_OFF

LENT_TO, YTD, CUM = (f"disbursed_households_{span}" for span in ("mtd", "ytd", "cum"))
FEBRUARY = {"2018-02": {HOUSEHOLDS: 280}}
QUIET = {"written_off_amount_mtd": 0, "written_off_amount_ytd": 0, "outstanding_amount": 1146 * WAN}
"""January without its one 万元 written off."""


def told(why, now, said, expected, **more):
    changes = {HOUSEHOLDS: now} | more.pop("changes", {})
    message = f"汉阴县“期末余额/户数”{now}户，{said}；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
    return Over("A28", why, changes, message, "soft", HOUSEHOLDS, str(now), str(expected), **more)


def more(why, now, most="上月末280户＋本月发放10户", expected=290, **given):
    said = f"多于{most}的{expected}户：本月没有发放的户不会新增。请核对期末户数和本月发放户数"
    return told(why, now, said, expected, **{"earlier": FEBRUARY} | given)


def fewer(why, now, fewest="上月末290户－本月结清11笔", expected=279, **given):
    said = f"少于{fewest}的{expected}户：每减少一户，至少结清一笔。请核对期末户数和结清笔数"
    return told(why, now, said, expected, **given)


def none(why, now, **given):
    return Over("A28", why, {HOUSEHOLDS: now} | given.pop("changes", {}), **given)


CASES = [
    none("all ten that were lent to are new", 290, earlier=FEBRUARY),
    more("one household more", 291),
    none("eleven loans were the last of as many households", 279),
    fewer("one household less", 278),
    fewer("two digits changed places", 129),
    none("some were written off", 278, changes=WRITTEN_OFF),
    more("but none came by that", 291, changes=WRITTEN_OFF),
    none("what comes in or goes out another way are households too", 291, changes=TAKEN_OVER, earlier=FEBRUARY),
    none("they may be fewer for the same reason", 278, changes=TAKEN_OVER),
    none("one fen came back, and its household", 291, changes={"written_off_amount_mtd": -1}, earlier=FEBRUARY),
    fewer("no column of what was written off: nothing was", 278,
          changes={"written_off_amount_mtd": None, "other_change_amount_mtd": None}),
    none("as many households as loans", 300, also=frozenset({"A12"})),
    none("more than loans are A09's", 301),
    none("too few in the month are A06's, whose sums both tell it", 289, changes={LENT_TO: 8}, earlier=FEBRUARY,
         also=frozenset({"A06"})),
    more("one sum by itself may be wrong", 291, changes={YTD: 31}, also=frozenset({"A06"})),
    more("nor does the other alone tell it", 291, changes={CUM: 452}, also=frozenset({"A06"})),
    more("one sum is not known", 291, changes={YTD: None}),
    more("neither is", 291, changes={YTD: None, CUM: None}),
    none("how many were lent to is not known", 291, changes={LENT_TO: None}, earlier=FEBRUARY),
    more("whatever was settled", 291, changes={SETTLED: None}),
    none("what was settled is not known", 270, changes={SETTLED: None}),
    none("a year that shrinks is A23's", 270, changes={SETTLED: 21}, also=frozenset({"A23"})),
    none("January starts anew: ten were settled", 280, changes=QUIET, period="2018-01"),
    fewer("one less", 279, "上月末290户－本月结清10笔", 280, changes=QUIET, period="2018-01"),
    none("ten were lent to in January", 290, period="2018-01", earlier={"2017-12": {HOUSEHOLDS: 280}}),
    more("one more", 291, period="2018-01", earlier={"2017-12": {HOUSEHOLDS: 280}}),
    none("last month's is not known", 200, earlier={"2018-02": {HOUSEHOLDS: None}}),
    none("nothing is in force of last month", 200, missing=("2018-02",)),
    more("an imported month is one to ask about", 291, earlier={}, missing=("2018-02",),
         imported=(imported("2018-02", HOUSEHOLDS, 280),)),
    none("below zero is A10's", -1),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_households_come_and_go(case):
    check_over(case)


# ------------------------------------------------------------------ with their loans


def under(changes, earlier=None):
    """The finding at the households, and the one that it is told under."""
    found = Over("A28", "", changes, earlier=earlier or {}).found()
    by_id = {finding.id: finding for finding in found}
    (own,) = [finding for finding in found if finding.indicator == HOUSEHOLDS]
    return by_id[own.under].indicator if own.under else ""


@pytest.mark.parametrize(("why", "changes", "root"), [
    ("eleven loans and eleven households more", {OWING: 311, HOUSEHOLDS: 301}, OWING),
    ("twelve of each less", {OWING: 288, HOUSEHOLDS: 278}, OWING),
    ("a loan more, and twelve households less", {OWING: 301, HOUSEHOLDS: 278}, ""),
    ("the loans are right", {HOUSEHOLDS: 278}, ""),
])  # fmt: skip
def test_households_go_with_their_loans_that_are_off_the_same_way(why, changes, root):
    assert under(changes) == root


# ------------------------------------------------------------------ one message, at the cell


def left(sent, before):
    """What is told of a statement: (rule, cause, cell)."""
    past = Past.of_submissions(before)
    found = diagnose([*check([sent], catalog()), *check_over_time([sent], catalog(), past)], [sent], catalog(), past)
    return [(finding.rule, finding.cause, finding.cell) for finding in found if not finding.under]


SLIPS = [
    ("413 became 314: last month 417, 16 settled, loans 520 and 515",
     {OWING: 515, HOUSEHOLDS: 314, SETTLED: 38, "disbursed_loans_cum": 900},
     {OWING: 520, HOUSEHOLDS: 417, "disbursed_loans_cum": 889}),
    ("316 became 329: last month 313, ten lent to",
     {OWING: 335, HOUSEHOLDS: 329}, {OWING: 335, HOUSEHOLDS: 313}),
    ("a household too many", {HOUSEHOLDS: 291}, {HOUSEHOLDS: 280}),
    ("a household too few", {HOUSEHOLDS: 278}, {}),
    ("so few that they owe 5.11 万元 each (A13), at 279 only 4.30", {HOUSEHOLDS: 235}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "now", "then"), SLIPS, ids=[why for why, *_ in SLIPS])
def test_a_slip_is_one_message_at_its_cell(why, now, then):
    assert left(month(changes=now), history(changes={"2018-02": then})) == [("A28", "", cell_of(HOUSEHOLDS))]


@pytest.mark.parametrize(("why", "beyond"), [("all rows", 10), ("one row, the others could be so", 1)])
def test_a_column_that_holds_the_loans_is_one_message(why, beyond):
    """Lines enough for all of them: A12 has nothing to say. Rows whose households were 295 may be as many as loans."""

    def statement(period, households):
        areas = {area: MONTHS[period] | {OWING: 300 + n, HOUSEHOLDS: households(n)} for n, area in enumerate(TEN)}
        return table(areas, period=period)

    before = statement("2018-02", lambda n: 270 + n if n < beyond else 295 + n)
    right = statement("2018-03", lambda n: 272 + n if n < beyond else 297 + n)
    assert left(right, [before]) == []
    assert left(statement("2018-03", lambda n: 300 + n), [before]) == [("A28", "other_column", cell_of(HOUSEHOLDS))]
