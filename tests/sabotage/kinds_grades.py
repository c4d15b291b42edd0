"""Grades that are wrong in the same balance: what is in one too much is in another too little, and the sums go along."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.validate.rules.grades import GRADES, NPL
from tests.sabotage.planting import BANKS, COLUMN, ROW, Desk, Draft, kind

_WAN = 1_000_000
_PASS, _SPECIAL, _SUB = GRADES[:3]
_FEW = 60 * _WAN
"""More than is asked about in any of the simulated counties: of balances below 40 million."""


def _moved(draft: Draft, area: str, source: str, target: str, amount: int) -> Draft | None:
    """So much less in one grade and more in another; what is non-performing is added up from what is typed."""
    less = draft.at(area, source) - amount
    if draft.earlier() is None or less < 0 or draft.at(area, "other_change_amount_mtd"):
        return None
    draft.follows = True  # typed totals that do not go along are told by themselves
    draft.put(area, source, less)
    draft.put(area, target, draft.at(area, target) + amount)
    draft.put(area, "npl_amount", draft.at(area, "npl_amount") + amount * ((target in NPL) - (source in NPL)))
    return draft


def _to_worse(name: str, title: str, targets: Sequence[str]) -> None:
    @kind(name, ROW, title, "A31", "other", "wrong_digit")
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        area, target = desk.random.choice(draft.counties), desk.random.choice(targets)
        return _moved(draft, area, _PASS, target, desk.random.randint(60, 150) * _WAN)

    plant.__doc__ = "Some pass loans stand among those of a much worse grade; what is non-performing goes along."


_to_worse("grades-pass-as-lost", "正常类贷款填进可疑、损失，不良随之多", GRADES[3:])


@kind("grade-tenfold-from-pass", ROW, "可疑、损失多写一位，正常类相应少填", "A31", "digit_more", "other")
def tenfold(desk: Desk) -> Draft | None:
    """A bad grade is ten times as much, and pass is what is left of the balance."""
    draft = desk.statement()
    area, target = desk.random.choice(draft.counties), desk.random.choice(GRADES[3:])
    more = 9 * draft.at(area, target)
    return _moved(draft, area, _PASS, target, more) if more >= _FEW else None


@kind("grades-special-sub", ROW, "关注与次级互换，不良随之改变", "A27", "A31", "columns_exchanged")
def special_and_substandard(desk: Desk) -> Draft | None:
    """Special mention and substandard stand in each other's place; what is non-performing is added up from that."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    more = draft.at(area, _SPECIAL) - draft.at(area, _SUB)
    return _moved(draft, area, _SPECIAL, _SUB, more) if more >= 2 * _FEW else None


_NPL, _PAST_DUE = "npl_amount", "past_due_amount"
_ASKED = 5 * _WAN
"""What is bad of a county is asked about from here on where it is gone."""


def _gone(draft: Draft, area: str, code: str) -> int:
    """So much of it is there, now and a month ago, that it is missed; 0 where it is not, or was written off."""
    earlier, now = draft.earlier(), draft.at(area, code)
    written_off = draft.at(area, "written_off_amount_mtd") or draft.at(area, "other_change_amount_mtd")
    return now if earlier and not written_off and min(now, earlier.at(area, code)) >= _ASKED else 0


def _to_pass(draft: Draft, area: str) -> None:
    """What is non-performing in a county stands among its pass loans."""
    draft.follows = True
    draft.put(area, _PASS, draft.at(area, _PASS) + sum(draft.at(area, code) for code in NPL))
    for code in (*NPL, _NPL):
        draft.put(area, code, 0)


@kind("npl-vanished", ROW, "不良全部填到正常类", "A31")
def vanished(desk: Desk) -> Draft | None:
    """A county's non-performing loans are nought, and pass is what is left of the balance."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if not _gone(draft, area, _NPL):
        return None
    _to_pass(draft, area)
    return draft


@kind("npl-vanished-everywhere", COLUMN, "各县区不良全部填到正常类", "A31")
def vanished_everywhere(desk: Desk) -> Draft | None:
    """No county has any non-performing loans, and pass is what is left of the balance."""
    draft = desk.draft("M01", BANKS)
    if sum(_gone(draft, area, _NPL) > 0 for area in draft.counties) < 2:
        return None
    for area in (*draft.counties, *draft.inside):
        _to_pass(draft, area)
    return draft


@kind("npl-halved-everywhere", COLUMN, "各县区不良只填了三成，其余填到正常类", "A31")
def halved_everywhere(desk: Desk) -> Draft | None:
    """Of what is non-performing three tenths are told in every county, and pass is what is left of the balance."""
    draft = desk.draft("M01", BANKS)
    if sum(_gone(draft, area, _NPL) > 0 for area in draft.counties) < 2:
        return None
    draft.follows = True
    for area in (*draft.counties, *draft.inside):
        kept = {code: draft.at(area, code) * 3 // 10 // 10_000 * 10_000 for code in NPL}
        less = sum(draft.at(area, code) - value for code, value in kept.items())
        figures = {_PASS: draft.at(area, _PASS) + less, **kept, _NPL: sum(kept.values())}
        for code, value in figures.items():
            draft.put(area, code, value)
    return draft


@kind("past-due-vanished", ROW, "逾期各栏全部填了0", "A31")
def nothing_past_due(desk: Desk) -> Draft | None:
    """A county has nothing past due: loans, households and amounts are nought."""
    draft = desk.statement()
    area = desk.random.choice(draft.counties)
    if not _gone(draft, area, _PAST_DUE):
        return None
    draft.follows = True
    for code in ("past_due_loans", "past_due_households", _PAST_DUE, "past_due_beyond_grace_amount"):
        draft.put(area, code, 0)
    return draft
