"""One release: the figures of a month in force, rendered into products, and the journal entry that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from pipeline import __version__
from pipeline.catalog import Catalog
from pipeline.errors import NothingToPublish
from pipeline.jobs import beyond
from pipeline.jobs import month as months
from pipeline.jobs.aside import Aside
from pipeline.jobs.clock import Clock
from pipeline.jobs.compose import Basis, composed
from pipeline.jobs.correspondence import TEMPLATES, reminded_of, said_in_letters
from pipeline.jobs.materials import Materials
from pipeline.jobs.measures import measures_in_force
from pipeline.jobs.month import DRAFT, FINAL, FactsOf, MonthView
from pipeline.jobs.not_run import not_run_of
from pipeline.jobs.overriding import Finality
from pipeline.jobs.questions import asked_now
from pipeline.jobs.ranking import UNRANKED, Ranking, ranking_of
from pipeline.jobs.record_sheet import record_of_year
from pipeline.model import Severity, digest
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Connection
from pipeline.validate.not_run import NotRun

STATEMENT = "M01"

_NAMED = 5
"""Files that a sentence names."""


@dataclass(frozen=True, slots=True)
class Released:
    """A release of a month: its journal entry, the state it shows, and its products if they were made anew.

    With it goes what is told of the month now: the effects of its findings, and which rules could not run.
    """

    month: Month
    entry: Entry
    view: MonthView
    is_new: bool
    products: dict[str, bytes]
    ranking: Ranking = UNRANKED
    not_run: tuple[NotRun, ...] = ()

    @property
    def number(self) -> int:
        """v<number>."""
        return int(self.entry.body["release"])

    @property
    def day(self) -> date:
        """As of which it tells what is missing."""
        return date.fromisoformat(self.entry.body["as_of"])

    @property
    def is_final(self) -> bool:
        """Whether it is 正式."""
        return months.is_final(self.entry)


def release(
    connection: Connection,
    catalog: Catalog,
    month: Month,
    clock: Clock,
    *,
    finality: Finality,
    facts_of: FactsOf,
    aside: Aside,
    materials: Materials,
) -> Released:
    """Release a month from what is in force; what would be the same release again is not made anew.

    Raises:
        NothingToPublish: no bank statement of the month is in force.
    """
    upto = journal.vintage_at(connection, "9999")
    earlier = months.releases(connection, upto, month)
    fingerprint = digest(catalog.fingerprint, __version__, materials.fingerprint(TEMPLATES))
    seen = months.view(connection, catalog, month, upto)
    if earlier and _nothing_has_happened(connection, catalog, earlier[-1], fingerprint, finality, seen, clock):
        return _as_before(connection, catalog, seen, earlier[-1], facts_of)
    if beyond.check(connection, catalog, seen):
        seen = months.view(connection, catalog, month, upto)
    if not any(s.record.form == STATEMENT for s in seen.in_force):
        raise NothingToPublish(_nothing(seen, catalog))
    status = FINAL if finality.reached(seen) else DRAFT
    basis = _basis(connection, catalog, seen, facts_of, clock.day)
    told = said_in_letters(connection, seen, catalog, clock.day)
    key = _key(basis, fingerprint, status, told)
    if earlier and earlier[-1].body["key"] == key:
        return Released(month, earlier[-1], seen, False, {}, basis.ranking, basis.not_run)
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
    if asked := asked_now(connection, seen):
        body["asked"] = asked
    if override := finality.told(seen):
        body["override"] = override
    products, digests = composed(connection, basis, catalog, body, aside, materials)
    entry = journal.append(connection, journal.RELEASED, clock.text, {**body, "products": digests})
    return Released(month, entry, seen, True, products, basis.ranking, basis.not_run)


def _as_before(connection: Connection, catalog: Catalog, seen: MonthView, last: Entry, facts_of: FactsOf) -> Released:
    """The last release once more."""
    ranking = ranking_of(connection, catalog, seen, months.facts_about(connection, catalog, seen, facts_of))
    return Released(seen.month, last, seen, False, {}, ranking, tuple(not_run_of(connection, catalog, seen)))


def _nothing_has_happened(
    connection: Connection,
    catalog: Catalog,
    last: Entry,
    fingerprint: str,
    finality: Finality,
    seen: MonthView,
    clock: Clock,
) -> bool:
    """Whether the last release is final, or still all that can be said.

    That is so where nothing was received or decided since, and no deadline has passed for what is missing, or for
    an answer: then a letter is due.
    """
    if months.is_final(last):
        return True
    unchanged = journal.last_that_matters(connection) <= last.body["vintage"] and last.body["made_with"] == fingerprint
    if not unchanged or finality.reached(seen):
        return False
    then, before = date.fromisoformat(last.body["as_of"]), replace(seen, upto=last.body["vintage"])
    return reminded_of(connection, before, catalog, then) == reminded_of(connection, seen, catalog, clock.day)


def rendered_again(
    connection: Connection, catalog: Catalog, released: Released, facts_of: FactsOf, aside: Aside, materials: Materials
) -> dict[str, bytes]:
    """The products of an earlier release, from what was known at its vintage."""
    body = released.entry.body
    seen = months.view(connection, catalog, released.month, body["vintage"])
    basis = _basis(connection, catalog, seen, facts_of, date.fromisoformat(body["as_of"]))
    return composed(connection, basis, catalog, body, aside, materials)[0]


def _nothing(seen: MonthView, catalog: Catalog) -> str:
    statements = [duty for duty in seen.owed if duty.form == STATEMENT]
    rejected = [d.unit_name for d in (*seen.not_in, *seen.refused_volunteers) if d.form == STATEMENT]
    if rejected:
        return (
            f"{seen.month.label}没有可用的银行报表：{'、'.join(rejected)}的报送被退回或未采用。"
            "审核报告和退回单已生成，请把退回单发给有关单位，请其更正后重新报送。"
        )
    unusable = dict.fromkeys(f.finding.file for f in seen.unidentified if f.finding.severity is Severity.HARD)
    if unusable:
        named = "".join(f"《{file}》" for file in list(unusable)[:_NAMED])
        return (
            f"{seen.month.label}没有可用的银行报表（应报{len(statements)}家），没有生成附件：收到的{named}"
            f"{f'等{len(unusable)}个文件' if len(unusable) > _NAMED else ''}不能作为报表读取。"
            "请按各文件的提示处理（可随时用 make status 查看；图片、扫描件用代录表），放入 inbox 文件夹后重新运行。"
        )
    return (
        f"{seen.month.label}没有收到任何银行报表（应报{len(statements)}家），没有生成附件。"
        "请把各单位的文件放入 inbox 文件夹后重新运行；如要做别的月份，请写明 PERIOD=年-月。"
    )


def _basis(connection: Connection, catalog: Catalog, seen: MonthView, facts_of: FactsOf, day: date) -> Basis:
    """The month, what it is compared with, its year's targets, what was written and found about it, who reported."""
    known = months.facts_about(connection, catalog, seen, facts_of)
    return Basis(
        seen,
        known,
        measures_in_force(connection, catalog, seen),
        ranking_of(connection, catalog, seen, known),
        tuple(not_run_of(connection, catalog, seen)),
        record_of_year(connection, catalog, seen, day),
    )


def _key(basis: Basis, fingerprint: str, status: str, letters: Sequence[str]) -> str:
    """What a release depends on: if none of it changed, it would be the same release again."""
    seen = basis.seen
    bases = [
        (period, sha256(repr((sorted(f.values.items()), sorted(f.imported.items()))).encode()).hexdigest())
        for period, f in sorted(basis.facts.items())
        if period != str(seen.month)
    ]
    referred = sorted({w.submission for found in basis.measures.values() for w in found.wordings.values()})
    return digest(
        status,
        fingerprint,
        *sorted(s.record.id for s in seen.in_force),
        *sorted(f"{f.id}{seen.status_of(f)}" for f in seen.told),
        *sorted(f"{d.unit}{d.form}{d.state}{d.due}{d.days_late}" for d in seen.duties),
        bases,
        referred,
        repr(basis.record),
        *letters,
    )
