"""Fonts of an .xlsx as far as they set signs apart: which styles strike out, raise or lower what a cell holds."""

from __future__ import annotations

from pipeline.ingest.apart import Apart
from pipeline.ingest.opc import elements
from pipeline.ingest.rich_text import look_of

_SECTIONS = {"fonts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}


def looks_of_styles(styles: bytes | None) -> dict[int, Apart]:
    """Style number → how the signs of its cells stand, for those where they do not just stand in their line."""
    if styles is None or not (b"strike" in styles or b"vertAlign" in styles):
        return {}
    section, fonts, found, number = "", list[Apart | None](), dict[int, Apart](), -1
    for tag, attributes in elements(styles, *_SECTIONS, "font", "strike", "vertAlign", "xf"):
        if tag in _SECTIONS:
            section = tag
        elif section == "fonts" and tag == "font":
            fonts.append(None)
        elif section == "fonts" and fonts and fonts[-1] is not Apart.STRUCK:
            fonts[-1] = look_of(tag, attributes) or fonts[-1]
        elif section == "cellXfs" and tag == "xf":
            number += 1
            font = int(attributes.get("fontId", 0))
            if font < len(fonts) and (look := fonts[font]):
                found[number] = look
    return found
