"""A register workbook's data over a profile's: reporting units with their duties, and the calendar of deadlines.

The same checks hold as for the files under schemas/; only the place of a mistake is called otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.dated import D, Dated
from pipeline.catalog.drafts import Draft, Mistakes, Read
from pipeline.catalog.entries import build
from pipeline.catalog.policy import Parameter, Policy
from pipeline.catalog.registers import OTHER, Institution, ReportingUnit, UnitRegister
from pipeline.catalog.sources import Source, Where
from pipeline.errors import CatalogError, RegisterMistake

CALENDAR = ("monthly_deadline_day", "deadline_day_in_time", "target_due_month")
"""The policy parameters that the register holds."""

UNITS, DEADLINES = "units", "calendar"
Cell = tuple[str, str]
"""Sheet and address."""

_OTHER_WORDS = {
    "请改正 since 或 until": "请改正“自”或“至”",
    "没有名称（names）": "没有名称",
    "请改正或在 schemas/forms/ 中补充": "请从下拉列表中选择",
    "请改正或补登机构": "请从下拉列表中选择",
    "请改正或补登县区": "请按县区的登记名称改正，几个县区之间用“、”隔开",
    "机构（institution），请补写": "机构，请从下拉列表中选择，列表中没有的银行写成“其他：”加名称",
    "县区（areas），请补写": "县区，请填写县区的登记名称，几个县区之间用“、”隔开",
    "（不加引号）": "",
    "文号和条款（reference）": "“文号和条款”",
    "由本办约定的理由（working）": "“本办约定的理由”",
    "没有取值（values）": "没有取值",
    "应当是 true 或 false": "应当是“是”或“否”",
}
"""What a sentence about YAML says to somebody who edits a workbook."""


@dataclass(frozen=True, slots=True)
class Register:
    """Plain data as the files under schemas/ would have it, and the cell that each value was read from.

    `units` is what institutions.yaml has under that key; `calendar` gives each parameter's `values`.
    """

    units: list[dict[str, Any]]
    calendar: dict[str, list[dict[str, Any]]]
    label: str = "登记表"
    cells: Mapping[Where, Cell] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The same for the same register, wherever it was written."""
        data = {UNITS: self.units, DEADLINES: self.calendar}
        return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class BookSource(Source):
    """A register workbook in the place of a file."""

    register: Register
    institutions: Source
    """Where the institutions still stand."""
    titles: Mapping[str, str]
    """Parameters by the words of the workbook."""

    def cell(self, where: Where) -> Cell:
        """Sheet and cell of a value, or of the nearest thing around it; both empty where no cell is known."""
        for length in range(len(where), 0, -1):
            found = self.register.cells.get(where[:length])
            if found:
                return found
        return "", ""

    def line(self, where: Where) -> int:
        """Workbooks have no lines: all places are alike."""
        return 1

    def place(self, where: Where) -> str:
        """「工作表“填报单位”单元格C5」."""
        sheet, cell = self.cell(where)
        return (f"工作表“{sheet}”" if sheet else "另一处") + (f"单元格{cell}" if cell else "")

    def mistake(self, where: Where, sentence: str) -> CatalogError:
        """The error that says what is wrong in a cell."""
        if where[:1] == ("institutions",):
            return self.institutions.mistake(where, sentence)
        for said, meant in _OTHER_WORDS.items():
            sentence = sentence.replace(said, meant)
        for name, title in self.titles.items():
            sentence = sentence.replace(f"政策参数 {name} ", f"“{title}”")
        if "names" in where:  # most likely a row was copied and its id left
            sentence = sentence.replace("只有一个有效。", "只有一个有效；是两个单位的，请用两个编号。")
        return RegisterMistake(self.label, *self.cell(where), sentence, where)


