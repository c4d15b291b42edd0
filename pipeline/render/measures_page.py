"""Where the words of annex 1 stand: columns as wide as their words need, rows cut where a page or Excel ends.

A row of a sheet cannot be higher than 409 points and a printed one not higher than its page: what is longer goes on
in further rows of the sheet, and the words that go on are the next ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import MeasureRow, MeasureTable
from pipeline.render.frame import A4_LANDSCAPE, FOOTER_HEIGHT, HEAD_HEIGHTS, MARGINS, Frame, numbered
from pipeline.render.harmless import printable
from pipeline.render.header import Span, spans
from pipeline.render.measure import width_points
from pipeline.render.measures_widths import Texts, column_widths
from pipeline.render.stamp import Stamp
from pipeline.render.styles import LOOKS
from pipeline.render.wrapping import cut, line_heights, lines_in, wrapped

CONTINUED = "（续）"
CONTINUED_NOTE = f"文字较长的，分行接排，填报单位后注“{CONTINUED}”。"

SIZES = (10.5, 10.0, 9.5, 9.0)
"""In points, as printed: the greatest that needs no more pages than the smallest."""
_MANY_PAGES = 12
"""Beyond these greater words surely need more pages: half a point takes a tenth more room."""
GROUP_HEIGHT = 24.0
_EXCEL_HIGHEST = 409.0
_LEAST_PIECE = 100.0
"""Points: what is left of a page below that stays white rather than begin a row that goes on."""

_PAGE_HEIGHT = 72 * (A4_LANDSCAPE[1] - MARGINS["top"] - MARGINS["bottom"]) * 0.96
"""In points; printers and programs differ a little in what they get onto a page."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the sheet: a group's heading (`heading`), or a piece of a unit's row, its words by column."""

    height: float
    heading: str = ""
    texts: Texts = ()
    first: bool = True
    last: bool = True
    page_break: bool = False
    """Begins a page, or it would part a heading from its rows, or the foot from the table."""


@dataclass(frozen=True, slots=True)
class MeasuresPage(Frame):
    """The plan of annex 1's sheet; `size` is that of its words, in points."""

    size: float
    strips: tuple[Strip, ...]


def plan_measures(table: MeasureTable, layout: AnnexLayout, stamp: Stamp) -> MeasuresPage:
    """Lay annex 1 out."""
    groups = _groups(table, layout)
    *greater, smallest = SIZES
    fewest, page = _planned(groups, table, layout, stamp, smallest)
    if fewest > _MANY_PAGES:
        return page
    plans = (_planned(groups, table, layout, stamp, size) for size in greater)
    return next((larger for pages, larger in plans if pages <= fewest), page)


_Groups = list[tuple[str, list[Texts]]]


def _groups(table: MeasureTable, layout: AnnexLayout) -> _Groups:
    """Headings, and beneath each the words of its units; units are numbered throughout."""
    groups: _Groups = []
    number = 0
    for place, group in enumerate(table.groups, start=1):
        rows = []
        for row in group.rows:
            number += 1
            rows.append(tuple(_text(column, number, row) for column in layout.columns))
        groups.append((f"{_numeral(place)}、{group.title}", rows))
    return groups


def _planned(
    groups: _Groups, table: MeasureTable, layout: AnnexLayout, stamp: Stamp, size: float
) -> tuple[int, MeasuresPage]:
    """How many pages it fills with words of that size, and how."""
    widths = column_widths(layout, [row for _, rows in groups for row in rows], size)
    header = tuple(spans([column.header for column in layout.columns]))
    header_height = _header_height(header, widths)
    labels = frozenset(place for place, column in enumerate(layout.columns) if column.derivation == "label")
    pages = _Pages(_PAGE_HEIGHT - header_height, sum(HEAD_HEIGHTS))
    strips: list[Strip] = []
    for heading, rows in groups:
        for place, texts in enumerate(rows):
            strips += pages.placed(_Row(texts, widths, size, labels), heading if place == 0 else "")
    notes, note_heights = _notes(table, strips, stamp, widths)
    pages.keep_together(strips, sum(note_heights) + FOOTER_HEIGHT)
    page = MeasuresPage(layout, header, (header_height,), widths, notes, note_heights, size, tuple(strips))
    return pages.count, page


