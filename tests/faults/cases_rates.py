"""Item 4: in what the rates are given, wherever it is said, and whenever two places do not say the same."""

from __future__ import annotations

from tests.faults.expecting import Case, Item, as_upright
from tests.faults.pages import xlsx
from tests.faults.plain import MISSING, RCB_ABOVE, rcb_rows, upright

U = Item.UNITS
RATE = ("weighted_average_rate", "hanyin", "rcb", 0)


def rated(unit="%", label="加权平均利率(年)", value=4.35, **page):
    """The upright form with a row of rates, row 11."""
    return upright(rows=[*rcb_rows(), [label, unit, "38", "—", value, "—", "—"]], **page)


def rates(id_, title, make, *told, micro=4_350_000, **more):
    """What is read of the upright form with its rate."""
    return Case(id_, title, U, make, as_upright({RATE: micro}, **more).telling(*told))


def rate_noted(number, note, *, told=""):
    """A line below the upright form that speaks of its rate."""
    found = [("F05", "A12", told)] if told else []
    title = f"表下写“{note}”，利率栏是年利率（%）：{'互相矛盾' if told else '没有矛盾'}"
    return rates(f"rate-note-{number}", title, lambda: xlsx(rated(below=[[note]])), *found)


CASES = [
    *(
        rate_noted(number, note, told=f"“{said}”")
        for number, (note, said) in enumerate(
            (
                ("注：利率单位为‰", "‰"),
                ("说明：利率按月利率（‰）填列", "月利率(‰)"),
                ("注：利率系月息", "月息"),
                ("注：加权平均利率为月利率", "月利率"),
                ("注：第38栏为月利率", "月利率"),
            )
        )
    ),
    *(
        rate_noted(number, note)
        for number, note in enumerate(
            ("注：利率为年利率", "月利率按4.35%折算年利率", "注：利率单位为%", "原为月利率，已折算为年利率填报"), 10
        )
    ),
    rates(
        "rate-caption",
        "表头上写“单位：万元、户、‰”，计量单位栏写%：互相矛盾",
        lambda: xlsx(rated(above=[RCB_ABOVE[0], [*RCB_ABOVE[1][:6], "单位：万元、户、‰"]])),
        ("F05", "G2", "“‰”"),
    ),
    rates(
        "rate-mille-noted",
        "计量单位写‰，表下也写：一致，折算成年利率",
        lambda: xlsx(rated("‰", value=4.0, below=[["注：利率单位为‰"]])),
        micro=4_800_000,
        changes={RATE[:2]: "×12÷10"},
    ),
    rates(
        "rate-mille-denied",
        "计量单位写‰，表下写年利率：互相矛盾",
        lambda: xlsx(rated("‰", value=4.0, below=[["注：利率为年利率"]])),
        ("F05", "A12", "“年利率”"),
        micro=4_800_000,
        changes={RATE[:2]: "×12÷10"},
    ),
    *(
        rates(f"rate-unit-{number}", f"利率的计量单位写“{unit}”", lambda unit=unit: xlsx(rated(unit)))
        for number, unit in enumerate(("年利率%", "%/年", "年化%", "年利率（%）", "百分比"))
    ),
    *(
        rates(
            f"rate-unit-odd-{number}",
            f"利率的计量单位写“{unit}”：不猜",
            lambda unit=unit: xlsx(rated(unit)),
            ("F05", "B11", f"“{unit}”"),
            micro=MISSING,
        )
        for number, unit in enumerate(("小数", "‰/月", "BP", "分", "月利率"))
    ),
]
