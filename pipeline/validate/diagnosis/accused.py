"""A statement that is true to itself and wrong: two that know nothing of one another speak against one figure of it.

A county says another figure of a bank, and the bank's own words agree with the county; most counties say less, or more,
than the bank in one column; a county counts fewer households, and a ratio is possible only with these. Then the figure
of the statement is told, once. Who speaks alone is not believed: his finding stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pipeline.model import Finding
from pipeline.validate.diagnosis.asking import asking
from pipeline.validate.diagnosis.in_words import CONTRADICTED, LAST_MONTHS, matter
from pipeline.validate.diagnosis.mirrored import NAMED, Pair
from pipeline.validate.diagnosis.slips import Cause, slip
from pipeline.validate.frames import Book, machine
from pipeline.validate.neighbours import MEASURES, RETURN, STATEMENT
from pipeline.validate.rules.measures import Contradiction, contradictions
from pipeline.validate.rules.mirror import MIRRORED, compared, rows_by_place
from pipeline.validate.stated import statements

MIRROR, RATIO, LIMIT = "A17", "A20", "assessment_ratio_limit_percent"
HOUSEHOLDS = "disbursed_households_ytd"
_UNIT = Cause.UNIT.name.lower()
_SEVERAL = 3
"""So many counties, and most of those that are compared, do not err each for itself in the same direction."""


@dataclass(frozen=True, slots=True)
class Word:
    """A figure in a bank's words that is not its statement's; `number` is the position of its finding."""

    number: int
    indicator: str
    said: Contradiction
    is_news: bool
    """Whether it is not just last month's figure."""

    def agrees(self, claims: Sequence[Claim], sign: int = 1) -> bool:
        """Whether it is the statement's with what the counties say in the place of it, and only so.

        Of another figure of the statement: whether it is off by as much; `sign` is -1 for the other direction.
        """
        off, slack = sign * sum(c.off for c in claims), Fraction(sum(c.pair.allowed for c in claims), 2)
        return not self._contradicts(off, slack) and self._contradicts(0, slack)

    def _contradicts(self, off: int, slack: Fraction) -> bool:
        stated, quote = self.said.stated, self.said.quote
        meant = replace(stated, low=stated.low - off - slack, high=stated.high - off + slack)
        return meant.contradicts(quote.low, quote.high)


@dataclass(frozen=True, slots=True)
class Claim:
    """A county's other figure; `row` is the statement's, `number` the position of the county's finding."""

    number: int
    row: int
    pair: Pair
    ratios: Sequence[int] = ()
    """Positions of findings on ratios that are within their limit with the county's figure."""
    is_news: bool = True
    """Whether it is not just last month's figure."""

    @property
    def off(self) -> int:
        """By how much the statement is above it."""
        return self.pair.theirs - self.pair.said


@dataclass(slots=True)
class Column:
    """One figure of a statement in all counties: how many of them were compared, and what they say otherwise."""

    code: str
    compared: int = 0
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Charge:
    """What speaks against a column, or against one county's figure in it."""

    column: Column
    claims: Sequence[Claim]
    word: Word | None = None
    ratios: Sequence[int] = ()


def tell_at_the_accused(told: list[Finding], books: Mapping[str, Book]) -> None:
    """Add a finding at each figure of a statement that is spoken against, with those that speak under it."""
    banks = books[STATEMENT]
    columns = _columns(told, banks, books[RETURN])
    words = _words(told, books) if columns else {}
    for position, own in columns.items():
        spoken = words.get(banks.submissions[position].unit, [])
        charges = [charge for column in own.values() if (charge := _charge(column, spoken))]
        for group in _of_one_matter(charges):
            _tell(told, banks, group, [*own.values()], spoken)


# ------------------------------------------------------------------ who speaks


