"""The accessible twin as a file: cover, contents, properties, sheets that open anywhere, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from time import sleep
from xml.etree import ElementTree

import pytest
from openpyxl.utils import range_boundaries

from pipeline.render.twin_content import sheet_name, table_name, unlike
from tests.measures import hostile_measures
from tests.office import convert
from tests.twins import GAP, STAMP, large_twin, lines_of, opened, small_twin, table_of

SHEETS = [
    *("封面", "目录", "说明", "符号", "指标定义", "附件1 工作措施"),
    *("附件2-1 分机构", "附件2-2 分县区", "附件3 农商银行", "附件5 农业银行"),
]
FINAL = replace(STAMP, draft=False, sample=False, overrides=())


@pytest.fixture(scope="module")
def book():
    return opened(small_twin(GAP))


# ------------------------------------------------------------------ cover and contents


def test_the_cover_says_what_this_is_of_when_and_how_far_to_trust_it(book):
    assert lines_of(book["封面"]) == [
        "虚构市金融扶贫月报附件1至附件5数据表（2018年3月）",
        "制表单位：虚构市金融工作办公室",
        "报告期：2018年3月；余额等存量截至2018年3月31日",
        "版本：第2版（草稿），数据版本12；编制日期2018年4月10日",
        "状态：草稿，供核对使用，数字还会变动，不得对外引用。",
        "示例数据：本文件中的数字和单位情况都是虚构的，只供演示，不得引用。",
        "数据提示",
        "经负责人同意先行发布。",
        "关于本文件",
        "本文件与打印的各附件出自同一份数据，供读屏软件阅读和再次使用：一个工作表只有一张表，表头只有一行，没有合并单元格、隐藏内容和公式，缺少的数用方括号里的文字说明。",
        "数据来源：各填报单位报送的《金融扶贫工作县区月报表》、《金融扶贫小额贷款统计表》、《金融机构扶贫工作措施表》、《金融扶贫小额贷款目标任务分解表》。",
        "附件1不列联系人；需要时请见打印的附件1。",
        "供程序读取的同一份数字，在同一文件夹的data文件夹里，各栏说明见其中的datapackage.json。",
        "各工作表",
        "前往目录",
        "联系",
        "对数据有疑问，请与制表单位联系：虚构市金融工作办公室。",
    ]


def test_a_final_release_of_real_data_says_neither_draft_nor_sample():
    final = opened(small_twin(stamp=FINAL))
    words = {cell.value for sheet in final for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert "状态：正式。发布后如有更正，另出新版，版次加一。" in words
    assert not [text for text in words if "草稿" in text or "示例" in text or text == "数据提示"]
    assert final.properties.description == "第2版（正式），数据版本12"


@pytest.mark.parametrize("sheet", SHEETS[5:])
def test_every_table_says_draft_and_sample(book, sheet):
    assert "报告期2018年3月，第2版（草稿），数据版本12，示例数据。" in lines_of(book[sheet])


def test_without_annex_1_the_cover_says_so():
    none = opened(small_twin(measures=None))
    assert none.sheetnames == [name for name in SHEETS if not name.startswith("附件1")]
    assert "本期没有附件1（金融机构扶贫工作措施）。" in lines_of(none["封面"])


def test_a_long_warning_on_the_cover_is_seen_whole():
    reason = "因系统升级，报送推迟，经分管领导同意先行发布。" * 90
    cover = opened(small_twin(stamp=replace(STAMP, overrides=(reason,))))["封面"]
    lines = lines_of(cover)
    start, end = lines.index("数据提示"), lines.index("关于本文件")
    assert end - start > 2
    assert "".join(lines[start + 1 : end]) == reason
    assert all(cover.row_dimensions[row].height <= 409 for row in range(1, len(lines) + 1))


def test_contents_list_every_sheet_and_lead_there(book):
    assert book.sheetnames == SHEETS
    rows = table_of(book["目录"])
    assert [row["工作表（点击前往）"] for row in rows] == SHEETS[2:]
    for row, sheet in zip(rows, book.worksheets[2:], strict=True):
        (table,) = sheet.tables.values()
        _, top, _, bottom = range_boundaries(table.ref)
        assert (row["表的名称"], row["数据行数（行）"]) == (table.displayName, bottom - top)
        assert row["标题"] in sheet["A1"].value
    links = {cell.hyperlink.location for row in book["目录"].iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in [SHEETS[0], *SHEETS[2:]]}
    back = {sheet.title: [c.hyperlink.location for r in sheet.iter_rows() for c in r if c.hyperlink] for sheet in book}
    assert all(found == ["'目录'!A1"] for name, found in back.items() if name != "目录")


def test_properties(book):
    told = book.properties
    assert told.title == "虚构市金融扶贫月报附件1至附件5数据表（2018年3月）"
    assert (told.creator, told.language, str(told.created)) == ("虚构市金融工作办公室", "zh-CN", "2018-04-10 00:00:00")
    assert (told.subject, told.category) == ("2018年3月金融扶贫小额贷款统计", "统计数据")
    assert told.description == "第2版（草稿），数据版本12；草稿　示例数据"


# ------------------------------------------------------------------ a file that opens anywhere


@pytest.mark.parametrize("data", [small_twin(GAP), small_twin(measures=hostile_measures()), large_twin()])
def test_the_package_is_sound(data):
    """What makes Excel repair a file: broken XML, tables that disagree with their cells, names twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
    read = opened(data)
    tables = [(sheet, table) for sheet in read for table in sheet.tables.values()]
    assert len({table.displayName.casefold() for _, table in tables}) == len(tables) == len(read.sheetnames) - 1
    assert len({table.id for _, table in tables}) == len(tables)
    for sheet, table in tables:
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[table.ref][0]]
        assert table.headerRowCount == 1
        assert table.autoFilter is None
    assert all(len(name) <= 31 for name in read.sheetnames)
    assert all(0 < d.height <= 409 for sheet in read for d in sheet.row_dimensions.values() if d.height is not None)


