"""Blank forms that check themselves: filled in otherwise, what they tell, and what the program finds in them."""

from __future__ import annotations

import openpyxl

from pipeline import validate
from pipeline.jobs import month as months
from pipeline.jobs import over_time
from pipeline.jobs import past as past_months
from pipeline.jobs.clock import clock_for
from pipeline.jobs.opening import opened
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.store import Store
from pipeline.validate.neighbours import Neighbours
from tests.jobs.filled_forms import readings

OWED = "必填的格"


def put(path, figures, out):
    """The upright form with these figures, by label and column."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {str(row[0].value).strip(): row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value}
    for (label, column), value in figures.items():
        sheet.cell(rows[label], column).value = value
    book.save(out)
    return out


def told(path) -> list[tuple]:
    """The lines of the list of problems: code, weight, area, label, cell, sentence."""
    sheet = openpyxl.load_workbook(path, data_only=True)["审核"]
    lines = [row[1:7] for row in sheet.iter_rows(min_row=7, max_row=18, values_only=True) if row[0]]
    broken, blanks = [line for line in lines if line[3] != OWED], [line for line in lines if line[3] == OWED]
    said = sheet["A3"].value
    some = f"有 {len(broken)} 处问题，见下" if broken else "0 处问题"
    assert said.startswith(some)
    assert bool(blanks) == said.endswith("格没有填")
    assert lines == [*broken, *blanks], "what is not filled in yet comes last"
    return lines


def found_at_home(paths, workspace, month: Month, day: str) -> dict[str, set[str]]:
    """The codes of what the program finds in each of these when they come home, each cause by itself."""
    clock = clock_for(day)
    catalog = opened(workspace, "ankang", clock)
    sent = {name: readings(path, catalog, f"{at:064x}").submissions[0] for at, (name, path) in enumerate(paths.items())}
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        seen = months.view(connection, catalog, month, upto)
        past = over_time.past_of(connection, seen, over_time.beside(connection, seen).in_force)
        last = [s.record for s in past_months.standings_of(connection, [month.previous], upto)[str(month.previous)]]
        read = records.observations(connection, [record.id for record in last])
        returns = [records.full(one, read.get(one.id, [])) for one in last if one.form == "C01"]
    store.close()
    beside = Neighbours(returns_before=lambda: returns)
    found: dict[str, set[str]] = {name: set() for name in sent}
    for name, one in sent.items():
        checked = [*validate.check([one], catalog), *validate.check_over_time([one], catalog, past)]
        checked += validate.check_beyond([one], catalog, beside) if one.form == "C01" else []
        found[name] = {finding.rule for finding in checked}
    return found
