"""What comes home from a reporting unit about a finding: its explanation, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

FINDING, ANSWER, VALUE, AUTHOR, QUESTION = "问题编号", "核实说明", "填报数", "填写人", "问题"
"""Headings of a list of findings, as it is written and as it is known again when it comes home."""
UNSIGNED = "未署名"
"""Stands in the journal for the author of an answer that nobody has signed."""
IN_THE_TABLE = "请在原表改正"
"""What the list says in the place of an answer where none is asked for."""
AS_ABOVE = "同上，是同一个问题，不用另写说明"
"""What the list says in the place of a question for each further cell of a finding that is about several."""
BETWEEN = "　"
"""Stands between rule and message where a question is put."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a list of findings 「核实说明」, filled in or not."""

    finding: str
    """The id of a finding if the row holds one, whatever stands around it; else as the row has it."""
    text: str
    """Empty where nobody has answered."""
    by: str
    """Who fills it in: the row's own word, or that of the list; empty where nobody says."""
    value: str
    """The reported figure that the row speaks of, as it was shown; empty where the list has no such column."""
    sheet: str
    cell: str
    sign_at: str = ""
    """Where the name of its author belongs, in words: 「“填写人”后的单元格C5」."""
    question: str = ""
    """What was asked, as it was put; empty where the list has no such column."""
    heading: str = ""
    """What stands above the list, without blanks: our own names the unit that is asked."""
    doubt: str = ""
    """Why what stands there may not be what was meant; empty where there is no doubt."""
