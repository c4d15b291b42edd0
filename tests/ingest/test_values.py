from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.values import read_amount, read_count, read_rate, read_text
from pipeline.model import Cell, CellKind, Symbol
from pipeline.money import LIMIT, MONEY_UNITS

WAN = 1_000_000
YUAN = 100
SPACE = "请填写数值；没有发生填 0，不适用填“—”，未统计留空。"


def text(value):
    return Cell(0, 0, CellKind.TEXT, value)


def number(value, **shown):
    return Cell(0, 0, CellKind.NUMBER, value, **shown)


@pytest.mark.parametrize(
    ("why", "cell", "unit", "fen", "step", "changes"),
    [
        ("a stored number in 万元", number(30.25, decimals=2), WAN, 30_250_000, 10_000, ""),
        ("what is stored counts, not what is shown", number(12.345678, decimals=2), WAN, 12_345_678, 1, ""),
        ("the format may show more places than were typed", number(12.0, decimals=2), WAN, 12_000_000, 10_000, ""),
        ("without a format the typed places count", number(12.5), WAN, 12_500_000, 100_000, ""),
        ("noise of binary arithmetic is not a figure", number(0.1 + 0.2), YUAN, 30, 10, ""),
        ("minus zero is zero", number(-0.0), WAN, 0, WAN, ""),
        ("text with two decimals", text("12.50"), WAN, 12_500_000, 10_000, "12.50 → 12.50（文本数字）"),
        ("thousands", text("1,234.56"), YUAN, 123_456, 1, "1,234.56 → 1234.56（文本数字、去千分位）"),
        (
            "full width",
            text("１，２３４．５"),
            WAN,
            1_234_500_000,
            100_000,
            "１，２３４．５ → 1234.5（文本数字、全角转半角、去千分位）",
        ),
        ("blanks around, of any width", text("\u3000 12.5\xa0"), YUAN, 1_250, 10, "12.5 → 12.5（文本数字）"),
        (
            "an invisible mark of the export",
            text("\ufeff12.5\u200b"),
            YUAN,
            1_250,
            10,
            "\ufeff12.5\u200b → 12.5（文本数字）",
        ),
        (
            "a unit behind it is the column's own",
            text("12.5万元"),
            WAN,
            12_500_000,
            100_000,
            "12.5万元 → 12.5（文本数字、去单位“万元”）",
        ),
        (
            "a unit of its own wins over the column's",
            text("12.5 万元"),
            YUAN,
            12_500_000,
            100_000,
            "12.5 万元 → 12.5（文本数字、去单位“万元”、按万元计）",
        ),
        (
            "万 alone means 万元 and never zero",
            text("2000万"),
            YUAN,
            2_000_000_000,
            WAN,
            "2000万 → 2000（文本数字、去单位“万”、按万计）",
        ),
        ("元 in a column of 万元", text("300元"), WAN, 30_000, 100, "300元 → 300（文本数字、去单位“元”、按元计）"),
        (
            "a unit in the number format",
            number(5.0, decimals=2, format_text="万元"),
            YUAN,
            5_000_000,
            10_000,
            "5 → 5（按万元计）",
        ),
        ("the same unit there changes nothing", number(5.0, format_text="万元"), WAN, 5_000_000, WAN, ""),
        (
            "元 shown as 万元 by the format is still 元",
            number(123_456.0, decimals=0, format_text="÷10000万元"),
            YUAN,
            12_345_600,
            100,
            "",
        ),
        ("a currency sign is decoration", number(7.5, format_text="¥"), WAN, 7_500_000, 100_000, ""),
        (
            "also in text",
            text("￥1,200"),
            YUAN,
            120_000,
            100,
            "￥1,200 → 1200（文本数字、全角转半角、去千分位、去货币符号）",
        ),
        (
            "accounting's negative",
            text("（123.45）"),
            YUAN,
            -12_345,
            1,
            "（123.45） → -123.45（文本数字、全角转半角、括号表示负数）",
        ),
        ("minus sign of the typographer", text("\u22125"), YUAN, -500, 100, "\u22125 → -5（文本数字）"),
        ("plus sign", text("+3"), YUAN, 300, 100, "+3 → 3（文本数字）"),
        ("no digit before the point", text(".5"), YUAN, 50, 10, ".5 → 0.5（文本数字）"),
    ],
)
def test_amounts_that_are_understood(why, cell, unit, fen, step, changes):
    reading = read_amount(cell, unit)
    assert (reading.value, reading.step_fen, reading.changes, reading.problem) == (fen, step, changes, ""), why
    assert not reading.rounded


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1千万", 10_000_000),
        ("1千万元", 10_000_000),
        ("0.1千万", 1_000_000),
        ("2百万", 2_000_000),
        ("3.5千元", 3_500),
        ("5佰万元", 5_000_000),
        ("5萬元", 50_000),
        ("5万圆", 50_000),
        ("3亿", 300_000_000),
    ],
)
def test_units_behind_an_amount(written, yuan):
    assert read_amount(text(written), WAN).value == yuan * 100


