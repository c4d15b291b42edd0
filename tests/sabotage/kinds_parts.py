"""What is part of something is more than that; what only grows has shrunk; subsidies in 元."""

from __future__ import annotations

from tests.sabotage.kinds_columns import rows
from tests.sabotage.planting import BANKS, CELL, COLUMN, ROW, TOTAL, Desk, Draft, kind, scaled

_SUBSIDIES = ("interest_subsidy_accrued_ytd", "interest_subsidy_paid_ytd")

BY_TOTAL = ("other", "wrong_digit")
"""What it is called where a typed total tells what the figure was meant to be."""


def above(name: str, title: str, part: str, *wholes: str) -> None:
    """A kind in which a part is more than what it is part of."""

    @kind(name, CELL, title, "A21", *BY_TOTAL)
    def plant(desk: Desk) -> Draft:
        draft = desk.statement()
        area, whole = desk.random.choice(draft.counties), desk.random.choice(wholes)
        step = 100 * draft.clean.step if part in draft.amounts else 1
        draft.put(area, part, draft.at(area, whole) + desk.random.randint(1, 20) * step)
        return draft

    plant.__doc__ = f"{part} is more than {' or '.join(wholes)}."


above("beyond-grace-above-past-due", "逾期超过缓冲期大于逾期余额", "past_due_beyond_grace_amount", "past_due_amount")
above("renewed-above-lent", "续贷大于本年发放或收回", "renewed_amount_ytd", "disbursed_amount_ytd", "repaid_amount_ytd")


@kind("past-due-above-owing", ROW, "逾期的笔数、户数多于期末的笔数、户数", "A21")
def past_due_above_owing(desk: Desk) -> Draft:
    """More loans and households are past due than there are."""
    draft = desk.statement()
    area, more = desk.random.choice(draft.counties), desk.random.randint(1, 20)
    for what in ("loans", "households"):
        draft.put(area, f"past_due_{what}", draft.at(area, f"outstanding_{what}") + more)
    return draft


@kind("inner-above-county", CELL, "其中区域的一格大于所在县区", "A22")
def inner_above_county(desk: Desk) -> Draft:
    """A figure of an of-which area that no equation has is above that of its county."""
    draft = desk.draft("M01", ["abc"])
    area, code = (
        desk.random.choice(draft.inside),
        desk.random.choice(("rated_households", "credit_line_amount", "settled_loans_ytd")),
    )
    (county,) = {a.within or "" for a in desk.history.catalog.areas.of_which if a.id == area}
    step = 100 * draft.clean.step if code in draft.amounts else 1
    draft.put(area, code, draft.at(county, code) + desk.random.randint(1, 20) * step)
    return draft


@kind("inner-row-yuan", ROW, "其中区域的金额全按元填", "unit")
def inner_row_in_yuan(desk: Desk) -> Draft:
    """All amounts of an of-which area are ten thousand times what they are."""
    draft = desk.draft("M01", ["abc"])
    area = desk.random.choice(draft.inside)
    for code in draft.amounts:
        if draft.has(area, code):
            draft.put(area, code, draft.at(area, code) * 10_000)
    return draft


@kind("inner-exchanged", ROW, "其中区域与所在县区整行互换", "areas_exchanged")
def inner_exchanged(desk: Desk) -> Draft:
    """An of-which area and its county have each other's figures."""
    draft = desk.draft("M01", ["abc"])
    area = desk.random.choice(draft.inside)
    (county,) = {a.within or "" for a in desk.history.catalog.areas.of_which if a.id == area}
    values = {code: (draft.at(area, code), draft.at(county, code)) for code in draft.codes}
    for code, (own, around) in values.items():
        if draft.has(area, code) and draft.has(county, code):
            draft.put(area, code, around, alone=True)
            draft.put(county, code, own, alone=True)
    return draft


@kind("county-below-inner", CELL, "县区的一格少写两位，小于其中区域", "point", *BY_TOTAL)
def county_below_inner(desk: Desk) -> Draft | None:
    """A figure of a county that no equation has has lost two digits."""
    draft = desk.draft("M01", ["abc"])
    code = desk.random.choice(("credit_line_amount", "rated_households", "credit_line_households"))
    (county,) = {a.within or "" for a in desk.history.catalog.areas.of_which if a.id in draft.inside}
    step = draft.clean.step if code in draft.amounts else 1
    draft.put(county, code, scaled(draft.at(county, code), 1, 100, step))
    return draft


