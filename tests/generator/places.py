"""Who sends and about where: counties, institutions, their sizes and names. Names are public, figures invented."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class County:
    """A county-level division of the invented city.

    `registered` are the registered poor households 「建档立卡贫困户」 at the start; `draws` are the loans that an
    average month of 2017 brings at rcb, psbc and abc.
    """

    id: str
    name: str
    registered: int
    townships: int
    villages: int
    draws: tuple[float, float, float]

    @property
    def short(self) -> str:
        """「汉滨」, as exports write it."""
        return self.name[:-1]


@dataclass(frozen=True, slots=True)
class OfWhich:
    """An area inside a county: its loans are among the county's own; `share` of the households live there."""

    id: str
    name: str
    within: str
    registered: int
    share: float


COUNTIES: tuple[County, ...] = (
    County("hanbin", "汉滨区", 11_860, 28, 452, (82, 27, 24)),
    County("hanyin", "汉阴县", 4_730, 10, 141, (26, 9, 8)),
    County("shiquan", "石泉县", 3_120, 11, 138, (16, 6, 5.5)),
    County("ningshan", "宁陕县", 1_870, 11, 68, (9, 4, 4)),
    County("ziyang", "紫阳县", 6_940, 17, 175, (34, 11, 10)),
    County("langao", "岚皋县", 4_050, 12, 125, (19, 7, 6)),
    County("pingli", "平利县", 4_410, 11, 137, (24, 8, 7)),
    County("zhenping", "镇坪县", 1_430, 7, 58, (6, 3.5, 3.5)),
    County("xunyang", "旬阳县", 7_560, 21, 281, (46, 15, 13)),
    County("baihe", "白河县", 4_380, 11, 122, (22, 8, 7)),
)
COUNTY: dict[str, County] = {county.id: county for county in COUNTIES}

OF_WHICH: tuple[OfWhich, ...] = (
    OfWhich("gaoxin", "高新区", "hanbin", 640, 0.12),
    OfWhich("hengkou", "恒口示范区", "hanbin", 1_520, 0.20),
)
"""Areas that the Agricultural Bank shows under 汉滨区."""

PLACE: dict[str, County | OfWhich] = COUNTY | {place.id: place for place in OF_WHICH}
"""Counties and of-which areas by id."""

INSTITUTIONS: dict[str, str] = {"rcb": "农商银行", "psbc": "邮储银行", "abc": "农业银行"}
"""Kinds of lenders in the order of the annexes."""

STILL_COOPERATIVES: frozenset[str] = frozenset({"hanyin", "shiquan", "ningshan", "zhenping"})
LAST_COOPERATIVE_MONTH = Month(2017, 6)
"""Until this month some county banks were still called 信用联社."""

STATEMENT_UNITS: tuple[str, ...] = ("abc", "psbc", *(f"rcb-{county.id}" for county in COUNTIES))
"""Reporting units of the bank statement M01."""

RETURN_UNITS: tuple[str, ...] = tuple(f"fin-{county.id}" for county in COUNTIES)
"""Reporting units of the county return C01."""

DEPARTMENTS: dict[str, str] = {"dept-poverty": "安康市扶贫开发局", "dept-pboc": "人民银行安康市中心支行"}
"""City departments that send the measures form Q01 of their own will."""

OFFICE = "office"

OFFICE_NAME = "安康市金融工作办公室"

MARK = "示例数据，纯属虚构"
"""What every file says of itself."""


def institution_of(unit: str) -> str:
    """The institution that a statement's reporting unit belongs to."""
    return unit.partition("-")[0]


def counties_of(unit: str) -> tuple[County, ...]:
    """The counties that a reporting unit must report on."""
    _, _, area = unit.partition("-")
    return (COUNTY[area],) if area else COUNTIES


def of_which_of(unit: str) -> tuple[OfWhich, ...]:
    """The of-which areas that a reporting unit shows."""
    return OF_WHICH if unit == "abc" else ()


def unit_name(unit: str, month: Month) -> str:
    """What the reporting unit called itself in that month."""
    if unit == "abc":
        return "农业银行安康分行"
    if unit == "psbc":
        return "邮储银行安康市分行"
    if unit == OFFICE:
        return OFFICE_NAME
    if unit in DEPARTMENTS:
        return DEPARTMENTS[unit]
    kind, _, area = unit.partition("-")
    county = COUNTY[area]
    if kind == "fin":
        return f"{county.name}金融办"
    cooperative = area in STILL_COOPERATIVES and month <= LAST_COOPERATIVE_MONTH
    return f"{county.short}{'信用联社' if cooperative else '农商银行'}"
