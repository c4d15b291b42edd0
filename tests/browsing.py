"""A page opened in a browser from a file, watched: what it complained of, what it asked the network for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SCREEN = (1366, 768)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def installed() -> str | None:
    """The browser's program; None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@contextmanager
def started() -> Iterator:
    """Headless Chromium as the system has it."""
    from playwright.sync_api import sync_playwright

    program = installed()
    assert program, "缺少浏览器。请有管理员权限的同事运行一次：sudo apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*_QUIET, "--disable-sync", "--no-first-run"]
        )
        yield browser
        browser.close()


@dataclass
class Watched:
    """An open page; `heard` is all that it said on the console, asked for, or opened on its own."""

    page: object
    heard: list[str] = field(default_factory=list)

    def run(self, script: str):
        """What a script finds out."""
        return self.page.evaluate(script)

    def texts(self, selector: str) -> list[str]:
        """The words of all elements, as a reader copies them."""
        return [text.strip() for text in self.page.locator(selector).all_text_contents()]

    def findings(self) -> list[str]:
        """What the last column says of each finding that is not filtered away."""
        return self.run(
            "[...document.querySelectorAll('#list tbody tr:not([hidden]) .id')].map(e => e.innerText.trim())"
        )

    def visible(self, selector: str) -> int:
        """How many elements can be seen."""
        return self.run(f"[...document.querySelectorAll({selector!r})].filter(e => e.checkVisibility()).length")


@contextmanager
def opened(browser, path: Path, size: tuple[int, int] = SCREEN, *, script: bool = True) -> Iterator[Watched]:
    """Open a file offline."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, offline=True, locale="zh-CN"
    )
    page = context.new_page()
    watched = Watched(page)
    here = path.as_uri()
    page.on("console", lambda said: watched.heard.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: watched.heard.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watched.heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.split("#")[0] == here else watched.heard.append(asked.url))
    page.goto(here)
    yield watched
    context.close()
