"""Interest subsidies beyond all interest that there can be: banks often send them in 元 (A24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from pipeline.model import Bound
from pipeline.money import MICRO_PER_PERCENT, YUAN_PER_WAN, round_half_up
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, true
from pipeline.validate.owed import RATE, now_or_none
from pipeline.validate.registry import WORKING, rule, soft

SUBSIDIES = ("interest_subsidy_accrued_ytd", "interest_subsidy_paid_ytd")
HELD = ("outstanding_amount", "repaid_amount_ytd", "written_off_amount_ytd", "other_change_amount_ytd")
"""What loans of this year can have become: still there, repaid, written off, transferred."""

ACCRUED = SUBSIDIES[0]
_MONTHS = 12
_WHOLE = 100 * MICRO_PER_PERCENT
_TIMES, _HUNDREDTHS = "subsidy_rate_percent", 100
_SO_FAR = (
    "计{months}个月的利息{expected}（今年{when}，加结息跨年的{settled}个月）。"
    "请核对是否填了上年或历年累计的数；如属实，请说明原因。"
)
_ABOVE = "{area}“{indicator}”{value}，超过本年所有贷款（余额加本年收回、核销等）按年利率{rate}计一年的利息{most}"


@rule(
    "A24",
    level=1,
    title="贴息金额不超过贷款一年的利息、应贴息不超过已过月份的利息，不像填错单位",
    subject="贴息",
    source=f"{WORKING}：贴息不会多于利息，而银行常把贴息按元填报；利率上下限同A14"
    "（参数 rate_*_percent、subsidy_settled_months、subsidy_rate_percent）",
    reads=("M01",),
    breaks={
        "unit": soft(
            _ABOVE
            + "：疑似按元填写，除以一万应为{meant}{also}。请核对金额单位，填错的改正后重新报送；如属实，请说明原因。"
        ),
        "above": soft(_ABOVE + "{also}。请核对；如属实，请说明原因。", Bound.AT_MOST),
        "months": soft(
            "{area}“{indicator}”{value}，超过本年所有贷款（余额加本年收回、核销等）按年利率{rate}" + _SO_FAR,
            Bound.AT_MOST,
        ),
        "rate": soft(
            "{area}“{indicator}”{value}，超过本年所有贷款（余额加本年收回、核销等）按“{other}”的{share}（{own}）"
            + _SO_FAR,
            Bound.AT_MOST,
        ),
    },
)
def subsidy_within_interest(book: Book) -> Iterator[Hit]:
    """Subsidies of the year above a year's interest, at the highest plausible rate, on all that was lent at any time.

    One finding a row, at the first of the two. It is the wrong unit where a ten thousandth would be what a month or
    more comes to at a plausible rate. What accrues, accrues month by month: no more than the year's months bear, and
    those of the year before whose interest is settled in this one; loans of earlier years may bear more than those of
    this one, though not so many times as much.

    What is paid may be of any year: some funds pay yearly, some only when a loan is repaid, up to three years' interest
    at once. What had accrued before the first statement that we have is not known, so that paid above accrued is no
    contradiction, and no bound below a year's interest at the highest rate is sound.
    """
    held = _held(book)
    high, low = (book.threshold(f"rate_{bound}_percent", MICRO_PER_PERCENT) for bound in ("upper", "lower"))
    told: dict[int, list[str]] = {}
    for code in SUBSIDIES:
        for row in book.where(true(book.now(code) > _part(held, high))):
            told.setdefault(row, []).append(code)
    for row, (code, *others) in told.items():
        value, most = int(book.now(code)[row]), Fraction(int(held[row]) * int(high[row]), _WHOLE)
        least = Fraction(int(held[row]) * int(low[row]), _WHOLE * _MONTHS)
        meant = Fraction(value, YUAN_PER_WAN)
        is_unit = least <= meant <= most
        hit = book.hit(
            "unit" if is_unit else "above",
            row,
            code,
            round_half_up(meant if is_unit else most),
            rate=book.say(RATE, int(high[row])),
            most=book.say(code, round_half_up(most)),
            meant=book.say(code, round_half_up(meant)),
            also="".join(f"；“{book.label(other)}”也超过了" for other in others),
        )
        yield replace(hit, cause=Cause.UNIT.name.lower()) if is_unit else hit
    for kind, rate in (("months", high), ("rate", _own_rate(book, low, high))):
        for hit_row, hit in _too_soon(book, kind, held, rate):
            if hit_row not in told:
                told[hit_row] = [ACCRUED]
                yield hit


def _too_soon(book: Book, kind: str, held: Figures, rate: Integers) -> Iterator[tuple[int, Hit]]:
    """Where more accrued than the months that have passed bear at a rate, though not more than a year does."""
    settled, percent = book.threshold("subsidy_settled_months"), book.threshold(_TIMES, MICRO_PER_PERCENT)
    months, year = np.minimum(book.month + settled, _MONTHS), _part(held, rate)
    most = year // _MONTHS * months + year % _MONTHS * months // _MONTHS
    for row in book.where(true(book.now(ACCRUED) > most)):
        yield (
            row,
            book.hit(
                kind,
                row,
                ACCRUED,
                int(most[row]),
                rate=book.say(RATE, int(rate[row])),
                months=str(months[row]),
                when=f"{book.month[row]}个月",
                settled=str(settled[row]),
                other=book.label(RATE),
                share=book.say(RATE, int(percent[row])),
                own=book.say(RATE, int(rate[row])),
            ),
        )


def _own_rate(book: Book, low: Integers, high: Integers) -> Integers:
    """So much more than the rate of this year's loans; the highest where none is told that is plausible."""
    own, percent = book.now(RATE), book.threshold(_TIMES, _HUNDREDTHS)
    is_told = true((own >= low) & (own <= high))
    found: Integers = np.where(is_told, np.minimum(own.filled(0) * percent // (100 * _HUNDREDTHS), high), high)
    return found


def _held(book: Book) -> Figures:
    """All that was lent at any time of this year; what was transferred, in or out, is counted once at least."""
    outstanding, repaid, *rare = HELD
    held = book.now_natural(outstanding) + book.now_natural(repaid)
    for code in rare:
        held = held + abs(now_or_none(book, code))
    return held


def _part(amounts: Figures, rate: Integers) -> Figures:
    """So much of each amount, in whole fen downwards; computed so that nothing overflows."""
    part: Figures = amounts // _WHOLE * rate + amounts % _WHOLE * rate // _WHOLE
    return part
