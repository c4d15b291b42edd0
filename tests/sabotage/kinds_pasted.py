"""A column of counts holds another column's amounts: pasted one column too far."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.sabotage.kinds_columns import rows
from tests.sabotage.planting import COLUMN, Desk, Draft, kind

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
