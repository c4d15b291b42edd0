"""Where the header of a table of areas stands, and what each of its columns means: whole paths, never a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from pipeline.catalog import Catalog, Meaning
from pipeline.ingest.account import Account
from pipeline.ingest.area_labels import AreaLabels, area_labels, as_label
from pipeline.ingest.area_words import heads_areas, kind_of, takes_numbers
from pipeline.ingest.header_cells import Header, counts_rows
from pipeline.ingest.header_lines import is_number_row, is_unit_row, with_tail
from pipeline.ingest.header_meaning import Foreign, foreign_to, odd_unit, other_time, slot_of, year_so_far
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.matching import Words, words_of
from pipeline.ingest.observe import Slot
from pipeline.model import Cell, CellKind
from pipeline.periods import Month

__all__ = ["AreaTable", "Header", "is_number_row", "is_unit_row", "locate"]

MIN_MATCHES = 2
MIN_AREAS = 3
"""A column without a heading that is known holds the areas if so many of them stand in it."""
MAX_HEADER_ROWS = 5
LOOKED_AT = 6
"""Columns of which one at least is known but for its heading, in a table that is all of another time or kind."""
MOST_AREA_HEADERS = 20
"""A sheet that heads more columns so is no statement; each one costs a look at all columns."""


@dataclass(frozen=True, slots=True)
class OddUnit:
    """A column whose heading states a unit that is none of its indicator's: it is not read."""

    slot: Slot
    cell: Cell
    unit: str


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table found: where its header stands and what each column means."""

    words: Words
    header: Header
    slots: dict[int, Slot]
    unknown: tuple[int, ...]
    serial: tuple[int, ...]
    codes: tuple[int, ...]
    ratios: tuple[int, ...]
    sums: tuple[int, ...]
    """Columns in which the sender adds up over institutions."""
    said: tuple[int, ...]
    """Columns that say of every row what a caption says of the table."""
    remarks: tuple[int, ...]
    """Columns of remarks, and of who answers for a row."""
    doubled: Mapping[int, int] = field(default_factory=dict)
    """Columns that say the same as an earlier one → that one."""
    odd_units: Mapping[int, OddUnit] = field(default_factory=dict)
    foreign: Mapping[int, Foreign] = field(default_factory=dict)
    """Those of the unknown columns that would be known but for a heading over them: 上年同期."""
    other_times: Mapping[int, Cell] = field(default_factory=dict)
    """Columns of another time beside the form's own → the heading that says so; they are passed over."""
    understood: frozenset[Cell] = frozenset()
    """The cells of the header that stand over columns of figures that are known; a remark is one under any heading."""
    month: Month | None = None
    """The month by which headings that say a time were understood; None while it is not known."""

    @property
    def top(self) -> int:
        """The first row of the header; above it the sheet speaks of the table."""
        return self.header.top

    @property
    def bottom(self) -> int:
        """The last row of the header, rows of units and of column numbers below the words included."""
        return self.header.bottom

    @property
    def area_col(self) -> int:
        """Where the areas stand."""
        return self.header.area_col

    @property
    def meanings(self) -> frozenset[Meaning]:
        """The indicators that stand in it."""
        return frozenset((slot.column.code, slot.institution) for slot in self.slots.values())

    @property
    def owed(self) -> dict[int, Slot]:
        """Every column from which an indicator is owed, first those that are read; each indicator once."""
        found = dict(self.slots)
        taken = set(self.meanings)
        unread = {col: odd.slot for col, odd in self.odd_units.items()}
        unread |= {col: foreign.slot for col, foreign in self.foreign.items()}
        for col, slot in unread.items():
            meaning = (slot.column.code, slot.institution)
            if meaning not in taken:
                taken.add(meaning)
                found[col] = slot
        return found

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return len(self.slots) + len(self.odd_units)

    @property
    def below(self) -> int:
        """How many cells right below the header look as if they were of it too."""
        texts = {col for col, slot in self.slots.items() if slot.column.is_text}
        headed = (col for col in self.header.words_below if col != self.area_col and col not in texts)
        return sum(bool(self.header.levels(col)) for col in headed)

    @property
    def score(self) -> float:
        """Share of the columns that are understood, by number of columns: more is surer."""
        # What a column under another block's heading is, is understood: none of this table's figures.
        foreign = len(self.foreign)
        return self.known + 0.5 * (2 * foreign - len(self.unknown) - len(self.doubled) - self.below)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the header is left to be understood."""
        return self.known >= MIN_MATCHES and not (self.unknown or self.doubled or self.below)

    def in_month(self, month: Month, account: Account, catalog: Catalog, unit: str = "") -> AreaTable:
        """The same table, read by the form as it is in that month, and as people have decided about this unit."""
        words = self.words.in_month(month, catalog, unit)
        header = self.header if self.header.account is account else self.header.on(account)
        if words is self.words and header is self.header and not header.names_time:
            return replace(self, month=month)
        return _match(header, words, month) or replace(self, slots={}, odd_units={})


def locate(account: Account, catalog: Catalog) -> AreaTable | None:
    """The best reading of this sheet as a table of areas, over all forms; None if none is near."""
    labels = area_labels(catalog)
    best: AreaTable | None = None
    for row, col in islice(_area_headers(account), MOST_AREA_HEADERS):
        for bottom in _bottoms(account, row, col):
            best = _better(best, account, catalog, (row, bottom, col))
            if best and best.is_whole:
                break
    if best is None or not any(_areas_in(account, best.area_col, labels)):
        for row, col in _columns_of_areas(account, labels):
            best = _better(best, account, catalog, (row, row, col))
    return best if best and best.known + len(best.foreign) >= MIN_MATCHES else None


def _better(
    best: AreaTable | None, account: Account, catalog: Catalog, place: tuple[int, int, int]
) -> AreaTable | None:
    """The table whose header stands in these rows and whose areas in this column, if it is understood better."""
    row, bottom, col = place
    headers: dict[bool, Header] = {}
    for words in (entry for entry in words_of(catalog) if not entry.form.is_words):
        of_units = words.form.is_by_institution
        if of_units not in headers:
            headers[of_units] = Header(account, row, with_tail(account, bottom), col, of_units=of_units)
        table = _match(headers[of_units], words, None)
        if table and (best is None or _is_better(table, best, account, area_labels(catalog))):
            best = table
    return best


def _is_better(table: AreaTable, best: AreaTable, account: Account, labels: AreaLabels) -> bool:
    """Whether more is understood; of two alike the one is better in which areas stand where they are headed."""
    if table.score != best.score or table.area_col == best.area_col:
        return table.score > best.score
    return any(_areas_in(account, table.area_col, labels)) > any(_areas_in(account, best.area_col, labels))


def _area_headers(account: Account) -> Iterator[tuple[int, int]]:
    for (row, col), cell in sorted(account.sheet.cells.items()):
        if cell.kind is CellKind.TEXT and len(text := packed(str(cell.value))) <= 20 and heads_areas(text):
            yield row, col


def _bottoms(account: Account, row: int, col: int) -> list[int]:
    """Rows in which a header may end, the likeliest first: that of the cell that heads the areas, then lower ones."""
    merged_to = next((m.bottom for m in account.sheet.merged if (m.top, m.left) == (row, col)), row)
    last = max(merged_to, row + MAX_HEADER_ROWS - 1)
    return [*range(merged_to, last + 1), *([row] if merged_to != row else [])]


def _columns_of_areas(account: Account, labels: AreaLabels) -> Iterator[tuple[int, int]]:
    """Columns in which areas stand whatever their heading says, with the row of words right above the first."""
    for col in account.columns_from(0):
        areas = list(_areas_in(account, col, labels))
        if len(areas) < MIN_AREAS:
            continue
        above = (row for row in reversed(account.rows) if row < areas[0])
        row = next((row for row in above if not _is_of_the_body(account, row, col, labels)), None)
        if row is not None:
            yield row, col


def _areas_in(account: Account, col: int, labels: AreaLabels) -> Iterator[int]:
    return (cell.row for cell in account.column(col) if labels.named(as_label(str(cell.value))))


def _is_of_the_body(account: Account, row: int, col: int, labels: AreaLabels) -> bool:
    """Whether a row above the first area is no header: a total, units, numbers of columns, figures."""
    if labels.is_total(as_label(account.text(row, col))) or is_unit_row(account, row):
        return True
    return is_number_row(account, row) or any(map(is_figure, account.row(row)))


# ------------------------------------------------------------------ columns


def _match(header: Header, words: Words, month: Month | None) -> AreaTable | None:
    slots: dict[int, Slot] = {}
    odd: dict[int, OddUnit] = {}
    taken: dict[Meaning, int] = {}
    doubled: dict[int, int] = {}
    others: dict[str, list[int]] = {"unknown": [], "serial": [], "codes": [], "ratios": [], "sums": []}
    others |= {"said": [], "remarks": []}
    for col in header.columns:
        if col == header.area_col:
            continue
        if not header.levels(col):
            others["serial"] += [col] if counts_rows(header, col) else []
            continue
        slot = slot_of(header, words, col, month)
        if slot is None:
            kind = kind_of(header.path(col), words)
            others["unknown" if kind == "remarks" and _is_of_figures(header, col) else kind].append(col)
            continue
        if stated := odd_unit(header, slot, col):
            odd[col] = OddUnit(slot, *stated)
            continue
        first = taken.setdefault((slot.column.code, slot.institution), col)
        if first == col:
            slots[col] = slot
        else:
            doubled[col] = first
    for col, slot in _years_so_far(header, words, others["unknown"], month, taken).items():
        slots[col] = slot
        others["unknown"].remove(col)
    known = [col for col in (*slots, *odd, *doubled) if col not in slots or not slots[col].column.is_text]
    understood = frozenset(cell for col in known for cell in header.over_column(col))
    foreign = _foreign(header, words, others["unknown"], month, understood)
    if not (slots or odd or foreign):
        return None
    other_times = {col: cell for col in others["unknown"] if (cell := other_time(header, words, col, month, taken))}
    others["unknown"] = [col for col in others["unknown"] if col not in other_times]
    kinds = {kind: tuple(cols) for kind, cols in others.items()}
    return AreaTable(
        words,
        header,
        slots,
        **kinds,
        doubled=doubled,
        odd_units=odd,
        foreign=foreign,
        other_times=other_times,
        understood=understood,
        month=month,
    )


def _is_of_figures(header: Header, col: int) -> bool:
    """Whether a column that is headed like one of remarks holds figures, not one stray figure alone."""
    cells = (cell for cell in header.account.column(col) if cell.row > header.bottom)
    return not takes_numbers(header.path(col)) and sum(map(is_figure, cells)) > 1


def _years_so_far(
    header: Header, words: Words, cols: list[int], month: Month | None, known: Collection[Meaning]
) -> dict[int, Slot]:
    """The unknown columns that can only be this year's sums; of two that would be the same none is."""
    found = {col: slot for col in cols if (slot := year_so_far(header, words, col, month, known))}
    said = [(slot.column.code, slot.institution) for slot in found.values()]
    return {col: slot for col, slot in found.items() if said.count((slot.column.code, slot.institution)) == 1}


def _foreign(
    header: Header, words: Words, cols: list[int], month: Month | None, understood: Collection[Cell]
) -> dict[int, Foreign]:
    """The unknown columns that one heading makes foreign; a form that has none of the first few is another one."""
    found: dict[int, Foreign] = {}
    for number, col in enumerate(cols):
        if not (understood or found) and number >= LOOKED_AT:
            break
        if one := foreign_to(header, words, col, month, understood):
            found[col] = one
    return found
