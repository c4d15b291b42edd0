"""What stands right above the header of a table of areas: headings of its columns, or titles and captions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pipeline.catalog import common_sayings
from pipeline.ingest.account import Account
from pipeline.ingest.calendar_said import is_time
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.measures import is_measure
from pipeline.ingest.money_words import money_in_caption
from pipeline.model import Cell, CellKind

Place = tuple[int, int]

MOST_ROWS = 4
"""A header has five rows at most: that of the areas' heading, and these above it."""
_OF_WHICH = re.compile(r"^其中")
_LABEL_ALONE = re.compile(
    r".{1,12}[:：]|.{0,6}(?:单位|日期|时间|报告期|月份|表号|文号|编号|电话|(?:负责|填报|填表|制表|审核|复核|经办|联系)人|制表|审核|复核)"
)
"""What the cell right of it belongs to."""


class _Others:
    """Words of headings under which other figures than this month's stand: no title has them. They are data."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, common_sayings().others)))

    def search(self, text: str) -> re.Match[str] | None:
        """The first of these words in a text."""
        return self._pattern.search(text)


OTHERS = _Others()
_TITLE = re.compile(r"表(?![内外])|^附件|^附\d|^第?\d+页|^续|[月季年]报|^密级|^机密|^内部")
_LONG = 12
"""A line so long that stands alone above a header is its title."""
_SENDER = re.compile(r"(?:银行|分行|支行|联社|总行|公司|金融办|办公室|中心)(?:\([^()]*\))?")


@dataclass(frozen=True, slots=True)
class Above:
    """Rows above a header that belong to it (`over` is the first of them), and the cells in them that do not."""

    over: int
    silent: frozenset[Place] = field(default_factory=frozenset)
    top: int = 0
    """The first row in which nothing but headings stands; a month alone in its row may be the whole table's."""


def headings_above(account: Account, row: int, area_col: int, columns: Collection[int], *, of_units: bool) -> Above:
    """How far up the headings over these columns reach from a header's row; `of_units`: units may be headings."""
    over, top, silent = row, row, set[Place]()
    for above in range(row - 1, max(-1, row - 1 - MOST_ROWS), -1):
        cells = _row(account, above)
        headings = _headings(account, above, cells, area_col, columns, of_units=of_units)
        if not headings:
            break
        others = {(cell.row, cell.col) for cell in cells} - headings
        silent |= others
        says_time = len(headings) == 1 and is_time(account.text(*next(iter(headings))))
        over, top = above, above if top == above + 1 and not others and not says_time else top
    return Above(over, frozenset(silent), top)


def _row(account: Account, row: int) -> list[Cell]:
    """The cells of a row, those that are merged down over it from above among them."""
    found = {cell.col: cell for cell in account.row(row)}
    for merge in account.sheet.merged:
        if merge.top < row <= merge.bottom and (cell := account.at(merge.top, merge.left)):
            found.setdefault(cell.col, cell)
    return [found[col] for col in sorted(found)]


def _headings(
    account: Account, row: int, cells: list[Cell], area_col: int, columns: Collection[int], *, of_units: bool
) -> set[Place]:
    found = [cell for cell in cells if _is_over(account, cell, area_col, columns)]
    labels = [(a, b) for a, b in pairwise(cells) if not _heads_areas(account, a, area_col)]
    awaited = {b.col for a, b in labels if _LABEL_ALONE.fullmatch(packed(str(a.value)))}
    found = [cell for cell in found if cell.col not in awaited and not _is_caption(packed(str(cell.value)))]
    if len(found) == 1 and (_is_long_title(found[0]) or (not of_units and _is_sender(account, found[0], columns))):
        return set()
    return {(cell.row, cell.col) for cell in found}


def _heads_areas(account: Account, cell: Cell, area_col: int) -> bool:
    """Whether words are merged down to the areas: 单位 over their names is no label of what stands beside it."""
    merge = account.merge_at(cell.row, cell.col)
    return cell.col == area_col and merge is not None and merge.bottom > merge.top


def _is_over(account: Account, cell: Cell, area_col: int, columns: Collection[int]) -> bool:
    """Whether words stand over columns of figures and not, as a title does, over that of the areas too."""
    if cell.kind is not CellKind.TEXT or is_figure(cell):
        return False
    merge = account.merge_at(cell.row, cell.col)
    span = range(merge.left, merge.right + 1) if merge else range(cell.col, cell.col + 1)
    return area_col not in span and any(col in columns for col in span)


def _is_caption(text: str) -> bool:
    """Whether words speak of the table or its unit of money, or stand behind a label: 附表, 单位：万元, 填报单位：…."""
    if _OF_WHICH.match(text):
        return False
    if re.search(r"[:：]|^单位", text) or _LABEL_ALONE.fullmatch(text) or money_in_caption(text) or is_measure(text):
        return True
    return bool(_TITLE.search(text)) and not OTHERS.search(text)


def _is_sender(account: Account, cell: Cell, columns: Collection[int]) -> bool:
    """Whether a name stands for the whole table: in one cell, or merged over all but the areas."""
    merge = account.merge_at(cell.row, cell.col)
    is_whole = merge is None or sum(merge.left <= col <= merge.right for col in columns) >= len(columns) - 1
    return is_whole and bool(_SENDER.search(packed(str(cell.value))))


def _is_long_title(cell: Cell) -> bool:
    text = packed(str(cell.value))
    return len(text) >= _LONG and not OTHERS.search(text)
