"""Annexes 2 to 5 of a complete month and of one with the planted defects, against the loans themselves."""

from __future__ import annotations

import pytest

from pipeline.periods import Month
from tests.month import expected, loans_truth
from tests.month.printed import as_shown, printed_annex
from tests.month.road import ANNEXES, annex_rows, differences

MONTHS = {"2018-02": (), "2018-03": ("rcb-hanyin", "rcb-zhenping")}
"""Month → reporting units whose figures must not be in: rejected for 元 under a 万元 caption; never sent."""

CASES = [(period, number) for period in MONTHS for number in ANNEXES]


@pytest.mark.parametrize(("period", "number"), CASES)
def test_csv_is_what_the_loans_come_to(released, period, number):
    worked_out = expected.annex(number, Month.parse(period), MONTHS[period])
    assert differences(annex_rows(released.folder, period, number), worked_out) == []


@pytest.mark.parametrize(("period", "number"), CASES)
def test_workbook_caches_what_the_loans_come_to(released, period, number):
    """Amounts as 万元 with all six decimals, ratios as the nearest double of the exact quotient."""
    worked_out = expected.annex(number, Month.parse(period), MONTHS[period])
    printed = printed_annex(released.folder / "output" / period, number)
    wanted = {place: value for place, value in worked_out.items() if not place[2].endswith("_matched")}
    assert printed.keys() == wanted.keys()
    wrong = {
        place: (printed[place], as_shown(place[2], value))
        for place, value in wanted.items()
        if printed[place] != as_shown(place[2], value)
    }
    assert wrong == {}


@pytest.mark.parametrize("period", MONTHS)
def test_rows_are_named_and_ordered_as_the_register_says(released, period):
    for number in ANNEXES:
        rows = dict.fromkeys((row["part"], row["row_label"]) for row in annex_rows(released.folder, period, number))
        counties = [("counties", "合计"), *(("counties", name) for name in expected.NAME.values())]
        banks = [("institutions", "合计"), *(("institutions", name) for name in expected.TITLE.values())]
        assert list(rows) == ([*banks, *counties] if number == 2 else counties)


@pytest.mark.parametrize(
    ("why", "number", "part", "row", "figure", "symbol"),
    [
        ("the total lacks two banks", 3, "counties", "total", "outstanding_amount", "partial"),
        ("so it does not grow", 3, "counties", "total", "disbursed_amount_ytd_yoy", "not_computed"),
        ("nor change since the year's start", 3, "counties", "total", "outstanding_amount_change", "not_computed"),
        ("nor fulfil its target", 3, "counties", "total", "target_completion_ratio", "not_computed"),
        ("but what is in it has a share past due", 3, "counties", "total", "past_due_ratio", "partial"),
        ("what was not sent is blank, not zero", 3, "counties", "zhenping", "outstanding_amount", "missing"),
        ("what was rejected is not in", 3, "counties", "hanyin", "outstanding_amount", "missing"),
        ("a row with a gap has no rank", 3, "counties", "hanyin", "target_rank", "missing"),
        ("the city lacks the same two", 2, "counties", "total", "disbursed_amount_cum", "partial"),
        ("and so do the county's own rows", 2, "counties", "hanyin", "outstanding_amount", "partial"),
        (
            "which are not held against all its families",
            2,
            "counties",
            "hanyin",
            "lending_coverage_ratio",
            "not_computed",
        ),
        ("the bank's row too", 2, "institutions", "rcb", "target_completion_ratio", "not_computed"),
        ("targets are all there", 3, "counties", "total", "target_amount", ""),
        ("other counties are whole", 2, "counties", "xunyang", "disbursed_amount_ytd_yoy", ""),
        ("other banks are whole", 4, "counties", "total", "disbursed_amount_ytd_yoy", ""),
    ],
)
def test_what_a_gap_does(released, why, number, part, row, figure, symbol):
    """The same figures in words, so that the formulas of `expected` are not their own judge."""
    rows = annex_rows(released.folder, "2018-03", number)
    found = [line for line in rows if (line["part"], line["row"], line["figure"]) == (part, row, figure)]
    assert [line["symbol"] for line in found] == [symbol], why
    assert bool(found[0]["value"]) == (symbol in ("", "partial")), why


def test_eight_counties_take_part_in_the_ranking(released):
    """Ten county banks, two of them not in: the best of eight is first, and each row says of how many."""
    rows = [r for r in annex_rows(released.folder, "2018-03", 3) if r["figure"] == "target_rank" and r["value"]]
    assert sorted(int(row["value"]) for row in rows) == list(range(1, 9))
    assert {row["denominator"] for row in rows} == {"8"}


def test_annex_two_agrees_with_the_banks_own(released):
    """A bank's row in annex 2 is that bank's total in its own annex, and both totals of annex 2 are the same."""
    for period in MONTHS:
        summary = {(r["part"], r["row"], r["figure"]): r for r in annex_rows(released.folder, period, 2)}
        for number, bank in expected.ANNEX_OF.items():
            own = [r for r in annex_rows(released.folder, period, number) if r["row"] == "total"]
            for row in own:
                if row["figure"] in expected.STATEMENT or row["figure"] == "target_amount":
                    assert summary["institutions", bank, row["figure"]]["value"] == row["value"]
        for (part, row, figure), cell in summary.items():
            if part == "institutions" and row == "total":
                assert summary["counties", row, figure]["value"] == cell["value"]


def test_households_are_distinct_within_a_bank(released):
    """A family that one bank lent to twice is one household, however many loans it had."""
    book = loans_truth.sample_city().books["psbc", "hanbin"]
    loans = [loan for loan in book.loans if loan.disbursed <= 2018 * 12 + 1]
    rows = {(r["row"], r["figure"]): r["value"] for r in annex_rows(released.folder, "2018-02", 4)}
    families = {loan.household.number for loan in loans}
    assert int(rows["hanbin", "disbursed_households_cum"]) == len(families) < len(loans)


@pytest.mark.parametrize("period", MONTHS)
def test_generator_counts_its_loans_the_same_way(period):
    """Both ways to count the loans, the generator's and this one's, come to the same papers."""
    month, city = Month.parse(period), loans_truth.sample_city()
    for (unit, bank, county), figures in loans_truth.papers(month).items():
        if bank in city_banks(unit):
            statement = city.reported(unit, month)
            assert figures == {name: statement[county, name] for name in figures}, (unit, county)


def city_banks(unit: str) -> tuple[str, ...]:
    """The bank that a unit's statement is about; none for county offices and the targets."""
    return tuple(bank for bank in loans_truth.BANKS if unit.partition("-")[0] == bank)
