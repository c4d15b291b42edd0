"""Zip containers made to harm: bombs, parts over one another, two directories, names that lead elsewhere, entities."""

import io
import struct
import zipfile

import pytest

from pipeline.ingest import limits
from tests.ingest.files import SHEET1, plain_xlsx, rezipped
from tests.ingest.hostile import STRINGS, STYLES, WORKBOOK, directory_altered, told, values, why_refused, with_parts

LOL = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://localhost:9/p.dtd"> %p;]>'
OWN_PARTS = [SHEET1, STRINGS, STYLES, WORKBOOK, "[Content_Types].xml", "_rels/.rels", "docProps/app.xml"]
MORE_PARTS = ["xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "customXml/item1.xml", "xl/xmlMaps.xml"]


@pytest.mark.parametrize("doctype", [LOL, OUTSIDE, PARAMETER, "<!DOCTYPE a>"])
@pytest.mark.parametrize("part", OWN_PARTS)
def test_a_document_type_in_any_part_is_refused(part, doctype):
    data = rezipped(plain_xlsx(), part, b"?>\n", f"?>\n{doctype}".encode())
    assert "（XML 实体声明）" in why_refused(data)[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("part", MORE_PARTS)
def test_also_in_parts_that_nobody_reads_and_in_wide_characters(part, encoding):
    xml = f'<?xml version="1.0"?>{LOL}<a>&m;</a>'.encode(encoding)
    assert "（XML 实体声明）" in why_refused(with_parts((part, xml)))[1]


def test_what_a_part_would_have_included_or_looked_up_stays_where_it_is():
    include = '<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="file:///etc/hostname" parse="text"/></a>'
    schema = '<MapInfo><Schema ID="1" SchemaRef="http://localhost:9/a.xsd"/></MapInfo>'
    data = with_parts(("customXml/item1.xml", include), ("xl/xmlMaps.xml", schema))
    assert values(data) == {"A1": "甲", "B2": 5}


def test_a_sheet_that_includes_another_file_shows_nothing_of_it():
    inside = b'<sheetData><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'
    assert values(rezipped(plain_xlsx(), SHEET1, b"<sheetData>", inside)) == {"A1": "甲", "B2": 5}


@pytest.mark.parametrize(
    ("why", "parts", "said"),
    [
        ("a bomb", [("xl/media/1.bin", b"\0" * (8 << 20))], "解压后是原来的"),
        ("XML beyond measure", [("xl/a.xml", b"<a>" + b"0123456789abcdef" * (65 << 16) + b"</a>")], "表格内容解压后超过64 MB"),
        ("a path upwards", [("xl/../../../etc/cron.d/x", b"x")], "部件名称异常 xl/../../../etc/cron.d/x"),
        ("a path of Windows", [("xl\\..\\..\\x", b"x")], "部件名称异常"),
        ("a name that would colour the screen", [("xl/\x1b[31mx", b"x")], "部件名称异常 xl/?[31mx"),
        ("two names apart in case", [("XL/Worksheets/SHEET1.xml", b"<a/>")], "内部有两个同名部件 XL/Worksheets/SHEET1.xml"),
    ],
)  # fmt: skip
def test_a_package_that_no_program_writes_is_refused(why, parts, said):
    rule, message = why_refused(with_parts(*parts))
    assert (rule, said in message) == ("F01", True), (why, message)


def test_a_link_in_the_place_of_a_part_is_refused():
    out, link = io.BytesIO(plain_xlsx()), zipfile.ZipInfo("xl/media/1.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(link, "/etc/hostname")
    assert "xl/media/1.png 是指向别处的链接" in why_refused(out.getvalue())[1]


def test_parts_that_share_their_bytes_are_refused():
    other = directory_altered(
        plain_xlsx(), lambda records: [*records, records[0].replace(b"[Content_Types]", b"[Content_Typez]")]
    )
    assert "（部件 [Content_Typez].xml 与别的部件重叠）" in why_refused(other)[1]


def test_two_directories_are_refused():
    """One program reads the first, another the second."""
    data = plain_xlsx()
    start = zipfile.ZipFile(io.BytesIO(data)).start_dir
    directory, end = data[start:-22], data[-22:-6]
    twice = data + directory + end + struct.pack("<IH", len(data), 0)
    assert "有两份压缩目录" in why_refused(twice)[1]


def test_a_part_that_holds_more_than_it_says_is_damaged_and_not_unpacked():
    data = with_parts(("xl/media/1.bin", bytes(3 << 20)))
    lying = data.replace(struct.pack("<I", 3 << 20), struct.pack("<I", 10))
    assert "（部件 xl/media/1.bin 校验不符）" in why_refused(lying)[1]


def test_a_pad_of_noise_behind_the_file_changes_nothing():
    assert told(plain_xlsx() + b"\0" * 100) == []


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PARTS", 5)
    assert "个部件（最多5个）" in why_refused(plain_xlsx())[1]
