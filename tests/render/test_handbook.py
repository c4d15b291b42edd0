"""The handbook as a page, as a document and as data: everything said, nothing run."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.periods import Month
from pipeline.render.handbook import (
    Case,
    Entry,
    Group,
    Handbook,
    Relation,
    Threshold,
    handbook_html,
    handbook_json,
    parts,
)
from pipeline.render.handbook_word import handbook_docx

MARCH = Month(2018, 3)
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}&amp;\u202e"
CASE = Case("x", "hard", "强制性", MARCH, "甲≤乙", "1户≤2户", "没有填丙", "甲由1户改为3户", "3户≤2户", "请改正。")
LIMIT = Threshold("cap", "上限", "5万元", "2018-01", "", "2018年1月起", "示例办法")
RULE = Entry(
    "A99", 1, "甲不大于乙", "本表之内", "M01", ("hard",), "强制性", (Relation("甲〔01〕≤乙〔02〕", "01≤02"), Relation("丙≥0", "")),
    "甲在乙之内。", "〔县区〕不对。", "容许差一户。", (LIMIT,), "2018-01", "", "2017-12", "2018年1月起", "示例", (CASE,),
)  # fmt: skip


def book(*entries: Entry) -> Handbook:
    return Handbook("示例审核关系", MARCH, "示例办", ["怎样使用。"], [Group(1, "本表之内", entries or [RULE])])


def test_what_is_said_of_a_rule_point_by_point():
    assert parts(RULE) == [
        ("审核关系", ["甲〔01〕≤乙〔02〕", "丙≥0"]),
        ("按指标序号", ["01≤02"]),
        ("含义", ["甲在乙之内。"]),
        ("适用", ["报表：M01；2018年1月起"]),
        ("容许差", ["容许差一户。"]),
        ("界限", ["上限：5万元（2018年1月起；示例办法）"]),
        ("算例", [
            "相符（2018年3月）：1户≤2户（没有填丙）。",
            "不符：甲由1户改为3户，则3户≤2户，不成立。",
            "提示（强制性）：请改正。",
        ]),
        ("依据", ["示例"]),
    ]  # fmt: skip


def test_what_there_is_nothing_to_say_of_is_left_out():
    bare = replace(RULE, relations=(), tolerance="", thresholds=(), cases=())
    assert [heading for heading, _ in parts(bare)] == ["含义", "适用", "依据"]


def test_several_examples_are_numbered_and_one_in_words_has_no_relation():
    in_words = replace(CASE, passing="", failing="", given="")
    told = dict(parts(replace(RULE, cases=(CASE, in_words))))
    assert told["算例2"][:2] == ["相符（2018年3月）：示例报表各项齐全、正确。", "不符：甲由1户改为3户。"]


# ------------------------------------------------------------------ the page


class Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.ids, self.targets = "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        self.targets += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def test_every_word_is_on_the_page_and_every_link_inside_it():
    page = Words(handbook_html(book()).decode())
    for heading, lines in parts(RULE):
        assert heading in page.text and all(line in page.text for line in lines)
    assert "示例审核关系（2018年3月）" in page.text and "怎样使用。" in page.text
    assert len(page.ids) == len(set(page.ids))
    assert page.targets and all(target[1:] in page.ids for target in page.targets)


def test_the_page_needs_nothing_and_runs_nothing():
    text = handbook_html(book(replace(RULE, meaning=HOSTILE))).decode()
    assert "<script" not in text and "\u202e" not in text and "{{ 7*7 }}" in text
    assert not re.search(r"<(link|img|iframe|object|form)\b|https?:|@import|url\(|\son\w+=|\sstyle=", text)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)


def test_rules_are_listed_by_code_those_of_the_file_and_of_statements_first():
    codes = [("C01-1", 1), ("A13", 2), ("F01", 0), ("A13", 1), ("T01-1", 1), ("A02", 2), ("Q01-1", 2)]
    entries = [replace(RULE, code=code, level=level) for code, level in codes]
    assert [(entry.code, entry.level) for entry in book(*entries).listed] == [
        ("F01", 0), ("A02", 2), ("A13", 1), ("A13", 2), ("C01-1", 1), ("Q01-1", 2), ("T01-1", 1),
    ]  # fmt: skip


def test_a_code_at_two_levels_has_two_places():
    both = [RULE, replace(RULE, level=2)]
    assert {"A99-1", "A99-2"} <= set(Words(handbook_html(book(*both)).decode()).ids)


@pytest.mark.parametrize("width", [1366, 800, 400])
def test_the_page_fits_the_screen_and_can_be_heard(browser, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "审核关系.html"
    path.write_bytes(handbook_html(book()))
    window = browser.new_page(viewport={"width": width, "height": 768})
    window.goto(path.as_uri())
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert window.evaluate("getComputedStyle(document.querySelector('dt')).fontWeight") == "700"
    assert Axe().run(window).response["violations"] == []
    window.close()


# ------------------------------------------------------------------ the document


def test_the_document_has_the_list_and_every_rule():
    document = docx.Document(io.BytesIO(handbook_docx(book())))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "示例审核关系"),
        ("编制", "（2018年3月　示例办）"),
        ("Body Text", "怎样使用。"),
        ("Heading 1", "一、审核关系一览"),
        ("Heading 1", "二、本表之内"),
        ("Heading 2", "A99　甲不大于乙"),
    ]
    listed, rule = document.tables
    assert [[cell.text for cell in row.cells] for row in listed.rows] == [
        ["代码", "审核关系", "性质", "报表", "起止"], ["A99", "甲不大于乙", "强制性", "M01", "2018年1月起"],
    ]  # fmt: skip
    assert [tuple(cell.text for cell in row.cells) for row in rule.rows] == [
        ("A99", "强制性"), *((heading, "\n".join(lines)) for heading, lines in parts(RULE)),
    ]  # fmt: skip


@pytest.mark.parametrize(("length", "stays"), [(600, True), (1200, False)])
def test_a_point_of_a_rule_stays_on_one_page_unless_it_is_most_of_one(length, stays):
    """Half a page of examples is kept together: a relation is read with its figures."""
    rule = replace(RULE, meaning="字" * length)
    made = replace(book(), groups=[replace(book().groups[0], entries=[rule])])
    *_, table = docx.Document(io.BytesIO(handbook_docx(made))).tables
    (row,) = (row for row in table.rows if "字" * length in row.cells[1].text)
    assert (row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None) is stays
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_document_is_always_the_same():
    assert handbook_docx(book()) == handbook_docx(book())


# ------------------------------------------------------------------ the data


def test_the_data_say_the_same():
    data = json.loads(handbook_json(book()))
    assert (data["schema"], data["period"], data["office"]) == ("rules/1", "2018-03", "示例办")
    assert data["intro"] == ["怎样使用。"]
    (rule,) = data["rules"]
    assert (rule["since"], rule["prescribed_since"], rule["holds"]) == ("2018-01", "2017-12", "2018年1月起")
    assert rule["relations"] == [{"words": "甲〔01〕≤乙〔02〕", "numbers": "01≤02"}, {"words": "丙≥0", "numbers": ""}]
    assert rule["thresholds"] == [
        {"name": "cap", "title": "上限", "value": "5万元", "since": "2018-01", "until": "", "basis": "示例办法"}
    ]
    assert rule["examples"] == [{
        "kind": "x", "severity": "hard", "period": "2018-03", "relation": "甲≤乙", "passing": "1户≤2户", "given": "没有填丙",
        "change": "甲由1户改为3户", "failing": "3户≤2户", "message": "请改正。",
    }]  # fmt: skip
