"""A figure of a statement that its own rules doubt, and that the bank's words or a county give otherwise: one matter.

The rule has its finding at the right cell already; the others go under it, if the rule has nothing against the figure
that they give. Otherwise they speak of something else. What is only unusual may be true, and whoever says otherwise
wrong for a reason of his own: then it takes two who say the same, or one beside a slip that last month's figure tells,
or one who gives a tenth of the figure, or ten times as much: unusual and ten times what another says is a slip.
What words make of a figure goes with it where the figure that the rule expects would bear them out. Of words that have
last month's figure nobody knows that they were not renewed, where the statement's own is wrong (it was taken in so).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.model import Finding, Severity, Submission
from pipeline.money import FEN_PER_YUAN, YUAN_PER_WAN, round_half_up
from pipeline.validate.building import books
from pipeline.validate.derived import DERIVED
from pipeline.validate.diagnosis.asking import asking
from pipeline.validate.diagnosis.gathering import MIGRATION
from pipeline.validate.diagnosis.in_words import LAST_MONTHS, matter
from pipeline.validate.diagnosis.naming import NPL_TOTAL
from pipeline.validate.diagnosis.slips import FACTORS, Cause
from pipeline.validate.diagnosis.testimony import LIMIT, MIRROR, RATIO, Claim, Column, Denied, Word, Words
from pipeline.validate.diagnosis.under import key_of, left_after
from pipeline.validate.doubts import Doubts
from pipeline.validate.frames import Book
from pipeline.validate.neighbours import STATEMENT
from pipeline.validate.rules.grades import GRADES, NPL
from pipeline.validate.rules.measures import HINTS
from pipeline.validate.rules.mirror import REGISTERED
from pipeline.validate.rules.vanished import PAST_DUE
from pipeline.validate.stated import statements

_CANNOT_BE = frozenset({"A12", "A14", "A21", "A22", "A23", "A24", "A26", "A28"})
"""Rules that hardly any true figure breaks."""
_GONE = frozenset({(MIGRATION, NPL_TOTAL), (MIGRATION, PAST_DUE)})
"""The same of what is bad, all of which is gone."""
_SLIPS = frozenset(c.name.lower() for c in (Cause.UNIT, Cause.DIGIT_MORE, Cause.DIGIT_LESS, Cause.POINT))
_NEAR = Fraction(1, 10)
"""What a slip was meant to be is known from last month's figure: as nearly as A13 and A25 have it."""
_TENFOLD = (Fraction(10), Fraction(1, 10))
_Place = tuple[str, str]
"""(area, indicator)."""
_Left = Mapping[tuple[str, _Place, int], Set[tuple[str, str, str]]]
"""By submission, place and figure: what rules find in the statement with that figure there."""


@dataclass(frozen=True, slots=True)
class _Otherwise:
    """A figure that somebody gives in the place of the statement's; `number` is the position of the finding."""

    number: int
    meant: int
    near: Fraction
    """How far beside it he may mean."""


@dataclass(frozen=True, slots=True)
class _SpokenOf:
    """A statement of which others say something: its own findings, and what is said."""

    position: int
    sent: Submission
    own: Sequence[Finding]
    spoken: Sequence[Word]
    said: Sequence[tuple[_Place, _Otherwise]]
    ratios: Sequence[int]
    """Assessment ratios that are too high, by position among the findings."""
    percent: Fraction
    """What they may be."""


def tell_with_the_doubt(told: list[Finding], banks: Book, columns: Denied, words: Words, doubts: Doubts) -> None:
    """Put under a statement's own finding what others say of the same figure, and what belongs to the same matter."""
    spoken_of = [one for one in _spoken_of(told, banks, columns, words, doubts) if one.own]
    left = _left_with_other_figures(spoken_of, doubts)
    for one in spoken_of:
        _tell(told, banks, one, left, doubts)


def _spoken_of(
    told: Sequence[Finding], banks: Book, columns: Denied, words: Words, doubts: Doubts
) -> Iterator[_SpokenOf]:
    for position, sent in enumerate(banks.submissions):
        spoken, register = words.get(sent.unit, ()), list(_by_register(told, sent))
        ratios = _ratios(told, sent.period)
        if spoken or register or ratios or position in columns:
            own = [f for f in doubts.found if f.submission == sent.id and f.level and f.severity is not Severity.NOTE]
            said = [*_by_words(banks, position, spoken), *_by_counties(banks, columns.get(position, {})), *register]
            percent = Fraction(str(banks.catalog.policy.value(LIMIT, banks.months[position])))
            yield _SpokenOf(position, sent, own, spoken, said, ratios, percent)


def _left_with_other_figures(spoken_of: Sequence[_SpokenOf], doubts: Doubts) -> _Left:
    """What rules still find with each figure that is given in the place of one that they doubt, in a single run."""
    tried = {}
    for one in spoken_of:
        doubted = {(finding.area, finding.indicator) for finding in one.own}
        for place, otherwise in one.said:
            if place in doubted:
                tried[one.sent.id, place, otherwise.meant] = _with(one.sent, place, otherwise.meant)
    apart = {at: replace(sent, sha256=f"{sent.sha256} {n}") for n, (at, sent) in enumerate(tried.items())}
    left = left_after(doubts.check, list(apart.values()))
    return {at: left.get(sent.id, set()) for at, sent in apart.items()}


