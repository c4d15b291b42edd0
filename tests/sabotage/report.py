"""The table of what was detected, as it is: for the screen and for docs/sabotage.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.sabotage.measuring import Alarms, Score

PAGE = Path(__file__).parents[2] / "docs" / "sabotage.md"
_HEADER = ("类别", "范围", "说明", "预设", "查出", "单元格准确", "原因说对", "每处消息")
_AIMS = (
    ("查出", "detected", 0.99),
    ("单元格准确", "at_cell", 0.95),
    ("原因说对", "cause", 0.85),
)
_MESSAGES, _SOFT = 1.2, 1.0


def table(scores: Mapping[str, Score]) -> list[str]:
    """A Markdown table, a row a kind, those that cannot be known last."""
    ordered = sorted(scores.values(), key=lambda score: bool(score.kind.unknowable))
    rows = [_HEADER, ("---",) * len(_HEADER), *(_row(score) for score in ordered if score.planted)]
    return [f"| {' | '.join(row)} |" for row in rows]


def _row(score: Score) -> tuple[str, ...]:
    kind = score.kind
    title = f"{kind.title}（数据本身看不出：{kind.unknowable}）" if kind.unknowable else kind.title
    each = f"{score.messages / score.due:.2f}" if score.detected else "—"
    counts = (score.planted, score.detected, score.at_cell, score.cause)
    return (kind.name, kind.scope, title, *map(str, counts), each)


def summary(scores: Iterable[Score], false: Alarms, in_files: int) -> list[str]:
    """The totals of the kinds that can be known, beside what is aimed at."""
    known = [score for score in scores if not score.kind.unknowable and score.planted]
    planted = sum(score.planted for score in known)
    lines = [f"可知的 {len(known)} 类共预设 {planted} 处（改在真实文件里的，各类合计 {in_files} 处）："]
    for label, what, aim in _AIMS:
        share = sum(getattr(score, what) for score in known) / planted
        lines.append(f"- {label} {share:.1%}（目标不低于 {aim:.0%}，{_met(share >= aim)}）")
    each = sum(score.messages for score in known) / max(1, sum(score.due for score in known))
    lines.append(f"- 每处消息 {each:.2f} 条（目标不多于 {_MESSAGES} 条，{_met(each <= _MESSAGES)}）")
    soft = false.soft / false.months
    lines.append(
        f"- {false.months} 个无差错月份的误报：强制性共 {false.hard} 条（目标 0 条，{_met(not false.hard)}），"
        f"核实性每月 {soft:.2f} 条（目标不多于 {_SOFT:.0f} 条，{_met(soft <= _SOFT)}）"
    )
    return lines


def _met(is_met: bool) -> str:
    return "达到" if is_met else "未达到"


def write(seed: int, scores: Mapping[str, Score], false: Alarms, in_files: int) -> None:
    """Write docs/sabotage.md anew."""
    planted = sum(score.planted for score in scores.values())
    lines = [
        "# 预设差错检验",
        "",
        (
            f"由 `make sabotage` 生成（`python -m tests.sabotage --seed {seed} --write`），请勿手改。"
            f"在 {false.months} 个无差错的示例月份（虚构数据）中预设 {planted} 处差错，其中 {in_files} 处改在真实文件里再读入，"
            "看审核是否查出、是否指到出错的单元格、是否说对原因、一处差错发几条消息（归并的、提示性的不计）。表中如实列出，包括没有查出的。"
        ),
        "",
        *summary(scores.values(), false, in_files),
        "",
        *table(scores),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
