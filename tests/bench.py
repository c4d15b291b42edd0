"""`python -m tests.bench`: how long whole runs take, each beside its floor; printed, never asserted.

A floor is one process that imports the same libraries, parses the same files and writes the same cells
(`tests/bench_floor.py`). Run and floor take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import openpyxl

from pipeline.periods import Month, between
from tests import bench_intake, bench_rules
from tests.bench_aims import ROW, verdict

ROOT = Path(__file__).parents[1]
RUNS = 5
OFFICE = "import sys; sys.modules['hypothesis'] = None; "
"""What only developers have is out of sight: pandera would import it."""
PIPELINE = (sys.executable, "-c", f"{OFFICE}from pipeline.__main__ import run; run()")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What was compiled once stays compiled, as it does in an office."""
FLOOR = (sys.executable, "-c", f"{OFFICE}from tests.bench_floor import main; main()")
WITHOUT_READING = ("click", "pydantic", "yaml", "sqlalchemy")
ALL_LIBRARIES = (
    *WITHOUT_READING,
    "pandas",
    "pandera.pandas",
    "python_calamine",
    "xlrd",
    "xlsxwriter",
    "jinja2.sandbox",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
)

FIRST, LAST, LONG_AFTER = Month(2017, 1), Month(2018, 3), Month(2019, 12)
"""The sample's first and last month, and the last one of a history of 36."""


@dataclass(frozen=True, slots=True)
class Case:
    """A run to be measured: its arguments, the workspace that it starts from, and what its floor has to do."""

    title: str
    arguments: tuple[str, ...]
    workspace: Path | None = None
    libraries: tuple[str, ...] = ALL_LIBRARIES
    read: tuple[Path, ...] = ()
    parse: tuple[Path, ...] = ()
    releases: tuple[Month, ...] = ()
    """Months whose workbooks are written."""
    seconds: float | None = None
    """Aim for the median."""
    ratio: float | None = None
    """Aim for the median over the floor's."""


def main() -> None:
    """Prepare, measure, print a row as soon as it is known."""
    print(ROW.format(f"seconds, whole processes, of {RUNS} runs", "median", "min", "max", "floor", "ratio", "aim"))
    with TemporaryDirectory() as scratch:
        for cases in _cases(Path(scratch)):
            for case, (times, floors) in zip(cases, _measure(cases, Path(scratch)), strict=True):
                ratio = median(times) / median(floors)
                numbers = (f"{n:.2f}" for n in (median(times), min(times), max(times), median(floors), ratio))
                print(ROW.format(case.title, *numbers, _aim(case, median(times), ratio)).rstrip(), flush=True)
        bench_rules.judging(Path(scratch) / "history")
        bench_intake.receiving(Path(scratch) / "history", Path(scratch))


def _aim(case: Case, seconds: float, ratio: float) -> str:
    aims = [(seconds, case.seconds, " s"), (ratio, case.ratio, " × floor")]
    return ", ".join(verdict(reached, aim, words) for reached, aim, words in aims if aim is not None)


# ------------------------------------------------------------------ what is measured


def _cases(scratch: Path) -> Iterator[tuple[Case, ...]]:
    """Cases that are to be compared with each other come together, and are run in turns."""
    yield (Case("pipeline --help", ("--help",), libraries=("click",), seconds=0.3),)

    months = tuple(between(FIRST, LAST))
    inbox = _inbox(scratch / "inbox", _sample(scratch), months)
    nearly_full = _released(scratch / "nearly-full", inbox, months[:-1])
    full = _released(scratch / "full", inbox, months)
    everything = ("monthly", f"{FIRST}:{LAST}", *_given(inbox, LAST))
    plain = _plain_month("a plain month, 14 months stored", nearly_full, inbox, LAST)
    yield (replace(plain, seconds=3, ratio=1.5),)
    yield (Case("15 months from nothing", everything, parse=_files(inbox), releases=months, seconds=15),)
    asked = ("monthly", str(LAST), *_given(inbox, LAST))
    again = Case("nothing new, one month asked for", asked, full, WITHOUT_READING, read=_files(inbox), seconds=1.5)
    yield again, replace(again, title="nothing new, 15 months asked for", arguments=everything)
    yield tuple(_growth(scratch))


