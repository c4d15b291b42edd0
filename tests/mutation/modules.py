"""Which modules are mutated, and which tests each of them has to pass."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULES = Path("pipeline/validate/rules")
TESTS = Path("tests/validate")

ARITHMETIC: Mapping[str, tuple[str, ...]] = {
    "equations": (
        "test_tolerance.py",
        "rules/test_balances.py",
        "rules/test_balances_so_far.py",
        "rules/test_bases.py",
    ),
    "last_return": ("rules/test_tenfold.py", "rules/test_growing.py"),
    "tolerance": (
        "test_tolerance.py",
        "rules/test_grades.py",
        "rules/test_spans.py",
        "rules/test_bases.py",
        "rules/test_parts.py",
    ),
    "past": ("test_past.py", "rules/test_balances.py"),
    "masked": ("test_masked.py",),
    "columns": ("test_columns.py",),
    "stated": ("test_stated.py", "test_derived.py", "test_quoted.py", "rules/test_measures.py"),
    "derived": ("test_derived.py", "test_stated.py"),
    "quoted": ("test_quoted.py", "test_quoted_context.py", "test_quoted_beside.py", "rules/test_measures.py"),
    "quoted_beside": ("test_quoted_beside.py",),
    "quoted_context": ("test_quoted.py", "test_quoted_context.py", "test_quoted_beside.py", "rules/test_measures.py"),
    "quoted_figures": ("test_quoted.py", "test_quoted_beside.py"),
    "quoted_times": ("test_quoted_times.py", "test_quoted.py"),
    "quoted_words": ("test_quoted_words.py", "test_quoted.py", "test_quoted_beside.py"),
    "changes": ("rules/test_pasted.py",),
    "disowned": (
        "rules/test_earlier.py",
        "rules/test_balances.py",
        "rules/test_balances_so_far.py",
        "rules/test_bases.py",
    ),
    "disowned_households": ("test_disowned_households.py",),
    "history": ("test_history.py", "rules/test_targets_years.py"),
    "kinship": ("test_kinship.py",),
    "typed_totals": ("rules/test_totals.py",),
    "owed": ("test_owed.py", "rules/test_areas.py", "rules/test_signs.py", "test_columns.py"),
}
"""Modules that rules compute with, and the tests that know what comes out."""


def modules() -> dict[str, tuple[str, ...]]:
    """Path of every mutated module → paths of its tests, all from the root of the tree."""
    found = {f"pipeline/validate/{name}.py": _tests(*tests) for name, tests in ARITHMETIC.items()}
    for path in sorted((ROOT / RULES).glob("[!_]*.py")):
        own = sorted((ROOT / TESTS / "rules").glob(f"test_{path.stem}*.py"))
        found[(RULES / path.name).as_posix()] = _tests(*(f"rules/{test.name}" for test in own))
    return found


def _tests(*names: str) -> tuple[str, ...]:
    return tuple((TESTS / name).as_posix() for name in names)
