"""What else speaks of the reporting unit: the signature below the table, and the name of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.registers import Institution
from pipeline.ingest.heading import Around, packed
from pipeline.ingest.registered import registered, units_named
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
    return registered(catalog).unit_ids.get(text, ())


def institution_in(name: str, catalog: Catalog) -> Institution | None:
    """The institution that a name speaks of, its longest spelling first."""
    return next((entry for spelt, entry in registered(catalog).banks if spelt in name), None)


def branch_elsewhere(text: str, catalog: Catalog) -> str:
    """「农业银行西安分行」, 「农行旬阳支行」: a bank's branch in a text that is no registered unit; empty if none."""
    rest = packed(text)
    for name in registered(catalog).units:
        rest = rest.replace(name, "\0")
    province, city = catalog.profile.province, catalog.profile.city
    own = {"", city, city.removesuffix("市"), province, province.removesuffix("省")}
    banks = "|".join(re.escape(spelt) for spelt, _ in registered(catalog).banks)
    for found in re.finditer(f"(?:{banks}){_BRANCH_OF}", rest):
        place = re.sub(r"^[\u4e00-\u9fff]{2,3}省", "", found["place"])
        if place not in own and not _OF_ALL.search(place):
            return found[0]
    return ""


def county_of_name(sheet: str, catalog: Catalog) -> str:
    """The id of the county that a sheet is called by, beside a bank or words of any sheet; empty if by none."""
    name = packed(sheet)
    for bank, _ in registered(catalog).banks:
        name = name.replace(bank, "")
    name = _OF_ANY_SHEET.sub("", name)
    return registered(catalog).areas.get(name, "")