def _columns(told: Sequence[Finding], banks: Book, counties: Book) -> dict[int, dict[str, Column]]:
    """By statement and figure, what counties say otherwise and nothing yet explains."""
    open_ones = _open_claims(told)
    columns: dict[int, dict[str, Column]] = {}
    codes, places = dict(MIRRORED), {sent.period: rows_by_place(banks, sent.period) for sent in counties.submissions}
    for pair in compared(banks, counties) if open_ones else ():
        record = counties.records[pair.row]
        sent = counties.submissions[record.submission]
        row, *others = places[sent.period][record.area, record.institution]
        if others:
            continue  # of two banks nobody knows which is meant
        code, position = codes[pair.mirror], banks.records[row].submission
        column = columns.setdefault(position, {}).setdefault(code, Column(code))
        column.compared += 1
        number = open_ones.get((sent.id, record.area, record.institution))
        if number is not None and not pair.agrees(pair.theirs):
            claim = Claim(number, row, pair, is_news=told[number].cause != LAST_MONTHS)
            cleared = _cleared(told, banks, claim) if code == HOUSEHOLDS else ()
            column.claims.append(replace(claim, ratios=cleared))
    return columns


def _open_claims(told: Sequence[Finding]) -> dict[tuple[str, str, str], int]:
    """Findings that a county and a bank differ, by (return, area, institution), the county's own slips left out.

    A figure ten thousand times another is an impossible average in a statement, and would not have been taken in; what
    is wrong together in a return is the return's matter.
    """
    heads = {(finding.submission, finding.under) for finding in told if finding.under}
    return {
        (finding.submission, finding.area, institution): number
        for number, finding in asking(told, MIRROR)
        for institution in (finding.indicator.partition("@")[2],)
        if institution and finding.cause != _UNIT and (finding.submission, finding.id) not in heads
    }


def _cleared(told: Sequence[Finding], banks: Book, claim: Claim) -> tuple[int, ...]:
    """Ratios of that county that are too high by this bank alone, and are not with the households of the county."""
    record = banks.records[claim.row]
    sent, month = banks.submissions[record.submission], banks.months[record.submission]
    percent = Fraction(str(banks.catalog.policy.value(LIMIT, month)))
    return tuple(
        number
        for number, finding in asking(told, RATIO)
        if (finding.submission, finding.area) == (sent.id, record.area)
        and claim.off > 0
        and (int(finding.value) - claim.off) * 100 <= percent * int(finding.expected)
    )


def _words(told: Sequence[Finding], books: Mapping[str, Book]) -> dict[str, list[Word]]:
    """By unit, its own words that contradict its statement."""
    numbers = {(finding.submission, finding.indicator): number for number, finding in asking(told, CONTRADICTED)}
    words: dict[str, list[Word]] = {}
    theirs = {submission for submission, _ in numbers}
    figures = statements(books[STATEMENT]) if numbers else {}
    for position, sent in enumerate(books[MEASURES].submissions if numbers else ()):
        if sent.id in theirs:
            for indicator, (first, *_) in contradictions(books[MEASURES], position, figures[sent.unit]).items():
                if (number := numbers.get((sent.id, indicator))) is not None:
                    is_news = told[number].cause != LAST_MONTHS
                    words.setdefault(sent.unit, []).append(Word(number, indicator, first, is_news))
    return words


# ------------------------------------------------------------------ who is believed


def _charge(column: Column, words: Sequence[Word]) -> Charge | None:
    """What two witnesses have against a column: all of it that counties doubt, or the one figure that they agree in."""
    word = next((word for word in words if word.indicator == column.code and word.is_news), None)
    if word and word.agrees(column.claims):
        return Charge(column, column.claims, word)
    news = [claim for claim in column.claims if claim.is_news]
    if _are_several(news, column.compared):
        return Charge(column, news)
    alone = [claim for claim in column.claims if word and word.agrees([claim])]
    if len(alone) == 1:
        return Charge(column, alone, word)
    with_ratios = [claim for claim in news if claim.ratios]
    ratios = [number for claim in with_ratios for number in claim.ratios]
    return Charge(column, with_ratios, ratios=ratios) if with_ratios else None


def _are_several(claims: Sequence[Claim], counties: int) -> bool:
    """Whether most counties say less than the bank, or most say more."""
    directions = {claim.off > 0 for claim in claims}
    return len(claims) >= _SEVERAL and 3 * len(claims) >= 2 * counties and len(directions) == 1


def _of_one_matter(charges: Sequence[Charge]) -> list[list[Charge]]:
    """Charges against columns of one statement, together where the same county brings them."""
    groups: list[list[Charge]] = []
    for charge in charges:
        counties = {claim.number for claim in charge.claims}
        same = [group for group in groups if any(c.number in counties for other in group for c in other.claims)]
        groups = [group for group in groups if group not in same]
        groups.append([*(other for group in same for other in group), charge])
    return groups


