"""Statements that are wrong and true to themselves: only what others say speaks against them.

Planted where the bank's own measures quote its balance and the counties report the bank's figures: a statement against
which one of them alone speaks is nobody's to judge.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.sabotage.kinds_words import QUOTED_BALANCE, WORDS
from tests.sabotage.planting import BANKS, COLUMN, ROW, Desk, Draft, kind

_SPANS = ("mtd", "ytd", "cum")
_A_LOAN = 4_000_000
"""4 万元 in fen: below the cap, and whole in any unit of money."""


def _is_quoted(draft: Draft) -> bool:
    """Whether the bank's own words say its balance."""
    words = draft.history.by_matter.get((WORDS, draft.clean.unit, draft.clean.period))
    return words is not None and any(QUOTED_BALANCE.search(seen.text) for seen in words.observations)


def _add(draft: Draft, area: str, codes: Iterable[str], more: int) -> None:
    for code in codes:
        if draft.has(area, code):
            draft.put(area, code, draft.at(area, code) + more)


def _lend(draft: Draft, area: str, loans: int, amount: int) -> None:
    """So many loans that were never made, each to a household of its own, and all that follows from them."""
    for span in _SPANS:
        _add(draft, area, (f"disbursed_loans_{span}", f"disbursed_households_{span}"), loans)
        _add(draft, area, (f"disbursed_amount_{span}",), amount)
    _add(draft, area, ("outstanding_loans", "outstanding_households"), loans)
    _add(draft, area, ("outstanding_amount", "pass_amount", "credit_line_amount"), amount)


def _keep(draft: Draft, area: str, amount: int) -> None:
    """So much that was repaid this month and is left out of what was repaid, and in the balance."""
    _add(draft, area, ("repaid_amount_mtd", "repaid_amount_ytd"), -amount)
    _add(draft, area, ("outstanding_amount", "pass_amount", "credit_line_amount"), amount)


@kind("row-lent-too-much", ROW, "一个县区多报发放，本年、历史累计和余额都照着多报", "A17")
def row_lent_too_much(desk: Desk) -> Draft | None:
    """A county's lending is too much, and so is all that follows from it; the county and the words say otherwise."""
    draft = desk.statement()
    draft.follows = True
    area = desk.random.choice(draft.counties)
    loans = max(2, draft.at(area, "outstanding_households") * desk.random.randint(2, 4) // 100)
    if (
        not _is_quoted(draft)
        or draft.at(area, "credit_line_households") < draft.at(area, "outstanding_households") + loans
    ):
        return None
    _lend(draft, area, loans, loans * _A_LOAN)
    return draft


@kind("row-repaid-too-little", ROW, "一个县区少报收回，余额照着多报", "A17")
def row_repaid_too_little(desk: Desk) -> Draft | None:
    """A county's repayments are too little and its balance too much; the county and the words say otherwise."""
    draft = desk.statement()
    draft.follows = True
    area = desk.random.choice(draft.counties)
    amount = draft.at(area, "repaid_amount_mtd") * desk.random.randint(3, 9) // 10 // 10_000 * 10_000
    if not _is_quoted(draft) or amount < 20 * draft.clean.step:
        return None
    _keep(draft, area, amount)
    return draft


@kind("column-lent-twice", COLUMN, "各县区本月发放都多报一倍，累计和余额都照着多报", "A17")
def column_lent_twice(desk: Desk) -> Draft | None:
    """What was lent this month is counted twice in all counties, and in all that follows from it."""
    draft = desk.draft("M01", BANKS)
    draft.follows = True
    if not _is_quoted(draft):
        return None
    for area in draft.counties:
        loans = draft.at(area, "disbursed_households_mtd")
        if draft.at(area, "credit_line_households") < draft.at(area, "outstanding_households") + loans:
            return None
        _lend(draft, area, loans, draft.at(area, "disbursed_amount_mtd"))
    return draft


@kind("column-repaid-half", COLUMN, "各县区收回都只报一半，余额照着多报", "A17")
def column_repaid_half(desk: Desk) -> Draft | None:
    """Half of what was repaid this month is left out in all counties, and is in their balances."""
    draft = desk.draft("M01", BANKS)
    draft.follows = True
    if not _is_quoted(draft):
        return None
    for area in draft.counties:
        _keep(draft, area, draft.at(area, "repaid_amount_mtd") // 2 // 10_000 * 10_000)
    return draft
