"""The handbook of edit rules as a Word document, in the form of an official one (GB/T 9704)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.render.handbook import Entry, Handbook, parts
from pipeline.render.template import path_of
from pipeline.render.word import Paper

TEMPLATE = "handbook.docx"
_LIST = ("代码", "审核关系", "性质", "报表", "起止")
_WIDTHS = (16.0, 75.0, 17.0, 16.0, 32.0)
"""Of the list's columns: 156 mm together, as wide as the page's type area."""
_POINTS = (24.0, 132.0)
_TOGETHER = 700
"""Characters of a point that stay on one page: half a page of this document."""
_NUMERALS = "一二三四五六七八九十"


def handbook_docx(book: Handbook, own: Path | None = None) -> bytes:
    """Title, how to read it, the list of all rules, then each rule point by point.

    `own` is a folder of the workspace whose templates go before ours.
    """
    paper = Paper(path_of(TEMPLATE, own))
    paper.write(book.title, "Title")
    paper.write(f"（{book.month.label}　{book.office}）", "编制")
    for words in book.intro:
        paper.write(words, "Body Text")
    titles = iter(_NUMERALS)
    paper.write(f"{next(titles)}、审核关系一览", "heading 1")
    _write_list(paper, book)
    for group in book.groups:
        paper.write(f"{next(titles)}、{group.title}", "heading 1")
        for entry in group.entries:
            _write_entry(paper, entry)
    made = datetime(book.month.year, book.month.month, 1, tzinfo=UTC)
    return paper.to_bytes(f"{book.title}（{book.month.label}）", book.office, made)


def _write_list(paper: Paper, book: Handbook) -> None:
    rows = [
        [[entry.code], [entry.title], entry.weights.split("、"), entry.forms.split("、"), [entry.window]]
        for entry in book.listed
    ]
    paper.table(_LIST, rows, _WIDTHS, ["有线表", "表头", *["表文"] * len(_LIST)])


def _write_entry(paper: Paper, entry: Entry) -> None:
    paper.write(f"{entry.code}　{entry.title}", "heading 2")
    rows = [[[heading], lines] for heading, lines in parts(entry)]
    paper.table([entry.code, entry.weights], rows, _POINTS, ["有线表", "表头", "表项", "表文"], _TOGETHER)
