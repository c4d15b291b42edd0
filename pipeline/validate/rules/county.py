"""The county return 「县区月报」 by itself (C01-1 to C01-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model import Bound
from pipeline.validate.columns import failures
from pipeline.validate.frames import Book, Hit
from pipeline.validate.registry import DUTY, Break, hard, rule, soft

POSTS = tuple((f"posts_{level}_set_up", f"posts_{level}_planned") for level in ("county", "township", "village"))
REGISTERED = "registered_households"
WITHIN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "C01-2": (("eligible_households", REGISTERED),),
    "C01-3": POSTS,
    "C01-4": (("scored_households", "visited_households"), ("visited_households", REGISTERED)),
    "C01-5": (("project_invested_amount", "project_total_amount"), ("project_loan_amount", "project_total_amount")),
}
"""By rule, which figure is not above which."""

ABOVE = "{area}“{indicator}”{value}大于“{other}”{expected}。请核对；如属实，请说明原因。"


@rule(
    "C01-1",
    level=1,
    title="县区报表各项不为负数",
    subject="正负号",
    source=DUTY,
    reads=("C01",),
    breaks={"negative": hard("{area}“{indicator}”为{value}，不能是负数。请核对，改正后重新报送。", Bound.AT_LEAST)},
)
def county_not_negative(book: Book) -> Iterator[Hit]:
    """No figure of the county return is negative."""
    for failure in failures(book):
        if failure.kind == "negative":
            yield book.hit("negative", failure.row, failure.indicator, 0)


def _within(book: Book, *pairs: tuple[str, str]) -> Iterator[Hit]:
    """The first of each pair is not above the second; no tolerance between two figures of one row."""
    for smaller, larger in pairs:
        for row in book.where(book.now_natural(smaller) > book.now_natural(larger)):
            other = book.label(book.place(larger, row))
            yield book.hit("above", row, smaller, int(book.now(larger)[row]), other=other)


_ABOVE: dict[str, Break] = {"above": soft(ABOVE, Bound.AT_MOST)}


@rule(
    "C01-2",
    level=1,
    title="有贷款意愿户数不多于建档立卡户数",
    subject="有意愿户数",
    source=DUTY,
    reads=("C01",),
    breaks=_ABOVE,
)
def eligible_within_registered(book: Book) -> Iterator[Hit]:
    """registered_households ≥ eligible_households."""
    yield from _within(book, *WITHIN["C01-2"])


@rule(
    "C01-3", level=1, title="服务网点已建数不多于计划数", subject="服务网点", source=DUTY, reads=("C01",), breaks=_ABOVE
)
def posts_within_plan(book: Book) -> Iterator[Hit]:
    """Posts set up ≤ planned, for county, township and village."""
    yield from _within(book, *WITHIN["C01-3"])


@rule(
    "C01-4",
    level=1,
    title="评分户数≤走访户数≤建档立卡户数",
    subject="走访评分户数",
    source=DUTY,
    reads=("C01",),
    breaks=_ABOVE,
)
def scored_within_visited(book: Book) -> Iterator[Hit]:
    """scored_households ≤ visited_households ≤ registered_households."""
    yield from _within(book, *WITHIN["C01-4"])


@rule(
    "C01-5",
    level=1,
    title="项目已完成投资、贷款都不大于总投资",
    subject="项目投资",
    source=DUTY,
    reads=("C01",),
    breaks=_ABOVE,
)
def invested_within_total(book: Book) -> Iterator[Hit]:
    """project_invested_amount, project_loan_amount ≤ project_total_amount, project by project."""
    yield from _within(book, *WITHIN["C01-5"])
