"""The products of a release, made from what was known at its vintage: each file's bytes by its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.gaps import gaps
from pipeline.jobs.measures import annex_of_words
from pipeline.jobs.month import DRAFT, MonthView
from pipeline.jobs.month_page import FILE_NAME as PAGE
from pipeline.jobs.month_page import page_bytes
from pipeline.jobs.products import RELEASE_FILE, hashes
from pipeline.jobs.release_record import release_record
from pipeline.model import MeasureTable, Submission
from pipeline.render.annex import annex_bytes
from pipeline.render.datapackage import datapackage
from pipeline.render.measures_annex import measures_bytes
from pipeline.render.measures_csv import measures_csv
from pipeline.render.records_csv import findings_csv, observations_csv
from pipeline.render.stamp import Stamp
from pipeline.render.tables_csv import annex_csv
from pipeline.render.twin import FILE_NAME as TWIN
from pipeline.render.twin import twin_bytes
from pipeline.store.store import Connection
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from pipeline.transform.wordings import Resolved

STATEMENT = "M01"
PACKAGE = "data/datapackage.json"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a release is made from: the month as known, figures by period, and words by unit."""

    seen: MonthView
    facts: Mapping[str, Facts]
    measures: Mapping[str, Resolved]


def composed(
    connection: Connection, basis: Basis, catalog: Catalog, body: Mapping[str, Any]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Every product by path, and their hashes without that of release.json.

    Args:
        connection: the store, for the observations themselves.
        basis: what is published.
        catalog: forms, registers, policy and layouts.
        body: the release's journal entry: number, vintage, status, as-of.
    """
    seen = basis.seen
    submissions = months.submissions_in_force(connection, seen)
    stamp = _stamp(seen, catalog, body, submissions)
    words = annex_of_words(seen, catalog, basis.measures)
    tables = annex_tables(seen.month, basis.facts, catalog, months.unexplained_by_area(seen))
    products: dict[str, bytes] = {}
    if words is not None:
        products.update(_words(words, catalog, stamp))
    for annex, table in tables.items():
        layout = catalog.annexes[annex]
        products[f"{layout.file_name}.xlsx"] = annex_bytes(table, layout, stamp)
        products[f"data/annex{annex}.csv"] = annex_csv(table, layout, stamp.release, stamp.vintage)
    products[TWIN] = twin_bytes(tables, words, catalog, stamp, [f"{phrase}。" for phrase in gaps(seen)])
    products["data/observations.csv"] = observations_csv(submissions, catalog, seen.month, stamp.vintage)
    products["data/findings.csv"] = findings_csv(
        (f.finding, seen.status_of(f)) for f in (*seen.findings, *seen.unidentified)
    )
    made = (*products, PAGE, PACKAGE, RELEASE_FILE)
    products[PAGE] = page_bytes(connection, seen, catalog, stamp, tables, words, basis.facts, made)
    title, source = f"{catalog.profile.city}金融扶贫月报数据", catalog.forms[STATEMENT].reference
    products[PACKAGE] = datapackage(products, catalog.tables, stamp, title, source)
    digests = hashes(products)
    products[RELEASE_FILE] = release_record(seen, basis.facts, catalog, body, submissions, stamp, digests)
    return products, digests


def _stamp(seen: MonthView, catalog: Catalog, body: Mapping[str, Any], submissions: list[Submission]) -> Stamp:
    return Stamp(
        month=seen.month,
        draft=body["status"] == DRAFT,
        sample=any(s.sample for s in submissions),
        office=catalog.profile.office,
        release=body["release"],
        vintage=body["vintage"],
        as_of=body["as_of"],
    )


def _words(table: MeasureTable, catalog: Catalog, stamp: Stamp) -> dict[str, bytes]:
    layout = catalog.annexes[table.annex]
    return {
        f"{layout.file_name}.xlsx": measures_bytes(table, layout, stamp),
        f"data/annex{table.annex}.csv": measures_csv(table),
    }
