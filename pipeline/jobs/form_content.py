"""What the blank form of a unit asks and says, from the catalogue and what is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pipeline.catalog import Catalog, Form, ReportingUnit
from pipeline.catalog.forms import Layout
from pipeline.jobs.form_asked import asked_in, listed_in
from pipeline.jobs.form_guide import guide_of, past_sheet
from pipeline.jobs.form_own_look import own_title
from pipeline.jobs.form_past import Known
from pipeline.jobs.live_asker import Asker
from pipeline.jobs.live_measures import last_words
from pipeline.jobs.live_returns import live_of
from pipeline.jobs.live_rules import last_figures
from pipeline.money import FEN_PER_WAN
from pipeline.periods import Month, period_label
from pipeline.render.form_content import Asked, BlankForm, Items, Kind, Line, Shape
from pipeline.render.form_rules import When
from pipeline.validate.duties import Duty
from pipeline.validate.equations import BASES, OUTSTANDING
from pipeline.validate.neighbours import MEASURES

_WAN, _YUAN = "万元", "元"
_USUAL_STEP = {_WAN: FEN_PER_WAN // 100, _YUAN: 1}
"""To how many fen amounts are rounded by whoever has not reported yet: two decimals."""


def blank_form(duty: Duty, known: Known, catalog: Catalog, day: date) -> BlankForm:
    """The form of one duty."""
    unit, form = catalog.units.by_id[duty.unit], catalog.forms[duty.form]
    month = known.month
    layout = _layout(unit, form, known, catalog)
    asked = tuple(asked_in(form, layout, month, catalog))
    shape = Shape(layout.shape) if layout else Shape.AREAS
    is_own = shape is Shape.AREAS and bool(layout and layout.headers)
    money = _money(unit, form, layout, known)
    lines = tuple(_lines(unit, form, known, catalog, short=is_own)) if shape is not Shape.WORDS else ()
    items = listed_in(form, shape, month)
    nil = any(one.key.endswith("_mtd") for one in asked)
    asker = _asker(unit, form, (asked, items), lines, known, catalog, money)
    live = live_of(asker, nil=nil)
    known_figures = last_figures(unit.id, form, asker.keys, asker.areas, known)
    return BlankForm(
        code=form.code,
        shape=shape,
        sheet=form.short or form.name,
        title=_own_title(unit, form, layout, known) or _title(duty, form, shape, catalog),
        is_upright=known.look(unit.id, form.code).is_upright,
        unit=duty.unit_name,
        period=period_label(duty.period),
        office=catalog.profile.office,
        money=money,
        units="、".join(_units(asked, money)),
        asked=asked,
        made=day,
        lines=lines,
        total_last=is_own or form.is_by_institution,
        numbered=not is_own and not form.is_by_institution,
        spans=tuple(layout.value_columns) if layout else (),
        items=items,
        known=_bases(unit, form, asked, known, catalog),
        nil=nil,
        last_items=tuple(known.items.get((unit.id, form.code, month.previous), ())) if items else (),
        last_words=last_words(asker) if form.code == MEASURES else {},
        past=past_sheet(form.code),
        sample=known.sample(),
        last=tuple(known_figures),
        times=times_of(month),
        step=asker.step,
        rules=live.rules,
        owed=live.owed,
        nil_rules=live.nil_rules,
        copied=live.copied,
        guide=guide_of(duty, shape, catalog, month, nil=nil, live=live.told),
    )


def _title(duty: Duty, form: Form, shape: Shape, catalog: Catalog) -> str:
    """A bank's own table is called after it, a county's and the office's after the city, one of words by its name."""
    if shape is Shape.WORDS:
        return form.name
    if form.frequency == "year":
        return f"{catalog.profile.city}{period_label(duty.period)}{form.name}"
    if shape is Shape.UPRIGHT:
        return f"{catalog.profile.city}{form.name}"
    return f"{duty.unit_name}{form.name}（{period_label(duty.period)}）"


def _own_title(unit: ReportingUnit, form: Form, layout: Layout | None, known: Known) -> str:
    last = known.last(unit.id, form.code)
    if last is None:
        return ""
    title = known.look(unit.id, form.code).title
    return own_title(title, Month.parse(last.period), known.month, (form.name, *(layout.title if layout else ())))


