"""Letters from Word templates: strict tags, inert texts, official pages, tables in their place, the same bytes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.errors import TemplateBroken
from pipeline.periods import Month
from pipeline.render.letters import LOOKS, Letter, LetterTable, letter_bytes, letterhead
from pipeline.render.stamp import Stamp
from pipeline.render.template import path_of

TEMPLATES = ("退回通知.docx", "催报函.docx", "回执.docx")
HOSTILE = "贷款<100万 & 存款>5 {{ 7*7 }} {% raw %} {_{x}_} =cmd|x \u202e"
SHOWN = "贷款<100万 & 存款>5 {{ 7*7 }} {% raw %}"


def template(tmp_path, *paragraphs):
    """A template of the office's own: ours with other words."""
    made = docx.Document(str(path_of("回执.docx")))
    for element in list(made.element.body)[:-1]:
        made.element.body.remove(element)
    made.sections[0].first_page_header.paragraphs[0].clear()
    for text in paragraphs:
        made.add_paragraph(text, style=made.styles["Body Text"])
    made.save(str(tmp_path / "函.docx"))
    return tmp_path


def letter(**values):
    return Letter(values, "示例函", "示例办", datetime(2018, 4, 10, tzinfo=UTC))


def texts(data):
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_tags_are_filled_and_what_they_say_is_only_text(tmp_path):
    own = template(tmp_path, "{{ 单位 }}：", "{%p if 有 %}", "有{{ 数 }}件", "{%p endif %}")
    made = texts(letter_bytes("函.docx", letter(单位=HOSTILE, 有=True, 数=3), own))
    assert made[0].startswith(SHOWN)
    assert "=cmd|x ⟨U+202E⟩：" in made[0]
    assert made[1:] == ["有3件"]


def test_ten_thousand_characters_stay_ten_thousand(tmp_path):
    own = template(tmp_path, "{{ 单位 }}")
    assert texts(letter_bytes("函.docx", letter(单位="长" * 10_000), own)) == ["长" * 10_000]


@pytest.mark.parametrize(
    ("why", "text", "told"),
    [
        (
            "a name that is nearly right",
            "{{ 单位名 }}",
            "模板 函.docx 里的“单位名”不是可用的内容。是不是“单位”？可用的有：单位、期限。",
        ),
        ("a name that is like nothing", "{{ xyz }}", "模板 函.docx 里的“xyz”不是可用的内容。可用的有：单位、期限。"),
        (
            "a name that is as much like two",
            "{{ 填报单住的 }}",
            "模板 函.docx 里的“填报单住的”不是可用的内容。可用的有：单位、期限。",
        ),
        ("an unfinished tag", "{% if 单位 %}", "模板 函.docx 第1段写法有误（“{% if %}”没有用“{% endif %}”结束）"),
        ("a tag that nobody knows", "{% 如果 单位 %}", "模板 函.docx 第1段写法有误（不认识的语句“如果”）"),
        ("an unknown filter", "{{ 单位 | 大写 }}", "模板 函.docx 第1段写法有误（没有名为“大写”的转换）"),
        ("Chinese punctuation", "{{ 单位，期限 }}", "模板 函.docx 第1段写法有误（标记里不能用字符“，”）"),
        ("two names without a sign", "{{ 单位 期限 }}", "模板 函.docx 第1段写法有误（标记里“期限”一处写错）"),
        ("an empty tag", "{{ }}", "模板 函.docx 第1段写法有误（标记里没有写内容）"),
        ("a part that is not there", "{{ 单位.名称 }}", "模板 函.docx 用了不存在的内容（没有“名称”）"),
        ("a division by nought", "{{ 1 / 0 }}", "模板 函.docx 里有一处算式或取值不对（除数为零）"),
        (
            "what a sandbox forbids",
            "{{ 单位.__class__.__mro__ }}",
            "模板 函.docx 里有不允许的操作（不能取“__class__”）。",
        ),
        ("another file", "{% include '/etc/passwd' %}", "找不到模板 /etc/passwd。"),
        ("an expression that fails", "{{ 单位 + 1 }}", "模板 函.docx 里有一处算式或取值不对"),
    ],
)
def test_a_template_that_is_wrong_is_told(tmp_path, why, text, told):
    with pytest.raises(TemplateBroken) as broken:
        letter_bytes("函.docx", letter(单位="北山农商银行", 期限="4月13日"), template(tmp_path, text))
    assert str(broken.value).startswith(told), why
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", str(broken.value)), "English never reaches a clerk"
    assert str(broken.value).endswith(("请改正，或者恢复程序自带的模板。", "或者恢复 templates 文件夹。"))


def test_nothing_is_never_printed_as_a_word(tmp_path):
    with pytest.raises(TemplateBroken, match="算式或取值不对"):
        letter_bytes("函.docx", letter(单位=None), template(tmp_path, "{{ 单位 }}"))


def test_what_is_no_word_file_is_told(tmp_path):
    (tmp_path / "函.docx").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(TemplateBroken, match=r"模板 函\.docx 打不开，它不是 \.docx 格式的 Word 文档。请另存为"):
        letter_bytes("函.docx", letter(), tmp_path)
    with pytest.raises(TemplateBroken, match=r"找不到模板 没有\.docx"):
        letter_bytes("没有.docx", letter())


