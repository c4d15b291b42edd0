"""The office's own yearly targets 「目标任务」 (T01-1 to T01-5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.model import Bound
from pipeline.money import FEN_PER_YUAN
from pipeline.validate.columns import failures
from pipeline.validate.frames import Book, Hit, Record
from pipeline.validate.masked import true, unknown
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, hard, rule, soft
from pipeline.validate.rules.areas import told_with
from pipeline.validate.rules.averages import average_words
from pipeline.validate.rules.totals import MISMATCH, mismatches

TARGET, HOUSEHOLDS = "target_amount", "target_households"
BOTH = (TARGET, HOUSEHOLDS)
MANY = 10
"""Fewer may be the same by chance."""
BANK_FORM = "M01"
"""Who owes this form in the January of the year has a target."""

NEEDED = f"{WORKING}：完成率、位次按各银行、各县区的目标计算，缺一或填错就无法计算"


@rule(
    "T01-1",
    level=1,
    title="每家银行每个县区的目标各有一个",
    subject="各家目标",
    source=NEEDED,
    reads=("T01",),
    breaks={
        "missing": hard("缺少{area}的目标任务（{bank}）。请补上后重新报送，没有任务的填0。"),
        "missing_bank": hard("没有“{indicator}”一栏：缺少{bank}各县区的目标任务。请补上后重新报送，没有任务的填0。"),
        "doubled": hard(
            "{area}的目标任务填了不止一次（第二次在单元格{cell}）{lacking}。请只保留正确的一行，改正后重新报送。"
        ),
        "unknown": hard(
            "“{name}”不是登记的县区，这一行没有计入{lacking}。请改用规范的县区名称，或删去这一行后重新报送。"
        ),
        "blank": hard("{area}的“{indicator}”空白。空白不等于0：请补填后重新报送，没有任务的填0。"),
    },
)
def targets_complete(book: Book) -> Iterator[Hit]:
    """Each bank and county once, none blank; a county that is missing for several banks is one finding."""
    missing: dict[int, list[Hit]] = {}
    for submission in range(len(book.submissions)):
        missing[submission] = list(_missing(book, submission))
    doubled = {(r.submission, "" if r.total else r.area): at for r, at in reversed(book.doubled.items())}
    odd = [book.remark("doubled", submission, area, at=at, cell=at.cell) for (submission, area), at in doubled.items()]
    odd += [
        book.remark("unknown", place, f"unknown:{name}", at=at, name=name)
        for (place, name), at in book.strangers.items()
    ]
    yield from told_with(odd, {place: [hit for hit in hits if hit.area] for place, hits in missing.items()})
    yield from (hit for hits in missing.values() for hit in hits if not hit.area)
    for failure in failures(book):
        if failure.kind == "blank":
            yield book.hit("blank", failure.row, failure.indicator)


def _missing(book: Book, submission: int) -> Iterator[Hit]:
    """Banks that have no target at all, then counties that lack those of other banks."""
    register, areas = book.catalog.units.institution_by_id, book.catalog.areas.counties
    owing = book.catalog.units.owing(BANK_FORM, book.months[submission])
    expected = {(unit.institution, area) for unit in owing if unit.institution for area in unit.areas}
    there = {(record.institution, record.area) for record in book.records if record.submission == submission}
    absent: dict[str, list[str]] = {}
    for bank in sorted({bank for bank, _ in expected}, key=lambda bank: register[bank].order):
        own = [area.id for area in areas if (bank, area.id) in expected]
        lacking = [area for area in own if (bank, area) not in there]
        if lacking == own:
            yield book.remark("missing_bank", submission, "", f"{TARGET}@{bank}", bank=register[bank].name)
            continue
        for area in lacking:
            absent.setdefault(area, []).append(bank)
    for area in (area.id for area in areas if area.id in absent):
        banks = absent[area]
        place = "" if len(banks) > 1 else f"{TARGET}@{''.join(banks)}"
        yield book.remark("missing", submission, area, place, bank="、".join(register[bank].name for bank in banks))


@rule(
    "T01-2",
    level=1,
    title="目标任务不为负数",
    subject="正负号",
    source=NEEDED,
    reads=("T01",),
    breaks={"negative": hard("{area}“{indicator}”为{value}，不能是负数。请核对，改正后重新报送。", Bound.AT_LEAST)},
)
def targets_not_negative(book: Book) -> Iterator[Hit]:
    """No target is negative."""
    for failure in failures(book):
        if failure.kind == "negative":
            yield book.hit("negative", failure.row, failure.indicator, 0)


@rule(
    "T01-3",
    level=1,
    title="目标任务的合计等于各县区之和",
    subject="目标合计",
    source=NEEDED,
    reads=("T01",),
    breaks={
        "mismatch": hard(MISMATCH),
        "blank": soft(
            "{area}“{indicator}”空白，而合计填报{total}，已填的各县区相加为{sum}{also}。请补填，没有任务的填0；合计有误的，请更正合计；如属实，请说明原因。"
        ),
    },
)
def targets_add_up(book: Book) -> Iterator[Hit]:
    """Where a total is typed, the counties add up to it, bank by bank, once all counties are there.

    Households need not be set; but a total that is not that of the others tells that those of a blank were left out.
    """
    broken = {hit.submission for hit in targets_complete(book)}
    yield from (hit for hit in mismatches(book) if hit.submission not in broken)
    households, amount = book.now(HOUSEHOLDS), book.now(TARGET)
    totals = {(r.submission, r.institution): row for row, r in enumerate(book.records) if r.total}
    blanks = book.where(unknown(households) & true(amount > 0), book.added)
    for first, also in _by_bank(book, blanks):
        record = book.records[first]
        own = [r for r in book.where(book.added) if _key(book.records[r]) == _key(record)]
        total, known = totals.get(_key(record)), int(households[own].filled(0).sum())
        if total is not None and true(households != known)[total]:
            words = {"total": book.say(HOUSEHOLDS, int(households[total])), "sum": book.say(HOUSEHOLDS, known)}
            yield book.hit("blank", first, HOUSEHOLDS, None, also=also, **words)


@rule(
    "T01-4",
    level=1,
    title="目标金额与目标户数相称",
    subject="目标金额与户数",
    source=f"{WORKING}：户均目标按每户上限衡量，差到几十倍的多为金额单位填错，高于上限、不到上限几分之一的多为多写少写一位、两栏填反"
    "（参数 loan_cap_household、unit_slip_*、target_average_least_part）",
    reads=("T01",),
    breaks={
        "average": soft(
            "{area}“{indicator}”{value}、{households}，户均{average}，{direction}每户上限（{cap}）的{times}{also}："
            "疑似金额单位填错（元、万元）。请核对；如属实，请说明原因。"
        ),
        "odd": soft(
            "{area}“{indicator}”{value}、{households}，户均{average}，{direction}每户上限（{cap}）{times}{also}。"
            "请核对是否多写、少写一位，或者金额、户数两栏填反；如属实，请说明原因。"
        ),
        "households": soft(
            "{area}“{indicator}”{value}，目标金额{others}，户均{average}，{direction}每户上限（{cap}）{times}；"
            "与{base}相比，目标金额相称，目标户数不相称，疑似多写、少写一位。请核对；如属实，请说明原因。"
        ),
        "one_zero": soft(
            "{area}“{indicator}”为{value}，而“{other}”为{others}，应当同时为0或同时不为0{also}。请核对；如属实，请说明原因。"
        ),
    },
)
def targets_per_household(book: Book) -> Iterator[Hit]:
    """Amount ÷ households as far from the cap as A13 allows no loan to be, or above it, or a small part of it.

    Both are nought or neither.

    Of one bank one finding each, at its first county. Households need not be set: then nothing is said.
    """
    amount, households = book.now_natural(TARGET), book.now_natural(HOUSEHOLDS)
    cap, factor = book.threshold("loan_cap_household", FEN_PER_YUAN), book.threshold("unit_slip_factor")
    enough = (households >= book.threshold("unit_slip_min_households")) & (amount > 0)
    above = enough & (amount > households * cap * factor)
    below = enough & (amount * factor < households * cap)
    part = book.threshold("target_average_least_part")
    over, under = enough & (amount > households * cap) & ~above, enough & (amount * part < households * cap) & ~below
    for kind, rows, words, times in (
        ("average", above, "高于", factor),
        ("average", below, "低于", factor),
        ("odd", over, "高于", None),
        ("odd", under, "低于", part),
    ):
        for row, also in _by_bank(book, book.where(true(rows))):
            base = compared_with(book, row) if kind == "odd" and not also else ""
            yield book.hit(
                "households" if base else kind,
                row,
                HOUSEHOLDS if base else TARGET,
                households=book.say(HOUSEHOLDS, int(households[row])),
                others=book.say(TARGET, int(amount[row])),
                average=average_words(Fraction(int(amount[row]), int(households[row]))),
                cap=book.say(TARGET, int(cap[row])),
                direction=words,
                times="" if times is None else f"{times[row]}{'倍' if words == '高于' else '分之一'}",
                base=base,
                also=also,
            )
    for row, also in _by_bank(book, book.where(true((amount == 0) != (households == 0)))):
        others = book.say(HOUSEHOLDS, int(households[row]))
        label = book.label(book.place(HOUSEHOLDS, row))
        yield book.hit("one_zero", row, TARGET, other=label, others=others, also=also)


def compared_with(book: Book, row: int) -> str:
    """By what households that do not go with their amount are the ones that are off; empty where they are not.

    Last year's targets of the same bank and county, or else the county's part in what the other banks are set.
    """
    for base, expected in (("上年", _last_year(book, row)), ("其他银行", _by_other_banks(book, row))):
        if expected:
            amount, households = (_apart(int(book.now(code)[row]), expected[code]) for code in (TARGET, HOUSEHOLDS))
            return base if households > amount else ""
    return ""


def _apart(one: int, other: Fraction) -> Fraction:
    """How many times the larger is the smaller."""
    return max(one / other, other / one)


def _last_year(book: Book, row: int) -> dict[str, Fraction] | None:
    last = {code: Fraction(known) for code in BOTH if (known := set_last_year(book, row, code))}
    return last if len(last) == len(BOTH) else None


def set_last_year(book: Book, row: int, code: str) -> int | None:
    """What the bank and county of a row were set the year before; None where that is not known, or was set again."""
    record = book.records[row]
    sent = book.submissions[record.submission]
    year, place = str(int(sent.period) - 1), (record.area, record.institution)
    known = book.history.targets.get((sent.unit, year, code), {}).get(place, ())
    return next(iter(known)) if len(known) == 1 else None


def _by_other_banks(book: Book, row: int) -> dict[str, Fraction] | None:
    """What this bank would be set here if the county had the same part of its targets as of the others'."""
    record = book.records[row]
    rows = [r for r in book.where(book.added) if book.records[r].submission == record.submission]
    here = [r for r in rows if book.records[r].area == record.area]
    own = [r for r in rows if _key(book.records[r]) == _key(record)]
    found = {}
    for code in BOTH:
        figures = book.now_natural(code)
        sums = [sum(figures[[r for r in some if r != row]].compressed().tolist()) for some in (here, own, rows)]
        others_here, own_elsewhere, all_others = sums
        elsewhere = all_others - others_here - own_elsewhere
        if 0 in (others_here, own_elsewhere, elsewhere):
            return None
        found[code] = Fraction(others_here * own_elsewhere, elsewhere)
    return found