def _tell(told: list[Finding], banks: Book, one: _SpokenOf, left: _Left, doubts: Doubts) -> None:
    sent, spoken = one.sent, one.spoken
    matters: dict[tuple[str, str], str] = {}
    for finding in one.own:
        root = finding.under or finding.id
        _put_under(told, (number for number in one.ratios if _is_cleared(told[number], finding, one.percent)), root)
        settling = list(_settling(one, finding, left, doubts))
        if _cannot_be(finding) or _are_of_one_mind(settling) or _has_a_digit_more(sent, finding, settling):
            _put_under(told, (other.number for other in settling), root)
            matters |= {matter(finding.indicator): root} if settling else {}
        made = (w for w in spoken if _explains(banks, sent, finding, w) or _has_it_before(sent, finding, w, doubts))
        _put_under(told, (word.number for word in made), root)
    for kind, root in matters.items():
        _put_under(told, (word.number for word in spoken if matter(word.indicator) == kind), root)
    _leave_open_which(told, spoken, one.own)


def _settling(one: _SpokenOf, doubt: Finding, left: _Left, doubts: Doubts) -> Iterator[_Otherwise]:
    """What is said of the figure that a rule doubts and would have it silent."""
    doubted = (doubt.area, doubt.indicator)
    for place, said in one.said:
        if place == doubted:
            is_so = _settles(doubt, left[one.sent.id, place, said.meant]) or _is_in_another_unit(
                doubt, said, one.spoken
            )
        else:
            is_so = place[0] == doubt.area and _is_part(one.sent, place, said, doubt, doubts)
        if is_so:
            yield said


def _put_under(told: list[Finding], numbers: Iterable[int], root: str) -> None:
    for number in numbers:
        if not told[number].under:
            told[number] = replace(told[number], under=root)


def _cannot_be(doubt: Finding) -> bool:
    """Whether hardly any true figure has this finding."""
    is_gone = (doubt.rule, doubt.indicator) in _GONE
    return doubt.severity is Severity.HARD or doubt.rule in _CANNOT_BE or is_gone or doubt.cause in _SLIPS


def _is_in_another_unit(doubt: Finding, said: _Otherwise, words: Sequence[Word]) -> bool:
    """Whether words have the whole of a column that is in 元 as it would be in 万元, or the other way round."""
    if doubt.cause != Cause.UNIT.name.lower():
        return False
    meant = [word for word in words if word.number == said.number]
    times = (Fraction(YUAN_PER_WAN), Fraction(1, YUAN_PER_WAN))
    return any(word.is_times(factor) for word in meant for factor in times)


def _is_part(sent: Submission, place: _Place, said: _Otherwise, doubt: Finding, doubts: Doubts) -> bool:
    """Whether a figure is one of those that are told together as not begun anew in January."""
    if doubt.cause != Cause.YEAR_NOT_RESET.name.lower() or place[1] == doubt.indicator:
        return False
    now, then = (
        {key_of(finding): finding.message for finding in doubts.check([one])}
        for one in (sent, _with(sent, place, said.meant))
    )
    return now.get(key_of(doubt)) != then.get(key_of(doubt))


def _leave_open_which(told: list[Finding], words: Sequence[Word], own: Sequence[Finding]) -> None:
    """Say of words with last month's figure what is known of the statement's own, and not that they are old."""
    wrong = {finding.indicator: finding.rule for finding in own if finding.severity is Severity.HARD}
    for word in words:
        finding, derived = told[word.number], DERIVED.get(word.indicator)
        rules = [wrong[code] for code in (word.indicator, *(derived.made_from if derived else ())) if code in wrong]
        if rules and finding.cause == LAST_MONTHS and not finding.under:
            known = f"月报的这个数另有强制性问题（{rules[0]}），请先核对月报。"
            message = finding.message.replace(HINTS[Cause.LAST_MONTHS], known)
            told[word.number] = replace(finding, message=message, cause="")


def _explains(banks: Book, sent: Submission, doubt: Finding, word: Word) -> bool:
    """Whether what is made from a figure would be as the words say, if that were what the rule expects of it."""
    derived = DERIVED.get(word.indicator)
    if derived is None or doubt.indicator not in derived.made_from or not doubt.area:
        return False
    quote, near = word.said.quote, _NEAR if doubt.cause in _SLIPS else 0
    for meant in _meant(banks, doubt):
        corrected = _with(sent, (doubt.area, doubt.indicator), round_half_up(meant))
        (statement,) = statements(books([corrected], banks.catalog)[STATEMENT]).values()
        for one in statement.says(word.indicator):
            around = replace(one, low=one.low - abs(one.low) * near, high=one.high + abs(one.high) * near)
            if not around.contradicts(quote.low, quote.high):
                return True
    return False


