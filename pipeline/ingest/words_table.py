"""Forms of words (Q01): items with their contents beside them, or below them where items stand across; and lists.

An item is known by its label alone, so a table needs no header; where it has one, the header says which column is
filled in. What cannot be told to belong to one item is left to the account, which makes it a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.catalog import Catalog, normalise_header
from pipeline.catalog.forms import Layout
from pipeline.ingest.account import Account
from pipeline.ingest.declared import MENTIONED
from pipeline.ingest.heading import PERIOD_LABELS, SILENT_LABELS, UNIT_LABELS, Around, Saying, packed, sayings
from pipeline.ingest.matching import Words, folded, words_of
from pipeline.ingest.observe import Slot
from pipeline.ingest.words_lists import ItemList, item_lists
from pipeline.model import Cell, CellKind, Merge
from pipeline.periods import Month

Place = tuple[int, int]

LONGEST_LABEL = 24
_LABELLED = tuple(f"{label}:" for label in (*UNIT_LABELS, *PERIOD_LABELS, *SILENT_LABELS))
_UNIT_HEADS = frozenset((*UNIT_LABELS, "单位", "机构", "银行", "金融机构"))
LONGEST_TITLE = 100
LONGEST_DEMAND = 40
"""Characters of what a form asks for beside an item."""
LONGEST_REMARK = 10
"""Characters of a remark that says nothing: 另附, 见附件2."""
_EARLIER = re.compile(r"上个?[月期季年]|去年|前期")
"""Words of a header about another month."""
_ASKS = re.compile(r"要求|填[报写表]|提示")
MOST_CELLS = 3_000
"""A form of words has about a hundred cells."""
SURE = 5
"""So many items make the form; fewer do where its title says so too."""
MIN_ITEMS = 2
_ORDINAL_BEHIND = re.compile(r"\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\)?$")
"""信贷产品1, 信贷产品（二）: the same item once more."""

_SAID_BEHIND = re.compile(r"\((?:必填|选填|续)\)$|方面(?:情况|措施|工作)?$")
"""What a form says of an item behind its name: 组织领导（必填）, 制度建设方面."""


@dataclass(frozen=True, slots=True)
class Item:
    """One label with the places of its contents, blank ones too; more than one where it spans several rows."""

    label: Place
    slot: Slot
    contents: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WordsTable:
    """A form of words found in a sheet."""

    words: Words
    layout: Layout
    items: tuple[Item, ...]
    lists: tuple[ItemList, ...]
    heads: frozenset[Place]
    """Header cells: 项目, 内容."""
    silent: frozenset[Place]
    """Columns that ask or explain, header and all."""
    strange: Mapping[Place, tuple[Place, ...]]
    """Header of a column that the form does not have → what stands in it beside items."""
    undecided: Mapping[Place, tuple[Place, ...]]
    """The first of several header cells of which none is known to be filled in → all that stands in and below them."""
    crowded: tuple[int, ...]
    """Rows of contents under items across, beyond the one that a unit fills in."""
    units: Mapping[Place, Place]
    """Beside items across: header 填报单位 → the name below it."""
    titles: tuple[int, ...]
    """Rows that bear the form's title."""

    @property
    def score(self) -> float:
        """How much of the sheet is understood."""
        return len({item.slot.column.code for item in self.items}) + len(self.lists)

    @property
    def rows(self) -> set[int]:
        """Rows with anything of the table in them."""
        own = {row for row, _ in self.heads}
        for item in self.items:
            own |= {item.label[0], *(row for row, _ in item.contents)}
        return own.union(*({listed.header, *listed.rows} for listed in self.lists))

    @property
    def first_item(self) -> int:
        """The row of the first item."""
        return min((item.label[0] for item in self.items), default=-1)

    @property
    def last_item(self) -> int:
        """The last row of the last item."""
        return max((row for item in self.items for row, _ in (item.label, *item.contents)), default=-1)

    def around(self, account: Account) -> Around:
        """What heads the table: all above it, and any later line that names a unit, a month or the form."""
        rows = self.rows
        top = min(rows, default=account.last_row + 1)
        outside = [row for row in sorted({row for row, _ in account.sheet.cells}) if row not in rows]
        labelled = {said.cell.row for said in sayings(account, outside) if said.label in UNIT_LABELS + PERIOD_LABELS}
        above = [row for row in outside if row < top or row in self.titles or row in labelled]
        above += [row for row in sorted(rows) if self.heads_in(account, row)]
        names = [cell for place in self.units.values() if (cell := account.sheet.cells.get(place))]
        return Around(account, above, (), tuple(Saying(cell, UNIT_LABELS[0], str(cell.value)) for cell in names))

    def heads_in(self, account: Account, row: int) -> list[Cell]:
        """What heads the form in the very row of an item: 报告期, 2018年3月 left of 联系人, 示例甲."""
        line = account.row(row)
        first = min((item.label[1] for item in self.items if item.label[0] == row), default=-1)
        if not line or row in {at for at, _ in self.units} or not is_labelled(line):
            return []
        return [cell for cell in line if cell.col < first]

    def in_month(self, month: Month, account: Account, catalog: Catalog, unit: str = "") -> WordsTable:
        """The same table, read by the form as it is in that month; nobody decides about headers of words."""
        words = self.words.in_month(month, catalog)
        return self if words is self.words else _match(account, words, self.layout)


