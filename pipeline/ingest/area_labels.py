"""Which area the label of a row names: by name, by code, or by both where they agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.ingest.heading import TOTAL_ROWS, packed, total_names

_SIGNS = r"*※★☆▲△●◆†‡"
_MARK = re.compile(rf"^[{_SIGNS}]+|(?:[{_SIGNS}]|[(\[【〔](?:附?注:?\d{{0,2}}|\d{{1,2}})[)\]】〕]|(?<=.)注\d{{0,2}})+$")
"""A sign beside a name, of a note below the table or for the eye: 旬阳县*, 旬阳县(注1), 旬阳县[1]."""
_SMALL = "\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u2473\u24eb-\u24f4\u24ff\u2776-\u277f\u3251-\u325f\u32b1-\u32bf"
_SMALL_NUMBER = re.compile(rf"^\s*[{_SMALL}]+[、.\uff0e]?|[{_SMALL}]+\s*$")
"""The same as a small number: 旬阳县①, 旬阳县²; before a name it counts the rows."""
_OF_WHICH = re.compile(r"^(其中[:：]?|#|-|—)+")
_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}|[A-Za-z])[.、):](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"
)
_INCLUDING = re.compile(r"\([含共]([^()]*)\)$")
_AGAIN = re.compile(r"\(原?([^()]+)\)$")
"""The same area under another of its names, or whose branch it is: 旬阳县(旬阳支行), 旬阳县(农行)."""
_ADDED_UP = re.compile(r"\(?(?:(?:合计|小计|总计|共计)数?|汇总)\)?$")
_OF_A_KIND = re.compile(
    r"\((?:国家级?|国定|省级?|省定|市级?|深度|特困|非|片区|连片|集中|扶贫|开发|工作|已|原|\d{4}年)*(?:贫困县|重点县|(?:脱贫|摘帽)县?|县级市)\)$"
)
"""What is said of a county as such, not of its figures: 旬阳县(国定贫困县)."""
_WHOLE = re.compile(r"\((?:全县|全区|全市)\)$|(?:全县|全区)$")
_CITY_WIDE = ("全市", "全辖", "全行", "本行", "辖内", "县区", "各县区", "区县", "各区县", "市分行", "分行")
"""Words that may stand before 合计 and leave it what it is; 九县合计 is of a part."""
_COUNTED = re.compile(r"\d{0,2}个?(?:县区|区县|县|区|市|支行|机构|网点)+")
_COUNT = re.compile(r"(\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?)个?(?:县市区|县区|区县|县|区)")
_ALL_COUNTED = re.compile(rf"\(?[含共]?(?P<counted>(?:{_COUNT.pattern})+)\)?")
_CODE = re.compile(r"^(\d{6})(?:0{6})?(?:\.0)?|\(?(\d{6})(?:0{6})?\)?$")


_DIGITS = "零一二三四五六七八九"
_PARTLY = ("小计", "小计)", "小计数")


def as_label(text: str) -> str:
    """A label of a row as it is compared: packed, without the number of a note."""
    return packed(_SMALL_NUMBER.sub("", text)).rstrip(":")


@dataclass(frozen=True, slots=True)
class AreaLabels:
    """Names and codes of areas, of all times, as labels are compared; and what lies within which."""

    areas: Mapping[str, str]
    within: Mapping[str, str]
    branches: tuple[str, ...]
    """How names of branches begin: the banks' names, the longest first."""
    parents: tuple[str, ...] = ()
    """How the city's own name may stand before an area's: 安康市, 陕西省安康市, the longest first."""
    totals: frozenset[str] = TOTAL_ROWS
    count: int = 0
    """How many areas the city has, those within another not counted."""

    def named(self, label: str) -> str | None:
        """The area of a packed label; None where it names none, or two."""
        name = _NUMBERING.sub("", _OF_WHICH.sub("", _MARK.sub("", label)))
        name = _OF_A_KIND.sub("", name)
        including, again = _INCLUDING.search(name), _AGAIN.search(name)
        name = _WHOLE.sub("", _ADDED_UP.sub("", _INCLUDING.sub("", name)))
        found = self._by_name(name.removesuffix("支行"))
        if found is None and again:
            found = self._by_name(name[: again.start()].removesuffix("支行"))
            return found if again[1] in self.branches or self._by_name(again[1].removesuffix("支行")) == found else None
        return found if found and (including is None or self._holds(found, including[1])) else None

    def is_total(self, label: str) -> bool:
        """Whether a packed label is that of a total, with what it includes or without."""
        label = _MARK.sub("", label)
        including = _INCLUDING.search(label)
        if including and not self._holds("", including[1]):
            return False
        name = _INCLUDING.sub("", label)
        if (again := _AGAIN.search(name)) and (again[1] in _CITY_WIDE or again[1] in self.totals):
            name = name[: again.start()]
        return self._is_whole(name) or (self._adds_up(name) and not name.endswith(_PARTLY))

    def is_subtotal(self, label: str) -> bool:
        """Whether a packed label says 小计: of all that stands above or below it, or of a part."""
        label = _MARK.sub("", label)
        return self._adds_up(label) and label.endswith(_PARTLY)

    def _adds_up(self, label: str) -> bool:
        """Whether a label is a word for a sum, with nothing before it but who sends it, and that it is all of it."""
        label = self._without_count(label)
        found = _ADDED_UP.search(label)
        return found is not None and self._is_whole(label[: found.start()], *_CITY_WIDE, *self.branches)

    def _without_count(self, label: str) -> str:
        """合计(10县区), 一区九县合计: without the number of areas, where all of them are counted."""
        for found in _ALL_COUNTED.finditer(label):
            numbers = [_number(number) for number in _COUNT.findall(found["counted"])]
            if all(numbers) and sum(numbers) == self.count:
                return label[: found.start()] + label[found.end() :]
        return label

    def _is_whole(self, name: str, *words: str) -> bool:
        """Whether a name is that of the whole city, or one of these words, where the city stands before it or not."""
        if name in self.totals or name in words or (words and not name):
            return True
        cities = (parent for parent in self.parents if name.startswith(parent))
        return any((rest := name[len(city) :]) in words or rest in self.totals - TOTAL_ROWS for city in cities)

    def _by_name(self, name: str) -> str | None:
        if name in self.areas:
            return self.areas[name]
        code = _CODE.search(name)
        if code:
            coded, rest = self.areas.get(code[1] or code[2]), _CODE.sub("", name, count=1).strip("-()·_/")
            return coded if not rest or self.areas.get(rest) == coded else None
        return self._among_names(name)

    def _among_names(self, name: str) -> str | None:
        """The area of a label that says nothing beside it but the city it lies in, and whose branch it is."""
        before = [word for word in ("", *self.branches) if name.startswith(word)]
        behind = [word for word in ("", *self.branches) if name.endswith(word)]
        rests = (name[len(start) : len(name) - len(end)].removesuffix("支行") for start in before for end in behind)
        spelt = (rest.removeprefix(parent) for rest in rests for parent in ("", *self.parents))
        return next((area for rest in spelt if (area := self.areas.get(rest))), None)

    def _holds(self, area: str, said: str) -> bool:
        """Whether 「含…」 names nothing but areas within this one (any, for a total), or counts areas."""
        parts = [part for part in re.split("[、,及和]", said) if part]
        return bool(parts) and all(self._is_within(part, area) for part in parts)

    def _is_within(self, name: str, area: str) -> bool:
        inner = self.areas.get(name)
        if inner is None:
            return not area and bool(_COUNTED.fullmatch(name))
        return not area or self.within.get(inner) == area


