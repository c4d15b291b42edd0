"""Items 1 and 2: a number stored beside a text that shows it, or another; and signs that turn a text around.

The cell is 汉滨区's 期末余额/金额, F4 (30.25 万元).
"""

from __future__ import annotations

import io
import zipfile

from tests.faults.cases_cells import HERE
from tests.faults.expecting import Case, Item, as_bank
from tests.faults.pages import html_table, ods, spreadsheetml, text, xls, xlsx
from tests.faults.plain import MISSING, bank
from tests.ingest.files import rezipped

F = Item.FORMATS
PAGE_TOLD = ("F09", "", "网页")
IN_WAN = "style='mso-number-format:\"0\\!\\.0000\\0022万元\\0022\"'"
ACCOUNTING = "style='mso-number-format:\"#\\,##0\\.00;\\(#\\,##0\\.00\\);\\0022-\\0022\"'"


def page_with(cell):
    """The statement as a web page, with this where 30.25 stands."""
    page = html_table(bank())
    assert page.count(b"<td>30.25</td>") == 1
    return page.replace(b"<td>30.25</td>", cell.encode())


def ods_with(stored, shown):
    """The statement as .ods, with this number and this text where 30.25 stands."""
    data = ods(bank())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml")
    found = b'office:value="30.25"><text:p>30.25<'
    assert content.count(found) == 1
    return rezipped(data, "content.xml", content, content.replace(found, f'office:value="{stored}"{shown}<'.encode()))


def read_as(id_, title, cell, fen=30_2500_00):
    return Case(id_, title, F, lambda: page_with(cell), as_bank({HERE: fen}).telling(PAGE_TOLD), "报表.xls")


def contradicted(id_, title, cell, word="不一致"):
    expect = as_bank({HERE: MISSING}).telling(PAGE_TOLD, ("F07", "F4", word))
    return Case(id_, title, F, lambda: page_with(cell), expect, "报表.xls")


def in_ods(id_, title, stored, shown, expect):
    return Case(id_, title, F, lambda: ods_with(stored, f"><text:p>{shown}"), expect, "报表.ods")


TURNED = as_bank({HERE: MISSING}).telling(("F07", "F4", "从右往左"))
BACKWARDS = bank(0, 5, "52.\u202e03")

CASES = [
    read_as("stored-rounded", "网页存 30.2512，显示 30.25：读所存的", '<td x:num="30.2512">30.25</td>', 30_2512_00),
    read_as("stored-thousands", "千分位", '<td x:num="3025.5">3,025.50</td>', 3025_5000_00),
    read_as("stored-units", "显示里的“元”照文字单元格一样算数", '<td x:num="302500">302500元</td>'),
    read_as("stored-scaled", "数字格式把元显示为万元", f'<td {IN_WAN} x:num="302500">30.2500万元</td>'),
    read_as("stored-brackets", "负数按格式显示在括号里", f'<td {ACCOUNTING} x:num="-30.25">(30.25)</td>', -30_2500_00),
    read_as("stored-dash", "零按格式显示为横线", f'<td {ACCOUNTING} x:num="0">-</td>', 0),
    read_as("stored-narrow", "列太窄，显示为 ####", '<td x:num="30.25">####</td>'),
    read_as("stored-calc", "LibreOffice 的 sdval", '<td sdval="30.25" sdnum="2052;0;0.0">30.3</td>'),
    contradicted("stored-other", "存 99.25，显示 30.25", '<td x:num="99.25">30.25</td>'),
    contradicted("stored-yuan", "存元，显示万元，没有写单位", '<td sdval="302500">30.25</td>'),
    contradicted("stored-word", "存 99.25，显示“无”", '<td x:num="99.25">无</td>'),
    contradicted("stored-sign", "存正数，显示负数", '<td x:num="30.25">(30.25)</td>'),
    contradicted("stored-unsigned", "存负数，显示正数", '<td x:num="-30.25">30.25</td>'),
    contradicted("stored-comma", "存 3.025，显示 3,025", '<td x:num="3.025">3,025</td>'),
    contradicted(
        "stored-few", "格式有两位小数，只显示一位", '<td style=\'mso-number-format:"0\\.00"\' x:num="30.25">30.3</td>'
    ),
    contradicted("stored-blank-sign", "存 0，显示横线，没有这样的格式", '<td x:num="0">-</td>'),
    contradicted("stored-text", "存的文字与显示的不同", '<td x:str="99.25">30.25</td>'),
    contradicted("stored-turned", "显示的次序倒过来", '<td x:num="30.25">30.\u202e25</td>'),
    contradicted("stored-percent", "存 0.3025，显示 30.25%", '<td x:num="0.3025">30.25%</td>', "百分号"),
    contradicted("stored-day", "存日期的序号，显示日期", '<td x:num="43190">2018-03-31</td>', "日期"),
    contradicted("stored-error", "存 0，显示公式出错", '<td x:num="0">#REF!</td>', "公式出错"),
    Case(
        "stored-title",
        "标题另存别的日期",
        F,
        lambda: html_table(bank()).replace(b"<td", b'<td x:num="43132"', 1),
        as_bank().telling(PAGE_TOLD, ("F07", "A1", "不一致")),
        "报表.xls",
    ),
    Case(
        "html-dde",
        "网页单元格里的 DDE 公式：不执行，报告",
        F,
        lambda: page_with('<td x:num="30.25" x:fmla="=cmd|\'/c calc\'!A0">30.25</td>'),
        as_bank().telling(PAGE_TOLD, ("F09", "", "DDE")),
        "报表.xls",
    ),
    in_ods(
        "stored-ods",
        ".ods 存 99.25，写的是 30.25",
        "99.25",
        "30.25",
        as_bank({HERE: MISSING}).telling(("F07", "F4", "不一致")),
    ),
    in_ods("stored-ods-units", ".ods 写的单位", "302500", "302500元", as_bank()),
    in_ods("stored-ods-rounded", ".ods 写的是四舍五入的", "30.25", "30.3", as_bank()),
    in_ods("stored-ods-alone", ".ods 没有写显示的文字", "30.25", "", as_bank()),
    *(
        Case(f"turned-{name}", f"数字里有使文字倒过来的符号（{name}）", Item.CELLS, make, told, f"报表.{name}")
        for name, make, told in (
            ("xlsx", lambda: xlsx(BACKWARDS), TURNED),
            ("xls", lambda: xls(BACKWARDS), TURNED),
            ("ods", lambda: ods(BACKWARDS), TURNED),
            ("xml", lambda: spreadsheetml(BACKWARDS), TURNED),
            ("csv", lambda: text(BACKWARDS).encode(), TURNED),
            ("html", lambda: html_table(BACKWARDS), TURNED.telling(PAGE_TOLD)),
        )
    ),
    Case(
        "turned-not", "从左往右的符号不改变次序", Item.CELLS, lambda: xlsx(bank(0, 5, "\u202a30.25\u202c")), as_bank()
    ),
]
