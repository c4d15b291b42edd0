"""Which county an upright form is about: its unit's only one, or the one that the sheet itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.registers import ReportingUnit
from pipeline.ingest.account import Account
from pipeline.ingest.area_labels import area_labels
from pipeline.ingest.area_words import AREA_HEADERS
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import is_letter, packed, plain, total_names
from pipeline.ingest.observe import TOTAL_AREA
from pipeline.ingest.registered import registered
from pipeline.model import Cell, CellKind, ReceivedFile, address
from pipeline.periods import Month

_NOT_OF_PLACES = frozenset({"机构", "机构名称", "支行", "支行名称", "单位名称"})
"""How a column of areas may be headed too; as labels above a table they say who reports."""
_LABELS = sorted({packed(head) for head in AREA_HEADERS} - _NOT_OF_PLACES, key=len, reverse=True)
_WORDS = "|".join(r"\s*".join(map(re.escape, label)) for label in (*_LABELS, "县"))
_WHOSE = r"(?:(?:填报|报送|上报|统计|所属|所在|所辖|归属)\s*)?"
_LABELLED = re.compile(rf"(?:^|(?<=[\s,;。)])){_WHOSE}(?:{_WORDS})\s*:")
_LABEL_ALONE = re.compile(rf"{_WHOSE}(?:{'|'.join(map(re.escape, _LABELS))}|县)[:：]?")
_OTHER_LABEL = re.compile(r"(?:^|(?<=[\s,;。)]))(?P<label>[\u4e00-\u9fff()]{1,10})\s*:\s*(?P<said>[^\s:]+)$")
"""机构所在地：平利县, 统计范围：平利县: under another label a county's whole name, and nothing else, counts."""
_OF_OTHERS = re.compile(r"人$|地址|住址|主送|抄送|抄报|呈报|电话|备注|说明|^注|审核|复核|机关|领导|单位|机构$")
"""Labels of who, and of where a letter goes."""
_PART_OF = re.compile(r"除|不含|不包括|以外|之外|剔除|扣除|等(?:\d|各|县|区)|对比|相比|比较")
"""Beside a county's name: it is left out, one of several, or compared with."""
_WHOLE = frozenset({"全县", "全区", "本县", "本区", "全县域", "县域"})
"""How a county's own bank calls the county."""

_PROVINCE = re.compile(r"^[\u4e00-\u9fff]{2,3}省")
_SEALED = re.compile(r"\((?:盖章|签章|公章)\)$")
_SHORTEST = 3
"""Of a county's name in a title: 平利 alone may be of 水平利率."""


@dataclass(frozen=True, slots=True)
class _Said:
    area: str
    """Id of a county; `total` for the whole city; empty for what names none."""
    words: str
    cell: Cell
    labelled: bool = False
    """Whether it stands under a label of counties."""


@dataclass(frozen=True, slots=True)
class County:
    """What was found: `area` is None where it is not sure, and `faults` then say why."""

    area: str | None
    faults: Faults


def county_of(
    account: Account,
    header: tuple[int, int],
    unit: ReportingUnit,
    catalog: Catalog,
    received: ReceivedFile,
    month: Month | None,
) -> County:
    """The county of an upright form; `header` is the row of its header and the column of its labels."""
    faults = Faults(received)
    return County(_Asking(account, header, unit, catalog, faults, month).found(), faults)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked about one sheet: where its header stands, whose it is, and where findings go."""

    account: Account
    header: tuple[int, int]
    """Row of the header, and column of its labels."""
    unit: ReportingUnit
    catalog: Catalog
    faults: Faults
    month: Month | None
    """What the form is about: a county is called as it was then."""

    def found(self) -> str | None:
        """The id of the county; None, and a finding, where it is not sure."""
        said = [*self._labelled(), *self._under_other_labels(), *self._named()]
        return self._held_against(said, self.unit.areas[0]) if len(self.unit.areas) == 1 else self._of_several(said)

    def _held_against(self, said: list[_Said], own: str) -> str:
        """The only county of a unit; another one in the sheet is a finding."""
        other = next((one for one in said if one.area not in (own, TOTAL_AREA) and (one.area or one.labelled)), None)
        if other:
            county = self.catalog.areas.by_id[own]
            name = county.named(self.month).name if self.month else county.names[-1].name
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
    def _areas(self) -> Mapping[str, str]:
        return registered(self.catalog).areas

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
        """One registered name and nothing else, as a row of areas may be called; the whole city; else no county."""
        said = _SEALED.sub("", words)
        labels = area_labels(self.catalog, self.unit.institution)
        whole = next((total for total in sorted(labels.totals, key=len, reverse=True) if said == total), "")
        if whole or (said in _WHOLE and len(self.unit.areas) == 1):
            return _Said(TOTAL_AREA, words[:20], cell, labelled=True)
        within = _PROVINCE.sub("", said).removeprefix(self.catalog.profile.city)
        area = labels.named(said) or labels.named(within) or ""
        if not area and len(self.unit.areas) == 1 and said in map(packed, self.unit.all_names):
            area = self.unit.areas[0]
        return _Said(area, words[:20], cell, labelled=True)

    def _under_other_labels(self) -> Iterator[_Said]:
        """机构所在地：平利县."""
        for cell in self._above():
            text = plain(cell.value)
            found = _OTHER_LABEL.search(text)
            if found is None or _LABELLED.search(text) or _OF_OTHERS.search(packed(found["label"])):
                continue
            said = packed(found["said"])
            if len(said) >= _SHORTEST and said in self._areas:
                yield _Said(self._areas[said], said, cell)

    def _named(self) -> Iterator[_Said]:
        """Counties in titles and captions, but for those in the names of reporting units and behind other labels."""
        units = registered(self.catalog).units
        for cell in self._above():
            text = packed(str(cell.value))
            if ":" in text or is_letter(str(cell.value)):
                continue
            if text.strip("()") in self._areas:
                yield _Said(self._areas[text.strip("()")], text.strip("()"), cell)
                continue
            for name in units:
                text = text.replace(name, "\0")
            for name in sorted(self._areas, key=len, reverse=True):
                if len(name) >= _SHORTEST and name in text:
                    text = text.replace(name, "\0")
                    in_part = _PART_OF.search(packed(str(cell.value)))
                    yield _Said(
                        "" if in_part else self._areas[name], packed(str(cell.value))[:30] if in_part else name, cell
                    )

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
        why = "不是一个登记的县区名称" if not first.area else "不是一个县区"
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
