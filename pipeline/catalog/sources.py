"""Files under schemas/ as plain values that remember where they stand; knows YAML, no meaning.

YAML is read more strictly than the library would: everything is text but whole numbers, true, false and null
(so `0.5` is exact, `no` is a word and `2018-03` a month), and a key may stand once only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import CatalogError

Where = tuple[str | int, ...]
"""The way to a value inside a file: keys and positions from the top."""

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: `label` is its path as messages give it, `data` its plain value."""

    label: str
    content: bytes
    data: Any
    node: yaml.Node | None

    def line(self, where: Where) -> int:
        """The line, from 1, of the value at `where`, or of the nearest thing around it that is there."""
        node = self.node
        line = node.start_mark.line if node else 0
        for step in where:
            entry = _entry(node, step)
            if entry is None:
                break
            line, node = entry
        return line + 1

    def place(self, where: Where) -> str:
        """Where in this file the value at `where` stands, as a sentence names it."""
        return f"第{self.line(where)}行"

    def mistake(self, where: Where, sentence: str) -> CatalogError:
        """The error that says what is wrong at `where`."""
        return _mistake(self.label, self.line(where), sentence)


def read_source(path: Path, label: str) -> Source:
    """Read one YAML file; raise CatalogError with file and line for what is no YAML."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise CatalogError(f"{label}：缺少这个文件，请补上后重新运行。") from error
    except OSError as error:
        raise CatalogError(f"{label}：无法读取，请检查文件的权限，以及是否被其他程序占用。") from error
    try:
        node = yaml.compose(content.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _mistake(label, line, "文字编码不是 UTF-8，请用 UTF-8 另存后重新运行。") from error
    except yaml.YAMLError as error:
        line = _problem_line(error)
        raise _mistake(label, line, "YAML 写法有误，请检查这一行和上一行的缩进、冒号、引号和括号。") from error
    if node is None:
        raise _mistake(label, 1, "文件没有内容，请补写或删去此文件。")
    return Source(label, content, _value(node, label), node)


def _problem_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _mistake(label: str, line: int, sentence: str) -> CatalogError:
    return CatalogError(f"{label} 第{line}行：{sentence}")


def _value(node: yaml.Node, label: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise _mistake(label, key_node.start_mark.line + 1, "冒号前应当是一个词，请检查括号和缩进。")
            if key in mapping:
                raise _mistake(label, key_node.start_mark.line + 1, f"“{key}”在同一处写了两次，请删去一个。")
            mapping[key] = _value(value_node, label)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, label) for child in node.value]
    return _scalar(node)


def _scalar(node: Any) -> str | int | bool | None:
    text: str = node.value
    if node.style:  # quoted or a block: text as it stands
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _entry(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """Line (from 0) and node of what is one step further in."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
