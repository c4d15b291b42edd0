"""How a received sheet is titled and turned: what a unit's own form keeps of its own look."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from pipeline.ingest.opc import elements, relations
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import Refused
from pipeline.ingest.workbook import open_grid
from pipeline.model import CellKind, Grid

_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class PageLook:
    """The title, and whether the page stands upright; nothing where the file does not say."""

    title: str = ""
    is_upright: bool | None = None


NO_LOOK = PageLook()


def look_of(data: bytes, sheet: str) -> PageLook:
    """The look of one sheet of a file; none of a file that cannot be opened (any more)."""
    grid = open_grid(data)
    if not isinstance(grid, Grid):
        return NO_LOOK
    cells = next((one.cells for one in grid.sheets if one.name == sheet), {})
    first = cells[min(cells)] if cells else None
    title = str(first.value).strip() if first and first.kind is CellKind.TEXT else ""
    return PageLook(title, _is_upright(data, sheet) if grid.format == "xlsx" else None)


def _is_upright(data: bytes, sheet: str) -> bool | None:
    """As the sheet's page is set up; nothing where it says nothing, or not in a way that is understood."""
    try:
        package = Package(data)
        wanted = [a for _, a in elements(package.xml(_WORKBOOK) or b"<none/>", "sheet") if a.get("name") == sheet]
        parts = relations(package, _WORKBOOK)
        ids = [value for one in wanted for key, value in one.items() if key.rpartition(":")[2] == "id"]
        xml = package.xml(parts[ids[0]][1]) if ids and ids[0] in parts else None
        said = [a.get("orientation") for _, a in elements(xml, "pageSetup")] if xml else []
    except (Refused, expat.ExpatError):
        return None
    return said[0] == "portrait" if said and said[0] else None