def test_another_office_program_reads_the_same(tmp_path):
    """LibreOffice opens it and writes what it has read: every value and every table is there."""
    path = tmp_path / "twin.xlsx"
    path.write_bytes(large_twin(3))
    (again,) = convert([path], "xlsx", tmp_path)
    first, second = opened(path.read_bytes()), opened(again.read_bytes())
    assert second.sheetnames == first.sheetnames
    for one, other in zip(first, second, strict=True):
        ours = {cell.coordinate: cell.value for row in one.iter_rows() for cell in row if cell.value is not None}
        theirs = {cell.coordinate: cell.value for row in other.iter_rows() for cell in row if cell.value is not None}
        assert theirs.keys() == ours.keys()
        assert not [at for at in ours if ours[at] != theirs[at] and theirs[at] != pytest.approx(ours[at], rel=1e-14)]
        assert [table.ref for table in other.tables.values()] == [table.ref for table in one.tables.values()]


def test_printed_it_is_one_page_wide(tmp_path):
    """On paper every sheet begins a page, and no table is cut at its right edge."""
    path = tmp_path / "twin.xlsx"
    path.write_bytes(large_twin())
    (pdf,) = convert([path], "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = ["".join(page.split()) for page in text.split("\f")]
    for sheet in opened(path.read_bytes()):
        title = "".join(sheet["A1"].value.split())
        (page,) = [page for page in pages if page.startswith(title)]
        if sheet.title.startswith(("附件2", "附件3")):
            assert "备注" in page and "授信" in page, "first and last column on one page"


def test_print_set_up(book):
    papers = {sheet.title: (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) for sheet in book}
    assert papers["封面"] == (9, "portrait")
    assert papers["说明"] == (9, "landscape")
    assert papers["附件2-1 分机构"] == (8, "landscape"), "A3: 30 columns"
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        top = range_boundaries(table.ref)[1]
        assert sheet.print_title_rows == f"${top}:${top}"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0


# ------------------------------------------------------------------ the same bytes


def test_the_same_bytes_again_later_and_in_another_time_zone():
    first = hashlib.sha256(small_twin(GAP)).hexdigest()
    sleep(2.1)
    assert hashlib.sha256(small_twin(GAP)).hexdigest() == first
    script = (
        "import hashlib; from tests.twins import GAP, small_twin; "
        "print(hashlib.sha256(small_twin(GAP)).hexdigest(), end='')"
    )
    environment = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "99", "PYTHONPATH": "."}
    root = Path(__file__).parents[2]
    other = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert other.stdout == first


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("附件3 农商银行", "附件3 农商银行"),
        ("附件4 a/b:c*?[x]", "附件4 a b c x"),
        ("'引号'", "引号"),
        ("长" * 40, "长" * 31),
        ("[]", "表"),
    ],
)
def test_names_of_sheets(text, name):
    assert sheet_name(text) == name


def test_names_of_tables():
    assert table_name("附件2-1 分机构") == "附件2_1_分机构"
    assert table_name("注释") == "注释"


def test_a_header_that_is_taken_is_numbered():
    assert unlike("金额", ["户数"]) == "金额"
    assert unlike("金额", ["金额", "金额（2）"]) == "金额（3）"
    assert unlike("Abc", ["aBC"]) == "Abc（2）"
