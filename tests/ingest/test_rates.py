"""Rates of interest: of a year or of a month, in percent or in ‰; what is not sure is a problem."""

import pytest

from pipeline.ingest.values import read_rate
from tests.ingest.test_values import number, text


@pytest.mark.parametrize(
    ("why", "cell", "header", "micro", "changes"),
    [
        ("a yearly rate in percent", number(4.35), "加权平均利率(年)", 4_350_000, ""),
        (
            "a percent format stores a hundredth",
            number(0.0435, percent=True),
            "利率",
            4_350_000,
            "0.0435 → 4.35（百分数格式×100）",
        ),
        ("a sign in text does not", text("4.35%"), "利率", 4_350_000, "4.35% → 4.35（文本数字、去单位“%”）"),
        ("a sign in the format neither", number(4.35, format_text="%"), "利率", 4_350_000, ""),
        ("monthly by header", number(6.0), "利率(‰)", 7_200_000, "6 → 7.2（月利率‰×12÷10折年利率%）"),
        ("monthly by the word 月息", number(5.5), "月息", 6_600_000, "5.5 → 6.6（月利率‰×12÷10折年利率%）"),
        (
            "monthly by cell",
            text("6厘"),
            "利率",
            7_200_000,
            "6厘 → 7.2（文本数字、去单位“厘”、月利率‰×12÷10折年利率%）",
        ),
        ("monthly by format", number(6.0, format_text="‰"), "利率", 7_200_000, "6 → 7.2（月利率‰×12÷10折年利率%）"),
        ("monthly by the word 月利率", number(4.0), "加权平均月利率", 4_800_000, "4 → 4.8（月利率‰×12÷10折年利率%）"),
        ("monthly by a mark", number(4.0), "加权平均利率(月)", 4_800_000, "4 → 4.8（月利率‰×12÷10折年利率%）"),
        ("a month, in percent", number(0.4), "加权平均月利率(%)", 4_800_000, "0.4 → 4.8（月利率%×12折年利率%）"),
        (
            "the same by format",
            number(0.004, percent=True),
            "月利率(%)",
            4_800_000,
            "0.004 → 4.8（百分数格式×100、月利率%×12折年利率%）",
        ),
        ("本月 is no monthly rate", number(4.35), "本月发放/加权平均利率", 4_350_000, ""),
        ("a computed mean keeps six decimals", number(4.3512345678), "利率", 4_351_235, ""),
    ],
)
def test_rates(why, cell, header, micro, changes):
    reading = read_rate(cell, header)
    assert (reading.value, reading.changes, reading.problem) == (micro, changes, ""), why
    assert not reading.rounded, "A00 is about fen"


@pytest.mark.parametrize(
    ("why", "cell", "header", "start"),
    [
        ("monthly by header, percent by cell", text("0.6%"), "月息", "表头或单元格写的是月息"),
        ("the same by format", number(0.006, percent=True), "利率(‰)", "表头或单元格写的是月息"),
        ("money", text("6万元"), "利率", "数字带有“万元”，不是利率的单位"),
        ("scaled", number(6.0, format_text="÷1000"), "利率", "数字格式把存储的数缩小显示"),
        ("beyond all measure", number(1e10), "利率", "数值过大"),
        ("a year's, in ‰", number(48.0), "加权平均年利率(‰)", "写的是年利率，又写月息"),
        ("a year's by header, in ‰ by cell", text("4.8‰"), "加权平均年利率", "表头写的是年利率"),
        ("a year's, in 厘", number(4.8), "加权平均利率(年)(厘)", "表头既写“年”，又写月息"),
        ("a month's, in % or ‰", number(0.4), "加权平均月利率", "写的是月利率，没有写明是%还是‰"),
        ("in percent and in ‰", number(4.8), "利率(%)/利率(‰)", "表头既写百分号，又写千分号"),
    ],
)
def test_rates_that_are_not_sure_are_a_problem(why, cell, header, start):
    reading = read_rate(cell, header)
    assert reading.value is None
    assert reading.problem.startswith(start), why


@pytest.mark.parametrize(
    ("header", "unit", "micro", "start"),
    [
        ("加权平均利率(年)", "%", 3_960_000, ""),
        ("加权平均利率(年)", "百分比", 3_960_000, ""),
        ("加权平均利率(年)", "厘", 4_752_000, ""),
        ("加权平均利率", "‰", 4_752_000, ""),
        ("加权平均月利率", "‰", 4_752_000, ""),
        ("加权平均月利率", "%", None, "指标名称写的是月利率，计量单位却是百分号"),
        ("加权平均年利率", "厘", None, "写的是年利率，又写月息"),
        ("加权平均利率(年,%)", "‰", None, "表头既写百分号，又写千分号"),
    ],
)
def test_rates_in_a_row_that_states_its_unit_of_measure(header, unit, micro, start):
    reading = read_rate(number(3.96), header, unit)
    assert (reading.value, reading.problem[: len(start) or None]) == (micro, start)


@pytest.mark.parametrize(
    "written",
    [
        "年利率5.27%",
        "年利率：5.27%",
        "年化5.27%",
        "年息5.27%",
        "5.27%（年）",
        "5.27%/年",
        "（年）5.27％",
        "加权平均利率5.27%",
    ],
)
def test_words_that_only_say_that_a_rate_is_of_a_year(written):
    reading = read_rate(text(written), "加权平均利率(年)", "%")
    assert (reading.value, reading.problem) == (5_270_000, "")


@pytest.mark.parametrize(
    "written",
    [
        "约5.27%",
        "年利率4.35%至5.27%",
        "基准利率4.35%上浮20%",
        "LPR+1.2%",
        "日利率0.0144%",
        "季利率1.3%",
        "贴息利率5.27%",
        "半年2.6%",
    ],
)
def test_a_rate_with_other_words_or_figures_says_so(written):
    reading = read_rate(text(written), "加权平均利率(年)", "%")
    assert (reading.value, "还有别的文字" in reading.problem) == (None, True)


def test_a_yearly_rate_in_a_monthly_unit_is_not_sure():
    assert "无法确定" in read_rate(text("年利率5.27‰"), "加权平均利率(年)").problem
    assert "无法确定" in read_rate(text("年利率5.27%"), "加权平均月利率(‰)").problem