def test_a_table_stands_where_the_template_wants_it(tmp_path):
    own = template(tmp_path, "前", "{{ 清单 }}", "后")
    table = LetterTable(("甲", "乙"), [("1", HOSTILE), ("2", "丙")], (30.0, 126.0), frozenset({0}))
    data = letter_bytes("函.docx", replace(letter(), tables={"清单": table}), own)
    document = docx.Document(io.BytesIO(data))
    order = [element.tag.rpartition("}")[2] for element in document.element.body]
    assert order == ["p", "tbl", "p", "sectPr"]
    assert texts(data) == ["前", "后"]
    (made,) = document.tables
    assert made.cell(1, 1).text.startswith("贷款<100万 & 存款>5 {{ 7*7 }}")
    assert [made.cell(1, at).paragraphs[0].style.name for at in (0, 1)] == ["表中", "表文"]
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_template_without_the_place_has_no_table(tmp_path):
    table = LetterTable(("甲",), [("1",)], (156.0,))
    data = letter_bytes("函.docx", replace(letter(), tables={"清单": table}), template(tmp_path, "前"))
    assert docx.Document(io.BytesIO(data)).tables == []


def test_the_same_letter_gives_the_same_bytes(tmp_path):
    own = template(tmp_path, "{{ 单位 }}")
    assert letter_bytes("函.docx", letter(单位="甲"), own) == letter_bytes("函.docx", letter(单位="甲"), own)


# ------------------------------------------------------------------ the family


@pytest.mark.parametrize("name", TEMPLATES)
def test_all_letters_have_the_official_page_and_the_same_looks(name):
    """GB/T 9704-2012: A4, margins 37, 28, 26, 35 mm; 仿宋 16 pt on lines of 28.95 pt; title 小标宋 22 pt; red issuer."""
    made = docx.Document(str(path_of(name)))
    (section,) = made.sections
    measures = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    measures += [section.right_margin, section.bottom_margin]
    assert [round(value / Mm(1)) for value in measures] == [210, 297, 37, 28, 26, 35]
    looks = {style.name: style for style in made.styles}
    assert {*LOOKS, "发文机关", "主送", "署名", "标记", "Title", "Body Text"} <= set(looks)
    fonts = {
        "Body Text": ("仿宋_GB2312", 16),
        "Title": ("方正小标宋简体", 22),
        "发文机关": ("方正小标宋简体", 26),
    }
    for style, (font, size) in fonts.items():
        assert looks[style].element.rPr.rFonts.get(qn("w:eastAsia")) == font, style
        assert looks[style].font.size == Pt(size), style
    assert looks["Body Text"].paragraph_format.line_spacing == Pt(28.95)
    assert looks["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert str(looks["发文机关"].font.color.rgb) == "C00000"
    assert made.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("name", TEMPLATES)
def test_all_letters_are_in_the_letter_format(name):
    """GB/T 9704-2012, 10.1: issuer, double lines of 170 mm (20 mm from either edge), none of its pages' first numbered.

    The issuer's line is 32 pt high and its characters 26 pt, so that they begin 1 mm below the 29 mm of the header.
    """
    made = docx.Document(str(path_of(name)))
    (section,) = made.sections
    assert section.different_first_page_header_footer
    assert [round(distance / Mm(1)) for distance in (section.header_distance, section.footer_distance)] == [29, 20]
    (issuer,), (foot,) = section.first_page_header.paragraphs, section.first_page_footer.paragraphs
    assert (issuer.text, foot.text, issuer.style.name) == ("{{ 机关 }}", "", "发文机关")
    assert line_under(issuer.style.element) == ("thickThinSmallGap", "C00000"), "the thick one above"
    assert line_under(foot._p) == ("thinThickSmallGap", "C00000"), "the thick one below"
    for place in (issuer.style.paragraph_format, foot.paragraph_format):
        assert [round(at / Mm(1)) for at in (28 * Mm(1) + place.left_indent, 26 * Mm(1) + place.right_indent)] == [
            20,
            20,
        ]
    assert "PAGE" not in foot._p.xml and all(
        "PAGE" in f._element.xml for f in (section.footer, section.even_page_footer)
    )


def line_under(element):
    edge = element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    return edge.get(qn("w:val")), edge.get(qn("w:color"))


@pytest.mark.parametrize("name", ["退回通知.docx", "催报函.docx"])
def test_letters_that_are_registered_have_room_for_their_number(name):
    """At the right edge of the type area, 156 mm from its left one; a receipt is a slip, which has its own numbers."""
    made = docx.Document(str(path_of(name)))
    number = next(p for p in made.paragraphs if "{{ 发文字号 }}" in p.text)
    (stop,) = number.style.paragraph_format.tab_stops
    assert (number.text, round(stop.position / Mm(1))) == ("{{ 标记 }}\t{{ 发文字号 }}", 156)
    stamp = Stamp(Month(2018, 3), True, True, "示例办", 1, 1, "2018-04-10", letter_code="安金扶办函")
    assert letterhead(stamp, "甲")["发文字号"] == "安金扶办函〔2018〕\u3000\u3000号"
    assert letterhead(replace(stamp, letter_code=""), "甲")["发文字号"] == "〔2018〕\u3000\u3000号"
