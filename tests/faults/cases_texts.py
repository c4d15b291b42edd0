"""Item 1 again: what stands in web pages, csv and mails beside the figures, or in their place."""

from __future__ import annotations

import re

from tests.faults.expecting import Case, Item, as_bank, refused
from tests.faults.pages import html_table, shown, text
from tests.faults.plain import AREAS, HEADERS, IDS, TITLE, Bank, bank, rows

F = Item.FORMATS
PAGE_TOLD = ("F09", "", "网页")


# ------------------------------------------------------------------ csv


def csv_of(*lines, last="\r\n"):
    """Lines of text as a file."""
    return ("\r\n".join(lines) + last).encode("gb18030")


def unquoted(amount, columns=8, remark=","):
    """The bank's rows with amounts above 1,000 whose comma is not quoted; `amount` says which by the row's number."""
    body = [f"{area},{20 + i},{amount(i)},{10 + i},{9 + i},{30 + i},{1 + i}{remark}" for i, area in enumerate(AREAS)]
    return csv_of(TITLE, "填报单位：农业银行安康分行  单位：万元、户、笔", ",".join(HEADERS[:columns]), *body)


def each_field(change):
    """The bank's csv with every field changed."""
    lines = [[shown(value) for value in line] for line in bank().lines()]
    return csv_of(*(",".join(map(change, line)) for line in lines))


def guarded(form):
    """The bank's csv with every number guarded against Excel: `{}` stands for it."""
    return each_field(lambda field: form.format(field) if re.fullmatch(r"[\d.]+", field) else field)


def ending_in_figures(places=""):
    """The bank's csv without remarks and footer: it ends with the past due of 白河县 and the end of the line."""
    body = [[*row[:6], f"{row[6]:{places}}"] for row in rows()]
    return text(Bank(headers=[list(HEADERS[:-1])], rows=body, below=[]).page()).encode()


NO_REMARKS = as_bank({("remark", area, "abc", 0): ... for area in IDS})


CSV = [
    Case(
        "csv-thousands-all",
        "每行都有没加引号的千分位：整列右移，一列也不读",
        F,
        lambda: unquoted(lambda i: f"1,{234 + i}"),
        refused("F01", "第4行起每行的列数都比表头多"),
        "报表.csv",
    ),
    Case(
        "csv-thousands-all-short",
        "同上，没有备注栏",
        F,
        lambda: unquoted(lambda i: f"1,{260 + i}.50", 7, ""),
        refused("F01", "第4行起每行的列数都比表头多"),
        "报表.csv",
    ),
    Case(
        "csv-delimiter-behind",
        "每行末尾多一个逗号，表头没有",
        F,
        lambda: re.sub(rb"(?m)^(.*\d)(,+)\r", rb"\1\2,\r", text(bank()).encode()),
        as_bank(),
        "报表.csv",
    ),
    Case("csv-tab-each", "每格末尾加制表符防止变形", F, lambda: each_field(lambda f: f"{f}\t"), as_bank(), "报表.csv"),
    Case(
        "csv-tab-areas",
        "县区名后面加制表符",
        F,
        lambda: each_field(lambda f: f"{f}\t" if f in AREAS else f),
        as_bank(),
        "报表.csv",
    ),
    Case(
        "csv-tab-ends",
        "每行末尾有制表符",
        F,
        lambda: text(bank(), end="\t\r\n").encode(),
        as_bank(),
        "报表.csv",
    ),
    Case(
        "csv-equals",
        '数写成 ="30.25"',
        F,
        lambda: guarded('="{}"'),
        as_bank().telling(("F09", "", '="…"')),
        "报表.csv",
    ),
    Case(
        "csv-equals-quoted",
        '数写成 "=""30.25"""',
        F,
        lambda: guarded('"=""{}"""'),
        as_bank().telling(("F09", "", '="…"')),
        "报表.csv",
    ),
    Case(
        "csv-cut-last",
        "末行没有换行：提示核对",
        F,
        lambda: ending_in_figures().removesuffix(b"\r\n"),
        NO_REMARKS.telling(("F09", "", "第13行）末尾没有换行")),
        "报表.csv",
    ),
    Case(
        "csv-cut-figure",
        "末行没有换行，最后一个数少了小数位：请说明",
        F,
        lambda: ending_in_figures(".2f").removesuffix(b"0\r\n"),
        NO_REMARKS.telling(("F08", "G13", "可能没有传完")),
        "报表.csv",
    ),
]


# ------------------------------------------------------------------ web pages


def page(change):
    """The bank's web page, changed by a function of its text."""
    return lambda: change(html_table(bank()).decode()).encode()


def ending(at, also=0):
    """The page cut off behind the last `at`, and so many characters more."""
    return page(lambda html: html[: html.rindex(at) + len(at) + also])


CUT_OFF = refused("F01", "没有传完")

PAGES = [
    Case("html-cut-figure", "网页在最后一个数中间断开", F, ending("<td>2", 1), CUT_OFF, "报表.xls"),
    Case("html-cut-row", "网页在一行之后断开", F, ending("白河县", -len("<tr><td>白河县")), CUT_OFF, "报表.xls"),
    Case("html-cut-tag", "网页在标签中间断开", F, ending("</tabl"), CUT_OFF, "报表.xls"),
    Case(
        "html-cut-behind",
        "网页在表格之后断开：读取，提示核对",
        F,
        ending("</table>"),
        as_bank().telling(PAGE_TOLD, ("F09", "", "没有结束标记")),
        "报表.xls",
    ),
    Case(
        "html-open-table",
        "表格没有结束标记，但网页有：完整",
        F,
        page(lambda html: html.replace("</table>", "")),
        as_bank().telling(PAGE_TOLD),
        "报表.xls",
    ),
]

CASES = [*CSV, *PAGES]
