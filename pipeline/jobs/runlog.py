"""The run log `store/logs/<YYYY-MM>.jsonl`: what was read, decided and written, by which program, in what time.

One JSON object a line. No personal data: files are named by their sha256, units and submissions by their ids; names of
files, senders and deciders, reasons, explanations and error messages stay out, for people may be named in them.
A month's file that has grown large is continued in `<YYYY-MM>.2.jsonl`; of all files the newest are kept.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import perf_counter
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.jobs.clock import SHANGHAI, Clock

if TYPE_CHECKING:
    from pipeline.store.journal import Entry


Progress = Callable[[str, int, int], None]
"""Told what is being done, how far it is, and of how many."""

LARGEST = 2_000_000
"""Bytes after which a file is continued in another: some two thousand runs."""
MOST_FILES = 60
"""Five years of months."""
_OURS = re.compile(r"(\d{4}-\d{2})(?:\.(\d{1,4}))?\.jsonl")


class RunLog:
    """Appends to the log of a workspace; a log that cannot be written never stops the work."""

    def __init__(self, workspace: Path, command: str) -> None:
        self._store = workspace / "store"
        self._run = {"run": f"{_now():%Y%m%d-%H%M%S-%f}", "command": command}
        self._waiting: list[str] = []
        self._began = perf_counter()
        self._last = self._began
        self._stages: dict[str, float] = {}

    def note(self, event: str, **facts: object) -> None:
        """Write one line, as soon as there is a store to write it into."""
        now = _now()
        line = {"at": f"{now:%Y-%m-%d %H:%M:%S}", **self._run, "event": event, **facts}
        self._waiting.append(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        with suppress(OSError):
            if self._store.is_dir():
                self._write(f"{now:%Y-%m}")

    def _write(self, month: str) -> None:
        folder = self._store / "logs"
        folder.mkdir(exist_ok=True)
        path = _place(folder, month)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(self._waiting)
        self._waiting.clear()
        if is_new:
            for old in _files(folder)[:-MOST_FILES]:
                old.unlink()

    def watching(self, progress: Progress) -> Progress:
        """The same progress; the time between two of its calls counts for the later one's stage."""

        def watched(stage: str, done: int, of: int) -> None:
            now = perf_counter()
            self._stages[stage] = self._stages.get(stage, 0.0) + now - self._last
            self._last = now
            progress(stage, done, of)

        return watched

    @property
    def durations(self) -> Mapping[str, float]:
        """Seconds of each stage so far, and of the whole run."""
        stages = {stage: round(seconds, 3) for stage, seconds in self._stages.items()}
        return {**stages, "total": round(perf_counter() - self._began, 3)}


@contextmanager
def kept(workspace: Path, command: str, clock: Clock, **versions: str) -> Iterator[RunLog]:
    """Log a run from start to end, however it ends; `versions` names what it ran with beside the program itself."""
    log = RunLog(workspace, command)
    python = ".".join(map(str, sys.version_info[:3]))
    log.note("start", as_of=clock.text, versions={"pipeline": __version__, "python": python, **versions})
    try:
        yield log
    except BaseException as error:  # whatever ends a run, an interrupt too, is told and goes on its way
        code = error.exit_code if isinstance(error, PipelineError) else None
        where = {} if isinstance(error, PipelineError) else {"where": _raised_at(error)}
        log.note("failed", error=type(error).__name__, exit=code, **where, seconds=log.durations)
        raise
    log.note("end", seconds=log.durations)


def note_decision(log: RunLog, entry: Entry) -> None:
    """A person's decision: that it was made, and about what; who and why stand in the journal."""
    body: Mapping[str, Any] = entry.body
    about = {
        name: body[name] for name in ("period", "finding", "submission", "unit", "undone", "sha256") if name in body
    }
    log.note("decided", kind=entry.kind, entry=entry.seq, **about)


def _now() -> datetime:
    return datetime.now(SHANGHAI)


def _place(folder: Path, month: str) -> Path:
    """The month's file, or its last continuation; the next one where that has grown large."""
    parts = [path for path in _files(folder) if _age(path)[0] == month]
    if not parts:
        return folder / f"{month}.jsonl"
    last = parts[-1]
    return last if last.stat().st_size < LARGEST else folder / f"{month}.{_age(last)[1] + 1}.jsonl"


def _files(folder: Path) -> list[Path]:
    """What earlier runs have logged, oldest first; other people's files are left alone."""
    return sorted((path for path in folder.iterdir() if _OURS.fullmatch(path.name)), key=_age)


def _age(path: Path) -> tuple[str, int]:
    """Month and part: `2018-04.jsonl` is part 1."""
    found = _OURS.fullmatch(path.name)
    return (found[1], int(found[2] or 1)) if found else ("", 0)


def _raised_at(error: BaseException) -> str:
    """Module and line in our own code: where to look, without a word of what was looked at."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__) if frame.f_globals["__name__"].startswith("pipeline.")]
    return f"{frames[-1].f_globals['__name__']}:{frames[-1].f_lineno}" if frames else ""
