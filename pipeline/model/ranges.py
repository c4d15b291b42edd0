"""Names of cells as the rectangles that they fill, as short as a person writes it: 「D8:E9、G11」."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.model.grid import address

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


def ranges(cells: Iterable[str]) -> str:
    """A1 names as the rectangles that they fill: 「B5:C14、E7」; what is no such name stands last as it is."""
    columns: dict[int, set[int]] = defaultdict(set)
    named: list[str] = []
    for cell in dict.fromkeys(cells):
        if at := position_of(cell):
            columns[at[1]].add(at[0])
        else:
            named.append(cell)
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for col, rows in columns.items():
        for run in _runs(rows):
            alike[run].append(col)
    boxes = sorted((top, left, bottom, right) for (top, bottom), cols in alike.items() for left, right in _runs(cols))
    told = [
        address(top, left) + (f":{address(bottom, right)}" if (top, left) != (bottom, right) else "")
        for top, left, bottom, right in boxes
    ]
    return "、".join([*told, *named])


def cells_told(cells: Iterable[tuple[str, str]], sheet: str) -> str:
    """The same of (sheet, cell), row and column of one sheet after the other: 「D8:E9；工作表“乙”B2」 of sheet 甲."""
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for name, cell in cells:
        by_sheet[name].append(cell)
    names = sorted(by_sheet, key=lambda name: (name != sheet, name))
    return "；".join(f"{'' if name == sheet else f'工作表“{name}”'}{ranges(by_sheet[name])}" for name in names)


def position_of(cell: str) -> tuple[int, int] | None:
    """Row and column of an A1 name, both counted from 0; None where it is no such name."""
    found = _ADDRESS.fullmatch(cell)
    return (int(found[2]) - 1, _column(found[1])) if found else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of the numbers that follow on each other."""
    first = last = None
    for number in sorted(numbers):
        if first is None or last is None:
            first = number
        elif number != last + 1:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