def _growth(scratch: Path) -> Iterator[Case]:
    """The same month, once as the last of 15 and once as the last of 36."""
    months = tuple(between(FIRST, LONG_AFTER))
    history = scratch / "history"
    _run(sys.executable, "-m", "tests.generator", "--months", str(len(months)), "--out", str(history))
    for stored in (15, 36):
        before = months[-stored:-1]
        inbox = _inbox(scratch / f"inbox-{stored}", history, (*before, LONG_AFTER))
        workspace = _released(scratch / f"stored-{stored}", inbox, before)
        yield _plain_month(f"growth: the last of {stored} months", workspace, inbox, LONG_AFTER)


def _plain_month(title: str, workspace: Path, inbox: Path, month: Month) -> Case:
    """All but this month are stored; its folder alone is the inbox."""
    folder = inbox / str(month)
    arguments = ("monthly", str(month), *_given(folder, month))
    return Case(title, arguments, workspace, parse=_files(folder), releases=(month,))


def _given(inbox: Path, month: Month) -> tuple[str, ...]:
    """Options of a run on the 10th of the month after."""
    return "--inbox", str(inbox), "--as-of", f"{month.shifted(1)}-10"


# ------------------------------------------------------------------ what it starts from


def _sample(scratch: Path) -> Path:
    shipped = ROOT / "sample_data"
    if (shipped / str(FIRST)).is_dir():
        return shipped
    _run(sys.executable, "-m", "tests.generator", "--out", str(scratch / "sample"))
    return scratch / "sample"


def _inbox(folder: Path, source: Path, months: Iterable[Month]) -> Path:
    for month in months:
        shutil.copytree(source / str(month), folder / str(month))
    return folder


def _files(inbox: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in inbox.rglob("*") if path.is_file()))


def _released(workspace: Path, inbox: Path, months: tuple[Month, ...]) -> Path:
    """A workspace in which these months are stored and released; files that came later still wait."""
    span = f"{months[0]}:{months[-1]}"
    _run(*PIPELINE, "monthly", span, "--workspace", str(workspace), *_given(inbox, months[-1]))
    return workspace


# ------------------------------------------------------------------ measuring


Seconds = list[float]


def _measure(cases: Sequence[Case], scratch: Path) -> list[tuple[Seconds, Seconds]]:
    """For each case the seconds of its runs and of its floors; a first run gives the floor its cells, uncounted."""
    with TemporaryDirectory(dir=scratch) as folder:
        places = [Path(folder) / str(number) for number in range(len(cases))]
        for case, place in zip(cases, places, strict=True):
            _run(*_command(case, place / "first"))
            (place / "job.json").write_text(json.dumps(_job(case, place / "first" / "output")), "utf-8")
        measured: list[tuple[Seconds, Seconds]] = [([], []) for _ in cases]
        for run in range(RUNS):
            for case, place, (times, floors) in zip(cases, places, measured, strict=True):
                times.append(_run(*_command(case, place / f"run-{run}")))
                floors.append(_run(*FLOOR, str(place / "job.json"), str(place / f"floor-{run}"), worst=0))
    return measured


def _command(case: Case, workspace: Path) -> list[str]:
    """The command in a fresh copy of the workspace that it starts from."""
    if case.workspace:
        shutil.copytree(case.workspace, workspace)
    else:
        workspace.mkdir(parents=True)
    return [*PIPELINE, *case.arguments, *(["--workspace", str(workspace)] if "--help" not in case.arguments else [])]


def _job(case: Case, output: Path) -> dict[str, object]:
    return {
        "libraries": case.libraries,
        "read": [str(path) for path in case.read],
        "parse": [str(path) for path in case.parse],
        "workbooks": {
            f"{month}/{path.name}": _cells(path)
            for month in case.releases
            for path in sorted((output / str(month)).glob("*.xlsx"))
        },
    }


def _cells(path: Path) -> dict[str, list[tuple[int, int, object]]]:
    return {
        sheet.title: [(c.row - 1, c.column - 1, c.value) for row in sheet for c in row if c.value is not None]
        for sheet in openpyxl.load_workbook(path)
    }


def _run(*command: str, worst: int = 1) -> float:
    """Seconds that a process takes; a draft (exit code 1) is as good as a release here."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in range(worst + 1):
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return seconds


if __name__ == "__main__":
    main()
