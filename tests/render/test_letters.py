"""Letters from Word templates: strict tags, inert texts, official pages, tables in their place, the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.errors import TemplateBroken
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.harmless import printable
from pipeline.render.letters import LOOKS, Letter, LetterTable, letter_bytes, letterhead
from pipeline.render.marked_content import Asked
from pipeline.render.notice import Notice, notice_letter
from pipeline.render.stamp import Stamp
from pipeline.render.template import path_of
from tests.office import convert

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
        ("markup", "{{ 单位|safe }}", "模板 函.docx 第1段写法有误（没有名为“safe”的转换）"),
        ("markup made by a filter", "{{ 单位|tojson }}", "模板 函.docx 第1段写法有误（没有名为“tojson”的转换）"),
        (
            "no escaping",
            "{% autoescape false %}{{ 单位 }}{% endautoescape %}",
            "模板 函.docx 里有不允许的操作（不能用 autoescape）",
        ),
        ("a whole run", "{{r 单位 }}", "模板 函.docx 里的“{{r 单位 }}”写法不能用"),
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


def test_a_table_has_the_room_that_the_template_leaves_around_its_place(tmp_path):
    """8 points above and 4 below are asked for; where a neighbour leaves more already, that is kept."""
    own = template(tmp_path, "前", "{{ 清单 }}", "后")
    made = docx.Document(str(own / "函.docx"))
    mark = made.paragraphs[1].paragraph_format
    mark.space_before, mark.space_after = Pt(8), Pt(4)
    made.save(str(own / "函.docx"))
    table = LetterTable(("甲",), [("1",)], (156.0,))

    def room():
        above, below = docx.Document(
            io.BytesIO(letter_bytes("函.docx", replace(letter(), tables={"清单": table}), own))
        ).paragraphs
        return above.paragraph_format.space_after, below.paragraph_format.space_before

    assert room() == (Pt(8), Pt(4))
    made.paragraphs[0].paragraph_format.space_after = Pt(14)
    made.save(str(own / "函.docx"))
    assert room() == (Pt(14), Pt(4))


@pytest.mark.parametrize(("name", "tag"), [("催报函.docx", "{{ 欠报表 }}"), ("回执.docx", "{{ 接收表 }}")])
def test_our_tables_do_not_touch_the_lines_around_them(name, tag):
    (mark,) = (p for p in docx.Document(str(path_of(name))).paragraphs if p.text == tag)
    assert (mark.paragraph_format.space_before, mark.paragraph_format.space_after) == (Pt(8), Pt(4))


@pytest.mark.parametrize(
    ("why", "text", "pieces"),
    [
        (
            "names of cells stay whole",
            "全部单元格：G11、D14:E15、F14。",
            ["全部单元格：G11、", "D14:E15、", "F14。"],
        ),
        (
            "a number of a document is no part of its year",
            "（安政办函〔2017〕284号）",
            ["（安政办函〔2017〕", "284号）"],
        ),
        ("between Chinese characters a line breaks anyway", "甲、乙（丙）", ["甲、乙（丙）"]),
        ("a decimal, a thousand and a time are one", "1,186,000.00和8:30", ["1,186,000.00和8:30"]),
    ],
)
def test_a_line_may_break_behind_the_marks_of_a_list_and_nowhere_in_a_name(tmp_path, why, text, pieces):
    """In words between tags, and in a table; what only guides line breaks is no text for those who read it again."""
    own = template(tmp_path, "{{ 依据 }}", "{{ 清单 }}")
    table = LetterTable(("甲",), [(text,)], (156.0,))
    document = docx.Document(
        io.BytesIO(letter_bytes("函.docx", replace(letter(依据=text), tables={"清单": table}), own))
    )
    for written in (document.paragraphs[0].text, document.tables[0].cell(1, 0).text):
        assert written.split("\u200b") == pieces, why
        assert printable(written) == text


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


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_signature_is_never_alone_on_its_page(name):
    """GB/T 9704-2012, 7.3.5.5: what is signed stands with text. From the last words down to the day all keep together."""
    paragraphs = [p for p in docx.Document(str(path_of(name))).paragraphs if not p.text.startswith("{%p")]
    day = next(n for n, p in enumerate(paragraphs) if p.style.name == "署名" and "日期" in p.text)
    first = next(
        n
        for n, p in enumerate(paragraphs)
        if p.text.startswith(("强制性问题", "请于{{ 答复期限 }}前报送我办", "本回执"))
    )
    for paragraph in paragraphs[first:day]:
        kept = paragraph.paragraph_format.keep_with_next
        assert kept or (kept is None and paragraph.style.paragraph_format.keep_with_next), paragraph.text


def test_a_signature_has_words_on_its_page_however_long_the_letter_is(tmp_path):
    """The same notice with one more file enclosed each time, over the end of the first page and beyond."""
    made = []
    for count in range(1, 7):
        files = tuple(f"扶贫工作措施表（示例农商银行2018年3月）（标注）{n}.xlsx" for n in range(count))
        asked = Asked("F0", "A13", Severity.SOFT, "表", "C7", "", "", "", "", "请核对。")
        stamp = Stamp(Month(2018, 3), True, True, "示例办", 1, 1, "2018-04-10", letter_code="安金扶办函")
        told = Notice("示例农商银行", "2018年3月", "《月报》", "", 0, "2018年4月13日", (asked,), files, stamp)
        made.append(tmp_path / f"{count}.docx")
        made[-1].write_bytes(letter_bytes("退回通知.docx", notice_letter(told)))
    last = []
    for pdf in convert(made, "pdf", tmp_path):
        told = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
        ).stdout
        pages = told.split("\f")
        (signed,) = (n for n, page in enumerate(pages) if "2018 年 4 月 10 日" in page or "2018年4月10日" in page)
        assert "核实性问题" in pages[signed], pdf.name
        last.append(signed)
    assert (last[0], last[-1]) == (0, 1), "the first fits on one page, the last does not"
