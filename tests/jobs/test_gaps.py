"""What the clerk is told to do about an incomplete month depends on the day: nobody is reminded who still has time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.gaps import month_closing, next_step
from pipeline.jobs.month import MonthView
from pipeline.periods import Month
from pipeline.validate.duties import duties_of

CATALOG, MARCH = load_catalog("ankang"), Month(2018, 3)
OWED = duties_of(MARCH, [], CATALOG)
TWO = [d for d in OWED if d.unit in {"rcb-hanyin", "rcb-zhenping"} and d.form == "M01"]
TARGETS = [d for d in OWED if d.form == "T01"]
LATER = replace(TWO[1], due=date(2018, 4, 16), extended=True)


def waiting(*duties) -> MonthView:
    """A month that waits for these alone."""
    return MonthView(MARCH, 1, (), duties, (), (), ())


@pytest.mark.parametrize(
    ("duties", "day", "step"),
    [
        (TWO, date(2018, 4, 9), "用催报函催报未报单位"),
        (TWO, date(2018, 4, 8), "等候未到期的报送（最早4月8日到期）"),
        ((TWO[0], LATER), date(2018, 4, 9), "用催报函催报已到期的未报单位，等候未到期的报送（最早4月16日到期）"),
        (TARGETS, date(2018, 4, 9), "补报本办的年度目标任务"),
        ((LATER,), date(2018, 4, 16), "等候未到期的报送（最早4月16日到期）"),
        ((LATER,), date(2018, 4, 17), "用催报函催报未报单位"),
    ],
)
def test_only_who_is_over_his_day_is_reminded(duties, day, step):
    seen = waiting(*duties)
    assert next_step(seen, day) == f"下一步：{step}，收到后放入收件文件夹，再运行 make monthly。"
    assert next_step(seen, day) in month_closing(seen, day, is_final=False)
