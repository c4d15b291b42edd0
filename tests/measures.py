"""Invented measures for annex 1: a small table to be read by eye, and one that tries everything that could be cut."""

from __future__ import annotations

from pipeline.model import MeasureGroup, MeasureRow, MeasureTable, Symbol, Wording

ITEMS = tuple(
    f"measure_{item}"
    for item in (
        *("organisation", "rules", "products", "rates", "service", "rating", "industry"),
        *("results", "problems", "next_steps", "contact"),
    )
)
BLANK = Wording("", symbol=Symbol.MISSING)


def measure_row(unit: str, label: str, texts: dict[str, str], remark: str = "") -> MeasureRow:
    """A row with these texts; items are named without `measure_`."""
    said = {f"measure_{item}": text for item, text in texts.items()}
    assert said.keys() <= set(ITEMS)
    wordings = {item: Wording(said[item], f"S-{unit}", "2018-03") if item in said else BLANK for item in ITEMS}
    return MeasureRow(unit, label, wordings, f"S-{unit}" if texts else "", remark)


def small_measures() -> MeasureTable:
    """Two institutions and a department; one unit sent nothing."""
    north = {
        "organisation": "成立领导小组，行长任组长。",
        "rules": "印发管理办法。",
        "products": "1. 富民贷（对象：建档立卡贫困户；额度：5万元以内）\n2. 茶农贷",
        "rates": "执行基准利率4.35%。",
        "contact": "示例甲 0900-1234567",
    }
    groups = (
        MeasureGroup(
            "rcb",
            "农商银行",
            (
                measure_row("rcb-north", "北山农商银行", north),
                measure_row("rcb-south", "南河农商银行", {}, "未报送"),
            ),
        ),
        MeasureGroup("abc", "农业银行", (measure_row("abc", "农业银行虚构分行", {"results": "—"}, "沿用2018年1月"),)),
        MeasureGroup("", "市直部门", (measure_row("dept", "虚构市财政局", {"rules": "贴息办法。"}),)),
    )
    return MeasureTable(1, "2018-03", groups, ("不含：南河农商银行（未报送）。", "空白表示该项未报送。"), 2, 3)


def _ideographs(place: int, count: int) -> str:
    """Characters that no other column has, each once."""
    return "".join(chr(0x4E00 + place * 1600 + number) for number in range(count))


HOSTILE = {
    "organisation": _ideographs(0, 1600),
    "rules": "，".join(_ideographs(1, 900)),
    "products": "\n".join(f"{character}" for character in _ideographs(2, 150)),
    "rates": "abcdefghijklmnopqrstuvwxyz" * 40,
    "service": "\n\n\n\n".join(_ideographs(3, 60)),
    "rating": " ".join("МЖШЩФЮ"[number % 6] * (number % 30 + 1) for number in range(60)),
    "industry": "。".join(_ideographs(4, 400)),
    "results": "Ｗ" * 700 + "\n" + "ＡＢＣ" * 100,
    "problems": "😀" * 200,
    "next_steps": "=HYPERLINK()" * 60,
    "contact": "@",
}
"""2,000 characters in several cells, blank lines, words without an end, full-width letters, emoji, a formula."""


def hostile_measures() -> MeasureTable:
    """The hostile row between two common ones."""
    short = {"organisation": "成立小组。", "problems": "无"}
    rows = (
        measure_row("first", "甲银行", short),
        measure_row("hostile", "乙银行", HOSTILE, "；".join(_ideographs(5, 120))),
        measure_row("last", "丙银行", short),
    )
    return MeasureTable(1, "2018-03", (MeasureGroup("rcb", "农商银行", rows),), ("说明。",), 3, 3)
