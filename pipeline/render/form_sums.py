"""Figures of a blank form in formulas: where they stand, what they add up to, and whether a condition holds of them.

Only functions that Excel 2010, WPS and LibreOffice all have, and nothing that has to be entered as an array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pipeline.money import MICRO_PER_PERCENT, plain
from pipeline.render.form_content import TOTAL, Asked, BlankForm, Kind
from pipeline.render.form_last import Refs
from pipeline.render.form_page import Page, absolute, areas_added
from pipeline.render.form_rules import (
    Condition,
    Digit,
    Either,
    Every,
    Guard,
    Held,
    LiveRule,
    Op,
    Said,
    SameItem,
    Sum,
    Term,
    When,
)
from pipeline.render.form_said import keys_of, said

BROKEN, HOLDS = "不符", "相符"
PLACES = 6
"""Decimals to which differences of doubles are rounded: a hundredth of a fen in 万元, below any figure."""
ALL = "*"
"""Stands for all areas that add up."""
_TENS, _MORE = 8, 1
"""A count has at most so many digits; one that has a digit too many, one more."""
Wanted = tuple[str, str, When]
"""(area, key, time) of a figure."""


@dataclass(frozen=True)
class Sums:
    """What stands where in a form.

    `step` is the cell that holds how finely amounts are rounded, `nil` the one that says `HOLDS` of a month without
    business; empty where there is none.
    """

    page: Page
    refs: Refs
    step: str
    nil: str = ""

    @property
    def form(self) -> BlankForm:
        """The form that is written."""
        return self.page.form

    def asked(self, key: str) -> Asked:
        """What is asked under a key."""
        return self.page.asked[key]

    # ------------------------------------------------------------------ cells

    def place(self, area: str, key: str, when: When = When.NOW) -> str | None:
        """The cell, or for all areas together their cells; None where there is none."""
        if when is not When.NOW:
            return self.refs.get((area, key, when))
        if area == TOTAL:
            at = self.page.totals.get(key)
        elif area == ALL:
            cells = [self.place(one, key, when) for one in areas_added(self.form)]
            return ",".join(cell for cell in cells if cell) if all(cells) else None
        else:
            at = self.page.places.get((area, key))
        return None if at is None else f"'{self.form.sheet}'!{absolute(*at)}"

    def can_run(self, rule: LiveRule, area: str) -> bool:
        """Whether the form has all the figures that a rule compares."""
        is_there = area == TOTAL or (area, rule.figure) in self.page.places
        return is_there and all(self.place(*one) is not None for one in self._wanted(rule, area))

    def lacks(self, rule: LiveRule, area: str) -> str:
        """A formula that is true while a cell is not filled in without which nothing can be said.

        In a month that is declared to be without business a flow that is left blank is nought.
        """
        wanted = [(area, rule.figure, When.NOW), *(one for one in self._wanted(rule, area) if one[2] is When.NOW)]
        counted = [one for one in wanted if self.asked(one[1]).is_number]
        cells = {cell: one for one in counted if (cell := self.place(*one))}
        if not cells:
            return "FALSE"
        count = sum(cell.count(",") + 1 for cell in cells)
        filled = f"COUNT({','.join(cells)})"
        flows = [cell for cell, (where, key, _) in cells.items() if key in self.flows and where not in (TOTAL, ALL)]
        if self.nil and flows:
            filled += f'+IF({self.nil}="{HOLDS}",{"+".join(f"COUNTBLANK({cell})" for cell in flows)},0)'
        return f"{filled}<{count}"

    @cached_property
    def flows(self) -> frozenset[str]:
        """What happens in a month."""
        return frozenset(key for rule in self.form.nil_rules for key in rule.flows)

    def _wanted(self, rule: LiveRule, area: str) -> Iterator[Wanted]:
        yield from _figures(rule.terms, area)
        for guard in rule.guards:
            yield from _needed_by(guard, area)

    # ------------------------------------------------------------------ sums

    def sum(self, terms: Iterable[Term], area: str, figure: str) -> str:
        """The terms added up, in the scale of a figure."""
        return "".join(self._term(term, area, figure) for term in terms).removeprefix("+") or "0"

    def _term(self, term: Term, area: str, figure: str) -> str:
        if not term.key:
            fixed = self._scaled(figure, term.factor)
            return f"{'-' if fixed < 0 else '+'}{number(abs(fixed))}"
        cell = self.place(term.area or area, term.key, term.when)
        if cell is None:
            return ""
        value = f"SUM({cell})" if "," in cell else f"N({cell})"
        factor = term.factor
        if self.asked(term.key).kind is not Kind.AMOUNT and self.asked(figure).kind is Kind.AMOUNT:
            factor = factor / self.form.fen
        times = "" if abs(factor) == 1 else f"*{number(abs(factor))}"
        return f"{'-' if factor < 0 else '+'}{value}{times}"

    def _scaled(self, key: str, value: Fraction) -> Fraction:
        """A figure in its scale, as it is typed."""
        kind = self.asked(key).kind
        per = {Kind.AMOUNT: self.form.fen, Kind.RATE: MICRO_PER_PERCENT}.get(kind, 1)
        return value / per

    def slack(self, figure: str, steps: int, twice: int) -> str:
        """Twice the tolerance, in the form's unit of money."""
        if self.asked(figure).kind is not Kind.AMOUNT or not (steps or twice):
            return "0"
        fixed = number(Fraction(twice, self.form.fen)) if twice else ""
        live = f"{steps}*{self.step}" if steps else ""
        return f"ROUND({'+'.join(filter(None, [live, fixed]))},{PLACES})"

    # ------------------------------------------------------------------ conditions

    def holds(self, condition: Condition, area: str) -> str:
        """A formula that is true where the condition holds."""
        if isinstance(condition, Either | Every):
            of = ",".join(self.holds(one, area) for one in condition.of)
            return f"{'OR' if isinstance(condition, Either) else 'AND'}({of})"
        if isinstance(condition, Guard):
            cell = self.place(area, condition.key) or "0"
            value = number(self._scaled(condition.key, Fraction(condition.value)))
            return f"ROUND(N({cell}),{PLACES}){condition.op.value}{value}"
        if isinstance(condition, Said):
            names = self.page.blocks(at for (_, key), at in self.page.places.items() if key == _name_of(condition))
            return said(condition, lambda key, when: self._said_at(area, key, when), ",".join(names), self.step)
        if isinstance(condition, Digit):
            return _a_digit(condition, self.place(area, condition.key) or "0")
        return self._held(condition, area)

    def _said_at(self, area: str, key: str, when: When) -> str:
        return self.place(area, key, when) or self.place(ALL, key, when) or '""'

    def _held(self, held: Held, area: str) -> str:
        figure = scale_of(held.terms)
        total, slack = self.sum(held.terms, area, figure), self.slack(figure, held.steps, held.twice)
        twice = f"ROUND({total},{PLACES})*2"
        formula = {
            Op.EQUAL: f"ABS({twice})<={slack}", Op.NOT: f"ABS({twice})>{slack}",
            Op.AT_LEAST: f"{twice}>=-{slack}", Op.AT_MOST: f"{twice}<={slack}",
            Op.ABOVE: f"{twice}>{slack}", Op.BELOW: f"{twice}<-{slack}",
        }[held.op]  # fmt: skip
        if not held.or_blank:
            return formula
        figures = list(_figures(held.terms, area))
        cells = [cell for one in figures if (cell := self.place(*one)) and one[2] is When.NOW]
        if not all(self.place(*one) for one in figures):
            return "TRUE"
        return f"OR(COUNT({','.join(cells)})<{len(cells)},{formula})"


