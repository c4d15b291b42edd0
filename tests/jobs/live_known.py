"""Blank forms made from what a test itself knows of earlier months, without a store."""

from __future__ import annotations

from datetime import date

from pipeline.catalog import load_catalog
from pipeline.jobs.form_content import blank_form
from pipeline.jobs.form_past import Known
from pipeline.periods import Month
from pipeline.render.form_book import form_bytes
from pipeline.store.records import Record
from pipeline.validate.duties import duties_of

CATALOG = load_catalog("ankang")
WAN = 1_000_000


def record(unit: str, form: str, month: Month) -> Record:
    """A submission in force, its amounts rounded to 0.01 万元."""
    return Record(
        f"{unit}{month}", 1, form, unit, str(month), "0" * 64, "", "", "", "", "万元", WAN // 100, False, False
    )


def form_of(unit: str, form: str, known: Known):
    """The form that this unit gets."""
    (duty,) = (one for one in duties_of(known.month, [], CATALOG) if (one.unit, one.form) == (unit, form))
    return blank_form(duty, known, CATALOG, date(known.month.year, known.month.month, 28))


def written(form, path):
    """Its workbook."""
    path.write_bytes(form_bytes(form))
    return path
