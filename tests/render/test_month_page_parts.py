"""The parts of a month's page before they are put on it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Severity, Symbol
from pipeline.render.month_page_annexes import annex_view, measures_view
from pipeline.render.month_page_figures import key_figures
from pipeline.render.month_page_findings import finding_list
from pipeline.render.month_page_links import link_groups
from pipeline.render.month_page_matrix import FormMatrix
from pipeline.render.numbers import show
from pipeline.render.stamp import Stamp
from pipeline.transform.annexes import annex_tables
from tests.cities import MARCH, large_catalog, large_facts, small_facts
from tests.measures import hostile_measures, small_measures
from tests.render.month_pages import STAMP, finding, small_catalog

CATALOG = small_catalog()


def view(number: int, without: frozenset[str] = frozenset(), stamp: Stamp = STAMP):
    return annex_view(annex_tables(MARCH, small_facts(without), CATALOG, {})[number], CATALOG.annexes[number], stamp)


def texts(row) -> list[str]:
    return [cell.text for cell in row.cells]


# ------------------------------------------------------------------ annexes


def test_an_annex_as_it_is_printed():
    annex = view(3)
    assert (annex.id, annex.short, annex.title) == ("annex-3", "附件3", "安康市农商银行小额贷款进展情况统计表")
    assert annex.caption == "截至2018年3月31日　单位：户、万元、%"
    total, north, south = annex.parts[0].rows
    # 农商银行: credit, this month, this year and its growth, ever, outstanding and its change, past due, npl, task
    assert texts(north) == [
        *("1", "北山县", "1/1", "120", "600.00", "10", "50.00", "30", "150.00", "50.00%", "100", "480.00"),
        *("90", "400.00", "20.00", "2", "4.00", "1.00%", "4.00", "1.00%", "300.00", "50.00%", "1", ""),
    ]  # fmt: skip
    assert texts(south)[:3] == ["2", "南河县", "1/1"]
    assert texts(total)[:4] == ["", "合计", "2/2", "200"]
    assert [row.is_total for row in annex.parts[0].rows] == [True, False, False]


def test_gaps_stay_blank_and_are_counted():
    annex = view(3, frozenset({"rcb-south"}))
    total, _, south = annex.parts[0].rows
    assert texts(south)[:6] == ["2", "南河县", "0/1", "", "", ""]
    assert texts(south)[-1] == "未报送"
    assert texts(total)[2:5] == ["1/2", "120*", "600.00*"]
    assert [row.gap for row in annex.parts[0].rows] == [True, False, True]
    assert annex.notes[0].startswith("不含：南河农商银行（未报送）。")


def test_every_number_is_the_printed_one():
    catalog = large_catalog()
    tables = annex_tables(MARCH, large_facts(3, frozenset({"rcb-baihe"})), catalog, {})
    for number, table in tables.items():
        layout = catalog.annexes[number]
        shown = annex_view(table, layout, STAMP)
        assert [part.title for part in shown.parts] == [part.title for part in table.parts]
        for part, drawn in zip(table.parts, shown.parts, strict=True):
            for row, cells in zip(part.rows, drawn.rows, strict=True):
                figures = [show(row.figures[c.id], c).text for c in layout.columns if c.id in row.figures]
                assert texts(cells)[3:-1] == figures
                assert texts(cells)[-1] == row.remark


def test_the_header_has_the_levels_of_the_paper():
    first, second = view(3).header
    assert [(span.text, span.left, span.right) for span in first[:5]] == [
        ("序号", 0, 0),
        ("县(区)", 1, 1),
        ("已报/应报", 2, 2),
        ("授信", 3, 4),
        ("本月发放", 5, 6),
    ]
    assert [span.text for span in second[:4]] == ["户数", "金额", "户数", "金额"]
    assert view(3).width == len(CATALOG.annexes[3].columns) + 1


def test_the_words_of_annex_1_without_the_names_of_persons():
    annex = measures_view(small_measures(), CATALOG.annexes[1], STAMP, 1200)
    assert annex.caption == "2018年3月　已报/应报：2/3　不列联系人"
    assert [title for title, _ in annex.groups] == ["农商银行", "农业银行", "市直部门"]
    north, south = annex.groups[0][1]
    assert north.items[0] == ("组织领导", "成立领导小组，行长任组长。")
    assert [item for item, _ in north.items] == [
        *("组织领导", "制度建设", "信贷产品", "利率优惠与减费让利", "网点及服务覆盖"),
        *("评级授信与入户走访", "产业带动与定点帮扶", "主要成效", "存在问题", "下一步措施"),
    ]  # fmt: skip
    assert (south.items, south.remark) == ((), "未报送")
    assert "0900-1234567" not in str(annex)


def test_long_words_say_how_long_they_are_and_where_the_rest_is():
    annex = measures_view(hostile_measures(), CATALOG.annexes[1], STAMP, 300)
    (_, longest) = annex.groups[0][1][1].items[0]
    assert longest.endswith("……（全文共1600字，见附件1）")
    assert len(longest) < 330


def test_overrides_stand_under_every_annex():
    stamp = Stamp(MARCH, False, False, "虚构市金融工作办公室", 2, 12, "2018-04-10", ("经负责人同意先行发布。",))
    assert view(3, stamp=stamp).notes[-1] == "经负责人同意先行发布。"


# ------------------------------------------------------------------ key figures


def test_a_summary_that_prints_less_has_fewer_key_figures():
    layout = CATALOG.annexes[2]
    kept = ("area", "outstanding_amount", "past_due_ratio")
    fewer = layout.model_copy(update={"columns": tuple(c for c in layout.columns if c.id in kept)})
    row = annex_tables(MARCH, small_facts(), CATALOG, {})[2].parts[0].rows[0]
    found = key_figures(row, fewer, {}, MARCH)
    assert [(figure.label, figure.value, figure.changes) for figure in found] == [
        ("期末余额", "1000.00", ()),
        ("逾期率", "0.70%", ()),
    ]


def test_a_month_without_any_statement_is_said_in_words():
    everyone = frozenset({"rcb-north", "rcb-south", "abc"})
    row = annex_tables(MARCH, small_facts(everyone), CATALOG, {})[2].parts[0].rows[0]
    assert row.figures["outstanding_amount"].symbol is Symbol.MISSING
    found = {figure.label: figure for figure in key_figures(row, CATALOG.annexes[2], {}, MARCH)}
    assert (found["期末余额"].value, found["期末余额"].unit, found["期末余额"].is_words) == ("未报送", "", True)


# ------------------------------------------------------------------ findings


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Severity)), st.sampled_from(["open", "explained", "corrected"])), max_size=30
    ),
    st.integers(0, 40),
)
def test_no_finding_is_lost_and_the_gravest_are_shown(kinds, most):
    rows = [finding(n, severity=severity, status=status) for n, (severity, status) in enumerate(kinds)]
    made = finding_list(rows, most, 100)
    assert made.total == len(kinds) == made.left_off + len(made.rows)
    assert sum(sum(numbers) for _, numbers in made.counts) == len(kinds)
    order = [(row.status != "open", list(Severity).index(row.severity)) for row in made.rows]
    assert order == sorted(order)
    hidden = {row.id for row in rows} - {row.id for row in made.rows}
    assert not (
        {row.status for row in made.rows} - {"open"} and any(r.status == "open" for r in rows if r.id in hidden)
    )


def test_findings_are_counted_by_unit_level_and_effect_too():
    rows = [finding(1, unit="乙", level=1), finding(2, unit="甲", level=2, severity=Severity.SOFT)]
    units, levels, effects = finding_list(rows, 1, 100, {1: "本表之内"}).tables
    assert units.rows == (("乙", 1, 0, 0, 0, 0, 1), ("甲", 0, 1, 0, 0, 0, 1), ("合计", 1, 1, 0, 0, 0, 2))
    assert [row[0] for row in levels.rows] == ["1　本表之内", "2　", "合计"]
    assert effects.rows[-2:] == (("不影响附件数字", 1, 1, 0, 2), ("合计", 1, 1, 0, 2))
    assert finding_list([], 1, 100).tables == ()


def test_choices_are_what_there_is_to_choose():
    rows = [finding(1, rule="A19", unit="乙"), finding(2, rule="A01", unit="甲", severity=Severity.NOTE)]
    choices = {choice.id: choice.options for choice in finding_list(rows, 10, 100).choices}
    assert choices == {
        "severity": (("hard", "强制性"), ("note", "提示")),
        "status": (("open", "未处理"),),
        "unit": (("乙", "乙"), ("甲", "甲")),
        "rule": (("A01", "A01"), ("A19", "A19")),
    }


# ------------------------------------------------------------------ matrix, links


def test_months_stand_under_their_years():
    matrix = FormMatrix("M01", "表", ("2017-11", "2017-12", "2018-01"), (), ())
    years, months = matrix.header
    assert [(span.text, span.right - span.left + 1) for span in years] == [("2017年", 2), ("2018年", 1)]
    assert [span.text for span in months] == ["11月", "12月", "1月"]
    assert matrix.is_monthly
    assert [[span.text for span in level] for level in FormMatrix("T01", "表", ("2018",), (), ()).header] == [
        ["2018年度"]
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_an_address_leads_back_to_the_name_and_nowhere_else(name):
    (group,) = link_groups([name], "no page", {}, ())
    (link,) = group.links
    assert link.address.isascii()
    assert not set(link.address) & set(':?#"<> &\\')
    assert unquote(link.address) == name == link.name


def test_the_page_does_not_link_to_itself():
    groups = link_groups(["index.html", "data/annex1.csv"], "index.html", CATALOG.annexes, CATALOG.tables)
    assert [(link.name, link.what) for group in groups for link in group.links] == [
        ("data/annex1.csv", "附件1：各单位工作措施")
    ]
    assert link_groups(["index.html"], "index.html", {}, ()) == ()


@pytest.mark.parametrize(
    "name", ["附件1-5 数据表.xlsx", "审核报告.xlsx", "附件1-5.pdf", "data/datapackage.json", "release.json"]
)
def test_what_every_release_has_is_described(name):
    (group,) = link_groups([name], "index.html", CATALOG.annexes, CATALOG.tables)
    assert group.links[0].what
