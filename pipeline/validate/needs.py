"""What a rule needs beside the submission that it judges, and how it is told that this was not there."""

from __future__ import annotations

from enum import Enum

from pipeline.periods import Month


class Need(Enum):
    """Something beside the submission; without it a rule does not run, or only the part of it that needs none."""

    LAST_MONTH = "last month's statement"
    LAST_MONTH_OF_THIS_YEAR = "last month's statement, but in January, when the year starts anew"
    MONTHS_OF_THIS_YEAR = "the statements of this year's months before last month"
    YEAR_START = "December's statement"
    YEAR_BEFORE = "the statement of the same month last year"
    ANY_MONTH = "any statement of those that are laid beside"
    SOME_MONTH = "any statement of the months that movements are compared with"
    ENOUGH_MONTHS = "statements of enough of these months"
    LAST_RETURN = "last month's county return"
    LAST_RETURN_OF_THIS_YEAR = "last month's county return, but in January, when the year starts anew"
    LAST_WORDS = "last month's measures, at a quarter's end"
    LAST_TARGETS = "the targets of the year before"
    OWN_STATEMENT = "the same unit's statement of this month"
    OTHER_FORMS = "what others send: every form that the rule reads"
    MIRROR = "what a county says of its banks"


def month_needed(need: Need, month: Month) -> Month | None:
    """The one month whose statement is needed; None where that is no single month."""
    if need is Need.LAST_MONTH or (need is Need.LAST_MONTH_OF_THIS_YEAR and month.month > 1):
        return month.previous
    if need is Need.YEAR_START:
        return month.year_start
    return month.year_before if need is Need.YEAR_BEFORE else None


def named(needed: Month, month: Month) -> str:
    """「上月（2018年2月）」."""
    if needed == month.previous:
        return f"上月（{needed.label}）"
    return f"上年同月（{needed.label}）" if needed == month.year_before else f"上年末（{needed.label}）"
