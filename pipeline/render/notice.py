"""The notice 「退回通知」 to one reporting unit as a letter: what is asked, cell by cell, by what it moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.model import Bound, Severity
from pipeline.model.own_letters import NOTICE
from pipeline.render.harmless import shortened
from pipeline.render.letters import Letter, LetterTable, letterhead
from pipeline.render.marked_content import SHEET, Asked
from pipeline.render.stamp import Stamp

_WIDTHS = (11.0, 15.0, 25.0, 59.0, 23.0, 23.0)
"""156 mm together: the type area of an official page."""
_CENTRED = frozenset({0, 1})
_LONGEST = 2000
_FEW = 40
"""Other cells of a cause whose figures the letter itself proposes: more than a statement of one county has."""
_BOUNDS = (Bound.AT_MOST, Bound.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one unit is told. `forms` and `rejected` are words; `rejected` is empty where nothing is sent back."""

    unit: str
    period: str
    forms: str
    rejected: str
    refused: int
    """How many of its explanations gave no cause."""
    until: str
    asked: tuple[Asked, ...]
    files: tuple[str, ...]
    stamp: Stamp
    unsigned: str = ""
    """A sentence about explanations that count but bear no name; empty where there are none."""
    lost: str = ""
    """A sentence about what the marked workbooks lack of their originals; empty where they lack nothing."""


def notice_letter(notice: Notice) -> Letter:
    """Its words, by the names that the template knows."""
    subject = f"{'退回' if notice.rejected else '核实'}{notice.period}报表"
    values = {
        **letterhead(notice.stamp, notice.unit),
        "事由": subject,
        "报表": notice.forms,
        "问题数": _counted(notice.asked),
        "退回报表": notice.rejected,
        "未受理": notice.refused,
        "未署名": notice.unsigned,
        "未保留": notice.lost,
        "答复期限": notice.until,
        "附件": _attached(notice.files),
        "附件列表": notice.files,
        "强制性": any(one.severity is Severity.HARD for one in notice.asked),
        "核实性": any(one.severity is Severity.SOFT for one in notice.asked),
        "工作表": SHEET,
        "填色": any(one.cell for one in notice.asked),
    }
    rows = [
        (str(number), one.severity.label, _place(one), _question(one), one.value, one.expected)
        for number, one in enumerate(notice.asked, start=1)
    ]
    table = LetterTable(NOTICE, rows, _WIDTHS, _CENTRED)
    title = f"关于{subject}的通知（{notice.unit}）"
    return Letter(values, title, notice.stamp.office, notice.stamp.created, {"问题表": table})


def _counted(asked: tuple[Asked, ...]) -> str:
    """「强制性问题2个、核实性问题1个」."""
    met = Counter(one.severity for one in asked)
    return "、".join(f"{severity.label}问题{met[severity]}个" for severity in Severity if met[severity])


def _place(one: Asked) -> str:
    return "　".join(filter(None, [one.sheet, one.cell])) or "整个文件"


def _question(one: Asked) -> str:
    cells = f"全部单元格：{one.cells}。{_meant(one)}" if one.cells else ""
    return shortened(f"{one.rule}　{one.message}{cells}{one.history}", _LONGEST, "所附工作簿")


def _meant(one: Asked) -> str:
    """What those cells ought to be of which the message does not say so; of many the marked workbook tells it."""
    known = [cell for cell in one.others if cell.cell and cell.expected and cell.expected not in one.message]
    if len(known) > _FEW:
        return "各格应为的数见所附工作簿的批注。"
    told = "，".join(f"{other.cell}{'' if other.expected[0] in _BOUNDS else '为'}{other.expected}" for other in known)
    return f"其余应填：{told}。" if told else ""


def _attached(files: tuple[str, ...]) -> str:
    """「1.甲.xlsx　2.乙.xlsx」; a single one has no number (GB/T 9704-2012 7.3.4)."""
    return files[0] if len(files) == 1 else "　".join(f"{number}.{file}" for number, file in enumerate(files, start=1))
