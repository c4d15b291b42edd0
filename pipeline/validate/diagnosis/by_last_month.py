"""Figures whose size last month's tells: a digit more or less, a wrong unit, another area's, where no equation is.

A rule that compares two figures is told at one of them, and how a figure jumped says nothing of why. Where one of a
statement's stocks is far from last month's, comes near it by a slip of the pen, or by changing places with another
area's, and with that put right the rules have nothing to say any more, the finding is told at that figure, with its
cause; a whole column at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, permutations

import numpy as np

from pipeline.model import Bound, Finding, Observation, Severity, Submission
from pipeline.validate.diagnosis.cells import accused
from pipeline.validate.diagnosis.crosswise import crossed_counts, crosswise
from pipeline.validate.diagnosis.gathering import COUNT
from pipeline.validate.diagnosis.size import Sized, meant_in_words, slipped, stem_of_count
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.under import Check, is_to_answer, key_of
from pipeline.validate.diagnosis.wording import true_again
from pipeline.validate.frames import Book, machine
from pipeline.validate.masked import unknown

_UNNAMED = frozenset({"", Cause.OTHER.name.lower(), Cause.WRONG_DIGIT.name.lower()})
_MOST_NAMED, _COLUMN = 2, 3
_TRIED = 12
"""So many figures are tried for one: a digit that was lost at the end, and a few others."""
PER_LOAN = "A09"
_EXCHANGED = Cause.COLUMNS_EXCHANGED.name.lower()
_Key = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class _Trial:
    """Figures of one column with the same slip, or exchanged, and their statement with all of them put right."""

    sizes: Sequence[Sized]
    sent: Submission
    corrected: Submission
    meant: Mapping[int, tuple[Observation, int]]
    """By identity of the observation."""
    within: _Trial | None = None
    """With the other count of the same loans put right too: what this one brings alone is gone then."""
    after: tuple[_Trial, ...] = ()
    """What is put right in it too, one of which has to have been told before."""


def told_by_last_month(found: Sequence[Finding], told: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The findings as they are told, those that a slip against last month's figure explains under one that says so.

    Args:
        found: the findings as the rules have them.
        told: the same in the same order, those that follow from others under these.
        book: the statements, with what was in force before them.
        check: runs the rules of levels 1 and 2.
    """
    result = list(told)
    waiting = {f.submission for f in told if _is_unnamed(f) or _is_guessed(f)}
    trials = [
        trial
        for position, sent in enumerate(book.submissions)
        if sent.id in waiting
        for trial in _trials(book, position)
    ]
    left: dict[str, set[_Key]] = {}
    for finding in check([trial.corrected for trial in trials]) if trials else ():
        if finding.severity is not Severity.NOTE:
            left.setdefault(finding.submission, set()).add(key_of(finding))
    done: set[_Trial] = set()
    for trial in _best_first(trials, left):
        is_due = not trial.after or not done.isdisjoint(trial.after)
        if is_due and _tell(found, result, book, trial, left):
            done.add(trial)
    return result


def _best_first(trials: Sequence[_Trial], left: Mapping[str, set[_Key]]) -> list[_Trial]:
    """The trials as they are, those of one figure by how little they leave."""
    first: dict[object, int] = {}
    order: dict[int, tuple[int, int]] = {}
    for number, trial in enumerate(trials):
        is_single = len(trial.sizes) == 1 and not (trial.within or trial.after)
        figure = (trial.sent.id, trial.sizes[0].row, trial.sizes[0].code) if is_single else number
        first.setdefault(figure, number)
        order[id(trial)] = first[figure], len(left.get(trial.corrected.id, ()))
    return sorted(trials, key=lambda trial: order[id(trial)])


def _is_unnamed(finding: Finding) -> bool:
    return is_to_answer(finding) and not finding.under and finding.cause in _UNNAMED


def _is_guessed(finding: Finding) -> bool:
    """Households above their loans in every row: exchanged, as the rule has it, if the column is not tenfold."""
    return finding.rule == PER_LOAN and finding.cause == _EXCHANGED and not finding.under


