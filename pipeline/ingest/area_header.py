"""Where the header of a table of areas stands, and what each of its columns means: whole paths, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from pipeline.catalog import Catalog, Meaning
from pipeline.ingest.account import Account
from pipeline.ingest.heading import TOTAL_ROWS, is_figure, packed, plain
from pipeline.ingest.matching import Words, words_of
from pipeline.ingest.observe import Slot
from pipeline.model import Cell, CellKind
from pipeline.periods import Month

AREA_HEADERS = frozenset(
    (
        "县(区)",
        "县区",
        "区县",
        "区(县)",
        "县市区",
        "县(市、区)",
        "县(市区)",
        "县(市)区",
        "县(市)",
        "县别",
        "地区",
        "地区名称",
        "行政区划",
        "行政区划名称",
        "行政区",
        "所属区县",
        "所属县区",
        "所在县区",
        "县域",
        "区域",
        "县区名称",
        "区县名称",
        "县(区)名称",
        "县市区名称",
        "机构",
        "机构名称",
        "支行",
        "支行名称",
        "单位名称",
    )
)
"""How the column of areas is headed."""

TYPED_RATIO = re.compile(
    r"(不良|逾期|户贷|完成|覆盖|增长|获贷|收回)(贷款)?率|占比|比重|比例|同比|环比|增幅|增速|较年初|较上月|户均|覆盖面"
)
"""Ratios and differences that a bank adds to its table are never data: ours are made from sums."""

SERIAL_HEADERS = frozenset({"序号", "编号", "No", "NO", "No.", "行次"})

MIN_MATCHES = 2
MAX_HEADER_ROWS = 5
MOST_AREA_HEADERS = 20
"""A sheet that heads more columns so is no statement; each one costs a look at all columns."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ORDINALS = frozenset("甲乙丙丁戊")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?栏?(?:=[\d()+*/×÷%-]+)?")
"""The number of a column, and how it is reckoned from others: (3)=(1)+(2)."""
_MEASURE = r"(?:[百千万亿]{0,2}元|户次|户|笔|个|人|%|‰|厘)"
_UNIT = re.compile(rf"\(?(?:单位:?)?{_MEASURE}(?:[、,;/和]{_MEASURE})*\)?")
_NUMBERS_OF = frozenset({"栏次", "栏号", "列次", "列号"})
_UNITS_OF = ("单位", "计量单位")
_SLASHED = re.compile(r"^(?:项目|指标|内容|栏目)[\\/|]?|[\\/|]?(?:项目|指标|内容|栏目)$")
"""The other half of a corner cell with a stroke through it: 项目\\县区."""


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table found: where its header stands and what each column means.

    `bottom` is the last row of the header, rows of units and of column numbers below the words included.
    """

    words: Words
    top: int
    bottom: int
    area_col: int
    slots: dict[int, Slot]
    unknown: tuple[int, ...]
    serial: tuple[int, ...]
    ratios: tuple[int, ...]
    sums: tuple[int, ...]
    """Columns in which the sender adds up over institutions."""
    doubled: Mapping[int, int] = field(default_factory=dict)
    """Columns that say the same as an earlier one → that one."""
    numbers: frozenset[int] = frozenset()
    """Rows of column numbers: 甲 1 2 3."""
    below: int = 0
    """How many cells right below the header look as if they were of it too."""

    @property
    def meanings(self) -> frozenset[Meaning]:
        """The indicators that stand in it."""
        return frozenset((slot.column.code, slot.institution) for slot in self.slots.values())

    @property
    def score(self) -> float:
        """Share of the columns that are understood, by number of columns: more is surer."""
        return len(self.slots) - 0.5 * (len(self.unknown) + len(self.doubled) + self.below)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the header is left to be understood."""
        return len(self.slots) >= MIN_MATCHES and not (self.unknown or self.doubled or self.below)

    def in_month(self, month: Month, account: Account, catalog: Catalog, unit: str = "") -> AreaTable:
        """The same table, read by the form as it is in that month, and as people have decided about this unit."""
        words = self.words.in_month(month, catalog, unit)
        if words is self.words:
            return self
        return _match(Header(account, self.top, self.bottom), words, self.area_col) or replace(self, slots={})


