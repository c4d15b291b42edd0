"""What is wrong throughout and can be told at sight: rows that are another's, flows not renewed, minus throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from pipeline.validate.diagnosis.blocks import (
    SPAN_NAMES,
    SPANS,
    is_carried_on,
    is_copied,
    last_months,
    span_of,
    stem_of,
)
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.likeness import Likeness, Twin, cause_of_twin
from pipeline.validate.diagnosis.omitted import left_at_nought
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown
from pipeline.validate.owed import SIGNED

MANY = 4
"""So many figures of one row are wrong for one reason."""
DOUBTED = 2
"""So many broken equations of a row are enough to look for it elsewhere."""
_PERCENT = 85
"""Of the amounts of a row: two or three may have kept their sign."""
_SINCE = SPANS[:2]


def negative(system: System, values: Integers) -> Iterator[Hypothesis]:
    """Rows whose amounts are all below zero: of the file together, where all areas are so."""
    areas = [row for row in system.rows if system.book.single[row]]
    rows = {row: places for row in areas if (places := _negative(system, values, row))}
    groups = [tuple(areas)] if len(rows) == len(areas) > 1 else [(row,) for row in rows]
    for group in groups:
        at = np.array([position for row in group for position in rows[row]], dtype=np.int64)
        yield Hypothesis(at, -values[at], Cause.SIGN, rows=group if len(group) == 1 else ())


def _negative(system: System, values: Integers, row: int) -> list[int]:
    """The amounts of a row that are below zero, where these are many and nearly all."""
    form = system.book.form
    amounts = [n for n, (own, code) in enumerate(system.places) if own == row and form.by_code[code].is_amount]
    told = [position for position in amounts if values[position] and system.places[position][1] not in SIGNED]
    below = [position for position in told if values[position] < 0]
    return below if len(below) >= MANY and _PERCENT * len(told) <= 100 * len(below) else []


def copied(system: System, broken: Mask, likeness: Likeness) -> list[Found]:
    """Rows left at nought, another row over again or an earlier month's, or all flows that are last month's."""
    wrong = _wrong_lines(system, broken)
    nought = left_at_nought(system, wrong)
    if nought:
        return nought
    flows = _flows_of_last_month(system, [row for row in system.rows if wrong.get(row)])
    if flows:
        return flows
    found: list[Found] = []
    for row in (row for row, times in wrong.items() if times >= DOUBTED and system.book.single[row]):
        others = [other for other in system.rows if other != row and wrong.get(other, 0) < wrong[row]]
        twins = likeness.twins(row, others if system.book.added[list(system.rows)].sum() > 1 else ())
        twin = next((twin for twin in twins if _is_why(system, broken, twin)), None)
        if twin is not None:
            found.append(_as_found(system, likeness, twin))
    return found


def _is_why(system: System, broken: Mask, twin: Twin) -> bool:
    """Whether what is broken is broken by figures that are the same: two honest rows may be alike but for a slip."""
    lines = (system.lines[number] for number in np.flatnonzero(broken))
    own = [line for line in lines if line.rule != "A01" and line.terms[0][0][0] == twin.row]
    return sum(not any(code in twin.differing for (_, code), _ in line.terms) for line in own) >= DOUBTED


def _wrong_lines(system: System, broken: Mask) -> dict[int, int]:
    """Of each row, how many equations of its own are broken."""
    times: dict[int, int] = {}
    for number in np.flatnonzero(broken):
        if system.lines[number].rule != "A01":
            row = system.lines[number].terms[0][0][0]
            times[row] = times.get(row, 0) + 1
    return times


def _as_found(system: System, likeness: Likeness, twin: Twin) -> Found:
    book, cause = system.book, cause_of_twin(twin)
    totals = [row for row in system.rows if not book.single[row]] if book.added[twin.row] else []
    blank = tuple((row, code) for row in (twin.row, *totals) for code in _known(book, row, likeness.codes))
    area, source = (book.area_name(book.records[row].area, system.submission) for row in (twin.row, twin.source))
    where = book.months[system.submission].shifted(-twin.back).label if twin.back else f"“{source}”一行"
    words = (
        f"{area}的{twin.figures}个数中有{twin.same}个与{where}的相同：疑似整行{cause.value}。"
        f"请改填{area}{book.months[system.submission].label}的数，重新报送。"
    )
    return Found(cause, (), (), rows=(twin.row,), blank=blank, words=words)


def _known(book: Book, row: int, codes: Sequence[str]) -> Iterator[str]:
    return (code for code in codes if not unknown(book.now(code))[row])


# ------------------------------------------------------------------ flows that were not renewed


def _flows_of_last_month(system: System, wrong: Sequence[int]) -> list[Found]:
    """All flows of the month and of the year as they were a month ago, in all rows; those of all time too, or not."""
    book = system.book
    rows = [row for row in system.rows if book.single[row]]
    codes = [column.code for column in book.form.columns if span_of(column.code) and is_carried_on(column.code)]
    figures = [(row, code) for row in rows for code in _known(book, row, codes)]
    of_year = [place for place in figures if span_of(place[1]) in _SINCE]
    telling = [place for place in of_year if int(book.now(place[1])[place[0]])]
    month = {code for _, code in telling if span_of(code) == _SINCE[0]}
    if not wrong or len(month) < 2 or not all(is_copied(book, place, last_months) for place in of_year):
        return []
    ever = [place for place in figures if span_of(place[1]) not in _SINCE]
    also = [*of_year, *(ever if all(is_copied(book, place, last_months) for place in ever) else ())]
    columns = {code for _, code in also}
    totals = [(row, code) for row in system.rows if row not in rows for code in _known(book, row, sorted(columns))]
    then, now = (book.months[system.submission].shifted(-back).label for back in (1, 0))
    spans = "、".join(SPAN_NAMES[span] for span in SPANS if span in {span_of(code) for code in columns})
    words = (
        f"发放、收回等发生额各栏（{spans}）都与{then}的报表相同，余额却有变动：疑似{Cause.LAST_MONTHS.value}。"
        f"请改填{now}的数，重新报送。"
    )
    return [
        Found(Cause.LAST_MONTHS, (), (), blank=(*sorted(also, key=lambda at: at not in telling), *totals), words=words)
    ]


# ------------------------------------------------------------------ spans exchanged, where no month before tells


def exchanged(system: System, values: Integers) -> Iterator[Hypothesis]:
    """Two spans of which the narrower is the larger in every area, where that is more than one slip."""
    book = system.book
    stems = sorted({stem_of(code) for _, code in system.places if span_of(code)})
    for one, other in combinations(SPANS, 2):
        pairs: list[tuple[int, int]] = []
        codes: list[str] = []
        for stem in stems:
            own = [
                (row, (system.position[row, stem + one], system.position[row, stem + other]))
                for row in system.rows
                if (row, stem + one) in system.position and (row, stem + other) in system.position
            ]
            differing = [(row, pair) for row, pair in own if values[pair[0]] != values[pair[1]]]
            if differing and all(values[narrow] > values[wide] >= 0 for _, (narrow, wide) in differing):
                pairs += [pair for _, pair in differing]
                codes.append(stem)
        areas = {system.places[narrow][0] for narrow, _ in pairs if book.single[system.places[narrow][0]]}
        if len(areas) > 2 or len(codes) > 1:
            first, second = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
            block = tuple(stem + span for span in (one, other) for stem in codes)
            at, meant = np.concatenate([first, second]), np.concatenate([values[second], values[first]])
            column, several = (" ".join(block), ()) if len(codes) == 1 else ("", block)
            yield Hypothesis(at, meant, Cause.COLUMNS_EXCHANGED, column, block=several)
            return
