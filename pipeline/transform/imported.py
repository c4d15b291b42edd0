"""Imported figures as bases: which of them a month is compared with, and what is said of them under the annexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.catalog import Catalog
from pipeline.model import ImportedFigure
from pipeline.periods import Month
from pipeline.transform.facts import Facts
from pipeline.transform.reported import STATEMENT, Reported
from pipeline.transform.rows import Periods, RowPlan, indicator_of

COMPARED = ("growth", "change")
MOST_SOURCES, MOST_SIGNS = 6, 100
"""Of the sources of a unit's figures a note names so many, in so many characters; the rest is counted."""
LONGEST_NOTE = 1200
"""Characters: what goes beyond would not fit the one cell that a note is printed in. release.json lists everything."""


def base_of(derivation: str, periods: Periods) -> Reported:
    """What a growth 「同比」 or a change 「较年初」 is measured against."""
    return periods.year_before if derivation == "growth" else periods.year_start


def compared(layout: AnnexLayout, derivation: str) -> list[str]:
    """The indicators, or several joined by `+`, whose growth or change an annex prints."""
    columns = {column.id: column for column in layout.columns}
    named = [column.of for column in layout.columns if column.derivation == derivation]
    return list(dict.fromkeys(indicator_of(columns[name]) if name in columns else name for name in named))


def imported_notes(layout: AnnexLayout, periods: Periods, plan: RowPlan) -> list[str]:
    """For each month that a table is compared with: whose figures were imported, and from where."""
    used: dict[Month, dict[tuple[str, str, str], ImportedFigure]] = {}
    bases: dict[Month, Reported] = {}
    for derivation in COMPARED:
        base = base_of(derivation, periods)
        bases[base.month] = base
        for indicator in compared(layout, derivation):
            for place in base.total(indicator, plan.scope).parts:
                for code in indicator.split("+"):
                    if figure := base.imported.get((place, code)):
                        used.setdefault(base.month, {})[figure.unit, figure.area, code] = figure
    return [_note(bases[month], used[month].values()) for month in sorted(used)]


def _note(base: Reported, figures: Iterable[ImportedFigure]) -> str:
    """「对比基期2016年12月：甲、乙的数据为补录的历史数据，来源：丙；丁的……」."""
    by_unit: dict[str, dict[str, None]] = {}
    order = base.catalog.units.by_id
    areas = base.catalog.areas.by_id
    for figure in sorted(figures, key=lambda f: (order[f.unit].order, f.unit, areas[f.area].order, f.indicator)):
        by_unit.setdefault(figure.unit, {})[figure.source] = None
    by_sources: dict[tuple[str, ...], list[str]] = {}
    for unit, sources in by_unit.items():
        by_sources.setdefault(tuple(sources), []).append(unit)
    clauses = [
        f"{'、'.join(base.unit_name(unit) for unit in units)}的数据为补录的历史数据，来源：{_listed(sources)}"
        for sources, units in by_sources.items()
    ]
    told = list(accumulate(clauses, "{}；{}".format))
    shown = max(1, sum(len(text) <= LONGEST_NOTE for text in told))
    left = sum(len(units) for units in list(by_sources.values())[shown:])
    rest = f"；另有{left}家的数据也是补录的，来源见 release.json" if left else ""
    return f"对比基期{base.month.label}：{told[shown - 1]}{rest}。"


def _listed(sources: tuple[str, ...]) -> str:
    """「甲、乙等5处」; at least the first."""
    told = list(accumulate((source.rstrip("。；;") for source in sources[:MOST_SOURCES]), "{}、{}".format))
    shown = max(1, sum(len(text) <= MOST_SIGNS for text in told))
    return told[shown - 1] + (f"等{len(sources)}处" if len(sources) > shown else "")


# ------------------------------------------------------------------ what a release says of them


def bases_used(month: Month, facts: Mapping[str, Facts], catalog: Catalog) -> list[ImportedFigure]:
    """The imported figures that a month's annexes are compared with, in the order of period, unit, area, indicator.

    Args:
        month: the reference period.
        facts: by stored period, as `annex_tables` gets them.
        catalog: registers, and the annexes that compare.
    """
    wanted: dict[str, set[str]] = {}
    for derivation in COMPARED:
        base = str(month.year_before if derivation == "growth" else month.year_start)
        for layout in catalog.annexes.values():
            wanted.setdefault(base, set()).update(
                code for indicator in compared(layout, derivation) for code in indicator.split("+")
            )
    areas = {area.id: place for place, area in enumerate(catalog.areas.counties)}
    found = [
        figure
        for period, codes in wanted.items()
        if period in facts
        for figure in facts[period].imported.values()
        if figure.form == STATEMENT and figure.indicator in codes and figure.area in areas
    ]
    order = catalog.units.by_id
    return sorted(found, key=lambda f: (f.period, order[f.unit].order, f.unit, areas[f.area], f.indicator))
