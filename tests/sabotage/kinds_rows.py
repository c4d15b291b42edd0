"""A county's whole row is wrong."""

from __future__ import annotations

from dataclasses import replace

from pipeline.validate.building import UNKNOWN_AREA
from tests.sabotage.planting import BANKS, ROW, Desk, Draft, key_of, kind, scaled

_FLOWS = ("disbursed_loans", "disbursed_households", "disbursed_amount", "repaid_amount")


def any_row(desk: Desk) -> tuple[Draft, str]:
    """A row of a city bank's statement."""
    draft = desk.draft("M01", BANKS)
    return draft, desk.random.choice(draft.counties)


def _scaled(desk: Desk, more: int, less: int) -> Draft:
    draft = desk.draft("M01", BANKS if more > 1 else ("psbc",))
    area, step = desk.random.choice(draft.counties), draft.clean.step
    for code in draft.amounts:
        if draft.has(area, code):
            draft.put(area, code, scaled(draft.at(area, code), more, less, step))
    return draft


@kind("row-yuan", ROW, "一个县区的金额全按元填", "unit")
def row_in_yuan(desk: Desk) -> Draft:
    """All amounts of a county are ten thousand times what they are."""
    return _scaled(desk, 10_000, 1)


@kind("row-wan", ROW, "一个县区的金额全按万元填在元表里", "unit")
def row_in_wan(desk: Desk) -> Draft:
    """All amounts of a county are a ten thousandth of what they are."""
    return _scaled(desk, 1, 10_000)


def _moved(draft: Draft, areas: list[str], sources: list[str], codes: list[str]) -> None:
    before = {(area, code): draft.at(area, code) for area in sources for code in codes}
    blanks = {(area, code) for area in sources for code in codes if not draft.has(area, code)}
    for area, source in zip(areas, sources, strict=True):
        for code in codes:
            draft.put(area, code, None if (source, code) in blanks else before[source, code], alone=True)


@kind("row-exchanged", ROW, "两个县区整行互换", "areas_exchanged")
def rows_exchanged(desk: Desk) -> Draft:
    """Two counties have each other's figures."""
    draft = desk.draft("M01", BANKS)
    one, other = desk.random.sample(draft.counties, 2)
    _moved(draft, [one, other], [other, one], draft.codes)
    return draft


@kind("row-exchanged-column", ROW, "两个县区一栏互换", "areas_exchanged")
def one_column_of_two_rows(desk: Desk) -> Draft | None:
    """Two counties have each other's figure in one column."""
    draft = desk.draft("M01", BANKS)
    one, other = desk.random.sample(draft.counties, 2)
    code = desk.random.choice(
        ("outstanding_amount", "disbursed_amount_ytd", "disbursed_amount_cum", "repaid_amount_mtd", "pass_amount")
    )
    if abs(draft.at(one, code) - draft.at(other, code)) < 50 * draft.clean.step:
        return None
    _moved(draft, [one, other], [other, one], [code])
    return draft


@kind("row-exchanged-count", ROW, "两个县区一栏户数互换，不在任何等式内", "areas_exchanged")
def one_count_of_two_rows(desk: Desk) -> Draft | None:
    """Two counties have each other's households, owing or with a credit line: one has more than loans, or than lines."""
    draft = desk.draft("M01", BANKS)
    one, other = desk.random.sample(draft.counties, 2)
    code, above = desk.random.choice(
        (("outstanding_households", "outstanding_loans"), ("credit_line_households", "rated_households"))
    )
    if draft.at(one, code) * 10 < draft.at(other, code) * 13 or draft.at(one, code) <= draft.at(other, above):
        return None
    _moved(draft, [one, other], [other, one], [code])
    return draft


@kind("row-shifted", ROW, "连续几个县区错了一行", "row_shifted")
def rows_shifted(desk: Desk) -> Draft:
    """Three counties or more each have the figures of the one above, the first those of the last."""
    draft = desk.draft("M01", BANKS)
    length = desk.random.randint(3, len(draft.counties))
    start = desk.random.randint(0, len(draft.counties) - length)
    block = draft.counties[start : start + length]
    _moved(draft, block, [block[-1], *block[:-1]], draft.codes)
    return draft


