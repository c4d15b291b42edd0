"""A published figure walked back to the cells that it was made from, and a cell forward to all that it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.errors import NothingToPublish, UsageError
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.figure_places import Place
from pipeline.jobs.released_figures import ReleasedFigures
from pipeline.model import Figure, ImportedFigure, Observation
from pipeline.model.lineage import Lineage, Source
from pipeline.periods import Month
from pipeline.render.numbers import show
from pipeline.store import imports, journal, records
from pipeline.store.journal import Entry
from pipeline.store.records import Record
from pipeline.store.store import Connection, Store


@dataclass(frozen=True, slots=True)
class Cited:
    """A reported figure in its file: the submission, and what was read at its cell."""

    record: Record
    observation: Observation


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it is published, and in which release."""

    place: Place
    release: Entry
    label: str
    printed: str
    figure: Figure
    excluded: tuple[str, ...]
    """Units that are owed and not in it."""
    as_released: bool
    """Whether its annex, worked out anew, is to the byte what was released: registers or forms may have changed."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A published figure with all that it is made of; `lineage` is None where words or a blank are printed."""

    published: Published
    lineage: Lineage | None
    cited: Mapping[Source, Cited | ImportedFigure]


@dataclass(frozen=True, slots=True)
class Impact:
    """What was read at a cell, and every published figure of the latest releases that it is a part of."""

    cited: Cited
    feeds: tuple[Published, ...]


def trace(workspace: Path, month: Month, what: str, catalog: Catalog, clock: Clock) -> Traced:
    """Walk a figure of the latest release of a month, as known at the clock, back to its cells.

    Args:
        workspace: where the store lies.
        month: the period of the release.
        what: `附件2!M9`, `附件1-5 数据表!附件2-1 分机构!C9`, or the figure's name in the annex's csv,
            `annex2/counties/shiquan/outstanding_amount`.
        catalog: forms, registers, policy and layouts.
        clock: the moment from which it is looked at.

    Raises:
        UsageError: there is no such product, cell or figure, or the cell holds none.
        NothingToPublish: the month has not been released.
    """
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        entries = months.releases(connection, journal.vintage_at(connection, clock.text), month)
        if not entries:
            raise NothingToPublish(f"{month.label}还没有发布，没有可以追溯的数。请先运行 make monthly PERIOD={month}。")
        released = ReleasedFigures.of(connection, catalog, month, entries[-1])
        place = released.place_of(what)
        made = released.lineage_of(place)
        cited = _cited(connection, catalog, made.leaves if made else (), released.seen)
    store.close()
    return Traced(_published(released, place), made, cited)


def impact(workspace: Path, what: str, catalog: Catalog, clock: Clock) -> list[Impact]:
    """All figures of the latest releases, as known at the clock, that a cell of a received file is a part of.

    Args:
        workspace: where the store lies.
        what: `文件!工作表!单元格`; the file by its name, the end of its name, or the beginning of its sha256.
        catalog: forms, registers, policy and layouts.
        clock: the moment from which it is looked at.

    Returns:
        For each figure that was read there (a file may have been sent twice), what it feeds; nothing where it is no
        figure in force.

    Raises:
        UsageError: nothing was read at this place of such a file.
    """
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        found = [Impact(cited, ()) for cited in _at(connection, upto, what)]
        if not found:
            raise UsageError(
                f"“{what}”没有读出数。请写成“文件名!工作表!单元格”，文件名和工作表照 data/observations.csv 里的写。"
            )
        latest = {entry.body["period"]: entry for entry in journal.entries(connection, (journal.RELEASED,), upto)}
        for period, entry in sorted(latest.items()):
            month = Month.parse(period)
            concerned = {str(one) for one in (month, month.year_start, month.year_before)} | {str(month.year)}
            if any(one.cited.record.period in concerned for one in found):
                released = ReleasedFigures.of(connection, catalog, month, entry)
                found = [_with_feeds(connection, catalog, one, released) for one in found]
    store.close()
    return found


