"""What the value columns of an upright form are: their whole paths of heading words, those above the header too.

A column is a span of time (本月, 期末余额) where its words name that one span and say nothing else. Where they say
something else as well (上年同期 over 期末余额) it is contested: told, and not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.catalog import Catalog, normalise_header
from pipeline.catalog.forms import Layout
from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account
from pipeline.ingest.area_header import is_number_row, is_unit_row
from pipeline.ingest.heading import is_figure, packed, plain
from pipeline.ingest.heading_times import names_time, sums_to_date
from pipeline.ingest.measures import is_measure
from pipeline.ingest.period_words import months_named
from pipeline.ingest.upright_times import is_of_others, is_own_time, said, span_of
from pipeline.model import Cell, CellKind
from pipeline.periods import Month

_MOST_ROWS = 5
_SHEET_OF = re.compile(r"\(?(?:附[件表]|表|第)[\d一二三四五六七八九十]*(?:页|号)?\)?|\(?续表\d*\)?")
"""附件3, 表1, 第2页, 续表: words of the sheet, not of its columns."""
CONTINUED = re.compile(r"\(?(?:续表?|续上表|接上表|第[\d一二三四五六七八九十]+页)\)?")
"""What is added to a title that is printed again on the next page."""
_MONTH = re.compile(
    r"\(?(?:截[至止到])?[\d〇○零一二三四五六七八九十]+年[\d一二三四五六七八九十]+月(?:[\d一二三四五六七八九十]+日)?[末底份]*\)?"
)
_CITY = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}省)?[\u4e00-\u9fff]{2,3}市")
_TITLE = re.compile(r"表(?:\(|$)")
_BETWEEN = re.compile(r"(?:[()\[\]【】〔〕《》、,，。:：/\s及和与\d.·•*#◆◇■□●○★☆▲△◎※-]|第[一二三四五六七八九十]+)+")


@dataclass(frozen=True, slots=True)
class Contested:
    """A column whose words name a span and something else; `cell` is where that stands, `spans` what was named."""

    spans: tuple[str, ...]
    cell: Cell
    words: str
    above: bool = False
    """What disturbs stands above the header."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The value columns of a table: what each is, which say the same as an earlier one, which are not understood."""

    spans: Mapping[int, str]
    doubled: Mapping[int, int]
    contested: Mapping[int, Contested]
    others: Mapping[int, Cell]
    """Columns of figures that are not the month's (上年同期, 同比) → the heading that says so."""


def heading_words(layout: Layout) -> tuple[str, ...]:
    """All words of which a heading over rows or columns may be made."""
    return (*layout.headings, *layout.topics)


def made_of(text: str, words: Collection[str]) -> bool:
    """Whether a heading is made of these words alone: nothing else is said by it."""
    rest = normalise_header(text).replace("/", "")
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "\0")
    return not _BETWEEN.sub("", rest.replace("\0", ""))


def header_bottom(account: Account, bottom: int, label_cols: Sequence[int]) -> int:
    """The last row of the header: rows of nothing but words right under it, without a label, and rows of units."""
    while _goes_on(account, bottom + 1, label_cols):
        bottom += 1
    while is_unit_row(account, bottom + 1):
        bottom += 1
    return bottom


def _goes_on(account: Account, row: int, label_cols: Sequence[int]) -> bool:
    cells = account.row(row)
    if not cells or any(account.at(row, col) for col in label_cols) or is_number_row(account, row):
        return False
    return all(cell.kind is CellKind.TEXT and re.search(r"[\u4e00-\u9fff]", str(cell.value)) for cell in cells)


