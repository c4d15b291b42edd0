from __future__ import annotations

import pytest

from pipeline.periods import Month
from tests.generator import months_until, simulate, write

SEED = 2018
LAST = Month(2018, 3)


@pytest.fixture(scope="session")
def months():
    return months_until(LAST)


@pytest.fixture(scope="session")
def clean_city():
    return simulate(SEED, LAST, planted=False)


@pytest.fixture(scope="session")
def city():
    return simulate(SEED, LAST)


@pytest.fixture(scope="session")
def written(city, months, tmp_path_factory):
    """The default sample, all fifteen months."""
    out = tmp_path_factory.mktemp("sample")
    write(city, months, out)
    return out
