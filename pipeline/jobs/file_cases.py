"""Worked examples of the rules of the file: small workbooks that are made, and read as whatever comes in is read."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pipeline.catalog import Catalog
from pipeline.jobs.file_examples import EXAMPLES, Content, Draft, FileExample, Place
from pipeline.model import Finding, ReceivedFile
from pipeline.money import FEN_PER_WAN, MICRO_PER_PERCENT
from pipeline.periods import Month
from pipeline.render.handbook import Case
from pipeline.render.workbook import workbook_bytes

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading
    from pipeline.validate.examples.world import Figures

_NAME, _SHEET = "月报表.xlsx", "月报表"
_LABEL = "县(区)"
_HEADER_ROW = 2
_OTHER_UNIT = "abc"


def file_cases(code: str, catalog: Catalog, month: Month) -> tuple[Case, ...]:
    """The examples of a rule of the file, each as it is found when the file is read."""
    return tuple(_worked(example, catalog, month) for example in EXAMPLES if example.code == code)


def _worked(example: FileExample, catalog: Catalog, month: Month) -> Case:
    before = true_file(catalog, month)
    after = deepcopy(before)
    change = "；".join(edit.apply(after) for edit in example.edits)
    sent = [after, before] if after.twin else [after]
    found = next(finding for finding in findings(sent, catalog, month) if finding.rule == example.code)
    return Case(
        kind=example.kind,
        severity=found.severity,
        weight=found.severity.label,
        month=month,
        relation="",
        passing="",
        given="",
        change=change,
        failing="",
        message=found.message,
    )


def findings(sent: list[Draft], catalog: Catalog, month: Month) -> list[Finding]:
    """What is found in files that came in together, in the first of them."""
    from pipeline.jobs.together import refuse_versions

    names = [draft.name if not place else f"第{place + 1}份{draft.name}" for place, draft in enumerate(sent)]
    data = [saved(draft, month) for draft in sent]
    after = month.shifted(1)
    files = [
        ReceivedFile(sha256(content).hexdigest(), name, f"{after}-05 09:00")
        for name, content in zip(names, data, strict=True)
    ]
    readings = [_read(content, file, catalog) for content, file in zip(data, files, strict=True)]
    refuse_versions(files, readings, {file.sha256: "" for file in files})
    return readings[0].findings


def _read(data: bytes, received: ReceivedFile, catalog: Catalog) -> FileReading:
    from pipeline.ingest.reading import read_file
    from pipeline.ingest.workbook import open_grid

    return read_file(open_grid(data, received.name), received, catalog)


# ------------------------------------------------------------------ the true file


def true_file(catalog: Catalog, month: Month) -> Draft:
    """The statement of a bank with one county in the invented month of the other examples; nothing is wrong with it."""
    from pipeline.validate.examples.truth import statement

    table = statement(month)
    unit = catalog.units.by_id[table.unit].name(month)
    codes = [c for c in table.rows[0][1] if catalog.forms[table.form].by_code[c].holds(month)]
    labels = [catalog.forms[table.form].by_code[code].label for code in codes]
    counties = [(area, catalog.areas.name(area, month), figures) for area, figures in table.rows]
    rows: list[list[Content]] = [
        [f"金融扶贫小额贷款统计表（{month.label}）"],
        [f"填报单位：{unit}", None, None, "单位：万元、户、笔"],
        [_LABEL, *labels],
        *([name, *_typed(figures, codes, catalog)] for _, name, figures in counties),
    ]
    places: dict[Place, tuple[int, int]] = {
        "title": (0, 0),
        "unit": (1, 0),
        "money": (1, 3),
        "header": (_HEADER_ROW, 0),
    }
    for row, area in enumerate(["header", *(area for area, *_ in counties)], start=_HEADER_ROW):
        for col, code in enumerate(["label", *codes, "nothing", "beside"]):
            places[area, code] = row, col
    others = {"unit": catalog.units.by_id[_OTHER_UNIT].name(month), "month": month.previous.label}
    return Draft(_NAME, rows, places, others=others)


def _typed(figures: Figures, codes: list[str], catalog: Catalog) -> list[Content]:
    """Figures as they are typed into a form in 万元 and percent."""
    by_code = catalog.forms["M01"].by_code
    scales = {code: FEN_PER_WAN if by_code[code].is_amount else MICRO_PER_PERCENT for code in codes}
    return [
        float(Fraction(value, scales[code]))
        if isinstance(value := figures.get(code), int) and (by_code[code].is_amount or by_code[code].is_rate)
        else value
        for code in codes
    ]


def saved(draft: Draft, month: Month) -> bytes:
    """The file as it is sent."""

    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet(_SHEET)
        for row, cells in enumerate(draft.rows):
            for col, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, col, value)
        for col in draft.hidden_columns:
            sheet.set_column(col, col, None, None, {"hidden": True})
        if draft.box:
            sheet.insert_textbox(1, max(map(len, draft.rows)) + 1, draft.box)

    data = workbook_bytes(fill, {"created": datetime(month.year, month.month, 1, tzinfo=UTC)})
    return data[: len(data) - draft.lost]
