"""Plans drawn at random, and what of a statement's meaning a plan did not keep."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile, Severity
from pipeline.money import MONEY_UNITS
from tests.faults.expecting import CATALOG, Expect, differences, through_inbox
from tests.faults.moves import DECORATIONS, FORMATS, LOOKS, PACKINGS, SAMPLES, STYLES, WORTH, Plan, packed
from tests.faults.tables import RECEIVED, meaning

plans = st.builds(
    Plan,
    sample=st.sampled_from(SAMPLES),
    format=st.sampled_from(FORMATS),
    packing=st.sampled_from(("", "", "", *PACKINGS)),
    look=st.sampled_from(LOOKS),
    money=st.sampled_from([*WORTH]),
    style=st.sampled_from(STYLES),
    aliases=st.booleans(),
    rows_moved=st.booleans(),
    columns_moved=st.booleans(),
    decorations=st.frozensets(st.sampled_from(DECORATIONS)),
    down=st.integers(0, 3),
    right=st.integers(0, 3),
    seed=st.integers(0, 10_000),
)


def lost(plan: Plan) -> list[str]:
    """What is read otherwise than from the sample itself; nothing where the plan kept the meaning."""
    data, name = plan.made()
    key, facts, step = meaning(plan.sample)
    if plan.packing:
        reading = through_inbox({f"新建.{plan.packing}": packed(data, name, plan.packing)})
    else:
        reading = read_file(open_grid(data, name), ReceivedFile("a" * 64, name, RECEIVED), CATALOG)
    reading.findings = [finding for finding in reading.findings if finding.severity is not Severity.NOTE]
    said = differences(reading, Expect({key: facts}))
    found = {submission.step for submission in reading.submissions} if _keeps_step(key[0], step, plan) else {step}
    return [*said, *(f"step {other} in place of {step}" for other in found - {step})]


def _keeps_step(form: str, step: int, plan: Plan) -> bool:
    """Whether amounts are rounded as they were: formats are not taken over, so the figures themselves have to show it.

    They do where they are many and have fractions in their unit: 3025元 may be whole by nature.
    """
    return form == "M01" and MONEY_UNITS[plan.money] > step
