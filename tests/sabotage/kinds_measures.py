"""One figure typed wrong that is no mere slip of digits: another span's, another month's, or what cannot be."""

from __future__ import annotations

from tests.sabotage.kinds_cells import digits, retyped, somewhere
from tests.sabotage.planting import CELL, DASH, TOTAL, Desk, Draft, kind

STEMS = ("disbursed_amount", "disbursed_loans", "repaid_amount")
RATE = "weighted_average_rate"
REQUIRED = (
    "credit_line_households", "credit_line_amount", "disbursed_loans_mtd", "disbursed_amount_ytd",
    "repaid_amount_mtd", "outstanding_households", "outstanding_amount", "pass_amount", "past_due_amount",
)  # fmt: skip
BASES = (
    ("outstanding_amount_previous_month", (2, 3)),
    ("outstanding_amount_year_start", (1, 2)),
    ("outstanding_amount_previous_year", (11, 13)),
)


def copied(name: str, title: str, cause: str, source: str, target: str) -> None:
    """A kind in which one span of a flow is typed as another."""

    @kind(name, CELL, title, cause)
    def plant(desk: Desk) -> Draft | None:
        draft, area, stem = somewhere(desk, *STEMS)
        value = draft.at(area, f"{stem}_{source}")
        if not draft.has(area, f"{stem}_{source}") or not draft.has(area, f"{stem}_{target}") or not value:
            return None
        draft.put(area, f"{stem}_{target}", value)
        return draft

    plant.__doc__ = f"The {source} figure of a flow is typed as its {target}."


copied("cell-year-as-month", "本月数一格填了本年累计", "year_as_month", "ytd", "mtd")
copied("cell-month-as-year", "本年累计一格填了本月数", "month_as_year", "mtd", "ytd")
copied("cell-ever-as-year", "本年累计一格填了历史累计", "ever_as_year", "cum", "ytd")


def last_months(name: str, title: str, *codes: str) -> None:
    """A kind in which last month's figure was left standing."""

    @kind(name, CELL, title, "last_months")
    def plant(desk: Desk) -> Draft | None:
        draft, area, code = somewhere(desk, *codes)
        before = draft.earlier()
        if before is None or not before.at(area, code) or (draft.month.month == 1 and code.endswith("_ytd")):
            return None
        draft.put(area, code, before.at(area, code))
        return draft

    plant.__doc__ = "The figure is that of last month."


last_months(
    "cell-last-month",
    "一格沿用上月的数（余额、分类、本月数）",
    "outstanding_amount",
    "pass_amount",
    "repaid_amount_mtd",
    "disbursed_amount_mtd",
)
last_months("cell-cum-not-carried", "历史累计没有加上本月", "disbursed_amount_cum", "disbursed_loans_cum")
last_months("cell-ytd-not-carried", "本年累计没有加上本月", "disbursed_amount_ytd", "repaid_amount_ytd")


@kind("cell-year-not-reset", CELL, "1月的本年累计没有清零，接着上年累计", "year_not_reset")
def year_not_reset(desk: Desk) -> Draft | None:
    """In January the year's figure goes on from December's."""
    units = desk.history.by_matter
    draft = desk.draft("M01", sorted({unit for form, unit, _ in units if form == "M01"}), [1])
    area, stem = desk.random.choice(draft.counties), desk.random.choice(STEMS)
    before = draft.earlier()
    if before is None or not draft.has(area, f"{stem}_ytd"):
        return None
    draft.put(area, f"{stem}_ytd", before.at(area, f"{stem}_ytd") + draft.at(area, f"{stem}_ytd"))
    return draft


@kind("cell-count-for-amount", CELL, "金额一格填了笔数或户数", "other_column")
def count_for_amount(desk: Desk) -> Draft | None:
    """The number of loans stands where the amount belongs."""
    draft, area, span = somewhere(desk, "_mtd", "_ytd", "_cum")
    count = draft.at(area, f"disbursed_loans{span}") or draft.at(area, f"disbursed_households{span}")
    if count < 5:
        return None
    draft.put(area, f"disbursed_amount{span}", count * draft.unit_factor)
    return draft


