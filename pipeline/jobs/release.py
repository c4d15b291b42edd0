"""One release: the figures of a month in force, rendered into products, and the journal entry that names them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.catalog import Catalog
from pipeline.errors import NothingToPublish
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.history import bases_told
from pipeline.jobs.month import DRAFT, FINAL, MonthView
from pipeline.jobs.products import RELEASE_FILE, hashes
from pipeline.model import Submission, digest
from pipeline.periods import Month
from pipeline.render.annex import annex_bytes
from pipeline.render.records_csv import findings_csv, observations_csv
from pipeline.render.stamp import Stamp
from pipeline.render.tables_csv import annex_csv
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Connection
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from pipeline.transform.imported import bases_used

STATEMENT = "M01"
FactsOf = Callable[[Month], Facts | None]


@dataclass(frozen=True, slots=True)
class Released:
    """A release of a month: its journal entry, the state it shows, and its products if they were made anew."""

    month: Month
    entry: Entry
    view: MonthView
    is_new: bool
    products: dict[str, bytes]

    @property
    def number(self) -> int:
        """v<number>."""
        return int(self.entry.body["release"])

    @property
    def is_final(self) -> bool:
        """Whether it is 正式."""
        return months.is_final(self.entry)


def release(
    connection: Connection, catalog: Catalog, month: Month, clock: Clock, *, final: bool, facts_of: FactsOf
) -> Released:
    """Release a month from what is in force; what would be the same release again is not made anew.

    Raises:
        NothingToPublish: no bank statement of the month is in force.
    """
    upto = journal.vintage_at(connection, "9999")
    earlier = months.releases(connection, upto, month)
    fingerprint = digest(catalog.fingerprint, __version__)
    seen = months.view(connection, catalog, month, upto)
    if earlier and _nothing_has_happened(connection, earlier[-1], fingerprint, final and seen.complete):
        return Released(month, earlier[-1], seen, False, {})
    if months.check_outside(connection, catalog, seen):
        seen = months.view(connection, catalog, month, upto)
    if not any(s.record.form == STATEMENT for s in seen.in_force):
        raise NothingToPublish(_nothing(seen, catalog))
    status = FINAL if final and seen.complete else DRAFT
    facts = _facts(connection, seen, facts_of)
    key = _key(seen, facts, fingerprint, status)
    if earlier and earlier[-1].body["key"] == key:
        return Released(month, earlier[-1], seen, False, {})
    body = {
        "period": str(month),
        "release": earlier[-1].body["release"] + 1 if earlier else 1,
        "vintage": seen.upto,
        "status": status,
        "as_of": str(clock.day),
        "key": key,
        "made_with": fingerprint,
        "complete": seen.complete,
        "submissions": sorted(s.record.id for s in seen.in_force),
    }
    products, digests = _products(connection, seen, catalog, body, facts)
    entry = journal.append(connection, journal.RELEASED, clock.text, {**body, "products": digests})
    return Released(month, entry, seen, True, products)


def _nothing_has_happened(connection: Connection, last: Entry, fingerprint: str, can_be_final: bool) -> bool:
    """Whether the last release is final, or still all that can be said: nothing received or decided since."""
    if months.is_final(last):
        return True
    unchanged = journal.last_that_matters(connection) <= last.body["vintage"] and last.body["made_with"] == fingerprint
    return unchanged and not can_be_final


def rendered_again(connection: Connection, catalog: Catalog, released: Released, facts_of: FactsOf) -> dict[str, bytes]:
    """The products of an earlier release, from what was known at its vintage."""
    body = released.entry.body
    seen = months.view(connection, catalog, released.month, body["vintage"])
    return _products(connection, seen, catalog, body, _facts(connection, seen, facts_of))[0]


def _nothing(seen: MonthView, catalog: Catalog) -> str:
    statements = [duty for duty in seen.duties if duty.form == STATEMENT]
    rejected = [duty.unit_name for duty in statements if duty in seen.not_in]
    if rejected:
        return (
            f"{seen.month.label}没有可用的银行报表：{'、'.join(rejected)}的报送被退回或未采用。"
            "请运行 make status 查看原因，请有关单位更正后重新报送。"
        )
    return (
        f"{seen.month.label}没有收到任何银行报表（应报{len(statements)}家），没有生成附件。"
        "请把各单位的文件放入 inbox 文件夹后重新运行；如要做别的月份，请写明 PERIOD=年-月。"
    )


def _facts(connection: Connection, seen: MonthView, facts_of: FactsOf) -> dict[str, Facts]:
    """The figures that a month's annexes are made from: its own, its bases' and its year's targets."""
    month, year = seen.month, str(seen.month.year)
    wanted = {str(m): facts_of(m) for m in (month, month.year_start, month.year_before)}
    wanted[year] = months.facts_of(connection, seen, year)
    return {period: facts for period, facts in wanted.items() if facts is not None}


