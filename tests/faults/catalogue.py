"""All cases of the fault catalogue, and those that still wait for the program."""

from __future__ import annotations

from tests.faults import (
    cases_cells,
    cases_formats,
    cases_headers,
    cases_hostile,
    cases_identity,
    cases_rows,
    cases_sheets,
    cases_units,
)

PARTS = (
    cases_formats,
    cases_cells,
    cases_sheets,
    cases_headers,
    cases_rows,
    cases_units,
    cases_identity,
    cases_hostile,
)
CASES = [case for part in PARTS for case in part.CASES]

AWAITED: dict[str, str] = {}
"""Case → what of the program it waits for; empty once all of it is there."""
