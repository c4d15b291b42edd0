"""`check` of a blank form that was filled in: held against the earlier figures that came with it.

石泉 in February 2018, by hand: 849.05＋43.26－27.05＝865.26, six half steps of 0.01 are 0.03; the fund 303.52 in January.
"""

from __future__ import annotations

import openpyxl
import pytest

from pipeline.jobs.form_past import Known, figures_in
from pipeline.periods import Month
from tests.jobs.filled_forms import filled, readings
from tests.jobs.inprocess import asked, run
from tests.jobs.live_forms import put
from tests.jobs.live_known import CATALOG, form_of, record, written
from tests.jobs.sample import AS_OF, SAMPLE

JANUARY, FEBRUARY = Month(2018, 1), Month(2018, 2)
OWN = {
    "M01": ("rcb-shiquan", "石泉农商银行2018年{}月.xlsx"),
    "C01": ("fin-shiquan", "石泉县金融办2018年{}月报表.xlsx"),
}
END, VALUE = 7, 5


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    made = {}
    for code, (unit, own) in OWN.items():
        (sent,) = readings(SAMPLE / "2018-01" / own.format(1), CATALOG).submissions
        place = unit, code, JANUARY
        known = Known(FEBRUARY, {place: figures_in(sent, CATALOG)}, {place: record(*place)})
        blank = written(form_of(unit, code, known), folder / f"{code}-blank.xlsx")
        made[code] = filled(SAMPLE / "2018-02" / own.format(2), blank, folder / f"{code}.xlsx")
    return made


def _told(capsys, path, tmp_path):
    return asked(capsys, "check", path, "--workspace", tmp_path, "--as-of", AS_OF)


def _rules(told):
    return {finding["rule"] for file in told["data"]["files"] for finding in file["findings"]}


@pytest.mark.parametrize(
    ("code", "figures", "rules"),
    [
        ("M01", {}, set()),
        ("M01", {("结清笔数", 5): 6}, {"A23"}),
        ("M01", {("期末贷款笔数", END): 342}, {"A28"}),
        ("M01", {("上月末余额", END): 849.06}, set()),
        ("M01", {("上月末余额", END): 849.07}, {"A07"}),
        ("C01", {}, set()),
        ("C01", {("风险补偿金应到位金额", VALUE): 2610}, {"C01-6"}),
        ("C01", {("风险补偿金余额", VALUE): 303.48}, {"C01-8"}),
        ("C01", {("风险补偿金余额", VALUE): 303.49}, set()),
    ],
)
def test_what_is_told_of_earlier_figures(capsys, right, tmp_path, code, figures, rules):
    told = _told(capsys, put(right[code], figures, tmp_path / "填好的表.xlsx"), tmp_path)
    assert _rules(told) == rules
    assert told["data"]["compared_with_printed"] is True


def test_an_equation_that_does_not_hold_is_told(capsys, right, tmp_path):
    told = _told(capsys, put(right["M01"], {("收回金额", 4): 28.05}, tmp_path / "填好的表.xlsx"), tmp_path)
    assert _rules(told) & {"A02", "A04"}


def test_what_the_sheet_does_not_tell_is_named(capsys, right, tmp_path):
    """By hand: of last month, December and a year ago all is there; of other months and other forms nothing."""
    told = _told(capsys, right["M01"], tmp_path)["data"]
    left = {"A06", "A14", "A15", "A17", "A18", "A20", "Q01-2"}
    assert set(told["not_run"]) == {one["rule"] for one in told["not_run_reasons"]} == left
    reasons = {one["rule"]: one["reason"] for one in told["not_run_reasons"]}
    assert reasons["A15"] == "要与以前半年以上的报表比对"
    assert reasons["Q01-2"] == "要与本单位同期的月报比对"
    _, out, _ = run(capsys, "check", right["M01"], "--workspace", tmp_path, "--as-of", AS_OF)
    assert "[已比对] 随空白表印发的“上月数”已经比对；报送后以本办当时采用的数为准。" in out
    assert "  A15 余额、授信和本月发生额没有超出往常的变动：要与以前半年以上的报表比对。" in out


def test_a_sheet_that_was_changed_is_not_believed(capsys, right, tmp_path):
    book = openpyxl.load_workbook(put(right["M01"], {("结清笔数", 5): 6}, tmp_path / "填好的表.xlsx"))
    sheet = book["上月数"]
    sheet["D5"] = 1
    book.save(tmp_path / "填好的表.xlsx")
    told = _told(capsys, tmp_path / "填好的表.xlsx", tmp_path)
    assert told["data"]["compared_with_printed"] is False
    assert _rules(told) == {"F06"}


def test_any_other_file_is_told_in_words_too(capsys, tmp_path):
    told = _told(capsys, SAMPLE / "2018-02" / "石泉农商银行2018年2月.xlsx", tmp_path)["data"]
    assert not told["compared_with_printed"]
    assert {one["rule"]: one["reason"] for one in told["not_run_reasons"]}["A02"] == "要与上月的报表比对"
