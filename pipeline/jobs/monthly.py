"""The month: receive all that is new, check it, release each month asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from pipeline import __version__
from pipeline.catalog import Catalog
from pipeline.errors import NothingToPublish
from pipeline.jobs import beyond, products, runlog
from pipeline.jobs import month as months
from pipeline.jobs.answering import take_answers
from pipeline.jobs.aside import Aside
from pipeline.jobs.clock import Clock, refuse_backwards
from pipeline.jobs.compose import told_without_release
from pipeline.jobs.materials import OWN, Materials, told_of_own
from pipeline.jobs.month import FactsOf, MonthView
from pipeline.jobs.opening import at_vintage
from pipeline.jobs.outcome import Impossible, MonthlyOutcome, note_monthly
from pipeline.jobs.overriding import Finality
from pipeline.jobs.questions import remember_asked
from pipeline.jobs.receive import Intake, derive_again_if_needed, record, take_in
from pipeline.jobs.release import Released, release, rendered_again
from pipeline.jobs.runlog import Progress
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.store import Connection, Store, set_derived_with


def run(
    workspace: Path,
    inbox: Path,
    wanted: Sequence[Month],
    catalog: Catalog,
    clock: Clock,
    *,
    finality: Finality,
    progress: Progress,
) -> MonthlyOutcome:
    """Receive, check, release; everything is kept in one transaction, products appear at once or not at all."""
    with runlog.kept(workspace, "monthly", clock, schemas=catalog.fingerprint) as log:
        store = Store(workspace, create=True)
        with store.alone(), Aside() as aside:
            watched = log.watching(progress)
            output = workspace / "output"
            outcome = _run(store, output, inbox, wanted, catalog, clock, finality, progress=watched, aside=aside)
        store.close()
        note_monthly(log, outcome)
    return outcome


def _run(
    store: Store,
    output: Path,
    inbox: Path,
    wanted: Sequence[Month],
    catalog: Catalog,
    clock: Clock,
    finality: Finality,
    *,
    progress: Progress,
    aside: Aside,
) -> MonthlyOutcome:
    products.recover(output)
    fingerprint = f"{catalog.fingerprint} {__version__}"
    with store.transaction() as connection:
        refuse_backwards(clock, journal.last_entry_at(connection))
    derived_again = derive_again_if_needed(store, catalog, fingerprint, progress, aside)
    intake = take_in(store, inbox, catalog, clock, progress, aside)
    materials = Materials(store.archive, output.parent / OWN)
    intake.notes += told_of_own(materials.own)
    released: list[Released] = []
    impossible: list[Impossible] = []
    with products.nothing_half_done(output), store.transaction() as connection:
        record(connection, intake, clock)
        set_derived_with(connection, fingerprint)
        judged = _check_what_was_touched(connection, catalog, intake, everything=derived_again)
        answered = months.explained(connection) if derived_again else frozenset()
        intake.answered = take_answers(connection, intake.answers, catalog, clock)
        facts_of = _facts_reader(connection, catalog)
        publish = partial(release, finality=finality, facts_of=facts_of, aside=aside, materials=materials)
        for done, month in enumerate(wanted, start=1):
            try:
                released.append(publish(connection, catalog, month, clock))
            except NothingToPublish as nothing:
                seen = _seen_now(connection, catalog, month)
                if remember_asked(connection, seen, clock):
                    seen = _seen_now(connection, catalog, month)
                told = told_without_release(connection, seen, catalog, str(clock.day), materials, aside, str(nothing))
                impossible.append(Impossible(month, str(nothing), seen, told))
            progress("生成附件", done, len(wanted))
        staged = {str(one.month): _stage(connection, catalog, output, one, aside, materials) for one in released}
        staged |= {str(one.month): _stage_what_is_told(output, one) for one in impossible}
    for period, folder in staged.items():
        if folder is not None:
            products.put_in_place(output, period, folder)
    touched = tuple(_changed_by_hand(output, released))
    return MonthlyOutcome(
        intake, tuple(judged), tuple(released), tuple(impossible), touched, finality.wanted, derived_again, answered
    )


def _changed_by_hand(output: Path, released: Sequence[Released]) -> Iterator[str]:
    """Products of releases that were there already, and are no longer what was released."""
    for one in (one for one in released if not one.is_new):
        for name in products.changed_by_hand(output, str(one.month), one.entry.body["products"]):
            yield f"{one.month}/{name}"


def _check_what_was_touched(
    connection: Connection, catalog: Catalog, intake: Intake, *, everything: bool
) -> list[beyond.Judged]:
    """Rules that look beyond one submission, for every month that something came for or was decided about."""
    found = {s.period for reading in intake.readings for s in reading.submissions}
    touched = records.periods(connection) if everything else found | journal.decided_since_release(connection)
    return beyond.check_all(connection, catalog, touched)


def _seen_now(connection: Connection, catalog: Catalog, month: Month) -> MonthView:
    return months.view(connection, catalog, month, journal.vintage_at(connection, "9999"))


def _facts_reader(connection: Connection, catalog: Catalog, upto: int | None = None) -> FactsOf:
    """Figures in force by month, each month read once a run."""
    vintage = journal.vintage_at(connection, "9999") if upto is None else upto
    return cache(lambda month: months.facts(connection, catalog, month, vintage))


def _stage_what_is_told(output: Path, nothing: Impossible) -> Path | None:
    """Stage what is told of a month without a release; never over an earlier release of it."""
    period = str(nothing.month)
    if not nothing.products or products.released_there(output / period):
        return None
    return products.stage(output, period, nothing.products)


def _stage(
    connection: Connection, catalog: Catalog, output: Path, one: Released, aside: Aside, materials: Materials
) -> Path | None:
    """Stage what is new, and what an earlier run was kept from putting in place; None if all is there."""
    made = one.products
    if not one.is_new:
        if products.stands(output, str(one.month), one.number, one.entry.body["products"]):
            return None
        vintage = one.entry.body["vintage"]
        known = at_vintage(connection, catalog, vintage)
        made = rendered_again(connection, known, one, _facts_reader(connection, known, vintage), aside, materials)
    return products.stage(output, str(one.month), made)
