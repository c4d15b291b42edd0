"""Edit rules as formulas of a workbook: whether a rule is broken, and the sentence that says so.

Only functions that Excel 2010, WPS and LibreOffice all have. What is not filled in yet breaks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model import address
from pipeline.money import MICRO_PER_PERCENT, plain
from pipeline.render.form_content import TOTAL, Asked, BlankForm, Kind
from pipeline.render.form_last import Refs
from pipeline.render.form_page import Page, areas_added
from pipeline.render.form_rules import Guard, Label, LiveRule, Op, Quotient, Term, When
from pipeline.render.harmless import printable

BROKEN, HOLDS = "不符", "相符"
_PLACES = 6
"""Decimals to which differences of doubles are rounded: a hundredth of a fen in 万元, below any figure."""
_LONGEST_LITERAL, _LONGEST_TEXT = 240, 300
"""Of a string constant, and of a name or phrase: a formula of ten of these stays below what Excel takes."""
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule at one cell: where it is told, and its two formulas."""

    code: str
    hard: bool
    area: str
    label: str
    cell: str
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Formulas:
    """Writes the formulas of a form's rules; `step` is the cell that holds how finely amounts are rounded."""

    page: Page
    refs: Refs
    step: str

    def checks(self, state_of: Mapping[int, str]) -> Iterator[Check]:
        """Every check; `state_of` is the cell in which the state of the n-th will stand."""
        number = 0
        for rule in self._form.rules:
            for area in rule.areas or self._areas(rule.figure):
                if self._can_run(rule, area):
                    yield self._check(rule, area, state_of[number])
                    number += 1

    def count(self) -> int:
        """How many checks there are."""
        return sum(
            self._can_run(rule, area) for rule in self._form.rules for area in rule.areas or self._areas(rule.figure)
        )

    @property
    def _form(self) -> BlankForm:
        return self.page.form

    def _areas(self, key: str) -> list[str]:
        """The areas, or items, of which this is asked."""
        return [area for area, asked in self.page.places if asked == key]

    def _can_run(self, rule: LiveRule, area: str) -> bool:
        wanted = [(t.area or area, t.key, t.when) for t in rule.terms if t.key and not t.absent_is_none]
        wanted += [(area, g.key, When.NOW) for g in rule.guards if not g.absent_is_none]
        return (area == TOTAL or (area, rule.figure) in self.page.places) and all(
            self._place(*one) is not None for one in wanted
        )

    # ------------------------------------------------------------------ cells

    def _place(self, area: str, key: str, when: When) -> str | None:
        """The cell, or for all areas together their cells; None where there is none."""
        if when is not When.NOW:
            return self.refs.get((area, key, when))
        if area == TOTAL:
            at = self.page.totals.get(key)
        elif area == ALL:
            cells = [self._place(one, key, when) for one in areas_added(self._form)]
            return ",".join(cell for cell in cells if cell) if all(cells) else None
        else:
            at = self.page.places.get((area, key))
        return None if at is None else f"{self._sheet}{absolute(*at)}"

    @property
    def _sheet(self) -> str:
        return f"'{self._form.sheet}'!"

    def _asked(self, key: str) -> Asked:
        return self.page.asked[key]

    # ------------------------------------------------------------------ one check

    def _check(self, rule: LiveRule, area: str, state: str) -> Check:
        asked = self._asked(rule.figure)
        figure = self._place(area, rule.figure, When.NOW) or ""
        at = self.page.totals[rule.figure] if area == TOTAL else self.page.places[area, rule.figure]
        needed = [figure, *self._needed(rule, area)]
        count = sum(cell.count(",") + 1 for cell in needed)
        broken = self._broken(rule, area, figure)
        guards = [*self._natural(rule, area), *(self._guard(guard, area) for guard in rule.guards)]
        judged = f'IF({broken},"{BROKEN}","{HOLDS}")'
        if guards:
            judged = f'IF(AND({",".join(guards)}),{judged},"")'
        sentence = f'=IF({state}="{BROKEN}",{self._sentence(rule, area, figure)},"")'
        return Check(
            rule.code,
            rule.hard,
            self.page.named(area),
            asked.label,
            address(*at),
            f'=IF(COUNT({",".join(needed)})<{count},"",{judged})',
            sentence,
        )

    def _natural(self, rule: LiveRule, area: str) -> list[str]:
        """Nothing is said of figures that are below zero though they never may be: that is told by itself."""
        if rule.terms == NOT_NEGATIVE:
            return []
        keys = [(area, rule.figure), *((t.area or area, t.key) for t in rule.terms if t.key and t.when is When.NOW)]
        cells = [self._place(where, key, When.NOW) for where, key in keys if not self._asked(key).signed]
        told = ",".join(cell for cell in cells if cell)
        return [f"MIN({told})>=0"] if told else []

    def _needed(self, rule: LiveRule, area: str) -> list[str]:
        """Cells of this month that must be filled in before anything can be said."""
        terms = [(t.area or area, t.key, t.when) for t in rule.terms if t.key and not t.absent_is_none]
        guards = [(area, g.key, When.NOW) for g in rule.guards if not g.absent_is_none]
        found = [self._place(*one) for one in (*terms, *guards) if one[2] is When.NOW]
        return list(dict.fromkeys(cell for cell in found if cell))

    def _broken(self, rule: LiveRule, area: str, figure: str) -> str:
        expected = self._sum(rule.terms, area, rule.figure)
        slack = self._slack(rule)
        if rule.op is Op.EQUAL:
            return f"ROUND(ABS({figure}-({expected})),{_PLACES})*2>{slack}"
        if rule.op is Op.OUTSIDE:
            most = self._sum(rule.upper, area, rule.figure)
            return f"AND(ROUND({figure}-({expected}),{_PLACES})>=0,ROUND(({most})-{figure},{_PLACES})>=0)"
        if rule.op is Op.NOT:
            return f"ROUND({figure}-({expected}),{_PLACES})=0"
        if rule.op is Op.ABOVE:
            return f"ROUND({figure}-({expected}),{_PLACES})<=0"
        over = f"({expected})-{figure}" if rule.op is Op.AT_LEAST else f"{figure}-({expected})"
        return f"ROUND({over},{_PLACES})*2>{slack}"

    def _slack(self, rule: LiveRule) -> str:
        """Twice the tolerance, in the form's unit of money."""
        if self._asked(rule.figure).kind is not Kind.AMOUNT or not (rule.steps or rule.twice):
            return "0"
        fixed = _number(Fraction(rule.twice, self._form.fen)) if rule.twice else ""
        live = f"{rule.steps}*{self.step}" if rule.steps else ""
        return f"ROUND({'+'.join(filter(None, [live, fixed]))},{_PLACES})"

    def _guard(self, guard: Guard, area: str) -> str:
        cell = self._place(area, guard.key, When.NOW)
        if cell is None:
            cell = "0"
        value = _number(self._scaled(guard.key, Fraction(guard.value)))
        return f"ROUND(N({cell}),{_PLACES}){guard.op.value}{value}"

    def _sum(self, terms: Iterable[Term], area: str, figure: str) -> str:
        parts = [self._term(term, area, figure) for term in terms]
        return "".join(parts).removeprefix("+") or "0"

    def _term(self, term: Term, area: str, figure: str) -> str:
        if not term.key:
            fixed = self._scaled(figure, term.factor)
            return f"{'-' if fixed < 0 else '+'}{_number(abs(fixed))}"
        cell = self._place(term.area or area, term.key, term.when)
        if cell is None:
            return ""
        value = f"SUM({cell})" if "," in cell else f"N({cell})"
        factor = term.factor
        if self._asked(term.key).kind is not Kind.AMOUNT and self._asked(figure).kind is Kind.AMOUNT:
            factor = factor / self._form.fen
        times = "" if abs(factor) == 1 else f"*{_number(abs(factor))}"
        return f"{'-' if factor < 0 else '+'}{value}{times}"

    def _scaled(self, key: str, value: Fraction) -> Fraction:
        """A figure in its scale, as it is typed."""
        kind = self._asked(key).kind
        per = {Kind.AMOUNT: self._form.fen, Kind.RATE: MICRO_PER_PERCENT}.get(kind, 1)
        return value / per

    # ------------------------------------------------------------------ sentences

    def _sentence(self, rule: LiveRule, area: str, figure: str) -> str:
        parts: list[str] = []
        place = 0
        for field in _FIELD.finditer(rule.message):
            parts += _literals(rule.message[place : field.start()])
            parts += self._word(field[1], rule, area, figure)
            place = field.end()
        return "&".join([*parts, *_literals(rule.message[place:])]) or '""'

    def _word(self, name: str, rule: LiveRule, area: str, figure: str) -> list[str]:
        said = rule.words.get(name)
        if isinstance(said, str):
            return _literals(said)
        if isinstance(said, Label):
            return _literals(self._asked(said.key).label)
        if isinstance(said, Quotient):
            above, below = (self._place(area, key, When.NOW) or "0" for key in (said.above, said.below))
            return [self._shown(said.above, f"{above}/{below}")]
        if isinstance(said, Term):
            return [self._shown(said.key, self._place(said.area or area, said.key, said.when) or "0")]
        expected = self._sum(rule.terms, area, rule.figure)
        if name == "sum":
            return self._spelt(rule, area)
        if name == "allowed":
            return self._allowed(rule)
        values = {
            "value": figure, "expected": expected, "most": expected, "difference": f"ABS({figure}-({expected}))",
        }  # fmt: skip
        if name in values:
            return [self._shown(rule.figure, values[name])]
        return _literals({"area": self.page.named(area), "indicator": self._asked(rule.figure).label}[name])

    def _shown(self, key: str, value: str) -> str:
        asked = self._asked(key)
        shown = {Kind.AMOUNT: "0.00####", Kind.RATE: "0.00##"}.get(asked.kind, "0")
        unit = self._form.money if asked.kind is Kind.AMOUNT else asked.unit
        return f'TEXT(ROUND({value},{_PLACES}),"{shown}")&{_quoted(unit)}'

    def _spelt(self, rule: LiveRule, area: str) -> list[str]:
        """The sum as it is written: 上月“期末余额/金额”12.00万元＋…."""
        parts: list[str] = []
        for number, term in enumerate(rule.terms):
            cell = self._place(term.area or area, term.key, term.when)
            if cell is None:
                continue
            sign = ("－" if term.factor < 0 else "＋") if number else ""
            label = self._asked(term.key).label
            parts += [*_literals(f"{sign}{term.when.value}“{label}”"), self._shown(term.key, f"N({cell})")]
        return parts

    def _allowed(self, rule: LiveRule) -> list[str]:
        slack = self._slack(rule)
        if slack == "0":
            return []
        shown = self._shown(rule.figure, f"{slack}/2")
        return [f'IF({slack}>0,"（四舍五入最多相差"&{shown}&"）","")']


NOT_NEGATIVE = (Term(factor=Fraction(0)),)
ALL = "*"
"""Stands for all areas that add up."""


def absolute(row: int, col: int) -> str:
    """`$C$7`."""
    name = address(0, col)[:-1]
    return f"${name}${row + 1}"


def _number(value: Fraction) -> str:
    return plain(value, 12)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _literals(text: str) -> list[str]:
    """A text as string constants that Excel takes: none is longer than it allows, nor is the formula of them."""
    text = printable(text)[:_LONGEST_TEXT]
    return [_quoted(text[at : at + _LONGEST_LITERAL]) for at in range(0, len(text), _LONGEST_LITERAL)]
