"""The unit of money of a table: what its caption says, whether its columns contradict it, what the figures suggest."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from pipeline.catalog import Catalog
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import Around
from pipeline.ingest.money_words import money_in_caption
from pipeline.ingest.observe import Observer
from pipeline.model import Observation
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
_ASKED = "请在表头上方写明“单位：万元”或“单位：元”后重新报送。"


def money_of_caption(around: Around, sheet: str, faults: Faults) -> tuple[str | None, bool]:
    """The unit of money of the caption, and whether it had to be refused; headers may say it column by column."""
    cells = [cell for row in around.above for cell in around.account.row(row)]
    found = {unit: cell.address for cell in reversed(cells) for unit in reversed(money_in_caption(str(cell.value)))}
    units = list(reversed(found))
    if len(units) > 1 or (units and units[0] not in MONEY_UNITS):
        written = "、".join(units)
        faults.add(
            "F05",
            f"金额单位写作“{written}”，无法确定。请只写一种（万元或元）后重新报送。",
            sheet=sheet,
            cell=found[units[-1]],
            value=written,
            expected="万元",
        )
        return None, True
    return (units[0] if units else None), False


def require_money_unit(
    observer: Observer, month: Month | None, catalog: Catalog, *, caption: str | None, refused: bool
) -> None:
    """A finding where amounts have no unit, or where every column says another one than the caption."""
    sheet, faults = observer.account.sheet.name, observer.faults
    own = set(observer.own_money.values())
    if observer.money_unit_missing and not refused:
        hint = _suggestion(observer.observations, month, catalog)
        faults.add(
            "F05", f"没有写明金额单位（万元或元），金额无法确定。{hint}{_ASKED}", sheet=sheet, expected="单位：万元"
        )
    elif caption and len(observer.own_money) > 1 and not observer.caption_counts and caption not in own:
        written = "、".join(sorted(own))
        faults.add(
            "F05",
            f"表上方写的金额单位是{caption}，表头各栏写的却是{written}，互相矛盾。请统一后重新报送。",
            sheet=sheet,
            value=written,
            expected=caption,
        )


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
