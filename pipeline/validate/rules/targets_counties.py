"""A bank's targets county by county against last year's: figures that are those of another year or county (T01-7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.targets import BOTH
from pipeline.validate.rules.targets_banks import DISTINCT, MANY_COUNTIES, SEVERAL, Table

_Group = tuple[str, ...]
"""Areas that have each other's figures, or each those of the one beside it; a county and the neighbour it is like."""
_NEAR, _FAR = "target_near_percent", "target_far_percent"
_TWO = 2
"""Counties of a run that are far from their own; one alone may have changed by itself."""
_WHOLE = 100
_CHECK = "请核对这些县区各栏；如属实，请说明原因。"
_CAUSES = {"exchanged": Cause.AREAS_EXCHANGED, "shifted": Cause.ROW_SHIFTED, "alike": Cause.OTHER_AREA}


@rule(
    "T01-7",
    level=1,
    title="各县区的目标任务与本县区上年的相称，没有照抄上年、互换、错行",
    subject="县区目标",
    source=f"{WORKING}：目标按年下达，县区之间的大小逐年变化不大；一家银行的数全与上年相同，或者一个县区的数与别的县区上年的相称"
    "而与本县区的不相称，多为抄错了栏、行（参数 target_near_percent、target_far_percent）",
    reads=("T01",),
    needs=(Need.LAST_TARGETS,),
    breaks={
        "kept": soft(
            "“{indicator}”等{count}个数全部与上年（{when}年）的目标任务相同，而其他银行的不相同{also}：疑似照抄了上年的栏。"
            "请核对；如属实，请说明原因。"
        ),
        "exchanged": soft(
            "“{indicator}”{cases}，与对方上年（{when}年）的数相称，与本县区的不相称{also}：疑似两个县区互换。" + _CHECK
        ),
        "shifted": soft(
            "“{indicator}”{cases}，各与相邻县区上年（{when}年）的数相称，与本县区的不相称{also}：疑似错行。" + _CHECK
        ),
        "alike": soft(
            "“{indicator}”{cases}，完全相同，上年（{when}年）不同，前一个县区的与自己上年的不相称{also}："
            "疑似填了相邻县区的数。" + _CHECK
        ),
    },
)
def targets_of_each_county(book: Book) -> Iterator[Hit]:
    """No bank has last year's figures where another has new ones; no county has what would be another's.

    One finding each a table. What would be a county's is last year's, with the growth of the bank's median county.
    """
    for position in range(len(book.submissions)):
        tables = [Table.of(book, position, code) for code in BOTH]
        yield from _kept(book, tables)
        found: dict[str, list[_Case]] = {}
        for case in (case for bank in tables[0].rows for case in _cases(book, tables, bank)):
            found.setdefault(case.kind, []).append(case)
        yield from (_hit(book, cases) for cases in found.values())


# ------------------------------------------------------------------ last year's


def _kept(book: Book, tables: Sequence[Table]) -> Iterator[Hit]:
    """The banks of which every figure is last year's, if some other's is not; at the first of them."""
    amounts, _ = tables
    kept = [bank for bank in amounts.rows if _is_kept(tables, bank) and _is_telling(amounts, bank)]
    news = [
        bank
        for table in tables
        for (bank, area), last in table.last.items()
        if last and table.now[bank, area] != last and bank not in kept
    ]
    if kept and news:
        first, *more = kept
        labels = "、".join(f"“{book.label(f'{amounts.code}@{bank}')}”" for bank in more)
        everywhere = book.catalog.areas.by_id
        cells = [c for t in tables for c in t.cells(book, [bank for bank in kept if bank in t.rows], everywhere)]
        words = {
            "count": str(sum(len(table.rows[first]) for table in tables if first in table.rows)),
            "when": str(amounts.year - 1),
            "also": f"；{labels}也是这样" if labels else "",
        }
        hit = book.hit("kept", next(iter(amounts.rows[first].values())), amounts.code, None, **words)
        yield replace(hit, others=tuple(cells))


def _is_kept(tables: Sequence[Table], bank: str) -> bool:
    return all(table.now[bank, area] == table.last[bank, area] for table in tables for area in table.rows.get(bank, ()))


