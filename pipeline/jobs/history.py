"""Figures from before the program, taken in as bases of comparison: all of a file or nothing of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.catalog import Catalog
from pipeline.errors import StoreError, UsageError, reason
from pipeline.jobs import month as months
from pipeline.jobs import runlog
from pipeline.jobs.clock import Clock, refuse_backwards
from pipeline.model import ImportedFigure, ReceivedFile
from pipeline.periods import Month, period_label
from pipeline.store import imports, journal, records
from pipeline.store.journal import Entry
from pipeline.store.store import Connection, Store, derived_with, set_derived_with
from pipeline.validate.history import told_by_imported

if TYPE_CHECKING:
    from pipeline.ingest.history import HistoryReading

Pair = tuple[str, str]
"""(period, reporting unit)."""

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class HistoryOutcome:
    """What became of a file: a journal entry, or the import that has brought it already, or what is wrong with it."""

    file: str
    sha256: str
    catalog: Catalog
    reading: HistoryReading | None = None
    entry: Entry | None = None
    known: Entry | None = None
    replaced: tuple[tuple[Entry, Pair], ...] = ()
    """What an import counted for until now (for a known file: what a later one has taken from it)."""
    overruled: tuple[Pair, ...] = field(default=())
    """Periods and units of which a statement is in force: it goes before imported figures."""

    @property
    def figures(self) -> Sequence[ImportedFigure]:
        """What was imported."""
        return self.reading.figures if self.reading and self.entry else ()

    @property
    def periods(self) -> list[str]:
        """The periods that figures were imported of, oldest first."""
        return sorted({figure.period for figure in self.figures})

    @property
    def units(self) -> list[str]:
        """The reporting units that figures were imported of, in the register's order."""
        order = self.catalog.units.by_id
        return sorted({figure.unit for figure in self.figures}, key=lambda unit: (order[unit].order, unit))

    @property
    def exit_code(self) -> int:
        """0 recorded, or nothing new in it; 3 nothing could be taken in."""
        return 0 if self.entry or self.known else 3

    @property
    def status(self) -> str:
        """`imported`, `known` or `refused`."""
        return "imported" if self.entry else "known" if self.known else "refused"


def run(workspace: Path, path: Path, catalog: Catalog, clock: Clock) -> HistoryOutcome:
    """Read a file of form H01 and record its figures; nothing is recorded of a file with any problem.

    Raises:
        UsageError: The file cannot be read from disk, or the clock stands before the journal's last entry.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"文件 {path} 读不出来（{reason(error)}）。请核对路径和文件名后重新运行。") from error
    received = ReceivedFile(sha256(data).hexdigest(), path.name, clock.text)
    with runlog.kept(workspace, "import-history", clock, schemas=catalog.fingerprint) as log:
        known = _known(workspace, received, catalog, clock)
        if known:
            log.note("known", sha256=received.sha256)
            return known
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "file"
            copy.write_bytes(data)
            reading = _read(copy, received, catalog, clock.day)
        if reading.problems:
            log.note("refused", sha256=received.sha256, problems=len(reading.problems))
            return HistoryOutcome(received.name, received.sha256, catalog, reading)
        outcome = _record(workspace, data, received, reading, catalog, clock)
        entry = outcome.entry.seq if outcome.entry else None
        found = {"periods": outcome.periods, "units": outcome.units, "figures": len(reading.figures)}
        log.note("imported", sha256=received.sha256, entry=entry, **found)
        return outcome


def _known(workspace: Path, received: ReceivedFile, catalog: Catalog, clock: Clock) -> HistoryOutcome | None:
    """The earlier import of the same bytes, if nobody has undone it."""
    if not (workspace / "store").is_dir():
        return None
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        refuse_backwards(clock, journal.last_entry_at(connection))
        standing = imports.in_effect(connection, journal.vintage_at(connection, clock.text))
        entry = standing.get(received.sha256)
        taken = _taken(connection, standing, received.sha256) if entry else ()
    store.close()
    return HistoryOutcome(received.name, received.sha256, catalog, known=entry, replaced=taken) if entry else None


def _taken(connection: Connection, standing: dict[str, Entry], sha256: str) -> tuple[tuple[Entry, Pair], ...]:
    """What later imports have replaced of a file's."""
    covered = imports.covered(connection, standing)
    later = [name for name, entry in standing.items() if entry.seq > standing[sha256].seq]
    return tuple(
        (standing[name], pair)
        for name in later
        for pair in sorted(covered.get(name, set()) & covered.get(sha256, set()))
    )


