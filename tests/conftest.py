"""What is loaded once a run: a browser for the tests that look at a page, and what a page is drawn with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.render import month_page
from tests.browsing import started


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium as the system has it; nothing is downloaded."""
    with started() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _ready_to_draw() -> None:
    """Each run forks a process that draws: it finds ready what it would load for itself."""
    month_page.warm_up()