@kind("year-so-far-less", CELL, "结清、续贷、展期、已兑付贴息的本年累计比上月少", "A23", *BY_TOTAL)
def year_so_far_less(desk: Desk) -> Draft | None:
    """What was counted since January and no equation has is less than last month's."""
    draft = desk.statement()
    area, code = (
        desk.random.choice(draft.counties),
        desk.random.choice(
            ("settled_loans_ytd", "renewed_amount_ytd", "extended_amount_ytd", "interest_subsidy_paid_ytd")
        ),
    )
    before, step = draft.earlier(), 2 * draft.clean.step if code in draft.amounts else 1
    if before is None or draft.month.month == 1 or before.at(area, code) < step:
        return None
    draft.put(area, code, (before.at(area, code) - step) // step * step)
    return draft


@kind("year-so-far-month", COLUMN, "结清笔数的本年累计填成了本月数", "A23")
def settled_of_the_month(desk: Desk) -> Draft | None:
    """The loans settled this year are those settled this month, in all areas."""
    draft = desk.draft("M01", BANKS, range(4, 13))
    before = draft.earlier()
    if before is None:
        return None
    code = "settled_loans_ytd"
    for area in rows(draft):
        draft.put(area, code, draft.at(area, code) - before.at(area, code), alone=True)
    return draft


_ANEW = ("renewed_amount_ytd", "extended_amount_ytd", *_SUBSIDIES)


@kind("year-not-reset-parts", COLUMN, "续贷、展期、贴息1月没有重新计算", "year_not_reset")
def parts_not_reset(desk: Desk) -> Draft | None:
    """In January what was renewed, extended or subsidised goes on from December's, in all areas."""
    return _gone_on(desk, desk.random.choice([*((code,) for code in _ANEW), _ANEW]), 1)


@kind("year-stayed-parts", COLUMN, "续贷、展期、贴息1月沿用了12月的数", "year_not_reset")
def parts_stayed(desk: Desk) -> Draft | None:
    """In January what was renewed, extended or subsidised is what it was in December, in all areas."""
    return _gone_on(desk, desk.random.choice([*((code,) for code in _ANEW), _ANEW]), 0)


def _gone_on(desk: Desk, codes: tuple[str, ...], times: int) -> Draft | None:
    """December's, with so many times January's own."""
    draft = desk.draft("M01", months=range(1, 2))
    before = draft.earlier()
    if before is None or max(before.at(area, code) for area in draft.counties for code in codes) < 5 * 10**6:
        return None
    for area in rows(draft):
        for code in codes:
            draft.put(area, code, before.at(area, code) + times * draft.at(area, code), alone=True)
    return draft


@kind("settled-too-many", CELL, "结清笔数与期末笔数之和多于历史累计发放笔数", "A26", *BY_TOTAL)
def settled_too_many(desk: Desk) -> Draft:
    """More loans were settled than were ever made and are not outstanding."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    most = draft.at(area, "disbursed_loans_cum") - draft.at(area, "outstanding_loans")
    draft.put(area, "settled_loans_ytd", most + desk.random.randint(1, 20))
    return draft


@kind("outstanding-above-ever", CELL, "期末笔数多于历史累计发放笔数", "A26", "digit_more", *BY_TOTAL)
def outstanding_above_ever(desk: Desk) -> Draft:
    """More loans are outstanding than were ever made."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    draft.put(area, "outstanding_loans", draft.at(area, "disbursed_loans_cum") + desk.random.randint(1, 20))
    return draft


@kind("settled-digit", CELL, "结清笔数多写一位", "A28", "A26", "digit_more", *BY_TOTAL)
def settled_digit(desk: Desk) -> Draft | None:
    """The loans settled this year are ten times as many."""
    draft = desk.statement()
    area, code = desk.random.choice(draft.counties), "settled_loans_ytd"
    if draft.earlier() is None:
        return None
    draft.put(area, code, 10 * draft.at(area, code))
    return draft


@kind("settled-too-few", CELL, "结清笔数漏计几笔", "A28", "A23", *BY_TOTAL)
def settled_too_few(desk: Desk) -> Draft | None:
    """Some of the loans settled this year are left out, in a month in which nothing was written off."""
    return _fewer(desk, "settled_loans_ytd")


@kind("outstanding-loans-few", CELL, "期末笔数漏计几笔", "A28", "A09", "A21", *BY_TOTAL)
def outstanding_too_few(desk: Desk) -> Draft | None:
    """Some of the loans outstanding are left out, in a month in which nothing was written off."""
    return _fewer(desk, "outstanding_loans")


def _fewer(desk: Desk, code: str) -> Draft | None:
    draft = desk.statement()
    area, less = desk.random.choice(draft.counties), desk.random.randint(1, 20)
    if draft.earlier() is None or draft.at(area, "written_off_amount_mtd") or draft.at(area, code) < less:
        return None
    draft.put(area, code, draft.at(area, code) - less)
    return draft


@kind("outstanding-loans-more", CELL, "期末笔数多计几笔", "A28", *BY_TOTAL)
def outstanding_too_many(desk: Desk) -> Draft | None:
    """Loans that are settled are still counted as outstanding, in a month in which nothing was written off."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if draft.earlier() is None or draft.at(area, "written_off_amount_mtd"):
        return None
    draft.put(area, "outstanding_loans", draft.at(area, "outstanding_loans") + desk.random.randint(2, 20))
    return draft


@kind("settled-not-reset", COLUMN, "结清笔数1月没有重新计算", "year_not_reset", "A28")
def settled_not_reset(desk: Desk) -> Draft | None:
    """In January the loans settled go on from December's, in all areas."""
    draft = desk.draft("M01", months=range(1, 2))
    before, code = draft.earlier(), "settled_loans_ytd"
    if before is None:
        return None
    for area in rows(draft):
        draft.put(area, code, draft.at(area, code) + before.at(area, code), alone=True)
    return draft


@kind("ever-loans-less", CELL, "历史累计发放笔数少于期末笔数", "A11", "A05", *BY_TOTAL)
def ever_loans_less(desk: Desk) -> Draft:
    """All loans ever made are fewer than those outstanding."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    draft.put(area, "disbursed_loans_cum", draft.at(area, "outstanding_loans") - desk.random.randint(1, 20))
    return draft


@kind("subsidy-yuan", CELL, "一格贴息按元填", "unit")
def subsidy_in_yuan(desk: Desk) -> Draft | None:
    """A subsidy is ten thousand times what it is."""
    draft = desk.statement()
    area, code = desk.random.choice(draft.counties), desk.random.choice(_SUBSIDIES)
    draft.put(area, code, draft.at(area, code) * 10_000)
    return draft


@kind("subsidy-column-yuan", COLUMN, "贴息一栏或两栏全按元填", "unit")
def subsidies_in_yuan(desk: Desk) -> Draft:
    """One or both subsidies are ten thousand times what they are, in all rows."""
    draft = desk.draft("M01", BANKS)
    codes = desk.random.choice((_SUBSIDIES[:1], _SUBSIDIES[1:], _SUBSIDIES))
    for code in codes:
        for area in [*draft.counties, *draft.inside]:
            draft.put(area, code, draft.at(area, code) * 10_000, alone=True)
        draft.put(TOTAL, code, sum(draft.at(area, code) for area in draft.counties))
    return draft


@kind("subsidy-whole-year", CELL, "2月的应贴息填了上年全年的数", "A24", "year_not_reset", *BY_TOTAL)
def subsidy_of_a_whole_year(desk: Desk) -> Draft | None:
    """In February what accrued is what accrued in all of last year."""
    draft = desk.draft("M01", months=range(2, 3))
    area, code = desk.random.choice(draft.counties), _SUBSIDIES[0]
    december = draft.earlier(2)
    if december is None or not december.at(area, code):
        return None
    draft.put(area, code, december.at(area, code))
    return draft


@kind("fund-less", CELL, "县区本年新增、代偿的补偿金比上月少", "C01-7")
def fund_less(desk: Desk) -> Draft | None:
    """What was added to the fund this year, or paid from it, is less than in last month's return."""
    draft = desk.draft("C01", months=range(2, 13))
    before, code = draft.earlier(), desk.random.choice(("fund_added_amount_ytd", "fund_compensated_amount_ytd"))
    area = draft.counties[0]
    if before is None or before.at(area, code) < 10 * draft.clean.step:
        return None
    step = draft.clean.step
    draft.put(area, code, before.at(area, code) * 4 // 5 // step * step)
    return draft


@kind("reached-fewer", CELL, "县区年内走访、评分等累计数、有意愿户数比上月少几户", "C01-7")
def reached_fewer(desk: Desk) -> Draft | None:
    """Households that were visited, scored or wanted a loan are a few fewer than in last month's return."""
    draft = desk.draft("C01", months=range(2, 13))
    codes = ("visited_households", "scored_households", "credit_households", "eligible_households")
    before, code, area = draft.earlier(), desk.random.choice(codes), draft.counties[0]
    if before is None or before.at(area, code) < 40:
        return None
    draft.put(area, code, before.at(area, code) - desk.random.randint(1, 9))
    return draft


@kind("fund-moved", CELL, "县区风险补偿金余额与新增、代偿对不上", "C01-8", "C01-6")
def fund_moved(desk: Desk) -> Draft | None:
    """The fund is more or less than what was added and paid since last month makes it, by a twentieth or more."""
    draft, code = desk.draft("C01"), "fund_balance_amount"
    area = draft.counties[0]
    if draft.earlier() is None:
        return None
    step, share = draft.clean.step, desk.random.choice((-1, 1)) * desk.random.randint(5, 60)
    draft.put(area, code, draft.at(area, code) * (100 + share) // 100 // step * step)
    return draft


@kind("fund-paid-from-nothing", CELL, "县区代偿金额由0填成很大的数", "C01-8", "C01-6")
def fund_paid(desk: Desk) -> Draft | None:
    """What was paid from the fund is far more than was ever in it, though the fund stays."""
    draft, code = desk.draft("C01"), "fund_compensated_amount_ytd"
    if draft.earlier() is None:
        return None
    area = draft.counties[0]
    draft.put(area, code, draft.at(area, "fund_balance_amount") * desk.random.randint(2, 2000))
    return draft


@kind("return-to-nought", CELL, "县区一项变成0或个位数", "C01-6", "C01-2", "C01-3", "C01-4")
def return_to_nought(desk: Desk) -> Draft | None:
    """A count of a county is nothing, or has one digit left."""
    draft = desk.draft("C01")
    codes = ("posts_village_planned", "posts_village_set_up", "credit_households", "visited_households")
    area, code, before = draft.counties[0], desk.random.choice(codes), draft.earlier()
    if before is None or before.at(area, code) < 40:
        return None
    draft.put(area, code, desk.random.choice((0, desk.random.randint(1, 9))))
    return draft
