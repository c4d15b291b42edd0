"""One statement in every format that banks send: the same observations, whatever the file."""

import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, ReceivedFile
from tests.ingest.biff import biff5
from tests.ingest.dialects import as_csv, as_html, as_ods, as_spreadsheetml
from tests.ingest.sheets import CATALOG, Statement, found
from tests.ingest.xlsb import as_xlsb

WRITERS = {
    "ods": as_ods,
    "xml": as_spreadsheetml,
    "html": as_html,
    "csv": as_csv,
    "xls": biff5,
    "xlsb": as_xlsb,
}


def said(reading):
    """What is read, without the sheet's name: a csv has none."""
    (submission,) = reading.submissions
    who = (submission.form, submission.unit, submission.period, submission.money_unit, submission.layout)
    return who, {(o.indicator, o.area, o.value, o.cell, o.total, o.text) for o in submission.observations}


def read(data, name):
    opened = open_grid(data, name)
    assert isinstance(opened, Grid), opened
    reading = read_file(opened, ReceivedFile("f" * 64, name, "2018-04-05 09:00"), CATALOG)
    assert sum(reading.cells.values()) == reading.non_blank, "every cell must be accounted for"
    return opened, reading


@pytest.mark.parametrize("kind", WRITERS)
def test_a_statement_reads_the_same_in_every_format(kind):
    statement = Statement()
    opened, reading = read(WRITERS[kind](statement.lines()), "农行报表.xls")
    assert opened.format == kind
    assert [fault for fault in found(reading) if fault[0] != "F09"] == []
    assert said(reading) == said(statement.read())


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_wrong_is_told_at_the_same_cell_in_every_format(kind):
    statement = Statement()
    statement.rows[4][2] = "约60"
    _, reading = read(WRITERS[kind](statement.lines()), "农行报表.xls")
    assert [fault for fault in found(reading) if fault[0] != "F09"] == found(statement.read()) == [("F07", "C8")]
