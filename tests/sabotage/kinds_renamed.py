"""The names of the counties stand in another order than their figures."""

from __future__ import annotations

from collections.abc import Callable

from tests.sabotage.planting import BANKS, COLUMN, Desk, Draft, kind


@kind("county-names-sorted", COLUMN, "只给县区名称排了序，各栏数字没有跟着动", "names_sorted")
def county_names_sorted(desk: Desk) -> Draft | None:
    """The names alone are in the order of the alphabet; figures stand where they stood."""
    return _renamed(desk, sorted)


@kind("county-names-shuffled", COLUMN, "几个县区的名称次序写乱，各栏数字没有跟着动", "names_sorted", "row_shifted")
def county_names_shuffled(desk: Desk) -> Draft | None:
    """Three to five names go round."""

    def turned(areas: list[str]) -> list[str]:
        chosen = desk.random.sample(range(len(areas)), desk.random.randint(3, 5))
        moved = dict(zip(chosen, [*chosen[1:], chosen[0]], strict=True))
        return [areas[moved.get(at, at)] for at in range(len(areas))]

    return _renamed(desk, turned)


def _renamed(desk: Desk, order: Callable[[list[str]], list[str]]) -> Draft | None:
    draft = desk.draft("M01", BANKS)
    if draft.earlier() is None:
        return None
    stood = draft.counties
    before = {(area, code): draft.seen.get((area, code, "", 0)) for area in stood for code in draft.codes}
    for name, row in zip(order(list(stood)), stood, strict=True):
        for code in draft.codes:
            seen = before[row, code]
            if name != row and seen is not None and seen.value is not None and (name, code, "", 0) in draft.seen:
                draft.put(name, code, seen.value, alone=True)
    return draft
