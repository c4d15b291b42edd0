"""A blank form keeps a unit's own title and the way its page stands."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from pipeline.ingest.page_look import NO_LOOK, PageLook, look_of
from pipeline.jobs.form_own_look import own_title
from pipeline.jobs.form_past import Known
from pipeline.periods import Month
from tests.jobs.filled_forms import readings
from tests.jobs.live_known import CATALOG, form_of, record, written
from tests.jobs.sample import SAMPLE

JANUARY, FEBRUARY = Month(2018, 1), Month(2018, 2)
NAMES = ("小额贷款统计表",)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("农行小额贷款统计表（2018年1月）", "农行小额贷款统计表（2018年2月）"),
        ("2018年01月小额贷款统计表", "2018年02月小额贷款统计表"),
        ("2018 年 1 月小额贷款统计表", "2018 年 2 月小额贷款统计表"),
        ("安康市小额贷款统计表", "安康市小额贷款统计表"),
        ("小额贷款统计表（2017年12月）", ""),
        ("2018年小额贷款统计表", ""),
        ("小额贷款统计表（1月）", ""),
        ("小额贷款统计表（2018-01）", ""),
        ("2018年1月28日小额贷款统计表", ""),
        ("授信情况表", ""),
        ("小额贷款统计表" * 9, ""),
    ],
)
def test_a_title_is_carried_on_only_where_its_month_is_understood(title, kept):
    assert own_title(title, JANUARY, FEBRUARY, NAMES) == kept


def _book(orientation):
    book = openpyxl.Workbook()
    book.active.title = "另一张"
    sheet = book.create_sheet("月报表")
    sheet["B2"] = " 小额贷款统计表 "
    sheet["A3"] = "填报单位"
    sheet.page_setup.orientation = orientation
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("said", "is_upright"), [("portrait", True), ("landscape", False), (None, None)])
def test_the_look_of_a_sheet(said, is_upright):
    assert look_of(_book(said), "月报表") == PageLook("小额贷款统计表", is_upright)


def test_what_cannot_be_opened_has_no_look():
    assert look_of(b"PK\x03\x04 no workbook", "月报表") == NO_LOOK
    assert look_of(_book(None), "没有这张") == NO_LOOK
    assert look_of("区县,授信\n汉滨,1\n".encode("gb18030"), "csv").is_upright is None


@pytest.mark.parametrize("is_upright", [True, False])
def test_a_form_as_the_units_own(tmp_path, is_upright):
    """石泉's own title differs from the prescribed one by a word; the form comes home under it."""
    unit, code = "rcb-shiquan", "M01"
    look = PageLook("安康市金融扶贫小额贷款统计月报表", is_upright)
    known = Known(FEBRUARY, records={(unit, code, JANUARY): record(unit, code, JANUARY)}, looks={(unit, code): look})
    book = openpyxl.load_workbook(written(form_of(unit, code, known), tmp_path / "石泉.xlsx"))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == look.title
    assert sheet.page_setup.orientation == ("portrait" if is_upright else "landscape")
    assert book["填报说明"]["A1"].value == f"填报说明：{look.title}"
    next(row for row in sheet.iter_rows() if row[0].value == "期末贷款余额")[6].value = 849.05
    book.save(tmp_path / "石泉.xlsx")
    read = readings(tmp_path / "石泉.xlsx", CATALOG)
    assert not read.findings
    assert [(one.form, one.unit, one.period) for one in read.submissions] == [(code, unit, "2018-02")]


def test_the_samples_own_file():
    data = (SAMPLE / "2018-01" / "石泉农商银行2018年1月.xlsx").read_bytes()
    assert look_of(data, "月报表") == PageLook("安康市金融扶贫小额贷款统计月报表", True)
