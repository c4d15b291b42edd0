"""A28: loans outstanding are last month's, with those lent and without those settled since.

In the history 300 are outstanding at every month's end: 11 were lent in March, and 33 - 22 settled.
"""

import pytest

from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.months import Over, check_over, history, imported, month
from tests.validate.returns import ABSENT, WAN, catalog, cell_of

OWING, SETTLED, HOUSEHOLDS, LENT = (
    *("outstanding_loans", "settled_loans_ytd", "outstanding_households"),
    "disbursed_loans_mtd",
)
OWED, GONE = "期末余额/笔数", "收回情况/本年累计/笔数"
ASK = "。请核对期末笔数和结清笔数；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
NOT_RESET = "：疑似本年累计没有从1月起重新计算"
WRITTEN_OFF = {"written_off_amount_mtd": WAN, "written_off_amount_ytd": 2 * WAN,
               "outstanding_amount": 1199 * WAN, "pass_amount": 1179 * WAN}  # fmt: skip
"""One 万元 written off in March, as true as the rest."""
TAKEN_OVER = {
    "other_change_amount_mtd": WAN,
    "outstanding_amount": 1201 * WAN,
    "other_change_amount_ytd": WAN,
    "pass_amount": 1181 * WAN,
}


def said(label, value, how, words, expected, hint=""):
    return f"汉阴县“{label}”{value}笔，{how}{words}的{expected}笔{hint}{ASK}"


def owing(why, now, words, expected, how="不等于", **more):
    changes = {OWING: now} | more.pop("changes", {})
    return Over(
        "A28", why, changes, said(OWED, now, how, words, expected), "soft", OWING, str(now), str(expected), **more
    )


def settled(why, now, words, expected, how="不等于", hint="", **more):
    changes = {SETTLED: now} | more.pop("changes", {})
    told = said(GONE, changes[SETTLED], how, words, expected, hint)
    return Over("A28", why, changes, told, "soft", SETTLED, str(now), str(expected), **more)


def none(why, changes, **more):
    return Over("A28", why, changes, **more)


