"""A27: two grades that stand in each other's place against last month."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import Over, check_over, imported, with_policy
from tests.validate.returns import COUNTY, TEN, WAN, catalog, table

PASS, SPECIAL = "pass_amount", "special_mention_amount"
SUB, DOUBTFUL, LOSS = "substandard_amount", "doubtful_amount", "loss_amount"
LABEL = {PASS: "正常", SPECIAL: "关注", SUB: "次级", DOUBTFUL: "可疑", LOSS: "损失"}
ASK = "，与上月对调：疑似两栏互换。请核对这些栏是否填反；是上月报表有误的，请更正上月报表；如属实，请说明原因。"


def in_wan(figures):
    return {code: round(value * WAN) for code, value in figures.items()}


def said(now, last, area="汉阴县", also=""):
    """Both grades now and last month, in 万元."""
    told = "、".join(f"“五级分类/{LABEL[code]}”{value:.2f}万元" for code, value in now.items())
    before = "、".join(f"{value:.2f}万元" for value in last.values())
    return f"{area}{told}，上月为{before}{also}"


def exchanged(why, now, last, **more):
    (one, first), (_, second) = now.items()
    told, earlier = said(now, last) + ASK, {"2018-02": in_wan(last)}
    return Over("A27", why, in_wan(now), told, "soft", one, f"{first * 10_000:.2f}", f"{second * 10_000:.2f}",
                earlier=earlier, **more)  # fmt: skip


def none(why, now, last, **more):
    return Over("A27", why, in_wan(now), earlier={"2018-02": in_wan(last)}, **more)


CASES = [
    Over("A27", "as last month"),
    exchanged("pass and special mention", {PASS: 12, SPECIAL: 1180}, {PASS: 1155, SPECIAL: 12}),
    exchanged("substandard and doubtful", {SUB: 1, DOUBTFUL: 10}, {SUB: 10, DOUBTFUL: 1}),
    exchanged("substandard and loss", {SUB: 1, LOSS: 10}, {SUB: 10, LOSS: 1}),
    exchanged("doubtful and loss", {DOUBTFUL: 10, LOSS: 1}, {DOUBTFUL: 1, LOSS: 10}),
    exchanged("a tenth more and less", {SUB: 1.1, DOUBTFUL: 9}, {SUB: 10, DOUBTFUL: 1}),
    exchanged("a tenth less and more", {SUB: 0.9, DOUBTFUL: 11}, {SUB: 10, DOUBTFUL: 1}),
    none("a fen more of the smaller", {SUB: 1.100001, DOUBTFUL: 10}, {SUB: 10, DOUBTFUL: 1}),
    none("a fen less of the smaller", {SUB: 0.899999, DOUBTFUL: 10}, {SUB: 10, DOUBTFUL: 1}),
    none("a fen more of the larger", {SUB: 1, DOUBTFUL: 11.000001}, {SUB: 10, DOUBTFUL: 1}),
    none("a fen less of the larger", {SUB: 1, DOUBTFUL: 8.999999}, {SUB: 10, DOUBTFUL: 1}),
    exchanged("thirty percent of performing loans", {PASS: 13, SPECIAL: 700}, {PASS: 1000, SPECIAL: 10}),
    none("a fen more", {PASS: 13.000001, SPECIAL: 700}, {PASS: 1000, SPECIAL: 10}),
    none("a fen less", {PASS: 13, SPECIAL: 699.999999}, {PASS: 1000, SPECIAL: 10}),
    exchanged("five times as much", {SUB: 2, DOUBTFUL: 10}, {SUB: 10, DOUBTFUL: 2}),
    none("less than five times", {SUB: 2, DOUBTFUL: 9.999999}, {SUB: 9.999999, DOUBTFUL: 2}),
    none("all that was substandard is doubtful now", {SUB: 0, DOUBTFUL: 10}, {SUB: 10, DOUBTFUL: 0}),
    none("nothing is pass any more, and it was 50 万元", {PASS: 0, SPECIAL: 50}, {PASS: 50, SPECIAL: 0}),
    exchanged("and it was more", {PASS: 0, SPECIAL: 50.01}, {PASS: 50.01, SPECIAL: 0}),
    exchanged("and nothing was special mention", {PASS: 0, SPECIAL: 1180}, {PASS: 1155, SPECIAL: 0}),
    exchanged("a little is", {PASS: 1, SPECIAL: 50}, {PASS: 50, SPECIAL: 1}),
    none("neither is anything", {PASS: 0, SPECIAL: 0}, {PASS: 0, SPECIAL: 0}),
    none("only one of them moved", {SUB: 1, DOUBTFUL: 1}, {SUB: 10, DOUBTFUL: 1}),
    none("pass and substandard are of two sums", {PASS: 12, SUB: 1180}, {PASS: 1155, SUB: 12}),
    Over("A27", "not reported", {PASS: 12 * WAN, SPECIAL: None}),
    Over("A27", "not reported last month", in_wan({PASS: 12, SPECIAL: 1180}), earlier={"2018-02": {PASS: None}}),
    Over("A27", "below zero is A10's", in_wan({SUB: -1, DOUBTFUL: 10}),
         earlier={"2018-02": in_wan({SUB: 10, DOUBTFUL: -1})}),
    Over("A27", "nothing is in force of last month", in_wan({PASS: 12, SPECIAL: 1180}), missing=("2018-02",)),
    Over("A27", "an imported month is one to ask about", in_wan({PASS: 12, SPECIAL: 1180}),
         said({PASS: 12, SPECIAL: 1180}, {PASS: 1155, SPECIAL: 12}) + ASK, "soft", PASS, "120000.00", "11800000.00",
         missing=("2018-02",), imported=(imported("2018-02", PASS, 1155 * WAN), imported("2018-02", SPECIAL, 12 * WAN))),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_grades_keep_their_columns(case):
    check_over(case)
    assert {found.cause for found in case.found() if found.rule == "A27"} <= {"columns_exchanged"}


# ------------------------------------------------------------------ several places


def told(now, last, known=None):
    """What is told of a statement with these areas' grades, in 万元, after such a month."""
    sent, before = (
        table({area: COUNTY | in_wan(areas.get(area, {})) for area in TEN}, period=period)
        for areas, period in ((now, "2018-03"), (last, "2018-02"))
    )
    found = check_over_time([sent], known or catalog(), Past.of_submissions([before]))
    return [(f.area, f.indicator, f.message) for f in found if f.rule == "A27"]


