"""What comes home from a reporting unit about a finding: its explanation, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

FINDING, ANSWER, VALUE, AUTHOR = "问题编号", "核实说明", "填报数", "填写人"
"""Headings of a list of findings, as it is written and as it is known again when it comes home."""
UNSIGNED = "未署名"
"""Stands in the journal for the author of an answer that nobody has signed."""
IN_THE_TABLE = "请在原表改正"
"""What the list says in the place of an answer where none is asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One filled row of a list of findings 「核实说明」."""

    finding: str
    """As the row has it; whether it is the id of a finding is for others to see."""
    text: str
    by: str
    """Who fills it in: the row's own word, or that of the list; empty where nobody says."""
    value: str
    """The reported figure that the row speaks of, as it was shown; empty where the list has no such column."""
    sheet: str
    cell: str
    sign_at: str = ""
    """Where the name of its author belongs, in words: 「“填写人”后的单元格C5」."""
