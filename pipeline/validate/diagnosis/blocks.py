"""Several columns that went wrong together: copied or exchanged as a block, as sheets are filled in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import STEMS, Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.equations import BASES, FLOWS, YEAR_SO_FAR
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown

SPANS = tuple(STEMS)
"""How codes of the month, of the year so far and of all time end: the narrower span first."""
SPAN_NAMES = dict(zip(SPANS, ("本月", "本年累计", "历史累计"), strict=True))
_OWN = frozenset({"A04", "A05", "A07"})
"""Equations by which a flow is carried on, or a base compared: each says what its figure was meant to be."""
_TOGETHER = (("disbursed_loans", "disbursed_households"),)
"""Measures side by side in each span, taken for each other."""
_CARRIED = frozenset(stem for stem, _ in FLOWS) | {equation.figure.rpartition("_")[0] for equation in YEAR_SO_FAR}
"""Measures whose spans equations carry on: what is wrong with them is known by that."""
_TWO_PLACES = 100
_LEAST = 2
"""So many columns at once are a block."""
Source = Callable[[Book, int, str], int | None]
"""What stands in a figure's place, by row and indicator, where it was copied from there."""


def blocks(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Guesses at several columns at once, in all rows or in one."""
    yield from _copied(system, values, broken)
    yield from _spans_exchanged(system, values, broken)
    yield from _measures_exchanged(system, values, broken)
    yield from _points_lost(system, values, broken)


# ------------------------------------------------------------------ copied from elsewhere


def last_months(book: Book, row: int, code: str) -> int | None:
    """The same figure a month before."""
    before = book.before(code)
    return None if unknown(before)[row] else int(before[row])


def gone_on(book: Book, row: int, code: str) -> int | None:
    """In January, what December's figure and the month's come to."""
    before, month = last_months(book, row, code), _now(book, row, f"{code.removesuffix('_ytd')}_mtd")
    return None if before is None or month is None or book.month[row] != 1 else before + month


def nothing(book: Book, row: int, code: str) -> int:
    """Nought: what stands where nobody filled in what happened."""
    del book, row, code
    return 0


def _of_span(span: str) -> Source:
    def figure(book: Book, row: int, code: str) -> int | None:
        return _now(book, row, stem_of(code) + span)

    return figure


def _now(book: Book, row: int, code: str) -> int | None:
    figures = book.now(code)
    return None if unknown(figures)[row] else int(figures[row])


def sources(end: str) -> dict[Cause, list[Source]]:
    """Where figures of a span may have been copied from, by what that is called."""
    found: dict[Cause, list[Source]] = {Cause.LAST_MONTHS: [last_months]}
    for span, cause in STEMS.get(end, {}).items():
        found.setdefault(cause, []).append(_of_span(span))
    if end == "_ytd":
        found[Cause.YEAR_NOT_RESET] = [gone_on]
    if end:
        found[Cause.OMITTED] = [nothing]
    return found


def span_of(code: str) -> str:
    """How a code ends that is of a span; nothing of others."""
    return next((span for span in SPANS if code.endswith(span)), "")


def is_carried_on(code: str) -> bool:
    """Whether it is a flow of what is lent, repaid or written off: of the money or of what goes with it."""
    return _kind(code) in {_kind(stem) for stem in _CARRIED}


def stem_of(code: str) -> str:
    """What is measured, whatever the span."""
    return code.removesuffix(span_of(code))


def is_copied(book: Book, place: Place, source: Source) -> bool:
    """Whether a figure is what stands there, its roundings apart."""
    (row, code), there = place, source(book, *place)
    near = 2 * int(book.step[row]) if source is gone_on and _is_rounded(book, place) else 0
    now = _now(book, row, code)
    return there is not None and now is not None and abs(now - there) <= near


def _is_rounded(book: Book, place: Place) -> bool:
    return book.form.by_code[place[1]].is_amount and int(book.step[place[0]]) > 1


def _copied(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Columns of one span, or all typed bases, each copied from the same place; meant as their own equations say."""
    meant = _as_equations_say(system, values, broken)
    bases = [place for place in meant if place[1] in dict(BASES)]
    spans = [(span, [place for place in meant if span_of(place[1]) == span]) for span in SPANS]
    for span, places in [*spans, ("", bases)]:
        for cause, there in sources(span).items():
            for source in there:
                copied = [place for place in places if is_copied(system.book, place, source)]
                for rows in _together_or_one({row for row, _ in copied}):
                    yield from _block(
                        system, values, meant, [p for p in copied if not rows or p[0] in rows], cause, rows
                    )


def _together_or_one(rows: Collection[int]) -> Iterator[tuple[int, ...]]:
    """All of these rows, where they are several, and each by itself."""
    yield from [()] if len(rows) > 1 else []
    yield from ((row,) for row in sorted(rows))


def _block(
    system: System,
    values: Integers,
    meant: Mapping[Place, int],
    places: Sequence[Place],
    cause: Cause,
    rows: tuple[int, ...],
) -> Iterator[Hypothesis]:
    """These figures as one guess, where they are of several columns; nought says little, but that it was left out."""
    telling = [place for place in places if values[system.position[place]] or cause is Cause.OMITTED]
    codes = dict.fromkeys(code for _, code in places)
    if len({code for _, code in telling}) >= _LEAST:
        order = sorted(places, key=lambda place: place not in telling)
        at = np.array([system.position[place] for place in order], dtype=np.int64)
        yield Hypothesis(at, np.array([meant[place] for place in order]), cause, "", rows, block=tuple(codes))


def _as_equations_say(system: System, values: Integers, broken: Mask) -> dict[Place, int]:
    """Figures in broken equations of their own, and what these make of them; the year's before that of all time."""
    off, meant = system.off(values), dict[Place, int]()
    for number in np.flatnonzero(broken):
        line = system.lines[number]
        for place, sign in line.terms if line.rule in _OWN else ():
            meant.setdefault(place, int(values[system.position[place]] - sign * off[number]))
    return meant


# ------------------------------------------------------------------ exchanged


def _spans_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two spans of several measures, in all rows or in one."""
    meant = _as_equations_say(system, values, broken)
    stems = sorted({stem_of(code) for _, code in meant if span_of(code)})
    rows = sorted({row for row, _ in meant})
    for one, other in combinations(SPANS, 2):
        for own in (system.rows, *((row,) for row in rows)):
            pairs = {
                stem: [pair for row in own if _are_known(system, pair := ((row, stem + one), (row, stem + other)))]
                for stem in stems
            }
            right = [pair for chosen in _put_right(system, values, pairs) for pair in pairs[chosen]]
            yield from _exchanged(system, values, [*right, *_pairs_beside(system, right)], own)


def _pairs_beside(system: System, pairs: Sequence[tuple[Place, Place]]) -> Iterator[tuple[Place, Place]]:
    """Figures that went wrong with these though no equation carries them on, in pairs."""
    others = beside(system.book, Cause.COLUMNS_EXCHANGED, [place for pair in pairs for place in pair])
    spans = {span_of(one): span_of(other) for (_, one), (_, other) in pairs}
    for row, code in others:
        wide = (row, stem_of(code) + spans.get(span_of(code), ""))
        if span_of(code) in spans and _are_known(system, ((row, code), wide)):
            yield (row, code), wide


def _are_known(system: System, places: Iterable[Place]) -> bool:
    return all(place in system.position for place in places)


def _put_right(system: System, values: Integers, pairs: Mapping[str, Sequence[tuple[Place, Place]]]) -> list[str]:
    """The measures whose own equations all hold once two of their spans change places."""
    there = {stem: own for stem, own in pairs.items() if own}
    if not there:
        return []
    changes = [_changed(system, values, own) for own in there.values()]
    nothing = np.zeros(len(system.lines), dtype=np.int64)
    after = system.broken_after(values, changes, [nothing] * len(changes))
    own_lines = np.array([line.rule in _OWN for line in system.lines])
    return [
        stem
        for stem, (at, _), wrong in zip(there, changes, after, strict=True)
        if not (wrong & own_lines & system.matrix[:, at].any(axis=1)).any()
    ]


def _changed(system: System, values: Integers, pairs: Sequence[tuple[Place, Place]]) -> tuple[Integers, Integers]:
    first = np.array([system.position[one] for one, _ in pairs], dtype=np.int64)
    second = np.array([system.position[other] for _, other in pairs], dtype=np.int64)
    return np.concatenate([first, second]), np.concatenate([values[second], values[first]])


def _exchanged(
    system: System, values: Integers, pairs: Sequence[tuple[Place, Place]], rows: tuple[int, ...]
) -> Iterator[Hypothesis]:
    """These pairs of figures exchanged, where they are of several columns."""
    differing = [(p, q) for p, q in pairs if values[system.position[p]] != values[system.position[q]]]
    columns = dict.fromkeys((one[1], other[1]) for one, other in differing)
    if len(columns) >= _LEAST:
        at, meant = _changed(system, values, differing)
        own = rows if len(rows) == 1 and len(system.rows) > 1 else ()
        codes = tuple(code for side in zip(*columns, strict=True) for code in side)
        yield Hypothesis(at, meant, Cause.COLUMNS_EXCHANGED, "", own, block=codes)


def _measures_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Loans and households of several spans, in all rows or in one."""
    rows = sorted({row for row, _ in _as_equations_say(system, values, broken)})
    for (one, other), own in product(_TOGETHER, (system.rows, *((row,) for row in rows))):
        both = (((row, one + span), (row, other + span)) for row in own for span in SPANS)
        pairs = [pair for pair in both if _are_known(system, pair)]
        yield from _exchanged(system, values, pairs, own)


def _points_lost(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """All amounts, or those of a row, with their two decimals run on, or with a point set twice."""
    form = system.book.form
    amounts = [(at, row) for at, (row, code) in enumerate(system.places) if form.by_code[code].is_amount]
    rows = sorted({row for line in np.flatnonzero(broken) for (row, _), _ in system.lines[line].terms})
    groups = [([at for at, _ in amounts], ()), *(([at for at, own in amounts if own == row], (row,)) for row in rows)]
    for places, own in groups:
        at = np.array(places, dtype=np.int64)
        if len(at) > 1 and np.any(values[at]):
            less = np.round(values[at] / _TWO_PLACES).astype(np.int64)
            yield Hypothesis(at, less, Cause.POINT, rows=own, factor=Fraction(1, _TWO_PLACES))
            if np.all(np.abs(values[at]) < np.iinfo(np.int64).max // _TWO_PLACES):
                more = values[at] * _TWO_PLACES
                yield Hypothesis(at, more, Cause.POINT, rows=own, factor=Fraction(_TWO_PLACES), coarser=_TWO_PLACES)


# ------------------------------------------------------------------ what goes with them


def beside(book: Book, cause: Cause, places: Sequence[Place]) -> dict[Place, int | None]:
    """Figures that no equation has and that went wrong with these: what they were meant to be, None where unknown."""
    rows, own = list(dict.fromkeys(row for row, _ in places)), set(places)
    spans = {span_of(code) for _, code in places} - {""}
    kinds = {_kind(code) for _, code in places}
    flows = {stem_of(column.code) for column in book.form.columns if span_of(column.code)}
    stems = {stem for stem in flows - _CARRIED if _kind(stem) in kinds}
    if cause is Cause.COLUMNS_EXCHANGED:
        return _exchanged_beside(book, rows, sorted(spans, key=SPANS.index), sorted(stems - _stems(own)))
    found: dict[Place, int | None] = {}
    is_omitted = cause is Cause.OMITTED
    for span in spans if not is_omitted or len(_stems(own)) >= _LEAST else ():
        for source in sources(span).get(cause, ()):
            for code in (stem + span for stem in sorted(stems)):
                others = [(row, code) for row in rows if (row, code) not in own and _now(book, row, code) is not None]
                is_telling = is_omitted or any(_now(book, *place) for place in others)
                if is_telling and all(is_copied(book, place, source) for place in others):
                    found |= {(row, at): _meant_beside(book, cause, row, at) for row, at in others}
    return found


def _kind(code: str) -> str:
    """What happens: lending, repaying; whatever is counted of it, loans, households or money."""
    return code.partition("_")[0]


def _stems(places: set[Place]) -> set[str]:
    return {stem_of(code) for _, code in places}


def _meant_beside(book: Book, cause: Cause, row: int, code: str) -> int | None:
    return _now(book, row, f"{stem_of(code)}_mtd") if cause is Cause.YEAR_NOT_RESET else None


def _exchanged_beside(
    book: Book, rows: Sequence[int], spans: Sequence[str], stems: Sequence[str]
) -> dict[Place, int | None]:
    """Measures whose narrower span is nowhere below the wider one, as it would be were they in their places."""
    found: dict[Place, int | None] = {}
    for stem in stems if len(spans) == 2 else ():
        narrow, wide = (stem + span for span in spans)
        both = {row: (_now(book, row, narrow), _now(book, row, wide)) for row in rows}
        known = {row: (one, other) for row, (one, other) in both.items() if one is not None and other is not None}
        if known and all(one >= other for one, other in known.values()):
            found |= {(row, narrow): other for row, (_, other) in known.items()}
            found |= {(row, wide): one for row, (one, _) in known.items()}
    return found
