"""An example put on: its month, the true world before the change, and the world after it."""

from __future__ import annotations

from copy import deepcopy

from pipeline.catalog.catalog import Catalog
from pipeline.periods import Month
from pipeline.validate.examples.edits import Example
from pipeline.validate.examples.truth import true_world
from pipeline.validate.examples.world import World


def has_actors(catalog: Catalog) -> bool:
    """Whether the register knows the units and counties that the examples are about."""
    world = true_world(Month(2018, 3))
    areas = {area for table in world.tables.values() for area, _ in table.rows}
    return areas <= set(catalog.areas.by_id) and all(
        table.unit in catalog.units.by_id for table in world.tables.values()
    )


def month_for(example: Example, month: Month) -> Month:
    """The month itself, or the last one before it in which this can happen."""
    if example.when == "january":
        return Month(month.year, 1)
    if example.when == "quarter":
        return month.shifted(-(month.month % 3))
    if example.when == "later" and month.month < 3:
        return month.year_start
    return month


def before_given(example: Example, month: Month) -> World:
    """A true world with no more than the tables of the example."""
    return true_world(month_for(example, month), example.tables)


def staged(example: Example, month: Month) -> tuple[World, World]:
    """The world in which all is true, and the one in which this rule is broken."""
    before = before_given(example, month)
    for edit in example.given:
        edit.apply(before)
    after = deepcopy(before)
    for edit in example.edits:
        edit.apply(after)
    return before, after
