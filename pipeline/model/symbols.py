"""Why a number is not there, or what stands beside it."""

from __future__ import annotations

from enum import StrEnum


class Symbol(StrEnum):
    """Why an observation has no value; or, for a figure, what stands beside or instead of its value."""

    NONE = ""
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    PARTIAL = "partial"
    NOT_COMPUTED = "not_computed"
    BASE_ZERO = "base_zero"
    BASE_MISSING = "base_missing"
    BASE_NEGATIVE = "base_negative"