@pytest.mark.parametrize("written", ["3.5千", "2百", "2十万", "1千亿", "1万万元", "3w", "1千万户"])
def test_units_behind_an_amount_that_are_none(written):
    assert "不是金额单位" in read_amount(text(written), WAN).problem


@pytest.mark.parametrize(
    ("why", "stored", "fen", "rounded"),
    [
        ("a thousandth of a fen is noise", 1.2345670001, 1_234_567, False),
        ("more is a part of a fen", 1.2345674, 1_234_567, True),
        ("half a fen goes up", 1.2345675, 1_234_568, True),
        ("and down below zero", -1.2345675, -1_234_568, True),
    ],
)
def test_a_part_of_a_fen_is_rounded_and_said(why, stored, fen, rounded):
    reading = read_amount(number(stored), WAN)
    assert (reading.value, reading.rounded) == (fen, rounded), why


@pytest.mark.parametrize(
    ("sign", "symbol"),
    [
        *((sign, Symbol.NOT_APPLICABLE) for sign in ("—", "——", "－", "-", "--", "/", "／", "–", "×", " — ")),
        *((blank, Symbol.MISSING) for blank in ("", "  ", "\u3000", "NULL", "(null)")),
    ],
)
def test_signs_that_stand_for_no_value(sign, symbol):
    for reading in (
        read_amount(text(sign), WAN),
        read_count(text(sign)),
        read_rate(text(sign), ""),
        read_text(text(sign)),
    ):
        assert (reading.value, reading.symbol, reading.problem, reading.text) == (None, symbol, "", "")


@pytest.mark.parametrize(
    ("why", "cell", "problem"),
    [
        (
            "a comma in the wrong place",
            text("12,34"),
            "千分位逗号的位置不对，无法确定是多少。请去掉逗号、核对后重新填写。",
        ),
        ("groups of four", text("1,2345"), "千分位逗号的位置不对，无法确定是多少。请去掉逗号、核对后重新填写。"),
        ("a decimal comma", text("1.234,5"), "千分位逗号的位置不对，无法确定是多少。请去掉逗号、核对后重新填写。"),
        (
            "two numbers in a cell",
            text("5 300"),
            "数字中间有空格或换行，无法确定是一个数还是几个数。请核对后重新填写。",
        ),
        (
            "digits lost by a csv",
            text("1.23E+05"),
            "是科学计数法的文本，位数可能已经丢失。请改为常规数值格式后重新报送。",
        ),
        ("a word", text("约五万"), f"不是数。{SPACE}"),
        ("no answer", text("无"), f"不是数。{SPACE}"),
        ("a power is not two digits", text("5²"), f"数字带有“²”，不是金额单位。{'请只填写数字后重新报送。'}"),
        ("an unknown unit", text("12.5万美元"), "数字带有“万美元”，不是金额单位。请只填写数字后重新报送。"),
        ("households in an amount", text("12户"), "数字带有“户”，不是金额单位。请只填写数字后重新报送。"),
        ("percent", text("12%"), "金额里有百分号。请填写金额本身后重新报送。"),
        ("percent by format", number(0.12, percent=True), "金额里有百分号。请填写金额本身后重新报送。"),
        ("half a bracket", text("(12"), f"不是数。{SPACE}"),
        ("brackets and minus", text("(-12)"), "括号和正负号同时出现，无法确定正负。请核对后重新填写。"),
        ("a unit alone", text("万元"), f"不是数。{SPACE}"),
        ("Arabic digits of another script", text("١٢"), f"不是数。{SPACE}"),
        ("as long as a novel", text("9" * 5000), f"不是数。{SPACE}"),
        (
            "a scale without a unit",
            number(123_456.0, format_text="÷10000"),
            "数字格式把存储的数缩小10000倍显示，无法确定金额。请改用常规数值格式、核对单位后重新报送。",
        ),
        (
            "a formula that failed",
            Cell(0, 0, CellKind.ERROR, "#DIV/0!"),
            "公式出错（#DIV/0!）。请改正公式或直接填写数值后重新报送。",
        ),
        (
            "never calculated",
            Cell(0, 0, CellKind.UNCALCULATED, ""),
            "公式没有计算结果。请在 Excel 中打开并保存后重新报送。",
        ),
        ("true", Cell(0, 0, CellKind.BOOLEAN, True), "是逻辑值（TRUE/FALSE），不是数。请填写数值后重新报送。"),
        (
            "a day",
            Cell(0, 0, CellKind.DATE, date(2018, 3, 31)),
            "是日期或时间，不是数。请把单元格格式改为数值、核对后重新报送。",
        ),
        ("not a number", number(float("nan")), "不是有限的数。请核对后重新填写。"),
        ("infinite", number(float("inf")), "不是有限的数。请核对后重新填写。"),
    ],
)
def test_amounts_that_are_not_sure_are_a_problem(why, cell, problem):
    reading = read_amount(cell, WAN)
    assert (reading.value, reading.symbol, reading.problem) == (None, Symbol.NONE, problem), why