@kind("row-shifted-column", ROW, "一栏里连续几个县区错了一行", "row_shifted")
def one_column_shifted(desk: Desk) -> Draft:
    """The same in one column only."""
    draft = desk.draft("M01", BANKS)
    length = desk.random.randint(3, len(draft.counties))
    start = desk.random.randint(0, len(draft.counties) - length)
    block = draft.counties[start : start + length]
    code = desk.random.choice(
        ("outstanding_amount", "disbursed_amount_ytd", "disbursed_amount_cum", "repaid_amount_mtd")
    )
    _moved(draft, block, [*block[1:], block[0]], [code])
    return draft


@kind("row-last-month", ROW, "一个县区整行沿用上月", "last_months")
def row_of_last_month(desk: Desk) -> Draft | None:
    """All figures of a county are last month's."""
    draft, area = any_row(desk)
    before = draft.earlier()
    if before is None or draft.month.month == 1:
        return None
    for code in draft.codes:
        if before.has(area, code) and draft.has(area, code):
            draft.put(area, code, before.at(area, code))
    return draft


@kind("row-year-as-month", ROW, "一个县区的本月数全填了本年累计", "year_as_month")
def row_of_years(desk: Desk) -> Draft | None:
    """All flows of the month are those of the year so far."""
    draft, area = any_row(desk)
    if draft.month.month < 3:
        return None
    for stem in _FLOWS:
        draft.put(area, f"{stem}_mtd", draft.at(area, f"{stem}_ytd"))
    return draft


@kind("row-missing", ROW, "漏报一个县区", "A16")
def row_missing(desk: Desk) -> Draft:
    """A county has no row."""
    draft, area = any_row(desk)
    draft.seen = {key: seen for key, seen in draft.seen.items() if key[0] != area}
    draft.also.add((area, ""))
    return draft


@kind("row-doubled", ROW, "一个县区报了两次", "A16")
def row_doubled(desk: Desk) -> Draft:
    """A county has two rows, the second below the table."""
    draft, area = any_row(desk)
    draft.doubled = [replace(seen, cell=f"{seen.cell}9") for key, seen in draft.seen.items() if key[0] == area]
    return draft


@kind("row-blank", ROW, "一个县区整行空白", "A16")
def row_blank(desk: Desk) -> Draft:
    """All figures of a county are blank."""
    draft, area = any_row(desk)
    for code in draft.codes:
        if (area, code, "", 0) in draft.seen:
            draft.put(area, code, None)
    return draft


@kind("row-zero", ROW, "一个县区各栏全填0", "omitted")
def row_zero(desk: Desk) -> Draft:
    """All figures of a county are zero."""
    draft, area = any_row(desk)
    for code in draft.codes:
        if draft.has(area, code):
            draft.put(area, code, 0)
    return draft


def _renamed(draft: Draft, area: str, name: str) -> Draft:
    named = {key: seen for key, seen in draft.seen.items() if key[0] == area}
    draft.seen = {key: seen for key, seen in draft.seen.items() if key not in named}
    for seen in (replace(seen, area=name) for seen in named.values()):
        draft.seen[key_of(seen)] = seen
    draft.also.add((area, ""))
    return draft


@kind("row-unknown", ROW, "县区名称写错，不在登记之内", "A16")
def row_unknown(desk: Desk) -> Draft:
    """A row bears a name that no area has."""
    return _renamed(*any_row(desk), f"{UNKNOWN_AREA}汉江县")


@kind("row-foreign", ROW, "县域银行报了别的县区", "A16")
def row_foreign(desk: Desk) -> Draft:
    """A county bank's file is about another county."""
    draft = desk.draft("M01", desk.county_banks)
    (area,) = draft.counties
    others = [unit.removeprefix("rcb-") for unit in desk.county_banks if unit != draft.clean.unit]
    return _renamed(draft, area, desk.random.choice(others))