def locate(account: Account, catalog: Catalog) -> WordsTable | None:
    """The best reading of this sheet as a form of words; None if it is not one."""
    best: WordsTable | None = None
    if len(account.sheet.cells) > MOST_CELLS:
        return None
    for words in words_of(catalog):
        for layout in catalog.layouts:
            if layout.form == words.form.code and layout.shape == "words":
                table = _match(account, words, layout)
                if _is_form(account, table) and (best is None or table.score > best.score):
                    best = table
    return best


def _is_form(account: Account, table: WordsTable) -> bool:
    items = len({item.slot.column.code for item in table.items})
    if items >= SURE or not table.titles:
        return items >= SURE
    letter = any(MENTIONED.search(str(cell.value)) for cell in account.sheet.cells.values())
    return items >= MIN_ITEMS or bool(table.lists) or letter


def _match(account: Account, words: Words, layout: Layout) -> WordsTable:
    labels = labels_in(account, words)
    lists = tuple(item_lists(account, words, frozenset(labels)))
    listed = {place for found in lists for place in found.places}
    found = _Match(account, layout, {place: slot for place, slot in labels.items() if place not in listed}, listed)
    items = sorted([*found.across(), *found.down()], key=lambda item: item.label)
    contents = {place for item in items for place in item.contents}
    words_of_title = [packed(word) for word in layout.title]
    titles = [
        place[0]
        for place, cell in sorted(account.sheet.cells.items())
        if cell.kind is CellKind.TEXT and place not in contents and len(str(cell.value)) <= LONGEST_TITLE
        if any(word in packed(str(cell.value)) for word in words_of_title)
    ]
    return WordsTable(
        words,
        layout,
        tuple(items),
        lists,
        frozenset(found.heads),
        frozenset(found.silent),
        {place: tuple(cells) for place, cells in found.strange.items()},
        {place: tuple(cells) for place, cells in found.undecided.items()},
        tuple(found.crowded),
        found.units,
        tuple(dict.fromkeys(titles)),
    )


def labels_in(account: Account, words: Words) -> dict[Place, Slot]:
    """Every cell that holds the label of an item and nothing else."""
    found = {place: slot for place, cell in account.sheet.cells.items() if (slot := _label(cell, words)) is not None}
    labels = dict(sorted(found.items()))
    return {place: slot for place, slot in labels.items() if _is_own(place, labels, account)}


def _is_own(place: Place, labels: Mapping[Place, Slot], account: Account) -> bool:
    """联系电话 is of 联系人 where it stands right behind it or right below; elsewhere it is a line of signatures."""
    column = labels[place].column
    if not column.personal or column.label in folded(labels[place].header):
        return True
    before = [at for at in labels if at < place and labels[at].column == column and at[0] >= place[0] - 1]
    return any(at[0] == place[0] or at[1] == place[1] for at in before)


