"""The measures form on paper: Word documents and workbooks that read back as what the unit says."""

from __future__ import annotations

import re
from operator import eq
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from pipeline.periods import Month
from tests.generated.checker import rows_of
from tests.generated.quoted import contradictions
from tests.generator import months_until, simulate, write
from tests.generator.defects import MISQUOTED, UNCHANGED, planted_in
from tests.generator.measures import measures
from tests.generator.places import unit_name
from tests.generator.senders import SENDERS

SAME = ("与上月相同", "同上月", "与上月一致")
LABELS = ["组织领导", "制度建设", "信贷产品", "利率优惠与减费让利", "网点及服务覆盖", "评级授信与入户走访"]
LABELS += ["产业带动与定点帮扶", "主要成效", "存在问题", "下一步措施", "联系人"]
PRODUCT = ["序号", "产品名称", "贷款对象", "最高额度", "期限", "利率", "担保方式"]
DEC, JAN, FEB, MAR = Month(2017, 12), Month(2018, 1), Month(2018, 2), Month(2018, 3)


def paper_of(folder, unit):
    """The unit's form in a month's folder."""
    name = {"abc": "农行", "psbc": "邮储"}.get(unit) or unit_name(unit, MAR)
    (path,) = folder.glob(f"*措施*{name}*")
    return path


def lines_of(path):
    """The form's rows from top to bottom, cells that are merged once, blank ones left out."""
    if path.suffix == ".xlsx":
        (sheet,) = openpyxl.load_workbook(path).worksheets
        return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    document = docx.Document(str(path))
    lines = [[paragraph.text] for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            cells = dict.fromkeys((id(cell._tc), cell.text) for cell in row.cells)
            lines.append([text for _, text in cells])
    return lines


def items_of(path):
    """The words by the number of the item; blank where nothing stands."""
    lines = lines_of(path)
    head = next(at for at, line in enumerate(lines) if line[:2] == ["序号", "项目"])
    return [(line[2] if len(line) > 2 else "") for line in lines[head + 1 : head + 12]]


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.unit)
@pytest.mark.parametrize("month", [DEC, FEB, MAR], ids=str)
def test_forms_read_back(written, city, sender, month):
    if not sender.sends(month) or (month == MAR and sender.unit in ("rcb-zhenping", UNCHANGED.unit, MISQUOTED.unit)):
        return
    path = paper_of(written / str(month), sender.unit)
    lines = lines_of(path)
    signed = re.search("填报人：([^　]*)", "　".join(cell for line in lines for cell in line))
    said = measures(city, sender.unit, month, signed[1])
    assert ["金融机构扶贫工作措施表"] in lines
    assert any(f"报告期：{month.label}" in cell for line in lines for cell in line)
    for item, words, text in zip(said.texts, items_of(path), said.texts.values(), strict=True):
        if item not in said.declared:
            assert words == text
        else:
            assert words in (*SAME, ""), "blank only where the whole form is declared in one line"
    for product in said.products:
        assert [*product] in [line[1:] for line in lines]


def test_headers_are_the_forms_or_other_names_for_the_same(written):
    lines = lines_of(paper_of(written / "2018-03", "rcb-hanbin"))
    assert [line[1] for line in lines if line[0] in map(str, range(1, 12)) and len(line) == 3] == LABELS
    assert PRODUCT in lines
    lines = lines_of(paper_of(written / "2018-03", "psbc"))
    assert ["序号", "项目", "主要内容"] in lines
    assert ["10", "下一步打算"] in [line[:2] for line in lines]


def test_declared_in_the_units_own_way(written):
    """In each item's cell, in other words for the same, or once for the whole form."""
    assert items_of(paper_of(written / "2018-01", "rcb-langao"))[:10] == ["与上月相同"] * 10
    assert items_of(paper_of(written / "2018-01", "rcb-ziyang")).count("同上月") == 5
    assert items_of(paper_of(written / "2018-01", "rcb-xunyang")).count("与上月一致") == 5
    shiquan = paper_of(written / "2018-02", "rcb-shiquan")
    assert items_of(shiquan)[:10] == [""] * 10
    assert ["说明：本月各项措施与上月相同。"] in lines_of(shiquan)