def locate(account: Account, catalog: Catalog) -> AreaTable | None:
    """The best reading of this sheet as a table of areas, over all forms; None if none is near."""
    best: AreaTable | None = None
    for row, col in islice(_area_headers(account), MOST_AREA_HEADERS):
        for top, bottom in _header_blocks(account, row, col):
            header = Header(account, top, _with_tail(account, bottom))
            for words in (entry for entry in words_of(catalog) if not entry.form.is_words):
                table = _match(header, words, col)
                if table and (best is None or table.score > best.score):
                    best = table
            if best and best.is_whole:
                break
    return best if best and len(best.slots) >= MIN_MATCHES else None


def _area_headers(account: Account) -> Iterator[tuple[int, int]]:
    for (row, col), cell in sorted(account.sheet.cells.items()):
        if cell.kind is CellKind.TEXT and len(text := packed(str(cell.value))) <= 20 and _heads_areas(text):
            yield row, col


def _heads_areas(text: str) -> bool:
    return text in AREA_HEADERS or _SLASHED.sub("", text) in AREA_HEADERS


def _header_blocks(account: Account, row: int, col: int) -> list[tuple[int, int]]:
    """Rows that may be the header around the cell that heads the areas, the likeliest first: its own, then more."""
    merged_to = next((m.bottom for m in account.sheet.merged if (m.top, m.left) == (row, col)), row)
    blocks = [
        (row - above, merged_to + below)
        for above in range(min(MAX_HEADER_ROWS, row + 1))
        for below in range(MAX_HEADER_ROWS)
    ]
    blocks += [(row, row)] if merged_to != row else []
    fitting = [block for block in blocks if block[1] - block[0] < MAX_HEADER_ROWS]
    return sorted(fitting, key=lambda block: (block != (row, merged_to), block[1] - block[0], -block[0]))


# ------------------------------------------------------------------ rows below the words


def _with_tail(account: Account, bottom: int) -> int:
    """The last row of the header once rows of units and of column numbers below it are counted in."""
    while is_unit_row(account, bottom + 1) or is_number_row(account, bottom + 1):
        bottom += 1
    return bottom


def is_unit_row(account: Account, row: int) -> bool:
    """A row of nothing but units of measure, one a column: 户 万元 万元."""
    texts = [packed(str(cell.value)) for cell in account.row(row)]
    first = texts[0] if texts else ""
    return len(texts) > 1 and all(map(_is_unit, texts[1:])) and (_is_unit(first) or first in _UNITS_OF)


def _is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(text))


def is_number_row(account: Account, row: int) -> bool:
    """A row such as 甲 乙 1 2 3, (1) (2) (3), ① ②, 栏次 1 2 or 甲 1 2 3=1+2."""
    texts = [packed(plain(cell.value)).removesuffix(".0") for cell in account.row(row)]
    texts = texts[1:] if texts and texts[0] in _NUMBERS_OF else texts
    if len(texts) < 2:
        return False
    bare = [text.strip("()") for text in texts]
    numbers = [int(found[1]) for text in texts if (found := _NUMBERED.fullmatch(text))]
    if len(numbers) + sum(text in _ORDINALS for text in bare) != len(texts):
        return False
    return bare[0] in _ORDINALS or numbers == list(range(1, len(numbers) + 1))


# ------------------------------------------------------------------ columns


def _match(header: Header, words: Words, area_col: int) -> AreaTable | None:
    slots: dict[int, Slot] = {}
    taken: dict[Meaning, int] = {}
    doubled: dict[int, int] = {}
    others: dict[str, list[int]] = {"unknown": [], "serial": [], "ratios": [], "sums": []}
    for col in header.columns:
        levels = header.levels(col)
        if col == area_col or not levels:
            continue
        slot = header.slot(words, col)
        if slot is None:
            others[_kind(levels)].append(col)
            continue
        first = taken.setdefault((slot.column.code, slot.institution), col)
        if first == col:
            slots[col] = slot
        else:
            doubled[col] = first
    if not slots:
        return None
    kinds = {kind: tuple(cols) for kind, cols in others.items()}
    below = sum(col in slots and not slots[col].column.is_text for col in header.words_below)
    return AreaTable(
        words, header.top, header.bottom, area_col, slots, **kinds, doubled=doubled, numbers=header.numbers, below=below
    )


