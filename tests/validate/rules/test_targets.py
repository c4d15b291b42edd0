"""T01-1 to T01-3: the office's own targets."""

from dataclasses import replace

import pytest

from pipeline.validate import check
from pipeline.validate.history import History, told_by
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


# ------------------------------------------------------------------ which of the two is off, and last year's table


def after(last, changes, period="2018"):
    """What is found of targets whose year before was so set."""
    known = History.of(told_by([targets(last, period="2017")]))
    return check([targets(changes, period=period)], catalog(), known)


ZIYANG = ("ziyang", RCB), ("ziyang", RCB_HOUSEHOLDS)
OTHERWISE = "与{}相比，目标金额相称，目标户数不相称，疑似多写、少写一位。请核对；如属实，请说明原因。"


@pytest.mark.parametrize(
    ("why", "changes", "at"),
    [
        ("ten times the households", {ZIYANG[1]: 301}, RCB_HOUSEHOLDS),
        ("a tenth of the households", {ZIYANG[1]: 3, ZIYANG[0]: 100 * WAN}, RCB_HOUSEHOLDS),
        ("ten times the amount", {ZIYANG[0]: 1000 * WAN}, RCB),
        ("a tenth of the amount", {ZIYANG[0]: 10 * WAN}, RCB),
        ("both as far off: 30 of 100 万元, 100 of 30", {ZIYANG[0]: 30 * WAN, ZIYANG[1]: 100}, RCB),
        ("the amount a little less far off", {ZIYANG[0]: 30 * WAN + 1, ZIYANG[1]: 100}, RCB_HOUSEHOLDS),
    ],
)  # fmt: skip
def test_the_figure_that_does_not_go_with_the_other_banks_is_asked(why, changes, at):
    """Every other bank and county: 100 万元 for 30 households."""
    (finding,) = asked(changes)
    assert (finding.indicator, finding.area) == (at, "ziyang"), why
    assert (OTHERWISE.format("其他银行") in finding.message) is (at == RCB_HOUSEHOLDS)


def test_households_are_asked_in_these_words():
    (finding,) = asked({ZIYANG[1]: 301})
    assert finding.message == (
        "紫阳县“农商银行/目标户数”301户，目标金额100.00万元，户均3322.26元，低于每户上限（5.00万元）10分之一；"
        + OTHERWISE.format("其他银行")
    )
    assert (finding.value, finding.expected, finding.cell) == ("301", "", cell_of(RCB_HOUSEHOLDS, 9))


BIG = {("ziyang", f"{code}@{bank}"): value for bank in ("psbc", "abc") for code, value in (("target_amount", 900 * WAN), ("target_households", 270))}  # fmt: skip
"""A county where the others have nine times as much."""


@pytest.mark.parametrize(
    ("why", "changes", "at"),
    [
        ("a large county: 900 万元 would do, 30 households do not", {ZIYANG[0]: 900 * WAN}, RCB_HOUSEHOLDS),
        ("nobody else has anything there", {("ziyang", f"{c}@{b}"): 0 for b in ("psbc", "abc") for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
        ("the bank has nothing elsewhere", {(area, f"{c}@rcb"): 0 for area in TEN if area != "ziyang" for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
        ("the others have nothing elsewhere", {(area, f"{c}@{b}"): 0 for area in TEN if area != "ziyang" for b in ("psbc", "abc") for c in ("target_amount", "target_households")} | {ZIYANG[1]: 301}, RCB),
    ],
)  # fmt: skip
def test_a_county_is_as_large_as_the_other_banks_have_it(why, changes, at):
    (finding,) = asked((BIG if "large" in why else {}) | changes)
    assert finding.indicator == at, why


@pytest.mark.parametrize(
    ("why", "last", "changes", "at", "base"),
    [
        ("last year comes first: 290 households then", {ZIYANG[1]: 290, ZIYANG[0]: 900 * WAN}, {ZIYANG[1]: 301}, RCB, ""),
        ("30 households then", {}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "上年"),
        ("nothing then", {ZIYANG[1]: 0}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "其他银行"),
        ("not set then", {ZIYANG[1]: None}, {ZIYANG[1]: 301}, RCB_HOUSEHOLDS, "其他银行"),
    ],
)  # fmt: skip
def test_last_years_target_tells_first_which_is_off(why, last, changes, at, base):
    (finding,) = (f for f in after(last, changes) if f.rule == "T01-4")
    assert finding.indicator == at, why
    assert (OTHERWISE.format(base) in finding.message) is bool(base)


def test_a_year_that_was_set_twice_tells_nothing():
    twice = [targets({ZIYANG[1]: 290, ZIYANG[0]: 900 * WAN}, period="2017"), targets(period="2017")]
    known = History.of(told_by(twice))
    (finding,) = (f for f in check([targets({ZIYANG[1]: 301})], catalog(), known) if f.rule == "T01-4")
    assert OTHERWISE.format("其他银行") in finding.message


COPIED = (
    "“农商银行/目标金额”等60个数全部与上年（2017年）的目标任务相同，疑似照抄了上年的表。请核对；如属实，请说明原因。"
)


@pytest.mark.parametrize(
    ("why", "last", "changes", "period", "message"),
    [
        ("all as last year", {}, {}, "2018", COPIED),
        ("one household more", {}, {ZIYANG[1]: 31}, "2018", ""),
        ("a fen more", {}, {ZIYANG[0]: 100 * WAN + 1}, "2018", ""),
        ("two years on", {}, {}, "2019", ""),
        ("one is blank: the others are as they were", {}, {ZIYANG[1]: None}, "2018", COPIED.replace("60", "59")),
        ("a county was not set then", {ZIYANG[0]: None}, {}, "2018", ""),
        ("nothing here and nothing there", dict.fromkeys(ZIYANG, 0), dict.fromkeys(ZIYANG, 0), "2018", COPIED),
    ],
)  # fmt: skip
def test_targets_copied_from_last_year(why, last, changes, period, message):
    found = [f for f in after(last, changes, period) if f.rule == "T01-5"]
    assert [f.message for f in found] == ([message] if message else []), why
    for finding in found:
        assert (finding.severity, finding.level, finding.area, finding.indicator) == ("soft", 1, "hanbin", RCB)
        assert finding.cell == cell_of(RCB, 5)


@pytest.mark.parametrize(("figures", "told"), [(10, True), (9, False)])
def test_ten_figures_may_be_a_table_and_nine_not(figures, told):
    both = ("target_amount", "target_households")
    places = [(area, f"{code}@rcb") for area in TEN[:5] for code in both][:figures]
    gone = {key: ABSENT for key in _all_places() if key not in places}
    assert any(f.rule == "T01-5" for f in after(gone, gone)) is told


def _all_places():
    both = ("target_amount", "target_households")
    return [(area, f"{code}@{bank}") for area in TEN for bank in ("rcb", "psbc", "abc") for code in both]


def test_a_typed_total_is_no_target():
    total = {AMOUNT: 1000 * WAN, HOUSEHOLDS: 300}
    assert {area for _, area, *_ in told_by([targets(total=total)])} == set(TEN)
    assert len(told_by([targets(total=total)])) == 60


CASES = [
    *CASES,
    ("T01-5", "another year's", {}, {}, None, ""),
    ("T01-5", "last year's", {}, {}, ("hanbin", RCB, cell_of(RCB), COPIED), ""),
]
"""Read by `test_promises.py`, too."""
