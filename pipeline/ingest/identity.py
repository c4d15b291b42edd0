"""Who reports, about which period, in which money: from the content; the file's name may only agree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.ingest.account import Account
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import (
    PERIOD_LABELS,
    UNIT_LABELS,
    Saying,
    is_letter,
    money_in_caption,
    months_in_name,
    months_named,
    packed,
    sayings,
    units_named,
    years_named,
)
from pipeline.model import ReceivedFile
from pipeline.money import MONEY_UNITS
from pipeline.periods import Month, period_label


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a sheet; None for what could not be found (a finding says so)."""

    unit: str | None
    period: str | None
    money_unit: str | None
    money_unit_refused: bool = False
    """What is written of money is contradictory, and a finding says so."""


@dataclass(frozen=True, slots=True)
class Around:
    """The rows of a sheet that speak of the table in it: those that head it, and those asked only if they do not."""

    account: Account
    above: Collection[int]
    below: Collection[int]
    said: tuple[Saying, ...] = ()
    """What a column of the table itself says: 填报单位, the name below it."""

    def labelled(self, labels: tuple[str, ...]) -> list[Saying]:
        """What the rows below say under one of these labels."""
        return [said for said in sayings(self.account, self.below) if said.label in labels]


def identify(around: Around, form: Form, received: ReceivedFile, catalog: Catalog, faults: Faults) -> Identity:
    """Read unit, period and unit of money from what stands above the header (unit: also from below the table)."""
    lines = [*sayings(around.account, around.above), *around.said]
    above = [said for said in lines if said.label or not (form.is_words and is_letter(said.text))]
    sheet = around.account.sheet.name
    period = _period(above, around, form, received, sheet, faults)
    unit = _unit(above, around, period, _Asking(form, received, catalog, sheet, faults))
    if form.is_words:
        return Identity(unit, period, None)
    money = _money(around, sheet, faults)
    return Identity(unit, period, money[0], money_unit_refused=money[1])


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
    labelled = [s for s in above if s.label in UNIT_LABELS] or below.labelled(UNIT_LABELS)
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
        asking.refuse("F03", "表中没有写明填报单位。请在表头上方写明“填报单位：…”（用登记的名称）后重新报送。")
        return None
    if len(found) > 1 or (declared and titles):
        names = "、".join(_name(asking.catalog, unit, period) for unit in dict.fromkeys([*found, *titles]))
        asking.refuse("F03", f"表中同时写有{names}，无法确定填报单位。请只保留填报单位本身的名称后重新报送。")
        return found[0] if len(declared) == 1 and _owes(found[0], period, asking) else None
    if not _owes(found[0], period, asking):
        return None
    _compare_unit_with_name(found[0], period, asking)
    return found[0]


def _owes(unit: str, period: str | None, asking: _Asking) -> bool:
    """Whether this unit owes the form at all."""
    name = _name(asking.catalog, unit, period)
    if not any(duty.form == asking.form.code for duty in asking.catalog.units.by_id[unit].duties):
        asking.refuse("F03", f"{name}不报送“{asking.form.name}”。请核对填报单位是否写错，或是否发错文件。", value=name)
        return False
    return True


def _compare_unit_with_name(unit: str, period: str | None, asking: _Asking) -> None:
    name, other = _name(asking.catalog, unit, period), _other_in_name(unit, period, asking)
    if other:
        asking.refuse(
            "F03",
            f"文件名写的是{other}，表内填报单位是{name}。请核对是否用错了文件，改正后重新报送。",
            value=name,
            expected=other,
        )


def _other_in_name(unit: str, period: str | None, asking: _Asking) -> str:
    """Another unit, or another institution than this unit's, that the file's name gives instead; empty if none."""
    file_name = packed(PurePosixPath(asking.received.name).name)
    named = asking.named(file_name)
    if named:
        return "" if unit in named else _name(asking.catalog, named[0], period)
    institution = asking.catalog.units.by_id[unit].institution
    spellings = sorted(
        ((packed(name), entry) for entry in asking.catalog.units.institutions for name in (entry.name, *entry.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    found = next((entry for name, entry in spellings if name in file_name), None)
    return found.name if found and institution and found.id != institution else ""


def _name(catalog: Catalog, unit: str, period: str | None) -> str:
    return catalog.units.by_id[unit].name(Month.parse(period) if period and "-" in period else Month(2999, 12))


def _all(said: list[Saying], find: Callable[[str], list[str]]) -> list[str]:
    return list(dict.fromkeys(found for s in said for found in find(s.text)))


# ------------------------------------------------------------------ period


def _period(
    above: list[Saying], below: Around, form: Form, received: ReceivedFile, sheet: str, faults: Faults
) -> str | None:
    yearly = form.frequency == "year"

    def named(text: str, *, compact: bool = False) -> list[str]:
        return years_named(text) if yearly else [str(month) for month in months_named(text, compact=compact)]

    labelled = _all([s for s in above if s.label in PERIOD_LABELS], lambda text: named(text, compact=True))
    free = _all([s for s in above if not s.label], named)
    found = list(dict.fromkeys([*labelled, *free])) or _all(below.labelled(PERIOD_LABELS), named)
    if not found:
        faults.add("F04", "表中没有写明报告期。请在标题或“报告期”处写明（如2018年3月）后重新报送。", sheet=sheet)
        return None
    if len(found) > 1:
        listed = "、".join(period_label(period) for period in found)
        faults.add("F04", f"表中写有不同的报告期：{listed}。请统一后重新报送。", sheet=sheet, value=listed)
        return labelled[0] if len(labelled) == 1 else None
    period = found[0]
    _compare_with_name(period, yearly, received, sheet, faults)
    _refuse_future(period, yearly, received, sheet, faults)
    return period


def _compare_with_name(period: str, yearly: bool, received: ReceivedFile, sheet: str, faults: Faults) -> None:
    name = PurePosixPath(received.name).name
    in_name = years_named(name) if yearly else [str(month) for month in months_in_name(name)]
    if in_name and period not in in_name:
        faults.add(
            "F04",
            f"文件名写的是{period_label(in_name[0])}，表内报告期是{period_label(period)}。"
            "请核对是否把上月的文件改名发来，改正后重新报送。",
            sheet=sheet,
            value=period,
            expected=in_name[0],
        )


def _refuse_future(period: str, yearly: bool, received: ReceivedFile, sheet: str, faults: Faults) -> None:
    if not yearly and str(Month.parse(period).first_day) > received.received_at[:10]:
        faults.add(
            "F04",
            f"报告期{period_label(period)}在收到之日（{received.received_at[:10]}）还没有开始。请核对报告期后重新报送。",
            sheet=sheet,
            value=period,
        )


# ------------------------------------------------------------------ money


def _money(around: Around, sheet: str, faults: Faults) -> tuple[str | None, bool]:
    """The unit of money of the caption, and whether it had to be refused; headers may say it column by column."""
    found: list[str] = []
    for row in around.above:
        for cell in around.account.row(row):
            found += [unit for unit in money_in_caption(str(cell.value)) if unit not in found]
    if len(found) > 1 or (found and found[0] not in MONEY_UNITS):
        faults.add(
            "F05",
            f"金额单位写作“{'、'.join(found)}”，无法确定。请只写一种（万元或元）后重新报送。",
            sheet=sheet,
            value="、".join(found),
            expected="万元",
        )
        return None, True
    return (found[0] if found else None), False
