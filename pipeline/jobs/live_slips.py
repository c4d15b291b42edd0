"""The edit rules that see a slip from last month's figures: an average ten times off, a rate in the wrong unit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.jobs.live_asker import Asker, constant, term
from pipeline.money import FEN_PER_YUAN, MICRO_PER_PERCENT, plain
from pipeline.render.form_rules import Guard, LiveRule, Op, Quotient
from pipeline.validate.owed import RATE

_TENFOLD = ((Fraction(10), "十倍"), (Fraction(1, 10), "十分之一"))


def slips(asker: Asker) -> Iterator[LiveRule]:
    """A13 and A14 of level 2, area by area."""
    last = asker.known.at(asker.unit, asker.form.code, asker.month.previous)
    for area in asker.areas:
        figures = {key: value for (where, key), value in last.items() if where == area}
        yield from _averages(asker, area, figures)
        yield from _rates(asker, area)


def _averages(asker: Asker, area: str, last: dict[str, int]) -> Iterator[LiveRule]:
    from pipeline.validate.rules.averages import MEASURES, average_words

    least, near = (int(asker.value(name)) for name in ("unit_slip_min_households", "average_jump_near_percent"))
    cap, factor = int(asker.value("loan_cap_household") * FEN_PER_YUAN), int(asker.value("unit_slip_factor"))
    for amount, households in MEASURES:
        if last.get(households, 0) < least or last.get(amount, 0) <= 0:
            continue
        average = Fraction(last[amount], last[households])
        for times, said in _TENFOLD:
            low, high = (average * times * Fraction(100 + sign * near, 100) for sign in (-1, 1))
            if high <= Fraction(cap, factor) or low > cap:
                continue  # the cap says it already
            words = {
                "households": term(households), "average": Quotient(amount, households),
                "before": average_words(average), "times": said,
            }  # fmt: skip
            yield asker.rule(
                "A13", "tenfold", amount, Op.OUTSIDE, [term(households, low)], 2,
                upper=(term(households, high),), guards=(Guard(households, Op.ABOVE, least - 1),), words=words,
                areas=(area,),
            )  # fmt: skip


def _rates(asker: Asker, area: str) -> Iterator[LiveRule]:
    """Against the last rate that was told; a zero says nothing."""
    window = range(1, int(asker.value("jump_window_months")) + 1)
    told = ((back, rate) for back in window if (rate := asker.figure(area, RATE, back)))
    back, last = next(told, (0, 0))
    if not last:
        return
    far, close = (asker.value(f"rate_jump_{name}_percent") / 100 for name in ("hundredfold", "monthly"))
    lowest, highest = (int(asker.value(f"rate_{end}_percent") * MICRO_PER_PERCENT) for end in ("lower", "upper"))
    for kind, times, part, said in (
        ("hundredfold", Fraction(1, 100), far, "百分之一"),
        ("hundredfold", Fraction(100), far, "一百倍"),
        ("monthly", Fraction(10, 12), close, "十二分之十"),
        ("monthly", Fraction(12, 10), close, "十分之十二"),
    ):
        low, high = max(Fraction(lowest), last * times * (1 - part)), min(Fraction(highest), last * times * (1 + part))
        if low <= high:
            words = {
                "month": asker.month.shifted(-back).label, "times": said,
                "before": f"{plain(Fraction(last, MICRO_PER_PERCENT), 6)}%",
            }  # fmt: skip
            yield asker.rule(
                "A14", kind, RATE, Op.OUTSIDE, [constant(low)], 2, upper=(constant(high),), words=words, areas=(area,)
            )
