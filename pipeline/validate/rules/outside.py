"""What banks and counties say together: the assessment ratios (A20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.model import Bound
from pipeline.money import plain
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import unknown
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft

BANKS, COUNTIES = "M01", "C01"
BASE = "registered_households"


@rule(
    "A20",
    level=5,
    title="考核比例不超过100%",
    subject="考核比例",
    source=f"{WORKING}：贷款户应当都在建档立卡贫困户之内，超过100%说明两边口径不一致（参数 assessment_figures）",
    reads=(BANKS, COUNTIES),
    needs=(Need.OTHER_FORMS,),
    across=True,
    breaks={
        "one_bank": soft(
            "{area}“{figure}”为{ratio}，超过{limit}：“{indicator}”{value}，多于县区报送的“{base}”{expected}。"
            "请核对户数口径；如属实，请说明原因。",
            Bound.AT_MOST,
        ),
        "county": soft(
            "{area}“{figure}”为{ratio}，超过{limit}：各银行合计{households}，多于本表“{indicator}”{value}。"
            "请核对建档立卡户数，并与各银行核对；如属实，请说明原因。",
            Bound.AT_LEAST,
        ),
    },
)
def assessment_ratio_within_limit(books: Mapping[str, Book]) -> Iterator[Hit]:
    """Households lent to ÷ registered households, for each county and ratio over the banks in force.

    One finding a county and ratio: at the bank's figure if exactly one bank is above the limit alone, else at the
    county's registered households if the banks together are. Over no registered households any number is above.
    """
    banks, counties = books[BANKS], books[COUNTIES]
    bases = {counties.records[row].area: row for row in counties.where(~unknown(counties.now_natural(BASE)))}
    for figure, indicator in _ratios(counties):
        said = banks.now_natural(indicator)
        by_area: dict[str, list[int]] = {}
        for row in banks.where(~unknown(said), banks.added):
            by_area.setdefault(banks.records[row].area, []).append(row)
        for area, base_row in bases.items():
            lent = {row: int(said[row]) for row in by_area.get(area, [])}
            yield from _judge(banks, counties, figure, indicator, lent, base_row)


def _ratios(counties: Book) -> list[tuple[str, str]]:
    """Name and numerator of every assessment figure that is a share of the registered households."""
    figures = counties.catalog.policy.value("assessment_figures", counties.months[0])
    return [(name, f["numerator"]) for name, f in figures.items() if f.get("denominator") == BASE]


def _judge(
    banks: Book, counties: Book, figure: str, indicator: str, lent: Mapping[int, int], base_row: int
) -> Iterator[Hit]:
    base = int(counties.now(BASE)[base_row])
    percent = Fraction(str(counties.catalog.policy.value("assessment_ratio_limit_percent", counties.months[0])))
    above = [row for row, households in lent.items() if households * 100 > percent * base]
    limit = f"{plain(percent, 2)}%"
    if len(above) == 1:
        (row,) = above
        words = {"ratio": _ratio(lent[row], base), "base": counties.label(BASE), "figure": figure, "limit": limit}
        yield banks.hit("one_bank", row, indicator, base, **words)
    elif (total := sum(lent.values())) * 100 > percent * base:
        # the place is the register's figure, the name is the ratio's: two ratios of one county are two findings
        words = {"ratio": _ratio(total, base), "households": f"{total}户", "figure": figure, "limit": limit}
        yield replace(counties.hit("county", base_row, BASE, total, **words), indicator=indicator)


def _ratio(households: int, base: int) -> str:
    return f"{plain(Fraction(households * 100, base), 2)}%" if base else "无法计算的比例"
