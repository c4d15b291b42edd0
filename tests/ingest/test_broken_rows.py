"""Rows of a csv that break: told once, where they break; nothing is read of them, and nothing of them is missing."""

import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.sheets import CATALOG, Statement
from tests.validate.returns import TEN

FIRST = 4
"""The row of 汉滨区; 汉阴县 stands in the next one."""
WHOLE = "汉阴县,21,61.50,11,10,31.25,"


def reading(*instead):
    """The plain statement as a csv, with these lines in the place of 汉阴县's."""
    made = Statement()
    rows = [",".join("" if v is None else f"{v:.2f}" if isinstance(v, float) else f"{v}" for v in r) for r in made.rows]
    rows[1:2] = instead
    lines = ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月）", "填报单位：农业银行安康分行  单位：万元、户、笔"]
    data = "\r\n".join([*lines, ",".join(made.headers), *rows, ""]).encode("gb18030")
    read = read_file(open_grid(data, "报表.csv"), ReceivedFile("f" * 64, "报表.csv", "2018-04-05 09:00"), CATALOG)
    assert sum(read.cells.values()) == read.non_blank
    return read


def figures(read):
    (sent,) = read.submissions
    return {(o.area, o.indicator): o.value for o in sent.observations if o.value is not None}


@pytest.mark.parametrize(
    ("why", "lines", "named"),
    [
        ("the name apart", ["汉阴县", "21,61.50,11,10,31.25,"], "A6"),
        ("the name and a comma", ["汉阴县,", "21,61.50,11,10,31.25,"], "A6"),
        ("a figure or two beside the name", ["汉阴县,21,61.50", "11,10,31.25,"], "A5、A6"),
        ("in three", ["汉阴县,21,61.50", "11,10", "31.25,7"], "A5、A6、A7"),
        ("a comma without quotes", ["汉阴县,21,1,061.50,11,10,31.25,"], "A5"),
    ],
)
def test_a_row_that_breaks_is_told_once(why, lines, named):
    read = reading(*lines)
    (told,) = [f for f in read.findings if f.severity == "hard"]
    assert (told.rule, told.cell) == ("F06", named.partition("、")[0])
    assert told.message.startswith(f"有列数与表头不一致的行（{named}），") and "一行断成两行" in told.message
    (sent,) = read.submissions
    assert {o.area for o in sent.observations} == set(TEN)
    whole = figures(reading(WHOLE))
    assert figures(read) == {place: value for place, value in whole.items() if place[0] != "hanyin"}


def test_a_name_that_nobody_knows_is_still_told_beside_it():
    (sent,) = reading("汉江县,21,1,061.50,11,10,31.25,").submissions
    assert {o.area for o in sent.observations} == {*TEN} - {"hanyin"} | {"unknown:汉江县"}


def test_a_name_alone_above_a_whole_row_is_blank_as_it_stands():
    """It did not break off anything."""
    (sent,) = reading("汉阴县", "汉江县,21,61.50,11,10,31.25,").submissions
    assert {(o.symbol, o.raw) for o in sent.observations if o.area == "hanyin"} == {("missing", "")}