def _needed_by(condition: Condition, area: str) -> Iterator[Wanted]:
    if isinstance(condition, Either | Every):
        for one in condition.of:
            yield from _needed_by(one, area)
    elif isinstance(condition, Held):
        yield from (one for one in _figures(condition.terms, area) if not condition.or_blank)
    elif isinstance(condition, Said):
        listed = isinstance(condition, SameItem)
        yield from ((ALL if listed and when is not When.NOW else area, key, when) for key, when in keys_of(condition))
    elif isinstance(condition, Digit) or not condition.absent_is_none:
        yield area, condition.key, When.NOW


def _name_of(condition: Said) -> str:
    return condition.name if isinstance(condition, SameItem) else ""


def _figures(terms: Sequence[Term], area: str) -> Iterator[Wanted]:
    yield from ((one.area or area, one.key, one.when) for one in terms if one.key and not one.absent_is_none)


def scale_of(terms: Sum) -> str:
    """The figure in whose scale a sum is: its first."""
    return next(term.key for term in terms if term.key)


def _a_digit(digit: Digit, cell: str) -> str:
    """Every count that this one can be by a digit, all at once: its places are powers of ten in a constant array."""
    tens = [10**place for place in range(_TENS + _MORE)]
    if digit.is_less:
        low = "{" + ";".join(map(str, tens[:_TENS])) + "}"
        meant = f"(INT({cell}/{low})*{low}*10+{{0,1,2,3,4,5,6,7,8,9}}*{low}+MOD({cell},{low}))"
        exists = f"*({low}<=10*{cell})"
    else:
        low, above = ("{" + ",".join(str(ten * times) for ten in tens) + "}" for times in (1, 10))
        meant, exists = f"(INT({cell}/{above})*{low}+MOD({cell},{low}))", ""
    return f"SUMPRODUCT(({meant}>={digit.low})*({meant}<={digit.high}){exists})>0"


def number(value: Fraction) -> str:
    """A number as a formula has it."""
    return plain(value, 12)
