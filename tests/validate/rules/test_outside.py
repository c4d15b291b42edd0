"""A20: assessment ratios above 100 %, over all banks of a county."""

import pytest

from pipeline.validate import check_beyond
from tests.validate.months import with_policy
from tests.validate.returns import ABSENT, COUNTY, TEN, catalog, cell_of, county_return, statement, table

EVER, NOW, BASE = "disbursed_households_cum", "outstanding_households", "registered_households"


def month(rcb, abc, registered, indicator=EVER):
    """Returns in force in which 汉阴's two banks say so many households, and all of them so many registered."""
    others = {EVER: 0, NOW: 0, BASE: registered}
    return [
        statement(others | {indicator: rcb}),
        table({area: COUNTY | others | ({indicator: abc} if area == "hanyin" else {}) for area in TEN}),
        county_return({BASE: registered}),
    ]


COUNTY_WORDS = (
    "汉阴县“{}”为{}%，超过100%：各银行合计{}户，多于本表“建档立卡贫困户数”{}户。"
    "请核对建档立卡户数，并与各银行核对；如属实，请说明原因。"
)
BANK_WORDS = (
    "汉阴县“{}”为{}%，超过100%：“{}”{}户，多于县区报送的“建档立卡贫困户数”{}户。请核对户数口径；如属实，请说明原因。"
)

CASES = [
    ("everybody registered was lent to, by two banks", month(600, 400, 1000), None),
    ("one more", month(600, 401, 1000), ("fin-hanyin", EVER, COUNTY_WORDS.format("投放面", "100.1", 1001, 1000))),
    ("one bank alone lent to everybody", month(1000, 0, 1000), None),
    (
        "one bank alone lent to more",
        month(1001, 0, 1000),
        ("rcb-hanyin", EVER, BANK_WORDS.format("投放面", "100.1", "发放情况/历史累计/户数", 1001, 1000)),
    ),
    (
        "the other bank is not blamed for it",
        month(3, 1500, 1000),
        ("abc", EVER, BANK_WORDS.format("投放面", "150", "发放情况/历史累计/户数", 1500, 1000)),
    ),
    (
        "two banks alone did: the register is asked",
        month(1001, 1002, 1000),
        ("fin-hanyin", EVER, COUNTY_WORDS.format("投放面", "200.3", 2003, 1000)),
    ),
    (
        "the ratio of households that owe",
        month(500, 501, 1000, NOW),
        ("fin-hanyin", NOW, COUNTY_WORDS.format("贷款贫困户比例", "100.1", 1001, 1000)),
    ),
    (
        "nobody is registered",
        month(1, 0, 0),
        (
            "rcb-hanyin",
            EVER,
            BANK_WORDS.replace("{}%，", "{}，", 1).format("投放面", "无法计算的比例", "发放情况/历史累计/户数", 1, 0),
        ),
    ),
    (
        "a ratio is said to two decimals: 150.4513…",
        month(3, 1500, 997),
        ("abc", EVER, BANK_WORDS.format("投放面", "150.45", "发放情况/历史累计/户数", 1500, 997)),
    ),
    ("the base is not reported", month(1001, 0, None), None),
    ("the base is not in the return", month(1001, 0, ABSENT), None),
]


@pytest.mark.parametrize(("why", "in_force", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_assessment_ratio_within_limit(why, in_force, wanted):
    findings = check_beyond(in_force, catalog())
    assert [(f.unit, f.indicator, f.message) for f in findings] == ([wanted] if wanted else [])
    for finding in findings:
        row = 6 if finding.unit == "abc" else 5
        assert (finding.rule, finding.level, finding.severity) == ("A20", 5, "soft")
        read_from = BASE if finding.unit == "fin-hanyin" else finding.indicator
        assert (finding.area, finding.cell) == ("hanyin", cell_of(read_from, row))


def test_a_limit_is_said_to_two_decimals():
    (finding,) = check_beyond(month(992, 0, 1000), with_policy(assessment_ratio_limit_percent=99.126))
    assert "投放面”为99.2%，超过99.13%：" in finding.message
    assert check_beyond(month(991, 0, 1000), with_policy(assessment_ratio_limit_percent=99.126)) == []


def test_both_ratios_of_a_county_are_a_finding_each():
    _, abc, county = month(1001, 0, 1000)
    findings = check_beyond([statement({EVER: 1001, NOW: 1002, BASE: 1000}), abc, county], catalog())
    assert [(f.unit, f.indicator, f.value, f.expected) for f in findings] == [
        ("rcb-hanyin", EVER, "1001", "1000"),
        ("rcb-hanyin", NOW, "1002", "1000"),
    ]


def test_without_one_of_the_two_forms_there_is_no_ratio():
    rcb, abc, county = month(1001, 0, 1000)
    assert check_beyond([rcb, abc], catalog()) == []
    assert check_beyond([county], catalog()) == []
    assert check_beyond([], catalog()) == []


def test_both_ratios_of_all_banks_together_are_a_finding_each():
    """Both above the limit at once: explaining one must not hide the other."""
    _, _, county = month(0, 0, 1000)
    abc = table(
        {
            area: COUNTY | {BASE: 1000} | ({EVER: 401, NOW: 502} if area == "hanyin" else {EVER: 0, NOW: 0})
            for area in TEN
        }
    )
    findings = check_beyond([statement({EVER: 600, NOW: 500, BASE: 1000}), abc, county], catalog())
    assert [(f.unit, f.indicator, f.value, f.expected) for f in findings] == [
        ("fin-hanyin", EVER, "1000", "1001"),
        ("fin-hanyin", NOW, "1000", "1002"),
    ]
    assert len({f.id for f in findings}) == 2
