"""Examples of the rules on county returns, measures and targets, and between forms (A17, A20, C01-n, Q01-n, T01-n)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from pipeline.model import AS_LAST_MONTH
from pipeline.money import FEN_PER_WAN
from pipeline.validate.examples.edits import Do, Example, Put, forget, more, whole
from pipeline.validate.examples.world import AREA, BANK, COUNTY, TARGETS, WHOLE, WORDS, Table, World

WAN = FEN_PER_WAN
_COUNTY, _WORDS, _TARGETS = (COUNTY,), (WORDS, BANK), (TARGETS,)
_CUM = "disbursed_households_cum"

BETWEEN = (
    Example("A17", 3, "differs", "{县区报表 mirror_outstanding_amount@rcb}＝{outstanding_amount}",
            [more("mirror_outstanding_amount@rcb", WAN, table=COUNTY)], tables=(BANK, COUNTY)),
    Example("A17", 3, "register", "{registered_households}＝{县区报表 registered_households}",
            [more("registered_households", 1)], tables=(BANK, COUNTY)),
    Example("A17", 3, "register_county", "", [more("registered_households", 1, table=COUNTY)],
            tables=(BANK, WHOLE, COUNTY)),
    Example("A17", 3, "register_before", "", [more("registered_households", 1, table=COUNTY)], tables=(BANK, COUNTY)),
    Example("A20", 5, "one_bank", "{disbursed_households_cum}≤{县区报表 registered_households}",
            [Put(_CUM, 4001)], [forget(), Put("disbursed_loans_cum", 4500)], tables=(BANK, COUNTY)),
    Example("A20", 5, "county", "{disbursed_households_cum}＋{另一家 disbursed_households_cum}"
            "≤{县区报表 registered_households}",
            [Put(_CUM, 3999)], [forget(), Put("disbursed_loans_cum", 4500)], tables=(BANK, WHOLE, COUNTY)),
)  # fmt: skip


def _county(code: str, kind: str, line: str, place: str, value: int) -> Example:
    return Example(code, 1, kind, line, [Put(place, value, table=COUNTY)], tables=_COUNTY)


COUNTIES = (
    _county("C01-1", "negative", "{县区 fund_compensated_amount_ytd}≥0", "fund_compensated_amount_ytd", -WAN),
    _county("C01-2", "above", "{县区 eligible_households}≤{县区 registered_households}", "eligible_households", 4001),
    _county("C01-3", "above", "{县区 posts_township_set_up}≤{县区 posts_township_planned}",
            "posts_township_set_up", 13),
    _county("C01-4", "above", "{县区 scored_households}≤{县区 visited_households}", "scored_households", 3601),
    _county("C01-5", "above", "{县区 project_invested_amount#1}≤{县区 project_total_amount#1}",
            "project_invested_amount#1", 501 * WAN),
    Example("C01-6", 2, "tenfold", "", [Put("registered_households", 40_000, table=COUNTY, back=1)], tables=_COUNTY),
    Example("C01-6", 2, "unit", "", [Put("fund_required_amount", 8_000_000 * WAN, table=COUNTY, back=1)],
            tables=_COUNTY),
    Example("C01-6", 2, "far", "", [Put("fund_required_amount", 80_000 * WAN, table=COUNTY, back=1)], tables=_COUNTY),
    Example("C01-7", 2, "less", "{县区 fund_added_amount_ytd}≥{上月县区 fund_added_amount_ytd}",
            [more("fund_added_amount_ytd", WAN, table=COUNTY, back=1)], when="later", tables=_COUNTY),
    Example("C01-7", 2, "fewer", "{县区 scored_households}≥{上月县区 scored_households}",
            [more("scored_households", 1, table=COUNTY, back=1)], when="later", tables=_COUNTY),
    Example("C01-8", 2, "balance", "", [more("fund_balance_amount", -10 * WAN, table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "denied", "", [Put("mechanism_established", "否", table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "no_document", "", [Put("mechanism_document", None, table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "no_date", "", [Put("mechanism_date", "春季", table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "after", "", [Put("mechanism_date", "2099-05-12", table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "before", "", [Put("mechanism_date", "2006-05-12", table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "later", "", [Put("mechanism_date", "2015-12-31", table=COUNTY)], tables=_COUNTY),
    Example("C01-9", 1, "project", "", [Put("project_status#1", "在建，完成投资80%", table=COUNTY)], tables=_COUNTY),
    Example("C01-8", 2, "flow", "", [more("fund_compensated_amount_ytd", 10 * WAN, table=COUNTY)], tables=_COUNTY),
)  # fmt: skip


def _unchanged(world: World) -> None:
    assert world.words_before is not None
    world.table(WORDS).of(AREA)["measure_organisation"] = world.words_before["measure_organisation"]


def _nothing_before(world: World) -> None:
    world.words_before = None


def _item_not_before(world: World) -> None:
    assert world.words_before is not None
    del world.words_before["measure_organisation"]


_REFERS = Put("measure_organisation", AS_LAST_MONTH, table=WORDS)

MEASURES = (
    Example("Q01-1", 2, "unchanged", "", [Do("“组织领导”一项与上月一字不差", _unchanged)],
            when="quarter", tables=_WORDS),
    Example("Q01-2", 2, "contradicts", "",
            [Do("“主要成效”写余额5000万元", lambda world: world.table(WORDS).of(AREA).update(
                measure_results=f"截至{world.month.label}末，我行扶贫小额贷款余额5000万元。"))], tables=_WORDS),
    Example("Q01-3", 2, "no_form", "", [_REFERS], [Do("上月没有采用的措施表", _nothing_before)], tables=_WORDS),
    Example("Q01-4", 1, "blank", "", [Put("measure_rules", None, table=WORDS)], tables=_WORDS),
    Example("Q01-3", 2, "no_words", "", [_REFERS], [Do("上月的措施表里没有这一项", _item_not_before)], tables=_WORDS),
)  # fmt: skip


def _target(world: World, place: str, value: int) -> None:
    """One county's target of 农商银行, and the total with it."""
    table = world.table(TARGETS)
    total = table.total or {}
    total[place] = whole(total[place]) + value - whole(table.of(AREA)[place])
    table.of(AREA)[place] = value


