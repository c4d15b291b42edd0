"""A clerk's desk: what was asked of 农行 in March, how it is sent back, and what is on record afterwards."""

from __future__ import annotations

import json

import openpyxl
from sqlalchemy import create_engine, text

from tests.jobs.inprocess import run

REPORT = "农行2018年3月金融扶贫小额贷款统计表.xlsx"
LIST = "审核问题"
LENT, RATED, RATE = "I14", "D8", "AO14"
"""Asked about: 79.30 above the cap, 705 rated households below 795, a rate of 18 %; wrong: a base of one county, by its total."""
COUNTY = "Z15"
WHY = {
    LENT: "紫阳县有三户产业大户按担保方式各发放八万元",
    RATED: "城区分理处有九十户评级本月到期，正在重评",
    RATE: "含一笔逾期罚息并入利率，三户",
}


def marked(workspace):
    (copy,) = (workspace / "output" / "2018-03" / "退回单" / "农业银行安康分行").glob("*.xlsx")
    return openpyxl.load_workbook(copy)


def by_cell(sheet):
    """The list's rows by the cell that they ask about: each a dictionary of its cells by heading."""
    header = next(row for row in sheet.iter_rows() if any(c.value == "问题编号" for c in row))
    rows = [dict(zip([c.value for c in header], row, strict=True)) for row in sheet.iter_rows(header[0].row + 1)]
    return {row["单元格"].value: row for row in rows}


def sends(workspace, change, name="回复.xlsx", *, alone=False, figures=()):
    """The marked workbook with the list changed as a person would, and figures typed over."""
    book = marked(workspace)
    change(by_cell(book[LIST]), book[LIST])
    for cell, figure in dict(figures).items():
        book.worksheets[0][cell] = figure
    if alone:
        del book[book.sheetnames[0]]
    book.save(workspace / "inbox" / "回复" / name)


def explains(*cells):
    def change(rows, _):
        for cell in cells:
            rows[cell]["核实说明"].value = WHY[cell]

    return change


def received(capsys, workspace, day="2018-04-12"):
    return run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", day)[1]


def on_record(workspace, kind="explained"):
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        found = connection.execute(text("select body from journal where kind = :kind order by seq"), {"kind": kind})
        return [json.loads(body) for (body,) in found.all()]


def journal_of(workspace):
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        return connection.execute(text("select seq, kind from journal order by seq")).all()


def still_asked(workspace):
    folder = workspace / "output" / "2018-03" / "退回单" / "农业银行安康分行"
    return set(by_cell(marked(workspace)[LIST])) if folder.exists() else set()


def last_sent(workspace):
    """The file of the submission that was received last."""
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        return connection.execute(text("select file from submission order by received_at, entry")).scalars().all()[-1]


def said(workspace, asked):
    """(value, explanation) on record by the cell that it is about."""
    rows = by_cell(marked(asked)[LIST]).items()
    cells = {row["问题编号"].value: cell for cell, row in rows if "-" not in str(row["序号"].value)}
    return {cells[entry["finding"]]: (entry["value"], entry["text"]) for entry in on_record(workspace)}
