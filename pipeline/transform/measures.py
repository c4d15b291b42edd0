"""Annex 1 as a table: what each reporting unit wrote, grouped by institution; gaps stay gaps, and say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.registers import ReportingUnit
from pipeline.model import MeasureGroup, MeasureRow, MeasureTable, Symbol, Wording
from pipeline.periods import Month
from pipeline.privacy import without_identities
from pipeline.transform.wordings import MEASURES, Resolved, is_dangling

NOT_SENT = "未报送"
NOBODY = "本月没有单位应报送或报送措施。"
OWN_WORDS = "各栏为填报单位报送的原文，本办未作改写；信贷产品清单逐项列出。空白表示该项未报送。"
TAKEN_OVER = "备注“沿用某月”的，系填报单位本月申报“与上月相同”，列出的是该单位该月报送的原文。"
IDENTITY_NOTE = "文字中的身份证号不予公布，已隐去。"

CONTACT = "measure_contact"
"""Whom to call is no measure: it does not tell how far the words are of this month."""

_ANNEX = 1


@dataclass(frozen=True, slots=True)
class _Columns:
    """The items of the annex in printed order, and what they are called."""

    labels: Mapping[str, str]

    def named(self, items: Sequence[str]) -> str:
        """「组织领导、制度建设」."""
        return "、".join(self.labels.get(item, item) for item in items)


def measure_table(
    month: Month,
    measures: Mapping[str, Resolved],
    catalog: Catalog,
    missing_reason: Mapping[str, str],
    unexplained: Mapping[str, int],
) -> MeasureTable:
    """Annex 1 of a month.

    Args:
        month: the reference period.
        measures: what is in force, by unit, 「与上月相同」 resolved.
        catalog: registers and the annex's columns.
        missing_reason: why a unit's form is not in force, where something came (退回); it has a row, owed or not.
        unexplained: open soft findings on the form, by unit.
    """
    layout = catalog.annexes[_ANNEX]
    columns = _Columns({c.indicator: "".join(c.header) for c in layout.columns if c.derivation == "words"})
    units = sorted(
        (u for u in catalog.units.units if u.owes(MEASURES, month) or u.id in measures or u.id in missing_reason),
        key=lambda unit: (unit.order, unit.id),
    )
    rows = {
        unit.id: _row(unit, month, measures.get(unit.id), columns, missing_reason, unexplained.get(unit.id, 0))
        for unit in units
    }
    hidden = {unit: _without_identities(row) for unit, row in rows.items()}
    owing = [unit for unit in units if unit.owes(MEASURES, month)]
    return MeasureTable(
        _ANNEX,
        str(month),
        tuple(_groups(units, hidden, catalog)),
        tuple(_notes(units, owing, rows, hidden, measures)),
        coverage_in=sum(1 for unit in owing if unit.id in measures),
        coverage_of=len(owing),
    )


def _groups(units: Sequence[ReportingUnit], rows: Mapping[str, MeasureRow], catalog: Catalog) -> Iterator[MeasureGroup]:
    """Institutions in the register's order, then those that lend nothing."""
    titles = catalog.profile.institution_titles
    lenders = [
        (lender.id, titles.get(lender.id) or lender.name)
        for lender in sorted(catalog.units.institutions, key=lambda lender: (lender.order, lender.id))
    ]
    for lender, title in [*lenders, ("", catalog.profile.departments_title)]:
        own = tuple(rows[unit.id] for unit in units if unit.institution == lender)
        if own:
            yield MeasureGroup(lender, title, own)


def _row(
    unit: ReportingUnit,
    month: Month,
    found: Resolved | None,
    columns: _Columns,
    missing_reason: Mapping[str, str],
    open_soft: int,
) -> MeasureRow:
    blank = Wording("", symbol=Symbol.MISSING)
    if found is None:
        wordings = dict.fromkeys(columns.labels, blank)
        return MeasureRow(unit.id, unit.name(month), wordings, remark=missing_reason.get(unit.id, NOT_SENT))
    wordings = {item: found.wordings.get(item, blank) for item in columns.labels}
    said = [*_taken_over(wordings, month, columns), *_dangling(wordings, columns)]
    said += [f"待核实{open_soft}项"] if open_soft else []
    return MeasureRow(unit.id, unit.name(month), wordings, found.submission, "；".join(said))


def _taken_over(wordings: Mapping[str, Wording], month: Month, columns: _Columns) -> Iterator[str]:
    """「沿用2018年1月」, or which items are of which month; newest month first."""
    written = [item for item, wording in wordings.items() if wording.text and item != CONTACT]
    periods = sorted({wordings[item].period for item in written} - {str(month)}, reverse=True)
    for period in periods:
        items = [item for item in written if wordings[item].period == period]
        which = "" if items == written else f"：{columns.named(items)}"
        yield f"沿用{Month.parse(period).label}{which}"


def _dangling(wordings: Mapping[str, Wording], columns: _Columns) -> Iterator[str]:
    items = [item for item, wording in wordings.items() if is_dangling(wording)]
    if items:
        yield f"{columns.named(items)}：写“与上月相同”，但上月没有可引用的内容"


def _without_identities(row: MeasureRow) -> MeasureRow:
    """Identity numbers never enter an annex."""
    wordings = {
        item: replace(
            wording, text=without_identities(wording.text), items=tuple(map(without_identities, wording.items))
        )
        for item, wording in row.wordings.items()
    }
    return replace(row, wordings=wordings)


def _notes(
    units: Sequence[ReportingUnit],
    owing: Sequence[ReportingUnit],
    rows: Mapping[str, MeasureRow],
    hidden: Mapping[str, MeasureRow],
    measures: Mapping[str, Resolved],
) -> Iterator[str]:
    """What is not in the table, how many are, and what the words are."""
    if not units:
        yield NOBODY
        return
    owe = {unit.id for unit in owing}
    missing = [unit.id for unit in units if unit.id not in measures]
    if missing:
        told = (f"{rows[u].label}（{rows[u].remark}{'' if u in owe else '，自愿报送'}）" for u in missing)
        yield f"不含：{'、'.join(told)}。"
    more = len(measures.keys() & rows.keys() - owe)
    willing = f"；另有{more}个单位自愿报送" if more else ""
    yield f"应报送的单位{len(owing)}个，已报送{len(owe & measures.keys())}个{willing}。"
    yield OWN_WORDS
    if any("沿用" in row.remark for row in rows.values()):
        yield TAKEN_OVER
    if any(hidden[unit] != row for unit, row in rows.items()):
        yield IDENTITY_NOTE