def laid_over(draft: Draft, register: Register) -> Draft:
    """The draft with the register's units and deadlines in the place of its own.

    Raises:
        CatalogError: a value is not of the kind that its place asks for.
    """
    below = {read.entry.name: read for read in draft.parameters}
    titles = {name: below[name].entry.title for name in CALENDAR if name in below}
    data = {UNITS: register.units, DEADLINES: register.calendar}
    source = BookSource("登记表", register.content, data, None, register, draft.units.source, titles)
    units = tuple(build(ReportingUnit, unit, source, (UNITS, i)) for i, unit in enumerate(register.units))
    taken = UnitRegister(institutions=_institutions(draft.units.entry.institutions, units), units=units)
    return replace(
        draft,
        units=Read(source, taken),
        parameters=tuple(_replaced(read, register, source) for read in draft.parameters),
        under=draft.sources,
    )


def _institutions(listed: tuple[Institution, ...], units: Iterable[ReportingUnit]) -> tuple[Institution, ...]:
    """Those of the profile, and the others that units name: whose id is `other:` and their name."""
    named = dict.fromkeys(unit.institution for unit in units if unit.institution.startswith(OTHER))
    new = [name for name in named if name not in {entry.id for entry in listed}]
    last = max((entry.order for entry in listed), default=0)
    others = (
        Institution(id=name, order=order, name=name.removeprefix(OTHER))
        for order, name in enumerate(new, start=last + 1)
    )
    return (*listed, *others)


def _replaced(read: Read[Parameter], register: Register, source: BookSource) -> Read[Parameter]:
    name = read.entry.name
    if name not in register.calendar:
        return read
    body = {**read.entry.model_dump(include={"name", "title", "unit", "path"}), "values": register.calendar[name]}
    where: Where = (DEADLINES, name)
    return Read(source, build(Parameter, body, source, where), where)


def calendar_gaps(draft: Draft) -> Mistakes:
    """There is a deadline for every month: an entry begins where the one before ends, the last has no end."""
    for read in draft.parameters:
        if read.entry.name not in CALENDAR or not isinstance(read.source, BookSource):
            continue
        placed = sorted(enumerate(read.entry.values), key=lambda one: str(one[1].since or ""))
        title = read.entry.title
        if placed and placed[0][1].since is not None:
            yield read.mistake(("values", placed[0][0]), f"“{title}”最早的一行应不写“自”，使以前的月份也有取值。")
        if placed and placed[-1][1].until is not None:
            yield read.mistake(("values", placed[-1][0]), f"“{title}”最后的一行应不写“至”，使以后的月份也有取值。")
        for (_, one), (i, other) in pairwise(placed):
            if one.until is not None and other.since is not None and one.until.shifted(1) < other.since:
                month = one.until.shifted(1).label
                yield read.mistake(("values", i), f"“{title}”在{month}没有取值，请改正“自”或“至”，使前后相接。")


# ------------------------------------------------------------------ a catalogue as a register


def register_of(catalog: Catalog) -> Register:
    """Units and deadlines of a catalogue as plain data in one order, whatever order they were written in."""
    units = sorted(catalog.units.units, key=lambda unit: (unit.order, unit.id))
    return Register([_unit(unit) for unit in units], _calendar(catalog.policy))


def _unit(unit: ReportingUnit) -> dict[str, Any]:
    data: dict[str, Any] = {"id": unit.id, "order": unit.order, "institution": unit.institution}
    return {
        **data,
        "areas": list(unit.areas),
        "names": [{"name": name.name, **_dates(name)} for name in _by_date(unit.names)],
        "aliases": list(unit.aliases),
        "duties": [
            {"form": duty.form, "voluntary": duty.voluntary, **_dates(duty)}
            for duty in sorted(unit.duties, key=lambda duty: (duty.form, str(duty.since or "")))
        ],
    }


def _calendar(policy: Policy) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {"value": value.value, "reference": value.reference, "working": value.working, **_dates(value)}
            for value in _by_date(policy.parameters[name].values)
        ]
        for name in CALENDAR
        if name in policy.parameters
    }


def _by_date(entries: Iterable[D]) -> list[D]:
    return sorted(entries, key=lambda entry: str(entry.since or ""))


def _dates(entry: Dated) -> dict[str, str]:
    ends = {"since": entry.since, "until": entry.until}
    return {key: str(month) for key, month in ends.items() if month is not None}
