"""What a case of the fault catalogue is, what must come of it, and how that is held against what does come."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp

from pipeline.catalog import load_catalog
from pipeline.ingest.faults import FILE_RULES
from pipeline.ingest.reading import FileReading, read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile, Severity, Symbol
from tests.faults.plain import ABC, DOES_NOT_APPLY, MISSING, RCB, RCB_FACTS, bank_facts

CATALOG = load_catalog()
RECEIVED = "2018-04-05 09:00"

Key = tuple[str, str, str]
"""Form, reporting unit, period."""
Facts = Mapping[tuple[str, str, str, int], object]
"""(indicator, area, institution, item) → value."""


class Item(StrEnum):
    """The items of the issue, each a part of the catalogue."""

    FORMATS = "1 格式"
    CELLS = "2 单元格"
    SHEETS = "2 工作表"
    HEADERS = "3 表头"
    ROWS = "3 行"
    UNITS = "4 金额单位"
    IDENTITY = "5 单位和报告期"
    HOSTILE = "6 有害文件"


@dataclass(frozen=True)
class Told:
    """One finding: rule, cell (`C7`, or `表!C7` where it is not on the first sheet; None: anywhere), words in it."""

    rule: str
    cell: str | None
    word: str

    def fits(self, finding):
        """Whether it is this finding."""
        found = f"{finding.sheet}!{finding.cell}" if "!" in (self.cell or "") else finding.cell
        return finding.rule == self.rule and self.cell in (None, found) and self.word in finding.message


@dataclass(frozen=True)
class Expect:
    """What must be read, all of it, and what must be told, all of it."""

    read: Mapping[Key, Facts] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    changes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(indicator, area) → a word that must stand in `Observation.changes`."""
    twice: bool = False
    """The statement is there twice, and a finding says so."""

    @property
    def refused(self) -> bool:
        """Whether something hard is wrong, so that the file goes back."""
        return any(FILE_RULES[told.rule].severity is Severity.HARD for told in self.told)

    def but(self, facts=None, **changes):
        """The same with other facts in its one statement: `…` takes one away."""
        ((key, known),) = self.read.items()
        merged = {name: value for name, value in {**known, **(facts or {})}.items() if value is not ...}
        return replace(self, read={key: merged}, **changes)

    def telling(self, *told):
        """The same, and this is told: (rule, cell, word) each."""
        return replace(self, told=(*self.told, *(Told(*one) for one in told)))


def as_bank(facts=None, **changes):
    """Reads as the plain statement of 农业银行, but for these facts."""
    return Expect({ABC: bank_facts()}).but(facts, **changes)


def as_upright(facts=None, **changes):
    """Reads as the plain statement of 汉阴农商银行, but for these facts."""
    return Expect({RCB: RCB_FACTS}).but(facts, **changes)


def refused(rule, word, cell=None):
    """Nothing at all is read, and this alone is told."""
    return Expect(told=(Told(rule, cell, word),))


@dataclass(frozen=True)
class Case:
    """One peculiarity: bytes, the name they come under, and what must come of them."""

    id: str
    title: str
    item: Item
    make: Callable[[], bytes]
    expect: Expect
    name: str = "报表.xlsx"
    received_at: str = RECEIVED
    inbox: bool = False
    """Goes through the inbox: what holds other files, or counts only once. `make` then gives name → bytes."""

    def read(self) -> FileReading:
        """What the program makes of it."""
        if self.inbox:
            return through_inbox(self.make())
        received = ReceivedFile("f" * 64, self.name, self.received_at)
        return read_file(open_grid(self.make(), self.name), received, CATALOG)

    def wrong(self) -> list[str]:
        """What is not as it must be, a sentence each."""
        return differences(self.read(), self.expect)


def differences(reading: FileReading, expect: Expect) -> list[str]:
    """Where a reading is not what is expected: findings, submissions, facts, changes, the account of cells."""
    said = _findings(reading, expect)
    found = {(s.form, s.unit, s.period): s for s in reading.submissions}
    if (len(found) != len(reading.submissions)) is not expect.twice:
        said.append(f"{len(reading.submissions)} statements, {len(found)} different ones")
    said += [f"{key} is not there" for key in expect.read if key not in found]
    said += [f"{key} is there" for key in found if key not in expect.read]
    for key, facts in expect.read.items():
        if key in found:
            said += _facts(facts_of(found[key]), facts)
            said += _twice(found[key])
    changes = {(o.indicator, o.area): o.changes for s in reading.submissions for o in s.observations}
    said += [
        f"{place}: changes say {changes.get(place)!r}, not {word!r}"
        for place, word in expect.changes.items()
        if word not in changes.get(place, "")
    ]
    if sum(reading.cells.values()) != reading.non_blank:
        said.append(f"{reading.non_blank} cells, {sum(reading.cells.values())} accounted for")
    return said


def _findings(reading, expect):
    """One finding for each that is told; two sheets' findings of one cause count as they are."""
    left, said = list(reading.findings), []
    for told in expect.told:
        fitting = next((f for f in left if told.fits(f)), None)
        if fitting is None:
            said.append(f"not told: {told.rule} {told.cell} {told.word}")
        else:
            left.remove(fitting)
    return said + [f"told: {f.rule} {f.sheet}!{f.cell} {f.message}" for f in left]


def _facts(found, wanted):
    return [
        f"{key}: {found.get(key, 'nothing')} in place of {wanted.get(key, 'nothing')}"
        for key in {**wanted, **found}
        if found.get(key, ...) != wanted.get(key, ...)
    ]


def _twice(submission):
    counts = Counter((o.indicator, o.area, o.institution, o.item) for o in submission.observations)
    return [f"{key}: read {count} times" for key, count in counts.items() if count > 1]


def facts_of(submission):
    """What a submission says, as facts."""
    return {(o.indicator, o.area, o.institution, o.item): _value(o) for o in submission.observations}


def _value(observation):
    if observation.symbol is Symbol.MISSING:
        return MISSING
    if observation.symbol is Symbol.NOT_APPLICABLE:
        return DOES_NOT_APPLY
    return observation.text if observation.value is None else observation.value


def through_inbox(files: Mapping[str, bytes]) -> FileReading:
    """What comes of files that lie in an inbox together, as one reading; the same bytes come once."""
    folder = Path(mkdtemp())
    try:
        for name, data in files.items():
            path = folder / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return _taken_in(folder)
    finally:
        shutil.rmtree(folder)


class _Nothing:
    """In place of the process that draws pages beside the reading: nothing is drawn here."""

    def ask(self, *_: object) -> None:
        """Do not."""


def _taken_in(folder: Path) -> FileReading:
    from pipeline.jobs.clock import clock_for
    from pipeline.jobs.receive import take_in
    from pipeline.store.store import Store

    store = Store(folder / "workspace", create=True)
    try:
        intake = take_in(store, folder / "inbox", CATALOG, clock_for("2018-04-10"), lambda *_: None, _Nothing())
    finally:
        store.close()
    together = FileReading()
    for reading in intake.readings:
        together.submissions += reading.submissions
        together.findings += reading.findings
        together.cells.update(reading.cells)
        together.non_blank += reading.non_blank
    return together
