"""The five charts of a month as plain data, from the summary's printed figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.periods import Month
from pipeline.render.charts import NOT_REPORTED, Chart, Mark, Point
from pipeline.render.numbers import NOT_APPLICABLE, Shown, show

DISBURSED, COMPLETION = "disbursed_amount_ytd", "target_completion_ratio"
OUTSTANDING, PAST_DUE = "outstanding_amount", "past_due_ratio"
_UNITS = {"fen": "万元", "ratio": "%", "户": "户"}


class Balance(NamedTuple):
    """The city's outstanding amount at a month's end, in fen; None where nothing is in force."""

    month: Month
    fen: int | None
    partial: bool = False


def month_charts(table: FigureTable, layout: AnnexLayout, balances: Sequence[Balance]) -> tuple[Chart, ...]:
    """发放 by county and by institution, 完成率, 余额 over time, 逾期率; without those whose column is not printed.

    Args:
        table: the summary annex of the month, with the parts `institutions` and `counties`.
        layout: its columns.
        balances: month by month, the earliest first.
    """
    columns = {column.id: column for column in layout.columns}
    parts = {part.id: part for part in table.parts}
    month, counties = Month.parse(table.period), parts.get("counties")
    charts: list[Chart | None] = [
        _by_row("disbursed-by-county", "本年累计发放金额（分县区）", columns.get(DISBURSED), counties),
        _by_row(
            "disbursed-by-institution", "本年累计发放金额（分机构）", columns.get(DISBURSED), parts.get("institutions")
        ),
        _completion(columns.get(COMPLETION), counties, month),
        _over_time(columns.get(OUTSTANDING), balances),
        _past_due(columns.get(PAST_DUE), counties),
    ]
    return tuple(chart for chart in charts if chart is not None)


def pace(month: Month) -> Shown:
    """序时进度 as it is printed."""
    return show(
        Figure("pace", "ratio", *month.pace.as_integer_ratio()),
        AnnexColumn(id="pace", header=("序时进度",), unit="ratio", derivation="ratio"),
    )


def _by_row(name: str, title: str, column: AnnexColumn | None, part: FigurePart | None) -> Chart | None:
    if column is None or part is None:
        return None
    rows = [row for row in part.rows if not row.is_total]
    points = tuple(_point(row, column) for row in rows)
    total = next((show(row.figures[column.id], column) for row in part.rows if row.is_total), None)
    unit = _UNITS.get(column.unit, column.unit)
    sentence = _sentence(title, unit, points, f"合计{total.text}{_counted(unit)}" if total and total.text else "")
    return Chart(name, title, unit, points, sentence, source=f"附件2{part.title}")


def _completion(column: AnnexColumn | None, part: FigurePart | None, month: Month) -> Chart | None:
    chart = _by_row("completion-by-county", "年度任务完成率（分县区）", column, part)
    gone = pace(month)
    if chart is None or gone.value is None:
        return chart
    words = f"序时进度 {gone.text}"
    return replace(chart, mark=Mark(words, gone.value), sentence=f"{chart.sentence}{words.replace(' ', '')}。")


def _past_due(column: AnnexColumn | None, part: FigurePart | None) -> Chart | None:
    chart = _by_row("past-due-by-county", "逾期率（分县区）", column, part)
    if chart is None or column is None or part is None:
        return chart
    city = next((show(row.figures[column.id], column) for row in part.rows if row.is_total), None)
    return chart if city is None or city.value is None else replace(chart, mark=Mark(f"全市 {city.text}", city.value))


def _over_time(column: AnnexColumn | None, balances: Sequence[Balance]) -> Chart | None:
    if column is None or not balances:
        return None
    points = tuple(_balance(entry, column) for entry in balances)
    title = f"期末余额（近{len(points)}个月）"
    known = [point for point in points if point.value is not None]
    first_last = (
        f"从{_full(known[0])}的{known[0].words}万元到{_full(known[-1])}的{known[-1].words}万元" if known else ""
    )
    return Chart(
        "outstanding-over-time", title, "万元", points, _sentence(title, "万元", points, first_last), over_time=True
    )


def _balance(entry: Balance, column: AnnexColumn) -> Point:
    partial = entry.partial and entry.fen is not None
    symbol = Symbol.MISSING if entry.fen is None else Symbol.PARTIAL if partial else Symbol.NONE
    shown = show(Figure(column.id, column.unit, entry.fen, symbol=symbol), column)
    words = shown.text or NOT_REPORTED
    return Point(f"{entry.month.month}月", words, shown.value, partial, group=f"{entry.month.year}年")


def _point(row: FigureRow, column: AnnexColumn) -> Point:
    figure = row.figures[column.id]
    shown = show(figure, column)
    words = {"": NOT_REPORTED, NOT_APPLICABLE: "不适用"}.get(shown.text, shown.text)
    return Point(row.label, words, shown.value, figure.symbol is Symbol.PARTIAL)


def _sentence(title: str, unit: str, points: Sequence[Point], overall: str) -> str:
    """What a chart shows, for those who cannot see it: the whole, the highest, the lowest, the gaps."""
    known = [(point.value, point) for point in points if point.value is not None]
    phrases = [overall] if overall else []
    if len(known) > 1:
        highest, lowest = max(known, key=_value)[1], min(known, key=_value)[1]
        phrases.append(f"最高{_told(highest, unit)}，最低{_told(lowest, unit)}")
    elif known:
        phrases.append(_told(known[0][1], unit))
    partial = [_full(point) for point in points if point.partial]
    if partial:
        phrases.append(f"未报齐（带“*”）：{'、'.join(partial)}")
    gaps: dict[str, list[str]] = {}
    for point in points:
        if point.value is None:
            gaps.setdefault(point.words, []).append(_full(point))
    phrases += [f"{words}：{'、'.join(labels)}" for words, labels in gaps.items()]
    return f"{title}：{'；'.join(phrases) or '没有数据'}。"


def _value(known: tuple[Fraction, Point]) -> Fraction:
    return known[0]


def _told(point: Point, unit: str) -> str:
    return f"{_full(point)}{point.words}{_counted(unit)}"


def _counted(unit: str) -> str:
    """Words of a ratio bear their % already."""
    return "" if unit == "%" else unit


def _full(point: Point) -> str:
    return f"{point.group}{point.label}"
