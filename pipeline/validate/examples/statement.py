"""Examples of the rules on a statement by itself (A01, A08 to A14, A19, A21, A22, A24, A26)."""

from __future__ import annotations

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MICRO_PER_PERCENT
from pipeline.validate.examples.edits import UNTYPED, Do, Example, Put, flow, forget, more, whole
from pipeline.validate.examples.truth import TEN
from pipeline.validate.examples.world import INNER, WHOLE, Figures, World
from pipeline.validate.owed import RATE

WAN = FEN_PER_WAN
_FIRST = (forget(),)
_REPAID = 20_150_000

TOTALS = (
    Example("A01", 1, "mismatch", "{合计 outstanding_amount}＝{各县区之和 outstanding_amount}",
            [more("outstanding_amount", WAN, table=WHOLE, area="total")], tables=(WHOLE,)),
)  # fmt: skip

GRADES = (
    Example("A08", 1, "grades",
            "{outstanding_amount}＝{pass_amount}＋{special_mention_amount}＋{substandard_amount}"
            "＋{doubtful_amount}＋{loss_amount}",
            [more("pass_amount", -WAN)]),
    Example("A08", 1, "npl", "{npl_amount}＝{substandard_amount}＋{doubtful_amount}＋{loss_amount}",
            [more("npl_amount", WAN)]),
    Example("A08", 1, "past_due", "{past_due_amount}≤{outstanding_amount}",
            [Put("past_due_amount", lambda row: whole(row["outstanding_amount"]) + 100 * FEN_PER_YUAN)], _FIRST),
    Example("A08", 1, "npl_above", "{npl_amount}≤{outstanding_amount}",
            [Put("npl_amount", lambda row: whole(row["outstanding_amount"]) + 100 * FEN_PER_YUAN)],
            [Put("loss_amount", "不详")]),
)  # fmt: skip
"""That npl is above outstanding shows by itself only where a grade cannot be read: else the grades say it."""

_NO_GRACE = Put("past_due_beyond_grace_amount", 0)


def _loans_for_households(world: World) -> None:
    table = world.table(WHOLE)
    for row in (*(figures for _, figures in table.rows), table.total or {}):
        row["outstanding_loans"], row["outstanding_households"] = (
            row["outstanding_households"],
            row["outstanding_loans"],
        )


LOANS = (
    Example("A09", 1, "exchanged", "", [Do("有十个县区的报表，期末余额的笔数、户数两栏互换", _loans_for_households)],
            tables=(WHOLE,)),
    Example("A09", 1, "one_zero", "若{past_due_loans}≠0，则{past_due_households}≠0", [Put("past_due_households", 0)]),
    Example("A09", 1, "households", "{past_due_households}≤{past_due_loans}", [Put("past_due_households", 4)]),
    Example("A09", 1, "no_loans", "若{past_due_households}＝0，则{past_due_amount}＝0",
            [Put("past_due_amount", 9_600_000)],
            [*_FIRST, Put("past_due_loans", None), Put("past_due_households", 0), Put("past_due_amount", 0),
             _NO_GRACE]),
    Example("A09", 1, "no_amount", "若{past_due_loans}≠0，则{past_due_amount}≠0", [Put("past_due_amount", 0)],
            [Put("past_due_loans", 4), _NO_GRACE]),
    Example("A09", 1, "small_rest", "若{past_due_loans}≠0，则{past_due_amount}≠0", [Put("past_due_amount", 0)],
            [_NO_GRACE]),
)  # fmt: skip

SIGNS = (
    Example("A10", 1, "negative", "{past_due_beyond_grace_amount}≥0", [Put("past_due_beyond_grace_amount", -WAN)]),
    Example("A10", 1, "reversal", "{repaid_amount_mtd}≥0", flow("repaid_amount", -_REPAID - WAN), when="later"),
    Example("A19", 1, "other_change", "{other_change_amount_mtd}＝0", flow("other_change_amount", 5 * WAN)),
)  # fmt: skip

SPANS = (
    Example("A11", 1, "year", "{repaid_amount_ytd}≥{repaid_amount_mtd}",
            [Put("repaid_amount_ytd", lambda row: whole(row["repaid_amount_mtd"]) - WAN)],
            (*_FIRST, UNTYPED), when="later"),
    Example("A11", 1, "ever", "{disbursed_households_cum}≥{disbursed_households_ytd}",
            [Put("disbursed_households_cum", lambda row: whole(row["disbursed_households_ytd"]) - 1)], _FIRST),
    Example("A11", 1, "lent", "{disbursed_amount_cum}≥{outstanding_amount}",
            [Put("disbursed_amount_cum", lambda row: whole(row["outstanding_amount"]) - WAN)], _FIRST),
)  # fmt: skip


