"""Several sheets of one form, unit and period in a workbook: one statement, where they agree or share it out.

Nothing is chosen: what is read is what every sheet says. Sheets that contradict each other are all refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.matching import folded
from pipeline.model import Finding, Observation, ReceivedFile, Submission, Symbol

_SHEETS_NAMED = 12
_NEUTRAL = re.compile(
    r"sheet|统计|月报|报表|汇总|合计|总计|全市|明细|续表|附件|附表|数据|(?:填报|报送)?单位|授信|余额|发放|逾期|不良|"
    r"第?[一二三四五六七八九十](?:[页张部]分?)?|(?<!\d)\d{1,2}(?!\d)|[表续页张东西南北]|支行|[\W_]",
    re.IGNORECASE,
)
"""What the name or title of a sheet may say without speaking of other figures than its neighbours'."""

_Key = tuple[str, str, str, int]
_Said = tuple[int | None, str, Symbol]
_Place = tuple[str, str]
"""Indicator and institution: what one typed total is of."""


def one_of_each(
    submissions: Sequence[Submission],
    findings: Sequence[Finding],
    received: ReceivedFile,
    catalog: Catalog,
    titles: Mapping[str, str],
) -> tuple[list[Submission], list[Finding]]:
    """The statements that a file holds, each once, and the file's findings about them.

    `titles` are what the sheets say at their top, by name.
    """
    alike: dict[tuple[str, str, str], list[Submission]] = defaultdict(list)
    for submission in submissions:
        alike[submission.form, submission.unit, submission.period].append(submission)
    kept: list[Submission] = []
    told = list(findings)
    for group in alike.values():
        sums = _Sums(catalog, group[0].form)
        odd = _odd_sheet(group, titles, catalog) if len(group) > 1 else ""
        one = group[0] if len(group) == 1 else _fullest(group, sums) or (None if odd else _joined(group, sums))
        if one is None:
            kept += group
            told += _refused(group, received, sums, odd)
        else:
            kept.append(one)
            ids = {other.id for other in group}
            told = [belonging_to([f], one)[0] if f.submission in ids else f for f in told]
            told += _told_of_one(one, group, received)
    return kept, told


def _fullest(group: Sequence[Submission], sums: _Sums) -> Submission | None:
    """The sheet that says all that the others say; the first of several that say the same."""
    one = max(group, key=lambda submission: len(submission.observations))
    said = {_key(o): _said(o) for o in one.observations if not o.total}
    totals = {_key(o): _said(o) for o in one.observations if o.total}

    def agrees(other: Submission) -> bool:
        of_areas = all(said.get(_key(o)) == _said(o) for o in other.observations if not o.total)
        foreign = [o for o in other.observations if o.total and totals.get(_key(o)) != _said(o)]
        return of_areas and other.nil == one.nil and not sums.wrong(foreign, other.observations, other.step)

    return one if all(agrees(other) for other in group if other is not one) else None


def _joined(group: Sequence[Submission], sums: _Sums) -> Submission | None:
    """One statement of sheets that share it out: every cell of the form is filled in on one of them only."""
    if any(s.nil or any(o.item for o in s.observations) for s in group):
        return None
    if _filled_twice(group) or not _each_adds_something(group):
        return None
    rows: dict[_Key, Observation] = {}
    for o in (o for submission in group for o in submission.observations if not o.total):
        if o.raw or _key(o) not in rows:
            rows[_key(o)] = o
    totals = _totals(group, list(rows.values()), sums)
    if totals is None:
        return None
    layouts = {submission.layout for submission in group}
    return replace(
        group[0],
        observations=[*rows.values(), *totals],
        step=min(submission.step for submission in group),
        layout=layouts.pop() if len(layouts) == 1 else "",
        sample=all(submission.sample for submission in group),
    )


def _odd_sheet(group: Sequence[Submission], titles: Mapping[str, str], catalog: Catalog) -> str:
    """The first sheet whose name or title may speak of other figures: 上年数, 计划表, 其中企业; empty if none does.

    Names of counties, of the unit, of the month, and words such as 续表 and 汇总 do not; what else a title says,
    all titles have to say.
    """
    names = [*catalog.units.by_id[group[0].unit].all_names, *(n for a in catalog.areas.entries for n in a.all_names)]
    names += [name for known in catalog.units.institutions for name in (known.name, *known.aliases)]
    names += [catalog.profile.city, catalog.profile.city.removesuffix("市")]
    names = sorted({folded(name) for name in names}, key=len, reverse=True)
    year, month = group[0].period[:4], group[0].period[5:].lstrip("0")
    now = re.compile(rf"{year}年?[-./]?0?{month}(?:月份?[末底]?)?(?!\d)|(?<!\d)0?{month}月份?[末底]?|{year}年")

    def left_over(text: str) -> str:
        words = now.sub("", folded(text))
        for name in names:
            words = words.replace(name, "")
        return _NEUTRAL.sub("", words)

    by_title = {s.sheet: left_over(titles.get(s.sheet, "")) for s in group}
    title = next(filter(None, by_title.values()), "")
    return next((s.sheet for s in group if left_over(s.sheet) or by_title[s.sheet] not in ("", title)), "")