MARCH, FROM = "上月末300笔＋本月发放11笔－本月结清11笔", "上月的本年累计22笔＋上月末300笔＋本月发放11笔－期末300笔"
FROM_MORE, FROM_LESS = (f"上月的本年累计22笔＋上月末300笔＋本月发放11笔－期末{owed}笔" for owed in (311, 288))
OR_LENT = "：也可能发放笔数（本月、本年累计、历史累计）多计1笔"
JANUARY = "上月末300笔＋本月发放10笔－期末300笔"
CASES = [
    none("300 and 11 less 33 - 22 are 300", {}),
    owing("one more", 301, MARCH, 300),
    owing("one less", 299, MARCH, 300),
    settled("one loan settled that is still there", 34, FROM, 33),
    settled("one loan less: or one too many was lent, to one household of the ten", 32, FROM, 33, hint=OR_LENT),
    settled("two loans less: nine loans to ten households there were not", 31, FROM, 33),
    settled("ten households more, as were lent to", 33, FROM_MORE, 22, changes={OWING: 311, HOUSEHOLDS: 300}),
    settled("eleven households less, as were settled", 33, FROM_LESS, 45, changes={OWING: 288, HOUSEHOLDS: 279}),
    settled("in February the year has begun", 23, "上月的本年累计10笔＋上月末300笔＋本月发放12笔－期末300笔", 22, period="2018-02"),
    settled("a digit too many", 330, FROM, 33),
    none("a loan that is settled is none that is outstanding", {OWING: 299, SETTLED: 34}),
    none("nor is one that was renewed twice", {OWING: 301, SETTLED: 32}),
    owing("loans and households alike are off: it is told at the loans", 302, MARCH, 300, changes={HOUSEHOLDS: 291}),
    settled("households are off by nearly as much", 36, "上月的本年累计22笔＋上月末300笔＋本月发放11笔－期末302笔", 31,
            changes={OWING: 302, HOUSEHOLDS: 291}),
    settled("loans moved, and their households with them", 33, "上月的本年累计22笔＋上月末300笔＋本月发放11笔－期末304笔", 29,
            changes={OWING: 304, HOUSEHOLDS: 294}),
    owing("nobody knows the households", 301, MARCH, 300, changes={HOUSEHOLDS: None}),
    none("what was written off is not settled", {OWING: 299} | WRITTEN_OFF),
    owing("but no more are there than before", 301, MARCH, 300, "多于", changes=WRITTEN_OFF),
    none("as many as before may be", WRITTEN_OFF),
    settled("settled too many, beside what was written off", 34, FROM, 33, "多于", changes=WRITTEN_OFF),
    none("settled fewer may have been written off", {SETTLED: 32} | WRITTEN_OFF),
    none("what comes in or goes out another way are loans too", {OWING: 301} | TAKEN_OVER),
    none("one fen came back", {OWING: 301, "written_off_amount_mtd": -1}),
    none("what was written off and came back is there again",
         {OWING: 301, "written_off_amount_mtd": -WAN, "outstanding_amount": 1201 * WAN, "pass_amount": 1181 * WAN,
          "written_off_amount_ytd": 0}),
    owing("no column of what was written off: nothing was", 299, MARCH, 300,
          changes={"written_off_amount_mtd": None, "other_change_amount_mtd": None}),
    none("a year that shrinks is A23's", {SETTLED: 21}, also=frozenset({"A23"})),
    settled("a year may stay what it is", 22, FROM, 33),
    none("households above loans are A09's", {OWING: 289}),
    owing("as many loans as households are not", 290, MARCH, 300, also=frozenset({"A12"})),
    none("what was lent is not what the year grew by: A04", {LENT: 12, "disbursed_loans_cum": 501},
         also=frozenset({"A04"})),
    none("nor all that was ever lent: A05", {LENT: 12, "disbursed_loans_ytd": 34}, also=frozenset({"A05"})),
    none("January starts anew", {}, period="2018-01"),
    settled("December's are still in it", 142, JANUARY, 10, "多于", hint=NOT_RESET, period="2018-01"),
    settled("December's stayed", 132, JANUARY, 10, "多于", hint=NOT_RESET, period="2018-01"),
    settled("neither", 133, JANUARY, 10, "多于", period="2018-01"),
    settled("nothing was settled last year", 11, JANUARY, 10, "多于", period="2018-01", earlier={"2017-12": {SETTLED: 0}}),
    settled("one loan less in January", 9, JANUARY, 10, period="2018-01",
            changes={"written_off_amount_mtd": 0, "written_off_amount_ytd": 0, "outstanding_amount": 1146 * WAN}),
    owing("one more in January", 301, "上月末300笔＋本月发放10笔－本月结清10笔", 300, "多于", period="2018-01"),
    settled("in January last year need not be known", 11, JANUARY, 10, "多于", period="2018-01",
            earlier={"2017-12": {SETTLED: None}}),
    none("not reported", {OWING: 301, SETTLED: None}),
    none("last month's not reported", {OWING: 301}, earlier={"2018-02": {OWING: None}}),
    none("last month's year not reported", {OWING: 301}, earlier={"2018-02": {SETTLED: None}}),
    none("nothing is in force of last month", {OWING: 301}, missing=("2018-02",)),
    owing("an imported month is one to ask about", 301, MARCH, 300, missing=("2018-02",),
          imported=(imported("2018-02", OWING, 300), imported("2018-02", SETTLED, 22),
                    imported("2018-02", HOUSEHOLDS, 290))),
    none("below zero is A10's", {SETTLED: -1}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_loans_come_and_go(case):
    check_over(case)


@pytest.mark.parametrize(("why", "changes", "period", "causes"), [
    ("December's are still in it", {SETTLED: 142}, "2018-01", {"year_not_reset"}),
    ("another figure", {SETTLED: 143}, "2018-01", {""}),
    ("as many as December's, but not January", {SETTLED: 142}, "2018-03", {""}),
])  # fmt: skip
def test_a_year_that_goes_on_in_january_has_its_name(why, changes, period, causes):
    case = Over("A28", why, changes, period=period)
    assert {found.cause for found in case.found() if found.rule == "A28"} == causes


@pytest.mark.parametrize("lacking", [(), ("disbursed_loans_cum",)])
def test_what_may_have_been_lent_too_often_is_told_with_its_cells(lacking):
    """Also where a bank's form has no such column."""
    lent = {LENT, "disbursed_loans_ytd", "disbursed_loans_cum"}.difference(lacking)
    case = Over("A28", "", {SETTLED: 32} | dict.fromkeys(lacking, ABSENT))
    (found,) = [finding for finding in case.found() if finding.rule == "A28"]
    assert {figure.cell for figure in found.accused} == {cell_of(SETTLED), *map(cell_of, lent)}


@pytest.mark.parametrize(("changes", "at"), [({OWING: 3000}, OWING), ({SETTLED: 3300}, SETTLED), ({OWING: 480}, OWING)])
def test_what_other_rules_say_of_the_same_figure_is_one_message(changes, at):
    """A25 and A26 beside A28."""
    sent, past = month(changes=changes), Past.of_submissions(history())
    found = diagnose([*check([sent], catalog()), *check_over_time([sent], catalog(), past)], [sent], catalog(), past)
    (root,) = [finding for finding in found if not finding.under]
    assert root.indicator == at
