"""The edit rules 「审核关系」; importing this package fills the registry.

A module holds rules of one kin; a rule is one small function that names the places where it is broken. Rows of
typed totals take part in the rules on totals only: what is wrong in a county shows there, and once.
"""

from pipeline.validate.registry import RULES
from pipeline.validate.rules import (
    areas,
    averages,
    balances,
    bases,
    counts,
    county,
    exchanged,
    grades,
    growing,
    households,
    jumps,
    lines,
    loans,
    measures,
    mirror,
    outside,
    parts,
    repeats,
    settled,
    signs,
    spans,
    subsidy,
    targets,
    tenfold,
    totals,
)

__all__ = [
    "RULES",
    "areas",
    "averages",
    "balances",
    "bases",
    "counts",
    "county",
    "exchanged",
    "grades",
    "growing",
    "households",
    "jumps",
    "lines",
    "loans",
    "measures",
    "mirror",
    "outside",
    "parts",
    "repeats",
    "settled",
    "signs",
    "spans",
    "subsidy",
    "targets",
    "tenfold",
    "totals",
]
