"""What a sentence has said before a clause: whose figures, at what time, of which loans; and how far that carries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.validate.quoted_times import Span
from pipeline.validate.quoted_words import Metric, Token

Said = tuple[Metric, Span | None]

FLOWS: dict[Metric, tuple[Span, ...]] = {
    Metric.DISBURSED: ("mtd", "ytd", "cum"),
    **dict.fromkeys((Metric.REPAID, Metric.WRITTEN_OFF, Metric.WRITTEN_OFF_ALONE), ("mtd", "ytd")),
    **dict.fromkeys((Metric.RENEWED, Metric.EXTENDED, Metric.SUBSIDY_ACCRUED, Metric.SUBSIDY_PAID), ("ytd",)),
}
"""What is only clear together with its span."""
RATIOS = (Metric.RATE, Metric.PAST_DUE_RATIO, Metric.NPL_RATIO)
TROUBLED = (Metric.PAST_DUE, Metric.NPL)
CHANGES = frozenset({Metric.SINCE_YEAR_START, Metric.SINCE_LAST_MONTH, Metric.SINCE_LAST_YEAR})
ASIDE = CHANGES | {Metric.AVERAGE_OWED, Metric.AVERAGE_LINE}
"""What is said of a figure in passing: what follows goes on from the figure itself."""

_NARROWER: dict[Metric, tuple[Metric, ...]] = {
    Metric.OUTSTANDING: (*TROUBLED, Metric.PAST_DUE_RATIO, Metric.NPL_RATIO),
    Metric.PAST_DUE: (Metric.PAST_DUE_RATIO, Metric.NPL, Metric.NPL_RATIO),
    Metric.NPL: (Metric.NPL_RATIO, Metric.PAST_DUE, Metric.PAST_DUE_RATIO),
    Metric.PAST_DUE_RATIO: (Metric.NPL, Metric.NPL_RATIO),
    Metric.RATED: (Metric.CREDIT_LINE,),
    Metric.DISBURSED: (Metric.RENEWED,),
    Metric.SUBSIDY_ACCRUED: (Metric.SUBSIDY_PAID,),
}
"""What 「其中」 may lead to and still be of the whole: all that is past due is part of all that is outstanding."""
_OF_THE_TIME_NAMED = ("当月", "当年", "全年", "年内")
"""After 「2017年，」 these are of 2017, too."""
_SPANS: tuple[Span | None, ...] = ("mtd", "ytd", "cum")
_NEVER_BARE = frozenset("Xgb")
"""Words after which a bare balance may be of anything."""


@dataclass(slots=True)
class Context:
    """What holds at a clause. `hear` it first, then ask, then `remember` what it said."""

    elsewhere: str = ""
    """The other time that is being spoken of: `t` a cut-off, `y` a year, `o` any; empty if none is."""
    cut: bool = False
    """A cut-off elsewhere leads the sentence: spans end there too."""
    dated: bool = False
    """The period's end has been named."""
    span: Span | None = None
    leading: Span | None = None
    """The span, if it stands before all the figures: 「今年以来，…」."""
    scheme: bool = False
    """The scheme's loans have been named."""
    closed: bool = False
    """A part of the unit or a plan is being spoken of."""
    part_named: bool = False
    topic: bool = False
    """A sentence before was about a part of the unit."""
    fund: bool = False
    """A fund has been named, here or in the sentence before: a bare balance may be its."""
    others: bool = False
    generic: str = ""
    """Industries, outlets or aims have been spoken of: `G`, and `T` once the period's end was named after them."""
    mixed: bool = False
    of_which: str = ""
    """「其中」 was said: `O`, and `read` once what it led to was understood."""
    unread: bool = False
    """A figure was not understood: what is bare after it may belong to it."""
    strange: bool = False
    """A word was not understood: a bare balance after it may be of anything."""
    figures: bool = False
    seen: list[Said] = field(default_factory=list)
    interrupted: bool = False
    """Since the last that was understood money was spoken of that was not."""
    follows: Said | None = None
    """What the clause just before was read as."""
    units_given: set[str] = field(default_factory=set)

    # ------------------------------------------------------------------ hearing

    def hear(self, clause: Sequence[Token], letters: str) -> None:
        """Take in the words of a clause, in their order."""
        has_figures = "Q" in letters
        for word in clause:
            if word.kind in "TtoyS":
                self._time(word, leads=not has_figures)
            elif word.kind in "WF":
                self.others = False
            elif word.kind == "C":
                self.others = True
            elif word.kind in "EvD":
                self.closed = True
                self.part_named = self.part_named or word.kind == "E"
            elif word.kind in "Gf" or (word.kind == "d" and not has_figures):
                self.generic = "G"
                self.fund = self.fund or word.kind == "f"
            elif word.kind == "Z":
                self.mixed = True
            elif word.kind == "O":
                self.of_which = "O"

    def _time(self, word: Token, *, leads: bool) -> None:
        if word.kind == "T":
            self.elsewhere, self.cut, self.dated = "", False, True
            self.generic = "T" if self.generic else ""
        elif word.kind != "S":
            self.elsewhere, self.dated, self.span, self.leading = word.kind, False, None, None
            self.cut = word.kind == "t" and leads
        elif self.elsewhere and word.text in _OF_THE_TIME_NAMED:
            self.span = self.leading = None
        else:
            self.span, self.leading = word.span, word.span if leads else None
            self.elsewhere = "t" if self.elsewhere == "t" else ""

    def reveals_other_loans(self, letters: str) -> bool:
        """Whether 「其中扶贫小额贷款」 shows that the loans spoken of before were more than the scheme's."""
        return "O" in letters and "P" in letters and not self.scheme

    def remember(
        self, clause: Sequence[Token], letters: str, said: Said | None, units: Iterable[str], stop: str
    ) -> None:
        """Keep what the clause was read as, and in which units; `stop` is what ends it."""
        self.scheme = self.scheme or "P" in letters
        self.figures = self.figures or "Q" in letters
        self.units_given = self.units_given.union(units) if said and "M" not in letters else set(units)
        self.follows = said if stop != ";" else None
        if said is None:
            self.unread = self.unread or ("Q" in letters and "c" not in letters and bool(set(letters) & set("XMagb")))
            self.strange = self.strange or bool(set(letters) & _NEVER_BARE)
            self.interrupted = self.interrupted or any(word.quantity and word.quantity.unit == "元" for word in clause)
            return
        self.generic, self.topic = "", False
        if said[0] in ASIDE:
            return
        self.seen.append(said)
        self.interrupted = False
        if self.of_which:
            self.of_which = "" if stop == ";" else "read"

    def after_sentence(self) -> Context:
        """What is still in the reader's mind when the next sentence begins."""
        return Context(
            elsewhere="y" if self.elsewhere in ("t", "y") else "",
            topic=self.part_named or (self.topic and self.figures),
            fund=self.fund,
        )

    # ------------------------------------------------------------------ asking

    def silent(self, letters: str) -> bool:
        """Whether nothing can be said of this clause, whatever it is about."""
        if self.closed or self.others or self.generic == "G":
            return True
        if "P" in letters or (self.follows and "M" not in letters):
            return False
        if self.generic or self.mixed or "F" in letters:
            return True  # 「全行贷款余额」 is all that the bank has lent
        return self.topic and "W" not in letters

    def continues_balance(self, metric: Metric, letters: str) -> bool:
        """「逾期贷款12户、余额34.5万元」: the balance of those past due."""
        bare = not set(letters) & set("LPTW")
        return metric is Metric.OUTSTANDING and bare and self.follows is not None and self.follows[0] in TROUBLED

    def goes_on_from(self, *, follows: bool) -> Metric | None:
        """The stock that was told last, if nothing makes it another's: of what 「户均4万元」, 「较年初增加」 are said.

        `follows`: only where it was told just before.
        """
        if self.elsewhere or self.of_which or not self.seen or (self.interrupted and not self.follows):
            return None
        last = self.seen[-1][0]
        if follows and (self.follows is None or self.follows[0] not in {last, *ASIDE}):
            return None
        return last

    def admits(
        self, metric: Metric, clause: Sequence[Token], letters: str, units: Sequence[str]
    ) -> tuple[bool, Span | None]:
        """Whether a clause about this metric is of the whole unit and this month, and over which span."""
        if metric in FLOWS:
            span = self.span
            clear = span in FLOWS[metric] and not self.cut and ("S" in letters or self._span_carries(clause))
            clear = clear and not (metric is Metric.REPAID and self._is_of_the_troubled(letters))
        else:
            span = None
            clear = not self.elsewhere and self._is_stock_of_the_end(metric, clause, letters, units)
        return clear and self._is_whole(metric, span, letters), span

    def _span_carries(self, clause: Sequence[Token]) -> bool:
        """Whether the span named before is this clause's too: not that of 「本月发放12户，累计发放321户」."""
        summed_up = any(word.text == "累计" for word in clause)
        return not self.unread and (not summed_up or self.leading in ("ytd", "cum"))

    def _is_of_the_troubled(self, letters: str) -> bool:
        """「逾期12户、34.5万元，本月收回10万元」: of these loans, unless a wider name says otherwise."""
        return any(metric in TROUBLED for metric, _ in self.seen) and not set(letters) & set("WP")

    def _is_whole(self, metric: Metric, span: Span | None, letters: str) -> bool:
        """After 「其中」 only what is then still of the whole."""
        if not self.of_which or ("P" in letters and not self.scheme):
            return True
        if self.of_which == "read" and "O" not in letters and set(letters) & set("STWP"):
            return True
        if not self.seen:
            return False
        before, its_span = self.seen[-1]
        if before is metric:
            return span is not None and _SPANS.index(span) < _SPANS.index(its_span)
        return metric in _NARROWER.get(before, ())

    def _is_stock_of_the_end(self, metric: Metric, clause: Sequence[Token], letters: str, units: Sequence[str]) -> bool:
        """Whether a stock or ratio is surely the one at the period's end; 「本月授信」 would be a flow."""
        anchored = bool(set(letters) & set("TWP"))
        leading = self.span if "S" in letters else self.leading
        if self.unread and not anchored:
            return False
        if metric in (*RATIOS, Metric.NPL) and "W" in letters and "P" not in letters:
            return False  # 「我行不良率」 is that of all that it has lent
        if metric in RATIOS:
            if not (anchored or self.dated or self.seen) and any(word.text.startswith("达") for word in clause):
                return False  # 「不良率达到5%，启动…」 is a rule
            return leading != "cum" and (metric is not Metric.RATE or leading in (None, "ytd"))
        if metric is Metric.OUTSTANDING:
            return leading != "cum" and self._balance_is_ours(letters)
        if metric is Metric.REGISTERED:
            return leading is None and not self.seen
        if metric is Metric.CREDIT_LINE and set(units) == {"元"} and not (anchored or self.dated or self._rated_before):
            return False  # 授信5万元 is what one household may get
        summed_up = metric in TROUBLED and any(word.text == "累计" for word in clause)
        return not summed_up and "S" not in letters and (leading is None or self.dated)

    @property
    def _rated_before(self) -> bool:
        return bool(self.seen) and self.seen[-1][0] in (Metric.RATED, Metric.CREDIT_LINE)

    def _balance_is_ours(self, letters: str) -> bool:
        """Whether a balance is that of the unit's loans, and not of what was spoken of just before."""
        if set(letters) & set("WP"):
            return True
        before = {metric for metric, span in self.seen if (metric, span) != (Metric.DISBURSED, "cum")}
        if set(letters) & set("TL"):
            ours = not before & {*TROUBLED, Metric.REPAID} or "T" in letters
        else:
            ours = not before - {Metric.OUTSTANDING}
        return ours and ("L" in letters or not (self.strange or self.fund))
