"""A column of counts that holds an amount's figures is one message, whichever rules notice it."""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, table

CODES = [code for code in COUNTY if code != "weighted_average_rate"]
AMOUNTS = {"outstanding_households": "outstanding_amount", "credit_line_households": "credit_line_amount"}
GROWN = ("credit_line_amount", "outstanding_amount", "outstanding_amount_previous_month", "outstanding_amount_year_start",
         "pass_amount")  # fmt: skip


def county(number, figures):
    """The first county; the next ones have a 万元 more each, now and before."""
    return figures | {code: figures[code] + number * WAN for code in GROWN}


PAST = Past.of_submissions([table({area: county(n, FEBRUARY) for n, area in enumerate(TEN)}, period="2018-02")])


def pasted(code, areas=TEN, of=None, past_due=None):
    """The whole 万元 of the amount beside them as households, in these areas; the total too."""
    rows = {area: county(number, COUNTY) for number, area in enumerate(TEN)}
    for area, amount in zip(TEN, past_due or (), strict=False):
        rows[area]["past_due_amount"] = amount * WAN
    rows |= {area: rows[area] | {code: rows[area][of or AMOUNTS[code]] // WAN} for area in areas}
    return table(rows, {code: sum(row[code] for row in rows.values()) for code in CODES})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("outstanding_households", "“期末余额/户数”一栏填的是“期末余额/金额”的数，共11处，如汉滨区1200户"),
        ("credit_line_households", "“评级授信/授信户数”一栏填的是“评级授信/授信金额”的数，共11处，如汉滨区6000户"),
    ],
)
def test_it_is_told_at_the_column_with_the_one_it_was_taken_from(code, words):
    (root,) = [f for f in judged(pasted(code), past=PAST) if not f.under]
    assert (root.cause, root.area, root.indicator, root.expected) == ("other_column", TEN[0], code, "")
    assert root.message.startswith(f"{words}：疑似填了别的栏的数。请改填“")
    assert root.places.count(":") == 1, "one column of cells"


def test_a_column_that_is_wrong_in_all_areas_but_one_is_not_that():
    findings = judged(pasted("outstanding_households", areas=TEN[1:]), past=PAST)
    assert "other_column" not in {f.cause for f in findings}


@pytest.mark.parametrize(
    ("why", "past_due", "is_told"),
    [
        ("three different figures", (10, 11, 12, 10, 11, 12, 10, 11, 12, 10), True),
        ("two", (10, 11, 10, 11, 10, 11, 10, 11, 10, 11), False),
        ("three of which one is small", (9, 10, 11, 9, 10, 11, 9, 10, 11, 9), False),
    ],
)
def test_what_is_alike_by_chance_is_not_that(why, past_due, is_told):
    """So many 万元 past due, and as many households of 6 loans (A09)."""
    findings = judged(pasted("past_due_households", of="past_due_amount", past_due=past_due), past=PAST)
    assert (("A09", "past_due_households", "other_column") in told(findings)) == is_told, why


def test_counts_that_are_as_they_were_are_counts_whatever_else_is_the_same():
    """A 户均 of 1万元: 1200 households in February too, and 1200万 now; something else is wrong."""
    before = {area: county(n, FEBRUARY) | {"credit_line_households": 1200 + n} for n, area in enumerate(TEN)}
    rows = {area: county(n, COUNTY) | {"credit_line_households": 1200 + n} for n, area in enumerate(TEN)}
    rows[TEN[0]]["credit_line_amount"] = 600 * WAN
    sent = table(rows, {code: sum(row[code] for row in rows.values()) for code in CODES})
    findings = judged(sent, past=Past.of_submissions([table(before, period="2018-02")]))
    assert told(findings)
    assert "other_column" not in {f.cause for f in findings}


def test_a_county_bank_has_one_row_and_is_not_told_so():
    (first, *_) = TEN
    rows = {first: COUNTY | {"outstanding_households": 1200}}
    findings = judged(table(rows), past=Past.of_submissions([table({first: FEBRUARY}, period="2018-02")]))
    assert "other_column" not in {f.cause for f in findings}


def alike(code, source, grown=range(10), before=None):
    """Every county's figures of one column stand in the other too; those of `grown` are a 万元 more each."""
    rows = {area: county(n if n in grown else 0, COUNTY) for n, area in enumerate(TEN)}
    rows = {area: row | {code: row[source]} for area, row in rows.items()}
    last = {area: county(n if n in grown else 0, FEBRUARY) | (before or {}) for n, area in enumerate(TEN)}
    sent = table(rows, {c: sum(row[c] for row in rows.values()) for c in CODES})
    return judged(sent, past=Past.of_submissions([table(last, period="2018-02")]))


def test_figures_of_another_column_of_its_own_kind():
    """The balance is what was granted, 6000万元 and more, where last month it was 1190万元 and more."""
    (root,) = [f for f in alike("outstanding_amount", "credit_line_amount") if not f.under]
    assert (root.cause, root.area, root.indicator) == ("other_column", TEN[0], "outstanding_amount")
    assert root.message.startswith(
        "“期末余额/金额”一栏填的是“评级授信/授信金额”的数，共11处，如汉滨区6000.00万元：疑似填了别的栏的数。"
    )


@pytest.mark.parametrize(("different", "is_told"), [(3, True), (2, False)])
def test_of_its_own_kind_it_takes_three_different_figures(different, is_told):
    findings = alike("outstanding_amount", "credit_line_amount", grown=range(different))
    assert any("一栏填的是" in f.message for f in findings) == is_told


def test_columns_that_were_alike_last_month_too_tell_nothing():
    findings = alike(
        "outstanding_amount",
        "credit_line_amount",
        before={"credit_line_amount": 1190 * WAN, "outstanding_amount": 1190 * WAN},
    )
    assert not any("一栏填的是" in f.message for f in findings)


def test_what_a_month_lent_is_near_nothing_that_was_before():
    findings = alike("disbursed_amount_mtd", "repaid_amount_mtd")
    assert not any("一栏填的是" in f.message for f in findings)
