"""The edit rules of the office's yearly targets that their blank form checks by itself (T01-2 to T01-5)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.jobs.live_asker import ALL, TOTAL, Asker, constant, keys_of, term
from pipeline.model import Severity
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Copied, Guard, Held, Label, LiveRule, Op, Quotient, When, Word
from pipeline.validate.rules.targets import HOUSEHOLDS, MANY, TARGET

TARGETS = "T01"


def target_rules(asker: Asker) -> Iterator[LiveRule]:
    """Not below nought, added up right, and so much a household as can be."""
    for column in asker.form.columns:
        for key in keys_of(asker, column.code):
            yield asker.rule("T01-2", "negative", key, Op.AT_LEAST, [constant(0)])
            steps = len(asker.areas) + 1 if column.is_amount else 0
            yield asker.rule("T01-3", "mismatch", key, Op.EQUAL, [term(key, area=ALL)], areas=(TOTAL,), steps=steps)
    for amount in keys_of(asker, TARGET):
        households = amount.replace(TARGET, HOUSEHOLDS)
        if households in asker.keys:
            yield from _one_zero(asker, amount, households)
            yield from _averages(asker, amount, households)


def _one_zero(asker: Asker, amount: str, households: str) -> Iterator[LiveRule]:
    words: dict[str, Word] = {"other": Label(households), "others": term(households), "also": ""}
    for op, held in ((Op.EQUAL, Op.EQUAL), (Op.ABOVE, Op.NOT)):
        guards = (Guard(households, op, 0),)
        yield asker.rule("T01-4", "one_zero", amount, held, [constant(0)], guards=guards, words=words)


def _averages(asker: Asker, amount: str, households: str) -> Iterator[LiveRule]:
    """Far from the cap, and near enough to it that the unit of money is not what is wrong."""
    from pipeline.validate.rules.averages import money

    cap = int(asker.value("loan_cap_household") * FEN_PER_YUAN)
    factor, part = int(asker.value("unit_slip_factor")), int(asker.value("target_average_least_part"))
    enough = (Guard(households, Op.ABOVE, int(asker.value("unit_slip_min_households")) - 1), Guard(amount, Op.ABOVE, 0))
    highest, lowest = Fraction(cap * factor), Fraction(cap, factor)
    words: dict[str, Word] = {
        "households": term(households), "average": Quotient(amount, households), "cap": money(cap), "also": "",
    }  # fmt: skip
    no_slip = (
        Held((term(amount), term(households, -highest)), Op.AT_MOST),
        Held((term(amount), term(households, -lowest)), Op.AT_LEAST),
    )
    for kind, op, bound, guards, direction, times in (
        ("average", Op.AT_MOST, highest, enough, "高于", f"{factor}倍"),
        ("average", Op.AT_LEAST, lowest, enough, "低于", f"{factor}分之一"),
        ("odd", Op.AT_MOST, Fraction(cap), (*enough, *no_slip), "高于", ""),
        ("odd", Op.AT_LEAST, Fraction(cap, part), (*enough, *no_slip), "低于", f"{part}分之一"),
    ):
        said = {**words, "direction": direction, "times": times}
        yield asker.rule("T01-4", kind, amount, op, [term(households, bound)], guards=guards, words=said)


def copied(asker: Asker) -> Iterator[Copied]:
    """T01-5: every target is last year's."""
    if asker.form.code == TARGETS:
        broken = asker.rules["T01-5", 1].breaks["copied"]
        message = asker.sentence("T01-5", "copied").replace("{when}", str(asker.month.year - 1))
        yield Copied("T01-5", broken.severity is Severity.HARD, When.LAST_YEAR, MANY, message)
