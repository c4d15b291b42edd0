"""Every published figure is walked back to its cells, whose figures give it again; every cell forward to its figures."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from pipeline.catalog import load_catalog
from pipeline.jobs import month as months
from pipeline.jobs.clock import clock_for
from pipeline.jobs.released_figures import ReleasedFigures
from pipeline.jobs.trace import Cited, impact, trace
from pipeline.model.lineage import Operation, Source
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.store import Store
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF, SAMPLE

CATALOG, CLOCK = load_catalog("ankang"), clock_for(AS_OF)
MONTHS = (Month(2017, 1), Month(2018, 2), Month(2018, 3))
"""The first ever, without bases; a complete one; one with gaps and what is compared over matched places."""


@pytest.fixture(scope="module", params=MONTHS, ids=str)
def figures(request, released):
    """A release's figures as numbers, and the folder of its products."""
    store = Store(released.folder, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, "9999")
        entry = months.releases(connection, upto, request.param)[-1]
        found = ReleasedFigures.of(connection, CATALOG, request.param, entry)
    store.close()
    return found, released.folder / "output" / str(request.param)


def numbers(path):
    """The numeric cells of an annex's workbook, but for those that count its rows."""
    sheet = openpyxl.load_workbook(path, data_only=True).active
    cells = (cell for row in sheet.iter_rows(min_col=2) for cell in row)
    return {cell.coordinate: cell.value for cell in cells if isinstance(cell.value, int | float)}


def test_every_numeric_cell_is_a_figure_whose_leaves_give_it_again(figures):
    found, output = figures
    told = {(place.product, place.cell): place for place in found.places()}
    seen = 0
    for product in {product for product, _ in told}:
        for cell, printed in numbers(output / product).items():
            place = told[product, cell]
            figure, made = found.figure(place), found.lineage_of(place)
            exact = Fraction(figure.numerator, figure.denominator)
            assert made.value == made.recomputed() == exact, place
            scale = 1_000_000 if figure.unit == "fen" else 1
            assert printed == pytest.approx(float(exact / scale), rel=1e-12), place
            seen += 1
    assert seen > 700


