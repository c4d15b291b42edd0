"""`python -m tests.sabotage [--seed N] [--plantings N] [--write] [--misses NAME]`: plant errors, see what is found."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice

from tests.sabotage import report
from tests.sabotage.history import clean_history
from tests.sabotage.judging import judged
from tests.sabotage.kinds import KINDS
from tests.sabotage.measuring import alarms, scores

SEED, PLANTINGS = 2018, 2000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the aims; the exit code is always 0."""
    options = _parser().parse_args(arguments)
    began = time.monotonic()
    with clean_history(options.seed) as history:
        _say(f"无差错的历史数据已生成并读入（{time.monotonic() - began:.0f}秒），开始预设差错……")
        turns = [(name, number // len(KINDS)) for number, name in enumerate(islice(cycle(KINDS), options.plantings))]
        fresh, clean, in_files = judged(history, options.seed, turns)
    by_kind, false = scores(KINDS.values(), fresh), alarms(clean)
    print("\n".join([*report.table(by_kind), "", *report.summary(by_kind.values(), false, in_files)]))
    if options.write:
        report.write(options.seed, by_kind, false, in_files)
    print(f"用时 {time.monotonic() - began:.0f} 秒。")
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sabotage", description="在无差错的示例月份里预设差错，看审核查出多少"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"随机种子，默认 {SEED}")
    parser.add_argument("--plantings", type=int, default=PLANTINGS, help=f"预设多少处，默认 {PLANTINGS}")
    parser.add_argument("--write", action="store_true", help="把结果写进 docs/sabotage.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
