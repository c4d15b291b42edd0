"""Which finding a row of a list speaks of: the one that it names, or else the one whose question it repeats."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property

from pipeline.catalog import Catalog
from pipeline.ingest.heading import packed
from pipeline.jobs import month as months
from pipeline.jobs.finding_rows import told_figures
from pipeline.model import Answer
from pipeline.model.answers import BETWEEN
from pipeline.periods import Month
from pipeline.render.marked_content import SHEET
from pipeline.store import journal, records
from pipeline.store.records import Record, StoredFinding
from pipeline.store.store import Connection


def bare(text: str, measure: str) -> str:
    """A figure as it is compared: without its measure, thousands, and noughts that say nothing."""
    plain = packed(text).removesuffix(packed(measure)).replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class AskedBefore:
    """All that was ever asked, as the store has it now."""

    def __init__(self, connection: Connection, catalog: Catalog) -> None:
        self._connection, self._catalog = connection, catalog
        self._upto = journal.vintage_at(connection, "9999")
        self._of_period: dict[str, Set[str]] = {}

    def find(self, answer: Answer) -> StoredFinding | str:
        """The finding that is answered; else why it is not known.

        Of a figure that was sent again and went back both are asked about, the one in force and the one sent last: the
        one whose figure the list shows, or else the last.
        """
        repeated = self._repeated(answer.question)
        named = self.versions(answer.finding)
        if not named and len(repeated) == 1:
            named = self.versions(repeated[0])
        elif not named and not answer.finding:
            return "这一行没有问题编号，看不出说明的是哪个问题，请用退回工作簿中的编号"
        elif not named:
            return f"没有编号为“{answer.finding[:20]}”的审核问题，请用退回工作簿中的编号"
        elif repeated and answer.finding not in repeated:
            return "这一行的问题编号和问题对不上，可能只排序了其中几列，请按退回工作簿重新填写"
        if other := self._list_of_another(named[0], answer.heading):
            return f"这是{other}的清单，编号却是{self._name(named[0].finding.unit)}的问题，请核对编号"
        last = self._last(named[0])
        holding = [stored for stored in named if stored.until is None]
        shown = [stored for stored in holding if self.is_asked(stored) and self._shows(stored, answer)]
        meant = shown or holding
        return next((s for s in meant if last and s.finding.submission == last.id), (meant or named)[-1])

    def versions(self, finding: str) -> list[StoredFinding]:
        """Everything that was found under this id, one after another."""
        return self._by_id.get(finding, [])

    def is_asked(self, stored: StoredFinding) -> bool:
        """Whether it is true of what counts, or of what the unit sent last."""
        sent = stored.finding.submission
        return stored.until is None and (not sent or sent in self._current(stored.finding.period))

    def _current(self, period: str) -> Set[str]:
        if period not in self._of_period:
            month = Month.parse(period if "-" in period else f"{period}-12")
            self._of_period[period] = months.view(self._connection, self._catalog, month, self._upto).current
        return self._of_period[period]

    def _shows(self, stored: StoredFinding, answer: Answer) -> bool:
        value, _, measure = told_figures(stored.finding, self._catalog)
        return bare(value, measure) == bare(answer.value, measure)

    @cached_property
    def _by_id(self) -> dict[str, list[StoredFinding]]:
        found: dict[str, list[StoredFinding]] = {}
        for stored in records.findings(self._connection, self._upto):
            found.setdefault(stored.id, []).append(stored)
        return found

    @cached_property
    def _questions(self) -> dict[str, list[str]]:
        """Findings by what is asked, without blanks."""
        found: dict[str, list[str]] = {}
        for id_, versions in self._by_id.items():
            for asked in {packed(f"{s.finding.rule}{BETWEEN}{s.finding.message}") for s in versions}:
                found.setdefault(asked, []).append(id_)
        return found

    def _repeated(self, question: str) -> Sequence[str]:
        """The findings that are asked about in these words; behind them may stand what was said before."""
        asked = packed(question)
        begun = [words for words in self._questions if asked.startswith(words)] if asked else []
        return self._questions[max(begun, key=len)] if begun else ()

    def _last(self, stored: StoredFinding) -> Record | None:
        found = stored.finding
        sent = records.submissions(self._connection, self._upto, (found.period,))
        own = [record for record in sent if (record.unit, record.form) == (found.unit, found.form)]
        return own[-1] if own else None

    def _list_of_another(self, stored: StoredFinding, heading: str) -> str:
        """The unit whose list it is by our own title, where it is not the one that is asked."""
        title = heading.rpartition(SHEET)[0]
        named = [unit for unit in self._catalog.units.units if any(packed(name) in title for name in unit.all_names)]
        is_own = not named or stored.finding.unit in {unit.id for unit in named}
        return "" if is_own else self._name(named[0].id)

    def _name(self, unit: str) -> str:
        known = self._catalog.units.by_id.get(unit)
        return known.names[-1].name if known else unit
