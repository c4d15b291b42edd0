"""Annex 1's words: the measures in force of a month, 「与上月相同」 followed back to where they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.month import MonthView
from pipeline.model import MeasureTable
from pipeline.periods import Month
from pipeline.store.store import Connection
from pipeline.transform.measures import measure_table
from pipeline.transform.wordings import MEASURES, Resolved, Words, refers_back, resolved, words_of


def measures_in_force(connection: Connection, catalog: Catalog, seen: MonthView) -> dict[str, Resolved]:
    """What each unit's measures of a month say; earlier months are looked at as long as somebody refers to them."""
    read: list[tuple[Month, Mapping[str, Words]]] = []
    view = seen
    while True:
        words = words_of(months.in_full(connection, view, MEASURES))
        read.append((view.month, words))
        asked = refers_back(words)
        if not asked & refers_back(read[0][1]):
            return resolved(read)
        view = months.view(connection, catalog, view.month.previous, seen.upto)


def annex_of_words(seen: MonthView, catalog: Catalog, measures: Mapping[str, Resolved]) -> MeasureTable | None:
    """Annex 1 of a month; None where nobody owed or sent measures."""
    sent = (*seen.not_in, *(duty for duty in seen.refused_volunteers if not duty.is_in))
    reasons = {duty.unit: duty.state_label for duty in sent if duty.form == MEASURES}
    unexplained = Counter(f.finding.unit for f in seen.unexplained if f.finding.form == MEASURES)
    table = measure_table(seen.month, measures, catalog, reasons, unexplained)
    return table if table.groups else None
