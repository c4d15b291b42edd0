"""County returns and targets: the mirror of the banks, posts, visits, funds, projects, tasks."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Submission
from tests.sabotage.planting import CELL, COLUMN, FILE, ROW, TOTAL, Desk, Draft, kind

RETURN, TARGETS = "C01", "T01"
_MIRRORED = ("mirror_outstanding_amount", "mirror_disbursed_amount_ytd")
_INSTITUTIONS = ("rcb", "psbc", "abc")


def _mirror(desk: Desk) -> tuple[Draft, str, str, str]:
    draft = desk.draft(RETURN)
    return draft, draft.counties[0], desk.random.choice(_MIRRORED), desk.random.choice(_INSTITUTIONS)


@kind("mirror-transposed", CELL, "县区报的银行余额、发放额颠倒一位", "transposed")
def mirror_transposed(desk: Desk) -> Draft | None:
    """Two digits of what the county says of a bank are exchanged."""
    draft, area, code, bank = _mirror(desk)
    text = str(draft.at(area, code, bank) // 10_000)
    if len(text) < 3:
        return None
    at = desk.random.randrange(len(text) - 2)
    draft.put(area, code, int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]) * 10_000, bank)
    return draft


@kind("mirror-yuan", CELL, "县区报的银行余额、发放额按元填", "unit")
def mirror_in_yuan(desk: Desk) -> Draft:
    """What the county says of a bank is ten thousand times what it is."""
    draft, area, code, bank = _mirror(desk)
    draft.put(area, code, draft.at(area, code, bank) * 10_000, bank)
    return draft


@kind("mirror-last-month", ROW, "县区报的银行数是上月的", "last_months")
def mirror_of_last_month(desk: Desk) -> Draft | None:
    """All that the county says of a bank is last month's."""
    draft, area, _, bank = _mirror(desk)
    before = draft.earlier()
    if before is None:
        return None
    for code in (*_MIRRORED, "mirror_disbursed_households_ytd"):
        draft.put(area, code, before.at(area, code, bank), bank)
    return draft


@kind("mirror-exchanged", ROW, "县区把两家银行的数填反", "banks_exchanged")
def mirror_exchanged(desk: Desk) -> Draft:
    """What the county says of two banks is exchanged."""
    draft, area, _, _ = _mirror(desk)
    one, other = desk.random.sample(_INSTITUTIONS, 2)
    for code in _MIRRORED:
        values = draft.at(area, code, one), draft.at(area, code, other)
        draft.put(area, code, values[1], one)
        draft.put(area, code, values[0], other)
    return draft


@kind("mirror-amounts-exchanged", ROW, "县区把一家银行的发放额与余额填反", "columns_exchanged")
def mirror_amounts_exchanged(desk: Desk) -> Draft | None:
    """What the county says a bank has lent this year and what is owed to it stand in each other's place."""
    draft, area, _, bank = _mirror(desk)
    owed, lent = (draft.at(area, code, bank) for code in _MIRRORED)
    if owed == lent:
        return None
    for code, value in zip(_MIRRORED, (lent, owed), strict=True):
        draft.put(area, code, value, bank)
    return draft


@kind("mirror-households", CELL, "县区报的银行发放户数不符", "A17")
def mirror_households(desk: Desk) -> Draft:
    """The households lent to are off by a few."""
    draft, area, _, bank = _mirror(desk)
    code = "mirror_disbursed_households_ytd"
    draft.put(area, code, draft.at(area, code, bank) + desk.random.randint(1, 9), bank)
    return draft


def above(name: str, title: str, rule: str, *pairs: tuple[str, str], item: bool = False) -> None:
    """A kind in which what is done is more than there is."""

    @kind(name, CELL, title, rule)
    def plant(desk: Desk) -> Draft | None:
        draft = desk.draft(RETURN)
        smaller, larger = desk.random.choice(pairs)
        area, number = draft.counties[0], int(item)
        more = desk.random.randint(1, 20) * (1_000_000 if item else 1)
        draft.put(area, smaller, draft.at(area, larger, item=number) + more, item=number)
        return draft

    plant.__doc__ = f"One of {', '.join(smaller for smaller, _ in pairs)} is more than it can be."


above(
    "posts-above-plan",
    "已建网点多于计划",
    "C01-3",
    ("posts_township_set_up", "posts_township_planned"),
    ("posts_village_set_up", "posts_village_planned"),
)
above("visited-above-registered", "走访户数多于建档立卡户数", "C01-4", ("visited_households", "registered_households"))
above("scored-above-visited", "评分户数多于走访户数", "C01-4", ("scored_households", "visited_households"))
above(
    "eligible-above-registered", "有意愿户数多于建档立卡户数", "C01-2", ("eligible_households", "registered_households")
)
above(
    "invested-above-total",
    "项目已投资大于总投资",
    "C01-5",
    ("project_invested_amount", "project_total_amount"),
    item=True,
)
above(
    "loan-above-total",
    "项目贷款大于总投资",
    "C01-5",
    ("project_loan_amount", "project_total_amount"),
    item=True,
)


