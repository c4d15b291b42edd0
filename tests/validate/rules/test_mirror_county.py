"""A17 where a county's return says of all banks what these say of another county: the file is the neighbour's."""

import pytest

from pipeline.validate import check_side_by_side
from pipeline.validate.neighbours import ALONE, Neighbours
from tests.validate.returns import COUNTY, STEP, WAN, catalog, county_return, statement, table

HERE, THERE = "hanyin", "shiquan"
OF_RCB = {THERE: {"outstanding_amount": 800 * WAN, "disbursed_amount_ytd": 60 * WAN, "disbursed_households_ytd": 14}}
OF_ABC = {
    HERE: {"outstanding_amount": 1000 * WAN, "disbursed_amount_ytd": 110 * WAN, "disbursed_households_ytd": 25},
    THERE: {"outstanding_amount": 640 * WAN, "disbursed_amount_ytd": 48 * WAN, "disbursed_households_ytd": 11},
}
THEIRS = {
    "mirror_outstanding_amount@rcb": 800 * WAN,
    "mirror_disbursed_amount_ytd@rcb": 60 * WAN,
    "mirror_disbursed_households_ytd@rcb": 14,
    "mirror_outstanding_amount@abc": 640 * WAN,
    "mirror_disbursed_amount_ytd@abc": 48 * WAN,
    "mirror_disbursed_households_ytd@abc": 11,
}
"""What is true of 石泉县."""


def shiquan(figures, period):
    return table({THERE: COUNTY | figures}, unit="rcb-shiquan", period=period)


def lessened(figures):
    """10 万元 less, one household less."""
    return {code: value - 10 * WAN if value > WAN else value - 1 for code, value in figures.items()}


def banks(period="2018-03"):
    abc = table({area: COUNTY | own for area, own in OF_ABC.items()}, period=period)
    return [statement(period=period), shiquan(OF_RCB[THERE], period), abc]


def told(changes, now=(), near=ALONE):
    found = check_side_by_side([*(now or banks()), county_return(changes)], catalog(), near)
    return [f for f in found if f.submission == county_return(changes).id or f.rule in ("A17", "A20")]


def test_the_neighbours_figures_are_one_finding_that_names_him():
    open_ones = [f for f in told(THEIRS | {"registered_households": 900, "scored_households": 1000}) if not f.under]
    (root,) = open_ones
    assert (root.rule, root.cause) == ("A17", "other_county")
    assert "所填各银行的数与各银行报表中石泉县的数都一致，疑似整份填成了石泉县的数" in root.message


def test_so_are_his_of_last_month():
    before = [
        shiquan(lessened(OF_RCB[THERE]), "2018-02"),
        table({area: COUNTY | lessened(own) for area, own in OF_ABC.items()}, period="2018-02"),
    ]
    roots = [f for f in told(lessened(THEIRS), near=Neighbours(statements_before=lambda: before)) if not f.under]
    assert [f.cause for f in roots] == ["other_county"]
    assert "石泉县2018年2月的数都一致" in roots[0].message


@pytest.mark.parametrize("off, cause", [(STEP, "other_county"), (STEP + 1, ""), (-STEP - 1, "")])
def test_as_far_as_roundings_go(off, cause):
    """Half a step of the county's and half a step of the bank's."""
    place = "mirror_outstanding_amount@rcb"
    roots = [f for f in told(THEIRS | {place: THEIRS[place] + off}) if not f.under and f.rule == "A17"]
    assert roots[0].cause == cause


def test_of_one_bank_alone_it_is_not_said():
    own = {place: value for place, value in THEIRS.items() if place.endswith("@rcb")}
    of_abc = {
        "mirror_outstanding_amount@abc": 1000 * WAN,
        "mirror_disbursed_amount_ytd@abc": 110 * WAN,
        "mirror_disbursed_households_ytd@abc": 25,
    }
    assert [f.cause for f in told(own | of_abc) if f.rule == "A17"] == [""]
