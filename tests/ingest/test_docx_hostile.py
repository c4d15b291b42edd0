"""Broken, hostile and misnamed documents: named as what they are, with the next step; nothing runs, nothing hangs."""

import io
import struct
import zipfile
from functools import reduce

import docx
import pytest

from pipeline.ingest import limits
from pipeline.ingest.workbook import open_grid
from pipeline.ingest.worker import open_all, open_file
from pipeline.model import Grid, Unreadable
from tests.ingest.documents import CAPTION, HEAD, ITEMS, Measures, by_label, document, form, p, read, saved, tbl, tc, tr
from tests.ingest.files import rezipped, xlsx, zipped
from tests.ingest.test_workbook import container

PART = "word/document.xml"
LOL = '<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>'


def refused(data, name="措施表.docx"):
    opened = open_grid(data, name)
    assert isinstance(opened, Unreadable), opened
    return opened


def stored(data):
    """The same package, nothing in it compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def nested(depth):
    return reduce(lambda inner, _: tbl(tr(tc(inner, p("x")), "y")), range(depth), p("甲"))


@pytest.mark.parametrize(
    ("why", "data", "rule", "said"),
    [
        ("an entity bomb", document(form(), head=HEAD + LOL), "F01", "文件含有不安全的内容（XML 实体声明）"),
        ("the same in UTF-16", zipped((PART, f'<?xml version="1.0" encoding="UTF-16"?>{LOL}<w:document/>'.encode("utf-16"))), "F01", "文件含有不安全的内容（XML 实体声明）"),
        ("a bomb in the styles", document(form(), parts=[("word/styles.xml", f"{LOL}<w:styles/>")]), "F01", "文件含有不安全的内容（XML 实体声明）"),
        ("an external entity", document(form(), head=HEAD + '<!DOCTYPE a SYSTEM "http://localhost:9/x.dtd">'), "F01", "文件含有不安全的内容（XML 实体声明）"),
        ("XML cut short", zipped((PART, "<w:document><w:body><w:p>")), "F01", "文件已损坏或不完整（文档的 XML 不完整）"),
        ("XML of nothing", zipped((PART, "")), "F01", "文件已损坏或不完整（文档的 XML 不完整）"),
        ("no XML at all", zipped((PART, b"\0\1\2\3")), "F01", "文件已损坏或不完整（文档的 XML 不完整）"),
        ("styles cut short", document(form(), parts=[("word/styles.xml", "<w:styles>")]), "F01", "文件已损坏或不完整（文档的 XML 不完整）"),
        ("a package cut short", Measures().docx()[:-300], "F01", "文件已损坏或不完整（压缩结构不完整）"),
        ("two documents in one", document(form(), parts=[("word/document2.xml", "<a/>")]), "F01", "文件已损坏或不完整（文档里有两份正文）"),
        ("tables in tables without end", document(nested(60)), "F01", "文件含有不安全的内容（嵌套过深）"),
        ("content controls without end", document("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "F01", "文件含有不安全的内容（嵌套过深）"),
        ("a cell over a billion columns", document(tbl(tr(tc("甲", look='<w:gridSpan w:val="1000000000"/>')))), "F01", "文件超出可读取的范围：表1第1行超过2000列"),
        ("a row that begins before the first column", document(tbl(tr("甲", look='<w:gridBefore w:val="-5"/>'))), "F01", "文件超出可读取的范围：表1第1行超过2000列"),
        ("a width that is no number", document(tbl(tr(tc("甲", look='<w:gridSpan w:val="三"/>')))), "F01", "文件已损坏或不完整（文档里有无法理解的表格）"),
        ("a zip bomb", document(form() + "<!--" + "0" * 20_000_000 + "-->"), "F01", "文件超出可读取的范围：解压后是原来的"),
        ("a document of 9 MB", stored(document(form() + "<!--" + "0" * (9 << 20) + "-->")), "F01", "文件超出可读取的范围：文字部分超过8 MB"),
        ("32 MB of XML", stored(document(form() + "<!--" + "0" * (32 << 20) + "-->")), "F01", "文件超出可读取的范围：文件超过32 MB"),
        ("encrypted", container("EncryptedPackage", "EncryptionInfo"), "F01", "文件是加密的，没有读取。请取消打开密码"),
        ("Word 97", container("WordDocument", "1Table"), "F02", "这是旧格式的 Word 文档（不是 .docx），已登记存档"),
        ("Word 97 encrypted in its own way", container("WordDocument", "0Table"), "F02", "这是旧格式的 Word 文档"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_the_next_step(why, data, rule, said):
    found = refused(data)
    assert (found.rule, found.message[: len(said)]) == (rule, said)
    assert found.message.endswith("重新报送。")
    assert "另存为 .xlsx" not in found.message, "it is a document"


def test_the_next_step_for_an_old_document_is_to_save_it_as_docx():
    assert "另存为 .docx" in refused(container("WordDocument"), "措施表.doc").message


def test_every_truncation_of_a_document_is_refused():
    data = Measures().docx()
    for keep in range(4, len(data), len(data) // 30):
        assert refused(data[:keep]).rule == "F01"


def test_a_damaged_byte_is_noticed():
    data = bytearray(Measures().docx())
    crc = struct.pack("<I", zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo(PART).CRC)
    place = data.index(crc)
    while place >= 0:
        data[place] ^= 0xFF
        place = data.find(crc, place + 1)
    assert refused(bytes(data)).message.startswith("文件已损坏或不完整（部件 word/document.xml 校验不符）")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("措施表.xlsx", Measures().docx(), "docx"),
        ("措施表.doc", Measures().docx(), "docx"),
        ("措施表.docx", Measures().xlsx(), "xlsx"),
        ("措施表.docx", Measures().xls(), "xls"),
        ("措施表", Measures().docx(), "docx"),
    ],
)
def test_the_content_decides_whatever_the_name_says(name, data, kind):
    opened = open_grid(data, name)
    assert isinstance(opened, Grid)
    assert opened.format == kind
    assert by_label(read(data, name)) == ITEMS


def test_a_summary_that_is_called_a_workbook_is_told_so():
    summary = docx.Document()
    summary.add_paragraph("三月份工作总结")
    assert refused(saved(summary), "统计表.xlsx").message.startswith("扩展名虽是 .xlsx，但这是 Word 文档")


def test_nothing_runs_and_nothing_is_followed():
    """Macros, links, templates from outside, embedded workbooks and pieces of other documents stay where they are."""
    rels = (
        '<Relationships xmlns="x"><Relationship Id="r1" Type="y/attachedTemplate" TargetMode="External" '
        'Target="http://localhost:9/evil.dotm"/><Relationship Id="r2" Type="y/aFChunk" Target="/other.html"/></Relationships>'
    )
    fields = "<w:p><w:r><w:fldChar/><w:instrText>INCLUDETEXT http://localhost:9/x DDEAUTO cmd</w:instrText></w:r></w:p>"
    parts = [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro"),
        ("word/_rels/document.xml.rels", rels),
        ("word/_rels/settings.xml.rels", rels),
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx(lambda _, sheet: sheet.write(0, 0, "甲"))),
        ("other.html", "<html><script>x</script></html>"),
    ]
    reading = read(document(form() + fields, parts=parts), "措施表.docm")
    assert reading.findings == []
    assert by_label(reading) == ITEMS
    chunk = read(document(form() + '<w:altChunk r:id="r2"/>', parts=parts))
    assert [(f.rule, f.cell) for f in chunk.findings] == [("F06", "第3段之后")]


def test_the_real_thing_with_a_macro_part_opens_as_any_other():
    data = rezipped(Measures().docx(), extra=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")])
    assert by_label(read(data, "措施表.docm")) == ITEMS


def test_too_many_cells_and_merges_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", 20)
    assert "超过20个" in refused(document(form())).message
    monkeypatch.setattr(limits, "MAX_CELLS", 2000)
    monkeypatch.setattr(limits, "MAX_MERGED", 3)
    wide = '<w:gridSpan w:val="2"/>'
    assert "合并单元格超过3处" in refused(document(tbl(*[tr(tc("甲", look=wide)) for _ in range(5)]))).message


def test_a_sheet_full_of_labels_is_read_in_time(tmp_path):
    labels = [tr("联系人", "联系人") for _ in range(1500)]
    across = [tr(*["联系人"] * 50) for _ in range(60)]
    for number, body in enumerate((tbl(*labels), tbl(*across), tbl(tr(*["产品名称", "利率"] * 20), *across))):
        (tmp_path / f"{number}.docx").write_bytes(document(CAPTION + body))
    files = [(path.name, path) for path in sorted(tmp_path.iterdir())]
    rules = [read(path.read_bytes()).findings[0].rule for _, path in files]
    assert rules == ["F02", "F02", "F02"]


def test_documents_come_from_the_workers_as_they_were_made(tmp_path):
    (tmp_path / "好.docx").write_bytes(Measures().docx())
    (tmp_path / "坏.docx").write_bytes(document(nested(60)))
    files = [(path.name, path) for path in sorted(tmp_path.iterdir())]
    assert [opened for _, opened in open_all(files, lambda _, opened: opened)] == [open_file(path) for _, path in files]
