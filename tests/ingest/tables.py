"""Sheets typed line by line, merged where it is said, and what is read from them."""

import io

import xlsxwriter

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.sheets import CATALOG

ABOVE = [
    ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月）"],
    ["填报单位：农业银行安康分行", None, "单位：万元、户、笔"],
]


def read_lines(lines, merged=(), name="报表.xlsx", catalog=CATALOG, top=0, left=0):
    """Read a sheet of these lines, moved down and right; `merged` are ranges such as `B3:C3` before the move."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("表")
        ranges = {}
        for text in merged:
            first, last = (xlsxwriter.utility.xl_cell_to_rowcol(cell) for cell in text.split(":"))
            ranges[first] = last
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if value is None:
                    continue
                if last := ranges.get((r, c)):
                    sheet.merge_range(top + r, left + c, top + last[0], left + last[1], value)
                else:
                    sheet.write(top + r, left + c, value)
    reading = read_file(open_grid(out.getvalue(), name), ReceivedFile("d" * 64, name, "2018-04-05 09:00"), catalog)
    assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
    return reading


def found(reading):
    """What is wrong, as (rule, cell)."""
    return [(f.rule, f.cell) for f in reading.findings]


def values(reading, indicator, *, total=False):
    """Area → value of one indicator of the one submission."""
    (submission,) = reading.submissions
    return {o.area: o.value for o in submission.observations if o.indicator == indicator and o.total is total}
