"""The unit of money of a table: what its caption says, whether its columns contradict it, what the figures suggest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import Around, is_figure, is_footer, packed
from pipeline.ingest.money_words import Said, columns_meant, counts_said, units_in_heading, units_said
from pipeline.ingest.observe import Observer, OwnMoney
from pipeline.model import Cell, CellKind, Observation
from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MONEY_UNITS
from pipeline.periods import Month

_CAP = "loan_cap_household"
_SLIP = 50
"""An average so many times below the cap is no unit's, as in rule A13."""
_PAIRS = (
    ("outstanding_amount", "outstanding_households", "期末余额"),
    ("disbursed_amount_ytd", "disbursed_households_ytd", "本年累计发放"),
    ("disbursed_amount_cum", "disbursed_households_cum", "历史累计发放"),
)
_NAMED = 3
_STEM = re.compile(r"^(?:除|其中|本表|本年|各项?)+|(?:金额|余额|数额|单位|[额的外均])+$")
"""What is around the words that a header has too: 除贴息外 → 贴息."""
_BUT_FOR = re.compile("除.*外")
_ASKED = "请在表头上方写明“单位：万元”或“单位：元”后重新报送。"


@dataclass(frozen=True, slots=True)
class MoneyStated:
    """What stands around a table about its money; `unit` is that of every amount that states none of its own."""

    unit: str | None = None
    refused: bool = False
    """What is written is contradictory, and a finding says so."""
    cell: str = ""
    """Where the unit is said."""
    said: tuple[tuple[Said, str], ...] = ()
    """All that is said above the table, each with its cell."""


def money_around(around: Around, sheet: str, faults: Faults) -> MoneyStated:
    """The unit of money that heads a table; only where nothing above says one, what the lines below it say."""
    said = [
        (one, cell.address)
        for row in around.above
        for cell in around.account.row(row)
        for one in units_in_heading(str(cell.value))
    ]
    said = said or _said_in(around.account, _foot(around))
    _tell_counts(around, sheet, faults)
    of_all = [(one.unit, cell) for one, cell in said if not one.about] or [(one.unit, cell) for one, cell in said]
    units = list(dict.fromkeys(unit for unit, _ in of_all))
    if len(units) > 1 or (units and units[0] not in MONEY_UNITS):
        written = "、".join(units)
        faults.add(
            "F05",
            f"金额单位写作“{written}”，无法确定。请只写一种（万元或元）后重新报送。",
            sheet=sheet,
            cell=next(cell for unit, cell in of_all if unit == units[-1]),
            value=written,
            expected="万元",
        )
        return MoneyStated(refused=True)
    return MoneyStated(units[0], cell=of_all[0][1], said=tuple(said)) if units else MoneyStated()


def _tell_counts(around: Around, sheet: str, faults: Faults) -> None:
    """Households and loans are counted one by one: 百户 around the table is a finding."""
    for row in (*around.above, *_foot(around)):
        for cell in around.account.row(row):
            if cell.kind is CellKind.TEXT and (written := counts_said(str(cell.value))):
                told = f"户数、笔数的单位写作“{written}”，本表须以户、笔填报。请换算成户、笔并改正单位后重新报送。"
                faults.add("F05", told, sheet=sheet, cell=cell.address, value=written, expected=written[-1])
                return


def _said_in(account: Account, rows: Iterable[int]) -> list[tuple[Said, str]]:
    """What sentences in these rows say; not the words of a table's own header or of its labels."""
    return [
        (one, cell.address)
        for row in rows
        for cell in account.row(row)
        if cell.kind is CellKind.TEXT and not _is_label(account, cell)
        for one in units_said(str(cell.value))
    ]


def _is_label(account: Account, cell: Cell) -> bool:
    return account.roles.get((cell.row, cell.col)) is Role.HEADER and len(account.row(cell.row)) > 1


def _foot(around: Around) -> list[int]:
    """The lines below the last row of figures."""
    lines = {row: around.account.row(row) for row in around.account.rows if row in around.below}
    figures = (row for row, cells in lines.items() if any(map(is_figure, cells)) and not is_footer(cells))
    last = max(figures, default=None)
    return [] if last is None else [row for row in lines if row > last]


# ------------------------------------------------------------------ once the table is read


def require_money_unit(observer: Observer, month: Month | None, catalog: Catalog, money: MoneyStated) -> None:
    """A finding where amounts have no unit, or where two places do not say the same; a note on columns of their own."""
    if money.refused:
        return
    if observer.money_unit_missing:
        _tell_missing(observer, _suggestion(observer.observations, month, catalog))
        return
    if not _told_against_all(observer, money):
        _tell_own(observer, money)
        _tell_contradiction(observer, money)


def _others(observer: Observer, money: MoneyStated) -> dict[str, OwnMoney]:
    """Columns and rows that state another unit than what stands around the table."""
    return {header: own for header, own in observer.own_money.items() if money.unit and own.unit != money.unit}


