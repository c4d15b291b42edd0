"""Headings of an upright form's value columns: which span of the form they name, and which are other figures'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.ingest import heading_times
from pipeline.ingest.area_words import is_reckoned
from pipeline.ingest.header_lines import bare_head
from pipeline.ingest.heading import packed
from pipeline.ingest.heading_times import as_form_says, is_of_other_time
from pipeline.model import Cell
from pipeline.periods import Month

_FILLING = re.compile(r"(?:数据|数值|数额|金额|合计|发生额|发生数|发生|数)$")
"""What a heading may add to a span of time without saying anything more: 本月金额, 期末余额合计."""
_UNLIKE = re.compile(r"计划|目标|任务|预算|预计")
_CURRENT = re.compile(r"本月|本期|当月|当期|本季|本年(?!度?(?:计划|目标|任务))")
_NEUTRAL = frozenset({"本期", "本期数", "当期", "当期数", "报告期", "报告期数"})
"""Words that say no more than that the figures are this statement's: another word of the path says the span."""
_SPANS_OF_FORM = frozenset({"本月", "当月", "月末", "期末", "本月末", "当月末", "本期末", "当期末"})


def said(cell: Cell) -> str:
    """The words of a header cell; a month that was typed as one (2018年3月) is stored as a day."""
    day = cell.value
    if not isinstance(day, date):
        return str(day)
    closes = day.day == Month(day.year, day.month).last_day.day
    return f"{day.year}年{day.month}月{'末' if closes else ''}"


def span_of(text: str, spans: Mapping[str, str], month: Month | None) -> str | None:
    """Which span of time a heading names as the statement's own; None where it names none, or another time's."""
    bare = bare_head(packed(text))
    readings = (bare, *(bare_head(words) for words, _ in as_form_says(packed(text), month)))
    return next((spans[one] for words in readings for one in (words, _FILLING.sub("", words)) if one in spans), None)


def is_own_time(text: str, month: Month | None) -> bool:
    """Whether a heading says the statement's own month or year, or 本期, and nothing else."""
    bare = packed(text)
    return bare in _NEUTRAL or (bare not in _SPANS_OF_FORM and heading_times.is_own_time(bare, month))


def is_of_others(cells: Sequence[Cell], month: Month | None) -> Cell | None:
    """The heading by which a column is of other figures than the month's: another time's, planned or reckoned ones."""
    texts = [packed(said(cell)) for cell in cells]
    if texts and is_reckoned(texts):
        return cells[-1]
    for cell, text in zip(cells, texts, strict=True):
        if is_of_other_time(text, month) or (_UNLIKE.search(text) and not _CURRENT.search(text)):
            return cell
    return None
