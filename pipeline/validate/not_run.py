"""Which rules could not run for whom, and why: what was needed beside a submission was not in force.

A rule of which a part needs nothing (the count of households in January, say) is told as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.validate.needs import Need, month_needed, named
from pipeline.validate.neighbours import MEASURES, RETURN, ends_quarter
from pipeline.validate.registry import Rule

STATEMENT, TARGETS = "M01", "T01"
_YEAR = 12
BEYOND = 2
UNKNOWN_MONEY = "金额单位不明，没有审核"
PENDING = "正式发布之后收到，没有与以前的月份比对"


@dataclass(frozen=True, slots=True)
class Known:
    """What was there when a month was judged.

    `judged` and `in_force` name units by form; `absent` those that owe a form and have none in force; `unjudged` says
    of statements that were not compared why. Months are those of which a statement is in force.
    """

    judged: Mapping[str, Sequence[str]]
    in_force: Mapping[str, Sequence[str]]
    absent: Mapping[str, Sequence[str]]
    months: Mapping[str, frozenset[Month]]
    imported: Mapping[str, frozenset[Month]] = field(default_factory=dict)
    """Months of which figures were imported: they serve rules that only ask."""
    words_before: frozenset[str] = frozenset()
    returns_before: frozenset[str] = frozenset()
    """Units whose measures, whose county return of last month is in force."""
    without_last_targets: Sequence[str] = ()
    """Units whose targets of this year are in force, and that set none the year before."""
    without_mirror: Sequence[str] = ()
    """Counties whose return is in force and says nothing of any bank."""
    blank_mirrors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of the other counties: what they leave blank of banks whose statements are in force, by its label."""
    window_months: int = 0
    enough_months: int = 0
    """How many months before are compared with, and how many of them have to be there."""
    unjudged: Mapping[str, Sequence[str]] = field(default_factory=dict)
    form_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotRun:
    """Rules that did not run, or not in full, for some units, for one reason."""

    reason: str
    rules: tuple[str, ...]
    units: tuple[str, ...]
    """Ids, in the register's order."""


def not_run(month: Month, known: Known, rules: Iterable[Rule]) -> list[NotRun]:
    """What did not run, reason by reason; rules that did not run for the same units in one line."""
    own = [rule for rule in rules if rule.holds(month)]
    missed: dict[tuple[str, str], list[str]] = {}
    for rule in own:
        for unit, reason in _missed(rule, month, known):
            codes = missed.setdefault((reason, unit), [])
            if rule.code not in codes:
                codes.append(rule.code)
    for reason, units in known.unjudged.items():
        level = BEYOND if reason == PENDING else 0
        every = list(dict.fromkeys(r.code for r in own if r.level >= level and STATEMENT in r.reads))
        missed |= {(reason, unit): every for unit in units}
    lines: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (reason, unit), codes in missed.items():
        lines.setdefault((reason, tuple(sorted(codes))), []).append(unit)
    return [NotRun(reason, codes, tuple(dict.fromkeys(units))) for (reason, codes), units in lines.items()]


def _missed(rule: Rule, month: Month, known: Known) -> Iterator[tuple[str, str]]:
    """(unit, reason) for all that this rule could not do."""
    for need in rule.needs:
        if need is Need.OTHER_FORMS:
            yield from _without_others(rule, known)
        elif need is Need.MIRROR:
            yield from _without_mirror(known)
        elif need is Need.OWN_STATEMENT:
            lacking = set(known.absent.get(STATEMENT, ()))
            units = (unit for unit in known.in_force.get(MEASURES, ()) if unit in lacking)
            yield from ((unit, f"本单位同期没有采用的{_name(known, STATEMENT)}") for unit in units)
        else:
            yield from _without_earlier(rule, need, month, known)


