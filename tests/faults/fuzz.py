"""`python -m tests.faults.fuzz [--seed N] [--examples N]`: many more statements put through changes that keep their meaning.

Prints the seed, how many were read, and for what is read otherwise the smallest plan that still shows it; the exit
code is 1 then.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from tests.faults.meaning import lost, plans
from tests.faults.moves import Plan

SHOWN = 12
"""Sentences of what was read otherwise."""


class Otherwise(AssertionError):
    """A plan did not keep the meaning."""


def main() -> int:
    """Draw, change, read, compare; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="make intake-fuzz")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--examples", type=int, default=1000)
    asked = parser.parse_args()
    print(f"随机种子{asked.seed}：改样{asked.examples}次（重做这一轮：make intake-fuzz SEED={asked.seed}）", flush=True)
    start, counts, last = time.perf_counter(), Counter[str](), list[Plan]()

    @seed(asked.seed)
    @settings(
        max_examples=asked.examples,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(plans)
    def kept(plan: Plan) -> None:
        counts[plan.format] += 1
        last[:] = [plan]
        if lost(plan):
            raise Otherwise

    try:
        kept()
    # Whatever goes wrong is told with the plan that it goes wrong with: a crash is a finding too.
    except Exception as error:  # noqa: BLE001 - see above
        print(f"读数有变。最小的例子：\n  {last[0]}")
        for sentence in lost(last[0])[:SHOWN] if isinstance(error, Otherwise) else [repr(error)]:
            print(f"    {sentence}")
        return 1
    print(
        f"{counts.total()}次，读数都一字不差（{'，'.join(f'{kind} {n}' for kind, n in sorted(counts.items()))}）；"
        f"{time.perf_counter() - start:.0f}秒"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
