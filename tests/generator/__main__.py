"""`python -m tests.generator [--months N] [--out DIR] [--seed N] [--clean]`: write the sample submissions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError
from tests.generator import months_until, simulate, write
from tests.generator.city import FIRST_MONTH

DEFAULT_MONTHS = 15
DEFAULT_SEED = 2018
_MOST_MONTHS = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sample and say where; the result is the exit code."""
    options = _parser().parse_args(arguments)
    last = FIRST_MONTH.shifted(options.months - 1)
    months = months_until(last)
    city = simulate(options.seed, last, planted=not options.clean)
    try:
        write(city, months, options.out, clean=options.clean)
    except PipelineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    planted = "不含预设差错" if options.clean else f"预设差错在{last.label}，见 docs/sample_data.md"
    print(f"已在 {options.out} 写出 {months[0].label}至{last.label} 的示例报送文件（纯属虚构），{planted}。")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description="生成示例报送文件（纯属虚构）")
    parser.add_argument("--months", type=_month_count, default=DEFAULT_MONTHS, help="从2017年1月起的月数，默认 15")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[2] / "sample_data", help="写到哪个文件夹，默认 sample_data"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="随机种子，默认 2018")
    parser.add_argument("--clean", action="store_true", help="最后一个月不预设差错")
    return parser


def _month_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_MONTHS:
        raise argparse.ArgumentTypeError(f"月数应为 1 到 {_MOST_MONTHS} 的整数，不能是“{text}”")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
