"""A31: grades that move farther in a month than loans go.

February's grades are 1155, 12, 4, 3 and 1 万元, a balance of 1175: one in a hundred is 11.75, one in ten 117.50.
"""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import Over, check_over, imported
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, table

PASS, SPECIAL, SUB, DOUBTFUL, LOSS = GRADES = (
    "pass_amount", "special_mention_amount", "substandard_amount", "doubtful_amount", "loss_amount",
)  # fmt: skip
LABEL = dict(zip(GRADES, ("正常", "关注", "次级", "可疑", "损失"), strict=True))
FEN = 0.000001
LAST = dict(zip(GRADES, (1155, 12, 4, 3, 1), strict=True))
ASK = "请核对五级分类各栏；是上月报表有误的，请更正上月报表；如属实，请说明原因。"


def graded(total, /, **grades):
    """Grades in 万元, as they are but for some; what is left of the total is pass."""
    figures = {code: LAST[code] for code in GRADES[1:]} | grades
    return {code: round(value * WAN) for code, value in ({PASS: total - sum(figures.values())} | figures).items()}


def now(**grades):
    return graded(1200, **grades)


def last(total=1175, **grades):
    return {"2018-02": graded(total, **grades)}


def money(wan):
    text = f"{wan:.6f}".rstrip("0")
    return f"{text}{'0' * max(0, 2 - len(text.partition('.')[2]))}万元"


def told(why, changes, at, before, words, **more):
    value = changes[at]
    said = f"汉阴县“五级分类/{LABEL[at]}”{money(value / WAN)}，上月{money(before)}：{words}。{ASK}"
    return Over("A31", why, changes, said, "soft", at, f"{value / 100:.2f}", "", **more)


def skipped(why, changes, at, before, grades, tail, wider, more_than, **more):
    words = f"本月{grades}合计{money(tail)}，比上月{wider}合计还多{money(more_than)}，至少这么多贷款一个月内跳级下调"
    return told(why, changes, at, before, words, **more)


def worse(why, changes, at, before, difference, hint="", grades="关注和不良", percent="10%", **more):
    words = f"{grades}合计一个月增加{money(difference)}，超过上月余额的{percent}{hint}"
    return told(why, changes, at, before, words, **more)


def better(why, changes, at, before, grades, less, above, **more):
    words = (
        f"{grades}合计比上月减少{money(less)}，比本月收回、核销及代偿的合计还多{money(above)}，至少这么多不良贷款上调"
    )
    return told(why, changes, at, before, words, **more)


def none(why, changes, earlier=None, **more):
    return Over("A31", why, changes, earlier=earlier or {}, **more)


