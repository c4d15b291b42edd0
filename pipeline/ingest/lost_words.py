"""Files whose Chinese was lost before they came: an export in an encoding without it wrote question marks."""

from __future__ import annotations

import re

from pipeline.model import CellKind, Grid

_LOST = re.compile(r"[?\ufffd]{2}|锟斤拷|ï¿½")
"""What encodings write for characters that they do not have: ??, ��, and these read as GB18030 or Windows-1252."""
_WORD = re.compile(r"[^\W\d_]|[?\ufffd]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_FEWEST = 3


def words_are_lost(grid: Grid) -> bool:
    """Whether no cell holds Chinese, and most of those with words hold what stands for lost characters."""
    texts = [str(c.value) for sheet in grid.sheets for c in sheet.cells.values() if c.kind is CellKind.TEXT]
    if any(_CHINESE.search(text.replace("锟斤拷", "")) for text in texts):
        return False
    lost = sum(_LOST.search(text) is not None for text in texts)
    return lost >= _FEWEST and 2 * lost > sum(_WORD.search(text) is not None for text in texts)
