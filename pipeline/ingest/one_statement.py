"""Several sheets of one form, unit and period in a workbook: one statement, where they agree or share out the counties.

Nothing is chosen: what is read is what every sheet says. Sheets that contradict each other are all refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pipeline.ingest.faults import Faults, belonging_to
from pipeline.model import Finding, Observation, ReceivedFile, Submission, Symbol

_SHEETS_NAMED = 12

_Key = tuple[str, str, str, int]
_Said = tuple[int | None, str, Symbol]


def one_of_each(
    submissions: Sequence[Submission], findings: Sequence[Finding], received: ReceivedFile, of_which: Collection[str]
) -> tuple[list[Submission], list[Finding]]:
    """The statements that a file holds, each once, and the file's findings about them.

    `of_which` are the areas that lie within another, and are never added.
    """
    alike: dict[tuple[str, str, str], list[Submission]] = defaultdict(list)
    for submission in submissions:
        alike[submission.form, submission.unit, submission.period].append(submission)
    kept: list[Submission] = []
    told = list(findings)
    for group in alike.values():
        one = group[0] if len(group) == 1 else _fullest(group, of_which) or _joined(group, of_which)
        if one is None:
            kept += group
            told += _refused(group, received, of_which)
        else:
            kept.append(one)
            ids = {other.id for other in group}
            told = [belonging_to([f], one)[0] if f.submission in ids else f for f in told]
            told += _told_of_one(one, group, received)
    return kept, told


def _fullest(group: Sequence[Submission], of_which: Collection[str]) -> Submission | None:
    """The sheet that says all that the others say; the first of several that say the same."""
    one = max(group, key=lambda submission: len(submission.observations))
    said = {_key(o): _said(o) for o in one.observations if not o.total}
    totals = {_key(o): _said(o) for o in one.observations if o.total}

    def agrees(other: Submission) -> bool:
        of_areas = all(said.get(_key(o)) == _said(o) for o in other.observations if not o.total)
        foreign = [o for o in other.observations if o.total and totals.get(_key(o)) != _said(o)]
        return of_areas and other.nil == one.nil and _adds_up(foreign, other.observations, of_which)

    return one if all(agrees(other) for other in group if other is not one) else None


def _joined(group: Sequence[Submission], of_which: Collection[str]) -> Submission | None:
    """One statement of sheets that have the counties shared out among them: each county is filled in on one sheet.

    A sheet of totals alone has the totals of them all; any other sheet's total is its own and has to add up.
    """
    filled = [_filled(submission) for submission in group]
    apart = sum(map(len, filled)) == len(set().union(*filled)) and sum(map(bool, filled)) > 1
    if not apart or any(s.nil or any(o.item for o in s.observations) for s in group):
        return None
    totals = [s for s, areas in zip(group, filled, strict=True) if not areas]
    if len(totals) > 1 or not all(_totals_add_up(s, of_which) for s in group if s not in totals):
        return None
    home = {area: place for place, areas in enumerate(filled) for area in areas}
    rows: dict[_Key, Observation] = {}
    for place, submission in enumerate(group):
        for o in submission.observations:
            if not o.total and home.get(o.area, place) == place:
                rows.setdefault(_key(o), o)
    summed = [o for submission in totals for o in submission.observations if o.total]
    step = min(submission.step for submission in group)
    layouts = {submission.layout for submission in group}
    return replace(
        group[0],
        observations=[*rows.values(), *summed],
        step=step,
        layout=layouts.pop() if len(layouts) == 1 else "",
        sample=all(submission.sample for submission in group),
    )


def _filled(submission: Submission) -> set[str]:
    """The areas that a sheet has something for."""
    return {o.area for o in submission.observations if o.raw and not o.total}


def _totals_add_up(submission: Submission, of_which: Collection[str]) -> bool:
    return _adds_up((o for o in submission.observations if o.total), submission.observations, of_which)


def _adds_up(totals: Iterable[Observation], observations: Sequence[Observation], of_which: Collection[str]) -> bool:
    """Whether typed totals are what the areas of their own sheet come to."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for o in observations:
        if not o.total and o.area not in of_which:
            sums[o.indicator, o.institution] += o.value or 0
    return all((o.value or 0) == sums[o.indicator, o.institution] for o in totals)


def _key(observation: Observation) -> _Key:
    return observation.indicator, observation.area, observation.institution, observation.item


def _said(observation: Observation) -> _Said:
    return observation.value, observation.text, observation.symbol


# ------------------------------------------------------------------ what is told


def _told_of_one(one: Submission, group: Sequence[Submission], received: ReceivedFile) -> list[Finding]:
    faults = Faults(received)
    sheets = {o.sheet for o in one.observations}
    for submission in group:
        if submission.sheet not in sheets:
            told = f"与工作表“{one.sheet}”是同一张报表，各格一致，只读入一份。"
            faults.add("F09", told, sheet=submission.sheet)
        elif len(sheets) > 1:
            told = f"同一张报表的县区分填在{len(sheets)}张工作表里，没有重复，已合为一份读入。"
            faults.add("F09", told, sheet=submission.sheet)
    return belonging_to(faults.findings, one)


def _refused(group: Sequence[Submission], received: ReceivedFile, of_which: Collection[str]) -> list[Finding]:
    """None of the sheets is chosen silently, and each one is told once."""
    found: list[Finding] = []
    for submission in group:
        faults = Faults(received)
        others = [f"“{other.sheet}”" for other in group if other is not submission]
        named = "、".join(others[:_SHEETS_NAMED]) + ("等" if len(others) > _SHEETS_NAMED else "")
        faults.add(
            "F02", f"与工作表{named}是同一单位同一报告期的同一张报表，{_why(group, of_which)}", sheet=submission.sheet
        )
        found += belonging_to(faults.findings, submission)
    return found


def _why(group: Sequence[Submission], of_which: Collection[str]) -> str:
    filled = [_filled(submission) for submission in group]
    if sum(map(len, filled)) > len(set().union(*filled)):
        place = _first_difference(group)
        return f"{place}无法确定以哪张为准。请只保留一张后重新报送。"
    wrong = next((s.sheet for s in group if _filled(s) and not _totals_add_up(s, of_which)), "")
    why = f"每张只填了一部分县区，而工作表“{wrong}”的合计与它自己的县区不符。" if wrong else "每张只填了一部分县区。"
    return f"{why}请把各县区合并到一张表里（一行一个县区）后重新报送。"


def _first_difference(group: Sequence[Submission]) -> str:
    """Where two sheets first say different things of one county, in words."""
    said: dict[_Key, Observation] = {}
    for submission in group:
        for o in submission.observations:
            before = said.setdefault(_key(o), o)
            if not o.total and before.sheet != o.sheet and _said(before) != _said(o) and before.raw and o.raw:
                return f"工作表“{before.sheet}”{before.cell}是{before.raw}，工作表“{o.sheet}”{o.cell}是{o.raw}，"
    return ""
