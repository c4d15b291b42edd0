"""Csv as the contract wants it: UTF-8 with BOM, LF, RFC 4180."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A csv file; None is an empty field. Numbers that matter arrive as finished text or integers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if field is None else field for field in row] for row in rows])
    return (_BOM + out.getvalue()).encode("utf-8")


def safe_text(text: str) -> str:
    """Text from outside that a spreadsheet program would run as a formula, made harmless by an apostrophe."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
