"""The further cells of a finding as its reporting unit is told of them: names for ids, figures with their units."""

from __future__ import annotations

from pipeline.catalog import Catalog
from pipeline.jobs.finding_rows import accused_as, area_told, indicator_told, told_figures
from pipeline.model import DOCUMENT, Accused, Finding, position_of
from pipeline.periods import Month
from pipeline.render.finding_rows import is_figure
from pipeline.render.marked_content import AskedCell


def other_cells(found: Finding, catalog: Catalog, month: Month) -> tuple[AskedCell, ...]:
    """The figures of its cause but the one at which it is told, in the order of the sheet."""
    others = [one for one in found.accused if (one.sheet, one.cell) != (found.sheet, found.cell)]
    return tuple(_cell(one, found, catalog, month) for one in sorted(others, key=lambda one: _order(one, found)))


def _order(one: Accused, found: Finding) -> tuple[bool, str, tuple[int, int], str]:
    return one.sheet != found.sheet, one.sheet, position_of(one.cell) or (0, 0), one.cell


def _cell(one: Accused, found: Finding, catalog: Catalog, month: Month) -> AskedCell:
    at = accused_as(one, found)
    value, expected, measure = told_figures(at, catalog)
    shown = [f"{text}{measure}" if is_figure(text) else text for text in (value, expected)]
    is_document = one.sheet == DOCUMENT
    return AskedCell(
        one.cell if is_document else one.sheet,
        "" if is_document else one.cell,
        area_told(at, catalog, month),
        indicator_told(at, catalog),
        shown[0],
        f"{one.bound}{shown[1]}" if shown[1] else "",
    )
