"""Figures that a text quotes 「文中引用的数」: which indicator, which number, and what statement's figure would agree.

Careful rather than complete: a figure is read only where every word of its clause is understood and nothing said
before it in the sentence turns it to another time, another scope or a plan. What is unclear is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.money import MICRO_PER_PERCENT
from pipeline.periods import Month
from pipeline.validate.quoted_context import FLOWS, Context
from pipeline.validate.quoted_times import Span
from pipeline.validate.quoted_words import OWN, PLACE, Metric, Quantity, Token, cleaned, masked, names_pattern, tokens

INDICATORS: dict[tuple[Metric, str], str] = {
    (Metric.RATED, "户"): "rated_households",
    (Metric.CREDIT_LINE, "户"): "credit_line_households",
    (Metric.CREDIT_LINE, "元"): "credit_line_amount",
    (Metric.DISBURSED, "笔"): "disbursed_loans_{span}",
    (Metric.DISBURSED, "户"): "disbursed_households_{span}",
    (Metric.DISBURSED, "元"): "disbursed_amount_{span}",
    (Metric.REPAID, "元"): "repaid_amount_{span}",
    (Metric.OUTSTANDING, "笔"): "outstanding_loans",
    (Metric.OUTSTANDING, "户"): "outstanding_households",
    (Metric.OUTSTANDING, "元"): "outstanding_amount",
    (Metric.PAST_DUE, "笔"): "past_due_loans",
    (Metric.PAST_DUE, "户"): "past_due_households",
    (Metric.PAST_DUE, "元"): "past_due_amount",
    (Metric.NPL, "元"): "npl_amount",
    (Metric.REGISTERED, "户"): "registered_households",
    (Metric.RATE, "%"): "weighted_average_rate",
    (Metric.PAST_DUE_RATIO, "%"): "past_due_ratio",
    (Metric.NPL_RATIO, "%"): "npl_ratio",
}
"""What a number means, by what it is said of and by its unit."""
_NOT_ASKED = frozenset({(Metric.NPL, "户"), (Metric.NPL, "笔"), (Metric.REPAID, "户"), (Metric.REPAID, "笔")})
"""What prose gives beside a figure that the form asks for: 「不良贷款3户、8万元」."""
_RATIOS = (Metric.PAST_DUE_RATIO, Metric.NPL_RATIO)
_ROUNDED_TWICE = (Fraction(MICRO_PER_PERCENT), Fraction(MICRO_PER_PERCENT, 10))
"""The last place of a ratio that may have been taken from a table, where it has two decimals."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One figure as a text gives it, in the scale of its indicator.

    Whatever the statement says between `low` and `high` agrees with it; None is without a limit. `words` is the part
    of the text that gives it: words known to this module, numbers and the unit's own name, so nobody else's.
    """

    indicator: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the texts of one unit about one month."""

    month: Month
    own_names: tuple[str, ...]
    places: tuple[str, ...]
    rough_percent: Fraction
    """How far 「约」 may lie beside the figure."""

    def quotes(self, text: str) -> list[Quote]:
        """The figures that this text surely gives of the whole unit at the end of the month, or up to it."""
        plain = cleaned(text)
        sentences = _END.split(plain)
        while sentences and not _MAY_QUOTE.match(sentences[-1]):
            sentences.pop()
        if not sentences:
            return []
        hidden = masked(masked(plain, names_pattern(self.own_names), OWN), names_pattern(self.places), PLACE)
        context, found = Context(), []
        for said, sentence in zip(sentences, _END.split(hidden), strict=False):
            found += self._sentence(tokens(sentence, self.month), context, said)
            context = context.after_sentence()
        return found

    def _sentence(self, sentence: Sequence[Token], context: Context, plain: str) -> list[Quote]:
        found: list[tuple[int, list[Quote]]] = []
        """For each metric that is named: where its clause starts, and its figures."""
        for clause, stop in _clauses(sentence):
            letters = "".join(token.kind for token in clause)
            context.hear(clause, letters)
            if context.reveals_other_loans(letters):
                found = []
            said = _said(clause, letters, context)
            if said and not said.goes_on:
                found.append((clause[0].start, []))
            if said:
                start, quotes = found[-1]
                quotes += self._quotes(said, plain, start)
            units = [quantity.unit for quantity, *_ in said.figures] if said else []
            context.remember(letters, (said.metric, said.span) if said else None, units, stop)
        return [quote for _, quotes in found for quote in quotes]

    def _quotes(self, said: _Said, plain: str, start: int) -> Iterator[Quote]:
        for quantity, sense, end in said.figures:
            indicator = INDICATORS.get((said.metric, quantity.unit))
            if indicator is not None:
                low, high = agreeing(quantity, sense, self.rough_percent)
                if low is not None and said.metric in _RATIOS and sense == "exact" and quantity.place in _ROUNDED_TWICE:
                    low -= quantity.place / 20  # 1.245 % became 1.25 % in a table, and 1.3 % in the text
                words = plain[start:end].replace("\n", "，").lstrip("，")
                yield Quote(indicator.format(span=said.span), quantity.number, low, high, words)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says: of what, over which span, and its figures with their sense and where they end."""

    metric: Metric
    span: Span | None
    figures: tuple[tuple[Quantity, str, int], ...]
    goes_on: bool = False
    """Whether the metric is that of the clause before."""


# ------------------------------------------------------------------ sentences and clauses


_END = re.compile("[。！!？?]")
_METRICS = "余额|结余|授信|评级|发放|投放|放款|累放|收回|回收|逾期|不良|利率|建档立卡"
_MAY_QUOTE = re.compile(rf"(?s:(?=.*[0-9]).*(?:{_METRICS}))")
"""Worth a closer look: most sentences have no figure, or none of these."""


def _clauses(sentence: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """Clauses, each with what ends it; a colon after its metric belongs to the clause, a 、 between figures too."""
    clause: list[Token] = []
    for place, word in enumerate(sentence):
        if word.kind == ":" and any(token.kind == "M" for token in clause):
            clause.append(Token("K", word.start, word.end, word.text))
        elif word.kind in ",;:" or (word.kind == "J" and not _goes_on(clause, sentence[place + 1 :])):
            if clause:
                yield clause, word.kind
            clause = []
        else:
            clause.append(word)
    if clause:
        yield clause, ""


def _goes_on(clause: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a list of figures goes on after 、: 「321笔、2000万元」, but not 「评级321户、授信300户」."""
    following = next((word.kind for word in rest if word.kind != "K"), "")
    return bool(clause) and clause[-1].kind in "QB" and following in ("Q", "A")


