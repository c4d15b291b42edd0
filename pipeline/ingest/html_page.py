"""A web page taken apart into lines of text and tables, in the order of the page; nothing of it is run or fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from pipeline.ingest import limits
from pipeline.ingest.refusal import hostile
from pipeline.ingest.unread import Unread

_RAW = {"script", "style", "title", "template", "object", "noframes"}
_BREAKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "center", "pre", "dt", "dd"}
_CONTROLS = {"input", "textarea", "select"}
_SILENT_INPUTS = {"hidden", "button", "submit", "reset", "image"}
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_RULE = re.compile(r"(?:\.|[a-z]+\.)([\w-]+)\s*\{([^}]*)\}", re.IGNORECASE)


@dataclass(slots=True)
class Td:
    """A cell of a page."""

    attributes: dict[str, str]
    style: str
    """Its own style and its classes' behind it: of two that say the same, the first holds."""
    words: list[str] = field(default_factory=list)
    unread: set[Unread] = field(default_factory=set)

    @property
    def text(self) -> str:
        """What is shown, blanks as a browser shows them."""
        return shown("".join(self.words))

    def span(self, name: str, most: int) -> int:
        """How many rows or columns it covers, 0 for all that follow; what is no number counts as 1."""
        text = self.attributes.get(name, "1").strip()
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


def read_page(text: str) -> Page:
    """Take a page apart."""
    end = _name_of_no_tag(text)
    target = _Target(end)
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
    lines = (re.sub(r"[ \t\r\n]+", " ", line).replace("\xa0", " ").strip() for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


class _Target:
    """Takes the parser's events; an element that is not closed ends with the one around it."""

    def __init__(self, end: str) -> None:
        self.page = Page()
        self._end = end
        self._open: list[tuple[str, bool]] = []
        """Tag, and whether it is hidden by itself."""
        self._tables: list[Table] = []
        self._line: list[str] = []
        self._css: list[str] = []
        self._classes: dict[str, str] = {}
        self._caption = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._end:
            self._at_end()
        style = self._style(attributes)
        hidden = "hidden" in attributes or bool(_DISPLAY_NONE.search(style))
        self._open.append((tag, hidden))
        if len(self._open) > limits.MAX_NESTED_TAGS or len(self._tables) > limits.MAX_NESTED_TABLES:
            raise hostile("网页的标签嵌套过深")
        if tag in ("td", "th"):
            self._start_cell(dict(attributes), style)
        elif tag == "tr" and self._tables:
            self._tables[-1].open = False
            self._tables[-1].rows.append(Tr(hidden or self._hidden_within("table")))
        elif tag == "table":
            self._start_table()
        elif tag == "col" and self._tables:
            self._column(attributes, hidden)
        elif tag == "caption":
            self._caption = True
        elif tag in _BREAKS:
            self._break()
        elif tag == "img":
            self.page.pictures = True
        elif tag in _CONTROLS and attributes.get("type", "").lower() not in _SILENT_INPUTS:
            self._not_read(Unread.CONTROL)

    def end(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in ("td", "th") and self._tables:
            self._tables[-1].open = False
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "caption":
            self._break()
            self._caption = False
        elif tag == "style":
            for name, rule in _RULE.findall("".join(self._css)):
                self._classes[name.lower()] = f"{rule};{self._classes.get(name.lower(), '')}"
            self._css = []
        elif tag in _BREAKS:
            self._break()

    def data(self, text: str) -> None:
        tags = {tag for tag, _ in self._open}
        if "style" in tags:
            self._css.append(text)
        elif tags & (_RAW | _CONTROLS):
            return
        elif text.strip() and self._hidden_text():
            self._not_read(Unread.HIDDEN)
        elif self._tables and self._tables[-1].open:
            self._tables[-1].rows[-1].cells[-1].words.append(text)
        else:
            self._line.append(text)

    def comment(self, text: str) -> None:
        self.page.comments.append(text)

    def close(self) -> None:
        self._break()

    def _at_end(self) -> None:
        self.page.cut_off = bool(self._tables)
        self.page.unfinished = any(tag == "body" for tag, _ in self._open)

    # -------------------------------------------------------------- tables

    def _start_table(self) -> None:
        self._caption = False
        self._break(line=True)
        self._tables.append(Table(self._hidden_within("html")))
        self.page.blocks.append(self._tables[-1])

    def _start_cell(self, attributes: dict[str, str], style: str) -> None:
        if not self._tables:
            self._break()
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append(Tr(hidden=False))
        table.rows[-1].cells.append(Td(attributes, style))
        table.open = True

    def _column(self, attributes: dict[str, str], hidden: bool) -> None:
        table = self._tables[-1]
        times = max(1, Td(dict(attributes), "").span("span", 1000))
        if hidden or self._open[-2:-1] == [("colgroup", True)]:
            table.hidden_cols.append((table.cols, table.cols + times - 1))
        table.cols += times

    # -------------------------------------------------------------- text

    def _break(self, line: bool = False) -> None:
        """A new line: inside a cell, or of the page, where a caption's stands above its table."""
        if self._tables and self._tables[-1].open and not line:
            self._tables[-1].rows[-1].cells[-1].words.append("\v")
            return
        text, self._line = shown("".join(self._line)), []
        if text and self._caption and self._tables:
            self.page.blocks.insert(self.page.blocks.index(self._tables[-1]), text)
        elif text:
            self.page.blocks.append(text)

    def _style(self, attributes: dict[str, str]) -> str:
        classes = (self._classes.get(name.lower(), "") for name in attributes.get("class", "").split())
        return ";".join([attributes.get("style", ""), *classes])

    def _hidden_within(self, outer: str) -> bool:
        """Whether an element around this place, up to and without the nearest `outer`, is hidden."""
        for tag, hidden in reversed(self._open):
            if hidden:
                return True
            if tag == outer and tag != self._open[-1][0]:
                return False
        return False

    def _hidden_text(self) -> bool:
        """Whether words are hidden by an element inside the cell, or outside of tables by any around them."""
        for tag, hidden in reversed(self._open):
            if tag in ("td", "th", "tr", "table"):
                return False
            if hidden:
                return True
        return False

    def _not_read(self, what: Unread) -> None:
        if self._tables and self._tables[-1].open:
            self._tables[-1].rows[-1].cells[-1].unread.add(what)
        else:
            self.page.unread.add(what)
