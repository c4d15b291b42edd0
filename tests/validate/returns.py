"""Invented returns for the tests of rules: a clean one of each form, to be changed figure by figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.loading import load_catalog
from pipeline.model import Finding, Observation, Submission, Symbol, address
from pipeline.validate import check

WAN, YUAN = 1_000_000, 100
"""Fen in 万元 and 元."""
STEP = 10_000
"""万元 with two decimals: a step of 100 元."""

ABSENT = object()
"""No observation at all: the form has no such column, or the cell could not be read."""
DASH = object()
"""The cell holds `—`."""

TEN = ["hanbin", "hanyin", "shiquan", "ningshan", "ziyang", "langao", "pingli", "zhenping", "xunyang", "baihe"]

COUNTY = {
    "registered_households": 2000,
    "eligible_households": 1500,
    "rated_households": 1400,
    "credit_line_households": 1200,
    "credit_line_amount": 6000 * WAN,
    "disbursed_loans_mtd": 11,
    "disbursed_households_mtd": 10,
    "disbursed_amount_mtd": 45 * WAN,
    "disbursed_loans_ytd": 33,
    "disbursed_households_ytd": 30,
    "disbursed_amount_ytd": 130 * WAN,
    "disbursed_loans_cum": 500,
    "disbursed_households_cum": 450,
    "disbursed_amount_cum": 2000 * WAN,
    "repaid_amount_mtd": 20 * WAN,
    "settled_loans_ytd": 33,
    "repaid_amount_ytd": 60 * WAN,
    "written_off_amount_mtd": 0,
    "written_off_amount_ytd": 1 * WAN,
    "other_change_amount_mtd": 0,
    "other_change_amount_ytd": 0,
    "outstanding_loans": 300,
    "outstanding_households": 290,
    "outstanding_amount": 1200 * WAN,
    "outstanding_amount_previous_month": 1175 * WAN,
    "outstanding_amount_year_start": 1131 * WAN,
    "outstanding_amount_previous_year": 900 * WAN,
    "pass_amount": 1180 * WAN,
    "special_mention_amount": 12 * WAN,
    "substandard_amount": 4 * WAN,
    "doubtful_amount": 3 * WAN,
    "loss_amount": 1 * WAN,
    "npl_amount": 8 * WAN,
    "past_due_loans": 6,
    "past_due_households": 5,
    "past_due_amount": 9 * WAN,
    "past_due_beyond_grace_amount": 2 * WAN,
    "renewed_amount_ytd": 10 * WAN,
    "extended_amount_ytd": 3 * WAN,
    "weighted_average_rate": 4_350_000,
    "interest_subsidy_accrued_ytd": 12 * WAN,
    "interest_subsidy_paid_ytd": 8 * WAN,
}
"""One county of one bank, true in itself."""

RETURN = {
    "registered_households": 2000,
    "eligible_households": 1500,
    "fund_required_amount": 800 * WAN,
    "fund_balance_amount": 700 * WAN,
    "fund_added_amount_ytd": 50 * WAN,
    "fund_compensated_amount_ytd": 2 * WAN,
    "mechanism_established": "是",
    "posts_county_planned": 1,
    "posts_county_set_up": 1,
    "posts_township_planned": 12,
    "posts_township_set_up": 10,
    "posts_village_planned": 140,
    "posts_village_set_up": 120,
    "visited_households": 1800,
    "scored_households": 1700,
    "mirror_disbursed_households_ytd@rcb": 30,
    "mirror_outstanding_amount@rcb": 1200 * WAN,
    "mirror_outstanding_amount@abc": 1200 * WAN,
    "project_name#1": "示例茶园",
    "project_total_amount#1": 500 * WAN,
    "project_invested_amount#1": 300 * WAN,
    "project_name#2": "示例养殖场",
    "project_total_amount#2": 200 * WAN,
    "project_invested_amount#2": 200 * WAN,
    "mirror_disbursed_amount_ytd@rcb": 130 * WAN,
    "mirror_disbursed_amount_ytd@abc": 130 * WAN,
    "mirror_disbursed_households_ytd@abc": 30,
}
"""A county return, true in itself and beside statements of this module."""

NOTHING_LENT = {code: 0 for code in COUNTY if code.startswith("disbursed") and code.endswith(("_mtd", "_ytd"))} | {
    "renewed_amount_ytd": 0,
    "weighted_average_rate": None,
}


PLACES = [
    *COUNTY,
    *RETURN,
    "project_loan_amount#1",
    "project_status#1",
    "mechanism_document",
    "mechanism_date",
    "mirror_outstanding_amount@psbc",
    "mirror_disbursed_amount_ytd@psbc",
    *(f"{code}@{bank}" for bank in ("rcb", "psbc", "abc") for code in ("target_amount", "target_households")),
]
"""Every place of these returns; its position is its column."""


@cache
def catalog() -> Catalog:
    """The default profile."""
    return load_catalog()


def cell_of(place: str, row: int = 5) -> str:
    """Where the returns of this module put an indicator: one column each, one row an area."""
    column = PLACES.index(place)
    return address(row, column)


def seen(place: str, value: Any, area: str, row: int, institution: str = "", total: bool = False) -> Observation:
    """One observation; `place` is an indicator, `indicator@institution` or `indicator#item`."""
    indicator, _, bank = place.partition("#")[0].partition("@")
    number, text, symbol, raw = (value, "", Symbol.NONE, str(value))
    if value is None:
        number, symbol, raw = None, Symbol.MISSING, ""
    elif value is DASH:
        number, symbol, raw = None, Symbol.NOT_APPLICABLE, "—"
    elif isinstance(value, str):
        number, text = None, value
    return Observation(
        indicator=indicator,
        area=area,
        institution=bank or institution,
        value=number,
        sheet="报表",
        cell=cell_of(place, row),
        text=text,
        symbol=symbol,
        item=int(place.partition("#")[2] or 0),
        total=total,
        raw=raw,
    )


def submission(form: str, unit: str, period: str, observations: list[Observation], step: int = STEP) -> Submission:
    """A submission in an invented file named after its unit and period."""
    return Submission(
        form=form,
        unit=unit,
        period=period,
        sha256=f"{form}{unit}{period}",
        file=f"{unit}.xlsx",
        sheet="报表",
        layout="",
        received_at="2018-04-03 09:00",
        observations=observations,
        step=step,
    )


def table(
    areas: Mapping[str, Mapping[str, Any]],
    total: Mapping[str, Any] | None = None,
    *,
    unit: str = "abc",
    period: str = "2018-03",
    step: int = STEP,
) -> Submission:
    """A statement with a row for each of these areas (figures as given), and a typed total if there is one."""
    bank = unit.partition("-")[0]
    rows = [
        seen(code, value, area, row, bank)
        for row, (area, figures) in enumerate(areas.items(), start=5)
        for code, value in figures.items()
        if value is not ABSENT
    ]
    totals = [seen(code, value, "total", 4, bank, total=True) for code, value in (total or {}).items()]
    return submission("M01", unit, period, rows + totals, step)


def statement(changes: Mapping[str, Any] | None = None, **more: Any) -> Submission:
    """The statement of one bank for its one county, with these figures changed."""
    return table({"hanyin": COUNTY | dict(changes or {})}, unit="rcb-hanyin", **more)


def county_return(changes: Mapping[str, Any] | None = None, area: str = "hanyin", **more: Any) -> Submission:
    """The return of one county's finance office, with these figures changed."""
    figures = RETURN | dict(changes or {})
    observations = [seen(place, value, area, 5) for place, value in figures.items() if value is not ABSENT]
    return submission("C01", f"fin-{area}", more.pop("period", "2018-03"), observations, **more)


