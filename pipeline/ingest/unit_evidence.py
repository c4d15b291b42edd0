"""What else speaks of the reporting unit: the signature below the table, and the name of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.registers import Institution
from pipeline.ingest.heading import Around, packed, units_named
from pipeline.ingest.unexplained import notes_below
from pipeline.model import Cell

_SEAL = re.compile(r"公章|盖章|签章|印章|[(]章[)]")
_DAY_BEHIND = re.compile(r"(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?$")

_BRANCH_OF = r"(?:股份有限公司)?(?P<place>[\u4e00-\u9fff]{2,8}?)(?:分行|支行)"
_OF_ALL = re.compile(r"[各全辖下的及和与等贷款]|所有|发放")

_OF_ANY_SHEET = re.compile(
    r"支行|农商$|联社|农信|数据|统计|月?报?表|上报|汇总|数$|(?:(?:19|20)\d{2}年?[.-]?)?\d{1,2}月份?末?|[()_\-\d]"
)
"""平利农商, 平利县数据, 平利3月."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A line below the table that is a unit's name: whose it may be, and where it stands."""

    cell: Cell
    units: tuple[str, ...]
    institution: Institution | None


def signatures(around: Around, catalog: Catalog) -> list[Signed]:
    """Names of units below the table that stand there alone, or beside their seal: 农业银行安康分行（盖章）."""
    found: list[Signed] = []
    for said in notes_below(around):
        text = _DAY_BEHIND.sub("", packed(said.text))
        sealed = bool(_SEAL.search(text))
        units = tuple(units_named(text, catalog)) if sealed else _units_called(text, catalog)
        institution = institution_in(text, catalog) if sealed else None
        if units or institution:
            found.append(Signed(said.cell, units, institution))
    return found


def _units_called(text: str, catalog: Catalog) -> tuple[str, ...]:
    """The units that this very text is the name of."""
    return tuple(unit.id for unit in catalog.units.units if text in map(packed, unit.all_names))


def institution_in(name: str, catalog: Catalog) -> Institution | None:
    """The institution that a name speaks of, its longest spelling first."""
    spellings = sorted(
        ((packed(spelt), entry) for entry in catalog.units.institutions for spelt in (entry.name, *entry.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    return next((entry for spelt, entry in spellings if spelt in name), None)


def branch_elsewhere(text: str, catalog: Catalog) -> str:
    """「农业银行西安分行」, 「农行旬阳支行」: a bank's branch in a text that is no registered unit; empty if none."""
    rest = packed(text)
    for name in sorted((packed(n) for u in catalog.units.units for n in u.all_names), key=len, reverse=True):
        rest = rest.replace(name, "\0")
    province, city = catalog.profile.province, catalog.profile.city
    own = {"", city, city.removesuffix("市"), province, province.removesuffix("省")}
    spellings = {packed(spelt) for entry in catalog.units.institutions for spelt in (entry.name, *entry.aliases)}
    banks = "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))
    for found in re.finditer(f"(?:{banks}){_BRANCH_OF}", rest):
        place = re.sub(r"^[\u4e00-\u9fff]{2,3}省", "", found["place"])
        if place not in own and not _OF_ALL.search(place):
            return found[0]
    return ""


def county_of_name(sheet: str, catalog: Catalog) -> str:
    """The id of the county that a sheet is called by, beside a bank or words of any sheet; empty if by none."""
    name = packed(sheet)
    banks = (packed(spelt) for entry in catalog.units.institutions for spelt in (entry.name, *entry.aliases))
    for bank in sorted(banks, key=len, reverse=True):
        name = name.replace(bank, "")
    name = _OF_ANY_SHEET.sub("", name)
    return next((area.id for area in catalog.areas.entries if name in map(packed, area.all_names)), "")
