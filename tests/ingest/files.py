"""Real files made for one test each: workbooks written by libraries, and the same workbooks with one part altered."""

import io
import zipfile

import xlsxwriter
import xlwt

from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable

SHEET1 = "xl/worksheets/sheet1.xml"


def xlsx(write, **options):
    """The bytes of a workbook; `write(workbook, sheet)` fills its first sheet."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, options)
    write(workbook, workbook.add_worksheet("表"))
    workbook.close()
    return out.getvalue()


def xls(write):
    """The same in BIFF8."""
    book = xlwt.Workbook()
    write(book, book.add_sheet("表"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_xlsx():
    def write(_, sheet):
        sheet.write(0, 0, "甲")
        sheet.write(1, 1, 5)

    return xlsx(write)


def rezipped(data, part="", old=b"", new=b"", extra=()):
    """The same package with `old` made `new` in one part, and `extra` (name, content) parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content, content
                content = content.replace(old, new)
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the time of day
        for name, content in extra:
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zipped(*parts):
    """A zip of (name, content) parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def opened_as(kind, data):
    """The grid of a file that must open as this kind."""
    grid = open_grid(data)
    assert isinstance(grid, Grid), grid
    assert grid.format == kind
    return grid


def refused(data):
    """Why a file is not opened, which it must not be."""
    found = open_grid(data)
    assert isinstance(found, Unreadable), found
    return found
