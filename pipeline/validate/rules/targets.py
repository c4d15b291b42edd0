"""The office's own yearly targets 「目标任务」 (T01-1 to T01-3)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.validate.columns import failures
from pipeline.validate.frames import Book, Hit
from pipeline.validate.registry import WORKING, hard, rule
from pipeline.validate.rules.totals import MISMATCH, mismatches

TARGET = "target_amount"
BANK_FORM = "M01"
"""Who owes this form in the January of the year has a target."""

NEEDED = f"{WORKING}：完成率、位次按各银行、各县区的目标计算，缺一或填错就无法计算"


@rule(
    "T01-1",
    level=1,
    title="每家银行每个县区的目标各有一个",
    source=NEEDED,
    reads=("T01",),
    breaks={
        "missing": hard("缺少{bank}在{area}的目标任务。请补上后重新报送，没有任务的填0。"),
        "doubled": hard("{area}的目标任务填了不止一次（第二次在单元格{cell}）。请只保留正确的一行，改正后重新报送。"),
        "unknown": hard("“{name}”不是登记的县区，这一行没有计入。请改用规范的县区名称，或删去这一行后重新报送。"),
        "blank": hard("{area}的“{indicator}”空白。空白不等于0：请补填后重新报送，没有任务的填0。"),
    },
)
def targets_complete(book: Book) -> Iterator[Hit]:
    """Each bank and county once, none blank."""
    present = {(r.submission, r.institution, r.area) for r in book.records}
    banks = book.catalog.units.institution_by_id
    for submission, month in enumerate(book.months):
        owing = book.catalog.units.owing(BANK_FORM, month)
        expected = {(unit.institution, area) for unit in owing if unit.institution for area in unit.areas}
        for bank in sorted({bank for bank, _ in expected}, key=lambda bank: banks[bank].order):
            for area in book.catalog.areas.counties:
                if (bank, area.id) in expected and (submission, bank, area.id) not in present:
                    yield book.remark("missing", submission, area.id, f"{TARGET}@{bank}", bank=banks[bank].name)
    doubled = {(r.submission, "" if r.total else r.area): at for r, at in reversed(book.doubled.items())}
    for (submission, place), at in doubled.items():
        yield book.remark("doubled", submission, place, at=at, cell=at.cell)
    for (submission, name), at in book.strangers.items():
        yield book.remark("unknown", submission, f"unknown:{name}", at=at, name=name)
    for failure in failures(book):
        if failure.kind == "blank":
            yield book.hit("blank", failure.row, failure.indicator)


@rule(
    "T01-2",
    level=1,
    title="目标任务不为负数",
    source=NEEDED,
    reads=("T01",),
    breaks={"negative": hard("{area}“{indicator}”为{value}，不能是负数。请核对，改正后重新报送。")},
)
def targets_not_negative(book: Book) -> Iterator[Hit]:
    """No target is negative."""
    for failure in failures(book):
        if failure.kind == "negative":
            yield book.hit("negative", failure.row, failure.indicator, 0)


@rule(
    "T01-3",
    level=1,
    title="目标任务的合计等于各县区之和",
    source=NEEDED,
    reads=("T01",),
    breaks={"mismatch": hard(MISMATCH)},
)
def targets_add_up(book: Book) -> Iterator[Hit]:
    """Where a total is typed, the counties add up to it, bank by bank, once all counties are there."""
    broken = {hit.submission for hit in targets_complete(book)}
    yield from (hit for hit in mismatches(book) if hit.submission not in broken)
