"""The page of an invented month, as content to be changed by tests."""

from __future__ import annotations

from dataclasses import replace

from pipeline.catalog import load_catalog
from pipeline.catalog.catalog import Catalog
from pipeline.model import Severity, Symbol
from pipeline.periods import Month
from pipeline.render.charts_month import Balance
from pipeline.render.finding_rows import FindingRow
from pipeline.render.month_page import MonthPage
from pipeline.render.month_page_figures import AHEAD, MONTH_BEFORE
from pipeline.render.month_page_matrix import FormMatrix, Mark, Standing, UnitRow, Waiting
from pipeline.render.stamp import Stamp
from pipeline.transform.annexes import annex_tables
from pipeline.transform.highlights import ahead_of_pace, city_changes, growth_between
from tests.cities import MARCH, WAN, large_catalog, large_facts, small_facts
from tests.cities import small_catalog as small_city
from tests.measures import small_measures

STAMP = Stamp(MARCH, True, True, "虚构市金融工作办公室", 2, 12, "2018-04-10")
MONTHS = tuple(str(MARCH.shifted(back)) for back in range(-14, 1))


def small_catalog() -> Catalog:
    """The small city's, with the real annex 1 and the real description of data files."""
    real = load_catalog()
    city = small_city()
    return city.model_copy(update={"annexes": {1: real.annexes[1], **city.annexes}, "tables": real.tables})


def finding(number: int, **changes) -> FindingRow:
    """A hard finding that is still open, with something changed."""
    row = FindingRow(
        id=f"F{number:012x}",
        rule="A13",
        severity=Severity.HARD,
        status="open",
        unit="北山农商银行",
        form="M01 统计表",
        file="北山3月.xlsx",
        sheet="月报表",
        cell=f"D{number}",
        message="户均高于上限，请核对。",
        value="12.00",
        expected="5.00",
        measure="万元",
    )
    return replace(row, **changes)


FINDINGS = (
    finding(1),
    finding(2, severity=Severity.SOFT, unit="南河农商银行", rule="A19", message="其他变动不为零。", expected=""),
    finding(3, severity=Severity.SOFT, status="explained", unit="南河农商银行"),
    finding(4, status="corrected", unit="农业银行虚构分行", rule="A01", message="合计不等于分项之和。"),
    finding(5, severity=Severity.NOTE, unit="", rule="A00", message="非整分。", value="", expected="", cell=""),
)


def matrix(form: str, name: str, periods: tuple[str, ...], *rows: tuple[str, tuple[Standing, ...]]) -> FormMatrix:
    units = tuple(UnitRow(label, standings) for label, standings in rows)
    good = (Mark.IN_TIME, Mark.LATE, Mark.CORRECTION_REJECTED)
    counts = tuple(
        (
            sum(row.standings[n].mark in good for row in units),
            sum(row.standings[n].mark is not Mark.NOT_OWED for row in units),
        )
        for n in range(len(periods))
    )
    return FormMatrix(form, name, periods, units, counts)


_IN_TIME = Standing(Mark.IN_TIME)
MATRICES = (
    matrix(
        "M01",
        "金融扶贫小额贷款统计表",
        MONTHS,
        ("北山农商银行", (*[_IN_TIME] * 13, Standing(Mark.LATE, 3), Standing(Mark.REJECTED))),
        ("南河农商银行", (*[Standing(Mark.NOT_OWED)] * 5, *[_IN_TIME] * 8, Standing(Mark.WITHDRAWN), Standing(Mark.MISSING))),
        ("农业银行虚构分行", (*[_IN_TIME] * 13, Standing(Mark.PENDING), Standing(Mark.CORRECTION_REJECTED))),
    ),
    matrix("T01", "目标任务表", ("2017", "2018"), ("本办", (_IN_TIME, Standing(Mark.NOT_DUE)))),
)  # fmt: skip
WAITING = (
    Waiting("M01 金融扶贫小额贷款统计表", "4月8日", "退回", ("北山农商银行",)),
    Waiting("M01 金融扶贫小额贷款统计表", "4月8日", "未报送，已过期2天", ("南河农商银行",)),
)
PRODUCTS = (
    "附件2 安康市金融扶贫小额贷款进展情况汇总表.xlsx",
    "data/findings.csv",
    "data/annex2.csv",
    "退回单/北山农商银行/退回单 50%#1?.docx",
    "release.json",
    "index.html",
)


def content(catalog: Catalog | None = None, facts=None, **changes) -> MonthPage:
    """The page of the small city, or of a city with other facts, with something changed."""
    catalog, facts = catalog or small_catalog(), facts or small_facts()
    figures = city_changes(MARCH, facts, catalog)
    tables = annex_tables(MARCH, facts, catalog, {})
    (city, *_) = tables[2].parts[0].rows
    figures[AHEAD] = ahead_of_pace(city.figures["target_completion_ratio"], MARCH)
    figures[MONTH_BEFORE] = growth_between(MONTH_BEFORE, (75 * WAN, Symbol.NONE), (50 * WAN, Symbol.NONE))
    page = MonthPage(
        stamp=STAMP,
        closing="2018年3月尚不齐全（草稿）：未报送：南河农商银行。下一步：催报未报单位。",
        tables=tables,
        measures=small_measures() if 1 in catalog.annexes else None,
        changes=figures,
        matrices=MATRICES,
        waiting=WAITING,
        punctuality="2018年3月应报4份，已采用2份；迟报：农业银行虚构分行（1天）。",
        findings=FINDINGS,
        not_run=("上月（2018年2月）没有采用的月报，A02、A04没有运行或没有全部运行：南河农商银行。",),
        balances=[Balance(Month.parse(m), (900 + n) * WAN) for n, m in enumerate(MONTHS)],
        products=PRODUCTS,
    )
    return replace(page, **changes)


def large() -> tuple[MonthPage, Catalog]:
    """Ten counties of realistic size, one of their banks missing: the widest that the annexes become."""
    catalog = large_catalog()
    facts = large_facts(7, frozenset({"rcb-hanyin"}))
    return content(catalog, facts), catalog


LONG = "长" * 10_000
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg onload=alert(4)><style>*{display:none}</style>",
    '"\' onmouseover=alert(5) autofocus onfocus=alert(6) x="',
    "{{ 7*7 }}{% for x in [].__class__ %}",
    "javascript:alert(7)",
    "甲\u202e乙\u2066丙\u0000丁\ufeff",
    "&lt;b&gt;&amp;",
    "-->]]></table></main>",
    "W" * 10_000,
    LONG,
)


def hostile_findings() -> tuple[FindingRow, ...]:
    """Each of these texts wherever a finding has a text."""
    rows = [
        finding(
            n, severity=Severity.SOFT, unit=text, form=text, file=text, sheet=text, cell=text,
            message=text, value=text, expected=text, rule=text[:40],
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return tuple(rows)
