"""What is compared side by side in a month, each matter once: figures of a county return, words of the measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Finding, Observation, Severity
from pipeline.validate.diagnosis.gathering import to_the_root
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, machine, say
from pipeline.validate.neighbours import MEASURES, RETURN
from pipeline.validate.rules.county import WITHIN
from pipeline.validate.rules.outside import BASE
from pipeline.validate.stated import RATIOS

AGAINST_LAST, LESS, RATIO, MIRROR = "C01-6", "C01-7", "A20", "A17"
UNCHANGED, CONTRADICTED = "Q01-1", "Q01-2"
_UNIT, _LAST_MONTHS = (cause.name.lower() for cause in (Cause.UNIT, Cause.LAST_MONTHS))
_TOO_MANY_TO_BE_SLIPS = 3
Place = tuple[str, str]
"""(area, place) in a county return."""


def told_once(found: Sequence[Finding], books: Mapping[str, Book]) -> list[Finding]:
    """The same findings, those that are one matter with another folded under it; one may move to the figure meant."""
    told = list(found)
    if RETURN in books:
        _in_the_wrong_unit(told)
        _against_one_figure(told, books[RETURN])
    if MEASURES in books:
        _ratios_follow(told)
        _not_renewed(told, books[MEASURES])
    return to_the_root(told)


def _open(told: Sequence[Finding], *rules: str) -> Iterator[tuple[int, Finding]]:
    """Findings that ask for something and follow from nothing yet."""
    for number, finding in enumerate(told):
        if finding.rule in rules and not finding.under and finding.severity is not Severity.NOTE:
            yield number, finding


def _gather(told: list[Finding], numbers: Sequence[int], also: str = "") -> None:
    """All these findings under the first of them."""
    root, *others = numbers
    if others and also:
        told[root] = replace(told[root], message=told[root].message + also.format(count=len(others)))
    for number in others:
        told[number] = replace(told[number], under=told[root].id)


def _by_submission(
    told: Sequence[Finding], is_meant: Callable[[Finding], bool], *rules: str
) -> Iterator[tuple[str, list[int]]]:
    groups: dict[str, list[int]] = {}
    for number, finding in _open(told, *rules):
        if is_meant(finding):
            groups.setdefault(finding.submission, []).append(number)
    yield from groups.items()


# ------------------------------------------------------------------ county returns


def _in_the_wrong_unit(told: list[Finding]) -> None:
    """A return that is in the wrong unit of money is so throughout."""
    for _, numbers in _by_submission(told, lambda f: f.cause == _UNIT, AGAINST_LAST, MIRROR):
        _gather(told, numbers, "另有{count}处也是这样，一并核对。")


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
    odd = {(f.area, f.indicator): f for _, f in _open(told, AGAINST_LAST)}
    odd |= {(f.area, f.indicator): f for _, f in _open(told, MIRROR) if (f.form, f.indicator) == (RETURN, BASE)}
    for number, finding in _open(told, LESS, AGAINST_LAST, MIRROR):
        root = odd.get((finding.area, finding.indicator))
        if root is not None and root.id != finding.id:  # a bank too that counts other households than such a county
            told[number] = replace(finding, under=root.id)
    above: dict[Place, list[int]] = {}
    for number, finding in _open(told, RATIO, *WITHIN):
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
            _gather(told, numbers)


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
        message=f"{area}{figure.words()}，而{smaller}{'都' if len(own) > 1 else ''}比它大{ratios}：疑似“{label}”填错。"
        "请核对；如属实，请说明原因。",
    )


# ------------------------------------------------------------------ measures


def _not_renewed(told: list[Finding], measures: Book) -> None:
    """Figures in words that were not renewed contradict the statement because of that."""
    unchanged = {f.submission: f for _, f in _open(told, UNCHANGED)}
    items = {
        (sent.id, seen.sheet, seen.cell): measures.form.by_code[seen.indicator].label
        for sent in measures.submissions
        for seen in sent.observations
    }
    for number, finding in _open(told, CONTRADICTED):
        root = unchanged.get(finding.submission)
        item = items.get((finding.submission, finding.sheet, finding.cell))
        if root and item in root.value.split("、"):
            told[number] = replace(finding, under=root.id)
    for _, numbers in _by_submission(told, lambda f: f.cause == _LAST_MONTHS, CONTRADICTED):
        _gather(told, numbers, "另有{count}个数也与上月月报相同，一并更新。")
    for _, numbers in _by_submission(told, lambda f: True, CONTRADICTED):
        for group in _matters(told, numbers):
            _gather(told, group, "另有{count}个数也与月报不一致，一并核对。")


def _matters(told: Sequence[Finding], numbers: Sequence[int]) -> list[list[int]]:
    """Figures in words that are wrong together: loans and amount of the same lending.

    So many of them that the words and the statement are not of the same figures at all are one matter too.
    """
    if len(numbers) >= _TOO_MANY_TO_BE_SLIPS:
        return [list(numbers)]
    groups: dict[tuple[str, str], list[int]] = {}
    for number in numbers:
        groups.setdefault(_matter(told[number].indicator), []).append(number)
    return list(groups.values())


def _matter(indicator: str) -> tuple[str, str]:
    """(what happened, in which span): of disbursed_loans_ytd disbursed and ytd."""
    *_, span = indicator.split("_")
    return indicator.partition("_")[0], span if span in ("mtd", "ytd", "cum") else ""


def _ratios_follow(told: list[Finding]) -> None:
    """A ratio differs because what it is of, or what it is a part of, does."""
    contradicted = {(f.submission, f.indicator): f for _, f in _open(told, CONTRADICTED)}
    for number, finding in _open(told, CONTRADICTED):
        _, *figures = RATIOS.get(finding.indicator, ("",))
        roots = [
            contradicted[finding.submission, code] for code in figures if (finding.submission, code) in contradicted
        ]
        if roots:
            told[number] = replace(finding, under=roots[0].id)
