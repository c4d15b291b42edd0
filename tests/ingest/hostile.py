"""Hostile workbooks made by code: a plain workbook with one thing in it that no spreadsheet program writes."""

import io
import struct
import zipfile

from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable
from tests.ingest.files import SHEET1, plain_xlsx, rezipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"


def altered(part, old, new):
    """The plain workbook (A1 甲, B2 5) with something else in one part."""
    return rezipped(plain_xlsx(), part, old.encode(), new.encode())


def with_parts(*parts):
    """The plain workbook with more parts, or with these in place of its own."""
    names, out = {name for name, _ in parts}, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_xlsx())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in names:
                target.writestr(name, source.read(name))
        for name, content in parts:
            target.writestr(name, content)
    return out.getvalue()


def with_sheet(rows="", before="", behind=""):
    """The plain workbook with this sheet."""
    return with_parts((SHEET1, f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'))


def related(kind, target, *parts, outside=False):
    """The plain workbook with one more relation of its sheet."""
    mode = ' TargetMode="External"' if outside else ""
    relation = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    rels = f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>'
    return with_parts(("xl/worksheets/_rels/sheet1.xml.rels", rels), *parts)


def directory_altered(data, change):
    """The same zip, its central directory passed through `change(records)`: a list of bytes, one for each entry."""
    start = zipfile.ZipFile(io.BytesIO(data)).start_dir
    records, place = [], start
    while data[place : place + 4] == b"PK\1\2":
        length = 46 + sum(struct.unpack_from("<HHH", data, place + 28))
        records.append(data[place : place + length])
        place += length
    records = change(records)
    body = b"".join(records)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(records), len(records), len(body), start, 0)
    return data[:start] + body + end


def why_refused(data, name="报表.xlsx"):
    """What is said of a file that is refused: (rule, the reason in the sentence)."""
    found = open_grid(data, name)
    assert isinstance(found, Unreadable), found
    assert found.message.endswith("重新报送。")
    return found.rule, found.message


def told(data):
    """What is told of a file that could be read."""
    found = open_grid(data)
    assert isinstance(found, Grid), found
    return list(found.notes)


def values(data):
    """What stands in the cells of its first sheet."""
    found = open_grid(data)
    assert isinstance(found, Grid), found
    return {cell.address: cell.value for cell in found.sheets[0].cells.values()}
