"""Sheets of one workbook beside each other: which are blank, which only accompany, which are of another period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from pipeline.catalog.forms import Form
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.reference_period import is_about_names
from pipeline.model import Cell, CellKind, Finding, Observation, ReceivedFile, Severity, Sheet, Submission
from pipeline.periods import period_label


@dataclass(slots=True)
class Beside:
    """Names of the sheets that hold no statement of their own, by what they hold."""

    words_only: list[str] = field(default_factory=list)
    """A cover, a letter: no figure in them."""
    blank: dict[str, Form] = field(default_factory=dict)
    """A form that nobody has filled in."""


def holds_figures(sheet: Sheet) -> bool:
    """Whether a sheet holds a figure, stored or typed as text, beside the numbers 1, 2, 3 … in front of its lines."""
    first: dict[int, int] = {}
    for row, col in sheet.cells:
        first[row] = min(first.get(row, col), col)
    figures: list[Cell] = []
    for (row, col), cell in sheet.cells.items():
        if cell.kind not in (CellKind.TEXT, CellKind.DATE) or is_figure(cell):
            if col != first[row]:
                return True
            figures.append(cell)
    return bool(_without_serials(figures, sheet))


def _without_serials(figures: list[Cell], sheet: Sheet) -> list[Cell]:
    """The same without 1, 2, 3 … one below the other, each with words behind it."""
    first: dict[int, Cell] = {}
    words: set[int] = set()
    for (row, _), cell in sorted(sheet.cells.items()):
        if first.setdefault(row, cell) is not cell and cell.kind is CellKind.TEXT and not is_figure(cell):
            words.add(row)
    serials = [cell for cell in figures if first[cell.row] is cell and cell.row in words]
    numbers = [packed(str(cell.value)).removesuffix(".0") for cell in serials]
    if len({cell.col for cell in serials}) != 1 or numbers != [str(n) for n in range(1, len(numbers) + 1)]:
        return figures
    return [cell for cell in figures if cell not in serials]


def is_untouched(observations: list[Observation], faults: Faults, filled_before: Collection[str]) -> bool:
    """Whether nothing at all was filled in, nor anything put where it is not read; a formula's total of blanks is 0."""
    elsewhere = any(finding.rule in ("F06", "F07") for finding in faults.findings)
    return not elsewhere and not says_anything(observations, filled_before)


def says_anything(observations: list[Observation], filled_before: Collection[str]) -> bool:
    """Whether anything is filled in, beside the indicators that stand in a blank form before it is handed out."""
    own = (o for o in observations if o.indicator not in filled_before)
    return any(o.value if o.total else o.raw or o.text for o in own)


def tell_blank_forms(beside: Beside, submissions: list[Submission], received: ReceivedFile) -> list[Finding]:
    """A blank form beside the same form filled in is a note; one that was sent in its place is returned."""
    faults = Faults(received)
    filled = {submission.form for submission in submissions}
    for sheet, form in beside.blank.items():
        if form.code in filled:
            faults.add("F09", f"这张是没有填写的空白“{form.name}”，没有读入。", sheet=sheet)
        else:
            same = "各项与上月相同的，请写明“与上月相同”。"
            nil = same if form.is_words else "确实没有业务的，请写明“本月无业务”。"
            faults.add("F02", f"这张“{form.name}”还没有填写，全部空白。请填好后重新报送。{nil}", sheet=sheet)
    found = faults.findings
    notes = [finding for finding in found if finding.rule == "F09"]
    return [f for f in found if f not in notes] + (belonging_to(notes, submissions[0]) if submissions else [])


def of_the_sender(findings: list[Finding], beside: Beside, submissions: list[Submission]) -> list[Finding]:
    """What is wrong with other sheets of a file is told to the sender of the form in it."""
    if not submissions:
        return findings
    stray = [f for f in findings if not f.submission and f.rule in ("F02", "F08")]
    kept = [f for f in findings if f not in stray]
    return kept + belonging_to([_as_stray(f, beside) for f in stray], submissions[0])


def of_its_statement(findings: list[Finding], submissions: list[Submission]) -> list[Finding]:
    """What is wrong with a sheet that could not be read as part of a statement is told of it, where there is one.

    Such findings have the form, unit and period of their sheet, and no submission.
    """
    statements = {(s.form, s.unit, s.period): s for s in submissions}
    told: list[Finding] = []
    for finding in findings:
        statement = statements.get((finding.form, finding.unit, finding.period))
        if finding.submission or not finding.unit:
            told.append(finding)
        elif statement:
            told += belonging_to([finding], statement)
        else:
            told.append(replace(finding, form="", unit="", period=""))
    return told


def _as_stray(finding: Finding, beside: Beside) -> Finding:
    if finding.rule != "F02":
        return finding
    if finding.sheet not in beside.words_only:
        return replace(finding, rule="F06")
    told = "这张工作表只有文字，没有数字，没有作为报表读入。"
    return replace(finding, rule="F09", severity=Severity.NOTE, message=told)


def tell_other_periods(submissions: list[Submission], received: ReceivedFile) -> list[Finding]:
    """The same form of the same unit for several periods in one file: each is a submission of its own, and said."""
    latest: dict[tuple[str, str], str] = {}
    for submission in submissions:
        key = submission.form, submission.unit
        latest[key] = max(latest.get(key, ""), submission.period)
    findings: list[Finding] = []
    for submission in submissions:
        newest = latest[submission.form, submission.unit]
        if submission.period < newest:
            faults = Faults(received)
            faults.add(
                "F09",
                f"与{period_label(newest)}的报表同在一个文件里，作为{period_label(submission.period)}的报送读入。"
                "如只是留作参考的旧表，请核对与原报数一致。",
                sheet=submission.sheet,
            )
            findings += belonging_to(faults.findings, submission)
    return findings


def names_settled(findings: list[Finding], submissions: list[Submission], received: ReceivedFile) -> list[Finding]:
    """The findings without those that the names of file and mail are not of an older month's: they say the latest."""
    told = {f.submission for f in findings if is_about_names(f, received)}
    agreeing = [s for s in submissions if s.id not in told]
    older = {
        s.id
        for s in submissions
        if any((s.form, s.unit) == (other.form, other.unit) and s.period < other.period for other in agreeing)
    }
    return [f for f in findings if f.submission not in older or not is_about_names(f, received)]
