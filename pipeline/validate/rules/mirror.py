"""What a bank says of a county against what the county's finance office says of that bank (A17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding

BANKS, COUNTIES = "M01", "C01"
MIRRORED = (
    ("mirror_outstanding_amount", "outstanding_amount"),
    ("mirror_disbursed_amount_ytd", "disbursed_amount_ytd"),
    ("mirror_disbursed_households_ytd", "disbursed_households_ytd"),
)


@rule(
    "A17",
    level=3,
    title="银行报表与县区报表中该行的数一致",
    source=DUTY,
    reads=(BANKS, COUNTIES),
    needs=(Need.OTHER_FORMS,),
    across=True,
    breaks={
        "differs": soft(
            "{area}“{indicator}”填报{value}，{bank}的报表为{expected}，相差{difference}{allowed}{also}。"
            "请与该行核对，填错的一方更正后重新报送；口径不同的，请说明原因。"
        )
    },
)
def statement_and_mirror_agree(books: Mapping[str, Book]) -> Iterator[Hit]:
    """Outstanding, and households and amounts disbursed this year; one finding a county and institution.

    A statement in force has passed the equations over time, and a mirror has none: the finding is the county's, at the
    first figure that differs.
    """
    banks, counties = books[BANKS], books[COUNTIES]
    by_place = _by_place(banks)
    found: dict[int, list[Hit]] = {}
    for mirror, code in MIRRORED:
        said = counties.natural(mirror)
        for row in counties.where(said.notna()):
            record = counties.records[row]
            theirs = by_place.get((counties.submissions[record.submission].period, record.area, record.institution), [])
            if not theirs or banks.natural(code).iloc[theirs].isna().any():
                continue
            hit = _difference(banks, counties, (mirror, code), row, theirs)
            if hit is not None:
                found.setdefault(row, []).append(hit)
    for hits in found.values():
        first, *others = hits
        also = "、".join(f"“{counties.label(hit.indicator)}”" for hit in others)
        yield replace(first, words={**first.words, "also": f"；{also}也不一致" if also else ""})


def _by_place(banks: Book) -> dict[tuple[str, str, str], list[int]]:
    """(period, area, institution) → the rows of the statements."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in banks.where(banks.added):
        record = banks.records[row]
        key = (banks.submissions[record.submission].period, record.area, record.institution)
        found.setdefault(key, []).append(row)
    return found


def _difference(banks: Book, counties: Book, codes: tuple[str, str], row: int, theirs: list[int]) -> Hit | None:
    mirror, code = codes
    total = sum(int(banks[code].iloc[at]) for at in theirs)
    off = abs(int(counties[mirror].iloc[row]) - total)
    steps = [int(counties.rows["step"].iloc[row]), *(int(banks.rows["step"].iloc[at]) for at in theirs)]
    allowed = sum(step for step in steps if step > 1) if banks.form.by_code[code].is_amount else 0
    if off * 2 <= allowed:
        return None
    unit = banks.unit(banks.records[theirs[0]].submission)
    month = counties.months[counties.records[row].submission]
    return counties.hit(
        "differs",
        row,
        mirror,
        total,
        bank=unit.name(month) if unit else "",
        difference=counties.say(mirror, off),
        allowed=rounding(counties, mirror, allowed),
        also="",
    )
