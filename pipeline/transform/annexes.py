"""The annexes as figures: rows, parts, ranks, coverage and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.periods import Month
from pipeline.transform.facts import Facts
from pipeline.transform.notes import table_notes
from pipeline.transform.ranks import rank_figures
from pipeline.transform.remarks import remark
from pipeline.transform.reported import COUNTY_RETURN, STATEMENT, read, read_base
from pipeline.transform.rows import (
    Periods,
    RowPlan,
    county_rows,
    figures,
    institution_rows,
    prints_county_return,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a row says of the figures in it: findings nobody has explained, by (unit, area); units in it by force."""

    unexplained: Mapping[tuple[str, str], int]
    overridden: frozenset[str]


def annex_tables(
    month: Month,
    facts: Mapping[str, Facts],
    catalog: Catalog,
    unexplained: Mapping[tuple[str, str], int],
    overridden: frozenset[str] = frozenset(),
) -> dict[int, FigureTable]:
    """The statistical annexes of a month, by number.

    Args:
        month: the reference period.
        facts: what is in force, by stored period: the month, the same month of last year, last December, and the
            year (targets); a period of which nothing is known is simply not there.
        catalog: registers, policy and the annexes' columns.
        unexplained: open soft findings, counted by (reporting unit, area).
        overridden: the reporting units whose figures count despite hard findings 「强制采用」.
    """
    marks = Marks(unexplained, overridden)
    periods = periods_of(month, facts, catalog)
    return {number: _table(layout, periods, marks) for number, layout in catalog.annexes.items() if not layout.is_words}


def periods_of(month: Month, facts: Mapping[str, Facts], catalog: Catalog) -> Periods:
    """The month and what it is compared with, from the same facts."""
    now = read(month, facts.get(str(month)), facts.get(str(month.year)), catalog)
    year_start, year_before = (
        read_base(base, facts.get(str(base)), now) for base in (month.year_start, month.year_before)
    )
    return Periods(now, year_start, year_before)


def _table(layout: AnnexLayout, periods: Periods, marks: Marks) -> FigureTable:
    counties = county_rows(periods.now, layout.institution)
    blocks = [("counties", "", counties)]
    if not layout.institution:
        blocks = [
            ("institutions", "一、分机构", institution_rows(periods.now)),
            ("counties", "二、分县区", counties),
        ]
    parts = tuple(FigurePart(name, title, _rows(plans, layout, periods, marks)) for name, title, plans in blocks)
    return FigureTable(layout.number, str(periods.now.month), parts, table_notes(layout, periods, counties[0], parts))


def _rows(plans: list[RowPlan], layout: AnnexLayout, periods: Periods, marks: Marks) -> tuple[FigureRow, ...]:
    made = {plan.id: figures(plan, layout, periods) for plan in plans}
    for column in layout.columns:
        if column.derivation == "rank":
            ranked = {plan.id: made[plan.id][column.of] for plan in plans if not plan.is_total}
            placed = rank_figures(column.id, ranked)
            for plan in plans:
                made[plan.id][column.id] = placed.get(plan.id) or Figure(
                    column.id, "rank", symbol=Symbol.NOT_APPLICABLE
                )
    return tuple(_row(plan, made[plan.id], layout, periods, marks) for plan in plans)


def _row(
    plan: RowPlan,
    made: Mapping[str, Figure],
    layout: AnnexLayout,
    periods: Periods,
    marks: Marks,
) -> FigureRow:
    now = periods.now
    county_return = prints_county_return(layout, now) and not plan.one_lender_of_many
    forms = [STATEMENT, COUNTY_RETURN] if county_return else [STATEMENT]
    units = {unit for form in forms for unit in now.units(form, plan.scope)}
    # a finding about a whole file has no area: it is counted where the file counts as a whole
    areas = plan.scope.areas | {""} if plan.is_total or plan.one_lender_of_many else plan.scope.areas
    open_soft = sum(count for (unit, area), count in marks.unexplained.items() if unit in units and area in areas)
    statements, missing = now.units(STATEMENT, plan.scope), now.missing(STATEMENT, plan.scope)
    return FigureRow(
        plan.id,
        plan.label,
        made,
        is_total=plan.is_total,
        coverage_in=len(statements) - len(missing),
        coverage_of=len(statements),
        excluded=tuple(now.unit_name(unit) for form in forms for unit in now.missing(form, plan.scope)),
        remark=remark(
            plan, layout, now, open_soft, [now.unit_name(unit) for unit in now.by_order(units & marks.overridden)]
        ),
    )
