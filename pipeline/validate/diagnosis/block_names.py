"""What several columns together are called in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.validate.diagnosis.blocks import SPAN_NAMES, span_of
from pipeline.validate.frames import Book


def block_name(book: Book, codes: Sequence[str]) -> str:
    """「“本月”各栏」, or by the last or the first part of their headers where they are of several spans or of none."""
    spans = {span_of(code) for code in codes}
    if len(spans) == 1 and "" not in spans:
        return f"“{SPAN_NAMES[spans.pop()]}”各栏"
    firsts, lasts = ({_parts(book, code)[at] for code in codes} for at in (0, -1))
    common = lasts if len(lasts) == 1 else firsts
    return f"{'、'.join(f'“{name}”' for name in sorted(common))}各栏"


def what_is_in(book: Book, codes: Collection[str]) -> str:
    """「（发放情况：笔数、金额，收回情况：金额）」: measures, or the spans of one."""
    ordered = [column.code for column in book.form.columns if column.code in codes]
    parts = {code: _parts(book, code) for code in ordered}
    one_measure = len({tuple(own) for own in parts.values()}) == 1
    found: dict[str, list[str]] = {}
    for code, (group, *rest) in parts.items():
        found.setdefault(group, []).append(SPAN_NAMES.get(span_of(code), "") if one_measure else "、".join(rest))
    groups = {group: "、".join(dict.fromkeys(filter(None, kinds))) for group, kinds in found.items()}
    if len(groups) == 1 and not any(map(span_of, ordered)):
        return f"（{''.join(groups.values())}）"
    return f"（{'，'.join('：'.join(filter(None, pair)) for pair in groups.items())}）"


def _parts(book: Book, code: str) -> list[str]:
    """The header from group to measure, without its span."""
    name = SPAN_NAMES.get(span_of(code))
    parts = [part.removeprefix(name) if name else part for part in book.label(code).split("/")]
    return [part for part in parts if part]