def _read(path: Path, received: ReceivedFile, catalog: Catalog, today: date) -> HistoryReading:
    """Open a file in a worker that can be stopped, and read it there."""
    from pipeline.ingest.history import HistoryReader
    from pipeline.ingest.worker import open_all

    reader = HistoryReader(catalog, received, today)
    return next(reading for _, reading in open_all([(received.sha256, path)], reader, workers=1))


# ------------------------------------------------------------------ recording


def _record(
    workspace: Path, data: bytes, received: ReceivedFile, reading: HistoryReading, catalog: Catalog, clock: Clock
) -> HistoryOutcome:
    store = Store(workspace, create=True)
    with store.transaction() as connection:
        refuse_backwards(clock, journal.last_entry_at(connection))
        store.archive.put(data)
        standing = imports.in_effect(connection, journal.vintage_at(connection, "9999"))
        pairs = sorted({(figure.period, figure.unit) for figure in reading.figures})
        replaced = _replaced(connection, standing, set(pairs))
        entry = journal.append(connection, journal.IMPORTED, clock.text, _body(received, reading))
        _keep(connection, reading.figures, f"{catalog.fingerprint} {__version__}")
        judge_again_if_needed(connection, reading.figures)
        overruled = _overruled(connection, catalog, {(f.period, f.unit, f.form) for f in reading.figures}, entry.seq)
    store.close()
    return HistoryOutcome(
        received.name, received.sha256, catalog, reading, entry, replaced=replaced, overruled=overruled
    )


def _body(received: ReceivedFile, reading: HistoryReading) -> dict[str, object]:
    """The journal's line; it is about many periods, and so is filed under none."""
    return {
        "period": "",
        "sha256": received.sha256,
        "name": received.name,
        "received_at": received.received_at,
        "periods": sorted({figure.period for figure in reading.figures}),
        "units": sorted({figure.unit for figure in reading.figures}),
        "figures": len(reading.figures),
    }


def _replaced(connection: Connection, standing: dict[str, Entry], pairs: set[Pair]) -> tuple[tuple[Entry, Pair], ...]:
    covered = imports.covered(connection, standing)
    counting = {pair: entry for sha256, entry in standing.items() for pair in sorted(covered.get(sha256, ()))}
    return tuple((entry, pair) for pair, entry in sorted(counting.items()) if pair in pairs)


def _keep(connection: Connection, figures: Sequence[ImportedFigure], fingerprint: str) -> None:
    """Put figures into the derived tables, unless these are out of date: then the next run derives all of them."""
    made_with = derived_with(connection)
    sources = journal.entries(connection, (journal.RECEIVED, journal.IMPORTED), journal.vintage_at(connection, "9999"))
    empty = not made_with and len(sources) == 1
    if empty:
        set_derived_with(connection, fingerprint)
    if empty or made_with == fingerprint:
        imports.add(connection, figures)


def judge_again_if_needed(connection: Connection, figures: Sequence[ImportedFigure]) -> None:
    """Let the next run judge every statement anew where figures tell what a rule of one statement must know (A11)."""
    if told_by_imported(figures):
        set_derived_with(connection, "")


def _overruled(
    connection: Connection, catalog: Catalog, about: set[tuple[str, str, str]], upto: int
) -> tuple[Pair, ...]:
    """Of which periods and units a statement is in force."""
    reported = {record.period for record in records.submissions(connection, upto, {period for period, _, _ in about})}
    found: set[Pair] = set()
    for period in sorted(reported):
        seen = months.view(connection, catalog, Month.parse(period), upto)
        found |= {(period, s.record.unit) for s in seen.in_force if (period, s.record.unit, s.record.form) in about}
    return tuple(sorted(found))


# ------------------------------------------------------------------ deriving again


def read_again(
    store: Store, entries: Sequence[Entry], standing: Mapping[str, Entry], catalog: Catalog
) -> list[ImportedFigure]:
    """The figures of every import, from the archive, by the forms and registers of now.

    Args:
        store: where the archive is.
        entries: all imports.
        standing: sha256 → entry of those that nobody has undone.
        catalog: forms and registers.

    Raises:
        StoreError: an import that counts cannot be read by them any more.
    """
    figures: list[ImportedFigure] = []
    for digest, entry in {**{entry.body["sha256"]: entry for entry in entries}, **standing}.items():
        body = entry.body
        store.archive.get(digest)  # refuses bytes that are gone or no longer what they were
        received = ReceivedFile(digest, body["name"], body["received_at"])
        reading = _read(store.archive.path(digest), received, catalog, date.fromisoformat(body["received_at"][:10]))
        if reading.problems and digest in standing:
            raise StoreError(
                f"补录文件《{body['name']}》（记录号{entry.seq}）按现在的报表定义和登记表读不出来："
                f"{reading.problems[0].message}"
                f"请恢复原来的定义；或用 undo {entry.seq} 撤销这次补录，改正文件后重新补录。"
            )
        figures += [] if reading.problems else reading.figures
    return figures