def _is_telling(table: Table, bank: str) -> bool:
    areas = table.rows[bank]
    return len(areas) >= MANY_COUNTIES and len({table.now[bank, area] for area in areas}) >= DISTINCT


# ------------------------------------------------------------------ another county's


@dataclass(frozen=True, eq=False)
class _Column:
    """A figure of one bank: its counties in the order of the sheet, and how far from last year's is near and far."""

    table: Table
    bank: str
    areas: Sequence[str]
    growth: Fraction
    near: Fraction
    far: Fraction

    @classmethod
    def of(cls, book: Book, table: Table, bank: str) -> _Column | None:
        """None where too few counties tell how much the bank's targets have grown."""
        rows = table.rows.get(bank, {})
        ratios = [
            Fraction(table.now[bank, area], table.last[bank, area])
            for area in rows
            if table.now[bank, area] and table.last[bank, area]
        ]
        if len(ratios) < MANY_COUNTIES:
            return None
        row = next(iter(rows.values()))
        near, far = (1 + Fraction(int(book.threshold(limit)[row]), _WHOLE) for limit in (_NEAR, _FAR))
        return cls(table, bank, list(rows), median(ratios), near, far)

    def row(self, area: str) -> int:
        """Where in the book a county's figure is."""
        return self.table.rows[self.bank][area]

    def ratio(self, area: str, other: str) -> Fraction | None:
        """A county's figure by last year's of another; None where one of them is nothing or not known."""
        value, last = self.table.now[self.bank, area], self.table.last[self.bank, other]
        return Fraction(value, last) if value and last else None

    def apart(self, area: str, other: str) -> Fraction | None:
        """How many times the larger is the smaller of a county's figure and what would be the other's."""
        ratio = self.ratio(area, other)
        return max(ratio / self.growth, self.growth / ratio) if ratio else None

    def is_near(self, area: str, other: str) -> bool:
        """Whether a county has what would be the other's, or its own."""
        apart = self.apart(area, other)
        return apart is not None and apart <= self.near

    def is_far(self, area: str) -> bool:
        """Whether a county has quite another figure than would be its own."""
        apart = self.apart(area, area)
        return apart is not None and apart >= self.far


@dataclass(frozen=True, eq=False)
class _Case:
    """What is wrong in a column, and of which counties."""

    kind: str
    column: _Column
    groups: Sequence[_Group]

    @property
    def wrong(self) -> list[str]:
        """The counties whose figures are not theirs."""
        return [area for group in self.groups for area in (group[:1] if self.kind == "alike" else group)]


def _cases(book: Book, tables: Sequence[Table], bank: str) -> Iterator[_Case]:
    """Of a bank; a county that has its place in a run or in an exchange is like no neighbour."""
    columns = [column for table in tables if (column := _Column.of(book, table, bank))]
    explained: set[str] = set()
    for column in columns:
        runs = _runs(column)
        pairs = _exchanges(column, {area for run in runs for area in run})
        for kind, groups in (("shifted", runs), ("exchanged", pairs)):
            explained |= {area for group in groups for area in group}
            if groups:
                yield _Case(kind, column, groups)
    alike = [pair for pair in _alike(columns) if explained.isdisjoint(pair)]
    if alike:
        yield from (_Case("alike", column, alike) for column in columns)


def _runs(column: _Column) -> list[_Group]:
    """Several counties, each with what would be that of the one above it, or each of the one below; the longest."""
    found: list[_Group] = []
    for run in sorted(_shifted(column), key=len, reverse=True):
        if all(set(run).isdisjoint(other) for other in found):
            found.append(run)
    return found


def _shifted(column: _Column) -> Iterator[_Group]:
    """Where most rows are shifted, growth is told by what each has against last year's of the one before it."""
    for areas in (column.areas, column.areas[::-1]):
        ratios = [ratio for before, area in pairwise(areas) if (ratio := column.ratio(area, before))]
        for growth in (column.growth, median(ratios)) if ratios else ():
            for run in _after(replace(column, growth=growth), areas):
                moved = _closed(column, growth, _trimmed(column, run), areas)
                if len(moved) >= SEVERAL and sum(map(column.is_far, moved)) >= _TWO:
                    yield tuple(sorted(moved, key=column.areas.index))


