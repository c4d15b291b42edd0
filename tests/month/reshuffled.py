"""The same papers in another order: rows of a sheet, and the names and times under which files lie in the inbox."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import openpyxl
import xlrd
import xlwt

REGISTER = "收件登记.csv"


def rows_shuffled(paper: Path, random: Random, to: Path) -> None:
    """Write the paper again with the rows of its table in another order; an of-which row stays below its own."""
    write = _xls if paper.suffix == ".xls" else _xlsx
    write(paper, random, to)


def _xlsx(paper: Path, random: Random, to: Path) -> None:
    book = openpyxl.load_workbook(paper)
    sheet = book.worksheets[0]
    lines = [list(row) for row in sheet.iter_rows()]
    body = _body([[cell.value for cell in line] for line in lines])
    kept = {at: [(cell.value, cell.number_format) for cell in lines[at]] for at in body}
    for at, source in zip(body, _shuffled(body, lambda at: kept[at][0][0], random), strict=True):
        for cell, (value, number_format) in zip(lines[at], kept[source], strict=True):
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value, cell.number_format = value, number_format
    book.save(to)


def _xls(paper: Path, random: Random, to: Path) -> None:
    old = xlrd.open_workbook(paper).sheet_by_index(0)
    lines = [old.row_values(row) for row in range(old.nrows)]
    body = _body(lines)
    order = dict(zip(body, _shuffled(body, lambda at: lines[at][0], random), strict=True))
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(old.name)
    for row in range(len(lines)):
        for column, value in enumerate(lines[order.get(row, row)]):
            if value != "":
                sheet.write(row, column, value)
    book.save(str(to))


def _body(lines: list[list[object]]) -> list[int]:
    """The rows of the table itself, from below the header to what is no row of figures: footer or next heading."""
    header = next(at for at, line in enumerate(lines) if line[0] in ("县(区)", "区县", "指标名称"))
    first = next(at for at in range(header + 1, len(lines)) if _is_figure_row(lines[at]))
    end = next(at for at in range(first, len(lines)) if not _is_figure_row(lines[at]))
    return list(range(first, end))


def _is_figure_row(line: list[object]) -> bool:
    label = str(line[0] or "")
    filled = sum(value not in (None, "") for value in line)
    return filled >= 4 and label not in ("", "甲") and not label.startswith("单位负责人")


def _shuffled(body: list[int], label: Callable[[int], object], random: Random) -> list[int]:
    groups: list[list[int]] = []
    for at in body:
        if str(label(at)).startswith("其中"):
            groups[-1].append(at)
        else:
            groups.append([at])
    random.shuffle(groups)
    return [at for group in groups for at in group]


def lay_out(papers: Iterable[Path], random: Random, inbox: Path) -> None:
    """Put papers into an inbox under names that sort anyhow, registered as received in any order."""
    inbox.mkdir(parents=True)
    places = random.sample(range(100, 1000), 100)
    with (inbox / REGISTER).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("文件", "收到时间", "方式", "报送人", "代录人"))
        for place, paper in zip(places, papers, strict=False):
            name = f"{place}_{paper.name}"
            shutil.copy(paper, inbox / name)
            received = f"2018-03-0{random.randrange(3, 9)} {random.randrange(8, 18):02d}:{random.randrange(60):02d}"
            writer.writerow((name, received, "邮件", "示例甲", ""))
