"""What happened and was left at nought is one message: a hand-made March after a true February.

February has 22, 21 and 85万 lent this year and 489, 441 and 1955万 ever; March 33, 30 and 130万, and 500, 450 and
2000万: 11 loans, at least 9 households and 45万 in the month. 60万 repaid this year after 40万: 20万.
"""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, statement, table

LENT = ("disbursed_loans", "disbursed_households", "disbursed_amount")
ALL_LENT = "发放情况：笔数、户数、金额"


def nought(span, stems=LENT):
    return {f"{stem}_{span}": 0 for stem in stems}


def every_county(areas):
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    return table(areas, {code: sum(figures[code] for figures in areas.values()) for code in codes})


BLOCKS = [
    ("the month", nought("mtd"), "disbursed_loans_mtd", "11", f"“本月”各栏（{ALL_LENT}）疑似漏填（填作0），共3处", "“发放情况/本月/户数”0户应不少于9户"),
    ("the year", nought("ytd"), "disbursed_loans_ytd", "33", f"“本年累计”各栏（{ALL_LENT}）疑似漏填（填作0），共3处", "“发放情况/本年累计/户数”0户应不少于21户"),
    ("all time", nought("cum"), "disbursed_loans_cum", "500", f"“历史累计”各栏（{ALL_LENT}）疑似漏填（填作0），共3处", "“发放情况/历史累计/户数”0户应不少于441户"),
    ("what was repaid too", nought("mtd", (*LENT, "repaid_amount")), "disbursed_loans_mtd", "11", f"“本月”各栏（{ALL_LENT}，收回情况：金额）疑似漏填（填作0），共4处", "“发放情况/本月/户数”0户应不少于9户"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "changes", "indicator", "meant", "words", "at_least"), BLOCKS)
def test_a_block_of_one_county_at_nought_is_one_message(why, changes, indicator, meant, words, at_least):
    (root,) = [f for f in judged(statement(changes)) if not f.under]
    assert (root.cause, root.indicator, root.value, root.expected) == ("omitted", indicator, "0", meant)
    assert words in root.message and at_least in root.message


@pytest.mark.parametrize(("why", "changes", "indicator", "meant", "words", "at_least"), BLOCKS)
def test_a_block_of_all_counties_at_nought_is_one_message(why, changes, indicator, meant, words, at_least):
    findings = judged(every_county({area: COUNTY | changes for area in TEN}), past=TEN_FEBRUARIES)
    (root,) = [f for f in findings if not f.under]
    assert (root.cause, root.indicator, root.expected) == ("omitted", indicator, meant)
    assert words.replace("共3处", "共30处").replace("共4处", "共40处") in root.message
    assert at_least in root.message


@pytest.mark.parametrize("typed_total", [True, False])
def test_a_block_of_one_county_of_ten_names_the_county(typed_total):
    """Of the total that knows better the households are known too: 10."""
    areas = {area: COUNTY for area in TEN} | {TEN[0]: COUNTY | nought("mtd")}
    right = {code: 10 * COUNTY[code] for code in COUNTY if code != "weighted_average_rate"}
    sent = table(areas, right) if typed_total else every_county(areas)
    (root,) = [f for f in judged(sent, past=TEN_FEBRUARIES) if not f.under]
    assert (root.area, root.cause) == (TEN[0], "omitted")
    assert root.message.startswith(f"汉滨区“本月”各栏（{ALL_LENT}）疑似漏填（填作0），共3处")
    assert ("户数”0户应为10户" in root.message) == typed_total


def test_what_was_repaid_alone_is_told_at_its_cell():
    assert told(judged(statement({"repaid_amount_mtd": 0}))) == [("A02", "repaid_amount_mtd", "omitted")]


