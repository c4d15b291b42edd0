"""What became of the mutants: for the screen and for docs/mutation.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.equivalents import Name
from tests.mutation.mutants import Mutant
from tests.mutation.running import Fate

PAGE = Path(__file__).parents[2] / "docs" / "mutation.md"
MOST = 0.05
"""The share of survivors that is allowed."""
_HEADER = ("模块", "变异", "查出", "存活", "等价", "不能导入")


@dataclass
class Result:
    """Fates of the mutants, beside those that are said to be equivalent."""

    listed: Mapping[Name, str]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Path → how many were `born`, `killed`, `survived`, are `equivalent`, `unborn`."""
    survivors: list[Mutant] = field(default_factory=list)
    alike: list[Mutant] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Entries of the list that do not hold."""

    def add(self, mutant: Mutant, fate: Fate) -> bool:
        """One more; whether it survived though nobody said that it would."""
        counts = self.counts.setdefault(mutant.path, Counter())
        if fate is Fate.UNBORN:
            counts["unborn"] += 1
            return False
        is_alike = fate is Fate.SURVIVED and mutant.name in self.listed
        counts["born"] += 1
        counts["equivalent" if is_alike else fate] += 1
        if fate is Fate.SURVIVED:
            (self.alike if is_alike else self.survivors).append(mutant)
        return fate is Fate.SURVIVED and not is_alike

    def close(self, paths: Iterable[str]) -> None:
        """All mutants of these modules are in: what is listed of them and did not survive is not equivalent."""
        alike = {mutant.name for mutant in self.alike}
        untrue = [name for name in self.listed if name[0] in set(paths) and name not in alike]
        self.wrong += [
            f"{path}（{within}）：{was} → {now}：没有这个变异，或测试能查出" for path, within, was, now in untrue
        ]

    @property
    def share(self) -> float:
        """Survivors among the mutants that make a difference."""
        counted = sum(counts["killed"] + counts["survived"] for counts in self.counts.values())
        return len(self.survivors) / max(1, counted)

    @property
    def is_good(self) -> bool:
        """Few enough survive, and the list of equivalents holds."""
        return self.share <= MOST and not self.wrong


def lines(result: Result) -> list[str]:
    """A row a module, then each survivor, the equivalents with their reasons, and the share."""
    rows = [_HEADER, ("---",) * len(_HEADER), *(_row(path, counts) for path, counts in sorted(result.counts.items()))]
    said = [f"| {' | '.join(row)} |" for row in rows]
    said += _listing("存活的变异（测试没有查出）：", [f"`{place(mutant)}`" for mutant in _in_order(result.survivors)])
    said += _listing(
        "等价的变异（结果与原来相同，不计入比例），各有理由：",
        [f"`{place(mutant)}`：{result.listed[mutant.name]}" for mutant in _in_order(result.alike)],
    )
    said += _listing("等价清单（tests/mutation/equivalents.yaml）须更正：", result.wrong)
    return [*said, "", _total(result)]


def _row(path: str, counts: Counter[str]) -> tuple[str, ...]:
    short = path.removeprefix("pipeline/validate/")
    return (short, *(str(counts[what]) for what in ("born", "killed", "survived", "equivalent", "unborn")))


def _listing(heading: str, items: Sequence[str]) -> list[str]:
    return ["", heading, "", *(f"- {item}" for item in items)] if items else []


def _in_order(mutants: Iterable[Mutant]) -> list[Mutant]:
    return sorted(mutants, key=lambda mutant: (mutant.path, mutant.line, mutant.now))


def place(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.line} {mutant.was} → {mutant.now}"


def _total(result: Result) -> str:
    total: Counter[str] = sum(result.counts.values(), Counter())
    met = "达到" if result.share <= MOST else "未达到"
    return (
        f"共 {total['born']} 处变异：查出 {total['killed']}，存活 {total['survived']}，等价 {total['equivalent']}；"
        f"存活比例 {result.share:.1%}（目标不高于 {MOST:.0%}，{met}）。"
    )


def write(result: Result) -> None:
    """Write docs/mutation.md anew."""
    text = [
        "# 审核规则的变异检验",
        "",
        (
            "由 `make mutate WRITE=1` 生成（`python -m tests.mutation --write`），请勿手改。把审核关系的程序逐处改错"
            "（比较、加减乘除、界限、与或非；不改文字），再运行该模块的测试，看能否查出。改错后连导入都不能的不计；"
            "改了以后结果仍与原来相同的（等价）逐条写明理由。"
        ),
        "",
        *lines(result),
    ]
    PAGE.write_text("\n".join(text) + "\n", encoding="utf-8", newline="\n")
