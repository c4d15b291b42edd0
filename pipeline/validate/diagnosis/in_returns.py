"""What is wrong in a county return, each matter once: a wrong unit of money, a figure that others are above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Bound, Finding, Observation, Severity
from pipeline.validate.diagnosis.asking import asking, by_submission, gather
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, machine, say
from pipeline.validate.neighbours import RETURN
from pipeline.validate.rules.county import WITHIN
from pipeline.validate.rules.outside import BASE

AGAINST_LAST, LESS, RATIO, MIRROR = "C01-6", "C01-7", "A20", "A17"
_UNIT, _LAST_MONTHS, _COUNTYS = (c.name.lower() for c in (Cause.UNIT, Cause.LAST_MONTHS, Cause.OTHER_COUNTY))
Place = tuple[str, str]
"""(area, place) in a county return."""


def one_matter_each(told: list[Finding], returns: Book) -> None:
    """Fold what is one matter with another; one finding may move to the figure meant."""
    _in_the_wrong_unit(told)
    _sent_again(told)
    _copied(told, returns)
    _against_one_figure(told, returns)


def _in_the_wrong_unit(told: list[Finding]) -> None:
    """A return that is in the wrong unit of money is so throughout."""
    for _, numbers in by_submission(told, lambda f: f.cause == _UNIT, AGAINST_LAST, MIRROR):
        cells = "、".join(dict.fromkeys(told[number].cell for number in numbers[1:]))
        gather(told, numbers, f"另有{{count}}处（{cells}）也是这样，一并核对。")


def _sent_again(told: list[Finding]) -> None:
    """Where what a return says of all banks is last month's, so are its registered households."""
    for submission, (number, *_) in by_submission(told, lambda f: f.cause == _LAST_MONTHS, MIRROR):
        for other, finding in asking(told, MIRROR):
            if finding.submission == submission and finding.indicator == BASE:
                told[other] = replace(finding, under=told[number].id)


def _copied(told: list[Finding], returns: Book) -> None:
    """All that is found in a return which is another county's, or of its households elsewhere, follows from that."""
    for submission, (number, *_) in by_submission(told, lambda f: f.cause == _COUNTYS, MIRROR):
        areas = {r.area for r in returns.records if returns.submissions[r.submission].id == submission}
        for other, finding in enumerate(told):
            of_households = finding.rule == RATIO or (finding.rule, finding.indicator) == (MIRROR, BASE)
            is_own = finding.submission == submission or (of_households and finding.area in areas)
            if is_own and other != number and not finding.under and finding.severity is not Severity.NOTE:
                told[other] = replace(finding, under=told[number].id)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a return, by its place."""

    book: Book
    place: str
    at: Observation

    def words(self) -> str:
        """「“建档立卡贫困户数”396户」."""
        return f"“{self.book.label(self.place)}”{say(self.book.form.by_code[self.at.indicator], self.at.value or 0)}"


def _against_one_figure(told: list[Finding], returns: Book) -> None:
    """What touches a figure that has its own finding goes under that; what others are above is wrong, and not they."""
    odd = {(f.area, f.indicator): f for _, f in asking(told, MIRROR) if (f.form, f.indicator) == (RETURN, BASE)}
    odd |= {(f.area, f.indicator): f for _, f in asking(told, AGAINST_LAST)}
    for number, finding in asking(told, LESS, AGAINST_LAST, MIRROR):
        root = odd.get((finding.area, finding.indicator))
        if root is not None and root.id != finding.id:  # a bank too that counts other households than such a county
            told[number] = replace(finding, under=root.id)
    above: dict[Place, list[int]] = {}
    for number, finding in asking(told, RATIO, *WITHIN):
        larger = (finding.area, _larger(finding))
        root = odd.get(larger) or odd.get((finding.area, finding.indicator))
        if root:
            told[number] = replace(finding, under=root.id)
        else:
            above.setdefault(larger, []).append(number)
    figures = _figures(returns)
    for place, numbers in above.items():
        own = [number for number in numbers if told[number].rule != RATIO]
        if own and len(numbers) > 1 and place in figures:
            numbers.sort(key=lambda number: told[number].rule == RATIO)
            told[numbers[0]] = _moved(told, numbers, figures, place)
            gather(told, numbers)


def _larger(finding: Finding) -> str:
    """The place of the figure that the finding's own may not be above."""
    code, sign, item = finding.indicator.partition("#")
    return BASE if finding.rule == RATIO else dict(WITHIN[finding.rule])[code] + sign + item


def _figures(returns: Book) -> dict[Place, _Figure]:
    return {
        (record.area, place): _Figure(returns, place, at)
        for row, record in enumerate(returns.records)
        for code, at in returns.origins[row].items()
        for place in (returns.place(code, row),)
    }


def _moved(told: Sequence[Finding], numbers: Sequence[int], figures: Mapping[Place, _Figure], place: Place) -> Finding:
    """The first finding, told at the figure that the others are above."""
    figure, first = figures[place], told[numbers[0]]
    own = [figures[first.area, told[n].indicator] for n in numbers if told[n].rule != RATIO]
    smaller = "、".join(dict.fromkeys(other.words() for other in own))
    ratios = "，按它计算的考核比例也超过了上限" if len(own) < len(numbers) else ""
    area = figure.book.area_name(first.area, 0)
    label = figure.book.label(figure.place)
    return replace(
        first,
        indicator=figure.place,
        sheet=figure.at.sheet,
        cell=figure.at.cell,
        value=machine(figure.book.form.by_code[figure.at.indicator], figure.at.value or 0),
        expected="",
        bound=Bound.EXACT,
        message=f"{area}{figure.words()}，而{smaller}{'都' if len(own) > 1 else ''}比它大{ratios}：疑似“{label}”填错。"
        "请核对；如属实，请说明原因。",
    )