@pytest.mark.parametrize("cell", [number(1e15), number(-1e15), text("123456789012345678"), text("1000000000000000")])
def test_numbers_that_a_workbook_cannot_hold_exactly_are_refused(cell):
    for reading in (read_amount(cell, YUAN), read_count(cell), read_rate(cell, "")):
        assert reading.value is None
        assert reading.problem.startswith("数值过大（一千万亿以上）")


def test_an_amount_beyond_the_limit_in_fen_is_refused():
    assert read_amount(number(1e9 - 1), WAN).value == LIMIT - WAN
    assert read_amount(number(1e9), WAN).problem.startswith("数值过大")


@pytest.mark.parametrize(
    ("why", "cell", "count", "changes"),
    [
        ("a stored whole number", number(35.0), 35, ""),
        ("negative ones are for rule A10", number(-3.0), -3, ""),
        ("text", text("35"), 35, "35 → 35（文本数字）"),
        ("with its unit", text("35户"), 35, "35户 → 35（文本数字、去单位“户”）"),
        (
            "of loans, full width",
            text("１，２３４笔"),
            1234,
            "１，２３４笔 → 1234（文本数字、全角转半角、去千分位、去单位“笔”）",
        ),
        ("zeros behind the point", text("35.00"), 35, "35.00 → 35.00（文本数字）"),
        ("unit in the format", number(8.0, format_text="户"), 8, ""),
    ],
)
def test_counts(why, cell, count, changes):
    reading = read_count(cell)
    assert (reading.value, reading.changes, reading.problem, reading.step_fen) == (count, changes, "", None), why


@pytest.mark.parametrize(
    ("why", "cell", "problem"),
    [
        ("half a household", number(35.5), "户数、笔数应为整数。请核对是否填错栏，改正后重新报送。"),
        ("in text", text("35.5"), "户数、笔数应为整数。请核对是否填错栏，改正后重新报送。"),
        ("money", text("35万元"), "数字带有“万元”，不是户数、笔数的单位。请只填写整数后重新报送。"),
        ("percent", text("35%"), "户数、笔数里有百分号。请填写整数后重新报送。"),
        (
            "scaled",
            number(35_000.0, format_text="÷1000"),
            "数字格式把存储的数缩小1000倍显示。请改用常规数值格式、核对后重新报送。",
        ),
    ],
)
def test_counts_that_are_not_sure_are_a_problem(why, cell, problem):
    assert read_count(cell).problem == problem, why


