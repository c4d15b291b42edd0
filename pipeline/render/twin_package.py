"""What the library that writes workbooks has no word for: which lines are headings, and the language."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

LANGUAGE = "zh-CN"
_STYLES, _CORE = "xl/styles.xml", "docProps/core.xml"
_CORE_END = "</cp:coreProperties>"
_FIRST_HEADING = 16
"""The number under which Excel knows the style "Heading 1"; the others follow."""


def with_headings(workbook: bytes, sizes: Sequence[int]) -> bytes:
    """The same workbook, its language named, and cells set in these sizes tagged as headings of level 1, 2, ….

    Screen readers and the navigation of office programs know headings by the cell style, not by the size of letters.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == _STYLES:
                data = _tagged(data.decode(), sizes).encode()
            elif entry.filename == _CORE:
                data = data.decode().replace(_CORE_END, f"<dc:language>{LANGUAGE}</dc:language>{_CORE_END}").encode()
            target.writestr(entry, data)
    return out.getvalue()


def _tagged(styles: str, sizes: Sequence[int]) -> str:
    """The style sheet with a style for each of these sizes that a font of it has, and its cells told to be in it."""
    fonts = re.findall(r"<font>.*?</font>", styles)
    for level, size in enumerate(sizes):
        font = next((place for place, text in enumerate(fonts) if f'<sz val="{size}"/>' in text), None)
        if font is None:
            continue
        tag = _counted(styles, "cellStyleXfs")
        cell = f'fontId="{font}" fillId="0" borderId="0"'
        styles = styles.replace(f'{cell} xfId="0"', f'{cell} xfId="{tag}"')
        styles = _appended(styles, "cellStyleXfs", f'<xf numFmtId="0" {cell} applyFont="1"/>')
        named = f'<cellStyle name="Heading {level + 1}" xfId="{tag}" builtinId="{_FIRST_HEADING + level}"/>'
        styles = _appended(styles, "cellStyles", named)
    return styles


def _counted(styles: str, group: str) -> int:
    found = re.search(rf'<{group} count="(\d+)">', styles)
    assert found is not None, f"a style sheet without {group}"
    return int(found[1])


def _appended(styles: str, group: str, element: str) -> str:
    """The style sheet with one more element at the end of a counted group."""
    count = _counted(styles, group)
    styles = styles.replace(f'<{group} count="{count}">', f'<{group} count="{count + 1}">')
    return styles.replace(f"</{group}>", f"{element}</{group}>")
