"""A register workbook 「登记表」 edited in Excel, back in: all of it or nothing of it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.catalog import Catalog, load_catalog, register_mistakes, register_of, with_accepted
from pipeline.catalog.overlay import UNITS as UNIT_PATH
from pipeline.catalog.register_sheets import EDITED, TARGETS, UNITS, Contact
from pipeline.catalog.sources import Where
from pipeline.errors import UsageError, reason
from pipeline.ingest.history import Problem
from pipeline.ingest.register_book import RegisterReader, RegisterReading
from pipeline.jobs import runlog
from pipeline.jobs.clock import Clock, refuse_backwards
from pipeline.jobs.decide import person
from pipeline.jobs.opening import contacts_in_force
from pipeline.jobs.receive import record
from pipeline.jobs.register_changes import contact_changes, register_changes
from pipeline.jobs.register_targets import Targets, read_targets
from pipeline.jobs.rereading import Lost, lost
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Store, set_derived_with

MOST_SHOWN = 50
_SHEETS = [*(plan.name for plan in EDITED), TARGETS]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a workbook: what is different from the register in force, or what is wrong with it."""

    file: str
    sha256: str
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    entry: Entry | None = None
    """The register that counts from now on; None where units, deadlines and contacts are unchanged."""
    submission: str = ""
    """The office's targets that came in with it."""

    @property
    def status(self) -> str:
        """`registered`, `unchanged` or `refused`."""
        return "refused" if self.problems else "registered" if self.changes else "unchanged"

    @property
    def exit_code(self) -> int:
        """0 taken in, or nothing new in it; 3 nothing could be taken in."""
        return 3 if self.problems else 0


@dataclass(frozen=True, slots=True)
class _Look:
    """What a workbook would change, or what is wrong with it."""

    problems: tuple[Problem, ...]
    after: Catalog
    contacts: tuple[Contact, ...]
    register_changes: tuple[str, ...]
    targets: Targets


def run(workspace: Path, path: Path, by: str, catalog: Catalog, clock: Clock) -> Imported:
    """Read a register workbook, and record what is different; nothing is recorded of one with any problem.

    Raises:
        UsageError: The file cannot be read from disk, nobody decides, or the clock stands before the last entry.
    """
    author = person(by)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"文件 {path} 读不出来（{reason(error)}）。请核对路径和文件名后重新运行。") from error
    digest = sha256(data).hexdigest()
    with runlog.kept(workspace, "register", clock, schemas=catalog.fingerprint) as log:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "file"
            copy.write_bytes(data)
            look = _look(workspace, copy, digest, author, catalog, clock)
        if look.problems or not (look.register_changes or look.targets.changes):
            log.note("refused" if look.problems else "unchanged", sha256=digest, problems=len(look.problems))
            return Imported(path.name, digest, look.problems)
        outcome = _record(workspace, path.name, data, digest, author, look, clock)
        log.note("registered", sha256=digest, entry=outcome.entry.seq if outcome.entry else None)
    return outcome


def _look(workspace: Path, copy: Path, digest: str, by: str, catalog: Catalog, clock: Clock) -> _Look:
    reading = _read(copy, digest, catalog)
    problems = _problems(reading, catalog)
    after = catalog if problems or reading.register is None else _catalog_after(catalog, reading)
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        refuse_backwards(clock, journal.last_entry_at(connection))
        upto = journal.vintage_at(connection, clock.text)
        targets = Targets()
        if reading.has_targets:
            targets = read_targets(connection, copy, digest, by, after, clock, upto)
        problems += targets.problems
        problems += [] if problems else _losses(lost(store, connection, catalog, after), reading)
        now = contacts_in_force(connection, catalog, upto)
    store.close()
    contacts = tuple(reading.contacts)
    changes = () if problems else (*register_changes(catalog, after), *contact_changes(now, contacts, after))
    return _Look(tuple(sorted(problems, key=_reading_order)), after, contacts, changes, targets)


def _read(path: Path, key: str, catalog: Catalog) -> RegisterReading:
    """Open a workbook in a worker that can be stopped, and read it there."""
    from pipeline.ingest.worker import open_all

    return next(reading for _, reading in open_all([(key, path)], RegisterReader(catalog), workers=1))


