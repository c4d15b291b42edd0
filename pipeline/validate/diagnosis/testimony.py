"""Who says another figure of a bank than its statement does: counties in their returns, the bank in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pipeline.model import Finding
from pipeline.validate.diagnosis.asking import asking
from pipeline.validate.diagnosis.in_words import CONTRADICTED, LAST_MONTHS
from pipeline.validate.diagnosis.mirrored import Pair
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book
from pipeline.validate.neighbours import MEASURES, STATEMENT
from pipeline.validate.rules.measures import Contradiction, contradictions
from pipeline.validate.rules.mirror import MIRRORED, compared, rows_by_place
from pipeline.validate.stated import statements

MIRROR, RATIO, LIMIT = "A17", "A20", "assessment_ratio_limit_percent"
HOUSEHOLDS = "disbursed_households_ytd"
_UNIT = Cause.UNIT.name.lower()


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

    def is_times(self, factor: Fraction) -> bool:
        """Whether the statement's figure is so many times what the words say; it was rounded before it became that."""
        stated, quote = self.said.stated, self.said.quote
        meant, slack = stated.middle / factor, (stated.high - stated.low) / 2
        return not replace(stated, low=meant - slack, high=meant + slack).contradicts(quote.low, quote.high)

    @property
    def near(self) -> Fraction:
        """How far beside what it says it may mean, roundings of the statement included; a bound says nothing near."""
        low, high = self.said.quote.low, self.said.quote.high
        around = (high - low) / 2 if low is not None and high is not None else Fraction(0)
        return around + (self.said.stated.high - self.said.stated.low) / 2

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


Denied = Mapping[int, Mapping[str, Column]]
"""By the position of the statement, and by figure."""
Words = Mapping[str, Sequence[Word]]
"""By unit."""


def columns_denied(told: Sequence[Finding], banks: Book, counties: Book) -> Denied:
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


def words_against(told: Sequence[Finding], books: Mapping[str, Book]) -> Words:
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
