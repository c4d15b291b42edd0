"""What must never be told: identity numbers, wherever a text quotes one."""

from __future__ import annotations

import re

HIDDEN_IDENTITY = "［身份证号已隐去］"  # noqa: RUF001 - brackets that no text of ours has otherwise

_IDENTITY = re.compile(
    r"[1-9]\d{5}[ 　-]?(?:1[89]|20)\d\d[ 　-]?(?:0[1-9]|1[0-2])[ 　-]?(?:0[1-9]|[12]\d|3[01])[ 　-]?\d{3}[\dXx×*]"
    r"|(?<!\d)\d{17}[\dXx](?!\d)"
)
"""With or without gaps where it is built of a birthday, else any 18 digits, the last maybe X."""

_HALF_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF38: 0x58, 0xFF58: 0x78, 0xFF0D: 0x2D}
"""One character for one, so that places stay what they are."""


def without_identities(text: str) -> str:
    """The text with every identity number in it hidden."""
    kept, end = [], 0
    for found in _IDENTITY.finditer(text.translate(_HALF_WIDTH)):
        kept.append(text[end : found.start()])
        end = found.end()
    return HIDDEN_IDENTITY.join([*kept, text[end:]])
