"""What comes with a workbook besides its cells, in the words that all formats share: nothing of it is run or opened."""

from __future__ import annotations

from collections.abc import Iterable

STORED = "用的是文件里存储的值。"
MACROS = f"文件带有宏，宏没有运行，{STORED}"
LINKS = f"文件带有指向外部工作簿或其他程序的链接，没有打开，{STORED}"


def unread(found: Iterable[tuple[str, int]]) -> list[str]:
    """One sentence on what holds contents of its own that are not read: (`图片{count}幅`, how many)."""
    said = "、".join(words.format(count=count) for words, count in found if count)
    return [f"文件里有{said}，其中的内容没有读取。如其中有数据，请填写在单元格里。"] if said else []
