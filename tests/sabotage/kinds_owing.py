"""Households that owe: more or fewer than can have come and gone since last month."""

from __future__ import annotations

from tests.sabotage.kinds_columns import rows
from tests.sabotage.kinds_parts import BY_TOTAL
from tests.sabotage.planting import BANKS, CELL, COLUMN, TOTAL, Desk, Draft, kind

_OWING, _LOANS = "outstanding_households", "outstanding_loans"


@kind("outstanding-households-more", CELL, "期末户数比上月增加的多于本月发放户数", "A28", "A09", "A12", *BY_TOTAL)
def households_too_many(desk: Desk) -> Draft | None:
    """More households owe than did last month and were lent to since: one or several."""
    draft = desk.statement()
    area, before = desk.random.choice(draft.counties), draft.earlier()
    if before is None:
        return None
    most = before.at(area, _OWING) + draft.at(area, "disbursed_households_mtd")
    draft.put(area, _OWING, most + desk.random.choice((1, desk.random.randint(2, 20))))
    return draft


@kind("outstanding-households-few", CELL, "期末户数比上月减少的多于本月结清笔数", "A28", "A21", *BY_TOTAL)
def households_too_few(desk: Desk) -> Draft | None:
    """Fewer households owe than can be left of last month's: one or several, where nothing was written off."""
    draft = desk.statement()
    area, before = desk.random.choice(draft.counties), draft.earlier()
    if before is None or draft.at(area, "written_off_amount_mtd"):
        return None
    so_far = before.at(area, "settled_loans_ytd") if draft.month.month > 1 else 0
    fewest = before.at(area, _OWING) - (draft.at(area, "settled_loans_ytd") - so_far)
    less = desk.random.choice((1, desk.random.randint(2, 100)))
    if fewest <= less:
        return None
    draft.put(area, _OWING, fewest - less)
    return draft


@kind("outstanding-households-loans", COLUMN, "期末户数一栏填了笔数", "other_column", "A28")
def households_are_loans(desk: Desk) -> Draft:
    """The households outstanding are as many as the loans, in all rows and the total."""
    draft = desk.draft("M01", BANKS)
    for area in (*rows(draft), TOTAL):
        draft.put(area, _OWING, draft.at(area, _LOANS), alone=True)
    return draft
