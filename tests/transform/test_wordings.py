"""与上月相同 is looked up month by month, never assumed."""

from __future__ import annotations

import pytest

from pipeline.model import Observation, Submission, Symbol
from pipeline.periods import Month
from pipeline.transform.wordings import Words, is_dangling, product_lines, refers_back, resolved, texts, words_of

MARCH, FEBRUARY, JANUARY, DECEMBER = (Month(2018, 3).shifted(-back) for back in range(4))
SAME = "与上月相同"
ITEM, PRODUCTS = "measure_rules", "measure_products"


def _observation(indicator: str, text: str, item: int = 0, symbol: Symbol = Symbol.NONE) -> Observation:
    return Observation(indicator, "", "abc", None, "表", "B1", text=text, symbol=symbol, item=item)


def _submission(*observations: Observation, form: str = "Q01", unit: str = "abc") -> Submission:
    return Submission(form, unit, "2018-03", "00", "文件.docx", "表", "Q01", "2018-04-03 09:00", list(observations))


def test_words_are_read_from_submissions():
    submission = _submission(
        _observation("measure_rules", "  印发办法\r\n试行\u2028\n"),
        _observation("measure_rates", ""),
        _observation("measure_problems", "", symbol=Symbol.NOT_APPLICABLE),
        _observation("product_name", "茶农贷", item=2),
        _observation("product_name", "富民贷", item=1),
        _observation("product_rate", "4.35%", item=1),
    )
    other = _submission(_observation("remark", "不是措施"), form="M01", unit="psbc")
    assert words_of([submission, other]) == {
        "abc": Words(
            submission.id,
            {"measure_rules": "印发办法\n试行", "measure_problems": "—"},
            ({"product_name": "富民贷", "product_rate": "4.35%"}, {"product_name": "茶农贷"}),
        )
    }


def test_an_item_that_stands_twice_is_kept_twice():
    submission = _submission(_observation(ITEM, "甲"), _observation(ITEM, "乙"))
    assert words_of([submission])["abc"].texts == {ITEM: "甲\n乙"}


def test_who_refers_back():
    words = {
        "a": Words("S", {ITEM: SAME}),
        "b": Words("S", {ITEM: "与上月相同的办法"}),
        "c": Words("S", {}, ({"product_name": SAME},)),
        "d": Words("S", {}, ({"product_name": "富民贷", "product_rate": SAME},)),
        "e": Words("S"),
    }
    assert refers_back(words) == {"a", "c"}


def _rules(*chain: tuple[Month, str | None]):
    """The item as resolved for the first of these months; None: the unit has nothing in force."""
    months = [(month, {} if text is None else {"abc": Words(f"S{month}", {ITEM: text})}) for month, text in chain]
    wording = resolved(months)["abc"].wordings.get(ITEM)
    return wording and (wording.text, wording.period, wording.submission, wording.symbol)


FOUND = ("一月的办法", "2018-01", "S2018-01", Symbol.NONE)
DANGLING = ("", "2018-03", "S2018-03", Symbol.MISSING)


@pytest.mark.parametrize(
    ("why", "chain", "expected"),
    [
        (
            "its own words",
            [(MARCH, "三月的办法"), (FEBRUARY, "二月的办法")],
            ("三月的办法", "2018-03", "S2018-03", Symbol.NONE),
        ),
        ("over two months", [(MARCH, SAME), (FEBRUARY, SAME), (JANUARY, "一月的办法"), (DECEMBER, "旧")], FOUND),
        ("nothing earlier is known", [(MARCH, SAME)], DANGLING),
        ("no end to it", [(MARCH, SAME), (FEBRUARY, SAME), (JANUARY, SAME)], DANGLING),
        ("last month nothing was sent", [(MARCH, SAME), (FEBRUARY, None), (JANUARY, "一月的办法")], DANGLING),
        ("last month is not there", [(MARCH, SAME), (JANUARY, "一月的办法")], DANGLING),
        ("last month it was blank", [(MARCH, SAME), (FEBRUARY, ""), (JANUARY, "一月的办法")], DANGLING),
        ("blank, although there was something", [(MARCH, ""), (FEBRUARY, "二月的办法")], None),
    ],
)
def test_the_chain(why, chain, expected):
    assert _rules(*chain) == expected, why


