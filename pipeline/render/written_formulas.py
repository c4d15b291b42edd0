"""Formulas of a file that is no .xlsx, written into its copy beside what they came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.model.beside import Formula, Place

if TYPE_CHECKING:
    from openpyxl import Workbook


def put_formulas_on(
    book: Workbook, formulas: Mapping[str, Mapping[Place, Formula]], names: Mapping[str, str]
) -> tuple[Workbook | None, int]:
    """Put formulas in the place of their results.

    Args:
        book: the copy, its cells written at their places.
        formulas: by sheet of the original; one that names a sheet which is not in the copy is left a result.
        names: what the sheets that are in the copy are called there.

    Returns:
        A workbook that has the results alone, None where there are none; and how many formulas were written.
    """
    from openpyxl import Workbook

    results, count = Workbook(), 0
    results.remove(results.worksheets[0])
    kept = {old for old, new in names.items() if old == new}
    for name in names.values():
        results.create_sheet(name)
    for sheet, found in formulas.items():
        if sheet not in names:
            continue
        written: Any = book[names[sheet]]
        for (row, col), formula in found.items():
            cell = written.cell(row + 1, col + 1)
            if formula.sheets <= kept and cell.value is not None:
                result = results[names[sheet]].cell(row + 1, col + 1)
                result.value, result.data_type = cell.value, cell.data_type
                cell.value = f"={formula.text}"
                count += 1
    return (results if count else None), count
