"""A web page taken apart into lines of text and tables, in the order of the page; nothing of it is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest import limits
from pipeline.ingest.apart import Apart, Piece, of_runs, words_of
from pipeline.ingest.css import Element, StyleSheet
from pipeline.ingest.html_shown import Look, Looks, Shown, apart_within, hides_words
from pipeline.ingest.refusal import hostile
from pipeline.ingest.unread import Unread

_RAW = {"script", "style", "title", "template", "noframes"}
_EMBEDDED = {"object", "iframe", "embed", "video", "audio", "canvas", "svg", "math", "applet"}
"""What is drawn or fetched from elsewhere; words inside them are for who cannot show them, or part of a drawing."""
_BREAKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "center", "pre", "dt", "dd"}
_CONTROLS = {"input", "textarea", "select"}
_NO_TEXT = _RAW | _EMBEDDED | _CONTROLS
_SILENT_INPUTS = {"hidden", "button", "submit", "reset", "image"}
_BLANK = re.compile(r"[ \t\r\n\v\xa0]")
_OF_CELLS = ("td", "th", "tr", "table")


@dataclass(slots=True)
class Td:
    """A cell of a page."""

    attributes: Mapping[str, str]
    look: Look
    words: list[Piece] = field(default_factory=list)
    """Pieces of its text, and how their signs stand."""
    unread: set[Unread] = field(default_factory=set)
    _text: str | None = None

    @property
    def text(self) -> str:
        """What is shown, blanks as a browser shows them; without raised marks behind its words."""
        if self._text is None:
            self._text = shown(words_of(self.words) if len(self.words) != 1 else self.words[0][0])
        return self._text

    @property
    def apart(self) -> Apart | None:
        """How some of its signs stand apart."""
        if not any([apart for _, apart in self.words]):
            return None
        return of_runs((text.replace("\xa0", " "), apart) for text, apart in self.words)

    def span(self, name: str, most: int) -> int:
        """How many rows or columns it covers, 0 for all that follow; what is no number counts as 1."""
        if name not in self.attributes:
            return 1
        text = self.attributes[name].strip()
        return min(int(text), most) if text.isdecimal() and len(text) < 9 else 1


@dataclass(slots=True)
class Tr:
    """A row of a page."""

    hidden: bool
    cells: list[Td] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Table:
    """A table of a page; one inside another's cell is a table of its own."""

    hidden: bool
    rows: list[Tr] = field(default_factory=list)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    cols: int = 0
    open: bool = False
    """A cell is open, and takes the text."""


@dataclass(slots=True)
class Page:
    """Blocks in order, and what the page holds besides."""

    blocks: list[str | Table] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """The page's own, where Excel keeps the names of sheets."""
    pictures: bool = False
    unread: set[Unread] = field(default_factory=set)
    """What is not read outside of tables."""
    cut_off: bool = True
    """The bytes end inside a table, or inside a tag: whatever came behind is missing."""
    unfinished: bool = False
    """The tables are whole, but the page never says that it is."""


def read_page(text: str, css: str = "") -> Page:
    """Take a page apart; `css` is a style sheet that lies beside it."""
    end = _name_of_no_tag(text)
    beside = f"<style>{css.replace('</', '')}</style>"
    target = _Target(end, Looks(StyleSheet(beside + text)))
    parser = etree.HTMLParser(target=target, no_network=True, encoding="utf-8", huge_tree=True)
    etree.fromstring(f"{text}<{end}>".encode(), parser)
    target.page.unfinished &= bool(re.search(r"<html\b", text, re.IGNORECASE))
    return target.page


def _name_of_no_tag(text: str) -> str:
    """A tag behind the last byte shows what is still open there: the parser itself closes everything in silence."""
    name = "end-of-file"
    while f"<{name}" in text:
        name += "x"
    return name


