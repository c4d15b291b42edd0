"""One cause, one message: what would be gone if a cause were put right is folded under it.

Not guessed: the statement is corrected in memory, the same rules are run on it, and what they no longer find goes with
the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Finding, Observation, Severity, Submission
from pipeline.money import round_half_up
from pipeline.validate.diagnosis.search import Found, causes
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Equations, Place
from pipeline.validate.frames import Book, machine

Check = Callable[[Sequence[Submission]], list[Finding]]
"""The rules, run on statements; those of one run have to have different ids."""
UNIT_RULE = "A13"
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, eq=False)
class _Trial:
    """A statement with its first causes put right; `number` counts the causes from 0."""

    submission: int
    number: int
    cause: Found
    corrected: Submission


def diagnosed(found: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The same findings, those that follow from a cause folded under the one that names it.

    Args:
        found: all findings on the statements of the book, those of levels 1 and 2.
        book: the statements, with what was in force before them.
        check: runs the rules of levels 1 and 2.
    """
    wrong = {finding.submission for finding in found if finding.severity is not Severity.NOTE}
    equations = Equations(book)
    trials = [
        trial
        for position, submission in enumerate(book.submissions)
        if submission.id in wrong
        for trial in _trials(book, position, causes(equations.system(position)))
    ]
    if not trials:
        return list(found)
    left: dict[str, set[tuple[str, str, str]]] = {}
    for finding in check([trial.corrected for trial in trials]):
        left.setdefault(finding.submission, set()).add(_key(finding))
    folded: dict[int, Finding] = {}
    for trial in trials:
        own = book.submissions[trial.submission].id
        gone = [
            number
            for number, finding in enumerate(found)
            if finding.submission == own
            and number not in folded
            and finding.severity is not Severity.NOTE
            and _key(finding) not in left.get(trial.corrected.id, set())
        ]
        if gone:
            folded |= _fold(book, trial, {number: found[number] for number in gone})
    return [folded.get(number, finding) for number, finding in enumerate(found)]


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.area, finding.indicator


def _trials(book: Book, position: int, found: Sequence[Found]) -> Iterator[_Trial]:
    submission = book.submissions[position]
    for number, cause in enumerate(found):
        meant = dict(zip(cause.places, cause.meant, strict=True)) | dict(_outside(book, position, cause))
        at = {id(book.origins[row].get(code)): value for (row, code), value in meant.items()}
        observations = [replace(o, value=at[id(o)]) if id(o) in at else o for o in submission.observations]
        submission = replace(submission, observations=observations, sha256=f"{submission.sha256}#{number}")
        yield _Trial(position, number, cause, submission)
        book = replace(book, origins=tuple(_origins(book, submission, position)))


def _outside(book: Book, position: int, cause: Found) -> Iterator[tuple[Place, int]]:
    """What goes with a cause though no equation has it: amounts of a row or file in the wrong unit, exchanged areas."""
    known, own = set(cause.places), [row for row, r in enumerate(book.records) if r.submission == position]
    for code in (column.code for column in book.form.columns if not column.is_text):
        figures = {row: int(at.value) for row in own if (at := book.origins[row].get(code)) and at.value is not None}
        if cause.cause is Cause.UNIT and cause.factor != 1 and book.form.by_code[code].is_amount:
            if not cause.column or cause.column == code:
                for row in figures.keys() & (set(cause.rows) or figures.keys()):
                    if (row, code) not in known:
                        yield (row, code), round_half_up(figures[row] * cause.factor)
        elif cause.cause is Cause.AREAS_EXCHANGED and not cause.column and figures.keys() >= set(cause.rows):
            one, other = cause.rows
            if (one, code) not in known:
                yield from (((one, code), figures[other]), ((other, code), figures[one]))


def _origins(book: Book, submission: Submission, position: int) -> Iterator[dict[str, Observation]]:
    """The cells of each row, those of this statement as they are now."""
    now = {(o.area, o.total, o.institution, o.item, o.indicator): o for o in submission.observations}
    for record, seen in zip(book.records, book.origins, strict=True):
        if record.submission != position:
            yield dict(seen)
            continue
        yield {code: now[record.area, record.total, record.institution, record.item, code] for code in seen}


