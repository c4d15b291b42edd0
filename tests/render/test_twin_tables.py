"""The twin's figures: those of the annexes, exact, in the units of their headers; gaps in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import load_catalog
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.render.numbers import show
from pipeline.render.twin_content import Number
from pipeline.render.twin_notes import SYMBOL_ROWS
from pipeline.render.twin_tables import code, figure_cell, figure_sheets, in_words_of_the_twin
from pipeline.render.twin_write import twin_workbook
from pipeline.transform.annexes import annex_tables
from pipeline.transform.measures import OWN_WORDS
from tests.cities import MARCH, WAN, large_catalog, large_facts, small_catalog, small_facts
from tests.twins import GAP, STAMP, large_twin, opened, small_twin, table_of

COLUMNS = {column.id: column for column in load_catalog().annexes[2].columns}
AMOUNT, RATIO, GROWTH = (COLUMNS[n] for n in ("outstanding_amount", "past_due_ratio", "outstanding_amount_yoy"))

BY_INSTITUTION, BY_COUNTY = "附件2-1 分机构", "附件2-2 分县区"
RCB, ABC = "附件3 农商银行", "附件5 农业银行"


# ------------------------------------------------------------------ worked by hand from tests/cities.py


@pytest.mark.parametrize(
    ("sheet", "row", "header", "value"),
    [
        (RCB, "合计", "授信户数（户）", 120 + 80),
        (RCB, "北山县", "授信金额（万元）", 600),
        (RCB, "南河县", "本月发放金额（万元）", 40),
        (ABC, "北山县", "本月发放金额（万元）", 25.005),
        (ABC, "南河县", "本月发放金额（万元）", 0),
        (RCB, "合计", "期末余额较年初增减（万元）", 700 - (380 + 310)),
        (RCB, "南河县", "期末余额较年初增减（万元）", 300 - 310),
        (RCB, "北山县", "逾期率（%）", 1),  # 4 of 400
        (RCB, "合计", "逾期率（%）", 1),  # 7 of 700: from sums, not an average
        (ABC, "南河县", "不良率（%）", 1.5),  # 1.5 of 100
        (RCB, "北山县", "年度任务完成率（%）", 50),  # 150 of 300
        (RCB, "北山县", "年度任务位次（位）", 1),
        (RCB, "南河县", "年度任务位次（位）", 2),  # 100 of 250
        (BY_COUNTY, "北山县", "期末余额户次（户次）", 90 + 45),
        (BY_COUNTY, "北山县", "投放面（户贷率）（%）", 75),  # 150 of 200
        (BY_COUNTY, "合计", "贷款增速（%）", pytest.approx(100 / 3, rel=1e-15)),
        (BY_COUNTY, "合计", "风险补偿金到位（万元）", 80),
        (BY_INSTITUTION, "农业银行", "本年累计发放金额（万元）", 100),
        (BY_INSTITUTION, "农业银行", "风险补偿金到位（万元）", "[不适用]"),
        (BY_INSTITUTION, "合计", "年度任务位次（位）", "[不适用]"),
        (BY_COUNTY, "南河县", "已报单位（家）", 2),
    ],
)
def test_figures_worked_by_hand(small, sheet, row, header, value):
    assert {line[next(iter(line))]: line for line in small[sheet]}[row][header] == value


@pytest.fixture(scope="module")
def small():
    book = opened(small_twin())
    return {name: table_of(book[name]) for name in (BY_INSTITUTION, BY_COUNTY, RCB, ABC)}


def test_every_figure_of_a_month_is_in_the_twin_exactly():
    """Numerator and denominator of each figure against the cell that is read back; rows and columns in printed order."""
    catalog, book = large_catalog(), opened(large_twin(7))
    compared = 0
    for table in annex_tables(MARCH, large_facts(7), catalog, {}).values():
        sheets = [sheet for sheet in book if sheet.title.startswith(f"附件{table.annex}")]
        ids = [column.id for column in catalog.annexes[table.annex].columns if column.unit != "text"]
        for sheet, part in zip(sheets, table.parts, strict=True):
            for row, cells in zip(part.rows, table_of(sheet), strict=True):
                label, *values, covered, owed, _ = cells.values()
                assert (label, covered, owed) == (row.label, row.coverage_in, row.coverage_of)
                for name, value in zip(ids, values, strict=True):
                    compared += _agrees(row.figures[name], value)
    assert compared > 1000


def _agrees(figure: Figure, value: object) -> bool:
    if figure.numerator is None:
        assert isinstance(value, str) and value.startswith("[")
        return False
    if figure.unit == "fen":
        assert round(Decimal(repr(value)) * WAN) == figure.numerator
    elif figure.unit == "ratio":
        assert value == pytest.approx(float(Fraction(figure.numerator, figure.denominator) * 100), rel=1e-15)
    else:
        assert value == figure.numerator
    return True


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_amount_in_the_cell_is_exact_to_the_fen(fen):
    cell = figure_cell(Figure("a", "fen", fen), AMOUNT)
    assert isinstance(cell, Number)
    stored = f"{float(cell.value):.16G}"  # as the library writes it
    assert round(Decimal(stored) * WAN) == fen


# ------------------------------------------------------------------ what stands in a cell


@pytest.mark.parametrize(
    ("why", "figure", "column", "value", "pattern"),
    [
        ("zero is zero", Figure("a", "fen", 0), AMOUNT, 0, "0.00"),
        ("two decimals", Figure("a", "fen", 1_234_500), AMOUNT, Fraction("1.2345"), "0.00"),
        ("half the last digit shows", Figure("a", "fen", 5_000), AMOUNT, Fraction("0.005"), "0.00"),
        ("less shows more decimals", Figure("a", "fen", 3_000), AMOUNT, Fraction("0.003"), "0.000"),
        ("one fen", Figure("a", "fen", 1), AMOUNT, Fraction(1, WAN), "0.000000"),
        ("and below zero", Figure("a", "fen", -1), AMOUNT, Fraction(-1, WAN), "0.000000"),
        ("a ratio is a percentage", Figure("a", "ratio", 1, 8), RATIO, Fraction("12.5"), "0.00"),
        ("above one too", Figure("a", "ratio", 3, 2), GROWTH, 150, "0.00"),
        ("a ratio that hardly is", Figure("a", "ratio", 1, 10**6), RATIO, Fraction("0.0001"), "0.0001"),
        ("households", Figure("a", "户", 12), COLUMNS["credit_line_households"], 12, "0"),
        ("a partial sum is its sum", Figure("a", "fen", WAN, symbol=Symbol.PARTIAL), AMOUNT, 1, "0.00"),
    ],
)
def test_a_number(why, figure, column, value, pattern):
    places = pattern.replace("1", "0")
    assert figure_cell(figure, column) == Number(Fraction(value), places), why


@pytest.mark.parametrize(
    ("figure", "column", "words"),
    [
        (Figure("a", "fen", symbol=Symbol.MISSING), AMOUNT, "[未报送]"),
        (Figure("a", "fen", symbol=Symbol.NOT_APPLICABLE), AMOUNT, "[不适用]"),
        (Figure("a", "ratio", symbol=Symbol.NOT_COMPUTED), GROWTH, "[未报齐，不计算]"),
        (Figure("a", "ratio", symbol=Symbol.BASE_ZERO), GROWTH, "[上年同期为零，不计算增速]"),
        (Figure("a", "ratio", symbol=Symbol.BASE_MISSING), GROWTH, "[上年同期未统计]"),
        (Figure("a", "fen", symbol=Symbol.BASE_MISSING), COLUMNS["outstanding_amount_change"], "[年初未统计]"),
        (Figure("a", "ratio", symbol=Symbol.BASE_NEGATIVE), GROWTH, "[上年同期为负，不计算增速]"),
        (Figure("a", "ratio", symbol=Symbol.BASE_NEGATIVE, text="由负转正"), GROWTH, "[由负转正]"),
        (Figure("a", "ratio", symbol=Symbol.BASE_NEGATIVE, text="由正转负"), GROWTH, "[由正转负]"),
        (Figure("a", "rank", symbol=Symbol.NOT_COMPUTED), COLUMNS["target_rank"], "[不适用]"),
    ],
)
def test_a_gap_is_said_in_words_that_the_sheet_of_symbols_explains(figure, column, words):
    assert figure_cell(figure, column) == words
    explained = {code: (on_paper, meaning) for code, on_paper, meaning in SYMBOL_ROWS}
    on_paper, meaning = explained[words]
    assert meaning
    printed = show(figure, column).text
    assert code(printed) == words
    assert on_paper == (printed or "空白").replace("—", "一字线（—）")


def test_no_word_of_the_annexes_is_left_without_explanation():
    """Whatever a figure's symbol is, what the annex prints for it has its line on the sheet of symbols."""
    explained = {words for words, _, _ in SYMBOL_ROWS}
    for symbol in set(Symbol) - {Symbol.NONE, Symbol.PARTIAL}:
        for column in (AMOUNT, RATIO, GROWTH, COLUMNS["outstanding_amount_change"], COLUMNS["target_rank"]):
            assert figure_cell(Figure("a", column.unit, symbol=symbol), column) in explained