@kind("cell-zero", CELL, "该填的金额填了0", "omitted")
def zeroed(desk: Desk) -> Draft | None:
    """An amount in an equation is typed as zero."""
    draft, area, code = somewhere(desk)
    draft.put(area, code, 0)
    return draft


@kind("cell-random", CELL, "一格金额整个填错（与原数无关）", "other", "wrong_digit")
def anything(desk: Desk) -> Draft | None:
    """An amount in an equation is any other between half and twice the true one."""
    draft, area, code = somewhere(desk)
    value = int(draft.at(area, code) * desk.random.uniform(0.5, 2)) // draft.clean.step * draft.clean.step
    if abs(value - draft.at(area, code)) < 20 * draft.clean.step:
        return None
    draft.put(area, code, value)
    return draft


@kind("cell-blank", CELL, "必填的一格空白", "A16")
def blank(desk: Desk) -> Draft | None:
    """A required figure is left blank."""
    draft, area, code = somewhere(desk, *REQUIRED)
    draft.put(area, code, None)
    return draft


@kind("cell-dash", CELL, "必填的一格填了横线", "A16")
def dash(desk: Desk) -> Draft | None:
    """A required figure is a dash."""
    draft, area, code = somewhere(desk, *REQUIRED)
    draft.put(area, code, DASH)
    return draft


# ------------------------------------------------------------------ counts


@kind("count-loans-digit", CELL, "发放笔数打错、颠倒一位", "transposed", "wrong_digit", "other")
def loans_digit(desk: Desk) -> Draft | None:
    """A digit of the loans disbursed this year or ever is another."""
    draft, area, code = somewhere(desk, "disbursed_loans_ytd", "disbursed_loans_cum")
    if not draft.has(area, code) or len(text := digits(draft, area, code)) < 2:
        return None
    at = desk.random.randrange(len(text))
    return retyped(draft, area, code, text[:at] + desk.random.choice("123456789") + text[at + 1 :])


@kind("count-households-above-loans", CELL, "户数多于笔数", "A09", "A06")
def households_above_loans(desk: Desk) -> Draft | None:
    """Households are more than loans."""
    draft, area, stem = somewhere(desk, "outstanding_{}", "disbursed_{}_mtd", "past_due_{}", "disbursed_{}_cum")
    loans, households = stem.format("loans"), stem.format("households")
    if not draft.at(area, loans):
        return None
    draft.put(area, households, draft.at(area, loans) + desk.random.randint(1, 9))
    return draft


@kind("count-zero-loans", CELL, "有户数、有金额而笔数为0", "A09", "omitted")
def zero_loans(desk: Desk) -> Draft | None:
    """Loans are zero though households and an amount are there."""
    draft, area, code = somewhere(desk, "outstanding_loans", "disbursed_loans_ytd", "past_due_loans")
    draft.put(area, code, 0)
    return draft


@kind("count-cum-households-less", CELL, "累计发放户数比上月少", "A06")
def fewer_households(desk: Desk) -> Draft | None:
    """Households ever lent to are fewer than last month."""
    draft, area, code = somewhere(desk, "disbursed_households_cum", "disbursed_households_ytd")
    before = draft.earlier()
    if before is None or (draft.month.month == 1 and code.endswith("ytd")) or before.at(area, code) < 10:
        return None
    draft.put(area, code, before.at(area, code) - desk.random.randint(1, 5))
    return draft


@kind("count-cum-households-more", CELL, "累计发放户数增加得比本月发放户数多", "A06")
def more_households(desk: Desk) -> Draft | None:
    """Households ever lent to have grown by more than lent to this month, yet are no more than the loans."""
    draft, area, code = somewhere(desk, "disbursed_households_cum", "disbursed_households_ytd")
    before, span = draft.earlier(), code[-3:]
    if before is None or draft.month.month == 1 or not draft.has(area, f"disbursed_loans_{span}"):
        return None
    most = before.at(area, code) + draft.at(area, "disbursed_households_mtd")
    if most >= draft.at(area, f"disbursed_loans_{span}"):
        return None
    draft.put(area, code, desk.random.randint(most + 1, draft.at(area, f"disbursed_loans_{span}")))
    return draft


