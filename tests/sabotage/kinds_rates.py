"""A typed total's average rate that is no average of its areas' rates."""

from __future__ import annotations

from tests.sabotage.planting import BANKS, CELL, TOTAL, Desk, Draft, kind

_RATE = "weighted_average_rate"
_STEP = 10_000


def _rates(draft: Draft) -> list[int]:
    return [draft.at(area, _RATE) for area in draft.counties if draft.at(area, _RATE)]


def _statement(desk: Desk) -> Draft | None:
    draft = desk.draft("M01", BANKS)
    return draft if draft.has(TOTAL, _RATE) and _rates(draft) else None


def _typed(draft: Draft | None, rate: int) -> Draft | None:
    if draft:
        draft.put(TOTAL, _RATE, rate // _STEP * _STEP)
    return draft


@kind("rate-total-summed", CELL, "合计的利率填成各县区利率之和", "A14")
def summed(desk: Desk) -> Draft | None:
    """The total's rate is the sum of the counties' rates, as a formula that goes through all columns has it."""
    draft = _statement(desk)
    return _typed(draft, sum(_rates(draft)) if draft else 0)


@kind("rate-total-per-mille", CELL, "合计的利率填成千分数", "A14")
def per_mille(desk: Desk) -> Draft | None:
    """The total's rate is ten times what it is."""
    draft = _statement(desk)
    return _typed(draft, 10 * draft.at(TOTAL, _RATE) if draft else 0)


@kind("rate-total-above", CELL, "合计的利率高于各县区的利率", "A14")
def above_all(desk: Desk) -> Draft | None:
    """The total's rate is above every county's, by a tenth of a percentage point or more."""
    draft = _statement(desk)
    return _typed(draft, max(_rates(draft)) + desk.random.randint(10, 150) * _STEP if draft else 0)
