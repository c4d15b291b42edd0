"""`python -m tests.faults`: what comes of every case of the fault catalogue; the exit code is 1 where one is wrong."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import groupby

from tests.faults.catalogue import CASES
from tests.faults.expecting import Case

READ, REFUSED, WRONG = "读得准确", "拒得正确", "错误"


def main() -> None:
    """Run and print all cases, part by part, then the totals."""
    totals: Counter[str] = Counter()
    for item, cases in groupby(sorted(CASES, key=lambda case: case.item), key=lambda case: case.item):
        print(f"\n{item}")
        for case in cases:
            verdict, why = judged(case)
            totals[verdict] += 1
            print(f"  {verdict}  {case.id:<26} {case.title}")
            for sentence in why:
                print(f"            {sentence}")
    print(f"\n共{totals.total()}例：" + "，".join(f"{verdict}{totals[verdict]}" for verdict in (READ, REFUSED, WRONG)))
    sys.exit(1 if totals[WRONG] else 0)


def judged(case: Case) -> tuple[str, list[str]]:
    """What a case comes to, and what is wrong with it."""
    try:
        why = case.wrong()
    # A case that crashes is wrong, whatever it raises: a panic of a library is a BaseException.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        why = [f"程序出错：{error!r}"]
    if why:
        return WRONG, why
    return REFUSED if case.expect.refused else READ, []


if __name__ == "__main__":
    main()
