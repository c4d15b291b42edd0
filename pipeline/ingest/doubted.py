"""Where something around a table says that its figures are others than the month's: one finding, at that cell.

Titles, lines above, what stands behind 填报单位 in one cell, notes below, remarks, headings of lists, sheets' names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.heading import PERIOD_LABELS, UNIT_LABELS, Around, Saying, is_figure, packed, sayings
from pipeline.ingest.observe import TOTAL_AREA, Observer
from pipeline.ingest.other_figures import area_said, other_figures, said_wholly
from pipeline.ingest.period_doubt import contradiction, contradiction_below
from pipeline.ingest.period_words import months_named
from pipeline.ingest.registered import registered
from pipeline.ingest.sentences import behind_label, is_label
from pipeline.ingest.unexplained import unexplained
from pipeline.model import Cell, CellKind, Finding, Observation, ReceivedFile, Severity, Submission
from pipeline.periods import Month

_REMARKS = re.compile(r"备注|附注|说明")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a cell around a table says, and the words in it that speak of other figures, or of another time."""

    cell: Cell
    text: str
    words: str
    where: str
    of_time: bool = False


def tell_doubt(around: Around, observer: Observer, form: Form, month: Month | None, catalog: Catalog) -> None:
    """A hard finding at the first such cell, but where the same words are told already."""
    if form.is_words:
        return
    looking = _Looking(around.account, observer, form, month, catalog)
    for doubt in (*looking.above(around), *looking.over_items(), *looking.beside(), *looking.below(around)):
        if not any(_is_told(doubt, finding) for finding in observer.faults.findings):
            _tell(doubt, observer)
            return


@dataclass(frozen=True, slots=True)
class _Looking:
    """One table that was read, and what is asked about it."""

    account: Account
    observer: Observer
    form: Form
    month: Month | None
    catalog: Catalog

    def above(self, around: Around) -> Iterator[Doubt]:
        """Titles and lines; a row of figures is told as such, and 对比基数 over columns is the form's own heading."""
        own = frozenset(packed(part) for column in self.form.columns for part in column.label.split("/"))
        for said in (*sayings(self.account, around.above), *around.said):
            row = self.account.row(said.cell.row)
            if any(map(is_figure, row)) or packed(said.text) in own:
                continue
            if words := self._behind(said) if said.label else self._in_line(said, row):
                yield Doubt(said.cell, said.text, words, "表上方")

    def _behind(self, said: Saying) -> str:
        """What is added to the unit or month: 报告期：2018年3月（预计数）."""
        if said.label not in UNIT_LABELS and said.label not in PERIOD_LABELS:
            return ""
        pieces = behind_label(said.text, registered(self.catalog).units)
        return next(filter(None, map(self._in_sentence, pieces)), "")

    def _in_line(self, said: Saying, row: Sequence[Cell]) -> str:
        before = [cell for cell in row if cell.col < said.cell.col]
        text = f"{before[-1].value}:{said.text}" if before and is_label(str(before[-1].value)) else said.text
        return other_figures(text, self.form, self.catalog) or self._in_sentence(text)

    def _in_sentence(self, text: str) -> str:
        words = said_wholly(text, self.form, self.catalog, places=True)
        return words or area_said(text, self._areas(), self.catalog)

    def _areas(self) -> frozenset[str]:
        return _areas_of(self.observer.observations)

    def over_items(self) -> Iterator[Doubt]:
        """The heading of a list in the form: 金融扶贫项目（上年）."""
        rows = (row for row in range(self.observer.item_header.start - 1, -1, -1) if self.account.row(row))
        cells = self.account.row(next(rows, -1)) if self.observer.item_header else []
        for cell in cells if len(cells) == 1 and not is_figure(cells[0]) else ():
            text = str(cell.value)
            if words := other_figures(text, self.form, self.catalog) or self._other_area(text):
                yield Doubt(cell, text, words, "清单上方")
            elif self.month and (words := _other_time(text, self.month)):
                yield Doubt(cell, text, words, "清单上方", of_time=True)

    def _other_area(self, text: str) -> str:
        """白河县 in brackets over the projects of another county."""
        found = (area_said(piece, self._areas(), self.catalog) for piece in re.split(r"[()（）]", text))
        return next(filter(None, found), "")

    def beside(self) -> Iterator[Doubt]:
        """Remarks beside the rows."""
        heads = [cell for row in self.observer.header for cell in self.account.row(row)]
        for col in sorted({cell.col for cell in heads if _REMARKS.search(packed(str(cell.value)))}):
            rows = (cell for cell in self.account.column(col) if cell.row >= self.observer.header.stop)
            yield from self._in_cells(rows, "备注栏")

    def below(self, around: Around) -> Iterator[Doubt]:
        """Sentences below the last row of figures; of time, it is the reference period's reader that asks."""
        last = next((row for row in sorted(around.below, reverse=True) if unexplained(self.account.row(row))), -1)
        for row in (row for row in around.below if row > last):
            for doubt in self._in_cells(self.account.row(row), "表下方"):
                if not doubt.of_time:
                    yield doubt

    def _in_cells(self, cells: Collection[Cell] | Iterator[Cell], where: str) -> Iterator[Doubt]:
        for cell in cells:
            if cell.kind is not CellKind.TEXT:
                continue
            text = str(cell.value)
            if words := said_wholly(text, self.form, self.catalog):
                yield Doubt(cell, text, words, where)
            elif self.month and (words := contradiction_below(text, self.month)):
                yield Doubt(cell, text, words, where, of_time=True)


