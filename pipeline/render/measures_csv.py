"""`data/annex1.csv`: one row a unit and item, a product each its own; what was not reported is an empty row."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import MeasureRow, MeasureTable
from pipeline.render.csvfile import csv_bytes, safe_text

HEADER = ("period", "institution", "reporting_unit", "item", "text", "submission")
CONTACT = "measure_contact"
"""Names and telephone numbers of persons: on the printed annex only."""


def measures_csv(table: MeasureTable) -> bytes:
    """Annex 1 as csv, in printed order, without contact persons.

    `submission` is where the words stand: an earlier month's where the unit declared 「与上月相同」. `institution` is
    empty for departments.
    """
    return csv_bytes(HEADER, _lines(table))


def _lines(table: MeasureTable) -> Iterator[list[object]]:
    for group in table.groups:
        for row in group.rows:
            for item, text, submission in _items(row):
                yield [table.period, group.id, row.unit, item, safe_text(text), submission]


def _items(row: MeasureRow) -> Iterator[tuple[str, str, str]]:
    for item, wording in row.wordings.items():
        if item != CONTACT:
            for text in wording.items or (wording.text,):
                yield item, text, wording.submission or row.submission