def test_only_what_refers_to_nothing_dangles():
    wordings = resolved([(MARCH, {"abc": Words("S", {ITEM: SAME, "measure_rates": "4.35%"})})])["abc"].wordings
    assert (is_dangling(wordings[ITEM]), is_dangling(wordings["measure_rates"])) == (True, False)


def test_a_chain_of_many_months_is_no_burden():
    months = [(MARCH.shifted(-back), {"abc": Words("S", {ITEM: SAME})}) for back in range(1200)]
    months.append((MARCH.shifted(-1200), {"abc": Words("S0", {ITEM: "百年不变"})}))
    assert resolved(months)["abc"].wordings[ITEM].text == "百年不变"


def test_units_do_not_borrow_from_one_another():
    months = [(MARCH, {"abc": Words("S3", {ITEM: SAME})}), (FEBRUARY, {"psbc": Words("S2", {ITEM: "别家的"})})]
    assert resolved(months)["abc"].wordings[ITEM].text == ""
    assert list(resolved(months)) == ["abc"]
    assert resolved([]) == {}


FULL = {
    "product_name": "富民贷",
    "product_for_whom": "建档立卡贫困户",
    "product_limit": "5万元以内",
    "product_term": "3年",
    "product_rate": "4.35%",
    "product_guarantee": "信用",
}


@pytest.mark.parametrize(
    ("products", "lines"),
    [
        ([FULL], ["1. 富民贷（对象：建档立卡贫困户；额度：5万元以内；期限：3年；利率：4.35%；担保：信用）"]),
        (
            [{"product_name": "甲"}, {"product_rate": "4%", "product_term": "一年"}],
            ["1. 甲", "2. 期限：一年；利率：4%"],
        ),
        ([{"product_name": "两\n行", "product_limit": " 5万\n元 "}], ["1. 两 行（额度：5万 元）"]),
        ([], []),
    ],
)
def test_a_product_is_one_line(products, lines):
    assert list(product_lines(products)) == lines


A, B = {"product_name": "甲贷"}, {"product_name": "乙贷"}


@pytest.mark.parametrize(
    ("why", "march", "february", "text", "period"),
    [
        ("free words, then the list", Words("S3", {PRODUCTS: "共一种。"}, (A,)), None, "共一种。\n1. 甲贷", "2018-03"),
        ("a list alone", Words("S3", {}, (A, B)), None, "1. 甲贷\n2. 乙贷", "2018-03"),
        (
            "all as last month",
            Words("S3", {PRODUCTS: SAME}),
            Words("S2", {PRODUCTS: "旧话"}, (A,)),
            "旧话\n1. 甲贷",
            "2018-02",
        ),
        ("a list of last month", Words("S3", {PRODUCTS: SAME}), Words("S2", {}, (A,)), "1. 甲贷", "2018-02"),
        ("the list says so", Words("S3", {}, ({"product_name": SAME},)), Words("S2", {}, (A,)), "1. 甲贷", "2018-02"),
        (
            "a list of its own beside the declaration",
            Words("S3", {PRODUCTS: SAME}, (B,)),
            Words("S2", {}, (A,)),
            "1. 乙贷",
            "2018-03",
        ),
        ("nothing to refer to", Words("S3", {PRODUCTS: SAME}), Words("S2", {ITEM: "x"}), "", "2018-03"),
        (
            "words of its own, and a list that is nowhere",
            Words("S3", {PRODUCTS: "新话"}, ({"product_name": SAME},)),
            None,
            "新话\n产品清单与上月相同（上月没有可引用的清单）",
            "2018-03",
        ),
    ],
)
def test_products(why, march, february, text, period):
    months = [(MARCH, {"abc": march}), (FEBRUARY, {"abc": february} if february else {})]
    wording = resolved(months)["abc"].wordings[PRODUCTS]
    assert (wording.text, wording.period) == (text, period), why
    assert "\n".join(wording.items) == text


def test_texts_are_those_that_are_printed():
    months = [
        (MARCH, {"abc": Words("S3", {ITEM: SAME, "measure_rates": SAME})}),
        (FEBRUARY, {"abc": Words("S2", {ITEM: "办法"})}),
    ]
    assert texts(resolved(months)) == {("abc", ITEM): "办法"}
