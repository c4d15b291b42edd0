"""Who sends the measures form Q01, on what paper, in which words, and how often it says 「与上月相同」."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.periods import Month

AS_LAST_MONTH = "与上月相同"

FIRST_MEASURES = Month(2017, 12)
"""The first month that the form is asked for."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A reporting unit of Q01.

    `habits` are those of the two months after a quarter's end: `fresh` words everywhere; `some` items declared as last
    month; `whole`: all of them; `again`: the same items are written out once more, unchanged. At a quarter's end
    everybody writes anew.
    """

    unit: str
    words: str
    """Its table of wordings, `wordings/<words>.yaml`."""
    paper: str
    """`docx` or `xlsx`."""
    joined: bool = False
    """The list of products lies in the same table, under a heading of its own (Word; in Excel it always does)."""
    alias: bool = False
    """The items are called by other names that the form allows."""
    lines: bool = False
    """Each passage has a line of its own."""
    loan: str = "扶贫小额贷款"
    """What it calls the loans."""
    thousands: bool = False
    """Figures are written 1,234.56."""
    same: str = AS_LAST_MONTH
    """How it says that nothing has changed."""
    at_once: bool = False
    """Says so of the whole form in one line below, and leaves the items blank."""
    habits: tuple[str, str] = ("fresh", "fresh")
    quarterly: bool = False
    """Sends at a quarter's end only."""

    def sends(self, month: Month) -> bool:
        """Whether it sends the form for that month."""
        return month >= FIRST_MEASURES and (not self.quarterly or ends_quarter(month))

    def habit(self, month: Month) -> str:
        """How it fills the form in that month."""
        return "fresh" if ends_quarter(month) else self.habits[month.month % 3 - 1]


SENDERS: tuple[Sender, ...] = (
    Sender("abc", "abc", "docx", joined=True, habits=("some", "fresh")),
    Sender("psbc", "psbc", "docx", alias=True, lines=True, loan="小额扶贫贷款", thousands=True),
    Sender("rcb-hanbin", "rcb", "docx", lines=True, habits=("again", "some")),
    Sender("rcb-hanyin", "rcb", "xlsx", loan="扶贫小额信贷"),
    Sender("rcb-shiquan", "rcb", "xlsx", at_once=True, habits=("fresh", "whole")),
    Sender("rcb-ningshan", "rcb", "docx", joined=True, loan="扶贫小额信贷"),
    Sender("rcb-ziyang", "rcb", "docx", loan="精准扶贫小额贷款", same="同上月", habits=("some", "some")),
    Sender("rcb-langao", "rcb", "xlsx", lines=True, habits=("whole", "whole")),
    Sender("rcb-pingli", "rcb", "docx", alias=True, joined=True, habits=("fresh", "again")),
    Sender("rcb-zhenping", "rcb", "xlsx", habits=("whole", "fresh")),
    Sender("rcb-xunyang", "rcb", "docx", loan="小额扶贫贷款", same="与上月一致", habits=("some", "fresh")),
    Sender("rcb-baihe", "rcb", "xlsx", alias=True),
    Sender("dept-poverty", "dept-poverty", "docx", habits=("some", "fresh")),
    Sender("dept-pboc", "dept-pboc", "xlsx", quarterly=True),
)
"""The twelve banks, which owe the form, and two city departments, which need not send it."""

SENDER: dict[str, Sender] = {sender.unit: sender for sender in SENDERS}
"""By reporting unit."""


def ends_quarter(month: Month) -> bool:
    """Whether a quarter ends with that month."""
    return month.month % 3 == 0
