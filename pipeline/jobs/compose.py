"""The products of a release, made from what was known at its vintage: each file's bytes by its path."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.aside import Aside
from pipeline.jobs.correspondence import correspondence
from pipeline.jobs.explained import with_explanations, words_with_explanations
from pipeline.jobs.finding_rows import finding_rows
from pipeline.jobs.gaps import gaps, month_closing
from pipeline.jobs.materials import Materials
from pipeline.jobs.measures import annex_of_words
from pipeline.jobs.month import DRAFT, MonthView
from pipeline.jobs.month_page import page_content
from pipeline.jobs.not_run import not_run_lines, not_run_of
from pipeline.jobs.overriding import overrides
from pipeline.jobs.products import RELEASE_FILE, UNRELEASED, hashes
from pipeline.jobs.ranking import UNRANKED, Ranking
from pipeline.jobs.record_sheet import record_of_year
from pipeline.jobs.release_record import release_record
from pipeline.jobs.rule_words import LEVELS
from pipeline.model import FigureTable, MeasureTable, Submission
from pipeline.render.annex import annex_bytes
from pipeline.render.datapackage import datapackage
from pipeline.render.finding_rows import FindingRow
from pipeline.render.measures_annex import measures_bytes
from pipeline.render.measures_csv import measures_csv
from pipeline.render.month_page import FILE_NAME as PAGE
from pipeline.render.month_page import month_page
from pipeline.render.records_csv import findings_csv, observations_csv
from pipeline.render.report_book import FILE_NAME as REPORT
from pipeline.render.report_book import report_bytes
from pipeline.render.report_content import RecordTable, Report
from pipeline.render.stamp import Stamp
from pipeline.render.tables_csv import annex_csv
from pipeline.render.twin import FILE_NAME as TWIN
from pipeline.render.twin import twin_bytes
from pipeline.store.originals import lay_out
from pipeline.store.store import Connection
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from pipeline.transform.wordings import Resolved
from pipeline.validate.not_run import NotRun

STATEMENT = "M01"
PACKAGE, FINDINGS = "data/datapackage.json", "data/findings.csv"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a release is made from: the month as known, figures by period, and words by unit.

    And what is told of its findings: what each moves, and which rules could not run.
    """

    seen: MonthView
    facts: Mapping[str, Facts]
    measures: Mapping[str, Resolved]
    ranking: Ranking
    not_run: tuple[NotRun, ...]
    record: RecordTable
    """How all units reported in the year so far."""


