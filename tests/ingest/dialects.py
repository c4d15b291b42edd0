"""The same table in the formats that systems export, each written byte by byte: rows of texts, numbers and None."""

import csv
import io
from html import escape

from tests.ingest.files import zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{_OASIS}{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(body, styles="", extra=()):
    """A package whose spreadsheet holds these tables, with these automatic styles."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} {CALC}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(("mimetype", ODS), ("content.xml", content), *extra)


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value}</text:p></table:table-cell>'


def ods_table(lines, name="统计表"):
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, line))}</table:table-row>" for line in lines)
    return f'<table:table table:name="{name}"><table:table-column/>{rows}</table:table>'


def as_ods(lines):
    return ods(ods_table(lines))


XML_HEAD = (
    '<?xml version="1.0"{}?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
)


def spreadsheetml(rows, styles="", name="统计表", encoding="", before="", behind=""):
    """A workbook of one sheet with these rows."""
    head = XML_HEAD.format(f' encoding="{encoding}"' if encoding else "")
    return (
        f'{head}<Styles>{styles}</Styles><Worksheet ss:Name="{name}"><Table>{before}{rows}</Table>{behind}</Worksheet>'
        "</Workbook>"
    ).encode(encoding or "utf-8")


def xml_cell(value):
    if value is None:
        return "<Cell/>"
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'


def as_spreadsheetml(lines):
    return spreadsheetml("".join(f"<Row>{''.join(map(xml_cell, line))}</Row>" for line in lines))


def as_html(lines, encoding="gb2312"):
    """As report systems write it: all cells as shown, in the encoding that the page names."""
    texts = [["" if value is None else escape(str(value)) for value in line] for line in lines]
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>\n" for line in texts)
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head>'
    return f"{head}<body><table border=1>{rows}</table></body></html>".encode(encoding)


def as_csv(lines, encoding="gb18030", delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["" if value is None else value for value in line] for line in lines]
    )
    return out.getvalue().encode(encoding)
