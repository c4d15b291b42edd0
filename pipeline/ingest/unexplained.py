"""Figures outside a table that no words beside them explain: data that nobody read, never a title or a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.heading import PERIOD_LABELS, Around, Saying, is_figure, is_month_alone, packed, sayings
from pipeline.model import Cell, CellKind

_TELEPHONE = re.compile(r"(?:电话|手机|传真|联系方式|联系电话及手机)(?:号码?)?")
_PERSON = re.compile(
    r"(?:单位)?(?:主要|分管)?(?:负责人|领导|填表人|填报人|制表人?|审核人?|复核人?|经办人|联系人|统计员).{0,8}"
)
_PHONE_NUMBER = re.compile(r"\d{7,12}|\d{3,4}-\d{7,8}")
_DAY = re.compile(r"(?:日期|时间|年月|月份|期)")
_DAY_TYPED = re.compile(r"(?:19|20)\d{2}(?:\.?(?:0?[1-9]|1[0-2]))?(?:[0-3]\d)?|[34]\d{4}(?:\.\d+)?|1?\d")
"""20180405, 201804, 2018.4, 2018, the serial number of a day, a month."""
_NUMBERED = re.compile(
    r"(?:编号|编码|代码|文号|表号|页码|页数|页次|版本|邮编|邮政编码|序号|附件|附表|第|共|No\.?)(?:号|数)?"
)
_WHOLE = re.compile(r"\d{1,18}")
_COUNTED_IN = re.compile(r"[年月日号页期]")
"""What stands behind a figure that is a part of a date, of a document's number, of 第 1 页."""


def unexplained(line: Sequence[Cell]) -> list[Cell]:
    """The cells of a line outside a table that are neither words nor a day, nor belong to words beside them.

    What a telephone number, a day, the number of a page may look like depends on its label: 联系电话 | 3200000.
    """
    found: list[Cell] = []
    labels: list[str] = []
    for number, cell in enumerate(line):
        behind = packed(str(line[number + 1].value)) if number + 1 < len(line) else ""
        if cell.kind in (CellKind.DATE, CellKind.CONTRADICTED) or (cell.kind is CellKind.TEXT and not is_figure(cell)):
            labels.append(packed(str(cell.value)).rstrip(":"))
        elif not _is_explained(cell, labels, behind) and not is_month_alone(cell, line):
            found.append(cell)
    return found


def _is_explained(cell: Cell, labels: Sequence[str], behind: str) -> bool:
    text = packed(str(cell.value)).removesuffix(".0")
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER):
        return bool(labels) and bool(_DAY.search(labels[-1][-2:]))
    if _PHONE_NUMBER.fullmatch(text) and any(_ends_in(_TELEPHONE, said) or _PERSON.fullmatch(said) for said in labels):
        return True
    if _COUNTED_IN.match(behind) and _WHOLE.fullmatch(text):
        return True
    last = labels[-1] if labels else ""
    if last in PERIOD_LABELS:
        return True
    return bool(
        (_ends_in(_DAY, last) and _DAY_TYPED.fullmatch(text)) or (_ends_in(_NUMBERED, last) and _WHOLE.fullmatch(text))
    )


def _ends_in(words: re.Pattern[str], label: str) -> bool:
    """Whether a label ends in such a word, but for what stands in brackets."""
    bare = re.sub(r"\([^()]*\)$", "", label)
    return any(found.end() == len(bare) for found in words.finditer(bare))


def notes_below(around: Around) -> list[Saying]:
    """What the lines below the last one of figures say without a label."""
    account, rows = around.account, sorted(around.below, reverse=True)
    last = next((row for row in rows if unexplained(account.row(row))), -1)
    return [said for said in sayings(account, (row for row in reversed(rows) if row > last)) if not said.label]
