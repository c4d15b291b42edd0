"""The sheet 「审核」 of a blank form: what is wrong, while it is filled in, and all that is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from pipeline.model import address
from pipeline.model.own_sheets import CHECKS
from pipeline.render.form_blanks import OWED, Blanks, NilMonth, colour_blanks
from pipeline.render.form_copied import copied_checks
from pipeline.render.form_formulas import HARD, SOFT, Check, Formulas
from pipeline.render.form_last import Refs
from pipeline.render.form_own import OwnSheet
from pipeline.render.form_page import Page, absolute
from pipeline.render.form_sums import BROKEN, Sums

NONE, SOME, LACKING = "0 处问题", "有 {} 处问题，见下", "；还有 {} 格没有填"
_HEADLINE, _STEP, _FILLED, _LIST, _LISTED = 2, 3, 4, 5, 12
"""Rows of the sheet; and how many problems its list holds: one printed page."""
_HEADER = ("序号", "编号", "性质", "县(区)", "栏目", "单元格", "说明", "结果")
_ROOM = 44
"""Points of a line of the list: three lines of words, the longest sentence."""
_SHOWN, _HANDFUL = 0.01, 10
"""The place that cells of amounts show, and how many amounts tell where they are rounded (`ingest.observe`)."""
_WIDTHS = (7.0, 8.0, 9.0, 12.0, 28.0, 9.0, 112.0, 9.0)
_STATE = len(_HEADER) - 1
_SENTENCE, _CELL, _WEIGHT = 6, 5, 2
CELLS, STATES, WEIGHTS = "审核单元格", "审核结果", "审核性质"


def write_checks(own: OwnSheet, page: Page, refs: Refs, workbook: Any) -> None:
    """Write the sheet, and make the form's faulty cells turn red."""
    first = _LIST + 1 + _LISTED + 3
    blanks, checks = _checks(page, refs, first)
    for col, width in enumerate(_WIDTHS):
        own.sheet.set_column(col, col, width)
    last = first + max(len(checks), 1) - 1
    own.words(0, 0, f"{CHECKS}：{page.form.title}", "heading")
    _write_headline(own, page, _range(first, last, _STATE))
    own.words(_FILLED, 0, "已经填写的格（一格也没有填的表，不审核漏填）：", "small")
    own.formula(_FILLED, _SENTENCE, f"={blanks.filled_in()}", "small_left", 0)
    _write_list(own, page, first, last)
    _write_all(own, page, checks, first)
    own.sheet.freeze_panes(_HEADLINE + 1, 0)
    own.sheet.print_area(0, 0, _LIST + _LISTED + 1, _SENTENCE)
    own.sheet.repeat_rows(_LIST)
    for name, col in ((CELLS, _CELL), (STATES, _STATE), (WEIGHTS, _WEIGHT)):
        workbook.define_name(name, f"='{CHECKS}'!{_range(first, last, col)}")
    _colour(page)
    colour_blanks(page)


def _checks(page: Page, refs: Refs, first: int) -> tuple[Blanks, list[Check]]:
    """What is checked, in the order in which it is told: blanks come last."""
    nil_month = NilMonth(page)
    nil = nil_month.declared(_states(first))
    sums = Sums(page, refs, _here(_STEP, _SENTENCE), nil)
    blanks = Blanks(page, _here(_FILLED, _SENTENCE), nil)
    states = _states(first)
    told = [*nil_month.checks(states), *copied_checks(sums, states), *Formulas(sums).checks(states)]
    return blanks, [*told, *blanks.checks(states)]


def _states(first: int) -> Iterator[str]:
    return (absolute(row, _STATE) for row in count(first))


def _here(row: int, col: int) -> str:
    return f"'{CHECKS}'!{absolute(row, col)}"


def _range(first: int, last: int, col: int) -> str:
    return f"{absolute(first, col)}:{absolute(last, col)}"


def _write_headline(own: OwnSheet, page: Page, states: str) -> None:
    broken = f'COUNTIF({states},"{BROKEN}")'
    some, lacking = (words.replace("{}", '"&{}&"') for words in (SOME, LACKING))
    blanks = f"SUM({states})"
    formula = f'=IF({broken}=0,"{NONE}","{some.format(broken)}")&IF({blanks}=0,"","{lacking.format(blanks)}")'
    own.merge(_HEADLINE, 0, _SENTENCE, "count")
    own.formula(_HEADLINE, 0, formula, "count", NONE)
    own.sheet.set_row(_HEADLINE, 26)
    if page.amount_blocks():
        own.words(_STEP, 0, f"金额的末位（{page.form.money}），按填写的数推定，供容许四舍五入的差：", "small")
        own.formula(_STEP, _SENTENCE, f"={_step(page)}", "small_left", "")
    own.sheet.conditional_format(
        _HEADLINE, 0, _HEADLINE, _SENTENCE,
        {"type": "formula", "criteria": f"={broken}>0", "format": own.looks.bare("wrong")},
    )  # fmt: skip


