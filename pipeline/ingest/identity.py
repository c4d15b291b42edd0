"""Who reports, about which period, in which money: from the content; the file's name may only agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import (
    UNIT_LABELS,
    Around,
    Saying,
    is_addressed,
    is_letter,
    packed,
    plain,
    sayings,
    without_references,
)
from pipeline.ingest.money_unit import MoneyStated, money_around
from pipeline.ingest.reference_period import names_of, reference_period
from pipeline.ingest.registered import part_named, units_named
from pipeline.ingest.unit_evidence import branch_elsewhere, county_of_name, institution_in, signatures
from pipeline.model import ReceivedFile
from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a sheet; None for what could not be found (a finding says so)."""

    unit: str | None
    period: str | None
    money: MoneyStated
    unit_at: str = ""
    period_at: str = ""
    """The cells that say so; empty where none says it alone."""


_TO_WHOM = re.compile(r"\([^()]*报送?[^()]*\)")
"""（每月5日前报送市金融办）: to whom a form goes is not who fills it in."""


def identify(around: Around, form: Form, received: ReceivedFile, catalog: Catalog, faults: Faults) -> Identity:
    """Read unit, period and unit of money from what stands above the header (unit: also from below the table)."""
    above = [_said(said) for said in (*sayings(around.account, around.above), *around.said)]
    above = [said for said in above if said.label or not (is_letter if form.is_words else is_addressed)(said.text)]
    sheet = around.account.sheet.name
    period, period_at = reference_period(above, around, form.frequency == "year", received, faults)
    unit, unit_at = _unit(above, around, period, _Asking(form, received, catalog, sheet, faults))
    money = MoneyStated() if form.is_words else money_around(around, sheet, faults)
    return Identity(unit, period, money, unit_at, period_at)


def _said(said: Saying) -> Saying:
    """What is said without a label does not speak by the documents that it refers to."""
    return said if said.label else replace(said, text=without_references(said.text))


# ------------------------------------------------------------------ reporting unit


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked about one sheet, and where the answer's faults go."""

    form: Form
    received: ReceivedFile
    catalog: Catalog
    sheet: str
    faults: Faults

    def refuse(self, rule: str, message: str, **place: str) -> None:
        self.faults.add(rule, message, sheet=self.sheet, **place)

    def named(self, text: str) -> list[str]:
        return units_named(text, self.catalog)

    def owes(self, unit: str) -> bool:
        return any(duty.form == self.form.code for duty in self.catalog.units.by_id[unit].duties)


def _unit(above: list[Saying], around: Around, period: str | None, asking: _Asking) -> tuple[str | None, str]:
    """The one reporting unit that the sheet names and that owes this form, and at which cell.

    None (and a finding) if there is none.
    """
    labelled = [*(s for s in above if s.label in UNIT_LABELS), *around.labelled(UNIT_LABELS)]
    labelled = [replace(said, text=_TO_WHOM.sub("", plain(said.text))) for said in labelled]
    declared = _each(labelled, asking.named)
    titles = {unit: said for unit, said in _each([s for s in above if not s.label], asking.named).items()}
    titles = {unit: said for unit, said in titles.items() if unit not in declared}
    if any(asking.owes(unit) for unit in (*declared, *titles)):
        titles = {unit: said for unit, said in titles.items() if asking.owes(unit)}
    if labelled and not declared:
        _refuse_label(labelled[0], period, asking)
        return None, ""
    for said in labelled:
        if part := part_named(said.text, asking.catalog):
            _refuse_part(said, part.replace("\0", ""), asking)
            return None, ""
    for said in above if declared and not asking.form.is_words else ():
        if not said.label and ":" not in plain(said.text) and (other := branch_elsewhere(said.text, asking.catalog)):
            _refuse_branch(said, other, next(iter(declared)), period, asking)
            return None, ""
    signed = {} if asking.form.is_words else _signed(around, asking)
    found = declared or titles or signed
    if not found:
        told = "表中没有写明填报单位。请在表头上方写明“填报单位：…”（用登记的名称）后重新报送。"
        asking.refuse("F03", told + _hint(period, asking))
        return None, ""
    if len(found) > 1 or (declared and titles):
        _refuse_several({**found, **titles}, period, asking)
        (first, *_) = found
        return (first if len(declared) == 1 and _owes(first, period, asking) else None), ""
    ((unit, said),) = found.items()
    if not _owes(unit, period, asking):
        return None, ""
    _compare_unit(unit, said.cell.address, around, period, signed, asking)
    return unit, said.cell.address


def _signed(around: Around, asking: _Asking) -> dict[str, Saying]:
    """The units below the table that owe the form; a county's office that countersigns does not."""
    return {
        unit: Saying(signed.cell, "", str(signed.cell.value))
        for signed in signatures(around, asking.catalog)
        for unit in signed.units
        if asking.owes(unit)
    }


def _refuse_label(said: Saying, period: str | None, asking: _Asking) -> None:
    """A unit under 填报单位 that is not registered; where it is an institution of several units, which they are."""
    written = said.text[:40]
    institution = institution_in(packed(said.text), asking.catalog)
    units = [u.id for u in asking.catalog.units.units if institution and u.institution == institution.id]
    owing = [unit for unit in units if asking.owes(unit)]
    told = f"填报单位“{written}”不在机构登记表中。请核对单位名称；确属新单位的，请先在机构登记表中登记。"
    if owing:
        names = "、".join(_name(asking.catalog, unit, period) for unit in owing)
        which = f"看不出是哪一家（登记的有{len(owing)}家：{names}）" if len(owing) > 1 else f"不是登记的名称（{names}）"
        told = f"填报单位写作“{written}”，{which}。请写登记的全称后重新报送。"
    asking.refuse("F03", told, cell=said.cell.address, value=written)


