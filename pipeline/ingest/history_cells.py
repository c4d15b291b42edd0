"""What one cell of an imported table says: a period, a reporting unit, a county, an indicator; or why it says none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.catalog import AreaEntry, Catalog, ReportingUnit, header_index, normalise_header, squeezed
from pipeline.catalog.dated import Dated, holding
from pipeline.catalog.forms import Column, Form
from pipeline.ingest.heading import TOTAL_ROWS, packed, plain
from pipeline.ingest.period_words import months_named
from pipeline.model import Cell, CellKind
from pipeline.money import shortest_decimal
from pipeline.periods import Month
from pipeline.privacy import without_identities

LONGEST_SOURCE = 100
"""Characters of a source: it is printed under the annexes."""
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
"""Nobody's telephone comes under an annex."""

EXPECTED_PERIOD = "应为年月，如 2016-12、2016年12月、201612，或当月的最后一天"
_DAY = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?|((?:19|20)\d{2})([01]\d)([0-3]\d)")
_AMBIGUOUS = re.compile(r"(?:19|20)\d{2}\.\d")


class Misread(Exception):
    """A cell that does not say what its column asks for; the text says what was found and what is expected."""


def shown(cell: Cell | None) -> str:
    """A cell as messages quote it: one line, not too long, a day as a day."""
    if cell is None:
        return ""
    if isinstance(cell.value, datetime | date):
        return f"{cell.value:%Y-%m-%d}"
    return " ".join(text_of(cell).split())[:40]


def text_of(cell: Cell | None) -> str:
    """What a cell says as text, without signs that nobody sees; a whole number without its decimals."""
    if cell is None:
        return ""
    if isinstance(cell.value, float) and not isinstance(cell.value, bool):
        return f"{shortest_decimal(cell.value):f}"
    text = str(cell.value)
    if text.isprintable():
        return text.strip()
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    return "".join(" " if kind == "Cc" else sign for sign, kind in kinds if kind not in ("Cf", "Cs")).strip()


# ------------------------------------------------------------------ period


def period_of(cell: Cell | None, today: date) -> Month:
    """The month that a cell names; it must be over."""
    if cell is None:
        raise Misread(f"没有写报告期；{EXPECTED_PERIOD}。")
    month = _month_of(cell)
    if month >= Month.of(today):
        raise Misread(f"报告期“{shown(cell)}”还没有结束，不是历史数据。请核对年份和月份。")
    return month


def _month_of(cell: Cell) -> Month:
    if isinstance(cell.value, datetime | date):
        return _closing(cell.value.year, cell.value.month, cell.value.day, shown(cell))
    text = plain(text_of(cell))
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER) or _AMBIGUOUS.fullmatch(text):
        raise Misread(f"报告期“{shown(cell)}”无法确定是哪个月；{EXPECTED_PERIOD}。")
    day = _DAY.fullmatch(re.sub(r"\s+", "", text))
    if day:
        year, month, number = (int(part) for part in (day[1] or day[4], day[2] or day[5], day[3] or day[6]))
        return _closing(year, month, number, shown(cell))
    found = months_named(text, compact=True)
    if len(found) != 1:
        raise Misread(f"报告期“{shown(cell)}”不是一个月份；{EXPECTED_PERIOD}。")
    return found[0]


def _closing(year: int, month: int, day: int, said: str) -> Month:
    """A month named by its first or last day; any other day is when something was done."""
    try:
        named = Month.of(date(year, month, day))
    except ValueError as error:
        raise Misread(f"报告期“{said}”不是一个日期；{EXPECTED_PERIOD}。") from error
    if day not in (1, named.last_day.day):
        raise Misread(f"报告期“{said}”是月中的一天，无法确定指哪个月；{EXPECTED_PERIOD}。")
    return named


# ------------------------------------------------------------------ who and where