@pytest.mark.parametrize(
    ("why", "cell", "said"),
    [
        ("text, outer blanks gone", text(" 已出台办法 "), "已出台办法"),
        ("full width stays: it is not ours to edit", text("安政办〔２０１７〕"), "安政办〔２０１７〕"),
        ("a number as typed", number(3.0), "3"),
        ("a long number without an exponent", number(13909150000.0), "13909150000"),
        ("a day", Cell(0, 0, CellKind.DATE, date(2018, 3, 1)), "2018-03-01"),
        ("a moment", Cell(0, 0, CellKind.DATE, datetime.fromisoformat("2018-03-01 08:30")), "2018-03-01 08:30"),
        ("a time of day", Cell(0, 0, CellKind.DATE, "08:30:00"), "08:30:00"),
        ("yes", Cell(0, 0, CellKind.BOOLEAN, True), "是"),
        ("no", Cell(0, 0, CellKind.BOOLEAN, False), "否"),
    ],
)
def test_texts(why, cell, said):
    reading = read_text(cell)
    assert (reading.text, reading.value, reading.problem) == (said, None, ""), why


def test_a_failed_formula_is_no_text():
    assert read_text(Cell(0, 0, CellKind.ERROR, "#REF!")).problem.startswith("公式出错（#REF!）")
    assert read_text(Cell(0, 0, CellKind.UNCALCULATED, "")).problem.startswith("公式没有计算结果")


# ------------------------------------------------------------------ invariants

amounts_in_fen = st.integers(-(10**13), 10**13)
units = st.sampled_from(sorted(MONEY_UNITS.items(), key=lambda item: item[1]))


def written(fen, per_unit, *, thousands):
    """fen as decimal text in a unit, exactly: every unit is a power of ten of fen."""
    places = len(str(per_unit)) - 1
    return f"{Decimal(fen).scaleb(-places):{',' if thousands else ''}.{places}f}"


@given(amounts_in_fen, units, st.booleans())
def test_any_amount_in_any_unit_comes_back_to_the_fen(fen, unit, thousands):
    reading = read_amount(text(written(fen, unit[1], thousands=thousands)), unit[1])
    assert (reading.value, reading.rounded, reading.step_fen) == (fen, False, 1)


@given(amounts_in_fen, units, units)
def test_a_written_unit_always_wins(fen, own, column):
    reading = read_amount(text(written(fen, own[1], thousands=True) + own[0]), column[1])
    assert (reading.value, reading.problem) == (fen, "")


@given(st.integers(-(10**12), 10**12))
def test_a_stored_double_of_fifteen_digits_comes_back_to_the_fen(fen):
    assert read_amount(number(fen / WAN), WAN).value == fen


@given(st.integers(-(10**14), 10**14))
def test_full_width_says_the_same(count):
    half = f"{count:,}"
    full = "".join(chr(ord(sign) + 0xFEE0) for sign in half)
    assert read_count(text(full)).value == read_count(text(half)).value == count


@given(st.integers(0, 10**9), st.sets(st.integers(1, 9), min_size=1, max_size=4))
def test_commas_are_read_only_where_thousands_stand(count, places):
    digits = str(count)
    written_with = "".join(
        sign + ("," if len(digits) - 1 - index in places else "") for index, sign in enumerate(digits)
    )
    reading = read_count(text(written_with))
    sound = written_with in (digits, f"{count:,}")
    assert (reading.value == count) if sound else bool(reading.problem)


@given(st.text(max_size=30))
def test_any_text_is_a_value_a_symbol_or_a_problem_and_never_two_of_them(raw):
    for reading in (read_amount(text(raw), WAN), read_count(text(raw)), read_rate(text(raw), "")):
        assert (reading.value is not None) + (reading.symbol is not Symbol.NONE) + bool(reading.problem) == 1


@given(st.floats(width=64))
def test_any_stored_number_is_within_half_a_fen_or_a_problem(stored):
    reading = read_amount(number(stored), WAN)
    if reading.problem:
        assert reading.value is None
    else:
        assert abs(reading.value - Fraction(stored) * WAN) <= Fraction(1, 2) + abs(Fraction(stored)) * WAN / 10**14
