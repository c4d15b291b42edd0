"""Rows of delimited text against their heading: with a delimiter lost, or one too many, figures shift in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.refusal import SEND_EXCEL, Refused

Records = Sequence[Sequence[str]]

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_THOUSANDS = re.compile(r"(?<![.\d])\d{1,3}\x1f\d{3}(?!\d)")
_DECIMALS = re.compile(r"(?<!\d)\d+\x1f\d{1,2}(?!\d)")
"""Two fields that may be one number: 1,234 without quotes, or 30,25 where no figure of the row has a point."""

_NO_ROW_SURE = (
    f"第{{row}}行起每行的列数都比表头多，各数属于哪一列无法确定（多半是千分位逗号没有加引号），没有读取。{SEND_EXCEL}"
)


def unsure_rows(records: Records) -> list[int]:
    """Rows of figures whose columns are not sure; raise Refused where none is sure.

    They have another number of columns than most, and than any heading above them; or they have more than their
    table's heading, even if all of them have: in each a thousands' comma may stand without quotes.
    """
    figures = [row for row, record in enumerate(records) if figures_in(record) > 1]
    usual = _usual_width(records, set(figures))
    unsure, wider = [], 0
    known: set[int] = set()
    head = 0
    for row, record in enumerate(records):
        width = len(record)
        if figures_in(record) <= 1:
            known |= {width} if _filled(record) > 1 else set()
            head = max(head, width) if _is_heading(record) else head
        elif _is_wider(record, head):
            unsure.append(row)
            wider += 1
        elif width != usual and width not in known:
            unsure.append(row)
    if wider == len(figures) > 1:
        raise Refused("F01", _NO_ROW_SURE.format(row=unsure[0] + 1))
    return unsure


def _usual_width(records: Records, figures: set[int]) -> int:
    widths = Counter(len(records[row]) for row in figures)
    stated = {len(record) for row, record in enumerate(records) if row not in figures and _filled(record) > 1}
    return max(widths, key=lambda width: (widths[width], width in stated), default=0)


def _is_heading(record: Sequence[str]) -> bool:
    """Whether a row without figures names columns; a caption has a word or two, or much room between them."""
    return _filled(record) > max(2, len(record) // 2)


def _is_wider(record: Sequence[str], head: int) -> bool:
    """Whether a row has more columns than its heading, and a figure may have moved.

    A remark behind the last column is told by itself, and blank fields there move nothing.
    """
    if not head or len(record) <= head:
        return False
    fields = "\x1f".join(text.strip() for text in record)
    may_be_split = _THOUSANDS.search(fields) or ("." not in fields and _DECIMALS.search(fields))
    return bool(may_be_split) or figures_in(record[head:]) > 0


# ------------------------------------------------------------------ the last row


def ends_in_figures(text: str, records: Records) -> bool:
    """Whether the text ends behind figures, without the end of their line: broken transfers do, and some programs."""
    return text[-1:] not in "\r\n" and figures_in(records[-1]) > 1


def ends_short(text: str, records: Records) -> bool:
    """Whether besides the last figure has fewer decimals than all above it in its column have alike."""
    *above, last = records
    if not ends_in_figures(text, records):
        return False
    col = len(last) - 1
    column = [record[col].strip() for record in above if len(record) > col and figures_in(record) > 1]
    places = {len(text.partition(".")[2]) for text in column if _NUMBER.fullmatch(text)}
    return len(column) > 1 and len(places) == 1 and len(last[col].strip().partition(".")[2]) < max(places)


def figures_in(record: Sequence[str]) -> int:
    """How many fields of a row are numbers."""
    return sum(_NUMBER.fullmatch(text.strip()) is not None for text in record)


def _filled(record: Sequence[str]) -> int:
    return sum(bool(text.strip()) for text in record)
