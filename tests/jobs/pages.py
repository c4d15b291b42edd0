"""A month's page made from a workspace as a release makes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lxml.html

from pipeline.catalog import load_catalog
from pipeline.jobs import month as months
from pipeline.jobs.finding_rows import finding_rows
from pipeline.jobs.measures import annex_of_words, measures_in_force
from pipeline.jobs.month_page import page_content
from pipeline.jobs.not_run import not_run_lines, not_run_of
from pipeline.jobs.ranking import ranking_of
from pipeline.model import MeasureTable
from pipeline.periods import Month
from pipeline.render.month_page import month_page
from pipeline.render.stamp import Stamp
from pipeline.store import journal
from pipeline.store.store import Store
from pipeline.transform.annexes import annex_tables
from tests.jobs.sample import AS_OF

PRODUCTS = ("data/findings.csv", "data/annex2.csv", "release.json", "index.html")

catalog_of = cache(lambda: load_catalog("ankang"))


def page_of(
    workspace: Path, period: str, as_of: str, measures: MeasureTable | None = None, *, draft: bool = True
) -> bytes:
    """The page of a month as the workspace's store knows it now."""
    catalog, month = catalog_of(), Month.parse(period)
    products = [*PRODUCTS, *(f"{layout.file_name}.xlsx" for layout in catalog.annexes.values())]
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, "9999")
        seen = months.view(connection, catalog, month, upto)
        facts = {
            str(m): found
            for m in (month, month.year_start, month.year_before)
            if (found := months.facts(connection, catalog, m, upto))
        }
        if year := months.facts_of(connection, seen, str(month.year)):
            facts[str(month.year)] = year
        tables = annex_tables(month, facts, catalog, months.unexplained_by_area(seen))
        stamp = Stamp(month, draft, sample=True, office=catalog.profile.office, release=1, vintage=upto, as_of=as_of)
        words = annex_of_words(seen, catalog, measures_in_force(connection, catalog, seen))
        rows = finding_rows(seen, catalog, ranking_of(connection, catalog, seen, facts))
        missed = not_run_lines(not_run_of(connection, catalog, seen), seen)
        made = page_content(connection, seen, catalog, stamp, tables, measures or words, facts, products, rows, missed)
    store.close()
    return month_page(made, catalog)


class Page:
    """The page of a workspace's month, read."""

    def __init__(self, workspace, as_of: str = AS_OF, period: str = "2018-03", *, draft: bool = True) -> None:
        self.bytes = page_of(workspace, period, as_of, draft=draft)
        self.root = lxml.html.fromstring(self.bytes.decode())

    def texts(self, path: str) -> list[str]:
        return [" ".join(" ".join(element.itertext()).split()) for element in self.root.xpath(path)]

    def matrix(self, form: str) -> dict[str, list[str]]:
        """Reporting unit → its words, of one form."""
        (table,) = (
            t for t in self.root.xpath("//table[contains(@class,'matrix')]") if t.findtext("caption").startswith(form)
        )
        return {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in table.find("tbody")}

    def waiting(self) -> list[str]:
        """What asks for something, a line each."""
        return self.texts("//section[@id='reports']//table[@class='plain']/tbody/tr")

    def findings(self, form: str = "") -> list[str]:
        """What is told of each finding, of one form or of all."""
        return [row for row in self.texts("//table[@id='list']/tbody/tr") if form in row]