# ------------------------------------------------------------------ what is told


def _tell(
    told: list[Finding], banks: Book, group: Sequence[Charge], columns: Sequence[Column], words: Sequence[Word]
) -> None:
    """Add the finding at the first figure of the first column, and put under it whatever follows from that."""
    brought = {claim.number for charge in group for claim in charge.claims}
    claims = [claim for column in columns for claim in column.claims if claim.number in brought]
    follow = {*brought, *(ratio for claim in claims for ratio in claim.ratios), *_follow(banks, group, words)}
    also = [column.code for column in columns if any(claim.number in brought for claim in column.claims)]
    root = _at_the_statement(told, banks, group[0], also[1:])
    told.append(root)
    for number in follow:
        told[number] = replace(told[number], under=root.id)


def _follow(banks: Book, group: Sequence[Charge], words: Sequence[Word]) -> Iterator[int]:
    """Figures in words that are off by as much as a column that is wrong, and what belongs to the same matter.

    By as much in either direction: what was repaid is as much too little as the balance is too much.
    """
    is_amount = {column.code: column.is_amount for column in banks.form.columns}
    agreeing = [
        word
        for word in words
        for charge in group
        if is_amount.get(word.indicator) == is_amount[charge.column.code]
        and (word.agrees(charge.claims) or word.agrees(charge.claims, sign=-1))
    ]
    matters = {matter(word.indicator) for word in agreeing}
    yield from (word.number for word in words if matter(word.indicator) in matters)


def _at_the_statement(told: Sequence[Finding], banks: Book, charge: Charge, also: Sequence[str]) -> Finding:
    first = min(charge.claims, key=lambda claim: claim.row)
    record, code = banks.records[first.row], charge.column.code
    sent, at = banks.submissions[record.submission], banks.origins[first.row][code]
    column = banks.form.by_code[code]
    cause = _cause(banks, charge)
    return replace(
        told[first.number],
        message=_message(banks, charge, first, also, cause),
        file=sent.file,
        sha256=sent.sha256,
        form=sent.form,
        submission=sent.id,
        unit=sent.unit,
        indicator=code,
        sheet=at.sheet,
        cell=at.cell,
        value=machine(column, first.pair.theirs),
        expected=machine(column, first.pair.said),
        cause=cause.name.lower(),
    )


def _cause(banks: Book, charge: Charge) -> Cause:
    """The slip by which each of these figures becomes what the county says, where it is one and the same."""
    column = banks.form.by_code[charge.column.code]
    slips = {
        slip(claim.pair.theirs, claim.pair.said, int(banks.step[claim.row]), is_amount=column.is_amount)
        for claim in charge.claims
    }
    found = slips.pop() if len(slips) == 1 else None
    return found if found in NAMED and found else Cause.OTHER


def _message(banks: Book, charge: Charge, first: Claim, also: Sequence[str], cause: Cause) -> str:
    area, code = banks.area_name(banks.records[first.row].area, banks.records[first.row].submission), charge.column.code
    others = f"，另有{len(charge.claims) - 1}个县区的这一栏也不一致" if len(charge.claims) > 1 else ""
    labels = "、".join(f"“{banks.label(other)}”" for other in also)
    guess = f"（{cause.value}）" if cause is not Cause.OTHER else ""
    return (
        f"{area}“{banks.label(code)}”填报{banks.say(code, first.pair.theirs)}，"
        f"县区报表为{banks.say(code, first.pair.said)}{others}{f'；{labels}也不一致' if labels else ''}。"
        f"{_evidence(banks, charge)}：疑似本表填错{guess}。"
        "请核对，填错的改正后重新报送；如属实或者口径不同，请说明原因。"
    )


def _evidence(banks: Book, charge: Charge) -> str:
    if charge.word:
        measures = banks.catalog.forms[MEASURES]
        unit = banks.unit(banks.records[charge.claims[0].row].submission)
        whole = "按县区的数算出的合计" if unit and len(unit.areas) > 1 else "县区的数"
        return f"本单位{measures.short or measures.name}写“{charge.word.said.quote.words}”，与{whole}相符"
    if charge.ratios:
        return "按县区的户数，考核比例就不超过上限"
    less = "小" if charge.claims[0].off > 0 else "大"
    return f"{charge.column.compared}个县区中有{len(charge.claims)}个的数都比本表{less}"
