"""Charts of invented numbers, and their SVG read back: lines and boxes as places, words as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from xml.etree import ElementTree

from pipeline.render.charts import BAR, Chart, Mark, Point, svg

_SVG = "{http://www.w3.org/2000/svg}"


def bar(label: str, number: int | None, words: str = "", *, partial: bool = False) -> Point:
    value = None if number is None else Fraction(number)
    return Point(label, words or ("未报送" if number is None else f"{number}.00"), value, partial)


def chart(*points: Point, **more) -> Chart:
    return Chart("lent", "本年累计发放金额（分县区）", "万元", points, "合计6.00万元。", **more)


THREE = chart(bar("甲县", 300), bar("乙县", 100), bar("丙县", 200))


def months(*numbers: int | None, partial: tuple[int, ...] = ()) -> Chart:
    points = (
        replace(bar(f"{place}月", number), partial=place in partial, group="2018年")
        for place, number in enumerate(numbers, start=1)
    )
    return chart(*points, over_time=True)


BUSY = replace(THREE, points=(*THREE.points, bar("丁县", 5, "5.00*", partial=True)), mark=Mark("全市", Fraction(9)))


@dataclass(frozen=True)
class Box:
    """What a path covers."""

    left: float
    right: float
    top: float
    bottom: float
    corners: int

    @property
    def wide(self) -> float:
        return self.right - self.left


class Picture:
    """An SVG, parsed strictly."""

    def __init__(self, chart: Chart) -> None:
        self.text = svg(chart).decode()
        self.root = ElementTree.fromstring(self.text)

    def words(self) -> list[str]:
        """Every text that is drawn, in order."""
        return [element.text or "" for element in self.root.iter(f"{_SVG}text")]

    def place(self, words: str) -> tuple[float, float]:
        """Where a text is anchored."""
        (found,) = (element for element in self.root.iter(f"{_SVG}text") if element.text == words)
        return float(found.get("x")), float(found.get("y"))

    def told(self, name: str) -> str:
        """The title or the description."""
        (found,) = self.root.iter(f"{_SVG}{name}")
        return found.text or ""

    def bars(self) -> list[Box]:
        """Filled boxes of bars, whole (BAR) or partial (hatched), from top to bottom."""
        return [box for fill, _, box in self._paths() if fill == BAR or fill.startswith("url(")]

    def hatched(self) -> list[Box]:
        return [box for fill, _, box in self._paths() if fill.startswith("url(")]

    def lines(self, colour: str) -> list[Box]:
        """Lines of this colour; `corners` counts the points that they go through."""
        return [box for fill, stroke, box in self._paths() if fill == "none" and stroke == colour and box.corners > 1]

    def dots(self) -> list[str]:
        """Fill of each point of a line."""
        return [element.get("fill") or "" for element in self.root.iter(f"{_SVG}use")]

    def _paths(self) -> list[tuple[str, str, Box]]:
        found = []
        for path in self.root.findall(f"{_SVG}g//{_SVG}path"):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", path.get("d") or "")]
            across, down = numbers[::2], numbers[1::2]
            box = Box(min(across), max(across), min(down), max(down), len(across))
            found.append((path.get("fill") or "", path.get("stroke") or "", box))
        return found
