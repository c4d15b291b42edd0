"""What must hold across the entries of a catalogue; one small function each, all named in CHECKS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Any

from pipeline.catalog.dated import Dated, Entry
from pipeline.catalog.drafts import Check, Draft, Mistakes, Read, badly_dated, claimed_twice, written_twice
from pipeline.catalog.header_checks import HEADER_CHECKS
from pipeline.catalog.headers import squeezed
from pipeline.catalog.policy_checks import POLICY_CHECKS
from pipeline.catalog.registers import AreaEntry, Institution, ReportingUnit
from pipeline.catalog.sources import Where

# ------------------------------------------------------------------ names of files


def file_names(draft: Draft) -> Mistakes:
    """A file is called after what it defines, so that each thing has one obvious place."""
    if draft.profile.entry.id != draft.folder:
        yield draft.profile.mistake(("id",), f"id 应当与文件夹同名，写作 {draft.folder}，请改正。")
    for form in draft.forms:
        if form.entry.code != _stem(form):
            yield form.mistake(("code",), f"code 应当与文件同名，写作 {_stem(form)}，请改正。")
    for layout in draft.layouts:
        if layout.entry.id != _stem(layout):
            yield layout.mistake(("id",), f"id 应当与文件同名，写作 {_stem(layout)}，请改正。")


def import_words(draft: Draft) -> Mistakes:
    """A header of an import form means one column; what it means two of is said in `either`."""
    for read in draft.imports:
        form = read.entry
        owned: list[tuple[Where, str, str]] = [
            (("fields", n), f.name, word) for n, f in enumerate(form.fields) for word in f.words
        ]
        owned += [(("either",), "either", word) for word in form.either]
        owned += [(("passed",), "passed", word) for word in form.passed]
        yield from claimed_twice(read, ((where, squeezed(word).lower(), owner) for where, owner, word in owned), "表头")


def _stem(read: Read[Entry]) -> str:
    return PurePath(read.source.label).stem


# ------------------------------------------------------------------ registers


def register_ids(draft: Draft) -> Mistakes:
    """An id stands for one thing for ever."""
    areas, units = draft.areas, draft.units
    yield from written_twice(areas, _ids("entries", areas.entry.entries), "县区编号")
    yield from written_twice(units, _ids("institutions", units.entry.institutions), "机构编号")
    yield from written_twice(units, _ids("units", units.entry.units), "填报单位编号")


def _ids(key: str, entries: tuple[AreaEntry | Institution | ReportingUnit, ...]) -> list[tuple[Where, str]]:
    return [((key, i, "id"), entry.id) for i, entry in enumerate(entries)]


def register_dates(draft: Draft) -> Mistakes:
    """One name at a time, one duty of a kind at a time."""
    for i, area in enumerate(draft.areas.entry.entries):
        yield from badly_dated(draft.areas, _each(("entries", i, "names"), area.names), f"县区 {area.id} 的名称")
    for i, unit in enumerate(draft.units.entry.units):
        at: Where = ("units", i)
        yield from badly_dated(draft.units, _each((*at, "names"), unit.names), f"填报单位 {unit.id} 的名称")
        duties = sorted(_each((*at, "duties"), unit.duties), key=lambda placed: placed[1].form)
        for form, same in groupby(duties, key=lambda placed: placed[1].form):
            yield from badly_dated(draft.units, same, f"填报单位 {unit.id} 报送 {form} 的义务")


def _each(where: Where, entries: Sequence[Dated]) -> list[tuple[Where, Any]]:
    return [((*where, i), entry) for i, entry in enumerate(entries)]


def register_names(draft: Draft) -> Mistakes:
    """Everything has a name, and a name or alias stands for one thing."""
    areas, units = draft.areas, draft.units
    for read, key, what in ((areas, "entries", "县区"), (units, "units", "填报单位")):
        for i, entry in enumerate(getattr(read.entry, key)):
            if not entry.names:
                yield read.mistake((key, i), f"{what} {entry.id} 没有名称（names），请补写。")
    yield from claimed_twice(areas, _names("entries", areas.entry.entries), "县区名称或别名")
    yield from claimed_twice(units, _names("units", units.entry.units), "填报单位名称或别名")
    yield from claimed_twice(units, _institution_names(units.entry.institutions), "机构名称或别名")


def _names(key: str, entries: tuple[AreaEntry | ReportingUnit, ...]) -> list[tuple[Where, str, str]]:
    return [
        ((key, i, *_place(j, len(entry.names))), squeezed(name), entry.id)
        for i, entry in enumerate(entries)
        for j, name in enumerate(entry.all_names)
    ]


def _institution_names(institutions: Sequence[Institution]) -> Iterator[tuple[Where, str, str]]:
    for i, entry in enumerate(institutions):
        yield ("institutions", i, "name"), squeezed(entry.name), entry.id
        for j, alias in enumerate(entry.aliases):
            yield ("institutions", i, "aliases", j), squeezed(alias), entry.id


def _place(position: int, names: int) -> Where:
    """Where the name at this position of `all_names` stands: names come first, then aliases."""
    return ("names", position, "name") if position < names else ("aliases", position - names)


def register_references(draft: Draft) -> Mistakes:
    """Registers name only what is in them."""
    areas, units = draft.areas.entry.by_id, draft.units.entry
    for i, area in enumerate(draft.areas.entry.entries):
        if area.within is not None and (area.within not in areas or areas[area.within].within is not None):
            yield draft.areas.mistake(
                ("entries", i, "within"), f"within 写作“{area.within}”，不是登记表中的县区编号，请改正。"
            )
    forms = {form.entry.code for form in draft.forms}
    for i, unit in enumerate(units.units):
        at: Where = ("units", i)
        if unit.institution and unit.institution not in units.institution_by_id:
            yield draft.units.mistake(
                (*at, "institution"), f"填报单位 {unit.id} 的机构“{unit.institution}”没有登记，请改正或补登机构。"
            )
        for j, name in enumerate(unit.areas):
            if name not in areas:
                yield draft.units.mistake(
                    (*at, "areas", j), f"填报单位 {unit.id} 的县区“{name}”没有登记，请改正或补登县区。"
                )
            elif (around := areas[name].within) in areas:
                yield draft.units.mistake(
                    (*at, "areas", j),
                    f"填报单位 {unit.id} 的县区“{areas[name].names[-1].name}”在{areas[around].names[-1].name}之内，"
                    "不单独汇总，请改写所在的县区。",
                )
        for j, duty in enumerate(unit.duties):
            if duty.form not in forms:
                yield draft.units.mistake(
                    (*at, "duties", j, "form"),
                    f"填报单位 {unit.id} 应报的报表“{duty.form}”没有定义，请改正或在 schemas/forms/ 中补充。",
                )


def register_needs(draft: Draft) -> Mistakes:
    """Whoever owes or may send figures has an institution and counties that they are added to."""
    forms = {form.entry.code: form.entry for form in draft.forms}
    for i, unit in enumerate(draft.units.entry.units):
        sent = [forms[duty.form] for duty in unit.duties if duty.form in forms]
        for key, what in _PLACES.items():
            form = next((form for form in sent if key in form.needs), None)
            if form and not getattr(unit, key):
                called = f"{form.short or form.name}（{form.code}）"
                yield draft.units.mistake(
                    ("units", i, key), f"填报单位 {unit.id} 报送{called}，必须写明{what}（{key}），请补写。"
                )


_PLACES = {"institution": "机构", "areas": "县区"}


def profile_titles(draft: Draft) -> Mistakes:
    """Every title in the profile is an institution's."""
    known = draft.units.entry.institution_by_id
    for name in draft.profile.entry.institution_titles:
        if name not in known:
            yield draft.profile.mistake(("institution_titles", name), f"机构“{name}”没有登记，请改正或补登机构。")


