"""What is typed otherwise in a world, and how that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.registers import AreaRegister
from pipeline.validate.examples import naming
from pipeline.validate.examples.world import AREA, BANK, Figures, Table, Value, World

Typed = Value | Callable[[Figures], Value]
"""A value, or how it comes from the figures of its row."""


@dataclass(frozen=True, slots=True)
class Put:
    """Another value in one cell: this month's, or that of so many months ago (-1: of last December)."""

    place: str
    value: Typed
    table: str = BANK
    back: int = 0
    area: str = AREA
    """An area, or `total`."""

    def apply(self, world: World) -> None:
        """Change the world."""
        row = self._row(world)
        row[self.place] = self.value(row) if callable(self.value) else self.value

    def told(self, before: World, after: World, catalog: Catalog) -> str:
        """「上月报表的“期末余额/金额”由1.00万元改为2.00万元」."""
        old, new = (
            naming.said(self.place, self._row(world).get(self.place), self.table, catalog) for world in (before, after)
        )
        whose = naming.months_told(self.back, before) + self._where(before, catalog.areas)
        return f"{whose}“{naming.label(self.place, self.table, catalog)}”由{old}改为{new}"

    def _row(self, world: World) -> Figures:
        table = world.table(self.table, naming.months_back(self.back, world))
        if self.area == "total":
            assert table.total is not None
            return table.total
        return table.of(self.area)

    def _where(self, world: World, areas: AreaRegister) -> str:
        return "合计行" if self.area == "total" else areas.name(self.area, world.month)


@dataclass(frozen=True, slots=True)
class Do:
    """Another change of the world, in words."""

    words: str
    """May name the county: `{area}`."""
    change: Callable[[World], None]

    def apply(self, world: World) -> None:
        """Change the world."""
        self.change(world)

    def told(self, before: World, after: World, catalog: Catalog) -> str:
        """The words."""
        return self.words.format(area=catalog.areas.name(AREA, before.month))


Edit = Put | Do


@dataclass(frozen=True, slots=True)
class Example:
    """How one way to break a rule comes about: `given` leaves all true, `edits` break this rule and no other.

    `line` is the relation with the indicators of this case, in the words of `formula`; empty where it is none.
    """

    code: str
    level: int
    kind: str
    line: str
    edits: Sequence[Edit]
    given: Sequence[Edit] = ()
    when: str = ""
    """`january`, `later` (from March on) or `quarter` (its last month): when this can happen; any month if empty."""
    tables: Sequence[str] = field(default=(BANK,))
    """The returns that this is about; rules look at no others."""


# ------------------------------------------------------------------ ready-made changes


def forget(words: str = "本单位以前没有报过") -> Do:
    """Nothing is in force of earlier months."""
    return Do(words, lambda world: world.past.clear())


def flow(stem: str, change: int) -> tuple[Put, ...]:
    """So much more lent, repaid or otherwise moved in the month, carried through to all that follows from it."""
    sign = -1 if stem in ("repaid_amount", "written_off_amount") else 1
    return (
        Put(f"{stem}_mtd", _more(f"{stem}_mtd", change)),
        Put(f"{stem}_ytd", _more(f"{stem}_ytd", change)),
        *(Put(code, _more(code, sign * change)) for code in ("outstanding_amount", "pass_amount")),
    )


def _more(code: str, change: int) -> Callable[[Figures], int]:
    return lambda row: whole(row[code]) + change


def more(code: str, change: int, **where: object) -> Put:
    """One figure larger by so much."""
    return Put(code, _more(code, change), **where)  # type: ignore[arg-type]


def whole(value: Value) -> int:
    """A figure that is there."""
    assert isinstance(value, int)
    return value


def without(codes: Iterable[str], table: Table) -> None:
    """Take columns out of a table."""
    gone = list(codes)
    for row in [*(figures for _, figures in table.rows), *filter(None, [table.total])]:
        for code in gone:
            row.pop(code, None)


def _without_bases(world: World) -> None:
    without(
        (f"outstanding_amount_{base}" for base in ("previous_month", "year_start", "previous_year")), world.table(BANK)
    )


UNTYPED = Do("没有填对比基数", _without_bases)
