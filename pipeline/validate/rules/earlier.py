"""Earlier months that this month's statement, true to itself, does not go on from (A29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.disowned import LAST_MONTH_BASE, YEAR_START_BASE, Disowned, disowned
from pipeline.validate.equations import OUTSTANDING
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import unknown
from pipeline.validate.needs import Need
from pipeline.validate.past import Source, ordinal
from pipeline.validate.registry import DUTY, rule, soft


@rule(
    "A29",
    level=2,
    title="上月报表的数与本月报表相接",
    subject="上月报表",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "wrong": soft(
            "{area}本月各数相互对得上，只与{month}的报表接不上，疑似{month}的数有误：{cases}。"
            "请核对{month}的报表：有误的，更正后重新报送{month}的报表，本月的不必重报；{month}的数无误的，请改正本月报表。"
        )
    },
)
def earlier_months_go_on(book: Book) -> Iterator[Hit]:
    """Figures in force of last month, or of December, that a statement disowns which is true to itself.

    One finding an area and month, at the base typed here, or at the sum that goes on from another one.
    """
    by_month: dict[tuple[int, int], list[Disowned]] = {}
    for one in disowned(book).figures:
        by_month.setdefault((one.row, one.back), []).append(one)
    for (row, back), figures in sorted(by_month.items()):
        record = book.records[row]
        month = book.months[record.submission].shifted(-back)
        hit = book.hit("wrong", row, _at(book, figures[0]), month=month.label, cases=_cases(book, figures))
        yield replace(hit, cause=Cause.LAST_MONTH_WRONG.name.lower())


def _at(book: Book, one: Disowned) -> str:
    """Where this month's statement says otherwise."""
    base = LAST_MONTH_BASE if one.back == 1 else YEAR_START_BASE
    return base if one.indicator == OUTSTANDING and not unknown(book.now(base))[one.row] else one.indicator


def _cases(book: Book, figures: Sequence[Disowned]) -> str:
    """「《…》工作表“月报表”单元格G21“期末余额/金额”1.00万元，应为2.00万元；单元格E15…」."""
    said, last = [], ""
    for one in figures:
        source = _source(book, one)
        where = f"《{source.file}》工作表“{source.sheet}”" if source else ""
        cell = f"单元格{source.cell}" if source else ""
        before = int(book.base_before(one.indicator, one.back)[one.row])
        said.append(
            f"{where if where != last else ''}{cell}“{book.label(one.indicator)}”{book.say(one.indicator, before)}，"
            f"按本月报表推算应{_meant(book, one)}"
        )
        last = where
    return "；".join(said)


def _meant(book: Book, one: Disowned) -> str:
    least = book.say(one.indicator, one.meant)
    if one.most is None or one.most == one.meant:
        return f"为{least}"
    return f"在{least}至{book.say(one.indicator, one.most)}之间"


def _source(book: Book, one: Disowned) -> Source | None:
    record = book.records[one.row]
    month = ordinal(book.months[record.submission]) - one.back
    return book.past.source((book.submissions[record.submission].unit, record.area, month, one.indicator))
