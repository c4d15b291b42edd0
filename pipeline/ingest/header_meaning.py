"""What the words over a column mean: the whole path, less what says nothing; None for all else, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.catalog import Meaning
from pipeline.catalog.forms import Column
from pipeline.ingest.calendar_said import is_of_month, is_time, without_time
from pipeline.ingest.header_cells import Header
from pipeline.ingest.header_units import (
    MEASURE_WORDS,
    MONEY_WORDS,
    bare_unit,
    last_level,
    unit_in_brackets,
    units_stated,
)
from pipeline.ingest.heading import packed
from pipeline.ingest.heading_times import (
    COMPARED,
    as_form_says,
    as_if_own,
    fits,
    is_of_other_time,
    stands_at_point,
    sums_to_date,
)
from pipeline.ingest.matching import Words, folded
from pipeline.ingest.measures import contradicts
from pipeline.ingest.nearest import label_of
from pipeline.ingest.observe import Slot
from pipeline.model import Cell
from pipeline.periods import Month

_OF_WHICH = "其中"


def slot_of(header: Header, words: Words, col: int, month: Month | None) -> Slot | None:
    """What a column means; None where its words are unknown, or might mean two things."""
    if col in header.alone:
        return None
    own, whole = header.levels(col), header.path(col)
    if own == whole:
        return _known(header, words, col, own, month)
    alone, carried = _known(header, words, col, own, month), _known(header, words, col, whole, month)
    if carried is None:
        return alone if alone and alone.column.is_text else None
    if alone is None:
        return None if header.groups else carried
    same = (alone.column.code, alone.institution) == (carried.column.code, carried.institution)
    return carried if same else None


def odd_unit(header: Header, slot: Slot, col: int) -> tuple[Cell, str] | None:
    """The heading of this column alone whose unit is none of its indicator's: 授信户数（万元）."""
    for cell in reversed(header.sole(col)):
        units = units_stated(last_level(str(cell.value)))
        if contradicts(slot.column, units):
            return cell, "、".join(units)
    return None


def units_of(header: Header, col: int) -> tuple[str, ...]:
    """The units that the headings of this column alone state."""
    return tuple(dict.fromkeys(unit for cell in header.sole(col) for unit in units_stated(str(cell.value))))


def key_of(header: Header, words: Words, col: int, slot: Slot | None, month: Month | None) -> str:
    """The words of a column by which it is known again: without what says nothing, without units in cells of their own.

    Where these words alone would not tell what the column is, the form's own for it.
    """
    levels = header.path(col)
    told = [
        level
        for number, level in enumerate(levels)
        if not bare_unit(level)
        and not says_nothing(level, words, month, is_last=number == len(levels) - 1, is_over_all=False)
    ]
    key = "/".join(told or levels)
    if slot and words.meaning(key) != (slot.column.code, slot.institution):
        return label_of(words, (slot.column.code, slot.institution))
    return key


@dataclass(frozen=True, slots=True)
class Foreign:
    """A column that would be known but for one heading over it: other figures than the form asks for."""

    slot: Slot
    heading: Cell
    is_cause: bool = True
    """Whether the heading is what is not understood, not something below it."""


def foreign_to(
    header: Header, words: Words, col: int, month: Month | None, understood: Collection[Cell] = ()
) -> Foreign | None:
    """What an unknown column would be without one of its upper headings; None where no heading is the cause.

    A heading over columns that are known is `understood`: it comes last, and is not what makes another one strange.
    """
    lowest = header.own(col)[-1]
    for cell in sorted(header.over_column(col), key=lambda cell: cell in understood):
        rest = [level for level in header.path(col) if packed(level) != packed(str(cell.value))]
        if cell != lowest and rest and (slot := _known(header, words, col, rest, month)):
            return Foreign(slot, cell, is_cause=cell not in understood)
    return None


def other_time(header: Header, words: Words, col: int, month: Month | None, known: Collection[Meaning]) -> Cell | None:
    """The heading by which an unknown column is another time's; None where it may be what the form asks for."""
    over = header.over_column(col)
    heading = next((cell for cell in over if is_of_other_time(packed(str(cell.value)), month)), None)
    if heading is None:
        return None
    for which in (0, 1):
        own = (as_if_own(level)[which] if is_of_other_time(level, month) else level for level in header.path(col))
        if slot := _known(header, words, col, [level for level in own if level], None):
            return heading if (slot.column.code, slot.institution) in known else None
    if not stands_at_point(header.words(col)):
        return None  # Of a flow that is not told by name no other column need be there.
    required = {column.code for column in words.form.columns if column.required}
    return heading if required and required <= {code for code, _ in known} else None


def year_so_far(header: Header, words: Words, col: int, month: Month | None, known: Collection[Meaning]) -> Slot | None:
    """What 截至3月末累计 is where the sums of all years stand in another column: this year's."""
    path = header.path(col)
    for number, level in enumerate(path):
        if both := sums_to_date(level, month):
            ytd, cum = (_known(header, words, col, [*path[:number], said, *path[number + 1 :]], month) for said in both)
            is_sure = ytd and cum and fits(ytd.column, "ytd") and (cum.column.code, cum.institution) in known
            return ytd if ytd and is_sure and (ytd.column.code, ytd.institution) not in known else None
    return None


def odd_heading(header: Header, words: Words, col: int, month: Month | None, understood: Collection[Cell]) -> Cell:
    """Of the cells over an unknown column the highest whose words are not understood; else the lowest of its own."""
    known = {packed(str(cell.value)) for cell in understood}
    lowest = header.own(col)[-1]
    for cell in header.over_column(col):
        text = str(cell.value).strip()
        silent = says_nothing(text, words, month, is_last=cell == lowest, is_over_all=False) or bare_unit(text)
        if packed(text) not in known and not silent:
            return cell
    return lowest


