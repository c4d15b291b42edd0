"""Letters that we write, as who writes them and who reads them again know them: by the header of their table.

People answer a letter with the letter itself: it is no statement, whatever words its list quotes.
"""

from __future__ import annotations

from collections.abc import Iterable

NOTICE = ("序号", "性质", "位置", "问题", "填报数", "应为/推算")
REMINDER = ("序号", "报表", "报告期", "情况", "期限", "已逾期")
RECEIPT = ("编号", "报表", "收到时间", "情况", "文件和校验值（SHA-256前16位）")

_CALLED = {NOTICE: "退回通知", REMINDER: "催报函", RECEIPT: "回执"}


def called(rows: Iterable[tuple[str, ...]]) -> str:
    """What the letter with these rows of cells is called; empty if it is none of ours."""
    return next((_CALLED[row] for row in rows if row in _CALLED), "")
