"""What was received, read by another register: nothing that a unit has reported may be lost by editing one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.catalog import Catalog, register_of
from pipeline.errors import RegisterError, StoreError, UsageError
from pipeline.ingest.reading import FileReader
from pipeline.ingest.worker import open_all
from pipeline.jobs.clock import Clock
from pipeline.jobs.history import read_again
from pipeline.jobs.opening import with_register
from pipeline.jobs.receive import received_of
from pipeline.model import Submission
from pipeline.periods import period_label
from pipeline.store import imports, journal, records, registers
from pipeline.store.records import Record
from pipeline.store.store import Connection, Store, derived_with


@dataclass(frozen=True, slots=True)
class Lost:
    """What one unit has sent, or an imported table, that could be read no more; `why` says what to do."""

    unit: str
    why: str


def lost(store: Store, connection: Connection, now: Catalog, after: Catalog) -> list[Lost]:
    """Everything recorded that would be lost if the second catalogue took the place of the first."""
    if register_of(now).units == register_of(after).units:
        return []
    upto = journal.vintage_at(connection, "9999")
    known: Iterable[Record | Submission] = records.submissions(connection, upto)
    if derived_with(connection) != f"{now.fingerprint} {__version__}":
        known = _read(store, connection, upto, now)
    kept = {submission.id for submission in _read(store, connection, upto, after)}
    gone: dict[str, dict[str, list[str]]] = {}
    for one in known:
        if one.id not in kept:
            gone.setdefault(one.unit, {}).setdefault(one.form, []).append(one.period)
    found = [Lost(unit, why) for unit, sent in sorted(gone.items()) for why in _why(unit, sent, now, after)]
    return found + _lost_imports(store, connection, upto, after)


def _read(store: Store, connection: Connection, upto: int, catalog: Catalog) -> list[Submission]:
    received = [received_of(entry.body) for entry in journal.entries(connection, (journal.RECEIVED,), upto)]
    reader = FileReader(catalog, {one.sha256: one for one in received})
    readings = open_all(((one.sha256, store.archive.path(one.sha256)) for one in received), reader)
    return [submission for _, reading in readings for submission in reading.submissions]


def _why(unit: str, sent: Mapping[str, Sequence[str]], now: Catalog, after: Catalog) -> Iterator[str]:
    """One sentence for each cause; `sent` gives the periods of each form."""
    name, new = f"“{now.units.by_id[unit].names[-1].name}”", after.units.by_id.get(unit)
    if new is None:
        yield f"填报单位{name}（{unit}）{_told(sent, now)}，不能删去，编号也不能改。{_END}"
        return
    owed = {duty.form for duty in new.duties}
    if dropped := {form: periods for form, periods in sent.items() if form not in owed}:
        yield f"{name}{_told(dropped, now)}，应报报表中的{'、'.join(dropped)}不能删去。{_END}"
    if unknown := {form: periods for form, periods in sent.items() if form in owed}:
        kept = "请保留原来的名称和别名；更名的，另加一行写新名称。"
        yield f"{name}{_told(unknown, now)}，按改后的名称和别名认不出来了。{kept}"


_END = "不再报送的，请在“应报报表”的“至”写明最后一期。"


def _told(sent: Mapping[str, Sequence[str]], now: Catalog) -> str:
    """「已有3份月报、1份措施表（最近2018年3月）」."""
    counted = (f"{len(periods)}份{now.forms[form].short or now.forms[form].name}" for form, periods in sent.items())
    return f"已有{'、'.join(counted)}（最近{period_label(max(max(periods) for periods in sent.values()))}）"


def _lost_imports(store: Store, connection: Connection, upto: int, catalog: Catalog) -> list[Lost]:
    entries = journal.entries(connection, (journal.IMPORTED,), upto)
    try:
        read_again(store, entries, imports.in_effect(connection, upto), catalog)
    except StoreError as error:
        return [Lost("", str(error))]
    return []


def refuse_undoing(workspace: Path, entry: int, clock: Clock) -> None:
    """Raise UsageError if undoing this entry brought a register back by which something reported would be lost."""
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        taken = journal.entries(connection, (journal.REGISTERED,), upto)
        for profile in sorted({one.body["profile"] for one in taken}):
            standing, back = (registers.in_force(connection, upto, profile, undone) for undone in (None, entry))
            if (standing and standing.seq) == (back and back.seq):
                continue
            try:
                now = with_register(profile, standing)
            except RegisterError:
                continue  # a register that nothing can be read by is best undone
            for one in lost(store, connection, now, with_register(profile, back)):
                raise UsageError(f"撤销后登记表恢复原样：{one.why}请改好登记表后用 register import 导入，不要撤销。")
    store.close()
