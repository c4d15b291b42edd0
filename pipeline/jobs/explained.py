"""Explanations on record: beside the findings that they settle, in the notes of annexes, and again a month later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog
from pipeline.catalog.annexes import AnnexLayout
from pipeline.jobs.month import MonthView
from pipeline.model import FigureTable, Finding, MeasureTable
from pipeline.model.answers import UNSIGNED
from pipeline.privacy import without_identities
from pipeline.render.harmless import shortened
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Connection
from pipeline.transform.reported import STATEMENT
from pipeline.transform.rows import indicator_of
from pipeline.transform.wordings import MEASURES
from pipeline.validate.neighbours import RETURN

_MOST = 6
"""Explanations under an annex; the others are in the report."""
_LONGEST = 200
AboutValue = tuple[str, str]
"""(finding, value): what an explanation is bound to."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a reporting unit said of a figure, and when."""

    text: str
    day: str
    signed: bool = True

    @property
    def dated(self) -> str:
        """「……（2018-04-12）」; who said it stands in the journal, that nobody signed it here as well."""
        return f"{self.text}（{self.day}{'' if self.signed else f'，{UNSIGNED}'}）"


def explanations(decisions: Iterable[Entry]) -> dict[AboutValue, Explanation]:
    """By finding and value, the last that was given."""
    return {
        (entry.body["finding"], entry.body["value"]): _explanation(entry)
        for entry in decisions
        if entry.kind == journal.EXPLAINED
    }


def _explanation(entry: Entry) -> Explanation:
    return Explanation(without_identities(entry.body["text"]), entry.at[:10], signed=entry.body["by"] != UNSIGNED)


def a_month_ago(connection: Connection, seen: MonthView) -> dict[str, Explanation]:
    """By the finding as it was called last month, what was said of it, whatever the figure was."""
    before = str(seen.month.previous)
    entries = journal.in_effect(journal.entries(connection, journal.DECISIONS, seen.upto, (before,)))
    return {finding: said for (finding, _), said in explanations(entries).items()}


def called_before(finding: Finding, seen: MonthView) -> str:
    """The id that the same finding had about last month."""
    return replace(finding, period=str(seen.month.previous)).id


# ------------------------------------------------------------------ under the annexes


def with_explanations(tables: Mapping[int, FigureTable], seen: MonthView, catalog: Catalog) -> dict[int, FigureTable]:
    """The annexes, each with what the units in it said of the figures in it."""
    told = [*_told(seen, catalog, STATEMENT), *_told(seen, catalog, RETURN)]
    result = {}
    for number, table in tables.items():
        layout = catalog.annexes[number]
        own = [sentence for finding, sentence in told if _is_in(finding, layout, catalog)]
        result[number] = replace(table, notes=(*table.notes, *_few(own)))
    return result


def words_with_explanations(table: MeasureTable | None, seen: MonthView, catalog: Catalog) -> MeasureTable | None:
    """Annex 1 with what was said of its words."""
    if table is None:
        return None
    own = [sentence for _, sentence in _told(seen, catalog, MEASURES)]
    return replace(table, notes=(*table.notes, *_few(own)))


def _few(sentences: list[str]) -> list[str]:
    more = len(sentences) - _MOST
    return [*sentences[:_MOST], *([f"另有{more}项核实说明，见审核报告。"] if more > 0 else [])]


def _told(seen: MonthView, catalog: Catalog, form: str) -> Iterable[tuple[Finding, str]]:
    said, in_force = explanations(seen.decisions), {standing.record.id for standing in seen.in_force}
    for stored in seen.findings:
        finding = stored.finding
        explanation = said.get((stored.id, finding.value))
        if explanation and finding.form == form and finding.submission in in_force and stored.until is None:
            words = shortened(" ".join(explanation.text.split()).rstrip("。"), _LONGEST, "审核报告")
            yield finding, f"核实说明：{_place(finding, seen, catalog)}——{words}。"


def _place(finding: Finding, seen: MonthView, catalog: Catalog) -> str:
    """「农业银行安康分行紫阳县“发放情况/本月/金额”」."""
    unit, area = catalog.units.by_id.get(finding.unit), catalog.areas.by_id.get(finding.area)
    code, _, bank = finding.indicator.partition("#")[0].partition("@")
    column, institution = catalog.forms[finding.form].by_code.get(code), catalog.units.institution_by_id.get(bank)
    label = f"“{column.label.replace('{institution}', institution.name if institution else '')}”" if column else ""
    return f"{unit.name(seen.month) if unit else ''}{area.named(seen.month).name if area else ''}{label}"


def _is_in(finding: Finding, layout: AnnexLayout, catalog: Catalog) -> bool:
    """Whether the figure goes into this annex; a finding about a whole statement goes with its institution's.

    What a county says of a bank's figure goes with that, what it says of itself where no bank stands alone.
    """
    if finding.form == RETURN:
        return _is_of_county_in(finding, layout)
    unit = catalog.units.by_id.get(finding.unit)
    if layout.institution and (unit is None or unit.institution != layout.institution):
        return False
    return not finding.indicator or finding.indicator in _published(layout)


def _is_of_county_in(finding: Finding, layout: AnnexLayout) -> bool:
    from pipeline.validate.rules.mirror import MIRRORED  # here, because it takes pandera

    code, _, bank = finding.indicator.partition("@")
    return bank == (layout.institution or bank) and dict(MIRRORED).get(code, code) in _published(layout)


def _published(layout: AnnexLayout) -> set[str]:
    return {part for column in layout.columns for part in indicator_of(column).split("+")}
