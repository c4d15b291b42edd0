"""A statement that is true to itself and wrong: two that know nothing of one another speak against one figure of it.

A county says another figure of a bank, and the bank's own words agree with the county; most counties say less, or more,
than the bank in one column; a county counts fewer households, and a ratio is possible only with these. Then the figure
of the statement is told, once. Who speaks alone is not believed: his finding stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Bound, Finding
from pipeline.validate.diagnosis.in_words import matter
from pipeline.validate.diagnosis.mirrored import NAMED
from pipeline.validate.diagnosis.slips import Cause, slip
from pipeline.validate.diagnosis.testimony import Claim, Column, Denied, Word, Words
from pipeline.validate.frames import Book, machine
from pipeline.validate.neighbours import MEASURES

_SEVERAL = 3
"""So many counties, and most of those that are compared, do not err each for itself in the same direction."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What speaks against a column, or against one county's figure in it."""

    column: Column
    claims: Sequence[Claim]
    word: Word | None = None
    ratios: Sequence[int] = ()


def tell_at_the_accused(told: list[Finding], banks: Book, columns: Denied, words: Words) -> None:
    """Add a finding at each figure of a statement that is spoken against, with those that speak under it."""
    for position, own in columns.items():
        spoken = words.get(banks.submissions[position].unit, [])
        charges = [charge for column in own.values() if (charge := _charge(column, spoken))]
        for group in _of_one_matter(charges):
            _tell(told, banks, group, [*own.values()], spoken)


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
    root = _at_the_statement(told, banks, group[0], [code for code in also if code != group[0].column.code])
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
        bound=Bound.EXACT,
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
