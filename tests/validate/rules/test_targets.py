"""T01-1 to T01-3: the office's own targets."""

from dataclasses import replace

import pytest

from pipeline.validate import check
from tests.validate.returns import ABSENT, STEP, TEN, WAN, catalog, cell_of, targets

AMOUNT, HOUSEHOLDS = "target_amount@psbc", "target_households@psbc"
ABOVE_BY_SIX = (
    "“邮储银行/目标金额”的合计填报1000.06万元，各县区相加为1000.00万元，相差0.06万元（四舍五入最多相差0.055万元）。"
    "请核对合计数和各县区数，改正后重新报送。"
)
FILL = "请补填，没有任务的填0；合计有误的，请更正合计；如属实，请说明原因。"
NEXT = "请核对，改正后重新报送。"

RCB, RCB_HOUSEHOLDS = "target_amount@rcb", "target_households@rcb"
CAP = "每户上限（5.00万元）的"
FAR = "：疑似金额单位填错（元、万元）。请核对；如属实，请说明原因。"
MOST, ODD = "每户上限（5.00万元）", "。请核对是否多写、少写一位，或者金额、户数两栏填反；如属实，请说明原因。"
NOBODY = "应当同时为0或同时不为0"
ASKED = [
    ("fifty times the cap", {RCB: 7500 * WAN}, f"7500.00万元、30户，户均250.00万元，高于{MOST}{ODD}", "75000000.00"),
    ("and a fen a household more", {RCB: 7500 * WAN + 1}, f"7500.000001万元、30户，户均250.00万元，高于{CAP}50倍{FAR}", "75000000.01"),
    ("a fiftieth", {RCB: 3 * WAN}, f"3.00万元、30户，户均1000.00元，低于{MOST}10分之一{ODD}", "30000.00"),
    ("the cap", {RCB: 150 * WAN}, None, ""),
    ("and a fen", {RCB: 150 * WAN + 1}, f"150.000001万元、30户，户均5.00万元，高于{MOST}{ODD}", "1500000.01"),
    ("a tenth", {RCB: 15 * WAN}, None, ""),
    ("less a fen", {RCB: 15 * WAN - 1}, f"14.999999万元、30户，户均5000.00元，低于{MOST}10分之一{ODD}", "149999.99"),
    ("the two columns exchanged: 30 万元 for 100", {RCB: 30 * WAN, RCB_HOUSEHOLDS: 100}, f"30.00万元、100户，户均3000.00元，低于{MOST}10分之一{ODD}", "300000.00"),
    ("and a fen less", {RCB: 3 * WAN - 1}, f"2.999999万元、30户，户均1000.00元，低于{CAP}50分之一{FAR}", "29999.99"),
    ("three households are enough", {RCB: 751 * WAN, RCB_HOUSEHOLDS: 3}, f"751.00万元、3户，户均250.33万元，高于{CAP}50倍{FAR}", "7510000.00"),
    ("two are not", {RCB: 751 * WAN, RCB_HOUSEHOLDS: 2}, None, ""),
    ("households need not be set", {RCB: 7501 * WAN, RCB_HOUSEHOLDS: None}, None, ""),
    ("no task at all", {RCB: 0, RCB_HOUSEHOLDS: 0}, None, ""),
    ("an amount for nobody", {RCB_HOUSEHOLDS: 0}, f"为100.00万元，而“农商银行/目标户数”为0户，{NOBODY}。请核对；如属实，请说明原因。", "1000000.00"),
    ("households without an amount", {RCB: 0}, f"为0.00万元，而“农商银行/目标户数”为30户，{NOBODY}。请核对；如属实，请说明原因。", "0.00"),
    ("one fen is an amount", {RCB: 1, RCB_HOUSEHOLDS: 1}, None, ""),
]  # fmt: skip

