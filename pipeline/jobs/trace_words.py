"""A trace as a tree in the terminal, an impact as a list: where each figure comes from, where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pipeline.jobs.month import FINAL
from pipeline.jobs.trace import Cited, Impact, Published, Traced
from pipeline.model import ImportedFigure
from pipeline.model.lineage import Lineage, Operation, Source
from pipeline.money import FEN_PER_YUAN, fixed
from pipeline.periods import Month

_ROUNDED = {
    "fen": "印出时换算成万元，四舍五入到两位小数",
    "ratio": "印出时换算成百分数，四舍五入到两位小数",
}
_CHANGED = (
    "（注意：登记表、定义或程序此后有变，按现在的算法这个附件与发布时不完全相同，请重新运行 make monthly 后再查）"
)
_Found = Mapping[Source, Cited | ImportedFigure]


def trace_line(traced: Traced) -> str:
    """The figure and how it is printed."""
    one = traced.published
    said = f"{_where(one)}：{one.label}　{one.printed or '（空白）'}{'' if one.as_released else _CHANGED}"
    return said if traced.lineage else f"{said}。这里没有数，没有可以追溯的来源。{_lacking(one)}"


def trace_lines(traced: Traced) -> list[str]:
    """The tree from the figure to its cells, and the files that they are in."""
    made = traced.lineage
    if made is None:
        return [trace_line(traced)]
    rounding = _ROUNDED.get(made.unit, "")
    exact = f"准确值：{_exact(made)}" + (f"（{rounding}）" if rounding else "")
    lacking = _lacking(traced.published)
    return [
        trace_line(traced),
        exact + (f"。{lacking}" if lacking else ""),
        *_tree(made, traced.cited),
        *_files(traced.cited),
    ]


def impact_line(found: Sequence[Impact]) -> str:
    """How many published figures a cell feeds."""
    feeds = sum(len(one.feeds) for one in found)
    if not feeds:
        return "这一格的数没有用在已发布的附件里：它所在的报送没有采用，或者附件不用这项指标。"
    return f"这一格的数用在已发布的{feeds}个统计数里。"


def impact_lines(found: Sequence[Impact]) -> list[str]:
    """What was read at the cell, and every figure that it feeds."""
    lines = []
    for one in found:
        at, record = one.cited.observation, one.cited.record
        lines.append(f"《{record.file}》工作表“{at.sheet}”{at.cell}：原文“{at.raw}”，报送编号{record.id}")
        lines += [f"  {_where(fed)}：{fed.label}　{fed.printed}" for fed in one.feeds]
    return [*lines, impact_line(found)]


# ------------------------------------------------------------------ the tree


def _tree(node: Lineage, cited: _Found) -> Iterator[str]:
    yield f"＝{node.operation.formula}，{len(node.parts)}项"
    yield from _branches(node, cited, "")


def _branches(node: Lineage, cited: _Found, before: str) -> Iterator[str]:
    for number, part in enumerate(node.parts, start=1):
        is_last = number == len(node.parts)
        said = f"{part.label}　{_exact(part)}"
        if part.source is not None:
            yield f"{before}{'└─' if is_last else '├─'} {said}　{_cell(cited.get(part.source))}"
        else:
            yield f"{before}{'└─' if is_last else '├─'} {said}＝{part.operation.formula}，{len(part.parts)}项"
            yield from _branches(part, cited, before + ("   " if is_last else "│  "))


def _cell(found: Cited | ImportedFigure | None) -> str:
    if found is None:
        return "（库里没有找到来源，请从备份恢复 store 文件夹后再试）"
    if isinstance(found, ImportedFigure):
        return f"← 补录《{found.file}》工作表“{found.sheet}”{found.cell}，原文“{found.raw}”，来源：{found.source}"
    at = found.observation
    changes = f"，{at.changes}" if at.changes else ""
    return f"← 《{found.record.file}》工作表“{at.sheet}”{at.cell}，原文“{at.raw}”{changes}"


def _files(cited: _Found) -> list[str]:
    """Each file once, with what proves that it is the one: the code of its bytes."""
    return list(dict.fromkeys(map(_file, cited.values())))


def _file(one: Cited | ImportedFigure) -> str:
    if isinstance(one, ImportedFigure):
        return f"原件《{one.file}》补录，sha256 {one.sha256}"
    record = one.record
    return f"原件《{record.file}》{record.received_at}收到，报送编号{record.id}，sha256 {record.sha256}"


def _exact(node: Lineage) -> str:
    """「54526374.37元」, 「123户」, 「42/1000＝4.2000%」, 「第3位」."""
    value = node.value
    if node.unit == "fen":
        return f"{fixed(value / FEN_PER_YUAN, 2)}元"
    if node.unit == "rank":
        return f"第{value}位"
    if node.operation in (Operation.RATIO, Operation.GROWTH):
        return f"{fixed(value * 100, 6)}%"
    return f"{_whole(value)}{node.unit}"


def _whole(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(value)


def _where(one: Published) -> str:
    """「2018年3月附件2 M9（第1版，草稿）」; a figure without a cell by its name."""
    body = one.release.body
    place = one.place
    product = f"数据表“{place.sheet}”" if place.sheet else f"附件{place.annex} "
    at = f"{product}{place.cell or place.figure}"
    state = "正式" if body["status"] == FINAL else "草稿"
    return f"{Month.parse(body['period']).label}{at}（第{body['release']}版，{state}）"


def _lacking(one: Published) -> str:
    return f"不含：{'、'.join(one.excluded)}。" if one.excluded else ""
