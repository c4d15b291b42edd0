"""A county return is another county's throughout: the file was copied from the neighbour's, the heading put right."""

from __future__ import annotations

from pipeline.periods import Month
from tests.sabotage.planting import FILE, Desk, Draft, key_of, kind

RETURN = "C01"


def _of_a_neighbour(desk: Desk, back: int) -> Draft | None:
    """All figures of one other county, of the month or of so many months before it."""
    draft = desk.draft(RETURN)
    theirs = desk.history.of(Month.parse(draft.clean.period).shifted(-back), RETURN)
    other = desk.random.choice([sent for sent in theirs if sent.unit != draft.clean.unit] or [None])
    if other is None:
        return None
    (area,) = draft.counties
    codes = set(draft.codes)
    for seen in other.observations:
        _, code, bank, item = key_of(seen)
        if code in codes and seen.value is not None and (area, code, bank, item) in draft.seen:
            draft.put(area, code, seen.value, bank, item)
    draft.whole = True
    return draft


@kind("return-other-county", FILE, "县区整份填成了别的县区的数", "other_county")
def return_of_another_county(desk: Desk) -> Draft | None:
    """All figures are those of another county, the heading is right."""
    return _of_a_neighbour(desk, 0)


@kind("return-other-county-last-month", FILE, "县区整份填成了别的县区上月的数", "other_county")
def return_of_another_county_last_month(desk: Desk) -> Draft | None:
    """All figures are those of another county a month ago, the heading is right."""
    return _of_a_neighbour(desk, 1)
