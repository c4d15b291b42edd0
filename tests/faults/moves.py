"""Changes of a statement that keep its meaning: a plan says which, and the same plan makes the same bytes."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.catalog import header_index, normalise_header, row_index
from pipeline.catalog.catalog import Catalog
from tests.faults.expecting import CATALOG
from tests.faults.pages import html_table, ods, shown, spreadsheetml, text, xls, xlsx
from tests.faults.tables import FILES, Head, Table, table
from tests.ingest.files import rezipped, zipped
from tests.ingest.mails import mail

WORTH = {
    "元": Decimal(10_000),
    "千元": Decimal(10),
    "万元": Decimal(1),
    "百万元": Decimal("0.01"),
    "亿元": Decimal("0.0001"),
}


def with_macros(page):
    """The bytes of an .xlsm that holds a macro nobody runs."""
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    project = ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return rezipped(xlsx(page), "[Content_Types].xml", plain, macros, [project])


MERGING = {"xlsx": xlsx, "xlsm": with_macros, "xls": xls, "ods": ods, "html": html_table, "xml": spreadsheetml}
"""Formats that keep merged ranges."""
TEXTS = {
    "csv": lambda page: text(page).encode(),
    "csv-bom": lambda page: text(page).encode("utf-8-sig"),
    "csv-gb18030": lambda page: text(page).encode("gb18030"),
    "csv-semicolon": lambda page: text(page, ";").encode("gb18030"),
    "txt-utf16": lambda page: b"\xff\xfe" + text(page, "\t").encode("utf-16-le"),
}
FORMATS = (*MERGING, *TEXTS)
PACKINGS = ("zip", "eml")
LOOKS = ("merged", "repeated", "joined")
STYLES = ("number", "text", "thousands", "full-width")
DECORATIONS = (
    "blank rows",
    "blank column",
    "serial numbers",
    "typed ratio",
    "column numbers",
    "notes",
    "units in headers",
    "broken headers",
    "wide headers",
)
_MONEY = re.compile(r"[百千万亿]{0,2}元")
_OTHER_UNIT = re.compile(r"[百千万亿]*元|‰|厘|月息|月利率|\(月")
"""Words of a header that say in what its figures are: another of them is another meaning."""
_FULL = str.maketrans({str(n): chr(0xFF10 + n) for n in range(10)} | {".": "．", "-": "－"})


@dataclass(frozen=True)
class Plan:
    """Which sample, and what is done to it; `seed` decides where there is a choice of many."""

    sample: str
    format: str = "xlsx"
    packing: str = ""
    """In what it comes: an archive or a mail with words beside it; alone where it is empty."""
    look: str = "merged"
    money: str = "万元"
    style: str = "number"
    aliases: bool = False
    rows_moved: bool = False
    columns_moved: bool = False
    decorations: frozenset[str] = frozenset()
    down: int = 0
    right: int = 0
    seed: int = 0

    def made(self) -> tuple[bytes, str]:
        """The changed statement, and the name it comes under."""
        chosen = random.Random(self.seed)
        made = table(self.sample)
        _in_money(made, self.money, self.style)
        if self.aliases:
            _with_aliases(made, chosen)
        if self.rows_moved:
            chosen.shuffle(made.body)
        if self.columns_moved and made.form != "C01":
            _columns_moved(made, chosen)
        for decoration in sorted(self.decorations):
            _DECORATE[decoration](made, self, chosen)
        look = "joined" if self.look == "merged" and self.format in TEXTS else self.look
        page = made.page(look).moved(lambda row, col: (row + self.down, col + self.right))
        return {**MERGING, **TEXTS}[self.format](page), f"新建.{self.format.partition('-')[0]}"


SAMPLES = FILES


def packed(data: bytes, name: str, packing: str) -> bytes:
    """A file in an archive, or in a mail."""
    if packing == "eml":
        return mail((name, data), subject="报表")
    return zipped((name, data), ("说明.txt", "附上报表，请查收。"))


# ------------------------------------------------------------------ money


def _in_money(made: Table, unit: str, style: str) -> None:
    """All amounts in another unit, and all numbers typed in another style; what says the unit says the new one."""
    old = _unit_said(made)
    amounts, counts = _numbers(made)
    for rows, row, col in (*amounts, *counts):
        factor = WORTH[unit] / WORTH[old] if (rows, row, col) in amounts else Decimal(1)
        lines = made.body if rows == "body" else made.below
        lines[row][col] = _typed(lines[row][col], factor, style)

    def said(words):
        return _MONEY.sub(unit, words) if isinstance(words, str) and old in words else words

    made.above = [
        [re.sub(r"(单位[:：].*)", lambda m: said(m[1]), v) if isinstance(v, str) else v for v in line]
        for line in made.above
    ]
    for head in made.heads:
        head.path = tuple(re.sub(r"[(（][百千万亿]*元[)）]", f"({unit})", word) for word in head.path)
    for row in made.body if made.is_upright else ():
        row[:] = [unit if value == old else value for value in row]


def _unit_said(made: Table) -> str:
    words = " ".join(str(v) for line in made.above for v in line if v is not None)
    return next(unit for unit in re.findall(r"单位[:：]\s*([百千万亿]*元)", words))


def _numbers(made: Table) -> tuple[set[tuple[str, int, int]], set[tuple[str, int, int]]]:
    """Places of amounts and of other figures, as (part, row, column)."""
    amounts, counts = set(), set()
    for r, row in enumerate(made.body):
        for c, value in enumerate(row):
            if _number(value) is None or (made.is_upright and c == _code_column(made)):
                continue
            is_amount = "万元" in row if made.is_upright else _column(made, c).is_amount
            if made.is_upright or made.heads[c].indicator[0]:
                (amounts if is_amount else counts).add(("body", r, c))
    for r, row in enumerate(made.below):
        if made.form == "C01" and len([v for v in row if isinstance(v, int | float)]) >= 3:
            amounts |= {("below", r, c) for c in (2, 3, 4)}
    return amounts, counts


def _code_column(made: Table) -> int:
    return next(i for i, head in enumerate(made.heads) if head.path == ("代码",))


def _column(made: Table, col: int):
    return CATALOG.forms[made.form].by_code.get(made.heads[col].indicator[0]) or _NOTHING


class _NOTHING:
    is_amount = False


def _number(value):
    """The number that a cell holds, typed or stored; None for words."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(repr(value))
    return (
        Decimal(value.replace(",", "")) if isinstance(value, str) and re.fullmatch(r"-?[\d,]+(\.\d+)?", value) else None
    )


