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
from typing import TYPE_CHECKING

from pipeline.periods import Month
from tests.generator.intake import FILE_NAME

if TYPE_CHECKING:
    from pipeline.catalog import Catalog
    from pipeline.model import Submission
    from tests.sabotage.history import History

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
        title = f"all rules over {f'{count} statements' if count else 'a month'}"
        print(row(title, *numbers, "", "", told).rstrip())
        memory = median(cost["memory"] for cost in costs)
        print(f"    {costs[0]['submissions']} submissions, memory at most {memory:.0f} MB, aim {MEGABYTES}", flush=True)


def _cost(history: Path, count: int) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = (sys.executable, "-m", "tests.bench_rules", str(history), str(count))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


# ------------------------------------------------------------------ one measurement, in a process of its own


def main() -> None:
    """Judge the last month of a history, or so many statements of its last months, against all that came before."""
    from pipeline import validate
    from pipeline.catalog import load_catalog
    from tests.sabotage.history import History

    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    catalog = load_catalog()
    validate.warm_up()
    history = History(catalog, tuple(_read(folder, catalog, words=not count)), {}, ())
    seconds, judged = _many(history, count) if count else _one_month(history)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "submissions": judged}))


def _one_month(history: History) -> tuple[float, int]:
    """All forms, by themselves, over time and side by side, as `tests.sabotage` judges a clean month."""
    from tests.sabotage.judging import Judge

    *_, before, last = sorted({Month.parse(s.period) for s in history.submissions if "-" in s.period})
    Judge(history).clean(before)
    start = time.perf_counter()
    Judge(history).clean(last)
    return time.perf_counter() - start, len(history.of(last))


def _many(history: History, count: int) -> tuple[float, int]:
    from pipeline import validate
    from pipeline.validate.past import Past

    catalog, statements = history.catalog, [s for s in history.submissions if s.form == "M01"]
    last_year = [s for s in statements if s.period in sorted({s.period for s in statements})[-12:]]
    copies = -(-count // len(last_year))
    judged = [replace(s, sha256=_again(s.sha256, n)) for n in range(copies) for s in last_year][:count]
    validate.check(judged[:1], catalog)
    start = time.perf_counter()
    past = Past.of_submissions(statements)
    found = [*validate.check(judged, catalog), *validate.check_over_time(judged, catalog, past)]
    validate.diagnose(found, judged, catalog, past)
    return time.perf_counter() - start, len(judged)


def _again(digest: str, number: int) -> str:
    return sha256(f"{digest} {number}".encode()).hexdigest()


def _read(folder: Path, catalog: Catalog, *, words: bool) -> list[Submission]:
    """Every submission of a history, those of words only where they are judged: they take longer to read."""
    from pipeline.ingest.reading import FileReader
    from pipeline.ingest.worker import open_all
    from pipeline.model import ReceivedFile

    files = [p for p in sorted(folder.rglob("*")) if p.suffix in (".xlsx", ".xls", ".csv", ".docx")]
    files = [p for p in files if p.name != FILE_NAME and (words or "措施" not in p.name)]
    received = {
        str(path): ReceivedFile(sha256(path.read_bytes()).hexdigest(), path.name, "2020-01-10 10:00") for path in files
    }
    reader = FileReader(catalog, received)
    return [
        s for _, reading in open_all(((name, Path(name)) for name in received), reader) for s in reading.submissions
    ]


if __name__ == "__main__":
    main()
