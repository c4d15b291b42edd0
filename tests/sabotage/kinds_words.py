"""The measures form: words that were not renewed, figures in them that are not the statement's."""

from __future__ import annotations

import re

from tests.sabotage.planting import CELL, FILE, Desk, Draft, kind

WORDS = "Q01"
QUOTED_BALANCE = re.compile(r"(?<=余额)(\d[\d,]*\.\d+)(?=万元)")
QUARTER_ENDS = (3, 6, 9, 12)


def _banks(desk: Desk) -> list[str]:
    return sorted({unit for form, unit, _ in desk.history.by_matter if form == "M01"})


def _quoted(desk: Desk) -> tuple[Draft, str, re.Match[str]] | None:
    draft = desk.draft(WORDS, _banks(desk))
    for (area, code, _, _), seen in draft.seen.items():
        if not seen.item and code == "measure_results" and (found := QUOTED_BALANCE.search(seen.text)):
            return draft, area, found
    return None


def _with(draft: Draft, area: str, found: re.Match[str], figure: str) -> Draft | None:
    words = draft.seen[area, "measure_results", "", 0].text
    if figure == found.group():
        return None
    draft.put(area, "measure_results", words[: found.start()] + figure + words[found.end() :])
    return draft


@kind("words-transposed", CELL, "措施表里写的余额两位颠倒，与报表不符", "Q01-2")
def quoted_transposed(desk: Desk) -> Draft | None:
    """Two digits of the balance in the words are exchanged."""
    if (quoted := _quoted(desk)) is None:
        return None
    text = quoted[2].group()
    figure = text[1] + text[0] + text[2:] if text[:2].isdigit() else text
    return _with(*quoted, figure)


@kind("words-tenfold", CELL, "措施表里写的余额多打一位", "Q01-2")
def quoted_tenfold(desk: Desk) -> Draft | None:
    """The balance in the words has a digit too many."""
    quoted = _quoted(desk)
    return _with(*quoted, quoted[2].group()[0] + quoted[2].group()) if quoted else None


@kind("words-last-month", CELL, "措施表里写的余额是上月的", "Q01-2")
def quoted_last_month(desk: Desk) -> Draft | None:
    """The balance in the words is last month's."""
    if (quoted := _quoted(desk)) is None:
        return None
    draft, area, found = quoted
    last = desk.history.by_matter.get(("M01", draft.clean.unit, str(draft.month.previous)))
    if last is None:
        return None
    inside = {a.id for a in desk.history.catalog.areas.of_which}
    rows = [
        o for o in last.observations if o.indicator == "outstanding_amount" and o.area not in inside and not o.total
    ]
    return _with(draft, area, found, f"{sum(o.value or 0 for o in rows) / 1_000_000:.2f}")


@kind("words-unchanged", FILE, "季度末的措施文字照抄上月", "Q01-1")
def words_of_last_month(desk: Desk) -> Draft | None:
    """At a quarter's end all words are last month's."""
    draft = desk.draft(WORDS, _banks(desk), QUARTER_ENDS)
    before = draft.earlier()
    if before is None:
        return None
    theirs = {(seen.indicator, seen.item): seen.text for seen in before.clean.observations}
    for (area, code, _, item), seen in list(draft.seen.items()):
        text = theirs.get((code, item), "")
        if not item and text and "与上月" not in text and text != seen.text:
            draft.put(area, code, text)
    draft.whole = True
    return draft
