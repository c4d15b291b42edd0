"""Grades that move farther in a month than loans go (A31), as a statement's blank form checks them.

What last month had is known when the form is made, so that every bound is a number. A notice tells one of an area; here
each stands at the best of the grades that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.jobs.live_asker import Asker, constant, minus, term
from pipeline.jobs.live_digits import crosswise
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Condition, Either, Guard, Held, LiveRule, Op, Sum, When, Word
from pipeline.validate.rules.grades import GRADES, OUTSTANDING
from pipeline.validate.rules.migration import BAD, CHANGED, REPAID, WORSE, WRITTEN_OFF

_CODE = "A31"


def grades_move(asker: Asker) -> Iterator[LiveRule]:
    """Grades skipped, much that is worse, and non-performing loans that are so no more without being repaid."""
    for area in asker.areas:
        last = [asker.figure(area, code) for code in GRADES]
        known = [figure for figure in last if figure is not None]
        if len(known) == len(GRADES) and set(GRADES) <= asker.keys:
            before = [sum(known[first:]) for first in range(len(GRADES))]
            guards = (*_is_asked(), *_keep_their_columns(asker, area))
            yield from _skipped(asker, area, before, guards)
            yield from _worse(asker, area, before, guards)
            yield from _better(asker, area, before, guards)


def _is_asked() -> Iterator[Condition]:
    """Only where grades add up (A08), and nothing came in or went out another way."""
    yield Held((term(OUTSTANDING), *minus(_from(0))), Op.EQUAL, steps=len(GRADES) + 1)
    yield Guard(CHANGED, Op.EQUAL, 0, absent_is_none=True)


def _keep_their_columns(asker: Asker, area: str) -> Iterator[Condition]:
    """Not where two grades stand in each other's place (A27)."""
    for pair in crosswise(asker, area):
        below = (Held((term(code), constant(-low)), Op.BELOW) for code, (low, _) in pair)
        above = (Held((term(code), constant(-high)), Op.ABOVE) for code, (_, high) in pair)
        yield Either((*below, *above))


def _skipped(asker: Asker, area: str, before: Sequence[int], guards: Sequence[Condition]) -> Iterator[LiveRule]:
    for first in range(BAD, len(GRADES)):
        excess = (*_from(first), constant(-before[first - 1]))
        words: Mapping[str, Word] = {"wider": _names(asker, first - 1), "now": _from(first)}
        yield _rule(asker, "skipped", area, first, excess, _limit(asker, before), guards, words)


def _worse(asker: Asker, area: str, before: Sequence[int], guards: Sequence[Condition]) -> Iterator[LiveRule]:
    for first, parameter, name in ((BAD, "grade_npl_percent", "不良"), (WORSE, "grade_worse_percent", "关注和不良")):
        percent, large = asker.value(parameter), int(asker.value("jump_amount") * FEN_PER_YUAN)
        more = (*_from(first), constant(-before[first]))
        words = {"grades": name, "percent": f"{percent}%", "hint": ""}
        yield _rule(asker, "worse", area, first, more, max(large, int(before[0] * percent // 100)), guards, words)


def _better(asker: Asker, area: str, before: Sequence[int], guards: Sequence[Condition]) -> Iterator[LiveRule]:
    for first in range(BAD, len(GRADES)):
        less = (constant(before[first]), *minus(_from(first)))
        beyond = (*less, term(REPAID, -1), term(WRITTEN_OFF, -1))
        yield _rule(asker, "better", area, first, beyond, _limit(asker, before), guards, {"change": less})


def _rule(
    asker: Asker, kind: str, area: str, first: int, excess: Sum, most: int, guards: Sequence[Condition],
    words: Mapping[str, Word],
) -> LiveRule:  # fmt: skip
    known = {"grades": _names(asker, first), "before": term(GRADES[first], when=When.LAST_MONTH), "excess": excess}
    message = asker.sentence(_CODE, kind, 2).replace("{difference}", "{excess}")
    above = Held((*excess, constant(-most)), Op.ABOVE)
    return asker.rule(
        _CODE, kind, GRADES[first], Op.TOLD, (), 2,
        guards=(above, *guards), words={**known, **words}, areas=(area,), message=message,
    )  # fmt: skip


def _limit(asker: Asker, before: Sequence[int]) -> int:
    amount, part = asker.value("grade_move_amount") * FEN_PER_YUAN, asker.value("grade_move_percent")
    return max(int(amount), int(before[0] * part // 100))


def _from(first: int) -> Sum:
    """What is in a grade and in all below it."""
    return tuple(term(code) for code in GRADES[first:])


def _names(asker: Asker, first: int) -> str:
    """「可疑、损失」."""
    return "、".join(asker.form.by_code[code].label.rpartition("/")[2] for code in GRADES[first:])