def _step(page: Page) -> str:
    """The place to which the amounts are rounded, at least the one they were rounded to before.

    The coarsest at which all but a few end: a few may have been left unrounded by a formula. What is exact to the fen
    has none. Where all are whole, or few are filled in, noughts may be nature: then it is what the cells show.
    """
    form = page.form
    blocks = page.amount_blocks()
    usual = 0.0 if form.step <= 1 else form.step / form.fen
    if not blocks:
        return f"{usual:g}"
    filled = "+".join(f"SUMPRODUCT(({block}<>0)*1)" for block in blocks)
    found = "0"
    for places in reversed(range(1, 5)):
        unit = 10.0**-places
        if unit * form.fen <= 1:
            continue
        finer = "+".join(
            f"SUMPRODUCT((ABS({block}*{10**places}-ROUND({block}*{10**places},0))>0.000001)*1)" for block in blocks
        )
        found = f"IF(({finer})*5<={filled},{unit:g},{found})"
    parts = "+".join(f"SUMPRODUCT((ABS({block}-ROUND({block},0))>0.000001)*1)" for block in blocks)
    shown = _SHOWN if _SHOWN * form.fen > 1 else 0.0
    found = f"IF(OR(({parts})=0,({filled})<{_HANDFUL}),{shown:g},{found})"
    return f"MAX({usual:g},IF(({filled})=0,0,IFERROR({found},{usual:g})))"


def _write_list(own: OwnSheet, page: Page, first: int, last: int) -> None:
    """The first problems, one below the other; what is fine leaves no gap, and a line without one no empty boxes."""
    for col, words in enumerate(_HEADER[:_STATE]):
        own.words(_LIST, col, words, "header")
    running = _range(first, last, 0)
    told = absolute(last, 0)
    for number in range(1, _LISTED + 1):
        row = _LIST + number
        at = f"MATCH({number},{running},0)"
        own.formula(row, 0, f'=IF({number}>{told},"",{number})', "listed", "")
        for col in range(1, _STATE):
            said = f"INDEX({_range(first, last, col)},{at})"
            if col == _CELL:
                said = f"HYPERLINK(\"#'{page.form.sheet}'!\"&{said},{said})"
            look = "listed_link" if col == _CELL else "listed_words" if col in (4, _SENTENCE) else "listed"
            own.formula(row, col, f'=IF({number}>{told},"",{said})', look, "")
        own.sheet.set_row(row, _ROOM)
    boxed = {"type": "formula", "criteria": f'=${address(_LIST + 1, 0)}<>""', "format": own.looks.bare("boxed")}
    own.sheet.conditional_format(_LIST + 1, 0, _LIST + _LISTED, _SENTENCE, boxed)
    more = f'还有 "&({told}-{_LISTED})&" 处，见下面逐项审核中结果为“{BROKEN}”或缺格的。'
    own.formula(_LIST + _LISTED + 1, 0, f'=IF({told}>{_LISTED},"{more}","")', "small", "")


def _write_all(own: OwnSheet, page: Page, checks: Sequence[Check], first: int) -> None:
    for col, words in enumerate(_HEADER):
        own.words(first - 1, col, words, "header")
    for row, check in enumerate(checks, start=first):
        above = address(row - 1, 0) if row > first else "0"  # a number, not TRUE: the list looks for 1
        state = address(row, _STATE)
        is_told = f'({state}="{BROKEN}")' if check.label != OWED else f"ISNUMBER({state})"
        own.formula(row, 0, f"={above}+{is_told}", "running", 0)
        for col, words in enumerate((check.code, check.weight, check.area, check.label), start=1):
            own.words(row, col, words, "cell" if col == 4 else "middle")
        own.link(row, _CELL, page.form.sheet, check.cell)
        own.formula(row, _SENTENCE, check.sentence, "cell", "")
        own.formula(row, _STATE, check.state, "state", "")
    bad = {"type": "cell", "criteria": "==", "value": f'"{BROKEN}"', "format": own.looks.bare("wrong")}
    lacking = {
        "type": "formula",
        "criteria": f"=ISNUMBER({address(first, _STATE)})",
        "format": own.looks.bare("lacking"),
    }
    for shown in (bad, lacking):
        own.sheet.conditional_format(first, _STATE, first + len(checks), _STATE, shown)


def _colour(page: Page) -> None:
    """Cells of which something is told: red where it must be corrected, orange where it must be explained."""
    here = f'{CELLS},ADDRESS(MAX(ROW()),MAX(COLUMN()),4),{STATES},"{BROKEN}"'
    places = [*page.places.values(), *page.totals.values(), *([page.nil] if page.nil else [])]
    top, left = min(row for row, _ in places), min(col for _, col in places)
    bottom, right = max(row for row, _ in places), max(col for _, col in places)
    for weight, look in ((HARD, "wrong"), (SOFT, "doubtful")):
        page.sheet.conditional_format(
            top, left, bottom, right,
            {
                "type": "formula", "criteria": f'=COUNTIFS({here},{WEIGHTS},"{weight}")>0',
                "format": page.looks.bare(look), "stop_if_true": True,
            },
        )  # fmt: skip
