"""What a unit's measures form says in a month: wordings picked from its table, filled with its own figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from pipeline.periods import Month
from tests.generator.city import City
from tests.generator.months import number
from tests.generator.quotes import Quotes
from tests.generator.senders import AS_LAST_MONTH, SENDER, SENDERS, Sender, ends_quarter

ITEMS: dict[str, tuple[str, str]] = {
    "measure_organisation": ("组织领导", "组织领导情况"),
    "measure_rules": ("制度建设", "制度建设情况"),
    "measure_products": ("信贷产品", "信贷产品情况"),
    "measure_rates": ("利率优惠与减费让利", "利率优惠及减费让利"),
    "measure_service": ("网点及服务覆盖", "网点与服务覆盖"),
    "measure_rating": ("评级授信与入户走访", "评级授信及入户走访"),
    "measure_industry": ("产业带动与定点帮扶", "产业带动及定点帮扶"),
    "measure_results": ("主要成效", "工作成效"),
    "measure_problems": ("存在问题", "存在的问题"),
    "measure_next_steps": ("下一步措施", "下一步打算"),
    "measure_contact": ("联系人", "联系人及电话"),
}
"""The eleven items in the form's order, each with another name that the form allows."""

STANDING = ("measure_organisation", "measure_rules", "measure_products", "measure_service", "measure_industry")
"""Items that quote no figure of the statement, so that last month's words may stand."""

QUOTING = ("measure_rates", "measure_rating", "measure_results")
"""Items that do."""

_WORDINGS = Path(__file__).parent / "wordings"


@dataclass(frozen=True, slots=True)
class Measures:
    """One unit's form: words by item in the form's order, and its products in six columns.

    What is declared to be as last month has `AS_LAST_MONTH` for words, and no products.
    """

    texts: Mapping[str, str]
    products: tuple[tuple[str, ...], ...]
    listed: bool
    """Whether the form has a list of products at all."""

    @property
    def declared(self) -> frozenset[str]:
        """The items that are declared to be as last month."""
        return frozenset(item for item, words in self.texts.items() if words == AS_LAST_MONTH)


def measures(
    city: City, unit: str, month: Month, clerk: str, *, misread: bool = False, repeated: bool = False
) -> Measures:
    """What the unit writes about that month; `clerk` signs.

    `misread`: the balance is quoted wrongly; `repeated`: only the items with figures are new, the others say again
    what they said the month before.
    """
    sender = SENDER[unit]
    quotes = Quotes(city, sender, month, clerk, misread=misread)
    texts = {item: _words(city, sender, item, month, quotes) for item in ITEMS}
    if repeated:
        before = measures(city, unit, month.previous, clerk).texts
        texts |= {item: words for item, words in before.items() if item not in QUOTING}
    declared = texts["measure_products"] == AS_LAST_MONTH
    return Measures(texts, () if declared else _products(sender, quotes), listed="products" in _table(sender.words))


def _words(city: City, sender: Sender, item: str, month: Month, quotes: Quotes) -> str:
    habit = sender.habit(month)
    if item != "measure_contact" and (habit == "whole" or (habit == "some" and item in STANDING)):
        return AS_LAST_MONTH
    if habit == "again" and item in STANDING:
        before = month.previous
        return _words(city, sender, item, before, Quotes(city, sender, before, ""))
    passages = _table(sender.words)[item]
    said = [_passage(city, sender, item, place, month, quotes) for place in range(len(passages))]
    return ("\n" if sender.lines else "").join(filter(None, said))


def _passage(city: City, sender: Sender, item: str, place: int, month: Month, quotes: Quotes) -> str:
    """The passage as this unit writes it in that month; empty where it writes nothing."""
    ((kind, wordings),) = _table(sender.words)[item][place].items()
    if kind == "quarter" and not ends_quarter(month):
        return ""
    if kind == "edition" and not ends_quarter(month):
        before = month.shifted(-(month.month % 3))
        return _passage(city, sender, item, place, before, Quotes(city, sender, before, ""))
    turn = {"always": 0, "month": number(month)}.get(kind, number(month) // 3)
    first = _seat(sender, f"{item}/{place}") + turn
    random = Random(f"{city.seed}/measures/{sender.unit}/{month}/{item}/{place}")
    for step in range(len(wordings)):
        filled = quotes.filled(wordings[(first + step) % len(wordings)], random)
        if filled:
            return filled
    return ""


def _products(sender: Sender, quotes: Quotes) -> tuple[tuple[str, ...], ...]:
    """The first product of the table, and some of the others where several units share the table."""
    rows = list(_table(sender.words).get("products", []))
    if sum(other.words == sender.words for other in SENDERS) > 1:
        seat = _seat(sender, "products")
        others = rows[1:]
        rows = [rows[0], *(others[(seat + step) % len(others)] for step in range(2 + seat % 2))]
    nothing_passes = Random(0)
    return tuple(tuple(quotes.filled(cell, nothing_passes) or "" for cell in row) for row in rows)


def _seat(sender: Sender, passage: str) -> int:
    """The unit's place among those with the same table, another for each passage: so that wordings spread evenly."""
    alike = [other.unit for other in SENDERS if other.words == sender.words]
    Random(passage).shuffle(alike)
    return alike.index(sender.unit)


@cache
def _table(words: str) -> Mapping[str, Sequence[Any]]:
    return yaml.load((_WORDINGS / f"{words}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]
