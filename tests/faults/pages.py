"""Sheets as somebody typed them, and the same sheets as bytes of every format that a library or a few lines can write."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

from pipeline.model import address
from tests.ingest.files import rezipped

Place = tuple[int, int]
Box = tuple[int, int, int, int]
"""Top, left, bottom, right; all four are inside, counting from 0."""

_NEVER = 87654321.5
"""Stands for a stored value until it is taken out of the XML."""


@dataclass(frozen=True)
class Formula:
    """A formula with its stored value; None: it was never calculated. `#REF!` and the like are stored as errors."""

    text: str
    value: object = None


@dataclass
class Page:
    """One sheet: what is typed where, and how it looks."""

    name: str = "统计表"
    cells: dict[Place, object] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    formats: dict[Place, str] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    hidden: str = ""
    """`hide` or `very_hidden`."""

    @classmethod
    def of(cls, lines, name="统计表", **more):
        """A page of these rows; None is a blank cell."""
        cells = {(r, c): value for r, line in enumerate(lines) for c, value in enumerate(line) if value is not None}
        return cls(name, cells, **more)

    @property
    def size(self):
        """Rows and columns up to the last that holds anything or is merged."""
        rows = [r for r, _ in self.cells] + [box[2] for box in self.merges]
        cols = [c for _, c in self.cells] + [box[3] for box in self.merges]
        return max(rows, default=-1) + 1, max(cols, default=-1) + 1

    def lines(self):
        """The rows as they would be typed into a text file; merged places are blank but for the first."""
        rows, cols = self.size
        return [[self.cells.get((r, c)) for c in range(cols)] for r in range(rows)]

    def moved(self, place):
        """The same page with every place at `place(row, col)`."""

        def box(old):
            top, left = place(old[0], old[1])
            bottom, right = place(old[2], old[3])
            return top, left, bottom, right

        return replace(
            self,
            cells={place(*p): value for p, value in self.cells.items()},
            formats={place(*p): look for p, look in self.formats.items()},
            comments={place(*p): text for p, text in self.comments.items()},
            merges=[box(old) for old in self.merges],
            hidden_rows={place(row, 0)[0] for row in self.hidden_rows},
            hidden_cols={place(0, col)[1] for col in self.hidden_cols},
        )


# ------------------------------------------------------------------ workbooks


def xlsx(*pages, **options):
    """The bytes of an .xlsx."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **options}
    ) as book:
        book.set_properties({"created": datetime(2018, 1, 1)})  # noqa: DTZ001 - the same bytes every time
        looks = {}
        for page in pages:
            _fill(book, book.add_worksheet(page.name), page, looks)
    data = out.getvalue()
    for number, page in enumerate(pages, 1):
        if any(isinstance(value, Formula) and value.value is None for value in page.cells.values()):
            data = rezipped(data, f"xl/worksheets/sheet{number}.xml", f"<v>{_NEVER}</v>".encode(), b"")
    return data


def _fill(book, sheet, page, looks):
    for top, left, bottom, right in page.merges:
        sheet.merge_range(top, left, bottom, right, "")
    for (row, col), value in page.cells.items():
        _type(sheet, row, col, value, _look(book, page, (row, col), looks))
    for (row, col), words in page.comments.items():
        sheet.write_comment(row, col, words)
    for row in page.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    for col in page.hidden_cols:
        sheet.set_column(col, col, None, None, {"hidden": True})
    if page.hidden:
        getattr(sheet, page.hidden)()


def _look(book, page, place, looks):
    code = page.formats.get(place) or ("yyyy-mm-dd" if isinstance(page.cells.get(place), date) else "")
    if code and code not in looks:
        looks[code] = book.add_format({"num_format": code})
    return looks.get(code)


def _type(sheet, row, col, value, look):
    if isinstance(value, Formula):
        sheet.write_formula(row, col, value.text, look, _NEVER if value.value is None else value.value)
    elif isinstance(value, date | datetime):
        sheet.write_datetime(row, col, value, look)
    else:
        sheet.write(row, col, value, look)