def value_columns(
    account: Account,
    rows: range,
    label_cols: Sequence[int],
    besides: Collection[int],
    layout: Layout,
    catalog: Catalog,
    month: Month | None,
) -> Columns:
    """The value columns of a header; `besides` are its columns of units, codes and serial numbers."""
    spans = spans_of(layout)
    cols = sorted({cell.col for row in rows for cell in account.row(row)} - set(label_cols) - set(besides))
    found: dict[int, str] = {}
    doubled: dict[int, int] = {}
    contested: dict[int, Contested] = {}
    others: dict[int, Cell] = {}
    paths = {col: _path(account, rows, col, cols) for col in cols}
    period = _period_of_all(paths.values(), spans, month)
    above = _headings_above(account, rows[0], label_cols, cols, layout, catalog)
    for col, path in paths.items():
        told = [cell for cell in path if cell not in period]
        named, odd = _named(told, spans, heading_words(layout), month)
        if odd is None and col in above:
            odd = above[col]
        if not named or odd:
            whole = [*([above[col]] if col in above else []), *path]
            if other := is_of_others(whole, month):
                others[col] = other
        if len(named) != 1 or odd:
            if named:
                contested[col] = _contested(account, rows, col, named, odd)
            continue
        first = next((c for c, name in found.items() if name == named[0]), None)
        if first is None:
            found[col] = named[0]
        else:
            doubled[col] = first
    found |= _year_so_far(paths, spans, found, month)
    # Other figures beside the month's are passed over; where one of the month's columns is not there, they may be it.
    others = {
        col: cell
        for col, cell in others.items()
        if set(contested[col].spans if col in contested else layout.value_columns) <= set(found.values())
    }
    contested = {col: one for col, one in contested.items() if col not in others}
    return Columns(found, doubled, contested, others)


def _period_of_all(paths: Collection[Sequence[Cell]], spans: Mapping[str, str], month: Month | None) -> frozenset[Cell]:
    """A heading over all value columns that says the statement's own time (2018年1-3月): it is the table's."""
    over = frozenset[Cell]().union(*paths).intersection(*paths) if len(paths) > 1 else frozenset[Cell]()
    return frozenset(cell for cell in over if names_time(said(cell)) and span_of(said(cell), spans, month))


def _year_so_far(
    paths: Mapping[int, Sequence[Cell]], spans: Mapping[str, str], found: Mapping[int, str], month: Month | None
) -> dict[int, str]:
    """What 截至3月末累计 is where the sums of all years stand in another column: this year's."""
    headings = {col: said(path[0]) for col, path in paths.items() if len(path) == 1 and col not in found}
    pairs = {col: both for col, text in headings.items() if (both := sums_to_date(text, month))}
    if len(pairs) != 1:
        return {}
    ((col, (year, all_years)),) = pairs.items()
    is_sure = spans.get(all_years) in found.values() and spans.get(year) not in (None, *found.values())
    return {col: spans[year]} if is_sure else {}


def spans_of(layout: Layout) -> dict[str, str]:
    """How the value columns of a layout may be headed → which each is."""
    return {normalise_header(word): name for name, own in layout.value_columns.items() for word in (name, *own)}


def _texts(account: Account, rows: Iterable[int], col: int) -> list[str]:
    return [text for row in rows if (text := account.text(row, col))]


def _path(account: Account, rows: range, col: int, cols: Sequence[int]) -> list[Cell]:
    """The cells that head a column from top to bottom, a group's heading that was not merged over it included."""
    cells: list[Cell] = []
    for row in rows:
        cell = account.at(row, col)
        if cell is None and any(account.at(below, col) for below in range(row + 1, rows.stop)):
            cell = _carried(account, row, col, cols)
        cells += [cell] if cell else []
    return cells


def _carried(account: Account, row: int, col: int, cols: Sequence[int]) -> Cell | None:
    """The nearest heading to the left in a row, if it was not merged: it may be meant to stand over more columns."""
    left = next((cell for c in reversed(cols) if c < col and (cell := account.at(row, c))), None)
    return left if left and account.merge_at(left.row, left.col) is None else None


