"""Figures of one county that stand one cell further than they belong: one message, whatever the form's direction."""

from dataclasses import replace

import pytest

from pipeline.model import Finding, Severity, Symbol
from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import COUNTY, PLACES, TEN, WAN, catalog, cell_of, statement, table

GRADES = ("pass_amount", "special_mention_amount", "substandard_amount", "doubtful_amount", "loss_amount", "npl_amount")
FLOWS = (
    "disbursed_loans_ytd", "disbursed_households_ytd", "disbursed_amount_ytd",
    "disbursed_loans_cum", "disbursed_households_cum", "disbursed_amount_cum", "repaid_amount_mtd",
)  # fmt: skip
FIVE = {"substandard_amount": 5 * WAN, "special_mention_amount": 11 * WAN, "npl_amount": 9 * WAN}
"""1180 + 11 + 5 + 3 + 1 = 1200; 5 + 3 + 1 = 9."""


def money(code):
    return WAN if "amount" in code else 1


def taken(codes, by, figures=COUNTY):
    """Each of these has what is typed so many columns on; the first, or the last, is as it was."""
    pairs = list(zip(codes, codes[by:], strict=False)) if by > 0 else list(zip(codes[-by:], codes, strict=False))
    return {here: figures[there] * money(here) // money(there) for here, there in pairs}


def upright(sent):
    """The same, one indicator under the other in column G."""
    seen = [replace(o, cell=f"G{PLACES.index(o.indicator) + 3}") for o in sent.observations]
    return replace(sent, observations=seen)


@pytest.mark.parametrize("by", [1, -1])
def test_grades_one_row_up_or_down_are_one_message(by):
    sent = upright(statement(FIVE | taken(GRADES, by, COUNTY | FIVE)))
    found = judged(sent)
    (root,) = [f for f in found if not f.under]
    assert (root.rule, root.cause) == ("A08", "row_shifted")
    wrong = GRADES[:-1] if by > 0 else GRADES[1:]
    cells = [f"G{PLACES.index(code) + 3}" for code in wrong]
    assert root.cell in cells and root.places == f"{cells[0]}:{cells[-1]}"
    (meant,) = [(COUNTY | FIVE)[code] for code in wrong if f"G{PLACES.index(code) + 3}" == root.cell]
    assert root.expected == f"{meant // 100}.00"


def test_the_message_says_from_where_to_where_and_by_which_way():
    (root,) = [f for f in judged(upright(statement(FIVE | taken(GRADES, 1, COUNTY | FIVE)))) if not f.under]
    assert root.message.startswith(
        "汉阴县“五级分类/正常”至“五级分类/损失”疑似错行（填成了下一行的数），共5处，如"
        "汉阴县“五级分类/正常”11.00万元应为1180.00万元；"
    )


def test_a_block_pasted_one_column_to_the_right():
    """33 loans of the year stand with its households too, and all that follows is one too far; 20 repaid are lost."""
    (root,) = [f for f in judged(statement(taken(FLOWS, -1))) if not f.under]
    assert root.cause == "column_shifted"
    assert "“发放情况/本年累计/户数”至“收回情况/本月金额”疑似错列（填成了前一列的数），共6处" in root.message
    assert "“收回情况/本月金额”2000.00万元应为20.00万元" in root.message or root.indicator != "repaid_amount_mtd"


def test_where_the_row_is_one_of_ten_and_the_total_is_not_moved():
    areas = {area: COUNTY for area in TEN} | {TEN[3]: COUNTY | taken(FLOWS, -1)}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    past = Past.of_submissions([table({area: FEBRUARY for area in TEN}, period="2018-02")])
    found = judged(table(areas, {code: 10 * COUNTY[code] for code in codes}), past=past)
    assert [(f.area, f.cause) for f in found if not f.under] == [(TEN[3], "column_shifted")]


YUAN_500 = WAN // 20
MORE = ("disbursed_amount_ytd", "disbursed_amount_cum", "outstanding_amount", "pass_amount")
BEFORE = FEBRUARY | {code: FEBRUARY[code] + YUAN_500 for code in MORE}
RIGHT = COUNTY | {code: COUNTY[code] + YUAN_500 for code in (*MORE, "outstanding_amount_previous_month")}
"""500 元 more were lent in January: 130.05 万元 this year, which no number of loans can be."""
MONTH = ("disbursed_loans_mtd", "disbursed_households_mtd", "disbursed_amount_mtd")


@pytest.mark.parametrize(
    ("why", "block", "cells"),
    [("in between", FLOWS, 6), ("the last of them", (*MONTH, *FLOWS[:4]), 6)],
)
def test_what_could_not_be_read_is_read_as_it_was_typed_and_told_with_the_rest(why, block, cells):
    known = Past.of_submissions([statement(BEFORE, period="2018-02")])
    assert judged(statement(RIGHT), past=known) == []
    sent = statement(RIGHT | taken(block, -1, RIGHT))
    seen = [
        replace(o, value=None, symbol=Symbol.MISSING, raw="130.05") if o.indicator == "disbursed_loans_cum" else o
        for o in sent.observations
    ]
    sent = replace(sent, observations=seen)
    unread = Finding("F07", 0, Severity.HARD, "…", sent.file, sent.sha256, submission=sent.id)
    refused = [
        replace(unread, unit=sent.unit, period=sent.period, area="hanyin", indicator=code, cell=cell_of(code))
        for code in ("disbursed_loans_cum", "rated_households")
    ]
    found = [*refused, *check([sent], catalog()), *check_over_time([sent], catalog(), known)]
    apart, root = (f for f in diagnose(found, [sent], catalog(), known) if not f.under)
    assert root.cause == "column_shifted" and f"共{cells}处" in root.message, why
    assert "F07" not in root.message
    assert apart == refused[1], "what could not be read elsewhere is a matter of its own"


def test_two_neighbours_that_are_alike_are_no_block():
    """Substandard 4 is typed as doubtful too: one figure is wrong."""
    found = judged(statement({"doubtful_amount": 4 * WAN}))
    assert {f.cause for f in found if not f.under} <= {"wrong_digit", "other", "other_column", ""}