@kind(
    "count-rated-digit",
    CELL,
    "单县报表中评级户数打错一位",
    unknowable="评级户数不在任何关系式内，变动本无规律，错得不大时与真实变动无从区分；措施表写了的，也不知是哪一方错",
)
def rated_digit(desk: Desk) -> Draft | None:
    """The last digit but one of the households rated is another, in a file without a total."""
    draft = desk.draft("M01", desk.county_banks)
    text = digits(draft, area := draft.counties[0], "rated_households")
    return retyped(draft, area, "rated_households", text[:-2] + desk.random.choice("0123456789") + text[-1])


# ------------------------------------------------------------------ quality, rates, bases


@kind("grade-moved", CELL, "五级分类一类填错，相加不等于余额", "other", "wrong_digit", "A08")
def grade_off(desk: Desk) -> Draft | None:
    """A grade is off by a few 万元."""
    draft, area, code = somewhere(
        desk, "special_mention_amount", "substandard_amount", "doubtful_amount", "loss_amount"
    )
    draft.put(area, code, draft.at(area, code) + desk.random.randint(2, 30) * 1_000_000)
    return draft


@kind("npl-off", CELL, "不良余额不等于次级、可疑、损失之和", "other", "wrong_digit", "A08")
def npl_off(desk: Desk) -> Draft | None:
    """The typed NPL figure is off."""
    draft, area, _ = somewhere(desk)
    draft.put(area, "npl_amount", draft.at(area, "npl_amount") + desk.random.randint(1, 9) * 1_000_000)
    return draft


@kind("past-due-above", CELL, "逾期余额大于期末余额", "A08")
def past_due_above(desk: Desk) -> Draft | None:
    """More is past due than outstanding."""
    draft, area, _ = somewhere(desk)
    if not draft.at(area, "past_due_loans"):
        return None
    draft.put(area, "past_due_amount", draft.at(area, "outstanding_amount") + desk.random.randint(1, 90) * 1_000_000)
    return draft


