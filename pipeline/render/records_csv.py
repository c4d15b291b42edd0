"""The data behind a release as csv: observations and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Column
from pipeline.model import Finding, Observation, Submission
from pipeline.money import MICRO_PER_PERCENT, plain, yuan
from pipeline.periods import Month
from pipeline.privacy import without_identities
from pipeline.render.csvfile import csv_bytes, safe_text

OBSERVATION_FIELDS = (
    "period",
    "form",
    "submission",
    "reporting_unit",
    "reporting_unit_name",
    "institution",
    "area",
    "area_code",
    "indicator",
    "value",
    "unit",
    "step",
    "symbol",
    "file",
    "sha256",
    "sheet",
    "cell",
    "vintage",
)
FINDING_FIELDS = (
    "finding",
    "rule",
    "level",
    "severity",
    "period",
    "form",
    "submission",
    "reporting_unit",
    "area",
    "indicator",
    "file",
    "sheet",
    "cell",
    "value",
    "expected",
    "message",
    "status",
)


def observations_csv(submissions: Iterable[Submission], catalog: Catalog, month: Month, vintage: int) -> bytes:
    """One row an observation in force, in the order of duties, areas and the form.

    Typed totals are left out, and what names persons; identity numbers in words are hidden.
    """
    rows: list[list[object]] = []
    for submission in submissions:
        form = catalog.forms[submission.form]
        unit = catalog.units.by_id[submission.unit]
        head = [submission.period, submission.form, submission.id, submission.unit, unit.name(month)]
        step = yuan(submission.step)
        source = [safe_text(submission.file), submission.sha256]
        for o in sorted(submission.observations, key=_reading_order(catalog, submission)):
            column = form.by_code[o.indicator]
            if o.total or column.personal:
                continue
            rows.append(
                [
                    *head,
                    o.institution,
                    o.area,
                    _code(o.area, catalog, month),
                    o.indicator,
                    _value(o, column),
                    "元" if column.is_amount else column.unit if not column.is_text else "",
                    step if column.is_amount else "",
                    o.symbol.value,
                    *source,
                    safe_text(o.sheet),
                    o.cell,
                    vintage,
                ]
            )
    return csv_bytes(OBSERVATION_FIELDS, rows)


def _reading_order(catalog: Catalog, submission: Submission) -> Callable[[Observation], tuple[int | str, ...]]:
    areas = {area.id: place for place, area in enumerate((*catalog.areas.counties, *catalog.areas.of_which))}
    columns = {code: place for place, code in enumerate(catalog.forms[submission.form].by_code)}
    institutions = {entry.id: entry.order for entry in catalog.units.institutions}

    def key(o: Observation) -> tuple[int | str, ...]:
        place = areas.get(o.area, len(areas))
        return (place, o.item, institutions.get(o.institution, 0), columns[o.indicator], o.cell)

    return key


def _code(area: str, catalog: Catalog, month: Month) -> str:
    entry = catalog.areas.by_id.get(area)
    return entry.named(month).code if entry else ""


def _value(o: Observation, column: Column) -> str:
    if column.is_text:
        return safe_text(without_identities(o.text))
    if o.value is None:
        return ""
    if column.is_amount:
        return yuan(o.value)
    return plain(Fraction(o.value, MICRO_PER_PERCENT), 6) if column.is_rate else str(o.value)


def findings_csv(findings: Iterable[tuple[Finding, str]]) -> bytes:
    """One row a finding with its status, gravest first."""
    weight = {"hard": 0, "soft": 1, "note": 2}
    ordered = sorted(
        findings,
        key=lambda pair: (weight[pair[0].severity], pair[0].level, pair[0].rule, pair[0].submission, pair[0].id),
    )
    return csv_bytes(
        FINDING_FIELDS,
        (
            [
                f.id,
                f.rule,
                f.level,
                f.severity.value,
                f.period,
                f.form,
                f.submission,
                f.unit,
                f.area,
                f.indicator,
                safe_text(f.file),
                safe_text(f.sheet),
                f.cell,
                safe_text(f.value) if not f.value.lstrip("-").replace(".", "").isdecimal() else f.value,
                f.expected,
                safe_text(f.told),
                status,
            ]
            for f, status in ordered
        ),
    )
