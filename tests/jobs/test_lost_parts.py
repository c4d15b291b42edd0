"""What a marked copy lacks of a unit's own workbook is said where it is opened and where it is announced."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from pipeline.render.package import packed, parts_of
from tests.jobs.inprocess import run
from tests.jobs.sample import SAMPLE, inbox_of

FILE, UNIT = "汉阴农商银行2018年3月.xlsx", "汉阴农商银行"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TEXT_BOX = f"""<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<xdr:twoCellAnchor><xdr:from><xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff>
</xdr:from><xdr:to><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="印章框"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>
<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>已审</a:t></a:r></a:p>
</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_a_seal_and_a_button(source: bytes) -> bytes:
    """The statement with an ellipse over its cells and a button, as Excel has them in parts of their own."""
    parts = parts_of(source)
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    assert relations not in parts
    parts["xl/drawings/drawing1.xml"] = TEXT_BOX.encode()
    parts["xl/ctrlProps/ctrlProp1.xml"] = (
        b'<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button"/>'
    )
    parts[relations] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/drawing" Target="../drawings/drawing1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/></Relationships>'
    ).encode()
    parts[sheet] = parts[sheet].replace(
        b"</worksheet>", f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'.encode()
    )
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{kind}"/></Types>'.encode()
    )
    return packed(parts)


@pytest.fixture
def told(capsys, tmp_path):
    """Run March of 汉阴 with this file; the words of its notice, the texts of the list in its marked copy."""

    def release(data: bytes) -> tuple[str, list[str]]:
        inbox_of(tmp_path, "2018-03", only=FILE)
        (tmp_path / "inbox/2018-03" / FILE).write_bytes(data)
        run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
        folder = tmp_path / "output/2018-03/退回单" / UNIT
        letter = docx.Document(str(folder / "退回通知.docx"))
        listed = openpyxl.load_workbook(folder / f"{FILE.removesuffix('.xlsx')}（标注）.xlsx")["审核问题"]
        words = [str(cell.value) for row in listed.iter_rows() for cell in row if cell.value]
        return "".join(paragraph.text for paragraph in letter.paragraphs), words

    return release


def test_shapes_and_controls_that_are_not_in_the_copy_are_told(told):
    letter, listed = told(with_a_seal_and_a_button((SAMPLE / "2018-03" / FILE).read_bytes()))
    missing = "没有保留原件中的图形1个、窗体控件1个，请勿用它代替你单位的原件。"
    assert f"所附工作簿由程序另存，《汉阴农商银行2018年3月（标注）.xlsx》{missing}" in letter
    assert any("原件中的图形1个、窗体控件1个没有保留。" in text for text in listed)


def test_of_a_copy_that_lacks_nothing_nothing_is_told(told):
    letter, listed = told((SAMPLE / "2018-03" / FILE).read_bytes())
    assert "由程序另存" not in letter + "".join(listed)