def test_in_january_the_months_households_are_as_many_as_the_years():
    december = FEBRUARY | {"disbursed_loans_cum": 489, "disbursed_households_cum": 441}
    past = Past.of_submissions([statement(december, period="2017-12")])
    january = COUNTY | {
        "disbursed_loans_ytd": 11, "disbursed_households_ytd": 10, "disbursed_amount_ytd": 45 * WAN,
        "repaid_amount_ytd": 20 * WAN, "written_off_amount_ytd": 0, "settled_loans_ytd": 11,
        "outstanding_amount_year_start": 1175 * WAN, "renewed_amount_ytd": 0, "extended_amount_ytd": 0,
        "interest_subsidy_accrued_ytd": 1 * WAN, "interest_subsidy_paid_ytd": 0,
    }  # fmt: skip
    assert told(judged(statement(january, period="2018-01"), past=past)) == []
    (root,) = [f for f in judged(statement(january | nought("mtd"), period="2018-01"), past=past) if not f.under]
    assert root.cause == "omitted"
    assert "户数”0户应不少于10户" in root.message


def test_two_figures_at_nought_of_different_spans_stay_two_messages():
    """The month's loans and what was repaid this year: no block of a form is left out so."""
    findings = judged(statement({"disbursed_loans_mtd": 0, "repaid_amount_ytd": 0}))
    assert {(f.indicator, f.cause) for f in findings if not f.under and f.cause} == {
        ("disbursed_loans_mtd", "omitted"), ("repaid_amount_ytd", "omitted"),
    }  # fmt: skip


def test_a_month_in_which_a_county_truly_lent_nothing_is_not_doubted():
    """The year and all time as in February, 1155万 left after 20 repaid."""
    quiet = {f"{stem}_{span}": FEBRUARY[f"{stem}_{span}"] for stem in LENT for span in ("ytd", "cum")}
    left = {"outstanding_amount": 1155 * WAN, "pass_amount": 1135 * WAN}
    assert told(judged(statement(nought("mtd") | quiet | left | {"settled_loans_ytd": 22}))) == []


# ------------------------------------------------------------------ whole rows


EMPTY = {code: 0 for code in COUNTY if code != "weighted_average_rate"}


def test_a_row_at_nought_is_one_message_with_last_months_balance():
    areas = {area: COUNTY for area in TEN} | {TEN[0]: EMPTY}
    (root,) = [f for f in judged(every_county(areas), past=TEN_FEBRUARIES) if not f.under]
    assert (root.area, root.cause, root.expected) == (TEN[0], "omitted", "")
    assert root.message == (
        "汉滨区上月有数的各栏本月都填了0（上月“期末余额/金额”1175.00万元）：疑似整行漏填（填作0）。"
        "请逐栏填写2018年3月的数，重新报送。"
    )


def test_a_row_of_which_only_what_is_printed_in_the_form_is_there_was_left_out_too():
    printed = EMPTY | {code: COUNTY[code] for code in ("registered_households", "eligible_households")}
    areas = {area: COUNTY for area in TEN} | {TEN[0]: printed}
    (root,) = [f for f in judged(every_county(areas), past=TEN_FEBRUARIES) if not f.under]
    assert (root.area, root.cause) == (TEN[0], "omitted")
    assert root.message.startswith("汉滨区上月有数的各栏本月都填了0")


def test_all_rows_at_nought_are_one_message():
    findings = judged(every_county({area: EMPTY for area in TEN}), past=TEN_FEBRUARIES)
    (root,) = [f for f in findings if not f.under]
    assert (root.cause, "各县区上月有数的各栏本月都填了0：疑似整行漏填" in root.message) == ("omitted", True)


# ------------------------------------------------------------------ a report whose month is all nought


def test_a_month_all_at_nought_is_no_report_of_the_month_after():
    """March's report is in force; it comes again with nothing in the month: not April's report without business."""
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02"), statement({}, period="2018-03")])
    (root,) = [f for f in judged(statement(nought("mtd", (*LENT, "repaid_amount"))), past=past) if not f.under]
    assert root.cause == "omitted"
    assert root.message.startswith(f"本月发生额全部为0，而余额或累计数有变动：汉阴县“本月”各栏（{ALL_LENT}，")
