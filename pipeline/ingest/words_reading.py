"""A form of words becomes observations: a cell or an entry's field; 「与上月相同」 where the unit says so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest import limits
from pipeline.ingest.account import Role
from pipeline.ingest.declared import MENTIONED, as_declared, is_unclear, says, says_in_row
from pipeline.ingest.heading import packed
from pipeline.ingest.matching import folded
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.quantities import Reading
from pipeline.ingest.values import as_lines, read_text
from pipeline.ingest.words_lists import (
    LONGEST_REMARK,
    REMARK_HEADERS,
    SERIAL_HEADERS,
    TOTAL_NAMES,
    InnerList,
    ItemList,
    inner_list,
)
from pipeline.ingest.words_table import Item, Place, WordsTable
from pipeline.model import AS_LAST_MONTH, Cell, CellKind, Symbol
from pipeline.periods import Month

ORDINAL = re.compile(r"[(（]?(?:[甲乙丙丁戊]|\d{1,2}(?:\.0)?|[一二三四五六七八九十]{1,3})[)）]?[.、]?")
_HEADER_UNIT = re.compile(r"[(（](万元|元|[%\uff05]|‰|厘|个月|月|年)[)）]\s*$")
_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\s*[-—~\uff5e至到]\s*\d+(?:\.\d+)?)?")
_A_FORM_TWICE = 5
"""So many items twice are two forms."""
_TWO_FORMS = "有两张措施表，无法确定以哪张为准。请只保留一张后重新报送。"
_BLANK = Reading(None, symbol=Symbol.MISSING)


def read(table: WordsTable, observer: Observer, institution: str, month: Month | None) -> None:
    """Read all items and lists of the table; whatever does not belong to one of them is left to the account."""
    reading = _Reading(table, observer, institution, month)
    reading.header()
    blocks: list[Item | ItemList] = [*table.items, *table.lists]
    for block in sorted(blocks, key=_place):
        if isinstance(block, ItemList):
            reading.entries(block)
        else:
            reading.item(block)
    reading.blanks(reading.declaration())
    reading.contradictions()


def _place(block: Item | ItemList) -> Place:
    return (block.header, 0) if isinstance(block, ItemList) else block.label


class _Reading:
    def __init__(self, table: WordsTable, observer: Observer, institution: str, month: Month | None) -> None:
        self._table = table
        self._observer = observer
        self._account = observer.account
        self._cells = observer.account.sheet.cells
        self._institution = institution
        self._month = month
        self._entries = 0
        self._said: dict[str, int] = {}
        """Indicator → how many characters were written; 0 for a sign, or for what could not be read."""
        self._characters = 0
        """Of all items and entries together."""
        self._gaps = False
        self._written: set[tuple[str, str]] = set()
        owners: dict[Place, set[str]] = {}
        for item in table.items:
            for place in item.contents:
                owners.setdefault(place, set()).add(item.slot.column.code)
        self._shared = {place for place, codes in owners.items() if len(codes) > 1}

    def _fault(self, rule: str, message: str, cell: Cell | None = None) -> None:
        self._fault_at(rule, message, cell.address if cell else "")

    def _fault_at(self, rule: str, message: str, place: str) -> None:
        self._observer.faults.add(rule, message, sheet=self._account.sheet.name, cell=place)

    # -------------------------------------------------------------- header and items

    def header(self) -> None:
        """The roles of header rows; a column that the form does not have is one finding."""
        table, account = self._table, self._account
        account.mark((self._cells[place] for place in table.heads), Role.HEADER)
        account.mark((self._cells[place] for place in table.silent), Role.INSTRUCTIONS)
        for place, beside in table.strange.items():
            account.mark((self._cells[at] for at in (place, *beside)), Role.FAULT)
            self._fault(
                "F06",
                "这一栏不是措施表的栏目，整栏没有读入。请把要报的文字写进“内容”栏，删去这一栏后重新报送。",
                self._cells[place],
            )
        for place, beside in table.undecided.items():
            account.mark((self._cells[at] for at in (place, *beside)), Role.FAULT)
            self._fault(
                "F06",
                "看不出哪一栏是本月要报的内容，各栏都没有读入。请只留“项目”和“内容”两栏，把本月的文字写进“内容”栏后重新报送。",
                self._cells[place],
            )
        for row in {row for row, _ in table.heads}:
            account.mark(account.row(row), Role.HEADER)
            if all(_is_ordinal(cell) for cell in account.row(row + 1)):
                account.mark(account.row(row + 1), Role.COLUMN_NUMBER)
        for place in (place for pair in table.units.items() for place in pair if place in self._cells):
            account.mark([self._cells[place]], Role.HEADER)

    def item(self, item: Item) -> None:
        """A label and its contents, and the numbers left of them."""
        row, col = item.label
        self._account.mark([self._cells[item.label]], Role.HEADER)
        for at in {row, *(below for below, _ in item.contents)}:
            left = [cell for cell in self._account.row(at) if cell.col < col]
            self._account.mark((cell for cell in left if _is_ordinal(cell)), Role.SERIAL)
            self._account.mark((cell for cell in left if packed(str(cell.value)) in SERIAL_HEADERS), Role.HEADER)
        written = (item.slot.column.code, self._text_of(item))
        if written[1] and written in self._written:  # the same words once more add nothing
            self._account.mark((self._cells[place] for place in item.contents if place in self._cells), Role.USED)
            return
        self._written.add(written)
        for cell in (self._cells[place] for place in item.contents if place in self._cells):
            if (cell.row, cell.col) in self._shared and not says(str(cell.value), self._month):
                self._whose_is_it(cell, item.slot)
            elif inner := inner_list(str(cell.value), self._table.words):
                self._inner(cell, item.slot, inner)
            else:
                self._words(cell, item.slot)

    def _words(self, cell: Cell, slot: Slot) -> None:
        length = self._said.get(slot.column.code, 0) + len(str(cell.value))
        reading = _too_long(length) or as_declared(read_text(cell), self._month)
        if reading.symbol is Symbol.MISSING:
            self._account.mark([cell], Role.USED)
            return
        self._said[slot.column.code] = length
        self._keep(cell, slot, reading)

    def _keep(self, cell: Cell, slot: Slot, reading: Reading, item: int = 0) -> None:
        reading = _too_long(len(reading.text)) or reading
        self._characters += len(reading.text)
        if reading.problem:
            self._observer.refuse(cell, slot, "", self._institution, item, reading.problem)
            return
        self._account.mark([cell], Role.USED)
        self._observer.keep(slot, "", self._institution, item, cell.address, reading, str(cell.value))

    def _whose_is_it(self, cell: Cell, slot: Slot) -> None:
        """A cell merged over several items."""
        self._said.setdefault(slot.column.code, 0)
        if (cell.row, cell.col) in self._account.roles:
            return
        self._account.mark([cell], Role.FAULT)
        self._fault("F06", "合并的单元格跨了几个项目，看不出内容属于哪一项。请取消合并，各项分开填写后重新报送。", cell)

    # -------------------------------------------------------------- lists

    def entries(self, listed: ItemList) -> None:
        """A list: each row one entry, counted through all lists of the form."""
        account = self._account
        header = account.row(listed.header)
        account.mark((c for c in header if c.col in listed.columns or c.col in listed.serial), Role.HEADER)
        for col in listed.strange:
            beside = [self._cells[row, col] for row in listed.rows if (row, col) in self._cells]
            head = self._cells[listed.header, col]
            if folded(str(head.value)) in REMARK_HEADERS and all(_is_remark(cell) for cell in beside):
                account.mark([head, *beside], Role.INSTRUCTIONS)
                continue
            account.mark([head, *beside], Role.FAULT if beside else Role.HEADER)
            if beside:
                self._fault(
                    "F06",
                    "这一栏不是信贷产品清单的栏目，整栏没有读入。请并入规定的栏目，或删去这一栏后重新报送。",
                    self._cells[listed.header, col],
                )
        for row in listed.rows:
            line = account.row(row)
            if any(packed(str(cell.value)) in TOTAL_NAMES for cell in line[:2]):
                account.mark(line, Role.FAULT)
                self._fault(
                    "F06", "信贷产品清单一行填一个产品，不设合计行，这一行没有读入。请删去后重新报送。", line[0]
                )
                continue
            self._entry(listed, row)

    def _entry(self, listed: ItemList, row: int) -> None:
        self._entries += 1
        line = self._account.row(row)
        first = min(listed.columns)
        self._account.mark((cell for cell in line if cell.col < first and _is_ordinal(cell)), Role.SERIAL)
        if len(line) == 1 and says(str(line[0].value), self._month):
            self._keep(line[0], listed.columns[first], as_declared(read_text(line[0]), self._month), self._entries)
            return
        for col, slot in listed.columns.items():
            cell, place = self._account.at(row, col), self._account.sheet.place(row, col)
            if cell is None or cell.row == listed.header:
                self._observer.keep(slot, "", self._institution, self._entries, place, _BLANK, "")
            else:
                shown = replace(cell, name=place)  # merged over several entries, it is said of each
                self._keep(shown, slot, _with_unit(as_declared(read_text(cell), self._month), slot), self._entries)

    def _inner(self, cell: Cell, slot: Slot, inner: InnerList) -> None:
        """A list inside an item's cell, and the words around it."""
        if inner.is_ragged:
            problem = "单元格里的表格有表样以外的栏，或各行的栏数不一致。请按表样改正后重新报送。"
            self._keep(cell, slot, Reading(None, problem=problem))
            self._said.setdefault(slot.column.code, 0)
            return
        if inner.words.strip():
            self._words(replace(cell, value=inner.words), slot)
        self._account.mark([cell], Role.USED)
        for number, texts in inner.rows:
            self._entries += 1
            for col, column in inner.columns.items():
                text = as_lines(texts[col])
                place = f"{cell.address}内表第{number}行第{col + 1}列"
                if text:
                    shown = replace(cell, name=place, value=texts[col])
                    self._keep(shown, column, _with_unit(Reading(None, text=text), column), self._entries)
                else:
                    self._observer.keep(column, "", self._institution, self._entries, place, _BLANK, texts[col])

    # -------------------------------------------------------------- what was not filled in

    def declaration(self) -> Cell | None:
        """The cell outside all items in which the unit declares its whole form to be as last month."""
        said: dict[bool, list[Cell]] = {True: [], False: []}
        for line in self._outside():
            answer = says_in_row([str(cell.value) for cell in line], self._month)
            if answer is not None:
                said[answer] += line
        if said[True] and said[False]:
            self._fault(
                "F06", "“与上月相同”前后勾选不一致，看不出是哪一种。请只留一种，改正后重新报送。", said[False][0]
            )
            self._account.mark([*said[True], *said[False]], Role.FAULT)
            return None
        self._account.mark(said[True], Role.USED)
        self._account.mark(said[False], Role.NOTE)
        return said[True][0] if said[True] else None

    def _outside(self) -> Iterator[list[Cell]]:
        """The texts of each row that holds nothing of the table: beside an item they could only be about that item."""
        for row in sorted({row for row, _ in self._cells} - self._table.rows):
            line = [cell for cell in self._account.row(row) if cell.kind is CellKind.TEXT]
            if line:
                yield line

    def blanks(self, declared: Cell | None) -> None:
        """Every item without words: as last month where the unit declares so for its form, else not reported."""
        first = {item.slot.column.code: item for item in reversed(self._table.items)}
        form = self._table.words.form
        measures = {code for code in self._said if not form.by_code[code].personal}
        if not (measures or self._entries or declared or self._table.undecided):
            self._fault(
                "F02",
                "各项内容都是空白，没有可读入的文字。请填好后重新报送；各项与上月相同的，请写明“与上月相同”。",
            )
        if not declared:
            self._one_for_all()
        for column in form.columns_in(self._month) if self._month else form.columns:
            if column.repeatable or column.code in self._said:
                continue
            item = first.get(column.code)
            place = self._account.sheet.place(*(item.contents or (item.label,))[0]) if item else ""
            slot = item.slot if item else Slot(column, "", column.label)
            if declared:
                as_before = Reading(None, AS_LAST_MONTH, changes=f"空白 → {AS_LAST_MONTH}（{declared.address}写明）")
                self._observer.keep(slot, "", self._institution, 0, place or declared.address, as_before, "")
            elif item:
                self._gaps = True
                self._observer.keep(slot, "", self._institution, 0, place, _BLANK, "")

    def _one_for_all(self) -> None:
        """One item says 「与上月相同」, all others are blank: whether it means one or all, only the unit knows."""
        by_code = self._table.words.form.by_code
        said = [o for o in self._observer.observations if o.text and not by_code[o.indicator].personal]
        if len(said) == 1 and said[0].text == AS_LAST_MONTH and len(self._table.items) > 1:
            self._fault_at(
                "F06",
                "只有这一项写了“与上月相同”，其余各项空白，看不出是否各项都与上月相同。"
                "请逐项填写，或在表外写明“各项与上月相同”后重新报送。",
                said[0].cell,
            )

    def contradictions(self) -> None:
        """What speaks against one unit's one form: several rows under items across, two forms, an unclear word."""
        table, account = self._table, self._account
        if self._characters > limits.MAX_FORM_WORDS:
            most = limits.MAX_FORM_WORDS
            self._fault("F07", f"整张表的文字共{self._characters}字，最多{most}字。请精简各项和产品清单后重新报送。")
        self._twice()
        if table.crowded:
            cells = [cell for row in table.crowded for cell in account.row(row)]
            account.mark(cells, Role.FAULT)
            self._fault(
                "F06",
                f"项目下面有{len(table.crowded) + 1}行内容，只读了第一行。一张表只报一个单位，请每个单位各报一张。",
                cells[0],
            )
        if self._gaps:
            self._unclear()

    def _twice(self) -> None:
        """An item that comes again with other words after others have come between; most of them: a second form."""
        table = self._table
        filled = [item for item in table.items if self._text_of(item)]
        again: dict[str, Item] = {}
        for n, item in enumerate(filled):
            code, before = item.slot.column.code, filled[: max(n - 1, 0)]
            follows = n > 0 and filled[n - 1].slot.column.code == code
            texts = {self._text_of(other) for other in before if other.slot.column.code == code}
            if texts - {self._text_of(item)} and not follows:
                again.setdefault(code, item)
        for title in table.titles[1:]:
            before_it = {item.slot.column.code for item in table.items if item.label[0] < title}
            if before_it & {item.slot.column.code for item in table.items if item.label[0] > title}:
                self._fault("F02", _TWO_FORMS, self._account.row(title)[0])
                return
        if len(again) >= _A_FORM_TWICE:
            self._fault("F02", _TWO_FORMS, self._cells[next(iter(again.values())).label])
            return
        for item in again.values():
            self._fault(
                "F06",
                f"“{item.slot.column.label}”前面已经填过，这里又填了不同的内容，看不出以哪处为准。"
                "请并成一项后重新报送。",
                self._cells[item.label],
            )

    def _text_of(self, item: Item) -> str:
        """All that stands in an item, as it is compared."""
        return packed("".join(str(self._cells[place].value) for place in item.contents if place in self._cells))

    def _unclear(self) -> None:
        for cell in (cell for line in self._outside() for cell in line):
            if is_unclear(str(cell.value), self._month):
                self._account.mark([cell], Role.FAULT)
                self._fault(
                    "F06",
                    "这里写到与上月相同，但看不出指哪些项目。请在这些项目的“内容”栏分别写“与上月相同”后重新报送。",
                    cell,
                )


def _too_long(length: int) -> Reading | None:
    """What is wrong with a text of so many characters; None where it is not too long."""
    if length <= limits.MAX_WORDS:
        return None
    return Reading(None, problem=f"文字有{length}字，最多{limits.MAX_WORDS}字。请精简后重新报送。")


def _is_ordinal(cell: Cell) -> bool:
    return bool(ORDINAL.fullmatch(packed(str(cell.value))))


def _is_remark(cell: Cell) -> bool:
    """Whether a remark says nothing that would be lost: 另附, 见附件2."""
    return len(packed(str(cell.value))) <= LONGEST_REMARK and not MENTIONED.search(str(cell.value))


def _with_unit(reading: Reading, slot: Slot) -> Reading:
    """A bare number under 利率（%） is 4.35%."""
    unit = _HEADER_UNIT.search(slot.header)
    if unit is None or not _BARE_NUMBER.fullmatch(reading.text):
        return reading
    text = reading.text + unit[1].replace("\uff05", "%").replace("个月", "月").replace("月", "个月")
    return replace(reading, text=text, changes=f"{reading.text} → {text}（按表头）")
