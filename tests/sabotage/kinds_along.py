"""A block of one county's figures pasted one cell too far: over one column, or over one row of an upright form."""

from __future__ import annotations

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.sabotage.planting import ROW, Desk, Draft, kind

GRADES = ("pass_amount", "special_mention_amount", "substandard_amount", "doubtful_amount", "loss_amount", "npl_amount")
_PASTED = (
    ("disbursed_loans_ytd", 6),
    ("disbursed_loans_mtd", 6),
    ("disbursed_households_cum", 4),
    ("outstanding_households", 3),
)
"""Where a block begins, and how many columns it has."""


@kind("grades-shifted", ROW, "一个县区的五级分类各格错了一行（竖表）或一列", "row_shifted", "column_shifted")
def grades_shifted(desk: Desk) -> Draft | None:
    """The grades of a county each have the figure of the next one, down to loss, or of the one before, from there."""
    draft = desk.statement()
    area, by = desk.random.choice(draft.counties), desk.random.choice((1, -1))
    figures = [draft.at(area, code) for code in GRADES]
    pairs = list(zip(GRADES, figures[1:], strict=False)) if by > 0 else list(zip(GRADES[1:], figures, strict=False))
    for code, value in pairs:
        draft.put(area, code, value)
    return draft if len(set(figures)) == len(figures) else None


def _pasted_in_file(sheet: Worksheet, draft: Draft) -> str:
    """Copy a county's cells from the first on over those one column to the right."""
    ((area, code),) = draft.also
    length = dict(_PASTED)[code]
    row, first = coordinate_to_tuple(draft.seen[area, code, "", 0].cell)
    old = [sheet.cell(row, first + n).value for n in range(length)]
    for n, value in enumerate(old, start=1):
        sheet.cell(row, first + n).value = value
    return " ".join(f"{get_column_letter(first + n)}{row}" for n in range(1, length + 1))


@kind("block-pasted-right", ROW, "一个县区的一段数整块贴右了一列", "column_shifted", in_files=True)
def block_pasted(desk: Desk) -> Draft | None:
    """Some columns of a county stand one column too far to the right: what was beyond them is lost."""
    draft = desk.draft("M01", ("abc",))
    code, length = desk.random.choice(_PASTED)
    area = desk.random.choice(draft.counties)
    row, first = coordinate_to_tuple(draft.seen[area, code, "", 0].cell)
    at = {draft.seen[area, other, "", 0].cell: other for other in draft.codes if (area, other, "", 0) in draft.seen}
    over = [at.get(f"{get_column_letter(first + n)}{row}", "") for n in range(length + 1)]
    if "" in over or not all(draft.at(area, other) for other in over):
        return None
    draft.also.add((area, code))
    draft.alter = _pasted_in_file
    return draft