# ------------------------------------------------------------------ forward


def _at(connection: Connection, upto: int, what: str) -> list[Cited]:
    """What was read at a place of a file."""
    file, sheet, cell = [part.strip() for part in ("!!" + what).rsplit("!", 2)]
    file, cell = file.removeprefix("!!").strip("《》'"), cell.replace("$", "")
    own = {
        record.id: record
        for record in records.submissions(connection, upto)
        if record.file == file
        or record.file.endswith(f"/{file}")
        or (len(file) >= _SHORTEST and record.sha256.startswith(file))
    }
    read = records.observations(connection, own)
    return [
        Cited(own[id_], one)
        for id_ in own
        for one in read.get(id_, ())
        if (one.sheet, one.cell) == (sheet.strip("'"), cell) and one.value is not None
    ]


_SHORTEST = 6
"""Digits by which a file may be named."""


def _with_feeds(connection: Connection, catalog: Catalog, one: Impact, released: ReleasedFigures) -> Impact:
    record, at = one.cited.record, one.cited.observation
    source = Source(record.period, record.unit, at.institution, at.area, at.indicator)
    feeds = []
    for place in released.all_figures():
        made = released.lineage_of(place) if released.is_made_of(place, at.indicator) else None
        if made is not None and any(leaf.source == source for leaf in made.leaves):
            feeds.append(_published(released, place))
    if feeds and record.id not in _in_force(connection, catalog, released, record.period):
        return one
    return Impact(one.cited, (*one.feeds, *feeds))


def _in_force(connection: Connection, catalog: Catalog, released: ReleasedFigures, period: str) -> set[str]:
    seen = _seen(connection, catalog, released.seen, period)
    return {standing.record.id for standing in seen.in_force}


# ------------------------------------------------------------------ back


def _published(released: ReleasedFigures, place: Place) -> Published:
    figure, column = released.figure(place), released.column(place)
    label = f"{released.row(place).label}“{'/'.join(column.header)}”{'' if place.cell else '（可比口径）'}"
    excluded = released.row(place).excluded
    as_released = place.annex in released.as_released
    return Published(place, released.entry, label, show(figure, column).text, figure, excluded, as_released)


def _cited(
    connection: Connection, catalog: Catalog, leaves: Iterable[Lineage], release: months.MonthView
) -> dict[Source, Cited | ImportedFigure]:
    """Where each leaf was read: in what was in force at the release, or in an imported table."""
    by_period: dict[str, set[Source]] = {}
    for leaf in leaves:
        if leaf.source is not None:
            by_period.setdefault(leaf.source.period, set()).add(leaf.source)
    found: dict[Source, Cited | ImportedFigure] = {}
    for period, sources in by_period.items():
        seen = _seen(connection, catalog, release, period)
        found |= _read(connection, seen, period, sources)
        for figure in imports.figures(connection, seen.upto, period):
            source = Source(period, figure.unit, figure.institution, figure.area, figure.indicator)
            if source in sources:
                found.setdefault(source, figure)
    return found


def _seen(connection: Connection, catalog: Catalog, release: months.MonthView, period: str) -> months.MonthView:
    """The month in which a period's figures were in force at the release."""
    if period in (str(release.month), str(release.month.year)):
        return release
    return months.view(connection, catalog, Month.parse(period), release.upto)


def _read(
    connection: Connection, seen: months.MonthView, period: str, sources: Sequence[Source] | set[Source]
) -> dict[Source, Cited | ImportedFigure]:
    units = {source.unit for source in sources}
    chosen = {s.record.id: s.record for s in seen.in_force if s.record.period == period and s.record.unit in units}
    return {
        source: Cited(chosen[id_], one)
        for id_, read in records.observations(connection, chosen).items()
        for one in read
        if not one.total
        and one.value is not None
        and (source := Source(period, chosen[id_].unit, one.institution, one.area, one.indicator)) in sources
    }
