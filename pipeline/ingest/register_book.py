"""A register workbook → reporting units with their duties, deadlines and contacts, or everything that is wrong with it.

All or nothing is decided by whoever calls: here every row is read, and every problem is told at its cell. What a
register must be as a whole is checked by the catalogue, with the cells that are remembered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.catalog import Catalog, Register, squeezed
from pipeline.catalog.overlay import CALENDAR, DEADLINES, UNITS, Cell
from pipeline.catalog.register_sheets import (
    CONTACTS,
    EDITED,
    EXTENSIONS,
    GUIDE,
    MAY,
    NO,
    OTHER_BANK,
    OWED,
    TARGET_FORM,
    TARGETS,
    YES,
    Contact,
    SheetPlan,
)
from pipeline.catalog.register_sheets import DEADLINES as DEADLINE_SHEET
from pipeline.catalog.register_sheets import DUTIES as DUTY_SHEET
from pipeline.catalog.register_sheets import UNITS as UNIT_SHEET
from pipeline.catalog.registers import OTHER
from pipeline.catalog.sources import Where
from pipeline.ingest.heading import TOTAL_ROWS, packed
from pipeline.ingest.history import Problem
from pipeline.ingest.register_table import Row, Table
from pipeline.model import CellKind, Grid, Sheet, Unreadable

METHOD = "登记表导入"
"""How a register workbook comes in whose targets are taken for the office's form T01."""

_NOT_A_FORM = "这是登记表，不是报表，没有读取。请用 register import 导入，并移出收件文件夹。"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID = 40
_OTHER_BANK = re.compile(rf"{OTHER_BANK[:-1]}\s*[：:]\s*(.*)")
_LONGEST_BANK = 20
_NAME = re.compile(r"\w[\w（）()·. -]*")
"""Names become names of folders and cells of tables that Excel opens."""


