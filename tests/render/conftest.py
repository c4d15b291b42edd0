"""Pages of invented months, each written once a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.render.month_page import month_page
from tests.measures import hostile_measures
from tests.render.month_pages import HOSTILE, STAMP, WAITING, content, hostile_findings, large, small_catalog


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Where a page with this content lies; each content is written once a run."""
    folder, known = tmp_path_factory.mktemp("pages"), {}

    def write(name: str, page=None, catalog=None) -> Path:
        if name not in known:
            known[name] = folder / f"{name}.html"
            known[name].write_bytes(month_page(page or content(), catalog or small_catalog()))
        return known[name]

    return write


@pytest.fixture(scope="session")
def common(written):
    return written("common")


@pytest.fixture(scope="session")
def wide(written):
    return written("wide", *large())


@pytest.fixture(scope="session")
def hostile(written):
    page = content(
        findings=hostile_findings(),
        measures=hostile_measures(),
        closing="".join(HOSTILE[:10]),
        stamp=replace(STAMP, office=HOSTILE[4], overrides=(HOSTILE[1],)),
        products=[f"退回单/{text[:60]}.docx" for text in HOSTILE],
        waiting=[replace(WAITING[0], units=HOSTILE[:9])],
    )
    return written("hostile", page)
