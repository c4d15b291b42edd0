"""A whole column is wrong."""

from __future__ import annotations

from tests.sabotage.planting import BANKS, COLUMN, TOTAL, Desk, Draft, kind, scaled

_AMOUNTS = (
    "disbursed_amount_mtd",
    "disbursed_amount_ytd",
    "outstanding_amount",
    "repaid_amount_ytd",
    "disbursed_amount_cum",
)
_PAIRS = (
    ("disbursed_amount_mtd", "repaid_amount_mtd"),
    ("disbursed_amount_ytd", "repaid_amount_ytd"),
    ("disbursed_amount_ytd", "disbursed_amount_cum"),
    ("disbursed_loans_mtd", "disbursed_loans_ytd"),
    ("substandard_amount", "special_mention_amount"),
    ("outstanding_amount", "outstanding_amount_previous_month"),
)


def rows(draft: Draft) -> list[str]:
    """All rows of the sheet, its total too."""
    return list(dict.fromkeys(key[0] for key in draft.seen))


def _set(draft: Draft, code: str, source: Draft, other: str) -> Draft:
    values = {area: source.at(area, other) for area in rows(draft)}
    for area, value in values.items():
        if draft.has(area, code):
            draft.put(area, code, value, alone=True)
    return draft


def _scaled(desk: Desk, more: int, less: int) -> Draft:
    units = BANKS if more > 1 else ("psbc",)
    draft, code = desk.draft("M01", units), desk.random.choice(_AMOUNTS)
    step = draft.clean.step
    for area in rows(draft):
        draft.put(area, code, scaled(draft.at(area, code), more, less, step), alone=True)
    return draft


@kind("column-yuan", COLUMN, "一栏金额全按元填", "unit")
def column_in_yuan(desk: Desk) -> Draft:
    """An amount is ten thousand times what it is, in all counties."""
    return _scaled(desk, 10_000, 1)


@kind("column-wan", COLUMN, "一栏金额全按万元填在元表里", "unit")
def column_in_wan(desk: Desk) -> Draft:
    """An amount is a ten thousandth of what it is, in all counties."""
    return _scaled(desk, 1, 10_000)


@kind("column-exchanged", COLUMN, "两栏互换", "columns_exchanged")
def columns_exchanged(desk: Desk) -> Draft | None:
    """Two columns have each other's figures, in all rows."""
    draft = desk.draft("M01", BANKS)
    one, other = desk.random.choice(_PAIRS)
    if draft.month.month == 1 and "_mtd" in one and "_ytd" in other:
        return None
    values = {(area, code): draft.at(area, code) for area in rows(draft) for code in (one, other)}
    for area in rows(draft):
        draft.put(area, one, values[area, other], alone=True)
        draft.put(area, other, values[area, one], alone=True)
    return draft


@kind("column-exchanged-row", COLUMN, "一个县区两栏互换", "columns_exchanged")
def columns_of_a_row(desk: Desk) -> Draft | None:
    """A county has two columns exchanged."""
    draft = desk.statement()
    area, (one, other) = desk.random.choice(draft.counties), desk.random.choice(_PAIRS)
    values = draft.at(area, one), draft.at(area, other)
    if abs(values[0] - values[1]) < 50 * draft.clean.step or not all(values):
        return None
    draft.put(area, one, values[1])
    draft.put(area, other, values[0])
    return draft


@kind("column-last-month", COLUMN, "一栏沿用上月", "last_months")
def column_of_last_month(desk: Desk) -> Draft | None:
    """A column is last month's, its total too."""
    draft = desk.draft("M01", BANKS)
    before, code = (
        draft.earlier(),
        desk.random.choice(("outstanding_amount", "disbursed_amount_cum", "repaid_amount_mtd")),
    )
    return _set(draft, code, before, code) if before else None


@kind("column-last-year", COLUMN, "一栏填了上年同期的数", "other_month", "other")
def column_of_last_year(desk: Desk) -> Draft | None:
    """A column is that of the same month last year, its total too."""
    draft = desk.draft("M01", BANKS)
    before, code = (
        draft.earlier(12),
        desk.random.choice(("disbursed_amount_ytd", "outstanding_amount", "repaid_amount_ytd")),
    )
    return _set(draft, code, before, code) if before else None


def spans(name: str, title: str, cause: str, source: str, target: str) -> None:
    """A kind that types one span of a flow as another, in all rows."""

    @kind(name, COLUMN, title, cause)
    def plant(desk: Desk) -> Draft | None:
        draft, stem = desk.draft("M01", BANKS, range(3, 13)), desk.random.choice(("disbursed_amount", "repaid_amount"))
        return _set(draft, f"{stem}_{target}", draft, f"{stem}_{source}")

    plant.__doc__ = f"The {source} figures of a flow are typed as its {target} in all rows."


spans("column-year-as-month", "本月一栏全填了本年累计", "year_as_month", "ytd", "mtd")
spans("column-month-as-year", "本年累计一栏全填了本月数", "month_as_year", "mtd", "ytd")


@kind("column-year-not-reset", COLUMN, "1月本年累计一栏没有清零", "year_not_reset")
def year_not_reset(desk: Desk) -> Draft | None:
    """In January a column of the year goes on from December's, in all rows."""
    draft, code = desk.draft("M01", BANKS, [1]), desk.random.choice(("disbursed_amount_ytd", "repaid_amount_ytd"))
    before = draft.earlier()
    if before is None:
        return None
    for area in rows(draft):
        draft.put(area, code, draft.at(area, code) + before.at(area, code), alone=True)
    return draft


@kind("column-blank", COLUMN, "必填的一栏空白", "A16")
def column_blank(desk: Desk) -> Draft:
    """A required column is blank."""
    draft, code = (
        desk.draft("M01", BANKS),
        desk.random.choice(("outstanding_amount", "credit_line_households", "past_due_amount")),
    )
    for area in rows(draft):
        draft.put(area, code, None, alone=True)
    draft.also.add(("", code))
    return draft


@kind("column-missing", COLUMN, "缺少必填的一栏", "A16")
def column_missing(desk: Desk) -> Draft:
    """A required column is not there."""
    draft, code = (
        desk.statement(),
        desk.random.choice(("pass_amount", "credit_line_households", "past_due_amount", "repaid_amount_mtd")),
    )
    draft.seen = {key: seen for key, seen in draft.seen.items() if key[1] != code}
    draft.also.add(("", code))
    return draft


@kind("column-loans-households", COLUMN, "笔数、户数两栏互换", "columns_exchanged")
def loans_and_households(desk: Desk) -> Draft | None:
    """Loans and households outstanding are exchanged, in all rows."""
    draft = desk.draft("M01", BANKS)
    for area in rows(draft):
        loans, households = draft.at(area, "outstanding_loans"), draft.at(area, "outstanding_households")
        draft.put(area, "outstanding_loans", households, alone=True)
        draft.put(area, "outstanding_households", loans, alone=True)
    return draft


@kind("column-total-swapped", COLUMN, "两栏的合计互换", "columns_exchanged")
def totals_exchanged(desk: Desk) -> Draft:
    """The totals of two columns are exchanged, the counties' are right."""
    draft, (one, other) = desk.draft("M01", BANKS), desk.random.choice(_PAIRS)
    values = draft.at(TOTAL, one), draft.at(TOTAL, other)
    draft.put(TOTAL, one, values[1])
    draft.put(TOTAL, other, values[0])
    return draft
