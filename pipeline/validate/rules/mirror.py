"""What a bank says of a county against what the county's finance office says, of that bank and of itself (A17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.validate.building import books as books_of
from pipeline.validate.diagnosis.mirrored import NAMED, Guess, Pair, guesses
from pipeline.validate.diagnosis.slips import slip
from pipeline.validate.frames import Book, Hit
from pipeline.validate.last_return import last_return
from pipeline.validate.masked import unknown
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding

BANKS, COUNTIES = "M01", "C01"
MIRRORED = (
    ("mirror_outstanding_amount", "outstanding_amount"),
    ("mirror_disbursed_amount_ytd", "disbursed_amount_ytd"),
    ("mirror_disbursed_households_ytd", "disbursed_households_ytd"),
)
REGISTERED = "registered_households"
"""The same for all banks, and the county's to say: of the statement it is only compared."""
Rows = Mapping[tuple[str, str], list[int]]
"""(area, institution) → the rows of the statements."""


@rule(
    "A17",
    level=3,
    title="银行报表与县区报表中该行的数一致",
    subject="县区报表",
    source=DUTY,
    reads=(BANKS, COUNTIES),
    needs=(Need.OTHER_FORMS, Need.MIRROR),
    across=True,
    breaks={
        "differs": soft(
            "{area}“{indicator}”填报{value}，{bank}的报表{there}为{expected}，相差{difference}{allowed}{also}{guess}。"
            "请与该行核对，填错的一方更正后重新报送；口径不同的，请说明原因。"
        ),
        "register": soft(
            "{area}“{indicator}”填报{value}，县区报表为{expected}{also}。这个数各家银行应当一致，以县区报表为准："
            "请核对，填错的更正后重新报送；如属实，请说明原因。"
        ),
        "register_county": soft(
            "{area}“{indicator}”填报{value}，而{count}家银行的报表都是{expected}{guess}。"
            "请与扶贫部门核对，填错的一方更正后重新报送；如属实，请说明原因。"
        ),
        "register_before": soft(
            "{area}“{indicator}”填报{value}，而上月县区报表和本月{bank}的报表都是{expected}{guess}。"
            "请与扶贫部门核对，填错的一方更正后重新报送；如属实，请说明原因。"
        ),
    },
)
def statement_and_mirror_agree(books: Mapping[str, Book]) -> Iterator[Hit]:
    """Outstanding, and households and amounts disbursed this year; one finding a county and institution.

    And the registered households, which a statement reports for comparison only.

    A statement in force has passed the equations over time, and a mirror has none: the finding is the county's, at the
    first figure that differs. Banks that differ for one reason are one finding.
    """
    banks, counties = books[BANKS], books[COUNTIES]
    yield from _registers(banks, counties)
    pairs = list(compared(banks, counties))
    if all(pair.agrees(pair.theirs) for pair in pairs):
        return
    pairs = _with_others(pairs, banks, counties)
    for submission in sorted({counties.records[pair.row].submission for pair in pairs}):
        own = [pair for pair in pairs if counties.records[pair.row].submission == submission]
        told: dict[int, Hit] = {}
        for guess in guesses(own):
            told[guess.row] = _hit(banks, counties, guess, told.get(guess.under))
        yield from told.values()


def compared(banks: Book, counties: Book) -> Iterator[Pair]:
    """Every figure that both sides report, in the order of the county's rows."""
    by_period = {period: rows_by_place(banks, period) for period in {sent.period for sent in counties.submissions}}
    said = {mirror: counties.now_natural(mirror) for mirror, _ in MIRRORED}
    given = {code: banks.now_natural(code) for _, code in MIRRORED}
    for row, record in enumerate(counties.records):
        theirs = by_period[counties.submissions[record.submission].period].get((record.area, record.institution), [])
        steps = [int(counties.step[row]), *(int(banks.step[at]) for at in theirs)]
        for mirror, code in MIRRORED if theirs else ():
            if unknown(said[mirror])[row] or unknown(given[code])[theirs].any():
                continue
            is_amount = banks.form.by_code[code].is_amount
            yield Pair(
                row=row,
                mirror=mirror,
                said=int(said[mirror].data[row]),
                theirs=int(given[code].data[theirs].sum()),
                allowed=sum(step for step in steps if step > 1) if is_amount else 0,
                step=steps[0] if is_amount else 0,
            )


def _registers(banks: Book, counties: Book) -> Iterator[Hit]:
    """Banks that count other registered households than the county, one finding a statement; or the county itself.

    Where several banks report on a county and all say the same other number, it is the county's that differs; so it is
    where the only bank says what the county itself said last month.
    """
    said, register = banks.now_natural(REGISTERED), counties.now_natural(REGISTERED)
    before = _registers_before(counties)
    by_place: dict[tuple[str, str], list[int]] = {}
    for row in banks.where(~unknown(said), banks.added):
        record = banks.records[row]
        by_place.setdefault((banks.submissions[record.submission].period, record.area), []).append(row)
    differing: dict[int, list[tuple[int, int]]] = {}
    for row in counties.where(~unknown(register)):
        record, base = counties.records[row], int(register[row])
        theirs = by_place.get((counties.submissions[record.submission].period, record.area), [])
        numbers = {int(said[at]) for at in theirs}
        if len(theirs) > 1 and len(numbers) == 1 and base not in numbers:
            yield _of_county(counties, row, base, numbers.pop(), len(theirs))
            continue
        if len(theirs) == 1 and before[row] in numbers - {base}:
            yield _of_county(counties, row, base, numbers.pop(), _unit_name(banks, *theirs))
            continue
        for at in (at for at in theirs if int(said[at]) != base):
            differing.setdefault(banks.records[at].submission, []).append((at, base))
    for rows in differing.values():
        (row, base), *others = rows
        also = f"；另有{len(others)}个县区也不一致" if others else ""
        yield banks.hit("register", row, REGISTERED, base, also=also)


