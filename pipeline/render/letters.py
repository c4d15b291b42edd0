"""The one door to docxtpl: letters from Word templates that the office edits; text is text, whatever it says.

Tags are filled by the same strict jinja as our pages: sandboxed, everything escaped, nothing undefined. Large tables
are not made of tags: they come in the place of a paragraph that the template marks for them.

The templates of the house follow the letter format 「信函格式」 of GB/T 9704-2012, 10.1: the issuer 30 mm below the
edge, double red lines of 170 mm under it and at the foot of the first page, the number at the right below the first, no
page number on the first page, no 印发机关 and 印发日期 at the end. Other measures are those of its chapters 5 and 7.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.render.stamp import Stamp
from pipeline.render.template import path_of, told_of, word_environment
from pipeline.render.word import Lines, Paper
from pipeline.render.word_tags import mended

LOOKS = ("有线表", "表头", "表文", "表中")
"""Styles of a table, its header, text that is set left, and text that is centred: every letter template has them."""


_ROOM = "\u3000\u3000"
"""Where the office writes a letter's number by hand: it keeps the register of what it sends."""
_SHORT = 400
"""Rows of a letter with fewer characters stay on one page: they are read and signed one by one."""


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table of a letter: headers, cells of one text each, widths in mm, and which columns are centred."""

    header: Lines
    rows: Sequence[Lines]
    widths: Sequence[float]
    centred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, by the names that its template knows."""

    values: Mapping[str, object]
    title: str
    office: str
    created: datetime
    tables: Mapping[str, LetterTable] | None = None


Posted = tuple[str, Letter]
"""The template that a letter is written on, a file under templates/, and what it says."""


def letterhead(stamp: Stamp, unit: str) -> dict[str, object]:
    """What every letter of a release says: who writes, to whom, about which month, when."""
    day = date.fromisoformat(stamp.as_of)
    return {
        "标记": "示例数据" if stamp.sample else "",
        "机关": stamp.office,
        "发文字号": f"{stamp.letter_code}〔{day.year}〕{_ROOM}号",
        "单位": unit,
        "报告期": stamp.month.label,
        "日期": day_shown(day),
        "本办联系人": stamp.contact,
    }


def day_shown(day: date) -> str:
    """「2018年4月16日」 (GB/T 9704-2012 7.3.5.4: no leading noughts)."""
    return f"{day.year}年{day.month}月{day.day}日"


def warm_up() -> None:
    """Load what letters need before the first is written."""
    import docxtpl  # noqa: F401

    word_environment()


def letters_bytes(letters: Mapping[str, Posted], own: Path | None = None) -> dict[str, bytes]:
    """Many letters, by the name that each has here.

    Raises:
        TemplateBroken: as for one.
    """
    return {name: letter_bytes(template, letter, own) for name, (template, letter) in letters.items()}


def letter_bytes(template: str, letter: Letter, own: Path | None = None) -> bytes:
    """The template of this name with its tags filled and its tables in place.

    Args:
        template: a file under templates/, for instance `退回通知.docx`.
        letter: what is said.
        own: a folder of the workspace whose templates go before ours.

    Raises:
        TemplateBroken: the template is not there, is no Word document, or asks for what nobody knows.
    """
    tables = letter.tables or {}
    marks = {name: f"〔{name}〕" for name in tables}
    paper = Paper.of(_filled(path_of(template, own), {**letter.values, **marks}), template)
    for name, table in tables.items():
        texts = [LOOKS[3] if at in table.centred else LOOKS[2] for at in range(len(table.widths))]
        rows = [[[text] for text in row] for row in table.rows]
        paper.table_at(marks[name], table.header, rows, table.widths, [*LOOKS[:2], *texts], _SHORT)
    return paper.to_bytes(letter.title, letter.office, letter.created)


def _filled(template: Path, values: Mapping[str, object]) -> bytes:
    from docxtpl import DocxTemplate

    written = io.BytesIO()
    with told_of(template.name, values):
        document = DocxTemplate(io.BytesIO(mended(template.read_bytes(), template.name)))
        document.render(dict(values), word_environment(), autoescape=True)
        document.save(written)
    return written.getvalue()
