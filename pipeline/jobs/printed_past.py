"""Earlier figures that came with a blank form, as what a sender's own check compares the form with.

They are what the office had in force when it handed the form out. Nobody can change them unseen, but the office may
have accepted corrections since: what they tell is for the sender, and is judged again when the form comes home.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog
from pipeline.jobs.form_asked import asked_in
from pipeline.jobs.form_content import times_of
from pipeline.model import Observation, Submission
from pipeline.model.own_sheets import LAST_MONTH, PrintedFigure
from pipeline.money import MICRO_PER_PERCENT, MONEY_UNITS
from pipeline.periods import Month
from pipeline.render.form_rules import When

if TYPE_CHECKING:
    from pipeline.validate.past import Past

_PLACES = 4
_SHOWN = Fraction(1, 100)
"""No coarser than what the cells of amounts show."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The figures by month, in the indicators' scales, and how finely the amounts of each month are rounded, in fen."""

    figures: dict[Month, dict[tuple[str, str], int]]
    steps: dict[Month, int]


def printed_of(sent: Submission, told: Iterable[PrintedFigure], catalog: Catalog) -> Printed:
    """What is printed of last month, of the year's start and of a year ago; what is not understood is left out."""
    month, form = Month.parse(sent.period), catalog.forms[sent.form]
    layout = next((one for one in catalog.layouts if one.id == sent.layout), None)
    keys = {one.label: one.key for one in asked_in(form, layout, month, catalog)}
    areas = {name: area.id for area in catalog.areas.entries for name in area.all_names}
    back = {
        When.LAST_MONTH: month.previous, When.YEAR_START: month.year_start, When.YEAR_BEFORE: month.year_before,
    }  # fmt: skip
    months = {said: back[when] for when, said in times_of(month).items() if when in back}
    figures: dict[Month, dict[tuple[str, str], int]] = {}
    amounts: dict[Month, list[tuple[str, Fraction]]] = {}
    for one in told:
        if one.time in months and one.area in areas and one.label in keys:
            at, value = months[one.time], Fraction(str(one.value))
            per = MICRO_PER_PERCENT if one.unit == "%" else MONEY_UNITS.get(one.unit, 1)
            figures.setdefault(at, {})[areas[one.area], keys[one.label]] = round(value * per)
            if one.unit in MONEY_UNITS:
                amounts.setdefault(at, []).append((one.unit, value))
    return Printed(figures, {at: min(_step(unit, value) for unit, value in told) for at, told in amounts.items()})


def _step(unit: str, value: Fraction) -> int:
    """The place at which an amount ends."""
    places = next((n for n in range(_PLACES) if (value * 10**n).denominator == 1), _PLACES)
    return max(1, int(min(Fraction(1, 10**places), _SHOWN) * MONEY_UNITS[unit]))


def past_of(sent: Submission, printed: Printed) -> Past:
    """The same as what is in force."""
    from pipeline.validate.past import Past, ordinal

    told = (
        (sent.unit, area, ordinal(month), key, value)
        for month, own in printed.figures.items()
        for (area, key), value in own.items()
    )
    return Past.of(told, {(sent.unit, ordinal(month)): step for month, step in printed.steps.items()})


def return_of(sent: Submission, printed: Printed) -> list[Submission]:
    """Last month's return with these figures; without its list of projects, of which only amounts are printed."""
    month = Month.parse(sent.period).previous
    own = printed.figures.get(month)
    if not own:
        return []
    observations = [
        Observation(key.partition("@")[0], area, key.partition("@")[2], value, LAST_MONTH, "")
        for (area, key), value in own.items()
    ]
    last = replace(sent, period=str(month), sheet=LAST_MONTH, observations=observations, nil=False)
    return [replace(last, step=printed.steps.get(month, 1))]
