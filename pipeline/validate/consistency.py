"""Whether the rules can live with each other: nothing can never fire, nothing asks for contrary things.

Each check returns what is wrong, in words for whoever changed a rule or a parameter; nothing if all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.dated import Dated
from pipeline.periods import Month
from pipeline.validate.examples import EXAMPLES, Example
from pipeline.validate.examples.staging import staged
from pipeline.validate.examples.truth import true_world
from pipeline.validate.examples.world import World, hits
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.registry import Rule

Broken = tuple[str, int, str]
"""(code, level, kind)."""

# ------------------------------------------------------------------ each rule by itself


def without_example(rules: Iterable[Rule], examples: Iterable[Example] = EXAMPLES) -> list[Broken]:
    """Ways to break a rule that no example shows."""
    shown = {(example.code, example.level, example.kind) for example in examples}
    return [way for rule in rules for kind in rule.breaks if (way := (rule.code, rule.level, kind)) not in shown]


def not_alone(example: Example, month: Month, rules: Sequence[Rule], catalog: Catalog) -> str:
    """What is wrong with an example: it is not true before the change, or breaks not exactly its own rule after it."""
    before, after = staged(example, month)
    if example.given and (already := broken(before, rules, catalog)):
        return f"{_named(example)}: broken before the change: {already}"
    own = [(example.code, example.level, example.kind)]
    found = broken(after, rules, catalog)
    return "" if found == own else f"{_named(example)}: breaks {found}"


def broken(world: World, rules: Sequence[Rule], catalog: Catalog) -> list[Broken]:
    """Every place where a rule is broken, in the order of the rules."""
    return [(rule.code, rule.level, hit.kind) for rule, hit in hits(world, catalog, list(rules))]


def _named(example: Example) -> str:
    return f"{example.code}/{example.level} {example.kind}"


# ------------------------------------------------------------------ all rules at once


def unsatisfiable(months: Iterable[Month], rules: Sequence[Rule], catalog: Catalog) -> list[str]:
    """Months in which not even true returns satisfy all rules."""
    return [f"{month}: {found}" for month in months if (found := broken(true_world(month), rules, catalog))]


def turning_points(rules: Iterable[Rule], catalog: Catalog) -> list[Month]:
    """Every month in which something dated begins to hold or has just ceased to, and the month before it."""
    dated: list[Dated] = [
        *(value for parameter in catalog.policy.parameters.values() for value in parameter.values),
        *(column for form in catalog.forms.values() for column in form.columns),
        *(duty for unit in catalog.units.units for duty in unit.duties),
        *(name for unit in catalog.units.units for name in unit.names),
        *(name for area in catalog.areas.entries for name in area.names),
    ]
    bounds = [(entry.since, entry.until) for entry in dated] + [(rule.since, rule.until) for rule in rules]
    starts = {since for since, _ in bounds if since} | {until.shifted(1) for _, until in bounds if until}
    return sorted({month for start in starts for month in (start.previous, start)})


# ------------------------------------------------------------------ rules of the same place


def overlapping(rules: Iterable[Rule]) -> list[str]:
    """Two rules of the same code and level in force in the same month; a code whose title means two things."""
    return [
        f"{one.code}/{one.level} twice"
        for one, other in combinations(rules, 2)
        if (one.code, one.level) == (other.code, other.level) and _both_hold(one, other)
    ]


def _both_hold(one: Rule, other: Rule) -> bool:
    first = max((rule.since for rule in (one, other) if rule.since), default=None)
    last = min((rule.until for rule in (one, other) if rule.until), default=None)
    return first is None or last is None or first <= last


@dataclass(frozen=True, slots=True)
class Order:
    """Something that must hold between policy parameters, so that rules leave room for a true figure."""

    parameters: tuple[str, ...]
    holds: Callable[..., bool]
    why: str


_HUNDRED = Fraction(100)
ORDERS = (
    Order(("rate_lower_percent", "rate_upper_percent"), lambda low, high: 0 <= low < high <= _HUNDRED,
          "A14: a rate lies between its bounds"),
    Order(("loan_cap_household", "unit_slip_factor"), lambda cap, factor: cap > 0 and factor > 1,
          "A13: a slip of the unit is farther from the cap than an average above it"),
    Order(("unit_slip_min_households",), lambda least: least >= 1, "A13: an average needs households"),
    Order(("average_jump_near_percent",), lambda near: 10 * (100 - near) / _HUNDRED - 1 > 0,
          "A13: ten times last month's figure is never near last month's itself (nor in C01-6)"),
    Order(("return_jump_min_count",), lambda least: least >= 1, "C01-6, A25: of nothing there are no ten times"),
    Order(("return_jump_times",), lambda times: times > 1 and times == int(times),
          "C01-6: a figure as last month's is not far from it, and times are whole"),
    Order(("exchange_near_percent", "exchange_near_npl_percent", "exchange_least_times"),
          lambda near, npl, times: min(near, npl) >= 0 and times * (_HUNDRED - max(near, npl)) > _HUNDRED,
          "A27: two grades as last month's are not exchanged"),
    Order(("grade_move_amount", "grade_move_percent", "grade_npl_percent", "grade_worse_percent"),
          lambda amount, part, npl, worse: amount >= 0 and part >= 0 and 0 < npl <= worse < _HUNDRED,
          "A31: grades as last month's have not moved"),
    Order(("grade_gone_amount", "grade_gone_percent"),
          lambda amount, percent: amount > 0 and 0 < percent <= _HUNDRED,
          "A31: bad loans as last month's have not gone"),
    Order(("rate_jump_monthly_percent",),
          lambda near: Fraction(12, 10) * (100 - near) > 100 and Fraction(10, 12) * (100 + near) < 100,
          "A14: a rate as last month's is no slip between month and year"),
    Order(("rate_jump_hundredfold_percent", "rate_jump_monthly_percent"),
          lambda far, near: 100 * (100 - far) > Fraction(12, 10) * (100 + near),
          "A14: the two slips are told apart"),
    Order(("jump_stock_percent", "jump_amount"), lambda percent, least: percent > 0 and least >= 0,
          "A15: a stock as last month's has not jumped"),
    Order(("jump_flow_times",), lambda times: times >= 1, "A15: a flow as large as one before has not jumped"),
    Order(("jump_after_months", "jump_window_months"), lambda months, window: 1 <= months <= window,
          "A15: no more months are asked for than are compared"),
    Order(("jump_window_months",), lambda window: window < MONTHS_BACK,
          "A15: the first change that is compared is from a month that is laid beside"),
    Order(("fund_interest_percent",), lambda percent: 0 <= percent < _HUNDRED, "C01-8: interest is a part of the fund"),
    Order(("mechanism_first_year",), lambda year: 1949 <= year <= 2017,
          "C01-9: a mechanism may be there when returns begin"),
    Order(("target_average_least_part",), lambda part: part > 1, "T01-4: an average near the cap is as it should be"),
    Order(("target_near_percent", "target_far_percent"), lambda near, far: 0 <= near < far,
          "T01-7: a county that is near its own is not far from it"),
    Order(("subsidy_settled_months",), lambda months: 0 <= months < 12 and months == int(months),
          "A24: less than a year's interest is settled in the next, in whole months"),
    Order(("subsidy_rate_percent",), lambda percent: percent >= _HUNDRED,
          "A24: loans at this year's rate bear what they bear"),
    Order(("year_reset_min_amount",), lambda least: least > 0, "A23: nothing starts anew from nothing"),
    Order(("few_loans_with_zero_amount",), lambda few: few >= 0, "A09: a rest of a loan may round to nothing"),
    Order(("quoted_rough_percent",), lambda rough: 0 <= rough < _HUNDRED, "Q01-2: not every number is a rough one"),
    Order(("assessment_ratio_limit_percent",), lambda limit: limit > 0, "A20: a county may have borrowers"),
)  # fmt: skip
"""Typed beside the rules that read them: A13 cap and slip, A14 low and high, the bands around ten and a hundred."""


def contrary(months: Iterable[Month], catalog: Catalog, orders: Iterable[Order] = ORDERS) -> list[str]:
    """Parameters that leave no room, or not the room that the rules suppose, by month."""
    return [
        f"{month}: {order.why} ({', '.join(order.parameters)})"
        for month in months
        for order in orders
        if not order.holds(*_values(order.parameters, month, catalog))
    ]


def _values(names: Iterable[str], month: Month, catalog: Catalog) -> Iterator[Fraction]:
    return (Fraction(str(catalog.policy.value(name, month))) for name in names)
