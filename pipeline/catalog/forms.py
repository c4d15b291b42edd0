"""Forms 「报表」 with their dated columns, and the layouts in which they arrive."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from pipeline.catalog.dated import Dated, Entry, holding
from pipeline.periods import Month

_WHERE = re.compile(r"^(?:全市|全辖|各?县区|分县区)")
_ABOUT = re.compile(r"(?:(?:工作)?(?:进展|统计|总体|基本)?(?:情况|数据|指标))$")
"""「全市小额贷款进展情况」 is about no more than 小额贷款."""

Unit = Literal["户", "笔", "万元", "%", "个", "人", "文本", "日期", "是否"]
Kind = Literal["stock", "flow", "distinct_flow", "ratio", "text"]


class Column(Dated):
    """An indicator 「指标」 as a form asks for it."""

    no: str = ""
    """The number in the form's table (06, 19A)."""
    code: str
    label: str
    """The canonical header path, levels joined by `/`."""
    aliases: tuple[str, ...] = ()
    """Other full header paths that mean the same, wherever they arrive."""
    row: tuple[str, ...] = ()
    """Row labels of the upright layout."""
    columns: tuple[str, ...] = ()
    """Value columns of the upright layout in which this indicator may stand."""
    unit: Unit
    kind: Kind
    required: bool = False
    compared: bool = False
    """Only compared with our own figure, never published."""
    by_institution: bool = False
    """Reported once for each institution; `{institution}` in labels stands for its names."""
    repeatable: bool = False
    """Belongs to a list of items (projects)."""
    personal: bool = False
    """Names persons: printed on the annex, never in a data file, a message or a log."""
    note: str = ""

    @property
    def is_amount(self) -> bool:
        """Money: observed in fen."""
        return self.unit == "万元"

    @property
    def is_count(self) -> bool:
        """Whole numbers."""
        return self.unit in ("户", "笔", "个", "人")

    @property
    def is_rate(self) -> bool:
        """Percent: observed in millionths of a percentage point."""
        return self.unit == "%"

    @property
    def is_text(self) -> bool:
        """Words, dates and yes or no: kept as text."""
        return self.unit in ("文本", "日期", "是否")


class Form(Entry):
    """What a reporting unit must send for a period; one file holds all years, columns carry dates."""

    code: str
    name: str
    short: str = ""
    """What people call it in a sentence: 月报, 措施表."""
    frequency: Literal["month", "year"]
    reference: str
    needs: tuple[Literal["institution", "areas"], ...] = ()
    """What the register must say of whoever sends it: without that its figures belong nowhere."""
    typos: dict[str, str] = Field(default_factory=dict)
    """Slips of the pen in headers → what is meant: read so, and told."""
    silent_headings: tuple[str, ...] = ()
    """Headings over groups of columns that say no more than the form's own title."""
    other_figures: tuple[str, ...] = ()
    """Words in a title, or in the name of the only sheet, that speak of other figures than the month's."""
    subjects: tuple[str, ...] = ()
    """Words that a title may say of the form's loans; empty where its title is not asked about loans."""
    columns: tuple[Column, ...]

    def columns_in(self, month: Month) -> list[Column]:
        """The columns that this form has in that month."""
        return holding(self.columns, month)

    @property
    def is_words(self) -> bool:
        """Whether it asks for words alone, without any figure."""
        return all(column.is_text for column in self.columns)

    @cached_property
    def is_by_institution(self) -> bool:
        """Whether its columns stand under the names of institutions."""
        return any(column.by_institution for column in self.columns)

    def is_silent_heading(self, heading: str) -> bool:
        """Whether a heading (in the shape in which headers are compared) says nothing of the columns below it."""
        bare = _WHERE.sub("", heading)
        return bool(heading) and _ABOUT.sub("", bare) in ("", *self.silent_headings)

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """Columns by indicator code."""
        return {column.code: column for column in self.columns}


class Layout(Entry):
    """One way in which a form arrives.

    `areas_down`: rows are areas, header paths are indicators. `indicators_down`: the official upright form,
    rows are indicators, value columns are spans of time. `words`: rows (or columns) are items, each with its words.
    """

    id: str
    form: str
    shape: Literal["areas_down", "indicators_down", "words"]
    title: tuple[str, ...] = ()
    """Words in the title that speak for this layout."""
    headers: dict[str, str] = Field(default_factory=dict)
    """This layout's own header paths → indicator (`indicator@institution` where reported by institution)."""
    value_columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Upright layouts and layouts of words: canonical value column → header words."""
    label_columns: tuple[str, ...] = ()
    """Layouts of words: headers of the column of items."""
    silent_columns: tuple[str, ...] = ()
    """Layouts of words: headers of columns that ask or explain and are not filled in."""
    headings: tuple[str, ...] = ()
    """Upright layouts: words of headings over groups of rows or of columns that say nothing of their own."""
    topics: tuple[str, ...] = ()
    """Upright layouts: words of such headings that name a part of the form; any other word says something else."""
    codes: dict[str, str] = Field(default_factory=dict)
    """Upright layouts: 丙 codes beyond those that follow from the form's numbers → indicator, as in `headers`."""
    step: str | None = None
    """The finest place of amounts, in 元, where the layout states it."""
