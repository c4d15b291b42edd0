"""What comes with an OpenDocument spreadsheet besides its cells: macros, links, pictures, objects, words in shapes."""

from __future__ import annotations

import re
from collections import Counter
from xml.parsers import expat

from pipeline.ingest.besides import CONNECTIONS, LINKS, MACROS, drawn, outside, unread, with_formulas
from pipeline.ingest.formulas import Reach, reach_of_opendocument
from pipeline.ingest.markup import Reader
from pipeline.ingest.package import Package

_LISTS = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")
"""Lists of libraries; an office program may write them though there is nothing in any."""
_ELSEWHERE = re.compile(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|//|\.\./)")
_MODULES = ("?:module", "?:event-listener")
_LINKS = ("table:dde-link", "table:table-source")
_CHART = "application/vnd.oasis.opendocument.chart"


class Besides:
    """Takes what stands aside of the cells while a spreadsheet is parsed."""

    def __init__(self) -> None:
        self._counts = {"图片{count}幅": 0, "嵌入对象{count}个": 0, "控件{count}个": 0}
        self._words: list[str] = []
        self._outside: list[str] = []
        self._formulas: list[tuple[str, int, int, Reach]] = []
        self._told: dict[str, bool] = dict.fromkeys((MACROS, LINKS, CONNECTIONS), False)
        self._open: list[str] = []
        self._within = Counter[str]()
        """How many elements of each name are open, and under `draw:` how many of all that draw."""
        self._is_object = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element aside begins."""
        within_object = self._within["draw:object"] > 0
        self._open.append(tag)
        self._within.update(_kinds(tag))
        if within_object:
            # A chart only draws what stands in cells.
            self._counts["嵌入对象{count}个"] -= tag == "office:chart"
        elif tag.startswith("draw:"):
            self._draw(tag, attributes)
        elif tag in _MODULES and self._within["office:scripts"]:
            self._told[MACROS] = True
        elif tag in _LINKS:
            self._told[LINKS] = True
        elif tag.startswith("table:database-source-"):
            self._told[CONNECTIONS] = True

    def end(self) -> None:
        """The last of them that is open ends."""
        tag = self._open.pop()
        self._within.subtract(_kinds(tag))
        if tag == "text:p":
            self._words.append(" ")

    def text(self, data: str) -> None:
        """Characters aside; those of shapes are shown."""
        within = self._within
        if within["draw:"] and within["text:p"] and not within["draw:object"]:
            self._words.append(data)

    def link(self) -> None:
        """A sheet or a range that is filled from another file."""
        self._told[LINKS] = True

    def formula(self, sheet: str, row: int, col: int, formula: str) -> None:
        """The formula of a cell."""
        self._formulas += [(sheet, row, col, how) for how in reach_of_opendocument(formula)]

    def _draw(self, tag: str, attributes: dict[str, str]) -> None:
        link = attributes.get("?:href", "")
        if tag == "draw:frame":
            self._is_object = False
        elif tag in ("draw:object", "draw:object-ole"):
            self._is_object = True
            self._counts["嵌入对象{count}个"] += 1
        elif tag == "draw:control":
            self._counts["控件{count}个"] += 1
        elif tag == "draw:image" and not self._is_object:
            self._counts["图片{count}幅"] += not _ELSEWHERE.match(link)
            self._outside += ["图片"] if _ELSEWHERE.match(link) else []
        if tag in ("draw:object", "draw:floating-frame", "draw:plugin", "draw:applet") and _ELSEWHERE.match(link):
            self._outside.append("对象")

    def notes(self, package: Package | None) -> list[str]:
        """The sentences, with what the parts of a package say."""
        if package is not None:
            self._told[MACROS] |= any(map(_is_program, package.names))
            self._counts["嵌入对象{count}个"] -= _charts(package)
        told = [note for note, applies in self._told.items() if applies]
        inside = unread((said, max(0, count)) for said, count in self._counts.items())
        return with_formulas(self._formulas, [*told, *outside(self._outside), *inside, *drawn(self._words)])


def _kinds(tag: str) -> list[str]:
    return [tag, "draw:"] if tag.startswith("draw:") else [tag]


def _is_program(part: str) -> bool:
    return part.startswith(("basic/", "scripts/")) and not part.endswith(("/", *_LISTS))


class _Manifest(Reader):
    charts = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.charts += attributes.get("?:media-type") == _CHART


def _charts(package: Package) -> int:
    """How many of the embedded objects are charts; a list that is broken has none."""
    manifest = _Manifest()
    try:
        manifest.parse(package.xml("META-INF/manifest.xml") or b"<none/>")
    except expat.ExpatError:
        return 0
    return manifest.charts
