"""The measures form: words that were not renewed, figures in them that are not the statement's."""

from __future__ import annotations

import re

from tests.sabotage.planting import CELL, FILE, Desk, Draft, kind

WORDS = "Q01"
QUOTED_BALANCE = re.compile(r"(?<=余额)(\d[\d,]*\.\d+)(?=万元)")
QUOTED_SUBSIDY = re.compile(r"(?<=应贴息)(\d[\d,]*(?:\.\d+)?)(?=万元)")
QUOTED_CHANGE = re.compile(r"(?<=[较比]年初)(增加|减少)(?=\d)")
QUOTED_GROWTH = re.compile(r"(?<=，增长)(\d+)\.\d+(?=%)")
QUOTED_AVERAGE = re.compile(r"(?<=户均)(?:贷款)?(\d)\.(\d+)(?=万元)")
QUOTED_LOSS = re.compile(r"(?<=核销及代偿)(\d[\d,]*(?:\.\d+)?)(?=万元)")
QUARTER_ENDS = (3, 6, 9, 12)
SUBSIDY = "interest_subsidy_accrued_ytd"


def _banks(desk: Desk) -> list[str]:
    return sorted({unit for form, unit, _ in desk.history.by_matter if form == "M01"})


def _quoted(
    desk: Desk, quoting: re.Pattern[str] = QUOTED_BALANCE, item: str = "measure_results"
) -> tuple[Draft, str, re.Match[str]] | None:
    draft = desk.draft(WORDS, _banks(desk))
    for (area, code, _, _), seen in draft.seen.items():
        if not seen.item and code == item and (found := quoting.search(seen.text)):
            return draft, area, found
    return None


def _with(draft: Draft, area: str, found: re.Match[str], figure: str, item: str = "measure_results") -> Draft | None:
    words = draft.seen[area, item, "", 0].text
    if figure == found.group():
        return None
    draft.put(area, item, words[: found.start()] + figure + words[found.end() :])
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


@kind("words-subsidy", CELL, "措施表里写的应贴息多打一位，与报表不符", "Q01-2")
def quoted_subsidy(desk: Desk) -> Draft | None:
    """The interest subsidy in the words has a digit too many."""
    quoted = _quoted(desk, QUOTED_SUBSIDY, "measure_rates")
    return _with(*quoted, quoted[2].group()[0] + quoted[2].group(), "measure_rates") if quoted else None


@kind("words-sign", CELL, "措施表里余额较年初的增减写反", "Q01-2", "sign")
def quoted_sign(desk: Desk) -> Draft | None:
    """The words say more where the balance is less than at the year's beginning, or less where it is more."""
    quoted = _quoted(desk, QUOTED_CHANGE)
    return _with(*quoted, "减少" if quoted[2].group() == "增加" else "增加") if quoted else None


@kind("words-growth", CELL, "措施表里余额较年初的增幅写错一位", "Q01-2")
def quoted_growth(desk: Desk) -> Draft | None:
    """The growth in the words is some percentage points too much."""
    quoted = _quoted(desk, QUOTED_GROWTH)
    if quoted is None:
        return None
    whole, rest = quoted[2].group().split(".")
    return _with(*quoted, f"{int(whole) + desk.random.randint(2, 9)}.{rest}")


@kind("words-average", CELL, "措施表里的户均贷款写错一位", "Q01-2")
def quoted_average(desk: Desk) -> Draft | None:
    """The average loan in the words has a wrong digit."""
    quoted = _quoted(desk, QUOTED_AVERAGE)
    if quoted is None:
        return None
    found = quoted[2]
    wrong = (int(found[1]) + desk.random.randint(1, 8)) % 10 or 1
    return _with(*quoted, found.group().replace(f"{found[1]}.", f"{wrong}."))


@kind("words-written-off", CELL, "措施表里写的核销及代偿多打一位", "Q01-2")
def quoted_loss(desk: Desk) -> Draft | None:
    """What the words say was written off has a digit too many."""
    quoted = _quoted(desk, QUOTED_LOSS)
    return _with(*quoted, quoted[2].group()[0] + quoted[2].group()) if quoted else None


@kind("sheet-true-to-itself", FILE, "单县报表中应贴息金额多报一成，措施表写了应贴息", "Q01-2")
def subsidy_off(desk: Desk) -> Draft | None:
    """Interest subsidy is a tenth more, which only the bank's own words speak against: told there, as nobody knows
    which of the two is wrong.
    """
    draft = desk.draft("M01", desk.county_banks)
    area = draft.counties[0]
    words = draft.history.by_matter.get((WORDS, draft.clean.unit, draft.clean.period))
    if words is None or not any(QUOTED_SUBSIDY.search(seen.text) for seen in words.observations):
        return None
    draft.put(area, SUBSIDY, draft.at(area, SUBSIDY) * 11 // 10 // 10_000 * 10_000)
    draft.also.add((area, SUBSIDY))
    return draft


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
