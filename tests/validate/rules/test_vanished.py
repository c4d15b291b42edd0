"""A31: bad loans that are there no more. February has 4, 3 and 1 万元 of them, and 9 past due; asked about from 5 on."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import Over, check_over, imported, with_policy
from tests.validate.returns import COUNTY, TEN, WAN, catalog, table

NPL, PAST_DUE = "npl_amount", "past_due_amount"
SUB, DOUBTFUL, LOSS = BAD = ("substandard_amount", "doubtful_amount", "loss_amount")
LABEL = {NPL: "不良贷款余额", PAST_DUE: "逾期贷款/余额"}
FEN = 0.000001
ASK = "请核对是否漏填；是上月报表有误的，请更正上月报表；如已收回或情况属实，请说明原因。"
OVERDUE_TOO = "；汉阴县“逾期贷款/余额”也没有了"


def figures(wan):
    return {code: round(value * WAN) for code, value in wan.items()}


def npl(sub=0, doubtful=0, loss=0, balance=1200):
    bad = sub + doubtful + loss
    return figures({SUB: sub, DOUBTFUL: doubtful, LOSS: loss, NPL: bad, "pass_amount": balance - 12 - bad})


def overdue(wan, loans=0):
    return figures({PAST_DUE: wan}) | {"past_due_loans": loans}


def last(changes):
    return {"2018-02": changes}


def npl_last(sub, doubtful=0, loss=0):
    return last(npl(sub, doubtful, loss, balance=1175))


def money(wan):
    text = f"{wan:.6f}".rstrip("0")
    return f"{text}{'0' * max(0, 2 - len(text.partition('.')[2]))}万元"


def gone(why, changes, before, out=0, at=NPL, also_words="", **more):
    words = f"汉阴县“{LABEL[at]}”0.00万元，上月{money(before)}：全部没有了，而本月核销及代偿、划出共{money(out)}{also_words}。"
    return Over("A31", why, changes, words + ASK, "soft", at, "0.00", **more)


def fallen(why, changes, now, before, out=0, also_words="", **more):
    words = (
        f"汉阴县“{LABEL[NPL]}”{money(now)}，上月{money(before)}：各县区合计{money(now)}，"
        f"连同本月核销及代偿、划出的{money(out)}，不到上月合计{money(before)}的50%{also_words}。"
    )
    return Over("A31", why, changes, words + ASK, "soft", NPL, f"{now * 10_000:.2f}", **more)


def none(why, changes, earlier=None, **more):
    return Over("A31", why, changes, earlier=earlier or {}, **more)


def written_off(wan):
    return figures({"written_off_amount_mtd": wan})


def transferred(wan):
    return figures({"other_change_amount_mtd": wan})


MOVED = {"also": frozenset({"A02", "A04"})}
"""Money that moves in the month and in no balance."""
CASES = [
    none("as last month", {}),
    gone("all 8 are gone: less than may be pass again", npl(), 8),
    gone("5 are as much as is asked about", npl(), 5, earlier=npl_last(2, 3)),
    none("one fen less is not", npl(), npl_last(2 - FEN, 3)),
    none("all that was there was written off", npl() | written_off(8), **MOVED),
    gone("but for one fen", npl() | written_off(8 - FEN), 8, 8 - FEN, **MOVED),
    none("all that was there went to somebody else", npl() | transferred(-8), also=frozenset({"A02"})),
    gone("but for one fen", npl() | transferred(FEN - 8), 8, 8 - FEN, also=frozenset({"A02"})),
    gone("what came in is no reason", npl() | transferred(8), 8, also=frozenset({"A02"})),
    gone("a column that is not there says that nothing was written off", npl() | {"written_off_amount_mtd": None}, 8),
    none("half is left", npl(4)),
    fallen("one fen less", npl(4 - FEN), 4 - FEN, 8),
    none("half with what was written off", npl(3) | written_off(1), **MOVED),
    fallen("one fen less", npl(3) | written_off(1 - FEN), 3, 8, 1 - FEN, **MOVED),
    fallen("of 5 less than half is left", npl(2), 2, 5, earlier=npl_last(2, 3)),
    none("of one fen less than 5", npl(2), npl_last(2 - FEN, 3)),
    none("a sum that is not that of its grades is A08's", npl() | {NPL: 4 * WAN}),
    none("grades that do not add up to the balance are A08's", npl() | {"pass_amount": 1180 * WAN}),
    none("not reported last month", npl(), last({NPL: None})),
    none("nothing is in force of last month", npl(), missing=("2018-02",)),
    gone("nothing is past due", overdue(0), 9, at=PAST_DUE),
    gone("5 are as much as is asked about", overdue(0), 5, at=PAST_DUE, earlier=last(overdue(5, 6))),
    none("one fen less is not", overdue(0), last(overdue(5 - FEN, 6))),
    none("one fen is left", overdue(FEN, 1)),
    none("loans that are still counted are A09's", overdue(0, 1)),
    gone("who knows how many loans are past due", overdue(0) | {"past_due_loans": None}, 9, at=PAST_DUE),
    none("written off", overdue(0) | written_off(9), **MOVED),
    gone("but for one fen", overdue(0) | written_off(9 - FEN), 9, 9 - FEN, at=PAST_DUE, **MOVED),
    gone("both are one matter", npl() | overdue(0), 8, also_words=OVERDUE_TOO),
    fallen("so are they where something is left", npl(1) | overdue(0), 1, 8, also_words=OVERDUE_TOO),
    gone("an imported month is one to ask about", npl(), 6, missing=("2018-02",),
         imported=tuple(imported("2018-02", code, value * WAN) for code, value in {
             "pass_amount": 1157, "special_mention_amount": 12, SUB: 4, DOUBTFUL: 2, LOSS: 0, NPL: 6,
         }.items())),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_loans_do_not_vanish(case):
    check_over(case)


def test_what_is_told_of_a_county_is_not_told_again():
    case = Over("A31", "", npl() | overdue(0), earlier=npl_last(40))
    (finding,) = [f for f in case.found() if f.rule == "A31"]
    assert "至少这么多不良贷款上调" in finding.message


def test_the_limits_are_the_policys():
    all_gone, most_gone = Over("A31", "", npl()), Over("A31", "", npl(3))
    large, small = {"grade_gone_amount": 80_001}, {"grade_gone_percent": 37}
    told = [
        [f.rule for f in check_over_time([case.sent()], with_policy(**policy), case.past())].count("A31")
        for case, policy in ((all_gone, {"grade_gone_amount": 80_000}), (all_gone, large), (most_gone, small))
    ]
    assert told == [1, 0, 0]


def of_ten(now, before, **more):
    """Ten counties, some of them (by number) with these figures now and a month ago."""
    sent, past = (
        table({area: COUNTY | base | of.get(at, {}) for at, area in enumerate(TEN)}, period=period, **more)
        for of, base, period in ((now, {}, "2018-03"), (before, npl(4, 3, 1, balance=1175), "2018-02"))
    )
    return [f for f in check_over_time([sent], catalog(), Past.of_submissions([past])) if f.rule == "A31"]


def test_of_many_counties_the_one_is_told_in_which_most_is_gone():
    (finding,) = of_ten({0: npl(), 4: npl() | overdue(0)}, {4: npl(4, 3, 2, balance=1175)})
    assert (finding.area, finding.indicator, finding.value) == ("ziyang", NPL, "0.00")
    assert "；汉滨区也没有了；紫阳县“逾期贷款/余额”也没有了。" in finding.message
    assert [(one.area, one.indicator) for one in finding.accused] == [
        ("ziyang", NPL), ("hanbin", NPL), ("ziyang", PAST_DUE),
    ]  # fmt: skip


LITTLE = {at: npl(1, balance=1175) for at in range(10)}


def test_what_is_small_in_each_county_is_asked_about_together():
    """10 万元 in ten counties; of eight of them nothing is left, of two half: 1 万元."""
    (finding,) = of_ten({at: npl(0 if at < 8 else 0.5) for at in range(10)}, LITTLE)
    assert (finding.area, finding.value) == ("hanbin", "0.00")
    assert (
        "上月1.00万元：各县区合计1.00万元，连同本月核销及代偿、划出的0.00万元，不到上月合计10.00万元的50%；"
        in finding.message
    )
    assert "汉阴县、石泉县、宁陕县、紫阳县、岚皋县、平利县、镇坪县、旬阳" in finding.message
    assert len(finding.accused) == 10


@pytest.mark.parametrize("changes", [{NPL: None}, {NPL: 2 * WAN}, npl(30) | {"pass_amount": 1158 * WAN}], ids=str)
def test_not_together_where_a_county_is_not_known_or_not_true(changes):
    now = {at: npl(0.1) for at in range(10)}
    assert [f.indicator for f in of_ten(now, LITTLE)] == [NPL]
    assert not [f for f in of_ten(now | {9: now[9] | changes}, LITTLE) if f.indicator == NPL]
