"""A12 against last month: figures of which one covers the other, and that are all at once the same.

1400 households are rated, 1200 have lines, 290 owe, month by month.
"""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import Over, before, check_over, imported, month
from tests.validate.returns import COUNTY, TEN, WAN, catalog, cell_of, table

RATED, LINES, OWING, ELIGIBLE = (
    "rated_households", "credit_line_households", "outstanding_households", "eligible_households",
)  # fmt: skip
LOANS = "outstanding_loans"
LINE, BALANCE = "credit_line_amount", "outstanding_amount"
LABEL = {LOANS: "期末余额/笔数", RATED: "评级授信/评级户数", LINES: "评级授信/授信户数", OWING: "期末余额/户数", LINE: "评级授信/授信金额",
         BALANCE: "期末余额/金额", ELIGIBLE: "建档立卡情况/符合条件且有贷款意愿户数",
         "registered_households": "建档立卡情况/建档立卡贫困户数"}  # fmt: skip


def said(code, other, now, last, other_last, more=""):
    return (
        f"汉阴县“{LABEL[code]}”与“{LABEL[other]}”都是{now}（上月{last}、{other_last}）{more}，上月并不相同，"
        f"而“{LABEL[code]}”的变动超过以往各月：疑似填了另一栏的数。"
        "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
    )


def alike(why, changes, code, other, now, last, other_last, value, **more):
    return Over("A12", why, changes, said(code, other, now, last, other_last), "soft", code, value, "", **more)


def none(why, changes, **more):
    return Over("A12", why, changes, **more)


CASES = [
    none("as last month", {}),
    alike("lines as ratings", {LINES: 1400}, LINES, RATED, "1400户", "1200户", "1400户", "1400"),
    alike("ratings as lines", {RATED: 1200}, RATED, LINES, "1200户", "1400户", "1200户", "1200"),
    alike("lines as households that owe", {LINES: 290}, LINES, OWING, "290户", "1200户", "290户", "290"),
    alike("what may be lent as what is owed", {LINE: 1200 * WAN}, LINE, BALANCE, "1200.00万元", "6000.00万元",
          "1175.00万元", "12000000.00", also=frozenset({"A15"})),
    alike("willing as registered", {ELIGIBLE: 2000}, ELIGIBLE, "registered_households", "2000户", "1500户", "2000户",
          "2000"),
    alike("as many households that owe as loans", {OWING: 300}, OWING, LOANS, "300户", "290户", "300笔", "300"),
    alike("as few loans as households", {LOANS: 290}, LOANS, OWING, "290笔", "300笔", "290户", "290",
          also=frozenset({"A28"})),
    none("one household less than loans", {OWING: 299}),
    none("households past due as loans: mostly they are", {"past_due_households": COUNTY["past_due_loans"]}),
    none("one household less", {LINES: 1399}),
    none("a fen more than is owed", {LINE: 1200 * WAN + 1}, also=frozenset({"A15"})),
    none("they were the same last month", {LINES: 1400}, earlier={"2018-02": {LINES: 1400}}),
    none("and the month before it rose as much", {LINES: 1400}, earlier={"2017-08": {LINES: 1000}}),
    alike("and one less", {LINES: 1400}, LINES, RATED, "1400户", "1200户", "1400户", "1400",
          earlier={"2017-08": {LINES: 1001}}),
    none("a year ago it rose as much, of 13 months that are known", {LINES: 1400}, earlier={"2017-02": {LINES: 1000}}),
    alike("and one less", {LINES: 1400}, LINES, RATED, "1400户", "1200户", "1400户", "1400",
          earlier={"2017-02": {LINES: 1001}}),
    alike("a version of this month is no month before", {LINES: 1400}, LINES, RATED, "1400户", "1200户", "1400户", "1400",
          older=[month(changes={LINES: 1400})]),
    none("both have moved", {LINES: 1350, RATED: 1350}),
    none("nothing is nothing", {LINES: 0, RATED: 0}, also=frozenset()),
    none("nor where the other was nothing before", {LINES: 0, OWING: 0}, earlier={"2018-02": {OWING: 0}}),
    alike("a household is one", {LINES: 1, OWING: 1}, LINES, OWING, "1户", "1200户", "1户", "1",
          earlier={"2018-02": {OWING: 1}}, also=frozenset({"A25"})),
    none("not reported", {LINES: 1400, RATED: None}),
    none("not reported last month", {LINES: 1400}, earlier={"2018-02": {LINES: None}}),
    none("nothing is in force of last month", {LINES: 1400}, missing=("2018-02",)),
    none("nor of any month before", {LINES: 1400}, missing=tuple(before("2018-02"))),
    alike("imported months are some to ask about", {LINES: 1400}, LINES, RATED, "1400户", "1200户", "1400户", "1400",
          missing=("2018-01", "2018-02"),
          imported=[imported(period, code, COUNTY[code]) for period in ("2018-01", "2018-02") for code in (RATED, LINES)]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_not_suddenly_alike(case):
    check_over(case)
    assert {f.cause for f in case.found() if f.rule == "A12"} <= {"other_column"}


def test_a_column_is_told_once_with_all_its_cells():
    """Lines as ratings in three of ten counties, of a bank of which January and February are known."""
    months = [table({area: COUNTY for area in TEN}, period=period) for period in ("2018-01", "2018-02")]
    areas = {area: COUNTY | ({LINES: 1400} if area in ("hanyin", "ziyang", "baihe") else {}) for area in TEN}
    found = check_over_time([table(areas, period="2018-03")], catalog(), Past.of_submissions(months))
    (finding,) = [f for f in found if f.rule == "A12"]
    assert finding.message == said(LINES, RATED, "1400户", "1200户", "1400户", "（另有2处也是这样）")
    assert finding.area == "hanyin" and finding.places


def test_it_is_told_at_the_first_county_whichever_columns_are_alike():
    """Lines as households that owe in the second county, and as many willing as registered in the first."""
    months = [table({area: COUNTY for area in TEN}, period=period) for period in ("2018-01", "2018-02")]
    changes = {"hanyin": {LINES: 290}, "hanbin": {ELIGIBLE: 2000}}
    areas = {area: COUNTY | changes.get(area, {}) for area in TEN}
    found = check_over_time([table(areas, period="2018-03")], catalog(), Past.of_submissions(months))
    (finding,) = [f for f in found if f.rule == "A12"]
    assert finding.message.startswith(
        "汉滨区“建档立卡情况/符合条件且有贷款意愿户数”与“建档立卡情况/建档立卡贫困户数”都是2000户"
    )
    assert "（另有1处也是这样），上月并不相同" in finding.message
    assert [one.cell for one in finding.accused] == [cell_of(ELIGIBLE, 5), cell_of(LINES, 6)]
