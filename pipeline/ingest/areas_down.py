"""Tables whose rows are areas and whose header paths are indicators (M01 of ABC and PSBC, T01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import FEW_FIGURES, TOTAL_ROWS, is_figure, is_footer, packed, plain
from pipeline.ingest.matching import Words, words_of
from pipeline.ingest.observe import TOTAL_AREA, Observer, Slot
from pipeline.model import CellKind
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

SERIAL_HEADERS = frozenset({"序号", "编号", "No", "NO"})

_OF_WHICH = re.compile(r"^(其中[:：]?|#|-|—)+")
_INCLUDING = re.compile(r"\(含[^)]*\)$")

MIN_MATCHES = 2
MAX_HEADER_ROWS = 5
_ORDINALS = frozenset("甲乙丙丁")


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table found: where its header stands and what each column means."""

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

    @property
    def score(self) -> float:
        """Share of the columns that are understood, by number of columns: more is surer."""
        return len(self.slots) - 0.5 * len(self.unknown)

    def in_month(self, month: Month, account: Account, catalog: Catalog) -> AreaTable:
        """The same table, read by the form as it is in that month."""
        words = self.words.in_month(month, catalog)
        if words is self.words:
            return self
        return _match(account, words, self.top, self.bottom, self.area_col) or replace(self, slots={})


def locate(account: Account, catalog: Catalog) -> AreaTable | None:
    """The best reading of this sheet as a table of areas, over all forms; None if none is near."""
    best: AreaTable | None = None
    for row, col in _area_headers(account):
        for top, bottom in _header_blocks(account, row, col):
            for words in (entry for entry in words_of(catalog) if not entry.form.is_words):
                table = _match(account, words, top, bottom, col)
                if table and (best is None or table.score > best.score):
                    best = table
    return best if best and len(best.slots) >= MIN_MATCHES else None


def _area_headers(account: Account) -> Iterator[tuple[int, int]]:
    for (row, col), cell in sorted(account.sheet.cells.items()):
        if cell.kind is CellKind.TEXT and packed(str(cell.value)) in AREA_HEADERS:
            yield row, col


def _header_blocks(account: Account, row: int, col: int) -> list[tuple[int, int]]:
    merged_to = next((m.bottom for m in account.sheet.merged if (m.top, m.left) == (row, col)), row)
    blocks = [(row, merged_to)]
    blocks += [(row, row + more) for more in range(1, 3) if row + more != merged_to]
    blocks += [(row - more, merged_to) for more in range(1, 3) if row - more >= 0]
    return [block for block in blocks if block[1] - block[0] < MAX_HEADER_ROWS]


def _match(account: Account, words: Words, top: int, bottom: int, area_col: int) -> AreaTable | None:
    slots: dict[int, Slot] = {}
    unknown: list[int] = []
    serial: list[int] = []
    ratios: list[int] = []
    sums: list[int] = []
    for col in sorted({c for r, c in account.sheet.cells if r >= top}):
        if col == area_col:
            continue
        levels = _levels(account, top, bottom, col)
        if not levels:
            continue
        slot = words.slot("/".join(levels), " ".join(levels))
        if slot:
            slots[col] = slot
        elif levels[-1] in SERIAL_HEADERS:
            serial.append(col)
        elif TYPED_RATIO.search(levels[-1]):
            ratios.append(col)
        elif packed(levels[0]) in TOTAL_ROWS:
            sums.append(col)
        else:
            unknown.append(col)
    if not slots:
        return None
    return AreaTable(words, top, bottom, area_col, slots, tuple(unknown), tuple(serial), tuple(ratios), tuple(sums))


def _levels(account: Account, top: int, bottom: int, col: int) -> list[str]:
    levels: list[str] = []
    for row in range(top, bottom + 1):
        text = account.text(row, col)
        if text and (not levels or levels[-1] != text):
            levels.append(text)
    return levels


# ------------------------------------------------------------------ reading


def read(table: AreaTable, observer: Observer, catalog: Catalog, institution: str) -> int:
    """Read every row below the header; return the index of the last row that belongs to the table."""
    account = observer.account
    _mark_header(table, account, observer)
    areas = _area_names(catalog)
    last = table.bottom
    for row in range(table.bottom + 1, account.last_row + 1):
        if not account.row(row) or _is_column_numbers(account, row, last == table.bottom):
            continue
        area = _area_of(account, table, row, areas)
        if area is None:
            continue
        last = row
        for col, slot in table.slots.items():
            observer.observe(row, col, slot, area, institution)
        label = account.sheet.cells.get((row, table.area_col))
        account.mark([label] if label else [], Role.HEADER)
        account.mark((c for c in account.row(row) if c.col in table.serial), Role.SERIAL)
        account.mark((c for c in account.row(row) if c.col in table.ratios), Role.TYPED_RATIO)
        account.mark((c for c in account.row(row) if c.col in table.sums), Role.TYPED_SUM)
    return last


def _mark_header(table: AreaTable, account: Account, observer: Observer) -> None:
    for row in range(table.top, table.bottom + 1):
        account.mark((c for c in account.row(row) if c.col not in table.unknown), Role.HEADER)
    for col in table.unknown:
        header = [account.sheet.cells[p] for p in sorted(account.sheet.cells) if p[1] == col and p[0] >= table.top]
        levels = _levels(account, table.top, table.bottom, col)
        account.mark(header, Role.FAULT)
        observer.faults.add(
            "F06",
            f"这一列的表头“{'/'.join(levels)}”不是本表的指标，整列没有读入。请改用规定的表头，或删去这一列后重新报送。",
            sheet=account.sheet.name,
            cell=header[0].address if header else "",
            value="/".join(levels),
        )


def _is_column_numbers(account: Account, row: int, directly_below: bool) -> bool:
    """A row such as 甲 乙 1 2 3 right under the header."""
    cells = account.row(row)
    texts = [plain(cell.value).removesuffix(".0") for cell in cells]
    numbers = [int(text) for text in texts if text.isdecimal()]
    if not directly_below or len(numbers) + sum(text in _ORDINALS for text in texts) != len(texts):
        return False
    if not (texts[0] in _ORDINALS or numbers == list(range(1, len(numbers) + 1))):
        return False
    account.mark(cells, Role.COLUMN_NUMBER)
    return True


def _area_of(account: Account, table: AreaTable, row: int, areas: dict[str, str]) -> str | None:
    """The area that this row is about; TOTAL_AREA; `unknown:…` for figures under an unknown label; None for no row."""
    label = packed(account.text(row, table.area_col)).rstrip(":")
    if not label and table.serial:
        label = next((t for c in table.serial if (t := packed(account.text(row, c))) in TOTAL_ROWS), "")
    if label in TOTAL_ROWS:
        return TOTAL_AREA
    name = _INCLUDING.sub("", _OF_WHICH.sub("", label)).removesuffix("支行")
    if name in areas:
        return areas[name]
    figures = [cell for cell in account.row(row) if cell.col in table.slots and is_figure(cell)]
    if is_footer(account.row(row)) or not figures:
        return None
    if label or len(figures) >= FEW_FIGURES:
        return f"unknown:{label or f'第{row + 1}行'}"
    return None


def _area_names(catalog: Catalog) -> dict[str, str]:
    return {plain(name): area.id for area in catalog.areas.entries for name in area.all_names}