def _fold(book: Book, trial: _Trial, gone: dict[int, Finding]) -> dict[int, Finding]:
    """One of these findings tells the cause, at its first figure; the others are folded under it."""
    row, code = trial.cause.places[0]
    area, place = _area(book, (row, code)), book.place(code, row)
    order = sorted(gone, key=lambda n: (not _is_named(gone[n], trial.cause), *_rank(gone[n], area, place)))
    root, words = gone[order[0]], _words(book, trial.cause, sorted({finding.rule for finding in gone.values()}))
    told = replace(root, message=words, cause=trial.cause.cause.name.lower())
    meant = {(_area(book, at), book.place(at[1], at[0])): value for at, value in trial.cause.meant_at.items()}
    if _is_named(root, trial.cause) and (root.area, root.indicator) in meant:
        area, place = root.area, root.indicator
    else:
        at = book.origins[row][code]
        told = replace(told, area=area, indicator=place, sheet=at.sheet, cell=at.cell)
        told = replace(told, value=machine(book.form.by_code[code], at.value or 0))
    told = replace(told, expected=machine(book.form.by_code[place.partition("@")[0]], meant[area, place]))
    return {order[0]: told} | {number: replace(gone[number], under=told.id) for number in order[1:]}


def _area(book: Book, place: Place) -> str:
    record = book.records[place[0]]
    return "" if record.total else record.area


def _is_named(finding: Finding, cause: Found) -> bool:
    """Whether the rule is there for this very cause (A13 for a wrong unit), so that its own place is the right one."""
    return cause.cause is Cause.UNIT and finding.rule == UNIT_RULE and finding.severity is Severity.HARD


def _rank(finding: Finding, area: str, place: str) -> tuple[int, bool, str]:
    """The heaviest first; of these one that is told at the wrong figure itself."""
    return _WEIGHT[finding.severity], not _is_at(finding, area, place), finding.rule


def _is_at(finding: Finding, area: str, place: str) -> bool:
    return (finding.area, finding.indicator) == (area, place)


# ------------------------------------------------------------------ words

_MOST_NAMED = 2


def _words(book: Book, found: Found, rules: Sequence[str]) -> str:
    """What is wrong, what it was probably meant to be, and what speaks for it."""
    return f"{_what(book, found)}。改正后{_true(rules)}。请核对，改正后重新报送。"


def _true(rules: Sequence[str]) -> str:
    return f"{'、'.join(rules)}各项都能对上" if len(rules) > 1 else f"{rules[0]}能对上"


def _what(book: Book, found: Found) -> str:
    submission = book.records[found.places[0][0]].submission
    names = [book.area_name(book.records[row].area, submission) for row in found.rows]
    cause = found.cause.value
    labels = [f"“{book.label(code)}”" for code in found.column.split()]
    if found.cause is Cause.AREAS_EXCHANGED:
        return f"{names[0]}与{names[1]}{'、'.join(labels)}的数疑似互换"
    if found.cause is Cause.COLUMNS_EXCHANGED:
        return f"{''.join(names)}{'与'.join(labels)}的数疑似互换"
    if found.cause is Cause.ROW_SHIFTED:
        return f"{names[0]}至{names[-1]}{'、'.join(labels)}的数疑似错行"
    if len(found.places) == 1:
        return f"{_place(book, found.places[0])}疑似{cause}，推算应为{_meant(book, found, 0)}"
    if labels:
        where = f"{labels[0]}一栏"
    elif len({row for row, _ in found.places}) == 1:
        where = f"{book.area_name(book.records[found.places[0][0]].area, submission)}各栏"
    else:
        where = "全表金额"
    shown = [f"{_place(book, place)}应为{_meant(book, found, n)}" for n, place in enumerate(found.places[:_MOST_NAMED])]
    return f"{where}疑似{cause}，共{len(found.places)}处，如{'；'.join(shown)}"


def _place(book: Book, place: Place) -> str:
    row, code = place
    record = book.records[row]
    reported = int(np.asarray(book.now(code).data)[row])
    return f"{book.area_name(record.area, record.submission)}“{book.label(code)}”{book.say(code, reported)}"


def _meant(book: Book, found: Found, number: int) -> str:
    return book.say(found.places[number][1], found.meant[number])
