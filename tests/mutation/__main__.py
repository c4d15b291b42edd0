"""`python -m tests.mutation [MODULE …] [--write]`: mutate the rule modules, see which mutants the tests notice."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence

from tests.mutation import report
from tests.mutation.equivalents import equivalents
from tests.mutation.modules import ROOT, modules
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.running import Fate, Job, outcomes, ready


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, the survivors and their share; 1 if too many survive, 2 if the tests fail as they are."""
    options = _parser().parse_args(arguments)
    chosen = {path: tests for path, tests in modules().items() if _is_meant(path, options.module)}
    began = time.monotonic()
    ready({test for tests in chosen.values() for test in tests})
    allowed, spent = _allowed(chosen)
    if failing := [path for path, seconds in allowed.items() if not seconds]:
        _say(f"测试在没有变异时就不通过，请先修好：{'、'.join(failing)}")
        return 2
    result = report.Result(equivalents())
    for mutant, fate, seconds in _fates(chosen, allowed):
        if result.add(mutant, fate):
            _say(f"存活：{report.place(mutant)}")
        spent += seconds
    result.close(chosen)
    print("\n".join(report.lines(result)))
    if options.write:
        report.write(result)
    _say(f"用时 {time.monotonic() - began:.0f} 秒，其中计算 {spent:.0f} 秒。")
    return 0 if result.is_good else 1


def _allowed(chosen: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, float], float]:
    """Seconds of computing that each module's mutants get, from what its tests take as it is (0: they fail)."""
    allowed, spent = {}, 0.0
    for job, outcome in outcomes(Job(path, tests) for path, tests in chosen.items()):
        allowed[job.path] = 10 + 3 * outcome.seconds if outcome.fate is Fate.SURVIVED else 0.0
        spent += outcome.seconds
    return allowed, spent


def _fates(chosen: Mapping[str, tuple[str, ...]], allowed: Mapping[str, float]) -> Iterator[tuple[Mutant, Fate, float]]:
    jobs = (
        Job(path, tests, mutant, allowed[path])
        for path, tests in chosen.items()
        for mutant in mutants((ROOT / path).read_text("utf-8"), path)
    )
    for job, outcome in outcomes(jobs):
        if job.mutant is not None:
            yield job.mutant, outcome.fate, outcome.seconds


def _is_meant(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(path.endswith(f"/{name.removesuffix('.py')}.py") for name in wanted)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation", description="把审核关系的程序逐处改错，看各模块的测试能否查出"
    )
    parser.add_argument("module", nargs="*", help="只检验这些模块，如 totals rules/jumps；不写为全部")
    parser.add_argument("--write", action="store_true", help="把结果写进 docs/mutation.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
