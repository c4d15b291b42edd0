"""All cases of the fault catalogue."""

from __future__ import annotations

from tests.faults import (
    cases_blocks,
    cases_cells,
    cases_county_sheets,
    cases_formats,
    cases_headers,
    cases_hostile,
    cases_identity,
    cases_projects,
    cases_rates,
    cases_rows,
    cases_said,
    cases_sheets,
    cases_signs,
    cases_texts,
    cases_units,
    cases_upright,
    cases_upright_columns,
)

PARTS = (
    cases_formats,
    cases_texts,
    cases_cells,
    cases_signs,
    cases_sheets,
    cases_county_sheets,
    cases_headers,
    cases_blocks,
    cases_rows,
    cases_said,
    cases_upright,
    cases_upright_columns,
    cases_projects,
    cases_units,
    cases_rates,
    cases_identity,
    cases_hostile,
)
CASES = [case for part in PARTS for case in part.CASES]