# ------------------------------------------------------------------ what a clause says

_LIST = r"A?QB?(?:[JK]*A?QB?)*"
_BEFORE = r"(?:[STWFPHLKO]|V[PH])*"
_DIRECT = re.compile(rf"{_BEFORE}(?P<m>M)[PHLKV]*(?P<q>{_LIST})[PHLK]*")
"""「余额1200万元」, 「本月发放贷款12户、56万元」."""
_NOTED = re.compile(rf"{_BEFORE}(?P<m>M)[PHLK]*(?P<u>U)[KV]*(?P<n>#)")
"""「余额(万元):1200」."""
_TO = re.compile(rf"[STWFPLKO]*V(?P<h>A?Q)H(?P<m>M)[PLKV]*(?P<q>{_LIST})?[PLK]*")
"""「本月向12户贫困户发放贷款56万元」."""
_REGISTERED = re.compile(r"[WFK]*I?K*(?P<m>H)K*(?P<q>A?QB?)")
"""「辖内建档立卡贫困户321户」."""
_WEIGHTED = re.compile(rf"{_BEFORE}(?:Me?[PHL]*e?)?(?P<m>R)[KV]*(?P<q>A?QB?)[PHLK]*")
"""「本年发放的扶贫小额贷款加权平均利率4.35%」."""
_HOLDERS = re.compile(rf"{_BEFORE}(?P<m>M)eHK*(?P<q>A?QB?)")
"""「在我行有扶贫小额贷款余额的贫困户321户」."""
_MORE = re.compile(rf"[KL]*(?P<q>{_LIST})[PHLK]*")
"""「(发放321笔，)金额2000万元」."""

Figures = list[tuple[Quantity, str, int]]
"""Numbers, each with the sense in which it is given and where it ends in the text."""


def _said(clause: Sequence[Token], letters: str, context: Context) -> _Said | None:
    """What this clause surely says; None if it is not surely understood."""
    if context.silent(letters):
        return None
    read = _with_metric(clause, letters)
    if read is None:
        found = _MORE.fullmatch(letters) if context.follows else None
        return _continued(context, _figures(clause, letters, *found.span("q"))) if found else None
    metric, figures = read
    if context.continues_balance(metric, letters):
        return _continued(context, figures)
    return _admitted(metric, figures, clause, letters, context)