def xls(*pages, dates_1904=False):
    """The bytes of a BIFF8 .xls."""
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    looks = {}
    for page in pages:
        sheet = book.add_sheet(page.name)
        for box in page.merges:
            sheet.merge(box[0], box[2], box[1], box[3])
        for place, value in page.cells.items():
            code = page.formats.get(place) or ("yyyy-mm-dd" if isinstance(value, date) else "General")
            if code not in looks:
                looks[code] = xlwt.XFStyle()
                looks[code].num_format_str = code
            sheet.write(*place, xlwt.Formula(value.text[1:]) if isinstance(value, Formula) else value, looks[code])
        for row in page.hidden_rows:
            sheet.row(row).hidden = True
        for col in page.hidden_cols:
            sheet.col(col).hidden = True
        sheet.visibility = {"": 0, "hide": 1, "very_hidden": 2}[page.hidden]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ------------------------------------------------------------------ text and markup


def shown(value):
    """A value as it is typed into a text file."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        return shown(value.value)
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def text(page, delimiter=",", end="\r\n"):
    """The page as delimited text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(
        [[shown(value) for value in line] for line in page.lines()]
    )
    return out.getvalue()


def _covered(page):
    """Place → (rows, columns) it spans; 0, 0 for places inside another's range."""
    spans = {}
    for top, left, bottom, right in page.merges:
        for row in range(top, bottom + 1):
            for col in range(left, right + 1):
                spans[row, col] = (0, 0)
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return spans


def html_table(*pages, charset="utf-8", head=""):
    """What many systems export as .xls: a web page with a table for each sheet."""
    tables = []
    for page in pages:
        spans, rows = _covered(page), []
        for r, line in enumerate(page.lines()):
            cells = []
            for c, value in enumerate(line):
                down, across = spans.get((r, c), (1, 1))
                if down:
                    span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
                    cells.append(f"<td{span}>{html.escape(shown(value))}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        tables.append(f"<table border=1>{''.join(rows)}</table>")
    words = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">{head}</head>'
    return f"{words}<body>{''.join(tables)}</body></html>".encode(charset)


def spreadsheetml(*pages):
    """Excel 2003 XML."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = []
    for page in pages:
        spans, rows = _covered(page), []
        for r, line in enumerate(page.lines()):
            cells = []
            for c, value in enumerate(line):
                down, across = spans.get((r, c), (1, 1))
                if value is None or not down:
                    continue
                kind = "Number" if isinstance(value, int | float) else "String"
                merge = (f' ss:MergeDown="{down - 1}"' if down > 1 else "") + (
                    f' ss:MergeAcross="{across - 1}"' if across > 1 else ""
                )
                data = f'<Data ss:Type="{kind}">{escape(shown(value))}</Data>'
                cells.append(f'<Cell ss:Index="{c + 1}"{merge}>{data}</Cell>')
            rows.append(f'<Row ss:Index="{r + 1}">{"".join(cells)}</Row>')
        sheets.append(f"<Worksheet ss:Name={quoteattr(page.name)}><Table>{''.join(rows)}</Table></Worksheet>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{"".join(sheets)}</Workbook>'.encode()


_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def ods(*pages):
    """An OpenDocument spreadsheet."""
    tables = "".join(_ods_table(page) for page in pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods_table(page):
    spans, rows = _covered(page), []
    for r, line in enumerate(page.lines()):
        cells = []
        for c, value in enumerate(line):
            down, across = spans.get((r, c), (1, 1))
            if not down:
                cells.append("<table:covered-table-cell/>")
                continue
            span = "".join(
                f' table:number-{kind}-spanned="{count}"'
                for kind, count in (("rows", down), ("columns", across))
                if (down, across) != (1, 1)
            )
            cells.append(_ods_cell(value, span))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.name)}>{''.join(rows)}</table:table>"


def _ods_cell(value, span):
    if value is None:
        return f"<table:table-cell{span}/>"
    words = f"<text:p>{escape(shown(value))}</text:p>"
    kind = 'office:value-type="string"'
    if isinstance(value, date | datetime):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{shown(value)}"'
    return f"<table:table-cell {kind}{span}>{words}</table:table-cell>"


def where(row, col):
    """`C7`, counted from 0."""
    return address(row, col)
