"""A longer span holds the shorter one, and all loans ever made those settled and outstanding (A11, A26)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.model import Bound
from pipeline.validate.frames import Book, Hit
from pipeline.validate.history import OTHER_CHANGES
from pipeline.validate.masked import true
from pipeline.validate.registry import DUTY, hard, rule, soft
from pipeline.validate.tolerance import may_add_up_months, slack

DISBURSED = ("disbursed_loans", "disbursed_households", "disbursed_amount")
MONTH_AND_YEAR = (*DISBURSED, "repaid_amount", "written_off_amount")
SETTLED, OUTSTANDING, LENT = "settled_loans_ytd", "outstanding_loans", "disbursed_loans_cum"


@rule(
    "A11",
    level=1,
    title="历史累计不小于本年累计，本年累计不小于本月；历史累计发放不小于余额",
    subject="本月与累计",
    source=DUTY,
    reads=("M01",),
    breaks={
        "year": hard(
            "{area}“{indicator}”{value}小于“{other}”{expected}。请核对本月数和本年累计数，改正后重新报送。",
            Bound.AT_LEAST,
        ),
        "ever": hard(
            "{area}“{indicator}”{value}小于“{other}”{expected}。请核对本年累计数和历史累计数，改正后重新报送。",
            Bound.AT_LEAST,
        ),
        "lent": hard(
            "{area}“{indicator}”{value}小于“{other}”{expected}。余额应来自历史上的发放，请核对，改正后重新报送。",
            Bound.AT_LEAST,
        ),
    },
)
def longer_spans_hold_shorter(book: Book) -> Iterator[Hit]:
    """Same measure: cum ≥ ytd ≥ mtd; disbursed_amount_cum ≥ outstanding_amount.

    A ytd amount that may be a sum of rounded months has the equality's tolerance below cum. Other changes and
    negative months are those of this return, and those that the history tells of other months.
    """
    for stem in MONTH_AND_YEAR:
        yield from _at_least(book, "year", f"{stem}_ytd", f"{stem}_mtd")
    for stem in DISBURSED:
        yield from _at_least(book, "ever", f"{stem}_cum", f"{stem}_ytd")
    yield from _at_least(book, "lent", "disbursed_amount_cum", "outstanding_amount")


@rule(
    "A26",
    level=1,
    title="本年结清笔数与期末笔数之和不多于历史累计发放笔数",
    subject="结清笔数",
    source=DUTY,
    reads=("M01",),
    breaks={
        "settled": soft(
            "{area}“{indicator}”{value}，多于“{other}”减去“{owing}”的{expected}。"
            "结清的和没有结清的都是历史上发放的，请核对这三个数；如属实，请说明原因。",
            Bound.AT_MOST,
        ),
        "outstanding": soft(
            "{area}“{indicator}”{value}，多于“{other}”{expected}。"
            "没有结清的都是历史上发放的，请核对这两个数；如属实，请说明原因。",
            Bound.AT_MOST,
        ),
    },
)
def loans_were_made_once(book: Book) -> Iterator[Hit]:
    """Loans settled this year and loans outstanding are different loans, all of them made since lending began.

    Where the outstanding ones alone are more than all, these are told; all that was ever made has its own equation
    (A05). Not where loans came in or went out another way.
    """
    settled, owing, lent = (book.now_natural(code) for code in (SETTLED, OUTSTANDING, LENT))
    for row in book.where(settled + owing > lent):
        if _has_had_other_changes(book, row):
            continue
        made = int(lent[row])
        if owing[row] > made:
            yield book.hit("outstanding", row, OUTSTANDING, made, other=book.label(LENT))
        else:
            words = {"other": book.label(LENT), "owing": book.label(OUTSTANDING)}
            yield book.hit("settled", row, SETTLED, made - int(owing[row]), **words)


def _at_least(book: Book, kind: str, longer: str, shorter: str) -> Iterator[Hit]:
    below = book.now_natural(shorter) - book.now_natural(longer)
    allowed = np.zeros(len(book.records), dtype=np.int64)
    if kind == "ever" and book.form.by_code[longer].is_amount:
        wide = may_add_up_months(book, shorter.replace("_ytd", "_mtd"), shorter)
        allowed = np.where(wide, slack(book, book.month + 1), 0)
    for row in book.where(below * 2 > allowed):
        if kind == "lent" and _has_had_other_changes(book, row):
            continue
        if kind == "year" and _has_had_a_reversal(book, row, shorter):
            continue
        yield book.hit(kind, row, longer, int(book.now(shorter)[row]), other=book.label(shorter))


def _has_had_other_changes(book: Book, row: int) -> bool:
    """Whether lending need not cover the balance here: loans came in or went out another way, now or earlier."""
    record = book.records[row]
    now = any(true(book.now(change) != 0)[row] for change in OTHER_CHANGES)
    return now or (book.submissions[record.submission].unit, record.area) in book.history.other_changes


def _has_had_a_reversal(book: Book, row: int, flow: str) -> bool:
    """Whether a month of this year was negative 「冲正」: then the year may hold less than this month."""
    record, submission = book.records[row], book.submissions[book.records[row].submission]
    return (submission.unit, record.area, submission.period[:4], flow) in book.history.reversals