def composed(
    connection: Connection, basis: Basis, catalog: Catalog, body: Mapping[str, Any], aside: Aside, materials: Materials
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Every product by path, and their hashes without that of release.json.

    Args:
        connection: the store, for the observations themselves.
        basis: what is published.
        catalog: forms, registers, policy and layouts.
        body: the release's journal entry: number, vintage, status, as-of.
        aside: renders the page and the letters meanwhile.
        materials: the files of which copies are laid out for those who follow the report's links; letter templates.
    """
    seen = basis.seen
    submissions = months.submissions_in_force(connection, seen)
    stamp = stamp_of(seen, catalog, body, submissions)
    words = words_with_explanations(annex_of_words(seen, catalog, basis.measures), seen, catalog)
    tables = annex_tables(
        seen.month, basis.facts, catalog, months.unexplained_by_area(seen), months.units_overridden(seen)
    )
    tables = with_explanations(tables, seen, catalog)
    findings = finding_rows(seen, catalog, basis.ranking)
    lay_out(materials.archive, (row.original for row in findings))
    to_make = _to_make(seen, words, tables, catalog, stamp, submissions)
    to_make[REPORT] = partial(report_bytes, _report(basis, catalog, stamp, findings))
    paths = (*to_make, PAGE, PACKAGE, RELEASE_FILE)
    missed = not_run_lines(basis.not_run, seen)
    page = page_content(connection, seen, catalog, stamp, tables, words, basis.facts, paths, findings, missed)
    letters = correspondence(connection, seen, catalog, basis.ranking, stamp, materials, aside)
    page_made = aside.ask(month_page, page, catalog)
    products = {path: make() for path, make in to_make.items()}
    products |= letters()
    products[PAGE] = page_made()
    title, source = f"{catalog.profile.city}金融扶贫月报数据", catalog.forms[STATEMENT].reference
    products[PACKAGE] = datapackage(products, catalog.tables, stamp, title, source)
    digests = hashes(products)
    products[RELEASE_FILE] = release_record(seen, basis.facts, catalog, body, submissions, stamp, digests)
    return products, digests


def told_without_release(
    connection: Connection, seen: MonthView, catalog: Catalog, as_of: str, materials: Materials, aside: Aside, why: str
) -> dict[str, bytes]:
    """What was found and whom to write to, of a month of which nothing can be published; empty if nobody has sent.

    Args:
        connection: the store.
        seen: the month.
        catalog: forms, registers, policy.
        as_of: the day.
        materials: the files that go back marked; letter templates.
        aside: writes the letters.
        why: why nothing can be published.
    """
    if not seen.standings:
        return {}
    body = {"period": str(seen.month), "release": UNRELEASED, "vintage": seen.upto, "status": DRAFT, "as_of": as_of}
    stamp = stamp_of(seen, catalog, body, [])
    findings = finding_rows(seen, catalog, UNRANKED)
    lay_out(materials.archive, (row.original for row in findings))
    missed = not_run_lines(not_run_of(connection, catalog, seen), seen, most=len(seen.duties))
    how_reported = record_of_year(connection, catalog, seen, date.fromisoformat(as_of))
    report = Report(stamp, catalog.profile.city, why, findings, missed, LEVELS, how_reported)
    products = {REPORT: report_bytes(report), FINDINGS: _findings_csv(seen)}
    products |= correspondence(connection, seen, catalog, UNRANKED, stamp, materials, aside)()
    listed = [{"path": path, "sha256": digest} for path, digest in hashes(products).items()]
    record = {**body, "status": "nothing", "message": why, "products": listed}
    return {**products, RELEASE_FILE: (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()}


def _to_make(
    seen: MonthView,
    words: MeasureTable | None,
    tables: Mapping[int, FigureTable],
    catalog: Catalog,
    stamp: Stamp,
    submissions: Sequence[Submission],
) -> dict[str, Callable[[], bytes]]:
    """How each product is made that depends on no other, by path."""
    makers: dict[str, Callable[[], bytes]] = {}
    if words is not None:
        layout = catalog.annexes[words.annex]
        makers[f"{layout.file_name}.xlsx"] = partial(measures_bytes, words, layout, stamp)
        makers[f"data/annex{words.annex}.csv"] = partial(measures_csv, words)
    for annex, table in tables.items():
        layout = catalog.annexes[annex]
        makers[f"{layout.file_name}.xlsx"] = partial(annex_bytes, table, layout, stamp)
        makers[f"data/annex{annex}.csv"] = partial(annex_csv, table, layout, stamp.release, stamp.vintage)
    missing = [f"{phrase}。" for phrase in gaps(seen)]
    makers[TWIN] = partial(twin_bytes, tables, words, catalog, stamp, missing)
    makers["data/observations.csv"] = partial(observations_csv, submissions, catalog, seen.month, stamp.vintage)
    makers[FINDINGS] = partial(_findings_csv, seen)
    return makers


def _findings_csv(seen: MonthView) -> bytes:
    return findings_csv([(f.finding, seen.status_of(f)) for f in (*seen.told, *seen.unidentified)])


def _report(basis: Basis, catalog: Catalog, stamp: Stamp, findings: Sequence[FindingRow]) -> Report:
    closing = month_closing(basis.seen, date.fromisoformat(stamp.as_of), is_final=not stamp.draft)
    missed = not_run_lines(basis.not_run, basis.seen, most=len(basis.seen.duties))
    return Report(stamp, catalog.profile.city, closing, findings, missed, LEVELS, basis.record)


def stamp_of(seen: MonthView, catalog: Catalog, body: Mapping[str, Any], submissions: list[Submission]) -> Stamp:
    """What every product of a release says of it; `body` is the release's journal entry."""
    return Stamp(
        month=seen.month,
        draft=body["status"] == DRAFT,
        sample=any(s.sample for s in submissions),
        office=catalog.profile.office,
        letter_code=catalog.profile.letter_code,
        release=body["release"],
        vintage=body["vintage"],
        as_of=body["as_of"],
        overrides=overrides(seen, catalog, body),
    )
