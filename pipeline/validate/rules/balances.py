"""What is outstanding, and what was lent and repaid so far, against last month and the year's start (A02 to A05)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.validate.disowned import disowned
from pipeline.validate.equations import SINCE_LAST_MONTH, SINCE_YEAR_START, SO_FAR, YEAR_SO_FAR, broken_hits
from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, hard, rule

_DIFFERS = "{area}“{indicator}”{value}，而{sum}，合计应为{expected}，相差{difference}{allowed}。"


@rule(
    "A02",
    level=2,
    title="期末余额＝上月末余额＋本月发放－本月收回－本月核销及代偿＋本月其他变动",
    subject="上月末余额",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "differs": hard(
            _DIFFERS + "请核对这几项，改正后重新报送；是上月报表有误的，请先更正上月报表；"
            "有划入划出、对象调整的，请填入其他变动。"
        )
    },
)
def balance_since_last_month(book: Book) -> Iterator[Hit]:
    """Outstanding is last month's, with what was disbursed, repaid, written off and changed in the month."""
    yield from broken_hits(book, "differs", [SINCE_LAST_MONTH], disowned(book).excuses)


@rule(
    "A03",
    level=2,
    title="期末余额＝年初余额＋本年发放－本年收回－本年核销及代偿＋本年其他变动",
    subject="年初余额",
    source=DUTY,
    reads=("M01",),
    needs=(Need.YEAR_START,),
    breaks={"differs": hard(_DIFFERS + "请核对本年累计各项和余额，改正后重新报送。")},
)
def balance_since_year_start(book: Book) -> Iterator[Hit]:
    """Outstanding is that of December in force, with the same of the year; not run without December's."""
    yield from broken_hits(book, "differs", [SINCE_YEAR_START], disowned(book).excuses)


@rule(
    "A04",
    level=2,
    title="本年累计＝上月的本年累计＋本月（1月：本年累计＝本月）",
    subject="本年累计",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH_OF_THIS_YEAR,),
    breaks={
        "differs": hard(_DIFFERS + "请核对本月数和本年累计数，改正后重新报送；是上月报表有误的，请先更正上月报表。")
    },
)
def year_grows_by_the_month(book: Book) -> Iterator[Hit]:
    """For loans and amounts disbursed, repaid and written off: ytd = last month's ytd + mtd; in January ytd = mtd."""
    yield from broken_hits(book, "differs", YEAR_SO_FAR, disowned(book).excuses)


@rule(
    "A05",
    level=2,
    title="历史累计发放＝上月的历史累计发放＋本月发放",
    subject="历史累计发放",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "differs": hard(_DIFFERS + "请核对本月数和历史累计数，改正后重新报送；是上月报表有误的，请先更正上月报表。")
    },
)
def lending_so_far_grows_by_the_month(book: Book) -> Iterator[Hit]:
    """For amounts disbursed, and loans where they are reported: cum = last month's cum + mtd."""
    yield from broken_hits(book, "differs", SO_FAR, disowned(book).excuses)
