"""Invented cities as catalogues and facts: a small one to be worked by hand, a large one of realistic size."""

from __future__ import annotations

import random

from pipeline.catalog import load_catalog
from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.catalog import Catalog, Profile
from pipeline.catalog.forms import Column, Form
from pipeline.catalog.policy import Parameter, Policy, PolicyValue
from pipeline.catalog.registers import (
    AreaEntry,
    AreaName,
    AreaRegister,
    Duty,
    Institution,
    ReportingUnit,
    UnitName,
    UnitRegister,
)
from pipeline.periods import Month
from pipeline.transform.facts import Facts

MARCH = Month(2018, 3)
WAN = 1_000_000

SUMMED = (
    "credit_line_households",
    "credit_line_amount",
    "disbursed_households_mtd",
    "disbursed_amount_mtd",
    "disbursed_households_ytd",
    "disbursed_amount_ytd",
    "disbursed_households_cum",
    "disbursed_amount_cum",
    "outstanding_households",
    "outstanding_amount",
    "past_due_households",
    "past_due_amount",
    "substandard_amount",
    "doubtful_amount",
    "loss_amount",
)
"""The indicators of a statement that annexes add up, in the order in which the tables below give them."""


def annex_layouts(*numbers: int) -> dict[int, AnnexLayout]:
    """The real layouts."""
    real = load_catalog().annexes
    return {number: real[number] for number in numbers}


def _form(code: str, frequency: str, *indicators: str) -> Form:
    columns = tuple(
        Column(code=name, label=name, unit="万元" if "amount" in name else "户", kind="stock", required=True)
        for name in indicators
    )
    return Form(code=code, name=code, frequency=frequency, reference="虚构", columns=columns)


def _catalog(
    areas: dict[str, str], lenders: dict[str, str], units: list[ReportingUnit], annexes: dict[int, AnnexLayout]
) -> Catalog:
    counties = [
        AreaEntry(id=area, order=order, names=(AreaName(name=name),))
        for order, (area, name) in enumerate(areas.items())
    ]
    inside = AreaEntry(id="inside", order=99, names=(AreaName(name="城中新区"),), within=next(iter(areas)))
    offices = [
        ReportingUnit(
            id=f"fin-{area}",
            order=100 + order,
            names=(UnitName(name=f"{name}金融办"),),
            areas=(area,),
            duties=(Duty(form="C01"),),
        )
        for order, (area, name) in enumerate(areas.items())
    ]
    office = ReportingUnit(id="office", order=200, names=(UnitName(name="本办"),), duties=(Duty(form="T01"),))
    definitions = {
        "投放面": {"numerator": "disbursed_households_cum", "denominator": "registered_households"},
        "投放量": {"numerator": "disbursed_amount_ytd"},
        "贷款增速": {"numerator": "outstanding_amount", "base": "year_before"},
    }
    figures = Parameter(
        name="assessment_figures",
        title="考核指标",
        unit="口径",
        values=(PolicyValue(value=definitions, working="文件未下定义"),),
    )
    return Catalog(
        profile=Profile(id="invented", city="虚构市", office="虚构市金融工作办公室", institution_titles=lenders),
        areas=AreaRegister(entries=(*counties, inside)),
        units=UnitRegister(
            institutions=tuple(
                Institution(id=name, order=order, name=title) for order, (name, title) in enumerate(lenders.items())
            ),
            units=(*units, *offices, office),
        ),
        forms={
            "M01": _form("M01", "month", "registered_households", *SUMMED),
            "C01": _form("C01", "month", "registered_households", "fund_balance_amount", "mirror_outstanding_amount"),
            "T01": _form("T01", "year", "target_amount"),
        },
        layouts=(),
        policy=Policy(parameters={"assessment_figures": figures}),
        annexes=annexes,
        tables=(),
        fingerprint="",
    )


def bank(unit: str, order: int, name: str, institution: str, *areas: str, since: Month | None = None) -> ReportingUnit:
    """A reporting unit that owes the monthly statement."""
    return ReportingUnit(
        id=unit,
        order=order,
        names=(UnitName(name=name),),
        institution=institution,
        areas=areas,
        duties=(Duty(form="M01", since=since),),
    )


