"""Examples of what must be there, and be there once (A16, T01-1)."""

from __future__ import annotations

from pipeline.money import MICRO_PER_PERCENT
from pipeline.validate.examples.edits import UNTYPED, Do, Example, Put, forget, without
from pipeline.validate.examples.truth import TEN
from pipeline.validate.examples.world import AREA, BANK, TARGETS, WHOLE, Table, World
from pipeline.validate.owed import RATE

_TEN = (WHOLE,)
_OF_A_BANK = ("target_amount@rcb", "target_households@rcb")
_GRADE = "special_mention_amount"
_UNKNOWN, _ODD_TOTAL = "unknown:示例开发区", "unknown:合计（不含高新区）"


def _drop_row(table: Table) -> None:
    table.rows[:] = [row for row in table.rows if row[0] != AREA]


def _add_row(table: Table, area: str) -> None:
    table.rows.append((area, dict(table.of(AREA))))


def _blank_row(table: Table) -> None:
    row = table.of(AREA)
    row.update(dict.fromkeys(row, None))


def _blank_column(table: Table) -> None:
    for _, row in table.rows:
        row[_GRADE] = None
    if table.total is not None:
        table.total[_GRADE] = None


def _lends_nothing(world: World) -> None:
    row = world.table(BANK).of(AREA)
    row.update({code: 0 for code in row if code.startswith("disbursed") and not code.endswith("_cum")})
    row["renewed_amount_ytd"], row[RATE] = 0, None


NOTHING_LENT = Do("本年没有发放", _lends_nothing)

STATEMENTS = (
    Example("A16", 1, "missing_area", "", [Do("表中没有{area}一行", lambda w: _drop_row(w.table(WHOLE)))], tables=_TEN),
    Example("A16", 1, "doubled_area", "",
            [Do("{area}报了两行", lambda w: _add_row(w.table(WHOLE), AREA))], tables=_TEN),
    Example("A16", 1, "unknown_area", "",
            [Do("多出一行“示例开发区”", lambda w: _add_row(w.table(WHOLE), _UNKNOWN))], tables=_TEN),
    Example("A16", 1, "odd_total", "",
            [Do("合计下面多出一行“合计（不含高新区）”", lambda w: _add_row(w.table(WHOLE), _ODD_TOTAL))], tables=_TEN),
    Example("A16", 1, "foreign_area", "",
            [Do("只报{area}的单位多报了一个县区", lambda w: _add_row(w.table(BANK), TEN[0]))]),
    Example("A16", 1, "empty_row", "", [Do("{area}一行全部空白", lambda w: _blank_row(w.table(WHOLE)))], tables=_TEN),
    Example("A16", 1, "missing_column", "",
            [Do("表中没有“五级分类/关注”一栏", lambda w: without([_GRADE], w.table(BANK)))]),
    Example("A16", 1, "empty_column", "",
            [Do("“五级分类/关注”一栏全部空白", lambda w: _blank_column(w.table(WHOLE)))], tables=_TEN),
    Example("A16", 1, "blank", "", [Put(_GRADE, None)]),
    Example("A16", 1, "no_rate", "", [Put(RATE, None)]),
    Example("A16", 1, "rate_of_nothing", "", [Put(RATE, 435 * MICRO_PER_PERCENT // 100)],
            [forget(), UNTYPED, NOTHING_LENT]),
)  # fmt: skip

OF_TARGETS = (
    Example("T01-1", 1, "missing", "",
            [Do("没有{area}农商银行的目标金额", lambda w: _drop(w.table(TARGETS)))], tables=(TARGETS,)),
    Example("T01-1", 1, "missing_bank", "",
            [Do("没有农商银行的目标金额、目标户数两栏", lambda w: without(_OF_A_BANK, w.table(TARGETS)))],
            tables=(TARGETS,)),
    Example("T01-1", 1, "doubled", "",
            [Do("{area}报了两行", lambda w: _add_row(w.table(TARGETS), AREA))], tables=(TARGETS,)),
    Example("T01-1", 1, "unknown", "",
            [Do("多出一行“示例开发区”", lambda w: _add_row(w.table(TARGETS), _UNKNOWN))], tables=(TARGETS,)),
    Example("T01-1", 1, "blank", "", [Put("target_amount@rcb", None, table=TARGETS)], tables=(TARGETS,)),
)  # fmt: skip


def _drop(table: Table) -> None:
    row = table.of(AREA)
    row.pop("target_amount@rcb")
    row.pop("target_households@rcb")


EXAMPLES = (*STATEMENTS, *OF_TARGETS)
