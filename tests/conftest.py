"""What is loaded once a run: a browser for the tests that look at a page, and what a page is drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.render import month_page
from tests.browsing import started

_HERE = Path(__file__).parent
_LONG = (
    "a11y",
    "faults",
    "generated",
    "month",
    "jobs/test_bad_input.py",
    "jobs/test_derivation.py",
    "jobs/test_determinism.py",
    "jobs/test_forms_home.py",
    "jobs/test_forms_live.py",
    "jobs/test_history.py",
    "jobs/test_history_rules.py",
    "jobs/test_printing.py",
    "jobs/test_register_refused.py",
    "jobs/test_words.py",
    "render/test_recalculation.py",
    "test_walk.py",
)
"""Whole months, many times over: they hold what a month must hold, and what is covered is known from the others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long: `make test` measures no coverage there, which would take twice as long again."""
    for item in items:
        place = item.path.relative_to(_HERE).as_posix()
        if place.startswith(_LONG):
            item.add_marker("long")


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium as the system has it; nothing is downloaded."""
    with started() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _ready_to_draw() -> None:
    """Each run forks a process that draws: it finds ready what it would load for itself."""
    month_page.warm_up()