# ------------------------------------------------------------------ in a release


def bases_told(figures: Sequence[ImportedFigure]) -> list[dict[str, object]]:
    """Imported bases as release.json lists them: period, unit and source, and the cells that the figures stand in."""
    grouped: dict[tuple[str, ...], list[ImportedFigure]] = {}
    for figure in figures:
        key = (figure.period, figure.unit, figure.source, figure.file, figure.sha256, figure.sheet)
        grouped.setdefault(key, []).append(figure)
    names = ("period", "reporting_unit", "source", "file", "sha256", "sheet")
    return [
        {
            **dict(zip(names, key, strict=True)),
            "figures": [{"area": f.area, "indicator": f.indicator, "cell": f.cell} for f in own],
        }
        for key, own in grouped.items()
    ]


# ------------------------------------------------------------------ telling


def lines(outcome: HistoryOutcome) -> list[str]:
    """Everything that an import tells, in order; the closing sentence last."""
    if outcome.reading and not outcome.entry:
        shown = [f"文件《{outcome.file}》{problem.told}" for problem in outcome.reading.problems[:MOST_SHOWN]]
        more = len(outcome.reading.problems) - MOST_SHOWN
        return [*shown, *([f"……另有{more}处。"] if more > 0 else []), closing_line(outcome)]
    return [*_remarks(outcome), closing_line(outcome)]


def closing_line(outcome: HistoryOutcome) -> str:
    """What was taken in, and what to do next."""
    name = f"《{outcome.file}》"
    if outcome.known:
        taken = "；其中一部分后来被替代" if outcome.replaced else ""
        return f"{name}已经补录过（记录号{outcome.known.seq}）{taken}，没有重复入库。"
    if outcome.entry is None:
        count = len(outcome.reading.problems) if outcome.reading else 0
        return f"{name}有{count}处问题，一个数字也没有补录。请改正后重新运行 import-history。"
    periods = [period_label(period) for period in outcome.periods]
    when = f"{periods[0]}等{len(periods)}期" if len(periods) > 1 else periods[0]
    return (
        f"已补录{when}、{len(outcome.units)}家、{len(outcome.figures)}个数字（记录号{outcome.entry.seq}），只作对比基数；"
        "重新运行 make monthly 后用于同比、较年初，附件会注明来源。"
    )


def _remarks(outcome: HistoryOutcome) -> list[str]:
    remarks = []
    reading = outcome.reading
    if reading and reading.assumed_yuan:
        remarks.append("表头是英文字段名且没有写金额单位，金额按元计。如不是元，请写明单位后重新补录。")
    if reading and reading.rounded:
        remarks.append(f"有{reading.rounded}个金额不是整分，已四舍五入到分。")
    if reading and reading.doubled:
        remarks.append(f"有{reading.doubled}行与前面的行完全重复，只计一次。")
    if reading and reading.left_blank:
        remarks.append(f"有{reading.left_blank}行注明没有数字，未补录。")
    remarks += _told_replaced(outcome)
    if outcome.overruled:
        remarks.append(
            f"{_pairs(outcome.overruled, outcome.catalog)}已有采用的报表，以报表为准，补录的数字只补报表没有报的项。"
        )
    return remarks


def _told_replaced(outcome: HistoryOutcome) -> list[str]:
    by_entry: dict[int, list[Pair]] = {}
    for entry, pair in outcome.replaced:
        by_entry.setdefault(entry.seq, []).append(pair)
    if outcome.known:
        return [
            f"{_pairs(pairs, outcome.catalog)}的数字后来被记录{seq}替代。要改回来，请用 undo {seq} 撤销那次补录。"
            for seq, pairs in sorted(by_entry.items())
        ]
    return [
        f"{_pairs(pairs, outcome.catalog)}原来补录的数字（记录{seq}）整期停用，以这次的为准。"
        for seq, pairs in sorted(by_entry.items())
    ]


def _pairs(pairs: Sequence[Pair], catalog: Catalog, most: int = 4) -> str:
    """「2016年12月农业银行安康分行、……」, or how many of each where these are many."""
    if len(pairs) > most:
        periods = sorted({period for period, _ in pairs})
        when = period_label(periods[0]) + (f"等{len(periods)}期" if len(periods) > 1 else "")
        return f"{when}{len({unit for _, unit in pairs})}家单位"
    return "、".join(f"{period_label(p)}{catalog.units.by_id[unit].name(Month.parse(p))}" for p, unit in pairs)
