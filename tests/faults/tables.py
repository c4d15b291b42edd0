"""Sample statements taken apart into headers, rows and what stands around, and put together again in another look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import count, pairwise
from pathlib import Path

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, ReceivedFile, Severity, address
from tests.faults.expecting import CATALOG, facts_of
from tests.faults.pages import Page

SAMPLES = Path(__file__).parents[2] / "sample_data"
FILES = (
    "2018-03/农行2018年3月金融扶贫小额贷款统计表.xlsx",
    "2018-03/邮储安康_201803.xls",
    "2018-03/岚皋农商银行2018年3月.xlsx",
    "2018-03/岚皋县金融办2018年3月报表.xlsx",
    "2018-01/安康市2018年目标任务.xlsx",
    "2018-01/农行2018年1月金融扶贫小额贷款统计表.xlsx",
    "2018-01/宁陕农商银行2018年1月.xlsx",
)
RECEIVED = "2018-05-08 09:00"
NUMBERING = re.compile(r"[甲乙丙丁]|\d{1,2}(\.0)?")


@dataclass
class Head:
    """A column: the words of its header from top to bottom, and what it holds."""

    path: tuple[str, ...]
    indicator: tuple[str, str] = ("", "")
    """Indicator and institution; empty for labels and all that is no figure."""
    is_label: bool = False

    @property
    def is_text(self):
        """Whether the column is lettered where others are numbered."""
        return self.is_label or self.path[:1] in (("序号",), ("计量单位",), ("代码",))


@dataclass
class Table:
    """A statement in parts. Rows of `body` are aligned with `heads`; the others are as they stand on the sheet."""

    form: str
    is_upright: bool
    sheet: str
    above: list[list]
    heads: list[Head]
    body: list[list]
    below: list[list]
    numbers: bool = False
    """A row that only counts columns stands under the header."""
    after_rows: set[int] = field(default_factory=set)
    """Rows of the body that are followed by a blank one."""

    @property
    def label(self):
        """Index of the column of areas or of indicators."""
        return next(i for i, head in enumerate(self.heads) if head.is_label)

    def insert(self, at, head, values):
        """One column more."""
        self.heads.insert(at, head)
        for row, value in zip(self.body, values, strict=True):
            row.insert(at, value)

    def page(self, look):
        """The statement on a sheet; `look` is `merged`, `repeated` or `joined`."""
        lines, merges = _header(self.heads, len(self.above), look)
        if self.numbers:
            letters, numbers = iter("甲乙丙丁"), count(1)
            lines.append([next(letters if head.is_text else numbers) for head in self.heads])
        for number, row in enumerate(self.body):
            lines += [row, []] if number in self.after_rows else [row]
        return Page.of([*self.above, *lines, *self.below], self.sheet, merges=merges)


def _header(heads, top, look):
    paths = [head.path for head in heads]
    if look == "joined":
        return [["/".join(path) or None for path in paths]], []
    levels = max(map(len, paths))
    lines = [[path[level] if level < len(path) else None for path in paths] for level in range(levels)]
    return _merged(paths, lines, levels, top) if look == "merged" else (lines, [])


def _merged(paths, lines, levels, top):
    """Equal beginnings of neighbouring paths run across, the end of a path stands apart and runs down."""
    merges = []
    for level in range(levels):
        begun = [(path[: level + 1], len(path) == level + 1) for path in paths]
        starts = [c for c in range(len(paths)) if c == 0 or begun[c] != begun[c - 1]]
        for start, end in pairwise([*starts, len(paths)]):
            if len(paths[start]) <= level:
                continue
            down = levels - 1 if len(paths[start]) == level + 1 else level
            across = end - 1
            for col in range(start + 1, end):
                lines[level][col] = None
            if (down, across) != (level, start):
                merges.append((top + level, start, top + down, across))
    return lines, merges


# ------------------------------------------------------------------ reading the samples


def opened(file):
    """A sample's grid, and what it says by its own look."""
    path = SAMPLES / file
    grid = open_grid(path.read_bytes(), path.name)
    assert isinstance(grid, Grid), grid
    reading = read_file(grid, ReceivedFile("a" * 64, path.name, RECEIVED), CATALOG)
    assert not [f for f in reading.findings if f.severity is Severity.HARD], reading.findings
    (submission,) = reading.submissions
    return grid.sheets[0], submission


@cache
def meaning(file):
    """(form, unit, period) and facts of a sample, and its step: what every look of it must say."""
    _, submission = opened(file)
    return (submission.form, submission.unit, submission.period), facts_of(submission), submission.step


def table(file):
    """A sample in parts, fresh."""
    sheet, submission = opened(file)
    covered = {
        (r, c): (m.top, m.left)
        for m in sheet.merged
        for r in range(m.top, m.bottom + 1)
        for c in range(m.left, m.right + 1)
    }
    rows, cols = (max(place[axis] for place in sheet.cells) + 1 for axis in (0, 1))

    def at(row, col):
        cell = sheet.cells.get((row, col)) or sheet.cells.get(covered.get((row, col), (row, col)))
        return None if cell is None else cell.value

    def line(row):
        return [sheet.cells[row, c].value if (row, c) in sheet.cells else None for c in range(cols)]

    top, label = next(
        place for place, cell in sorted(sheet.cells.items()) if cell.value in ("县(区)", "区县", "指标名称")
    )
    first = next(row for row in range(top + 1, rows) if _starts(at(row, label), at(top, label)))
    is_upright = at(top, label) == "指标名称"
    numbers = NUMBERING.fullmatch(str(at(first - 1, label))) is not None
    bottom = first - 1 - numbers
    last = max(int(re.sub(r"\D", "", o.cell)) - 1 for o in submission.observations if not o.item)
    last = max(last, *(row for row in range(first, rows) if at(row, label) == "合计"), 0)
    meant = {o.cell: (o.indicator, o.institution) for o in submission.observations if not o.item}
    heads = []
    for col in range(cols):
        words = list(dict.fromkeys(str(at(row, col)) for row in range(top, bottom + 1) if at(row, col) is not None))
        if is_upright and (top, col) not in sheet.cells:
            words = []
        indicator = ("", "") if is_upright else meant.get(address(first + 1, col), ("", ""))
        heads.append(Head(tuple(words), indicator, col == label))
    return Table(
        submission.form,
        is_upright,
        sheet.name,
        [line(row) for row in range(top)],
        heads,
        [line(row) for row in range(first, last + 1)],
        [line(row) for row in range(last + 1, rows)],
        numbers,
    )


def _starts(value, header):
    return value is not None and value != header and not NUMBERING.fullmatch(str(value))
