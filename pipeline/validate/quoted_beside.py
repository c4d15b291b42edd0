"""What a text says beside a balance: by how much it has moved since when, and how much it is for each household.

Read as carefully as figures themselves: of which balance, and against which time, has to be clear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.validate.quoted_context import CHANGES, Context
from pipeline.validate.quoted_figures import Figures, figures_in
from pipeline.validate.quoted_words import Metric, Token

_MOVED = re.compile(r"(?P<before>(?:[STWFPLKe]|M(?!.*M))*)c[PLKe]*M?K*(?P<way>[gb])[KV]*(?P<q>A?QB?)K*")
"""「余额较年初增加200万元」, 「较年初余额净增200万元」."""
_MOVED_TOO = re.compile(r"K*(?P<way>[gb])[KV]*(?P<q>A?QB?)K*")
"""「(较年初增加200万元，)增长12.5%」."""
_EACH = re.compile(r"[TWPLK]*(?P<each>a)[KV]*(?P<q>A?QB?)K*")
"""「户均贷款4.3万元」."""
_OF_NEW_LOANS = "新增"
"""Without a time to compare with it is rather what was lent."""
_AVERAGES = {Metric.OUTSTANDING: Metric.AVERAGE_OWED, Metric.CREDIT_LINE: Metric.AVERAGE_LINE}


def beside(clause: Sequence[Token], letters: str, context: Context) -> tuple[Metric, Figures] | None:
    """What a clause says beside a figure, in money or percent; less than nought where it has become less."""
    if found := _EACH.fullmatch(letters):
        metric = _average(clause[found.start("each")], context)
        return (metric, figures_in(clause, letters, *found.span("q"))) if metric else None
    if found := _MOVED.fullmatch(letters):
        against = clause[letters.index("c")].metric
        own = against if against and _is_our_balance(clause, letters, found["q"], against, context) else None
    elif found := _MOVED_TOO.fullmatch(letters):
        own = context.follows[0] if context.follows and context.follows[0] in CHANGES else None
        own = None if clause[found.start("way")].text == _OF_NEW_LOANS else own
    if not found or own is None:
        return None
    sign = 1 if found["way"] == "g" else -1
    given = figures_in(clause, letters, *found.span("q"))
    return own, [(replace(number, number=sign * number.number), sense, end) for number, sense, end in given]


def _average(word: Token, context: Context) -> Metric | None:
    told = context.goes_on_from(follows=False)
    average = _AVERAGES.get(told) if told else None
    return average if word.metric in (average, Metric.AVERAGE) else None


def _is_our_balance(clause: Sequence[Token], letters: str, given: str, against: Metric, context: Context) -> bool:
    """Whether what has moved is the unit's balance at the end of the period: named, or told before."""
    named = [word.metric for word in clause if word.kind == "M"]
    units = [word.quantity.unit for word in clause if word.quantity]
    if named or ("P" in letters and against is not Metric.SINCE_LAST_YEAR and units == ["元"]):
        if set(named) - {Metric.OUTSTANDING} or "S" in letters:
            return False
        admitted, _ = context.admits(Metric.OUTSTANDING, clause, letters, units)
        return admitted
    return context.goes_on_from(follows=units != ["元"]) is Metric.OUTSTANDING
