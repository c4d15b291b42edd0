"""The figures of a finding's cause as one text of a row, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple

from pipeline.model import Accused, Bound


def packed(figures: Iterable[Accused]) -> str:
    """As JSON; empty where there are none."""
    told = [astuple(one) for one in figures]
    return json.dumps(told, ensure_ascii=False) if told else ""


def unpacked(text: str) -> tuple[Accused, ...]:
    """What `packed` put away."""
    return tuple(
        Accused(sheet, cell, area, indicator, value, expected, Bound(bound))
        for sheet, cell, area, indicator, value, expected, bound in json.loads(text or "[]")
    )
