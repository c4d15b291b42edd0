"""The Chinese sentences that belong to a table's figures: what is not in them, and how they are defined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.catalog.annexes import AnnexLayout
from pipeline.model import FigurePart
from pipeline.transform.imported import base_of, compared, imported_notes
from pipeline.transform.reported import COUNTY_RETURN, STATEMENT, TARGETS, Reported
from pipeline.transform.rows import TOTAL, Periods, RowPlan, indicator_of, printed_sums, prints_county_return
from pipeline.transform.sums import Place

SYMBOLS = "符号：空白表示未报送，“0”表示零，“…”表示不足最末位的一半，“—”表示不适用，“*”表示未报齐。"
DEFINITIONS = (
    "同比为本年累计发放金额比上年同期增长；逾期率、不良率为逾期贷款、不良贷款占期末余额的比重；"
    "不良贷款为次级、可疑、损失三类之和；完成率为本年累计发放金额占年度任务目标的比重。"
)
HOUSEHOLDS_COUNTED_TWICE = "各机构户数相加为户次：同一户在两家以上机构授信或贷款的，在合计和分县区各行中重复计算。"
FUND = "风险补偿金到位按县区月报表“风险补偿金余额”填列（本办理解）。"


def table_notes(layout: AnnexLayout, periods: Periods, plan: RowPlan, parts: Sequence[FigurePart]) -> tuple[str, ...]:
    """All notes under a table; `plan` is its total row."""
    now = periods.now
    derived = {column.derivation for column in layout.columns}
    notes = [*_gaps(layout, now, plan), *_bases(layout, periods, plan)]
    notes += _ranking(layout, parts)
    if not layout.institution:
        notes.append(HOUSEHOLDS_COUNTED_TWICE)
        notes.append(assessment_note(layout, now))
    if prints_county_return(layout, now):
        notes.append(FUND)
    if "growth" in derived:
        notes.append(DEFINITIONS)
    return (*notes, SYMBOLS)


def assessment_note(layout: AnnexLayout, now: Reported) -> str:
    """How the assessment figures are defined, in the words of the table's own header, and on whose authority."""
    entry = now.catalog.policy.entry("assessment_figures", now.month)
    words = {indicator_of(column): "".join(column.header) for column in layout.columns if column.derivation == "sum"}
    definitions = [f"{name}为{_definition(parts, words)}" for name, parts in entry.value.items()]
    authority = "本口径由本办约定" if entry.working else entry.reference
    return f"考核指标：{'，'.join(definitions)}（{authority}）。"


def _definition(parts: Mapping[str, str], words: Mapping[str, str]) -> str:
    text = words.get(parts["numerator"], parts["numerator"])
    if denominator := parts.get("denominator"):
        return f"{text}÷{words.get(denominator, denominator)}"
    return f"{text}比上年同月增长" if parts.get("base") == "year_before" else text


def _gaps(layout: AnnexLayout, now: Reported, plan: RowPlan) -> list[str]:
    """不含：… for statements, county returns and single figures, and what that keeps from being computed."""
    notes = []
    banks = now.missing(STATEMENT, plan.scope)
    if banks:
        names = now.named_with_reason(STATEMENT, banks)
        notes.append(f"不含：{names}。标“*”的合计未报齐，其同比、较年初增减、完成率不计算。")
    if not prints_county_return(layout, now):
        return notes + _blank_figures(layout, now, plan, set(banks))
    offices = now.missing(COUNTY_RETURN, plan.scope)
    if offices:
        names = now.named_with_reason(COUNTY_RETURN, offices)
        notes.append(f"建档立卡贫困户数、风险补偿金到位不含：{names}，有关比例不计算。")
    return notes + _blank_figures(layout, now, plan, {*banks, *offices})


def _blank_figures(layout: AnnexLayout, now: Reported, plan: RowPlan, absent: set[str]) -> list[str]:
    """Figures that a unit which did report left blank, and targets that nobody set."""
    notes = []
    for column, total in printed_sums(plan, layout, now):
        label = "/".join(column.header)
        if now.form_of(indicator_of(column)) == TARGETS and total.gaps and not total.parts:
            notes.append(f"“{label}”尚未录入，完成率及其位次不计算。")
            continue
        gaps = sorted(place for place in total.gaps if place.unit not in absent)
        names = [f"{now.unit_name(gap.unit)}（{now.catalog.areas.name(gap.area, now.month)}）" for gap in gaps]
        if names:
            notes.append(f"“{label}”不含：{'、'.join(dict.fromkeys(names))}，该项未报。")
    return notes


def _bases(layout: AnnexLayout, periods: Periods, plan: RowPlan) -> list[str]:
    """Which bases are not complete, so that a comparison is not made, and which are made of imported figures."""
    notes = []
    for derivation, word in (("growth", "同比"), ("change", "较年初增减")):
        base, indicators = base_of(derivation, periods), compared(layout, derivation)
        sums = [base.total(indicator, plan.scope) for indicator in indicators]
        gaps = {gap for total in sums if total.parts for gap in total.gaps}
        if gaps:
            names = "、".join(_lacking(gaps, base))
            notes.append(f"对比基期{base.month.label}不含：{names}，有关合计的{word}不计算。")
    return notes + imported_notes(layout, periods, plan)


def _lacking(gaps: Collection[Place], base: Reported) -> list[str]:
    """The units that are not in a base at all, and the counties about which the others say nothing."""
    absent = {unit for unit in {gap.unit for gap in gaps} if unit not in base.units_in.get(STATEMENT, frozenset())}
    by_unit: dict[str, list[str]] = {}
    for gap in sorted(gaps):
        by_unit.setdefault(gap.unit, []).append(gap.area)
    counties = [area.id for area in base.catalog.areas.counties]
    named = []
    for unit in sorted(by_unit, key=lambda unit: (base.catalog.units.by_id[unit].order, unit)):
        areas = [base.catalog.areas.name(area, base.month) for area in counties if area in by_unit[unit]]
        named.append(base.unit_name(unit) + ("" if unit in absent else f"（{'、'.join(areas)}）"))
    return named


def _ranking(layout: AnnexLayout, parts: Sequence[FigurePart]) -> list[str]:
    """How many rows take part in each ranking, where not all of them do."""
    notes = []
    for column in layout.columns:
        if column.derivation != "rank":
            continue
        for part in parts:
            rows = [row for row in part.rows if row.id != TOTAL]
            outside = [row for row in rows if row.figures[column.id].numerator is None]
            if outside and len(outside) < len(rows):
                label = part.title.partition("、")[2] + "".join(column.header)
                names = "、".join(row.label for row in outside)
                notes.append(f"{label}：{len(rows) - len(outside)}个参加排名，{names}因数据不全或不适用不参加。")
    return notes
