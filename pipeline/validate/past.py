"""Statements in force of earlier months, as arrays: what rules of level 2 compare a month with.

A figure is found by reporting unit, area and month. Where none is reported an imported one stands in, as a base: it
is no ground to send a statement back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pandas as pd

from pipeline.model import ImportedFigure, Observation, Submission
from pipeline.money import FEN_PER_WAN
from pipeline.periods import Month
from pipeline.validate.masked import Figures, Integers, Mask, nothing, taken
from pipeline.validate.neighbours import STATEMENT

UNKNOWN_STEP = 0
"""The rounding of what nothing is known of."""

Told = tuple[str, str, int, str, int]
"""(reporting unit, area, month as `ordinal`, indicator, value)."""
Place = tuple[str, str, int, str]
"""(reporting unit, area, month as `ordinal`, indicator)."""
NO_STEPS: Mapping[tuple[str, int], int] = {}
_MONTHS = 12 * 3000
_NOWHERE = -1


def ordinal(month: Month) -> int:
    """Months counted through the years, so that the one before is one less."""
    return month.year * 12 + month.month - 1


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure in force was read."""

    file: str
    sheet: str
    cell: str


def _nowhere(place: Place) -> Source | None:
    del place
    return None


@dataclass(frozen=True, eq=False)
class Past:
    """Figures by unit, area and month.

    `keys` are sorted; position i of every array in `figures`, of `steps` (fen) and of `stated` (whether a statement is
    in force then, not only imported figures) belongs to `keys[i]`.
    """

    units: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    keys: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    figures: Mapping[str, Figures] = field(default_factory=dict)
    steps: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    stated: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    source: Callable[[Place], Source | None] = _nowhere
    """Where a figure was read; asked only when somebody has to be told."""
    replaced: Mapping[Place, frozenset[int]] = field(default_factory=dict)
    """What earlier versions of a statement said of last month's, where another one is in force."""

    @classmethod
    def of(
        cls,
        told: Iterable[Told],
        steps: Mapping[tuple[str, int], int],
        imported_steps: Mapping[tuple[str, int], int] = NO_STEPS,
    ) -> Past:
        """From figures in any order; `steps` of the statements in force and of what was imported, by (unit, month)."""
        rows = list(told)
        if not rows:
            return cls()
        unit, area, month, indicator, value = zip(*rows, strict=True)
        unit_of, units = pd.factorize(np.array(unit, dtype=object))
        area_of, areas = pd.factorize(np.array(area, dtype=object))
        indicator_of, indicators = pd.factorize(np.array(indicator, dtype=object))
        months, values = np.array(month, dtype=np.int64), np.array(value, dtype=np.int64)
        keys, place = np.unique((unit_of * len(areas) + area_of) * _MONTHS + months, return_inverse=True)
        figures: dict[str, Figures] = {}
        for number, code in enumerate(indicators):
            own = indicator_of == number
            filled, blank = np.zeros(len(keys), dtype=np.int64), np.ones(len(keys), dtype=bool)
            filled[place[own]], blank[place[own]] = values[own], False
            figures[code] = np.ma.array(filled, mask=blank)
        whose = [units[key] for key in (keys // _MONTHS) // len(areas)]
        when = [(name, int(key % _MONTHS)) for name, key in zip(whose, keys, strict=True)]
        known = [steps.get(at, imported_steps.get(at, UNKNOWN_STEP)) for at in when]
        return cls(
            {name: code for code, name in enumerate(units)},
            {name: code for code, name in enumerate(areas)},
            keys,
            figures,
            np.array(known, dtype=np.int64),
            np.array([at in steps for at in when], dtype=bool),
        )

    @classmethod
    def of_submissions(
        cls,
        in_force: Iterable[Submission],
        imported: Iterable[ImportedFigure] = (),
        replaced: Iterable[Submission] = (),
    ) -> Past:
        """From statements in force, and imported figures where these report none; other forms are passed over."""
        in_force = [submission for submission in in_force if submission.form == STATEMENT]
        told, rounded = read_imported(imported)
        steps: dict[tuple[str, int], int] = {}
        for submission in in_force:
            month = ordinal(Month.parse(submission.period))
            steps[submission.unit, month] = submission.step
        told |= {place: value for place, value, *_ in _told_by(in_force)}
        past = cls.of(((*key, value) for key, value in told.items()), steps, rounded)
        return past.read_from(lambda: in_force, replaced)

    def read_from(self, in_force: Callable[[], Iterable[Submission]], replaced: Iterable[Submission] = ()) -> Past:
        """The same, knowing where its figures were read, and what versions that were replaced said instead."""
        values: dict[Place, set[int]] = {}
        for place, value, *_ in _told_by(replaced):
            values.setdefault(place, set()).add(value)
        read = cache(lambda: {place: Source(sent.file, o.sheet, o.cell) for place, _, sent, o in _told_by(in_force())})
        said = {place: frozenset(of_place) for place, of_place in values.items()}
        return replace(self, source=lambda place: read().get(place), replaced=said)

    def places(self, units: Sequence[str], areas: Sequence[str], months: Integers) -> Integers:
        """Where each (unit, area, month) stands; -1 where nothing is known of it."""
        unit_of = np.array([self.units.get(unit, _NOWHERE) for unit in units], dtype=np.int64)
        area_of = np.array([self.areas.get(area, _NOWHERE) for area in areas], dtype=np.int64)
        if not len(self.keys):
            return np.full(len(unit_of), _NOWHERE, dtype=np.int64)
        wanted = (unit_of * len(self.areas) + area_of) * _MONTHS + months
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = (unit_of >= 0) & (area_of >= 0) & (self.keys[found] == wanted)
        return np.where(known, found, _NOWHERE)

    def at(self, indicator: str, places: Integers) -> Figures:
        """An indicator's figures at these places."""
        figures = self.figures.get(indicator)
        if figures is None:
            return nothing(len(places))
        return taken(figures, places)


def _told_by(submissions: Iterable[Submission]) -> Iterable[tuple[Place, int, Submission, Observation]]:
    """What statements report of single areas."""
    for sent in submissions:
        month = ordinal(Month.parse(sent.period))
        for seen in sent.observations:
            if seen.value is not None and not seen.total:
                yield (sent.unit, seen.area, month, seen.indicator), seen.value, sent, seen


def read_imported(
    imported: Iterable[ImportedFigure],
) -> tuple[dict[tuple[str, str, int, str], int], dict[tuple[str, int], int]]:
    """Imported figures of months by (unit, area, month, indicator), and the finest place of each unit's amounts."""
    told: dict[tuple[str, str, int, str], int] = {}
    amounts: dict[tuple[str, int], list[int]] = {}
    for figure in imported:
        if figure.form == STATEMENT and "-" in figure.period:
            month = ordinal(Month.parse(figure.period))
            told[figure.unit, figure.area, month, figure.indicator] = figure.value
            if "_amount" in figure.indicator:
                amounts.setdefault((figure.unit, month), []).append(figure.value)
    return told, {at: _finest_place(values) for at, values in amounts.items()}


def _finest_place(amounts: Sequence[int]) -> int:
    """In fen, at most 万元: what all these amounts are whole numbers of."""
    place = FEN_PER_WAN
    while any(amount % place for amount in amounts):
        place //= 10
    return place


NO_PAST = Past()
