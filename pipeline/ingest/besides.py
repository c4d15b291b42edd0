"""What comes with a workbook besides its cells, in the words that all formats share: nothing of it is run or opened."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap

from pipeline.ingest.formulas import Reach
from pipeline.model import address

STORED = "用的是文件里存储的值。"
MACROS = f"文件带有宏，宏没有运行，{STORED}"
LINKS = f"文件带有指向外部工作簿或其他程序的链接，没有打开，{STORED}"
CONNECTIONS = f"文件带有外部数据连接（数据库、网页等），没有连接、没有刷新，{STORED}"

_PLACES_TOLD = 8
_WORDS_TOLD = 40
_FORMULAS = {
    Reach.DDE: f"{{places}}的公式用 DDE（动态数据交换）向其他程序取数，没有执行，{STORED}",
    Reach.WORKBOOK: f"{{places}}的公式引用外部工作簿，没有打开，{STORED}",
}
_CALLS = f"{{places}}的公式会联网、打开链接或调用其他程序（{{name}}），没有执行，{STORED}"


def unread(found: Iterable[tuple[str, int]]) -> list[str]:
    """One sentence on what holds contents of its own that are not read: (`图片{count}幅`, how many)."""
    said = "、".join(words.format(count=count) for words, count in found if count)
    return [f"文件里有{said}，其中的内容没有读取。如其中有数据，请填写在单元格里。"] if said else []


def outside(kinds: Iterable[str]) -> list[str]:
    """One sentence on what is only referred to; addresses are not told, they may be anything."""
    said = "、".join(sorted(set(kinds)))
    return [f"文件引用了外部（网络或其他文件）的{said}，没有打开。如其中有数据，请填写在单元格里。"] if said else []


def drawn(words: Iterable[str]) -> list[str]:
    """One sentence on words in text boxes and shapes: whoever opens the file sees them, no reader of cells does."""
    text = " ".join("".join(words).split())
    shown = text[:_WORDS_TOLD] + ("…" if len(text) > _WORDS_TOLD else "")
    return [f"文本框或图形里有{len(text)}个字（“{shown}”），没有读取。如是报表内容，请填写在单元格里。"] if text else []


def with_formulas(formulas: Iterable[tuple[str, int, int, Reach]], others: Iterable[str]) -> list[str]:
    """The sentences on formulas, then the others: a link that formulas make is told once, at their cells.

    Of each formula that reaches outside: sheet, row, column, and how.
    """
    places: dict[Reach, list[str]] = {}
    for sheet, row, col, how in formulas:
        places.setdefault(how, []).append(f"“{sheet}”{address(row, col)}")
    linked = _FORMULAS.keys() & places.keys()
    return [*starmap(_reaching, places.items()), *(note for note in others if note != LINKS or not linked)]


def _reaching(how: Reach, places: list[str]) -> str:
    more = f"等{len(places)}个单元格" if len(places) > _PLACES_TOLD else ""
    return _FORMULAS.get(how, _CALLS).format(places="、".join(places[:_PLACES_TOLD]) + more, name=how.value)