def _registers_before(counties: Book) -> list[int | None]:
    """What each row's county said last month; None where that is not in force."""
    last = last_return(counties)
    if last is None:
        return [None] * len(counties.records)
    figures = last.figures(REGISTERED)
    return [None if missing else int(n) for n, missing in zip(figures.data, unknown(figures), strict=True)]


def _of_county(counties: Book, row: int, base: int, theirs: int, said_by: int | str) -> Hit:
    """`said_by` is how many banks say otherwise, or the name of the only one."""
    cause = slip(base, theirs, 0, is_amount=False) if base else None
    guess = f"：疑似{cause.value}" if cause in NAMED else ""
    if isinstance(said_by, str):
        hit = counties.hit("register_before", row, REGISTERED, theirs, bank=said_by, guess=guess)
    else:
        hit = counties.hit("register_county", row, REGISTERED, theirs, count=str(said_by), guess=guess)
    return replace(hit, cause=cause.name.lower()) if cause and guess else hit


def rows_by_place(banks: Book, period: str) -> Rows:
    """The rows of a month's statements by the county and the institution that they are about."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in banks.where(banks.added):
        record = banks.records[row]
        if banks.submissions[record.submission].period == period:
            found.setdefault((record.area, record.institution), []).append(row)
    return found


def _with_others(pairs: list[Pair], banks: Book, counties: Book) -> list[Pair]:
    """The same with what else the banks' statements say: of other counties, and last month, where they are in force."""
    last = books_of(counties.neighbours.statements_before(), counties.catalog).get(BANKS)
    before = _by_area(last, last.submissions[0].period) if last is not None else {}
    by_period = {sent.period: _by_area(banks, sent.period) for sent in counties.submissions}
    codes, said = dict(MIRRORED), []
    for pair in pairs:
        record = counties.records[pair.row]
        told = by_period[counties.submissions[record.submission].period], before
        areas = [figures.get((record.institution, codes[pair.mirror]), {}) for figures in told]
        others = {(area, back): n for back, own in enumerate(areas) for area, n in own.items() if area != record.area}
        said.append(replace(pair, last=areas[1].get(record.area), elsewhere=others))
    return said


def _by_area(banks: Book, period: str) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """(institution, indicator) → what the statements say of each county, where all that are about it say it."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for _, code in MIRRORED:
        figures = banks.now_natural(code)
        for (area, institution), rows in rows_by_place(banks, period).items():
            if not unknown(figures)[rows].any():
                found.setdefault((institution, code), {})[area] = int(figures.data[rows].sum())
    return found


def _hit(banks: Book, counties: Book, guess: Guess, under: Hit | None) -> Hit:
    """One finding for all figures of a bank that differ, at the first."""
    pair, *others = guess.pairs
    theirs = _theirs(banks, counties, pair)
    also = "、".join(f"“{counties.label(counties.place(other.mirror, pair.row))}”" for other in others)
    hit = counties.hit(
        "differs",
        pair.row,
        pair.mirror,
        pair.theirs,
        bank=_unit_name(banks, theirs[0]),
        there=_cell(banks, theirs, pair),
        difference=counties.say(pair.mirror, abs(pair.said - pair.theirs)),
        allowed=rounding(counties, pair.mirror, pair.allowed),
        also=f"；{also}也不一致" if also else "",
        guess=_words(counties, guess),
    )
    cells = [counties.origins[pair.row][other.mirror] for other in others]
    return replace(hit, cause=guess.cause, under=under, others=tuple(cells))


def _words(counties: Book, guess: Guess) -> str:
    record = counties.records[guess.row]
    other = counties.catalog.units.institution_by_id.get(counties.records[guess.other].institution)
    month = counties.months[record.submission]
    elsewhere = ""
    if guess.elsewhere:
        area, back = guess.elsewhere
        elsewhere = counties.area_name(area, record.submission) + (month.shifted(-back).label if back else "")
    named = {"month": month.previous.label, "other": other.name if other else "", "elsewhere": elsewhere}
    words = guess.words.format_map(named)
    return f"。{words}" if words else ""


def _theirs(banks: Book, counties: Book, pair: Pair) -> list[int]:
    """The rows of the statements that a county's figure is held against."""
    record = counties.records[pair.row]
    return rows_by_place(banks, counties.submissions[record.submission].period)[record.area, record.institution]


def _cell(banks: Book, theirs: Sequence[int], pair: Pair) -> str:
    """「（单元格E13）」, where the bank has it; of several statements none is meant."""
    row, *more = theirs
    at = banks.origins[row].get(dict(MIRRORED)[pair.mirror])
    return f"（单元格{at.cell}）" if not more and at is not None and at.cell else ""


def _unit_name(banks: Book, row: int) -> str:
    """The name of the unit of this row in the month of its statement."""
    submission = banks.records[row].submission
    unit = banks.unit(submission)
    return unit.name(banks.months[submission]) if unit else ""
