"""index.html of a release: what the page tells, gathered from what the release knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.catalog import Catalog
from pipeline.jobs.gaps import month_closing, state_of
from pipeline.jobs.month import MonthView
from pipeline.jobs.past import STATEMENT, Past, past
from pipeline.jobs.rule_words import LEVELS
from pipeline.model import Figure, FigureTable, MeasureTable, Symbol
from pipeline.periods import Month
from pipeline.render.charts_month import COMPLETION, Balance
from pipeline.render.finding_rows import FindingRow
from pipeline.render.month_page import MonthPage
from pipeline.render.month_page_figures import AHEAD, MONTH_BEFORE
from pipeline.render.month_page_matrix import FormMatrix, Mark, Standing, UnitRow, Waiting
from pipeline.render.stamp import Stamp
from pipeline.store.store import Connection
from pipeline.transform.facts import Facts
from pipeline.transform.highlights import ahead_of_pace, city_changes, growth_between
from pipeline.validate.duties import MISSING, Duty
from pipeline.validate.verdicts import State


def page_content(
    connection: Connection,
    seen: MonthView,
    catalog: Catalog,
    stamp: Stamp,
    tables: Mapping[int, FigureTable],
    measures: MeasureTable | None,
    facts: Mapping[str, Facts],
    products: Iterable[str],
    findings: Sequence[FindingRow],
    not_run: Sequence[str],
) -> MonthPage:
    """What the page of a release tells.

    Args:
        connection: the store, for the months before this one.
        seen: the month at the release's vintage.
        catalog: registers, forms, annexes and data tables.
        stamp: which release this is.
        tables: the annexes of figures by number.
        measures: annex 1, or None where it is not made.
        facts: what the annexes were made from, by period.
        products: the paths of all that lies in the release's folder, for links.
        findings: all of the month's.
        not_run: which rules could not run, and why, a sentence each.
    """
    before = past(connection, catalog, seen.month, seen.upto)
    as_of = date.fromisoformat(stamp.as_of)
    return MonthPage(
        stamp=stamp,
        closing=month_closing(seen, as_of, is_final=not stamp.draft),
        tables=tables,
        measures=measures,
        changes=_changes(seen.month, tables, facts, before, catalog),
        matrices=_matrices(before, catalog, seen.month, as_of),
        waiting=_waiting([duty for duty in seen.duties if _asks(duty)], catalog, as_of),
        punctuality=_punctuality(seen),
        findings=findings,
        not_run=not_run,
        balances=_balances(before, seen.month),
        products=sorted(products),
        levels=LEVELS,
    )


# ------------------------------------------------------------------ what changed


def _changes(
    month: Month, tables: Mapping[int, FigureTable], facts: Mapping[str, Facts], before: Past, catalog: Catalog
) -> dict[str, Figure]:
    changes = city_changes(month, facts, catalog)
    nothing = (None, Symbol.MISSING)
    lent = before.disbursed
    changes[MONTH_BEFORE] = growth_between(MONTH_BEFORE, lent.get(month, nothing), lent.get(month.previous, nothing))
    for number, table in tables.items():
        city = next((row for part in table.parts for row in part.rows if row.is_total), None)
        if not catalog.annexes[number].institution and city and COMPLETION in city.figures:
            changes[AHEAD] = ahead_of_pace(city.figures[COMPLETION], month)
    return changes


def _balances(before: Past, month: Month) -> list[Balance]:
    """From the first month of which anything is known."""
    known = [m for m, (fen, _) in before.outstanding.items() if fen is not None]
    first = min([*known, month])
    return [Balance(m, fen, symbol is Symbol.PARTIAL) for m, (fen, symbol) in before.outstanding.items() if m >= first]


# ------------------------------------------------------------------ who reported


def _matrices(before: Past, catalog: Catalog, month: Month, as_of: date) -> list[FormMatrix]:
    """One matrix a form that anybody owed or sent, from the first month for which anything came."""
    first = min([month, *(m for m, duties in before.duties.items() if any(map(_came_for_its_month, duties)))])
    owed = [duty for m, duties in before.duties.items() if m >= first for duty in duties]
    return [
        _matrix(form, [duty for duty in owed if duty.form == form], catalog, month, as_of)
        for form in _by_weight(catalog)
        if any(duty.form == form for duty in owed)
    ]


def _came_for_its_month(duty: Duty) -> bool:
    return duty.state != MISSING and "-" in duty.period


def _by_weight(catalog: Catalog) -> list[str]:
    """Forms by code: the statements of banks first, what is owed once a year last."""
    return sorted(catalog.forms, key=lambda form: (catalog.forms[form].frequency == "year", form != STATEMENT, form))


def _matrix(form: str, owed: Sequence[Duty], catalog: Catalog, month: Month, as_of: date) -> FormMatrix:
    by_place = {(duty.unit, duty.period): duty for duty in owed}
    periods = tuple(dict.fromkeys(duty.period for duty in owed))
    register = catalog.units.by_id
    units = sorted({unit for unit, _ in by_place}, key=lambda unit: (register[unit].order, unit))
    rows = tuple(
        UnitRow(
            register[unit].name(month), tuple(standing_of(by_place.get((unit, period)), as_of) for period in periods)
        )
        for unit in units
    )
    counts = tuple(_count([by_place[place] for place in by_place if place[1] == period]) for period in periods)
    return FormMatrix(form, catalog.forms[form].name, periods, rows, counts)


def _count(duties: Sequence[Duty]) -> tuple[int, int]:
    """How many are in force, of how many that are owed."""
    owed = [duty for duty in duties if not duty.voluntary]
    return sum(duty.is_in for duty in owed), len(owed)


_MARKS = {
    State.REJECTED.value: Mark.REJECTED,
    State.PENDING.value: Mark.PENDING,
    State.WITHDRAWN.value: Mark.WITHDRAWN,
}
_CORRECTIONS = {State.REJECTED: Mark.CORRECTION_REJECTED, State.PENDING: Mark.CORRECTION_PENDING}
"""What a later submission is while an earlier one is in force."""


def standing_of(duty: Duty | None, as_of: date) -> Standing:
    """How a duty stands as seen on that day; None is what nobody owes or sent."""
    if duty is None:
        return Standing(Mark.NOT_OWED)
    if duty.state == MISSING:
        return Standing(Mark.MISSING if as_of > duty.due else Mark.NOT_DUE)
    if not duty.is_in:
        return Standing(_MARKS.get(duty.state, Mark.REJECTED))
    if duty.last and duty.last.state in _CORRECTIONS:
        return Standing(_CORRECTIONS[duty.last.state])
    if duty.voluntary:
        return Standing(Mark.VOLUNTARY)
    return Standing(Mark.LATE, duty.days_late) if duty.days_late else Standing(Mark.IN_TIME)


def _asks(duty: Duty) -> bool:
    """Whether somebody must do something about it; what nobody owes may stay withdrawn."""
    undecided = duty.last is not None and duty.last.state in _CORRECTIONS
    doubted = duty.counting is not None and bool(duty.counting.unexplained)
    lacking = not duty.is_in and not duty.voluntary
    return lacking or undecided or doubted


def _waiting(duties: Sequence[Duty], catalog: Catalog, as_of: date) -> list[Waiting]:
    """What asks for the same in one line, in the order of the forms."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    order = _by_weight(catalog)
    for duty in sorted(duties, key=lambda duty: order.index(duty.form)):
        due = f"{duty.due.month}月{duty.due.day}日"
        lines.setdefault((f"{duty.form} {duty.form_name}", due, state_of(duty, as_of)), []).append(duty.unit_name)
    return [Waiting(*line, tuple(units)) for line, units in lines.items()]


def _punctuality(seen: MonthView) -> str:
    """How many are in, and what came late."""
    inside, owed = _count(seen.duties)
    counted = f"{seen.month.label}应报{owed}份，已采用{inside}份"
    if more := len(seen.volunteered):
        counted += f"；另有自愿报送{more}份，已采用{sum(duty.is_in for duty in seen.volunteered)}份"
    late = "、".join(f"{duty.unit_name}{duty.form_short}（{duty.days_late}天）" for duty in seen.late)
    if late:
        return f"{counted}；迟报：{late}。"
    return f"{counted}，全部按时。" if inside == owed else f"{counted}，已收到的没有迟报。"
