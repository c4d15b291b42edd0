"""Item 1 again: what stands in web pages, csv and mails beside the figures, or in their place."""

from __future__ import annotations

import base64
import binascii
import re

from tests.faults.expecting import Case, Item, as_bank, refused
from tests.faults.pages import html_table, shown, text, xlsx
from tests.faults.plain import AREAS, HEADERS, IDS, MISSING, TITLE, Bank, bank, rows

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


def cell(inside, head=""):
    """The page with the first area's outstanding amount, 30.25 in F4, written in another way."""
    return page(lambda html: html.replace("<td>30.25</td>", f"<td>{inside}</td>").replace("<head>", f"<head>{head}"))


def row(attributes, head=""):
    """The page with the first area's row, row 4, written in another way."""
    return page(
        lambda html: html.replace("<tr><td>汉滨区", f"<tr {attributes}><td>汉滨区").replace("<head>", f"<head>{head}")
    )


FIGURE = ("outstanding_amount", "hanbin", "abc", 0)
AS_PAGE = as_bank().telling(PAGE_TOLD)
HIDDEN = AS_PAGE.telling(("F08", "F4", "隐藏的文字"))
EMBEDDED = AS_PAGE.telling(("F06", "F4", "插入的外部内容"))
HIDDEN_ROW = AS_PAGE.telling(("F08", "A4", "第4行"))


def apart(word):
    """The figure is not read, because some of its signs stand apart."""
    return as_bank({FIGURE: MISSING}).telling(PAGE_TOLD, ("F07", "F4", word))


def style(rule):
    """A style sheet of one rule."""
    return f"<style>{rule}</style>"


def written(name, title, make, expect):
    """A case of a web page."""
    return Case(f"html-{name}", title, F, make, expect, "报表.xls")


HIDING = [
    written("visibility", "visibility:hidden 的字", cell("<i style='visibility:hidden'>1</i>30.25"), HIDDEN),
    written("font-size", "字号为0的字", cell("<i style='font-size:0px'>1</i>30.25"), HIDDEN),
    written("opacity", "全透明的字", cell("<i style='opacity:0.0'>1</i>30.25"), HIDDEN),
    written("mso-hide", "Office 里隐藏的字", cell("<i style='mso-hide:all'>1</i>30.25"), HIDDEN),
    written("far-off", "移出屏幕的字", cell("<i style='position:absolute;left:-9999px'>1</i>30.25"), HIDDEN),
    written("by-id", "按编号隐藏", cell("<i id=x>1</i>30.25", style("#x{display:none}")), HIDDEN),
    written("by-tag", "按标签隐藏", cell("<i>1</i>30.25", style("td i{display:none}")), HIDDEN),
    written("by-child", "按位置隐藏", cell("<i>1</i><b>30.25</b>", style("td>i:first-child{display:none}")), HIDDEN),
    written("css-behind", "样式写在表格后面", page(lambda html: html.replace("<td>30.25", "<td><i class=x>1</i>30.25").replace("</body>", style(".a,.X{display:none}") + "</body>")), HIDDEN),
    written("noscript", "noscript 里的字", cell("<noscript>1</noscript>30.25"), HIDDEN),
    written("details", "折叠起来的字", cell("<details><summary>30.25</summary>1</details>"), HIDDEN),
    written("iframe", "嵌入的网页", cell("<iframe src=x>1</iframe>30.25"), EMBEDDED),
    written("svg", "图里的字", cell("<svg><text>1</text></svg>30.25"), EMBEDDED),
    written("canvas", "画布里的字", cell("<canvas>1</canvas>30.25"), EMBEDDED),
    written("perhaps", "不能确定是否隐藏：不读", cell("<i>1</i>30.25", style("i:nth-of-type(odd){display:none}")), AS_PAGE.telling(("F06", "F4", "可能不显示"))),
    written("backwards", "从右往左显示：52.03 显示为 30.25", cell("<bdo dir=rtl>52.03</bdo>"), as_bank({FIGURE: MISSING}).telling(PAGE_TOLD, ("F06", "F4", "变样"))),
    written("shown-again", "样式表隐藏，自己又显示", cell("<i style='display:inline'>30</i>.25", style("i{display:none}")), AS_PAGE),
    written("print-only", "只在打印时隐藏", cell("<i>30</i>.25", style("@media print{i{display:none}}")), AS_PAGE),
    written("row-height", "行高为0的行", row("height=0 style='height:0pt'"), HIDDEN_ROW),
    written("row-collapsed", "收起的行", row("class=x", style("tr.x{visibility:collapse}")), HIDDEN_ROW),
    written("col-width", "列宽为0的列", page(lambda html: html.replace("<table border=1>", "<table border=1><col><col width=0>")), AS_PAGE.telling(("F08", "B1", "B列"))),
]  # fmt: skip

