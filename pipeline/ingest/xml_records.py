"""Flat lists of records in XML, as databases export them: a record is a row, its fields' names head the columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from pipeline.ingest import limits
from pipeline.ingest.filling import Filling
from pipeline.ingest.markup import Reader, as_utf8, not_well_formed
from pipeline.ingest.refusal import SEND_EXCEL, Refused, hostile, too_big
from pipeline.model import Cell, CellKind, Grid

KIND = "XML 文件"
NOTE = "文件内容其实是数据库导出的 XML，不是工作簿，已按每条记录一行、字段名作表头读取。"
_NO_TABLE = f"内容其实是 XML 文件，不是工作簿。{SEND_EXCEL}"
_NAMESPACES = {"urn:schemas-microsoft-com:rowset": "rs"}
_HEADING = "rs:name"
_DEEPEST = 12
_ENDS_OF_A_RECORD = 2
"""End tags to a field, at most, in a list of records of one field."""


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str]
    children: list[_Element] = field(default_factory=list)
    text: str = ""

    @property
    def is_schema(self) -> bool:
        return self.tag.lower() == "schema"

    def within(self) -> Iterator[_Element]:
        """Itself and all it holds."""
        yield self
        for child in self.children:
            yield from child.within()


def open_xml_records(data: bytes) -> Grid:
    """Open a list of records; raise Refused where the file is anything else."""
    if data.count(b"</") + data.count(b"/>") > _ENDS_OF_A_RECORD * limits.MAX_CELLS:
        raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    reader = _Tree()
    try:
        reader.parse(as_utf8(data))
    except expat.ExpatError as error:
        raise not_well_formed(KIND, error) from error
    found = _records(reader.root)
    if found is None:
        raise Refused("F01", _NO_TABLE)
    names, rows = found
    filling = Filling()
    filling.begin("表1")
    columns = {name: col for col, name in enumerate(dict.fromkeys([*names, *(key for row in rows for key in row)]))}
    for name, col in columns.items():
        filling.put(Cell(0, col, CellKind.TEXT, names.get(name, name)))
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            filling.put(Cell(number, columns[name], CellKind.TEXT, value))
    return Grid("xml", filling.sheets, [NOTE])


class _Tree(Reader):
    """The elements of a small XML file."""

    namespaces = _NAMESPACES

    def __init__(self) -> None:
        super().__init__()
        self.root = _Element("", {})
        self._open = [self.root]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise Refused("F01", _NO_TABLE)
        made = _Element(_local(tag), {_local(name): value for name, value in attributes.items()})
        if len(made.attributes) > limits.MAX_COLUMNS:
            raise hostile("XML 属性过多")
        self._open[-1].children.append(made)
        self._open.append(made)

    def end(self, tag: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        self._open[-1].text += data


def _local(name: str) -> str:
    """A name without its namespace; beside the name of a rowset's field there is the one that people see."""
    return _HEADING if name == _HEADING else name.rpartition(":")[2]


def _records(root: _Element) -> tuple[dict[str, str], list[dict[str, str]]] | None:
    """Names of fields as a schema words them, and the records; None for what is no flat list of them."""
    around = root
    names: dict[str, str] = {}
    while True:
        for schema in (child for child in around.children if child.is_schema):
            names |= _worded(schema)
        listed = [child for child in around.children if not child.is_schema]
        if around.text.strip() or not listed:
            return None
        rows = [_fields(child) for child in listed]
        alike = len({child.tag for child in listed}) == 1
        if alike and len(rows) > 1 and all(rows):
            return names, [row for row in rows if row]
        if len(listed) > 1 or listed[0].attributes.keys() - {"statement", "name"}:
            return None
        around = listed[0]


def _worded(schema: _Element) -> dict[str, str]:
    """Of a rowset the fields in their order, each with the heading that the database has for it."""
    fields = [one.attributes for one in schema.within() if one.tag == "AttributeType" and "name" in one.attributes]
    return {attributes["name"]: attributes.get(_HEADING, attributes["name"]) for attributes in fields}


def _fields(record: _Element) -> dict[str, str] | None:
    """Field → value; None where it is no flat record."""
    if record.text.strip():
        return None
    found = dict(record.attributes)
    for child in record.children:
        own = dict(child.attributes)
        own.pop("nil", None)
        name = own.pop("name", None) or own.pop("NAME", None) or child.tag
        if own or child.children or name in found:
            return None
        found[name] = child.text.strip()
    return found or None
