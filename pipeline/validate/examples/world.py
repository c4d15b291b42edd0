"""A month of invented returns that can be changed figure by figure, and looked at by the rules.

Tables are kept as people see them, rows of figures, and become submissions only when the rules look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.policy import Parameter, PolicyValue
from pipeline.model import Observation, Submission, Symbol, address
from pipeline.periods import Month
from pipeline.validate.building import books
from pipeline.validate.frames import Book, Hit
from pipeline.validate.history import History, told_by
from pipeline.validate.neighbours import Neighbours
from pipeline.validate.past import Past
from pipeline.validate.registry import Rule

Value = int | str | None
Figures = dict[str, Value]
"""By place: indicator, `indicator@institution` or `indicator#item`; None is a blank cell."""

BANK, WHOLE, COUNTY, WORDS, TARGETS = "statement", "statement-of-ten", "county", "measures", "targets"
"""The tables of a world: a statement of one county, one of ten with a typed total, and the other forms."""
STATEMENTS = (BANK, WHOLE)
AREA = "hanyin"
"""The county that everybody reports on."""
INNER = ("gaoxin", "hengkou")
"""Of-which areas, both inside the first county of a bank with ten."""
STEP = 10_000
"""万元 with two decimals: a step of 100 元."""


@dataclass(slots=True)
class Table:
    """One form of one unit: a row of figures for each area, and the typed total if there is one."""

    form: str
    unit: str
    rows: list[tuple[str, Figures]]
    total: Figures | None = None
    nil: bool = False
    step: int = STEP

    def of(self, area: str) -> Figures:
        """The first row about an area."""
        return next(figures for name, figures in self.rows if name == area)


@dataclass(slots=True)
class World:
    """Everything that rules may look at in one month."""

    month: Month
    tables: dict[str, Table]
    past: dict[int, dict[str, Table]]
    """The statements and county returns in force so many months ago, by name."""
    words_before: dict[str, str] | None
    """Last month's measures in force, by item; None: there are none."""
    policy: dict[str, object] = field(default_factory=dict)
    """Parameters that have another value here than in the catalogue."""

    def table(self, name: str, back: int = 0) -> Table:
        """This month's table of this name, or the one in force so many months ago."""
        return self.past[back][name] if back else self.tables[name]


def hits(world: World, catalog: Catalog, rules: list[Rule]) -> list[tuple[Rule, Hit]]:
    """Where which rule is broken; a rule that does not hold in the month is not asked."""
    made = _books(world, catalog)
    return [(rule, hit) for rule in rules if rule.holds(world.month) for hit in _asked(rule, made)]


def _asked(rule: Rule, made: dict[str, Book]) -> Iterator[Hit]:
    if rule.across:
        yield from rule.check(made) if all(form in made for form in rule.reads) else ()
        return
    for form in rule.reads:
        if form in made:
            yield from rule.check(made[form])


# ------------------------------------------------------------------ as the rules see it


def _books(world: World, catalog: Catalog) -> dict[str, Book]:
    now = [_submission(table, world.month, number) for number, table in enumerate(world.tables.values())]
    before = [
        _submission(table, world.month.shifted(-back), number)
        for back, tables in sorted(world.past.items(), reverse=True)
        for number, table in enumerate(tables.values())
    ]
    return books(
        now,
        _with_policy(catalog, world.policy),
        History.of(told_by(before)),
        _neighbours(world),
        Past.of_submissions(before),
    )


def _with_policy(catalog: Catalog, changed: dict[str, object]) -> Catalog:
    if not changed:
        return catalog
    policy = catalog.policy
    always = {
        name: Parameter(
            name=name,
            title=policy.parameters[name].title,
            unit=policy.parameters[name].unit,
            values=(PolicyValue(value=value),),
        )
        for name, value in changed.items()
    }
    with_them = policy.model_copy(update={"parameters": {**policy.parameters, **always}})
    return catalog.model_copy(update={"policy": with_them})


def _submission(table: Table, month: Month, number: int) -> Submission:
    period = str(month.year) if table.form == "T01" else str(month)
    observations = [
        _observation(table, place, value, area, row, column)
        for row, (area, figures) in enumerate(table.rows, start=5)
        for column, (place, value) in enumerate(figures.items(), start=1)
    ]
    observations += [
        _observation(table, place, value, "total", 4, column, total=True)
        for column, (place, value) in enumerate((table.total or {}).items(), start=1)
    ]
    return Submission(
        form=table.form,
        unit=table.unit,
        period=period,
        sha256=f"{period}-{number}",
        file="示例.xlsx",
        sheet="示例",
        layout="",
        received_at="",
        observations=observations,
        step=table.step,
        nil=table.nil,
    )


def _observation(
    table: Table, place: str, value: Value, area: str, row: int, column: int, *, total: bool = False
) -> Observation:
    code, _, item = place.partition("#")
    code, _, bank = code.partition("@")
    text = value if isinstance(value, str) else ""
    return Observation(
        indicator=code,
        area=area,
        institution=bank or (table.unit.partition("-")[0] if table.form == "M01" else ""),
        value=value if isinstance(value, int) else None,
        sheet="示例",
        cell=address(row, column),
        text=text,
        symbol=Symbol.MISSING if value is None else Symbol.NONE,
        item=int(item or 0),
        total=total,
        raw="" if value is None else str(value),
    )


def _neighbours(world: World) -> Neighbours:
    table = world.tables.get(WORDS)
    last = world.past.get(1, {}).get(COUNTY)
    returns = [_submission(last, world.month.previous, 0)] if last else []
    if table is None:
        return Neighbours(returns_before=lambda: returns)
    unit, said = table.unit, {place: str(value) for _, row in table.rows for place, value in row.items()}
    before = world.words_before
    return Neighbours(
        words={(unit, item): (before or {}).get(item, "") if _refers(text) else text for item, text in said.items()},
        dangling=frozenset((unit, item) for item, text in said.items() if _refers(text) and item not in (before or {})),
        words_before={(unit, item): text for item, text in (before or {}).items()},
        units_before=frozenset() if before is None else frozenset({unit}),
        returns_before=lambda: returns,
    )


def _refers(text: str) -> bool:
    from pipeline.model import AS_LAST_MONTH

    return text == AS_LAST_MONTH
