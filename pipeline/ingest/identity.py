"""Who reports, about which period, in which money: from the content; the file's name may only agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.catalog.registers import Institution
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import (
    UNIT_LABELS,
    Around,
    Saying,
    is_letter,
    packed,
    sayings,
    units_named,
)
from pipeline.ingest.money_unit import MoneyStated, money_around
from pipeline.ingest.reference_period import names_of, reference_period
from pipeline.model import ReceivedFile
from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a sheet; None for what could not be found (a finding says so)."""

    unit: str | None
    period: str | None
    money: MoneyStated


def identify(around: Around, form: Form, received: ReceivedFile, catalog: Catalog, faults: Faults) -> Identity:
    """Read unit, period and unit of money from what stands above the header (unit: also from below the table)."""
    lines = [*sayings(around.account, around.above), *around.said]
    above = [said for said in lines if said.label or not (form.is_words and is_letter(said.text))]
    sheet = around.account.sheet.name
    period = reference_period(above, around, form.frequency == "year", received, faults)
    unit = _unit(above, around, period, _Asking(form, received, catalog, sheet, faults))
    if form.is_words:
        return Identity(unit, period, MoneyStated())
    return Identity(unit, period, money_around(around, sheet, faults))


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


def _unit(above: list[Saying], below: Around, period: str | None, asking: _Asking) -> str | None:
    """The one reporting unit that the sheet names and that owes this form; None (and a finding) if there is none."""
    labelled = [*(s for s in above if s.label in UNIT_LABELS), *below.labelled(UNIT_LABELS)]
    declared = _all(labelled, asking.named)
    titles = [unit for unit in _all([s for s in above if not s.label], asking.named) if unit not in declared]
    if labelled and not declared:
        said = labelled[0]
        asking.refuse(
            "F03",
            f"填报单位“{said.text[:40]}”不在机构登记表中。请核对单位名称；确属新单位的，请先在机构登记表中登记。",
            cell=said.cell.address,
            value=said.text[:40],
        )
        return None
    found = declared or titles
    if not found:
        told = "表中没有写明填报单位。请在表头上方写明“填报单位：…”（用登记的名称）后重新报送。"
        asking.refuse("F03", told + _hint(period, asking))
        return None
    if len(found) > 1 or (declared and titles):
        names = "、".join(_name(asking.catalog, unit, period) for unit in dict.fromkeys([*found, *titles]))
        asking.refuse("F03", f"表中同时写有{names}，无法确定填报单位。请只保留填报单位本身的名称后重新报送。")
        return found[0] if len(declared) == 1 and _owes(found[0], period, asking) else None
    if not _owes(found[0], period, asking):
        return None
    _compare_unit_with_names(found[0], period, asking)
    return found[0]


def _owes(unit: str, period: str | None, asking: _Asking) -> bool:
    """Whether this unit owes the form at all."""
    name = _name(asking.catalog, unit, period)
    if not any(duty.form == asking.form.code for duty in asking.catalog.units.by_id[unit].duties):
        asking.refuse("F03", f"{name}不报送“{asking.form.name}”。请核对填报单位是否写错，或是否发错文件。", value=name)
        return False
    return True


def _compare_unit_with_names(unit: str, period: str | None, asking: _Asking) -> None:
    name = _name(asking.catalog, unit, period)
    for where, written in names_of(asking.received):
        if other := _other_in_name(written, unit, period, asking):
            asking.refuse(
                "F03",
                f"{where}写的是{other}，表内填报单位是{name}。请核对是否用错了文件，改正后重新报送。",
                value=name,
                expected=other,
            )


def _other_in_name(written: str, unit: str, period: str | None, asking: _Asking) -> str:
    """Another unit, or another institution than this unit's, that a name gives instead; empty if none."""
    named = asking.named(packed(written))
    if named:
        return "" if unit in named else _name(asking.catalog, named[0], period)
    found = _institution_in(packed(written), asking.catalog)
    institution = asking.catalog.units.by_id[unit].institution
    return found.name if found and institution and found.id != institution else ""


def _institution_in(name: str, catalog: Catalog) -> Institution | None:
    spellings = sorted(
        ((packed(spelt), entry) for entry in catalog.units.institutions for spelt in (entry.name, *entry.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    return next((entry for spelt, entry in spellings if spelt in name), None)


def _hint(period: str | None, asking: _Asking) -> str:
    """What the file's name and the mail suggest: told, never used."""
    for where, written in names_of(asking.received):
        named = asking.named(packed(written))
        if named or _institution_in(packed(written), asking.catalog):
            words = _name(asking.catalog, named[0], period) if named else f"“{written[:40]}”"
            return f"{where}写的是{words}，只作参考，不能代替表内的填报单位。"
    return ""


def _name(catalog: Catalog, unit: str, period: str | None) -> str:
    return catalog.units.by_id[unit].name(Month.parse(period) if period and "-" in period else Month(2999, 12))


def _all(said: list[Saying], find: Callable[[str], list[str]]) -> list[str]:
    return list(dict.fromkeys(found for s in said for found in find(s.text)))
