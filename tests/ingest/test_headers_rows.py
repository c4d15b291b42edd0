"""Rows of tables of areas as other hands write them: names, codes, of-which areas, totals, notes."""

import pytest

from pipeline import validate
from tests.ingest.sheets import AREAS, CATALOG, HEADERS, Statement, found, plain_rows
from tests.ingest.tables import ABOVE, read_lines, values

ONE = ["县(区)", "授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额"]
ROWS = [[name, 20 + i, 60.5 + i, 10 + i, 9 + i, 30.25 + i] for i, name in enumerate(AREAS)]
SUM = [245, 650, 145, 135, 347.5]


def read(rows, headers=ONE, below=()):
    return read_lines([*ABOVE, headers, *rows, *below])


def faults_of_areas(reading):
    """What the rules have to say of rows: (which, area)."""
    return [
        (f.cell, f.area) for f in validate.check(reading.submissions, CATALOG) if f.rule == "A16" and not f.indicator
    ]


@pytest.mark.parametrize(
    "name",
    [
        "汉滨区",
        "汉滨",
        "安康市汉滨区",
        " 汉 滨 区 ",
        "汉滨区支行",
        "汉滨支行",
        "汉滨区：",
        "610902",
        610902,
        "610902汉滨区",
        "汉滨区(610902)",
        "汉滨区（含高新区）",
    ],
)
def test_names_of_an_area(name):
    reading = read([[name, *ROWS[0][1:]], *ROWS[1:]])
    assert found(reading) == []
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000
    assert faults_of_areas(reading) == []


@pytest.mark.parametrize("name", ["汉宾区", "610921汉滨区", "汉滨区汉阴县", "汉滨等县", "610999"])
def test_what_is_no_name_of_an_area_is_unknown_by_its_label(name):
    reading = read([[name, *ROWS[0][1:]], *ROWS[1:]])
    areas = values(reading, "outstanding_amount")
    assert f"unknown:{name}" in areas
    assert "hanbin" not in areas


@pytest.mark.parametrize("name", ["其中：高新区", "其中:高新区", "　其中：高新区", "#高新区", "—高新区", "高新区"])
def test_areas_within_another(name):
    rows = [ROWS[0], [name, 3, 5.5, 2, 2, 4.25], *ROWS[1:]]
    reading = read(rows)
    assert found(reading) == []
    assert values(reading, "outstanding_amount")["gaoxin"] == 4_250_000
    assert faults_of_areas(reading) == []


def test_of_which_alone_heads_the_rows_below():
    reading = read([ROWS[0], ["其中："], ["高新区", 3, 5.5, 2, 2, 4.25], *ROWS[1:]])
    assert found(reading) == []
    assert values(reading, "outstanding_amount")["gaoxin"] == 4_250_000


@pytest.mark.parametrize("label", ["合计", "合 计", "合　计", "总计", "合计：", "全市合计", "全市", "合计(含高新区)"])
@pytest.mark.parametrize("at", [0, 5, 10])
def test_a_total_anywhere(label, at):
    reading = read([*ROWS[:at], [label, *SUM], *ROWS[at:]])
    assert found(reading) == []
    assert values(reading, "outstanding_amount", total=True) == {"total": 347_500_000}
    assert faults_of_areas(reading) == []


def test_a_total_on_top_and_the_same_below():
    reading = read([["合计", *SUM], *ROWS, ["总 计", *SUM]])
    assert found(reading) == []
    assert len(values(reading, "outstanding_amount", total=True)) == 1
    assert faults_of_areas(reading) == []


def test_two_totals_that_differ_are_a_finding():
    reading = read([["合计", *SUM], *ROWS, ["总计", *SUM[:4], 999.5]])
    assert faults_of_areas(reading)


@pytest.mark.parametrize("label", ["小计", "小 计", "小计："])
def test_a_subtotal_between_is_no_area(label):
    reading = read([*ROWS[:5], [label, 110, 312.5, 60, 55, 161.25], *ROWS[5:], ["合计", *SUM]])
    assert found(reading) == []
    assert faults_of_areas(reading) == []


@pytest.mark.parametrize("label", ["小计", "小 计：", "农行小计"])
@pytest.mark.parametrize("at", [0, 10])
def test_a_subtotal_over_all_areas_is_the_total_and_is_checked_as_such(label, at):
    reading = read([*ROWS[:at], [label, *SUM[:4], 999.5], *ROWS[at:]])
    assert found(reading) == []
    assert values(reading, "outstanding_amount", total=True) == {"total": 999_500_000}
    assert [f.rule for f in validate.check(reading.submissions, CATALOG) if f.rule == "A01"] == ["A01"]


