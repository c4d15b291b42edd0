"""A column holds another column's figures: counts an amount's, pasted one column too far, or one of its own kind."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.sabotage.kinds_columns import rows
from tests.sabotage.kinds_parts import BY_TOTAL
from tests.sabotage.planting import BANKS, CELL, COLUMN, Desk, Draft, kind

_PASTED = (
    ("outstanding_households", "outstanding_amount"),
    ("credit_line_households", "credit_line_amount"),
    ("disbursed_households_ytd", "disbursed_amount_ytd"),
    ("past_due_households", "past_due_amount"),
)


def _pasted_in_file(sheet: Worksheet, draft: Draft) -> str:
    """Copy the cells of the column of amounts into those of the counts."""
    (code,) = {indicator for _, indicator in draft.also}
    pairs = [(draft.seen[area, code, "", 0], draft.seen[area, dict(_PASTED)[code], "", 0]) for area in rows(draft)]
    for count, amount in pairs:
        sheet[count.cell] = sheet[amount.cell].value
    return " ".join(count.cell for count, _ in pairs)


@kind("column-pasted", COLUMN, "户数一栏填了金额一栏的数（有小数）", "other_column", in_files=True)
def pasted(desk: Desk) -> Draft:
    """A column of households holds the amounts of the column beside it, in the total too."""
    draft = desk.draft("M01", ("abc",))
    draft.also.add(("", desk.random.choice([code for code, _ in _PASTED])))
    draft.alter = _pasted_in_file
    return draft


@kind("column-pasted-whole", COLUMN, "户数一栏填了金额一栏的数（整元）", "other_column")
def pasted_whole(desk: Desk) -> Draft:
    """A column of households holds the amounts of the column beside it, in whole yuan."""
    draft = desk.draft("M01", ("psbc",))
    code, source = desk.random.choice(_PASTED)
    for area in rows(draft):
        draft.put(area, code, draft.at(area, source) // 100, alone=True)
    return draft


_COUNTED = ("outstanding_loans", "outstanding_households")


@kind("cell-pasted-alike", CELL, "一个县区期末的户数填了笔数，或笔数填了户数", "other_column", *BY_TOTAL)
def counts_of_a_county_alike(desk: Desk) -> Draft | None:
    """A count of a county holds the one beside it: as many households as loans, all at once."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    code, source = desk.random.sample(_COUNTED, 2)
    if draft.earlier() is None or not draft.at(area, source):
        return None
    draft.put(area, code, draft.at(area, source))
    return draft


_ALIKE = (
    ("credit_line_amount", "outstanding_amount"),
    ("outstanding_amount", "credit_line_amount"),
    ("past_due_amount", "npl_amount"),
    ("past_due_beyond_grace_amount", "past_due_amount"),
    ("interest_subsidy_paid_ytd", "interest_subsidy_accrued_ytd"),
    ("disbursed_amount_mtd", "repaid_amount_mtd"),
    ("special_mention_amount", "substandard_amount"),
    ("outstanding_households", "outstanding_loans"),
    ("outstanding_loans", "outstanding_households"),
    ("credit_line_households", "rated_households"),
    ("rated_households", "credit_line_households"),
    ("eligible_households", "rated_households"),
    ("disbursed_loans_ytd", "disbursed_households_ytd"),
    ("disbursed_households_cum", "disbursed_loans_cum"),
    ("past_due_loans", "past_due_households"),
    ("settled_loans_ytd", "disbursed_loans_ytd"),
)


@kind("column-pasted-alike", COLUMN, "一栏填了同类另一栏的数（金额对金额、户数或笔数对户数或笔数）", "other_column")
def pasted_alike(desk: Desk) -> Draft | None:
    """A column holds the figures of another of its own kind, in the total too."""
    draft = desk.draft("M01", BANKS)
    code, source = desk.random.choice(_ALIKE)
    if not all(draft.has(area, c) for area in draft.counties for c in (code, source)):
        return None
    figures = {draft.at(area, source) for area in draft.counties if draft.at(area, source) != draft.at(area, code)}
    if 2 * len(figures) < len(draft.counties):
        return None
    for area in rows(draft):
        if draft.has(area, code):
            draft.put(area, code, draft.at(area, source), alone=True)
    return draft
