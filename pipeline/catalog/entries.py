"""Plain values become catalogue entries; what does not fit becomes one sentence with file and line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.catalog.dated import Entry
from pipeline.catalog.sources import Source, Where
from pipeline.errors import CatalogError

E = TypeVar("E", bound=Entry)

KEY_WORDS = {
    "aliases": "别名",
    "annexes": "附件",
    "areas": "县区",
    "code": "代码",
    "columns": "栏目",
    "derivation": "算法",
    "file_name": "文件名",
    "form": "报表",
    "frequency": "报送频率",
    "header": "表头",
    "id": "编号",
    "kind": "指标类型",
    "label": "表头",
    "name": "名称",
    "names": "名称",
    "order": "次序",
    "reference": "文号和条款",
    "since": "起始月份",
    "title": "标题",
    "unit": "计量单位",
    "until": "截止月份",
    "value": "取值",
    "values": "取值",
}
"""What a key is called where a sentence speaks of it."""


def build(model: type[E], data: Any, source: Source, where: Where = ()) -> E:
    """An entry of this kind made of `data`, which stands at `where`; raise CatalogError for the first misfit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _told(error, source, where) from error


def _told(error: ValidationError, source: Source, where: Where) -> CatalogError:
    first = min(error.errors(include_url=False), key=lambda e: source.line((*where, *e["loc"])))
    place = (*where, *first["loc"])
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    return source.mistake(place, _sentence(first["type"], key, first.get("input"), first.get("ctx", {})))


def _sentence(kind: str, key: str, found: Any, context: dict[str, Any]) -> str:
    if kind == "missing":
        return f"缺少{_named(key)}，请补写。"
    if kind == "extra_forbidden":
        return f"不认识“{key}”，请核对拼写，或者删去。"
    if kind == "literal_error":
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "").replace(", ", "、")
        return f"{_named(key)}写作“{found}”，只能是{allowed}之一，请改正。"
    expected = next((words for part, words in _EXPECTED.items() if kind.startswith(part)), "规定的写法")
    return f"{_named(key)}应当是{expected}，现在是{shown(found)}，请改正。"


_EXPECTED = {
    "string": "文字（数字请加引号）",
    "int": "整数",
    "float": "数",
    "bool": "true 或 false",
    "tuple": "一组值（写在方括号里，或者逐行用“- ”列出）",
    "list": "一组值（写在方括号里，或者逐行用“- ”列出）",
    "dict": "若干“名称: 值”",
    "mapping": "若干“名称: 值”",
    "model": "若干“名称: 值”",
    "value_error": "2018-03 这样的年月",
    "dataclass": "2018-03 这样的年月",
}


def _named(key: str) -> str:
    words = KEY_WORDS.get(key)
    return f"“{key}”（{words}）" if words else f"“{key}”" if key else "内容"


_KINDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (dict, lambda _: "若干“名称: 值”"),
    (list, lambda _: "一组值"),
    (type(None), lambda _: "空白"),
)


def shown(found: Any) -> str:
    """What was found, as a sentence calls it."""
    return next((show(found) for kind, show in _KINDS if isinstance(found, kind)), f"“{found}”")
