"""Mutants that no test can tell from the original, each with the reason why: read from equivalents.yaml."""

from __future__ import annotations

from pathlib import Path

import yaml

LIST = Path(__file__).with_name("equivalents.yaml")

Name = tuple[str, str, str, str]
"""(path, function, original, mutant)."""


def equivalents(path: Path = LIST) -> dict[Name, str]:
    """Name of a mutant → why it makes no difference.

    Raises:
        ValueError: an entry gives no reason, or stands there twice.
    """
    found: dict[Name, str] = {}
    for entry in yaml.safe_load(path.read_text("utf-8")) or []:
        for now in entry["now"] if isinstance(entry["now"], list) else [entry["now"]]:
            name = (entry["path"], entry["within"], entry["was"], now)
            if name in found or not entry.get("why"):
                raise ValueError(f"{path.name}: {name} is listed twice, or without a reason")
            found[name] = entry["why"]
    return found
