"""A county is called in a message as it was called in the month that the form is about."""

import pytest

from tests.ingest.tables import read_lines


@pytest.mark.parametrize(("month", "name"), [("2018年3月", "旬阳县"), ("2021年3月", "旬阳市")])
def test_the_name_is_that_of_the_period(month, name):
    reading = read_lines(
        [
            ["金融扶贫小额贷款统计月报表"],
            ["填报单位：旬阳农商银行", None, None, f"报告期：{month}", None, None, "单位：万元、户、笔"],
            ["县区：白河县"],
            ["指标名称", "计量单位", "代码", "本月", "本年累计", "历史累计", "期末余额"],
            ["授信户数", "户", "04", "—", "—", "—", 20],
            ["授信金额", "万元", "05", "—", "—", "—", 60.5],
            ["期末贷款余额", "万元", "22", "—", "—", "—", 30.25],
        ]
    )
    (finding,) = [f for f in reading.findings if f.rule == "F03"]
    assert f"填报单位要报的却是{name}。" in finding.message
