"""A statement is wrong throughout: its unit, its month, its total row."""

from __future__ import annotations

from tests.sabotage.kinds_columns import rows
from tests.sabotage.planting import BANKS, FILE, SHEET, TOTAL, Desk, Draft, kind, scaled


def _scaled(desk: Desk, more: int, less: int, but: str = "") -> Draft:
    draft = desk.statement() if more > 1 else desk.draft("M01", ("psbc",))
    step = draft.clean.step
    for area in rows(draft):
        for code in draft.amounts:
            if draft.has(area, code) and area != but:
                draft.put(area, code, scaled(draft.at(area, code), more, less, step), alone=True)
    draft.whole = True
    return draft


@kind("file-yuan", FILE, "全表金额按元填，表头写万元", "unit")
def file_in_yuan(desk: Desk) -> Draft:
    """All amounts are ten thousand times what they are."""
    return _scaled(desk, 10_000, 1)


@kind("file-wan", FILE, "全表金额按万元填，表头写元", "unit")
def file_in_wan(desk: Desk) -> Draft:
    """All amounts are a ten thousandth of what they are."""
    return _scaled(desk, 1, 10_000)


@kind("file-tenfold", FILE, "全表金额大十倍（按千元填）", "unit", "digit_more")
def file_tenfold(desk: Desk) -> Draft:
    """All amounts are ten times what they are: they are in 千元."""
    return _scaled(desk, 10, 1)


@kind("file-yuan-but-total", FILE, "各县区按元填，合计是万元", "unit")
def file_in_yuan_but_total(desk: Desk) -> Draft | None:
    """All amounts but the totals are ten thousand times what they are."""
    draft = _scaled(desk, 10_000, 1, but=TOTAL)
    return draft if draft.clean.unit in BANKS else None


def _of_another_month(draft: Draft, before: Draft) -> Draft:
    for key, seen in before.seen.items():
        if key in draft.seen and draft.seen[key].cell == seen.cell:
            draft.seen[key] = seen
    draft.whole = True
    return draft


def again(name: str, title: str, back: int) -> None:
    """A kind that sends an earlier month's figures again."""

    @kind(name, FILE, title, "A18")
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        before = draft.earlier(back)
        return _of_another_month(draft, before) if before else None

    plant.__doc__ = f"All figures are those of {back} months ago."


again("file-last-month", "重报了上月的报表", 1)
again("file-two-months-ago", "重报了两个月前的报表", 2)
again("file-last-year", "重报了上年同期的报表", 12)


@kind("file-last-month-one-changed", FILE, "上月的报表只改了一两个数就报来", "A18", "last_months")
def last_month_touched(desk: Desk) -> Draft | None:
    """All figures are last month's but for two."""
    draft = desk.statement()
    before = draft.earlier()
    if before is None:
        return None
    own = {code: draft.at(draft.counties[0], code) for code in ("disbursed_amount_mtd", "repaid_amount_mtd")}
    _of_another_month(draft, before)
    for code, value in own.items():
        draft.put(draft.counties[0], code, value, alone=True)
    return draft


@kind("file-other-bank", FILE, "报成了另一家县域银行的数", "row")
def another_units_figures(desk: Desk) -> Draft | None:
    """The figures are those of another county bank, the county's name is right."""
    draft = desk.draft("M01", desk.county_banks)
    other = desk.random.choice([s for s in desk.history.of(draft.month, "M01") if s.unit in desk.county_banks])
    if other.unit == draft.clean.unit:
        return None
    theirs = {seen.indicator: seen for seen in other.observations}
    (area,) = draft.counties
    for code in draft.codes:
        if code in theirs and theirs[code].value is not None and draft.has(area, code):
            draft.put(area, code, theirs[code].value)
    draft.whole = True
    return draft


@kind("file-zero-business", FILE, "本月发生额全填0，没有声明零业务", "omitted")
def zero_business(desk: Desk) -> Draft | None:
    """All flows of the month are zero, though the year's went on."""
    draft = desk.statement()
    for area in rows(draft):
        for code in draft.codes:
            if code.endswith("_mtd") and draft.has(area, code):
                draft.put(area, code, 0, alone=True)
    draft.whole = True
    return draft


@kind("sheet-total-not-updated", SHEET, "合计行整行是上月的", "total_not_updated")
def total_row_of_last_month(desk: Desk) -> Draft | None:
    """The whole total row is last month's."""
    draft = desk.draft("M01", BANKS)
    before = draft.earlier()
    if before is None:
        return None
    for code in draft.codes:
        if draft.has(TOTAL, code) and before.has(TOTAL, code):
            draft.put(TOTAL, code, before.at(TOTAL, code))
    return draft


@kind("sheet-total-of-which", SHEET, "合计行各栏都把其中项加了进去", "of_which_added")
def total_row_with_of_which(desk: Desk) -> Draft:
    """In the whole total row the areas inside a county are added once more."""
    draft = desk.draft("M01", ("abc",))
    for code in [
        *draft.amounts,
        *(c for c in draft.codes if c.endswith(("_households", "_loans")) or "_households_" in c),
    ]:
        draft.put(TOTAL, code, draft.at(TOTAL, code) + sum(draft.at(area, code) for area in draft.inside))
    return draft


@kind("sheet-total-without-county", SHEET, "合计行各栏都漏加一个县区", "area_left_out")
def total_row_without_a_county(desk: Desk) -> Draft:
    """A county is left out of the whole total row."""
    draft = desk.draft("M01", BANKS)
    area = desk.random.choice(draft.counties)
    for code in draft.codes:
        if draft.has(TOTAL, code) and code != "weighted_average_rate":
            draft.put(TOTAL, code, draft.at(TOTAL, code) - draft.at(area, code))
    return draft