def _trials(book: Book, position: int) -> Iterator[_Trial]:
    groups: dict[tuple[str, Cause], list[Sized]] = {}
    for size in slipped(book, position):
        groups.setdefault((size.code, size.cause), []).append(size)
    meant_so = chain(
        crosswise(book, position), crossed_counts(book, position), *(_alternatives(group) for group in groups.values())
    )
    trials = [_trial(book, position, sizes, f"size{number}") for number, sizes in enumerate(meant_so)]
    yield from trials
    singles = [trial for trial in trials if len(trial.sizes) == 1]
    for first, second in permutations(singles, 2):
        (one,), (other,) = first.sizes, second.sizes
        stem = stem_of_count(one.code) if one.row == other.row and one.code != other.code else ""
        if stem and stem == stem_of_count(other.code):
            yield from _one_after_the_other(first, second)


def _one_after_the_other(first: _Trial, second: _Trial) -> Iterator[_Trial]:
    """Two counts of the same loans, each told by itself, the second where the first is right."""
    name = f"{second.corrected.sha256}after{first.corrected.sha256}"
    both = _corrected(first.sent, name, {**first.meant, **second.meant})
    beside = replace(first, within=replace(second, corrected=both))
    yield from (beside, replace(second, corrected=both, after=(first, beside)))


def _trial(book: Book, position: int, sizes: Sequence[Sized], name: str) -> _Trial:
    """The statement with these figures as they were meant."""
    meant: dict[int, tuple[Observation, int]] = {}
    for code in dict.fromkeys(size.code for size in sizes):
        own = [size for size in sizes if size.code == code]
        follows = _totals_that_follow(book, position, own)
        if len(own) < _COLUMN:
            sizes = [size for size in sizes if size.code != code or size.row not in follows]
        figures = {size.row: size.meant for size in own} | follows
        meant |= {id(at): (at, value) for row, value in figures.items() for at in (book.origins[row][code],)}
    sent = book.submissions[position]
    return _Trial(sizes, sent, _corrected(sent, f"{sent.sha256}#{name}", meant), meant)


def _corrected(sent: Submission, sha256: str, meant: Mapping[int, tuple[Observation, int]]) -> Submission:
    observations = [replace(o, value=meant[id(o)][1]) if id(o) in meant else o for o in sent.observations]
    return replace(sent, observations=observations, sha256=sha256)


def _alternatives(sizes: Sequence[Sized]) -> Iterator[Sequence[Sized]]:
    """The figures as they were probably meant; a count by itself also as it may have been meant besides."""
    yield sizes
    if len(sizes) == 1:
        yield from ([replace(sizes[0], meant=value)] for value in sizes[0].others[:_TRIED])


def _totals_that_follow(book: Book, position: int, sizes: Sequence[Sized]) -> dict[int, int]:
    """Typed totals that are what these wrong figures add up to, and what they are without what is wrong."""
    code = sizes[0].code
    figures = book.now(code)
    own = (book.position == position) & ~unknown(figures)
    areas = np.flatnonzero(own & book.added)
    together = int(figures.data[areas].sum())
    surplus = sum(size.reported - size.meant for size in sizes if book.added[size.row])
    near = (len(areas) + 1) * book.submissions[position].step // 2 if book.form.by_code[code].is_amount else 0
    totals = np.flatnonzero(own & ~book.single) if surplus else ()
    return {int(row): int(figures[row]) - surplus for row in totals if abs(int(figures[row]) - together) <= near}


