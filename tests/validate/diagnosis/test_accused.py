"""A statement that is true to itself and wrong: who speaks against it, who is believed, and where it is told."""

import pytest

from pipeline.validate import check_side_by_side
from pipeline.validate.neighbours import Neighbours
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, cell_of, county_return, measures, statement, table

BALANCE, LENT, HOUSEHOLDS = "outstanding_amount", "disbursed_amount_ytd", "disbursed_households_ytd"
MORE = {BALANCE: 1250 * WAN, "pass_amount": 1230 * WAN}
"""50 万元 too much in the balance and in its best grade."""
ASK = "请核对，填错的改正后重新报送；如属实或者口径不同，请说明原因。"
SAYS = "我行扶贫小额贷款余额{}万元。"
MIRROR = "mirror_outstanding_amount@{}"


def told(*sent, last=()):
    """(rule, form, area, place, form and place of what it is under) of all that is found side by side."""
    found = check_side_by_side(sent, catalog(), Neighbours(statements_before=lambda: list(last)))
    places = {finding.id: (finding.form, finding.area, finding.indicator) for finding in found}
    return [(f.rule, f.form, f.area, f.indicator, places.get(f.under, ())) for f in found]


def shown(*sent, last=()):
    """What asks for something: rule, form, area, place."""
    return [entry[:4] for entry in told(*sent, last=last) if not entry[4]]


def words(text, unit="rcb-hanyin"):
    return measures({"results": text}, unit=unit)


AT_THE_STATEMENT = [("A17", "M01", "hanyin", BALANCE)]
APART = [("Q01-2", "Q01", "", BALANCE), ("A17", "C01", "hanyin", MIRROR.format("rcb"))]


# ------------------------------------------------------------------ a county and the bank's own words


def test_a_county_and_the_words_that_agree_are_one_finding_at_the_statement():
    sent = statement(MORE)
    found = check_side_by_side([sent, county_return(), words(SAYS.format("1200.00"))], catalog())
    root = found[-1]
    assert (root.rule, root.level, root.severity, root.submission) == ("A17", 3, "soft", sent.id)
    assert (root.form, root.unit, root.area, root.indicator) == ("M01", "rcb-hanyin", "hanyin", BALANCE)
    assert (root.file, root.sheet, root.cell) == (sent.file, "报表", cell_of(BALANCE))
    assert (root.value, root.expected, root.cause, root.under) == ("12500000.00", "12000000.00", "other", "")
    assert root.message == (
        "汉阴县“期末余额/金额”填报1250.00万元，县区报表为1200.00万元。"
        "本单位措施表写“我行扶贫小额贷款余额1200.00万元”，与县区的数相符：疑似本表填错。" + ASK
    )
    assert {(f.rule, f.form, f.under) for f in found[:-1]} == {("Q01-2", "Q01", root.id), ("A17", "C01", root.id)}


@pytest.mark.parametrize(
    ("why", "county", "said", "apart"),
    [
        ("rounded to the same figure", 1200 * WAN, "1200.00", False),
        ("as far away as three roundings, and the edge is within", 1200 * WAN, "1200.02", False),
        ("further away than roundings", 1200 * WAN, "1200.03", True),
        ("each says another", 1210 * WAN, "1200.00", True),
        ("about as much as neither says", 1210 * WAN, "约1150", True),
        ("about as much as the county says, up to 1207.50", 1200 * WAN, "约1150", False),
        ("the words are beyond the statement, the county short of it", 1200 * WAN, "1300.00", True),
    ],
)
def test_who_says_another_figure_is_no_witness(why, county, said, apart):
    sent = county_return({MIRROR.format("rcb"): county})
    assert shown(statement(MORE), sent, words(SAYS.format(said))) == (APART if apart else AT_THE_STATEMENT), why


def test_nobody_is_believed_alone():
    assert shown(statement(MORE), county_return()) == APART[1:]
    agreeing = county_return({MIRROR.format("rcb"): 1250 * WAN})
    assert shown(statement(MORE), agreeing, words(SAYS.format("1200.00"))) == APART[:1]


def test_a_county_that_differs_in_one_figure_and_words_in_another_are_two_matters():
    sent = county_return({"mirror_disbursed_households_ytd@rcb": 29})
    assert shown(statement(), sent, words(SAYS.format("1190.00"))) == [
        ("Q01-2", "Q01", "", BALANCE),
        ("A17", "C01", "hanyin", "mirror_disbursed_households_ytd@rcb"),
    ]


