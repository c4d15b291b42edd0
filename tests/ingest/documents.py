"""Measures forms as units would send them, in Word and in Excel; what is not said otherwise is one of 汉阴农商银行.

`Measures` makes the same form in every format; `document` makes a .docx of hand-written XML, for what no library writes.
"""

import csv
import io
from dataclasses import dataclass, field

import docx
import xlsxwriter
import xlwt

from pipeline.catalog import load_catalog
from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, ReceivedFile
from tests.ingest.files import zipped

CATALOG = load_catalog()
ITEMS = {
    "组织领导": "成立金融扶贫工作领导小组，董事长任组长。",
    "制度建设": "印发《示例扶贫小额信贷管理办法》。",
    "信贷产品": "共两种，均不要求抵押。",
    "利率优惠与减费让利": "执行基准利率，免收账户管理费。",
    "网点及服务覆盖": "网点12个，助农取款点86个。",
    "评级授信与入户走访": "客户经理分片包村，逐户走访。",
    "产业带动与定点帮扶": "支持示例茶业合作社带动贫困户。",
    "主要成效": "贫困户贷款可得性提高。",
    "存在问题": "无",
    "下一步措施": "完成年度任务。",
    "联系人": "示例甲 0900-1234567",
}
CODES = dict(
    zip(
        ITEMS,
        (
            f"measure_{code}"
            for code in (
                *("organisation", "rules", "products", "rates", "service", "rating", "industry"),
                *("results", "problems", "next_steps", "contact"),
            )
        ),
        strict=True,
    )
)
"""Label → indicator."""
PRODUCT_HEADERS = ("产品名称", "贷款对象", "最高额度", "期限", "利率", "担保方式")
PRODUCT_CODES = tuple(f"product_{code}" for code in ("name", "for_whom", "limit", "term", "rate", "guarantee"))
PRODUCTS = (
    ("富民贷", "建档立卡贫困户", "5万元", "3年", "4.35%", "信用"),
    ("茶农贷", "茶农", "10万元", "2年", "4.75%", "保证"),
)
TITLE = "金融机构扶贫工作措施表（2018年3月）"
SAME = "与上月相同"


@dataclass
class Measures:
    """One measures form. `items` are (label, content) pairs or longer rows; a content may have several lines."""

    title: str = TITLE
    above: tuple = ("填报单位：汉阴农商银行", "报告期：2018年3月")
    header: tuple | None = ("序号", "项目", "内容")
    items: list = field(default_factory=lambda: list(ITEMS.items()))
    product_headers: tuple = PRODUCT_HEADERS
    products: tuple = PRODUCTS
    below: tuple = ("填表人：示例乙　　报出日期：2018年4月3日",)

    @classmethod
    def saying(cls, **changes):
        """The plain form with other contents for some items, by label."""
        return cls(items=list({**ITEMS, **changes}.items()), products=())

    @classmethod
    def blank(cls, *below, **contents):
        """A form of which nothing but `contents` is filled in."""
        return cls(items=[(label, contents.get(label, "")) for label in ITEMS], products=(), below=below)

    def rows(self):
        """The rows of the measures table, header first."""
        head = [list(self.header)] if self.header else []
        numbered = len(self.header or ()) > len(self.items[0])
        return head + [[str(n), *row] if numbered else list(row) for n, row in enumerate(self.items, 1)]

    def lines(self):
        """Everything, row by row, as it lies on a sheet."""
        lines = [[self.title], *([line] for line in self.above), *self.rows()]
        if self.products:
            lines += [["信贷产品清单"], ["序号", *self.product_headers]]
            lines += [[str(n), *row] for n, row in enumerate(self.products, 1)]
        return [*lines, *([line] for line in self.below)]

    def docx(self):
        """The bytes of a Word document, with two tables."""
        document = docx.Document()
        for line in (self.title, *self.above):
            document.add_paragraph(line)
        add_table(document, self.rows())
        if self.products:
            document.add_paragraph("信贷产品清单")
            add_table(
                document, [["序号", *self.product_headers], *([str(n), *r] for n, r in enumerate(self.products, 1))]
            )
        for line in self.below:
            document.add_paragraph(line)
        return saved(document)

    def xlsx(self, merges=(), formats=None):
        """The bytes of a workbook. `merges` are (row, column, last row, last column), counted from 0."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet("措施表")
            for r, line in enumerate(self.lines()):
                for c, value in enumerate(line):
                    look = (formats or {}).get((r, c))
                    if value != "":
                        sheet.write(r, c, value, book.add_format({"num_format": look}) if look else None)
            for r, c, last_r, last_c in merges:
                lines = self.lines()
                sheet.merge_range(r, c, last_r, last_c, lines[r][c] if c < len(lines[r]) else "")
        return out.getvalue()

    def xls(self):
        """The same in BIFF8."""
        book = xlwt.Workbook()
        sheet = book.add_sheet("措施表")
        for r, line in enumerate(self.lines()):
            for c, value in enumerate(line):
                if value != "":
                    sheet.write(r, c, value)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def csv(self):
        """The same as text."""
        out = io.StringIO(newline="")
        csv.writer(out).writerows(self.lines())
        return out.getvalue().encode("utf-8-sig")


FORMATS = ("docx", "xlsx", "xls", "csv")


def saved(document):
    """The bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_table(parent, rows):
    """A table with these texts, at the end of a document or of a cell."""
    columns = max(map(len, rows))
    try:
        table = parent.add_table(rows=0, cols=columns)
    except TypeError:  # a cell wants its width
        table = parent.add_table(0, columns)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = str(text)
    return table