def _typed(value, factor, style):
    number = (_number(value) * factor).normalize()
    plain = f"{number:f}"
    if style == "number":
        return float(number)
    if style == "thousands":
        return f"{number:,f}"
    return plain.translate(_FULL) if style == "full-width" else plain


# ------------------------------------------------------------------ words


def _with_aliases(made: Table, chosen: random.Random) -> None:
    """Headers, labels and areas by others of the names that the catalogue knows."""
    form = CATALOG.forms[made.form]
    if made.is_upright:
        known = row_index(form, CATALOG)
        for row in made.body:
            meant = known.get(normalise_header(str(row[made.label])))
            names = sorted(
                {name for column in form.columns for name in column.row if known.get(normalise_header(name)) == meant}
            )
            if meant and names:
                row[made.label] = chosen.choice(names)
        return
    known_paths = header_index(form, CATALOG)
    for head in made.heads:
        if head.indicator[0]:
            head.path = chosen.choice([head.path, *_spellings(form, head, known_paths)])
    for row in made.body:
        row[made.label] = _other_area(str(row[made.label]), chosen)


def _spellings(form, head, known):
    column = form.by_code[head.indicator[0]]
    names = [""] if not column.by_institution else _institution_names(CATALOG, head.indicator[1])
    spelt = [
        words.replace("{institution}", name)
        for words in (column.label, *column.aliases)
        for name in names
        if words.count("/") <= 2
    ]
    meant = (column.code, head.indicator[1] if column.by_institution else "")
    return [
        tuple(words.split("/"))
        for words in spelt
        if known.get(normalise_header(words)) == meant and not _OTHER_UNIT.search(words)
    ]


def _institution_names(catalog: Catalog, institution: str) -> list[str]:
    entry = next(entry for entry in catalog.units.institutions if entry.id == institution)
    return [entry.name, *entry.aliases]


def _other_area(label: str, chosen: random.Random) -> str:
    prefix = "其中：" if label.startswith("其中：") else ""
    name = label.removeprefix(prefix)
    names = next((entry.all_names for entry in CATALOG.areas.entries if name in entry.all_names), (name,))
    return prefix + chosen.choice(sorted(names))


# ------------------------------------------------------------------ places and decoration


def _columns_moved(made: Table, chosen: random.Random) -> None:
    order = list(range(len(made.heads)))
    chosen.shuffle(order)
    made.heads = [made.heads[i] for i in order]
    made.body = [[row[i] for i in order] for row in made.body]


def _blank_rows(made: Table, _: Plan, chosen: random.Random) -> None:
    made.after_rows = {n for n in range(len(made.body) - 1) if chosen.random() < 0.3}


def _blank_column(made: Table, _: Plan, chosen: random.Random) -> None:
    if made.form != "C01":
        made.insert(chosen.randint(1, len(made.heads)), Head(()), [None] * len(made.body))


def _serial(made: Table, plan: Plan, _: random.Random) -> None:
    if made.form != "C01":
        made.insert(0, Head(("序号",)), list(range(1, len(made.body) + 1)))


def _ratio(made: Table, _: Plan, chosen: random.Random) -> None:
    if not made.is_upright:
        made.insert(chosen.randint(1, len(made.heads)), Head(("不良率(%)",)), [1.25] * len(made.body))


def _column_numbers(made: Table, *_: object) -> None:
    made.numbers = made.heads[0].is_label


def _notes(made: Table, *_: object) -> None:
    made.below = [*made.below, [], ["注：本表数据取自信贷管理系统。"], [None, "审核人：示例丙"]]


def _units_in_headers(made: Table, plan: Plan, _: random.Random) -> None:
    for head in made.heads:
        column = CATALOG.forms[made.form].by_code.get(head.indicator[0])
        if column and not any("(" in word for word in head.path):
            unit = plan.money if column.is_amount else column.unit if column.is_count else ""
            head.path = (*head.path[:-1], f"{head.path[-1]}（{unit}）") if unit else head.path


def _broken(made: Table, _: Plan, chosen: random.Random) -> None:
    """A line break or a blank inside the words of headers."""
    for head in made.heads:
        head.path = tuple(
            f"{word[:2]}{chosen.choice(['', ' ', chr(10)])}{word[2:]}" if len(word) > 3 else word for word in head.path
        )


def _wide(made: Table, *_: object) -> None:
    for head in made.heads:
        head.path = tuple(word.replace("(", "（").replace(")", "）").replace("/", "／") for word in head.path)


_DECORATE = {
    "blank rows": _blank_rows,
    "blank column": _blank_column,
    "serial numbers": _serial,
    "typed ratio": _ratio,
    "column numbers": _column_numbers,
    "notes": _notes,
    "units in headers": _units_in_headers,
    "broken headers": _broken,
    "wide headers": _wide,
}
assert _DECORATE.keys() == set(DECORATIONS)
assert shown(1.0) == "1"
