"""The registers' names as texts are searched for them: packed, the longest first, made once for a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.registers import Institution
from pipeline.ingest.heading import packed

_PART = re.compile(r"\0([\u4e00-\u9fff\0]{0,6}(?:支行|分理处|营业[部室所]|网点|储蓄所))(?!:)")
"""What is less than the unit whose name stands before it."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Names of units, banks and areas; `everything` has those of the city and its office too."""

    units: tuple[str, ...]
    unit_ids: Mapping[str, tuple[str, ...]]
    banks: tuple[tuple[str, Institution], ...]
    areas: Mapping[str, str]
    """Name → id."""
    everything: tuple[str, ...]


def registered(catalog: Catalog) -> Registered:
    """The names of a catalog's registers."""
    if catalog.fingerprint not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[catalog.fingerprint] = _read(catalog)
    return _KNOWN[catalog.fingerprint]


_KNOWN: dict[str, Registered] = {}


def _read(catalog: Catalog) -> Registered:
    unit_ids: dict[str, tuple[str, ...]] = {}
    for unit in catalog.units.units:
        for name in map(packed, unit.all_names):
            unit_ids[name] = tuple(dict.fromkeys((*unit_ids.get(name, ()), unit.id)))
    banks = {packed(spelt): bank for bank in catalog.units.institutions for spelt in (bank.name, *bank.aliases)}
    areas: dict[str, str] = {}
    for area in catalog.areas.entries:
        for name in map(packed, area.all_names):
            areas.setdefault(name, area.id)
    city = map(packed, (catalog.profile.city, catalog.profile.office))
    return Registered(
        tuple(_longest_first(unit_ids)),
        unit_ids,
        tuple((name, banks[name]) for name in _longest_first(banks)),
        areas,
        tuple(_longest_first({*unit_ids, *banks, *areas, *city})),
    )


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


# ------------------------------------------------------------------ reporting unit


def units_named(text: str, catalog: Catalog) -> list[str]:
    """Ids of the reporting units that a text names, longest names first so that none hides in another."""
    rest, known = packed(text), registered(catalog)
    found: dict[str, None] = {}
    for name in known.units:
        if name in rest:
            rest = rest.replace(name, "\0")
            found |= dict.fromkeys(known.unit_ids[name])
    return list(found)


def part_named(text: str, catalog: Catalog) -> str:
    """「城关支行」: the part of a reporting unit that stands right behind its name; empty where none does."""
    rest = packed(text)
    for name in registered(catalog).units:
        rest = rest.replace(name, "\0")
    found = _PART.search(rest)
    return found[1] if found else ""
