"""Prose as letters, numbers exact, names hidden letter for letter."""

from fractions import Fraction

import pytest

from pipeline.periods import Month
from pipeline.validate.quoted_words import OWN, Quantity, cleaned, masked, names_pattern, tokens

MARCH = Month(2018, 3)
WAN = 1_000_000


def letters(text: str) -> str:
    return "".join(token.kind for token in tokens(cleaned(text), MARCH))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("截至3月末，我行扶贫小额贷款余额1200万元", "T,WPMQ"),
        ("本年累计向12户贫困户发放贷款56万元", "SKVQHMLQ"),
        ("超额完成，超过1200万元，逾期12户", "XK,AQ,MQ"),
        ("再贷款、精准扶贫贷款和扶贫贷款", "XJXL"),
        ("农户小额贷款与小额贷款", "XLXP"),
        ("“富民贷”余额", "XEM"),
        ("信贷、放贷、贷款户、贷后管理", "LJXJLXJX"),
        ("城关支行、各支行、10个支行", "XEJXGJ#XG"),
        ("（一）余额（万元）：1200", ",MU:#"),
        ("同比增长5%，较年初下降", "cgQ,cb"),
        ("一是认真走访，二是", ",X,,"),
        ("１～３月累计发放１２笔", "SKMQ"),
    ],
)
def test_words_become_letters(text, wanted):
    assert letters(text) == wanted


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1,234.56万元", Quantity(Fraction(123456 * WAN, 100), Fraction(WAN, 100), "元")),
        ("１，２３４.５万元", Quantity(Fraction(12345 * WAN, 10), Fraction(WAN, 10), "元")),
        ("1.2亿元", Quantity(Fraction(12000 * WAN), Fraction(1000 * WAN), "元")),
        ("1亿2000万元", Quantity(Fraction(12000 * WAN), Fraction(WAN), "元")),
        ("500元", Quantity(Fraction(500_00), Fraction(100), "元")),
        ("3百万元", Quantity(Fraction(300 * WAN), Fraction(100 * WAN), "元")),
        ("1.5万户", Quantity(Fraction(15000), Fraction(1000), "户")),
        ("5百户", Quantity(Fraction(500), Fraction(100), "户")),
        ("1.2千笔", Quantity(Fraction(1200), Fraction(100), "笔")),
        ("2千万元", Quantity(Fraction(2000 * WAN), Fraction(1000 * WAN), "元")),
        ("3百万", Quantity(Fraction(300 * WAN), Fraction(100 * WAN), "元")),
        ("3千", Quantity(Fraction(3000), Fraction(1000), "")),
        ("（单位：万元）", Quantity(Fraction(WAN), Fraction(WAN), "元")),
        ("(亿元)", Quantity(Fraction(10_000 * WAN), Fraction(10_000 * WAN), "元")),
        ("（元）", Quantity(Fraction(100), Fraction(100), "元")),
        ("(户)", Quantity(Fraction(1), Fraction(1), "户")),
        ("（％）", Quantity(Fraction(1_000_000), Fraction(1_000_000), "%")),
        ("300余户", Quantity(Fraction(300), Fraction(1), "户", rough=True)),
        ("1200多万元", Quantity(Fraction(1200 * WAN), Fraction(WAN), "元", rough=True)),
        ("0.52%", Quantity(Fraction(520_000), Fraction(10_000), "%")),
        ("2018", Quantity(Fraction(2018), Fraction(1), "")),
    ],
)
def test_numbers_are_exact_and_know_their_last_digit(text, quantity):
    (token,) = tokens(cleaned(text), MARCH)
    assert token.quantity == quantity


def test_the_last_digit_that_is_not_zero():
    assert Quantity(Fraction(1200), Fraction(1), "户").significant == 100
    assert Quantity(Fraction(1201), Fraction(1), "户").significant == 1
    assert Quantity(Fraction(0), Fraction(1), "户").significant == 1


def test_names_are_hidden_letter_for_letter_the_longest_first():
    names = names_pattern(("汉阴农商银行", "汉阴农商行", "汉阴", "甲|乙"))
    assert masked("汉阴农商银行在汉阴", names, OWN) == OWN * 6 + "在" + OWN * 2
    assert masked("甲和乙", names, OWN) == "甲和乙"
    assert names_pattern(()) is None


def test_every_character_belongs_to_a_token():
    text = cleaned("截至3月末，我行（含10个支行）扶贫小额贷款余额1,234.56万元、2300笔；不良率0.52%。")
    words = tokens(text, MARCH)
    assert words[0].start == 0
    starts = [token.start for token in words]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)