def _named(
    path: Sequence[Cell], spans: Mapping[str, str], headings: Collection[str], month: Month | None
) -> tuple[list[str], Cell | None]:
    """The spans that a path names, and the first of its cells that says something else.

    The statement's own month over or under another span says nothing more; alone it is the span.
    """
    named: dict[str, None] = {}
    times: list[str] = []
    odd: Cell | None = None
    for cell in path:
        text = said(cell)
        span = span_of(text, spans, month)
        if is_own_time(text, month):
            times += [span] if span else []
        elif span:
            named[span] = None
        elif not is_measure(packed(text)) and not made_of(text, headings):
            odd = odd or cell
    return list(named) or times[-1:], odd


def _contested(account: Account, rows: range, col: int, named: list[str], odd: Cell | None) -> Contested:
    own = next(cell for row in reversed(rows) if (cell := account.at(row, col)))
    words = "/".join(dict.fromkeys(_texts(account, rows, col)))
    if odd is None or odd == own:
        return Contested(tuple(named), own, words)
    return Contested(tuple(named), odd, str(odd.value), above=odd.row < rows[0])


# ------------------------------------------------------------------ words above the header


def _headings_above(
    account: Account, top: int, label_cols: Sequence[int], cols: Sequence[int], layout: Layout, catalog: Catalog
) -> dict[int, Cell]:
    """Columns over which, in the rows right above the header, stands a word that is no caption of the sheet."""
    found: dict[int, Cell] = {}
    for row in range(top - 1, max(-1, top - 1 - _MOST_ROWS), -1):
        cells = account.row(row)
        if not cells or any(map(is_figure, cells)):
            break
        for left, cell in zip([None, *cells], cells, strict=False):
            over = _over(account, cell, label_cols, cols)
            is_awaited = left is not None and packed(str(left.value)).endswith(":")
            if over and not is_awaited and not _is_caption(cell, layout, catalog):
                found |= {col: cell for col in over if col not in found}
    return found


def _over(account: Account, cell: Cell, label_cols: Sequence[int], cols: Sequence[int]) -> list[int]:
    """The value columns that a cell stands over; none for a title, which stands over the labels too."""
    merge = account.merge_at(cell.row, cell.col)
    if merge:
        span = range(merge.left, merge.right + 1)
        return [] if set(span) & set(label_cols) else [col for col in cols if col in span]
    if cell.col not in cols:
        return []
    end = min((other.col for other in account.row(cell.row) if other.col > cell.col), default=max(cols) + 1)
    return [col for col in cols if cell.col <= col < end]


def _is_caption(cell: Cell, layout: Layout, catalog: Catalog) -> bool:
    """Whether a cell speaks of the whole sheet: 单位：万元, 报告期：…, a month, who reports, the form's name."""
    text = packed(str(cell.value))
    if cell.kind is not CellKind.TEXT or not re.search(r"[\u4e00-\u9fffA-Za-z]", text):
        return True
    if (":" in text and not text.startswith("其中")) or is_measure(text.strip("()")) or "。" in text:
        return True
    if _TITLE.search(text) and not OTHERS.search(text):
        return True
    rest = _SHEET_OF.sub("", text) if _SHEET_OF.fullmatch(text) else text
    rest = _MONTH.sub(lambda month: "" if months_named(month[0]) else month[0], rest)
    units = (plain(name) for unit in catalog.units.units for name in unit.all_names)
    areas = (plain(name) for area in catalog.areas.entries for name in area.all_names)
    known = {*(name for name in (*units, *areas) if name in rest), *map(packed, layout.title), *heading_words(layout)}
    return made_of(_CITY.sub("", rest), known)


def distinct(contested: Mapping[int, Contested]) -> Iterator[tuple[Contested, list[int]]]:
    """Each cause once, with the columns that it concerns."""
    cells = {(one.cell.row, one.cell.col): one for one in contested.values()}
    for place, one in cells.items():
        yield one, [col for col, other in contested.items() if (other.cell.row, other.cell.col) == place]
