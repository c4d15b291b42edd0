"""A16: every area once, and no owed figure blank."""

from dataclasses import replace

import pytest

from pipeline.validate import check
from tests.validate.returns import (
    ABSENT,
    COUNTY,
    DASH,
    NOTHING_LENT,
    TEN,
    WAN,
    Case,
    catalog,
    cell_of,
    check_case,
    county_return,
    statement,
    submission,
    table,
)

RATE = "weighted_average_rate"
DASHED = "汉阴县的“{}”空白（只填了“—”）。空白表示未报，不等于0：请补填后重新报送，没有发生的填0。"
BLANK = "汉阴县的“{}”空白。空白表示未报，不等于0：请补填后重新报送，没有发生的填0。"
AREAS = {area: COUNTY for area in TEN}

CASES = [
    Case(
        "A16",
        "zero is a figure",
        dict.fromkeys(("past_due_loans", "past_due_households", "past_due_amount", "past_due_beyond_grace_amount"), 0),
    ),
    Case(
        "A16", "an owed figure is blank", {"past_due_amount": None}, BLANK.format("逾期贷款/余额"), at="past_due_amount"
    ),
    Case("A16", "a dash is no figure", {"past_due_amount": DASH}, DASHED.format("逾期贷款/余额"), at="past_due_amount"),
    Case("A16", "what need not be reported may be blank", {"past_due_loans": None, "interest_subsidy_paid_ytd": None}),
    Case(
        "A16",
        "lent, and no rate",
        {RATE: None},
        "汉阴县本年累计发放130.00万元，但“加权平均利率(年)”空白。请补填本年发放贷款的加权平均年利率后重新报送。",
        at=RATE,
    ),
    Case("A16", "nothing lent, and no rate", NOTHING_LENT),
    Case("A16", "nothing lent, and a zero", {**NOTHING_LENT, RATE: 0}),
    Case(
        "A16",
        "nothing lent at 4.35 %",
        {**NOTHING_LENT, RATE: 4_350_000},
        "汉阴县本年没有发放贷款，但“加权平均利率(年)”填了4.35%。没有发放时应当留空：请核对发放数和利率，改正后重新报送。",
        at=RATE,
        value="4.35",
    ),
    Case(
        "A16",
        "so little lent that it reads zero",
        {**NOTHING_LENT, RATE: 4_350_000, "disbursed_loans_ytd": 1, "disbursed_households_ytd": 1},
        also=frozenset({"A09"}),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_blanks_of_a_statement(case):
    check_case(case, statement(case.changes, **case.given))


def test_blanks_of_a_county_return():
    changes = {"registered_households": None}
    check_case(
        Case("A16", "the base of all ratios", changes, BLANK.format("建档立卡贫困户数"), at="registered_households"),
        county_return(changes),
    )


def test_an_indicator_that_is_nowhere_in_the_form():
    (finding,) = check([statement({"credit_line_households": ABSENT})], catalog())
    assert (finding.rule, finding.severity, finding.cell) == ("A16", "hard", "")
    assert (finding.area, finding.indicator) == ("", "credit_line_households")
    assert finding.message == "表中没有“评级授信/授信户数”一栏（竖式表为一行）。请补上后重新报送，没有发生的填0。"


def test_a_rate_that_is_nowhere_is_owed_only_by_who_lends():
    (finding,) = check([statement({RATE: ABSENT})], catalog())
    assert (finding.rule, finding.indicator) == ("A16", RATE)
    assert check([statement({**NOTHING_LENT, RATE: ABSENT})], catalog()) == []


def found(areas, *more, **given):
    """What A16 finds in a statement of these areas."""
    sent = table(areas, **given)
    sent.observations += more
    findings = check([sent], catalog())
    assert {(finding.rule, finding.severity) for finding in findings} <= {("A16", "hard")}
    return [(finding.area, finding.cell, finding.message) for finding in findings]


def test_a_missing_area():
    assert found({area: COUNTY for area in TEN if area != "xunyang"}) == [
        (
            "xunyang",
            "",
            "缺少旬阳县。农业银行安康分行应当报送该县区：请补上这一行，没有业务的各栏填0，然后重新报送。",
        )
    ]


def test_an_area_has_the_name_of_its_month():
    ((_, _, message),) = found({area: COUNTY for area in TEN if area != "xunyang"}, period="2021-03")
    assert message.startswith("缺少旬阳市。")


def test_a_doubled_area_is_found_once_at_its_second_row():
    again = table({"langao": COUNTY}).observations
    second = [replace(seen, cell=f"ZZ{number}") for number, seen in enumerate(again)]
    assert found(AREAS, *second) == [
        ("langao", "ZZ0", "岚皋县报了不止一次（第二次在单元格ZZ0）。请只保留正确的一行，改正后重新报送。")
    ]


def test_an_unknown_area_is_found_once_a_row():
    assert found(AREAS | {"unknown:恒河县": COUNTY}) == [
        (
            "unknown:恒河县",
            cell_of("registered_households", 15),
            "“恒河县”不是登记的县区，这一行没有计入。请改用规范的县区名称，或删去这一行后重新报送。",
        )
    ]


def test_a_sum_of_a_part_is_no_area_and_no_total():
    ((_, _, message),) = found(AREAS | {"unknown:合计(不含高新区、恒口)": COUNTY})
    assert message == (
        "“合计(不含高新区、恒口)”不是全部县区的合计，这一行没有计入。"
        "合计应为全部县区之和（其中项不另加）：核对无误的请只写“合计”，否则请改正或删去这一行，然后重新报送。"
    )


def test_an_area_of_another_unit():
    ((area, cell, message),) = found({"hanyin": COUNTY, "shiquan": COUNTY}, unit="rcb-hanyin")
    assert (area, cell) == ("shiquan", cell_of("registered_households", 6))
    assert message == "石泉县不在汉阴农商银行的报送范围内。请核对是否填错县区，改正后重新报送。"


def test_areas_inside_one_of_ours_are_welcome_and_owe_nothing():
    assert found(AREAS | {"gaoxin": {"outstanding_amount": 5 * WAN, "credit_line_amount": None}}) == []


def test_areas_inside_another_unit_s_area_are_not():
    ((area, _, message),) = found({"hanyin": COUNTY, "gaoxin": COUNTY}, unit="rcb-hanyin")
    assert area == "gaoxin"
    assert message.startswith("高新区不在汉阴农商银行的报送范围内。")


def test_an_area_of_a_unit_that_the_register_expects_nothing_of():
    """Its figures would be in no annex: they are told, not passed over."""
    ((area, _, message), *_) = found({"hanyin": COUNTY}, unit="dept-poverty")
    assert (area, message) == (
        "hanyin",
        "汉阴县不在安康市扶贫开发局的报送范围内。请核对是否填错县区，改正后重新报送。",
    )


def test_a_row_that_is_blank_throughout_is_one_finding():
    assert found(AREAS | {"pingli": dict.fromkeys(COUNTY)}) == [
        (
            "pingli",
            cell_of("credit_line_households", 11),
            "平利县的必填指标全部空白。空白表示未报，不等于0：请补填，没有业务的各栏填0，然后重新报送。",
        )
    ]


def test_two_blanks_in_a_row_are_two():
    found = [
        f for f in check([statement({"past_due_amount": None, "loss_amount": None})], catalog()) if f.rule == "A16"
    ]
    assert sorted(f.indicator for f in found) == ["loss_amount", "past_due_amount"]


def test_a_column_that_is_blank_throughout_is_one_finding():
    assert found({area: COUNTY | {"loss_amount": None} for area in TEN}) == [
        (
            "",
            cell_of("loss_amount", 5),
            "“五级分类/损失”整栏空白。空白表示未报，不等于0：请补填后重新报送，没有发生的填0。",
        )
    ]


def test_two_areas_make_a_column():
    told = found({area: COUNTY | {"loss_amount": None} for area in TEN[:2]})
    assert [(area, cell) for area, cell, words in told if "空白" in words] == [("", cell_of("loss_amount", 5))]


def test_the_least_rate_of_nothing_lent_is_one_too_many():
    sent = statement(NOTHING_LENT | {"weighted_average_rate": 1})
    assert [f.indicator for f in check([sent], catalog()) if f.rule == "A16"] == ["weighted_average_rate"]


def test_a_declaration_of_no_business_owes_no_figures():
    nil = submission("M01", "rcb-hanyin", "2018-03", [])
    nil.nil = True
    assert check([nil], catalog()) == []
    nil.nil = False
    (finding,) = check([nil], catalog())
    assert (finding.rule, finding.area) == ("A16", "hanyin")


def test_a_figure_that_could_not_be_read_is_no_blank():
    areas = AREAS | {"pingli": {code: value for code, value in COUNTY.items() if code != "loss_amount"}}
    assert found(areas) == []


# ------------------------------------------------------------------ a row that is none of ours, and one that is missing


def together(areas, *more, **given):
    """(area, area of what it is told with) of all that A16 finds, and the message of the first that is told itself."""
    sent = table(areas, **given)
    sent.observations += more
    findings = [finding for finding in check([sent], catalog()) if finding.rule == "A16"]
    names = {finding.id: finding.area for finding in findings}
    message = next(finding.message for finding in findings if not finding.under)
    return {finding.area: names.get(finding.under, "") for finding in findings}, message


def test_the_area_that_is_missing_stands_in_the_unknown_row():
    found, message = together({area: COUNTY for area in TEN if area != "langao"} | {"unknown:恒河县": COUNTY})
    assert found == {"unknown:恒河县": "", "langao": "unknown:恒河县"}
    assert message == (
        "“恒河县”不是登记的县区，这一行没有计入；应报的岚皋县却没有，疑似名称写错。请改用规范的县区名称，或删去这一行后重新报送。"
    )


def test_several_that_are_missing_are_named():
    there = {area: COUNTY for area in TEN if area not in ("langao", "ziyang")}
    found, message = together(there | {"unknown:恒河县": COUNTY})
    assert found == {"unknown:恒河县": "", "langao": "unknown:恒河县", "ziyang": "unknown:恒河县"}
    assert "；应报的紫阳县、岚皋县却没有，请核对是否名称写错，漏报的请补上。" in message


def test_an_area_that_is_blank_has_its_figures_in_the_row_without_a_name():
    """The names stand a row apart from their figures: one thing to put right."""
    found, message = together(AREAS | {"langao": dict.fromkeys(COUNTY), "unknown:第9行": COUNTY})
    assert found == {"unknown:第9行": "", "langao": "unknown:第9行"}
    assert message == (
        "“第9行”不是登记的县区，这一行没有计入；而岚皋县一行全部空白，疑似数字没有填在县区名称的同一行。"
        "请改用规范的县区名称，或删去这一行后重新报送。"
    )


def test_one_that_is_blank_and_one_that_is_missing_are_told_apart():
    there = {area: COUNTY for area in TEN if area != "ziyang"} | {"langao": dict.fromkeys(COUNTY)}
    found, message = together(there | {"unknown:恒河县": COUNTY})
    assert found == {"unknown:恒河县": "", "ziyang": "unknown:恒河县", "langao": "unknown:恒河县"}
    assert "；应报的紫阳县却没有，疑似名称写错；而岚皋县一行全部空白，疑似数字没有填在" in message


def test_a_county_bank_that_reports_another_county():
    found, message = together({"shiquan": COUNTY}, unit="rcb-hanyin")
    assert found == {"shiquan": "", "hanyin": "shiquan"}
    assert message == (
        "石泉县不在汉阴农商银行的报送范围内；应报的汉阴县却没有，疑似名称写错。请核对是否填错县区，改正后重新报送。"
    )


def test_a_county_that_is_there_twice_and_one_that_is_missing():
    again = [replace(seen, cell=f"ZZ{number}") for number, seen in enumerate(table({"langao": COUNTY}).observations)]
    found, message = together({area: COUNTY for area in TEN if area != "ziyang"}, *again)
    assert found == {"langao": "", "ziyang": "langao"}
    assert message.startswith("岚皋县报了不止一次（第二次在单元格ZZ0）；应报的紫阳县却没有，疑似名称写错。请只保留")


def test_a_sum_of_a_part_is_nobody_s_row():
    found, _ = together({area: COUNTY for area in TEN if area != "ziyang"} | {"unknown:合计(不含高新区)": COUNTY})
    assert found == {"unknown:合计(不含高新区)": "", "ziyang": ""}
