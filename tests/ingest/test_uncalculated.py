"""A file written by a program that calculates nothing: its formulas have no values, and that is one matter."""

from __future__ import annotations

import openpyxl
import pytest

from pipeline.model import Symbol
from tests.jobs.filled_forms import readings
from tests.jobs.live_known import CATALOG
from tests.jobs.sample import SAMPLE

REPORT = SAMPLE / "2018-02" / "石泉农商银行2018年2月.xlsx"


def with_formulas(path, formulas):
    """The sample's report of 石泉 with formulas that no program has calculated."""
    book = openpyxl.load_workbook(REPORT)
    for cell, formula in formulas.items():
        book.active[cell] = formula
    book.save(path)
    return readings(path, CATALOG)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("G21",), "“期末余额/金额”的内容无法确定读法：公式没有计算结果。"),
        (("G21", "G22"), "共2格（G21:G22）的公式没有计算结果。"),
        (("G21", "G23", "G22", "E16"), "共4格（E16、G21:G23）的公式没有计算结果。"),
    ],
)
def test_one_sheet_is_told_once(tmp_path, cells, said):
    reading = with_formulas(tmp_path / REPORT.name, dict.fromkeys(cells, "=1+1"))
    told = [finding for finding in reading.findings if finding.rule == "F07"]
    (root,) = [finding for finding in told if not finding.under]
    assert len(told) == len(cells) and {f.under for f in told if f is not root} <= {root.id}
    assert root.message == f"{said}请在 Excel 中打开并保存后重新报送。"
    assert {one.cell for one in root.accused} == (set(cells) if len(cells) > 1 else set())
    (sent,) = reading.submissions
    unread = [o for o in sent.observations if o.cell in cells]
    assert {(o.value, o.symbol, o.raw) for o in unread} == {(None, Symbol.MISSING, "=")}
