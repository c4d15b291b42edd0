"""A layout as a proposal: a YAML fragment as schemas/layouts/ has them, for a person to confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_WIDE = 10_000
"""No line is ever broken: a header stays on one line, as people look for it."""


def layout_text(
    *,
    id: str,  # noqa: A002 - as the file calls it
    form: str,
    shape: str,
    title: Sequence[str],
    headers: Mapping[str, str],
    value_columns: Mapping[str, Sequence[str]],
    open_questions: Sequence[str],
) -> str:
    """The fragment; `open_questions` are what only a person can answer, each a line of comment."""
    data: dict[str, Any] = {"id": id, "form": form, "shape": shape, "title": list(title)}
    if headers:
        data["headers"] = dict(headers)
    if value_columns:
        data["value_columns"] = {name: list(words) for name, words in value_columns.items()}
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_WIDE)
    return body + "".join(f"# {_one_line(question)}\n" for question in open_questions)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
