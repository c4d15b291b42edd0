"""index.html on A4 paper."""

from __future__ import annotations

import unicodedata

import pypdf
import pytest

from tests.browsing import opened
from tests.render.month_pages import FINDINGS


@pytest.fixture(scope="session")
def printed(browser, wide, tmp_path_factory):
    """The sheets of a printed page on which a filter hides everything."""
    target = tmp_path_factory.mktemp("paper") / "page.pdf"
    with opened(browser, wide) as page:
        page.page.fill("[data-field=text]", "no such finding")
        page.page.pdf(path=target, prefer_css_page_size=True)
    return pypdf.PdfReader(target).pages


def _words(sheets) -> str:
    """All words on paper; PDF may name a character by its radical."""
    text = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
    return "".join(text.split())


def test_on_paper_it_is_a4_across(printed):
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in printed} == {(842, 595)}


def test_on_paper_no_column_is_cut_off(browser, wide, hostile):
    """279 mm lie between the margins of the paper: no table is wider, and nothing scrolls."""
    across = round(279 / 25.4 * 96)
    for path in (wide, hostile):
        with opened(browser, path, (across, 700)) as page:
            page.page.emulate_media(media="print")
            wider = page.run(
                "[...document.querySelectorAll('table, svg, dl, ol, p')].map(e => [e.className, "
                "e.getBoundingClientRect().right]).filter(([, right]) => right > innerWidth + 1)"
            )
            assert wider == []
            assert page.run("document.documentElement.scrollWidth") == across


def test_on_paper_every_word_begins_within_the_margins(printed):
    places = []

    def note(text, matrix, text_matrix, _font, _size):
        if text.strip():
            places.append(text_matrix[4] * matrix[0] + matrix[4])

    for sheet in printed:
        sheet.extract_text(visitor_text=note)
    margin = 9 * 72 / 25.4
    assert margin - 1 < min(places)
    assert max(places) < 842 - margin
    assert _words(printed).count("备注") == 4, "the last column of each annex"


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_the_words_of_annex_1_stand_open(browser, common, tmp_path, script):
    with opened(browser, common, script=script) as page:
        page.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        assert not page.page.locator("#annex-1 .measures").first.is_visible(), "and folded on the screen as before"
    words = _words(pypdf.PdfReader(tmp_path / "page.pdf").pages)
    assert "成立领导小组" in words
    assert "各单位的措施" not in words


def test_on_paper_all_findings_are_there_and_nothing_to_click(printed):
    words = _words(printed)
    assert all(row.id in words for row in FINDINGS)
    assert not [gone for gone in ("全部显示", "跳到正文", "的数字") if gone in words]


def test_on_paper_a_table_that_fits_on_a_page_is_not_torn_apart(printed):
    """Who has sent what: each of these tables has its last line, what of all is accepted, on the page of its first."""
    pages = [_words([sheet]) for sheet in printed]
    heads = [page.count("填报单位2") for page in pages]
    assert [page.count("已采用/应报") for page in pages] == heads
    assert sum(heads) >= 1