@dataclass(frozen=True, slots=True)
class Names:
    """What the registers and the forms know by which words, for one catalogue."""

    catalog: Catalog
    units: Mapping[str, str]
    areas: Mapping[str, str]
    indicators: Mapping[str, Mapping[str, str]]
    """Form → header words → indicator."""

    @classmethod
    def of(cls, catalog: Catalog, forms: Sequence[str]) -> Names:
        """All names and aliases of all times; codes and ids too."""
        units = {_key(name): unit.id for unit in catalog.units.units for name in (unit.id, *unit.all_names)}
        areas = {
            _key(name): area.id
            for area in catalog.areas.entries
            for name in (area.id, *area.all_names, *(named.code for named in area.names if named.code))
        }
        known = {code: catalog.forms[code] for code in forms if code in catalog.forms}
        return cls(catalog, units, areas, {code: _indicators(form, catalog) for code, form in known.items()})

    def unit(self, cell: Cell | None, month: Month | None) -> ReportingUnit:
        """The reporting unit that a cell names by id, name or alias; it must have existed then."""
        said = text_of(cell)
        unit = self.catalog.units.by_id.get(self.units.get(_key(said), ""))
        if unit is None:
            what = f"填报单位“{shown(cell)}”不在登记表中" if said else "没有写填报单位"
            raise Misread(f"{what}{self._meant(said)}；应为登记的名称、别名或编号，如“{self._example()}”。")
        if month and not holding(unit.names, month):
            raise Misread(f"{_when(unit.names)}“{shown(cell)}”在{month.label}还没有或已不在登记表中。请核对报告期。")
        return unit

    def _meant(self, said: str) -> str:
        """The units of an institution that is named in place of a unit."""
        key = _key(said)
        for entry in self.catalog.units.institutions:
            if key and key in {_key(name) for name in (entry.id, entry.name, *entry.aliases)}:
                own = [unit.names[-1].name for unit in self.catalog.units.units if unit.institution == entry.id]
                return f"（是机构，不是填报单位；{entry.name}的填报单位有：{'、'.join(own[:12])}）"
        return ""

    def _example(self) -> str:
        lending = [unit for unit in self.catalog.units.units if unit.institution and len(unit.areas) > 1]
        return (lending or list(self.catalog.units.units))[0].names[-1].name

    def area(self, cell: Cell | None, unit: ReportingUnit | None) -> AreaEntry | None:
        """The county that a cell names; empty or 合计 where the unit has a single one; None for an unknown unit's."""
        said = text_of(cell)
        areas = self.catalog.areas
        name = unit.names[-1].name if unit else ""
        if not said or packed(said) in TOTAL_ROWS | set(self.catalog.profile.totals):
            if unit is None:
                return None
            if len(unit.areas) == 1:
                return areas.by_id[unit.areas[0]]
            what = f"“{shown(cell)}”是合计" if said else "没有写县区"
            raise Misread(f"{what}，{name}报{len(unit.areas)}个县区。附件分县区列示，请按县区逐行填写，合计行请删去。")
        area = areas.by_id.get(self.areas.get(_key(said), ""))
        if area is None:
            raise Misread(f"县区“{shown(cell)}”不在登记表中；应为登记的名称、简称、编号或行政区划代码。")
        if unit and area.id not in unit.areas and area.within not in unit.areas:
            own = "、".join(areas.by_id[one].names[-1].name for one in unit.areas[:12]) or "（无）"
            raise Misread(f"{name}不报“{shown(cell)}”的数；它的县区是：{own}。请核对填报单位和县区。")
        return area

    def indicator(self, cell: Cell | None, unit: ReportingUnit | None) -> tuple[Form, Column]:
        """The indicator that a cell names by code or header words, and the form by which the unit reports it."""
        said = text_of(cell)
        if not said:
            raise Misread("没有写指标；应为指标代码或规定的表头，如 outstanding_amount、期末余额/金额。")
        elsewhere = []
        for code, words in self.indicators.items():
            form = self.catalog.forms[code]
            found = self._column(said, words, form)
            if found and (unit is None or any(duty.form == code for duty in unit.duties)):
                return form, _importable(found, shown(cell))
            elsewhere += [form.name] if found else []
        if elsewhere and unit:
            raise Misread(
                f"指标“{shown(cell)}”在《{elsewhere[0]}》中，{unit.names[-1].name}不报这张表。请核对填报单位。"
            )
        raise Misread(f"不认识指标“{shown(cell)}”；应为指标代码或规定的表头，如 outstanding_amount、期末余额/金额。")

    @staticmethod
    def _column(said: str, words: Mapping[str, str], form: Form) -> Column | None:
        key = normalise_header(said)
        code = said.strip().lower()
        code = code if code in form.by_code else words.get(key) or words.get(key.replace("/", "")) or ""
        return form.by_code.get(code)


def _key(text: str) -> str:
    return squeezed(text).lower()


def _indicators(form: Form, catalog: Catalog) -> dict[str, str]:
    return {path: code for path, (code, institution) in header_index(form, catalog).items() if not institution}


def _importable(column: Column, said: str) -> Column:
    if column.is_text or column.repeatable or column.by_institution:
        raise Misread(f"指标“{said}”不是逐县区的数字，不能补录。请删去这一行。")
    if column.compared:
        raise Misread(f"指标“{said}”只用来核对，不作对比基数。请改为补录相应月份的期末数，或删去这一行。")
    return column


def _when(names: Sequence[Dated]) -> str:
    since, until = names[0].since, names[-1].until
    return f"登记表中该单位自{since.label}起，" if since else f"登记表中该单位至{until.label}止，" if until else ""


# ------------------------------------------------------------------ source


def source_of(cell: Cell | None) -> str:
    """Where a figure was taken from, in one line."""
    said = " ".join(text_of(cell).split())
    if not any(sign.isalpha() for sign in said):
        raise Misread("没有写来源。补录的数字都要写明出处，如“2016年12月金融扶贫统计表”。")
    if len(said) > LONGEST_SOURCE:
        raise Misread(f"来源有{len(said)}个字，最多{LONGEST_SOURCE}个字（要印在附件下方）。请写短些。")
    if without_identities(said) != said or _MOBILE.search(unicodedata.normalize("NFKC", said)):
        raise Misread("来源里有身份证号或手机号。来源要印在附件下方，请只写资料的名称和页次。")
    return said