@pytest.mark.parametrize("at", [1, 5, 9])
def test_a_subtotal_of_a_part_is_no_total(at):
    reading = read([*ROWS[:at], ["小计", 110, 312.5, 60, 55, 161.25], *ROWS[at:]])
    assert values(reading, "outstanding_amount", total=True) == {}


def test_a_subtotal_of_one_group_of_areas_is_no_total():
    part = ["小计", 110, 312.5, 60, 55, 161.25]
    for rows in ([part, *ROWS[:5], ["其他县"], *ROWS[5:]], [*ROWS[:5], ["月河川道"], *ROWS[5:], part]):
        assert values(read(rows), "outstanding_amount", total=True) == {}


def test_a_subtotal_under_the_serial_numbers():
    lines = [[i, *row] for i, row in enumerate(ROWS, 1)]
    reading = read([["小计", None, *SUM], *lines], headers=["序号", *ONE])
    assert values(reading, "outstanding_amount", total=True) == {"total": 347_500_000}


def test_serial_numbers_and_a_total_that_stands_under_them():
    lines = [[i, *row] for i, row in enumerate(ROWS, 1)]
    reading = read([*lines, ["合计", None, *SUM]], headers=["序号", *ONE])
    assert found(reading) == []
    assert values(reading, "outstanding_amount", total=True) == {"total": 347_500_000}


def test_notes_and_signatures_below():
    below = [
        [],
        ["注：1.本表数据取自信贷系统。"],
        ["2.户数不含非建档立卡户。"],
        ["单位负责人：示例甲", None, "填表人：示例乙", None, "联系电话：0915-3200000"],
        ["报出日期：2018年4月5日"],
    ]
    assert found(read(ROWS, below=below)) == []


def test_figures_without_a_label_are_never_dropped():
    reading = read([*ROWS[:3], [None, 5, 6.5, 7, 8, 9.5], *ROWS[3:]])
    assert "unknown:第7行" in values(reading, "outstanding_amount")


def test_a_row_left_out_is_one_finding_that_names_the_area():
    reading = read(ROWS[:9])
    (finding,) = [f for f in validate.check(reading.submissions, CATALOG) if f.rule == "A16" and f.area == "baihe"]
    assert "缺少白河县" in finding.message


def test_an_area_twice_is_one_finding():
    reading = read([*ROWS, ["旬阳", *ROWS[8][1:]]])
    assert [area for _, area in faults_of_areas(reading)] == ["xunyang"]


def test_the_plain_statement_is_still_itself():
    assert found(Statement(headers=list(HEADERS), rows=plain_rows()).read()) == []


def test_a_city_s_own_name_for_the_total_is_the_profile_s():
    total = ["商洛市合计", 245, 650.0, 145, 135, 347.5, None]
    statement = Statement(rows=[*plain_rows(), total])
    elsewhere = CATALOG.model_copy(
        update={
            "profile": CATALOG.profile.model_copy(update={"city": "商洛市", "totals": ("商洛市合计",)}),
            "fingerprint": "elsewhere",
        }
    )
    for catalog, area in ((CATALOG, "unknown:商洛市合计"), (elsewhere, "total")):
        (submission,) = statement.read(catalog).submissions
        assert {o.area for o in submission.observations if o.cell == "B14"} == {area}


def test_totals_under_the_name_of_this_city():
    for label in ("安康市", "安康市合计", "全市合计"):
        (submission,) = Statement(rows=[*plain_rows(), [label, 245, 650.0, 145, 135, 347.5, None]]).read().submissions
        assert "total" in {o.area for o in submission.observations}, label


@pytest.mark.parametrize("said", ["本月到期收回较多", "新发放已与信贷系统核对", "核对无误，与系统一致"])
@pytest.mark.parametrize("label", ["汉滨区", "合计"])
def test_a_remark_on_an_area_below_the_table_is_no_second_row_of_it(label, said):
    reading = read([*ROWS, ["合计", *SUM]], below=[[None], ["单位负责人：示例甲"], [label, said]])
    assert found(reading) == []
    kept = {row[0]: int(row[-1] * 1_000_000) for row in ROWS}
    assert sorted(values(reading, "outstanding_amount").values()) == sorted(kept.values())


@pytest.mark.parametrize("said", [[20], ["—"], ["暂无"], ["本月到期收回较多", 5]])
def test_a_second_row_of_an_area_is_one(said):
    reading = read([*ROWS, ["合计", *SUM]], below=[[AREAS[0], *said]])
    assert faults_of_areas(reading)
