"""The findings of a month as rows: ids become names, numbers get their units, effects their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Column
from pipeline.jobs.explained import AboutValue, Explanation, explanations
from pipeline.jobs.month import MonthView
from pipeline.jobs.ranking import Ranking
from pipeline.model import Accused, Bound, Finding
from pipeline.money import wan
from pipeline.periods import Month
from pipeline.render.finding_rows import EffectSeen, FindingRow, is_figure
from pipeline.store import originals
from pipeline.store.records import StoredFinding
from pipeline.transform.effects import Effect
from pipeline.validate.diagnosis.slips import Cause

_COUNT, _YUAN, _RATE, _NO_FIGURE = map(re.compile, (r"-?[0-9]+", r"-?[0-9]+\.[0-9]{2}", r"-?[0-9.]+", r"(?!)"))
_OF_THE_FILE = 0
_UNKNOWN, _TOTAL = "unknown:", "合计"
"""Begins the area of a row whose label nobody knows; what the typed total of a table is called."""


def finding_rows(seen: MonthView, catalog: Catalog, ranking: Ranking) -> list[FindingRow]:
    """Every finding of a month, and those on files that are nobody's."""
    said = explanations(seen.decisions)
    return [
        replace(_row(stored, seen.status_of(stored), catalog, seen.month, ranking), explained=_said(stored, said))
        for stored in (*seen.told, *seen.unidentified)
    ]


def _said(stored: StoredFinding, said: Mapping[AboutValue, Explanation]) -> str:
    explanation = said.get((stored.id, stored.finding.value))
    return explanation.dated if explanation else ""


def _row(stored: StoredFinding, status: str, catalog: Catalog, month: Month, ranking: Ranking) -> FindingRow:
    found = stored.finding
    unit, form = catalog.units.by_id.get(found.unit), catalog.forms.get(found.form)
    effect = ranking.effects.get(stored.number)
    value, expected, measure = told_figures(found, catalog)
    return FindingRow(
        id=stored.id,
        rule=found.rule,
        severity=found.severity,
        status=status,
        unit=unit.name(month) if unit else found.unit,
        form=f"{found.form} {form.name}" if form else found.form,
        file=found.file,
        sheet=found.sheet,
        cell=found.cell,
        message=found.message,
        value=value,
        expected=expected,
        bound=found.bound,
        measure=measure,
        level=found.level,
        area=area_told(found, catalog, month),
        indicator=indicator_told(found, catalog),
        cause=Cause[found.cause.upper()].value if found.cause else "",
        under=found.under,
        places=found.places,
        submission=found.submission,
        effect=_seen(effect, found, catalog) if effect else None,
        alone=ranking.alone.get(stored.number, Fraction(0)),
        unmeasured=stored.number in ranking.unmeasured,
        original=originals.place(found.sha256, found.file),
    )


def area_told(found: Finding, catalog: Catalog, month: Month) -> str:
    """What the area is called that a finding is about."""
    known = catalog.areas.by_id.get(found.area)
    if known:
        return known.named(month).name
    return _TOTAL if found.area == "total" else found.area.removeprefix(_UNKNOWN)


def indicator_told(found: Finding, catalog: Catalog) -> str:
    """The header of what it is about, with the institution or the item that it names."""
    code, _, item = found.indicator.partition("#")
    code, _, bank = code.partition("@")
    column = _column(code, found, catalog)
    if column is None:
        return found.indicator
    institution = catalog.units.institution_by_id.get(bank)
    label = column.label.replace("{institution}", institution.name if institution else "")
    return f"{label}（第{item}项）" if item else label


def _column(code: str, found: Finding, catalog: Catalog) -> Column | None:
    """From the finding's own form, or from whichever form has it: words are held against statements."""
    own = [form for form in catalog.forms.values() if form.code == found.form]
    return next((form.by_code[code] for form in (*own, *catalog.forms.values()) if code in form.by_code), None)


def told_figures(found: Finding, catalog: Catalog) -> tuple[str, str, str]:
    """Value, expectation, and in what they are: as the message tells them, amounts in 万元 to the last fen.

    What is found in the file itself is told as the file has it, in a unit of its own.
    """
    column = _column(found.indicator.partition("@")[0].partition("#")[0], found, catalog)
    told = found.value, found.expected
    figures = [text for text in told if is_figure(text)]
    if found.level == _OF_THE_FILE or column is None or not all(map(_digits(column).fullmatch, figures)):
        return *told, ""
    value, expected = map(_in_wan, told) if column.is_amount else told
    return value, expected, column.unit if figures else ""


def accused_figures(found: Finding, catalog: Catalog) -> list[tuple[str, str, str]]:
    """The same of every figure of its cause."""
    return [told_figures(accused_as(one, found), catalog) for one in found.accused]


def accused_as(one: Accused, found: Finding) -> Finding:
    """The finding as if it were about this figure of its cause."""
    return replace(
        found, area=one.area, indicator=one.indicator, value=one.value, expected=one.expected, bound=one.bound
    )


def _digits(column: Column) -> re.Pattern[str]:
    """How a finding has figures of this kind: amounts in 元 with two decimals, counts without."""
    return _YUAN if column.is_amount else _COUNT if column.is_count else _RATE if column.is_rate else _NO_FIGURE


def _in_wan(text: str) -> str:
    return wan(int(text.replace(".", ""))) if is_figure(text) else text


def _seen(effect: Effect, found: Finding, catalog: Catalog) -> EffectSeen:
    column = next(column for column in catalog.annexes[effect.annex].columns if column.id == effect.column)
    label = "/".join(column.header).replace("%", "")
    at_least = found.bound is not Bound.EXACT and not effect.whole
    return EffectSeen(effect.size, effect.annex, label, effect.points, effect.whole, at_least)