def targets(
    changes: Mapping[tuple[str, str], Any] | None = None, total: Mapping[str, Any] | None = None, **more: Any
) -> Submission:
    """The office's targets: 100 万元 and 30 households for each bank and county; changes by (area, place)."""
    figures = {
        (area, f"{code}@{bank}"): value
        for area in TEN
        for bank in ("rcb", "psbc", "abc")
        for code, value in (("target_amount", 100 * WAN), ("target_households", 30))
    } | dict(changes or {})
    rows = [
        seen(place, value, area, 5 + TEN.index(area)) for (area, place), value in figures.items() if value is not ABSENT
    ]
    totals = [seen(place, value, "total", 4, total=True) for place, value in (total or {}).items()]
    return submission("T01", "office", more.pop("period", "2018"), rows + totals, **more)


def measures(
    texts: Mapping[str, str], *, unit: str = "rcb-hanyin", period: str = "2018-03", file: str = ""
) -> Submission:
    """The measures of one unit: items without `measure_`, in column C; `product_name#1` and the like in column D."""
    observations = []
    for row, (place, text) in enumerate(texts.items(), start=5):
        indicator, _, item = place.partition("#")
        code = indicator if item else f"measure_{indicator}"
        cell = f"{'D' if item else 'C'}{row}"
        observations.append(
            Observation(code, "hanyin", "rcb", None, "措施", cell, text=text, item=int(item or 0), raw=text)
        )
    sent = submission("Q01", unit, period, observations, step=1)
    sent.sheet, sent.file = "措施", file or f"{unit}措施.xlsx"
    return sent


# ------------------------------------------------------------------ cases


@dataclass(frozen=True)
class Case:
    """One line of a table of cases: why, what is changed in a clean return, and what is found (None: nothing)."""

    rule: str
    why: str
    changes: Mapping[str, Any]
    message: str | None = None
    severity: str = "hard"
    at: str = ""
    """The place of the finding: indicator, `indicator@institution` or `indicator#item`."""
    value: str = ""
    expected: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Period or step of the return, where these matter."""
    also: frozenset[str] = frozenset()
    """Other rules that the same change breaks for reasons of their own."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


def check_case(case: Case, sent: Submission) -> None:
    """Assert that exactly the finding of this case is found in a one-county return, at its cell, and nothing else."""
    findings = check([sent], catalog())
    own = [finding for finding in findings if finding.rule == case.rule]
    assert [finding.message for finding in own] == ([case.message] if case.message else [])
    assert {finding.rule for finding in findings} - {case.rule} == case.also
    for finding in own:
        assert (finding.severity, finding.indicator) == (case.severity, case.at)
        assert (finding.value, finding.expected) == (case.value, case.expected)
        assert (finding.file, finding.sheet, finding.cell) == (sent.file, "报表", cell_of(case.at))
        assert (finding.unit, finding.form, finding.period) == (sent.unit, sent.form, sent.period)
        assert (finding.area, finding.submission, finding.level) == ("hanyin", sent.id, 1)


def codes(findings: Sequence[Finding]) -> list[str]:
    """Rule codes, in the order of the findings."""
    return [finding.rule for finding in findings]
