"""Which rules of a page's own style sheets apply to an element, as the standard of selectors has it."""

import pytest

from pipeline.ingest.css import MOST_RULES, Element, StyleSheet, cascade, declarations

TABLE, ROW, CELL = Element("table", {"id": "T"}), Element("tr", {"class": "sum last"}, 2), Element("td", {}, 3)
WORD = Element("i", {"class": "a B", "id": "w", "title": "x y"}, 1)
AROUND = [Element("body", {}), TABLE, ROW, CELL]


def applying(css, element=WORD, around=AROUND):
    sheet = StyleSheet(f"<style>{css}</style>")
    return [rule for rule in sheet.about(element) if rule.applies(element, around)]


@pytest.mark.parametrize(
    "selector",
    ["i", "*", ".a", ".b", "i.a", ".a.b", "#w", "i#w.a", "[title]", "i[title='x y']", "td i", "tr.last i", "td > i",
     "#t td>i", "table tr:nth-child(2) > td:nth-child(3) > i:first-child", ".x, .a", "body * i", "I"],
)  # fmt: skip
def test_selectors_that_fit(selector):
    assert [rule.unsure for rule in applying(selector + "{display:none}")] == [False]


@pytest.mark.parametrize(
    "selector",
    ["b", ".c", "i.c", "#v", "[lang]", "[title='x']", "tr > i", "td.x i", "i i", "i:hover", "i::before", "i:after",
     "td:nth-child(2) i", "th i"],
)  # fmt: skip
def test_selectors_that_do_not_fit(selector):
    assert applying(selector + "{display:none}") == []


@pytest.mark.parametrize(
    "selector", ["i:not(.c)", "b + i", "b ~ i", "i:nth-child(2n+1)", "i:is(.a, .c)", "i:last-child"]
)
def test_selectors_of_which_it_is_not_sure(selector):
    assert [rule.unsure for rule in applying(selector + "{display:none}")] == [True]


@pytest.mark.parametrize(
    ("css", "unsure"),
    [
        ("@media screen{i{display:none}}", [False]),
        ("@media print{i{display:none}}", []),
        ("@media (min-width:9px){i{display:none}}", [True]),
        ("@import 'a.css';i{display:none}", [False]),
        ("@page{margin:1cm}i{display:none}", [False]),
        ("@keyframes k{i{opacity:0}}", []),
        ("<!--i{display:none}-->", [False]),
        ("/*i{display:none}*/", []),
        ("b{content:'}i{display:none}'}", []),
        ("i{display:none", []),
    ],
)
def test_what_stands_around_a_rule(css, unsure):
    assert [rule.unsure for rule in applying(css)] == unsure


def test_styles_in_comments_and_for_print_are_none():
    page = (
        "<!--[if !mso]><style>i{a:b}</style><![endif]--><style media='print'>i{a:b}</style><STYLE type=x>i{c:d}</STYLE>"
    )
    assert [rule.declared for rule in StyleSheet(page).about(WORD)] == [{"c": "d"}]


def test_the_heavier_rule_goes_before_and_the_elements_own_style_before_both():
    rules = sorted(applying("#w{a:1;b:1}i{a:2;b:2;c:2 !important;d:2}.a{d:3}i{d:4}"), key=lambda rule: rule.weight)
    assert cascade(rules, declarations("b:9;c:9")) == {"a": "1", "b": "9", "c": "2", "d": "3"}


def test_declarations_keep_what_is_quoted():
    written = r"""mso-number-format:"0\.00_ \;\[Red\]0\.00";COLOR : red;x:'a;b';;"""
    assert declarations(written) == {"mso-number-format": r'"0\.00_ \;\[Red\]0\.00"', "color": "red", "x": "'a;b'"}


def test_too_many_and_too_long_stall_nobody():
    sheet = StyleSheet("<style>" + "i{a:b}" * (MOST_RULES + 50) + "</style>")
    assert len(sheet.about(WORD)) == MOST_RULES + 1
    around = [Element("div", {}) for _ in range(4000)]
    assert applying("b " + "div " * 200 + "i{display:none}", WORD, around)[0].unsure
