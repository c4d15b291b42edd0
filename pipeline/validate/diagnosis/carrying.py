"""Figures that go on from another last month than ours: one difference, met in all that is carried forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model import Finding
from pipeline.money import FEN_PER_YUAN
from pipeline.periods import Month
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import BASE_OF
from pipeline.validate.frames import Book

_BALANCE, _CARRIED, _BASE = "A02", ("A04", "A05"), "A07"
_NEAR = Decimal("300")
"""Yuan by which two differences may differ: three roundings to 0.01 万元."""


def from_another_last_month(found: Sequence[Finding], book: Book) -> list[Finding]:
    """The same findings, those under one that miss their equations by what the sender's last month differs from ours.

    The balance, the base that is typed beside it, and sums since January or ever: true to one another and not to what
    is in force. Somebody corrected last month's figures and somebody else has not heard of it.
    """
    told = list(found)
    by_row: dict[tuple[str, str], list[int]] = {}
    for number, finding in enumerate(told):
        if finding.rule in (_BALANCE, *_CARRIED, _BASE) and not finding.under and not finding.cause:
            by_row.setdefault((finding.submission, finding.area), []).append(number)
    for numbers in by_row.values():
        root = next((n for n in numbers if told[n].rule == _BALANCE), None)
        base = next((n for n in numbers if told[n].indicator == BASE_OF[_BALANCE]), None)
        if root is None or base is None or not _is_as_much(told[root], told[base]):
            continue
        carried = [n for n in numbers if told[n].rule in _CARRIED and _is_as_much(told[n], told[base])]
        if carried:
            told[root] = _told([told[n] for n in (root, *carried, base)], book)
            for number in (*carried, base):
                told[number] = replace(told[number], under=told[root].id)
    return told


def _off(finding: Finding) -> Decimal:
    return abs(Decimal(finding.value) - Decimal(finding.expected))


def _is_as_much(one: Finding, other: Finding) -> bool:
    columns = (one.indicator, other.indicator)
    return all("_amount" in code for code in columns) and abs(_off(one) - _off(other)) <= _NEAR


def _told(group: Sequence[Finding], book: Book) -> Finding:
    root, month = group[0], Month.parse(group[0].period).previous.label
    labels = "、".join(f"“{book.label(finding.indicator)}”" for finding in group)
    off = book.say(root.indicator, int(_off(group[-1]) * FEN_PER_YUAN))
    area = book.area_name(root.area, next(n for n, sent in enumerate(book.submissions) if sent.id == root.submission))
    words = (
        f"{area}{labels}彼此对得上，而与本办采用的{month}报表同差{off}：疑似{month}的数有过订正，本月没有从订正后的数接着算。"
        f"请核对{month}报表：本月接错了的，改正后重新报送；{month}报表应当订正的，请先更正{month}报表。"
    )
    return replace(root, message=words, cause=Cause.CORRECTION_NOT_CARRIED.name.lower())