def _key(seen: MonthView, facts: dict[str, Facts], fingerprint: str, status: str) -> str:
    """What a release depends on: if none of it changed, it would be the same release again."""
    bases = [
        (period, sha256(repr((sorted(f.values.items()), sorted(f.imported.items()))).encode()).hexdigest())
        for period, f in sorted(facts.items())
        if period != str(seen.month)
    ]
    return digest(
        status,
        fingerprint,
        *sorted(s.record.id for s in seen.in_force),
        *sorted(f"{f.id}{seen.status_of(f)}" for f in seen.findings),
        *sorted(f"{d.unit}{d.form}{d.state}" for d in seen.duties),
        bases,
    )


def _products(
    connection: Connection, seen: MonthView, catalog: Catalog, body: dict[str, Any], facts: dict[str, Facts]
) -> tuple[dict[str, bytes], dict[str, str]]:
    month, number, vintage = seen.month, body["release"], body["vintage"]
    submissions = months.submissions_in_force(connection, seen)
    tables = annex_tables(month, facts, catalog, months.unexplained_by_area(seen))
    stamp = Stamp(
        month=month,
        draft=body["status"] == DRAFT,
        sample=any(s.sample for s in submissions),
        office=catalog.profile.office,
        release=number,
        vintage=vintage,
        as_of=body["as_of"],
    )
    products: dict[str, bytes] = {}
    for annex, table in tables.items():
        layout = catalog.annexes[annex]
        products[f"{layout.file_name}.xlsx"] = annex_bytes(table, layout, stamp)
        products[f"data/annex{annex}.csv"] = annex_csv(table, layout, number, vintage)
    products["data/observations.csv"] = observations_csv(submissions, catalog, month, vintage)
    products["data/findings.csv"] = findings_csv(
        (f.finding, seen.status_of(f)) for f in (*seen.findings, *seen.unidentified)
    )
    digests = hashes(products)
    products[RELEASE_FILE] = _release_json(
        seen, catalog, body, submissions, stamp, digests, bases_told(bases_used(month, facts, catalog))
    )
    return products, digests


def _release_json(
    seen: MonthView,
    catalog: Catalog,
    body: dict[str, Any],
    submissions: Iterable[Submission],
    stamp: Stamp,
    digests: dict[str, str],
    imported_bases: list[dict[str, object]],
) -> bytes:
    content = {
        "period": body["period"],
        "release": body["release"],
        "vintage": body["vintage"],
        "status": body["status"],
        "complete": seen.complete,
        "as_of": body["as_of"],
        "sample": stamp.sample,
        "profile": catalog.profile.id,
        "gaps": {
            "missing": [_duty(d) for d in seen.missing],
            "not_in_force": [_duty(d) for d in seen.not_in],
            "unexplained": sorted(f.id for f in seen.unexplained),
            "late": [{**_duty(d), "days": d.days_late} for d in seen.late],
        },
        "inputs": [
            {
                "submission": s.id,
                "form": s.form,
                "reporting_unit": s.unit,
                "period": s.period,
                "file": s.file,
                "sheet": s.sheet,
                "sha256": s.sha256,
                "received_at": s.received_at,
            }
            for s in submissions
        ],
        "imported_bases": imported_bases,
        "products": [{"path": path, "sha256": digest} for path, digest in digests.items()],
        "versions": {
            "pipeline": __version__,
            "lock": _lock_hash(),
            "schemas": catalog.fingerprint,
            "policy": sha256(catalog.policy.model_dump_json().encode()).hexdigest(),
        },
        "working_values": catalog.policy.working_values(seen.month),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _duty(duty: Any) -> dict[str, str]:
    return {"reporting_unit": duty.unit, "name": duty.unit_name, "form": duty.form, "state": duty.state}


@cache
def _lock_hash() -> str:
    """sha256 of the lock that the environment was made from; empty where the lock does not lie beside the program."""
    lock = Path(__file__).resolve().parents[2] / "requirements.lock"
    return sha256(lock.read_bytes()).hexdigest() if lock.is_file() else ""