def _kind(levels: Sequence[str]) -> str:
    last = packed(levels[-1])
    if last in SERIAL_HEADERS:
        return "serial"
    if TYPED_RATIO.search(last):
        return "ratios"
    return "sums" if packed(levels[0]) in TOTAL_ROWS else "unknown"


class Header:
    """The cells of a header block, column by column, merged ranges filled in."""

    def __init__(self, account: Account, top: int, bottom: int) -> None:
        self.account, self.top, self.bottom = account, top, bottom
        self.numbers = frozenset(row for row in range(top + 1, bottom + 1) if is_number_row(account, row))
        self.rows = [row for row in range(top, bottom + 1) if row not in self.numbers]
        self.columns = account.columns_from(top)
        self._groups = {
            (m.top, m.left): range(m.left, m.right + 1)
            for m in account.sheet.merged
            if m.right > m.left and top <= m.top <= bottom
        }
        self._levels: dict[int, list[str]] = {}

    def levels(self, col: int) -> list[str]:
        """The texts over a column from top to bottom, a repeated one once; a bare unit of measure in brackets."""
        if col not in self._levels:
            self._levels[col] = _distinct(self.account.text(row, col) for row in self.rows)
        return self._levels[col]

    def cells(self, col: int) -> list[Cell]:
        """The cells that head a column, its own and those merged over it, from top to bottom."""
        return list(dict.fromkeys(cell for row in self.rows if (cell := self.account.at(row, col))))

    def slot(self, words: Words, col: int) -> Slot | None:
        """What a column means; None where its words are unknown, or might mean two things."""
        if col in self._alone:
            return None
        paths = [self.levels(col), *([] if self._groups else [self._carried[col]])]
        found = {meaning: levels for levels in reversed(paths) if (meaning := words.meaning("/".join(levels)))}
        if not found:
            return _respelt(words, paths)
        if len(found) > 1:
            return None
        (((code, institution), levels),) = found.items()
        return Slot(words.form.by_code[code], institution, " ".join(levels))

    @cached_property
    def words_below(self) -> list[int]:
        """Columns right under the header in which there are Chinese words."""
        return [
            cell.col
            for cell in self.account.row(self.bottom + 1)
            if cell.kind is CellKind.TEXT and _CHINESE.search(str(cell.value)) and not is_figure(cell)
        ]

    @cached_property
    def _alone(self) -> set[int]:
        """Columns with nothing but the heading of a group in which other columns have words of their own."""
        known = set(self.columns)
        found: set[int] = set()
        for place, span in self._groups.items():
            lowest = {col: self.cells(col)[-1] for col in span if col in known}
            bare = {col for col, cell in lowest.items() if (cell.row, cell.col) == place}
            found |= bare if len(bare) < len(lowest) else set()
        return found

    @cached_property
    def _carried(self) -> dict[int, list[str]]:
        """The levels of each column as they would be had a group's heading not lost the cells it was merged over."""
        texts: dict[int, list[str]] = {col: [] for col in self.columns}
        for row in self.rows:
            left = ""
            for col in self.columns:
                own = self.account.text(row, col)
                left = own or left
                more = any(self.account.text(r, col) for r in self.rows if r > row)
                texts[col].append(left if more else own)
        return {col: _distinct(found) for col, found in texts.items()}


def _distinct(texts: Iterable[str]) -> list[str]:
    levels: list[str] = []
    for text in texts:
        if text and levels and _is_unit(packed(text)):
            text = f"({packed(text).strip('()')})"
        if text and (not levels or levels[-1] != text):
            levels.append(text)
    return levels


def _respelt(words: Words, paths: Sequence[Sequence[str]]) -> Slot | None:
    for levels in paths:
        path = packed("/".join(levels))
        meant = words.respelt(path)
        if meant != path and (slot := words.slot(meant, " ".join(levels))):
            return replace(slot, respelt=meant)
    return None
