"""The names of the counties stand in another order than their figures."""

from __future__ import annotations

from tests.sabotage.planting import BANKS, COLUMN, Desk, Draft, kind


@kind("county-names-sorted", COLUMN, "只给县区名称排了序，各栏数字没有跟着动", "names_sorted")
def county_names_sorted(desk: Desk) -> Draft | None:
    """The names alone are in the order of the alphabet; figures stand where they stood."""
    return _renamed(desk, sorted)


@kind("county-names-shuffled", COLUMN, "四个县区的名称次序写乱，各栏数字没有跟着动", "names_sorted")
def county_names_shuffled(desk: Desk) -> Draft | None:
    """Four names go round."""

    def turned(areas: list[str]) -> list[str]:
        first = desk.random.randrange(len(areas) - 3)
        one, two, three, four = areas[first : first + 4]
        return [*areas[:first], three, one, four, two, *areas[first + 4 :]]

    return _renamed(desk, turned)


def _renamed(desk: Desk, order) -> Draft | None:  # type: ignore[no-untyped-def]
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
