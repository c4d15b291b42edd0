"""Lists of records in XML: read where they are flat, refused by name where they are anything else."""

import pytest

from pipeline.ingest import limits
from pipeline.ingest.workbook import open_grid
from pipeline.ingest.xml_records import NOTE
from pipeline.model import Grid, Unreadable

ADO = """<xml xmlns:s='uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882' xmlns:rs='urn:schemas-microsoft-com:rowset'
xmlns:z='#RowsetSchema'><s:Schema id='RowsetSchema'><s:ElementType name='row'>
<s:AttributeType name='c0' rs:name='县区' rs:number='1'/><s:AttributeType name='c1' rs:name='户数' rs:number='2'/>
</s:ElementType></s:Schema><rs:data><z:row c1='20' c0='汉滨区'/><z:row c0='汉阴县'/></rs:data></xml>"""

WHOLE = [["县区", "户数"], ["汉滨区", "20"], ["汉阴县", None]]


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        (
            "children",
            "<DATA><ROW><县区>汉滨区</县区><户数>20</户数></ROW><ROW><县区>汉阴县</县区><户数/></ROW></DATA>",
        ),
        ("attributes", "<DATA><ROW 县区='汉滨区' 户数='20'/><ROW 县区='汉阴县'/></DATA>"),
        (
            "fields by name",
            (
                "<resultset statement='select'><row><field name='县区'>汉滨区</field><field name='户数'>20</field></row>"
                "<row><field name='县区'>汉阴县</field></row></resultset>"
            ),
        ),
        (
            "a schema beside them",
            (
                "<NewDataSet><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='x'/></xs:schema>"
                "<Table><县区>汉滨区</县区><户数>20</户数></Table><Table><县区>汉阴县</县区></Table></NewDataSet>"
            ),
        ),
        ("a rowset of ADO", ADO),
    ],
)
def test_flat_records(why, inside):
    got = open_grid(f"<?xml version='1.0' encoding='utf-8'?>{inside}".encode())
    assert isinstance(got, Grid), why
    assert list(got.notes) == [NOTE]
    cells = got.sheets[0].cells
    assert [[cells[r, c].value if (r, c) in cells else None for c in range(2)] for r in range(3)] == WHOLE, why


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        ("nothing", "<data/>"),
        ("one record", "<data><row><a>1</a></row></data>"),
        ("a field twice", "<data><row><a>1</a><a>2</a></row><row><a>1</a></row></data>"),
        ("records of two kinds", "<data><row><a>1</a></row><line><a>1</a></line></data>"),
        ("a record in a field", "<data><row><a><b>1</b></a></row><row><a/></row></data>"),
        ("words between", "<data>甲<row><a>1</a></row><row><a>1</a></row></data>"),
        ("words beside", "<data><title>甲</title><row><a>1</a></row><row><a>1</a></row></data>"),
        ("what is said of a field", "<data><row><a unit='元'>1</a></row><row><a>1</a></row></data>"),
        ("what is said of all", "<data month='2018-03'><row><a>1</a></row><row><a>1</a></row></data>"),
        ("a list of texts", "<data><a>1</a><a>2</a></data>"),
        ("deep", "<a>" * 20 + "</a>" * 20),
    ],
)
def test_anything_else_is_refused_by_name(why, inside):
    got = open_grid(f"<?xml version='1.0'?>{inside}".encode())
    assert isinstance(got, Unreadable), why
    assert (got.rule, got.message[:18]) == ("F01", "内容其实是 XML 文件，不是工作簿。"[:18]), why


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("<data><row><a>1</a></row><row>", "结构不完整"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><data><row><a>1</a></row></data>", "实体"),
        (f"<data>{'<r><a/></r>' * (limits.MAX_CELLS + 1)}</data>", "超过"),
    ],
)
def test_broken_hostile_and_too_large(inside, word):
    got = open_grid(f"<?xml version='1.0'?>{inside}".encode())
    assert isinstance(got, Unreadable)
    assert word in got.message
