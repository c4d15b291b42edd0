"""What a sheet holds and nobody sees: rows and columns too small, formats that show nothing. It is read, and told."""

from __future__ import annotations

from pipeline.ingest.faults import Faults
from pipeline.ingest.number_format import NOT_SHOWN
from pipeline.model import Sheet, address

_LOWEST = 2
_NARROWEST = 3
"""In points: a row or column smaller than that shows no digit."""
_POINTS_OF_A_DIGIT = 5.25
"""How wide a digit is in the usual fonts; a workbook gives the width of columns in digits."""
_CELLS_NAMED = 5


def is_low(points: float | None) -> bool:
    """Whether a row of this height hides what stands in it; None where no height is stated."""
    return points is not None and points < _LOWEST


def is_narrow(points: float | None) -> bool:
    """Whether a column of this width does."""
    return points is not None and points < _NARROWEST


def is_narrow_in_digits(width: float | None) -> bool:
    """The same of a width in digits."""
    return width is not None and is_narrow(width * _POINTS_OF_A_DIGIT)


def stated(number: str | None) -> float | None:
    """A height or width as a file states it; None where it states none, or no number."""
    try:
        return None if number is None else float(number)
    except ValueError:
        return None


def tell_hidden(sheet: Sheet, faults: Faults) -> None:
    """Findings on what is out of sight in a sheet that was read."""
    rows = sorted({row for row, _ in sheet.cells if row in sheet.hidden_rows})
    cols = sorted({col for _, col in sheet.cells if col in sheet.hidden_cols})
    names = [f"第{row + 1}行" for row in rows] + [f"{address(0, col)[:-1]}列" for col in cols]
    if names:
        faults.add(
            "F08",
            f"有隐藏的行列（{'、'.join(names)}），内容已照常读取。请确认这些数据应当报送，取消隐藏或说明原因。",
            sheet=sheet.name,
            cell=address(rows[0] if rows else 0, cols[0] if cols else 0),
            value="、".join(names),
        )
    places = sorted(place for place, cell in sheet.cells.items() if cell.format_text == NOT_SHOWN)
    unseen = [sheet.cells[place].address for place in places]
    if unseen:
        named = "、".join(unseen[:_CELLS_NAMED]) + (f"等{len(unseen)}格" if len(unseen) > _CELLS_NAMED else "")
        faults.add(
            "F08",
            f"{named}的数字格式（如“;;;”）使内容不显示，内容已照常读取。请改用常规格式，确认这些数据应当报送，或说明原因。",
            sheet=sheet.name,
            cell=unseen[0],
            value=named,
        )