def _has_it_before(sent: Submission, doubt: Finding, word: Word, doubts: Doubts) -> bool:
    """Whether a bad grade would not have risen too far if it were less by as much as the words have less of all."""
    if (doubt.rule, word.indicator) != (MIGRATION, NPL_TOTAL) or doubt.indicator not in NPL:
        return False
    off = round_half_up(word.said.stated.middle - word.said.quote.value)
    corrected = sent
    for code, by in ((doubt.indicator, -off), (NPL_TOTAL, -off), (GRADES[0], off)):
        (own,) = (o for o in corrected.observations if (o.area, o.indicator) == (doubt.area, code))
        corrected = _with(corrected, (doubt.area, code), (own.value or 0) + by)
    return all((f.rule, f.area) != (doubt.rule, doubt.area) for f in doubts.check([corrected]))


def _meant(banks: Book, doubt: Finding) -> list[Fraction]:
    """What a figure that is doubted should be: what the rule expects, or what its slip has made it from."""
    scale = FEN_PER_YUAN if banks.form.by_code[doubt.indicator].is_amount else 1
    if doubt.expected:
        return [Fraction(doubt.expected) * scale]
    value = Fraction(doubt.value or 0) * scale
    times = [by for by, *causes in FACTORS if doubt.cause in {cause.name.lower() for cause in causes}]
    return [meant for by in times for meant in (value * by, value / by)]


def _are_of_one_mind(said: Sequence[_Otherwise]) -> bool:
    """Whether several give the same figure."""
    meant = [one.meant for one in said]
    return len(said) > 1 and max(meant) - min(meant) <= sum(one.near for one in said)


def _has_a_digit_more(sent: Submission, doubt: Finding, said: Sequence[_Otherwise]) -> bool:
    """Whether all who give another figure give a tenth of it, or ten times as much."""
    own = (o.value for o in sent.observations if (o.area, o.indicator) == (doubt.area, doubt.indicator))
    value = next(own, None) or 0
    is_tenfold = (any(abs(value - by * one.meant) <= by * one.near for by in _TENFOLD) for one in said)
    return bool(said and value) and all(is_tenfold)


def _by_counties(banks: Book, columns: Mapping[str, Column]) -> Iterator[tuple[_Place, _Otherwise]]:
    claims: Iterator[tuple[str, Claim]] = ((code, claim) for code, column in columns.items() for claim in column.claims)
    for code, claim in claims:
        near = Fraction(claim.pair.allowed, 2)
        yield (banks.records[claim.row].area, code), _Otherwise(claim.number, claim.pair.said, near)


def _by_register(told: Sequence[Finding], sent: Submission) -> Iterator[tuple[_Place, _Otherwise]]:
    """The registered households, which are the county's to say."""
    for number, finding in asking(told, MIRROR):
        if finding.submission == sent.id and finding.indicator == REGISTERED:
            yield (finding.area, REGISTERED), _Otherwise(number, int(finding.expected), Fraction(0))


def _by_words(banks: Book, position: int, words: Sequence[Word]) -> Iterator[tuple[_Place, _Otherwise]]:
    """Words are on the whole: what is off is put down to the area that is doubted; a rate only where it is the only."""
    rows = [row for row in banks.where(banks.added) if banks.records[row].submission == position]
    for word in words:
        column, stated = banks.form.by_code.get(word.indicator), word.said.stated
        for row in rows if column and (len(rows) == 1 or not column.is_rate) else ():
            at = banks.origins[row].get(word.indicator)
            if at is not None and at.value is not None:
                whole = at.value if len(rows) == 1 else (stated.low + stated.high) / 2
                meant = round_half_up(at.value - whole + word.said.quote.value)
                yield (banks.records[row].area, word.indicator), _Otherwise(word.number, meant, word.near)


def _ratios(told: Sequence[Finding], period: str) -> list[int]:
    """Assessment ratios of the month that are too high, by position."""
    return [number for number, finding in asking(told, RATIO) if finding.period == period]


def _is_cleared(ratio: Finding, doubt: Finding, percent: Fraction) -> bool:
    """Whether a ratio is too high only by what a slip has made of the figure that it is computed from."""
    if (
        doubt.cause not in _SLIPS
        or not doubt.expected
        or (ratio.area, ratio.indicator) != (doubt.area, doubt.indicator)
    ):
        return False
    households, registered = (int(text) for text in (ratio.value, ratio.expected))
    if ratio.form != doubt.form:
        households, registered = registered, households
    return (households - int(doubt.value) + int(doubt.expected)) * 100 <= percent * registered


def _settles(doubt: Finding, left: Set[tuple[str, str, str]]) -> bool:
    """Whether the rule is not among what is left to say of the statement with another figure in it.

    What is told at a figure that made another one look wrong is not where the rule has it: then of no figure there.
    """
    if doubt.cause in _SLIPS:
        return all((rule, area) != (doubt.rule, doubt.area) for rule, area, _ in left)
    return key_of(doubt) not in left


def _with(sent: Submission, place: _Place, value: int) -> Submission:
    """The same with another figure at one place."""
    observations = [replace(o, value=value) if (o.area, o.indicator) == place else o for o in sent.observations]
    return replace(sent, observations=observations)
