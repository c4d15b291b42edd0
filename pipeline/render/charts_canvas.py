"""A sheet to draw on, in points from the top left, and its way out as SVG or PNG. The only place with matplotlib.

No text is measured: each is anchored where it belongs, so that SVG bytes do not depend on the fonts of a machine.
"""

from __future__ import annotations

import io
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from pipeline.errors import FontMissing
from pipeline.render.harmless import visible

POINTS_PER_INCH = 72
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "FandolHei",
    "SimSun",
    "Noto Sans CJK JP",
)
"""Fonts that have the characters of a Chinese table, the best first."""

_STACK = "'Noto Sans CJK SC', 'Microsoft YaHei', 'SimHei', sans-serif"
"""What a reader of the SVG may choose from."""
_MEASURED = "DejaVu Sans"
"""Comes with matplotlib, so that every machine has it; nothing is placed by it."""


class Canvas:
    """One picture. Places and lengths are points; y grows downward."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self._height = height
        self.figure = Figure(figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH), facecolor="white")
        self._width = width
        self._drawn = 0

    def _next(self) -> int:
        """What is drawn later lies above."""
        self._drawn += 1
        return self._drawn

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x / self._width, 1 - y / self._height

    def text(
        self, x: float, y: float, words: str, size: float, colour: str, *, align: str = "left", halo: bool = False
    ) -> None:
        """One line of words whose baseline starts, ends or is centred at a place; never read as mathematics."""
        if halo:
            self._halo(x, y, words, size, align)
        self.figure.text(
            *self._at(x, y),
            visible(words).replace("\n", " "),
            fontsize=size,
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=self._next(),
        )

    def _halo(self, x: float, y: float, words: str, size: float, align: str) -> None:
        """A white ground, so that a line behind does not run through the words."""
        wide = sum(size if ord(c) > 0x2000 else size * 0.6 for c in words) + 2
        left = x - {"left": 1, "center": wide / 2, "right": wide}[align]
        self.box(left, y - size * 0.85, wide, size * 1.1, "white")

    def box(self, x: float, y: float, wide: float, high: float, colour: str, hatch: str = "") -> None:
        """A filled rectangle by its top left corner; a hatched one is drawn in ink on this colour."""
        from matplotlib.patches import Rectangle

        corner = self._at(x, y + high)
        self._add(
            Rectangle(
                corner,
                wide / self._width,
                high / self._height,
                facecolor=colour,
                edgecolor="#1f3a5f" if hatch else "none",
                linewidth=0.8 if hatch else 0,
                hatch=hatch or None,
            )
        )

    def line(self, places: Sequence[tuple[float, float]], colour: str, wide: float, *, dashed: bool = False) -> None:
        """A line through these places."""
        from matplotlib.lines import Line2D

        across, down = zip(*(self._at(*place) for place in places), strict=True)
        style: Any = (0, (4, 3)) if dashed else "-"
        self._add(Line2D(across, down, color=colour, linewidth=wide, linestyle=style, solid_capstyle="butt"))

    def dot(self, x: float, y: float, colour: str, *, hollow: bool = False) -> None:
        """A round point."""
        from matplotlib.lines import Line2D

        across, down = self._at(x, y)
        inside = "white" if hollow else colour
        self._add(
            Line2D(
                [across],
                [down],
                linestyle="none",
                marker="o",
                markersize=7,
                markerfacecolor=inside,
                markeredgecolor=colour,
                markeredgewidth=1.6,
            )
        )

    def _add(self, artist: Any) -> None:
        artist.set_transform(self.figure.transSubfigure)
        artist.set_zorder(self._next())
        self.figure.add_artist(artist, clip=False)


# ------------------------------------------------------------------ the ways out


@cache
def load() -> None:
    """Import matplotlib as far as an SVG needs it, silent, whatever backend this machine has chosen for its windows."""
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    chosen = os.environ.pop("MPLBACKEND", None)  # a name that matplotlib does not know would stop the import
    try:
        import matplotlib.backends.backend_svg
        import matplotlib.figure  # noqa: F401
    finally:
        if chosen is not None:
            os.environ["MPLBACKEND"] = chosen


def drawn(draw: Callable[[], Canvas], salt: str) -> str:
    """What is drawn, as an SVG element; `salt` keeps its ids apart from those of other pictures on the same page."""
    with _settings({"svg.fonttype": "none", "svg.hashsalt": salt, "font.family": [_MEASURED]}):
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        out = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        FigureCanvasSVG(draw().figure).print_svg(out, metadata=nothing)  # type: ignore[no-untyped-call]
    return _plain(out.getvalue())


_RULES = re.compile(r"\s*<defs>\s*<style[^>]*>\*{([^}]*)}</style>\s*</defs>")
_TAG = re.compile(r"<[^<>]+>")
_STYLE = re.compile(r' style="([^"]*)"')
_NOTHING = re.compile(r'(?<=<g) id="[^"]*"| transform="rotate\(-0 [^"]*\)"')
"""Names of groups, which are the same in every picture, and turns by nothing."""


def _plain(document: str) -> str:
    """The svg element with attributes in place of styles: a page that allows no styles but its own shows them too."""
    body = document[document.index("<svg") :]
    if found := _RULES.search(body):
        body = body.replace(found[0], "", 1).replace("<svg", f"<svg{_attributes(found[1])}", 1)
    return _TAG.sub(_without_style, body)


def _without_style(tag: re.Match[str]) -> str:
    """One tag; what stands between tags is text, and `<` and `>` are escaped there and in attributes."""
    return _NOTHING.sub("", _STYLE.sub(lambda style: _attributes(style[1]), tag[0]))


def _attributes(style: str) -> str:
    """`fill: none; stroke-width: 2` as attributes."""
    pairs = (entry.split(":", 1) for entry in style.split(";") if entry.strip())
    told = {name.strip(): value.strip().replace(f"'{_MEASURED}'", _STACK) for name, value in pairs}
    return "".join(f' {name}="{value}"' for name, value in told.items())


def written(draw: Callable[[], Canvas], dots_per_inch: int) -> bytes:
    """What is drawn, as PNG in a Chinese font of this machine; FontMissing where a character would be a box."""
    font = cjk_font()
    if font is None:
        raise FontMissing(
            "这台电脑没有中文字体，不能画带汉字的图。请有管理员权限的同事运行一次：sudo apt install fonts-noto-cjk"
        )
    with _settings({"font.family": [font, _MEASURED]}) as heard:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        out = io.BytesIO()
        canvas = FigureCanvasAgg(draw().figure)
        canvas.figure.set_dpi(dots_per_inch)
        canvas.print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]
    if any("Glyph" in str(warning.message) for warning in heard):
        raise FontMissing(
            f"字体“{font}”缺少图中的某个字，没有画图。请安装字更全的中文字体（如 fonts-noto-cjk）后重试。"
        )
    return out.getvalue()


def cjk_font() -> str | None:
    """The best Chinese font that is installed here, by name; None where there is none."""
    with _settings({}):
        from matplotlib import font_manager

        manager = font_manager.fontManager
        known = {entry.fname for entry in manager.ttflist}
        for path in sorted(set(font_manager.findSystemFonts()) - known):  # installed since matplotlib last looked
            try:
                manager.addfont(path)
            except (OSError, RuntimeError):
                continue
        names = {entry.name for entry in manager.ttflist}
    return next((name for name in CHINESE_FONTS if name in names), None)


@contextmanager
def _settings(own: dict[str, Any]) -> Iterator[list[warnings.WarningMessage]]:
    """Matplotlib as delivered, whatever a machine's settings say, and silent; gives what it would have warned of."""
    load()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        import matplotlib

        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(own)  # type: ignore[arg-type]
            yield heard
