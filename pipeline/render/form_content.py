"""What a blank form 「空白表」 says, as plain data: whose it is, what it asks, and what is filled in beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.model.own_sheets import LAST_MONTH
from pipeline.money import MONEY_UNITS
from pipeline.render.form_rules import Copied, LastFigure, LiveRule, NilRule, Owed, When

UPRIGHT_COLUMNS = ("指标名称", "计量单位", "代码")
TOTAL = "total"
"""Stands for the area of the total 「合计」."""


class Kind(StrEnum):
    """What is filled into a cell."""

    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"


class Shape(StrEnum):
    """How a form is laid out, as `schemas/layouts/` has it."""

    AREAS = "areas_down"
    UPRIGHT = "indicators_down"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked. `key` is the indicator, with `@institution` where a form asks by institution."""

    key: str
    words: tuple[str, ...]
    """The header's levels, or the label of the row alone."""
    kind: Kind
    unit: str = ""
    """Of measure, as the form prints it."""
    no: str = ""
    span: str = ""
    """The value column of an upright form."""
    signed: bool = False
    """May be below zero."""
    hint: str = ""
    """What is filled in, as shown beside the cell."""
    shares_its_row: bool = False
    """Other spans of time stand beside it under the same label."""

    @property
    def is_number(self) -> bool:
        """Whether a figure is filled in, and no words."""
        return self.kind in (Kind.COUNT, Kind.AMOUNT, Kind.RATE)

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return "/".join(self.words) + (f"（{self.span}）" if self.shares_its_row else "")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a form whose rows are areas."""

    area: str
    name: str
    inside: bool = False
    """An of-which area: never added."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list below the form, one item a row."""

    heading: str
    asked: tuple[Asked, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class LastItem:
    """An item that stood in last month's list: its name, and its figures by key."""

    name: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One thing that is asked, as the guide explains it."""

    no: str
    label: str
    unit: str
    duty: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Guide:
    """How to fill the form in 「填报说明」: what each figure means, what is checked, what is new."""

    steps: tuple[str, ...]
    basis: str
    meanings: tuple[GuideLine, ...] = ()
    relations: tuple[tuple[str, str, str, str, str], ...] = ()
    """Code, title, weight, relations in words, when it is checked."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Category, what it is about, what changed."""
    changes_since: str = ""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form for one reporting unit and period.

    Amounts in `known` are fen, rates millionths of a percentage point, by (area, key); `money` is the unit in which
    they are written.
    """

    code: str
    shape: Shape
    sheet: str
    title: str
    unit: str
    period: str
    office: str
    money: str
    units: str
    """What stands behind 「单位：」."""
    asked: tuple[Asked, ...]
    made: date
    lines: tuple[Line, ...] = ()
    total_last: bool = False
    numbered: bool = False
    """Whether the columns have numbers 甲 1 2 3 … below their headers."""
    spans: tuple[str, ...] = ()
    item_heads: tuple[str, str, str] = ("序号", "项目", "内容")
    items: Items | None = None
    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    is_upright: bool | None = None
    """How the unit's own page stands; nothing where it is not known."""
    nil: bool = False
    """Whether a month without business can be declared."""
    sample: bool = False
    last: tuple[LastFigure, ...] = ()
    last_items: tuple[LastItem, ...] = ()
    last_words: Mapping[str, str] = field(default_factory=dict)
    """What was said last month, by key."""
    past: str = LAST_MONTH
    """What the sheet is called on which earlier figures and words stand."""
    times: Mapping[When, str] = field(default_factory=dict)
    """How the times of known figures are called: 上月（2018年2月）."""
    step: int = 1
    """To how many fen amounts are expected to be rounded."""
    rules: tuple[LiveRule, ...] = ()
    owed: tuple[Owed, ...] = ()
    nil_rules: tuple[NilRule, ...] = ()
    copied: tuple[Copied, ...] = ()
    guide: Guide | None = None

    @property
    def fen(self) -> int:
        """How many fen the unit of money has."""
        return MONEY_UNITS.get(self.money, 1)