def test_every_numeric_cell_of_the_twin_is_the_same_figure(figures):
    """But for its counts of units, which are no figures of the annexes; ratios stand there in percent."""
    found, output = figures
    told = {(place.sheet, place.cell): place for place in found.twin_places()}
    book = openpyxl.load_workbook(output / "附件1-5 数据表.xlsx", data_only=True)
    seen = 0
    for sheet in {sheet for sheet, _ in told}:
        last = max(
            column_index_from_string(place.cell.rstrip("0123456789")) for place in told.values() if place.sheet == sheet
        )
        first = min(
            int(place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for place in told.values() if place.sheet == sheet
        )
        for row in book[sheet].iter_rows(min_row=first, min_col=2, max_col=last):
            for cell in row:
                if isinstance(cell.value, int | float):
                    place = told[sheet, cell.coordinate]
                    figure, made = found.figure(place), found.lineage_of(place)
                    scale = {"fen": Fraction(1, 1_000_000), "ratio": Fraction(100)}.get(figure.unit, Fraction(1))
                    assert cell.value == pytest.approx(float(made.recomputed() * scale), rel=1e-12), place
                    seen += 1
    assert seen > 700


def test_growth_over_matched_places_too(figures):
    found, _ = figures
    places = [place for place in found.all_figures() if not place.cell]
    for place in places:
        figure = found.figure(place)
        if figure.numerator is not None:
            assert found.lineage_of(place).recomputed() == Fraction(figure.numerator, figure.denominator), place
    assert bool(places) is (found.seen.month == Month(2018, 3))


def kind(source):
    """What is printed together: the same indicator of banks, of counties, of the office."""
    whose = source.unit.partition("-")[0] if source.unit.startswith(("fin-", "office")) else "bank"
    return whose, bool(source.institution), source.indicator


def test_every_printed_observation_in_force_is_a_leaf(figures, released):
    """But for of-which areas and for what no annex prints, such as what counties say of banks, or banks of households."""
    found, _ = figures
    leaves = Counter(
        leaf.source
        for place in found.all_figures()
        if (made := found.lineage_of(place)) is not None
        for leaf in made.leaves
    )
    printed = {kind(source) for source in leaves}
    counties = {area.id for area in CATALOG.areas.counties}
    store = Store(released.folder, create=False)
    with store.transaction() as connection:
        sent = months.submissions_in_force(connection, found.seen)
    store.close()
    own = {
        Source(s.period, s.unit, o.institution, o.area, o.indicator)
        for s in sent
        for o in s.observations
        if not o.total and o.value is not None and o.area in counties
    }
    assert {source for source in own if kind(source) in printed} <= set(leaves)
    assert sum(source in leaves for source in own) > 300


# ------------------------------------------------------------------ by hand


def test_a_county_is_walked_back_to_the_cells_of_its_three_banks(released):
    """石泉 in February: 865.26 of 农商银行, by the loan's own workbook; what the others lent is theirs to tell."""
    found = trace(released.folder, Month(2018, 2), "附件2!M15", CATALOG, CLOCK)
    assert found.published.label == "石泉县“期末余额/金额”"
    cells = {source.unit: one for source, one in found.cited.items()}
    assert set(cells) == {"rcb-shiquan", "psbc", "abc"} and all(isinstance(one, Cited) for one in cells.values())
    own = cells["rcb-shiquan"]
    sheet = openpyxl.load_workbook(SAMPLE / own.record.file)[own.observation.sheet]
    assert (own.observation.cell, sheet[own.observation.cell].value) == ("G21", 865.26)
    assert found.lineage.operation is Operation.SUM
    assert f"{float(found.lineage.value) / 1_000_000:.2f}" == found.published.printed


@pytest.mark.parametrize(
    ("what", "operation", "parts"),
    [
        ("附件2!Q12", Operation.RATIO, (Operation.SUM, Operation.SUM)),
        ("附件2 安康市金融扶贫小额贷款进展情况汇总表.xlsx!$N$12", Operation.CHANGE, (Operation.SUM, Operation.SUM)),
        ("annex2/counties/total/outstanding_amount_yoy", Operation.GROWTH, (Operation.SUM, Operation.SUM)),
        ("附件1-5 数据表.xlsx!附件2-2 分县区!P10", Operation.RATIO, (Operation.SUM, Operation.SUM)),
        ("data/annex2.csv!counties/hanbin/target_rank", Operation.RANK, (Operation.RATIO,) * 10),
    ],
)
def test_ratios_growth_and_ranks_have_their_parts(released, what, operation, parts):
    made = trace(released.folder, Month(2018, 2), what, CATALOG, CLOCK).lineage
    assert (made.operation, tuple(part.operation for part in made.parts)) == (operation, parts)


def test_a_cell_feeds_what_is_traced_to_it(released):
    """A balance of February: in February's annexes, and in March's nowhere: growth is against 2017, change against 12月."""
    (one,) = impact(released.folder, "石泉农商银行2018年2月.xlsx!月报表!G21", CATALOG, CLOCK)
    assert {fed.release.body["period"] for fed in one.feeds} == {"2018-02"}
    assert {fed.place.cell for fed in one.feeds if fed.place.annex == 3} >= {"M6", "M9"}
    (december,) = impact(released.folder, "石泉农商银行2017年12月.xlsx!月报表!G21", CATALOG, CLOCK)
    periods = {fed.release.body["period"] for fed in december.feeds}
    assert periods == {"2017-12", "2018-01", "2018-02", "2018-03"}, "the year's start of 2018"


def test_a_rejected_statement_feeds_nothing(released):
    (one,) = impact(released.folder, "汉阴农商银行2018年3月.xlsx!月报表!G21", CATALOG, CLOCK)
    assert one.feeds == ()


# ------------------------------------------------------------------ as commands


def test_the_terminal_shows_a_tree_and_json_the_same(capsys, released):
    here = ("--workspace", released.folder, "--as-of", AS_OF)
    code, out, err = run(capsys, "trace", "2018-03", "附件2!Q12", *here)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].startswith("2018年3月附件2 Q12（第1版，草稿）：合计“逾期/逾期率%”")
    assert "不含：汉阴农商银行、镇坪农商银行。" in lines[1]
    assert lines[2] == "＝第1项÷第2项，2项"
    assert "│  ├─ 汉滨农商银行2018年3月汉滨区“逾期贷款/余额”　481600.00元　← " in out
    assert "工作表“月报表”G33，原文“48.16”" in out
    assert sum(line.startswith("原件《") for line in lines) == len({line for line in lines if "sha256" in line})
    told = asked(capsys, "trace", "2018-03", "附件2!Q12", *here)["data"]
    above, below = told["lineage"]["parts"]
    assert Fraction(told["lineage"]["value"]) == Fraction(above["value"]) / Fraction(below["value"])
    assert sum(Fraction(part["value"]) for part in above["parts"]) == Fraction(above["value"])
    code, out, err = run(capsys, "impact", "石泉农商银行2018年2月.xlsx!月报表!G21", *here)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"这一格的数用在已发布的{len(out.splitlines()) - 2}个统计数里。"
    assert asked(capsys, "impact", "石泉农商银行2018年2月.xlsx!月报表!G21", *here)["status"] == "used"


