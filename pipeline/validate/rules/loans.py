"""Loans, households and amounts of one measure belong together (A09)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pipeline.model import Bound
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Mask, first_known, true, unknown
from pipeline.validate.registry import DUTY, hard, note, rule

MEASURES = tuple(
    (f"{stem}_loans{span}", f"{stem}_households{span}", f"{stem}_amount{span}")
    for stem, span in (
        ("disbursed", "_mtd"),
        ("disbursed", "_ytd"),
        ("disbursed", "_cum"),
        ("outstanding", ""),
        ("past_due", ""),
    )
)


_STOCKS = frozenset({"outstanding_loans", "past_due_loans"})
"""Loans that no equation holds: of flows the months tell what is wrong."""
_SEVERAL = 3
"""Rows that make a column: below that it may be chance."""


@rule(
    "A09",
    level=1,
    title="笔数、户数、金额相互对应",
    subject="笔数户数金额",
    source=DUTY,
    reads=("M01",),
    breaks={
        "one_zero": hard(
            "{area}“{indicator}”为{value}，而“{other}”为{expected}，应当同时为0或同时不为0。请核对，改正后重新报送。"
        ),
        "households": hard(
            "{area}“{indicator}”{value}多于“{other}”{expected}。一户至少一笔，请核对，改正后重新报送。", Bound.AT_MOST
        ),
        "exchanged": hard(
            "{area}“{indicator}”{value}多于“{other}”{expected}，凡两栏不同的各行都是这样：疑似两栏互换。请核对这两栏，改正后重新报送。",
            Bound.AT_MOST,
        ),
        "no_loans": hard("{area}“{indicator}”为{value}，而笔数、户数为0。请核对笔数、户数和金额，改正后重新报送。"),
        "no_amount": hard("{area}“{indicator}”为0，而“{other}”为{count}。请核对金额，改正后重新报送。"),
        "small_rest": note("{area}“{indicator}”为0，而“{other}”为{count}：如为不足最小填报单位的尾数，不需处理。"),
    },
)
def loans_households_amounts(book: Book) -> Iterator[Hit]:
    """Households ≤ loans; loans = 0 ⇔ households = 0; no loans ⇒ no amount; loans ⇒ an amount.

    One finding a measure and row: the first of these that is broken. Where households and amount agree that something
    was lent it is the loans that are wrong; where stocks of households are more wherever the two differ, the columns
    are exchanged. Negative figures are A10's, also a reversal.
    Where loans are not reported, households stand for them: no households means no loans, and each has at least one.
    """
    for codes in MEASURES:
        yield from _measure(book, *codes)


def _measure(book: Book, loans_code: str, households_code: str, amount_code: str) -> Iterator[Hit]:
    loans, households, amount = (book.now_natural(code) for code in (loans_code, households_code, amount_code))
    count = first_known(loans, households)
    one_zero = true((loans == 0) ^ (households == 0))
    forgotten = one_zero & true((loans == 0) & (amount > 0))
    for row in book.where(one_zero & ~forgotten):
        yield _beside_loans(book, "one_zero", row, households_code, loans_code)
    for row in book.where(forgotten):
        yield _loans_forgotten(book, row, loans_code, households_code)
    too_many = true(households > loans) & ~one_zero
    exchanged = _everywhere(book, too_many, true(households != loans)) & (loans_code in _STOCKS)
    for row in book.where(too_many & ~exchanged):
        yield _beside_loans(book, "households", row, households_code, loans_code)
    for row in _first_of_each(book, exchanged):
        hit = _beside_loans(book, "exchanged", row, households_code, loans_code)
        yield replace(hit, cause=Cause.COLUMNS_EXCHANGED.name.lower())
    is_negative = true(book.now(loans_code) < 0) | true(book.now(households_code) < 0)
    counted = ~one_zero & ~is_negative
    for row in book.where(true((count == 0) & (amount > 0)) & counted):
        yield book.hit("no_loans", row, amount_code, 0)
    few = np.where(book.step > 1, book.threshold("few_loans_with_zero_amount"), 0)
    for row in book.where(true((count > 0) & (amount == 0)) & counted & ~too_many):
        source = households_code if unknown(loans)[row] else loans_code
        yield book.hit(
            "small_rest" if count[row] <= few[row] else "no_amount",
            row,
            amount_code,
            other=book.label(source),
            count=book.say(source, int(count[row])),
        )


def _everywhere(book: Book, broken: Mask, comparable: Mask) -> Mask:
    """The broken rows of the statements in which no row that tells anything is in order, and several tell it."""
    statements = len(book.submissions)
    wrong, telling = (np.bincount(book.position[rows], minlength=statements) for rows in (broken, comparable))
    everywhere: Mask = broken & ((wrong == telling) & (wrong >= _SEVERAL))[book.position]
    return everywhere


def _first_of_each(book: Book, rows: Mask) -> list[int]:
    """The first of these rows of each statement."""
    return sorted({int(book.position[row]): row for row in reversed(book.where(rows))}.values())


def _beside_loans(book: Book, kind: str, row: int, households_code: str, loans_code: str) -> Hit:
    loans = int(book.now(loans_code)[row])
    return book.hit(
        kind, row, households_code, loans, expected=book.say(loans_code, loans), other=book.label(loans_code)
    )


def _loans_forgotten(book: Book, row: int, loans_code: str, households_code: str) -> Hit:
    households = book.say(households_code, int(book.now(households_code)[row]))
    return book.hit("one_zero", row, loans_code, expected=households, other=book.label(households_code))
