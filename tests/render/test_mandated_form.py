"""The form of the five annexes is mandated: any change of it is seen, and held against the document.

The descriptions under `mandated/` are what is built; the assertions below them are what the document asks for,
written by hand, so that a wrong description cannot be accepted unseen.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from pipeline.catalog import load_catalog
from tests import mandated
from tests.golden import differences
from tests.ingest.files import rezipped

HINT = (
    "附件版式由安政办函〔2017〕284号附件1—5规定，上面是与已核定版式的差异。"
    "不是有意的改动，请改回；确需改动的，先提交，再运行 make golden 更新 tests/render/mandated/，逐行核对差异后提交。"
)
ALL = (1, 2, 3, 4, 5)
BANKS = (3, 4, 5)


def test_the_form_is_as_mandated():
    changed = differences(mandated.described(), mandated.FOLDER)
    assert not changed, f"\n{changed}\n{HINT}"


def test_a_change_is_told_in_a_plain_diff():
    """What a developer reads who made a column wider, renamed a header and turned the page."""
    new = mandated.described()
    told = {
        "width of A: 5.62": "width of A: 6.62",
        "C4: '授信'": "C4: '贷款授信'",
        "(9 = A4) landscape": "(9 = A4) portrait",
    }
    for old, other in told.items():
        assert old in new["annex4.txt"]
        new["annex4.txt"] = new["annex4.txt"].replace(old, other)
    changed = differences(new, mandated.FOLDER)
    assert changed.startswith("--- kept/annex4.txt\n+++ new/annex4.txt\n")
    look = "[General] 黑体 12, center center wrap, thin thin thin thin"
    assert [line for line in changed.splitlines() if re.match(r"[-+](?![-+])", line)] == [
        "-paper: 9 (9 = A4) landscape",
        "+paper: 9 (9 = A4) portrait",
        "-width of A: 5.62",
        "+width of A: 6.62",
        f"-C4: '授信' {look}",
        f"+C4: '贷款授信' {look}",
    ]


def _set(*path: str, to: object):
    """A change of one property of the sheet: the path to it, and its new value."""

    def change(sheet) -> None:
        target = sheet
        for name in path[:-1]:
            target = (
                target[name] if isinstance(target, Mapping) or re.match(r"[A-Z]+\d*$", name) else getattr(target, name)
            )
        setattr(target, path[-1], to)

    return change


CHANGES = {
    "a title": _set("A2", "value", to="安康市农商银行小额贷款统计表"),
    "a header": _set("I5", "value", to="同比增长%"),
    "two headers changed places": lambda sheet: _swap(sheet, "C5", "D5"),
    "a formula": _set("Q6", "value", to="=M6/P6"),
    "a number format": _set("F7", "number_format", to="0.0"),
    "the caption's side": _set("M3", "alignment", to=Alignment(horizontal="left", vertical="center")),
    "a font": _set("A2", "font", to=Font(name="宋体", size=22)),
    "a size": _set("C4", "font", to=Font(name="黑体", size=11)),
    "a colour": _set("C4", "font", to=Font(name="黑体", size=12, color="FF0000")),
    "a background": _set("C4", "fill", to=PatternFill("solid", fgColor="DDDDDD")),
    "a border": _set("C7", "border", to=Border()),
    "a border's colour": _set("C7", "border", to=Border(top=Side("thin", "FF0000"), left=Side("thin"))),
    "a cell no longer wraps": _set("C4", "alignment", to=Alignment("center", "center")),
    "a cell is shrunk to fit": _set("C7", "alignment", to=Alignment("right", "center", shrink_to_fit=True)),
    "a width": lambda sheet: setattr(sheet.column_dimensions["H"], "width", 20),
    "a hidden column": lambda sheet: setattr(sheet.column_dimensions["H"], "hidden", True),
    "a height": lambda sheet: setattr(sheet.row_dimensions[4], "height", 30),
    "a hidden row": lambda sheet: setattr(sheet.row_dimensions[7], "hidden", True),
    "a merge taken apart": lambda sheet: sheet.unmerge_cells("C4:D4"),
    "a merge more": lambda sheet: sheet.merge_cells("C5:D5"),
    "a row more": lambda sheet: sheet.cell(20, 1, "又一行"),
    "a note under a cell": _set("C5", "comment", to=Comment("说明", "某人")),
    "a link": _set("C5", "hyperlink", to="http://example.org"),
    "portrait": _set("page_setup", "orientation", to="portrait"),
    "other paper": _set("page_setup", "paperSize", to=8),
    "two pages wide": _set("page_setup", "fitToWidth", to=2),
    "not fitted": _set("sheet_properties", "pageSetUpPr", "fitToPage", to=False),
    "a margin": _set("page_margins", "top", to=1.5),
    "not centred": _set("print_options", "horizontalCentered", to=False),
    "printed lines": _set("print_options", "gridLines", to=True),
    "one header row repeated": _set("print_title_rows", to="4:4"),
    "a smaller print area": _set("print_area", to="A1:V12"),
    "a page break": lambda sheet: sheet.row_breaks.append(Break(8)),
    "frozen elsewhere": _set("freeze_panes", to="A6"),
    "zoomed": _set("sheet_view", "zoomScale", to=60),
    "no grid": _set("sheet_view", "showGridLines", to=False),
    "page numbers gone": _set("oddFooter", "center", "text", to=None),
    "a header line": _set("oddHeader", "left", "text", to="内部资料"),
    "the sheet's name": _set("title", to="附表3"),
    "colours by condition": lambda sheet: sheet.conditional_formatting.add("C7", CellIsRule("lessThan", ["5"])),
    "a choice": lambda sheet: sheet.add_data_validation(DataValidation("list", formula1='"是,否"', sqref="C7")),
}


def _swap(sheet, one: str, other: str) -> None:
    sheet[one].value, sheet[other].value = sheet[other].value, sheet[one].value


def _saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def third() -> bytes:
    """Annex 3 as openpyxl saves it, so that what differs is the change alone."""
    return _saved(openpyxl.load_workbook(io.BytesIO(mandated.workbooks()[3])))


@pytest.mark.parametrize("what", CHANGES)
def test_no_change_of_form_goes_unseen(third, what):
    book = openpyxl.load_workbook(io.BytesIO(third))
    CHANGES[what](book.worksheets[0])
    seen = mandated.description(_saved(book)) != mandated.description(third)
    assert seen, what


def test_a_second_sheet_and_a_patched_merge_are_seen():
    data = mandated.workbooks()[3]
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.create_sheet("附页")
    assert "附页" in mandated.description(_saved(book))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "not of one look: nothing" in mandated.description(data)
    style = re.search(r'<c r="D4" s="(\d+)"', xml)[1]
    patched = rezipped(data, "xl/worksheets/sheet1.xml", f'<c r="D4" s="{style}"'.encode(), b'<c r="D4" s="0"')
    assert "not of one look: C4:D4" in mandated.description(patched)


def test_there_is_a_description_of_each_and_of_nothing_else():
    assert sorted(path.name for path in mandated.FOLDER.iterdir()) == [f"annex{number}.txt" for number in ALL]


# ------------------------------------------------------------------ what the document says


@pytest.fixture(scope="module")
def sheets():
    return {number: mandated.opened(data) for number, data in mandated.workbooks().items()}


TITLES = {
    1: "安康市金融机构扶贫工作措施汇总表",
    2: "安康市金融扶贫小额贷款进展情况汇总表",
    3: "安康市农商银行小额贷款进展情况统计表",
    4: "安康市邮储银行小额贷款进展情况统计表",
    5: "安康市农业银行小额贷款进展情况统计表",
}


def test_titles_and_order(sheets):
    assert [sheet["A1"].value for sheet in sheets.values()] == ["附件1", "附件2", "附件3", "附件4", "附件5"]
    assert {number: sheet["A2"].value for number, sheet in sheets.items()} == TITLES
    names = {number: layout.file_name for number, layout in load_catalog().annexes.items()}
    assert names == {number: f"附件{number} {title}" for number, title in TITLES.items()}


@pytest.mark.parametrize("number", ALL)
def test_paper_and_print_set_up(sheets, number):
    sheet = sheets[number]
    page = sheet.page_setup
    assert (int(page.paperSize), page.orientation) == (9, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, int(page.fitToWidth or 1), int(page.fitToHeight)) == (
        True,
        1,
        0,
    )
    header_rows = {1: "$4:$4"}.get(number, "$4:$5")
    assert sheet.print_title_rows == header_rows, "the header is repeated on every page"
    last = f"${get_column_letter(sheet.max_column)}${sheet.max_row}"
    assert sheet.print_area == f"'附件{number}'!$A$1:{last}", "all of it is printed"


@pytest.mark.parametrize("number", ALL)
def test_caption_and_foot(sheets, number):
    sheet = sheets[number]
    caption = [cell.value for cell in sheet[3] if cell.value]
    assert caption == ["截至2018年3月31日"] + ([] if number == 1 else ["单位：户、万元、%"])
    assert sheet["A3"].alignment.horizontal == "left"
    right = next(cell for cell in sheet[3] if cell.column > 1 and cell.has_style and cell.alignment.horizontal)
    assert (right.alignment.horizontal, right.value) == ("right", None if number == 1 else "单位：户、万元、%")
    boxes = {box.coord for box in sheet.merged_cells.ranges}
    assert f"{right.coordinate}:{get_column_letter(sheet.max_column)}3" in boxes, "up to the table's right edge"
    foot = [cell.value for cell in sheet[sheet.max_row] if cell.value]
    assert [word.partition("：")[0] for word in foot] == ["制表单位", "审核人", "制表人", "报出日期"]


_COLUMNS = (
    "序号 县(区) 授信/户数 授信/金额 本月发放/户数 本月发放/金额 本年累计发放/户数 本年累计发放/金额 本年累计发放/同比% "
    "历史累计发放/户数 历史累计发放/金额 期末余额/户数 期末余额/金额 期末余额/较年初增减 逾期/户数 逾期/金额 逾期/逾期率% "
    "不良/余额 不良/不良率% 年度任务/目标 年度任务/完成率% 年度任务/位次 备注"
)
COLUMNS = _COLUMNS.split()


def _header(sheet) -> list[str]:
    """Header paths from the merged cells, as a reader takes them."""
    merged = {}
    for box in sheet.merged_cells.ranges:
        for row, col in box.cells:
            merged[row, col] = (box.min_row, box.min_col)
    last = int(sheet.print_title_rows[-1])
    paths = []
    for col in range(1, sheet.max_column + 1):
        places = dict.fromkeys(merged.get((row, col), (row, col)) for row in range(4, last + 1))
        paths.append("/".join(sheet.cell(*place).value for place in places))
    return paths


@pytest.mark.parametrize("number", BANKS)
def test_columns_of_a_banks_annex(sheets, number):
    assert _header(sheets[number]) == COLUMNS


def test_columns_of_the_summary(sheets):
    header = _header(sheets[2])
    same = [path.replace("户次", "户数") for path in header[:22]]
    assert same == [path.replace("县(区)", "机构、县(区)") for path in COLUMNS[:22]], "households over banks are 户次"
    assert sum("户次" in path for path in header) == 6
    assert header[22:] == [
        "建档立卡贫困户数", "投放面(户贷率)%", "贷款贫困户比例%", "贷款增速%", "风险补偿金到位", "投放面位次", "备注",
    ]  # fmt: skip


def test_columns_of_the_measures(sheets):
    columns = (
        "序号 填报单位 组织领导 制度建设 信贷产品 利率优惠与减费让利 网点及服务覆盖 评级授信与入户走访 产业带动与定点帮扶 "
        "主要成效 存在问题 下一步措施 联系人 备注"
    )
    assert _header(sheets[1]) == columns.split()


def test_the_total_comes_first(sheets):
    for number in BANKS:
        assert [sheets[number].cell(row, 2).value for row in range(6, 10)] == ["合计", "汉滨区", "汉阴县", "石泉县"]
    assert [sheets[2].cell(row, 1 if row in (6, 11) else 2).value for row in range(6, 16)] == [
        "一、分机构", "合计", "农商银行", "邮储银行", "农业银行", "二、分县区", "合计", "汉滨区", "汉阴县", "石泉县",
    ]  # fmt: skip
    codes = [area.names[0].code for area in load_catalog().areas.counties]
    assert codes == sorted(codes) and len(codes) == 10


@pytest.mark.parametrize(("number", "top"), [*((number, 6) for number in BANKS), (2, 7), (2, 12)])
def test_formats_and_live_formulas(sheets, number, top):
    """`top` is the row of 合计: each part of the summary has its own."""
    sheet = sheets[number]
    columns = {path.replace("户次", "户数"): place for place, path in enumerate(_header(sheet), start=1)}
    for path, place in columns.items():
        total, county = sheet.cell(top, place), sheet.cell(top + 1, place)
        if path.endswith(("金额", "余额", "目标", "增减")):
            assert (total.number_format, county.number_format) == ("0.00", "0.00"), path
        elif path.endswith("%"):
            assert (total.number_format, county.number_format) == ("0.00%", "0.00%"), path
            assert str(total.value).startswith("=") and str(county.value).startswith("="), path
        elif path.endswith("户数"):
            rows = f"{county.column_letter}{top + 1}:{county.column_letter}{top + 3}"
            assert (total.number_format, total.value) == ("0", f"=SUM({rows})")
        elif path.endswith("位次"):
            assert (total.value, county.number_format) == ("—", "0"), "the total has no rank"
    assert sheet.cell(top + 3, columns["期末余额/金额"]).value is None, "not reported is blank, never 0"
    assert sheet.cell(top + 3, columns["备注"]).value == "未报送"


@pytest.mark.parametrize("number", ALL)
def test_fonts(sheets, number):
    sheet = sheets[number]
    assert (sheet["A2"].font.name, sheet["A2"].font.size, sheet["A2"].alignment.horizontal) == ("黑体", 22, "center")
    assert sheet["A4"].font.name == "黑体"
    assert {cell.font.name for cell in sheet[9] if cell.value is not None} == {"宋体"}
