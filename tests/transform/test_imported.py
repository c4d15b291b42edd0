"""Imported figures as bases: never published, never mistaken for all there was.

The city is that of `tests.cities`: in March 2018 lent this year 150 + 100 + 75 + 25 = 350, outstanding
400 + 300 + 200 + 100 = 1000; a year before 100 + 80 + 0 + 20 = 200; at the year's start 380 + 310 + 160 + 100 = 950.
Here its banks report since January 2018 only: whatever is known of 2017 was imported.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.registers import UnitRegister
from pipeline.model import ImportedFigure, Symbol
from pipeline.periods import Month
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from pipeline.transform.imported import LONGEST_NOTE, bases_used
from tests.cities import (
    ABC_NORTH,
    ABC_SOUTH,
    MARCH,
    NORTH,
    SOUTH,
    TEN,
    WAN,
    bank,
    large_catalog,
    large_facts,
    small_catalog,
    small_facts,
)

START = Month(2018, 1)
SOURCE = "2017年统计年报"


def young_catalog(*more) -> Catalog:
    """The small city, whose banks owe statements since the start of 2018."""
    whole = small_catalog(*more)
    units = tuple(
        unit.model_copy(update={"duties": tuple(duty.model_copy(update={"since": START}) for duty in unit.duties)})
        if unit.institution
        else unit
        for unit in whole.units.units
    )
    return whole.model_copy(update={"units": UnitRegister(institutions=whole.units.institutions, units=units)})


def imported(facts: dict[str, Facts], without=(), sources=None) -> dict[str, Facts]:
    """The same facts, those of 2017 imported; `without` leaves out keys that start so."""
    told = dict(facts)
    for period in ("2017-12", "2017-03"):
        figures = {
            key: ImportedFigure(
                period, key[0], "M01", key[1], key[2], key[3], value, (sources or {}).get(key[0], SOURCE), "旧.xlsx",
                "f" * 64, "表", f"E{number}",
            )
            for number, (key, value) in enumerate(facts[period].values.items(), start=2)
            if not any(key[: len(part)] == part for part in without)
        }  # fmt: skip
        told[period] = Facts(period, {}, {}, imported=figures)
    return told


def table(annex: int, facts: dict[str, Facts], catalog: Catalog | None = None):
    return annex_tables(MARCH, facts, catalog or young_catalog(), {})[annex]


def row(annex: int, name: str, facts: dict[str, Facts], part: str = "counties", catalog: Catalog | None = None):
    parts = {part.id: part for part in table(annex, facts, catalog).parts}
    return next(row.figures for row in parts[part].rows if row.id == name)


def test_without_an_import_there_is_no_base():
    figures = row(2, "total", {"2018-03": small_facts()["2018-03"]})
    assert figures["disbursed_amount_ytd_yoy"].symbol is Symbol.BASE_MISSING
    assert figures["outstanding_amount_change"].symbol is Symbol.BASE_MISSING


def test_imported_bases_give_the_growth_that_reported_ones_would():
    facts = imported(small_facts())
    figures = row(2, "total", facts)
    growth, change = figures["disbursed_amount_ytd_yoy"], figures["outstanding_amount_change"]
    assert Fraction(growth.numerator, growth.denominator) == Fraction(150, 200)
    assert (change.numerator, change.base) == (50 * WAN, 950 * WAN)
    # all rows of all annexes, as if the banks had reported it then
    for annex in (2, 3, 5):
        reported = annex_tables(MARCH, small_facts(), young_catalog(), {})[annex]
        assert table(annex, facts).parts == reported.parts


def test_a_base_that_covers_some_places_only_is_no_base_of_the_total():
    """农业银行 is imported for 北山 and not for 南河: its own row and the city's cannot be compared, 北山 can."""
    facts = imported(small_facts(), without=[ABC_SOUTH])
    for annex, name in ((2, "total"), (5, "total"), (5, "south"), (2, "south")):
        figure = row(annex, name, facts)["outstanding_amount_change"]
        assert figure.numerator is None, (annex, name)
    assert row(2, "total", facts)["outstanding_amount_change"].symbol is Symbol.NOT_COMPUTED
    assert row(5, "south", facts)["outstanding_amount_change"].symbol is Symbol.BASE_MISSING
    assert row(2, "north", facts)["outstanding_amount_change"].numerator == 60 * WAN  # 600 less 540
    beside = row(2, "total", facts)["outstanding_amount_change_matched"]
    assert beside.numerator == 50 * WAN, "900 less 850: without 南河 of 农业银行 on both sides"
    yoy = row(2, "total", facts)["disbursed_amount_ytd_yoy_matched"]
    assert Fraction(yoy.numerator, yoy.denominator) == Fraction(325 - 180, 180)
    note = "对比基期2017年12月不含：农业银行虚构分行（南河县），有关合计的较年初增减不计算。"
    assert note in table(2, facts).notes
    assert note in table(5, facts).notes
    assert note not in table(3, facts).notes