def test_word_documents_are_a4_in_chinese_fonts_and_small(written):
    papers = sorted(written.rglob("*.docx"))
    assert len(papers) == 4 * 8, "two banks, five county banks, a department; four months"
    for path in papers:
        assert path.stat().st_size < 15_000
        document = docx.Document(str(path))
        (section,) = document.sections
        assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
        fonts = {element.get(qn("w:eastAsia")) for element in document.styles.element.iter(qn("w:rFonts"))}
        assert fonts == {"方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"}
        assert "示例数据，纯属虚构" in [paragraph.text for paragraph in document.paragraphs]
    with ZipFile(papers[0]) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2017, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


def test_unchanged_form_repeats_the_month_before(written, city):
    """Word for word where no figure stands; the period and the figures are new, and right."""
    papers = [paper_of(written / month, UNCHANGED.unit) for month in ("2018-02", "2018-03")]
    before, after = (items_of(path) for path in papers)
    assert [number for number, same in enumerate(map(eq, before, after), start=1) if same] == [1, 2, 3, 5, 7, 9, 10, 11]
    assert any("报告期：2018年3月" in cell for line in lines_of(papers[1]) for cell in line)
    assert not any(words in SAME for words in after)
    rows, total = rows_of(city, UNCHANGED.unit, MAR), city.reported_total(UNCHANGED.unit, MAR)
    assert [s for text in after for s in contradictions(text, UNCHANGED.unit, rows, total)] == []


def test_misquoted_form_contradicts_its_own_statement_once(written, city):
    words = items_of(paper_of(written / "2018-03", MISQUOTED.unit))
    total = city.reported_total(MISQUOTED.unit, MAR)
    rows = rows_of(city, MISQUOTED.unit, MAR)
    found = [sentence for text in words for sentence in contradictions(text, MISQUOTED.unit, rows, total)]
    assert found == ["rcb-pingli outstanding_amount 1233.40万元"]


def test_nobody_else_repeats_or_contradicts(written, city):
    for sender in SENDERS:
        if sender.unit in (UNCHANGED.unit, MISQUOTED.unit, "rcb-zhenping") or sender.unit.startswith("dept"):
            continue
        words = items_of(paper_of(written / "2018-03", sender.unit))
        rows, total = rows_of(city, sender.unit, MAR), city.reported_total(sender.unit, MAR)
        assert [s for text in words for s in contradictions(text, sender.unit, rows, total)] == []
        assert not set(words[:10]) & set(items_of(paper_of(written / "2018-02", sender.unit)))


def test_clean_leaves_these_defects_out_too(clean_city, tmp_path):
    write(clean_city, [FEB, MAR], tmp_path, clean=True)
    ningshan = [items_of(paper_of(tmp_path / month, UNCHANGED.unit))[:10] for month in ("2018-02", "2018-03")]
    assert not set(ningshan[0]) & set(ningshan[1])
    assert "余额1323.40万元" in items_of(paper_of(tmp_path / "2018-03", MISQUOTED.unit))[7]


@pytest.mark.parametrize(
    ("last", "numbers"),
    [
        (Month(2017, 11), [1, 2, 3, 4]),
        (Month(2017, 12), [1, 2, 3, 4, 6]),
        (Month(2018, 2), [1, 2, 3, 4, 6]),
        (Month(2018, 3), [1, 2, 3, 4, 5, 6]),
        (Month(2019, 12), [1, 2, 3, 4, 5, 6]),
    ],
    ids=str,
)
def test_defects_of_the_form_lie_where_they_make_sense(last, numbers):
    """Unchanged is a fault at a quarter's end only, and there must be a month before."""
    assert [defect.number for defect in planted_in(last)] == numbers


def test_thirty_six_months_can_be_written(tmp_path):
    last = Month(2019, 12)
    city = simulate(3, last)
    write(city, months_until(last)[-2:], tmp_path)
    assert len(list((tmp_path / "2019-12").glob("*措施*"))) == 13
    before, after = (items_of(paper_of(tmp_path / month, UNCHANGED.unit)) for month in ("2019-11", "2019-12"))
    assert sum(map(eq, before, after)) == 8
    pingli = items_of(paper_of(tmp_path / "2019-12", MISQUOTED.unit))
    rows, total = rows_of(city, MISQUOTED.unit, last), city.reported_total(MISQUOTED.unit, last)
    found = [sentence for text in pingli for sentence in contradictions(text, MISQUOTED.unit, rows, total)]
    assert len(found) == 1
    assert "outstanding_amount" in found[0]
