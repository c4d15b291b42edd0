"""Figures of the invented city from before the first reported month, as the long table that `import-history` takes.

`python -m tests.generator.before` writes docs/history_example.csv anew.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO
from pathlib import Path

from pipeline.money import FEN_PER_WAN, plain
from pipeline.periods import Month
from tests.generator.city import City, simulate
from tests.generator.places import MARK, STATEMENT_UNITS, counties_of, unit_name

EXAMPLE = Path(__file__).parents[2] / "docs" / "history_example.csv"
SEED = 2018
MONTHS = (Month(2016, 3), Month(2016, 12))
"""What March 2017 is compared with: the same month last year, and the year's beginning."""

INDICATORS = {"outstanding_amount": "期末余额/金额", "disbursed_amount_ytd": "发放情况/本年累计/金额"}
HEADER = ("报告期", "填报单位", "县区", "指标", "数值（万元）", "来源")


def table(city: City) -> str:
    """The table as text: a title, the header, and a row a figure, as the banks rounded it then."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((f"历史数据补录表（{MARK}）",))
    writer.writerow(HEADER)
    for month in MONTHS:
        for unit in STATEMENT_UNITS:
            figures = city.reported(unit, month)
            for indicator, label in INDICATORS.items():
                for county in counties_of(unit):
                    value = plain(Fraction(figures[county.id, indicator], FEN_PER_WAN), 6)
                    source = f"{month.label}金融扶贫小额贷款统计表（{MARK}）"
                    writer.writerow((str(month), unit_name(unit, month), county.name, label, value, source))
    return out.getvalue()


def example() -> City:
    """The city of the sample, up to the month that the example is compared in."""
    return simulate(SEED, Month(2017, 3), planted=False)


if __name__ == "__main__":
    EXAMPLE.write_text(table(example()), encoding="utf-8-sig", newline="\n")
