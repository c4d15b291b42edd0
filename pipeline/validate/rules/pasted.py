"""Figures of which one covers the other, and that are all at once the same: a column pasted over another (A12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.validate.changes import has_jumped
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.lines import PAIRS

COVERING = (*PAIRS, ("outstanding_loans", "outstanding_households"))
"""Among all that owe some have two loans. Those of a month, and those past due, mostly have one: alike by right."""
_Copy = tuple[int, str, str]
"""(row, what is another's figure, whose it is)."""


@rule(
    "A12",
    level=2,
    title="授信与余额、评级与授信、建档立卡与有意愿户数、期末笔数与户数没有忽然相同",
    subject="评级授信",
    source=f"{WORKING}：上下两栏上月不同、本月分毫不差，而且其中一栏的变动超过以往各月的，多为填了另一栏的数",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "alike": soft(
            "{cases}，上月并不相同，而“{indicator}”的变动超过以往各月：疑似填了另一栏的数。"
            "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
        ),
    },
)
def not_suddenly_alike(book: Book) -> Iterator[Hit]:
    """Of two figures that were different last month and are the same now, none moved as it never did.

    One finding a unit, at the first area's figure that moved. Where both did so, or nothing is known of months before
    the last, nothing is said.
    """
    found: dict[int, list[_Copy]] = {}
    for pair in COVERING:
        larger, smaller = (book.now_natural(code) for code in pair)
        last, other_last = (book.base_before(code) for code in pair)
        for row in book.where((larger == smaller) & (larger > 0) & (last != other_last)):
            moved = [code for code in pair if has_jumped(book, row, code)]
            if len(moved) == 1:
                (code,), (other,) = moved, (code for code in pair if code not in moved)
                found.setdefault(book.records[row].submission, []).append((row, code, other))
    for copies in found.values():
        yield _alike_hit(book, sorted(copies, key=lambda copy: copy[0]))


def _alike_hit(book: Book, copies: Sequence[_Copy]) -> Hit:
    row, code, other = copies[0]
    more = f"（另有{len(copies) - 1}处也是这样）" if len(copies) > 1 else ""
    record, now = book.records[row], book.say(code, int(book.now(code)[row]))
    last, other_last = (book.say(one, int(book.base_before(one)[row])) for one in (code, other))
    area = book.area_name(record.area, record.submission)
    cases = f"{area}“{book.label(code)}”与“{book.label(other)}”都是{now}（上月{last}、{other_last}）{more}"
    cells = tuple(book.origins[at][own] for at, own, _ in copies)
    hit = book.hit("alike", row, code, None, cases=cases)
    return replace(hit, cause=Cause.OTHER_COLUMN.name.lower(), others=cells)
