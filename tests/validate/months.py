"""A county's history over 14 months, February 2017 to March 2018, true in itself, worked out by hand.

Each month's balance is last month's, plus lent, less repaid, less written off; a year and a history are the sums of
their months; but one household of January 2018 borrowed again in February, and is one household of the year. As many loans are
settled as are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.catalog.catalog import Catalog
from pipeline.model import Finding, ImportedFigure, Submission
from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.returns import COUNTY, WAN, catalog, cell_of, statement

UNIT, AREA, MARCH = "rcb-hanyin", "hanyin", "2018-03"

_TOLD = (
    *("disbursed_amount_mtd", "disbursed_amount_ytd", "disbursed_amount_cum"),
    *("repaid_amount_mtd", "repaid_amount_ytd", "written_off_amount_mtd", "written_off_amount_ytd"),
    *("outstanding_amount", "outstanding_amount_previous_month"),
    *("outstanding_amount_year_start", "outstanding_amount_previous_year"),
    *("disbursed_households_mtd", "disbursed_households_ytd", "disbursed_households_cum"),
    *("disbursed_loans_mtd", "disbursed_loans_ytd", "disbursed_loans_cum"),
)
# 万元: lent, repaid, written off; outstanding, and last month, last December, the same month last year
# then households and loans lent to: in the month, the year, ever
_MONTHS = {
    "2017-02": (45, 90, 1414, 20, 40, 0, 0, 875, 850, 825, 700, 10, 20, 332, 11, 22, 357),
    "2017-03": (45, 135, 1459, 20, 60, 0, 0, 900, 875, 825, 710, 10, 30, 341, 11, 33, 368),
    "2017-04": (45, 180, 1504, 20, 80, 0, 0, 925, 900, 825, 720, 10, 40, 350, 11, 44, 379),
    "2017-05": (45, 225, 1549, 20, 100, 0, 0, 950, 925, 825, 730, 10, 50, 359, 11, 55, 390),
    "2017-06": (51, 276, 1600, 20, 120, 0, 0, 981, 950, 825, 740, 10, 60, 368, 11, 66, 401),
    "2017-07": (45, 321, 1645, 20, 140, 0, 0, 1006, 981, 825, 750, 10, 70, 377, 11, 77, 412),
    "2017-08": (45, 366, 1690, 20, 160, 0, 0, 1031, 1006, 825, 760, 10, 80, 386, 11, 88, 423),
    "2017-09": (45, 411, 1735, 20, 180, 0, 0, 1056, 1031, 825, 770, 10, 90, 395, 11, 99, 434),
    "2017-10": (45, 456, 1780, 20, 200, 0, 0, 1081, 1056, 825, 780, 10, 100, 404, 11, 110, 445),
    "2017-11": (45, 501, 1825, 20, 220, 0, 0, 1106, 1081, 825, 790, 10, 110, 413, 11, 121, 456),
    "2017-12": (45, 546, 1870, 20, 240, 0, 0, 1131, 1106, 825, 825, 10, 120, 422, 11, 132, 467),
    "2018-01": (40, 40, 1910, 25, 25, 1, 1, 1145, 1131, 1131, 850, 10, 10, 431, 10, 10, 477),
    "2018-02": (45, 85, 1955, 15, 40, 0, 1, 1175, 1145, 1131, 875, 11, 20, 441, 12, 22, 489),
    "2018-03": (45, 130, 2000, 20, 60, 0, 1, 1200, 1175, 1131, 900, 10, 30, 450, 11, 33, 500),
}


_LAST_YEAR = {
    "renewed_amount_ytd": 20 * WAN, "extended_amount_ytd": 6 * WAN,
    "interest_subsidy_accrued_ytd": 24 * WAN, "interest_subsidy_paid_ytd": 16 * WAN,
}  # fmt: skip
"""Twice what it is in 2018, in every month."""


def _figures(row: Sequence[int], year: str) -> dict[str, Any]:
    told = {code: value * (WAN if "amount" in code else 1) for code, value in zip(_TOLD, row, strict=True)}
    as_many = {"settled_loans_ytd": told["disbursed_loans_ytd"]}
    of_year = _LAST_YEAR if year == "2017" else {}
    return COUNTY | told | of_year | as_many | {"pass_amount": told["outstanding_amount"] - 20 * WAN}


MONTHS = {period: _figures(row, period[:4]) for period, row in _MONTHS.items()}
"""Period → the figures of that month."""


def month(period: str = MARCH, changes: Mapping[str, Any] | None = None, **more: Any) -> Submission:
    """The statement of one month, with these figures changed."""
    return statement(MONTHS[period] | dict(changes or {}), period=period, **more)


def history(
    upto: str = MARCH,
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    missing: Sequence[str] = (),
    steps: Mapping[str, int] | None = None,
) -> list[Submission]:
    """The statements in force before a month, with figures of some changed, some missing, some rounded otherwise."""
    changes, steps = changes or {}, steps or {}
    return [
        month(period, changes.get(period), **({"step": steps[period]} if period in steps else {}))
        for period in MONTHS
        if period < upto and period not in missing
    ]


def before(first: str, upto: str = MARCH) -> list[str]:
    """The months of the history before this one, as those that are missing."""
    return [period for period in MONTHS if period < first and period < upto]


def imported(period: str, indicator: str, value: int, area: str = AREA, unit: str = UNIT) -> ImportedFigure:
    """A figure from before the program."""
    cell = {"file": "历史.xlsx", "sha256": "h", "sheet": "历史", "cell": "E2"}
    return ImportedFigure(
        period=period, unit=unit, form="M01", institution="rcb", area=area,
        indicator=indicator, value=value, source="统计年报", **cell,
    )  # fmt: skip


def with_policy(**values: Any) -> Catalog:
    """The default profile with other values of some parameters, in every month."""
    policy = catalog().policy
    parameters = dict(policy.parameters)
    for name, value in values.items():
        old = parameters[name]
        dated = (old.values[0].model_copy(update={"value": value}),)
        parameters[name] = old.model_copy(update={"values": dated})
    return catalog().model_copy(update={"policy": policy.model_copy(update={"parameters": parameters})})


# ------------------------------------------------------------------ cases


@dataclass(frozen=True)
class Over:
    """One line of a table: what is changed this month or earlier in a true history, and what is found (None: nothing)."""

    rule: str
    why: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None
    severity: str = "hard"
    at: str = ""
    value: str = ""
    expected: str = ""
    period: str = MARCH
    step: int | None = None
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Period → figures changed in it."""
    missing: Sequence[str] = ()
    """Periods of which nothing is in force."""
    steps: Mapping[str, int] = field(default_factory=dict)
    """Period → how finely its amounts are rounded."""
    imported: Sequence[ImportedFigure] = ()
    older: Sequence[Submission] = ()
    """Statements in force before the history begins."""
    policy: Mapping[str, Any] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    """Other rules that the same change breaks for reasons of their own."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"

    def sent(self) -> Submission:
        """The statement that is judged."""
        return month(self.period, self.changes, **({} if self.step is None else {"step": self.step}))

    def past(self) -> Past:
        """What is in force before it."""
        told = history(self.period, self.earlier, self.missing, self.steps)
        return Past.of_submissions([*self.older, *told], self.imported)

    def found(self) -> list[Finding]:
        """What the rules say."""
        known = with_policy(**self.policy) if self.policy else catalog()
        return check_over_time([self.sent()], known, self.past())


def check_over(case: Over) -> None:
    """Assert that exactly the finding of this case is found, at its cell, and nothing else."""
    findings, sent = case.found(), case.sent()
    own = [finding for finding in findings if finding.rule == case.rule]
    assert [finding.message for finding in own] == ([case.message] if case.message else [])
    assert {finding.rule for finding in findings} - {case.rule} == case.also
    for finding in own:
        assert (finding.severity, finding.indicator) == (case.severity, case.at)
        assert (finding.value, finding.expected) == (case.value, case.expected)
        assert (finding.file, finding.sheet) == (sent.file, "报表")
        assert finding.cell == (cell_of(case.at) if case.at else "")
        assert (finding.unit, finding.form, finding.period) == (sent.unit, "M01", sent.period)
        assert (finding.area, finding.submission, finding.level) == (AREA if case.at else "", sent.id, 2)
