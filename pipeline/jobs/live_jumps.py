"""Figures that move as they never did (A15), as a statement's blank form checks it: all bounds are known beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.jobs.live_asker import Asker, constant, term
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import LiveRule, Op, Sum, When
from pipeline.validate.owed import ABSENT_IS_NONE
from pipeline.validate.rules.jumps import FLOWS, STOCKS

_CODE = "A15"


def jumps(asker: Asker) -> Iterator[LiveRule]:
    """Each figure by itself; what a notice tells of one area at once stands here at every cell."""
    window = range(1, int(asker.value("jump_window_months")) + 1)
    for area in asker.areas:
        known = sum(asker.figure(area, STOCKS[0], back) is not None for back in window)
        if known >= asker.value("jump_after_months"):
            for code in STOCKS:
                yield from _stock(asker, area, code, window)
            for code in FLOWS:
                yield from _flow(asker, area, code, window)


def _stock(asker: Asker, area: str, code: str, window: range) -> Iterator[LiveRule]:
    last = asker.figure(area, code)
    figures = [asker.figure(area, code, back) for back in (*window, window.stop)]
    moved = [abs(later - before) for later, before in pairwise(figures) if later is not None and before is not None]
    if last is None or not moved:
        return
    percent, least = int(asker.value("jump_stock_percent")), int(asker.value("jump_amount") * FEN_PER_YUAN)
    most = max(last * percent // 100, least, *moved)
    words = {"before": term(code, when=When.LAST_MONTH), "months": str(len(moved)), "also": ""}
    words |= {"largest": (constant(max(moved)),)}
    message = asker.sentence(_CODE, "stock", 2).replace("（{percent}）", "")
    for op, sign, said in ((Op.AT_MOST, 1, "增加"), (Op.AT_LEAST, -1, "减少")):
        change: Sum = (term(code, sign), constant(-sign * last))
        bound = last + sign * most
        if bound >= 0:
            yield asker.rule(
                _CODE, "stock", code, op, [constant(bound)], 2, areas=(area,), message=message,
                words={**words, "moved": said, "change": change},
            )  # fmt: skip


def _flow(asker: Asker, area: str, code: str, window: range) -> Iterator[LiveRule]:
    told = [value for back in window if (value := _happened(asker, area, code, back)) is not None]
    if not told:
        return
    times, least = int(asker.value("jump_flow_times")), int(asker.value("jump_amount") * FEN_PER_YUAN)
    largest = max(0, *told)
    words = {"months": str(len(told)), "largest": (constant(largest),), "times": str(times), "also": ""}
    yield asker.rule(
        _CODE, "flow", code, Op.AT_MOST, [constant(max(largest * times, least))], 2, areas=(area,), words=words
    )


def _happened(asker: Asker, area: str, code: str, back: int) -> int | None:
    """A month's flow; nought where a statement left out what is rare."""
    value = asker.figure(area, code, back)
    if value is None and code in ABSENT_IS_NONE and asker.stated(back):
        return 0 if asker.figure(area, STOCKS[0], back) is not None else None
    return value
