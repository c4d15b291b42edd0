"""Derived records: received files, submissions, observations and findings, in and out of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from pipeline.model import Bound, Finding, Observation, ReceivedFile, Severity, Submission, Symbol
from pipeline.store import tables
from pipeline.store.accused import packed, unpacked

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Record:
    """A stored submission without its observations; `entry` is the vintage at which it came."""

    id: str
    entry: int
    form: str
    unit: str
    period: str
    sha256: str
    file: str
    sheet: str
    layout: str
    received_at: str
    money_unit: str
    step: int
    nil: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding, since which vintage it holds, and until which (None: still)."""

    finding: Finding
    id: str
    entry: int
    until: int | None
    number: int


# ------------------------------------------------------------------ in


def known_files(connection: Connection) -> dict[str, str]:
    """sha256 → name of every file received so far."""
    f = tables.received_file.c
    return {row.sha256: row.name for row in connection.execute(select(f.sha256, f.name))}


def add_file(connection: Connection, received: ReceivedFile, entry: int) -> None:
    """Record a received file."""
    connection.execute(
        insert(tables.received_file).values(
            sha256=received.sha256,
            name=received.name,
            received_at=received.received_at,
            method=received.method,
            sender=received.sender,
            transcribed_by=received.transcribed_by,
            entry=entry,
        )
    )


def add_submissions(connection: Connection, submissions: Sequence[Submission], entries: Sequence[int]) -> None:
    """Record submissions with their observations; `entries` gives each one's vintage."""
    if not submissions:
        return
    connection.execute(
        insert(tables.submission),
        [
            {
                "id": s.id,
                "entry": entry,
                "form": s.form,
                "unit": s.unit,
                "period": s.period,
                "sha256": s.sha256,
                "file": s.file,
                "sheet": s.sheet,
                "layout": s.layout,
                "received_at": s.received_at,
                "money_unit": s.money_unit,
                "step": s.step,
                "nil": s.nil,
                "sample": s.sample,
            }
            for s, entry in zip(submissions, entries, strict=True)
        ],
    )
    rows = [_observation_row(s.id, o) for s in submissions for o in s.observations]
    if rows:
        connection.execute(insert(tables.observation), rows)


def _observation_row(submission: str, o: Observation) -> dict[str, object]:
    return {
        "submission": submission,
        "indicator": o.indicator,
        "area": o.area,
        "institution": o.institution,
        "item": o.item,
        "value": o.value,
        "text": o.text,
        "symbol": o.symbol.value,
        "total": o.total,
        "sheet": o.sheet,
        "cell": o.cell,
        "raw": o.raw,
        "changes": o.changes,
    }


_FINDING_FIELDS = (
    "rule",
    "level",
    "message",
    "file",
    "sha256",
    "period",
    "form",
    "submission",
    "unit",
    "area",
    "indicator",
    "sheet",
    "cell",
    "value",
    "expected",
    "bound",
    "cause",
    "under",
)


def add_findings(connection: Connection, findings: Iterable[tuple[Finding, int]]) -> None:
    """Record findings, each with the vintage since which it holds."""
    rows = [
        {
            "id": finding.id,
            "entry": entry,
            "severity": finding.severity.value,
            "accused": packed(finding.accused),
            **{name: getattr(finding, name) for name in _FINDING_FIELDS},
        }
        for finding, entry in findings
    ]
    if rows:
        connection.execute(insert(tables.finding), rows)


def end_findings(connection: Connection, numbers: Iterable[int], until: int) -> None:
    """From this vintage on, these findings (by row number) no longer hold."""
    connection.execute(update(tables.finding).where(tables.finding.c.number.in_(tuple(numbers))).values(until=until))


def drop_findings(connection: Connection, numbers: Iterable[int]) -> None:
    """Forget these findings (by row number): others tell the same better, and nobody has been told of these."""
    connection.execute(delete(tables.finding).where(tables.finding.c.number.in_(tuple(numbers))))


def evaluated_with(connection: Connection, period: str) -> str:
    """Key of what rules beyond one submission were last run on; empty if never."""
    e = tables.evaluation.c
    return connection.execute(select(e.key).where(e.period == period)).scalar() or ""


def set_evaluated(connection: Connection, period: str, key: str) -> None:
    """Remember what rules beyond one submission were run on."""
    connection.execute(delete(tables.evaluation).where(tables.evaluation.c.period == period))
    connection.execute(insert(tables.evaluation).values(period=period, key=key))


# ------------------------------------------------------------------ out


