"""Which area the label of a row names: by name, by code, or by both where they agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.ingest.heading import TOTAL_ROWS, packed, total_names

_OF_WHICH = re.compile(r"^(其中[:：]?|#|-|—)+")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
_INCLUDING = re.compile(r"\([含共]([^()]*)\)$")
_COUNTED = re.compile(r"\d{0,2}个?(?:县区|区县|县|区|市|支行|机构|网点)+")
_CODE = re.compile(r"^(\d{6})(?:0{6})?(?:\.0)?|\(?(\d{6})(?:0{6})?\)?$")


@dataclass(frozen=True, slots=True)
class AreaLabels:
    """Names and codes of areas, of all times, as labels are compared; and what lies within which."""

    areas: Mapping[str, str]
    within: Mapping[str, str]
    branches: tuple[str, ...]
    """How names of branches begin: the banks' names, the longest first."""
    totals: frozenset[str] = TOTAL_ROWS

    def named(self, label: str) -> str | None:
        """The area of a packed label; None where it names none, or two."""
        name = _NUMBERING.sub("", _OF_WHICH.sub("", label))
        including = _INCLUDING.search(name)
        name = _INCLUDING.sub("", name).removesuffix("支行")
        found = self._by_name(name)
        return found if found and (including is None or self._holds(found, including[1])) else None

    def is_total(self, label: str) -> bool:
        """Whether a packed label is that of a total, with what it includes or without."""
        including = _INCLUDING.search(label)
        return _INCLUDING.sub("", label) in self.totals and (including is None or self._holds("", including[1]))

    def _by_name(self, name: str) -> str | None:
        if name in self.areas:
            return self.areas[name]
        code = _CODE.search(name)
        if code:
            coded, rest = self.areas.get(code[1] or code[2]), _CODE.sub("", name, count=1).strip("-()·_/")
            return coded if not rest or self.areas.get(rest) == coded else None
        bank = next((bank for bank in self.branches if name.startswith(bank)), None)
        return self.areas.get(name[len(bank) :]) if bank else None

    def _holds(self, area: str, said: str) -> bool:
        """Whether 「含…」 names nothing but areas within this one (any, for a total), or counts areas."""
        parts = [part for part in re.split("[、,及和]", said) if part]
        return bool(parts) and all(self._is_within(part, area) for part in parts)

    def _is_within(self, name: str, area: str) -> bool:
        inner = self.areas.get(name)
        if inner is None:
            return not area and bool(_COUNTED.fullmatch(name))
        return not area or self.within.get(inner) == area


def area_labels(catalog: Catalog, institution: str = "") -> AreaLabels:
    """The labels of a catalogue's areas, in the tables of an institution."""
    key = (catalog.fingerprint, institution)
    if key not in _LABELS:
        if any(fingerprint != catalog.fingerprint for fingerprint, _ in _LABELS):
            _LABELS.clear()
        _LABELS[key] = _labels(catalog, institution)
    return _LABELS[key]


_LABELS: dict[tuple[str, str], AreaLabels] = {}


def _labels(catalog: Catalog, institution: str) -> AreaLabels:
    entries = catalog.areas.entries
    areas = {named.code: area.id for area in entries for named in area.names if named.code}
    areas |= {packed(name): area.id for area in entries for name in area.all_names}
    within = {area.id: area.within for area in entries if area.within}
    return AreaLabels(areas, within, _branches(catalog, institution), total_names(catalog))


def _branches(catalog: Catalog, institution: str) -> tuple[str, ...]:
    """「农行」 of 农行汉滨区支行, 「中国农业银行安康」 of 中国农业银行安康汉滨区支行: only of the bank that sends."""
    known = catalog.units.institution_by_id.get(institution)
    city = catalog.profile.city.removesuffix("市")
    own = [packed(name) for name in (known.name, *known.aliases)] if known else []
    own += [packed(n) for unit in catalog.units.units if known and unit.institution == known.id for n in unit.all_names]
    spelt = {f"{country}{name}{place}" for name in own for country in ("", "中国") for place in ("", city, f"{city}市")}
    return tuple(sorted(spelt, key=lambda name: (-len(name), name)))