def _with_metric(clause: Sequence[Token], letters: str) -> tuple[Metric, Figures] | None:
    """The metric that a clause names itself, and its figures; None if it names none or is not understood."""
    if found := _NOTED.fullmatch(letters):
        return _metric(clause[found.start("m")]), _noted(clause, found.start("u"), found.start("n"))
    if found := _REGISTERED.fullmatch(letters):
        if _counts_the_register(clause, found.start("m")):
            return Metric.REGISTERED, _figures(clause, letters, *found.span("q"))
        return None
    if (found := _HOLDERS.fullmatch(letters)) and _metric(clause[found.start("m")]) is Metric.OUTSTANDING:
        return Metric.OUTSTANDING, _figures(clause, letters, *found.span("q"))
    found = _DIRECT.fullmatch(letters) or _WEIGHTED.fullmatch(letters) or _TO.fullmatch(letters)
    if found is None:
        return None
    metric = _metric(clause[found.start("m")])
    to = _figures(clause, letters, *found.span("h")) if "h" in found.re.groupindex else []
    if to and metric not in FLOWS:
        return None  # 「对20户贫困户授信80万元」 is some of them
    return metric, to + (_figures(clause, letters, *found.span("q")) if found["q"] else [])


def _metric(word: Token) -> Metric:
    assert word.metric is not None  # every M has one
    return word.metric


def _admitted(
    metric: Metric,
    figures: Figures,
    clause: Sequence[Token],
    letters: str,
    context: Context,
) -> _Said | None:
    units = [quantity.unit for quantity, *_ in figures]
    if len(set(units)) < len(units) or (metric, units[0]) not in INDICATORS.keys() | _NOT_ASKED:
        return None
    admitted, span = context.admits(metric, clause, letters, units)
    if "A" in letters or "B" in letters:
        admitted = admitted and (context.dated or bool(set(letters) & set("STWP")))  # 「逾期超过5户，暂停…」 is a rule
    return _Said(metric, span, tuple(figures)) if admitted else None


def _continued(context: Context, figures: Figures) -> _Said | None:
    """The figures of a clause that goes on with the metric of the one before it."""
    assert context.follows is not None  # asked before
    metric, span = context.follows
    units = [quantity.unit for quantity, *_ in figures]
    if len(set(units)) < len(units) or set(units) & context.units_given:
        return None
    return _Said(metric, span, tuple(figures), goes_on=True)


def _counts_the_register(clause: Sequence[Token], at: int) -> bool:
    """Only 「辖内建档立卡贫困户…」 or 「建档立卡贫困户共…」: the same words are often said of borrowers."""
    counting = {"共", "共有", "户数", "总数", "现有"}
    return clause[at].text.startswith("建档立卡") and any(
        word.kind == "I" or word.text in counting for word in clause if word is not clause[at]
    )


def _figures(clause: Sequence[Token], letters: str, start: int, stop: int) -> Figures:
    found: Figures = []
    for place in range(start, stop):
        quantity = clause[place].quantity
        if quantity is None:
            continue
        end = place + letters.startswith("B", place + 1)
        said = clause[place - 1] if letters[:place].endswith("A") else clause[end]
        found.append((quantity, _SENSES.get(said.text, "more" if quantity.rough else "exact"), clause[end].end))
    return found


def _noted(clause: Sequence[Token], note: int, number: int) -> Figures:
    """A bare number after its unit in brackets."""
    unit, bare = clause[note].quantity, clause[number].quantity
    assert unit is not None  # every U has one
    assert bare is not None  # every # has one
    return [
        (
            Quantity(bare.number * unit.number, bare.place * unit.number, unit.unit, bare.rough),
            "more" if bare.rough else "exact",
            clause[number].end,
        )
    ]


# ------------------------------------------------------------------ what agrees with a number

_SENSES = {
    **dict.fromkeys(("大约", "约", "左右", "上下"), "about"),
    **dict.fromkeys(("近", "将近", "接近"), "nearly"),
    **dict.fromkeys(("超过", "突破", "超", "逾", "不少于", "以上"), "at_least"),
    **dict.fromkeys(("不足", "不到"), "at_most"),
}


def agreeing(quantity: Quantity, sense: str, rough_percent: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Between which figures a statement agrees with a number that is given in this sense.

    A plain number was rounded to its last printed digit. 「约」 is as wide as the policy says, and up to twice as wide
    where the number itself is as round as that; 「余」 goes up to the next number as round. Bounds are bounds.
    """
    number, half = quantity.number, quantity.place / 2
    rough = abs(number) * rough_percent / 100
    wide = max(half, rough, min(quantity.significant, 2 * rough))
    if sense == "at_least":
        return number, None
    if sense == "at_most":
        return None, number
    if sense == "about":
        around = max(half, rough, min(quantity.significant / 2, 2 * rough))
        return number - around, number + around
    if sense == "nearly":
        return number - wide, number + max(half, rough)
    if sense == "more":
        return number - max(half, rough), number + max(half, rough, quantity.significant)
    return number - half, number + half
