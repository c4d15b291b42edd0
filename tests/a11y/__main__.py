"""`python -m tests.a11y [WORKBOOK]`: the checklist of accessible statistical spreadsheets, item by item."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.a11y.checklist import sources
from tests.a11y.verdicts import BY_A_PERSON, FAILED, PASSED, Verdict, verdicts

ROOT = Path(__file__).parents[2]
WORKSPACE = ROOT / "output" / "sample"
SAMPLE = WORKSPACE / "output" / "2018-03" / "附件1-5 数据表.xlsx"
MAKE_SAMPLE = ("monthly", "2018-02:2018-03", "--workspace", WORKSPACE, "--inbox", ROOT / "sample_data")
SAMPLE_DAY = "2018-04-10"


def main(arguments: Sequence[str]) -> int:
    """Print a verdict for each item; 1 where one has failed."""
    if len(arguments) > 1:
        print("用法：python -m tests.a11y [要检查的.xlsx]；不写文件则检查示例月份的数据表。")
        return 2
    path = Path(arguments[0]) if arguments else SAMPLE
    if not arguments and not path.exists():
        print("还没有示例成果，先生成（约几秒钟）……")
        subprocess.run([sys.executable, "-m", "pipeline", *map(str, MAKE_SAMPLE), "--as-of", SAMPLE_DAY], check=False)
    if not path.is_file():
        print(f"没有文件 {path}。请写明要检查的 .xlsx 文件，或者先运行 make monthly。")
        return 3
    found = verdicts(path.read_bytes())
    print(f"{path.name}：按无障碍核对表逐条检查。依据：{'；'.join(source['title'] for source in sources())}。")
    _print(found)
    return 1 if any(verdict.word == FAILED for verdict in found) else 0


def _print(found: Sequence[Verdict]) -> None:
    section = ""
    for verdict in found:
        if verdict.item.section != section:
            section = verdict.item.section
            print(f"\n{section}")
        must = "（必须）" if verdict.item.essential else ""
        print(f"  {verdict.word}　{verdict.item.text}{must}")
        if verdict.reason:
            print(f"  　　　　{verdict.reason}")
    counted = Counter(verdict.word for verdict in found)
    print(f"\n共{len(found)}条：通过{counted[PASSED]}条，不通过{counted[FAILED]}条，由人判断{counted[BY_A_PERSON]}条。")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