def submissions(connection: Connection, upto: int, periods: Iterable[str] | None = None) -> list[Record]:
    """Submissions up to a vintage, of some periods or of all, in order of receipt."""
    s = tables.submission.c
    query = select(tables.submission).where(s.entry <= upto)
    if periods is not None:
        query = query.where(s.period.in_(tuple(periods)))
    rows = connection.execute(query.order_by(s.received_at, s.entry, s.id))
    return [Record(**row._mapping) for row in rows]


def transcribers(connection: Connection, digests: Iterable[str]) -> dict[str, str]:
    """Who typed received files in from paper, by sha256; files that came as they were sent are left out."""
    r = tables.received_file.c
    query = select(r.sha256, r.transcribed_by).where(r.sha256.in_(tuple(digests)), r.transcribed_by != "")
    return {sha256: name for sha256, name in connection.execute(query)}


def periods(connection: Connection) -> list[str]:
    """Every period that there is a submission for."""
    s = tables.submission.c
    return list(connection.execute(select(s.period).distinct().order_by(s.period)).scalars())


def unusual(
    connection: Connection, not_zero: Sequence[str], negative: Sequence[str]
) -> list[tuple[str, str, str, str, int]]:
    """(unit, area, period, indicator, value) of figures that are not zero, or negative, where that is unusual."""
    o, s = tables.observation.c, tables.submission.c
    query = (
        select(s.unit, o.area, s.period, o.indicator, o.value)
        .join(tables.submission, s.id == o.submission)
        .where(
            or_(
                and_(o.indicator.in_(not_zero), or_(o.value < 0, o.value > 0)),
                and_(o.indicator.in_(negative), o.value < 0),
            )
        )
    )
    return [tuple(row) for row in connection.execute(query)]


def of_banks(connection: Connection, indicators: Sequence[str]) -> list[tuple[str, str, str, str, int]]:
    """(unit, area, period, `indicator@institution`, value) of all figures of indicators that are one for each bank."""
    o, s = tables.observation.c, tables.submission.c
    place = (s.unit, o.area, s.period, o.indicator + "@" + o.institution, o.value)
    query = select(*place).join(tables.submission, s.id == o.submission).where(o.indicator.in_(indicators))
    return [tuple(row) for row in connection.execute(query.where(o.value.is_not(None), o.total.is_(False)))]


def observations(connection: Connection, ids: Iterable[str]) -> dict[str, list[Observation]]:
    """Observations of these submissions, in reading order."""
    o = tables.observation.c
    own = (o.indicator, o.area, o.institution, o.value, o.sheet, o.cell, o.text, o.symbol, o.item, o.total)
    found: dict[str, list[Observation]] = {}
    for chunk in _chunks(sorted(ids)):
        query = select(o.submission, *own, o.raw, o.changes).where(o.submission.in_(chunk)).order_by(o.number)
        for submission, code, area, bank, value, sheet, cell, text, symbol, *rest in connection.execute(query).all():
            told = Observation(code, area, bank, value, sheet, cell, text, Symbol(symbol), *rest)
            found.setdefault(submission, []).append(told)
    return found


