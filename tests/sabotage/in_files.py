"""The same errors typed into real files: the workbook's cells are altered, and read as any file that came in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from pipeline.ingest.reading import FileReader
from pipeline.ingest.worker import open_file
from pipeline.jobs.carried import Before
from pipeline.jobs.misnamed import tell_misnamed
from pipeline.model import Finding, Observation, Submission
from pipeline.money import MICRO_PER_PERCENT
from pipeline.periods import Month
from tests.sabotage.history import History, received_file
from tests.sabotage.planting import Planting

WRITABLE = (".xlsx", ".csv")
Typed = float | str | None


EVERY = 6
"""Of so many errors of a kind that can be typed into a file, one is."""


def goes_through_a_file(planting: Planting, history: History) -> bool:
    """Whether this one is typed into a file."""
    return can_be_typed(planting, history) and (planting.kind.in_files or planting.number % EVERY == 0)


def can_be_typed(planting: Planting, history: History) -> bool:
    """Whether it is an error of cells that stand in a file which can be written."""
    file = history.files[planting.clean.sha256]
    same_cells = {o.cell for o in planting.sent.observations} == {o.cell for o in planting.clean.observations}
    if planting.kind.in_files:
        return file.suffix == (".csv" if planting.draft and planting.draft.alter_lines else ".xlsx")
    return file.suffix in WRITABLE and same_cells and bool(planting.typed)


def read_back(
    history: History, plantings: Sequence[Planting], folder: Path
) -> tuple[list[Planting], list[list[Finding]]]:
    """These errors as they are read from altered files, and what reading finds; one that is not read stays away."""
    files: dict[str, Path] = {}
    months: dict[str, Month] = {}
    keys: list[str] = []
    cells: list[frozenset[tuple[str, str]]] = []
    for number, planting in enumerate(plantings):
        own = planting.draft.name if planting.draft else ""
        path = folder / f"{number:04d}" / (own or history.files[planting.clean.sha256].name)
        path.parent.mkdir()
        cells.append(_alter(history, planting, path))
        keys.append(sha256(path.read_bytes()).hexdigest())
        files[keys[-1]] = path
        months[keys[-1]] = Month.parse(history.files[planting.clean.sha256].parent.name)
    received = {key: received_file(key, path, months[key]) for key, path in files.items()}
    reader = FileReader(history.catalog, received)
    readings = {key: reader(key, open_file(path)) for key, path in files.items()}
    for key, planting in zip(keys, plantings, strict=True):
        before = _before(history, planting.clean)
        tell_misnamed([received[key]], [readings[key]], {}, history.catalog, before)
    read = [(p, readings[key]) for p, key in zip(plantings, keys, strict=True)]
    came = [replace(p, cells=p.cells | c, sent=_first(p, r.submissions)) for (p, r), c in zip(read, cells, strict=True)]
    return came, [list(reading.findings) for _, reading in read]


def _before(history: History, but: Submission) -> Before:
    """All that is true was sent before, but what comes now."""

    def sent(form: str, period: str) -> list[tuple[str, str, str, str, int]]:
        return [
            (one.unit, seen.area, seen.institution, seen.indicator, seen.value)
            for one in others(form, period)
            for seen in one.observations
            if seen.value is not None and not seen.total and not seen.item
        ]

    def others(form: str, period: str) -> list[Submission]:
        return [one for one in history.of(period, form) if one.id != but.id]

    def senders(form: str, period: str) -> set[str]:
        return {one.unit for one in others(form, period)}

    return Before(lambda _: (), lambda _: frozenset(), sent, senders)


def _first(planting: Planting, read: Sequence[Submission]) -> Submission:
    """What was read; a statement without anything where none was recognised."""
    nothing = replace(planting.clean, observations=[], sha256=planting.sent.sha256, nil=True)
    return next((sent for sent in read if sent.form == planting.clean.form), nothing)


def _alter(history: History, planting: Planting, path: Path) -> frozenset[tuple[str, str]]:
    """Write the altered file; at which cells, where the file itself is wrong."""
    original = history.files[planting.clean.sha256]
    columns = history.catalog.forms[planting.clean.form].by_code
    typed = {cell: _as_typed(columns[now.indicator], now, planting.clean) for cell, (_, now) in planting.typed.items()}
    if original.suffix == ".csv":
        path.write_bytes(_csv_with(original.read_bytes(), typed))
        return _alter_lines(planting, path)
    book = load_workbook(original)
    sheet = book[planting.clean.sheet]
    for cell, value in typed.items():
        sheet[cell] = value
    draft = planting.draft
    at = draft.alter(sheet, draft) if draft and draft.alter else ""
    book.save(path)
    return frozenset((planting.clean.sheet, cell) for cell in at.split())


def _alter_lines(planting: Planting, path: Path) -> frozenset[tuple[str, str]]:
    """Break lines of a file of text; at which cells of the broken file."""
    draft = planting.draft
    if draft is None or draft.alter_lines is None:
        return frozenset()
    lines = path.read_bytes().decode("gb18030").split("\r\n")
    at = draft.alter_lines(lines, draft)
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return frozenset((planting.clean.sheet, cell) for cell in at.split())


def _as_typed(column: object, seen: Observation, sent: Submission) -> Typed:
    if seen.value is None:
        return seen.raw or None
    if getattr(column, "is_amount", False):
        return seen.value / (100 if sent.money_unit == "元" else 1_000_000)
    return seen.value / MICRO_PER_PERCENT if getattr(column, "is_rate", False) else seen.value


def _csv_with(data: bytes, typed: Mapping[str, Typed]) -> bytes:
    rows = list(csv.reader(StringIO(data.decode("gb18030"))))
    for cell, value in typed.items():
        letters, row = coordinate_from_string(cell)
        rows[row - 1][column_index_from_string(letters) - 1] = "" if value is None else f"{value}"
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("gb18030")
