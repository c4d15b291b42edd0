"""Several columns went wrong together, or a row or file throughout."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.validate.rules.grades import GRADES
from tests.sabotage.kinds_columns import rows
from tests.sabotage.planting import BANKS, COLUMN, FILE, MONTH, ROW, SHEET, TOTAL, Desk, Draft, kind

_LENT = ("disbursed_loans", "disbursed_households", "disbursed_amount")
_FLOWS = (*_LENT, "repaid_amount", "written_off_amount")
_SPANS = ("mtd", "ytd", "cum")


def _put(draft: Draft, area: str, code: str, value: int) -> None:
    if draft.has(area, code):
        draft.put(area, code, value, alone=True)


def _exchanged(draft: Draft, areas: Sequence[str], one: str, other: str, stems: Sequence[str] = _LENT) -> Draft:
    for area in areas:
        for stem in stems:
            values = draft.at(area, f"{stem}_{one}"), draft.at(area, f"{stem}_{other}")
            _put(draft, area, f"{stem}_{one}", values[1])
            _put(draft, area, f"{stem}_{other}", values[0])
    return draft


def exchanges(name: str, title: str, one: str, other: str) -> None:
    """A kind that exchanges all that is told of lending in two spans, in all rows."""

    @kind(name, COLUMN, title, "columns_exchanged")
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        return _exchanged(draft, rows(draft), one, other) if draft.month.month > 2 else None

    plant.__doc__ = f"Loans, households and money of {one} stand under {other} and the reverse, in all rows."


exchanges("block-month-year", "发放的本月、本年累计两块互换", "mtd", "ytd")
exchanges("block-year-ever", "发放的本年累计、历史累计两块互换", "ytd", "cum")


@kind("block-exchanged-row", ROW, "一个县区发放、收回的本月与本年累计互换", "columns_exchanged")
def block_of_a_row(desk: Desk) -> Draft | None:
    """A county has the month's and the year's flows exchanged."""
    draft = desk.draft("M01", BANKS, range(3, 13))
    return _exchanged(draft, [desk.random.choice(draft.counties)], "mtd", "ytd", (*_LENT, "repaid_amount"))


@kind("block-month-is-year", COLUMN, "发放、收回的本月各栏全填了本年累计", "year_as_month")
def month_is_year(desk: Desk) -> Draft | None:
    """All flows of the month are the year's."""
    draft = desk.statement()
    if draft.month.month < 3:
        return None
    for area in rows(draft):
        for stem in (*_LENT, "repaid_amount"):
            _put(draft, area, f"{stem}_mtd", draft.at(area, f"{stem}_ytd"))
    return draft


def _of_last_month(desk: Desk, spans: Sequence[str], months: Sequence[int]) -> Draft | None:
    draft = desk.statement()
    before = draft.earlier()
    if before is None or draft.month.month not in months:
        return None
    for code in (f"{stem}_{span}" for stem in _FLOWS for span in spans):
        for area in rows(draft):
            if before.has(area, code):
                _put(draft, area, code, before.at(area, code))
    return draft


@kind("block-year-old", COLUMN, "发放、收回、核销的本年累计各栏沿用上月", "last_months")
def year_of_last_month(desk: Desk) -> Draft | None:
    """All flows of the year are last month's."""
    return _of_last_month(desk, ("ytd",), range(2, 13))


@kind("block-flows-old", COLUMN, "发生额各栏全是上月的，余额是新的", "last_months")
def flows_of_last_month(desk: Desk) -> Draft | None:
    """All flows are last month's, of the month, the year and all time; balances are new."""
    return _of_last_month(desk, _SPANS, range(2, 13))


@kind("block-year-not-reset", MONTH, "1月的本年累计各栏都没有清零", "year_not_reset")
def block_not_reset(desk: Desk) -> Draft | None:
    """In January all flows of the year go on from December's."""
    draft = desk.draft("M01", (*BANKS, *desk.county_banks), [1])
    before = draft.earlier()
    if before is None:
        return None
    for area in rows(draft):
        for stem in _FLOWS:
            _put(draft, area, f"{stem}_ytd", before.at(area, f"{stem}_ytd") + draft.at(area, f"{stem}_mtd"))
    return draft


def _copied(desk: Desk, source: str | None) -> Draft:
    draft = desk.draft("M01", BANKS)
    number = desk.random.randrange(1, len(draft.counties))
    area, source = draft.counties[number], source or draft.counties[number - 1]
    for code in draft.codes:
        if draft.has(source, code):
            _put(draft, area, code, draft.at(source, code))
    return draft