def test_a_bank_that_is_not_in_the_import_at_all_is_named():
    facts = imported(small_facts(), without=[("rcb-south",)])
    assert row(3, "total", facts)["disbursed_amount_ytd_yoy"].symbol is Symbol.NOT_COMPUTED
    assert "对比基期2017年3月不含：南河农商银行，有关合计的同比不计算。" in table(3, facts).notes


def test_an_indicator_that_is_not_imported_is_a_gap():
    without = [(*ABC_NORTH, "disbursed_amount_ytd")]
    facts = imported(small_facts(), without=without)
    assert row(5, "total", facts)["disbursed_amount_ytd_yoy"].symbol is Symbol.NOT_COMPUTED
    assert row(5, "total", facts)["outstanding_amount_change"].numerator == 40 * WAN
    assert "对比基期2017年3月不含：农业银行虚构分行（北山县），有关合计的同比不计算。" in table(5, facts).notes


def test_a_new_bank_needs_its_zero():
    """Whether a bank that reports since 2018 lent nothing before is not for the program to say."""
    catalog = young_catalog(bank("village", 9, "北山村镇银行", "other:village", "north"))
    facts = imported(small_facts())
    now = facts["2018-03"]
    key = ("village", "other:village", "north")
    values = {**now.values, (*key, "outstanding_amount"): 7 * WAN, (*key, "disbursed_amount_ytd"): WAN}
    units = {**now.units_in, "M01": now.units_in["M01"] | {"village"}}
    facts["2018-03"] = Facts("2018-03", values, units)
    assert row(2, "total", facts, catalog=catalog)["outstanding_amount_change"].symbol is Symbol.NOT_COMPUTED
    december = facts["2017-12"]
    zero = ImportedFigure("2017-12", *("village", "M01", "other:village", "north", "outstanding_amount"), 0, "开业批复", "旧.xlsx", "f" * 64, "表", "E99")  # fmt: skip
    more = {**december.imported, (*key, "outstanding_amount"): zero}
    facts["2017-12"] = Facts("2017-12", {}, {}, imported=more)
    assert row(2, "total", facts, catalog=catalog)["outstanding_amount_change"].numerator == 57 * WAN


def test_what_is_reported_goes_before_what_is_imported():
    """In a month that banks do owe: three have reported, the import of the fourth fills its gap."""
    facts = imported(small_facts())
    december = small_facts()["2017-12"]
    reported = {key: value for key, value in december.values.items() if key[0] != "rcb-south"}
    left = {key: figure for key, figure in facts["2017-12"].imported.items() if key not in reported}
    facts["2017-12"] = Facts("2017-12", reported, {"M01": frozenset({"rcb-north", "abc"})}, imported=left)
    assert row(2, "total", facts, catalog=small_catalog())["outstanding_amount_change"].numerator == 50 * WAN
    notes = table(3, facts, small_catalog()).notes
    assert f"对比基期2017年12月：南河农商银行的数据为补录的历史数据，来源：{SOURCE}。" in notes
    assert facts["2017-12"].as_base == december.values


def test_imported_figures_of_the_month_itself_are_never_published():
    facts = small_facts(frozenset({"rcb-south"}))
    now = facts["2018-03"]
    figure = ImportedFigure("2018-03", "rcb-south", "M01", "rcb", "south", "outstanding_amount", 5, "x", "旧.xlsx", "f" * 64, "表", "E2")  # fmt: skip
    facts["2018-03"] = Facts("2018-03", now.values, now.units_in, imported={(*SOUTH, "outstanding_amount"): figure})
    without = small_facts(frozenset({"rcb-south"}))
    assert annex_tables(MARCH, facts, small_catalog(), {}) == annex_tables(MARCH, without, small_catalog(), {})