def _problems(reading: RegisterReading, catalog: Catalog) -> list[Problem]:
    """What cannot be read, and what cannot be meant; one problem a cell."""
    found = list(reading.problems)
    if reading.register is not None:
        for mistake in register_mistakes(catalog.profile.id, reading.register):
            if not _follows(mistake.where, reading.spoilt):
                found.append(Problem(mistake.sheet, mistake.cell, mistake.sentence))
    first: dict[object, Problem] = {}
    for problem in found:
        first.setdefault((problem.sheet, problem.cell) if problem.cell else problem, problem)
    return list(first.values())


def _follows(where: Where, spoilt: set[Where]) -> bool:
    """Whether a mistake is about the months of a list in which some month could not be read."""
    about_months = bool(where) and (isinstance(where[-1], int) or where[-1] in ("until", "values"))
    return about_months and any(where[: len(way)] == way for way in spoilt)


def _reading_order(problem: Problem) -> tuple[object, ...]:
    """Sheet by sheet, row by row."""
    place = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell)
    sheet = _SHEETS.index(problem.sheet) if problem.sheet in _SHEETS else -1
    return (sheet, int(place[2]), len(place[1]), place[1]) if place else (sheet, 0, 0, "")


def _catalog_after(catalog: Catalog, reading: RegisterReading) -> Catalog:
    """The catalogue with the register in the one order in which it is kept, whatever order its rows had."""
    profile = catalog.profile.id
    after = load_catalog(profile, register=register_of(load_catalog(profile, register=reading.register)))
    return with_accepted(after, catalog.accepted)


def _losses(losses: Sequence[Lost], reading: RegisterReading) -> list[Problem]:
    """What would be lost, each at its unit's row where it has one."""
    register = reading.register
    cells = register.cells if register else {}
    places = {unit["id"]: (UNIT_PATH, i) for i, unit in enumerate(register.units if register else ())}
    problems = []
    for loss in losses:
        at = places.get(loss.unit, (UNIT_PATH,))
        problems.append(Problem(*(cells.get((*at, loss.key)) or cells.get(at) or (UNITS.name, "")), loss.why))
    return problems


def _record(workspace: Path, name: str, data: bytes, digest: str, by: str, look: _Look, clock: Clock) -> Imported:
    store = Store(workspace, create=True)
    entry, submission = None, ""
    with store.transaction() as connection:
        refuse_backwards(clock, journal.last_entry_at(connection))
        store.archive.put(data)
        seen = journal.vintage_at(connection, clock.text)
        is_first = not journal.entries(connection, (journal.RECEIVED, journal.IMPORTED), seen)
        if look.register_changes:
            register = register_of(look.after)
            body = {
                "period": "",
                "profile": look.after.profile.id,
                "sha256": digest,
                "by": by,
                "units": register.units,
                "calendar": register.calendar,
                "contacts": [asdict(contact) for contact in look.contacts],
            }
            entry = journal.append(connection, journal.REGISTERED, clock.text, body)
        if look.targets.intake:
            record(connection, look.targets.intake, clock)
            submission = look.targets.intake.readings[0].submissions[0].id
            if is_first:
                set_derived_with(connection, f"{look.after.fingerprint} {__version__}")
    store.close()
    changes = (*look.register_changes, *look.targets.changes)
    return Imported(name, digest, (), changes, entry, submission)


# ------------------------------------------------------------------ telling


def lines(outcome: Imported) -> list[str]:
    """Everything that an import tells, in order; the closing sentence last."""
    told = [f"《{outcome.file}》{problem.told}" for problem in outcome.problems[:MOST_SHOWN]]
    more = len(outcome.problems) - MOST_SHOWN
    return [*told, *([f"……另有{more}处。"] if more > 0 else []), *outcome.changes, closing_line(outcome)]


def closing_line(outcome: Imported) -> str:
    """What was taken in, and what to do next."""
    if outcome.problems:
        return f"《{outcome.file}》有{len(outcome.problems)}处问题，登记表没有改动。请改正后重新导入。"
    if not outcome.changes:
        return f"《{outcome.file}》与现在采用的登记表相同，没有需要导入的。"
    done = []
    if outcome.entry:
        done.append(f"登记表已导入（记录号 {outcome.entry.seq}，可用 undo 撤销），从现在起按它办理。")
    if outcome.submission:
        done.append(f"年度任务已作为报送 {outcome.submission} 入库（可用 withdraw 撤出）。")
    return f"{''.join(done)}重新运行 make monthly 后生效于附件；已正式发布的不变。"
