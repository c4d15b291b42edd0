"""How to fill a form in 「填报说明」: by when, what each figure means, what is checked, what is new since last year."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.render.form_content import BlankForm, Guide
from pipeline.render.form_looks import SIZE
from pipeline.render.form_own import OwnSheet
from pipeline.render.measure import height, lines

_WIDTHS = (8.0, 40.0, 9.0, 11.0, 76.0)
_FIRST = 3


def write_guide(own: OwnSheet, form: BlankForm, guide: Guide) -> None:
    """Write the sheet; the result is nothing that is filled in."""
    for col, width in enumerate(_WIDTHS):
        own.sheet.set_column(col, col, width)
    own.words(0, 0, f"填报说明：{form.title}", "heading")
    own.sheet.set_row(0, height(1, 13) + 4)
    row = _FIRST
    for number, step in enumerate(guide.steps, start=1):
        _across(own, row, f"{number}. {step}")
        row += 1
    told = [(one.no, one.label, one.unit, one.duty, one.meaning) for one in guide.meanings]
    row = _table(own, row + 1, "各栏填什么", ("序号", "栏目", "计量单位", "填报要求", "含义"), told)
    relations = [(code, "", "", weight, words) for code, weight, words in guide.relations]
    if relations:
        row = _table(own, row + 1, "审核关系", ("代码", "", "", "性质", "关系式"), relations)
    changes = [("", what, "", "", words) for what, words in guide.changes]
    row = _table(own, row + 1, f"与{guide.changes_since}相比的变化", ("", "项目", "", "", "变化"), changes)
    if not changes:
        _across(own, row, "没有变化。")
        row += 1
    own.words(row + 1, 0, guide.basis, "small")


def _across(own: OwnSheet, row: int, sentence: str) -> None:
    own.across(row, 0, len(_WIDTHS) - 1, sentence, "note")
    own.sheet.set_row(row, height(lines(sentence, sum(_WIDTHS) * 0.95, SIZE), SIZE))


def _table(own: OwnSheet, row: int, heading: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """A table below its heading; columns without a heading are left out by merging; the result is the row below."""
    own.words(row, 0, heading, "heading")
    own.sheet.set_row(row, height(1, 13))
    if not rows:
        return row + 1
    for number, line in enumerate([header, *rows], start=row + 1):
        look = "header" if number == row + 1 else "cell"
        for col, text in enumerate(line):
            own.words(number, col, text, look)
        taken = max(lines(text, width * 0.9, SIZE) for text, width in zip(line, _WIDTHS, strict=True))
        own.sheet.set_row(number, height(max(1, taken), SIZE) + 2)
    return row + 2 + len(rows)
