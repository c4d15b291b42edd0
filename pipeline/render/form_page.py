"""The sheet of a blank form that is filled in: what stands where, what is open, what a cell may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from pipeline.model import address
from pipeline.money import MICRO_PER_PERCENT
from pipeline.render.form_content import TOTAL, Asked, BlankForm, Kind
from pipeline.render.form_looks import number_format
from pipeline.render.harmless import printable
from pipeline.render.measure import height, lines
from pipeline.render.workbook import Formats

NIL = "本月无业务"
YES, NO = "是", "否"
SIGNATURES = ("单位负责人：", "填表人：", "联系电话：", "报出日期：")
SAMPLE = "示例数据"
_ASKS: dict[Kind, dict[str, Any]] = {
    Kind.COUNT: {"validate": "integer", "criteria": ">=", "value": 0},
    Kind.AMOUNT: {"validate": "decimal", "criteria": ">=", "value": 0},
    Kind.RATE: {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
    Kind.YES_NO: {"validate": "list", "source": [YES, NO]},
}
_REFUSED = {
    Kind.COUNT: "请填整数，不能是负数、小数或文字。没有发生的填0。",
    Kind.AMOUNT: "请填数字，不能是负数或文字。没有发生的填0。",
    Kind.RATE: "请填年利率的百分数，如4.35%填4.35，不写百分号。",
    Kind.YES_NO: "请从列表中选“是”或“否”。",
}
_ANY_NUMBER = {"validate": "decimal", "criteria": "between", "minimum": -(10**9), "maximum": 10**9}

_LEGIBLE = 400.0
"""Characters across a page of A3 at half their size, the smallest that is printed."""


@dataclass
class Page:
    """A sheet while it is written; rows and columns count from 0."""

    form: BlankForm
    sheet: Any
    looks: Formats
    places: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """(area, key) → where it is filled in."""
    totals: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Key → where the total stands."""
    width: float = 0.0
    """Of all columns together, in characters, where it is more than fits on a page of any size."""
    nil: tuple[int, int] | None = None
    """Where it is said that nothing happened in the month."""

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Everything that is asked, by key."""
        listed = self.form.items.asked if self.form.items else ()
        return {asked.key: asked for asked in (*self.form.asked, *listed)}

    def is_figure(self, key: str) -> bool:
        """Whether a number is filled in there; remarks are no more asked for than words."""
        return key in self.asked and self.asked[key].is_number

    def named(self, area: str) -> str:
        """How an area, or an item, is called in a sentence."""
        if area.startswith("#"):
            return f"第{area[1:]}项"
        return next((line.name for line in self.form.lines if line.area == area), "合计" if area == TOTAL else "")

    def amount_blocks(self) -> list[str]:
        """The cells of amounts that are filled in."""
        kinds = {key: asked.kind for key, asked in self.asked.items()}
        return self.blocks(at for (_, key), at in self.places.items() if kinds.get(key) is Kind.AMOUNT)

    def blocks(self, cells: Iterable[tuple[int, int]], *, named: bool = True) -> list[str]:
        """Cells as few rectangles as neighbours make, for formulas: of other sheets too, where `named`."""
        sheet = f"'{self.form.sheet}'!" if named else ""
        return [
            f"{sheet}{absolute(top, left)}:{absolute(bottom, right)}"
            for top, left, bottom, right in self.rectangles(cells)
        ]

    def rectangles(self, cells: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
        """The same as first row, first column, last row, last column."""
        by_col: dict[int, set[int]] = {}
        for row, col in cells:
            by_col.setdefault(col, set()).add(row)
        found: list[tuple[int, int, int, int]] = []
        for col, rows in sorted(by_col.items()):
            for top, bottom in _runs(sorted(rows)):
                beside = next((one for one in found if (one[0], *one[2:]) == (top, bottom, col - 1)), None)
                if beside:
                    found[found.index(beside)] = (top, beside[1], bottom, col)
                else:
                    found.append((top, col, bottom, col))
        return found

    def put(self, row: int, col: int, words: str | int, look: str) -> None:
        """Words of ours, or a name from the register."""
        if isinstance(words, int):
            self.sheet.write_number(row, col, words, self.looks.get(look))
        elif words:
            self.sheet.write_string(row, col, printable(words), self.looks.get(look))
        else:
            self.sheet.write_blank(row, col, None, self.looks.get(look))

    def span(self, row: int, left: int, right: int, words: str, look: str, *, down: int = 0) -> None:
        """The same over several columns and `down` more rows."""
        if right > left or down:
            self.sheet.merge_range(row, left, row + down, right, "", self.looks.get(look))
        self.put(row, left, words, look)

    def fill(
        self, row: int, col: int, asked: Asked, area: str = "", *, right: int | None = None, prose: bool = False
    ) -> None:
        """A cell to fill in, or one in which the figure in force stands already; over the columns up to `right`."""
        self.places[area, asked.key] = (row, col)
        known = self.form.known.get((area, asked.key))
        shown = number_format(asked, self.form)
        look = {Kind.TEXT: "words", Kind.DATE: "choice", Kind.YES_NO: "choice"}.get(asked.kind, "input")
        look = "given" if known is not None else "prose" if prose else look
        if right is not None and right > col:
            self.sheet.merge_range(row, col, row, right, "", self.looks.get(look, shown))
        if known is not None:
            self.sheet.write_number(row, col, in_unit(self.form, asked.kind, known), self.looks.get(look, shown))
            return
        self.sheet.write_blank(row, col, None, self.looks.get(look, shown))
        self.accept(row, col, asked)

    def accept(self, row: int, col: int, asked: Asked, last_row: int | None = None) -> None:
        """What may be typed into these cells."""
        allowed = _ANY_NUMBER if asked.signed else _ASKS.get(asked.kind)
        if allowed:
            told = "请填数字（可以是负数）。" if asked.signed else _REFUSED[asked.kind]
            self.sheet.data_validation(
                row, col, row if last_row is None else last_row, col,
                {**allowed, "ignore_blank": True, "error_title": "填写不符", "error_message": told},
            )  # fmt: skip

    def total(self, row: int, col: int, asked: Asked, cells: Sequence[str]) -> None:
        """A sum that the workbook keeps up to date; blank while nothing is filled in."""
        self.totals[asked.key] = (row, col)
        known = [self.form.known.get((line.area, asked.key)) for line in self.form.lines if not line.inside]
        told = [value for value in known if value is not None]
        joined = ",".join(cells)
        stored: float | str = float(in_unit(self.form, asked.kind, sum(told))) if told else ""
        look = self.looks.get("given", number_format(asked, self.form))
        self.sheet.write_formula(row, col, f'=IF(COUNT({joined})=0,"",SUM({joined}))', look, stored)

    def nil_box(self, row: int, col: int) -> None:
        """「本月无业务：」 and the box in which 是 is chosen."""
        self.put(row, col, f"{NIL}：", "right")
        self.nil = (row, col + 1)
        self.sheet.write_blank(row, col + 1, None, self.looks.get("choice"))
        self.sheet.data_validation(
            row, col + 1, row, col + 1,
            {
                "validate": "list", "source": [YES], "input_title": NIL,
                "input_message": "本月没有发放、收回的，在这里选“是”，本月各栏可以不填；余额、累计照填。有业务的留空。",
                "error_title": "填写不符", "error_message": "没有业务的选“是”，有业务的留空。",
            },
        )  # fmt: skip

    def signatures(self, row: int, cols: Sequence[int]) -> None:
        """Who signs: words to be completed."""
        for col, words in zip(cols, SIGNATURES, strict=True):
            self.put(row, col, words, "signed")
        if self.form.sample:
            self.put(row + 1, 0, SAMPLE, "mark")

    def set_height(self, row: int, words: str, width: float, size: float) -> None:
        """High enough for words in a column of this width."""
        self.sheet.set_row(row, height(max(1, lines(words, width * 0.9, size)), size) + 3)


def in_unit(form: BlankForm, kind: Kind, value: int) -> float:
    """A figure as it is typed: in the form's unit of money, in percent, or as it is."""
    per = {Kind.AMOUNT: form.fen, Kind.RATE: MICRO_PER_PERCENT}.get(kind, 1)
    return float(Fraction(value, per))


def pages_across(width: float) -> int:
    """How many pages a form of so many characters is printed on, beside one another."""
    return max(1, ceil(width / _LEGIBLE))


def areas_added(form: BlankForm) -> list[str]:
    """The areas that the total is of."""
    return [line.area for line in form.lines if not line.inside and line.area != TOTAL]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of rows that follow upon each other."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def absolute(row: int, col: int) -> str:
    """`$C$7`."""
    name = address(0, col)[:-1]
    return f"${name}${row + 1}"
