"""What is told of a file that names the wrong month or unit: what it says, and all that speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.model import Submission
from pipeline.periods import Month
from pipeline.render.letters import day_shown
from pipeline.validate.neighbours import STATEMENT


def of_period(
    sent: Submission,
    said: Month,
    meant: Month,
    *,
    name: str,
    made_out: date | None,
    received: str,
    by_figures: bool,
    renewed: bool,
    again: bool,
) -> str:
    """The heading's month is not the one meant.

    Args:
        sent: the submission as it was read.
        said: what its heading says.
        meant: of which month it seems to be.
        name: what the file or the mail is called, if that names the month meant.
        made_out: 报出日期, if that month was collected then.
        received: the day of receipt, if that month was collected then.
        by_figures: whether its figures are that month's.
        renewed: whether it is words, of which some had come for the month that it says.
        again: whether they were sent before, for the month that it says.
    """
    if again and name:
        return (
            f"{_named(name)}，表内报告期和各项数字却是已报过的{said.label}的：疑似把{said.label}的文件改名发来。"
            f"{said.label}原报的数不变。请改报{meant.label}的数，重新报送；确是更正{said.label}的，请把文件名改成{said.label}。"
        )
    reasons = [
        _named(name) if name else "",
        f"报出日期是{day_shown(made_out)}" if made_out else "",
        f"收到时（{received}）正在报{meant.label}的报表" if received else "",
        _by_figures(sent, meant) if by_figures else "",
        f"{said.label}的此前已经报过" if renewed else "",
    ]
    return (
        f"报告期写作{said.label}，而{'，'.join(filter(None, reasons))}：疑似报告期写错，应为{meant.label}。"
        f"没有作为{said.label}的报表采用，{said.label}原报的数不变。请改正报告期后重新报送；"
        f"确是更正{said.label}的，请把文件名和表内都写成{said.label}。"
    )


def _by_figures(sent: Submission, meant: Month) -> str:
    if sent.form == STATEMENT:
        return f"月初余额与{meant.previous.label}报表的期末余额相同"
    return f"所填各银行的数与各银行{meant.label}的报表相同"


def of_unit(sent: Submission, heading: str, meant: str, names: Sequence[str], *, by_figures: bool) -> str:
    """The heading's unit is not the sender.

    Args:
        sent: the submission as it was read.
        heading: whom its heading names.
        meant: who seems to have sent it.
        names: what the file, the mail, the sheet or the signature says, as it was found.
        by_figures: whether its figures are those of the unit meant; else the heading's unit has sent its own.
    """
    month = Month.parse(sent.period)
    figures = (
        f"月初余额与{meant}{month.previous.label}报表的期末余额相同"
        if sent.form == STATEMENT
        else f"所填各银行的数与各银行在{meant}所在县区的数相同"
    )
    reasons = [*map(_named, names), figures if by_figures else f"{heading}已另报了自己的报表"]
    return (
        f"填报单位写作{heading}，而{'，'.join(reasons)}：疑似填报单位写错，应为{meant}。"
        f"没有作为{heading}的报表采用。请核对是否用错了表，改正填报单位后重新报送。"
    )


def of_nobody(heading: str, others: Sequence[str], names: Sequence[str]) -> str:
    """Whether the heading's unit or another one has sent it, nothing tells."""
    said = "，".join(map(_named, names)) or f"也可能是{'、'.join(others)}的"
    return (
        f"填报单位写作{heading}，而{said}，看不出是哪一家的报表：没有采用，也没有退给任何一家。"
        "请收表的一方问清是谁报来的，请该单位改正填报单位或文件名后重新报送。"
    )


def _named(said: str) -> str:
    """「文件名：甲.xlsx」 as a phrase; what is no name stands as it was found."""
    where, colon, name = said.partition("：")
    return f"{where}是《{name}》" if colon else f"表中又写有{said}"
