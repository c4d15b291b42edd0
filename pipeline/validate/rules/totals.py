"""Typed totals 「合计」 against the areas that they sum up (A01)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.validate.frames import Book, Hit
from pipeline.validate.registry import DUTY, hard, rule
from pipeline.validate.rules.areas import area_faults
from pipeline.validate.typed_totals import mismatches

__all__ = ["MISMATCH", "areas_add_up_to_total", "mismatches"]

MISMATCH = (
    "“{indicator}”的合计填报{value}，各县区相加为{expected}，相差{difference}{allowed}。"
    "请核对合计数和各县区数，改正后重新报送。"
)


@rule(
    "A01",
    level=1,
    title="合计等于各县区之和",
    subject="合计",
    source=DUTY,
    reads=("M01",),
    breaks={"mismatch": hard(MISMATCH)},
)
def areas_add_up_to_total(book: Book) -> Iterator[Hit]:
    """Where a total is typed, the areas add up to it, for every amount and count; of-which areas are not added."""
    broken = {hit.submission for hit in area_faults(book)}
    for hit in mismatches(book):
        if hit.submission not in broken:
            yield hit
