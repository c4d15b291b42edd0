"""Which county an upright form is about: its unit's only one, or the one that the sheet itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.registers import ReportingUnit
from pipeline.ingest.account import Account
from pipeline.ingest.area_words import AREA_HEADERS
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import is_letter, packed, plain, total_names
from pipeline.ingest.observe import TOTAL_AREA
from pipeline.model import Cell, CellKind, ReceivedFile, address

_NOT_OF_PLACES = frozenset({"机构", "机构名称", "支行", "支行名称", "单位名称"})
"""How a column of areas may be headed too; as labels above a table they say who reports."""
_LABELS = sorted({packed(head) for head in AREA_HEADERS} - _NOT_OF_PLACES, key=len, reverse=True)
_WORDS = "|".join(r"\s*".join(map(re.escape, label)) for label in _LABELS)
_LABELLED = re.compile(rf"(?:^|(?<=[\s,;。)]))(?:{_WORDS})\s*:")
_LABEL_ALONE = re.compile(rf"(?:{'|'.join(map(re.escape, _LABELS))})[:：]?")


_SHORTEST = 3
"""Of a county's name in a title: 平利 alone may be of 水平利率."""


@dataclass(frozen=True, slots=True)
class _Said:
    area: str
    """Id of a county; `total` for the whole city; empty for what names none."""
    words: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class County:
    """What was found: `area` is None where it is not sure, and `faults` then say why."""

    area: str | None
    faults: Faults


def county_of(
    account: Account, header: tuple[int, int], unit: ReportingUnit, catalog: Catalog, received: ReceivedFile
) -> County:
    """The county of an upright form; `header` is the row of its header and the column of its labels."""
    faults = Faults(received)
    return County(_Asking(account, header, unit, catalog, faults).found(), faults)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked about one sheet: where its header stands, whose it is, and where findings go."""

    account: Account
    header: tuple[int, int]
    """Row of the header, and column of its labels."""
    unit: ReportingUnit
    catalog: Catalog
    faults: Faults

    def found(self) -> str | None:
        """The id of the county; None, and a finding, where it is not sure."""
        said = [*self._labelled(), *self._named()]
        return self._held_against(said, self.unit.areas[0]) if len(self.unit.areas) == 1 else self._of_several(said)

    def _held_against(self, said: list[_Said], own: str) -> str:
        """The only county of a unit; another one in the sheet is a finding."""
        other = next((one for one in said if one.area not in ("", own, TOTAL_AREA)), None)
        if other:
            name = self.catalog.areas.by_id[own].names[-1].name
            told = f"表头上方写的县区是{other.words}，填报单位要报的却是{name}。请核对是否用错了表，改正后重新报送。"
            self._tell("F03", told, other.cell.address, other.words)
        return own

    def _of_several(self, said: list[_Said]) -> str | None:
        """The county among those of a unit: as the sheet says, or, where it says nothing, as the sheet is called."""
        areas = list(dict.fromkeys(one.area for one in said))
        sheet = packed(self.account.sheet.name)
        by_name = TOTAL_AREA if sheet in total_names(self.catalog) else self._areas.get(sheet, "")
        if not areas:
            return self._by_sheet_name(by_name)
        if len(areas) > 1 or not areas[0]:
            self._refuse_said(said)
        elif by_name and by_name != areas[0]:
            self._refuse_sheet_name(said[0])
        else:
            return areas[0]
        return None

    # -------------------------------------------------------------- what the sheet says

    @property
    def _areas(self) -> dict[str, str]:
        return {packed(name): area.id for area in self.catalog.areas.entries for name in area.all_names}

    def _above(self) -> Iterator[Cell]:
        cells = (cell for row in range(self.header[0]) for cell in self.account.row(row))
        return (cell for cell in cells if cell.kind is CellKind.TEXT)

    def _labelled(self) -> Iterator[_Said]:
        """What stands behind 县区：, in the same cell or in the next."""
        for cell in self._above():
            text = plain(cell.value)
            label = _LABELLED.search(text)
            if _LABEL_ALONE.fullmatch(packed(text)):
                right = next((c for c in self.account.row(cell.row) if c.col > cell.col), None)
                if right:
                    yield self._of_words(packed(str(right.value)), right)
            elif label:
                yield self._of_words(packed(text[label.end() :]), cell)

    def _of_words(self, words: str, cell: Cell) -> _Said:
        rest, found = words, dict[str, str]()
        for name in sorted(self._areas, key=len, reverse=True):
            if name in rest:
                rest = rest.replace(name, "\0")
                found.setdefault(self._areas[name], name)
        if len(found) == 1:
            return _Said(*next(iter(found.items())), cell)
        whole = next(
            (total for total in sorted(total_names(self.catalog), key=len, reverse=True) if words.startswith(total)), ""
        )
        return _Said(TOTAL_AREA if whole and not found else "", (whole or words)[:20], cell)

    def _named(self) -> Iterator[_Said]:
        """Counties in titles and captions, but for those in the names of reporting units and behind other labels."""
        units = sorted((packed(n) for unit in self.catalog.units.units for n in unit.all_names), key=len, reverse=True)
        for cell in self._above():
            text = packed(str(cell.value))
            if ":" in text or is_letter(str(cell.value)):
                continue
            for name in units:
                text = text.replace(name, "\0")
            for name in sorted(self._areas, key=len, reverse=True):
                if len(name) >= _SHORTEST and name in text:
                    text = text.replace(name, "\0")
                    yield _Said(self._areas[name], name, cell)

    # -------------------------------------------------------------- where it is not sure

    def _by_sheet_name(self, area: str) -> str | None:
        sheet, cell = self.account.sheet.name, address(*self.header)
        if area:
            told = f"表中没有写明县区，按工作表名“{sheet}”读作{packed(sheet)}的数。请下次在表头上方写明“县区：…”。"
            self._tell("F09", told, cell, sheet)
            return area
        told = (
            f"这张竖式表没有写明是哪个县区的，填报单位要报{len(self.unit.areas)}个县区，没有读入。"
            "请在表头上方写明“县区：…”（一张工作表一个县区），或改用一行一个县区的横式表，然后重新报送。"
        )
        self._tell("F06", told, cell)
        return None

    def _refuse_said(self, said: list[_Said]) -> None:
        first = next((one for one in said if not one.area), said[-1])
        named = "、".join(dict.fromkeys(one.words for one in said))
        why = "不在县区登记表中" if not first.area else "不是一个县区"
        told = f"表头上方写的县区“{named}”{why}，无法确定这张竖式表是哪个县区的，没有读入。"
        self._tell("F06", f"{told}请只写一个登记的县区名称后重新报送。", first.cell.address, named)

    def _refuse_sheet_name(self, said: _Said) -> None:
        sheet = self.account.sheet.name
        told = (
            f"表头上方写的县区是{said.words}，工作表名却是“{sheet}”，无法确定是哪个县区的，没有读入。请改正后重新报送。"
        )
        self._tell("F06", told, said.cell.address, said.words)

    def _tell(self, rule: str, message: str, cell: str, value: str = "") -> None:
        self.faults.add(rule, message, sheet=self.account.sheet.name, cell=cell, value=value)
