"""The measures form: items down with their words, then the list of products; a Word document or a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from pipeline.periods import Month
from tests.generator.documents import Paper, Table
from tests.generator.forms import Colophon
from tests.generator.intake import PHONE
from tests.generator.measures import ITEMS, Measures
from tests.generator.places import MARK, unit_name
from tests.generator.senders import SENDER, Sender
from tests.generator.workbooks import Form

TITLE = "金融机构扶贫工作措施表"
_ITEM_HEADERS = (("序号", "项目", "内容"), ("序号", "项目", "主要内容"))
_PRODUCTS = "信贷产品清单"
_PRODUCT_HEADERS = (
    ("序号", "产品名称", "贷款对象", "最高额度", "期限", "利率", "担保方式"),
    ("序号", "产品名称", "服务对象", "贷款额度", "贷款期限", "执行利率", "担保"),
)
"""As the form has them, and in other words that it allows."""

_LAST = 6
_WIDTHS_MM = (12, 30, 32, 20, 18, 26, 26)
_WIDTHS_CHARACTERS = (6, 16, 24, 12, 10, 20, 22)
_LINE_POINTS = 14


def file_name(unit: str, month: Month) -> str:
    """「扶贫工作措施表（汉阴农商银行2018年3月）.xlsx」; the two big banks call their files in their own way."""
    if unit == "psbc":
        return f"金融扶贫措施_邮储安康_{month.year}{month.month:02d}.docx"
    name = "农行安康分行" if unit == "abc" else unit_name(unit, month)
    return f"扶贫工作措施表（{name}{month.label}）.{SENDER[unit].paper}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on the paper, in the sender's own manner."""

    sender: Sender
    heading: tuple[str, str]
    rows: list[tuple[str, str, str]]
    """Number, item, words."""
    products: list[tuple[str, ...]] | None
    """None where the form has no list; empty where the list is declared to be as last month's."""
    remark: str
    footing: tuple[str, str, str]


def write(path: Path, unit: str, month: Month, said: Measures, colophon: Colophon) -> None:
    """Write one unit's form."""
    sender = SENDER[unit]
    at_once = sender.at_once and len(said.declared) >= len(ITEMS) - 1
    same = "" if at_once else sender.same
    products = [(str(number), *product) for number, product in enumerate(said.products, start=1)]
    sheet = _Sheet(
        sender,
        (f"填报单位：{unit_name(unit, month)}", f"报告期：{month.label}"),
        [
            (str(number), ITEMS[item][sender.alias], same if item in said.declared else words)
            for number, (item, words) in enumerate(said.texts.items(), start=1)
        ],
        products if said.listed and not at_once else None,
        f"说明：本月各项措施{sender.same}。" if at_once else "",
        (f"填报人：{colophon.clerk}", f"联系电话：{PHONE}", f"填报日期：{colophon.day}"),
    )
    (_write_word if sender.paper == "docx" else _write_excel)(path, sheet)


# ------------------------------------------------------------------ Word


def _write_word(path: Path, sheet: _Sheet) -> None:
    paper = Paper(TITLE)
    paper.line(TITLE, "表题")
    paper.line("　　　　".join(sheet.heading), "表首")
    if sheet.sender.joined:
        table = paper.table(_WIDTHS_MM)
        _word_items(table, sheet, columns=5)
        if sheet.products is not None:
            table.row([(_PRODUCTS, "栏目", _LAST + 1)])
            _word_products(table, sheet.sender, sheet.products)
    else:
        _word_items(paper.table((_WIDTHS_MM[0], _WIDTHS_MM[1], sum(_WIDTHS_MM[2:]))), sheet, columns=1)
        if sheet.products is not None:
            paper.line(_PRODUCTS, "小标题")
            _word_products(paper.table(_WIDTHS_MM), sheet.sender, sheet.products)
    for words in filter(None, (sheet.remark, "　　".join(sheet.footing))):
        paper.line(words, "表首")
    paper.line(MARK, "注")
    paper.save(path)


def _word_items(table: Table, sheet: _Sheet, columns: int) -> None:
    number, label, content = _ITEM_HEADERS[sheet.sender.alias]
    table.row([(number, "栏目", 1), (label, "栏目", 1), (content, "栏目", columns)], repeated=True)
    for number, label, words in sheet.rows:
        table.row([(number, "居中", 1), (label, "居中", 1), (words, "内容", columns)])


def _word_products(table: Table, sender: Sender, products: list[tuple[str, ...]]) -> None:
    table.row([(words, "栏目", 1) for words in _PRODUCT_HEADERS[sender.alias]])
    for number, *cells in products:
        table.row([(number, "居中", 1), *((words, "内容", 1) for words in cells)])
    if not products:
        table.row([(sender.same, "居中", _LAST + 1)])


# ------------------------------------------------------------------ Excel


def _write_excel(path: Path, sheet: _Sheet) -> None:
    form = Form(path, "措施表", TITLE)
    form.span(0, 0, _LAST, TITLE, "title")
    form.span(1, 0, 3, sheet.heading[0], "plain")
    form.span(1, 4, _LAST, sheet.heading[1], "right")
    number, label, content = _ITEM_HEADERS[sheet.sender.alias]
    form.put(2, 0, number, "header")
    form.put(2, 1, label, "header")
    form.span(2, 2, _LAST, content, "header")
    row = 3
    for number, label, words in sheet.rows:
        form.put(row, 0, int(number), "centre")
        form.put(row, 1, label, "wrapped")
        form.span(row, 2, _LAST, words or None, "label")
        form.sheet.set_row(row, _height(words, sum(_WIDTHS_CHARACTERS[2:])))
        row += 1
    if sheet.products is not None:
        row = _excel_products(form, sheet.sender, row, sheet.products)
    if sheet.remark:
        form.span(row, 0, _LAST, sheet.remark, "label")
        row += 1
    for column, words in zip((0, 3, 5), sheet.footing, strict=True):
        form.put(row, column, words, "plain")
    form.put(row + 1, 0, MARK, "mark")
    for column, width in enumerate(_WIDTHS_CHARACTERS):
        form.sheet.set_column(column, column, width)
    form.sheet.set_row(0, 30)
    form.sheet.repeat_rows(2)
    form.page()
    form.close()


def _excel_products(form: Form, sender: Sender, row: int, products: list[tuple[str, ...]]) -> int:
    """The list; the result is the first row below it."""
    form.span(row, 0, _LAST, _PRODUCTS, "section")
    for column, words in enumerate(_PRODUCT_HEADERS[sender.alias]):
        form.put(row + 1, column, words, "header")
    row += 2
    for number, *cells in products:
        form.put(row, 0, int(number), "centre")
        for column, words in enumerate(cells, start=1):
            form.put(row, column, words, "label")
        high = max(_height(words, width) for words, width in zip(cells, _WIDTHS_CHARACTERS[1:], strict=True))
        form.sheet.set_row(row, high)
        row += 1
    if not products:
        form.span(row, 0, _LAST, sender.same, "centre")
        row += 1
    return row


def _height(words: str, width: int) -> int:
    """Points that the words need in a cell so many characters wide; merged cells do not grow by themselves."""
    per_line = width // 2 - 1
    lines = sum(max(1, ceil(len(line) / per_line)) for line in words.split("\n"))
    return _LINE_POINTS * lines + 6