# ------------------------------------------------------------------ two counties, three banks


def small_catalog(*more: ReportingUnit) -> Catalog:
    """北山县 and 南河县: a 农商银行 each, and one 农业银行 for both."""
    units = [
        bank("rcb-north", 1, "北山农商银行", "rcb", "north"),
        bank("rcb-south", 2, "南河农商银行", "rcb", "south"),
        bank("abc", 3, "农业银行虚构分行", "abc", "north", "south"),
        *more,
    ]
    lenders = {"rcb": "农商银行", "abc": "农业银行"}
    catalog = _catalog({"north": "北山县", "south": "南河县"}, lenders, units, annex_layouts(2, 3, 5))
    if not more:
        return catalog
    other = Institution(id="other:village", order=9, name="村镇银行")
    register = UnitRegister(institutions=(*catalog.units.institutions, other), units=catalog.units.units)
    return catalog.model_copy(update={"units": register})


NORTH, SOUTH = ("rcb-north", "rcb", "north"), ("rcb-south", "rcb", "south")
ABC_NORTH, ABC_SOUTH = ("abc", "abc", "north"), ("abc", "abc", "south")

#                    credit     this month   this year  since ever  outstanding  past due  三类不良 in 万元
_STATEMENTS = {
    NORTH: (120, 600, 10, 50, 30, 150, 100, 480, 90, 400, 2, 4, 2, 1, 1),
    SOUTH: (80, 400, 8, 40, 20, 100, 70, 350, 60, 300, 1, 3, 3, 0, 0),
    ABC_NORTH: (60, 300, 5, 25.005, 15, 75, 50, 250, 45, 200, 0, 0, 0, 0, 0),
    ABC_SOUTH: (40, 200, 0, 0, 5, 25, 30, 150, 25, 100, 0, 0, 1, 0.5, 0),
}
_LAST_YEAR = {NORTH: (100, 320), SOUTH: (80, 250), ABC_NORTH: (0, 100), ABC_SOUTH: (20, 80)}
_DECEMBER = {NORTH: 380, SOUTH: 310, ABC_NORTH: 160, ABC_SOUTH: 100}
_TARGETS = {NORTH: 300, SOUTH: 250, ABC_NORTH: 200, ABC_SOUTH: 100}
_COUNTIES = {"north": (200, 50), "south": (150, 30)}


def _scaled(indicator: str, number: float) -> int:
    return round(number * WAN) if indicator.endswith("_amount") or "_amount_" in indicator else int(number)


def small_facts(without: frozenset[str] = frozenset()) -> dict[str, Facts]:
    """March 2018, March and December 2017 and the targets; `without` leaves reporting units out of March 2018."""
    march: dict[tuple[str, str, str, str], int] = {}
    for place, numbers in _STATEMENTS.items():
        march |= {(*place, name): _scaled(name, number) for name, number in zip(SUMMED, numbers, strict=True)}
        # what a bank says of the register, and an area inside a county: neither may be added to anything
        march[(*place, "registered_households")] = 7
        march[(place[0], place[1], "inside", "outstanding_amount")] = 9 * WAN
    for area, (households, fund) in _COUNTIES.items():
        march[(f"fin-{area}", "", area, "registered_households")] = households
        march[(f"fin-{area}", "", area, "fund_balance_amount")] = fund * WAN
        march[(f"fin-{area}", "rcb", area, "mirror_outstanding_amount")] = 5 * WAN
    march = {key: value for key, value in march.items() if key[0] not in without}
    last_year = {
        (*place, name): number * WAN
        for place, numbers in _LAST_YEAR.items()
        for name, number in zip(("disbursed_amount_ytd", "outstanding_amount"), numbers, strict=True)
    }
    december = {(*place, "outstanding_amount"): number * WAN for place, number in _DECEMBER.items()}
    targets = {("office", *place[1:], "target_amount"): number * WAN for place, number in _TARGETS.items()}
    banks, offices = {"rcb-north", "rcb-south", "abc"}, {"fin-north", "fin-south"}
    return {
        "2018-03": Facts("2018-03", march, {"M01": frozenset(banks - without), "C01": frozenset(offices - without)}),
        "2017-03": Facts("2017-03", last_year, {"M01": frozenset(banks)}),
        "2017-12": Facts("2017-12", december, {"M01": frozenset(banks)}),
        "2018": Facts("2018", targets, {"T01": frozenset({"office"})}),
    }