BAD = "次级、可疑、损失"
SMALL, MANY = last(520), last(1175, substandard_amount=54)
MANY_SPECIAL = last(1175, special_mention_amount=54)
SPECIAL_AND_SUB = "：疑似关注、次级两栏互换"
EXCHANGED = "：疑似正常、关注两栏互换"
CASES = [
    none("as last month", {}),
    none("all that was doubtful is lost, and 11.75 besides", now(loss_amount=15.75, doubtful_amount=0)),
    skipped("one fen more", now(loss_amount=15.75 + FEN), LOSS, 1, "损失", 15.75 + FEN, "可疑、损失", 11.75 + FEN),
    none("of a small balance 10 万元", now(loss_amount=14), SMALL),
    skipped("one fen more", now(loss_amount=14 + FEN), LOSS, 1, "损失", 14 + FEN, "可疑、损失", 10 + FEN, earlier=SMALL),
    none("doubtful and lost: 19.75, and 8 were bad", now(doubtful_amount=18.75)),
    skipped("one fen more", now(doubtful_amount=18.75 + FEN), DOUBTFUL, 3, "可疑、损失", 19.75 + FEN, BAD, 11.75 + FEN),
    none("bad: 31.75, and 20 were no longer pass", now(substandard_amount=27.75)),
    skipped("one fen more", now(substandard_amount=27.75 + FEN), SUB, 4, BAD, 31.75 + FEN, f"关注、{BAD}", 11.75 + FEN),
    skipped("told at the grade that rose most", now(doubtful_amount=50, loss_amount=40), DOUBTFUL, 3, "可疑、损失", 90, BAD,
            82, policy={"grade_move_amount": 400_000}),
    none("137.50 are no longer pass, and 20 were", now(special_mention_amount=129.5)),
    worse("one fen more", now(special_mention_amount=129.5 + FEN), SPECIAL, 12, 117.5 + FEN),
    none("of a small balance 50 万元", now(special_mention_amount=62), last(320)),
    worse("one fen more", now(special_mention_amount=62 + FEN), SPECIAL, 12, 50 + FEN, earlier=last(320)),
    worse("more than is pass, as pass was more", now(special_mention_amount=700), SPECIAL, 12, 688, EXCHANGED),
    worse("as much as is pass is not more than that", now(special_mention_amount=596), SPECIAL, 12, 584),
    worse("there was as much of it as of pass before", now(special_mention_amount=701 + FEN), SPECIAL, 583.5, 117.5 + FEN,
          earlier=last(special_mention_amount=583.5)),
    none("58 are bad, and 8 were: of 1175 three in a hundred would be 35.25", now(substandard_amount=54), MANY_SPECIAL),
    worse("one fen more", now(substandard_amount=54 + FEN), SUB, 4, 50 + FEN, hint=SPECIAL_AND_SUB,
        grades="不良", percent="3%",
          earlier=MANY_SPECIAL),
    none("of 2000 three in a hundred are 60", now(substandard_amount=64), last(2000, special_mention_amount=100)),
    worse("one fen more", now(substandard_amount=64 + FEN), SUB, 4, 60 + FEN, SPECIAL_AND_SUB, "不良", "3%",
          earlier=last(2000, special_mention_amount=100)),
    worse("as much as was special mention and is no more", now(special_mention_amount=7, substandard_amount=100), SUB, 4,
          96, SPECIAL_AND_SUB, "不良", "3%", earlier=last(special_mention_amount=100)),
    none("31.75 are bad no more: 20 were repaid", now(substandard_amount=22.25), MANY),
    better("one fen more", now(substandard_amount=22.25 - FEN), SUB, 54, BAD, 31.75 + FEN, 11.75 + FEN, earlier=MANY),
    none("of which one fen was written off", now(substandard_amount=22.25 - FEN) | {"written_off_amount_mtd": 1}, MANY),
    better("a column that is not there says that nothing was written off",
           now(substandard_amount=22.25 - FEN) | {"written_off_amount_mtd": None}, SUB, 54, BAD, 31.75 + FEN,
           11.75 + FEN, earlier=MANY),
    none("nobody knows what was repaid", now(substandard_amount=4) | {"repaid_amount_mtd": None}, MANY),
    none("two that stand in each other's place are A27's", now(special_mention_amount=1180),
         also=frozenset({"A27"})),
    skipped("grades that add up but for three steps: six figures are rounded", now(loss_amount=15.75 + FEN)
            | {PASS: now(loss_amount=15.75 + FEN)[PASS] - 3 * STEP}, LOSS, 1, "损失", 15.75 + FEN, "可疑、损失", 11.75 + FEN),
    none("one fen more does not add up", now(loss_amount=15.75 + FEN)
         | {PASS: now(loss_amount=15.75 + FEN)[PASS] - 3 * STEP - 1}),
    none("grades that do not add up are A08's", now(loss_amount=500) | {PASS: 1180 * WAN}),
    none("not reported", now(loss_amount=500) | {DOUBTFUL: None}),
    none("below zero is A10's", now(loss_amount=500, doubtful_amount=-1)),
    none("not reported last month", now(loss_amount=500), {"2018-02": {LOSS: None}}),
    none("what comes in another way has been bad before",
         now(loss_amount=500) | {"other_change_amount_mtd": 1, "other_change_amount_ytd": 1}),
    none("nothing is in force of last month", now(loss_amount=500), missing=("2018-02",)),
    skipped("an imported month is one to ask about", now(loss_amount=101), LOSS, 1, "损失", 101, "可疑、损失", 97,
            missing=("2018-02",), imported=tuple(imported("2018-02", code, LAST[code] * WAN) for code in GRADES)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_loans_go_from_grade_to_grade(case):
    check_over(case)


def test_the_limits_are_the_policys():
    case = Over("A31", "", now(loss_amount=15.75 + FEN))
    at_twelve = Over("A31", "", case.changes, policy={"grade_move_amount": 120_000})
    wide = Over("A31", "", case.changes, policy={"grade_move_percent": 2})
    assert [len([f for f in one.found() if f.rule == "A31"]) for one in (case, at_twelve, wide)] == [1, 0, 0]
    large = Over("A31", "", now(special_mention_amount=130), policy={"grade_worse_percent": 11})
    amount = Over("A31", "", now(special_mention_amount=130), policy={"jump_amount": 1_200_000})
    assert not [f for one in (large, amount) for f in one.found() if f.rule == "A31"]


def columns_exchanged(near):
    """Pass and special mention of ten counties in each other's columns; of all but `near` they were far from it."""
    good = graded(1200)
    exchanged = good | {PASS: good[SPECIAL], SPECIAL: good[PASS]}
    before = {area: graded(1175) if area in near else graded(1175, special_mention_amount=2) for area in TEN}
    past = table({area: COUNTY | grades for area, grades in before.items()}, period="2018-02")
    sent = table({area: COUNTY | exchanged for area in TEN}, period="2018-03")
    found = check_over_time([sent], catalog(), Past.of_submissions([past]))
    return [(f.rule, f.area, f.cause) for f in found if f.rule in ("A27", "A31")]


def test_a_column_that_is_told_as_exchanged_is_told_once():
    assert columns_exchanged(near=TEN[:3]) == [("A27", TEN[0], "columns_exchanged")]


def test_where_none_is_near_enough_each_says_what_it_looks_like():
    assert columns_exchanged(near=[]) == [("A31", area, "columns_exchanged") for area in TEN]


def test_of_an_exchange_both_cells_are_told():
    (finding,) = [f for f in Over("A31", "", now(special_mention_amount=700)).found() if f.rule == "A31"]
    assert finding.places
