"""A browser for the tests that look at a page as a reader's browser does: one a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium as the system has it; nothing is downloaded."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert program, "缺少浏览器。请有管理员权限的同事运行一次：sudo apt install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=[*_QUIET, "--disable-sync", "--no-first-run"]
        )
        yield started
        started.close()