def _totals(group: Sequence[Submission], rows: Sequence[Observation], sums: _Sums) -> list[Observation] | None:
    """The typed totals of the whole; None where a sheet's total is neither that nor what its own areas come to.

    If one sheet alone has totals, they are of the whole, right or wrong: the rule on totals judges them.
    """
    having = [s for s in group if _totals_in(s)]
    kept: dict[_Key, Observation] = {}
    for submission in having:
        not_own = sums.wrong(_totals_in(submission), submission.observations, submission.step)
        not_whole = sums.wrong(_totals_in(submission), rows, submission.step)
        if len(having) > 1 and any(o in not_whole for o in not_own):
            return None
        kept |= {_key(o): o for o in _totals_in(submission) if o in not_own or o not in not_whole}
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class _Sums:
    """Typed totals held against the areas that they are of, within what roundings explain (as rule A01 does)."""

    catalog: Catalog
    form: str

    def wrong(self, totals: Iterable[Observation], observations: Iterable[Observation], step: int) -> list[Observation]:
        """The totals that are not what these areas come to."""
        within = {area.id for area in self.catalog.areas.of_which}
        parts: dict[_Place, list[int]] = defaultdict(list)
        for o in observations:
            if not o.total and o.area not in within and o.value is not None:
                parts[o.indicator, o.institution].append(o.value)
        return [o for o in totals if not self._is_sum(o, parts[o.indicator, o.institution], step)]

    def _is_sum(self, total: Observation, parts: Sequence[int], step: int) -> bool:
        column = self.catalog.forms[self.form].by_code.get(total.indicator)
        if column and not (column.is_amount or column.is_count):
            return True  # a rate of the whole is no sum
        rounded = step if column and column.is_amount and step > 1 else 0
        return 2 * abs((total.value or 0) - sum(parts)) <= rounded * (len(parts) + 1)


def _filled(submission: Submission) -> set[_Key]:
    """What a sheet says something of."""
    return {_key(o) for o in submission.observations if o.raw and not o.total}


def _filled_twice(group: Sequence[Submission]) -> bool:
    """Whether two sheets say different things of one cell of the form; the same again contradicts nothing."""
    said: dict[_Key, _Said] = {}
    filled = (o for submission in group for o in submission.observations if o.raw and not o.total)
    return any(said.setdefault(_key(o), _said(o)) != _said(o) for o in filled)


def _each_adds_something(group: Sequence[Submission]) -> bool:
    """Whether every sheet but one of totals alone says something that no other says, and more than one does."""
    filled = [_filled(submission) for submission in group if _filled(submission)]
    others = [set().union(*(filled[:place] + filled[place + 1 :])) for place in range(len(filled))]
    return len(filled) > 1 and all(own - other for own, other in zip(filled, others, strict=True))


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
            told = f"同一张报表分填在{len(sheets)}张工作表里，没有重复，已合为一份读入。"
            faults.add("F09", told, sheet=submission.sheet)
    return belonging_to(faults.findings, one)


def _refused(group: Sequence[Submission], received: ReceivedFile, sums: _Sums, odd: str) -> list[Finding]:
    """None of the sheets is chosen silently, and each one is told once."""
    found: list[Finding] = []
    for submission in group:
        faults = Faults(received)
        others = [f"“{other.sheet}”" for other in group if other is not submission]
        named = "、".join(others[:_SHEETS_NAMED]) + ("等" if len(others) > _SHEETS_NAMED else "")
        told = f"与工作表{named}是同一单位同一报告期的同一张报表，{_why(group, sums, odd)}"
        faults.add("F02", told, sheet=submission.sheet)
        found += belonging_to(faults.findings, submission)
    return found


def _why(group: Sequence[Submission], sums: _Sums, odd: str) -> str:
    if _filled_twice(group):
        return f"{_first_difference(group)}无法确定以哪张为准。请只保留一张后重新报送。"
    if odd:
        return f"而工作表“{odd}”从名称或标题看不是同一批数，无法确定是否合并。请删去不报的工作表后重新报送。"
    wrong = next((o for s in group for o in sums.wrong(_totals_in(s), s.observations, s.step)), None)
    why = (
        f"每张只填了一部分，而工作表“{wrong.sheet}”{wrong.cell}的合计与各县区不符。" if wrong else "每张只填了一部分。"
    )
    return f"{why}请改正，或合并到一张表里（一行一个县区）后重新报送。"


def _totals_in(submission: Submission) -> list[Observation]:
    return [o for o in submission.observations if o.total and o.raw]


def _first_difference(group: Sequence[Submission]) -> str:
    """Where two sheets first say different things of one county, in words."""
    said: dict[_Key, Observation] = {}
    for submission in group:
        for o in submission.observations:
            before = said.setdefault(_key(o), o)
            if not o.total and before.sheet != o.sheet and _said(before) != _said(o) and before.raw and o.raw:
                return f"工作表“{before.sheet}”{before.cell}是{before.raw}，工作表“{o.sheet}”{o.cell}是{o.raw}，"
    return ""
