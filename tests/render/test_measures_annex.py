"""Annex 1 as another program reads and prints it: every word is there, whole, on A4 pages."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import load_catalog
from pipeline.model import MeasureGroup, MeasureTable
from pipeline.render.measures_annex import measures_bytes
from pipeline.render.measures_page import plan_measures
from pipeline.render.stamp import Stamp
from tests.cities import MARCH
from tests.measures import HOSTILE, ITEMS, hostile_measures, measure_row, small_measures
from tests.office import convert

LAYOUT = load_catalog().annexes[1]
STAMP = Stamp(MARCH, True, True, "虚构市金融工作办公室", 2, 12, "2018-04-10", ("经负责人同意先行发布。",))


def _write(folder: Path, table: MeasureTable, stamp: Stamp = STAMP) -> Path:
    path = folder / "1.xlsx"
    path.write_bytes(measures_bytes(table, LAYOUT, stamp))
    return path


def _rows(sheet) -> list[list[str | None]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def test_head_rows_and_foot(tmp_path):
    sheet = openpyxl.load_workbook(_write(tmp_path, small_measures())).worksheets[0]
    assert [sheet[cell].value for cell in ("A1", "H1", "A2", "A3", "H3")] == [
        "附件1", "草稿　示例数据", "安康市金融机构扶贫工作措施汇总表", "截至2018年3月31日", None,
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [
        "序号", "填报单位", "组织领导", "制度建设", "信贷产品", "利率优惠与减费让利", "网点及服务覆盖",
        "评级授信与入户走访", "产业带动与定点帮扶", "主要成效", "存在问题", "下一步措施", "联系人", "备注",
    ]  # fmt: skip
    rows = _rows(sheet)
    assert [row[0] for row in rows] == [
        "一、农商银行", "1", "2", "二、农业银行", "3", "三、市直部门", "4",
        "注：1. 不含：南河农商银行（未报送）。", "　　2. 空白表示该项未报送。", "　　3. 经负责人同意先行发布。",
        "制表单位：虚构市金融工作办公室",
    ]  # fmt: skip
    assert rows[1][1:6] == [
        "北山农商银行",
        "成立领导小组，行长任组长。",
        "印发管理办法。",
        "1. 富民贷（对象：建档立卡贫困户；额度：5万元以内）\n2. 茶农贷",
        "执行基准利率4.35%。",
    ]
    assert rows[1][12] == "示例甲 0900-1234567"
    assert rows[2][1:] == ["南河农商银行", *[None] * 11, "未报送"]
    assert (rows[4][9], rows[4][13]) == ("—", "沿用2018年1月")
    assert [value for value in rows[-1] if value] == [
        "制表单位：虚构市金融工作办公室",
        "审核人：",
        "制表人：",
        "报出日期：",
    ]


def test_a_final_release_of_real_data_bears_no_mark(tmp_path):
    book = openpyxl.load_workbook(_write(tmp_path, small_measures(), replace(STAMP, draft=False, sample=False)))
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert not [word for word in words if "草稿" in word or "示例数据" in word]


def test_a_month_in_which_nobody_owes_anything_still_prints(tmp_path):
    sheet = openpyxl.load_workbook(_write(tmp_path, MeasureTable(1, "2017-11", (), ("没有单位。",)))).worksheets[0]
    assert sheet["A5"].value == "注：1. 没有单位。"


# ------------------------------------------------------------------ nothing is clipped


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """The hostile table: its workbook, its words on paper, and the workbook with the heights that an office takes."""
    folder = tmp_path_factory.mktemp("hostile")
    path = _write(folder, hostile_measures())
    free = folder / "free.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(free, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data, rows = re.subn(rb' ht="[\d.]+" customHeight="1"', b"", data)
                assert rows > 10
            new.writestr(name, data)
    pdf = convert([path], "pdf", folder)[0]
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return path, text, convert([free], "xlsx", folder)[0]


@pytest.mark.parametrize("item", [item for item in HOSTILE if item not in ("next_steps", "contact")])
def test_every_character_is_on_paper_and_in_order(hostile, item):
    own = set(HOSTILE[item]) - set(" \n，。")
    # the header and the other rows use some of these characters too, each at a place of its own
    elsewhere = {character for line in _common_words() for character in line}
    wanted = [character for character in HOSTILE[item] if character in own - elsewhere]
    assert [character for character in hostile[1] if character in own - elsewhere] == wanted
    assert len(wanted) > 0.9 * len([character for character in HOSTILE[item] if character in own])


def _common_words() -> list[str]:
    table = hostile_measures()
    rows = [row for row in table.groups[0].rows if row.unit != "hostile"]
    words = [wording.text for row in rows for wording in row.wordings.values()] + [row.label for row in rows]
    page = plan_measures(table, LAYOUT, STAMP)
    heads = ["".join(column.header) for column in LAYOUT.columns]
    return [
        *words,
        *heads,
        *page.notes,
        "附件农商银行乙续数据版本制表单位审核人报出日期第页共版草稿示例数据截至年月正式" + LAYOUT.title + STAMP.office,
    ]


def test_a_row_is_as_high_as_its_words_need(hostile):
    path, _, free = hostile
    ours = openpyxl.load_workbook(path).worksheets[0]
    needed = openpyxl.load_workbook(free).worksheets[0]
    page = plan_measures(hostile_measures(), LAYOUT, STAMP)
    for place in range(page.first_row + 1, page.first_row + 1 + len(page.strips)):
        height = ours.row_dimensions[place].height
        assert height <= 409
        assert height >= needed.row_dimensions[place].height - 0.5, place


def test_what_goes_on_reads_as_one_row(hostile):
    sheet = openpyxl.load_workbook(hostile[0]).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=5) if str(row[1].value or "").startswith("乙银行")]
    assert len(rows) > 3
    assert [row[1].value for row in rows] == ["乙银行", *["乙银行（续）"] * (len(rows) - 1)]
    assert [row[0].value for row in rows] == ["2", *[None] * (len(rows) - 1)]
    edges = [(row[2].border.top.style, row[2].border.bottom.style) for row in rows]
    assert edges == [("thin", "dotted"), *[("dotted", "dotted")] * (len(rows) - 2), ("dotted", "thin")]
    for col, item in enumerate(ITEMS, start=2):
        text = "".join(row[col].value or "" for row in rows)
        assert text.replace("\n", "") == HOSTILE[item.removeprefix("measure_")].replace("\n", "")
    assert any("填报单位后注“（续）”" in str(row[0].value) for row in sheet.iter_rows())


def test_each_page_is_full_width_and_has_the_header(hostile):
    pages = hostile[1].split("\f")[:-1]
    assert len(pages) > 3
    assert all("填报单位" in page and "联系人" in page for page in pages)
    assert f"第 1 页，共 {len(pages)} 页" in " ".join(pages[0].split())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.sampled_from("一二，。（Ab 1\n😀"), max_size=900), min_size=11, max_size=11),
        min_size=1,
        max_size=4,
    )
)
def test_no_piece_is_lost_or_higher_than_its_row(rows):
    short = [item.removeprefix("measure_") for item in ITEMS]
    units = tuple(
        measure_row(f"u{number}", f"第{number}银行", dict(zip(short, texts, strict=True)))
        for number, texts in enumerate(rows)
    )
    page = plan_measures(MeasureTable(1, "2018-03", (MeasureGroup("rcb", "农商银行", units),)), LAYOUT, STAMP)
    assert page.strips[0].heading == "一、农商银行"
    pieces = page.strips[1:]
    assert pieces[0].first and pieces[-1].last
    assert max(piece.height for piece in pieces) <= 409
    unit = -1
    found = [[""] * 11 for _ in rows]
    for piece in pieces:
        unit += piece.first
        for place, text in enumerate(piece.texts[2:13]):
            found[unit][place] += text
    assert [[text.replace("\n", "") for text in row] for row in found] == [
        [text.replace("\n", "") for text in row] for row in rows
    ]


def test_columns_with_more_words_are_wider_and_the_page_is_filled():
    long = measure_row("a", "甲银行", {"organisation": "长文字，" * 80, "rules": "短。", "contact": "13900000000"})
    page = plan_measures(MeasureTable(1, "2018-03", (MeasureGroup("rcb", "农商银行", (long,)),)), LAYOUT, STAMP)
    widths = dict(zip((column.id for column in LAYOUT.columns), page.widths, strict=True))
    assert widths["measure_organisation"] > 30 > 8 > widths["measure_rules"]
    assert widths["measure_contact"] * 8 >= 11 * 9 * 0.56 * 96 / 72, "a telephone number stays on one line"
    assert all(width >= column.width for width, column in zip(page.widths, LAYOUT.columns, strict=True))
    # 277 mm between the margins, in pixels of which a width counts 8 and each column has 5 more
    assert 0.95 < sum(width * 8 + 5 for width in page.widths) / (277 / 25.4 * 96) <= 1


def test_few_words_are_set_larger():
    few = MeasureTable(1, "2018-03", small_measures().groups[:1])
    assert plan_measures(few, LAYOUT, STAMP).size == 10.5
    assert 9 <= plan_measures(hostile_measures(), LAYOUT, STAMP).size < 10.5, "else it would need another page"


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("sentences", "根据市委要求，2018年3月末发放扶贫小额信贷1,234.56万元，惠及贫困户320户。" * 400),
        ("one word without an end", "字" * 19_000),
        ("short lines", "字\n" * 9_500),
    ],
)
def test_the_longest_words_are_laid_out_whole(why, text):
    """As long as a unit may write, in each of its items: a strip wraps no more than it takes, or this would take minutes."""
    texts = {item.removeprefix("measure_"): text[:19_000] for item in ITEMS}
    groups = (MeasureGroup("rcb", "农商银行", (measure_row("a", "甲银行", texts),)),)
    page = plan_measures(MeasureTable(1, "2018-03", groups), LAYOUT, STAMP)
    for place in range(2, 13):
        together = "".join(strip.texts[place] for strip in page.strips if strip.texts)
        assert together.replace("\n", "") == text[:19_000].replace("\n", "")
    assert max(strip.height for strip in page.strips) <= 409
    assert page.size == 9


def test_a_heading_is_not_parted_from_its_first_row():
    tall = {"organisation": "文" * 900}
    groups = tuple(MeasureGroup(f"g{n}", f"第{n}类", (measure_row(f"u{n}", "甲银行", tall),)) for n in range(8))
    page = plan_measures(MeasureTable(1, "2018-03", groups), LAYOUT, STAMP)
    room, left = 479 - page.header_heights[0], 479 - page.header_heights[0] - 90
    breaks = 0
    for strip, following in zip(page.strips, page.strips[1:], strict=False):
        if strip.page_break or strip.height > left:
            left, breaks = room, breaks + strip.page_break
        left -= strip.height
        if strip.heading:
            assert following.height <= left + 1
    assert breaks


# ------------------------------------------------------------------ safety, set-up, bytes


def test_text_is_never_a_formula_or_a_link(tmp_path):
    evil = '=HYPERLINK("http://x.invalid","去")'
    row = measure_row("a", evil, {"organisation": evil, "rules": "http://x.invalid", "rates": "{=1+1}"}, "=2+2")
    path = _write(tmp_path, MeasureTable(1, "2018-03", (MeasureGroup("rcb", "=3+3", (row,)),), ("@SUM(A1)",)))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["B6"].value, sheet["C6"].value, sheet["C6"].data_type) == (evil, evil, "s")
    assert sheet["D6"].hyperlink is None
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and "hyperlink" not in xml


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("扶\u200b贫\u00ad\ufeff", "扶贫"),
        ("甲\u202e乙", "甲⟨U+202E⟩乙"),
        ("甲\x00\x07\ufffe\ud800", "甲⟨U+0000⟩⟨U+0007⟩⟨U+FFFE⟩⟨U+D800⟩"),
        ("👩\u200d👧 <b>&amp; ｛{x}｝ _x0041_", "👩\u200d👧 <b>&amp; ｛{x}｝ _x0041_"),
    ],
)
def test_what_cannot_be_seen_does_no_harm(tmp_path, text, printed):
    row = measure_row("a", "甲银行", {"organisation": text})
    path = _write(tmp_path, MeasureTable(1, "2018-03", (MeasureGroup("rcb", "农商银行", (row,)),)))
    assert openpyxl.load_workbook(path).worksheets[0]["C6"].value == printed


def test_print_set_up(tmp_path):
    sheet = openpyxl.load_workbook(_write(tmp_path, small_measures())).worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert int(sheet.page_setup.fitToHeight) == 0
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "C5")
    cell = sheet["C6"]
    assert (cell.alignment.vertical, cell.alignment.wrap_text, cell.font.name) == ("top", True, "宋体")
    assert 9 <= cell.font.size <= 10.5


def test_bytes_do_not_depend_on_the_clock_or_the_machine():
    script = (
        "import sys, hashlib; from tests.render.test_measures_annex import *; "
        "sys.stdout.write(hashlib.sha256(measures_bytes(hostile_measures(), LAYOUT, STAMP)).hexdigest())"
    )
    environment = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "99", "PYTHONPATH": "."}
    other = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout == hashlib.sha256(measures_bytes(hostile_measures(), LAYOUT, STAMP)).hexdigest()
