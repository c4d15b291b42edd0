"""Edit rules as formulas of a workbook: whether a rule is broken, and the sentence that says so.

What is not filled in yet breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model import address
from pipeline.render.form_content import TOTAL
from pipeline.render.form_rules import Held, LiveRule, Op, Term, When
from pipeline.render.form_sentences import Sentences
from pipeline.render.form_sums import BROKEN, HOLDS, PLACES, Sums

HARD, SOFT, WHOLE = "强制性", "核实性", "全表"
NOT_NEGATIVE = (Term(factor=Fraction(0)),)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule at one cell: where it is told, and its two formulas.

    The state is one of the two words, or nothing, or how many cells are not filled in yet.
    """

    code: str
    weight: str
    area: str
    label: str
    cell: str
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Formulas:
    """Writes the formulas of a form's rules."""

    sums: Sums

    def checks(self, states: Iterator[str]) -> Iterator[Check]:
        """Every check; of `states` each takes the cell in which its state will stand."""
        for rule in self.sums.form.rules:
            for area in rule.areas or self._areas(rule.figure):
                if self.sums.can_run(rule, area):
                    yield self._check(rule, area, next(states))

    def _areas(self, key: str) -> list[str]:
        """The areas, or items, of which this is asked."""
        return [area for area, asked in self.sums.page.places if asked == key]

    def _check(self, rule: LiveRule, area: str, state: str) -> Check:
        page = self.sums.page
        at = page.totals[rule.figure] if area == TOTAL else page.places[area, rule.figure]
        guards = [*self._natural(rule, area), *(self.sums.holds(guard, area) for guard in rule.guards)]
        broken = [self._broken(rule, area)]
        if rule.op is Op.TOLD:
            guards, broken = [], guards
        judged = f'IF({_all(broken)},"{BROKEN}","{HOLDS}")'
        if guards:
            judged = f'IF({_all(guards)},{judged},"")'
        return Check(
            rule.code,
            HARD if rule.hard else SOFT,
            page.named(area) or WHOLE,
            self.sums.asked(rule.figure).label,
            address(*at),
            f'=IF({self.sums.lacks(rule, area)},"",{judged})',
            f'=IF({state}="{BROKEN}",{Sentences(self.sums).sentence(rule, area)},"")',
        )

    def _natural(self, rule: LiveRule, area: str) -> list[str]:
        """Nothing is said of figures that are below zero though they never may be: that is told by itself."""
        if rule.terms == NOT_NEGATIVE:
            return []
        held = [guard.terms for guard in rule.guards if isinstance(guard, Held) and not guard.or_blank]
        terms = [term for of in (rule.terms, *held) for term in of if term.key and term.when is When.NOW]
        keys = dict.fromkeys([(area, rule.figure), *((term.area or area, term.key) for term in terms)])
        cells = [self.sums.place(*one) for one in keys if not self.sums.asked(one[1]).signed]
        told = ",".join(cell for cell in cells if cell)
        return [f"MIN({told})>=0"] if told else []

    def _broken(self, rule: LiveRule, area: str) -> str:
        figure, expected = self.sums.place(area, rule.figure), self.sums.sum(rule.terms, area, rule.figure)
        slack = self.sums.slack(rule.figure, rule.steps, rule.twice)
        if rule.op is Op.EQUAL:
            return f"ROUND(ABS({figure}-({expected})),{PLACES})*2>{slack}"
        if rule.op is Op.OUTSIDE:
            most = self.sums.sum(rule.upper, area, rule.figure)
            return f"AND(ROUND({figure}-({expected}),{PLACES})>=0,ROUND(({most})-{figure},{PLACES})>=0)"
        if rule.op is Op.NOT:
            return f"ROUND({figure}-({expected}),{PLACES})=0"
        if rule.op is Op.ABOVE:
            return f"ROUND({figure}-({expected}),{PLACES})<=0"
        over = f"({expected})-{figure}" if rule.op is Op.AT_LEAST else f"{figure}-({expected})"
        return f"ROUND({over},{PLACES})*2>{slack}"


def _all(formulas: list[str]) -> str:
    return formulas[0] if len(formulas) == 1 else f"AND({','.join(formulas)})"
