"""Word documents are made from the template's looks and our words: plain text, official page, same bytes everywhere."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from pipeline.errors import TemplateBroken
from pipeline.render.template import path_of
from pipeline.render.word import Paper

HOSTILE = '{{ 7*7 }}<w:t>&amp;"=HYPERLINK(1)\u202e'
MADE = datetime(2018, 3, 1, tzinfo=UTC)
STYLES = ["有线表", "表头", "表项", "表文"]


def paper() -> Paper:
    return Paper(path_of("handbook.docx"))


def saved(paper: Paper) -> bytes:
    return paper.to_bytes("示例", "示例办", MADE)


def opened(paper: Paper):
    return docx.Document(io.BytesIO(saved(paper)))


def table(rows, header=("甲", "乙")):
    made = paper()
    made.table(header, rows, (24.0, 132.0), STYLES)
    return opened(made).tables[0]


# ------------------------------------------------------------------ the template


def test_the_page_is_that_of_an_official_document():
    """GB/T 9704: A4, margins 37, 26, 35 and 28 mm, a type area 156 mm wide."""
    (section,) = docx.Document(str(path_of("handbook.docx"))).sections
    wanted = {
        "page_width": 210,
        "page_height": 297,
        "top_margin": 37,
        "right_margin": 26,
        "bottom_margin": 35,
        "left_margin": 28,
    }
    assert {name: round(getattr(section, name) / Mm(1)) for name in wanted} == wanted


def test_page_numbers_stand_outside_left_and_right():
    document = docx.Document(str(path_of("handbook.docx")))
    (section,) = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.pPr.jc.val.name.lower() == side
        assert [field.text.strip() for field in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert paragraph.text == "— 1 —"


@pytest.mark.parametrize(("style", "font", "half_points"), [
    ("Title", "方正小标宋简体", 44),
    ("heading 1", "黑体", 32),
    ("Body Text", "仿宋_GB2312", 32),
    ("编制", "楷体_GB2312", 32),
    ("表头", "黑体", 21),
    ("表文", "仿宋_GB2312", 21),
    ("footer", "宋体", 28),
])  # fmt: skip
def test_every_style_names_its_chinese_font(style, font, half_points):
    """Left to itself Word would take a Japanese one."""
    styles = docx.Document(str(path_of("handbook.docx"))).styles
    (found,) = (entry for entry in styles if entry.name.lower() == style.lower())
    fonts = found.element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (font, "Times New Roman")
    assert int(found.element.rPr.find(qn("w:sz")).get(qn("w:val"))) == half_points


def test_the_body_has_22_lines_a_page():
    """28.95 points a line, 28 characters wide: 225 mm high."""
    style = docx.Document(str(path_of("handbook.docx"))).styles["Body Text"]
    assert round(style.paragraph_format.line_spacing.pt, 2) == 28.95
    assert 22 * 28.95 <= 225 / 25.4 * 72 < 23 * 28.95


# ------------------------------------------------------------------ what is written


def test_words_stay_words():
    made = paper()
    made.write(HOSTILE, "Body Text")
    (paragraph,) = opened(made).paragraphs
    assert paragraph.text == HOSTILE.replace("\u202e", "⟨U+202E⟩")


def test_the_text_of_the_template_is_gone():
    assert opened(paper()).paragraphs == []


def test_a_table_has_its_cells_and_its_header_again_on_every_page():
    made = table([[["一"], ["二", "三"]], [["四"], [HOSTILE]]])
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["甲", "乙"], ["一", "二\n三"], ["四", HOSTILE.replace("\u202e", "⟨U+202E⟩")],
    ]  # fmt: skip
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows] == [True, False, False]
    assert [round(column.width / Mm(1)) for column in made.columns] == [24, 132]
    assert [[p.style.name for p in row.cells[1].paragraphs] for row in made.rows] == [
        ["表头"],
        ["表文", "表文"],
        ["表文"],
    ]


@pytest.mark.parametrize(("length", "stays"), [(157, True), (158, False)])
def test_a_row_of_little_text_is_not_broken_over_two_pages(length, stays):
    row = table([[["一二"], ["字" * length]]]).rows[1]
    assert (row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None) is stays


def test_the_same_words_give_the_same_bytes_at_any_time():
    def made() -> bytes:
        paper_ = paper()
        paper_.write("一", "Body Text")
        paper_.table(("甲", "乙"), [[["一"], ["二"]]], (24.0, 132.0), STYLES)
        return saved(paper_)

    first = made()
    time.sleep(2.1)  # zip files count in steps of two seconds
    assert made() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_the_properties_say_who_and_of_when():
    properties = opened(paper()).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("示例", "示例办", "示例办")
    assert properties.created.date() == properties.modified.date() == MADE.date()


# ------------------------------------------------------------------ a template that somebody has edited


def test_a_template_that_is_not_there(tmp_path):
    with pytest.raises(TemplateBroken, match=r"找不到模板 没有\.docx"):
        path_of("没有.docx")
    assert path_of("handbook.docx", tmp_path) == path_of("handbook.docx")


def test_a_template_of_the_office_goes_first(tmp_path):
    (tmp_path / "handbook.docx").write_bytes(b"")
    assert path_of("handbook.docx", tmp_path) == tmp_path / "handbook.docx"


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04"])
def test_a_template_that_is_no_document(tmp_path, content):
    broken = tmp_path / "a.docx"
    broken.write_bytes(content)
    with pytest.raises(TemplateBroken, match=r"模板 a\.docx 打不开"):
        Paper(broken)


def test_a_template_without_a_style():
    with pytest.raises(TemplateBroken, match="没有样式“缺少”"):
        paper().write("一", "缺少")
