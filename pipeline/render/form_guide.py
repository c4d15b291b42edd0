"""How to fill a form in 「填报说明」: by when, what each figure means, what is checked, what is new since last year."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.own_sheets import GUIDE, RELATIONS
from pipeline.render.form_content import BlankForm, Guide
from pipeline.render.form_looks import SIZE
from pipeline.render.form_own import OwnSheet
from pipeline.render.measure import height, lines

_WIDTHS = (9.0, 38.0, 10.0, 12.0, 58.0, 28.0)
_FIRST = 3
_LAST = len(_WIDTHS) - 1
_EACH = (*((col, col) for col in range(_LAST - 1)), (_LAST - 1, _LAST))


def write_guide(own: OwnSheet, form: BlankForm, guide: Guide) -> None:
    """Write the sheet; the longest table comes last, and its header stands on every page."""
    _begin(own, f"{GUIDE}：{form.title}")
    row = _FIRST
    for number, step in enumerate(guide.steps, start=1):
        row = _across(own, row, f"{number}. {step}")
    row = _across(own, row + 1, guide.basis)
    heading = f"与{guide.changes_since}相比的变化"
    row = _table(own, row + 1, heading, ("类别", "项目", "变化"), guide.changes, ((0, 0), (1, 1), (2, _LAST)))
    if not guide.changes:
        row = _across(own, row, "没有变化。")
    told = [(one.no, one.label, one.unit, one.duty, one.meaning) for one in guide.meanings]
    own.sheet.repeat_rows(row + 2)
    _table(own, row + 1, "各栏填什么", ("序号", "栏目", "计量单位", "填报要求", "含义"), told, _EACH)


def write_relations(own: OwnSheet, form: BlankForm, guide: Guide) -> None:
    """Write the sheet of edit rules; its title must not be that of the checks, which may hold formulas."""
    _begin(own, f"{GUIDE}（{RELATIONS}）：{form.title}")
    header = ("代码", "审核关系", "性质", "关系式", "何时审核")
    own.sheet.repeat_rows(_FIRST)
    own.sheet.freeze_panes(_FIRST + 1, 0)
    _table(own, _FIRST - 1, "", header, guide.relations, ((0, 0), (1, 1), (2, 3), (4, 4), (5, 5)))


def _begin(own: OwnSheet, title: str) -> None:
    for col, width in enumerate(_WIDTHS):
        own.sheet.set_column(col, col, width)
    own.words(0, 0, title, "heading")
    own.sheet.set_row(0, height(1, 13) + 4)


def _across(own: OwnSheet, row: int, sentence: str) -> int:
    own.across(row, 0, _LAST, sentence, "note")
    own.sheet.set_row(row, height(lines(sentence, sum(_WIDTHS) * 0.95, SIZE), SIZE))
    return row + 1


def _table(
    own: OwnSheet,
    row: int,
    heading: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    spans: Sequence[tuple[int, int]],
) -> int:
    """A table below its heading, each of its columns over a span of the sheet's; the result is the row below."""
    if heading:
        own.words(row, 0, heading, "heading")
        own.sheet.set_row(row, height(1, 13))
    if not rows:
        return row + 1
    widths = [sum(_WIDTHS[left : right + 1]) for left, right in spans]
    for number, line in enumerate([header, *rows], start=row + 1):
        look = "header" if number == row + 1 else "cell"
        for (left, right), text in zip(spans, line, strict=True):
            if right > left:
                own.across(number, left, right, text, look)
            else:
                own.words(number, left, text, look)
        taken = max(lines(text, width * 0.9, SIZE) for text, width in zip(line, widths, strict=True))
        own.sheet.set_row(number, height(max(1.0, taken * 1.12), SIZE) + 2)
    return row + 2 + len(rows)
