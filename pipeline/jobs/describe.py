"""`describe`: what is recognised in a file, what is not, and a layout that a person may confirm; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.catalog.proposal import layout_text
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.jobs.clock import Clock
from pipeline.jobs.dry_run import Looked
from pipeline.jobs.one_file import read_one
from pipeline.model import Finding, Severity, Submission
from pipeline.periods import Month, period_label
from pipeline.privacy import without_identities

NEW = "new"
"""Stands in the id of a proposed layout where it is not known whose it is."""


@dataclass(frozen=True, slots=True)
class Described:
    """A file as it was read, and the catalogue by which."""

    file: Looked
    catalog: Catalog

    @property
    def tables(self) -> list[TableSeen]:
        """The tables of figures that were recognised."""
        return self.file.reading.tables

    @property
    def words(self) -> list[Submission]:
        """The forms of words that were recognised."""
        return [s for s in self.file.reading.submissions if not self.table_of(s)]

    @property
    def problems(self) -> list[Finding]:
        """What is not recognised, or not for sure; notes are none."""
        return [f for f in self.file.reading.findings if f.severity is not Severity.NOTE]

    @property
    def notes(self) -> list[Finding]:
        """What is told of the file although it was read."""
        return [f for f in self.file.reading.findings if f.severity is Severity.NOTE]

    @property
    def exit_code(self) -> int:
        """0 everything is recognised, 1 something is not, 3 nothing is."""
        if not (self.tables or self.words):
            return 3
        return 1 if self.problems else 0

    def table_of(self, submission: Submission) -> TableSeen | None:
        """The table of figures that a submission was read from."""
        return next((t for t in self.tables if (t.sheet, t.form) == (submission.sheet, submission.form)), None)

    def submission_of(self, table: TableSeen) -> Submission | None:
        """The submission that a table is; None where its unit or its period is not known."""
        return next((s for s in self.file.reading.submissions if self.table_of(s) is table), None)

    def layout(self, table: TableSeen) -> str:
        """The layout to confirm: what is recognised as it is written in the file, the rest as open questions."""
        submission = self.submission_of(table)
        unit = self.catalog.units.by_id.get(submission.unit) if submission else None
        spans: dict[str, list[str]] = {}
        for seen in table.headers:
            if seen.part is Part.SPAN:
                spans.setdefault(seen.span, []).append(_shown(seen.words))
        known = (seen for seen in table.headers if seen.part is Part.INDICATOR and seen.meanings)
        return layout_text(
            id=f"{table.form}-{unit.id if unit else NEW}",
            form=table.form,
            shape=table.shape,
            title=[unit.name(_month_of(submission))] if unit else [],
            headers={_shown(seen.key or seen.words): "@".join(filter(None, seen.meanings[0])) for seen in known},
            value_columns=spans,
            open_questions=list(_questions(table)),
        )


@dataclass(frozen=True, slots=True)
class Description:
    """The file that was named; of an archive or mail, the files in it."""

    files: tuple[Described, ...]

    @property
    def exit_code(self) -> int:
        """0 everything is recognised, 1 something is not, 3 nothing is."""
        codes = {file.exit_code for file in self.files}
        return codes.pop() if len(codes) == 1 else 1

    @property
    def status(self) -> str:
        """`recognised`, `partly` or `nothing`."""
        return {0: "recognised", 1: "partly", 3: "nothing"}[self.exit_code]


def run(workspace: Path, file: str, catalog: Catalog, clock: Clock) -> Description:
    """Read a received file, or one on disk, and say what was made of it."""
    return Description(tuple(Described(one, catalog) for one in read_one(workspace, file, catalog, clock)))


def _questions(table: TableSeen) -> Iterator[str]:
    upright = table.shape == "indicators_down"
    for seen in table.unknown:
        where = f"写进 schemas/forms/{table.form}.yaml 的 row" if upright else "写进 headers"
        yield f"待定 {seen.cell}“{_shown(seen.words)}”：{_near(seen)}。确定后{where}。"


def _near(seen: Seen) -> str:
    listed = "、".join(f"{near.label}（{near.code}）" for near in seen.near)
    return f"最接近 {listed}" if listed else "没有相近的指标"


def _shown(words: str) -> str:
    """A header in one line, without blanks, as it is compared anyway."""
    return without_identities("".join(words.split()))


# ------------------------------------------------------------------ telling


def lines(outcome: Description) -> list[str]:
    """What was recognised file by file; the closing sentence last."""
    return [line for file in outcome.files for line in _file_lines(file)]


def closing_line(outcome: Description) -> str:
    """What to do next with each file."""
    return "".join(_closing(file) for file in outcome.files)


def _file_lines(outcome: Described) -> list[str]:
    """What was recognised table by table, what was not, the proposed layouts; what to do next."""
    told = [f"《{outcome.file.received.name}》"]
    for table in outcome.tables:
        told += _table_lines(outcome, table)
    for submission in outcome.words:
        told.append(f"工作表“{submission.sheet}”：{_of(outcome, submission.form, submission)}")
        told.append(f"  认出{len({o.indicator for o in submission.observations if o.text})}项有内容的文字。")
    told += [f"[{f.severity.label} {f.rule}] {f.told}" for f in (*outcome.problems, *outcome.notes)]
    for table in outcome.tables:
        told += [f"工作表“{table.sheet}”的版式，核对后可存入 schemas/layouts/：", outcome.layout(table).rstrip("\n")]
    return [*told, _closing(outcome)]


def _table_lines(outcome: Described, table: TableSeen) -> Iterator[str]:
    yield f"工作表“{table.sheet}”：{_of(outcome, table.form, outcome.submission_of(table))}"
    for seen in table.headers:
        yield f"  {seen.cell} {_shown(seen.words)} → {_meant(outcome, table, seen)}"
    for seen in table.rows:
        yield f"  {seen.cell} {_shown(seen.words)} → {_meant(outcome, table, seen)}"


def _of(outcome: Described, form: str, submission: Submission | None) -> str:
    named = f"{form} {outcome.catalog.forms[form].name}"
    if submission is None:
        return f"{named}，填报单位或报告期没有认出来"
    unit = outcome.catalog.units.by_id[submission.unit].name(_month_of(submission))
    money = f"，金额单位{submission.money_unit}" if submission.money_unit else ""
    return f"{named}，{unit}，{period_label(submission.period)}{money}"


def _month_of(submission: Submission | None) -> Month:
    """By whose names things are called: the month of the file, a year's last one; the latest where it is not known."""
    if submission is None:
        return Month(2999, 12)
    return Month.parse(submission.period if "-" in submission.period else f"{submission.period}-12")


