"""Formulas without a calculated value: one matter a sheet, for the program that wrote the file saved none at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.quantities import NOT_CALCULATED
from pipeline.model import Accused, Finding
from pipeline.model.ranges import cells_told

_UNREAD = "F07"


def each_sheet_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a file, those on formulas without a value under the first of their sheet, which names all."""
    told = list(findings)
    for numbers in _by_sheet(findings):
        root = told[numbers[0]]
        cells = cells_told(((told[number].sheet, told[number].cell) for number in numbers), root.sheet)
        told[numbers[0]] = replace(
            root,
            message=f"共{len(numbers)}格（{cells}）的{NOT_CALCULATED}",
            accused=tuple(
                Accused(one.sheet, one.cell, one.area, one.indicator) for one in map(told.__getitem__, numbers)
            ),
        )
        for number in numbers[1:]:
            told[number] = replace(told[number], under=root.id)
    return told


def _by_sheet(findings: Sequence[Finding]) -> list[list[int]]:
    """Positions of several such findings on one sheet."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, finding in enumerate(findings):
        if finding.rule == _UNREAD and finding.message.endswith(NOT_CALCULATED):
            found.setdefault((finding.submission, finding.sheet), []).append(number)
    return [numbers for numbers in found.values() if len(numbers) > 1]
