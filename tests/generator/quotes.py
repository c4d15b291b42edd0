"""What stands in the braces of a wording: figures of the unit's own statement, words for the month, its own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from random import Random

from pipeline.money import FEN_PER_WAN, MICRO_PER_PERCENT, fixed, plain, round_half_up
from pipeline.periods import Month
from tests.generator.city import City
from tests.generator.intake import PHONE
from tests.generator.lending import yearly_rates
from tests.generator.places import COUNTY, STATEMENT_UNITS, counties_of, institution_of
from tests.generator.senders import Sender
from tests.generator.statements import AMOUNTS, COUNTS

_BRACES = re.compile(r"\{(?P<name>\w+)(?:@(?P<area>\w+))?(?::(?P<style>.))?\}")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_SO_FAR = {1: "1月", 3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
_FARMING = (
    *("冬闲备耕", "春节返乡", "春耕备耕", "春耕生产", "春播夏管", "夏收夏种"),
    *("夏季田管", "夏季田管", "秋收秋播", "秋收秋播", "秋冬管护", "冬季管护"),
)
_CROPS = {
    "hanbin": ("富硒蔬菜", "生态养殖"),
    "hanyin": ("富硒水稻", "油菜"),
    "shiquan": ("蚕桑", "黄花菜"),
    "ningshan": ("食用菌", "中药材"),
    "ziyang": ("富硒茶", "柑橘"),
    "langao": ("魔芋", "猕猴桃"),
    "pingli": ("绞股蓝", "富硒茶"),
    "zhenping": ("中药材", "高山蔬菜"),
    "xunyang": ("拐枣", "烤烟"),
    "baihe": ("木瓜", "茶叶"),
}
_DERIVED = frozenset({"rate", "npl_ratio", "past_due_ratio", "average", "increase", "change", "growth"})
_YI = 10_000 * FEN_PER_WAN


class Quotes:
    """Fills the braces of the wordings of one unit and month.

    `{code}` is a figure of the unit's statement with its unit of measure, `{code@county}` one county's,
    `{code:亿}` the same in 亿元, `{code:余}` a round number that it exceeds. `misread`: the balance is quoted with two
    digits changed round.
    """

    def __init__(self, city: City, sender: Sender, month: Month, clerk: str, *, misread: bool = False) -> None:
        self._city = city
        self._sender = sender
        self._month = month
        self._misread = misread
        self._figures: dict[str, Mapping[str, int]] = {}
        self._lasting = {**_times(month), **self._own_facts(), "clerk": clerk, "phone": PHONE, "loan": sender.loan}

    def filled(self, wording: str, random: Random) -> str | None:
        """The wording with its braces filled; None where a figure in it would be zero. `random`: numbers that pass."""
        passing = _passing(self._month, random, large=not self._sender.unit.startswith("rcb-"))
        pieces: list[str] = []
        end = 0
        for found in _BRACES.finditer(wording):
            name = found["name"]
            said = self._lasting.get(name) or passing.get(name) or self._quote(name, found["area"], found["style"])
            if not said:
                return None
            pieces += [wording[end : found.start()], said]
            end = found.end()
        return "".join((*pieces, wording[end:]))

    # ------------------------------------------------------------------ the statement's figures

    def _quote(self, name: str, area: str | None, style: str | None) -> str:
        """A figure as this unit writes it; empty where it is zero."""
        if name == "city_balance":
            balances = (self._city.total(unit, self._month)["outstanding_amount"] for unit in STATEMENT_UNITS)
            return self._amount(sum(balances), style)
        figures = self._statement(area)
        if name in COUNTS and figures[name]:
            return f"{self._number(figures[name], 0)}{'笔' if 'loans' in name else '户'}"
        if name in AMOUNTS and figures[name]:
            misread = self._misread and (name, style, area) == ("outstanding_amount", None, None)
            return self._amount(_changed_round(figures[name]) if misread else figures[name], style)
        return self._derived(name, figures)

    def _derived(self, name: str, figures: Mapping[str, int]) -> str:
        if name not in _DERIVED and name not in figures:
            raise KeyError(name)
        owed = figures["outstanding_amount"]
        at_start = figures["outstanding_amount_year_start"]
        if name == "rate" and "weighted_average_rate" in figures:
            return f"{fixed(Fraction(figures['weighted_average_rate'], MICRO_PER_PERCENT), 2)}%"
        if name in ("npl_ratio", "past_due_ratio") and figures[name.replace("ratio", "amount")]:
            return _percent(figures[name.replace("ratio", "amount")], owed)
        if name == "average":
            return self._amount(round_half_up(Fraction(owed, figures["outstanding_households"])), None)
        if name == "increase":
            return self._moved(owed - at_start)
        if name == "change":
            return self._moved(owed - figures["outstanding_amount_previous_month"])
        if name == "growth" and owed > at_start:
            return _percent(owed - at_start, at_start)
        return ""

    def _statement(self, area: str | None) -> Mapping[str, int]:
        """What the unit reported, in all or of one county."""
        if (area or "") not in self._figures:
            unit = self._sender.unit
            whole = self._city.reported_total(unit, self._month)
            reported = self._city.reported(unit, self._month)
            where = area or counties_of(unit)[0].id
            county = {code: value for (place, code), value in reported.items() if place == where}
            self._figures[area or ""] = county if area else whole
        return self._figures[area or ""]

    def _moved(self, fen: int) -> str:
        return f"{'增加' if fen > 0 else '减少'}{self._amount(abs(fen), None)}" if fen else ""

    def _amount(self, fen: int, style: str | None) -> str:
        if style == "亿" and fen >= _YI:
            return f"{fixed(Fraction(fen, _YI), 2)}亿元"
        if style == "余":
            whole = str(fen // FEN_PER_WAN)
            return f"{whole[:2]}{'0' * (len(whole) - 2)}余万元"
        return f"{self._number(fen, 0 if fen % FEN_PER_WAN == 0 else 2, FEN_PER_WAN)}万元"

    def _number(self, value: int, places: int, per_unit: int = 1) -> str:
        whole, point, rest = fixed(Fraction(value, per_unit), places).partition(".")
        return f"{int(whole):,}{point}{rest}" if self._sender.thousands else f"{whole}{point}{rest}"

    # ------------------------------------------------------------------ the unit's own facts

    def _own_facts(self) -> dict[str, str]:
        """What hardly changes: outlets, staff, rates, crops, the loan to a cooperative."""
        unit = self._sender.unit
        random = Random(f"{self._city.seed}/measures/{unit}")
        county = unit.startswith("rcb-")
        area = COUNTY[unit.removeprefix("rcb-")] if county else None
        townships, villages = (area.townships, area.villages) if area else (137, 1697)
        outlets = townships + random.randrange(2, 6) if county else random.randrange(34, 46)
        facts = {
            "outlets": outlets,
            "townships": townships,
            "villages": villages,
            "posts": villages * random.randrange(55, 75) // 100 if county else random.randrange(380, 520),
            "machines": outlets * random.randrange(2, 4),
            "staff": outlets * random.randrange(2, 5) if county else random.randrange(60, 120),
            "coop": random.randrange(4, 16) * 10,
            "joined": random.randrange(18, 66),
        }
        crops = _CROPS[area.id] if area else ("富硒茶", "魔芋")
        short, level = (area.short, area.name[-1]) if area else ("安康", "市")
        words = {"crop": "、".join(crops), "crop_one": crops[0], "short": short, "level": level}
        return words | {name: str(value) for name, value in facts.items()} | self._rates()

    def _rates(self) -> dict[str, str]:
        unit = self._sender.unit
        if unit not in STATEMENT_UNITS:
            return {}
        rates = yearly_rates(self._city.seed, institution_of(unit), counties_of(unit)[0].id)
        return {f"rate_{term // 12}": f"{plain(Fraction(r, MICRO_PER_PERCENT), 4)}%" for term, r in rates.items()}


def _times(month: Month) -> dict[str, str]:
    following = month.shifted(1)
    quarter = (month.month - 1) // 3
    return {
        "year": f"{month.year}年",
        "month": f"{month.month}月",
        "nextmonth": f"{following.month}月",
        "until": f"截至{month.month}月末",
        "sofar": _SO_FAR.get(month.month, f"1—{month.month}月"),
        "quarter": _QUARTERS[quarter],
        "next": _QUARTERS[(quarter + 1) % 4],
        "farming": _FARMING[month.month - 1],
        "farming_next": _FARMING[following.month - 1],
    }


def _passing(month: Month, random: Random, *, large: bool) -> dict[str, str]:
    """Numbers of that month alone, and a working day in it."""
    after_the_festival = 22 if month.month == 2 else 6
    days = [date(month.year, month.month, day) for day in range(after_the_festival, 28)]
    day = random.choice([day for day in days if day.weekday() < 5])
    scale = 6 if large else 1
    numbers = {
        "trips": random.randrange(3, 10),
        "solved": random.randrange(2, 8),
        "few": random.randrange(2, 5),
        "people": random.randrange(30, 140),
        "errands": random.randrange(40, 180) * scale,
        "leaflets": random.randrange(4, 20) * 100 * scale,
        "visited": random.randrange(90, 320) * scale,
        "collected": random.randrange(12, 70) * scale,
        "fees": random.randrange(8, 60) * 500,
    }
    return {name: str(value) for name, value in numbers.items()} | {"day": f"{day.month}月{day.day}日"}


def _percent(part: int, whole: int) -> str:
    return f"{fixed(Fraction(100 * part, whole), 2)}%"


def _changed_round(fen: int) -> int:
    """The amount with two neighbouring digits of its whole 万元 changed round, as a tired hand types it."""
    digits = list(str(fen // FEN_PER_WAN))
    for place in (*range(1, len(digits) - 1), 0):
        if digits[place] != digits[place + 1]:
            digits[place], digits[place + 1] = digits[place + 1], digits[place]
            break
    else:
        digits[-1] = str((int(digits[-1]) + 5) % 10)
    return int("".join(digits)) * FEN_PER_WAN + fen % FEN_PER_WAN
