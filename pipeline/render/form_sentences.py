"""What a rule of a blank form says where it is broken, as a formula: its own sentence with the figures of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN
from pipeline.render.form_content import Kind
from pipeline.render.form_rules import Choice, Label, LiveRule, Percent, Quotient, Term, Word
from pipeline.render.form_sums import PLACES, Sums, scale_of
from pipeline.render.harmless import printable

_LONGEST_LITERAL, _LONGEST_TEXT = 240, 300
"""Of a string constant, and of a name or phrase: a formula of ten of these stays below what Excel takes."""
_FIELD = re.compile(r"\{(\w+)\}")
_FAR_FROM_ANY_CAP, _HUNDREDTH_OF_WAN = 100 * FEN_PER_WAN, FEN_PER_WAN // 100


@dataclass(frozen=True, slots=True)
class Sentences:
    """Writes them."""

    sums: Sums

    def sentence(self, rule: LiveRule, area: str) -> str:
        """A formula that comes to the rule's message."""
        parts: list[str] = []
        place = 0
        for field in _FIELD.finditer(rule.message):
            parts += literals(rule.message[place : field.start()])
            parts += self._word(field[1], rule, area)
            place = field.end()
        return "&".join([*parts, *literals(rule.message[place:])]) or '""'

    def _word(self, name: str, rule: LiveRule, area: str) -> list[str]:
        if name in rule.words:
            return self._said(rule.words[name], rule, area)
        figure, expected = self.sums.place(area, rule.figure) or "", self.sums.sum(rule.terms, area, rule.figure)
        if name == "sum":
            return self._spelt(rule, area)
        if name == "allowed":
            return self._allowed(rule)
        values = {
            "value": figure, "expected": expected, "most": expected, "difference": f"ABS({figure}-({expected}))",
        }  # fmt: skip
        if name in values:
            return [self._shown(rule.figure, values[name])]
        return literals({"area": self.sums.page.named(area), "indicator": self.sums.asked(rule.figure).label}[name])

    def _said(self, word: Word, rule: LiveRule, area: str) -> list[str]:
        if isinstance(word, str):
            return literals(word)
        if isinstance(word, Label):
            return literals(self.sums.asked(word.key).label)
        if isinstance(word, Quotient):
            return [self._average(word, area)]
        if isinstance(word, Percent):
            above, below = (self.sums.place(area, key) or "0" for key in (word.above, word.below))
            return [f'TEXT(ROUND(100*{above}/{below},2),"0.00")&"%"']
        if isinstance(word, Choice):
            total = self.sums.sum(word.terms, area, scale_of(word.terms))
            return [f"IF(ROUND({total},{PLACES})>0,{_quoted(word.above)},{_quoted(word.otherwise)})"]
        if isinstance(word, Term):
            return [self._shown(word.key, self.sums.place(word.area or area, word.key, word.when) or "0")]
        return [self._shown(rule.figure, self.sums.sum(word, area, rule.figure))]

    def _shown(self, key: str, value: str) -> str:
        asked = self.sums.asked(key)
        if not asked.is_number:
            return f'IF(ISNUMBER({value}),TEXT({value},"yyyy-mm-dd"),TRIM({value}))'
        shown = {Kind.AMOUNT: "0.00####", Kind.RATE: "0.00##"}.get(asked.kind, "0")
        unit = self.sums.form.money if asked.kind is Kind.AMOUNT else asked.unit
        return f'TEXT(ROUND({value},{PLACES}),"{shown}")&{_quoted(unit)}'

    def _average(self, average: Quotient, area: str) -> str:
        """As the notice has it: in 元 and 分, in 万元 where that is round, or where it is far from any cap."""
        above, below = (self.sums.place(area, key) or "0" for key in (average.above, average.below))
        fen = f"ROUND(ROUND({above}*{self.sums.form.fen},0)/{below},0)"
        in_wan = f'TEXT(ROUND({fen}/{FEN_PER_WAN},2),"0.00")&"万元"'
        is_round = f"AND({fen}>={FEN_PER_WAN},MOD({fen},{_HUNDREDTH_OF_WAN})=0)"
        return f'IF(OR({fen}>={_FAR_FROM_ANY_CAP},{is_round}),{in_wan},TEXT({fen}/{FEN_PER_YUAN},"0.00")&"元")'

    def _spelt(self, rule: LiveRule, area: str) -> list[str]:
        """The sum as it is written: 上月“期末余额/金额”12.00万元＋…."""
        parts: list[str] = []
        for at, term in enumerate(rule.terms):
            cell = self.sums.place(term.area or area, term.key, term.when)
            if cell is None:
                continue
            sign = ("－" if term.factor < 0 else "＋") if at else ""
            label = self.sums.asked(term.key).label
            parts += [*literals(f"{sign}{term.when.value}“{label}”"), self._shown(term.key, f"N({cell})")]
        return parts

    def _allowed(self, rule: LiveRule) -> list[str]:
        slack = self.sums.slack(rule.figure, rule.steps, rule.twice)
        if slack == "0":
            return []
        shown = self._shown(rule.figure, f"{slack}/2")
        return [f'IF({slack}>0,"（四舍五入最多相差"&{shown}&"）","")']


def literals(text: str) -> list[str]:
    """A text as string constants that Excel takes: none is longer than it allows, nor is the formula of them."""
    text = printable(text)[:_LONGEST_TEXT]
    return [_quoted(text[at : at + _LONGEST_LITERAL]) for at in range(0, len(text), _LONGEST_LITERAL)]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
