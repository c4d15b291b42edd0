"""What a county return says in words, of the sharing of risks and of projects, as its blank form checks it (C01-9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.jobs.live_asker import Asker, term
from pipeline.render.form_rules import (
    Condition,
    Dated,
    Held,
    Label,
    LiveRule,
    Numbered,
    Op,
    OtherShare,
    Percent,
    Says,
    Word,
)
from pipeline.validate.rules.mechanism import (
    DAY,
    DOCUMENT,
    DONE,
    ESTABLISHED,
    INVESTED,
    NO,
    NOT_BEGUN,
    NOTHING,
    STATUS,
    TOTAL,
    YES,
)

_CODE = "C01-9"


def words_agree(asker: Asker) -> Iterator[LiveRule]:
    """A mechanism with its document and its day, a project with what it has spent."""
    if {ESTABLISHED, DOCUMENT, DAY} <= asker.keys:
        yield from _established(asker)
        yield from _dated(asker)
    if {STATUS, INVESTED, TOTAL} <= asker.keys:
        yield from _projects(asker)


def _told(
    asker: Asker, kind: str, figure: str, guards: tuple[Condition, ...], words: Mapping[str, Word], message: str = ""
) -> LiveRule:
    return asker.rule(_CODE, kind, figure, Op.TOLD, (), guards=guards, words=words, message=message)


def _nothing(key: str, *, is_not: bool = False) -> Says:
    return Says(key, tuple(sorted(NOTHING)), is_not=is_not)


def _established(asker: Asker) -> Iterator[LiveRule]:
    yes, no = (Says(ESTABLISHED, tuple(sorted(words))) for words in (YES, NO))
    given = _nothing(DOCUMENT, is_not=True)
    for other, guards in ((DOCUMENT, (no, given)), (DAY, (no, _nothing(DOCUMENT), _nothing(DAY, is_not=True)))):
        words: dict[str, Word] = {"other": Label(other), "others": term(other)}
        yield _told(asker, "denied", ESTABLISHED, guards, words=words)
    stated: dict[str, Word] = {"other": Label(ESTABLISHED), "others": term(ESTABLISHED)}
    yield _told(asker, "no_document", DOCUMENT, (yes, _nothing(DOCUMENT)), words=stated)


def _dated(asker: Asker) -> Iterator[LiveRule]:
    """Where a day and the year of a document are both wrong, both are told: they stand in two cells."""
    month, first_year = asker.month, int(asker.value("mechanism_first_year"))
    said, first = _nothing(DAY, is_not=True), date(first_year, 1, 1)
    told = {"month": month.label}
    yield _told(asker, "no_date", DAY, (said, Dated(DAY)), {})
    yield _told(asker, "after", DAY, (said, Dated(DAY, Op.ABOVE, month.last_day)), words=told)
    yield _told(asker, "before", DAY, (said, Dated(DAY, Op.BELOW, first)), words={"limit": str(first_year)})
    yield _told(asker, "after", DOCUMENT, (Numbered(DOCUMENT, Op.ABOVE, month.year),), words=told)
    in_time = (Dated(DAY, Op.AT_LEAST, first), Numbered(DOCUMENT, Op.AT_MOST, month.year))
    older = (said, *in_time, Numbered(DOCUMENT, Op.ABOVE, of_day=DAY))
    yield _told(asker, "later", DAY, older, words={"other": Label(DOCUMENT), "others": term(DOCUMENT)})


def _projects(asker: Asker) -> Iterator[LiveRule]:
    message = asker.sentence(_CODE, "project").replace("{others}", "为{spent}{share}")
    words: dict[str, Word] = {"other": Label(INVESTED), "spent": term(INVESTED), "share": ""}
    for said, op in ((NOT_BEGUN, Op.ABOVE), (DONE, Op.EQUAL)):
        guards = (Says(STATUS, said, within=True), Held((term(INVESTED),), op))
        yield _told(asker, "project", STATUS, guards, words=words, message=message)
    some = Held((term(TOTAL),), Op.ABOVE)
    not_beyond = Held((term(INVESTED), term(TOTAL, -1)), Op.AT_MOST)
    # what is not begun, or done, is told above
    neither = Says(STATUS, (*NOT_BEGUN, *DONE), within=True, is_not=True)
    share = message.replace("{share}", "，占总投资的{share}")
    yield _told(
        asker, "project", STATUS, (neither, some, not_beyond, OtherShare(STATUS, INVESTED, TOTAL)),
        words={**words, "share": Percent(INVESTED, TOTAL)}, message=share,
    )  # fmt: skip
