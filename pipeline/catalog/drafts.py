"""What was read from schemas/ before it is checked: each entry with the file and place it came from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Generic, TypeVar

from pipeline.catalog.annexes import AnnexFamily
from pipeline.catalog.catalog import Profile
from pipeline.catalog.dated import Dated, Entry, overlap
from pipeline.catalog.forms import Form, Layout
from pipeline.catalog.imports import ImportForm
from pipeline.catalog.policy import Parameter
from pipeline.catalog.registers import AreaRegister, UnitRegister
from pipeline.catalog.sayings import Sayings
from pipeline.catalog.sources import Source, Where
from pipeline.catalog.tables import DataTable
from pipeline.errors import CatalogError

E_co = TypeVar("E_co", bound=Entry, covariant=True)


@dataclass(frozen=True, slots=True)
class Read(Generic[E_co]):
    """An entry, the file it stands in, and where in it."""

    source: Source
    entry: E_co
    where: Where = ()

    def mistake(self, where: Where, sentence: str) -> CatalogError:
        """The error that says what is wrong at a place inside this entry."""
        return self.source.mistake((*self.where, *where), sentence)

    def line(self, where: Where) -> int:
        """The line of a place inside this entry."""
        return self.source.line((*self.where, *where))

    def place(self, where: Where) -> str:
        """A place inside this entry as a sentence names it: 第12行, or a cell of a workbook."""
        return self.source.place((*self.where, *where))


@dataclass(frozen=True, slots=True)
class Draft:
    """All entries of one profile, each well-formed by itself."""

    folder: str
    profile: Read[Profile]
    areas: Read[AreaRegister]
    units: Read[UnitRegister]
    forms: tuple[Read[Form], ...]
    layouts: tuple[Read[Layout], ...]
    parameters: tuple[Read[Parameter], ...]
    annexes: tuple[Read[AnnexFamily], ...]
    tables: tuple[Read[DataTable], ...]
    imports: tuple[Read[ImportForm], ...]
    sayings: Read[Sayings]
    under: tuple[Source, ...] = ()
    """Files of which a register workbook has taken the place, wholly or in part."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file, once."""
        read: Iterable[Read[Entry]] = chain(
            (self.profile, self.areas, self.units),
            self.forms,
            self.layouts,
            self.parameters,
            self.annexes,
            self.tables,
            self.imports,
            (self.sayings,),
        )
        return tuple({source.label: source for source in (*self.under, *(entry.source for entry in read))}.values())

    def layouts_of(self, form: str) -> Iterator[Read[Layout]]:
        """The layouts in which this form arrives."""
        return (layout for layout in self.layouts if layout.entry.form == form)


Mistakes = Iterator[CatalogError]
Check = Callable[[Draft], Mistakes]


def badly_dated(read: Read[Entry], entries: Iterable[tuple[Where, Dated]], what: str) -> Mistakes:
    """Windows that end before they begin, or that overlap, among entries of which one at a time may hold."""
    placed = list(entries)
    for where, entry in placed:
        if entry.since is not None and entry.until is not None and entry.until < entry.since:
            yield read.mistake((*where, "until"), f"{what}的截止月份早于起始月份，请改正 since 或 until。")
    for (first, one), (second, other) in combinations(placed, 2):
        if overlap(one, other):
            yield read.mistake(
                second, f"{what}的有效期与{read.place(first)}的重叠，请改正 since 或 until，使每个月只有一个有效。"
            )


def written_twice(read: Read[Entry], keys: Iterable[tuple[Where, Hashable]], what: str) -> Mistakes:
    """Keys that may stand once only."""
    seen: dict[Hashable, Where] = {}
    for where, key in keys:
        if key in seen:
            yield read.mistake(where, f"{what} {key} 与{read.place(seen[key])}重复，请改用别的编号。")
        seen.setdefault(key, where)


def claimed_twice(read: Read[Entry], claims: Iterable[tuple[Where, str, str]], what: str) -> Mistakes:
    """Spellings that two owners claim; each claim is a place, a spelling and its owner."""
    seen: dict[str, tuple[Where, str]] = {}
    for where, spelling, owner in claims:
        first, other = seen.setdefault(spelling, (where, owner))
        if other != owner:
            yield read.mistake(
                where, f"{what}“{spelling}”已在{read.place(first)}用于 {other}，不能再用于 {owner}，请删去一处。"
            )
