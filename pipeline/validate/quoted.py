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
from pipeline.validate.quoted_beside import beside
from pipeline.validate.quoted_context import ASIDE, CHANGES, FLOWS, Context
from pipeline.validate.quoted_figures import Figures, agreeing, figures_in, noted
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
    (Metric.WRITTEN_OFF, "元"): "written_off_amount_{span}",
    (Metric.WRITTEN_OFF_ALONE, "元"): "written_off_amount_{span}",
    (Metric.RENEWED, "元"): "renewed_amount_{span}",
    (Metric.EXTENDED, "元"): "extended_amount_{span}",
    (Metric.SUBSIDY_ACCRUED, "元"): "interest_subsidy_accrued_{span}",
    (Metric.SUBSIDY_PAID, "元"): "interest_subsidy_paid_{span}",
    (Metric.SINCE_YEAR_START, "元"): "outstanding_since_year_start",
    (Metric.SINCE_YEAR_START, "%"): "outstanding_growth_since_year_start",
    (Metric.SINCE_LAST_MONTH, "元"): "outstanding_since_last_month",
    (Metric.SINCE_LAST_MONTH, "%"): "outstanding_growth_since_last_month",
    (Metric.SINCE_LAST_YEAR, "元"): "outstanding_since_last_year",
    (Metric.SINCE_LAST_YEAR, "%"): "outstanding_growth_since_last_year",
    (Metric.AVERAGE_OWED, "元"): "outstanding_average",
    (Metric.AVERAGE_LINE, "元"): "credit_line_average",
}
"""What a number means, by what it is said of and by its unit."""
_NOT_ASKED = frozenset(
    (metric, unit)
    for metric in (Metric.NPL, Metric.REPAID, Metric.WRITTEN_OFF, Metric.RENEWED, Metric.EXTENDED)
    for unit in ("户", "笔")
)
"""What prose gives beside a figure that the form asks for: 「不良贷款3户、8万元」."""
_RATIOS = (Metric.PAST_DUE_RATIO, Metric.NPL_RATIO)
_BY_HAND = ASIDE - CHANGES
"""What is worked out for the text alone."""
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
    city_wide: bool = False
    """Whether the unit lends in every county: what it says it rated 「全市」 it rated itself."""

    def quotes(self, text: str) -> list[Quote]:
        """The figures that this text surely gives of the whole unit at the end of the month, or up to it."""
        plain = cleaned(text)
        sentences = _END.split(plain)
        while sentences and not _MAY_QUOTE.match(sentences[-1]):
            sentences.pop()
        if not sentences:
            return []
        hidden = masked(masked(plain, names_pattern(self.own_names), OWN), names_pattern(self.places), PLACE)
        if self.city_wide:
            hidden = _RATED_IN_THE_CITY.sub(lambda found: OWN * len(found[0]), hidden)
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
            context.remember(clause, letters, (said.metric, said.span) if said else None, units, stop)
        return [quote for _, quotes in found for quote in quotes]

    def _quotes(self, said: _Said, plain: str, start: int) -> Iterator[Quote]:
        for quantity, sense, end in said.figures:
            indicator = INDICATORS.get((said.metric, quantity.unit))
            if indicator is not None:
                low, high = self._limits(said.metric, quantity, sense)
                words = plain[start:end].replace("\n", "，").lstrip("，")
                yield Quote(indicator.format(span=said.span), quantity.number, low, high, words)

    def _limits(self, metric: Metric, quantity: Quantity, sense: str) -> tuple[Fraction | None, Fraction | None]:
        low, high = agreeing(quantity, sense, self.rough_percent)
        if metric is Metric.WRITTEN_OFF_ALONE:
            return low, None
        if low is not None and high is not None and sense == "exact":
            if metric in _RATIOS and quantity.place in _ROUNDED_TWICE:
                low -= quantity.place / 20  # 1.245 % became 1.25 % in a table, and 1.3 % in the text
            if metric in _BY_HAND or (metric in CHANGES and quantity.unit == "%"):
                low, high = low - quantity.place / 2, high + quantity.place / 2  # cut off, or rounded twice
        return low, high


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says: of what, over which span, and its figures with their sense and where they end."""

    metric: Metric
    span: Span | None
    figures: tuple[tuple[Quantity, str, int], ...]
    goes_on: bool = False
    """Whether the metric is that of the clause before."""


# ------------------------------------------------------------------ sentences and clauses


_RATED_IN_THE_CITY = re.compile("全市(?=(?:累计|共|已|总)*(?:评级|授信)(?![^。！？]*(?:我行|本行|我分行|各行|银行)))")
_END = re.compile("[。！!？?]")
_METRICS = "余额|结余|授信|评级|发放|投放|放款|累放|收回|回收|逾期|不良|利率|建档立卡|贴息|核销|续贷|展期|较|比"
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


def _said(clause: Sequence[Token], letters: str, context: Context) -> _Said | None:
    """What this clause surely says; None if it is not surely understood."""
    if context.silent(letters):
        return None
    if read := beside(clause, letters, context):
        metric, given = read
        asked = all((metric, quantity.unit) in INDICATORS for quantity, *_ in given)
        return _Said(metric, None, tuple(given)) if asked else None
    read = _with_metric(clause, letters)
    if read is None:
        found = _MORE.fullmatch(letters) if context.follows and context.follows[0] not in ASIDE else None
        return _continued(context, figures_in(clause, letters, *found.span("q"))) if found else None
    metric, figures = read
    if context.continues_balance(metric, letters):
        return _continued(context, figures)
    return _admitted(metric, figures, clause, letters, context)


def _with_metric(clause: Sequence[Token], letters: str) -> tuple[Metric, Figures] | None:
    """The metric that a clause names itself, and its figures; None if it names none or is not understood."""
    if found := _NOTED.fullmatch(letters):
        return _metric(clause[found.start("m")]), noted(clause, found.start("u"), found.start("n"))
    if found := _REGISTERED.fullmatch(letters):
        if _counts_the_register(clause, found.start("m")):
            return Metric.REGISTERED, figures_in(clause, letters, *found.span("q"))
        return None
    if (found := _HOLDERS.fullmatch(letters)) and _metric(clause[found.start("m")]) is Metric.OUTSTANDING:
        return Metric.OUTSTANDING, figures_in(clause, letters, *found.span("q"))
    found = _DIRECT.fullmatch(letters) or _WEIGHTED.fullmatch(letters) or _TO.fullmatch(letters)
    if found is None:
        return None
    metric = _metric(clause[found.start("m")])
    to = figures_in(clause, letters, *found.span("h")) if "h" in found.re.groupindex else []
    if to and metric not in FLOWS:
        return None  # 「对20户贫困户授信80万元」 is some of them
    return metric, to + (figures_in(clause, letters, *found.span("q")) if found["q"] else [])


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
