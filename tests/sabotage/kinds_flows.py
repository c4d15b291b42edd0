"""A flow that is wrong by as much in the month as in the year: the loan of another bank is added to both."""

from __future__ import annotations

from tests.sabotage.planting import BANKS, ROW, Desk, Draft, kind

_MORE = (3, 7, 9, 12)
"""万元 by which both are too much."""
_WAN = 1_000_000
_LENT = ("disbursed_amount_mtd", "disbursed_amount_ytd")


@kind("row-flow-month-and-year", ROW, "一个县区本月、本年累计发放金额同时多填相同的数", "month_and_year")
def flow(desk: Desk) -> Draft | None:
    """What was lent in the month and in the year is some 万元 too much, what was ever lent and the balance are right."""
    return _more(desk, desk.statement())


@kind("row-flow-typed-total", ROW, "一个县区本月、本年累计发放金额同时多填相同的数，合计未变", "month_and_year")
def flow_below_total(desk: Desk) -> Draft | None:
    """The same in the statement of a city bank, whose totals are typed and right."""
    draft = desk.draft("M01", BANKS)
    draft.follows = False
    return _more(desk, draft)


def _more(desk: Desk, draft: Draft) -> Draft | None:
    area, more = desk.random.choice(draft.counties), desk.random.choice(_MORE) * _WAN
    if draft.earlier() is None or not draft.at(area, _LENT[0]):
        return None
    for code in _LENT:
        draft.put(area, code, draft.at(area, code) + more)
    return draft


@kind("row-transfer-invented", ROW, "一个县区没有划入划出，其他变动的本月、本年累计却都填了数", "month_and_year")
def transfer(desk: Desk) -> Draft | None:
    """Some 万元 are typed as other changes of the month and of the year; the balance and its grades know nothing."""
    draft = desk.statement()
    area, codes = desk.random.choice(draft.counties), ("other_change_amount_mtd", "other_change_amount_ytd")
    if draft.earlier() is None or not all(draft.has(area, code) for code in codes) or draft.at(area, codes[0]):
        return None
    amount = desk.random.choice(_MORE) * desk.random.choice((1, -1)) * _WAN
    for code in codes:
        draft.put(area, code, draft.at(area, code) + amount)
    return draft


@kind("row-two-flows", ROW, "一个县区本月发放、本月收回同时多填相同的数，余额仍对得上", "month_and_year")
def two_flows(desk: Desk) -> Draft | None:
    """As much more was lent in the month as was repaid: the balance follows, the years so far do not."""
    draft = desk.statement()
    area, more = desk.random.choice(draft.counties), desk.random.choice(_MORE) * _WAN
    flows = (_LENT[0], "repaid_amount_mtd")
    if draft.earlier() is None or not all(draft.at(area, code) for code in flows):
        return None
    for code in flows:
        draft.put(area, code, draft.at(area, code) + more)
    return draft
