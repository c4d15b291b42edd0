"""What is in force of one form before a month: bases to fill in, figures that live rules compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pipeline.catalog import Catalog
from pipeline.errors import StoreError
from pipeline.ingest.page_look import NO_LOOK, PageLook, look_of
from pipeline.jobs import month as months
from pipeline.jobs import over_time
from pipeline.jobs.measures import measures_in_force
from pipeline.jobs.past import standings_of
from pipeline.model import Submission
from pipeline.periods import Month
from pipeline.render.form_content import LastItem
from pipeline.store import records
from pipeline.store.archive import Archive
from pipeline.store.records import Record
from pipeline.store.store import Connection
from pipeline.transform.wordings import Resolved, texts
from pipeline.validate.history import MONTHLY_FLOWS, OTHER_CHANGES, TARGETS, History
from pipeline.validate.last_return import NAME
from pipeline.validate.neighbours import RETURN, STATEMENT
from pipeline.validate.verdicts import State

Figures = Mapping[tuple[str, str], int]
"""(area, indicator with its institution) → value in the indicator's scale."""
NOTHING: Figures = {}


@dataclass(frozen=True, slots=True)
class Known:
    """All that the office knows of the units' earlier forms."""

    month: Month
    figures: Mapping[tuple[str, str, Month], Figures] = field(default_factory=dict)
    """By unit, form and month; imported figures where nothing is in force."""
    records: Mapping[tuple[str, str, Month], Record] = field(default_factory=dict)
    history: History = field(default_factory=History)
    """Targets among it, of all years."""
    items: Mapping[tuple[str, str, Month], Sequence[LastItem]] = field(default_factory=dict)
    """What stood in the list below a form, by unit, form and month."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a unit's measures of last month say, by item; only of units of which some are in force."""
    looks: Mapping[tuple[str, str], PageLook] = field(default_factory=dict)
    """How the latest of a unit's forms in force looked, by unit and form."""

    def at(self, unit: str, form: str, month: Month) -> Figures:
        """Figures of a month, imported ones among them."""
        return self.figures.get((unit, form, month), NOTHING)

    def last(self, unit: str, form: str) -> Record | None:
        """The latest of the unit's forms in force before the month; None where there is none."""
        own = [(m, record) for (who, code, m), record in self.records.items() if (who, code) == (unit, form)]
        return max(own, key=lambda one: one[0])[1] if own else None

    def look(self, unit: str, form: str) -> PageLook:
        """How the unit's own form looks."""
        return self.looks.get((unit, form), NO_LOOK)

    def sample(self) -> bool:
        """Whether any of it is invented."""
        return any(record.sample for record in self.records.values())


def known_before(connection: Connection, catalog: Catalog, month: Month, upto: int) -> Known:
    """Everything in force of statements and county returns in the months that a month is compared with."""
    from pipeline.store import imports

    earlier = over_time.months_before(month)
    standing = standings_of(connection, earlier, upto)
    kept = {
        (s.record.unit, s.record.form, Month.parse(s.record.period)): s.record
        for period, own in standing.items()
        for s in own
        if "-" in period and s.state is State.IN_FORCE
    }
    figures: dict[tuple[str, str, Month], dict[tuple[str, str], int]] = {}
    for figure in imports.figures_of(connection, upto, [str(m) for m in earlier]):
        if figure.form != STATEMENT:
            continue  # a county's return is compared with what the county sent
        place = figure.unit, figure.form, Month.parse(figure.period)
        figures.setdefault(place, {})[figure.area, _key(figure.indicator, "")] = figure.value
    read = _read(connection, kept)
    for place, submission in read.items():
        figures.setdefault(place, {}).update(figures_in(submission, catalog))
    items = {place: items_of(submission) for place, submission in read.items() if place[2] == month.previous}
    unusual = records.unusual(connection, OTHER_CHANGES, MONTHLY_FLOWS)
    told = History.of([*unusual, *records.of_banks(connection, TARGETS)])
    before = measures_in_force(connection, catalog, months.view(connection, catalog, month.previous, upto))
    return Known(month, figures, kept, told, items, _words(before))


def with_looks(known: Known, archive: Archive) -> Known:
    """The same, and how each unit's latest forms looked; of bytes that are gone nothing is known."""
    looks: dict[tuple[str, str], PageLook] = {}
    for unit, form in {(unit, form) for unit, form, _ in known.records}:
        last = known.last(unit, form)
        with suppress(StoreError):
            looks[unit, form] = look_of(archive.get(last.sha256), last.sheet) if last else NO_LOOK
    return replace(known, looks=looks)


def items_of(submission: Submission) -> list[LastItem]:
    """The items of its list that have a name."""
    names: dict[int, str] = {}
    figures: dict[int, dict[str, int]] = {}
    for o in submission.observations:
        if o.item and o.indicator == NAME and o.text.strip():
            names[o.item] = o.text.strip()
        elif o.item and o.value is not None:
            figures.setdefault(o.item, {})[o.indicator] = o.value
    return [LastItem(name, figures.get(item, {})) for item, name in sorted(names.items())]


def _words(measures: Mapping[str, Resolved]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {unit: {} for unit in measures}
    for (unit, item), text in texts(measures).items():
        found[unit][item] = text
    return found


def _read(
    connection: Connection, kept: Mapping[tuple[str, str, Month], Record]
) -> dict[tuple[str, str, Month], Submission]:
    wanted = {place: record for place, record in kept.items() if record.form in (STATEMENT, RETURN)}
    read = records.observations(connection, (record.id for record in wanted.values()))
    return {place: records.full(record, read.get(record.id, [])) for place, record in wanted.items()}


def figures_in(submission: Submission, catalog: Catalog) -> dict[tuple[str, str], int]:
    """The figures of its areas, by area and indicator with its institution; totals and items left out."""
    form = catalog.forms[submission.form]
    return {
        (o.area, _key(o.indicator, o.institution if form.by_code[o.indicator].by_institution else "")): o.value
        for o in submission.observations
        if o.value is not None and not o.total and not o.item and o.indicator in form.by_code
    }


def _key(indicator: str, institution: str) -> str:
    return f"{indicator}@{institution}" if institution else indicator
