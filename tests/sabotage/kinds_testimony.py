"""Figures wrong by as much, so that a bank's own equations cannot tell which: the county's return for the bank can."""

from __future__ import annotations

from collections.abc import Mapping

from tests.sabotage.planting import ROW, Desk, Draft, kind

_HUNDRED_YUAN = 10_000
_MIRROR = "mirror_outstanding_amount"
Signs = Mapping[str, int]
"""Figure → 1 where it is typed so much too much, -1 where it is too little."""


def _is_mirrored(draft: Draft, area: str) -> bool:
    """Whether the county says what it owes to this bank."""
    sent = draft.history.by_matter.get(("C01", f"fin-{area}", draft.clean.period))
    bank = next(o.institution for o in draft.clean.observations if o.institution)
    return sent is not None and any(o.indicator == _MIRROR and o.institution == bank for o in sent.observations)


def _off(name: str, title: str, *causes: str, signs: Signs, months: range = range(1, 13)) -> None:
    @kind(name, ROW, title, *causes)
    def plant(desk: Desk) -> Draft | None:
        draft = desk.statement()
        area, off = desk.random.choice(draft.counties), desk.random.randint(301, 1499) * _HUNDRED_YUAN
        own = {code: sign for code, sign in signs.items() if draft.has(area, code)}
        is_rare = any(code.startswith("written_off") for code in signs)
        mtd = next((code for code in own if code.endswith("_mtd")), "")
        if not (mtd or len(own) == len(signs)) or draft.month.month not in months or draft.earlier() is None:
            return None
        if not _is_mirrored(draft, area) or (mtd and is_rare == bool(draft.at(area, mtd))):
            return None
        for code, sign in own.items():
            draft.put(area, code, draft.at(area, code) + sign * off)
        return draft

    plant.__doc__ = f"As much too much or too little: {', '.join(signs)}; what the county says of the bank is right."


_LENT = {f"disbursed_amount_{span}": 1 for span in ("mtd", "ytd", "cum")}
_REPAID = {f"repaid_amount_{span}": 1 for span in ("mtd", "ytd")}
_LOST = {f"written_off_amount_{span}": 1 for span in ("mtd", "ytd")}
_off(
    "row-balance-and-repaid", "一个县区余额少填、本月和本年累计收回多填相同的数", "month_and_year",
    signs={"outstanding_amount": -1} | _REPAID,
)  # fmt: skip
_off(
    "row-balance-and-lent", "一个县区余额、本月和累计发放多填相同的数，五级分类没有错", "month_and_year",
    signs={"outstanding_amount": 1} | _LENT,
)  # fmt: skip
_off(
    "row-balance-and-grade", "一个县区余额、正常类少填相同的数", "month_and_year",
    signs={"outstanding_amount": -1, "pass_amount": -1},
)  # fmt: skip
_off("row-repaid-too-much", "一个县区本月和本年累计收回多填相同的数", "month_and_year", signs=_REPAID)
_off("row-write-off-invented", "一个县区没有核销，核销的本月、本年累计却都填了数", "month_and_year", signs=_LOST)
