"""Blank forms as workbooks: hostile names do nothing in them, long ones are cut for nobody, what stands where."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from pipeline.model.own_sheets import PLACE, claims
from pipeline.render.form_book import form_bytes
from pipeline.render.form_content import Asked, BlankForm, Guide, GuideLine, Items, Kind, LastItem, Line, Shape
from pipeline.render.form_rules import Copied, Dated, Guard, Label, LastFigure, LiveRule, Op, Says, Term, When

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<&>{{}}{% x %}",
    "‮倒写",
    "a\x00b",
    "长" * 10_000,
    '"',
    "'月报'!A1",
    "@SUM(A1)",
    "-1+1",
]
RULES = (
    LiveRule(
        "A02", True, "x", Op.EQUAL, (Term("y"), Term("x", when=When.LAST_MONTH)), "{area}“{indicator}”{value}，{sum}。"
    ),
    LiveRule(
        "A09", False, "n", Op.AT_LEAST, (Term(factor=Fraction(1)),), "{area}“{other}”。", words={"other": Label("x")}
    ),
    LiveRule(
        "A11", True, "x", Op.AT_MOST, (Term("y", Fraction(3, 2)),), "{expected}", guards=(Guard("n", Op.ABOVE, 0),)
    ),
    LiveRule(
        "C01-9",
        False,
        "t",
        Op.TOLD,
        (),
        "{area}{value}{other}",
        words={"other": Term("d")},
        guards=(Says("t", ("是",)), Dated("d")),
    ),
)


def _form(name="甲县", shape=Shape.AREAS, **more) -> BlankForm:
    asked = (
        Asked("x", (name, "甲"), Kind.AMOUNT, "万元", "01", "数值"),
        Asked("y", ("组", "乙"), Kind.AMOUNT, "万元", "02", "数值", signed=True),
        Asked("n", ("组", "丙"), Kind.COUNT, "户", "03", "数值"),
        Asked("r", ("率",), Kind.RATE, "%", "04", "数值"),
        Asked("t", ("话",), Kind.TEXT, "文本", "05", "数值", hint=name),
        Asked("d", ("日",), Kind.DATE, "日期", "06", "数值"),
        Asked("b", ("否",), Kind.YES_NO, "是否", "07", "数值"),
    )
    given = {
        "code": "M01", "shape": shape, "sheet": "月报", "title": f"{name}表", "unit": name, "period": "2018年3月", "office": name,
        "money": "万元", "units": "万元、户", "asked": asked, "made": date(2018, 3, 1),
        "lines": (Line("a", name), Line("b", "乙县"), Line("c", name, inside=True)), "numbered": True, "spans": ("数值",),
        "items": Items(name, asked[:1], 2) if shape is not Shape.AREAS else None,
        "known": {("a", "y"): -1_234_500}, "nil": True, "sample": True, "step": 10_000, "rules": RULES,
        "last": (LastFigure("a", "x", When.LAST_MONTH, 5_000_000), LastFigure("b", "x", When.LAST_MONTH, 0)),
        "times": {When.LAST_MONTH: name},
        "last_items": (LastItem(name, {"x": 1}),) if shape is Shape.UPRIGHT else (),
        "copied": (Copied("T01-5", False, When.LAST_MONTH, 1, f"{name}“{{indicator}}”{{count}}"),),
        "guide": Guide((name,), name, (GuideLine("1", name, "户", "必填", name),), (("A02", name, "强制性", name, name),), ((name, name, name),), name),
    }  # fmt: skip
    return BlankForm(**(given | more))


def _sheets(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_nothing_but_words(name, shape):
    """In every place where a register or a catalogue can put a name; only our own formulas are formulas."""
    data = form_bytes(_form(name, shape))
    plain = form_bytes(_form("甲县", shape))
    for ours, theirs in zip(_sheets(plain).worksheets, _sheets(data).worksheets, strict=True):
        own, strange = (
            {cell.coordinate for row in s.iter_rows() for cell in row if cell.data_type == "f"} for s in (ours, theirs)
        )
        assert strange == own
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [part for part in package.namelist() if "externalLink" in part or "vba" in part]
        assert all(package.read(part) for part in package.namelist() if part.endswith(".xml"))


def test_a_quotation_mark_stays_one_in_a_formula():
    sheet = _sheets(form_bytes(_form('甲"县&A1')))["审核"]
    sentences = [str(row[6].value) for row in sheet.iter_rows(min_row=22) if row[1].value == "A02"]
    assert '"甲""县&A1"&"“"&"甲""县&A1/甲"&"”"' in sentences[0]


def test_a_long_literal_is_cut_into_pieces_that_excel_takes():
    sheet = _sheets(form_bytes(_form("长" * 10_000)))["审核"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert max(len(literal) for formula in formulas for literal in re.findall(r'"((?:[^"]|"")*)"', formula)) <= 255
    assert max(map(len, formulas)) < 8192


def test_own_sheets_say_what_they_are():
    book = _sheets(form_bytes(_form()))
    assert book.sheetnames == ["月报", "审核", "上月数", "填报说明", "审核关系"]
    row, col = PLACE
    assert all(claims(book[name].cell(row + 1, col + 1).value) for name in book.sheetnames[1:])
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    assert not any(
        d.hidden
        for sheet in book.worksheets
        for d in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())
    )


def test_a_total_is_a_live_sum_of_what_adds_up():
    """甲县 and 乙县; the area inside 甲县 is not added."""
    sheet = _sheets(form_bytes(_form()))["月报"]
    assert sheet["B7"].value == '=IF(COUNT(B8:B9)=0,"",SUM(B8:B9))'
    assert [sheet[f"A{row}"].value for row in range(7, 11)] == ["合计", "甲县", "乙县", "其中：甲县"]


def test_what_is_known_stands_in_the_forms_own_unit():
    sheet = _sheets(form_bytes(_form()))["月报"]
    assert (sheet["C8"].value, sheet["C8"].protection.locked) == (-1.2345, True)
    yuan = _sheets(form_bytes(_form(money="元")))["月报"]
    assert yuan["C8"].value == -12345


def test_a_rule_that_lacks_last_months_figure_is_not_checked():
    sheet = _sheets(form_bytes(_form()))["审核"]
    checks = [(row[1].value, row[3].value, row[5].value) for row in sheet.iter_rows(min_row=22) if row[5].value]
    assert checks == [
        ("T01-5", "全表", "B8"), ("A02", "甲县", "B8"), ("A02", "乙县", "B9"),
        ("A09", "甲县", "D8"), ("A09", "乙县", "D9"), ("A09", "甲县", "D10"),
        ("A11", "甲县", "B8"), ("A11", "乙县", "B9"), ("A11", "甲县", "B10"),
        ("C01-9", "甲县", "F8"), ("C01-9", "乙县", "F9"), ("C01-9", "甲县", "F10"),
    ]  # fmt: skip


def test_the_same_content_gives_the_same_bytes():
    assert form_bytes(_form()) == form_bytes(_form())


def test_the_headers_of_long_tables_stand_on_every_page():
    book = _sheets(form_bytes(_form()))
    heads = {
        name: book[name][book[name].print_title_rows.split(":")[-1].strip("$")][0].value for name in book.sheetnames
    }
    assert heads == {"月报": "甲", "审核": "序号", "上月数": "县(区)", "填报说明": "序号", "审核关系": "代码"}


@pytest.mark.parametrize(("money", "columns", "pages"), [("万元", 7, 1), ("万元", 37, 1), ("元", 24, 1), ("元", 40, 2)])
def test_a_form_too_wide_to_be_read_takes_two_pages(money, columns, pages):
    """By hand: 17 for the names, 24 for remarks, 9.5 for each amount in 万元 and 14.5 in 元; 400 are half their size."""
    asked = tuple(Asked(f"x{n}", (f"甲{n}",), Kind.AMOUNT, money) for n in range(columns))
    sheet = _sheets(form_bytes(_form(money=money, asked=asked, rules=(), copied=(), known={}, last=())))["月报"]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_cols == (None if pages == 1 else "$A:$A")


def test_the_list_of_problems_is_one_printed_page_and_has_no_empty_boxes():
    """Twelve lines of 44 points beside 130 of heads: 509 points of A4 across hold them at eight tenths of their size.

    A line without a problem is blank paper; its boxes come with its number.
    """
    sheet = _sheets(form_bytes(_form()))["审核"]
    assert sheet.print_area == "'审核'!$A$1:$G$19"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    lines = [cell for row in sheet["A7:G18"] for cell in row]
    assert all(cell.data_type == "f" and cell.border.left.style is None for cell in lines)
    assert sheet["A19"].value.startswith('=IF($A$33>12,"还有 "'), "the last line says how many more there are"
    (boxes,) = [found for found in sheet.conditional_formatting if str(found.sqref) == "A7:G18"]
    (boxed,) = boxes.rules
    assert (boxed.formula, boxed.dxf.border.left.style, boxed.dxf.border.bottom.style) == (['$A7<>""'], "thin", "thin")