def _after(column: _Column, areas: Sequence[str]) -> list[list[str]]:
    """Runs in which each county has what would be the one's before it."""
    runs: list[list[str]] = [[]]
    for before, area in pairwise(areas):
        if column.is_near(area, before):
            runs[-1].append(area)
        else:
            runs.append([])
    return runs


def _trimmed(column: _Column, run: Sequence[str]) -> list[str]:
    """Without those at both ends that have their own."""
    moved = [number for number, area in enumerate(run) if not column.is_near(area, area)]
    return list(run[moved[0] : moved[-1] + 1]) if moved else []


def _closed(column: _Column, growth: Fraction, run: list[str], areas: Sequence[str]) -> list[str]:
    """With the county before the run, if that has what would be the last one's."""
    head = areas[areas.index(run[0]) - 1] if run else ""
    has_last = bool(run) and column.is_far(head) and replace(column, growth=growth).is_near(head, run[-1])
    return [head, *run] if has_last else run


def _exchanges(column: _Column, explained: set[str]) -> list[_Group]:
    """Counties far from their own that have each other's, the nearest first; none where most are set anew."""
    own = [area for area in column.areas if column.is_near(area, area)]
    far = [area for area in column.areas if column.is_far(area) and area not in explained]
    pairs = [
        (one, other) for one, other in combinations(far, 2) if column.is_near(one, other) and column.is_near(other, one)
    ]
    found: list[_Group] = []
    for pair in sorted(pairs, key=lambda pair: _apart(column, pair)):
        if all(set(pair).isdisjoint(other) for other in found):
            found.append(pair)
    return sorted(found, key=lambda pair: column.areas.index(pair[0])) if 2 * len(own) >= len(column.areas) else []


def _apart(column: _Column, pair: tuple[str, str]) -> Fraction:
    one, other = pair
    return (column.apart(one, other) or Fraction(0)) * (column.apart(other, one) or Fraction(0))


def _alike(columns: Sequence[_Column]) -> list[_Group]:
    """Neighbours alike in both figures that were not last year; first the one that is farther from its own."""
    found: list[_Group] = []
    for pair in pairwise(columns[0].areas) if len(columns) == len(BOTH) else ():
        now, others = ([column.table.now[column.bank, area] for column in columns] for area in pair)
        last, others_last = ([column.table.last[column.bank, area] for column in columns] for area in pair)
        if now == others and last != others_last and all(now + last + others_last):
            copy, source = sorted(pair, key=lambda area: _farthest(columns, area), reverse=True)
            if not all(column.is_near(copy, copy) for column in columns):
                found.append((copy, source))
    return found


def _farthest(columns: Sequence[_Column], area: str) -> Fraction:
    return max(column.apart(area, area) or Fraction(0) for column in columns)


# ------------------------------------------------------------------ what is told


def _hit(book: Book, cases: Sequence[_Case]) -> Hit:
    """At the first county of the first column; all figures that are not their county's are told."""
    first, *_ = cases
    table, area = first.column.table, first.wrong[0]
    also = "".join(f"；{_label(book, case)}{_also(book, case, before)}" for before, case in pairwise(cases))
    words = {"cases": _said(book, first), "also": also, "when": str(table.year - 1)}
    hit = book.hit(first.kind, first.column.row(area), table.code, None, **words)
    cells = [cell for case in cases for cell in case.column.table.cells(book, (case.column.bank,), case.wrong)]
    return replace(hit, cause=_CAUSES[first.kind].name.lower(), others=tuple(cells))


def _label(book: Book, case: _Case) -> str:
    column = case.column
    return f"“{book.label(book.place(column.table.code, column.row(case.wrong[0])))}”"


def _also(book: Book, case: _Case, before: _Case) -> str:
    return "也是这样" if case.groups == before.groups else _said(book, case)


def _said(book: Book, case: _Case) -> str:
    """「紫阳县880.00万元、岚皋县1560.00万元」."""
    return "；".join("、".join(_county(book, case.column, area) for area in group) for group in case.groups)


def _county(book: Book, column: _Column, area: str) -> str:
    row, table = column.row(area), column.table
    name = book.area_name(area, book.records[row].submission)
    return name + book.say(table.code, table.now[column.bank, area])
