"""What was received, read by another register: nothing that a unit has reported may be lost by editing one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__
from pipeline.catalog import Catalog, register_of, with_accepted
from pipeline.errors import RegisterError, StoreError, UsageError
from pipeline.ingest.reading import FileReader
from pipeline.ingest.worker import open_all
from pipeline.jobs.clock import Clock
from pipeline.jobs.history import read_again
from pipeline.jobs.opening import accepted, with_register
from pipeline.jobs.receive import received_of
from pipeline.model import Severity, Submission
from pipeline.periods import period_label
from pipeline.store import imports, journal, records, registers
from pipeline.store.records import Record
from pipeline.store.store import Connection, Store, derived_with
from pipeline.validate.misnaming import names_another


@dataclass(frozen=True, slots=True)
class Lost:
    """What one unit has sent, or an imported table, that could be read or counted no more; `why` says what to do."""

    unit: str
    why: str
    key: str = ""
    """What of the unit's entry it is about, if one thing."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """One submission as one of the two catalogues reads it."""

    unit: str
    form: str
    period: str
    counted: frozenset[str]
    """The counties about which its figures count."""


def lost(store: Store, connection: Connection, now: Catalog, after: Catalog) -> list[Lost]:
    """Everything recorded that would be lost if the second catalogue took the place of the first."""
    if register_of(now).units == register_of(after).units:
        return []
    upto = journal.vintage_at(connection, "9999")
    if derived_with(connection) == f"{now.fingerprint} {__version__}":
        known = _stored(connection, upto, now)
    else:
        known = _sent(_read(store, connection, upto, now), now)
    kept = _sent(_read(store, connection, upto, after), after)
    gone = [one for key, one in known.items() if key not in kept]
    short = [
        replace(one, counted=uncounted)
        for key, one in known.items()
        if key in kept and (uncounted := one.counted - kept[key].counted)
    ]
    found = [Lost(unit, why) for unit, sent in _by_unit(gone) for why in _why(unit, sent, now, after)]
    found += [Lost(unit, _why_short(unit, sent, short, now), "areas") for unit, sent in _by_unit(short)]
    return found + _lost_imports(store, connection, upto, after)


def _by_unit(sent: Iterable[_Sent]) -> list[tuple[str, dict[str, list[str]]]]:
    """Unit → the periods of each form."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in sent:
        found.setdefault(one.unit, {}).setdefault(one.form, []).append(one.period)
    return sorted(found.items())


def _stored(connection: Connection, upto: int, catalog: Catalog) -> dict[str, _Sent]:
    """What was read as it is recorded; what was laid to another account than its heading names is rejected anyway."""
    told = records.findings(connection, upto, severity=Severity.HARD)
    misnamed = {stored.finding.submission for stored in told if names_another(stored.finding)}
    found = [record for record in records.submissions(connection, upto) if record.id not in misnamed]
    areas = records.areas(connection, (record.id for record in found))
    return {record.id: _counting(record, areas.get(record.id, ()), catalog) for record in found}


def _sent(read: Iterable[Submission], catalog: Catalog) -> dict[str, _Sent]:
    return {one.id: _counting(one, {seen.area for seen in one.observations if not seen.total}, catalog) for one in read}


def _counting(one: Record | Submission, areas: Iterable[str], catalog: Catalog) -> _Sent:
    """Of figures that belong to counties only those count that the register expects of the unit."""
    unit, form = catalog.units.by_id.get(one.unit), catalog.forms.get(one.form)
    expected = unit.areas if unit and form and "areas" in form.needs else ()
    return _Sent(one.unit, one.form, one.period, frozenset(expected) & frozenset(areas))


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


def _why_short(unit: str, sent: Mapping[str, Sequence[str]], short: Iterable[_Sent], now: Catalog) -> str:
    """Why counties cannot be taken from a unit that has reported about them."""
    areas = {area for one in short if one.unit == unit for area in one.counted}
    named = "、".join(area.names[-1].name for area in now.areas.counties if area.id in areas)
    name = now.units.by_id[unit].names[-1].name
    return (
        f"“{name}”{_told(sent, now)}报了{named}的数，县区中的{named}不能删去，否则这些数不再计入附件。"
        "请恢复县区；不再办理业务的，由单位把该县区各栏填0。"
    )


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
                said = accepted(connection, upto, profile)
                now = with_accepted(with_register(profile, standing), said)
            except RegisterError:
                continue  # a register that nothing can be read by is best undone
            for one in lost(store, connection, now, with_accepted(with_register(profile, back), said)):
                raise UsageError(f"撤销后登记表恢复原样：{one.why}请改好登记表后用 register import 导入，不要撤销。")
    store.close()