def _without_earlier(rule: Rule, need: Need, month: Month, known: Known) -> Iterator[tuple[str, str]]:
    """Those of whom an earlier form is lacking; of the year's targets it is told once, with January."""
    if need is Need.LAST_RETURN or (need is Need.LAST_RETURN_OF_THIS_YEAR and month.month > 1):
        yield from _without_last(RETURN, known.returns_before, month, known)
    elif need is Need.LAST_WORDS:
        if ends_quarter(month):
            yield from _without_last(MEASURES, known.words_before, month, known)
    elif need is Need.LAST_TARGETS:
        reason = f"没有上年（{month.year - 1}年）的{_name(known, TARGETS)}"
        yield from ((unit, reason) for unit in known.without_last_targets if month.month == 1)
    else:
        for unit in known.judged.get(STATEMENT, ()):
            if reason := _lacking(need, month, _months(rule, unit, known), known):
                yield unit, reason


def _months(rule: Rule, unit: str, known: Known) -> frozenset[Month]:
    """What a rule has to compare with: only what was reported, if it can reject."""
    stated = known.months.get(unit, frozenset())
    return stated if Severity.HARD in rule.severities else stated | known.imported.get(unit, frozenset())


def _lacking(need: Need, month: Month, months: frozenset[Month], known: Known) -> str:
    """Why a statement lacks what it is compared with; empty where it does not."""
    needed = month_needed(need, month)
    if needed is not None:
        return "" if needed in months else f"{named(needed, month)}没有采用的{_name(known, STATEMENT)}"
    if need is Need.MONTHS_OF_THIS_YEAR:
        earlier = (Month(month.year, number) for number in range(1, month.month - 1))
        missing = [m for m in earlier if m not in months]
        return f"{_listed(missing)}没有采用的{_name(known, STATEMENT)}" if missing else ""
    if need is Need.ANY_MONTH:
        return "" if months else f"{_span(_YEAR)}没有采用的{_name(known, STATEMENT)}"
    within = [m for m in months if month.shifted(-known.window_months) <= m < month]
    if need is Need.SOME_MONTH and not within:
        return f"{_span(known.window_months)}没有采用的{_name(known, STATEMENT)}"
    if need is Need.ENOUGH_MONTHS and len(within) < known.enough_months:
        return f"{_span(known.window_months)}采用的{_name(known, STATEMENT)}不满{known.enough_months}个月"
    return ""


def _span(months: int) -> str:
    return "此前一年" if months == _YEAR else f"此前{months}个月"


def _listed(months: Sequence[Month]) -> str:
    """「本年1月、3月」."""
    return "本年" + "、".join(f"{month.month}月" for month in months)


def _without_last(form: str, before: frozenset[str], month: Month, known: Known) -> Iterator[tuple[str, str]]:
    """Those whose form of this month is in force, and last month's is not."""
    reason = f"{named(month.previous, month)}没有采用的{_name(known, form)}"
    yield from ((unit, reason) for unit in known.in_force.get(form, ()) if unit not in before)


def _without_others(rule: Rule, known: Known) -> Iterator[tuple[str, str]]:
    """Those whose own part is not there, where there is somebody to be compared with."""
    for form in rule.reads:
        if any(known.in_force.get(other) for other in rule.reads if other != form):
            reason = f"没有采用的{_name(known, form)}可以对照"
            yield from ((unit, reason) for unit in known.absent.get(form, ()))


def _without_mirror(known: Known) -> Iterator[tuple[str, str]]:
    """Counties that say nothing of any bank, and those that leave out figures of banks whose statements are there."""
    yield from ((unit, f"{_name(known, RETURN)}没有填各家银行的数") for unit in known.without_mirror)
    for unit, labels in known.blank_mirrors.items():
        cells = "、".join(f"“{label}”" for label in labels)
        yield unit, f"{_name(known, RETURN)}没有填{cells}，而该行的{_name(known, STATEMENT)}已采用"


def _name(known: Known, form: str) -> str:
    return known.form_names.get(form, form)
