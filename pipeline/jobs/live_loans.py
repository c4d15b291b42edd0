"""Loans that come and go (A28), as a statement's blank form checks it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.jobs.live_asker import Asker, minus, term
from pipeline.jobs.live_balances import WHEN
from pipeline.render.form_rules import Condition, Either, Every, Guard, Held, LiveRule, Op, Sum, When
from pipeline.validate.disowned_households import CUM, YTD
from pipeline.validate.rules.settled import CHANGED, HOUSEHOLDS, LENDING, LENT, LENT_TO, WRITTEN_OFF
from pipeline.validate.rules.spans import OUTSTANDING, SETTLED

_CODE = "A28"
_AT_THE_END = "上月末{last}＋本月发放{lent}－本月结清{gone}"
_CAME, _WENT = "上月末{last}＋本月发放{lent_to}", "上月末{last}－本月结清{gone}"
_SINCE_JANUARY = "上月末{last}＋本月发放{lent}－期末{owing}"


def loans_come_and_go(asker: Asker) -> Iterator[LiveRule]:
    """Loans outstanding are last month's, with those lent and without those settled since; fewer where written off.

    Of two figures it is told at the one that is off: the households beside the loans tell which. Between which bounds
    the households lie themselves is told besides.
    """
    january = asker.month.month == 1
    before = () if january else (term(SETTLED, -1, When.LAST_MONTH),)
    last, lent = term(OUTSTANDING, when=When.LAST_MONTH), term(LENT)
    gone: Sum = (term(SETTLED), *before)
    expected = (last, lent, *minus(gone))
    meant = (*minus(before), last, lent, term(OUTSTANDING, -1))
    off: Sum = (term(OUTSTANDING), *minus(expected))
    guards = (Guard(CHANGED, Op.EQUAL, 0, absent_is_none=True), Held(gone, Op.AT_LEAST), *_told_by_others(asker))
    words = {"last": last, "lent": lent, "gone": gone, "owing": term(OUTSTANDING), "so_far": minus(before), "hint": ""}
    so_far = "" if january else "上月的本年累计{so_far}＋"
    for suffix, op, written_off in (("", Op.EQUAL, Op.EQUAL), ("_above", Op.AT_MOST, Op.ABOVE)):
        own = (*guards, Guard(WRITTEN_OFF, written_off, 0, absent_is_none=True))
        for figure, kind, terms, spelt, is_settled in (
            (OUTSTANDING, "outstanding", expected, _AT_THE_END, False),
            (SETTLED, "settled", meant, f"{so_far}{_SINCE_JANUARY}", True),
        ):
            message = asker.sentence(_CODE, f"{kind}{suffix}", 2).replace("{sum}", spelt)
            yield asker.rule(
                _CODE, f"{kind}{suffix}", figure, op, terms, 2,
                guards=(*own, _is_off(off, is_settled=is_settled)), words=words, message=message,
            )  # fmt: skip
    yield from _households(asker, gone)


def _households(asker: Asker, gone: Sum) -> Iterator[LiveRule]:
    """No more households came than were lent to; no more went than loans were settled, where none was written off."""
    last, lent_to = term(HOUSEHOLDS, when=When.LAST_MONTH), term(LENT_TO)
    guards = (Guard(CHANGED, Op.EQUAL, 0, absent_is_none=True), _has_loans_enough())
    for kind, op, terms, written_off, own, spelt in (
        ("more", Op.AT_MOST, (last, lent_to), Op.AT_LEAST, _is_lent_to_as_told(asker), _CAME),
        ("fewer", Op.AT_LEAST, (last, *minus(gone)), Op.EQUAL, Held(gone, Op.AT_LEAST), _WENT),
    ):
        yield asker.rule(
            _CODE, f"households_{kind}", HOUSEHOLDS, op, terms, 2,
            guards=(*guards, Guard(WRITTEN_OFF, written_off, 0, absent_is_none=True), own),
            words={"last": last, "lent_to": lent_to, "gone": gone},
            message=asker.sentence(_CODE, f"households_{kind}", 2).replace("{sum}", spelt),
        )  # fmt: skip


def _is_lent_to_as_told(asker: Asker) -> Condition:
    """Not all sums of households lent to have grown by more than those of the month (A06)."""
    before = {YTD: ()} if asker.month.month == 1 else {}
    grown = ((term(code), *before.get(code, (term(code, -1, When.LAST_MONTH),))) for code in (YTD, CUM))
    return Either(tuple(Held((*by, term(LENT_TO, -1)), Op.AT_MOST) for by in grown))


def _has_loans_enough() -> Condition:
    """Households are not more than loans (A09)."""
    return Held((term(OUTSTANDING), term(HOUSEHOLDS, -1)), Op.AT_LEAST)


def _is_off(off: Sum, *, is_settled: bool) -> Condition:
    """Whether loans keep beside their households better without what they are off by: then what was settled is off.

    |beside| < |beside - off|, squared: off and off - 2 × beside are on one side of nought.
    """
    beside = (term(OUTSTANDING), term(HOUSEHOLDS, -1))
    before = (term(OUTSTANDING, -1, When.LAST_MONTH), term(HOUSEHOLDS, 1, When.LAST_MONTH))
    rest = (*off, *(term(one.key, -2 * one.factor, one.when) for one in (*beside, *before)))
    others = (Op.ABOVE, Op.BELOW) if is_settled else (Op.AT_MOST, Op.AT_LEAST)
    sides = zip((Op.ABOVE, Op.BELOW), others, strict=True)
    return Either(tuple(Every((Held(off, side), Held(rest, other))) for side, other in sides))


def _told_by_others(asker: Asker) -> Iterator[Condition]:
    """Only where what was lent is right (A04, A05), and households are not more than loans (A09)."""
    yield _has_loans_enough()
    for equation in LENDING:
        starts_anew = equation.but_in_january and asker.month.month == 1
        terms = equation.terms[1:] if starts_anew else equation.terms
        if equation.figure in asker.keys and (starts_anew or asker.stated(1)):
            off = (term(equation.figure), *(term(one.indicator, -one.sign, WHEN[one.since]) for one in terms))
            yield Held(off, Op.EQUAL, or_blank=True)
