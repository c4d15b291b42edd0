"""Words of sabotage: a kind of error, a desk at which it is planted, and the submission that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from pipeline.model import Finding, Observation, Submission, Symbol
from pipeline.periods import Month
from pipeline.validate.past import Place
from tests.sabotage.history import History

Key = tuple[str, str, str, int]
"""(area, indicator, institution where one code is many, item)."""
TOTAL = "total"
CELL, ROW, COLUMN, SHEET, FILE, MONTH = "单元格", "行", "列", "表", "文件", "月份"
BANKS = ("abc", "psbc")
"""Banks with all counties in one file."""
DASH = "—"
Value = int | str | None
"""A figure, words, or None: a blank."""


@dataclass(frozen=True)
class Kind:
    """A kind of error that people make.

    `causes` are the names that tell it right: causes of the diagnosis in lower case, and codes of rules that exist for
    it. `unknowable`: why the data cannot tell it.
    """

    name: str
    scope: str
    title: str
    causes: frozenset[str]
    plant: Plant
    unknowable: str = ""
    in_files: bool = False
    """Lies in the file and not in its figures: only planted there."""
    errors: int = 1
    """So many that have nothing to do with each other are planted at once: as many messages are due, each its cause."""

    @property
    def how(self) -> str:
        """How it is planted."""
        return (self.plant.__doc__ or "").strip()


KINDS: dict[str, Kind] = {}


def kind(
    name: str, scope: str, title: str, *causes: str, unknowable: str = "", in_files: bool = False, errors: int = 1
) -> Callable[[Plant], Plant]:
    """Register the decorated function as what plants errors of this kind."""

    def register(plant: Plant) -> Plant:
        if name in KINDS:
            raise ValueError(f"two kinds are called {name}")
        KINDS[name] = Kind(name, scope, title, frozenset(causes), plant, unknowable, in_files, errors)
        return plant

    return register


@dataclass(frozen=True)
class Planting:
    """One error: the submission as it was meant, as it came, and where it is wrong.

    `cells` are (sheet, cell); `gone` are (area, indicator) of what has no cell any more, either may be empty.
    """

    kind: Kind
    clean: Submission
    sent: Submission
    cells: frozenset[tuple[str, str]]
    gone: frozenset[tuple[str, str]]
    whole: bool = False
    """The submission as such is wrong: a finding without a place is at the right one."""
    number: int = 0
    draft: Draft | None = None
    """Who planted it, where it lies in the file itself."""
    replaced: Mapping[Place, frozenset[int]] = field(default_factory=dict)
    """What versions of last month's statement said that are no more in force."""
    before: Mapping[Place, int] = field(default_factory=dict)
    """What last month's statement in force says wrongly, where this month's is right."""

    @property
    def typed(self) -> dict[str, tuple[Observation, Observation]]:
        """By cell, what was meant and what came: what has to be typed into a file for the same error."""
        now = {key_of(o): o for o in self.sent.observations}
        return {o.cell: (o, now[key_of(o)]) for o in self.clean.observations if now.get(key_of(o), o) != o}


def key_of(seen: Observation) -> Key:
    """What an observation is about."""
    return (
        seen.area,
        seen.indicator,
        seen.institution if seen.indicator.startswith(("mirror", "target")) else "",
        seen.item,
    )


