"""An invented month in which every return is true, with the months before it: nothing there breaks a rule.

Lending goes on evenly: a bank lends and gets back the same each month, so that any month can be computed by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from pipeline.money import FEN_PER_WAN, MICRO_PER_PERCENT
from pipeline.periods import Month
from pipeline.validate.examples.world import AREA, BANK, COUNTY, TARGETS, WHOLE, WORDS, Figures, Table, World
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.owed import RATE

WAN = FEN_PER_WAN
TEN = ("hanbin", "hanyin", "shiquan", "ningshan", "ziyang", "langao", "pingli", "zhenping", "xunyang", "baihe")
BANKS = ("rcb", "psbc", "abc")

_BEGIN = 2014 * 12 + 11
"""December 2014: from here on months are counted."""
_LENT, _REPAID = 42_360_000, 20_150_000
"""42.36 and 20.15 万元 a month."""
_HOUSEHOLDS, _NEW_HOUSEHOLDS, _LOANS, _MORE = 10, 9, 11, 6
"""A month's borrowers, those of them that had not borrowed before this year, their loans; loans and households more."""
_REGISTERED = 4000


_MAKERS: Mapping[str, Callable[[Month], Table]] = {
    BANK: lambda month: statement(month),
    WHOLE: lambda month: statement_of_ten(month),
    COUNTY: lambda month: county_return(figures(month, 0), figures(month, TEN.index(AREA))),
    WORDS: lambda month: Table("Q01", "rcb-hanyin", [(AREA, dict(words(month)))], step=1),
    TARGETS: lambda month: targets(),
}
_IN_FORCE = (BANK, WHOLE, COUNTY)
"""What is there of earlier months too."""


def true_world(month: Month, names: Collection[str] = tuple(_MAKERS)) -> World:
    """The forms of a month with these names, and those of the months that rules look back to; all if none is said."""
    tables = {name: make(month) for name, make in _MAKERS.items() if name in names}
    past = {
        back: {name: _MAKERS[name](month.shifted(-back)) for name in _IN_FORCE if name in names}
        for back in range(1, MONTHS_BACK + 1)
    }
    return World(month, tables, past, words(month.previous) if WORDS in names else None)


def statement(month: Month) -> Table:
    """Of a bank with one county."""
    return Table("M01", "rcb-hanyin", [(AREA, figures(month, 0))])


def statement_of_ten(month: Month) -> Table:
    """Of a bank with all counties, each a little larger than the one before, and their total."""
    rows = [(area, figures(month, number)) for number, area in enumerate(TEN)]
    codes = [code for code in rows[0][1] if code != RATE]
    return Table("M01", "abc", rows, {code: sum(_whole(row[code]) for _, row in rows) for code in codes})


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def figures(month: Month, larger: int) -> Figures:
    """One county of one bank; `larger` by so many households and ten times as many 万元."""
    n, m = month.year * 12 + month.month - 1 - _BEGIN, month.month
    return {**_lines(n, larger), **_flows(n, m, larger), **_stocks(month, n, larger)}


def _lines(n: int, larger: int) -> Figures:
    lines = _borrowers(n, larger) + 800
    return {
        "registered_households": _REGISTERED,
        "eligible_households": 3200,
        "rated_households": lines + 200,
        "credit_line_households": lines,
        "credit_line_amount": lines * 5 * WAN,
    }


def _flows(n: int, m: int, larger: int) -> Figures:
    return {
        "disbursed_loans_mtd": _LOANS,
        "disbursed_households_mtd": _HOUSEHOLDS,
        "disbursed_amount_mtd": _LENT,
        "disbursed_loans_ytd": _LOANS * m,
        "disbursed_households_ytd": _NEW_HOUSEHOLDS * m + 1,
        "disbursed_amount_ytd": _LENT * m,
        "disbursed_loans_cum": 300 + _LOANS * n + larger,
        "disbursed_households_cum": 200 + _NEW_HOUSEHOLDS * n + larger,
        "disbursed_amount_cum": 700 * WAN + _LENT * n + 10 * larger * WAN,
        "repaid_amount_mtd": _REPAID,
        "settled_loans_ytd": (_LOANS - _MORE) * m,
        "repaid_amount_ytd": _REPAID * m,
        "written_off_amount_mtd": 0,
        "written_off_amount_ytd": 0,
        "other_change_amount_mtd": 0,
        "other_change_amount_ytd": 0,
        "renewed_amount_ytd": 2 * m * WAN,
        "extended_amount_ytd": m * WAN,
        RATE: 435 * MICRO_PER_PERCENT // 100,
        "interest_subsidy_accrued_ytd": 4 * m * WAN,
        "interest_subsidy_paid_ytd": 3 * m * WAN,
    }


