"""The annexes worked out from papers by hand-written formulas: rates from sums, exact ranks, growth only where both sides are whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.periods import Month
from tests.month.loans_truth import BANKS, COUNTIES, COUNTY, OFFICE, Cells, papers

TITLE = {"rcb": "农商银行", "psbc": "邮储银行", "abc": "农业银行"}
NAME = dict(
    zip(
        COUNTIES,
        ("汉滨区", "汉阴县", "石泉县", "宁陕县", "紫阳县", "岚皋县", "平利县", "镇坪县", "旬阳县", "白河县"),
        strict=True,
    )
)
ANNEX_OF = {3: "rcb", 4: "psbc", 5: "abc"}

STATEMENT = (
    *("credit_line_households", "credit_line_amount"),
    *("disbursed_households_mtd", "disbursed_amount_mtd", "disbursed_households_ytd", "disbursed_amount_ytd"),
    *("disbursed_households_cum", "disbursed_amount_cum", "outstanding_households", "outstanding_amount"),
    *("past_due_households", "past_due_amount", "npl_amount"),
)
COUNTY_RETURN = ("registered_households", "fund_balance_amount")
NPL = ("substandard_amount", "doubtful_amount", "loss_amount")

Place = tuple[str, str, str]
"""(reporting unit, bank or COUNTY, county)."""


@dataclass(frozen=True)
class Value:
    """One expected figure: a number in fen or households, or both sides of a ratio; else why there is none."""

    number: int | None = None
    over: int | None = None
    symbol: str = ""
    rank: int | None = None
    rank_of: int | None = None
    units_in: int | None = None
    units_of: int | None = None

    @property
    def exact(self) -> Fraction | None:
        """The number, or the quotient."""
        return None if self.number is None else Fraction(self.number, 1 if self.over is None else self.over)


@dataclass(frozen=True)
class Total:
    """A sum over places, and which of them are not in it."""

    parts: Mapping[Place, int]
    owed: frozenset[Place]

    @property
    def sum(self) -> int:
        return sum(self.parts.values())

    @property
    def whole(self) -> bool:
        return set(self.parts) == self.owed

    @property
    def value(self) -> Value:
        """As printed: with a mark where something is missing, blank where everything is."""
        units = {unit for unit, _, _ in self.owed}
        lacking = {unit for unit, _, _ in self.owed - set(self.parts)}
        coverage = {"units_in": len(units - lacking), "units_of": len(units)}
        if not self.parts:
            return Value(symbol="missing", **coverage)
        return Value(self.sum, symbol="" if self.whole else "partial", **coverage)


class Counted:
    """The papers of one month that count."""

    def __init__(self, month: Month, without: Collection[str] = ()) -> None:
        self.cells: Cells = {place: seen for place, seen in papers(month).items() if place[0] not in without}

    def total(self, name: str, banks: Collection[str], counties: Collection[str]) -> Total:
        names = NPL if name == "npl_amount" else (name,)
        owed = frozenset(_owed(name, banks, counties))
        return Total({p: sum(self.cells[p][n] for n in names) for p in owed if p in self.cells}, owed)


def _owed(name: str, banks: Collection[str], counties: Collection[str]) -> list[Place]:
    if name in COUNTY_RETURN:
        return [(f"fin-{county}", COUNTY, county) for county in counties]
    if name == "target_amount":
        return [(OFFICE, bank, county) for bank in banks for county in counties]
    return [(f"rcb-{c}" if bank == "rcb" else bank, bank, c) for bank in banks for c in counties]


Annex = dict[tuple[str, str, str], Value]
"""(part, row, figure) → what must stand there."""


def annex(number: int, month: Month, without: Collection[str] = ()) -> Annex:
    """All figures of an annex of a month in which these reporting units are not in; the months before are complete."""
    made: Annex = {}
    everyone = BANKS if number == 2 else (ANNEX_OF[number],)
    if number == 2:
        banks = {"total": everyone, **{bank: (bank,) for bank in everyone}}
        rows = {row: _row(number, month, without, one, COUNTIES, row in BANKS) for row, one in banks.items()}
        made |= _ranked("institutions", rows)
    counties = {"total": COUNTIES, **{county: (county,) for county in COUNTIES}}
    rows = {row: _row(number, month, without, everyone, some, False) for row, some in counties.items()}
    return made | _ranked("counties", rows)


def _row(
    number: int,
    month: Month,
    without: Collection[str],
    banks: Collection[str],
    counties: Collection[str],
    one_bank_of_many: bool,
) -> dict[str, Value]:
    now, year_ago, december = Counted(month, without), Counted(month.year_before), Counted(month.year_start)

    def total(name: str, when: Counted = now) -> Total:
        return when.total(name, banks, counties)

    row = {name: total(name).value for name in (*STATEMENT, "target_amount")}
    row |= _growth("disbursed_amount_ytd_yoy", total("disbursed_amount_ytd"), total("disbursed_amount_ytd", year_ago))
    row |= _change("outstanding_amount_change", total("outstanding_amount"), total("outstanding_amount", december))
    row["past_due_ratio"] = _share(total("past_due_amount"), total("outstanding_amount"))
    row["npl_ratio"] = _share(total("npl_amount"), total("outstanding_amount"))
    row["target_completion_ratio"] = _against(total("disbursed_amount_ytd"), total("target_amount"))
    if number == 2:
        registered = total("registered_households")
        row["lending_coverage_ratio"] = _against(total("disbursed_households_cum"), registered)
        row["loan_household_ratio"] = _against(total("outstanding_households"), registered)
        row |= _growth("outstanding_amount_yoy", total("outstanding_amount"), total("outstanding_amount", year_ago))
        for name in COUNTY_RETURN:
            row[name] = Value(symbol="not_applicable") if one_bank_of_many else total(name).value
    return row


def _growth(name: str, now: Total, base: Total) -> dict[str, Value]:
    """Against a base that is complete; beside a partial total, the same over what is there now."""
    if not now.parts:
        return {name: Value(symbol="missing")}
    then = sum(base.parts[place] for place in now.parts)
    if then == 0:
        return {name: Value(symbol="base_zero")}
    grown = Value(now.sum - then, then)
    return {name: grown} if now.whole else {name: Value(symbol="not_computed"), f"{name}_matched": grown}


def _change(name: str, now: Total, base: Total) -> dict[str, Value]:
    if not now.parts:
        return {name: Value(symbol="missing")}
    changed = Value(now.sum - sum(base.parts[place] for place in now.parts))
    return {name: changed} if now.whole else {name: Value(symbol="not_computed"), f"{name}_matched": changed}


def _share(part: Total, of: Total) -> Value:
    """Both sides from the same papers: a partial total still has its share."""
    if not of.parts:
        return Value(symbol="missing")
    return Value(part.sum, of.sum, symbol="" if of.whole else "partial")


def _against(part: Total, of: Total) -> Value:
    """Sides from different papers: only where both are whole."""
    if not part.parts or not of.parts:
        return Value(symbol="missing")
    return Value(part.sum, of.sum) if part.whole and of.whole else Value(symbol="not_computed")


def _ranked(part: str, rows: Mapping[str, dict[str, Value]]) -> Annex:
    """Ranks on exact quotients among the rows without gaps, largest first, equals alike: 1, 2, 2, 4."""
    for rank, ratio in (
        ("target_rank", "target_completion_ratio"),
        ("lending_coverage_rank", "lending_coverage_ratio"),
    ):
        racing = {
            row: seen[ratio].exact
            for row, seen in rows.items()
            if row != "total" and ratio in seen and seen[ratio].number is not None and not seen[ratio].symbol
        }
        for row, seen in rows.items():
            if ratio not in seen:
                continue
            if row in racing:
                place = 1 + sum(other > racing[row] for other in racing.values())
                seen[rank] = Value(place, rank=place, rank_of=len(racing))
                seen[ratio] = replace(seen[ratio], rank=place)
            else:
                seen[rank] = Value(symbol="not_applicable" if row == "total" else seen[ratio].symbol)
    return {(part, row, name): value for row, seen in rows.items() for name, value in seen.items()}