# ------------------------------------------------------------------ documents by hand

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)


def document(body, namespace=WORD, parts=(), head=HEAD):
    """A .docx with this body, written by hand; `parts` are (name, content) beside it."""
    spaces = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
    )
    xml = f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return zipped(("[Content_Types].xml", _TYPES), ("word/document.xml", xml), *parts)


def p(*runs, style=""):
    """A paragraph of runs; a plain string is a run of text."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text, look=""):
    """A run of text with properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*blocks, look=""):
    """A cell; a plain string is a paragraph."""
    inside = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def tr(*cells, look=""):
    """A row; a plain string is a cell."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{look}</w:trPr>{inside}</w:tr>"


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
"""How the first of several cells, merged from top to bottom, looks, and how those below it do."""


def tbl(*rows):
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


CAPTION = p(TITLE) + p("填报单位：汉阴农商银行") + p("报告期：2018年3月")


def form(*rows, **changes):
    """A measures table by hand: all items as in `ITEMS`, but those in `changes` have another cell; then `rows`."""
    filled = {**ITEMS, **changes}
    return CAPTION + tbl(tr("项目", "内容"), *(tr(label, text) for label, text in filled.items()), *rows)


# ------------------------------------------------------------------ reading


def read(data, name="措施表.docx", received_at="2018-04-03 09:00", catalog=CATALOG):
    """What is read of these bytes; every cell must be accounted for."""
    reading = read_file(open_grid(data, name), ReceivedFile("a" * 64, name, received_at), catalog)
    assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
    return reading


def grid(data):
    """The bytes as cells."""
    opened = open_grid(data)
    assert isinstance(opened, Grid), opened
    return opened


def found(reading):
    """What is wrong, as (rule, place)."""
    return [(f.rule, f.cell) for f in reading.findings]


def only(reading):
    """The one submission."""
    (submission,) = reading.submissions
    return submission


def texts(reading):
    """What the one submission says: by indicator, lines of one item joined; products apart."""
    said = {}
    for o in only(reading).observations:
        if not o.item and o.text:
            said[o.indicator] = f"{said[o.indicator]}\n{o.text}" if o.indicator in said else o.text
    return said


def products(reading):
    """The products in the one submission, as rows in the order of `PRODUCT_CODES`."""
    entries = {}
    for o in only(reading).observations:
        if o.item:
            entries.setdefault(o.item, {})[o.indicator] = o.text
    return [tuple(entries[item].get(code, "") for code in PRODUCT_CODES) for item in sorted(entries)]


def by_label(reading):
    """The same as `texts`, by the labels of `ITEMS`."""
    labels = {code: label for label, code in CODES.items()}
    return {labels[code]: text for code, text in texts(reading).items()}


def made(measures, kind):
    """What is read of a form in one of the `FORMATS`."""
    return read(getattr(measures, kind)(), f"措施表.{kind}")


def differences(reading):
    """What is not as in the plain form, by label; None for what was not said."""
    said = by_label(reading)
    return {label: said.get(label) for label in ITEMS if said.get(label) != ITEMS[label]}
