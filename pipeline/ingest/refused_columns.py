"""Columns most of whose figures could not be read: one matter, and often another column's figures over again.

Whoever pastes the amounts under 户数 has a fault in every row of it (F07). What could be read of such a column by
chance, an amount without decimals, is no number of households either and is not taken in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from pipeline.catalog import Catalog
from pipeline.model import Accused, Finding, Observation, Submission, Symbol

REFUSED = "F07"
OTHER_COLUMN = "other_column"
"""The cause as the diagnosis of statements calls it."""
_LEAST = 3
"""So many areas, and two thirds of them: a column went wrong, and not one figure or another."""
_Place = str
"""An indicator as findings name it."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The figures of an indicator in all rows of a statement, and the findings on those that were refused."""

    place: _Place
    figures: Mapping[str, Observation]
    refused: Mapping[str, int]
    """By area, the position of the finding."""

    @property
    def is_refused(self) -> bool:
        """Whether most areas of several are."""
        areas, told = ({area for area in own if area != _total(self.figures)} for own in (self.figures, self.refused))
        return len(told) >= _LEAST and 3 * len(told) >= 2 * len(areas)


def each_column_once(
    findings: Sequence[Finding], submissions: Sequence[Submission], catalog: Catalog
) -> tuple[list[Submission], list[Finding]]:
    """The statements and findings of a file, the findings on one column of a statement under the first of them."""
    sent, told = list(submissions), list(findings)
    for position, submission in enumerate(sent):
        for column in _columns(told, submission):
            if column.is_refused:
                sent[position] = _told_once(told, sent[position], column, catalog)
    return sent, told


def _columns(found: Sequence[Finding], submission: Submission) -> Iterator[_Column]:
    refused: dict[_Place, dict[str, int]] = {}
    for number, finding in enumerate(found):
        is_figure = finding.rule == REFUSED and finding.area and finding.indicator
        if is_figure and finding.submission == submission.id and not finding.under:
            refused.setdefault(finding.indicator, {}).setdefault(finding.area, number)
    for place, numbers in refused.items():
        if len(numbers) >= _LEAST:
            yield _Column(place, _figures(submission, place), numbers)


def _figures(submission: Submission, place: _Place) -> dict[str, Observation]:
    code, _, institution = place.partition("@")
    return {
        seen.area: seen
        for seen in submission.observations
        if seen.indicator == code and institution in ("", seen.institution)
    }


def _total(figures: Mapping[str, Observation]) -> str:
    return next((area for area, seen in figures.items() if seen.total), "")


def _told_once(told: list[Finding], submission: Submission, column: _Column, catalog: Catalog) -> Submission:
    """Put the column's findings under the first, in words for them all; the statement without what is no figure."""
    numbers = list(column.refused.values())
    root, own = told[numbers[0]], [_accused(told[number]) for number in numbers]
    source = _source(submission, column, catalog)
    if source:
        also = [area for area in column.figures if area not in column.refused and _is_same(column, source, area)]
        figures = [column.figures[area] for area in also]
        submission = _without(submission, figures)
        own += [Accused(seen.sheet, seen.cell, seen.area, column.place, seen.raw) for seen in figures]
        words, cause = _copied(submission, column, next(iter(source.values())), len(own), catalog), OTHER_COLUMN
    else:
        words, cause = _with_others(root, len(own)), ""
    told[numbers[0]] = replace(root, message=words, cause=cause, accused=tuple(own))
    for number in numbers[1:]:
        told[number] = replace(told[number], under=root.id)
    return submission


def _accused(finding: Finding) -> Accused:
    return Accused(finding.sheet, finding.cell, finding.area, finding.indicator, finding.value)


# ------------------------------------------------------------------ copied from another column


def _source(submission: Submission, column: _Column, catalog: Catalog) -> Mapping[str, Observation]:
    """The figures of the column that stands here over again: all that were refused are the same as there."""
    form = catalog.forms[submission.form]
    for other in (c for c in form.columns if not c.is_text and not c.by_institution and c.code != column.place):
        figures = _figures(submission, other.code)
        if figures and all(_is_same(column, figures, area) for area in column.refused):
            return figures
    return {}


def _is_same(column: _Column, source: Mapping[str, Observation], area: str) -> bool:
    """Whether the same number stands in both columns of a row; nought says nothing."""
    here, there = column.figures.get(area), source.get(area)
    if here is None or there is None:
        return False
    one, other = _number(here.raw), _number(there.raw)
    return bool(one) and one == other


def _number(stored: str) -> Decimal | None:
    try:
        number = Decimal(stored.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _without(submission: Submission, figures: Sequence[Observation]) -> Submission:
    """The statement with these figures not read, though not blank."""
    gone = {id(figure) for figure in figures}
    observations = [
        replace(seen, value=None, symbol=Symbol.MISSING) if id(seen) in gone else seen
        for seen in submission.observations
    ]
    return replace(submission, observations=observations)


# ------------------------------------------------------------------ words


def _copied(submission: Submission, column: _Column, source: Observation, times: int, catalog: Catalog) -> str:
    by_code = catalog.forms[submission.form].by_code
    here, there = by_code[column.place.partition("@")[0]], by_code[source.indicator]
    first = column.figures[next(iter(column.refused))]
    return (
        f"“{here.label}”一栏填的是“{there.label}”的数，共{times}处，如“{first.raw[:40]}”：疑似填了别的栏的数。"
        f"请改填“{here.label}”（{here.unit}），重新报送。"
    )


def _with_others(root: Finding, times: int) -> str:
    return f"{root.message}这一栏共有{times}处这样的内容，请一并改正。"