def _asker(
    unit: ReportingUnit,
    form: Form,
    asked: tuple[Sequence[Asked], Items | None],
    lines: Sequence[Line],
    known: Known,
    catalog: Catalog,
    money: str,
) -> Asker:
    from pipeline.jobs.rule_words import in_force
    from pipeline.validate.rules import RULES

    one, listed = asked
    keys = [item.key for item in (*one, *(listed.asked if listed else ()))]
    last = known.last(unit.id, form.code)
    return Asker(
        unit=unit.id,
        form=form,
        month=known.month,
        catalog=catalog,
        known=known,
        rules={(rule.code, rule.level): rule for rule in in_force(RULES, known.month)},
        keys=frozenset(keys),
        areas=tuple(line.area for line in lines),
        step=last.step if last else _USUAL_STEP[money],
    )


def times_of(month: Month) -> dict[When, str]:
    """How the columns of known figures are headed."""
    return {
        When.LAST_MONTH: f"上月（{month.previous.label}）",
        When.YEAR_START: f"上年末（{month.year_start.label}）",
        When.YEAR_BEFORE: f"上年同月（{month.year_before.label}）",
        When.LARGEST: "本年以前各月中最大的",
        When.LAST_YEAR: f"上年（{month.year - 1}年）",
    }


# ------------------------------------------------------------------ layout


def _layout(unit: ReportingUnit, form: Form, known: Known, catalog: Catalog) -> Layout | None:
    """The layout in which the unit last sent the form; else its institution's, else the only one of the form."""
    own = {layout.id: layout for layout in catalog.layouts if layout.form == form.code}
    last = known.last(unit.id, form.code)
    named = own.get(last.layout if last else "") or own.get(f"{form.code}-{unit.institution}") or own.get(form.code)
    return named


def _money(unit: ReportingUnit, form: Form, layout: Layout | None, known: Known) -> str:
    """The unit of money that the layout's own headers state, or in which the unit last reported."""
    if layout and any(f"({_YUAN})" in header for header in layout.headers):
        return _YUAN
    last = known.last(unit.id, form.code)
    return last.money_unit if last and last.money_unit in _USUAL_STEP else _WAN


def _units(asked: Iterable[Asked], money: str) -> list[str]:
    found = [money if one.kind is Kind.AMOUNT else one.unit for one in asked if one.kind in (Kind.AMOUNT, Kind.COUNT)]
    return sorted(dict.fromkeys(found), key=lambda one: one != money)


# ------------------------------------------------------------------ rows


def _lines(unit: ReportingUnit, form: Form, known: Known, catalog: Catalog, *, short: bool) -> Iterator[Line]:
    """The unit's counties as they are called in that month, each with the areas inside it that it reported last."""
    register, month = catalog.areas, known.month
    last = known.last(unit.id, form.code)
    told = {area for area, _ in known.at(unit.id, form.code, Month.parse(last.period))} if last else set()
    for area in sorted(unit.areas, key=lambda one: register.by_id[one].order):
        yield Line(area, _name(area, month, catalog, short=short))
        for inner in register.of_which:
            if inner.within == area and inner.id in told:
                yield Line(inner.id, inner.named(month).name, inside=True)


def _name(area: str, month: Month, catalog: Catalog, *, short: bool) -> str:
    """The name in force; without 区, 县 or 市 where the unit's system writes it so and the register knows it."""
    entry = catalog.areas.by_id[area]
    name = entry.named(month).name
    return name[:-1] if short and name[:-1] in entry.aliases else name


# ------------------------------------------------------------------ what is known


def _bases(
    unit: ReportingUnit, form: Form, asked: Sequence[Asked], known: Known, catalog: Catalog
) -> dict[tuple[str, str], int]:
    """Bases of comparison from the figures in force; nothing that the unit itself has to report."""
    months = {1: known.month.previous, 0: known.month.year_start, 12: known.month.year_before}
    keys = {one.key for one in asked}
    return {
        (area, code): value
        for code, back in BASES
        if code in keys
        for (area, key), value in known.at(unit.id, form.code, months[back]).items()
        if key == OUTSTANDING
    }