def test_two_that_both_say_last_months_figure_are_no_witnesses():
    """Whoever did not renew his figures agrees with whoever did not renew his words."""
    last = [statement({BALANCE: 1175 * WAN}, period="2018-02")]
    sent = county_return({MIRROR.format("rcb"): 1175 * WAN})
    assert shown(statement(), sent, words(SAYS.format("1175.00")), last=last) == APART


def test_a_county_in_yuan_is_no_witness():
    """Words with the same slip would be a strange thing; the average of such a statement were impossible."""
    sent = county_return({MIRROR.format("rcb"): 12_000_000 * WAN})
    assert shown(statement(), sent, words(SAYS.format("12000000.00"))) == APART


def test_what_follows_from_the_figure_in_words_goes_with_it():
    """33 loans are of the 130 万元 lent; 65 was repaid, and 15 is said; 8 of 1200 are bad, 8 of 1250 are not 0.67 %.

    That 10 are past due, and not 9, is another matter.
    """
    changes = MORE | {LENT: 180 * WAN, "disbursed_loans_ytd": 40, "repaid_amount_mtd": 15 * WAN}
    text = (
        SAYS.format("1200.00")
        + "3月份，本月收回65.00万元，本年累计发放33笔、130.00万元。逾期贷款余额10.00万元，不良率0.67%。"
    )
    found = told(statement(changes), county_return(), words(text))
    root = ("M01", "hanyin", BALANCE)
    assert {(rule, place): under for rule, _, _, place, under in found if under} == {
        ("Q01-2", BALANCE): root,
        ("Q01-2", LENT): root,
        ("Q01-2", "disbursed_loans_ytd"): root,
        ("Q01-2", "repaid_amount_mtd"): root,
        ("Q01-2", "npl_ratio"): root,
        ("A17", MIRROR.format("rcb")): root,
    }
    assert [entry for entry in found if not entry[4]] == [
        ("Q01-2", "Q01", "", "past_due_amount", ()),
        ("A17", "M01", "hanyin", BALANCE, ()),
    ]


def test_a_slip_that_tells_itself_is_named():
    sent = statement({BALANCE: 2100 * WAN, "pass_amount": 2080 * WAN, "credit_line_amount": 9000 * WAN})
    *_, root = check_side_by_side([sent, county_return(), words(SAYS.format("1200.00"))], catalog())
    assert (root.indicator, root.cause) == (BALANCE, "transposed")
    assert "疑似本表填错（数字前后颠倒）。" in root.message


# ------------------------------------------------------------------ a bank with all counties


def city_bank(changes, areas=TEN):
    """A statement of ten counties with 1200 万元 each, changed in some."""
    return table({area: COUNTY | changes.get(area, {}) for area in areas})


def returns(changes=None, areas=TEN):
    """What each county says of that bank; of others nothing."""
    away = {f"{code}@rcb": None for code in ("mirror_outstanding_amount", "mirror_disbursed_amount_ytd")}
    return [county_return(away | (changes or {}).get(area, {}), area) for area in areas]


def test_words_on_the_whole_find_the_county():
    """12 000 in all; the statement has 50 more in one county, and this county says so too."""
    found = check_side_by_side(
        [city_bank({"ziyang": MORE}), *returns(), words(SAYS.format("12000.00"), "abc")], catalog()
    )
    (root,) = (f for f in found if not f.under)
    assert (root.form, root.area, root.cell) == ("M01", "ziyang", cell_of(BALANCE, 5 + TEN.index("ziyang")))
    assert "，与按县区的数算出的合计相符：疑似本表填错。" in root.message


def test_two_counties_are_told_at_the_first_and_counted():
    found = check_side_by_side(
        [city_bank({"ziyang": MORE, "baihe": MORE}), *returns(), words(SAYS.format("12000.00"), "abc")], catalog()
    )
    (root,) = (f for f in found if not f.under)
    assert (root.form, root.area) == ("M01", "ziyang")
    assert "县区报表为1200.00万元，另有1个县区的这一栏也不一致。" in root.message


def test_a_county_that_errs_itself_stays_where_it_is():
    """Words agree with what Ziyang says of the bank, and not with what Baihe says."""
    other = {"baihe": {MIRROR.format("abc"): 1111 * WAN}}
    sent = [city_bank({"ziyang": MORE}), *returns(other), words(SAYS.format("12000.00"), "abc")]
    assert sorted(shown(*sent)) == [("A17", "C01", "baihe", MIRROR.format("abc")), ("A17", "M01", "ziyang", BALANCE)]


