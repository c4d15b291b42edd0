"""Slips that only last month tells: a digit too many or too few in a count (A25), two grades exchanged (A27)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.jobs.live_asker import Asker, bounds, constant, term
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Choice, Condition, Digit, Either, Every, Held, Label, LiveRule, Op, When
from pipeline.validate.diagnosis.size import FAR, ORDINARY, STEADY, is_within, of_one_matter
from pipeline.validate.diagnosis.slips import FACTORS, Cause
from pipeline.validate.rules.counts import COUNTS
from pipeline.validate.rules.exchanged import PAIRS, PERFORMING


def slipped_digits(asker: Asker) -> Iterator[LiveRule]:
    """Counts far from last month's, and near them with a digit taken out or put in; not where more than they moved."""
    least = asker.value("return_jump_min_count")
    message = asker.sentence("A25", "digit", 2).replace("，{meant}", "")
    for area in asker.areas:
        for code in COUNTS:
            last, earlier = asker.figure(area, code), asker.figure(area, code, 2)
            if last is None or last < least or (earlier and not is_within(last, earlier, STEADY)):
                continue
            slip = Choice((term(code), constant(-last)), Cause.DIGIT_MORE.value, Cause.DIGIT_LESS.value)
            words = {"before": term(code, when=When.LAST_MONTH), "slip": slip}
            is_slip = Either((_more(asker, area, code, last), _less(asker, area, code, last)))
            yield asker.rule(
                "A25", "digit", code, Op.TOLD, (), 2, guards=(is_slip,), words=words, areas=(area,), message=message
            )


def _more(asker: Asker, area: str, code: str, last: int) -> Condition:
    near = (bounds(last * factor, ORDINARY) for factor, _, _ in FACTORS[1:])
    slips = (*(_within(code, *one) for one in near), Digit(code, *bounds(last, ORDINARY)))
    far = Held((term(code), constant(-last * FAR)), Op.ABOVE)
    others = _others(asker, area, code, Fraction(STEADY), Op.AT_MOST)
    return Every((far, Either(slips), *others))


def _less(asker: Asker, area: str, code: str, last: int) -> Condition:
    near = (bounds(Fraction(last, factor), ORDINARY) for factor, _, _ in FACTORS[1:])
    slips = (*(_within(code, *one) for one in near), Digit(code, *bounds(last, ORDINARY), is_less=True))
    far = Held((term(code, FAR), constant(-last)), Op.BELOW)
    some = Held((term(code),), Op.ABOVE)
    others = _others(asker, area, code, Fraction(1, STEADY), Op.AT_LEAST)
    return Every((some, far, Either(slips), *others))


def _others(asker: Asker, area: str, code: str, times: Fraction, op: Op) -> Iterator[Condition]:
    """Other figures of the same matter have not moved as far in the same direction."""
    for other in of_one_matter(code):
        last = asker.figure(area, other)
        if other in asker.keys and last is not None:
            yield Held((term(other), constant(-last * times)), op, or_blank=True)


def _within(code: str, low: int, high: int) -> Condition:
    return Every((Held((term(code), constant(-low)), Op.AT_LEAST), Held((term(code), constant(-high)), Op.AT_MOST)))


Range = tuple[int, int]


def crosswise(asker: Asker, area: str) -> Iterator[tuple[tuple[str, Range], tuple[str, Range]]]:
    """Two grades of one sum that were far apart last month, each with about what the other was."""
    least, large = int(asker.value("exchange_least_times")), int(asker.value("jump_amount") * FEN_PER_YUAN)
    for one, other in PAIRS:
        last, other_last = asker.figure(area, one), asker.figure(area, other)
        if last is None or other_last is None:
            continue
        more, less = max(last, other_last), min(last, other_last)
        is_large = less != 0 or ((one, other) == PERFORMING and more > large)
        if more >= less * least and is_large:
            near = asker.value("exchange_near_percent" if (one, other) == PERFORMING else "exchange_near_npl_percent")
            yield (one, bounds(other_last, near / 100)), (other, bounds(last, near / 100))


def exchanged(asker: Asker) -> Iterator[LiveRule]:
    """Two grades of one sum, each about what the other was, and far apart."""
    case = "{area}“{indicator}”{value}、“{other}”{beside}，上月为{before}、{other_before}"
    message = asker.sentence("A27", "exchanged", 2).replace("{cases}", case)
    for area in asker.areas:
        for (one, (low, high)), (other, near) in crosswise(asker, area):
            words = {
                "other": Label(other), "beside": term(other), "before": term(one, when=When.LAST_MONTH),
                "other_before": term(other, when=When.LAST_MONTH),
            }  # fmt: skip
            yield asker.rule(
                "A27", "exchanged", one, Op.OUTSIDE, [constant(low)], 2, upper=(constant(high),),
                guards=(_within(other, *near),), words=words, areas=(area,), message=message,
            )  # fmt: skip
