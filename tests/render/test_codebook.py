"""The codebook as a page and as a workbook: whole, harmless, and good to read on screen, on paper and by ear."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.codebook_sections import sections
from pipeline.jobs.handbook import handbook
from pipeline.periods import Month
from pipeline.render.codebook import Section, codebook_html, codebook_xlsx

MARCH = Month(2018, 3)
CATALOG = load_catalog()
REAL = list(sections(CATALOG, MARCH, handbook(CATALOG, MARCH)))
HOSTILE = '=HYPERLINK("http://example.org","x")<script>alert(1)</script>{{ 7*7 }}&amp;\u202e'


def page(*tables: Section) -> str:
    return codebook_html("示例手册", MARCH, "示例办", tables).decode()


def book(*tables: Section):
    return openpyxl.load_workbook(io.BytesIO(codebook_xlsx("示例手册", MARCH, "示例办", tables)))


def table(*rows, header=("代码", "含义"), **more) -> Section:
    return Section("one", "第一节", "一句话。", header, rows, **more)


class Tags(HTMLParser):
    """Every tag closed in order, every id once, every link inside the page led somewhere."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr", "col"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.ids, self.targets, self.attributes, self.text = [], [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        self.targets += [value for name, value in attrs if name == "href"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


# ------------------------------------------------------------------ the page


def test_the_page_is_well_formed_and_its_links_stay_inside():
    text = page(*REAL)
    tags = Tags(text)
    assert text.startswith("<!doctype html>") and '<html lang="zh-CN">' in text
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert all(target[0] == "#" and target[1:] in tags.ids for target in tags.targets)


def test_the_page_needs_nothing_and_runs_nothing():
    text = page(*REAL)
    assert not re.search(r"<(script|link|img|iframe|object|form)\b|https?:|@import|url\(|\son\w+=|\sstyle=", text)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)
    assert len(text.encode()) < 500_000


def test_every_word_of_every_row_is_on_the_page():
    shown = Tags(page(*REAL)).text
    for section in REAL:
        assert section.title in shown and (section.intro in shown or not section.rows)
        assert all(text in shown for row in (section.header, *section.rows) for text in row)


def test_text_is_text():
    text = page(table((HOSTILE, "甲"), key=0))
    assert "<script" not in text and "49" not in text and "\u202e" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}&amp;amp;" in text


def test_rows_are_named_by_their_key_column():
    text = page(table(("a", "甲"), key=1))
    assert re.findall(r'<th scope="row"[^>]*>([^<]*)<', text) == ["甲"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)<', text) == ["代码", "含义"]


def test_a_section_without_rows_says_so():
    text = page(table(empty="没有变化。"))
    assert "没有变化。" in text and "<table" not in text
    (_, sheet) = book(table(empty="没有变化。")).worksheets
    assert [cell.value for row in sheet for cell in row if cell.value] == ["第一节", "没有变化。", "回到目录"]


# ------------------------------------------------------------------ in a browser


@pytest.fixture
def shown(browser, tmp_path):
    """The real codebook on a small office screen, and what the browser complains of."""
    path = tmp_path / "手册.html"
    path.write_bytes(codebook_html("示例手册", MARCH, "示例办", REAL))
    window = browser.new_page(viewport={"width": 1366, "height": 768})
    complaints = []
    window.on("console", lambda message: complaints.append(message.text))
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
    window.goto(path.as_uri())
    yield window, complaints
    window.close()


@pytest.mark.parametrize("width", [1366, 1920, 800])
def test_the_page_is_never_wider_than_the_screen(shown, width):
    window, complaints = shown
    window.set_viewport_size({"width": width, "height": 768})
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 1366:
        inside = "[...document.querySelectorAll('.table')].filter(t => t.scrollWidth > t.clientWidth).length"
        assert window.evaluate(inside) == 0, "no table has to be scrolled sideways"
    assert complaints == []


def test_the_style_is_let_in_by_the_policy(shown):
    window, _ = shown
    assert window.evaluate("getComputedStyle(document.querySelector('td')).borderTopWidth") == "1px"


def test_a_screen_reader_finds_its_way(shown):
    from axe_playwright_python.sync_playwright import Axe

    window, _ = shown
    violations = Axe().run(window).response["violations"]
    assert [(found["id"], found["impact"], found["nodes"][0]["html"]) for found in violations] == []


def test_the_keyboard_reaches_every_section(shown):
    window, _ = shown
    reached = set()
    for _ in REAL:
        window.keyboard.press("Tab")
        reached.add(window.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == {f"#{section.id}" for section in REAL}


# ------------------------------------------------------------------ the workbook


def test_one_sheet_a_section_with_the_contents_first():
    sheets = book(*REAL).worksheets
    assert [sheet.title for sheet in sheets] == ["目录", *(section.title for section in REAL)]
    for section, row in zip(REAL, range(4, 99), strict=False):
        assert sheets[0].cell(row, 1).value == section.title
        assert sheets[0].cell(row, 1).hyperlink.location == f"'{section.title}'!A1"
        assert sheets[0].cell(row, 2).value == section.intro


@pytest.mark.parametrize("section", [s for s in REAL if s.rows], ids=lambda section: section.id)
def test_a_sheet_is_its_table(section):
    sheet = book(*REAL)[section.title]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == (section.title, section.intro, "回到目录")
    read = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert read == [section.header, *section.rows]
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref == f"A4:{chr(ord('A') + len(section.header) - 1)}{4 + len(section.rows)}"
    assert sheet.freeze_panes == f"{chr(ord('A') + section.key + 1)}5"


def test_no_text_becomes_a_formula_or_a_link():
    _, sheet = book(table((HOSTILE, "http://example.org"))).worksheets
    assert (sheet["A5"].data_type, sheet["A5"].value[:10]) == ("s", "=HYPERLINK")
    assert sheet["B5"].hyperlink is None


def test_rows_are_as_high_as_their_text():
    long = "一" * 60
    _, sheet = book(table(("a", "\n".join([long] * 5)))).worksheets
    assert sheet.row_dimensions[5].height > 10 * 11 * 1.3, "five paragraphs of two lines each"
    assert sheet.column_dimensions["B"].width < 62


def test_a_text_too_long_for_a_row_gets_a_wider_column():
    """Lines of 20 characters take two in a narrow column: 20 of 11 points go into the 409 of a row, 40 do not."""
    main = "一" * 4000
    for count, is_wider in ((10, False), (20, True)):
        sheet = book(table((main, "\n".join(["二" * 20] * count)))).worksheets[1]
        assert (sheet.column_dimensions["B"].width > 35) is is_wider


@pytest.mark.parametrize("section", [s for s in REAL if s.rows], ids=lambda section: section.id)
def test_no_row_of_the_codebook_is_cut(section):
    sheet = book(section).worksheets[1]
    assert all(dimension.height < 409 for dimension in sheet.row_dimensions.values() if dimension.height)


def test_the_same_sections_give_the_same_bytes():
    assert codebook_xlsx("a", MARCH, "b", REAL) == codebook_xlsx("a", MARCH, "b", REAL)
