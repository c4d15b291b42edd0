"""One cause, one message: what would be gone if a cause were put right is folded under it.

Not guessed: the statement is corrected in memory, the same rules are run on it, and what they no longer find goes with
the cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Bound, Finding, Observation, Severity, Submission
from pipeline.money import round_half_up
from pipeline.validate.diagnosis.along import SHIFTED
from pipeline.validate.diagnosis.blocks import beside
from pipeline.validate.diagnosis.bounds import bounded
from pipeline.validate.diagnosis.carrying import from_another_last_month
from pipeline.validate.diagnosis.cells import accused
from pipeline.validate.diagnosis.found import Found, as_the_rule_has_it
from pipeline.validate.diagnosis.gathering import (
    COUNT,
    INNER_AREA,
    LOANS,
    MANY,
    PART,
    PRESENCE,
    YEAR_SO_FAR,
    gathered,
    wholes_of,
    with_others,
)
from pipeline.validate.diagnosis.likeness import Likeness
from pipeline.validate.diagnosis.reports import whole_reports
from pipeline.validate.diagnosis.search import causes
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Equations, Place
from pipeline.validate.diagnosis.too_few import too_few_in_the_month
from pipeline.validate.diagnosis.under import Check, is_to_answer, key_of, left_after
from pipeline.validate.diagnosis.wording import (
    MOST_NAMED,
    all_places,
    either_is_wrong,
    meant_in_words,
    place_in_words,
    words_of,
)
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.frames import Book, machine

UNIT_RULE = "A13"
NOT_READ = "F07"
UNPROVEN = "A30"
"""The rule that has a base of comparison for its only witness: by itself it accuses none of its figures."""
PER_LOAN = "A09"
SUSPECTING = ("A06", PER_LOAN)
"""Rules that name one figure as too many or too few, where they reject for it."""
ASKING = ("A12", UNIT_RULE, PART, INNER_AREA, YEAR_SO_FAR, "A24", COUNT, LOANS, "A28", "A30")
"""Rules that only ask, of a figure or of two of which one is wrong."""
_NONE: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, eq=False)
class _Trial:
    """A statement with its first causes put right; `number` counts the causes from 0."""

    submission: int
    number: int
    cause: Found
    corrected: Submission
    meant: Mapping[Place, int | None]
    """What each figure that goes with the cause was meant to be, where that is known."""


def diagnosed(found: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The same findings, those that follow from a cause folded under the one that names it.

    Args:
        found: all findings on the statements of the book, those of levels 1 and 2.
        book: the statements, with what was in force before them.
        check: runs the rules of levels 1 and 2.
    """
    found = _unread(found)
    folded = whole_reports(found, book, check)
    explained = {found[number].submission for number in folded}
    wrong = {finding.submission for finding in found if is_to_answer(finding)} - explained
    within = {area.id: area.within or "" for area in book.catalog.areas.of_which}
    equations, likeness, suspects = Equations(book), Likeness(book), _suspects(found, within)
    trials = [
        trial
        for position, submission in enumerate(book.submissions)
        if submission.id in wrong
        for trial in _trials(
            book,
            position,
            [
                as_the_rule_has_it(found, book, cause)
                for cause in causes(equations.system(position), likeness, suspects.get(submission.id, _NONE))
            ],
        )
    ]
    folded |= _folded(found, book, trials, check)
    told = [folded.get(number, finding) for number, finding in enumerate(found)]
    told = too_few_in_the_month(from_another_last_month(told, book), book, check)
    told = bounded(told, book, check)
    rows = Counter(record.submission for record in book.records if not record.total)
    areas = {record.area: book.area_name(record.area, record.submission) for record in book.records}
    return gathered(told, {book.submissions[position].id: count for position, count in rows.items()}, areas, within)


