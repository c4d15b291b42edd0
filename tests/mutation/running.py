"""Each mutant in a process of its own, forked from one that has loaded all but the rules and their tests."""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import CodeType, ModuleType

import pytest

from tests.mutation.modules import ROOT
from tests.mutation.mutants import Mutant

_UNDER_TEST = ("pipeline.validate", "tests.validate")
_LONGEST_WAIT = 300
"""Seconds that one may take on a busy machine, whatever it computes."""


class Fate(StrEnum):
    """What became of a mutant."""

    SURVIVED = "survived"
    KILLED = "killed"
    UNBORN = "unborn"
    """The tests could not even be collected: it says nothing of them, and is not counted."""


@dataclass(frozen=True)
class Job:
    """The tests of a module with a mutant in its place; as it is, without."""

    path: str
    tests: tuple[str, ...]
    mutant: Mutant | None = None
    seconds: float | None = None
    """Of computing that it may take; more counts as killed."""


@dataclass(frozen=True)
class Outcome:
    """How it ended, and the seconds of computing that it took."""

    fate: Fate
    seconds: float


@dataclass(frozen=True)
class _Running:
    """A job, and where its process says which test failed."""

    job: Job
    said: int


def ready(tests: Iterable[str]) -> None:
    """Load everything that the tests load, then forget the rules and the tests themselves."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.pycache_prefix, sys.dont_write_bytecode = tempfile.mkdtemp(prefix="mutation-"), False
    from hypothesis import HealthCheck, Phase, settings

    # the same examples each time, none made smaller for a reader who is not there, and none judged by the clock
    settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    settings.load_profile("mutation")
    from pipeline.validate import warm_up

    warm_up()
    for test in tests:
        importlib.import_module(test.removesuffix(".py").replace("/", "."))
    for name in [name for name in sys.modules if name.startswith(_UNDER_TEST)]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()


def outcomes(jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Run them, as many at once as there are processors, in the order in which they end.

    The tests that killed mutants of a module before are the first that the next one meets.
    """
    at_once, running, killers = os.cpu_count() or 1, dict[int, _Running](), dict[str, list[str]]()
    for job in jobs:
        if len(running) == at_once:
            yield _next_of(running, killers)
        pid, said = _started(job, killers.get(job.path, []))
        running[pid] = _Running(job, said)
    while running:
        yield _next_of(running, killers)


def _next_of(running: dict[int, _Running], killers: dict[str, list[str]]) -> tuple[Job, Outcome]:
    pid, status, used = os.wait3(0)
    ended = running.pop(pid)
    with os.fdopen(ended.said, encoding="utf-8") as said:
        failed = said.read()
    if failed:
        known = killers.setdefault(ended.job.path, [])
        known[:] = [failed, *(test for test in known if test != failed)]
    fate = {0: Fate.SURVIVED, 2: Fate.UNBORN}.get(os.waitstatus_to_exitcode(status), Fate.KILLED)
    return ended.job, Outcome(fate, used.ru_utime + used.ru_stime)


# ------------------------------------------------------------------ in the child


def _started(job: Job, first: list[str]) -> tuple[int, int]:
    """A process that runs a job, and the end of the pipe at which it tells."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    code = 1
    try:
        _limit(job.seconds)
        code = _tested(job, _Order(first, writing))
    finally:
        os._exit(code)


def _limit(seconds: float | None) -> None:
    """The computing that is allowed, so that a busy machine kills nothing."""
    if seconds is not None:
        allowed = int(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 1))
    signal.alarm(_LONGEST_WAIT)


def _tested(job: Job, order: _Order) -> int:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if job.mutant is not None:
        sys.meta_path.insert(0, _Exchanged(job.path, job.mutant.code))
    options = ["-q", "-x", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", f"--confcutdir={ROOT}/tests/validate"]
    return int(pytest.main([*options, *job.tests], plugins=[order]))


class _Order:
    """Puts these tests first, and tells which one fails."""

    def __init__(self, first: list[str], said: int) -> None:
        self._place, self._said = {test: place for place, test in enumerate(first)}, said

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The others stay in their order."""
        items.sort(key=lambda item: self._place.get(item.nodeid, len(self._place)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Once, for the run ends there."""
        if report.failed:
            os.write(self._said, report.nodeid.encode("utf-8"))


class _Exchanged(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant when its module is imported."""

    def __init__(self, path: str, code: CodeType) -> None:
        self._path, self._code = path, code
        self._name = path.removesuffix(".py").replace("/", ".")

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Of the one module."""
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, ROOT / self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant's code as the module."""
        exec(self._code, module.__dict__)