def _borrowers(n: int, larger: int) -> int:
    return 120 + _MORE * n + larger


def _outstanding(n: int, larger: int) -> int:
    return 300 * WAN + (_LENT - _REPAID) * n + 10 * larger * WAN


def _stocks(month: Month, n: int, larger: int) -> Figures:
    outstanding = _outstanding(n, larger)
    special, substandard, doubtful, loss = 12_500_000, 4_200_000, 3_100_000, 1_000_000
    npl = substandard + doubtful + loss
    return {
        "outstanding_loans": _borrowers(n, larger) + 12,
        "outstanding_households": _borrowers(n, larger),
        "outstanding_amount": outstanding,
        "outstanding_amount_previous_month": _outstanding(n - 1, larger),
        "outstanding_amount_year_start": _outstanding(n - month.month, larger),
        "outstanding_amount_previous_year": _outstanding(n - 12, larger),
        "pass_amount": outstanding - special - npl,
        "special_mention_amount": special,
        "substandard_amount": substandard,
        "doubtful_amount": doubtful,
        "loss_amount": loss,
        "npl_amount": npl,
        "past_due_loans": 3,
        "past_due_households": 3,
        "past_due_amount": 9_600_000,
        "past_due_beyond_grace_amount": 2 * WAN,
    }


def county_return(rcb: Figures, abc: Figures) -> Table:
    """What the county's finance office says, also of these banks' figures."""
    row: Figures = {
        "registered_households": _REGISTERED,
        "eligible_households": 3200,
        "fund_required_amount": 800 * WAN,
        "fund_balance_amount": 700 * WAN,
        "fund_added_amount_ytd": 0,
        "fund_compensated_amount_ytd": 0,
        "mechanism_established": "是",
        "mechanism_document": "示例政办发〔2016〕12号",
        "mechanism_date": "2016-05-12",
        "posts_county_planned": 1,
        "posts_county_set_up": 1,
        "posts_township_planned": 12,
        "posts_township_set_up": 10,
        "posts_village_planned": 140,
        "posts_village_set_up": 120,
        "visited_households": 3600,
        "scored_households": 3400,
        "project_name#1": "示例茶园",
        "project_total_amount#1": 500 * WAN,
        "project_invested_amount#1": 300 * WAN,
        "project_status#1": "在建，完成投资60%",
    }
    for bank, said in (("rcb", rcb), ("abc", abc)):
        row[f"mirror_disbursed_households_ytd@{bank}"] = said["disbursed_households_ytd"]
        row[f"mirror_disbursed_amount_ytd@{bank}"] = said["disbursed_amount_ytd"]
        row[f"mirror_outstanding_amount@{bank}"] = said["outstanding_amount"]
    return Table("C01", f"fin-{AREA}", [(AREA, row)])


def words(month: Month) -> dict[str, str]:
    """What the bank with one county writes, new each month."""
    outstanding = _outstanding(month.year * 12 + month.month - 1 - _BEGIN, 0)
    return {
        "measure_organisation": f"{month.label}召开扶贫小额信贷推进会一次。",
        "measure_results": f"截至{month.label}末，我行扶贫小额贷款余额{outstanding // 10_000 / 100:.2f}万元。",
        **dict.fromkeys(("measure_rules", "measure_products", "measure_rates", "measure_service"), "无"),
        **dict.fromkeys(("measure_rating", "measure_industry", "measure_problems", "measure_next_steps"), "无"),
        "measure_contact": "示例联系人",
    }


def targets() -> Table:
    """The office's targets for every bank and county, with their totals."""
    each = {"target_amount": 500 * WAN, "target_households": 110}
    row: Figures = {f"{code}@{bank}": value for code, value in each.items() for bank in BANKS}
    total: Figures = {place: _whole(value) * len(TEN) for place, value in row.items()}
    return Table("T01", "office", [(area, dict(row)) for area in TEN], total)