@kind("row-copied-down", ROW, "一个县区整行照抄了上一县区", "other_area")
def row_copied_down(desk: Desk) -> Draft:
    """A county's row is the one above it again."""
    return _copied(desk, None)


@kind("row-of-total", ROW, "一个县区的行填了合计", "other_area")
def row_of_total(desk: Desk) -> Draft:
    """A county's row is the total."""
    return _copied(desk, TOTAL)


@kind("row-negative", ROW, "一个县区的金额全打了负号", "sign")
def row_negative(desk: Desk) -> Draft:
    """All amounts of a county are below zero."""
    draft = desk.draft("M01", BANKS)
    area = desk.random.choice(draft.counties)
    for code in draft.amounts:
        if draft.has(area, code) and draft.at(area, code):
            draft.put(area, code, -draft.at(area, code))
    return draft


@kind("file-hundredfold", FILE, "全表金额漏打小数点（大一百倍）", "point")
def file_hundredfold(desk: Desk) -> Draft:
    """All amounts are a hundred times what they are."""
    draft = desk.statement()
    draft.whole = True
    for area in rows(draft):
        for code in draft.amounts:
            _put(draft, area, code, 100 * draft.at(area, code))
    return draft


# ------------------------------------------------------------------ grades in the wrong unit


def _grades_in_yuan(draft: Draft, areas: Sequence[str], codes: Sequence[str], *, alone: bool) -> Draft:
    for area in areas:
        for code in codes:
            if draft.has(area, code):
                draft.put(area, code, draft.at(area, code) * 10_000, alone=alone)
    return draft


@kind("grades-yuan", ROW, "一个县区的五级分类按元填", "unit")
def grades_in_yuan(desk: Desk) -> Draft:
    """The five grades of a county are ten thousand times what they are, the sum of the bad ones too or not."""
    draft = desk.statement()
    codes = (*GRADES, "npl_amount") if desk.random.random() < 0.5 else GRADES
    return _grades_in_yuan(draft, [desk.random.choice(draft.counties)], codes, alone=False)


@kind("grades-yuan-all", SHEET, "五级分类各栏全按元填", "unit")
def all_grades_in_yuan(desk: Desk) -> Draft:
    """The five grades of all counties are ten thousand times what they are, in the total too."""
    draft = desk.draft("M01", BANKS)
    return _grades_in_yuan(draft, rows(draft), GRADES, alone=True)


# ------------------------------------------------------------------ grades in each other's columns


def _tells(draft: Draft, before: Draft | None, area: str, one: str, other: str) -> bool:
    """Whether last month's grades of an area were far from each other, and each about what it is now.

    Where they are not, loans have moved from grade to grade, and nobody knows which figure stands where.
    """
    if before is None:
        return False
    less, more = sorted((before.at(area, one), before.at(area, other)))
    is_steady = all(
        10 * abs(draft.at(area, code) - before.at(area, code)) <= before.at(area, code) for code in (one, other)
    )
    return less > 0 and more >= 5 * less and is_steady


def _grades_exchanged(draft: Draft, areas: Sequence[str], one: str, other: str, *, alone: bool) -> Draft:
    for area in areas:
        values = draft.at(area, one), draft.at(area, other)
        draft.put(area, one, values[1], alone=alone)
        draft.put(area, other, values[0], alone=alone)
    return draft


def grades_exchanged(name: str, title: str, one: str, *others: str) -> None:
    """Two kinds: two grades of one sum stand in each other's place, in all rows and in one."""

    @kind(name, COLUMN, f"{title}两栏互换", "columns_exchanged")
    def all_rows(desk: Desk) -> Draft | None:
        draft, other = desk.statement(), desk.random.choice(others)
        known = any(_tells(draft, draft.earlier(), area, one, other) for area in draft.counties)
        return _grades_exchanged(draft, rows(draft), one, other, alone=True) if known else None

    @kind(f"{name}-row", ROW, f"一个县区{title}两栏互换", "columns_exchanged")
    def one_row(desk: Desk) -> Draft | None:
        draft, other = desk.statement(), desk.random.choice(others)
        area = desk.random.choice(draft.counties)
        known = _tells(draft, draft.earlier(), area, one, other)
        return _grades_exchanged(draft, [area], one, other, alone=False) if known else None

    all_rows.__doc__ = f"{one} and {' or '.join(others)} are exchanged in all rows."
    one_row.__doc__ = f"{one} and {' or '.join(others)} are exchanged in a county."


grades_exchanged("grades-pass-special", "正常、关注", "pass_amount", "special_mention_amount")
grades_exchanged("grades-bad", "次级与可疑、损失", "substandard_amount", "doubtful_amount", "loss_amount")