def _unsettled(row: Figures) -> int:
    return whole(row["disbursed_loans_cum"]) - whole(row["outstanding_loans"])


LOANS_ONCE = (
    Example("A26", 1, "settled", "{settled_loans_ytd}＋{outstanding_loans}≤{disbursed_loans_cum}",
            [Put("settled_loans_ytd", lambda row: _unsettled(row) + 1)], _FIRST),
    Example("A26", 1, "outstanding", "{settled_loans_ytd}＋{outstanding_loans}≤{disbursed_loans_cum}",
            [Put("outstanding_loans", lambda row: whole(row["disbursed_loans_cum"]) + 1)], _FIRST),
)  # fmt: skip


def _with_inner(world: World) -> None:
    """Areas inside the first county that are as large as it is: true, to the last household."""
    table = world.table(WHOLE)
    table.rows += [(area, dict(table.of(TEN[0]))) for area in INNER]
    table.total = None


_HAS_INNER = Do("汉滨区之内另列高新区、恒口示范区，各与汉滨区相同（没有填合计）", _with_inner)

PARTS = (
    Example("A21", 1, "above", "{past_due_beyond_grace_amount}≤{past_due_amount}",
            [Put("past_due_beyond_grace_amount", lambda row: whole(row["past_due_amount"]) + 100 * FEN_PER_YUAN)]),
    Example("A22", 1, "above", "{其中区域 credit_line_households}≤{所在县区 credit_line_households}",
            [more("credit_line_households", 1, table=WHOLE, area=INNER[0])], [_HAS_INNER], tables=(WHOLE,)),
    Example("A22", 1, "county", "{其中区域 credit_line_households}≤{所在县区 credit_line_households}",
            [more("credit_line_households", -1, table=WHOLE, area=TEN[0])], [_HAS_INNER], tables=(WHOLE,)),
)  # fmt: skip


def _held(row: Figures) -> int:
    return sum(whole(row[code]) for code in ("outstanding_amount", "repaid_amount_ytd"))


SUBSIDIES = (
    Example("A24", 1, "unit", "",
            [Put("interest_subsidy_paid_ytd", lambda row: 10_000 * whole(row["interest_subsidy_paid_ytd"]))]),
    Example("A24", 1, "months", "",
            [Put("interest_subsidy_accrued_ytd", lambda row: _held(row) * 8 // 100)], _FIRST,
            when="january"),
    Example("A24", 1, "rate", "",
            [Put("interest_subsidy_accrued_ytd", lambda row: _held(row) * 4 // 100)], _FIRST,
            when="january"),
    Example("A24", 1, "above", "", [Put("interest_subsidy_paid_ytd", lambda row: _held(row) * 16 // 100)]),
)  # fmt: skip

LINES = (
    Example("A12", 1, "lines", "{credit_line_amount}≥{outstanding_amount}",
            [Put("credit_line_amount", lambda row: whole(row["outstanding_amount"]) - WAN)], _FIRST),
)  # fmt: skip

AVERAGES = (
    Example("A13", 1, "cap", "{outstanding_amount}÷{outstanding_households}≤{参数 loan_cap_household}",
            [Put("outstanding_households", lambda row: whole(row["outstanding_amount"]) // (52 * WAN // 10))], _FIRST),
    Example("A13", 1, "slip",
            "{参数 loan_cap_household}÷{规定倍数 unit_slip_factor}≤{disbursed_amount_mtd}÷{disbursed_households_mtd}"
            "≤{参数 loan_cap_household}×{规定倍数 unit_slip_factor}",
            [Put("disbursed_amount_mtd", lambda row: whole(row["disbursed_amount_mtd"]) // 10_000)], (*_FIRST, UNTYPED),
            when="later"),
    Example("A14", 1, "low", "{weighted_average_rate}≥{参数 rate_lower_percent}", [Put(RATE, MICRO_PER_PERCENT // 3)]),
    Example("A14", 1, "high", "{weighted_average_rate}≤{参数 rate_upper_percent}",
            [Put(RATE, lambda row: 10 * whole(row[RATE]))]),
    Example("A14", 1, "between", "", [Put(RATE, 64 * MICRO_PER_PERCENT // 10, table=WHOLE, area="total")],
            tables=(WHOLE,)),
)  # fmt: skip

EXAMPLES = (*TOTALS, *GRADES, *LOANS, *SIGNS, *SPANS, *LOANS_ONCE, *PARTS, *SUBSIDIES, *LINES, *AVERAGES)
