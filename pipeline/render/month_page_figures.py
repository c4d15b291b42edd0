"""The key figures at the head of a month's page: each with its number as printed, and what changed, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigureRow, Symbol
from pipeline.periods import Month
from pipeline.render.change_words import (
    MONTH_ON_MONTH,
    NOT_REPORTED,
    YEAR_ON_YEAR,
    change_words,
    growth_words,
    pace_words,
    points_words,
)
from pipeline.render.charts_month import pace
from pipeline.render.numbers import NOT_APPLICABLE, Shown, show

MONTH_BEFORE, AHEAD = "disbursed_amount_mtd_mom", "ahead_of_pace"
"""Changes that stand for no column and its base at the year's start: 环比 of what was lent, lead over 序时进度."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that a leader looks for first. `unit` is empty where the number bears it, or words stand for it."""

    label: str
    value: str
    unit: str
    changes: tuple[str, ...]
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class _City:
    """The summary's total row, its columns, and the changes that it does not print, by name."""

    row: FigureRow
    columns: Mapping[str, AnnexColumn]
    changes: Mapping[str, Figure]
    month: Month

    def figure(self, name: str) -> Figure | None:
        return self.row.figures.get(name) if name in self.columns else None

    def shown(self, name: str) -> Shown | None:
        figure = self.figure(name)
        return None if figure is None else show(figure, self.columns[name])


def key_figures(
    row: FigureRow, layout: AnnexLayout, changes: Mapping[str, Figure], month: Month
) -> tuple[KeyFigure, ...]:
    """Those whose column the summary has, in the order in which a report tells them.

    Args:
        row: the summary's row of the whole city.
        layout: the summary's columns.
        changes: by column id and `_change` against the year's start; also `MONTH_BEFORE` and `AHEAD`.
        month: the reference period.
    """
    city = _City(row, {column.id: column for column in layout.columns}, changes, month)
    return tuple(figure for label, name, told in _WANTED if (figure := _key_figure(city, label, name, told)))


def _key_figure(city: _City, label: str, name: str, told: Callable[[_City], Iterator[str]]) -> KeyFigure | None:
    figure, shown = city.figure(name), city.shown(name)
    if figure is None or shown is None:
        return None
    words = {"": NOT_REPORTED, NOT_APPLICABLE: "不适用"}.get(shown.text, shown.text)
    unit = "" if shown.value is None else _unit(city.columns[name])
    return KeyFigure(label, words, unit, tuple(filter(None, told(city))), shown.value is None)


def gap_words(row: FigureRow) -> str:
    """What the figures marked with a star leave out; empty where none is."""
    if not any(figure.symbol is Symbol.PARTIAL for figure in row.figures.values()):
        return ""
    return f"带“*”的未报齐，不含：{'、'.join(row.excluded) or '部分单位的部分数据'}。"


def _unit(column: AnnexColumn) -> str:
    """What stands behind the number; households of several banks are 户次, as the summary's header says."""
    if column.unit == "户":
        return "户次" if "户次" in column.header else "户"
    return {"fen": "万元"}.get(column.unit, "")


def _growth(city: _City, word: str, figure: Figure | None) -> str:
    return growth_words(word, figure) if figure is not None else ""


def _beside(city: _City, name: str, word: str = "") -> str:
    """Another number of the row: 「1234户次」."""
    shown = city.shown(name)
    return f"{word}{shown.text}{_unit(city.columns[name])}" if shown and shown.value is not None else ""


def _since_year_start(city: _City, name: str) -> str:
    figure = city.changes.get(f"{name}_change")
    if figure is None or name not in city.columns:
        return ""
    column = city.columns[name]
    return points_words(figure) if column.unit == "ratio" else change_words(figure, _unit(column))


def _disbursed(city: _City) -> Iterator[str]:
    yield _growth(city, YEAR_ON_YEAR, city.figure("disbursed_amount_ytd_yoy"))
    yield _beside(city, "disbursed_households_ytd")


def _this_month(city: _City) -> Iterator[str]:
    yield _growth(city, MONTH_ON_MONTH, city.changes.get(MONTH_BEFORE))
    yield _beside(city, "disbursed_households_mtd")


def _outstanding(city: _City) -> Iterator[str]:
    printed = city.figure("outstanding_amount_change")
    yield change_words(printed, "万元") if printed is not None else ""
    yield _growth(city, YEAR_ON_YEAR, city.figure("outstanding_amount_yoy"))


def _households(city: _City) -> Iterator[str]:
    yield _since_year_start(city, "outstanding_households")


def _completion(city: _City) -> Iterator[str]:
    ahead = city.changes.get(AHEAD)
    if ahead is not None and ahead.numerator is not None:
        yield pace_words(ahead)
    yield f"序时进度{pace(city.month).text}"
    yield _beside(city, "target_amount", "全年任务")


def _past_due(city: _City) -> Iterator[str]:
    yield _since_year_start(city, "past_due_ratio")
    yield _beside(city, "past_due_amount", "逾期余额")


def _npl(city: _City) -> Iterator[str]:
    yield _since_year_start(city, "npl_ratio")
    yield _beside(city, "npl_amount", "不良余额")


def _coverage(city: _City) -> Iterator[str]:
    yield _since_year_start(city, "lending_coverage_ratio")
    yield _beside(city, "registered_households", "建档立卡贫困户")


_WANTED: tuple[tuple[str, str, Callable[[_City], Iterator[str]]], ...] = (
    ("本年累计发放", "disbursed_amount_ytd", _disbursed),
    ("本月发放", "disbursed_amount_mtd", _this_month),
    ("期末余额", "outstanding_amount", _outstanding),
    ("贷款户数", "outstanding_households", _households),
    ("年度任务完成率", "target_completion_ratio", _completion),
    ("逾期率", "past_due_ratio", _past_due),
    ("不良率", "npl_ratio", _npl),
    ("投放面（户贷率）", "lending_coverage_ratio", _coverage),
)
"""Words, column of the summary, and what is said beneath."""
