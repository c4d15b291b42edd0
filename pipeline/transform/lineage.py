"""The lineage of annex figures: what `rows.figures` and `ranks` work out, told with all that goes into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model.lineage import Lineage, Operation, Source
from pipeline.transform.imported import base_of
from pipeline.transform.reported import TARGETS, Reported
from pipeline.transform.rows import Periods, RowPlan, county_rows, indicator_of, institution_rows
from pipeline.transform.sums import Place

MATCHED = "_matched"
"""Ends the name of a growth or change over the places that both periods have."""
_OPERATIONS = {"ratio": Operation.RATIO, "growth": Operation.GROWTH, "change": Operation.CHANGE}
_Parts = tuple[Lineage, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex whose figures are asked about, in a month."""

    layout: AnnexLayout
    periods: Periods

    def rows(self, part: str) -> list[RowPlan]:
        """The rows of one of its parts."""
        now = self.periods.now
        return institution_rows(now) if part == "institutions" else county_rows(now, self.layout.institution)

    @property
    def columns(self) -> Mapping[str, AnnexColumn]:
        """By name."""
        return {column.id: column for column in self.layout.columns}


def lineage(annex: Annex, part: str, row: str, figure: str, ranked: Collection[str] = ()) -> Lineage:
    """How a figure that has a number is made.

    Args:
        annex: the annex, with the periods that it is made from.
        part: `institutions` or `counties`.
        row: the row's id.
        figure: the column, or the name of a growth over matched places that stands beside it.
        ranked: the rows that take part in the ranking, if the figure is a rank.

    Raises:
        KeyError: the annex has no such row or column.
    """
    plans = {plan.id: plan for plan in annex.rows(part)}
    column = annex.columns[figure.removesuffix(MATCHED)]
    if column.derivation == "rank":
        rated = annex.columns[column.of]
        others = [plans[other] for other in ranked if other != row]
        return _rank(column, [_of(annex, rated, plan) for plan in (plans[row], *others)])
    return _of(annex, column, plans[row], matched=figure.endswith(MATCHED))


def indicators_of(annex: Annex, column: AnnexColumn) -> frozenset[str]:
    """The indicators that a column's figures are made of."""
    if column.derivation == "sum":
        return frozenset(indicator_of(column).split("+"))
    measured = (name for name in (column.of, column.to) if name)
    columns = annex.columns
    return frozenset().union(
        *(indicators_of(annex, columns[name]) if name in columns else name.split("+") for name in measured)
    )


def _of(annex: Annex, column: AnnexColumn, plan: RowPlan, *, matched: bool = False) -> Lineage:
    now = annex.periods.now
    if column.derivation == "sum":
        return _sum(now, indicator_of(column), plan, column.unit, label=_named(column, plan))
    operation = _OPERATIONS[column.derivation]
    above = _indicator(column.of, annex)
    if operation is Operation.RATIO:
        parts: _Parts = (_sum(now, above, plan), _sum(now, _indicator(column.to, annex), plan))
    else:
        base = base_of(column.derivation, annex.periods)
        shared = _shared(now, base, above, plan) if matched else None
        parts = (_sum(now, above, plan, only=shared), _sum(base, above, plan, only=shared))
    made = Lineage(operation, Fraction(0), column.unit, _named(column, plan), parts)
    return Lineage(operation, made.recomputed(), column.unit, made.label, parts)


def _rank(column: AnnexColumn, rated: Sequence[Lineage]) -> Lineage:
    made = Lineage(Operation.RANK, Fraction(0), "rank", f"“{'/'.join(column.header)}”", tuple(rated))
    return Lineage(Operation.RANK, made.recomputed(), "rank", made.label, made.parts)


def _sum(
    reported: Reported,
    indicator: str,
    plan: RowPlan,
    unit: str = "",
    *,
    label: str = "",
    only: Collection[Place] | None = None,
) -> Lineage:
    form = reported.catalog.forms[reported.form_of(indicator)]
    columns = [form.by_code[code] for code in indicator.split("+")]
    unit = unit or ("fen" if columns[0].is_amount else "户")
    places = sorted(reported.total(indicator, plan.scope).parts, key=lambda place: _order(reported, place))
    parts = tuple(
        _leaf(reported, place, code, unit)
        for place in places
        if only is None or place in only
        for code in indicator.split("+")
    )
    named = "＋".join(f"“{_label(reported, column.code, '')}”" for column in columns)
    label = label or f"{plan.label}{_when(reported, indicator)}{named}"
    return Lineage(Operation.SUM, sum((leaf.value for leaf in parts), start=Fraction(0)), unit, label, parts)


def _leaf(reported: Reported, place: Place, code: str, unit: str) -> Lineage:
    period = str(reported.month.year) if reported.form_of(code) == TARGETS else str(reported.month)
    operation = Operation.IMPORTED if (place, code) in reported.imported else Operation.REPORTED
    area = reported.catalog.areas.by_id[place.area].named(reported.month).name
    label = (
        f"{reported.unit_name(place.unit)}{_when(reported, code)}{area}“{_label(reported, code, place.institution)}”"
    )
    source = Source(period, place.unit, place.institution, place.area, code)
    return Lineage(operation, Fraction(reported.cells[place, code]), unit, label, source=source)


def _order(reported: Reported, place: Place) -> tuple[int, str, int]:
    return reported.catalog.units.by_id[place.unit].order, place.unit, reported.catalog.areas.by_id[place.area].order


def _shared(now: Reported, base: Reported, indicator: str, plan: RowPlan) -> Collection[Place]:
    return now.total(indicator, plan.scope).parts.keys() & base.total(indicator, plan.scope).parts.keys()


def _indicator(name: str, annex: Annex) -> str:
    return indicator_of(annex.columns[name]) if name in annex.columns else name


def _label(reported: Reported, code: str, institution: str) -> str:
    column = reported.catalog.forms[reported.form_of(code)].by_code[code]
    named = reported.catalog.units.institution_by_id.get(institution)
    return column.label.replace("{institution}", named.name if named else "").lstrip("/")


def _when(reported: Reported, indicator: str) -> str:
    is_yearly = reported.form_of(indicator) == TARGETS
    return f"{reported.month.year}年" if is_yearly else reported.month.label


def _named(column: AnnexColumn, plan: RowPlan) -> str:
    return f"{plan.label}“{'/'.join(column.header)}”"


def walked(lineage: Lineage, depth: int = 0) -> Iterator[tuple[int, Lineage]]:
    """Every node with its depth, a parent before its parts."""
    yield depth, lineage
    for part in lineage.parts:
        yield from walked(part, depth + 1)
