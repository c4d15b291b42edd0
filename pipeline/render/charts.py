"""Charts: plain data → figure → SVG for the page, PNG for Word. Drawn on fixed places, so that no font moves anything.

Bars lie, because Chinese names are read from left to right; every bar and point bears its number as printed,
and what is not reported is a gap with words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from pipeline.render.charts_canvas import Canvas, drawn, written
from pipeline.render.harmless import visible

NOT_REPORTED = "未报送"
INK, MUTED, RULE, BAR, PALE, ACCENT = "#1f2933", "#52606d", "#cbd2d9", "#1f3a5f", "#dbe4f0", "#8c1c13"

_WIDTH = 600.0
_ROW, _THICK = 27.0, 17.0
_LABEL_END, _BAR_START, _BAR_END = 104.0, 112.0, 506.0
_LONGEST_LABEL = 8
_TOP, _BOTTOM = 30.0, 30.0
_TEXT, _SMALL = 13.0, 11.5
_LINE_HEIGHT, _LINE_TOP, _LINE_BOTTOM = 300.0, 44.0, 66.0
_LINE_EDGE = 34.0


@dataclass(frozen=True, slots=True)
class Point:
    """One bar, or one point of a line: its number, and the words printed beside it (or in its stead)."""

    label: str
    words: str
    value: Fraction | None = None
    partial: bool = False
    """Not all who owe it have reported: drawn hatched or hollow."""
    group: str = ""
    """What is written once below neighbours that share it: the year."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that all bars are read against."""

    words: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn. `sentence` says in words what it shows, for those who cannot see it."""

    id: str
    title: str
    unit: str
    points: tuple[Point, ...]
    sentence: str
    mark: Mark | None = None
    over_time: bool = False
    source: str = ""
    """Which annex the numbers stand in."""


def svg(chart: Chart) -> bytes:
    """The chart as SVG with title and description; the same bytes on any machine, whatever fonts it has."""
    body = drawn(lambda: _canvas(chart), salt=chart.id)
    head, _, rest = body.partition(">")
    title, words = f"{chart.id}-title", f"{chart.id}-desc"
    opened = f'{head} role="img" aria-labelledby="{title} {words}">'
    told = (
        f'<title id="{title}">{escape(visible(chart.title))}</title>'
        f'<desc id="{words}">{escape(visible(chart.sentence))}</desc>'
    )
    return (opened + told + rest).encode()


def png(chart: Chart, dots_per_inch: int = 200) -> bytes:
    """The chart as PNG, set in a Chinese font of this machine.

    Raises:
        FontMissing: there is none, or it lacks a character of this chart.
    """
    return written(lambda: _canvas(chart), dots_per_inch)


def _canvas(chart: Chart) -> Canvas:
    """Lying bars, or a line over time."""
    return _line(chart) if chart.over_time else _bars(chart)


# ------------------------------------------------------------------ bars


def _bars(chart: Chart) -> Canvas:
    rows = max(len(chart.points), 1)
    top = _TOP + (22.0 if chart.mark else 0.0)
    bottom = top + rows * _ROW
    canvas = Canvas(_WIDTH, bottom + _BOTTOM)
    numbers = [point.value for point in chart.points if point.value is not None]
    x_of = _scale([*numbers, *([chart.mark.value] if chart.mark else [])], _BAR_START, _BAR_END)
    zero = x_of(Fraction(0))
    ends = [zero if point.value is None else x_of(point.value) for point in chart.points]
    middles = [top + (number + 0.5) * _ROW for number in range(len(chart.points))]
    _unit(canvas, chart)
    for point, end, middle in zip(chart.points, ends, middles, strict=True):
        canvas.box(min(zero, end), middle - _THICK / 2, abs(end - zero), _THICK, *_fill(point))
    if chart.mark:
        _mark(canvas, chart.mark, x_of(chart.mark.value), top, bottom)
    for point, end, middle in zip(chart.points, ends, middles, strict=True):
        canvas.text(_LABEL_END, middle + 4.5, _label(point), _TEXT, INK, align="right")
        look = (_SMALL, MUTED) if point.value is None else (_TEXT, INK)
        canvas.text(max(zero, end) + 6, middle + 4.5, point.words or NOT_REPORTED, *look, halo=True)
    canvas.line([(zero, top), (zero, bottom)], INK, 1.0)
    _legend(canvas, chart, bottom + 20)
    return canvas


def _mark(canvas: Canvas, mark: Mark, x: float, top: float, bottom: float) -> None:
    canvas.line([(x, top - 4), (x, bottom)], "white", 4.0)
    canvas.line([(x, top - 4), (x, bottom)], ACCENT, 1.8, dashed=True)
    half = sum(_SMALL if ord(character) > 0x2000 else _SMALL * 0.6 for character in mark.words) / 2
    canvas.text(min(max(x, half + 6), _WIDTH - half - 6), top - 10, mark.words, _SMALL, ACCENT, align="center")


def _fill(point: Point) -> tuple[str, str]:
    """Colour and hatch: a partial sum is not as solid as a whole one."""
    return (PALE, "///") if point.partial else (BAR, "")


def _label(point: Point) -> str:
    label = visible(point.label)
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _scale(numbers: Sequence[Fraction], start: float, end: float) -> Callable[[Fraction], float]:
    """Number → place, from zero (or the lowest negative) at `start` to the highest at `end`."""
    low, high = min([*numbers, Fraction(0)]), max([*numbers, Fraction(0)])
    wide = (high - low) or Fraction(1)
    return lambda number: start + float((number - low) / wide) * (end - start)


def _unit(canvas: Canvas, chart: Chart) -> None:
    canvas.text(_WIDTH - 8, 16, f"单位：{chart.unit}", _SMALL, MUTED, align="right")


def _legend(canvas: Canvas, chart: Chart, y: float) -> None:
    """What a hatched bar or a hollow point means, where there is one."""
    if any(point.partial for point in chart.points):
        words = "空心点、带“*”的：有单位未报送" if chart.over_time else "斜线、带“*”的：有单位未报送"
        canvas.text(_BAR_START if not chart.over_time else _LINE_EDGE, y, words, _SMALL, MUTED)


# ------------------------------------------------------------------ a line over time


def _line(chart: Chart) -> Canvas:
    canvas = Canvas(_WIDTH, _LINE_HEIGHT)
    bottom = _LINE_HEIGHT - _LINE_BOTTOM
    numbers = [point.value for point in chart.points if point.value is not None]
    y_of = _scale(numbers, bottom, _LINE_TOP + 24)
    step = (_WIDTH - 2 * _LINE_EDGE) / max(len(chart.points) - 1, 1)
    places = [_LINE_EDGE + number * step for number in range(len(chart.points))]
    _unit(canvas, chart)
    zero = y_of(Fraction(0))
    canvas.line([(16, zero), (_WIDTH - 8, zero)], INK, 1.0)
    canvas.text(12, zero + 4, "0", _SMALL, MUTED, align="right")
    for run in _unbroken(chart.points):
        canvas.line([(places[n], y_of(value)) for n, value in run], BAR, 2.0)
    for number, point in enumerate(chart.points):
        x, above = places[number], number % 2 == 0
        if point.value is None:
            canvas.line([(x, bottom - 26), (x, bottom)], MUTED, 1.0, dashed=True)
            canvas.text(x, bottom - 32, point.words or NOT_REPORTED, _SMALL - 1, MUTED, align="center")
        else:
            y = y_of(point.value)
            canvas.dot(x, y, BAR, hollow=point.partial)
            canvas.line([(x, y + (5 if not above else -5)), (x, y + (13 if not above else -13))], RULE, 0.8)
            canvas.text(x, y + (25 if not above else -17), point.words, _SMALL - 1, INK, align="center", halo=True)
        canvas.text(x, bottom + 17, point.label, _SMALL, INK, align="center")
        if point.group and (not number or chart.points[number - 1].group != point.group):
            canvas.text(x, bottom + 34, point.group, _SMALL, MUTED, align="center")
    _legend(canvas, chart, _LINE_HEIGHT - 10)
    return canvas


def _unbroken(points: Sequence[Point]) -> list[list[tuple[int, Fraction]]]:
    """Runs of neighbours that all have a number: a gap breaks the line."""
    runs: list[list[tuple[int, Fraction]]] = [[]]
    for place, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((place, point.value))
    return [run for run in runs if len(run) > 1]