def _tell(
    found: Sequence[Finding], told: list[Finding], book: Book, trial: _Trial, left: Mapping[str, set[_Key]]
) -> bool:
    """Put what is gone under the heaviest of it, in other words; nothing where the slip brings something new."""
    own = [number for number, finding in enumerate(found) if finding.submission == trial.sent.id]
    still = left.get(trial.corrected.id, set())
    fresh = left.get(trial.within.corrected.id, set()) if trial.within else still
    if fresh - {key_of(found[number]) for number in own}:
        return False
    gone = {number for number in own if key_of(found[number]) not in still}
    is_column = len(trial.sizes) >= _COLUMN
    open_ones = [n for n in own if _is_unnamed(told[n]) or (is_column and _is_guessed(told[n]))]
    roots = [number for number in open_ones if _family(told, own, number) <= gone]
    if not roots:
        return False
    roots.sort(key=lambda number: (told[number].severity.rank, told[number].rule))
    root = _worded(told, roots, book, trial)
    under = {told[number].id for number in roots}
    told[roots[0]] = root
    for number in own:
        if number in roots[1:] or told[number].under in under:
            told[number] = replace(told[number], under=root.id)
    return True


def _family(told: Sequence[Finding], own: Iterable[int], root: int) -> set[int]:
    """A finding and those under it."""
    return {root, *(number for number in own if told[number].under == told[root].id)}


# ------------------------------------------------------------------ words


def _worded(told: Sequence[Finding], roots: Sequence[int], book: Book, trial: _Trial) -> Finding:
    root, sizes = told[roots[0]], trial.sizes
    at = {book.records[size.row].area: size for size in reversed(sizes)}
    first = at[root.area] if root.indicator == sizes[0].code and root.area in at else sizes[0]
    seen, column = book.origins[first.row][first.code], book.form.by_code[first.code]
    rules = sorted({told[number].rule for number in roots})
    says_more = len(sizes) == 1 and root.rule != COUNT
    broken = f"：{root.message.partition('。')[0]}" if says_more else ""
    ask = "，改正后重新报送；如属实，请说明原因。" if root.severity is Severity.SOFT else "，改正后重新报送。"
    moved = replace(
        root,
        message=f"{_what(book, sizes)}{broken}。改正后{true_again(rules)}。请核对{ask}",
        area="" if book.records[first.row].total else book.records[first.row].area,
        indicator=first.code,
        sheet=seen.sheet,
        cell=seen.cell,
        value=machine(column, first.reported),
        expected=machine(column, first.meant) if first.is_exact else "",
        bound=Bound.EXACT,
        cause=first.cause.name.lower(),
    )
    meant = {(size.row, size.code): size.meant if size.is_exact else None for size in sizes}
    return replace(moved, accused=accused(book, meant))


def _what(book: Book, sizes: Sequence[Sized]) -> str:
    first, label = sizes[0], book.label(sizes[0].code)
    if first.cause is Cause.AREAS_EXCHANGED:
        names = "与".join(_area(book, size) for size in sizes)
        shown = "，".join(
            f"{_area(book, size)}{book.say(size.code, size.reported)}{_last(book, size)}" for size in sizes
        )
        return f"{names}“{label}”的数疑似互换：{shown}"
    if first.cause is Cause.COLUMNS_EXCHANGED:
        shown = "，".join(
            f"“{book.label(size.code)}”{book.say(size.code, size.reported)}{_last(book, size)}" for size in sizes
        )
        labels = "与".join(f"“{book.label(size.code)}”" for size in sizes)
        return f"{_area(book, first)}{labels}的数疑似互换：{shown}"
    if len(sizes) == 1:
        area = _area(book, first)
        return (
            f"{area}“{label}”{book.say(first.code, first.reported)}疑似{first.cause.value}，"
            f"推算{meant_in_words(book, first)}{_last(book, first)}"
        )
    shown = "；".join(
        f"{_area(book, size)}{book.say(size.code, size.reported)}{meant_in_words(book, size)}{_last(book, size)}"
        for size in sizes[:_MOST_NAMED]
    )
    return f"“{label}”一栏疑似{first.cause.value}，共{len(sizes)}处，如{shown}"


def _last(book: Book, size: Sized) -> str:
    return "" if size.last is None else f"（上月{book.say(size.code, size.last)}）"


def _area(book: Book, size: Sized) -> str:
    record = book.records[size.row]
    return book.area_name(record.area, record.submission)