def test_of_which_areas_are_left_out_of_a_base():
    facts = imported(small_facts())
    inside = ImportedFigure("2017-12", "abc", "M01", "abc", "inside", "outstanding_amount", 9 * WAN, "x", "旧.xlsx", "f" * 64, "表", "E9")  # fmt: skip
    more = {**facts["2017-12"].imported, ("abc", "abc", "inside", "outstanding_amount"): inside}
    facts["2017-12"] = Facts("2017-12", {}, {}, imported=more)
    assert row(2, "total", facts)["outstanding_amount_change"].numerator == 50 * WAN
    assert all(figure.area != "inside" for figure in bases_used(MARCH, facts, young_catalog()))


# ------------------------------------------------------------------ sources


def test_each_base_names_its_sources_under_each_annex():
    sources = {"rcb-north": "联社年报", "rcb-south": "联社年报"}
    facts = imported(small_facts(), sources=sources)
    for month in ("2017年3月", "2017年12月"):
        both = (
            f"对比基期{month}：北山农商银行、南河农商银行的数据为补录的历史数据，来源：联社年报；"
            f"农业银行虚构分行的数据为补录的历史数据，来源：{SOURCE}。"
        )
        assert both in table(2, facts).notes
        assert f"对比基期{month}：农业银行虚构分行的数据为补录的历史数据，来源：{SOURCE}。" in table(5, facts).notes
    assert not [note for note in table(2, small_facts()).notes if "补录" in note]


def test_many_sources_are_counted():
    facts = imported(large_facts(1))
    paged = {
        key: replace(figure, source=f"台账第{list(TEN).index(figure.area) + 1}页。")
        for key, figure in facts["2017-12"].imported.items()
    }
    facts["2017-12"] = Facts("2017-12", {}, {}, imported=paged)
    (note,) = (n for n in table(5, facts, large_catalog()).notes if n.startswith("对比基期2017年12月"))
    assert note.endswith("台账第4页、台账第5页、台账第6页等10处。")
    assert len(note) < 120


def test_a_note_is_no_longer_than_its_cell():
    """Twelve banks, each with a source as long as one may be: what is left out is counted, and stands in release.json."""
    facts = imported(large_facts(1))
    wordy = {
        key: replace(figure, source=f"{figure.unit}{'档' * (100 - len(figure.unit))}")
        for key, figure in facts["2017-12"].imported.items()
    }
    facts["2017-12"] = Facts("2017-12", {}, {}, imported=wordy)
    (note,) = (n for n in table(2, facts, large_catalog()).notes if n.startswith("对比基期2017年12月"))
    assert LONGEST_NOTE - 200 < len(note) < LONGEST_NOTE + 60
    named = [unit for unit in large_catalog().units.by_id if f"来源：{unit}档" in note]
    assert note.endswith(f"；另有{12 - len(named)}家的数据也是补录的，来源见 release.json。")
    assert 0 < len(named) < 12
    banks = {unit.id for unit in large_catalog().units.units if unit.institution}
    assert {figure.unit for figure in bases_used(MARCH, facts, large_catalog())} == banks


@pytest.mark.parametrize("length", [1, 40, 100])
def test_sources_of_one_unit_are_named_in_a_hundred_characters_or_the_first_alone(length):
    facts = imported(small_facts())
    numbered = {
        key: replace(figure, source=f"{number}{'页' * (length - 1)}")
        for number, (key, figure) in enumerate(sorted(facts["2017-12"].imported.items()))
    }
    facts["2017-12"] = Facts("2017-12", {}, {}, imported=numbered)
    (note,) = (n for n in table(5, facts).notes if n.startswith("对比基期2017年12月"))
    assert len(note) < 100 + 60
    assert note.endswith("等2处。" if length > 49 else "页。" if length > 1 else "1。")


@pytest.mark.parametrize("without", [[], [ABC_SOUTH]])
def test_a_release_can_list_the_figures_that_it_is_compared_with(without):
    facts = imported(small_facts(), without=without)
    used = bases_used(MARCH, facts, young_catalog())
    assert {figure.period for figure in used} == {"2017-03", "2017-12"}
    # four places: two figures of March 2017 (同比, 贷款增速), one of December (较年初)
    assert len(used) == (4 if not without else 3) * 3
    assert {figure.unit for figure in used} == {NORTH[0], SOUTH[0], "abc"}
    assert used == sorted(used, key=lambda f: f.period)
    assert bases_used(MARCH, small_facts(), small_catalog()) == []
