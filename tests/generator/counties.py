"""What a county's finance office returns (form C01), exactly: its fund, its service posts, and the banks' mirror.

Amounts are fen, counts whole numbers. A county's own numbers come from a random stream of its own; they only ever
grow within a year, and a longer run begins with the same months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random

from pipeline.money import FEN_PER_WAN
from tests.generator.lending import FIRST
from tests.generator.months import january
from tests.generator.places import County

TEXTS: tuple[str, ...] = ("mechanism_established", "mechanism_document", "mechanism_date")

MIRRORED: dict[str, str] = {
    "mirror_disbursed_households_ytd": "disbursed_households_ytd",
    "mirror_disbursed_amount_ytd": "disbursed_amount_ytd",
    "mirror_outstanding_amount": "outstanding_amount",
}
"""Figures of the mirror, and the statement's figure that each repeats."""

_PROJECTS = ("富硒茶园", "生态养殖园", "魔芋种植基地", "食用菌产业园", "中药材示范园", "核桃提质增效园", "蚕桑产业园")
_FUND_MONTHS = (2, 8)
"""March and September: when the budget pays into the fund."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project of financial poverty relief 「金融扶贫项目」; amounts in fen."""

    name: str
    total: int
    invested: int
    loan: int
    status: str


@dataclass(frozen=True, slots=True)
class CountyReturn:
    """C01 of one county and month: numbers by indicator, texts by indicator (mechanism_date is an ISO date)."""

    figures: Mapping[str, int]
    texts: Mapping[str, str]
    mirror: Mapping[tuple[str, str], int]
    """(institution, mirror indicator) → fen or households."""
    projects: tuple[Project, ...]


def registered(base: int, at: int) -> int:
    """Registered poor households that year: each January a few are struck off 「动态调整」, at most a tenth in all."""
    years = max(0, at // 12 - 2017)
    return base - base * min(years, 10) // 100


def eligible(base: int, at: int) -> int:
    """Registered households that qualify for a loan and want one."""
    return registered(base, at) * 68 // 100


def mechanism(seed: int, county: County) -> date:
    """The day on which the county set up its sharing of risks."""
    random = Random(f"{seed}/mechanism/{county.id}")
    return date(random.choice((2015, 2016)), random.randrange(3, 13), random.randrange(5, 28))


def own_figures(seed: int, county: County, at: int, written_off: Mapping[int, int]) -> dict[str, int]:
    """The county's own numbers; `written_off` gives what all banks wrote off there, by month (fen)."""
    random = Random(f"{seed}/county/{county.id}")
    need = round(sum(county.draws) * random.uniform(9.0, 12.0) / 10) * 10 * FEN_PER_WAN
    share = random.choice((30, 40, 50))
    compensated = {month: fen * share // 100 for month, fen in written_off.items()}
    added = {month: _paid_in(seed, county, need, month) for month in range(FIRST, at + 1)}
    year = range(january(at), at + 1)
    known = registered(county.registered, at)
    visited = round(known * _progress(at, 2016 * 12 + random.randrange(8, 14), 0.97))
    scored = round(visited * _progress(at, 2016 * 12 + random.randrange(10, 18), 0.96))
    credit = round(scored * random.uniform(0.55, 0.7))
    villages = round(county.villages * _progress(at, 2017 * 12 + random.randrange(6), 0.5))
    posts_villages = round(county.villages * _progress(at, 2016 * 12 + random.randrange(6, 16), 1.0))
    posts_townships = round(county.townships * _progress(at, 2016 * 12 + random.randrange(0, 8), 1.0))
    return {
        "registered_households": known,
        "eligible_households": eligible(county.registered, at),
        "fund_required_amount": need,
        "fund_balance_amount": sum(added.values()) - sum(compensated.get(m, 0) for m in range(FIRST, at + 1)),
        "fund_added_amount_ytd": sum(added[month] for month in year),
        "fund_compensated_amount_ytd": sum(compensated.get(month, 0) for month in year),
        "posts_county_planned": 1,
        "posts_county_set_up": 1,
        "posts_township_planned": county.townships,
        "posts_township_set_up": posts_townships,
        "posts_village_planned": county.villages,
        "posts_village_set_up": posts_villages,
        "credit_households": credit,
        "credit_villages": villages,
        "credit_townships": min(county.townships, villages * county.townships // (county.villages * 2)),
        "visited_households": visited,
        "scored_households": scored,
    }


def own_texts(seed: int, county: County) -> dict[str, str]:
    """Whether, by which document and when risks came to be shared."""
    day = mechanism(seed, county)
    number = Random(f"{seed}/document/{county.id}").randrange(8, 90)
    return {
        "mechanism_established": "是",
        "mechanism_document": f"示例政办发\u3014{day.year}\u3015{number}号",
        "mechanism_date": day.isoformat(),
    }


def projects(seed: int, county: County, at: int) -> tuple[Project, ...]:
    """One to three projects, on which ever more has been spent."""
    random = Random(f"{seed}/projects/{county.id}")
    names = random.sample(_PROJECTS, 1 + random.randrange(3))
    return tuple(_project(f"{county.short}示例{name}项目", random, at) for name in names)


def _project(name: str, random: Random, at: int) -> Project:
    total = random.randrange(20, 160) * 10 * FEN_PER_WAN
    percent = round(100 * _progress(at, 2017 * 12 + random.randrange(2, 16), 1.0))
    loan = total * random.randrange(30, 61) // 100
    status = "已完工" if percent >= 100 else f"在建，完成投资{percent}%" if percent >= 8 else "前期准备"
    return Project(name, total, total * percent // 100, loan * min(100, percent * 2) // 100, status)


def _paid_in(seed: int, county: County, need: int, month: int) -> int:
    """Paid into the fund in that month: first a good part of what is needed, later what keeps it near full."""
    if month % 12 not in _FUND_MONTHS:
        return 0
    random = Random(f"{seed}/fund/{county.id}/{month}")
    part = random.uniform(0.2, 0.3) if month < FIRST + 24 else random.uniform(0.01, 0.04)
    return round(need * part / FEN_PER_WAN) * FEN_PER_WAN


def _progress(at: int, middle: int, limit: float) -> float:
    """A share that rises along an S-curve to its limit, half-way in month `middle`, nearly done two years later."""
    return limit * min(1.0, 1.01 / (1 + exp(-(at - middle) / 5)))