@kind("credit-line-below", CELL, "授信金额小于余额", "A12", "A15")
def line_below(desk: Desk) -> Draft | None:
    """The credit lines are less than what is outstanding."""
    draft, area, _ = somewhere(desk)
    draft.put(area, "credit_line_amount", draft.at(area, "outstanding_amount") * 4 // 5 // 10_000 * 10_000)
    return draft


def rate_kind(name: str, title: str, numerator: int, denominator: int) -> None:
    """A kind that types a rate in another measure."""

    @kind(name, CELL, title, "A14")
    def plant(desk: Desk) -> Draft | None:
        draft, area, _ = somewhere(desk)
        if not draft.has(area, RATE):
            return None
        step = 100 if draft.clean.unit == "psbc" else 10_000
        draft.put(area, RATE, draft.at(area, RATE) * numerator // denominator // step * step, alone=True)
        return draft

    plant.__doc__ = f"The yearly rate is multiplied by {numerator}/{denominator}."


rate_kind("rate-fraction", "利率填成小数（0.0435）", 1, 100)
rate_kind("rate-per-mille", "利率填成千分数（43.5）", 10, 1)
rate_kind("rate-monthly", "利率填成月息（‰）", 10, 12)
rate_kind("rate-hundredfold", "利率多乘了一百", 100, 1)


@kind("rate-blank", CELL, "本年有发放而利率空白", "A16")
def rate_blank(desk: Desk) -> Draft | None:
    """The rate is blank though something was lent this year."""
    draft, area, _ = somewhere(desk)
    if not draft.at(area, "disbursed_amount_ytd"):
        return None
    draft.put(area, RATE, None)
    return draft


@kind("base-other-month", CELL, "对比基数填了别的月份的余额", "A07", "other_month")
def base_of_another_month(desk: Desk) -> Draft | None:
    """A typed base is the outstanding amount of another month."""
    draft, area, _ = somewhere(desk)
    code, backs = desk.random.choice(BASES)
    before = draft.earlier(desk.random.choice(backs))
    if before is None or abs(before.at(area, "outstanding_amount") - draft.at(area, code)) < 20 * draft.clean.step:
        return None
    draft.put(area, code, before.at(area, "outstanding_amount"))
    return draft


# ------------------------------------------------------------------ the balance


def _shift_balance(draft: Draft, area: str, amount: int) -> None:
    """The balance and its best grade differ, as if all of it were so."""
    for code in ("outstanding_amount", "pass_amount"):
        draft.put(area, code, draft.at(area, code) + amount)


@kind("other-change-forgotten", CELL, "有划入划出，余额变了，其他变动漏填", "A02")
def other_change_forgotten(desk: Desk) -> Draft | None:
    """Loans came in from elsewhere: the balance and its grades say so, the other change does not."""
    draft, area, _ = somewhere(desk)
    draft.follows = True
    _shift_balance(draft, area, desk.random.randint(5, 40) * 1_000_000)
    draft.also |= {(area, "other_change_amount_mtd"), (area, "other_change_amount_ytd")}
    return draft


@kind("write-off-forgotten", CELL, "核销了，余额没有减去", "flow_left_out")
def write_off_forgotten(desk: Desk) -> Draft | None:
    """What was written off is still in the balance and in its grades."""
    draft, area, _ = somewhere(desk)
    written_off = draft.at(area, "written_off_amount_mtd")
    if not written_off:
        return None
    _shift_balance(draft, area, written_off)
    return draft


@kind("repaid-forgotten", CELL, "收回了，余额没有减去", "flow_left_out")
def repayment_forgotten(desk: Desk) -> Draft | None:
    """What was repaid this month is still in the balance and in its grades."""
    draft, area, _ = somewhere(desk)
    _shift_balance(draft, area, draft.at(area, "repaid_amount_mtd"))
    return draft


# ------------------------------------------------------------------ totals


def total_kind(name: str, title: str, *causes: str) -> object:
    """Registers a kind at a typed total."""
    return kind(name, CELL, title, *causes)


@total_kind("total-not-updated", "合计一格没有随之更新", "total_not_updated")
def total_not_updated(desk: Desk) -> Draft | None:
    """A typed total is last month's."""
    draft = desk.draft("M01", ("abc", "psbc"))
    code = desk.random.choice(
        ("outstanding_amount", "disbursed_amount_cum", "disbursed_loans_cum", "credit_line_amount", "pass_amount")
    )
    before = draft.earlier()
    if before is None:
        return None
    draft.put(TOTAL, code, before.at(TOTAL, code))
    return draft


@total_kind("total-of-which", "合计把其中项加了进去", "of_which_added")
def total_with_of_which(desk: Desk) -> Draft | None:
    """Areas inside a county are added to the total as if they were counties."""
    draft = desk.draft("M01", ("abc",))
    code = desk.random.choice(
        ("outstanding_amount", "disbursed_amount_ytd", "outstanding_households", "credit_line_amount")
    )
    inside = draft.inside if desk.random.random() < 0.7 else [desk.random.choice(draft.inside)]
    surplus = sum(draft.at(area, code) for area in inside)
    if surplus < 50 * (draft.clean.step if code in draft.amounts else 0):
        return None
    draft.put(TOTAL, code, draft.at(TOTAL, code) + surplus)
    return draft


@total_kind("total-without-county", "合计漏加了一个县区", "area_left_out", "other")
def total_without_a_county(desk: Desk) -> Draft | None:
    """A county is left out of a total."""
    draft = desk.draft("M01", ("abc", "psbc"))
    code = desk.random.choice(
        ("outstanding_amount", "disbursed_amount_ytd", "outstanding_households", "repaid_amount_mtd")
    )
    missing = draft.at(desk.random.choice(draft.counties), code)
    if missing < 50 * (draft.clean.step if code in draft.amounts else 0):
        return None
    draft.put(TOTAL, code, draft.at(TOTAL, code) - missing)
    return draft


@total_kind("total-digit", "合计打错一位、颠倒一位", "transposed", "wrong_digit", "other", "digit_more", "digit_less")
def total_digit(desk: Desk) -> Draft | None:
    """A digit of a typed total is another."""
    draft = desk.draft("M01", ("abc", "psbc"))
    code = desk.random.choice(("outstanding_amount", "disbursed_amount_cum", "rated_households", "pass_amount"))
    text = digits(draft, TOTAL, code)
    at = desk.random.randrange(len(text) - 1)
    return retyped(draft, TOTAL, code, text[:at] + desk.random.choice("123456789") + text[at + 1 :])
