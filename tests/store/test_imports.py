"""Imported figures in the store: which of them count follows from the journal alone."""

from __future__ import annotations

import pytest

from pipeline.model import ImportedFigure
from pipeline.store import imports, journal
from pipeline.store.store import Store

A, B = "a" * 64, "b" * 64
END = 10**6


def figure(sha256: str, period: str, unit: str, area: str, value: int) -> ImportedFigure:
    return ImportedFigure(
        period, unit, "M01", "rcb", area, "outstanding_amount", value, "年报", "旧.xlsx", sha256, "表", "E2"
    )


OLD = [
    figure(A, "2016-12", "north", "one", 1),
    figure(A, "2016-12", "south", "two", 2),
    figure(A, "2016-11", "north", "one", 3),
]
NEW = [figure(B, "2016-12", "north", "three", 4)]


@pytest.fixture
def connection(tmp_path):
    store = Store(tmp_path, create=True)
    with store.transaction() as opened:
        yield opened
    store.close()


def imported(connection, figures) -> int:
    """Keep figures and say so in the journal, as the command does."""
    imports.add(connection, figures)
    body = {"period": "", "sha256": figures[0].sha256}
    return journal.append(connection, journal.IMPORTED, "2018-01-01 09:00:00", body).seq


def undone(connection, entry: int) -> int:
    return journal.append(connection, journal.UNDONE, "2018-01-02 09:00:00", {"period": "", "undone": entry}).seq


def values(connection, period: str = "2016-12", upto: int = END) -> list[int]:
    return [found.value for found in imports.figures(connection, upto, period)]


def test_what_goes_in_comes_out(connection):
    imported(connection, OLD)
    assert imports.figures(connection, END, "2016-12") == OLD[:2]
    assert imports.all_figures(connection, END) == OLD
    assert imports.of_file(connection, A) == OLD
    assert values(connection, "2016-10") == []


def test_without_an_entry_nothing_counts(connection):
    imports.add(connection, OLD)
    assert values(connection) == []
    assert imports.of_file(connection, A) == OLD


def test_a_later_file_takes_a_unit_and_period_over_whole_and_nothing_else(connection):
    first = imported(connection, OLD)
    second = imported(connection, NEW)
    assert sorted(values(connection)) == [2, 4]
    assert values(connection, "2016-11") == [3]
    assert sorted(values(connection, upto=first)) == [1, 2], "as it was known then"
    undone(connection, second)
    assert sorted(values(connection)) == [1, 2]


def test_an_undoing_can_be_undone(connection):
    entry = imported(connection, OLD)
    taken_back = undone(connection, entry)
    assert values(connection) == []
    undone(connection, taken_back)
    assert sorted(values(connection)) == [1, 2]


def test_the_same_file_imported_again_stands_where_it_stands_last(connection):
    first = imported(connection, OLD)
    imported(connection, NEW)
    undone(connection, first)
    again = imported(connection, OLD)
    assert imports.in_effect(connection, END)[A].seq == again
    assert sorted(values(connection)) == [1, 2]
    assert len(imports.of_file(connection, A)) == len(OLD), "kept once"


def test_what_files_are_about(connection):
    imported(connection, OLD)
    imported(connection, NEW)
    about = {A: {("2016-12", "north"), ("2016-12", "south"), ("2016-11", "north")}, B: {("2016-12", "north")}}
    assert imports.covered(connection, (A, B)) == about
    assert imports.covered(connection, ()) == {}
