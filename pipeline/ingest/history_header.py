"""The header of an imported table: which column says what, and in which unit of money."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.catalog import normalise_header
from pipeline.catalog.imports import ImportForm
from pipeline.ingest.account import Account
from pipeline.ingest.money_words import money_in_caption
from pipeline.money import MONEY_UNITS

FEWEST_HEADERS = 3
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_MONEY = re.compile(r"[百千万亿]{0,2}元")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, and what its columns mean."""

    account: Account
    form: ImportForm
    row: int
    columns: dict[str, int]
    twice: tuple[tuple[str, int], ...]
    """(field, column) of columns that say again what another says."""
    strange: tuple[int, ...]
    """Columns whose header is not known, or that have none."""

    @classmethod
    def of(cls, account: Account, form: ImportForm) -> Header | None:
        """The first row that is a header; None where no row is."""
        words = {_key(word): entry.name for entry in form.fields for word in entry.words}
        either = {_key(word) for word in form.either}
        passed = {_key(word) for word in form.passed}
        for row in range(account.last_row + 1):
            heads = {cell.col: _key(str(cell.value)) for cell in account.row(row)}
            known = {name for text in heads.values() if (name := words.get(text))}
            ambiguous = [col for col, text in heads.items() if text in either]
            # both words for the reporting unit stand before 单位 for it
            meant = "measure" if "unit" in known else "unit"
            if len(known | ({"unit"} if ambiguous else set())) < FEWEST_HEADERS or not known & {"indicator", "value"}:
                continue
            fields = {col: words.get(text) or (meant if col in ambiguous else "") for col, text in heads.items()}
            columns: dict[str, int] = {}
            twice = tuple((n, col) for col, n in fields.items() if n and columns.setdefault(n, col) != col)
            used = {col for (r, col) in account.sheet.cells if r >= row}
            strange = tuple(sorted(col for col in used if not fields.get(col) and heads.get(col, "") not in passed))
            return cls(account, form, row, columns, twice, strange)
        return None

    def text(self, name: str) -> str:
        """A column's header as written; empty where there is no such column."""
        return self.account.text(self.row, self.columns[name]) if name in self.columns else ""

    @property
    def machine_made(self) -> bool:
        """Whether all headers are field names rather than words."""
        return all(self.text(name).isascii() for name in self.columns)

    @property
    def money(self) -> list[str]:
        """Units of money in the value's header, or else above the table."""
        bracketed = money_within_brackets(self.text("value"))
        if bracketed:
            return bracketed
        above = (cell for row in range(self.row) for cell in self.account.row(row))
        return list(dict.fromkeys(word for cell in above for word in money_in_caption(str(cell.value))))


def money_within_brackets(text: str) -> list[str]:
    """Readable units of money in brackets, whatever else stands there too: 数值（万元、户） → 万元, （以元计） → 元."""
    found = (word for part in _BRACKETS.findall(text) for word in _MONEY.findall(part))
    return list(dict.fromkeys(word for word in found if word in MONEY_UNITS))


def _key(text: str) -> str:
    return normalise_header(text).replace("/", "").lower()
