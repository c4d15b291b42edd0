"""All rules over one month, and over thousands of statements with two years behind them: seconds, memory, growth.

One statement in twenty has an error that somebody might make, planted as `tests.sabotage` plants it: what is wrong
takes longer to judge than what is right, because its cause is looked for.

`python -m tests.bench_rules FOLDER` measures on a history of 36 months, each run in a process of its own, and prints a
row a size; with `--once` it is such a process, and prints what judging cost as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from pipeline.periods import Month
from tests.bench_aims import ROW, verdict
from tests.generator.intake import FILE_NAME

if TYPE_CHECKING:
    from pipeline.catalog import Catalog
    from pipeline.model import Submission
    from tests.sabotage.history import History

ROOT = Path(__file__).parents[1]
RUNS = 3
ONE_MONTH, MANY, SECONDS, MEGABYTES = 0.5, 3000, 30.0, 2048
"""Aims: a month's statements; so many, with two years of history."""
SIZES = (MANY // 4, MANY // 2, MANY)
"""Ascending: the memory that a process has taken at most so far is then that of the size just judged."""
GROWTH = 1.1
"""Aim for the time of one statement among most of them over that among fewest.

Linear is 1, and quadratic would be 4. The tenth is what runs on one machine differ by.
"""
ONE_FAULTY_IN, SEED = 20, 2018


@dataclass(frozen=True, slots=True)
class Cost:
    """What judging so many submissions took; megabytes are those of the whole process until then."""

    submissions: int
    faulty: int
    seconds: float
    processor: float
    memory: float


def judging(history: Path) -> None:
    """Print a row for a month and for more and more statements, and how the time of one grows."""
    month, *many = zip(*(_run(history) for _ in range(RUNS)), strict=True)
    _tell("all rules over a month", month, ONE_MONTH)
    for costs in many:
        size = costs[0].submissions
        _tell(f"all rules over {size} statements", costs, SECONDS if size == MANY else None)
    few, most = (min(cost.processor / cost.submissions for cost in costs) for costs in (many[0], many[-1]))
    title = f"a statement of {MANY} over one of {SIZES[0]}"
    print(ROW.format(title, f"{most / few:.2f}", "", "", "", "", verdict(most / few, GROWTH, " × time")))
    print(f"    {1000 * few:.2f} and {1000 * most:.2f} ms of the processor, the least of {RUNS} runs", flush=True)


def _tell(title: str, costs: Sequence[Cost], aim: float | None) -> None:
    times, memory = [cost.seconds for cost in costs], median(cost.memory for cost in costs)
    numbers = (f"{n:.2f}" for n in (median(times), min(times), max(times)))
    print(ROW.format(title, *numbers, "", "", verdict(median(times), aim, " s") if aim else "").rstrip())
    planted = f", {costs[0].faulty} of them with a planted error" if costs[0].faulty else ""
    told = verdict(memory, MEGABYTES, " MB")
    print(f"    {costs[0].submissions} submissions{planted}; memory at most {memory:.0f} MB, {told}", flush=True)


def _run(history: Path) -> list[Cost]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = (sys.executable, "-m", "tests.bench_rules", str(history), "--once")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return [Cost(**cost) for cost in json.loads(done.stdout)]


# ------------------------------------------------------------------ one run, in a process of its own


def once(folder: Path) -> list[Cost]:
    """Judge the last month of a history, then more and more statements of its last year against all that came before."""
    from pipeline import validate
    from pipeline.catalog import load_catalog
    from tests.sabotage.history import History

    catalog = load_catalog()
    validate.warm_up()
    history = History(catalog, tuple(_read(folder, catalog)), {}, ())
    return [_one_month(history), *_many(history)]


def _one_month(history: History) -> Cost:
    """All forms, by themselves, over time and, what is in force, side by side, as a release judges them."""
    from tests.sabotage.judging import Judge

    *_, before, last = sorted({Month.parse(s.period) for s in history.submissions if "-" in s.period})
    Judge(history).clean(before)
    return _cost(lambda: Judge(history).month(last), len(history.of(last)), 0)


def _many(history: History) -> Iterator[Cost]:
    """The same statements over and over, as if sent again: whatever the size, the same part of them is faulty."""
    statements = [s for s in history.submissions if s.form == "M01"]
    last_year = sorted({s.period for s in statements})[-12:]
    clean = [s for s in statements if s.period in last_year]
    faulty = _faulty(history, last_year, SIZES[0] // ONE_FAULTY_IN)
    few = [
        faulty[n // ONE_FAULTY_IN] if n % ONE_FAULTY_IN == ONE_FAULTY_IN - 1 else clean[n % len(clean)]
        for n in range(SIZES[0])
    ]
    _judge(history, few[:ONE_FAULTY_IN], statements)
    for size in SIZES:
        judged = [replace(few[n % len(few)], sha256=sha256(f"{n}".encode()).hexdigest()) for n in range(size)]
        wrong = len(faulty) * (size // SIZES[0])
        yield _cost(lambda judged=judged: _judge(history, judged, statements), size, wrong)


def _judge(history: History, judged: Sequence[Submission], in_force: Sequence[Submission]) -> None:
    from pipeline import validate
    from pipeline.validate.past import Past

    catalog, past = history.catalog, Past.of_submissions(in_force)
    found = [*validate.check(judged, catalog), *validate.check_over_time(judged, catalog, past)]
    validate.diagnose(found, judged, catalog, past)


def _cost(judge: Callable[[], object], submissions: int, faulty: int) -> Cost:
    start, used = time.perf_counter(), time.process_time()
    judge()
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    return Cost(submissions, faulty, seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _faulty(history: History, periods: Sequence[str], number: int) -> list[Submission]:
    """Statements of these months with one planted error each; no kind a second time before all had their turn."""
    from tests.sabotage.kinds import KINDS
    from tests.sabotage.planting import plant

    kinds = [kind for kind in KINDS.values() if not kind.in_files]
    Random(SEED).shuffle(kinds)
    planted = (plant(kind, history, SEED, turn).sent for turn in count() for kind in kinds)
    return list(islice((sent for sent in planted if sent.form == "M01" and sent.period in periods), number))


def _read(folder: Path, catalog: Catalog) -> list[Submission]:
    """Every submission of a history."""
    from pipeline.ingest.reading import FileReader
    from pipeline.ingest.worker import open_all
    from pipeline.model import ReceivedFile

    files = [p for p in sorted(folder.rglob("*")) if p.suffix in (".xlsx", ".xls", ".csv", ".docx")]
    received = {
        str(path): ReceivedFile(sha256(path.read_bytes()).hexdigest(), path.name, "2020-01-10 10:00")
        for path in files
        if path.name != FILE_NAME
    }
    reader = FileReader(catalog, received)
    return [
        s for _, reading in open_all(((name, Path(name)) for name in received), reader) for s in reading.submissions
    ]


if __name__ == "__main__":
    place, *options = sys.argv[1:]
    if options == ["--once"]:
        print(json.dumps([{name: getattr(c, name) for name in Cost.__slots__} for c in once(Path(place))]))
    else:
        judging(Path(place))
