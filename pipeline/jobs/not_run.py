"""Which rules could not run on a month, gathered from what the store knows at a vintage, and told in a few lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.jobs.over_time import could_count, months_before
from pipeline.jobs.past import standings_of
from pipeline.periods import Month
from pipeline.store import imports, records
from pipeline.store.records import Record
from pipeline.store.store import Connection
from pipeline.validate.neighbours import MEASURES, RETURN
from pipeline.validate.not_run import PENDING, STATEMENT, TARGETS, UNKNOWN_MONEY, Known, NotRun, not_run
from pipeline.validate.verdicts import State

MOST_NAMED = 6
"""Units that are named in a line; of more it says how many."""
_WINDOW, _ENOUGH = "jump_window_months", "jump_after_months"


def not_run_of(connection: Connection, catalog: Catalog, seen: MonthView) -> list[NotRun]:
    """What could not run on the submissions of a month, and why."""
    from pipeline.validate.rules import RULES  # here, because it takes pandera

    if not any(standing.record.period == str(seen.month) for standing in seen.standings):
        return []
    return not_run(seen.month, _known(connection, catalog, seen), RULES)


def _known(connection: Connection, catalog: Catalog, seen: MonthView) -> Known:
    period = str(seen.month)
    earlier = standings_of(connection, months_before(seen.month), seen.upto)
    before = [s.record for found in earlier.values() for s in found if s.state is State.IN_FORCE]
    told = {(record.unit, record.period) for record in before if record.form == STATEMENT}
    read = imports.figures_of(connection, seen.upto, [str(month) for month in months_before(seen.month)])
    imported = {(figure.unit, figure.period) for figure in read if figure.form == STATEMENT}
    own = [s for s in seen.standings if s.record.form == STATEMENT and s.record.period == period]
    judged = [s.record.unit for s in own if could_count(s, seen.month)]
    pending = [s.record.unit for s in own if s.state is State.PENDING]
    unknown = [
        s.record.unit for s in own if s.state is State.REJECTED and not could_count(s, seen.month)
    ]  # its amounts are not known
    in_force: dict[str, list[str]] = {}
    for standing in seen.in_force:
        if standing.record.period == period:
            in_force.setdefault(standing.record.form, []).append(standing.record.unit)
    absent: dict[str, list[str]] = {}
    for duty in (*seen.missing, *seen.not_in):
        absent.setdefault(duty.form, []).append(duty.unit)
    set_before = {s.record.unit for s in earlier.get(str(seen.month.year - 1), ()) if s.record.form == TARGETS}
    setting = {s.record.unit for s in seen.in_force if s.record.form == TARGETS}
    return Known(
        judged={STATEMENT: _ordered(judged, catalog)},
        in_force={form: _ordered(units, catalog) for form, units in in_force.items()},
        absent={form: _ordered(units, catalog) for form, units in absent.items()},
        months=_months(told),
        imported=_months(imported),
        words_before=_sent_before(MEASURES, before, seen.month),
        returns_before=_sent_before(RETURN, before, seen.month),
        without_last_targets=_ordered(setting - set_before, catalog),
        without_mirror=_ordered(_silent_on_banks(connection, catalog, seen), catalog),
        blank_mirrors=_blank_mirrors(connection, catalog, seen),
        window_months=int(catalog.policy.value(_WINDOW, seen.month)),
        enough_months=int(catalog.policy.value(_ENOUGH, seen.month)),
        unjudged={
            UNKNOWN_MONEY: [unit for unit in _ordered(unknown, catalog) if unit not in judged],
            PENDING: _ordered(pending, catalog),
        },
        form_names={code: form.short or form.name for code, form in catalog.forms.items()},
    )


def _silent_on_banks(connection: Connection, catalog: Catalog, seen: MonthView) -> Iterator[str]:
    """Units of returns in force in which every mirror of a bank is left blank."""
    returns = {s.record.id: s.record.unit for s in seen.in_force if s.record.form == RETURN}
    if not returns:
        return
    codes = [column.code for column in catalog.forms[RETURN].columns if column.by_institution]
    telling = records.reporting(connection, returns, codes)
    yield from (unit for submission, unit in returns.items() if submission not in telling)


def _blank_mirrors(connection: Connection, catalog: Catalog, seen: MonthView) -> dict[str, list[str]]:
    """What returns in force that name some bank do not say of another whose own statement in force has the figure."""
    from pipeline.validate.rules.mirror import MIRRORED  # here, because it takes pandera

    mirrors = {code: mirror for mirror, code in MIRRORED}
    own = {s.record.id: s.record.unit for s in seen.in_force if s.record.period == str(seen.month)}
    stated = {(area, bank, mirrors[code]) for _, area, bank, code in records.reported_places(connection, own, mirrors)}
    said: dict[str, set[tuple[str, str, str]]] = {}
    for submission, *place in records.reported_places(connection, own, mirrors.values()):
        area, bank, mirror = place
        said.setdefault(submission, set()).add((area, bank, mirror))
    units = {own[submission]: places for submission, places in said.items()}
    return {
        unit: [_label(catalog, bank, mirror) for _, bank, mirror in sorted(blank)]
        for unit in _ordered(units, catalog)
        if (blank := {place for place in stated if place[0] in {area for area, _, _ in units[unit]}} - units[unit])
    }


def _label(catalog: Catalog, bank: str, mirror: str) -> str:
    """「农业银行期末贷款余额」."""
    institution = catalog.units.institution_by_id[bank].name
    return catalog.forms[RETURN].by_code[mirror].label.replace("{institution}", institution)


def _months(told: Collection[tuple[str, str]]) -> dict[str, frozenset[Month]]:
    return {unit: frozenset(Month.parse(p) for u, p in told if u == unit and "-" in p) for unit, _ in told}


def _sent_before(form: str, in_force: Iterable[Record], month: Month) -> frozenset[str]:
    return frozenset(r.unit for r in in_force if (r.form, r.period) == (form, str(month.previous)))


def _ordered(units: Iterable[str], catalog: Catalog) -> list[str]:
    """Each once, in the register's order."""
    register = catalog.units.by_id
    return sorted(set(units), key=lambda unit: (register[unit].order if unit in register else 10**6, unit))


# ------------------------------------------------------------------ words


def not_run_lines(missed: Sequence[NotRun], seen: MonthView, most: int = MOST_NAMED) -> list[str]:
    """One sentence a line: the reason, the rules, for whom; at most so many units by name."""
    names = {duty.unit: duty.unit_name for duty in seen.duties}
    lines = []
    for one in missed:
        units = _named([names.get(unit, unit) for unit in one.units], most)
        lines.append(f"{one.reason}，{'、'.join(one.rules)}没有运行或没有全部运行：{units}。")
    return lines


def _named(units: Sequence[str], most: int) -> str:
    """「汉滨农商银行、……等10家」."""
    return "、".join(units) if len(units) <= most else f"{'、'.join(units[:most])}等{len(units)}家"
