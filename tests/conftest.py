"""A browser for the tests that look at a page as a reader's browser does: one a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browsing import started


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium as the system has it; nothing is downloaded."""
    with started() as browser:
        yield browser