GOOD, BAD = ({PASS: 1180, SPECIAL: 12}, {PASS: 12, SPECIAL: 1180}), ({SUB: 10, LOSS: 1}, {SUB: 1, LOSS: 10})


def test_a_statement_is_told_once_with_all_its_areas():
    areas = ["ziyang", "hanyin", "baihe"]
    (found,) = told(dict.fromkeys(areas, GOOD[1]), dict.fromkeys(areas, GOOD[0]))
    assert found == ("hanyin", PASS, said(GOOD[1], GOOD[0], also="（紫阳县、白河县也是）") + ASK)


def test_two_pairs_are_told_together_the_first_area_first():
    """汉阴's bad loans come before 紫阳's good ones."""
    (found,) = told({"ziyang": GOOD[1], "hanyin": BAD[1]}, {"ziyang": GOOD[0], "hanyin": BAD[0]})
    words = f"{said(BAD[1], BAD[0])}；{said(GOOD[1], GOOD[0], '紫阳县')}"
    assert found == ("hanyin", SUB, words + ASK)


def test_two_pairs_of_one_area_are_told_at_the_first_of_the_form():
    (found,) = told({"hanyin": GOOD[1] | BAD[1]}, {"hanyin": GOOD[0] | BAD[0]})
    words = f"{said(GOOD[1], GOOD[0])}；{said(BAD[1], BAD[0], '汉阴县')}"
    assert found == ("hanyin", PASS, words + ASK)


def test_the_limits_are_the_policys():
    narrow, steep = with_policy(exchange_near_npl_percent=1), with_policy(exchange_least_times=100)
    now, last = {"hanyin": {SUB: 1, DOUBTFUL: 10.2}}, {"hanyin": {SUB: 10, DOUBTFUL: 1}}
    assert [len(told(now, last, known)) for known in (catalog(), narrow, steep)] == [1, 0, 0]
