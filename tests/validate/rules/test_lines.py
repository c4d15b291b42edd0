"""A12: credit lines, ratings and the register cover what is lent; one finding a unit."""

import pytest

from pipeline.validate import check
from tests.validate.returns import COUNTY, TEN, WAN, Case, catalog, cell_of, check_case, statement, table

LINES = "汉阴县“{}”{}小于“{}”{}。授信含贷款未结清而额度已到期的户，一般不小于贷款余额。请核实；如属实，请说明原因。"
OTHERS = "汉阴县“{}”{}小于“{}”{}。请核实；如属实，请说明原因。"

CASES = [
    Case("A12", "as many lines as borrowers", {"credit_line_households": 290}),
    Case(
        "A12",
        "one line less",
        {"credit_line_households": 289},
        LINES.format("评级授信/授信户数", "289户", "期末余额/户数", "290户"),
        severity="soft",
        at="credit_line_households",
        value="289",
        expected="290",
    ),
    Case("A12", "lines used up", {"credit_line_amount": 1200 * WAN}),
    Case(
        "A12",
        "one fen beyond the lines",
        {"credit_line_amount": 1200 * WAN - 1},
        LINES.format("评级授信/授信金额", "1199.999999万元", "期末余额/金额", "1200.00万元"),
        severity="soft",
        at="credit_line_amount",
        value="11999999.99",
        expected="12000000.00",
    ),
    Case("A12", "everybody rated has a line", {"rated_households": 1200}),
    Case(
        "A12",
        "a line without a rating",
        {"rated_households": 1199},
        OTHERS.format("评级授信/评级户数", "1199户", "评级授信/授信户数", "1200户"),
        severity="soft",
        at="rated_households",
        value="1199",
        expected="1200",
    ),
    Case("A12", "everybody is willing", {"registered_households": 1500}),
    Case(
        "A12",
        "one willing household is not registered",
        {"registered_households": 1499},
        OTHERS.format("建档立卡情况/建档立卡贫困户数", "1499户", "建档立卡情况/符合条件且有贷款意愿户数", "1500户"),
        severity="soft",
        at="registered_households",
        value="1499",
        expected="1500",
    ),
    Case("A12", "ratings that are not reported are not compared", {"rated_households": None}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_lines_cover_loans(case):
    check_case(case, statement(case.changes, **case.given))


def test_many_breaks_of_one_unit_are_one_finding_at_the_first_area():
    few = COUNTY | {"credit_line_households": 289}
    (finding,) = check([table({area: few for area in TEN})], catalog())
    assert (finding.rule, finding.area, finding.cell) == ("A12", "hanbin", cell_of("credit_line_households"))
    assert finding.message.startswith(
        "共10处上下不衔接：汉滨区“评级授信/授信户数”289户小于“期末余额/户数”290户；汉阴县"
    )
    assert finding.message.endswith("一般不小于贷款余额。请核实；如属实，请说明原因。")
    assert finding.message.count("小于“期末余额/户数”290户") == 10, "all of them, however many"


def test_two_breaks_are_counted_too():
    """Two of ten counties: 289 lines under 290 borrowers in 汉滨区, 1,199 rated under 1,200 lines in 汉阴县."""
    broken = {"hanbin": COUNTY | {"credit_line_households": 289}, "hanyin": COUNTY | {"rated_households": 1199}}
    (finding,) = check([table(dict.fromkeys(TEN, COUNTY) | broken)], catalog())
    assert finding.message == (
        "共2处上下不衔接：汉滨区“评级授信/授信户数”289户小于“期末余额/户数”290户；"
        "汉阴县“评级授信/评级户数”1199户小于“评级授信/授信户数”1200户。"
        "授信含贷款未结清而额度已到期的户，一般不小于贷款余额。请核实；如属实，请说明原因。"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"rated_households": 1199}, {"credit_line_households": 289}),
        ({"credit_line_households": 289}, {"registered_households": 1499}),
    ],
)
def test_areas_are_told_in_their_order_whatever_is_broken_in_them(first, second):
    broken = {"hanbin": COUNTY | first, "hanyin": COUNTY | second}
    (finding,) = check([table(dict.fromkeys(TEN, COUNTY) | broken)], catalog())
    assert (finding.area, finding.indicator) == ("hanbin", *first)
    assert finding.message.index("汉滨区") < finding.message.index("汉阴县")
