"""Examples of the rules that look at earlier months (A02 to A07, A12 to A15, A18, A23, A25, A27 to A31).

What is wrong stands in this month's report, as it is for whoever reads the handbook; in a few in an earlier one, where
it is the one figure that only one relation reads.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.money import FEN_PER_WAN, MICRO_PER_PERCENT
from pipeline.validate.examples import naming
from pipeline.validate.examples.edits import UNTYPED, Do, Example, Put, flow, forget, more, whole
from pipeline.validate.examples.world import AREA, BANK, World
from pipeline.validate.owed import RATE
from pipeline.validate.rules.grades import NPL

WAN = FEN_PER_WAN
_YTD, _CUM, _MTD = (f"disbursed_households_{span}" for span in ("ytd", "cum", "mtd"))
_PREVIOUS = "outstanding_amount_previous_month"


def _unknown(words: str, back: int) -> Do:
    """Nothing is in force of that month (-1: of last December): what follows from it alone is not asked."""

    def forgotten(world: World) -> None:
        world.past.pop(naming.months_back(back, world), None)

    return Do(words, forgotten)


_OWED = [more(code, -WAN) for code in ("outstanding_amount", "pass_amount")]
"""Too little outstanding, and as much too little in its best grade: the grades still add up to it."""

BALANCES = (
    Example("A02", 2, "differs",
            "{outstanding_amount}＝{上月 outstanding_amount}＋{disbursed_amount_mtd}－{repaid_amount_mtd}"
            "－{written_off_amount_mtd}＋{other_change_amount_mtd}",
            _OWED, [_unknown("本单位没有报过上年12月的报表", -1), UNTYPED], when="later"),
    Example("A03", 2, "differs",
            "{outstanding_amount}＝{上年末 outstanding_amount}＋{disbursed_amount_ytd}－{repaid_amount_ytd}"
            "－{written_off_amount_ytd}＋{other_change_amount_ytd}",
            _OWED, [_unknown("本单位没有报过上月的报表", 1), UNTYPED], when="later"),
    Example("A04", 2, "differs", "{disbursed_loans_ytd}＝{上月 disbursed_loans_ytd}＋{disbursed_loans_mtd}",
            [more("disbursed_loans_ytd", 1)], when="later"),
    Example("A05", 2, "differs", "{disbursed_amount_cum}＝{上月 disbursed_amount_cum}＋{disbursed_amount_mtd}",
            [more("disbursed_amount_cum", WAN)]),
    Example("A07", 2, "differs", "{outstanding_amount_previous_month}＝{上月 outstanding_amount}",
            [more(_PREVIOUS, WAN)]),
    Example("A29", 2, "wrong", "{上月 repaid_amount_ytd}＝{repaid_amount_ytd}－{repaid_amount_mtd}",
            [more("repaid_amount_ytd", 50 * WAN, back=1)], when="later"),
    Example("A30", 2, "differs",
            "{outstanding_amount}＝{outstanding_amount_previous_month}＋{disbursed_amount_mtd}－{repaid_amount_mtd}"
            "－{written_off_amount_mtd}＋{other_change_amount_mtd}",
            _OWED, [forget()]),
)  # fmt: skip


def _households(kind: str, line: str, *edits: Put, when: str) -> tuple[Example, Example]:
    """As it is where the register is fixed for a year, and where it is adjusted during the year."""
    adjusted = Do("扶贫对象年内动态调整", lambda world: world.policy.update(households_adjusted_dynamically=True))
    return (
        Example("A06", 2, kind, line, edits, when=when),
        Example("A06", 2, f"{kind}_adjusted", line, edits, [adjusted], when=when),
    )


HOUSEHOLDS = (
    *_households("january", f"{{{_YTD}}}＝{{{_MTD}}}", more(_YTD, 1), when="january"),
    *_households("largest", f"{{{_YTD}}}≥{{2个月前 {_MTD}}}",
                 Put(_MTD, lambda row: 200, back=2), when="later"),
    *_households("less", f"{{{_CUM}}}≥{{上月 {_CUM}}}", more(_CUM, -20), when="later"),
    *_households("more", f"{{{_CUM}}}≤{{上月 {_CUM}}}＋{{{_MTD}}}", more(_CUM, 20), when="later"),
)  # fmt: skip

_WRITTEN_OFF = (*flow("written_off_amount", WAN), more("outstanding_loans", -1))
"""So that loans and their households may be fewer."""

JUMPS = (
    Example("A13", 2, "tenfold", "",
            [Put("outstanding_households", lambda row: 10 * whole(row["outstanding_households"]), back=1)],
            _WRITTEN_OFF),
    Example("A14", 2, "hundredfold", "", [Put(RATE, 435 * MICRO_PER_PERCENT // 10_000, back=1)]),
    Example("A14", 2, "monthly", "", [Put(RATE, 3625 * MICRO_PER_PERCENT // 1000, back=1)]),
    Example("A15", 2, "stock", "",
            [Put("credit_line_amount", lambda row: whole(row["credit_line_amount"]) * 3 // 2)]),
    Example("A15", 2, "flow", "", flow("repaid_amount", 60 * WAN)),
)  # fmt: skip


GROWING = (
    Example("A23", 2, "less", "{settled_loans_ytd}≥{上月 settled_loans_ytd}",
            [Put("settled_loans_ytd", 0)], when="later"),
    Example("A23", 2, "not_reset", "",
            [Put("extended_amount_ytd", lambda row: 13 * whole(row["extended_amount_ytd"]))], when="january"),
)  # fmt: skip


_OWING, _BORROWERS, _SETTLED = "outstanding_loans", "outstanding_households", "settled_loans_ytd"
_COME_AND_GO = f"{{{_OWING}}}＝{{上月 {_OWING}}}＋{{disbursed_loans_mtd}}－{{{_SETTLED}}}＋{{上月 {_SETTLED}}}"
_STILL_OWING = f"{{{_BORROWERS}}}≥{{上月 {_BORROWERS}}}－{{{_SETTLED}}}＋{{上月 {_SETTLED}}}"

LOANS = (
    Example("A28", 2, "outstanding", _COME_AND_GO, [more(_OWING, -3)], when="later"),
    Example("A28", 2, "outstanding_above", "", [more(_OWING, 5)], _WRITTEN_OFF, when="later"),
    Example("A28", 2, "settled", _COME_AND_GO, [more(_SETTLED, -2)], when="later"),
    Example("A28", 2, "settled_above", "", [more(_SETTLED, 5)], _WRITTEN_OFF, when="later"),
    Example("A28", 2, "households_more", f"{{{_BORROWERS}}}≤{{上月 {_BORROWERS}}}＋{{{_MTD}}}",
            [more(_BORROWERS, 6)], when="later"),
    Example("A28", 2, "households_fewer", _STILL_OWING,
            [more(_BORROWERS, -30)], when="later"),
)  # fmt: skip


LINES = (
    Example("A12", 2, "alike", "",
            [Put("credit_line_households", lambda row: whole(row["rated_households"]))]),
)  # fmt: skip


COUNTS = (
    Example("A25", 2, "digit", "", [Put("rated_households", lambda row: 10 * whole(row["rated_households"]))]),
)  # fmt: skip


def _exchange(world: World) -> None:
    row = world.table(BANK).of(AREA)
    row["pass_amount"], row["special_mention_amount"] = row["special_mention_amount"], row["pass_amount"]


def _move(source: str, target: str, amount: int, back: int = 0) -> Do:
    """So much stands in another grade, and what is non-performing with it."""

    def moved(world: World) -> None:
        row = world.table(BANK, back).of(AREA)
        for code, by in ((source, -amount), (target, amount)):
            row[code] = whole(row[code]) + by
        row["npl_amount"] = sum(whole(row[code]) for code in NPL)

    when = "上月" if back else ""
    return Do(f"{{area}}{when}有{amount // WAN}万元从一类填到了另一类", moved)


def _improve(*grades: str) -> Callable[[World], None]:
    """What is in these grades stands among the pass loans, and is non-performing no more."""

    def improved(world: World) -> None:
        row = world.table(BANK).of(AREA)
        row["pass_amount"] = whole(row["pass_amount"]) + sum(whole(row[code]) for code in grades)
        row.update({code: 0 for code in grades}, npl_amount=sum(whole(row[code]) for code in NPL if code not in grades))

    return improved


GRADES = (
    Example("A27", 2, "exchanged", "", [Do("{area}五级分类的正常、关注两栏互换", _exchange)]),
    Example("A31", 2, "skipped", "", [_move("pass_amount", "loss_amount", 100 * WAN)]),
    Example("A31", 2, "worse", "", [_move("pass_amount", "special_mention_amount", 300 * WAN)]),
    Example("A31", 2, "better", "", [_move("pass_amount", "substandard_amount", 200 * WAN, back=1)]),
    Example("A31", 2, "gone", "", [Do("{area}的不良贷款全部填到了正常类", _improve(*NPL))]),
    Example("A31", 2, "fallen", "", [Do("{area}的次级类、损失类贷款填到了正常类", _improve(NPL[0], NPL[2]))]),
)


def _copy(world: World) -> None:
    """What was in force two months ago says word for word what is said now; of last month nothing is known."""
    world.past = {2: {BANK: world.table(BANK)}}


def _no_business(world: World) -> None:
    now, last = world.table(BANK), world.table(BANK, 1)
    row, before = now.of(AREA), last.of(AREA)
    row.update({code: 0 for code in row if code.endswith("_mtd")})
    carried = [code for code in row if code.endswith("_cum")]
    carried += [code for code in row if code.endswith("_ytd")] if world.month.month > 1 else []
    row.update({code: before[code] for code in carried})
    if world.month.month == 1:
        row.update({code: 0 for code in row if code.endswith("_ytd")})
        row[RATE] = None
    moved = whole(row["outstanding_amount"]) - whole(before["outstanding_amount"])
    row.update({code: before[code] for code in ("outstanding_amount", "outstanding_loans", "outstanding_households")})
    row["pass_amount"] = whole(row["pass_amount"]) - moved
    now.nil = True


def _undeclared(world: World) -> None:
    world.table(BANK).nil = False


def _denied(world: World) -> None:
    world.table(BANK).nil = True


REPEATS = (
    Example("A18", 2, "again", "", [Do("各项数字与两个月前的报表完全相同（上月没有报）", _copy)], [UNTYPED],
            when="later"),
    Example("A18", 2, "zero", "", [Do("各项本月数都是0，但没有写明“本月无业务”", _undeclared)],
            [Do("本月无业务，并已写明", _no_business)]),
    Example("A18", 2, "declared", "", [Do("本月有发放、收回，却写明“本月无业务”", _denied)]),
)  # fmt: skip

EXAMPLES = (*BALANCES, *HOUSEHOLDS, *JUMPS, *GROWING, *LOANS, *LINES, *COUNTS, *GRADES, *REPEATS)
