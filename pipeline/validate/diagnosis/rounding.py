"""Reports whose amounts were all rounded to more than they say: 1463.23 万元 as 1460.00."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.catalog.forms import Form
from pipeline.model import Bound, Finding, Severity, Submission
from pipeline.money import FEN_PER_WAN, wan, yuan
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.under import Check, Folded, key_of, under
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.frames import Book

_LEAST = 10
"""So many amounts with noughts at their end are no chance."""
_LEAST_OFF = 4
"""So many equalities, at least, are missed where all figures are rounded; fewer, and a figure may be wrong."""
_EQUALITIES = frozenset({"A01", "A02", "A03", "A04", "A05", "A08"})
"""Rules that allow for what is rounded."""
_SIZES = frozenset({"A09", "A13"})
"""Rules that an amount rounded up, or down to nought, breaks by itself."""


def rounded(found: Sequence[Finding], book: Book, check: Check, doubted: Mapping[str, Sequence[int]]) -> Folded:
    """Reports in which all amounts end in noughts and add up once that much rounding is allowed for."""
    trials: dict[str, tuple[Submission, Submission]] = {}
    for position, submission in enumerate(book.submissions):
        step = _coarsest(submission, book.form) if submission.id in doubted else 0
        if step > submission.step and not _were_round(book, position, step):
            trial = replace(submission, step=step, sha256=f"{submission.sha256}#rounded")
            trials[trial.id] = (submission, trial)
    again = check([trial for _, trial in trials.values()]) if trials else []
    for finding in again:
        if finding.severity is Severity.HARD and finding.rule in _EQUALITIES:
            trials.pop(finding.submission, None)
    roots: dict[int, Finding] = {}
    own = {trial.id: submission.id for submission, trial in trials.values()}
    for submission, trial in trials.values():
        gone = [number for number in doubted[submission.id] if found[number].rule in _EQUALITIES]
        if len(gone) < _LEAST_OFF:
            del own[trial.id]
        else:
            roots[gone[0]] = _told(found[gone[0]], submission, trial)
    left = {
        (own[finding.submission], *key_of(finding))
        for finding in again
        if finding.submission in own and not _follows(finding, book.form)
    }
    return under(found, roots, left)


def _coarsest(submission: Submission, form: Form) -> int:
    """The largest power of ten fen of which all amounts are multiples; nothing of too few of them.

    Bases do not count: a blank form brings them along as we have them.
    """
    codes = {column.code for column in form.columns if column.is_amount} - TYPED_BASES
    amounts = [seen.value for seen in submission.observations if seen.value and seen.indicator in codes]
    if len(amounts) < _LEAST:
        return 0
    common, step = int(np.gcd.reduce(np.abs(np.array(amounts, dtype=np.int64)))), 1
    while common % (step * 10) == 0:
        step *= 10
    return step


def _follows(finding: Finding, form: Form) -> bool:
    return finding.rule in _SIZES and form.by_code[finding.indicator].is_amount


def _were_round(book: Book, position: int, step: int) -> bool:
    """Whether last month's amounts ended in as many noughts: then whoever sends them has no others."""
    rows = (book.position == position) & book.single
    before = [book.before(column.code) for column in book.form.columns if column.is_amount]
    return bool(before) and all(not (np.ma.filled(figures, 0)[rows] % step).any() for figures in before)


def _told(finding: Finding, submission: Submission, trial: Submission) -> Finding:
    words = (
        f"全表金额都是{_money(trial.step)}的整倍数，而表中金额写到{_money(submission.step)}；按取整到{_money(trial.step)}"
        "看，相加、前后各项都能对上：疑似金额取整后才填报。请按未取整的数填写，重新报送。"
    )
    told = replace(finding, message=words, cause=Cause.ROUNDED.name.lower(), area="", indicator="", cell="")
    return replace(told, value="", expected="", bound=Bound.EXACT)


def _money(fen: int) -> str:
    """In whichever of 万元 and 元 is the easier to read."""
    return f"{wan(fen)}万元" if fen >= FEN_PER_WAN // 100 else f"{yuan(fen)}元"
