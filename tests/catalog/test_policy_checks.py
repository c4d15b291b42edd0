"""A policy value that does not fit its unit is told on loading, before any rule meets it."""

import re

import pytest

from pipeline.catalog import load_catalog
from tests.catalog.told import assert_told

CAP, CALENDAR, RATES = (f"policy/ankang/{name}.yaml" for name in ("loan_cap", "calendar", "rates"))
WORDS = "policy/ankang/measures.yaml"
SLIPS, ANSWERS, FIGURES = (f"policy/ankang/{name}.yaml" for name in ("averages", "explanations", "assessment"))

# why, file, what stands there, what is written instead, the text in whose line the mistake is, part of the sentence
MISFITS = [
    ("a rate is a word", RATES, '"0.5"', "abc", "value: abc", "取值应当是0至1000的数，小数至多6位，现在是“abc”"),
    ("a rate is no finite number", RATES, '"0.5"', "nan", "value: nan", "现在是“nan”"),
    ("a rate divides by nothing", RATES, '"0.5"', '"1/0"', "1/0", "现在是“1/0”"),
    ("a rate would fill the memory", RATES, '"0.5"', '"1e999999999"', "1e9", "现在是“1e999999999”"),
    ("a rate is yes", RATES, '"0.5"', "true", "value: true", "应当是0至1000的数"),
    ("a rate is a list", RATES, '"0.5"', "[1, 2]", "value: [1", "现在是一组值"),
    ("a rate is below nothing", RATES, '"0.5"', "-1", "value: -1", "现在是“-1”"),
    ("a rate is finer than the program keeps", RATES, '"0.5"', '"0.0000005"', "0.0000005", "小数至多6位"),
    ("a cap has a sign of money", CAP, "50000", "5万元", "value: 5万元", "取值应当是1至100000000的数，小数至多2位"),
    ("a cap is finer than a fen", CAP, "50000", '"50000.005"', "50000.005", "小数至多2位，现在是“50000.005”"),
    ("a cap is nothing", CAP, "50000", "0", "value: 0", "现在是“0”"),
    ("a cap is in another unit", CAP, "unit: 元", "unit: 万元", "unit: 万元", "计量单位写作“万元”，只能是元、%、倍"),
    (
        "a day is a Chinese numeral",
        CALENDAR,
        "value: 8",
        "value: '八'",
        "'八'",
        "取值应当是1至28的整数（不加引号），现在是“八”",
    ),
    ("a day is a text", CALENDAR, "value: 8", 'value: "8"', '"8"', "应当是1至28的整数（不加引号）"),
    ("a day is in parts", CALENDAR, "value: 8", "value: 8.5", "8.5", "现在是“8.5”"),
    ("a day is not in February", CALENDAR, "value: 8", "value: 30", "value: 30", "现在是“30”"),
    ("a day of a later value is wrong", CALENDAR, "8\n      since", "0\n      since", "value: 0", "现在是“0”"),
    ("a month is the thirteenth", CALENDAR, "value: 1\n", "value: 13\n", "value: 13", "应当是1至12的整数"),
    ("yes or no is a number", CALENDAR, "value: true", "value: 1", "value: 1\n", "取值应当是 true 或 false"),
    ("yes or no is in Chinese", CALENDAR, "value: true", "value: 是", "value: 是", "取值应当是 true 或 false"),
    ("a factor is in parts", SLIPS, "value: 50", "value: 1.5", "1.5", "应当是1至10000的整数"),
    ("a count is below nothing", SLIPS, "value: 3", "value: -3", "value: -3", "应当是0至10000的整数"),
    ("a length is a yes", ANSWERS, "value: 8", "value: true", "value: true", "应当是1至500的整数"),
    ("phrases are one word", ANSWERS, re.compile(r"\[.*\]"), "无误", "value: 无误", "取值应当是一组文字"),
    ("a phrase is a number", ANSWERS, "已核实", "1", "value: [", "取值第2项应当是文字（数字请加引号），现在是“1”"),
    ("an item is called otherwise", WORDS, "联系人]", "联络员]", "[联络员]", "取值第1项“联络员”不是任何报表的项目名称"),
    ("items are one word", WORDS, "[联系人]", "联系人", "value: 联系人", "取值应当是一组文字"),
    ("a phrase is blank", ANSWERS, "已核实", '" "', "value: [", "取值第2项应当是文字"),
    (
        "figures are a word",
        FIGURES,
        re.compile(r"value:\n.*?(?=      working)", re.S),
        "value: 全部\n",
        "value: 全部",
        "应当是若干“指标名称: 口径”",
    ),
    (
        "a figure is a word",
        FIGURES,
        re.compile(r"投放量: .*"),
        "投放量: 全部",
        "投放量",
        "“投放量”应当写有 column 和 numerator",
    ),
    (
        "a figure lacks its numerator",
        FIGURES,
        ", numerator: disbursed_amount_ytd}",
        "}",
        "投放量",
        "“投放量”缺少“numerator”",
    ),
    (
        "a numerator is unknown",
        FIGURES,
        "numerator: disbursed_amount_ytd",
        "numerator: nosuch",
        "nosuch",
        "“投放量”的 numerator 写作“nosuch”，不是任何报表的指标",
    ),
    (
        "a denominator is unknown",
        FIGURES,
        "denominator: registered_households",
        "denominator: nosuch",
        "nosuch",
        "“投放面”的 denominator 写作“nosuch”",
    ),
    (
        "a figure's column is not printed",
        FIGURES,
        "column: disbursed_amount_ytd",
        "column: nosuch",
        "nosuch",
        "不是任何附件的栏目",
    ),
    (
        "a base is unknown",
        FIGURES,
        "base: year_before",
        "base: year_start",
        "year_start}",
        "“贷款增速”的 base 写作“year_start”，只能是year_before",
    ),
    ("a figure has an unknown key", FIGURES, "base: year_before", "bass: year_before", "bass", "“贷款增速”写有“bass”"),
    (
        "a figure is ratio and growth at once",
        FIGURES,
        "base: ",
        "denominator: registered_households, base: ",
        "贷款增速",
        "只能写一个",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "sentence"), [row[1:] for row in MISFITS], ids=[row[0] for row in MISFITS]
)
def test_a_misfit_is_one_sentence_with_file_and_line(schemas, file, old, new, at, sentence):
    assert_told(schemas, file, old, new, at, sentence)


@pytest.mark.parametrize(
    ("why", "file", "old", "new"),
    [
        ("a rate may stand without quotation marks", "rates", '"0.5"', "0.5"),
        ("a rate may be whole", "rates", '"15"', "15"),
        ("a rate may be as fine as the program keeps it", "rates", '"0.5"', '"0.500001"'),
        ("a cap may have fen", "loan_cap", "50000", "50000.01"),
        ("the last day that every month has", "calendar", "value: 8", "value: 28"),
        ("a day past is not in time", "calendar", "value: true", "value: false"),
        ("no phrase need be refused", "explanations", "[情况属实, 已核实, 无误, 正常, 同上, 无]", "[]"),
        ("a blank denominator is none", "assessment", "base: year_before", "denominator: , base: year_before"),
    ],
)
def test_a_value_that_fits_its_unit_loads(schemas, why, file, old, new):
    path = schemas / f"policy/ankang/{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert load_catalog(root=schemas).profile.id == "ankang"
