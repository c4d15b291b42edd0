"""The one door to xlsxwriter: words never become formulas, numbers or links; the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_bytes(
    fill: Callable[[Any], None], properties: Mapping[str, Any], default: tuple[str, float] | None = None, **more: Any
) -> bytes:
    """A workbook as `fill` writes it.

    Args:
        fill: given the workbook, adds its sheets.
        properties: title, author and the like; `created` in the place of the clock.
        default: font and size of cells without a format, by which column widths are counted; Excel's own if None.
        more: further options of xlsxwriter.
    """
    import xlsxwriter  # here, because other commands go without it

    options = {**_OPTIONS, **more}
    if default:
        font, size = default
        options["default_format_properties"] = {"font_name": font, "font_size": size, "font_scheme": "none"}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties(dict(properties))
        fill(workbook)
    return out.getvalue()


class Formats:
    """A workbook's cell formats by look, each made at first use; `base` is what all looks have."""

    def __init__(self, workbook: Any, base: Mapping[str, Any], looks: Mapping[str, Mapping[str, Any]]) -> None:
        self._workbook = workbook
        self._base, self._looks = base, looks
        self._made: dict[tuple[object, ...], Any] = {}

    def get(self, look: str, number_format: str = "", *, bold: bool = False, **more: Any) -> Any:
        """The format of that look, with a number format, weight and properties of its own."""
        key = (look, number_format, bold, *sorted(more.items()))
        if key not in self._made:
            own = {**({"bold": True} if bold else {}), **({"num_format": number_format} if number_format else {})}
            self._made[key] = self._workbook.add_format({**self._base, **self._looks[look], **more, **own})
        return self._made[key]

    def bare(self, look: str) -> Any:
        """What a look changes, without the base: for cells that have a format of their own already."""
        key = ("", look)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(self._looks[look]))
        return self._made[key]