# ------------------------------------------------------------------ annexes


def annex_headings(draft: Draft) -> Mistakes:
    """A file defines at least one annex, and none is lost behind another of the same number or file name."""
    for family in draft.annexes:
        if not family.entry.annexes:
            yield family.mistake(("annexes",), "没有写任何附件（annexes），请补写，或者删去此文件。")
    for key in ("number", "file_name"):
        seen: dict[str, Read[Entry]] = {}
        for family in draft.annexes:
            for i, heading in enumerate(family.entry.annexes):
                here = Read(family.source, heading, ("annexes", i))
                first = seen.setdefault(getattr(heading, key), here)
                if first is not here:
                    place = f"{first.source.label} 第{first.line((key,))}行"
                    yield here.mistake((key,), f"{key} 写作“{getattr(heading, key)}”，与 {place}重复，请改正。")


def annex_columns(draft: Draft) -> Mistakes:
    """Every printed column is made of indicators and columns that exist."""
    indicators = {column.code for form in draft.forms for column in form.entry.columns}
    for family in draft.annexes:
        columns = family.entry.columns
        yield from written_twice(family, [(("columns", i, "id"), c.id) for i, c in enumerate(columns)], "栏目编号")
        known = indicators | {column.id for column in columns}
        for i, column in enumerate(columns):
            at: Where = ("columns", i)
            if not column.header or not all(column.header):
                yield family.mistake(at, f"栏目 {column.id} 的表头（header）是空的，请补写。")
            for key, needed in _NEEDED.items():
                if column.derivation in needed and not getattr(column, key):
                    yield family.mistake(at, f"栏目 {column.id} 的算法是 {column.derivation}，缺少“{key}”，请补写。")
            for name in filter(None, column.indicator.split("+")):
                if name not in indicators:
                    yield family.mistake(
                        (*at, "indicator"), f"栏目 {column.id} 用到的指标“{name}”在各报表中都没有，请改正。"
                    )
            for key in ("of", "to"):
                name = getattr(column, key)
                if name and name not in known:
                    yield family.mistake(
                        (*at, key), f"栏目 {column.id} 用到的“{name}”既不是本表的栏目，也不是指标，请改正。"
                    )


_NEEDED = {
    "indicator": ("sum",),
    "of": ("ratio", "growth", "change", "rank"),
    "to": ("ratio",),
}


def annex_institutions(draft: Draft) -> Mistakes:
    """An annex is about all institutions or about one that is registered."""
    known = draft.units.entry.institution_by_id
    for family in draft.annexes:
        for i, heading in enumerate(family.entry.annexes):
            name = heading.institution
            if name and name not in known:
                yield family.mistake(("annexes", i, "institution"), f"机构“{name}”没有登记，请改正或补登机构。")


CHECKS: tuple[Check, ...] = (
    file_names,
    register_ids,
    register_dates,
    register_names,
    register_references,
    register_needs,
    profile_titles,
    *HEADER_CHECKS,
    *POLICY_CHECKS,
    annex_headings,
    annex_columns,
    annex_institutions,
    import_words,
)
