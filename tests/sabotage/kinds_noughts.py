"""Figures that happened and were left at nought: a block of a county, of all counties, what was repaid."""

from __future__ import annotations

from collections.abc import Sequence

from tests.sabotage.kinds_columns import rows
from tests.sabotage.planting import BANKS, CELL, COLUMN, ROW, Desk, Draft, kind

_LENT = ("disbursed_loans", "disbursed_households", "disbursed_amount")
_FLOWS = (*_LENT, "repaid_amount")
_LIVELY = 3
"""So many loans in the month of a county: it is seen that they are gone."""


def _left_out(draft: Draft, areas: Sequence[str], codes: Sequence[str], *, alone: bool) -> Draft | None:
    """These figures at nought, where something happened in each of these counties."""
    counties = [area for area in areas if area in draft.counties]
    if any(draft.at(area, "disbursed_loans_mtd") < _LIVELY for area in counties):
        return None
    for area in areas:
        for code in codes:
            if draft.has(area, code):
                draft.put(area, code, 0, alone=alone)
    return draft


def of_a_county(name: str, title: str, codes: Sequence[str]) -> None:
    """A kind that leaves these figures of a county at nought."""

    @kind(name, ROW, title, "omitted")
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        return _left_out(draft, [desk.random.choice(draft.counties)], codes, alone=False)

    plant.__doc__ = f"A county has nought at {', '.join(codes)}."


def of_all(name: str, title: str, codes: Sequence[str]) -> None:
    """A kind that leaves these figures of all counties at nought, of the total too."""

    @kind(name, COLUMN, title, "omitted")
    def plant(desk: Desk) -> Draft | None:
        draft = desk.draft("M01", BANKS)
        return _left_out(draft, rows(draft), codes, alone=True)

    plant.__doc__ = f"All counties have nought at {', '.join(codes)}, the total too."


_MONTH, _YEAR = (tuple(f"{stem}_{span}" for stem in _LENT) for span in ("mtd", "ytd"))
of_a_county("block-nought-month-row", "一个县区本月发放笔数、户数、金额全填0", _MONTH)
of_a_county("block-nought-year-row", "一个县区本年累计发放笔数、户数、金额全填0", _YEAR)
of_a_county("row-nought-month", "一个县区本月发放、收回各栏全填0", tuple(f"{stem}_mtd" for stem in _FLOWS))
of_a_county("row-nought-year", "一个县区本年累计发放、收回各栏全填0", tuple(f"{stem}_ytd" for stem in _FLOWS))
of_all("block-nought-month", "各县区本月发放笔数、户数、金额全填0", _MONTH)
of_all("block-nought-year", "各县区本年累计发放笔数、户数、金额全填0", _YEAR)
of_all("column-nought-repaid", "各县区本月收回金额一栏全填0", ("repaid_amount_mtd",))


@kind("cell-nought-repaid", CELL, "一个县区本月收回金额填0", "omitted")
def repaid_of_a_county(desk: Desk) -> Draft | None:
    """What a county was repaid in the month is nought."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if draft.at(area, "repaid_amount_mtd") <= 100 * draft.clean.step:
        return None
    draft.put(area, "repaid_amount_mtd", 0)
    return draft
