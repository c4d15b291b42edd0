"""index.html: one self-contained page a month. No network, no styles or scripts but its own, at most 5 MB."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from pipeline.catalog.catalog import Catalog
from pipeline.errors import TemplateBroken
from pipeline.model import Figure, FigureRow, FigureTable, MeasureTable
from pipeline.render.charts import Chart, svg
from pipeline.render.charts_canvas import load
from pipeline.render.charts_month import Balance, month_charts
from pipeline.render.finding_rows import FindingRow
from pipeline.render.month_page_annexes import AnnexView, MeasuresView, annex_view, measures_view
from pipeline.render.month_page_figures import KeyFigure, gap_words, key_figures
from pipeline.render.month_page_findings import EVERYTHING, finding_list
from pipeline.render.month_page_links import link_groups
from pipeline.render.month_page_matrix import LEGEND, FormMatrix, Waiting
from pipeline.render.report_content import STORE
from pipeline.render.stamp import Stamp
from pipeline.render.template import filled, prepare, source

FILE_NAME = "index.html"
_TEMPLATE = "index.html.j2"
MOST_BYTES = 5_000_000
_ROOM = ((2000, 1200), (2000, 300), (1000, 300), (500, 300), (200, 300), (100, 100), (0, 20))
"""Most findings shown, and longest text: the first with which the page is not too large."""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """All that the page says, before it is put in words and marks.

    `tables` are the annexes of figures by number; `changes` what the summary does not print (`key_figures`);
    `products` the paths of what lies in the same folder.
    """

    stamp: Stamp
    closing: str
    tables: Mapping[int, FigureTable]
    measures: MeasureTable | None
    changes: Mapping[str, Figure]
    matrices: Sequence[FormMatrix]
    waiting: Sequence[Waiting]
    punctuality: str
    """A sentence on what came late, or that all came in time."""
    findings: Sequence[FindingRow]
    not_run: Sequence[str]
    """Which rules could not run, and why, a sentence each."""
    balances: Sequence[Balance]
    products: Sequence[str]
    levels: Mapping[int, str] = field(default_factory=dict)
    """The words for what rules look at."""


def month_page(page: MonthPage, catalog: Catalog) -> bytes:
    """The page. The same content gives the same bytes."""
    style, script = source("index.css"), source("index.js")
    values = {
        "page": page,
        "city": catalog.profile.city,
        "as_of": _day(page.stamp.as_of),
        "key_figures": _key_figures(page, catalog),
        "gap": _gap(page, catalog),
        "legend": LEGEND,
        "charts": [(chart, svg(chart).decode()) for chart in _charts(page, catalog)],
        "annexes": _annexes(page, catalog),
        "links": link_groups(page.products, FILE_NAME, catalog.annexes, catalog.tables),
        "everything": EVERYTHING,
        "store": STORE,
        "style": style,
        "script": script,
        "style_hash": _hash(style),
        "script_hash": _hash(script),
    }
    made = b""
    for most, longest in _ROOM:
        sized = {
            "findings": finding_list(page.findings, most, longest, page.levels),
            "measures": _measures(page, catalog, longest),
        }
        made = filled(_TEMPLATE, {**values, **sized}).encode()
        if len(made) <= MOST_BYTES:
            break
    return made


def warm_up() -> None:
    """Load what a page needs beyond what a run loads anyway, so that it is done while files are read."""
    load()
    with suppress(TemplateBroken):  # told when the page is made
        prepare(_TEMPLATE)


def _hash(text: str) -> str:
    """As a content security policy names what it allows."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _summary(page: MonthPage, catalog: Catalog) -> FigureTable | None:
    """The annex over all institutions."""
    return next((table for number, table in page.tables.items() if not catalog.annexes[number].institution), None)


def _city(table: FigureTable | None) -> FigureRow | None:
    """The row of all."""
    return next((row for part in table.parts for row in part.rows if row.is_total), None) if table else None


def _key_figures(page: MonthPage, catalog: Catalog) -> tuple[KeyFigure, ...]:
    table = _summary(page, catalog)
    city = _city(table)
    if table is None or city is None:
        return ()
    return key_figures(city, catalog.annexes[table.annex], page.changes, page.stamp.month)


def _gap(page: MonthPage, catalog: Catalog) -> str:
    city = _city(_summary(page, catalog))
    return gap_words(city) if city else ""


def _day(text: str) -> str:
    """「2018年4月10日」."""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _charts(page: MonthPage, catalog: Catalog) -> tuple[Chart, ...]:
    table = _summary(page, catalog)
    return month_charts(table, catalog.annexes[table.annex], page.balances) if table else ()


def _annexes(page: MonthPage, catalog: Catalog) -> list[AnnexView]:
    return [annex_view(page.tables[number], catalog.annexes[number], page.stamp) for number in sorted(page.tables)]


def _measures(page: MonthPage, catalog: Catalog, longest: int) -> MeasuresView | None:
    table = page.measures
    return measures_view(table, catalog.annexes[table.annex], page.stamp, longest) if table else None