def _told_against_all(observer: Observer, money: MoneyStated) -> bool:
    """Whether (and a finding) no amount follows the unit around the table: one column alone may have its own."""
    others = _others(observer, money)
    if observer.caption_counts or len(others) < 2 or len(others) < len(observer.own_money):
        return False
    written = "、".join(sorted({own.unit for own in others.values()}))
    told = f"{money.cell}写的金额单位是{money.unit}，表中各项金额自己写明的却是{written}，互相矛盾。请统一后重新报送。"
    _tell(observer, "F05", told, money.cell, written, money.unit or "")
    return True


def _tell_own(observer: Observer, money: MoneyStated) -> None:
    others = _others(observer, money)
    if others:
        headers = "、".join(f"“{header}”（{own.unit}）" for header, own in islice(others.items(), _NAMED))
        more = f"等{len(others)}项" if len(others) > _NAMED else ""
        told = f"{headers}{more}自己写明的金额单位与{money.cell}写的{money.unit}不同，已按自己写明的单位读入。"
        first = next(iter(others.values()))
        _tell(observer, "F09", told, first.cell, first.unit, money.unit or "")


def _tell_missing(observer: Observer, hint: str) -> None:
    told = f"没有写明金额单位（万元或元），金额无法确定。{hint}{_ASKED}"
    _tell(observer, "F05", told, observer.money_unit_missing, "", "单位：万元")


def _tell_contradiction(observer: Observer, money: MoneyStated) -> None:
    """The first sentence, above or below the table, that does not fit the unit of what it speaks of."""
    account = observer.account
    below = [row for row in account.rows if row >= observer.header.stop]
    for one, cell in [*money.said, *_said_in(account, below)]:
        if _fits(one, money, observer):
            continue
        elsewhere = f"{money.cell}写的金额单位是{money.unit}" if money.unit else "各栏自己写的是另一种"
        told = f"{cell}写的金额单位是{one.unit}，{elsewhere}，互相矛盾，无法确定。请统一后重新报送。"
        if _BUT_FOR.search(one.about) and one.unit == money.unit:
            part = one.about.removeprefix("除").removesuffix("外")
            told = (
                f"{cell}写的单位{one.unit}不包括“{part}”，“{part}”用什么单位却没有写明，金额无法确定。"
                f"请在“{part}”的表头（竖式表在计量单位栏）写明万元或元后重新报送。"
            )
        elif one.about:
            told = (
                f"{cell}写“{one.about}”以{one.unit}为单位，这些栏的表头却没有写明，{elsewhere}，互相矛盾，无法确定。"
                "请统一单位，或在这些栏的表头里写明后重新报送。"
            )
        _tell(observer, "F05", told, cell, one.unit, money.unit or "")
        return


def _fits(one: Said, money: MoneyStated, observer: Observer) -> bool:
    """Whether a sentence says of all amounts what is said elsewhere, or of some what these say themselves."""
    owns = [(packed(header), own.unit) for header, own in observer.own_money.items()]
    if not one.about:
        return one.unit == money.unit if money.unit else {unit for _, unit in owns} == {one.unit}
    but_for = _BUT_FOR.search(one.about)
    if one.unit == money.unit and not but_for:
        return True
    if but_for and money.unit and one.unit != money.unit:
        return False  # all others would be in this unit
    if numbered := columns_meant(one.about):
        return sum(unit == one.unit for _, unit in owns) == numbered
    parts = [_STEM.sub("", part) or part for part in re.split("[、和及与]", one.about)]
    return all(any(part in header and (unit == one.unit or but_for) for header, unit in owns) for part in parts)


def _tell(observer: Observer, rule: str, told: str, cell: str, value: str, expected: str) -> None:
    sheet = observer.account.sheet.name
    observer.faults.add(rule, told, sheet=sheet, cell=cell, value=value, expected=expected)


def _suggestion(observations: Iterable[Observation], month: Month | None, catalog: Catalog) -> str:
    """What an average household would owe in 万元 and in 元, beside the cap: told, never used.

    Amounts without a unit were read as 万元.
    """
    sums: dict[str, int] = {}
    for o in observations:
        if o.value is not None and not o.total:
            sums[o.indicator] = sums.get(o.indicator, 0) + o.value
    pair = next(((a, h, name) for a, h, name in _PAIRS if sums.get(a, 0) > 0 and sums.get(h, 0) > 0), None)
    if pair is None or month is None or _CAP not in catalog.policy.parameters:
        return ""
    amount, households, name = pair
    number = Decimal(sums[amount]) / FEN_PER_WAN / sums[households]
    cap = int(catalog.policy.value(_CAP, month)) * FEN_PER_YUAN
    likely = [unit for unit in ("万元", "元") if cap <= number * MONEY_UNITS[unit] * _SLIP <= cap * 2 * _SLIP]
    like = f"，看来更像{likely[0]}" if len(likely) == 1 else ""
    shown = f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return (
        f"从{name}看，若按万元，户均{shown}万元；若按元，户均{shown}元"
        f"（每户上限{Decimal(cap) / FEN_PER_WAN:f}万元）{like}，这只供核对，没有采用。"
    )
