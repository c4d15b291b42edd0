"""Every sample file: cells in = cells accounted for, and none of them ends as a finding."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
import xlrd

from tests.month.road import run, sample_folders

REGISTER = "收件登记.csv"
PAPERS = [path for folder in sample_folders() for path in sorted(folder.iterdir()) if path.name != REGISTER]
FINDING = "finding"
CHECKED_AGAIN = ("2018-01", "2018-02")
"""Months that the sender's own command reads too: csv, xls, xlsx and the targets are among them."""


def non_blank(path: Path) -> int:
    """Cells (in Word: paragraphs and cells of tables) that hold anything but white space, as other libraries see them."""
    if path.suffix == ".csv":
        grid = [list(csv.reader(StringIO(path.read_bytes().decode("gb18030"))))]
    elif path.suffix == ".xls":
        grid = [[sheet.row_values(row) for row in range(sheet.nrows)] for sheet in xlrd.open_workbook(path).sheets()]
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = {cell._tc: cell.text for table in document.tables for row in table.rows for cell in row.cells}
        grid = [[[*(paragraph.text for paragraph in document.paragraphs), *cells.values()]]]
    else:
        book = openpyxl.load_workbook(path, read_only=True)
        grid = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
        book.close()
    return sum(bool(str(value).strip()) for rows in grid for row in rows for value in row if value is not None)


@pytest.fixture(scope="session")
def accounts(released) -> dict[str, dict]:
    """What the monthly run says of each file, by folder and name."""
    return {told["file"]: told for told in released.told["received"]}


def test_the_sample_is_all_there():
    """Fifteen months of one ABC, one PSBC, ten county banks and ten counties, less the one not sent; targets twice.

    Measures of four months: of twelve banks, less the one not sent, of one department every month, another twice.
    """
    assert len(PAPERS) == (15 * 22 - 1 + 2) + (4 * 12 - 1 + 4 + 2)
    assert {path.suffix for path in PAPERS} == {".xlsx", ".xls", ".csv", ".docx"}


def test_every_file_is_accounted_for(accounts):
    assert accounts.keys() == {f"{path.parent.name}/{path.name}" for path in PAPERS}


@pytest.mark.parametrize("folder", sample_folders(), ids=lambda folder: folder.name)
def test_cells_in_are_cells_accounted_for(accounts, folder):
    for path in (path for path in PAPERS if path.parent == folder):
        account = accounts[f"{folder.name}/{path.name}"]
        assert account["non_blank"] == non_blank(path), path.name
        assert sum(account["cells"].values()) == account["non_blank"], path.name
        assert FINDING not in account["cells"], path.name
        assert account["cells"]["used"] > 0, path.name
        assert len(account["submissions"]) == 1, path.name


def test_senders_see_the_same_account(accounts):
    """`check` stores nothing and comes to the same cells, submissions and findings as the month itself."""
    papers = {path.name: path for path in PAPERS if path.parent.name in CHECKED_AGAIN}
    told = run("check", *papers.values())
    assert [file["file"] for file in told["files"]] == list(papers)
    for file in told["files"]:
        account = accounts[f"{papers[file['file']].parent.name}/{file['file']}"]
        assert [one["submission"] for one in file["submissions"]] == account["submissions"]
        for word in ("sha256", "cells", "non_blank", "findings"):
            assert file[word] == account[word], (file["file"], word)
