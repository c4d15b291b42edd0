"""Receiving a thousand workbooks: seconds, memory of parent and workers, and how much more than bare calamine it takes.

`python -m tests.bench_intake INBOX WORKSPACE` receives a folder once and prints what it cost as JSON: `tests.bench`
runs that in a process of its own for each measurement.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from tests.bench_aims import ROW, verdict

ROOT = Path(__file__).parents[1]
COUNTS = (250, 1000)
RUNS = 3
SECONDS = 20
"""Aim for a thousand."""
KINDS = (".xlsx", ".xls", ".csv")
NO_WORKBOOK = "收件登记.csv"
BARE = (
    "import sys\nfrom python_calamine import CalamineWorkbook\n"
    "for name in sys.stdin.read().split('\\n'):\n"
    "    book = CalamineWorkbook.from_path(name)\n"
    "    for sheet in book.sheet_names: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)\n"
)


def receiving(history: Path, scratch: Path) -> None:
    """Print a row for each number of workbooks out of a long history, and the memory that each took."""
    every = sorted(p for p in history.rglob("*") if p.suffix in KINDS and p.name != NO_WORKBOOK)
    for count in COUNTS:
        inbox = scratch / f"receive-{count}"
        for number in range(count):
            path = every[number % len(every)]
            copy = inbox / f"{number // 50:03}" / f"{number} {path.name}"
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
            if number >= len(every) and path.suffix == ".xlsx":
                with ZipFile(copy, "a") as package:
                    package.comment = b"sent again"
        _told(inbox, count, scratch)


def _told(inbox: Path, count: int, scratch: Path) -> None:
    costs, floors = [], []
    names = "\n".join(str(p) for p in sorted(inbox.rglob("*")) if p.suffix in (".xlsx", ".xls"))
    for run in range(RUNS):
        costs.append(_cost(inbox, scratch / f"received-{count}-{run}"))
        start = time.perf_counter()
        subprocess.run((sys.executable, "-c", BARE), input=names.encode(), check=True)
        floors.append(time.perf_counter() - start)
    times = [cost["seconds"] for cost in costs]
    aim = "" if count < max(COUNTS) else verdict(median(times), SECONDS, " s")
    numbers = (
        f"{n:.2f}" for n in (median(times), min(times), max(times), median(floors), median(times) / median(floors))
    )
    print(ROW.format(f"{count} workbooks received; floor: bare calamine", *numbers, aim).rstrip())
    parent, worker, own, others = (
        median(cost[what] for cost in costs) for what in ("parent", "worker", "own", "others")
    )
    print(f"    memory at most: {parent:.0f} MB here, {worker:.0f} MB a worker; ", end="")
    print(f"processor: {own:.1f} s here, {others:.1f} s in workers", flush=True)


def _cost(inbox: Path, workspace: Path) -> dict[str, float]:
    command = (sys.executable, "-m", "tests.bench_intake", str(inbox), str(workspace))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


# ------------------------------------------------------------------ one measurement, in a process of its own


def main() -> None:
    """Receive an inbox into a workspace; seconds without the imports, megabytes at most."""
    from pipeline.catalog import load_catalog
    from pipeline.jobs.aside import Aside
    from pipeline.jobs.clock import clock_for
    from pipeline.jobs.receive import record, take_in
    from pipeline.store.store import Store

    inbox, workspace = map(Path, sys.argv[1:])
    catalog, clock = load_catalog(), clock_for("2020-01-10")
    start = time.perf_counter()
    store = Store(workspace, create=True)
    with store.alone(), Aside() as aside:
        intake = take_in(store, inbox, catalog, clock, lambda *_: None, aside)
        with store.transaction() as connection:
            record(connection, intake, clock)
    store.close()
    seconds = time.perf_counter() - start
    here, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    assert len(intake.readings) == len(intake.files) > 0
    costs = {"seconds": seconds, "parent": here.ru_maxrss / 1024, "worker": workers.ru_maxrss / 1024}
    print(json.dumps({**costs, "own": here.ru_utime + here.ru_stime, "others": workers.ru_utime + workers.ru_stime}))


if __name__ == "__main__":
    main()