# ------------------------------------------------------------------ ten counties of realistic size

TEN = {
    "hanbin": "汉滨区",
    "hanyin": "汉阴县",
    "shiquan": "石泉县",
    "ningshan": "宁陕县",
    "ziyang": "紫阳县",
    "langao": "岚皋县",
    "pingli": "平利县",
    "zhenping": "镇坪县",
    "xunyang": "旬阳县",
    "baihe": "白河县",
}


def large_catalog() -> Catalog:
    """Ten counties, three institutions, twelve reporting banks."""
    units = [
        bank(f"rcb-{area}", order, f"{name[:-1]}农商银行", "rcb", area)
        for order, (area, name) in enumerate(TEN.items())
    ]
    units += [bank("psbc", 20, "邮储银行安康市分行", "psbc", *TEN), bank("abc", 21, "农业银行安康分行", "abc", *TEN)]
    lenders = {"rcb": "农商银行", "psbc": "邮储银行", "abc": "农业银行"}
    catalog = _catalog(TEN, lenders, units, annex_layouts(2, 3, 4, 5))
    return catalog


def large_facts(seed: int, without: frozenset[str] = frozenset()) -> dict[str, Facts]:
    """Invented figures to the fen; `without` leaves reporting units out of March 2018."""
    dice = random.Random(seed)
    places = [(f"rcb-{area}", "rcb", area) for area in TEN]
    places += [(name, name, area) for name in ("psbc", "abc") for area in TEN]
    months: dict[str, dict[tuple[str, str, str, str], int]] = {"2018-03": {}, "2017-12": {}, "2017-03": {}}
    targets = {}
    for place in places:
        scale = {"rcb": 1.8, "psbc": 0.4, "abc": 0.3}[place[1]] * dice.uniform(0.4, 2.5)
        for period, growth in (("2017-03", 0.6), ("2017-12", 0.9), ("2018-03", 1.0)):
            numbers = _statement(dice, scale * growth)
            months[period] |= {(*place, name): number for name, number in zip(SUMMED, numbers, strict=True)}
        targets["office", place[1], place[2], "target_amount"] = round(scale * 900) * WAN
    for area in TEN:
        months["2018-03"][f"fin-{area}", "", area, "registered_households"] = dice.randint(6_000, 40_000)
        months["2018-03"][f"fin-{area}", "", area, "fund_balance_amount"] = dice.randint(500, 4_000) * WAN + 123_456
    banks = frozenset(place[0] for place in places)
    offices = frozenset(f"fin-{area}" for area in TEN)
    now = {key: value for key, value in months["2018-03"].items() if key[0] not in without}
    return {
        "2018-03": Facts("2018-03", now, {"M01": banks - without, "C01": offices - without}),
        "2017-12": Facts("2017-12", months["2017-12"], {"M01": banks}),
        "2017-03": Facts("2017-03", months["2017-03"], {"M01": banks}),
        "2018": Facts("2018", targets, {"T01": frozenset({"office"})}),
    }


def _statement(dice: random.Random, scale: float) -> list[int]:
    """One place's figures in the order of SUMMED."""
    households = round(900 * scale * dice.uniform(0.8, 1.2))
    outstanding = round(households * dice.uniform(3.2, 4.6) * WAN)
    substandard, doubtful, loss = (round(outstanding * dice.uniform(0, 0.006)) for _ in range(3))
    this_month, this_year, ever = round(households * 0.05), round(households * 0.2), round(households * 1.6)
    return [
        round(households * 1.5),
        round(outstanding * 1.4),
        this_month,
        round(this_month * 4.1 * WAN) + dice.randint(0, 99),
        this_year,
        round(this_year * 4.2 * WAN) + dice.randint(0, 999_999),
        ever,
        round(ever * 4.3 * WAN) + dice.randint(0, 999_999),
        households,
        outstanding,
        round(households * 0.01),
        round(outstanding * dice.uniform(0, 0.012)),
        substandard,
        doubtful,
        loss,
    ]