# ------------------------------------------------------------------ a month with gaps


def test_a_partial_month_says_in_words_what_paper_marks_with_a_star():
    book = opened(small_twin(GAP))
    total, north, south = table_of(book[RCB])
    assert (total["授信金额（万元）"], north["授信金额（万元）"], south["授信金额（万元）"]) == (400, "[未报送]", 400)
    assert total["本年累计发放同比（%）"] == "[未报齐，不计算]"
    assert total["备注"] == "已报1/2家；除年度任务目标外，各项合计未报齐；不含：北山农商银行"
    assert (north["备注"], south["备注"]) == ("未报送", "无")
    county = table_of(book[BY_COUNTY])[1]
    assert county["备注"].startswith("不含农商银行；除年度任务目标、建档立卡贫困户数、风险补偿金到位外，各项合计未报齐")
    marks = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert not [text for text in marks if "*" in text and text != "数后带星号（*）"]


@pytest.mark.parametrize(
    ("why", "partial", "remark"),
    [
        ("one sum, named", {"credit_line_amount"}, "未报齐：授信金额；不含：甲银行"),
        ("all of them", {"credit_line_households", "credit_line_amount", "npl_amount"}, "各项合计未报齐；不含：甲银行"),
        ("most, so the others are named", {"credit_line_amount", "npl_amount"}, "除授信户次外，各项合计未报齐；不含：甲银行"),
    ],
)  # fmt: skip
def test_a_remark_names_the_shorter_list(why, partial, remark):
    layout = load_catalog().annexes[2]
    sums = ("credit_line_households", "credit_line_amount", "npl_amount")
    columns = tuple(column for column in layout.columns if column.id in (*sums, "remark"))
    figures = {
        name: Figure(name, COLUMNS[name].unit, 1, symbol=Symbol.PARTIAL if name in partial else Symbol.NONE)
        for name in sums
    }
    row = FigureRow("total", "合计", figures, is_total=True, coverage_in=1, coverage_of=2, excluded=("甲银行",))
    table = FigureTable(2, "2018-03", (FigurePart("counties", "", (row,)),))
    assert _written(table, layout.model_copy(update={"columns": columns}))[0]["备注"] == remark, why