@kind("fund-negative", CELL, "补偿金余额填了负数", "C01-1")
def fund_negative(desk: Desk) -> Draft:
    """The compensation fund is below zero."""
    draft = desk.draft(RETURN)
    area, code = draft.counties[0], desk.random.choice(("fund_balance_amount", "fund_required_amount"))
    draft.put(area, code, -draft.at(area, code))
    return draft


@kind("fund-yuan", CELL, "县区报的补偿金按元填", "unit")
def fund_in_yuan(desk: Desk) -> Draft:
    """The fund is ten thousand times what it is."""
    draft = desk.draft(RETURN)
    area, code = draft.counties[0], desk.random.choice(("fund_balance_amount", "fund_required_amount"))
    draft.put(area, code, draft.at(area, code) * 10_000)
    return draft


@kind("fund-far", CELL, "县区报的补偿金错成好几倍", "C01-6")
def fund_far(desk: Desk) -> Draft:
    """The fund is so many times what it is that no single digit or unit explains it."""
    draft = desk.draft(RETURN)
    area, code = draft.counties[0], desk.random.choice(("fund_balance_amount", "fund_required_amount"))
    draft.put(area, code, draft.at(area, code) * desk.random.choice((4, 6, 37, 3000)))
    return draft


@kind("registered-digit-less", CELL, "县区建档立卡户数少打一位", "digit_less")
def registered_digit_less(desk: Desk) -> Draft:
    """The registered households have lost their last digit."""
    draft = desk.draft(RETURN)
    area = draft.counties[0]
    draft.put(area, "registered_households", draft.at(area, "registered_households") // 10)
    return draft


@kind("return-last-month", FILE, "县区重报了上月的报表", "last_months")
def return_of_last_month(desk: Desk) -> Draft | None:
    """All figures of a county return are last month's."""
    draft = desk.draft(RETURN)
    before = draft.earlier()
    if before is None:
        return None
    draft.seen |= {key: seen for key, seen in before.seen.items() if key in draft.seen}
    draft.whole = True
    return draft


@kind("return-blank", CELL, "县区报表必填的一格空白", "A16")
def return_blank(desk: Desk) -> Draft:
    """A required figure of a county return is blank."""
    draft = desk.draft(RETURN)
    columns = desk.history.catalog.forms[RETURN].columns
    required = [
        c.code
        for c in columns
        if c.required and not c.by_institution and (draft.counties[0], c.code, "", 0) in draft.seen
    ]
    draft.put(draft.counties[0], desk.random.choice(required), None)
    return draft


# ------------------------------------------------------------------ targets


def target(desk: Desk) -> tuple[Draft, str, str, str]:
    sent = desk.random.choice(
        [s for (form, _, year), s in desk.history.by_matter.items() if form == TARGETS and year in ("2018", "2019")]
    )
    draft = Draft(sent, desk.history, desk.random)
    code = desk.random.choice(("target_amount", "target_households"))
    return draft, desk.random.choice(draft.counties), code, desk.random.choice(_INSTITUTIONS)


def last_targets(desk: Desk, draft: Draft) -> Submission | None:
    """Those of the year before."""
    return desk.history.by_matter.get((TARGETS, draft.clean.unit, str(int(draft.clean.period) - 1)))


@kind("target-negative", CELL, "目标任务填了负数", "T01-2")
def target_negative(desk: Desk) -> Draft:
    """A target is below zero."""
    draft, area, code, bank = target(desk)
    draft.put(area, code, -draft.at(area, code, bank), bank)
    return draft


@kind("register-of-a-bank", CELL, "银行报的建档立卡户数与县区不符", "A17", "other", "wrong_digit")
def register_of_a_bank(desk: Desk) -> Draft | None:
    """A bank counts other registered households than the county and the other banks."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if not draft.has(area, "registered_households"):
        return None
    draft.put(area, "registered_households", draft.at(area, "registered_households") + desk.random.randint(1, 90))
    return draft


@kind("target-exchanged", COLUMN, "一家银行的目标金额、目标户数两栏填反", "T01-4")
def target_exchanged(desk: Desk) -> Draft:
    """A bank's amounts, as far as they are whole, and households stand in each other's column; the totals as well."""
    draft, _, _, bank = target(desk)
    for area in dict.fromkeys(key[0] for key in draft.seen):
        amount, households = (draft.at(area, f"target_{what}", bank) for what in ("amount", "households"))
        draft.put(area, "target_amount", households * 1_000_000, bank)
        draft.put(area, "target_households", round(amount / 1_000_000), bank)
    return draft


@kind("target-tenfold", CELL, "一个县区的目标多写一位", "T01-4")
def target_tenfold(desk: Desk) -> Draft:
    """A county's amount or households are ten times as many, and the total with them."""
    draft, area, code, bank = target(desk)
    value = draft.at(area, code, bank)
    for place, times in ((area, 10 * value), ("total", draft.at("total", code, bank) + 9 * value)):
        draft.put(place, code, times, bank)
    return draft


@kind("target-tenth", CELL, "一个县区的目标少写一位", "T01-4")
def target_tenth(desk: Desk) -> Draft:
    """A county's amount or households are a tenth, and the total is less by as much."""
    draft, area, code, bank = target(desk)
    value = draft.at(area, code, bank)
    less = value // 10 if code == "target_households" else value // 10 // 10_000 * 10_000
    for place, figure in ((area, less), ("total", draft.at("total", code, bank) - value + less)):
        draft.put(place, code, figure, bank)
    return draft


@kind("target-last-year", FILE, "目标任务全部照抄上年", "T01-5")
def target_of_last_year(desk: Desk) -> Draft | None:
    """All targets are last year's."""
    draft, *_ = target(desk)
    before = last_targets(desk, draft)
    if before is None:
        return None
    for seen in before.observations:
        draft.put(seen.area, seen.indicator, seen.value, seen.institution)
    return draft


@kind("target-banks-exchanged", COLUMN, "两家银行的目标互换，合计也是", "T01-6", "columns_exchanged")
def target_banks_exchanged(desk: Desk) -> Draft | None:
    """The amounts and households of two banks, one of them much larger, stand in each other's columns."""
    draft, *_ = target(desk)
    one, other = "rcb", desk.random.choice(("psbc", "abc"))
    for area in [*draft.counties, TOTAL]:
        for code in ("target_amount", "target_households"):
            values = draft.at(area, code, one), draft.at(area, code, other)
            draft.put(area, code, values[1], one, alone=True)
            draft.put(area, code, values[0], other, alone=True)
    return draft if last_targets(desk, draft) else None


@kind("target-of-another-bank", COLUMN, "一家银行的目标照抄了另一家的，合计也是", "T01-6", "other_column")
def target_of_another_bank(desk: Desk) -> Draft | None:
    """The amounts and households of a bank are another's."""
    draft, *_ = target(desk)
    source, copy = desk.random.sample(("rcb", "psbc", "abc"), 2)
    for area in [*draft.counties, TOTAL]:
        for code in ("target_amount", "target_households"):
            draft.put(area, code, draft.at(area, code, source), copy, alone=True)
    return draft if last_targets(desk, draft) else None


@kind("target-households-left-out", COLUMN, "一家银行各县区的目标户数空白，合计已填", "T01-3")
def target_households_left_out(desk: Desk) -> Draft:
    """A bank's households are blank in all counties and there in the total."""
    draft, _, _, bank = target(desk)
    for area in draft.counties:
        draft.put(area, "target_households", None, bank)
    return draft


@kind("target-yuan", COLUMN, "一家银行的目标金额全按元填", "T01-4")
def target_yuan(desk: Desk) -> Draft:
    """A bank's targets are in 元; the total as well."""
    draft, _, _, bank = target(desk)
    for area in (*draft.counties, TOTAL):
        if draft.at(area, "target_amount", bank):
            draft.put(area, "target_amount", draft.at(area, "target_amount", bank) * 10_000, bank)
    return draft


@kind("target-blank", CELL, "目标任务一格空白", "T01-1")
def target_blank(desk: Desk) -> Draft:
    """A target is blank."""
    draft, area, _, bank = target(desk)
    draft.put(area, "target_amount", None, bank)
    return draft


@kind("target-county-missing", ROW, "目标任务缺一个县区", "T01-1")
def target_missing(desk: Desk) -> Draft:
    """A county has no targets."""
    draft, area, _, _ = target(desk)
    draft.seen = {key: seen for key, seen in draft.seen.items() if key[0] != area}
    draft.also.add((area, ""))
    return draft


@kind("target-doubled", ROW, "目标任务一个县区填了两次", "T01-1")
def target_doubled(desk: Desk) -> Draft:
    """A county has its targets twice."""
    draft, area, _, _ = target(desk)
    draft.doubled = [replace(seen, cell=f"{seen.cell}9") for key, seen in draft.seen.items() if key[0] == area]
    return draft


@kind("target-digit", CELL, "目标任务户数打错一位（只能指到该栏）", "T01-3")
def target_digit(desk: Desk) -> Draft:
    """A digit of a target is another, the total is right; which county it is nobody can tell: the column is its place."""
    draft, area, _, bank = target(desk)
    draft.put(area, "target_households", draft.at(area, "target_households", bank) + 10, bank)
    draft.also.add(("", f"target_households@{bank}"))
    return draft