class Draft:
    """A submission on the desk: its figures can be changed, its typed totals follow where they are told to."""

    def __init__(self, clean: Submission, history: History, random: Random) -> None:
        self.clean, self.history, self.random = clean, history, random
        self.seen: dict[Key, Observation] = {key_of(o): o for o in clean.observations}
        self.doubled: list[Observation] = []
        self.also: set[tuple[str, str]] = set()
        self.whole = False
        self.alter: Callable[[Any, Draft], str] | None = None
        """What is done to the file itself."""
        self.alter_lines: Callable[[list[str], Draft], str] | None = None
        """What is done to the lines of a file of text."""
        self.name = ""
        """Under which name it comes; its own where empty."""
        self.replaced: dict[Place, frozenset[int]] = {}
        """What an earlier version of last month's statement said, which was corrected."""
        self.before: dict[Place, int] = {}
        """What last month's statement in force says wrongly."""
        self.goes_on: set[Key] = set()
        """The figures of this month that go on from the truth: where it shows."""
        self.follows = random.random() < 0.5
        """Whether totals are added up by a formula, so that they go with what is wrong."""

    @property
    def month(self) -> Month:
        """What it is about."""
        return Month.parse(self.clean.period)

    @property
    def counties(self) -> list[str]:
        """Its areas in the order of the sheet, of-which areas left out."""
        inside = {area.id for area in self.history.catalog.areas.of_which}
        return [area for area in dict.fromkeys(key[0] for key in self.seen) if area not in inside | {TOTAL}]

    @property
    def inside(self) -> list[str]:
        """Its of-which areas."""
        known = {area.id for area in self.history.catalog.areas.of_which}
        return [area for area in dict.fromkeys(key[0] for key in self.seen) if area in known]

    @property
    def codes(self) -> list[str]:
        """Its figures, in the order of the sheet."""
        columns = self.history.catalog.forms[self.clean.form].by_code
        return [code for code in dict.fromkeys(key[1] for key in self.seen) if not columns[code].is_text]

    @property
    def amounts(self) -> list[str]:
        """Those that are money."""
        columns = self.history.catalog.forms[self.clean.form].by_code
        return [code for code in self.codes if columns[code].is_amount]

    @property
    def unit_factor(self) -> int:
        """Fen in the unit of money that the sheet is in."""
        return 100 if self.clean.money_unit == "元" else 1_000_000

    def at(self, area: str, code: str, bank: str = "", item: int = 0) -> int:
        """A figure; zero where there is none."""
        seen = self.seen.get((area, code, bank, item))
        return seen.value or 0 if seen else 0

    def has(self, area: str, code: str) -> bool:
        """Whether it is reported."""
        return (seen := self.seen.get((area, code, "", 0))) is not None and seen.value is not None

    def put(self, area: str, code: str, value: Value, bank: str = "", item: int = 0, *, alone: bool = False) -> None:
        """Type another figure; the total follows where it is a formula, unless the figure is told `alone`."""
        key = (area, code, bank, item)
        seen = self.seen[key]
        if isinstance(value, int) and value == seen.value:
            return
        if self.follows and not alone and area in self.counties and isinstance(value, int) and self.has(TOTAL, code):
            total = (TOTAL, code, "", 0)
            self.seen[total] = typed(self.seen[total], self.at(TOTAL, code) + value - self.at(area, code))
        self.seen[key] = typed(seen, value)

    def earlier(self, back: int = 1) -> Draft | None:
        """What the same unit sent so many months ago."""
        sent = self.history.by_matter.get((self.clean.form, self.clean.unit, str(self.month.shifted(-back))))
        return Draft(sent, self.history, self.random) if sent else None

    def planting(self, kind: Kind, number: int) -> Planting | None:
        """What comes of it; None where it says the same as before."""
        observations = [*(self.seen[key_of(o)] for o in self.clean.observations if key_of(o) in self.seen)]
        strangers = [o for key, o in self.seen.items() if key not in {key_of(c) for c in self.clean.observations}]
        observations += [*strangers, *self.doubled]
        if observations == self.clean.observations and not (self.alter or self.alter_lines or self.before):
            return None
        sent = replace(self.clean, observations=observations, sha256=f"{self.clean.sha256}/{kind.name}/{number}")
        changed = [o for o in self.clean.observations if self.seen.get(key_of(o)) != o]
        single = [o for o in changed if not o.total] or changed
        single += [self.seen[key] for key in self.goes_on]
        cells = {(o.sheet, o.cell) for o in [*single, *strangers, *self.doubled]}
        gone = {(o.area, o.indicator) for o in single if key_of(o) not in self.seen}
        return Planting(
            kind,
            self.clean,
            sent,
            frozenset(cells),
            frozenset(gone | self.also),
            self.whole,
            number,
            self,
            self.replaced,
            self.before,
        )


def scaled(value: int, more: int, less: int, step: int) -> int:
    """A figure times `more` / `less`, rounded half up to the step."""
    return (2 * value * more + less * step) // (2 * less * step) * step


def typed(seen: Observation, value: Value) -> Observation:
    """The same cell with something else in it."""
    if value is None:
        return replace(seen, value=None, text="", symbol=Symbol.MISSING, raw="")
    if value == DASH:
        return replace(seen, value=None, text="", symbol=Symbol.NOT_APPLICABLE, raw=DASH)
    if isinstance(value, str):
        return replace(seen, text=value, raw=value)
    return replace(seen, value=value, symbol=Symbol.NONE, raw=str(value))


@dataclass
class Desk:
    """Where errors are planted: clean months, and dice."""

    history: History
    random: Random

    def draft(self, form: str = "M01", units: Sequence[str] = (), months: Iterable[int] = range(1, 13)) -> Draft:
        """Any submission of a form, or of these units, in these months of the year."""
        chosen = [month for month in self.history.months if month.month in set(months)]
        while True:
            sent = self.history.of(self.random.choice(chosen), form)
            own = [s for s in sent if not units or s.unit in units]
            if own:
                return Draft(self.random.choice(own), self.history, self.random)

    def statement(self) -> Draft:
        """A bank's statement: a city bank's as often as a county bank's."""
        units = BANKS if self.random.random() < 0.5 else self.county_banks
        return self.draft("M01", units)

    @property
    def county_banks(self) -> list[str]:
        """Banks with one county a file."""
        return sorted({unit for form, unit, _ in self.history.by_matter if form == "M01" and unit not in BANKS})


Plant = Callable[[Desk], Draft | None]
_TRIES = 300


def plant(kind: Kind, history: History, seed: int, number: int) -> Planting:
    """One error of a kind; the dice are its own, so that it stays what it is whatever else is planted."""
    random = Random(f"{seed}/{kind.name}/{number}")
    for _ in range(_TRIES):
        draft = kind.plant(Desk(history, random))
        planting = draft.planting(kind, number) if draft else None
        if planting:
            return planting
    raise RuntimeError(f"{kind.name} found no place in {_TRIES} tries")


def is_at(planting: Planting, finding: Finding) -> bool:
    """Whether a finding names a place that is truly wrong."""
    if (finding.sheet, finding.cell) in planting.cells:
        return True
    if planting.whole and not finding.cell:
        return True
    places = {("", indicator) for _, indicator in planting.gone} | {(area, "") for area, _ in planting.gone}
    here = {(finding.area, ""), ("", finding.indicator)}
    return bool(here & places - {("", "")})
