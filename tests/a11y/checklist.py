"""The checklist as data, and which of its items a program decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.a11y.opened import Opened

Check = Callable[[Opened], Iterator[str]]
"""Yields a Chinese sentence for each place that breaks the item."""

CHECKS: dict[str, Check] = {}
_FILE = Path(__file__).with_name("checklist.yaml")


@dataclass(frozen=True)
class Item:
    """One line of the checklist; `person` is what somebody has to look at, where a program cannot."""

    id: str
    section: str
    text: str
    essential: bool = False
    person: str = ""


def decides(item: str) -> Callable[[Check], Check]:
    """The function decides this item."""

    def enter(check: Check) -> Check:
        assert item not in CHECKS, f"{item} is decided twice"
        CHECKS[item] = check
        return check

    return enter


@cache
def items() -> tuple[Item, ...]:
    """All items, in the order of the file."""
    read = yaml.safe_load(_FILE.read_text("utf-8"))
    return tuple(Item(section=section["title"], **item) for section in read["sections"] for item in section["items"])


@cache
def sources() -> tuple[dict[str, str], ...]:
    """Where the requirements come from."""
    return tuple(yaml.safe_load(_FILE.read_text("utf-8"))["sources"])
