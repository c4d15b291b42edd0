"""A sample statement put through random changes that keep its meaning reads to identical observations."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.faults.meaning import lost, plans
from tests.faults.moves import PACKINGS, SAMPLES, Plan
from tests.faults.tables import meaning


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(plans)
def test_what_is_moved_renamed_converted_and_decorated_says_the_same(plan):
    assert lost(plan) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_that_is_only_taken_apart_and_put_together_says_the_same(sample):
    assert lost(Plan(sample)) == []
    assert len(meaning(sample)[1]) > 30


def test_a_change_of_meaning_is_seen(monkeypatch):
    from tests.faults import moves

    monkeypatch.setitem(moves.WORTH, "元", moves.Decimal(1_000))
    assert len(lost(Plan(SAMPLES[0], money="元"))) > 100


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("kind", ["xlsm", "xls", "csv-gb18030"])
def test_what_comes_in_an_archive_or_a_mail_says_the_same(kind, packing):
    assert lost(Plan(SAMPLES[0], format=kind, packing=packing)) == []


def test_another_rounding_is_seen(monkeypatch):
    key, facts, step = meaning(SAMPLES[0])
    monkeypatch.setattr("tests.faults.meaning.meaning", lambda _: (key, facts, step // 10))
    assert lost(Plan(SAMPLES[0])) == [f"step {step} in place of {step // 10}"]
