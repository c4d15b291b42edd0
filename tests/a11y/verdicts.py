"""Each item of the checklist held against a workbook: passed, failed, or left to a person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from tests.a11y import check_look, check_structure, check_tables
from tests.a11y.checklist import CHECKS, Item, items
from tests.a11y.opened import Opened

DECIDING = (check_tables, check_look, check_structure)
"""Importing them is what enters their checks."""

PASSED, FAILED, BY_A_PERSON = "通过", "不通过", "由人判断"
_SHOWN = 3


@dataclass(frozen=True)
class Verdict:
    """What is said of one item; `broken` are the places that break it."""

    item: Item
    word: str
    broken: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Where it is broken, or what a person has to look at."""
        more = f"等共{len(self.broken)}处。" if len(self.broken) > _SHOWN else ""
        left = f"由人看：{self.item.person}。" if self.item.person else ""
        return "".join([*islice(self.broken, _SHOWN), more, left])


def verdicts(data: bytes) -> list[Verdict]:
    """One for each item, in the order of the checklist."""
    book = Opened(data)
    return [_verdict(item, book) for item in items()]


def _verdict(item: Item, book: Opened) -> Verdict:
    check = CHECKS.get(item.id)
    if check is None:
        return Verdict(item, BY_A_PERSON)
    broken = tuple(check(book))
    return Verdict(item, FAILED if broken else PASSED, broken)