APART = [
    written("heading-mark", "表头的注码不是表头的字", page(lambda html: html.replace("授信金额", "授信金额<sup>①</sup>")), AS_PAGE),
    written("raised", "30 右上角的注码 2 不是 302", cell("30<sup>2</sup>"), apart("上标")),
    written("lowered", "下标", cell("30.25<sub>1</sub>"), apart("下标")),
    written("raised-style", "用样式写的上标", cell("30<span style='vertical-align:super'>2</span>"), apart("上标")),
    written("ruby", "注音位置上的数", cell("<ruby>30.25<rt>1</rt></ruby>"), apart("上标")),
    written("struck", "划掉的旧数在新数前面", cell("<del>100</del>30.25"), apart("删除线")),
    written("struck-style", "用样式划掉", cell("<i class=x>100</i>30.25", style(".x{text-decoration:line-through}")), apart("删除线")),
    written("struck-all", "整格划掉：读取，请说明", cell("<s>30.25</s>"), AS_PAGE.telling(("F08", "F4", "划了删除线"))),
]  # fmt: skip

# ------------------------------------------------------------------ pages in one file, and mails

SAVED = "From: {by}\r\nSubject: x\r\nDate: Thu, 5 Apr 2018 08:30:00 +0800\r\nMIME-Version: 1.0\r\n"
ARCHIVE_TOLD = (("F09", "", "网页存档"), PAGE_TOLD)


def archive(*parts, by="<Saved by Blink>\r\nSnapshot-Content-Location: x", end="--x--\r\n"):
    """A web archive of these (type, content) parts."""
    head = SAVED.format(by=by) + 'Content-Type: multipart/related; boundary="x"\r\n\r\n'
    made = [
        f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(content)
        for kind, content in parts
    ]
    return head.encode() + b"\r\n".join([*made, end.encode()])


def the_page():
    return "text/html", html_table(bank())


def letter(headers, content, envelope=""):
    """A mail as bytes with one part beside its text."""
    head = f"{envelope}From: a@bank.example\r\nTo: b@city.example\r\nSubject: x\r\nDate: Thu, 5 Apr 2018 08:30:00 +0800\r\n"
    parts = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n--x\r\n"
    coded = base64.encodebytes(content).decode()
    return f"{head}{parts}{headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--x--\r\n".encode()


def uuencoded(content, end="`\nend\n"):
    """A mail of old with a workbook in its text."""
    lines = "".join(binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45))
    return (
        f"From: a@bank.example\nTo: b@city.example\nSubject: x\n\n见附件。\n\nbegin 644 表.xlsx\n{lines}{end}".encode()
    )


def mailed(name, title, make, expect):
    """A case of a mail in the inbox."""
    return Case(f"eml-{name}", title, F, lambda: {"信.eml": make()}, expect, inbox=True)


BOX = "From a@bank.example Thu Apr  5 08:30:00 2018\r\n"
OCTETS = 'Content-Type: application/octet-stream; name="a.xlsx"'
MAILS = [
    Case("mht-chrome", "浏览器存的网页存档", F, lambda: archive(the_page()), as_bank().telling(*ARCHIVE_TOLD), "a.mht"),
    Case("mht-explorer", "旧浏览器存的网页存档", F, lambda: archive(the_page(), by='"Saved by Internet Explorer 8"'), as_bank().telling(*ARCHIVE_TOLD), "a.mht"),
    Case("mht-styles", "样式表在网页旁边，把字隐藏了", F, lambda: archive(("text/html", cell("<i>1</i>30.25")()), ("text/css", b"td i{display:none}")), as_bank().telling(*ARCHIVE_TOLD, ("F08", "F4", "隐藏的文字")), "a.mht"),
    Case("mht-two", "存档里有两个带表格的网页", F, lambda: archive(the_page(), the_page()), refused("F01", "2个带表格的网页"), "a.mht"),
    Case("mht-cut", "网页存档没有传完", F, lambda: archive(the_page(), end=""), refused("F01", "没有传完"), "a.mht"),
    Case("mht-letter", "网页存档里没有表格", F, lambda: archive(("text/html", b"<p>x</p>")), refused("F02", "没有表格"), "a.mht"),
    Case("winmail", "单独一个 winmail.dat", F, lambda: b"\x78\x9f\x3e\x22" + bytes(40), refused("F01", "Outlook"), "winmail.dat"),
    mailed("as-picture", "报表当作图片附上", lambda: letter('Content-Type: image/png; name="a.xlsx"', xlsx(bank())), as_bank()),
    mailed("as-text", "报表当作正文附上，没有名称", lambda: letter("Content-Type: text/plain", xlsx(bank())), as_bank()),
    mailed("as-calendar", "报表当作日历附上", lambda: letter('Content-Type: text/calendar; name="a.xlsx"', xlsx(bank())), as_bank()),
    mailed("csv-unnamed", "csv 没有名称", lambda: letter("Content-Type: text/csv", text(bank()).encode()), as_bank()),
    mailed("csv-att", "csv 叫 ATT00001.txt", lambda: letter('Content-Type: text/plain; name="ATT00001.txt"', text(bank()).encode()), as_bank()),
    mailed("box", "邮箱文件里的一封邮件", lambda: letter(OCTETS, xlsx(bank()), BOX), as_bank()),
    mailed("box-two", "邮箱文件里的两封邮件", lambda: letter(OCTETS, xlsx(bank()), BOX) * 2, refused("F01", "2封邮件")),
    mailed("uuencoded", "报表写在正文里（uuencode）", lambda: uuencoded(xlsx(bank())), as_bank()),
    mailed("uuencoded-cut", "同上，没有传完", lambda: uuencoded(xlsx(bank()), ""), refused("F01", "表.xlsx")),
]  # fmt: skip

CASES = [*CSV, *PAGES, *HIDING, *APART, *MAILS]