def _number(words: str) -> int:
    """一 to 九十九, or digits; 0 for none."""
    if words.isascii():
        return int(words or 0)
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


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
    whole = {area.id for area in entries} - within.keys()
    return AreaLabels(
        areas, within, _branches(catalog, institution), _parents(catalog), total_names(catalog), len(whole)
    )


def _parents(catalog: Catalog) -> tuple[str, ...]:
    """「安康市」 of 安康市旬阳县, 「陕西省安康市」, 「陕西」: where the city's areas lie."""
    province, city = packed(catalog.profile.province), packed(catalog.profile.city)
    provinces = ("", province, province.removesuffix("省"))
    spelt = {f"{above}{name}" for above in provinces for name in ("", city, city.removesuffix("市"))}
    return tuple(sorted(spelt - {""}, key=lambda name: (-len(name), name)))


def _branches(catalog: Catalog, institution: str) -> tuple[str, ...]:
    """「农行」 of 农行汉滨区支行, 「中国农业银行安康」 of 中国农业银行安康汉滨区支行: only of the bank that sends."""
    known = catalog.units.institution_by_id.get(institution)
    city = catalog.profile.city.removesuffix("市")
    own = [packed(name) for name in (known.name, *known.aliases)] if known else []
    own += [packed(n) for unit in catalog.units.units if known and unit.institution == known.id for n in unit.all_names]
    spelt = {f"{country}{name}{place}" for name in own for country in ("", "中国") for place in ("", city, f"{city}市")}
    return tuple(sorted(spelt, key=lambda name: (-len(name), name)))