def _label(cell: Cell, words: Words) -> Slot | None:
    text = str(cell.value)
    if cell.kind is not CellKind.TEXT or len(text) > LONGEST_LABEL or text.isascii():
        return None
    key = folded(text)
    shorter = (key, _ORDINAL_BEHIND.sub("", key), _SAID_BEHIND.sub("", key))
    meanings = next((found for word in shorter if (found := words.rows.get(word))), ())
    return Slot(words.form.by_code[meanings[0][0]], meanings[0][1], text) if meanings else None


@dataclass(frozen=True, slots=True)
class _Header:
    """A header row beside one column of labels; `contents` is None where it names no column that is filled in.

    Then it is not known which of the strange columns is.
    """

    place: Place
    contents: int | None
    silent: frozenset[int]
    strange: frozenset[int]


_NO_HEADER = _Header((-1, -1), None, frozenset(), frozenset())


class _Match:
    """Puts labels and contents together."""

    def __init__(self, account: Account, layout: Layout, labels: Mapping[Place, Slot], listed: set[Place]) -> None:
        self.heads: set[Place] = set()
        self.silent: set[Place] = set()
        self.strange: dict[Place, list[Place]] = {}
        self.undecided: dict[Place, list[Place]] = {}
        self.crowded: list[int] = []
        self.units: dict[Place, Place] = {}
        self._account = account
        self._labels = labels
        self._listed = listed
        self._spans = {(merge.top, merge.left): merge for merge in account.sheet.merged}
        self._label_heads = {normalise_header(word) for word in layout.label_columns}
        self._value_heads = {normalise_header(word) for words in layout.value_columns.values() for word in words}
        self._silent_heads = {normalise_header(word) for word in layout.silent_columns}
        self._across = set(self._side_by_side())
        self._headers: dict[int, list[_Header]] = {}
        for cell in sorted(account.sheet.cells.values(), key=lambda cell: (cell.row, cell.col)):
            if head_of(cell) in self._label_heads:
                for col in range(cell.col, self._span((cell.row, cell.col)).right + 1):
                    self._headers.setdefault(col, []).append(self._read_header(cell))

    def _span(self, place: Place) -> Merge:
        return self._spans.get(place) or Merge(*place, *place)

    def _side_by_side(self) -> Iterator[Place]:
        """Labels that touch another one beside them: their contents can only stand below."""
        for left, right in pairwise(sorted(self._labels)):
            if left[0] == right[0] and self._span(left).right + 1 == right[1]:
                yield from (left, right)

    def _read_header(self, label_head: Cell) -> _Header:
        """What the header cells right of 项目 say, up to the next 项目."""
        column: int | None = None
        silent: set[int] = set()
        strange: set[int] = set()
        for cell in self._account.row(label_head.row):
            head = head_of(cell)
            if cell.col < label_head.col and head in self._silent_heads:
                silent.add(cell.col)
            if cell.col <= label_head.col:
                continue
            if head in self._label_heads:
                break
            if head in self._value_heads and column is None:
                column = cell.col
            else:
                is_silent = head in self._silent_heads and self._is_silent(cell, head)
                (silent if is_silent else strange).add(cell.col)
        if (
            column is None
            and len(strange) == 1
            and not _EARLIER.search(self._account.text(label_head.row, min(strange)))
        ):
            column = strange.pop()
        if column is None and not strange:
            return _NO_HEADER
        return _Header((label_head.row, label_head.col), column, frozenset(silent), frozenset(strange))

    def _is_silent(self, head: Cell, word: str) -> bool:
        """Whether a column that asks or remarks holds nothing of a unit's own.

        It is short, or, where it asks, the same beside every item.
        """
        spans = [span for place in self._labels if (span := self._span(place)).top > head.row]
        rows = {row for span in spans for row in range(span.top, span.bottom + 1)}
        beside = [self._account.text(row, head.col) for row in rows]
        if any(map(MENTIONED.search, beside)):
            return False
        asks = bool(_ASKS.search(word))
        longest = max((len(packed(text)) for text in beside), default=0)
        return longest <= (LONGEST_DEMAND if asks else LONGEST_REMARK) or (asks and len(set(beside)) == 1)

    # -------------------------------------------------------------- items across

    def across(self) -> Iterator[Item]:
        """Items in a header row, their contents in the one row below."""
        for place in sorted(self._across):
            row = self._span(place).bottom + 1
            shown = self._account.at(row, place[1])
            below = (row, shown.col) if shown and shown.row == row else (row, place[1])
            yield Item(place, self._labels[place], () if below in self._labels else (below,))
        for row in sorted({row for row, _ in self._across}):
            self.crowded += self._further_rows([place for place in self._across if place[0] == row])
            heads = (cell for cell in self._account.row(row) if head_of(cell) in _UNIT_HEADS)
            self.units.update({(row, cell.col): (self._span((row, cell.col)).bottom + 1, cell.col) for cell in heads})

    def _further_rows(self, places: Sequence[Place]) -> Iterator[int]:
        row = max(self._span(place).bottom for place in places) + 2
        while sum((row, col) in self._account.sheet.cells for _, col in places) >= MIN_ITEMS:
            if any((row, col) in self._labels for _, col in places):
                return
            yield row
            row += 1

    # -------------------------------------------------------------- items down

    def down(self) -> Iterator[Item]:
        """Items with their contents to the right, in every row that the label spans.

        A column of labels counts where a header, or a content beside one of them, shows that it is one.
        """
        found = [self._beside(place) for place in sorted(self._labels) if place not in self._across]
        columns = {item.label[1] for item, is_sure in found if is_sure}
        yield from (item for item, _ in found if item.label[1] in columns)

    def _beside(self, place: Place) -> tuple[Item, bool]:
        span = self._span(place)
        above = [header for header in self._headers.get(place[1], ()) if header.place[0] < place[0]]
        header = above[-1] if above else _NO_HEADER
        is_undecided = header.contents is None and bool(header.strange)
        is_sure = header.contents is not None or is_undecided
        contents: list[Place] = []
        for row in range(span.top, span.bottom + 1) if not is_undecided else ():
            content, is_there = self._content(row, span.right, header)
            is_sure |= is_there
            contents += [content] if content not in contents and content not in self._listed else []
        if is_sure:
            self._pass_over(header, span)
        return Item(place, self._labels[place], tuple(contents)), is_sure

    def _content(self, row: int, label_ends: int, header: _Header) -> tuple[Place, bool]:
        """Where a row's content stands: in its column, else in the only cell beside the label; and whether it does."""
        shown = self._account.at(row, header.contents) if header.contents is not None else None
        if shown is not None and not {(shown.row, shown.col)} & (self._labels.keys() | self._listed):
            return (shown.row, shown.col), True
        end = min((col for at, col in self._labels if at == row and col > label_ends), default=None)
        beside = [
            (row, cell.col)
            for cell in self._account.row(row)
            if label_ends < cell.col and (end is None or cell.col < end)
            and cell.col not in header.silent | header.strange and (row, cell.col) not in self._listed
        ]  # fmt: skip
        if len(beside) == 1:
            return beside[0], True
        blank = (row, label_ends + 1 if header.contents is None else header.contents)
        return blank, blank in self._account.sheet.places

    def _pass_over(self, header: _Header, span: Merge) -> None:
        """Remember the header's cells, and what stands in its other columns beside this label."""
        row, col = header.place
        if header is _NO_HEADER:
            return
        self.heads |= {(row, col)} | ({(row, header.contents)} if header.contents is not None else set())
        self.silent |= {(row, col) for col in header.silent}
        beside = [(at, col) for at in range(span.top, span.bottom + 1) for col in header.silent | header.strange]
        for place in (place for place in beside if place in self._account.sheet.cells):
            if place[1] in header.silent:
                self.silent.add(place)
            elif header.contents is None:
                whole = self.undecided.setdefault((row, min(header.strange)), [(row, at) for at in header.strange])
                whole.append(place)
            else:
                self.strange.setdefault((row, place[1]), []).append(place)


def is_labelled(line: Sequence[Cell]) -> bool:
    """Whether a line begins like 填报单位：… or 报告期：…, in one cell or in two."""
    return f"{packed(str(line[0].value)).rstrip(':')}:".startswith(_LABELLED)


def head_of(cell: Cell) -> str:
    """A header or label as it is compared; empty for what is too long to be one."""
    is_short = cell.kind is CellKind.TEXT and len(str(cell.value)) <= LONGEST_LABEL
    return folded(str(cell.value)) if is_short else ""