def areas(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """The areas that each of these submissions reports about, totals aside."""
    o = tables.observation.c
    found: dict[str, set[str]] = {}
    for chunk in _chunks(sorted(ids)):
        query = select(o.submission, o.area).where(o.submission.in_(chunk), o.total.is_(False)).distinct()
        for submission, area in connection.execute(query):
            found.setdefault(submission, set()).add(area)
    return found


def values(connection: Connection, ids: Iterable[str]) -> list[tuple[str, str, str, str, int]]:
    """(unit, institution, area, indicator, value) of the figures of these submissions that can be added up."""
    o, s = tables.observation.c, tables.submission.c
    found: list[tuple[str, str, str, str, int]] = []
    for chunk in _chunks(sorted(ids)):
        query = (
            select(s.unit, o.institution, o.area, o.indicator, o.value)
            .join(tables.submission, s.id == o.submission)
            .where(o.submission.in_(chunk), o.value.is_not(None), o.total.is_(False), o.item == 0)
        )
        found += [tuple(row) for row in connection.execute(query)]
    return found


def figures(connection: Connection, ids: Iterable[str]) -> Iterable[tuple[str, str, str, int]]:
    """(submission, area, indicator, value) of what these submissions report of single areas."""
    o = tables.observation.c
    for chunk in _chunks(sorted(ids)):
        query = select(o.submission, o.area, o.indicator, o.value).where(
            o.submission.in_(chunk), o.value.is_not(None), o.total.is_(False), o.item == 0
        )
        yield from (tuple(row) for row in connection.execute(query))


def reporting(connection: Connection, ids: Iterable[str], indicators: Iterable[str]) -> set[str]:
    """Those of these submissions that report any of these indicators."""
    o, codes = tables.observation.c, sorted(indicators)
    found: set[str] = set()
    for chunk in _chunks(sorted(ids)):
        query = select(o.submission).where(o.submission.in_(chunk), o.indicator.in_(codes), o.value.is_not(None))
        found |= set(connection.scalars(query.distinct()))
    return found


def reported_places(
    connection: Connection, ids: Iterable[str], indicators: Iterable[str]
) -> set[tuple[str, str, str, str]]:
    """(submission, area, institution, indicator) of every figure of these indicators that these submissions report."""
    o, codes = tables.observation.c, sorted(indicators)
    found: set[tuple[str, str, str, str]] = set()
    for chunk in _chunks(sorted(ids)):
        query = (
            select(o.submission, o.area, o.institution, o.indicator)
            .where(o.submission.in_(chunk), o.indicator.in_(codes), o.total.is_(False))
            .where(o.value.is_not(None))
        )
        found |= {(sent, area, bank, code) for sent, area, bank, code in connection.execute(query)}
    return found


def sums(connection: Connection, ids: Iterable[str], indicator: str, areas: Sequence[str]) -> list[tuple[str, int]]:
    """(submission, sum of one indicator over these areas), for the submissions that report it."""
    o = tables.observation.c
    found: list[tuple[str, int]] = []
    for chunk in _chunks(sorted(ids)):
        query = (
            select(o.submission, func.sum(o.value))
            .where(o.submission.in_(chunk), o.indicator == indicator, o.area.in_(areas), o.total.is_(False))
            .where(o.value.is_not(None))
            .group_by(o.submission)
        )
        found += [tuple(row) for row in connection.execute(query)]
    return found


def full(record: Record, read: list[Observation]) -> Submission:
    """The submission as it was read."""
    return Submission(
        form=record.form,
        unit=record.unit,
        period=record.period,
        sha256=record.sha256,
        file=record.file,
        sheet=record.sheet,
        layout=record.layout,
        received_at=record.received_at,
        observations=read,
        money_unit=record.money_unit,
        step=record.step,
        nil=record.nil,
        sample=record.sample,
    )


def findings(
    connection: Connection,
    upto: int,
    *,
    periods: Iterable[str] | None = None,
    id_prefix: str | None = None,
    severity: Severity | None = None,
) -> list[StoredFinding]:
    """Findings as known at a vintage: of some periods, a weight, or whose id starts so; ended ones keep `until`."""
    f = tables.finding.c
    query = select(tables.finding).where(f.entry <= upto)
    if periods is not None:
        query = query.where(f.period.in_(tuple(periods)))
    if id_prefix is not None:
        query = query.where(f.id.startswith(id_prefix, autoescape=True))
    if severity is not None:
        query = query.where(f.severity == severity.value)
    return [_stored(row, upto) for row in connection.execute(query.order_by(f.number))]


def unidentified(connection: Connection, upto: int, after: str, through: str) -> list[StoredFinding]:
    """Findings on files that could not be told to be anyone's submission, received in these days."""
    f, r = tables.finding.c, tables.received_file.c
    query = (
        select(tables.finding)
        .join(tables.received_file, r.sha256 == f.sha256)
        .where(f.period == "", f.entry <= upto, r.received_at > after, r.received_at <= through)
    )
    return [_stored(row, upto) for row in connection.execute(query.order_by(f.number))]


def _stored(row: Row[Any], upto: int) -> StoredFinding:
    kinds = {"severity": Severity(row.severity), "bound": Bound(row.bound), "accused": unpacked(row.accused)}
    return StoredFinding(
        Finding(**{name: row._mapping[name] for name in _FINDING_FIELDS} | kinds),
        row.id,
        row.entry,
        row.until if row.until is not None and row.until <= upto else None,
        row.number,
    )


def matching_submissions(connection: Connection, upto: int, id_prefix: str) -> list[Record]:
    """Submissions whose id starts so."""
    s = tables.submission.c
    rows = connection.execute(
        select(tables.submission).where(s.entry <= upto, s.id.startswith(id_prefix, autoescape=True)).order_by(s.id)
    )
    return [Record(**row._mapping) for row in rows]


def forget_derived(connection: Connection) -> None:
    """Empty every derived table, to derive it anew from archive and journal."""
    for table in tables.DERIVED:
        connection.execute(table.delete())


def _chunks(items: list[str]) -> Iterable[list[str]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
