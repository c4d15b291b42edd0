"""Two counts of one row that go wrong together, and figures that stand in the place of another of their row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.validate.rules.grades import NPL
from tests.sabotage.planting import CELL, ROW, Desk, Draft, kind

_MEASURES = (("outstanding", ""), ("past_due", ""), ("disbursed", "_mtd"), ("disbursed", "_ytd"), ("disbursed", "_cum"))
_LEAST = 12
"""Of fewer, ten times as many may be true."""


def _counts(desk: Desk, measures: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Loans and households of one measure."""
    stem, span = desk.random.choice(measures)
    return f"{stem}_loans{span}", f"{stem}_households{span}"


@kind("row-counts-tenfold", ROW, "一个县区一项的笔数、户数都多打一个0", "digit_more", errors=2)
def counts_tenfold(desk: Desk) -> Draft | None:
    """Loans and households of one measure are both ten times what they are."""
    draft, codes = desk.statement(), _counts(desk, _MEASURES[:2])
    area, before = desk.random.choice(draft.counties), draft.earlier()
    if before is None or min(d.at(area, code) for d in (draft, before) for code in codes) < _LEAST:
        return None
    for code in codes:
        draft.put(area, code, draft.at(area, code) * 10)
    return draft


@kind("row-counts-less", ROW, "一个县区本月发放笔数、户数少填相同的数", "month_and_year")
def counts_less(desk: Desk) -> Draft | None:
    """As many loans and households too few in the month, which the year and all years have."""
    draft, codes = desk.statement(), _counts(desk, _MEASURES[2:3])
    area, before = desk.random.choice(draft.counties), draft.earlier()
    fewer = desk.random.randint(2, 5)
    if before is None or draft.month.month == 1 or not all(draft.has(area, c) for c in codes):
        return None
    new = draft.at(area, "disbursed_households_ytd") - before.at(area, "disbursed_households_ytd")
    if draft.at(area, codes[1]) <= fewer or new <= draft.at(area, codes[1]) - fewer:
        return None
    for code in codes:
        draft.put(area, code, draft.at(area, code) - fewer)
    return draft


@kind("count-month-households-less", CELL, "一个县区本月发放户数少填", "A06", "digit_less", "wrong_digit")
def households_less(desk: Desk) -> Draft | None:
    """Fewer households in the month than were added to those of the year and of all years."""
    draft, area = desk.statement(), ""
    area, before, code = desk.random.choice(draft.counties), draft.earlier(), "disbursed_households_mtd"
    if before is None or draft.month.month == 1:
        return None
    grown = min(
        draft.at(area, c) - before.at(area, c) for c in ("disbursed_households_ytd", "disbursed_households_cum")
    )
    if grown < 3:
        return None
    draft.put(area, code, grown - desk.random.randint(1, grown - 1))
    return draft


@kind("npl-of-a-grade", CELL, "不良余额填成了其中一类的数", "other_column")
def npl_of_a_grade(desk: Desk) -> Draft | None:
    """What is non-performing is what one of its three grades is."""
    draft = desk.statement()
    area, code = desk.random.choice(draft.counties), desk.random.choice(NPL)
    grades = [draft.at(area, grade) for grade in NPL]
    if sorted(grades)[1] < 10 * draft.clean.step or not draft.at(area, code):
        return None
    draft.put(area, "npl_amount", draft.at(area, code))
    return draft


@kind("grade-of-npl", CELL, "五级分类一类填成了不良余额的数", "other_column")
def grade_of_npl(desk: Desk) -> Draft | None:
    """One of the three grades, not the only one, is what is non-performing together."""
    draft = desk.statement()
    area, code = desk.random.choice(draft.counties), desk.random.choice(NPL)
    more = draft.at(area, "npl_amount") - draft.at(area, code)
    if more < 10 * draft.clean.step or not draft.at(area, code):
        return None
    draft.put(area, code, draft.at(area, "npl_amount"))
    return draft


@kind("row-past-due-nought", ROW, "一个县区逾期笔数、户数、余额全填0，超过缓冲期的不是0", "omitted")
def past_due_nought(desk: Desk) -> Draft | None:
    """Nothing is past due in loans, households and money, and yet something is beyond the days of grace."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if not draft.at(area, "past_due_beyond_grace_amount"):
        return None
    for measure in ("loans", "households", "amount"):
        if draft.has(area, f"past_due_{measure}"):
            draft.put(area, f"past_due_{measure}", 0)
    return draft


@kind("row-loans-households", ROW, "一个县区一项的笔数、户数互换", "columns_exchanged")
def row_loans_households(desk: Desk) -> Draft | None:
    """Loans and households of one measure have each other's place in a county."""
    draft, (loans, households) = desk.statement(), _counts(desk, _MEASURES)
    area = desk.random.choice(draft.counties)
    values = draft.at(area, loans), draft.at(area, households)
    if not draft.has(area, loans) or values[0] - values[1] < 2:
        return None
    draft.put(area, loans, values[1])
    draft.put(area, households, values[0])
    return draft