def _known(header: Header, words: Words, col: int, levels: Sequence[str], month: Month | None) -> Slot | None:
    return (
        _as_said(header, words, col, levels, month)
        or _in_own_group(header, words, col, levels, month)
        or _at_own_time(header, words, col, levels, month)
    )


def _at_own_time(header: Header, words: Words, col: int, levels: Sequence[str], month: Month | None) -> Slot | None:
    """What a column is whose heading says the table's own time in place of the form's words: 1-3月累计."""
    words = replace(words, paths=words.own)
    for number, level in enumerate(levels):
        for said, kind in as_form_says(level, month):
            if kind in COMPARED and not all(map(bare_unit, levels[number + 1 :])):
                continue  # Over several columns it may be that all of them are of that time.
            rest = list(dict.fromkeys((*levels[:number], said, *levels[number + 1 :])))
            slot = _as_said(header, words, col, rest, month) or _in_own_group(header, words, col, rest, month)
            if slot and fits(slot.column, kind):
                return slot
    return None


def _in_own_group(header: Header, words: Words, col: int, levels: Sequence[str], month: Month | None) -> Slot | None:
    """What a column is without a heading that names only the part of the form in which it stands: 逾期情况.

    By the form's own words: 累计发放 is of all years in one bank's tables alone.
    """
    words = replace(words, paths=words.own) if len(levels) > 1 else words
    for number, level in enumerate(levels[:-1]):
        rest = [*levels[:number], *levels[number + 1 :]]
        slot = _as_said(header, words, col, rest, month)
        if slot and _core(level) in _groups_of(slot.column):
            return slot
    return None


_OF_ANY_GROUP = re.compile(r"贷款|情况|统计|数据|指标")


def _core(heading: str) -> str:
    """A heading without what any heading of this form may say: 逾期贷款情况 is 逾期."""
    return "" if _OF_WHICH in heading else _OF_ANY_GROUP.sub("", folded(heading))


@cache
def _spelt_groups(spellings: tuple[str, ...]) -> frozenset[str]:
    levels = (level for text in spellings for level in folded(text).split("/")[:-1])
    return frozenset(map(_core, levels)) - {""}


def _groups_of(column: Column) -> frozenset[str]:
    """The headings under which the form itself knows an indicator."""
    return _spelt_groups((column.label, *column.aliases))


def _as_said(header: Header, words: Words, col: int, levels: Sequence[str], month: Month | None) -> Slot | None:
    for path in _readings(header, words, col, levels, month):
        # The unit of money is looked for in what is kept here: with the lowest level as it was looked up.
        if slot := words.slot("/".join(path), " ".join([*levels[:-1], path[-1]])):
            return slot
    if words.respelt(said := packed("".join(levels))) == said:
        return None
    for path in _readings(header, words, col, levels, month):
        meant = words.respelt(packed("/".join(path)))
        if slot := words.slot(meant, " ".join([*levels[:-1], path[-1]])):
            return replace(slot, respelt=meant)
    return None


def _readings(
    header: Header, words: Words, col: int, levels: Sequence[str], month: Month | None
) -> Iterator[Sequence[str]]:
    """The same path as it may be looked up: as it stands, without what says nothing, with its unit in brackets."""
    if not levels:
        return
    yield from _spellings(header, col, levels)
    sums = _whole_table(header, col, words) if any(packed(level) in words.totals for level in levels) else set()
    told = [
        level
        for number, level in enumerate(levels)
        if not says_nothing(level, words, month, is_last=number == len(levels) - 1, is_over_all=level in sums)
    ]
    if 0 < len(told) < len(levels):
        yield from _spellings(header, col, told)


def _spellings(header: Header, col: int, path: Sequence[str]) -> Iterator[Sequence[str]]:
    if len(path) > 1 and (unit := bare_unit(path[-1])) and _is_group(header, col):
        yield from ([*path[:-1], f"{measure}{path[-1]}"] for measure in MEASURE_WORDS.get(unit, MONEY_WORDS))
    yield path
    if (last := unit_in_brackets(path[-1])) != path[-1]:
        yield [*path[:-1], last]


def _is_group(header: Header, col: int) -> bool:
    """Whether the heading over this column's lowest words is shared with other columns."""
    cells = header.cells(col)
    return len(cells) > 1 and header.is_shared(cells[-2])


def _whole_table(header: Header, col: int, words: Words) -> set[str]:
    """Headings such as 合计 that stand over every column: then nothing else is in the table that they would add up."""
    others = [c for c in header.columns if c > header.area_col and header.levels(c)]
    over = (cell for cell in header.cells(col) if packed(str(cell.value)) in words.totals)
    return {str(cell.value).strip() for cell in over if header.spans_all(cell, others)}


def says_nothing(level: str, words: Words, month: Month | None, *, is_last: bool, is_over_all: bool) -> bool:
    """Whether a level changes nothing about what is below it: 贷款情况, 2018年3月末 in the table of that month.

    The lowest level says what is measured; only a time may stand there in place of nothing.
    """
    if _OF_WHICH in level:
        return False
    if is_time(level):
        return is_of_month(level, month)
    if is_last:
        return False
    if is_over_all:
        return not words.form.is_by_institution
    said = folded(level)
    rest = without_time(said)
    return words.form.is_silent_heading(rest) and (rest == said or is_of_month(level, month))