CASES = [
    ("T01-1", "each bank and county has one", {}, {}, None, ""),
    (
        "T01-1",
        "one is missing",
        {("ziyang", AMOUNT): ABSENT, ("ziyang", HOUSEHOLDS): ABSENT},
        {},
        ("ziyang", "target_amount@psbc", "", "缺少紫阳县的目标任务（邮储银行）。请补上后重新报送，没有任务的填0。"),
        "",
    ),
    (
        "T01-1",
        "one is blank",
        {("ziyang", AMOUNT): None},
        {},
        (
            "ziyang",
            AMOUNT,
            cell_of(AMOUNT, 9),
            "紫阳县的“邮储银行/目标金额”空白。空白不等于0：请补填后重新报送，没有任务的填0。",
        ),
        "",
    ),
    ("T01-1", "households need not be set", {("ziyang", HOUSEHOLDS): None}, {}, None, ""),
    ("T01-2", "no task", {("ziyang", AMOUNT): 0, ("ziyang", HOUSEHOLDS): 0}, {}, None, ""),
    (
        "T01-2",
        "below zero",
        {("ziyang", AMOUNT): -1},
        {},
        ("ziyang", AMOUNT, cell_of(AMOUNT, 9), "紫阳县“邮储银行/目标金额”为-0.000001万元，不能是负数。" + NEXT),
        "-0.01",
    ),
    ("T01-3", "the counties add up", {}, {AMOUNT: 1000 * WAN, HOUSEHOLDS: 300}, None, ""),
    ("T01-3", "to the roundings of eleven figures", {}, {AMOUNT: 1000 * WAN + 5 * STEP + STEP // 2}, None, ""),
    (
        "T01-3",
        "and no further",
        {},
        {AMOUNT: 1000 * WAN + 6 * STEP},
        (
            "",
            AMOUNT,
            cell_of(AMOUNT, 4),
            ABOVE_BY_SIX,
        ),
        "10000600.00",
    ),
    (
        "T01-3",
        "households exactly",
        {},
        {HOUSEHOLDS: 301},
        (
            "",
            HOUSEHOLDS,
            cell_of(HOUSEHOLDS, 4),
            "“邮储银行/目标户数”的合计填报301户，各县区相加为300户，相差1户。请核对合计数和各县区数，改正后重新报送。",
        ),
        "301",
    ),
    (
        "T01-3",
        "a blank beside one fen",
        {("ziyang", HOUSEHOLDS): None, ("ziyang", AMOUNT): 1},
        {HOUSEHOLDS: 300},
        (
            "ziyang",
            HOUSEHOLDS,
            cell_of(HOUSEHOLDS, 9),
            "紫阳县“邮储银行/目标户数”空白，而合计填报300户，已填的各县区相加为270户。" + FILL,
        ),
        "",
    ),
    (
        "T01-3",
        "a blank beside nothing",
        {("ziyang", HOUSEHOLDS): None, ("ziyang", AMOUNT): 0},
        {HOUSEHOLDS: 300},
        None,
        "",
    ),
    ("T01-3", "a blank that the total does not miss", {("ziyang", HOUSEHOLDS): None}, {HOUSEHOLDS: 270}, None, ""),
    (
        "T01-3",
        "a blank that it does",
        {("ziyang", HOUSEHOLDS): None},
        {HOUSEHOLDS: 300},
        (
            "ziyang",
            HOUSEHOLDS,
            cell_of(HOUSEHOLDS, 9),
            "紫阳县“邮储银行/目标户数”空白，而合计填报300户，已填的各县区相加为270户。" + FILL,
        ),
        "",
    ),
    (
        "T01-3",
        "the whole column",
        {(area, HOUSEHOLDS): None for area in TEN},
        {HOUSEHOLDS: 300},
        (
            "hanbin",
            HOUSEHOLDS,
            cell_of(HOUSEHOLDS, 5),
            "汉滨区“邮储银行/目标户数”空白，而合计填报300户，已填的各县区相加为0户；另有9个县区也是这样。" + FILL,
        ),
        "",
    ),
    ("T01-3", "no total, no question", {(area, HOUSEHOLDS): None for area in TEN}, {}, None, ""),
    (
        "T01-3",
        "nobody without a task",
        {("ziyang", AMOUNT): 0, ("ziyang", HOUSEHOLDS): None},
        {HOUSEHOLDS: 300},
        None,
        "",
    ),
    *(
        (
            "T01-4",
            why,
            {("ziyang", place): value for place, value in changes.items()},
            {},
            ("ziyang", RCB, cell_of(RCB, 9), f"紫阳县“农商银行/目标金额”{message}") if message else None,
            value,
        )
        for why, changes, message, value in ASKED
    ),
]


@pytest.mark.parametrize(
    ("rule", "why", "changes", "total", "wanted", "value"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES]
)
def test_targets(rule, why, changes, total, wanted, value):
    findings = check([targets(changes, total)], catalog())
    assert [(f.area, f.indicator, f.cell, f.message) for f in findings] == ([wanted] if wanted else [])
    for finding in findings:
        assert (finding.rule, finding.severity, finding.level, finding.value) == (
            rule,
            "soft" if rule == "T01-4" or "空白，" in finding.message else "hard",
            1,
            value,
        )
        assert finding.expected == ("0.00" if rule == "T01-2" else finding.expected)


def asked(changes):
    return [f for f in check([targets(changes)], catalog()) if f.rule == "T01-4"]


def test_what_is_asked_is_soft():
    assert [f.severity for f in asked({("ziyang", RCB): 0})] == ["soft"]


def test_of_one_bank_it_is_one_finding_and_of_two_two():
    """100 万元 each, typed in 元 for all counties of one bank and two of another."""
    yuan = {(area, RCB): 1_000_000 * WAN for area in TEN} | {(area, AMOUNT): 1_000_000 * WAN for area in TEN[3:5]}
    findings = asked(yuan)
    assert [(f.area, f.indicator) for f in findings] == [("hanbin", RCB), ("ningshan", AMOUNT)]
    assert ["另有9个县区也是这样" in findings[0].message, "另有1个县区也是这样" in findings[1].message] == [True, True]


def test_a_fen_for_many_households_is_too_little():
    assert [(f.area, f.value) for f in asked({("ziyang", RCB): 1})] == [("ziyang", "0.01")]


def test_a_county_twice_is_one_finding_for_all_banks():
    sent = targets(total={AMOUNT: 1100 * WAN})
    again = [replace(seen, cell=f"ZZ{n}") for n, seen in enumerate(o for o in sent.observations if o.area == "langao")]
    sent.observations += again
    (finding,) = check([sent], catalog())
    assert (finding.rule, finding.area, finding.cell) == ("T01-1", "langao", "ZZ0")
    assert finding.message == "岚皋县的目标任务填了不止一次（第二次在单元格ZZ0）。请只保留正确的一行，改正后重新报送。"


def test_an_unknown_county():
    sent = targets()
    sent.observations += [replace(o, area="unknown:恒河县") for o in sent.observations if o.area == "langao"]
    (finding,) = check([sent], catalog())
    assert (finding.rule, finding.area) == ("T01-1", "unknown:恒河县")
    assert finding.message.startswith("“恒河县”不是登记的县区，这一行没有计入。")


def test_two_banks_below_zero_are_two_findings():
    findings = check([targets({("ziyang", "target_amount@rcb"): -1, ("ziyang", AMOUNT): -1})], catalog())
    assert [finding.indicator for finding in findings] == ["target_amount@rcb", AMOUNT]
    assert len({finding.id for finding in findings}) == 2


def missing(*places):
    """Targets without these, each (county, bank)."""
    gone = {
        (area, f"{code}@{bank}"): ABSENT for area, bank in places for code in ("target_amount", "target_households")
    }
    return check([targets(gone)], catalog())


def test_a_county_without_targets_is_one_finding():
    (finding,) = missing(("ziyang", "rcb"), ("ziyang", "psbc"), ("ziyang", "abc"))
    assert (finding.area, finding.indicator, finding.severity) == ("ziyang", "", "hard")
    assert finding.message == "缺少紫阳县的目标任务（农商银行、邮储银行、农业银行）。请补上后重新报送，没有任务的填0。"


def test_two_counties_are_two():
    findings = missing(("ziyang", "rcb"), ("langao", "abc"), ("langao", "rcb"))
    assert [(f.area, f.indicator) for f in findings] == [("ziyang", "target_amount@rcb"), ("langao", "")]


def test_a_bank_without_targets_is_one_finding():
    (finding,) = missing(*((area, "abc") for area in TEN))
    assert (finding.area, finding.indicator) == ("", "target_amount@abc")
    assert (
        finding.message
        == "没有“农业银行/目标金额”一栏：缺少农业银行各县区的目标任务。请补上后重新报送，没有任务的填0。"
    )


def test_a_bank_with_one_target_lacks_nine():
    assert len(missing(*((area, "abc") for area in TEN[1:]))) == 9


def test_a_county_that_is_missing_beside_an_unknown_one_is_told_there():
    sent = targets()
    sent.observations[:] = [replace(o, area="unknown:恒河县") if o.area == "langao" else o for o in sent.observations]
    lacking, root = check([sent], catalog())
    assert (root.area, root.under, lacking.area, lacking.under) == ("unknown:恒河县", "", "langao", root.id)
    assert root.message.startswith("“恒河县”不是登记的县区，这一行没有计入；应报的岚皋县却没有，疑似名称写错。请")