@rule(
    "T01-5",
    level=1,
    title="目标任务不与上年完全相同",
    subject="上年目标",
    source=f"{WORKING}：目标按年下达，各行各县区的数全与上年相同的，多为照抄上年的表",
    reads=("T01",),
    needs=(Need.LAST_TARGETS,),
    breaks={
        "copied": soft(
            "“{indicator}”等{count}个数全部与上年（{when}年）的目标任务相同，疑似照抄了上年的表。请核对；如属实，请说明原因。"
        )
    },
)
def targets_not_last_years(book: Book) -> Iterator[Hit]:
    """Not every target is what it was the year before; told once, at the first."""
    for position, sent in enumerate(book.submissions):
        rows = [row for row in book.where(book.added) if book.records[row].submission == position]
        figures = [(row, code) for row in rows for code in BOTH if not unknown(book.now(code))[row]]
        year = str(int(sent.period) - 1)
        if len(figures) >= MANY and all(_is_as_then(book, row, code, year) for row, code in figures):
            row, code = figures[0]
            yield book.hit("copied", row, code, None, count=str(len(figures)), when=year)


def _is_as_then(book: Book, row: int, code: str, year: str) -> bool:
    record = book.records[row]
    then = book.history.targets.get((book.submissions[record.submission].unit, year, code), {})
    return int(book.now(code)[row]) in then.get((record.area, record.institution), ())


def _key(record: Record) -> tuple[int, str]:
    return record.submission, record.institution


def _by_bank(book: Book, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The first of these rows of each submission and bank, and how many more there are."""
    found: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        found.setdefault(_key(book.records[row]), []).append(row)
    for first, *others in found.values():
        yield first, f"；另有{len(others)}个县区也是这样" if others else ""