def _notes(
    table: MeasureTable, strips: Sequence[Strip], stamp: Stamp, widths: Sequence[float]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The sentences under the table, and the heights of their rows."""
    continued = [CONTINUED_NOTE] if any(not strip.first for strip in strips) else []
    notes = numbered([*table.notes, *continued, *stamp.overrides])
    size, across = float(LOOKS["measure_note"]["font_size"]), width_points(widths)
    return notes, tuple(line_heights(len(wrapped(note, across, size)), size) for note in notes)


def _text(column: AnnexColumn, number: int, row: MeasureRow) -> str:
    if column.derivation == "number":
        return str(number)
    if column.derivation == "label":
        return row.label
    if column.derivation == "remark":
        return row.remark
    wording = row.wordings.get(column.indicator)
    return printable(wording.text) if wording else ""


def _numeral(number: int) -> str:
    """一, 二, … 十, 十一, … for headings."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _header_height(header: Sequence[Span], widths: Sequence[float]) -> float:
    """High enough for the header's longest words."""
    size = float(LOOKS["measure_header"]["font_size"])
    needed = (len(wrapped(span.text, width_points(widths[span.left : span.right + 1]), size)) for span in header)
    return line_heights(max(needed), size)


# ------------------------------------------------------------------ pages


class _Row:
    """A unit's row that is being set, piece by piece."""

    def __init__(self, texts: Texts, widths: Sequence[float], size: float, labels: frozenset[int]) -> None:
        self._rest = list(texts)
        self._points = [width_points([width]) for width in widths]
        self._size = size
        self._labels = labels
        self._most = lines_in(_PAGE_HEIGHT, size) + 1
        self._begun = False
        self._lines = [self._wrapped(place) for place in range(len(texts))]

    def _wrapped(self, place: int) -> list[str]:
        """The next lines of a column, one more than a page holds: wrapping all the rest each time would take ages."""
        return wrapped(self._rest[place], self._points[place], self._size, self._most)

    @property
    def height(self) -> float:
        """What the rest of the row needs; more than a page, where it is more."""
        return line_heights(max(1, *map(len, self._lines)), self._size)

    def piece(self, points: float) -> Strip:
        """As much of the row as goes into so many points; all of it, if it does."""
        count = lines_in(points, self._size)
        whole = all(len(lines) <= count for place, lines in enumerate(self._lines) if place not in self._labels)
        texts = [
            self._taken(place, count) if place not in self._labels else text for place, text in enumerate(self._rest)
        ]
        needed = max(1, *(len(wrapped(text, wide, self._size)) for text, wide in zip(texts, self._points, strict=True)))
        strip = Strip(line_heights(needed, self._size), "", tuple(texts), first=not self._begun, last=whole)
        if not self._begun:
            for place in self._labels:
                self._rest[place] += CONTINUED
                self._lines[place] = self._wrapped(place)
        self._begun = True
        return strip

    def _taken(self, place: int, count: int) -> str:
        taken, self._rest[place] = cut(self._rest[place], self._lines[place], count)
        self._lines[place] = self._wrapped(place)
        return taken


class _Pages:
    """How far the pages are filled, one after the other."""

    def __init__(self, room: float, head: float) -> None:
        self._room = room
        self._left = room - head
        self.count = 1

    def placed(self, row: _Row, heading: str) -> Iterator[Strip]:
        """The rows of the sheet that a unit's row becomes, below its group's heading where it is the first."""
        if heading:
            turn = self._turns_for(row.height, self._left - GROUP_HEIGHT)
            if turn:
                self._turn()
            self._left -= GROUP_HEIGHT
            yield Strip(GROUP_HEIGHT, heading, page_break=turn)
        while True:
            if self._turns_for(row.height, self._left):
                self._turn()
            strip = row.piece(min(self._left, _EXCEL_HIGHEST))
            self._left -= strip.height
            yield strip
            if strip.last:
                return

    def keep_together(self, strips: list[Strip], foot: float) -> None:
        """Where the foot does not fit below the last row, take that row along to the next page, its heading too."""
        if not strips or foot <= self._left:
            return
        self._turn()
        last = strips[-1]
        at = len(strips) - 1 - (1 if len(strips) > 1 and strips[-2].heading else 0)
        if last.first and last.height + GROUP_HEIGHT + foot <= self._room and at:
            strips[at] = replace(strips[at], page_break=True)

    def _turns_for(self, height: float, left: float) -> bool:
        """Whether this begins a page: it does not fit, and is either short or would hardly begin."""
        return height > left and (height <= self._room / 2 or left < _LEAST_PIECE)

    def _turn(self) -> None:
        self._left = self._room
        self.count += 1