def _refuse_part(said: Saying, part: str, asking: _Asking) -> None:
    """A branch behind the unit's name: its figures are not the unit's."""
    written = said.text[:40]
    told = (
        f"填报单位写作“{written}”，“{part}”只是该单位的一部分，不能确定是不是全单位的数。"
        "是全单位的数的，请只写登记的名称后重新报送；不是的，请报送全单位的报表。"
    )
    asking.refuse("F03", told, cell=said.cell.address, value=written)


def _refuse_branch(said: Saying, other: str, unit: str, period: str | None, asking: _Asking) -> None:
    """Another city's branch, or only one of the unit's own, in the title."""
    own = _name(asking.catalog, unit, period)
    told = f"这里写的是{other}，填报单位写的却是{own}，无法确定是哪一家的数。请核对是否用错了表，改正后重新报送。"
    asking.refuse("F03", told, cell=said.cell.address, value=other)


def _refuse_several(found: Mapping[str, Saying], period: str | None, asking: _Asking) -> None:
    names = "、".join(_name(asking.catalog, unit, period) for unit in found)
    odd = list(found.values())[1]
    told = f"表中同时写有{names}，无法确定填报单位。请只保留填报单位本身的名称后重新报送。"
    asking.refuse("F03", told, cell=odd.cell.address, value=odd.text[:40])


def _owes(unit: str, period: str | None, asking: _Asking) -> bool:
    """Whether this unit owes the form at all."""
    name = _name(asking.catalog, unit, period)
    if not asking.owes(unit):
        asking.refuse("F03", f"{name}不报送“{asking.form.name}”。请核对填报单位是否写错，或是否发错文件。", value=name)
        return False
    return True


# ------------------------------------------------------------------ what may contradict it, and never says it


def _compare_unit(
    unit: str, at: str, around: Around, period: str | None, signed: Mapping[str, Saying], asking: _Asking
) -> None:
    """Hold the unit against signature and sheet's name, one finding for all, and against the file's name."""
    name = _name(asking.catalog, unit, period)
    told = next(_contradictions(unit, around, period, signed, asking), None)
    if told:
        where, written, cell = told
        message = f"{where}写的是{written}，与填报单位{name}不一致。请核对是否用错了表或忘了改，改正后重新报送。"
        asking.refuse("F03", message, cell=cell, value=written)
        return
    for where, written in names_of(asking.received):
        if other := _other_in_name(written, unit, period, asking):
            asking.refuse(
                "F03",
                f"{where}写的是{other}，表内填报单位是{name}。请核对是否用错了文件，改正后重新报送。",
                cell=at,
                value=f"{where}：{written[:60]}",
            )


def _contradictions(
    unit: str, around: Around, period: str | None, signed: Mapping[str, Saying], asking: _Asking
) -> Iterator[tuple[str, str, str]]:
    """Where another unit, institution or county is named, how, and at which cell."""
    if signed and unit not in signed:
        (other, said) = next(iter(signed.items()))
        yield "表下的落款", _name(asking.catalog, other, period), said.cell.address
    own = asking.catalog.units.by_id[unit]
    for sign in signatures(around, asking.catalog) if own.institution and not asking.form.is_words else ():
        if not sign.units and sign.institution and sign.institution.id != own.institution:
            yield "表下的落款", sign.institution.name, sign.cell.address
    sheet = around.account.sheet.name
    county = county_of_name(sheet, asking.catalog) if own.areas else ""
    if county and not {county, asking.catalog.areas.by_id[county].within} & set(own.areas):
        yield "工作表名", sheet, ""
    in_file = any(sheet in name for _, name in names_of(asking.received))
    if not in_file and (other := _other_in_name(sheet, unit, period, asking, owing=True)):
        yield f"工作表名“{sheet[:30]}”", other, ""


def _other_in_name(written: str, unit: str, period: str | None, asking: _Asking, *, owing: bool = False) -> str:
    """Another unit, or another institution than this unit's, that a name gives instead; empty if none."""
    named = asking.named(packed(written))
    if owing:
        named = [other for other in named if asking.owes(other)]
    if named:
        return "" if unit in named else _name(asking.catalog, named[0], period)
    found = institution_in(packed(written), asking.catalog)
    institution = asking.catalog.units.by_id[unit].institution
    return found.name if found and institution and found.id != institution else ""


def _hint(period: str | None, asking: _Asking) -> str:
    """What the file's name and the mail suggest: told, never used."""
    for where, written in names_of(asking.received):
        named = asking.named(packed(written))
        if named or institution_in(packed(written), asking.catalog):
            words = _name(asking.catalog, named[0], period) if named else f"“{written[:40]}”"
            return f"{where}写的是{words}，只作参考，不能代替表内的填报单位。"
    return ""


def _name(catalog: Catalog, unit: str, period: str | None) -> str:
    return catalog.units.by_id[unit].name(Month.parse(period) if period and "-" in period else Month(2999, 12))


def _each(said: list[Saying], find: Callable[[str], list[str]]) -> dict[str, Saying]:
    """What is found, each with the first place that says it."""
    found: dict[str, Saying] = {}
    for one in said:
        for name in find(one.text):
            found.setdefault(name, one)
    return found
