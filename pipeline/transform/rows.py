"""Which rows an annex has, and the figures of one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, Symbol
from pipeline.transform.growth import change, growth, matched
from pipeline.transform.ratios import ratio
from pipeline.transform.reported import COUNTY_RETURN, STATEMENT, Reported, Scope
from pipeline.transform.sums import Sum

OTHER = "other"
"""The row of all other institutions, 其他机构."""

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Periods:
    """The month and what it is compared with."""

    now: Reported
    year_start: Reported
    year_before: Reported


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before its figures."""

    id: str
    label: str
    scope: Scope
    one_lender_of_many: bool = False
    """An institution beside others: what counties report is not its own, though its ratios are measured against it."""

    @property
    def is_total(self) -> bool:
        """The first row of a part."""
        return self.id == TOTAL


def lenders(reported: Reported) -> dict[str, frozenset[str]]:
    """Row → institutions: each by itself, in the register's order, and all others in one row at the end."""
    lending = {place.institution for place in reported.places[STATEMENT]}
    rows: dict[str, frozenset[str]] = {}
    for institution in sorted(reported.catalog.units.institutions, key=lambda entry: entry.order):
        if institution.id in lending and not institution.is_other:
            rows[institution.id] = frozenset({institution.id})
    others = frozenset(lender.id for lender in reported.catalog.units.institutions if lender.is_other) & lending
    return {**rows, OTHER: others} if others else rows


def institution_rows(reported: Reported) -> list[RowPlan]:
    """合计, then one row an institution."""
    rows = lenders(reported)
    everyone = frozenset().union(*rows.values())
    counties = frozenset(area.id for area in reported.catalog.areas.counties)
    titles = {**reported.catalog.profile.institution_titles, OTHER: "其他机构"}
    names = {entry.id: entry.name for entry in reported.catalog.units.institutions}
    plans = [RowPlan(TOTAL, "合计", Scope(everyone, counties))]
    for row, institutions in rows.items():
        served = frozenset(place.area for place in reported.places[STATEMENT] if place.institution in institutions)
        label = titles.get(row) or names[row]
        plans.append(RowPlan(row, label, Scope(institutions, served), one_lender_of_many=True))
    return plans


def county_rows(reported: Reported, institution: str) -> list[RowPlan]:
    """合计, then one row a county, for one institution or (empty) for all."""
    everyone = frozenset(place.institution for place in reported.places[STATEMENT])
    lending = frozenset({institution}) if institution else everyone
    counties = reported.catalog.areas.counties
    total = RowPlan(TOTAL, "合计", Scope(lending, frozenset(area.id for area in counties)))
    return [
        total,
        *(RowPlan(area.id, area.named(reported.month).name, Scope(lending, frozenset({area.id}))) for area in counties),
    ]


def figures(plan: RowPlan, layout: AnnexLayout, periods: Periods) -> dict[str, Figure]:
    """All figures of a row but its ranks, by column; growth over matched places stands beside what it replaces."""
    columns = {column.id: column for column in layout.columns}
    made: dict[str, Figure] = {}
    for column in layout.columns:
        if column.derivation == "sum":
            made[column.id] = _sum(column, plan, periods.now)
        elif column.derivation == "ratio":
            above, below = (_indicator(name, columns) for name in (column.of, column.to))
            made[column.id] = ratio(
                column.id,
                periods.now.total(above, plan.scope),
                periods.now.total(below, plan.scope),
                same_form=periods.now.form_of(above) == periods.now.form_of(below),
            )
        elif column.derivation in ("growth", "change"):
            made.update(_compared(column, _indicator(column.of, columns), plan, periods))
    return made


def indicator_of(column: AnnexColumn) -> str:
    """The indicator, or several joined by `+`, that a summed column adds up."""
    return column.indicator or column.id


def printed_sums(plan: RowPlan, layout: AnnexLayout, now: Reported) -> list[tuple[AnnexColumn, Sum]]:
    """The summed columns that a row prints, with their sums."""
    return [
        (column, now.total(indicator_of(column), plan.scope))
        for column in layout.columns
        if column.derivation == "sum" and not _is_not_its_own(column, plan, now)
    ]


def prints_county_return(layout: AnnexLayout, now: Reported) -> bool:
    """Whether an annex prints figures that counties report."""
    return any(
        column.derivation == "sum" and now.form_of(indicator_of(column)) == COUNTY_RETURN for column in layout.columns
    )


def _is_not_its_own(column: AnnexColumn, plan: RowPlan, now: Reported) -> bool:
    return plan.one_lender_of_many and now.form_of(indicator_of(column)) == COUNTY_RETURN


def _indicator(name: str, columns: Mapping[str, AnnexColumn]) -> str:
    """A column may be measured on another column or on an indicator that is not printed."""
    return indicator_of(columns[name]) if name in columns else name


def _sum(column: AnnexColumn, plan: RowPlan, now: Reported) -> Figure:
    if _is_not_its_own(column, plan, now):
        return Figure(column.id, column.unit, symbol=Symbol.NOT_APPLICABLE)
    total = now.total(indicator_of(column), plan.scope)
    covered, owed = total.coverage
    return Figure(column.id, column.unit, total.value, symbol=total.symbol, coverage_in=covered, coverage_of=owed)


def _compared(column: AnnexColumn, indicator: str, plan: RowPlan, periods: Periods) -> dict[str, Figure]:
    current = periods.now.total(indicator, plan.scope)
    base_period = periods.year_before if column.derivation == "growth" else periods.year_start
    base = base_period.total(indicator, plan.scope)
    figure = _difference(column, current, base)
    beside = matched(figure, current, base)
    if beside is None:
        return {figure.name: figure}
    shared = current.parts.keys() & base.parts.keys()
    units = {place.unit for place in shared}
    beside = replace(beside, coverage_in=len(units), coverage_of=current.coverage[1])
    return {figure.name: figure, beside.name: beside}


def _difference(column: AnnexColumn, current: Sum, base: Sum) -> Figure:
    if column.derivation == "growth":
        return growth(column.id, current, base)
    return change(column.id, column.unit, current, base)