@dataclass(slots=True)
class RegisterReading:
    """What a register workbook holds; `register` is None where its sheets could not be told."""

    register: Register | None = None
    contacts: list[Contact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_targets: bool = False
    """It is a register with a sheet of targets, to be read as the form that it is."""
    spoilt: set[Where] = field(default_factory=set)
    """Ways to lists of dated entries that are known in part: gaps and overlaps there mean nothing."""


@dataclass(frozen=True, slots=True)
class RegisterReader:
    """Reads an opened workbook: what a worker is given to do."""

    catalog: Catalog

    def __call__(self, key: str, opened: Grid | Unreadable) -> RegisterReading:
        """What the workbook holds."""
        return read_register(opened, self.catalog)


def is_register(opened: Grid) -> bool:
    """Whether a workbook is a register, whatever it is called."""
    names = {squeezed(sheet.name) for sheet in opened.sheets}
    return {plan.name for plan in EDITED} <= names


def forms_in(opened: Grid | Unreadable, method: str) -> Grid | Unreadable:
    """What of an opened file is read as forms: of a register that was imported its targets, of another one nothing.

    A sum that the workbook itself makes, and that no program has calculated yet, is no typed total.
    """
    if isinstance(opened, Unreadable) or not is_register(opened):
        return opened
    if method != METHOD:
        return Unreadable("F02", _NOT_A_FORM)
    return replace(opened, sheets=[_without_empty_sums(s) for s in opened.sheets if squeezed(s.name) == TARGETS])


def _without_empty_sums(sheet: Sheet) -> Sheet:
    sums = {row for (row, _), cell in sheet.cells.items() if packed(str(cell.value)) in TOTAL_ROWS}
    kept = {at: cell for at, cell in sheet.cells.items() if not (at[0] in sums and cell.kind is CellKind.UNCALCULATED)}
    return replace(sheet, cells=kept)


def read_register(opened: Grid | Unreadable, catalog: Catalog) -> RegisterReading:
    """Read every sheet that people edit."""
    reading = RegisterReading()
    if isinstance(opened, Unreadable):
        other = "这不是 Excel 工作簿，没有读取。请导入用 register export 导出、改好的登记表。"
        told = other if opened.rule == "F02" else opened.message.replace("重新报送", "重新导入")
        reading.problems.append(Problem("", "", told))
        return reading
    reading.has_targets = is_register(opened) and any(squeezed(sheet.name) == TARGETS for sheet in opened.sheets)
    _tell_sheets(opened, catalog, reading)
    tables = {plan.name: _table(opened, plan, reading) for plan in EDITED}
    if any(table is None or not table.is_whole for table in tables.values()):
        return reading
    whole = {name: table for name, table in tables.items() if table is not None}
    _Book(catalog, whole, reading).read()
    return reading


def _tell_sheets(opened: Grid, catalog: Catalog, reading: RegisterReading) -> None:
    plans = {plan.name for plan in EDITED}
    has_targets = any(duty.form == TARGET_FORM for unit in catalog.units.units for duty in unit.duties)
    present = {squeezed(sheet.name) for sheet in opened.sheets}
    for name in [plan.name for plan in EDITED] + [TARGETS] * has_targets:
        if name not in present:
            reading.problems.append(
                Problem(name, "", "缺少这张工作表。请按导出的登记表恢复，工作表的名称不要改，不需要的也不要删。")
            )
    for sheet in opened.sheets:
        name = squeezed(sheet.name)
        if sheet.cells and name not in {*plans, GUIDE, EXTENSIONS, TARGETS}:
            reading.problems.append(Problem(sheet.name, "", "不是登记表的工作表，没有读取。请删去后重新导入。"))
        elif sheet.cells and sheet.hidden and name in {*plans, TARGETS}:
            reading.problems.append(Problem(sheet.name, "", "这张工作表是隐藏的。请取消隐藏，核对后重新导入。"))


def _table(opened: Grid, plan: SheetPlan, reading: RegisterReading) -> Table | None:
    sheet = next((sheet for sheet in opened.sheets if squeezed(sheet.name) == plan.name), None)
    return Table(sheet, plan, reading.problems) if sheet else None


# ------------------------------------------------------------------ rows


def _key(text: str) -> str:
    return squeezed(text).lower()


@dataclass(slots=True)
class _Book:
    """Reads the rows of the sheets; remembers the cell of every value."""

    catalog: Catalog
    tables: Mapping[str, Table]
    reading: RegisterReading
    units: list[dict[str, Any]] = field(default_factory=list)
    calendar: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    cells: dict[Where, Cell] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    """Unit → its position."""
    lacks_units: bool = False
    """A unit's id could not be read: another sheet may speak of it."""

    def read(self) -> None:
        """Units first: the other sheets speak of them."""
        self.cells[(UNITS,)] = UNIT_SHEET.name, ""
        for row in self._rows(UNIT_SHEET):
            self._read_unit(row)
        for i, unit in enumerate(self.units):
            if unit["order"] is None:
                sheet, cell = self.cells[UNITS, i, "order"]
                self.reading.problems.append(Problem(sheet, cell, "没有写顺序。请填写整数，附件和名单按它排列。"))
                unit["order"] = 0
        for row in self._rows(DUTY_SHEET):
            self._read_duty(row)
        self._read_deadlines()
        for row in self._rows(CONTACTS):
            self._read_contact(row)
        self.reading.register = Register(self.units, self.calendar, cells=self.cells)

    def _rows(self, plan: SheetPlan) -> Iterator[Row]:
        return self.tables[plan.name].rows()

    def _read_unit(self, row: Row) -> None:
        name = row.text("id")
        self.lacks_units |= row.is_spoilt or not name
        if not name and row.is_spoilt:
            return
        if not name:
            row.tell("id", "没有写编号。更名的写原来的编号；新单位请编一个，用小写字母、数字和连字符，如 rcb-hanbin。")
            return
        if name not in self.catalog.units.by_id and not (_ID.fullmatch(name) and len(name) <= _LONGEST_ID):
            row.tell("id", f"编号“{name[:40]}”写法不对。请用小写字母、数字和连字符，如 rcb-hanbin。")
            self.lacks_units = True
        i = self.place.setdefault(name, len(self.units))
        if i == len(self.units):
            empty: dict[str, Any] = {"id": name, "order": None, "institution": "", "areas": [], "names": []}
            self.units.append({**empty, "aliases": [], "duties": []})
            for key in ("id", "institution", "areas", "order"):
                self.cells[UNITS, i, key] = row.place(key)
            self.cells[UNITS, i] = row.place("id")
        unit = self.units[i]
        self._read_name(row, i, unit)
        self._once(row, i, "institution", self._institution(row))
        self._once(row, i, "order", row.whole("order"))
        self._once(row, i, "areas", [self._area(said) for said in row.parts("areas")])
        for alias in row.parts("aliases"):
            self.cells[UNITS, i, "aliases", len(unit["aliases"])] = row.place("aliases")
            unit["aliases"].append(alias)

    def _read_name(self, row: Row, i: int, unit: dict[str, Any]) -> None:
        at: Where = (UNITS, i, "names", len(unit["names"]))
        said, before = row.text("name"), self.catalog.units.by_id.get(unit["id"])
        unit["names"].append({"name": said, **self._dates(row, at)})
        self.cells[at] = self.cells[*at, "name"] = row.place("name")
        if not row.cell("name"):
            row.tell("name", "没有写名称。请填写单位的规范名称。")
        elif said and not _NAME.fullmatch(said) and not (before and said in before.all_names):
            row.tell("name", "名称里有不能用的符号。请只用文字、数字、括号和连字符，以文字开头。")

    def _dates(self, row: Row, at: Where) -> dict[str, str]:
        self.cells[*at, "since"], self.cells[*at, "until"] = row.place("since"), row.place("until")
        months = {key: row.month(key) for key in ("since", "until")}
        if any(row.cell(key) and not month for key, month in months.items()):
            self.reading.spoilt.add(at[:-1])
        return {key: month for key, month in months.items() if month}

    def _once(self, row: Row, i: int, key: str, said: Any) -> None:
        """What a unit has once may stand in any one of its rows, or in all of them alike."""
        unit = self.units[i]
        if said in (None, "", []):
            return
        if unit[key] in (None, "", []):
            unit[key] = said
            self.cells[UNITS, i, key] = row.place(key)
            if key == "areas":
                self.cells.update({(UNITS, i, key, j): row.place(key) for j in range(len(said))})
        elif unit[key] != said:
            heading, (_, cell) = UNIT_SHEET.headings[key], self.cells[UNITS, i, key]
            row.tell(
                key, f"编号“{unit['id']}”的{heading}与单元格{cell}写的不同。同一单位请写成一样；两个单位请用两个编号。"
            )

    def _institution(self, row: Row) -> str:
        """A listed institution by any of its names, or another one by its own."""
        said = row.text("institution")
        entries = self.catalog.units.institutions
        known = {_key(name): entry.id for entry in entries for name in (entry.id, entry.name, *entry.aliases)}
        other = _OTHER_BANK.fullmatch(said)
        name = other[1] if other else said
        if other and not (_NAME.fullmatch(name) and len(name) <= _LONGEST_BANK):
            row.tell(
                "institution",
                f"“{OTHER_BANK}”后面应是银行的规范名称，最多{_LONGEST_BANK}个字，只用文字、数字和括号。请改正。",
            )
        return known.get(_key(name)) or (OTHER + squeezed(name) if other else said)

    def _area(self, said: str) -> str:
        entries = self.catalog.areas.entries
        known = {_key(name): entry.id for entry in entries for name in (entry.id, *entry.all_names)}
        return known.get(_key(said), said)

    # -------------------------------------------------------------- duties, contacts

    def _unit_of(self, row: Row) -> int | None:
        """The unit that a row is about, by id, by name, or by both if they agree."""
        said, called = row.text("id"), row.text("unit_name")
        quoted = "" if row.table.plan.private else f"“{(said or called)[:40]}”"
        i = self.place.get(said) if said else self._called(called)
        if i is None and self.lacks_units and said in self.catalog.units.by_id:
            return None
        if i is None:
            what = f"编号{quoted}" if said else f"单位名称{quoted}" if called else "没有写编号，也没有写单位名称"
            behind = "不在工作表“填报单位”中" if said or called else ""
            row.tell("id", f"{what}{behind}。请从下拉列表中选择编号。")
            return None
        if said and called and _key(called) not in self._names_of(i):
            row.tell("unit_name", f"单位名称与编号对不上：编号“{said}”是{self._name(i)}。请核对是否写错了行。")
        return i

    def _called(self, name: str) -> int | None:
        return next((i for i in range(len(self.units)) if name and _key(name) in self._names_of(i)), None)

    def _names_of(self, i: int) -> set[str]:
        """Spellings of a unit in this workbook, and those of before: a corrected name may still stand elsewhere."""
        unit = self.units[i]
        before = self.catalog.units.by_id.get(unit["id"])
        return {
            _key(n)
            for n in (*(n["name"] for n in unit["names"]), *unit["aliases"], *(before.all_names if before else ()))
        }

    def _name(self, i: int) -> str:
        return f"“{self.units[i]['names'][-1]['name']}”"

    def _read_duty(self, row: Row) -> None:
        i = self._unit_of(row)
        if i is None:
            return
        kind = row.text("kind")
        if kind not in (OWED, MAY):
            row.tell("kind", f"“要求”应写“{OWED}”或“{MAY}”。请从下拉列表中选择。")
        if not row.cell("form"):
            row.tell("form", "没有写报表。请从下拉列表中选择。")
        duties = self.units[i]["duties"]
        at: Where = (UNITS, i, "duties", len(duties))
        self.cells[at] = self.cells[*at, "form"] = row.place("form")
        duties.append({"form": self._form(row.text("form")), "voluntary": kind == MAY, **self._dates(row, at)})

    def _form(self, said: str) -> str:
        """A form by its code, with or without its name behind, or by its name."""
        known = {_key(word): form.code for form in self.catalog.forms.values() for word in (form.code, form.name)}
        first = said.split()[0] if said else ""
        return known.get(_key(said)) or known.get(_key(first)) or said

    def _read_contact(self, row: Row) -> None:
        i = self._unit_of(row)
        if not row.cell("name"):
            row.tell("name", "没有写姓名。请填写，或删去这一行。")
        said = {key: row.text(key) for key in ("name", "post", "telephone", "email", "note")}
        if i is not None:
            self.reading.contacts.append(Contact(self.units[i]["id"], **said))

    # -------------------------------------------------------------- deadlines

    def _read_deadlines(self) -> None:
        parameters = {
            name: self.catalog.policy.parameters[name] for name in CALENDAR if name in self.catalog.policy.parameters
        }
        titles = {_key(word): name for name, entry in parameters.items() for word in (name, entry.title)}
        for name in parameters:
            self.cells[DEADLINES, name] = DEADLINE_SHEET.name, ""
            self.calendar[name] = []
        for row in self._rows(DEADLINE_SHEET):
            named = titles.get(_key(row.text("parameter")))
            if named is None:
                known = "、".join(f"“{entry.title}”" for entry in parameters.values())
                row.tell("parameter", f"“项目”应是{known}之一。请从下拉列表中选择。")
                self.reading.spoilt |= {(DEADLINES, name) for name in parameters}
                continue
            at: Where = (DEADLINES, named, "values", len(self.calendar[named]))
            self.cells[at] = self.cells[*at, "value"] = row.place("value")
            self.calendar[named].append(
                {
                    "value": _value(row, parameters[named].unit),
                    "reference": row.text("reference"),
                    "working": row.text("working"),
                    **self._dates(row, at),
                }
            )


def _value(row: Row, unit: str) -> Any:
    """The value as its unit has it; what does not fit is left to the parameter's own check, which says what fits."""
    said = row.text("value")
    if unit == "是否":
        return {YES: True, NO: False, "True": True, "False": False}.get(said, said)
    return int(said) if re.fullmatch(r"\d{1,9}", said) else said
