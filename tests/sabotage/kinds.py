"""All kinds of errors: importing this module fills the list."""

from tests.sabotage import (
    kinds_along,
    kinds_blocks,
    kinds_cells,
    kinds_columns,
    kinds_consistent,
    kinds_counties,
    kinds_files,
    kinds_flows,
    kinds_measures,
    kinds_noughts,
    kinds_pairs,
    kinds_parts,
    kinds_pasted,
    kinds_rows,
    kinds_sheets,
    kinds_witnesses,
    kinds_words,
)
from tests.sabotage.planting import KINDS

__all__ = [
    "KINDS",
    "kinds_along",
    "kinds_blocks",
    "kinds_cells",
    "kinds_columns",
    "kinds_consistent",
    "kinds_counties",
    "kinds_files",
    "kinds_flows",
    "kinds_measures",
    "kinds_noughts",
    "kinds_pairs",
    "kinds_parts",
    "kinds_pasted",
    "kinds_rows",
    "kinds_sheets",
    "kinds_witnesses",
    "kinds_words",
]