def _unread(found: Sequence[Finding]) -> list[Finding]:
    """The same findings; that a cell is blank which could not be read is told with what was wrong in it."""
    unread = {(f.submission, f.sheet, f.cell): f.id for f in found if f.rule == NOT_READ and f.cell}
    return [
        replace(finding, under=root)
        if finding.rule == PRESENCE and (root := unread.get((finding.submission, finding.sheet, finding.cell)))
        else finding
        for finding in found
    ]


def _suspects(found: Sequence[Finding], within: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """By submission, the figures that rules beside the equations name: likelier to be wrong than others."""
    suspects: dict[str, set[tuple[str, str]]] = {}
    for finding in found:
        if finding.rule in ASKING or (finding.rule in SUSPECTING and finding.severity is Severity.HARD):
            places = {(finding.area, finding.indicator), *wholes_of(finding, within)}
            suspects.setdefault(finding.submission, set()).update(places)
    return suspects


def _folded(found: Sequence[Finding], book: Book, trials: Sequence[_Trial], check: Check) -> dict[int, Finding]:
    """What the rules no longer find once a cause is put right, under it; by position in `found`."""
    left = left_after(check, [trial.corrected for trial in trials])
    open_ones: dict[str, dict[int, Finding]] = {}
    for number, finding in enumerate(found):
        if is_to_answer(finding) and not finding.under:
            open_ones.setdefault(finding.submission, {})[number] = finding
    folded: dict[int, Finding] = {}
    for trial in trials:
        own, still = open_ones[book.submissions[trial.submission].id], left.get(trial.corrected.id, set())
        gone = {number: f for number, f in own.items() if key_of(f) not in still or _is_rounding(book, f, trial.cause)}
        if gone:
            new = still - {key_of(finding) for finding in own.values()}
            folded |= _fold(
                book, trial, gone | _not_read(found, book, trial), is_denied=_denies(book, new, trial.cause)
            )
            for number in gone:
                del own[number]
    return folded


def _denies(book: Book, new: Set[tuple[str, str, str]], cause: Found) -> bool:
    """Whether what a cause makes of a row cannot be: households and amounts without a loan."""
    areas = {_area(book, place) for place, value in cause.meant_at.items() if value == 0}
    return any(rule == PER_LOAN and area in areas for rule, area, _ in new)


def _not_read(found: Sequence[Finding], book: Book, trial: _Trial) -> dict[int, Finding]:
    """What could not be read because it stands in another column's cell: a part of what stands too far along."""
    if trial.cause.cause not in SHIFTED or not trial.cause.block:
        return {}
    places = {(_area(book, place), place[1]) for place in all_places(book, trial.cause)}
    own = book.submissions[trial.submission].id
    return {
        number: finding
        for number, finding in enumerate(found)
        if (finding.rule, finding.submission) == (NOT_READ, own) and (finding.area, finding.indicator) in places
    }


def _is_rounding(book: Book, finding: Finding, cause: Found) -> bool:
    """Whether what is left at a figure is what it lost in the wrong unit, for a rule that allows no rounding."""
    return cause.coarser > 1 and any(_is_at(finding, _area(book, place), place[1]) for place in cause.places)


def _trials(book: Book, position: int, found: Sequence[Found]) -> Iterator[_Trial]:
    submission = book.submissions[position]
    seen = {int(row): dict(book.origins[row]) for row in np.flatnonzero(book.position == position)}
    for number, cause in enumerate(found):
        meant: dict[Place, int | None] = {**cause.meant_at, **dict(cause.totals), **dict(_outside(book, seen, cause))}
        corrected = {
            id(at): replace(at, value=value) for (row, code), value in meant.items() if (at := seen[row][code])
        }
        observations = [corrected.get(id(at), at) for at in submission.observations]
        seen = {row: {code: corrected.get(id(at), at) for code, at in cells.items()} for row, cells in seen.items()}
        step = submission.step * cause.coarser
        submission = replace(submission, observations=observations, step=step, sha256=f"{submission.sha256}#{number}")
        yield _Trial(position, number, cause, submission, meant)


def _outside(
    book: Book, seen: Mapping[int, Mapping[str, Observation]], cause: Found
) -> Iterator[tuple[Place, int | None]]:
    """What goes with a cause though no equation has it: amounts of a row or file in the wrong unit, rows misplaced.

    None where it is not known what a figure was meant to be.
    """
    known = {*cause.places, *dict(cause.totals)}
    # Bases stand in a form before it is filled in: what is wrong with all the rest need not be wrong with them.
    left = frozenset() if TYPED_BASES & {code for _, code in known} else TYPED_BASES
    yield from ((place, None) for place in cause.blank)
    yield from beside(book, cause.cause, cause.places).items()
    for code in (column.code for column in book.form.columns if not column.is_text):
        figures = {row: at.value for row, cells in seen.items() if (at := cells.get(code)) and at.value is not None}
        if cause.factor != 1 and book.form.by_code[code].is_amount:
            if code in cause.block or cause.column == code or not (cause.column or cause.block or code in left):
                for row in figures.keys() & (set(cause.rows) or {row for row, _ in cause.places}):
                    if (row, code) not in known:
                        yield (row, code), round_half_up(figures[row] * cause.factor)
        elif cause.sources and figures.keys() >= set(cause.rows):
            for row, source in zip(cause.rows, cause.sources, strict=True):
                if (row, code) not in known:
                    yield (row, code), figures[source]


def _fold(book: Book, trial: _Trial, gone: dict[int, Finding], *, is_denied: bool) -> dict[int, Finding]:
    """One of these findings tells the cause, at its first figure; the others are folded under it.

    What another rule denies is not proposed: then the finding is told as its own rule has it.
    """
    if trial.cause.blank:
        return _fold_unknown(book, trial.cause, gone)
    row, code = trial.cause.places[0]
    area, place = _area(book, (row, code)), book.place(code, row)
    order = sorted(gone, key=lambda n: (not _is_named(gone[n], trial.cause), *_rank(gone[n], area, place)))
    root, rules = gone[order[0]], sorted({finding.rule for finding in gone.values() if finding.level})
    if _has_no_name(trial.cause) and _is_of_row(book, trial.cause):
        return _fold_row(book, trial.cause, gone)
    if is_denied or _has_no_name(trial.cause) or (root.rule == UNPROVEN and trial.cause.cause is Cause.OTHER):
        told = with_others([root, *(gone[number] for number in order[1:])]) if len(order) > 1 else root
        return {order[0]: told} | {number: replace(gone[number], under=root.id) for number in order[1:]}
    words = words_of(book, trial.cause, rules, root.message.partition("。")[0] if trial.number == 0 else "")
    told = replace(root, message=words, cause=trial.cause.cause.name.lower())
    meant = {(_area(book, at), book.place(at[1], at[0])): value for at, value in trial.cause.meant_at.items()}
    if _is_named(root, trial.cause) and (root.area, root.indicator) in meant:
        area, place = root.area, root.indicator
    else:
        at = book.origins[row][code]
        told = replace(told, area=area, indicator=place, sheet=at.sheet, cell=at.cell)
        told = replace(told, value=machine(book.form.by_code[code], at.value or 0))
    right = machine(book.form.by_code[place.partition("@")[0]], meant[area, place])
    told = replace(told, expected=right, bound=Bound.EXACT)
    if asked := either_is_wrong(book, trial.cause):
        told = replace(told, message=asked, expected="")
    told = replace(told, accused=accused(book, {at: trial.meant.get(at) for at in all_places(book, trial.cause)}))
    return {order[0]: told} | {number: replace(gone[number], under=told.id) for number in order[1:]}


def _fold_unknown(book: Book, cause: Found, gone: Mapping[int, Finding]) -> dict[int, Finding]:
    """The same of figures that are wrong though nobody knows what they were meant to be."""
    own = [place for place in cause.blank if not cause.rows or place[0] in cause.rows]
    at = {(_area(book, place), book.place(place[1], place[0])): place for place in own if book.single[place[0]]}
    order = sorted(gone, key=lambda n: (gone[n].severity.rank, (gone[n].area, gone[n].indicator) not in at, n))
    root = gone[order[0]]
    told = replace(root, message=cause.words, cause=cause.cause.name.lower(), expected="", bound=Bound.EXACT)
    if (root.area, root.indicator) not in at:
        (area, place), (row, code) = next(iter(at.items()))
        seen = book.origins[row][code]
        told = replace(told, area=area, indicator=place, sheet=seen.sheet, cell=seen.cell)
        told = replace(told, value=machine(book.form.by_code[code], seen.value or 0))
    told = replace(told, accused=accused(book, dict.fromkeys(own)))
    return {order[0]: told} | {number: replace(gone[number], under=told.id) for number in order[1:]}


def _is_of_row(book: Book, cause: Found) -> bool:
    """Whether an area is wrong in many columns."""
    return len(cause.rows) == 1 and bool(book.single[cause.rows[0]]) and len(cause.places) >= MANY


def _fold_row(book: Book, cause: Found, gone: Mapping[int, Finding]) -> dict[int, Finding]:
    """A row that is wrong in many columns for no reason that we know, told at a figure of its own."""
    (row,) = cause.rows
    meant = {(_area(book, place), place[1]): value for place, value in cause.meant_at.items()}
    order = sorted(gone, key=lambda n: (gone[n].severity.rank, (gone[n].area, gone[n].indicator) not in meant, n))
    root = gone[order[0]]
    if (root.area, root.indicator) not in meant:
        seen = book.origins[row][code := cause.places[0][1]]
        root = replace(root, area=book.records[row].area, indicator=code, sheet=seen.sheet, cell=seen.cell)
        root = replace(root, value=machine(book.form.by_code[code], seen.value or 0))
    name = book.area_name(root.area, book.records[row].submission)
    rules, shown = sorted({finding.rule for finding in gone.values()}), range(min(MOST_NAMED, len(cause.places)))
    instead = "；".join(
        f"{place_in_words(book, cause.places[n])}推算应为{meant_in_words(book, cause, n)}" for n in shown
    )
    words = (
        f"{name}有{len(cause.places)}栏与合计、以前月份或相互之间对不上（{'、'.join(rules)}），疑似整行填错，"
        f"如{instead}。请逐栏核对是否填了别的单位、别的县区或别的月份的数，改正后重新报送。"
    )
    expected = machine(book.form.by_code[root.indicator], meant[root.area, root.indicator])
    told = replace(root, message=words, cause=Cause.ROW.name.lower(), expected=expected, bound=Bound.EXACT)
    told = replace(told, accused=accused(book, cause.meant_at))
    return {order[0]: told} | {number: replace(gone[number], under=told.id) for number in order[1:]}


def _has_no_name(cause: Found) -> bool:
    """Several figures of a row that are wrong together in no way that we know: the rule's own words say more."""
    return cause.cause is Cause.OTHER and len(cause.places) > 1 and not cause.column


def _area(book: Book, place: Place) -> str:
    record = book.records[place[0]]
    return "" if record.total else record.area


def _is_named(finding: Finding, cause: Found) -> bool:
    """Whether the rule is there for this very cause (A13 for a wrong unit), so that its own place is the right one."""
    return cause.cause is Cause.UNIT and finding.rule == UNIT_RULE and finding.severity is Severity.HARD


def _rank(finding: Finding, area: str, place: str) -> tuple[int, bool, bool, str]:
    """The heaviest first, of these what a rule finds; then one that is told at the wrong figure itself."""
    return finding.severity.rank, finding.level == 0, not _is_at(finding, area, place), finding.rule


def _is_at(finding: Finding, area: str, place: str) -> bool:
    return (finding.area, finding.indicator) == (area, place)