def _target_too_large(world: World) -> None:
    _target(world, "target_amount@rcb", 30_000 * WAN)


def _target_left_out(world: World) -> None:
    world.table(TARGETS).of(AREA)["target_households@rcb"] = None


def _target_of_more(world: World) -> None:
    _target(world, "target_amount@rcb", 1_000 * WAN)


def _target_of_many(world: World) -> None:
    _target(world, "target_households@rcb", 1100)


def _as_last_year(world: World) -> None:
    world.past[12] = {TARGETS: deepcopy(world.table(TARGETS))}


_EACH = ("target_amount", "target_households")


def _uneven(world: World) -> None:
    """Counties and banks of different size, a tenth larger than the year before."""
    table = world.table(TARGETS)
    for number, (_, row) in enumerate(table.rows, start=1):
        for times, bank in enumerate(("abc", "psbc", "rcb"), start=1):
            row[f"target_amount@{bank}"] = number * times * 110 * WAN
            row[f"target_households@{bank}"] = number * times * 33
    _added_up(table)
    last = deepcopy(table)
    for _, row in last.rows:
        row.update({place: whole(value) * 10 // 11 for place, value in row.items()})
    world.past[12] = {TARGETS: last}


def _added_up(table: Table) -> None:
    table.total = {place: sum(whole(row[place]) for _, row in table.rows) for place in table.rows[0][1]}


def _banks_exchanged(world: World) -> None:
    table = world.table(TARGETS)
    for _, row in table.rows:
        for code in _EACH:
            row[f"{code}@rcb"], row[f"{code}@abc"] = row[f"{code}@abc"], row[f"{code}@rcb"]
    _added_up(table)


def _of_another_bank(world: World) -> None:
    table = world.table(TARGETS)
    for _, row in table.rows:
        row.update({f"{code}@abc": row[f"{code}@rcb"] for code in _EACH})
    _added_up(table)


_COUNTIES_OF = "target_amount@rcb", "target_households@rcb"


def _from(world: World, sources: Mapping[int, int]) -> None:
    """农商银行's counties have what others had a moment before; by their place in the table."""
    table = world.table(TARGETS)
    before = [{place: row[place] for place in _COUNTIES_OF} for _, row in table.rows]
    for number, source in sources.items():
        table.rows[number][1].update(before[source])
    _added_up(table)


def _counties_exchanged(world: World) -> None:
    _from(world, {1: 6, 6: 1})


def _rows_shifted(world: World) -> None:
    _from(world, {0: 3, 1: 0, 2: 1, 3: 2})


def _of_the_neighbour(world: World) -> None:
    _from(world, {1: 0})


def _one_bank_as_last_year(world: World) -> None:
    table, last = world.table(TARGETS), world.past[12][TARGETS]
    for (_, row), (_, before) in zip(table.rows, last.rows, strict=True):
        row.update({place: before[place] for place in _COUNTIES_OF})
    _added_up(table)


def _target_of_nobody(world: World) -> None:
    _target(world, "target_households@rcb", 0)


OFFICE = (
    Example("T01-2", 1, "negative", "{任务 target_households@rcb}≥0", [Put("target_households@rcb", -1, table=TARGETS)],
            tables=_TARGETS),
    Example("T01-3", 1, "mismatch", "{任务合计 target_amount@rcb}＝{任务之和 target_amount@rcb}",
            [more("target_amount@rcb", WAN, table=TARGETS, area="total")], tables=_TARGETS),
    Example("T01-4", 1, "average", "", [Do("一个县区的目标金额填成30000万元，合计随之改", _target_too_large)],
            tables=_TARGETS),
    Example("T01-3", 1, "blank", "", [Do("一个县区的目标户数漏填，合计没有变", _target_left_out)], tables=_TARGETS),
    Example("T01-4", 1, "odd", "", [Do("一个县区的目标金额填成1000万元，合计随之改", _target_of_more)],
            tables=_TARGETS),
    Example("T01-4", 1, "households", "", [Do("一个县区的目标户数填成1100户，合计随之改", _target_of_many)],
            tables=_TARGETS),
    Example("T01-5", 1, "copied", "", [Do("上年的目标任务与今年的相同", _as_last_year)], tables=_TARGETS),
    Example("T01-6", 1, "exchanged", "", [Do("农商银行与农业银行的目标互换，合计随之改", _banks_exchanged)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-6", 1, "alike", "", [Do("农业银行的目标照抄了农商银行的，合计随之改", _of_another_bank)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-7", 1, "kept", "", [Do("农商银行的目标照抄上年的，其他银行的不变", _one_bank_as_last_year)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-7", 1, "exchanged", "", [Do("农商银行第2、第7个县区的目标互换", _counties_exchanged)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-7", 1, "shifted", "", [Do("农商银行前4个县区的目标错了一行", _rows_shifted)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-7", 1, "alike", "", [Do("农商银行第2个县区的目标填了第1个的，合计随之改", _of_the_neighbour)],
            [Do("各行各县区的目标大小不一，比上年都多一成", _uneven)], tables=_TARGETS),
    Example("T01-4", 1, "one_zero", "", [Do("一个县区的目标户数填成0，金额不是0，合计随之改", _target_of_nobody)],
            tables=_TARGETS),
)  # fmt: skip

EXAMPLES = (*BETWEEN, *COUNTIES, *MEASURES, *OFFICE)
