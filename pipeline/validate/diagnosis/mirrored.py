"""Why what a county says of its banks is not what these say: one reason for several banks is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from pipeline.validate.diagnosis.slips import Cause, slip

NAMED = {Cause.UNIT, Cause.TRANSPOSED, Cause.DIGIT_MORE, Cause.DIGIT_LESS, Cause.POINT, Cause.OMITTED}
"""Slips that tell themselves. That one digit is another says no more than that the figures differ."""
_FEW = 10
"""Counts below are slips of each other too easily."""
_NOBODY = -1
_EVERY_BANK = 3
"""So many banks, and all that are compared, do not err each for itself."""

Elsewhere = tuple[str, int]
"""(county, months before)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure as the county says it and as the bank does, this month and last.

    `row` is the county's row of that bank; `allowed` is twice what roundings may make of it; `step` is the last place
    that the county types, 0 for counts.
    """

    row: int
    mirror: str
    said: int
    theirs: int
    allowed: int
    step: int
    last: int | None = None
    elsewhere: Mapping[Elsewhere, int] = field(default_factory=dict)
    """What the same bank says of other counties."""

    def agrees(self, figure: int | None) -> bool:
        """Whether the county says this figure."""
        return figure is not None and abs(self.said - figure) * 2 <= self.allowed


@dataclass(frozen=True, slots=True)
class Guess:
    """All figures of one bank that differ, and why; `under` is the row of the bank with which it is told."""

    pairs: Sequence[Pair]
    cause: str = ""
    words: str = ""
    """May name the month before (`month`), another bank (`other`), another county and its month (`elsewhere`)."""
    other: int = _NOBODY
    elsewhere: Elsewhere | None = None
    under: int = _NOBODY

    @property
    def row(self) -> int:
        """The county's row of that bank."""
        return self.pairs[0].row


def guesses(pairs: Iterable[Pair]) -> list[Guess]:
    """What differs in one county, bank by bank; who is told with another bank comes after it."""
    compared: dict[int, list[Pair]] = {}
    for pair in pairs:
        compared.setdefault(pair.row, []).append(pair)
    wrong = {row: [p for p in own if not p.agrees(p.theirs)] for row, own in compared.items()}
    wrong = {row: own for row, own in wrong.items() if own}
    if len(wrong) > 1 and all(pair.agrees(pair.last) for own in compared.values() for pair in own):
        return _sent_again(wrong)
    if len(wrong) > 1 and (elsewhere := _of_another_county(compared)):
        return _copied(wrong, elsewhere)
    told: dict[int, Guess] = {}
    for one, other in combinations(wrong, 2):
        if not {one, other} & told.keys() and _are_exchanged(wrong[one], wrong[other]):
            told |= _exchanged(wrong[one], wrong[other])
    found = [told.get(row) or _alone(own) for row, own in wrong.items()]
    return _all_wrong(found) if not told and len(found) == len(compared) >= _EVERY_BANK else found


def _all_wrong(found: Sequence[Guess]) -> list[Guess]:
    """No bank agrees: that is about the return, and not about each of them."""
    first, *others = found
    cause = first.cause if all(other.cause == first.cause for other in others) else ""
    words = "其余各家银行的数也都与其报表不一致，疑似整份填错（报告期、口径、单位或者县区）"
    guessed = f"{first.words}；{words}" if cause else words
    return [replace(first, cause=cause, words=guessed), *(replace(other, under=first.row) for other in others)]


def _sent_again(wrong: Mapping[int, Sequence[Pair]]) -> list[Guess]:
    first, *others = wrong
    words = "这些数与各家银行上月（{month}）的报表都一致，疑似重报了上月的报表"
    cause = Cause.LAST_MONTHS.name.lower()
    return [Guess(wrong[first], cause, words), *(Guess(wrong[row], cause, under=first) for row in others)]


def _of_another_county(compared: Mapping[int, Sequence[Pair]]) -> Elsewhere | None:
    """The one other county of which all banks say just this."""
    pairs = [pair for own in compared.values() for pair in own]
    fitting = [key for key in pairs[0].elsewhere if all(pair.agrees(pair.elsewhere.get(key)) for pair in pairs)]
    return fitting[0] if len(fitting) == 1 else None


def _copied(wrong: Mapping[int, Sequence[Pair]], elsewhere: Elsewhere) -> list[Guess]:
    first, *others = wrong
    words = "所填各银行的数与各银行报表中{elsewhere}的数都一致，疑似整份填成了{elsewhere}的数，其他各栏也请逐栏核对"
    cause = Cause.OTHER_COUNTY.name.lower()
    return [
        Guess(wrong[first], cause, words, elsewhere=elsewhere),
        *(Guess(wrong[row], cause, under=first) for row in others),
    ]


def _are_exchanged(one: Sequence[Pair], other: Sequence[Pair]) -> bool:
    theirs = {pair.mirror: pair for pair in other}
    return {pair.mirror for pair in one} == theirs.keys() and all(
        _is_near(pair, theirs[pair.mirror]) and _is_near(theirs[pair.mirror], pair) for pair in one
    )


def _is_near(pair: Pair, other: Pair) -> bool:
    """Whether the county says of this bank what is true of the other."""
    return abs(pair.said - other.theirs) * 2 <= max(pair.allowed, other.allowed)


def _exchanged(one: Sequence[Pair], other: Sequence[Pair]) -> dict[int, Guess]:
    first, second, cause = one[0].row, other[0].row, Cause.BANKS_EXCHANGED.name.lower()
    words = "与“{other}”的数正好相反，疑似两家银行填反"
    return {
        first: Guess(one, cause, words, other=second),
        second: Guess(other, cause, words, other=first, under=first),
    }


def _alone(own: Sequence[Pair]) -> Guess:
    if all(pair.agrees(pair.last) for pair in own):
        return Guess(own, Cause.LAST_MONTHS.name.lower(), "这是该行上月（{month}）的数，疑似沿用了上月的数")
    if _are_crosswise(own):
        return Guess(own, Cause.COLUMNS_EXCHANGED.name.lower(), "这两个数正好相反，疑似两栏互换")
    names = {_slip(pair) for pair in own}
    found = names.pop() if len(names) == 1 else None
    return Guess(own, found.name.lower(), f"疑似{found.value}") if found else Guess(own)


def _are_crosswise(own: Sequence[Pair]) -> bool:
    """Two amounts of one bank, what is lent and what is owed, each as the bank has the other."""
    amounts = [pair for pair in own if pair.step]
    return len(own) == len(amounts) == 2 and _is_near(*own) and _is_near(*own[::-1])


def _slip(pair: Pair) -> Cause | None:
    few = not pair.step and 0 < min(pair.said, pair.theirs) < _FEW
    found = None if few or not pair.theirs else slip(pair.said, pair.theirs, pair.step)
    return found if found in NAMED else None