def test_every_annex_is_what_was_released(figures):
    found, _ = figures
    assert found.as_released == set(found.tables)


def test_a_trace_says_where_the_annex_would_be_another_today(capsys, released, monkeypatch):
    here = ("--workspace", released.folder, "--as-of", AS_OF)
    assert "注意" not in run(capsys, "trace", "2018-03", "附件2!M9", *here)[1]
    monkeypatch.setattr("pipeline.jobs.released_figures.annex_csv", lambda *_: b"other bytes")
    assert "与发布时不完全相同，请重新运行 make monthly 后再查" in run(capsys, "trace", "2018-03", "附件2!M9", *here)[1]
    assert asked(capsys, "trace", "2018-03", "附件2!M9", *here)["data"]["as_released"] is False


def test_what_is_no_number_says_who_is_lacking(capsys, released):
    here = ("--workspace", released.folder, "--as-of", AS_OF)
    code, out, _ = run(capsys, "trace", "2018-03", "附件2!N12", *here)
    assert code == 0
    assert out.strip().endswith("这里没有数，没有可以追溯的来源。不含：汉阴农商银行、镇坪农商银行。")
    assert asked(capsys, "trace", "2018-03", "附件2!N12", *here)["data"]["lineage"] is None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("trace", "2018-03", "附件2!ZZ99"), 2, "附件2的“ZZ99”里没有统计数。"),
        (("trace", "2018-03", "附件2!汉滨"), 2, "附件2的“汉滨”不是单元格。"),
        (("trace", "2018-03", "附件1!C5"), 2, "“附件1!C5”不是可以追溯的成果，可以追溯的有附件2、附件3、附件4、附件5和"),
        (("trace", "2018-03", "附件1-5 数据表!封面!A1"), 2, "数据表的工作表“封面”的“A1”里没有统计数。"),
        (("trace", "2018-03", "annex2/counties/nowhere/outstanding_amount"), 2, "没有名为“annex2/counties/nowhere"),
        (("trace", "2018-04", "附件2!M9"), 3, "2018年4月还没有发布，没有可以追溯的数。"),
        (("impact", "没有的文件.xlsx!月报表!G21"), 2, "“没有的文件.xlsx!月报表!G21”没有读出数。"),
        (("impact", "G21"), 2, "“G21”没有读出数。"),
    ],
)
def test_what_cannot_be_meant_is_told(capsys, released, words, code, told):
    found, out, err = run(capsys, *words, "--workspace", released.folder, "--as-of", AS_OF)
    assert (found, out) == (code, "")
    assert told in err


def test_before_its_release_there_is_nothing_to_trace(capsys, released):
    words = ("trace", "2018-03", "附件2!M9", "--workspace", released.folder, "--as-of", "2018-03-01")
    code, _, err = run(capsys, *words)
    assert code == 3 and "还没有发布" in err
