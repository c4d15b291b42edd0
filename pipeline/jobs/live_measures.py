"""The edit rules of the measures form that its blank form checks by itself: words as last month's (Q01-1, Q01-3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.jobs.live_asker import Asker
from pipeline.model import AS_LAST_MONTH
from pipeline.render.form_rules import LiveRule, Op, Repeats, Says
from pipeline.validate.neighbours import ends_quarter
from pipeline.validate.rules.measures import PRODUCTS, passed_over


def measure_rules(asker: Asker) -> Iterator[LiveRule]:
    """Item by item; what a notice tells of several items at once stands here at every cell."""
    before = asker.known.words.get(asker.unit)
    said = before or {}
    month = {"month": asker.month.previous.label, "measures": asker.form.name}
    kind = "no_form" if before is None else "no_words"
    for item in _items(asker):
        words = {**month, "indicator": f"“{asker.form.by_code[item].label}”"}
        if not said.get(item):
            refers = (Says(item, (AS_LAST_MONTH,)),)
            yield asker.rule("Q01-3", kind, item, Op.TOLD, (), 2, guards=refers, words=words)
    if ends_quarter(asker.month) and before is not None:
        for item, text in last_words(asker).items():
            words = {**month, "indicator": f"“{asker.form.by_code[item].label}”"}
            again = [Says(item, (AS_LAST_MONTH,)), *([Repeats(item)] if item != PRODUCTS else [])]
            for guard in again if text else ():
                yield asker.rule("Q01-1", "unchanged", item, Op.TOLD, (), 2, guards=(guard,), words=words)


def last_words(asker: Asker) -> Mapping[str, str]:
    """What last month said of items that have to be renewed at a quarter's end; nobody's name or telephone."""
    said, over = asker.known.words.get(asker.unit) or {}, passed_over(asker.catalog, asker.form, asker.month)
    return {
        item: said[item]
        for item in _items(asker)
        if said.get(item) and not {item, said[item]} & over and not asker.form.by_code[item].personal
    }


def _items(asker: Asker) -> list[str]:
    return [c.code for c in asker.form.columns if not c.repeatable and c.code in asker.keys]
