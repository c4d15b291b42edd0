"""How each rule of the file comes to be broken: one small true statement, and what is done otherwise to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import digits

from pipeline.model import address

Content = str | float | None
Place = str | tuple[str, str]
"""`title`, `unit`, `money`, or (area, indicator); the area is `header` for a header, the indicator may be `beside`."""


@dataclass(slots=True)
class Draft:
    """A file before it is saved: one sheet, and how it is sent."""

    name: str
    rows: list[list[Content]]
    places: dict[Place, tuple[int, int]]
    hidden_columns: set[int] = field(default_factory=set)
    box: str = ""
    """Words in a text box beside the table."""
    lost: int = 0
    """Bytes that are missing at its end."""
    others: Mapping[str, str] = field(default_factory=dict)
    """What a wrong name of the file may say: `unit`, another unit; `month`, the month before."""
    twin: bool = False
    """A second file was sent with it that holds what was there before the change."""

    def put(self, place: Place, value: Content) -> Content:
        """Type something into a place, and give what stood there."""
        row, col = self.places[place]
        self.rows[row] += [None] * (col + 1 - len(self.rows[row]))
        before, self.rows[row][col] = self.rows[row][col], value
        return before

    def address(self, place: Place) -> str:
        """「C7」."""
        return address(*self.places[place])


@dataclass(frozen=True, slots=True)
class Typed:
    """Something else in one cell; what stood there is `{}` in a text."""

    place: Place
    value: Content

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        before = draft.put(self.place, None)
        value = self.value.format(before) if isinstance(self.value, str) else self.value
        draft.put(self.place, value)
        return f"{draft.address(self.place)}单元格由{_said(before)}改为{_said(value)}"


@dataclass(frozen=True, slots=True)
class Added:
    """An amount with so much more of it, as it happens when a workbook computes."""

    place: Place
    more: str

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        before = draft.put(self.place, None)
        value = float(Fraction(str(before)) + Fraction(self.more))
        draft.put(self.place, value)
        return f"{draft.address(self.place)}单元格由{_said(before)}改为{_said(value)}"


@dataclass(frozen=True, slots=True)
class NoHeader:
    """The row of headers is gone."""

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        row = draft.places["header"][0]
        draft.rows[row] = []
        return f"第{row + 1}行的表头全部删去"


@dataclass(frozen=True, slots=True)
class Hidden:
    """The column of an indicator is hidden."""

    indicator: str

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        row, col = draft.places["header", self.indicator]
        draft.hidden_columns.add(col)
        letters = address(row, col).rstrip(digits)
        return f"{letters}列（{draft.rows[row][col]}）隐藏起来"


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the file is missing."""

    lost: int

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        draft.lost = self.lost
        return f"文件没有传完，缺少末尾的{self.lost}个字节"


@dataclass(frozen=True, slots=True)
class Box:
    """A text box beside the table."""

    words: str

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        draft.box = self.words
        return f"表旁插入文本框“{self.words}”"


@dataclass(frozen=True, slots=True)
class Named:
    """The file bears another name, in which stand `others` of the draft."""

    name: str

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        before, draft.name = draft.name, self.name.format_map(draft.others)
        return f"文件名由《{before}》改为《{draft.name}》"


@dataclass(frozen=True, slots=True)
class Twice:
    """The file before the change was sent too, at the same time."""

    def apply(self, draft: Draft) -> str:
        """Change the draft, and say how."""
        draft.twin = True
        return "改动前、改动后的两份同时报来"


Edit = Typed | Added | NoHeader | Hidden | Cut | Box | Named | Twice


@dataclass(frozen=True, slots=True)
class FileExample:
    """How one way to break a rule of the file comes about."""

    code: str
    kind: str
    edits: Sequence[Edit]


EXAMPLES: tuple[FileExample, ...] = (
    FileExample("F01", "damaged", [Cut(400)]),
    FileExample("F02", "no_header", [NoHeader()]),
    FileExample("F03", "no_unit", [Typed("unit", None)]),
    FileExample("F03", "other_unit", [Named("{unit}月报表.xlsx")]),
    FileExample("F04", "no_period", [Typed("title", "金融扶贫小额贷款统计表")]),
    FileExample("F04", "two_periods", [Named("{month}报表.xlsx")]),
    FileExample("F05", "no_money_unit", [Typed("money", "单位：户、笔")]),
    FileExample("F05", "two_money_units", [Typed("money", "单位：万元、元、户、笔")]),
    FileExample("F06", "outside", [Typed(("hanyin", "beside"), 12.5)]),
    FileExample("F06", "other_header", [Typed(("header", "special_mention_amount"), "五级分类/观察")]),
    FileExample("F07", "words", [Typed(("hanyin", "outstanding_amount"), "约{}")]),
    FileExample("F08", "hidden_column", [Hidden("special_mention_amount")]),
    FileExample("F09", "text_box", [Box("以上数据已复核")]),
    FileExample("F10", "two_versions", [Typed(("hanyin", "outstanding_households"), 300), Twice()]),
    FileExample("A00", "part_of_a_fen", [Added(("hanyin", "outstanding_amount"), "0.0000004")]),
)
"""One at least for each rule of the file."""


def _said(value: Content) -> str:
    if value is None:
        return "空白"
    return f"“{value}”" if isinstance(value, str) else str(value)
