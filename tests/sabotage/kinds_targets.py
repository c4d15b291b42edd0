"""Targets that are another county's, or last year's at one bank only; totals go with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.sabotage.kinds_counties import last_targets, target
from tests.sabotage.planting import COLUMN, ROW, TOTAL, Desk, Draft, kind

_BOTH = ("target_amount", "target_households")
_MUCH = 1.7
"""So many times as large is another county, that nobody takes the one for the other."""


def _sized(draft: Draft, bank: str, area: str) -> int:
    return draft.at(area, "target_amount", bank)


def _moved(draft: Draft, bank: str, sources: Mapping[str, str]) -> Draft:
    """Each county has the figures of another of the same bank; the total is added up again."""
    for code in _BOTH:
        before = {area: draft.at(area, code, bank) for area in draft.counties}
        now = {area: before[sources.get(area, area)] for area in draft.counties}
        for area, value in now.items():
            draft.put(area, code, value, bank, alone=True)
        if (TOTAL, code, bank, 0) in draft.seen:
            draft.put(TOTAL, code, sum(now.values()), bank, alone=True)
    return draft


def _is_much_larger(draft: Draft, bank: str, one: str, other: str) -> bool:
    less, more = sorted((_sized(draft, bank, one), _sized(draft, bank, other)))
    return more >= less * _MUCH


def _of_others(name: str, title: str, cause: str, choose: Callable[[Draft, str, Desk], Mapping[str, str]]) -> None:
    """A kind in which counties of one bank have others' figures, where last year's targets are there."""

    def plant(desk: Desk) -> Draft | None:
        draft, _, _, bank = target(desk)
        sources = choose(draft, bank, desk)
        return _moved(draft, bank, sources) if sources and last_targets(desk, draft) else None

    plant.__doc__ = choose.__doc__
    kind(name, ROW, title, "T01-7", cause)(plant)


def _exchanged(draft: Draft, bank: str, desk: Desk) -> Mapping[str, str]:
    """Two counties of different size have each other's targets at one bank; the total is as it was."""
    one, other = desk.random.sample(draft.counties, 2)
    return {one: other, other: one} if _is_much_larger(draft, bank, one, other) else {}


def _shifted(draft: Draft, bank: str, desk: Desk) -> Mapping[str, str]:
    """Three counties or more each have the targets of the one above at one bank, the first those of the last."""
    length = desk.random.randint(3, len(draft.counties))
    start = desk.random.randint(0, len(draft.counties) - length)
    block: Sequence[str] = draft.counties[start : start + length]
    return dict(zip(block, [block[-1], *block[:-1]], strict=True))


def _neighbours(draft: Draft, bank: str, desk: Desk) -> Mapping[str, str]:
    """A county has the targets of the county above, of another size, at one bank; the total goes with it."""
    number = desk.random.randint(1, len(draft.counties) - 1)
    area, above = draft.counties[number], draft.counties[number - 1]
    return {area: above} if _is_much_larger(draft, bank, area, above) else {}


_of_others("target-counties-exchanged", "一家银行两个县区的目标互换", "areas_exchanged", _exchanged)
_of_others("target-rows-shifted", "一家银行连续几个县区的目标错了一行", "row_shifted", _shifted)
_of_others("target-of-the-neighbour", "一家银行一个县区的目标填了相邻县区的，合计也是", "other_area", _neighbours)


@kind("target-bank-last-year", COLUMN, "一家银行的目标照抄上年，其他银行的是新的", "T01-7")
def bank_of_last_year(desk: Desk) -> Draft | None:
    """All targets of one bank are last year's, the total as well."""
    draft, _, _, bank = target(desk)
    before = last_targets(desk, draft)
    if before is None:
        return None
    for seen in before.observations:
        if seen.institution == bank:
            draft.put(seen.area, seen.indicator, seen.value, bank, alone=True)
    return draft
