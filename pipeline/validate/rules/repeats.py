"""Statements that say what an earlier month's said, or that nothing happened though it did (A18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Integers, true, unknown
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.registry import DUTY, hard, rule, soft


@rule(
    "A18",
    level=2,
    title="报表不与以前月份完全相同，零业务有声明",
    subject="以前月份",
    source=DUTY,
    reads=("M01",),
    needs=(Need.ANY_MONTH,),
    breaks={
        "again": hard(
            "{unit}报的各项数字与{month}的报表完全相同，而本月发生额不全为零：疑似重报了{month}的报表。"
            "请改报{now}的数字；确实相同的，请与本办核对后重新报送。"
        ),
        "zero": soft(
            "{unit}本月发放、收回、核销及代偿、其他变动全部为0，但没有写明“本月无业务”：零业务请确认。"
            "确无业务的，请说明；漏填的，请补填后重新报送。"
        ),
        "declared": soft(
            "{unit}写明“本月无业务”，但{area}“{indicator}”填报{value}，两者矛盾。"
            "确有业务的，请说明，以后不要再写“本月无业务”；填错月份的，请改正后重新报送。"
        ),
    },
)
def months_differ(book: Book) -> Iterator[Hit]:
    """Every figure as in an earlier month though something happened in it; nothing happened, and nobody says so.

    Or somebody says so, and it did: told at the first figure that contradicts.
    """
    codes = [c.code for c in book.form.columns if c.code in book.figures]
    flows = [c.code for c in book.form.columns if c.code.endswith("_mtd")]
    single = book.single
    moved = np.zeros(len(book.records), dtype=bool)
    reported = np.zeros(len(book.records), dtype=bool)
    for code in flows:
        moved |= true(book.now(code) != 0)
        reported |= ~unknown(book.now(code))
    at = book.position
    by_submission = np.bincount(at[single & moved], minlength=len(book.submissions)) > 0
    told = np.bincount(at[single & reported], minlength=len(book.submissions)) > 0
    repeated = _repeated(book, codes, at)
    for position, submission in enumerate(book.submissions):
        month, known = book.months[position], book.unit(position)
        unit = known.name(month) if known else ""
        if by_submission[position] and repeated[position]:
            yield book.remark(
                "again", position, unit=unit, month=month.shifted(-int(repeated[position])).label, now=month.label
            )
        elif told[position] and not by_submission[position] and not submission.nil:
            yield book.remark("zero", position, unit=unit)
        elif by_submission[position] and submission.nil:
            row, code = _first_flow(book, flows, position)
            yield book.hit("declared", row, code, unit=unit)


def _first_flow(book: Book, flows: Sequence[str], position: int) -> tuple[int, str]:
    """Row and indicator of the first figure of a submission's month that is not nought."""
    rows = np.flatnonzero((book.position == position) & book.single)
    return next((int(row), code) for row in rows for code in flows if true(book.now(code) != 0)[row])


def _repeated(book: Book, codes: list[str], at: Integers) -> Integers:
    """For each submission, how many months ago every figure was the same; 0 if never in all that is known."""
    found = np.zeros(len(book.submissions), dtype=np.int64)
    rows = np.bincount(at[book.single], minlength=len(book.submissions))
    for back in range(1, MONTHS_BACK + 1):
        same = book.single & (book.known_before(back))
        for code in codes:
            if not same.any():
                break
            now, before = book.now(code), book.before(code, back)
            same &= true(now == before) | (unknown(now) & unknown(before))
        again = np.bincount(at[same], minlength=len(book.submissions)) == rows
        found = np.where((found == 0) & again, back, found)
    return found
