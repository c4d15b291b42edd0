"""The catalogue of sabotage: enough kinds, each documented, each plants something; a dozen are found."""

import pytest

from pipeline.catalog.loading import load_catalog
from pipeline.model import Finding, Observation, Severity, Submission
from pipeline.periods import Month
from tests.generator import months_until, simulate
from tests.generator.city import AMOUNT_STEP
from tests.generator.places import institution_of
from tests.sabotage.history import History
from tests.sabotage.judging import Judge
from tests.sabotage.kinds import KINDS
from tests.sabotage.measuring import Score
from tests.sabotage.planting import ROW, Kind, Planting, is_at, plant

UNITS = ("psbc", "rcb-hanbin", "rcb-hanyin")
DOZEN = (
    "cell-transposed", "cell-digit-more", "cell-yuan", "cell-sign", "cell-year-as-month", "cell-blank", "rate-fraction",
    "total-not-updated", "row-exchanged", "row-missing", "column-exchanged", "file-last-month",
)  # fmt: skip


def statement_of(city, unit, month):
    """What a bank would send, without a file."""
    seen = [
        Observation(code, area, institution_of(unit), value, "表", f"{area}{code}")
        for (area, code), value in city.reported(unit, month).items()
    ]
    totals = city.reported_total(unit, month).items() if unit == "psbc" else ()
    seen += [Observation(code, "total", "psbc", value, "表", f"合计{code}", total=True) for code, value in totals]
    money, step = ("元" if unit == "psbc" else "万元"), AMOUNT_STEP[institution_of(unit)]
    name = f"{unit}{month}"
    return Submission("M01", unit, str(month), name, name, "表", "", "2018-04-03 09:00", seen, money, step)


@pytest.fixture(scope="module")
def history():
    """Fifteen months of three banks, the last two for planting."""
    last = Month(2018, 3)
    city = simulate(2018, last, planted=False)
    sent = [statement_of(city, unit, month) for month in months_until(last) for unit in UNITS]
    made = History(load_catalog(), tuple(sent), {}, ())
    made.__dict__["months"] = [Month(2018, 2), last]
    return made


def test_there_are_enough_kinds_and_each_says_what_it_is():
    assert len(KINDS) >= 60
    assert {kind.scope for kind in KINDS.values()} >= {"单元格", "行", "列", "表", "文件"}
    for kind in KINDS.values():
        assert kind.title and kind.how, kind.name
        assert kind.causes or kind.unknowable, f"{kind.name} names its cause, or why nobody can know"
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("name", DOZEN)
def test_what_is_planted_differs_and_is_the_same_for_the_same_seed(history, name):
    planting = plant(KINDS[name], history, 1, 0)
    assert planting.sent.observations != planting.clean.observations
    assert plant(KINDS[name], history, 1, 0).sent == planting.sent
    assert planting.cells or planting.gone or planting.whole


def test_a_dozen_are_found_where_they_are_with_their_cause(history):
    plantings: list[Planting] = [plant(KINDS[name], history, 1, 0) for name in DOZEN]
    for planting, found in zip(plantings, Judge(history).alone(plantings, [[]] * len(plantings)), strict=True):
        told = [finding for finding in found if not finding.under and finding.severity != "note"]
        assert any(is_at(planting, finding) for finding in told), planting.kind.name
        assert any({finding.cause, finding.rule} & planting.kind.causes for finding in told), planting.kind.name


# ------------------------------------------------------------------ what counts as told


PAIR = Kind("pair", ROW, "两处差错", frozenset({"transposed", "digit_more"}), lambda desk: None, errors=2)


def told(cell, cause, *, at=True, under=""):
    return Finding("A04", 2, Severity.HARD, "…", "a.xlsx", "0", cell=cell, cause=cause, under=under), at


@pytest.mark.parametrize(
    ("why", "found", "at_cell", "cause", "missed"),
    [
        ("each at its place with its cause", [told("B1", "transposed"), told("C1", "digit_more")], 1, 1, []),
        ("one hides the other", [told("B1", "transposed"), told("C1", "digit_more", under="F1")], 0, 0, [7]),
        ("both by one name", [told("B1", "transposed"), told("C1", "transposed")], 1, 0, [7]),
        ("both at one place", [told("B1", "transposed"), told("B1", "digit_more")], 0, 1, [7]),
        ("one at a place that is right", [told("B1", "transposed"), told("C1", "digit_more", at=False)], 0, 1, [7]),
        ("a third besides", [told("B1", "transposed"), told("C1", "digit_more"), told("D1", "")], 1, 1, [7]),
    ],
)
def test_of_two_errors_at_once_each_is_due_a_message_of_its_own(why, found, at_cell, cause, missed):
    score = Score(PAIR)
    score.add(7, found)
    assert (score.at_cell, score.cause, score.missed) == (at_cell, cause, missed), why
    assert (score.planted, score.detected, score.due) == (1, 1, 2)


def test_of_one_error_one_message_is_due():
    score = Score(KINDS["cell-transposed"])
    score.add(0, [told("B1", "transposed")])
    score.add(1, [told("B1", "transposed"), told("C1", "", at=False)])
    score.add(2, [])
    assert (score.planted, score.detected, score.due, score.messages) == (3, 2, 2, 3)
    assert (score.at_cell, score.cause, score.missed) == (2, 2, [1, 2])
