"""Who is reported on, and whether all that is owed is there (A16)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from pipeline.catalog.registers import ReportingUnit
from pipeline.validate.columns import failures
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import true
from pipeline.validate.owed import RATE, is_required, lends_nothing, owed
from pipeline.validate.registry import DUTY, hard, rule

_ODD_TOTAL = re.compile(r"(?:全市)?(?:合计|总计|共计)|全市|全辖")
"""How the label of a sum begins that is not of all areas: 合计(不含高新区)."""


@rule(
    "A16",
    level=1,
    title="应报县区各报一次，必填指标不留空",
    subject="县区和栏目",
    source=DUTY,
    reads=("M01", "C01"),
    breaks={
        "missing_area": hard("缺少{area}。{unit}应当报送该县区：请补上这一行，没有业务的各栏填0，然后重新报送。"),
        "doubled_area": hard(
            "{area}报了不止一次（第二次在单元格{cell}）{lacking}。请只保留正确的一行，改正后重新报送。"
        ),
        "unknown_area": hard(
            "“{name}”不是登记的县区，这一行没有计入{lacking}。请改用规范的县区名称，或删去这一行后重新报送。"
        ),
        "odd_total": hard(
            "“{name}”不是全部县区的合计，这一行没有计入。合计应为全部县区之和（其中项不另加）：核对无误的请只写“合计”，否则请改正或删去这一行，然后重新报送。"
        ),
        "foreign_area": hard("{area}不在{unit}的报送范围内{lacking}。请核对是否填错县区，改正后重新报送。"),
        "empty_row": hard("{area}的必填指标全部空白。空白表示未报，不等于0：请补填，没有业务的各栏填0，然后重新报送。"),
        "missing_column": hard("表中没有“{indicator}”一栏（竖式表为一行）。请补上后重新报送，没有发生的填0。"),
        "empty_column": hard("“{indicator}”整栏空白。空白表示未报，不等于0：请补填后重新报送，没有发生的填0。"),
        "blank": hard("{area}的“{indicator}”空白{also}。空白表示未报，不等于0：请补填后重新报送，没有发生的填0。"),
        "no_rate": hard(
            "{area}本年累计发放{lent}，但“{indicator}”空白。请补填本年发放贷款的加权平均年利率后重新报送。"
        ),
        "rate_of_nothing": hard(
            "{area}本年没有发放贷款，但“{indicator}”填了{value}。没有发放时应当留空：请核对发放数和利率，改正后重新报送。"
        ),
    },
)
def areas_expected(book: Book) -> Iterator[Hit]:
    """Every area that the register expects of this unit once; none missing, doubled, unknown; blank is not 0."""
    blanks = [(f.row, f.indicator) for f in failures(book) if f.kind == "blank"]
    empty = _empty_rows(book, blanks)
    yield from area_faults(book, empty.values())
    yield from _missing_columns(book)
    yield from _blanks(book, blanks, empty)
    yield from _rates_of_nothing(book)


def area_faults(book: Book, empty: Iterable[Hit] = ()) -> Iterator[Hit]:
    """Rows that are missing, `empty`, doubled, unknown, or about another unit's area.

    What is missing beside a row that is none of ours most likely stands in that row: it is told there.
    """
    first_row: dict[int, dict[str, int]] = {}
    for row, record in enumerate(book.records):
        if not record.total:
            first_row.setdefault(record.submission, {}).setdefault(record.area, row)
    missing = {number: list(hits) for number, hits in groupby(sorted(empty, key=_submission_of), _submission_of)}
    odd: list[Hit] = []
    for submission, sent in enumerate(book.submissions):
        unit = book.unit(submission)
        if unit is not None and not (sent.nil and not sent.observations):
            present, said = first_row.get(submission, {}), _name(book, submission, unit)
            for area in unit.areas:
                if area not in present:
                    missing.setdefault(submission, []).append(book.remark("missing_area", submission, area, unit=said))
            for area in sorted(area for area in present if not _covers(book, unit, area)):
                at = next(iter(book.origins[present[area]].values()))
                odd.append(book.remark("foreign_area", submission, area, at=at, unit=said))
    for record, at in book.doubled.items():
        area = "" if record.total else record.area
        odd.append(book.remark("doubled_area", record.submission, area, at=at, cell=at.cell))
    for (submission, name), at in book.strangers.items():
        what = "odd_total" if _ODD_TOTAL.match(name) else "unknown_area"
        odd.append(book.remark(what, submission, f"unknown:{name}", at=at, name=name))
    yield from told_with(odd, missing)


def _submission_of(hit: Hit) -> int:
    return hit.submission


_SUMS, _EMPTY = ("odd_total",), "empty_row"


def told_with(odd: Iterable[Hit], missing: Mapping[int, Sequence[Hit]]) -> Iterator[Hit]:
    """Rows that are no area of ours, with what is missing in their submission; what is missing under the first."""
    first: dict[int, Hit] = {}
    for hit in odd:
        is_place = hit.kind not in _SUMS and bool(hit.area)
        lacking = _lacking(missing.get(hit.submission, ())) if is_place else ""
        told = replace(hit, words={**hit.words, "lacking": lacking})
        if lacking:
            first.setdefault(hit.submission, told)
        yield told
    for submission, hits in missing.items():
        yield from (replace(hit, under=first.get(submission)) for hit in hits)


def _lacking(missing: Sequence[Hit]) -> str:
    empty, absent = (
        "、".join(dict.fromkeys(hit.words["area"] for hit in missing if (hit.kind == _EMPTY) == is_empty))
        for is_empty in (True, False)
    )
    told = f"；而{empty}一行全部空白，疑似数字没有填在县区名称的同一行" if empty else ""
    if not absent:
        return told
    if "、" not in absent:
        return f"；应报的{absent}却没有，疑似名称写错{told}"
    return f"；应报的{absent}却没有，请核对是否名称写错，漏报的请补上{told}"


def _covers(book: Book, unit: ReportingUnit, area: str) -> bool:
    known = book.catalog.areas.by_id.get(area)
    return area in unit.areas or (known is not None and known.within in unit.areas)


def _name(book: Book, submission: int, unit: ReportingUnit) -> str:
    return unit.name(book.months[submission])


# ------------------------------------------------------------------ blanks


def _missing_columns(book: Book) -> Iterator[Hit]:
    seen = {(book.records[row].submission, code) for row, origin in enumerate(book.origins) for code in origin}
    for column in book.form.columns:
        if not is_required(column) or column.by_institution or column.repeatable:
            continue
        for submission in np.unique(book.position[owed(book, column)]):
            if (submission, column.code) not in seen:
                yield book.remark("missing_column", submission, indicator=column.code)


def _empty_rows(book: Book, blanks: Sequence[tuple[int, str]]) -> dict[int, Hit]:
    """By row, in their order, what is told of one that is blank throughout."""
    always = {column.code for column in book.form.columns if column.required}
    in_row = Counter(row for row, code in blanks if code in always)
    found = {}
    for row in sorted(row for row, count in in_row.items() if count == len(always & set(book.origins[row]))):
        first = next(at for code, at in book.origins[row].items() if code in always)
        found[row] = book.remark(_EMPTY, book.records[row].submission, book.records[row].area, at=first)
    return found


def _blanks(book: Book, blanks: Sequence[tuple[int, str]], empty: Collection[int]) -> Iterator[Hit]:
    """Blank cells; a column that is blank throughout is one finding."""
    in_column = Counter((book.records[row].submission, code) for row, code in blanks)
    rows_of = Counter(book.position[book.added].tolist())
    said = set()
    for row, code in blanks:
        place = (book.records[row].submission, code)
        if row in empty or place in said:
            continue
        if in_column[place] == rows_of[place[0]] > 1:
            said.add(place)
            yield book.remark("empty_column", place[0], indicator=code, at=book.origins[row][code])
        elif code == RATE:
            lent = book.say("disbursed_amount_ytd", int(book.now("disbursed_amount_ytd")[row]))
            yield book.hit("no_rate", row, code, lent=lent)
        else:
            raw = book.origins[row][code].raw
            yield book.hit("blank", row, code, also=f"（只填了“{raw}”）" if raw else "")


def _rates_of_nothing(book: Book) -> Iterator[Hit]:
    """A rate where nothing was lent; a zero says nothing and passes."""
    for row in book.where(true(book.now(RATE) > 0) & lends_nothing(book)):
        yield book.hit("rate_of_nothing", row, RATE)