def _other_time(text: str, month: Month) -> str:
    """What a heading says of time that is not this month: another month, year or span."""
    named = months_named(text)
    return contradiction(text, month) or (named[0].label if named and month not in named else "")


def _areas_of(observations: Collection[Observation]) -> frozenset[str]:
    return frozenset(o.area for o in observations if o.area and o.area != TOTAL_AREA)


def _tell(doubt: Doubt, observer: Observer) -> None:
    text, sheet = doubt.text.strip()[:40], observer.account.sheet.name
    if doubt.of_time:
        told = f"{doubt.where}写的是“{text}”，与报告期不一致。请核对是不是本期的数，改正后重新报送。"
        observer.faults.add("F04", told, sheet=sheet, cell=doubt.cell.address, value=doubt.words)
        return
    told = (
        f"{doubt.where}写的是“{text}”，“{doubt.words}”说的像是别的数，不是本表要报的数，不能确定。"
        f"确是本表要报的数的，请删去“{doubt.words}”等字样后重新报送；不是的，请换成本期的报表。"
    )
    observer.faults.add("F06", told, sheet=sheet, cell=doubt.cell.address, value=text)


def _is_told(doubt: Doubt, finding: Finding) -> bool:
    told_here = finding.cell == doubt.cell.address or packed(doubt.text) in finding.value.split("/")
    return told_here and finding.severity is Severity.HARD


# ------------------------------------------------------------------ sheets' names


def tell_sheet_names(
    submissions: Sequence[Submission],
    alone: Collection[str],
    received: ReceivedFile,
    catalog: Catalog,
) -> list[Finding]:
    """A hard finding for each statement whose only sheet is called by other figures; `alone` are those sheets.

    上月 is no other than the month of an older sheet.
    """
    latest = {(s.form, s.unit): max(o.period for o in submissions if o.form == s.form) for s in submissions}
    found: list[Finding] = []
    for submission in submissions:
        form, sheet = catalog.forms[submission.form], submission.sheet
        if form.is_words or sheet not in alone or sheet in PurePosixPath(received.name).name:
            continue
        words = other_figures(sheet, form, catalog, title=False) or _place_of_name(sheet, submission, catalog)
        is_older = submission.period < latest[submission.form, submission.unit] and OTHERS.search(words)
        if words and not is_older:
            faults = Faults(received)
            told = (
                f"工作表名是“{sheet[:30]}”，“{words}”说的像是别的数，不是本表要报的数，不能确定。"
                "确是本表要报的数的，请改工作表名后重新报送；不是的，请换成本期的报表。"
            )
            faults.add("F06", told, sheet=sheet, value=sheet[:40])
            found += belonging_to(faults.findings, submission)
    return found


def _place_of_name(sheet: str, submission: Submission, catalog: Catalog) -> str:
    """A branch, a place in a county, or one county of the several in the table."""
    areas = _areas_of(submission.observations)
    words = said_wholly(sheet, catalog.forms[submission.form], catalog, places=True)
    return words or (area_said(sheet, areas, catalog) if len(areas) > 1 else "")
