"""What a row's 备注 says: who is missing in it, and what is still to be explained."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.catalog.annexes import AnnexLayout
from pipeline.transform.reported import COUNTY_RETURN, STATEMENT, TARGETS, Reported
from pipeline.transform.rows import RowPlan, printed_sums, prints_county_return


def remark(plan: RowPlan, layout: AnnexLayout, now: Reported, open_soft: int, overridden: Iterable[str] = ()) -> str:
    """The words of a row's 备注.

    `open_soft` counts the findings that nobody has explained yet; `overridden` names who is in it despite errors.
    """
    words = _statements(plan, now)
    if prints_county_return(layout, now) and not plan.one_lender_of_many:
        words += _county_returns(plan, now)
    if not plan.is_total and _lacks_figures(plan, layout, now):
        words.append("部分指标未报")
    if names := "、".join(overridden):
        words.append(f"强制采用：{names}")
    if open_soft:
        words.append(f"待核实{open_soft}项")
    return "；".join(words)


def _statements(plan: RowPlan, now: Reported) -> list[str]:
    units, missing = now.units(STATEMENT, plan.scope), now.missing(STATEMENT, plan.scope)
    if plan.is_total or plan.one_lender_of_many:
        return [f"已报{len(units) - len(missing)}/{len(units)}家"]
    if not missing:
        return []
    return (
        [now.why_missing(STATEMENT, missing[0])]
        if missing == units
        else ["不含" + "、".join(_lender_titles(missing, now))]
    )


def _county_returns(plan: RowPlan, now: Reported) -> list[str]:
    units, missing = now.units(COUNTY_RETURN, plan.scope), now.missing(COUNTY_RETURN, plan.scope)
    if not missing:
        return []
    return [
        f"县区月报{len(units) - len(missing)}/{len(units)}家"
        if plan.is_total
        else f"县区月报{now.why_missing(COUNTY_RETURN, missing[0])}"
    ]


def _lender_titles(units: Iterable[str], now: Reported) -> list[str]:
    """How the institutions of these units are called in the annexes, each once."""
    return list(dict.fromkeys(_lender_title(unit, now) for unit in units))


def _lender_title(unit: str, now: Reported) -> str:
    """A unit of no institution is called by its own name."""
    lender = now.catalog.units.by_id[unit].institution
    entry = now.catalog.units.institution_by_id.get(lender)
    return now.catalog.profile.institution_titles.get(lender) or (entry.name if entry else now.unit_name(unit))


def _lacks_figures(plan: RowPlan, layout: AnnexLayout, now: Reported) -> bool:
    """Whether a unit that is in force leaves a printed figure blank somewhere in this row."""
    absent = {*now.missing(STATEMENT, plan.scope), *now.missing(COUNTY_RETURN, plan.scope)}
    return any(
        gap.unit not in absent
        for column, total in printed_sums(plan, layout, now)
        if now.form_of(column.indicator or column.id) != TARGETS
        for gap in total.gaps
    )