def test_notes_say_nothing_that_holds_on_paper_only():
    texts = [note for facts in (small_facts(GAP), small_facts()) for note in _notes(facts)]
    changed = list(in_words_of_the_twin([*texts, OWN_WORDS]))
    assert len(changed) == len(texts) + 1 - 2 * len(small_catalog().annexes), "one note on symbols an annex"
    assert not [text for text in changed if any(mark in text for mark in "*…—") or "空白" in text]
    assert "备注栏写明哪些合计未报齐，其同比、较年初增减、完成率不计算。" in changed[0]
    assert changed[-1].endswith("“[未报送]”表示该项没有报送。")


def _notes(facts):
    return [note for table in annex_tables(MARCH, facts, small_catalog(), {}).values() for note in table.notes]


def test_text_of_a_row_is_never_a_formula():
    layout = load_catalog().annexes[3]
    figures = {column.id: Figure(column.id, column.unit, 1) for column in layout.columns if column.unit != "text"}
    evil = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.invalid","去")')
    rows = tuple(FigureRow(text, text, figures, remark=text) for text in evil)
    rows = (replace(rows[0], is_total=True), *rows[1:])
    table = FigureTable(3, "2018-03", (FigurePart("counties", "", rows),), notes=evil)
    read = _written(table, layout)
    assert [(row["县（区）"], row["备注"]) for row in read] == [(text, text) for text in evil]


def _written(table: FigureTable, layout) -> list[dict]:
    """The table of the first sheet, written and read back."""
    from pipeline.render.twin_content import Notes

    sheets = list(figure_sheets(table, layout, small_catalog(), STAMP, Notes()))
    return table_of(opened(twin_workbook(sheets, {"created": STAMP.created})).worksheets[0])
