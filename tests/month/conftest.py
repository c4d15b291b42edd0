from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.month.road import PERIOD, Workspace, monthly, sample_folders

BASES = ("2017-02", "2017-12")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the worker processes of one test run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(folder: Path, make: Callable[[Path], dict]) -> Workspace:
    """A workspace made by whichever worker comes first; the others wait for it."""
    workspace = Workspace(folder)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not workspace.told_in.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            workspace.told_in.write_text(json.dumps(make(folder)), "utf-8")
    return workspace


@pytest.fixture(scope="session")
def released(shared: Path) -> Workspace:
    """All fifteen months of the sample received and released. Not to be written to."""

    def make(folder: Path) -> dict:
        for month in sample_folders():
            shutil.copytree(month, folder / "inbox" / month.name)
        return monthly(folder, f"{sample_folders()[0].name}:{sample_folders()[-1].name}")

    return made_once(shared / "month-released", make)


@pytest.fixture(scope="session")
def bases(shared: Path) -> Workspace:
    """A store with all that 2018-02 is compared with or refers to, the year's targets too, but nothing of the month."""

    def make(folder: Path) -> dict:
        for month in sample_folders():
            if month.name in BASES:
                shutil.copytree(month, folder / "inbox" / month.name)
        for paper in ("*目标任务*", "*措施*"):  # what February's units declare unchanged stands in January's measures
            for path in sample_folders()[0].parent.glob(f"2018-01/{paper}"):
                shutil.copy(path, folder / "inbox")
        told = monthly(folder, BASES[-1])
        shutil.rmtree(folder / "inbox")
        return told

    return made_once(shared / "month-bases", make)


@pytest.fixture(scope="session")
def in_order(shared: Path, bases: Workspace) -> Workspace:
    """The same store after it received the month's folder as it lies in the sample, and the month's release."""

    def make(folder: Path) -> dict:
        shutil.copytree(bases.folder, folder, dirs_exist_ok=True)
        shutil.copytree(sample_folders()[0].parent / PERIOD, folder / "inbox")
        return monthly(folder, PERIOD)

    return made_once(shared / "month-in-order", make)
