"""What must hold of policy parameters: one place, an authority, one value at a time, and a value fit for its unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipeline.catalog.drafts import Check, Draft, Mistakes, Read, badly_dated
from pipeline.catalog.entries import shown
from pipeline.catalog.policy import Parameter
from pipeline.catalog.sources import Where

Misfits = Iterator[tuple[Where, str]]
"""Places inside a value and what stands there in place of what."""


def parameter_names(draft: Draft) -> Mistakes:
    """A parameter is defined in one file."""
    seen: dict[str, Read[Parameter]] = {}
    for read in draft.parameters:
        first = seen.setdefault(read.entry.name, read)
        if first is not read:
            yield read.mistake(
                (), f"政策参数 {read.entry.name} 已在 {first.source.label} 第{first.line(())}行写过，请删去一处。"
            )


def parameter_values(draft: Draft) -> Mistakes:
    """A value has a unit and an authority, and is the only one in its months."""
    for read in draft.parameters:
        parameter = read.entry
        if not parameter.unit:
            yield read.mistake(("unit",), f"政策参数 {parameter.name} 没有写计量单位（unit），请补写。")
        if not parameter.values:
            yield read.mistake(("values",), f"政策参数 {parameter.name} 没有取值（values），请补写。")
        for i, value in enumerate(parameter.values):
            if value.value is None or value.value == "":
                yield read.mistake(("values", i, "value"), f"政策参数 {parameter.name} 的取值是空的，请补写。")
            if not value.reference.strip() and not value.working.strip():
                yield read.mistake(
                    ("values", i),
                    f"政策参数 {parameter.name} 的取值没有出处，请写明文号和条款（reference），"
                    "或者写明由本办约定的理由（working）。",
                )
        placed = [(("values", i), value) for i, value in enumerate(parameter.values)]
        yield from badly_dated(read, placed, f"政策参数 {parameter.name} 的取值")


def parameter_units(draft: Draft) -> Mistakes:
    """A value is of the kind that its unit stands for, so that no rule meets a word in place of a number."""
    for read in draft.parameters:
        parameter = read.entry
        misfits = _MISFITS.get(parameter.unit)
        if misfits is None:
            known = "、".join(_MISFITS)
            yield read.mistake(
                ("unit",), f"政策参数 {parameter.name} 的计量单位写作“{parameter.unit}”，只能是{known}之一，请改正。"
            )
            continue
        for i, value in enumerate(parameter.values):
            for where, sentence in misfits(value.value, draft):
                yield read.mistake(("values", i, "value", *where), f"政策参数 {parameter.name} 的{sentence}，请改正。")


# ------------------------------------------------------------------ kinds of values

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole number; true is none, and neither is a number in quotation marks."""

    low: int
    high: int

    def __call__(self, value: Any, draft: Draft) -> Misfits:
        if type(value) is not int or not self.low <= value <= self.high:
            yield (), f"取值应当是{self.low}至{self.high}的整数（不加引号），现在是{shown(value)}"


@dataclass(frozen=True, slots=True)
class _Exact:
    """A decimal number with no more places than the program keeps; never a binary fraction."""

    low: int
    high: int
    places: int

    def __call__(self, value: Any, draft: Draft) -> Misfits:
        if not self._fits(str(value)):
            yield (), f"取值应当是{self.low}至{self.high}的数，小数至多{self.places}位，现在是{shown(value)}"

    def _fits(self, text: str) -> bool:
        if not _DECIMAL.fullmatch(text):
            return False
        number = Fraction(text)
        return self.low <= number <= self.high and (number * 10**self.places).denominator == 1


def _yes_or_no(value: Any, draft: Draft) -> Misfits:
    if not isinstance(value, bool):
        yield (), f"取值应当是 true 或 false（不加引号），现在是{shown(value)}"


def _texts(value: Any, draft: Draft) -> Misfits:
    if not isinstance(value, list):
        yield (), f"取值应当是一组文字（写在方括号里，或者逐行用“- ”列出），现在是{shown(value)}"
        return
    for i, text in enumerate(value):
        if not isinstance(text, str) or not text.strip():
            yield (i,), f"取值第{i + 1}项应当是文字（数字请加引号），现在是{shown(text)}"


def _items(value: Any, draft: Draft) -> Misfits:
    """Items of a form in words, by the names that the form gives them."""
    yield from _texts(value, draft)
    labels = {column.label for form in draft.forms for column in form.entry.columns}
    for i, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str) and text.strip() and text not in labels:
            yield (i,), f"取值第{i + 1}项“{text}”不是任何报表的项目名称（label）"


_BASES = ("year_before",)
_OPTIONAL = ("denominator", "base")


def _figures(value: Any, draft: Draft) -> Misfits:
    """Figures by name, each an annex column with the indicators that it is made of."""
    if not isinstance(value, dict) or not value:
        yield (), f"取值应当是若干“指标名称: 口径”，现在是{shown(value)}"
        return
    indicators = {column.code for form in draft.forms for column in form.entry.columns}
    columns = {column.id for family in draft.annexes for column in family.entry.columns}
    for name, figure in value.items():
        if not isinstance(figure, dict):
            yield (name,), f"“{name}”应当写有 column 和 numerator，现在是{shown(figure)}"
            continue
        yield from _words(name, figure, indicators, columns)


def _words(name: str, figure: Mapping[str, Any], indicators: set[str], columns: set[str]) -> Misfits:
    indicator = (indicators, "不是任何报表的指标")
    known = {
        "column": (columns, "不是任何附件的栏目"),
        "numerator": indicator,
        "denominator": indicator,
        "base": (set(_BASES), f"只能是{'、'.join(_BASES)}"),
    }
    for key in ("column", "numerator"):
        if key not in figure:
            yield (name,), f"“{name}”缺少“{key}”"
    for key, word in figure.items():
        if key not in known:
            yield (name, key), f"“{name}”写有“{key}”，只能是{'、'.join(known)}"
        elif not (word is None and key in _OPTIONAL) and not (isinstance(word, str) and word in known[key][0]):
            yield (name, key), f"“{name}”的 {key} 写作{shown(word)}，{known[key][1]}"
    if figure.get("denominator") and figure.get("base"):
        yield (name, "base"), f"“{name}”的 denominator 和 base 只能写一个"


_MISFITS: Mapping[str, Callable[[Any, Draft], Misfits]] = {
    "元": _Exact(1, 100_000_000, places=2),
    "%": _Exact(0, 1000, places=6),
    "倍": _Whole(1, 10_000),
    "户": _Whole(0, 10_000),
    "笔": _Whole(0, 10_000),
    "字": _Whole(1, 500),
    "日": _Whole(1, 28),
    "月": _Whole(1, 12),
    "年": _Whole(1949, 2100),
    "是否": _yes_or_no,
    "文本": _texts,
    "项目": _items,
    "口径": _figures,
}
"""By a parameter's unit: what is wrong with a value. 28 is the last day that every month has."""

POLICY_CHECKS: tuple[Check, ...] = (parameter_names, parameter_values, parameter_units)
