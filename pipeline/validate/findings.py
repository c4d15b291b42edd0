"""Hits become findings: words, cell, and a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.catalog.forms import Column
from pipeline.errors import PipelineError, RuleCrashed
from pipeline.model import Accused, Bound, Finding, Observation
from pipeline.privacy import without_identities
from pipeline.validate.frames import Book, Hit, machine
from pipeline.validate.registry import Rule


def run(rules: Iterable[Rule], books: Mapping[str, Book]) -> list[Finding]:
    """Findings of these rules on these books, ordered by level, rule, submission, area and indicator.

    A place that breaks one rule in two ways is one finding, the heavier.

    Raises:
        RuleCrashed: a rule failed on its own account.
    """
    found = [(rule, hit) for rule in rules for hit in _hits(rule, books)]
    found.sort(key=lambda pair: pair[0].breaks[pair[1].kind].severity.rank)
    first: dict[tuple[str, str], tuple[Rule, Hit, Finding]] = {}
    for rule, hit in found:
        finding = _finding(rule, hit)
        first.setdefault((finding.submission, finding.id), (rule, hit, finding))
    return [finding for *_, finding in sorted(first.values(), key=_order)]


def _hits(rule: Rule, books: Mapping[str, Book]) -> list[Hit]:
    try:
        if rule.across:
            hits = list(rule.check(books)) if all(form in books for form in rule.reads) else []
        else:
            hits = [hit for form in rule.reads if form in books for hit in rule.check(books[form])]
    except PipelineError:
        raise
    except Exception as crash:  # whatever a rule dies of is our fault, and must carry the rule's name
        raise RuleCrashed(
            f"审核关系 {rule.code}（{rule.title}）运行出错（{type(crash).__name__}），本次检查已停止。"
            "这是程序的问题，不是填报单位的问题。请把这句话和收到的文件交给程序维护人员。"
        ) from crash
    return [hit for hit in hits if rule.holds(hit.book.months[hit.submission])]


def _finding(rule: Rule, hit: Hit) -> Finding:
    broken, submission, at = rule.breaks[hit.kind], hit.book.submissions[hit.submission], hit.at
    return Finding(
        rule=rule.code,
        level=rule.level,
        severity=broken.severity,
        message=broken.message.format_map(hit.words),
        file=submission.file,
        sha256=submission.sha256,
        period=submission.period,
        form=submission.form,
        submission=submission.id,
        unit=submission.unit,
        area=hit.area,
        indicator=hit.indicator,
        sheet=at.sheet if at else submission.sheet,
        cell=at.cell if at else "",
        value=_value(hit),
        expected=hit.expected,
        bound=broken.bound if hit.expected else Bound.EXACT,
        cause=hit.cause,
        under=_finding(rule, hit.under).id if hit.under else "",
        accused=tuple(_accused(hit)),
    )


def _accused(hit: Hit) -> Iterator[Accused]:
    """Its own figure and those that are wrong with it; nothing where it is alone."""
    others = [other for other in hit.others if hit.at and (other.sheet, other.cell) != (hit.at.sheet, hit.at.cell)]
    if hit.at is None or not others:
        return
    yield Accused(hit.at.sheet, hit.at.cell, hit.area, hit.indicator, _value(hit), hit.expected)
    for other in others:
        column = hit.book.form.by_code[other.indicator]
        value = "" if other.value is None else machine(column, other.value)
        yield Accused(other.sheet, other.cell, "" if other.total else other.area, _place(column, other), value)


def _place(column: Column, at: Observation) -> str:
    """The indicator as `Book.place` names it."""
    if column.by_institution and at.institution:
        return f"{at.indicator}@{at.institution}"
    return f"{at.indicator}#{at.item}" if at.item else at.indicator


def _value(hit: Hit) -> str:
    """Plain decimal text: amounts in 元 with two decimals, rates in percent, counts as they are; no person's name."""
    if hit.value is not None:
        return hit.value
    if hit.at is None:
        return ""
    column = hit.book.form.by_code.get(hit.at.indicator)
    if column is None or hit.at.value is None:
        return "" if column and column.personal else without_identities(hit.at.text)
    return machine(column, hit.at.value)


def _order(entry: tuple[Rule, Hit, Finding]) -> tuple[object, ...]:
    rule, hit, finding = entry
    catalog = hit.book.catalog
    code, _, item = finding.indicator.partition("#")
    code, _, bank = code.partition("@")
    return (
        rule.level,
        rule.code,
        finding.form,
        hit.submission,
        _position(catalog.areas.by_id, finding.area),
        finding.area,
        _position(hit.book.form.by_code, code),
        _position(catalog.units.institution_by_id, bank),
        int(item or 0),
        finding.cell,
    )


def _position(known: Mapping[str, object], key: str) -> int:
    """Where a key stands; nothing comes first, what is not known last."""
    return list(known).index(key) if key in known else -1 if not key else len(known)