def test_two_counties_each_of_which_the_words_may_mean_are_not_told_apart():
    """Both say 50 less, the words 50 less in all: one of the two errs, and nobody knows which."""
    sent = [city_bank({"ziyang": MORE, "baihe": MORE}), *returns(), words(SAYS.format("12050.00"), "abc")]
    assert [entry[1:3] for entry in shown(*sent)] == [("Q01", ""), ("C01", "ziyang"), ("C01", "baihe")]


# ------------------------------------------------------------------ several counties


@pytest.mark.parametrize(
    ("why", "differ", "compared", "told"),
    [
        ("three of three", 3, 3, True),
        ("two of two may err each for itself", 2, 2, False),
        ("two thirds", 4, 6, True),
        ("less than two thirds", 3, 5, False),
    ],
)
def test_most_counties_that_say_less_are_one_finding(why, differ, compared, told):
    areas = TEN[:compared]
    wrong = {area: {BALANCE: (1300 + 10 * n) * WAN} for n, area in enumerate(areas[:differ])}
    found = shown(city_bank(wrong, areas), *returns(areas=areas))
    each = [("A17", "C01", area, MIRROR.format("abc")) for area in areas[:differ]]
    assert found == ([("A17", "M01", areas[0], BALANCE)] if told else each), why


def test_what_is_said_of_most_counties():
    wrong = {area: {BALANCE: 2400 * WAN} for area in TEN[:7]}
    *_, root = check_side_by_side([city_bank(wrong), *returns()], catalog())
    assert root.message == (
        "汉滨区“期末余额/金额”填报2400.00万元，县区报表为1200.00万元，另有6个县区的这一栏也不一致。"
        "10个县区中有7个的数都比本表小：疑似本表填错。" + ASK
    )


def test_counties_on_both_sides_of_a_column_are_not_of_one_mind():
    wrong = {area: {BALANCE: (1300 if n else 1100) * WAN} for n, area in enumerate(TEN[:3])}
    assert len(shown(city_bank(wrong, TEN[:3]), *returns(areas=TEN[:3]))) == 3


def test_a_county_counts_as_compared_up_to_roundings():
    wrong = {area: {BALANCE: 1200 * WAN + STEP} for area in TEN}
    assert shown(city_bank(wrong), *returns()) == []


def test_columns_that_the_same_counties_doubt_are_one_matter():
    wrong = {area: {BALANCE: 2400 * WAN, LENT: 260 * WAN} for area in TEN}
    (root,) = shown(city_bank(wrong), *returns())
    assert root == ("A17", "M01", "hanbin", BALANCE)


def test_columns_that_different_counties_doubt_are_two():
    one, other = TEN[:7], TEN[7:]
    wrong = {area: {BALANCE: 2400 * WAN} for area in one} | {other[0]: {LENT: 150 * WAN}}
    sent = [city_bank(wrong), *returns(), words("我行本年累计发放扶贫小额贷款1300.00万元。", "abc")]
    assert sorted(shown(*sent)) == [("A17", "M01", "hanbin", BALANCE), ("A17", "M01", other[0], LENT)]


# ------------------------------------------------------------------ a county and a ratio

LENT_TO = {HOUSEHOLDS: 130, "disbursed_households_cum": 2050, "disbursed_loans_ytd": 150, "disbursed_loans_cum": 2100}


def test_households_that_a_county_denies_and_that_no_county_has():
    """100 more than the county says, and 2050 of 2000 households: 1950 would do."""
    found = check_side_by_side([statement(LENT_TO), county_return()], catalog())
    (root,) = (f for f in found if not f.under)
    assert (root.rule, root.form, root.indicator, root.value, root.expected) == ("A17", "M01", HOUSEHOLDS, "130", "30")
    assert root.message == (
        "汉阴县“发放情况/本年累计/户数”填报130户，县区报表为30户。按县区的户数，考核比例就不超过上限：疑似本表填错。"
        + ASK
    )
    assert {f.rule for f in found if f.under == root.id} == {"A17", "A20"}


@pytest.mark.parametrize("ever", [2100, 2101])
def test_a_ratio_that_stays_too_high_is_another_matter(ever):
    found = shown(statement(LENT_TO | {"disbursed_households_cum": ever, "disbursed_loans_cum": 2200}), county_return())
    assert [entry[1] for entry in found] == (["M01"] if ever == 2100 else ["C01", "M01"])


def test_households_of_which_the_county_has_more_do_not_bring_a_ratio_down():
    sent = county_return({"mirror_disbursed_households_ytd@rcb": 131})
    assert [entry[0] for entry in shown(statement(LENT_TO), sent)] == ["A17", "A20"]