def shown(text: str) -> str:
    """Blanks of the layout count as one; breaks that are meant stay."""
    if not _BLANK.search(text):
        return text.strip()
    lines = (re.sub(r"[ \t\r\n]+", " ", line).replace("\xa0", " ").strip() for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


class _Target:
    """Takes the parser's events; an element that is not closed ends with the one around it."""

    def __init__(self, end: str, looks: Looks) -> None:
        self.page = Page()
        self._end = end
        self._looks = looks
        self._open: list[Shown] = []
        self._around: list[Element] = []
        """The same elements without their looks."""
        self._no_text: list[str] = []
        """Those of them whose words are no text of the page."""
        self._tables: list[Table] = []
        self._line: list[str] = []
        self._caption = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._end:
            self.page.cut_off = bool(self._tables)
            self.page.unfinished = any(shown.element.tag == "body" for shown in self._open)
            return
        shown = self._opened(tag, attributes)
        if tag in ("td", "th"):
            self._start_cell(shown)
        elif tag == "tr" and self._tables:
            self._tables[-1].open = False
            self._tables[-1].rows.append(Tr(shown.hidden or self._hidden_within("table")))
        elif tag == "table":
            self._start_table()
        elif tag == "col" and self._tables:
            self._column(shown)
        elif tag == "caption":
            self._caption = True
        elif tag in _BREAKS:
            self._break()
        else:
            self._start_other(tag, shown.element)

    def _opened(self, tag: str, attributes: dict[str, str]) -> Shown:
        around = self._around
        if around:
            around[-1].children += 1
        # What the parser gives for no attributes is slow to ask.
        element = Element(tag, attributes if attributes else {}, around[-1].children if around else 1)
        shown = Shown(element, self._looks.of(element, around))
        self._open.append(shown)
        around.append(element)
        self._no_text += [tag] if tag in _NO_TEXT else []
        if len(self._open) > limits.MAX_NESTED_TAGS or len(self._tables) > limits.MAX_NESTED_TABLES:
            raise hostile("网页的标签嵌套过深")
        return shown

    def _start_other(self, tag: str, element: Element) -> None:
        if tag == "img":
            self.page.pictures = True
        elif tag in ("iframe", "object", "embed", "applet") and self._in_cell:
            self._not_read(Unread.EMBEDDED)
        elif tag in _CONTROLS and element.attributes.get("type", "").lower() not in _SILENT_INPUTS:
            self._not_read(Unread.CONTROL)

    def end(self, tag: str) -> None:
        if tag == self._end:
            return
        self._close(tag)
        if tag in ("td", "th") and self._tables:
            self._tables[-1].open = False
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "caption":
            self._break()
            self._caption = False
        elif tag in _BREAKS:
            self._break()

    def _close(self, tag: str) -> None:
        while self._open:
            self._around.pop()
            closed = self._open.pop().element.tag
            if closed in _NO_TEXT:
                self._no_text.pop()
            if closed == tag:
                return

    def data(self, text: str) -> None:
        if not self._no_text and self._in_cell and self._open[-1].is_plain_cell:
            self._cell.words.append((text, None))
            return
        if any(tag not in _EMBEDDED for tag in self._no_text):
            return
        inside = self._inside()
        hidden, sure = hides_words(inside) if text.strip() else (False, True)
        if hidden:
            self._not_read(Unread.HIDDEN if sure else Unread.MAY_DIFFER)
        elif self._no_text:
            if text.strip() and self._in_cell:
                self._not_read(Unread.EMBEDDED)
        elif self._in_cell:
            self._cell.words.append((text, apart_within(inside)))
        else:
            self._line.append(text)

    def comment(self, text: str) -> None:
        self.page.comments.append(text)

    def close(self) -> None:
        self._break()

    # -------------------------------------------------------------- tables

    def _start_table(self) -> None:
        self._caption = False
        self._break(line=True)
        self._tables.append(Table(self._hidden_within("html")))
        self.page.blocks.append(self._tables[-1])

    def _start_cell(self, shown: Shown) -> None:
        if not self._tables:
            self._break()
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append(Tr(hidden=False))
        table.rows[-1].cells.append(Td(shown.element.attributes, shown.look))
        table.open = True

    def _column(self, shown: Shown) -> None:
        table = self._tables[-1]
        times = max(1, Td(shown.element.attributes, Look()).span("span", 1000))
        around = self._open[-2]
        if shown.hidden or (around.element.tag == "colgroup" and around.hidden):
            table.hidden_cols.append((table.cols, table.cols + times - 1))
        table.cols += times

    # -------------------------------------------------------------- text

    def _break(self, line: bool = False) -> None:
        """A new line: inside a cell, or of the page, where a caption's stands above its table."""
        if self._in_cell and not line:
            self._cell.words.append(("\v", None))
            return
        text, self._line = shown("".join(self._line)), []
        if text and self._caption and self._tables:
            self.page.blocks.insert(self.page.blocks.index(self._tables[-1]), text)
        elif text:
            self.page.blocks.append(text)

    @property
    def _in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].open

    @property
    def _cell(self) -> Td:
        return self._tables[-1].rows[-1].cells[-1]

    def _inside(self) -> list[Shown]:
        """The open elements from the nearest cell on, or outside of tables all of them."""
        start = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].element.tag in _OF_CELLS), 0)
        return self._open[start:]

    def _hidden_within(self, outer: str) -> bool:
        """Whether an element around this place, up to and without the nearest `outer`, is hidden."""
        for shown in reversed(self._open):
            if shown.hidden:
                return True
            if shown.element.tag == outer and shown is not self._open[-1]:
                return False
        return False

    def _not_read(self, what: Unread) -> None:
        if self._in_cell:
            self._cell.unread.add(what)
        else:
            self.page.unread.add(what)
