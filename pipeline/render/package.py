"""Office files are zipped packages: packed again in one order with times that say nothing, so that bytes repeat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time that every part bears: the earliest that a zip file knows."""
_FIRST = "[Content_Types].xml"


def parts_of(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts: the list of types first, as programs expect it, the others by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in sorted(parts, key=lambda part: (part != _FIRST, part)):
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def packed_anew(package: bytes) -> bytes:
    """The same parts, whenever and in whatever order they were packed."""
    return packed(parts_of(package))