_PARTS = {
    Part.DOUBLED: "与另一列重复",
    Part.ODD_UNIT: "计量单位与指标不符，没有读入",
    Part.IGNORED: "不读入（序号、比率或小计）",
}


def _meant(outcome: Described, table: TableSeen, seen: Seen) -> str:
    if seen.part is Part.UNKNOWN:
        return f"没有认出；{_near(seen)}"
    if seen.part is Part.AREA:
        area = outcome.catalog.areas.by_id.get(seen.area)
        month = _month_of(outcome.submission_of(table))
        return area.named(month).name if area else "合计" if seen.area == "total" else "没有登记的县区"
    if seen.part is Part.SPAN:
        return f"栏目“{seen.span}”"
    form = outcome.catalog.forms[table.form]
    meant = "、".join(f"{'@'.join(filter(None, m))} {form.by_code[m[0]].label}" for m in seen.meanings)
    return meant if seen.part is Part.INDICATOR else _PARTS[seen.part]


def _closing(outcome: Described) -> str:
    """How much of the file is recognised, and what to do next."""
    name = outcome.file.received.name
    if outcome.exit_code == 3:
        return f"《{name}》没有认出任何报表。请核对是否发错文件；如是报表，请按规定的表样填写后重新报送。"
    if outcome.exit_code == 0:
        return f"《{name}》全部认出，不需要处理。"
    unknown = sum(len(table.unknown) for table in outcome.tables)
    if unknown:
        return (
            f"《{name}》有{unknown}个表头或指标名称没有认出。确属某个指标的，用 accept-header 认定；"
            "每月都这样写的，请把上面的版式存入 schemas/layouts/。"
        )
    return f"《{name}》的表头都认出来了，另有{len(outcome.problems)}个问题，见上。"
