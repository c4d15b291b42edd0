"""All rules over one month, and over thousands of statements with two years behind them: seconds and memory.

`python -m tests.bench_rules FOLDER [COUNT]` reads a history of 36 months and prints what judging cost as JSON:
`tests.bench` runs that in a process of its own for each measurement.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RUNS = 3
ONE_MONTH, MANY, SECONDS, MEGABYTES = 0.5, 3000, 30.0, 2048
"""Aims: a month's statements; so many, with two years of history."""


def judging(history: Path, row: Callable[..., str]) -> None:
    """Print a row for a month and for more and more statements."""
    for count, aim in ((0, ONE_MONTH), (MANY // 4, None), (MANY, SECONDS)):
        costs = [_cost(history, count) for _ in range(RUNS)]
        times = [cost["seconds"] for cost in costs]
        told = f"≤ {aim} s{'' if median(times) <= aim else ' (missed)'}" if aim else ""
        numbers = (f"{n:.2f}" for n in (median(times), min(times), max(times)))
        title = f"all rules over {count or 'one month of'} statements"
        print(row(title, *numbers, "", "", told).rstrip())
        memory = median(cost["memory"] for cost in costs)
        print(f"    {costs[0]['statements']} statements, memory at most {memory:.0f} MB, aim {MEGABYTES}", flush=True)


def _cost(history: Path, count: int) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = (sys.executable, "-m", "tests.bench_rules", str(history), str(count))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


# ------------------------------------------------------------------ one measurement, in a process of its own


def main() -> None:
    """Judge statements of the last months of a history against all that came before them."""
    from pipeline import validate
    from pipeline.catalog import load_catalog
    from pipeline.validate.past import Past

    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    catalog = load_catalog()
    statements = [s for s in _read(folder, catalog) if s.form == "M01"]
    months = sorted({s.period for s in statements})
    judged = [s for s in statements if s.period == months[-1]]
    if count:
        last_year = [s for s in statements if s.period in months[-12:]]
        copies = -(-count // len(last_year))
        judged = [replace(s, sha256=_again(s.sha256, n)) for n in range(copies) for s in last_year][:count]
    validate.warm_up()
    validate.check(judged[:1], catalog)
    start = time.perf_counter()
    past = Past.of_submissions(statements)
    found = [*validate.check(judged, catalog), *validate.check_over_time(judged, catalog, past)]
    validate.diagnose(found, judged, catalog, past)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "statements": len(judged)}))


def _again(digest: str, number: int) -> str:
    return sha256(f"{digest} {number}".encode()).hexdigest()


def _read(folder: Path, catalog: object) -> list:
    """Every statement of a history; the county returns and the words are left out, which take longer to read."""
    from pipeline.ingest.reading import FileReader
    from pipeline.ingest.worker import open_all
    from pipeline.model import ReceivedFile

    files = [p for p in sorted(folder.rglob("*")) if p.suffix in (".xlsx", ".xls", ".csv") and "措施" not in p.name]
    received = {
        str(path): ReceivedFile(sha256(path.read_bytes()).hexdigest(), path.name, "2020-01-10 10:00") for path in files
    }
    reader = FileReader(catalog, received)
    return [
        s for _, reading in open_all(((name, Path(name)) for name in received), reader) for s in reading.submissions
    ]


if __name__ == "__main__":
    main()
