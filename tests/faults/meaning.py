"""Plans drawn at random, and what of a statement's meaning a plan did not keep."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile, Severity
from tests.faults.expecting import CATALOG, Expect, differences
from tests.faults.moves import DECORATIONS, FORMATS, LOOKS, SAMPLES, STYLES, WORTH, Plan
from tests.faults.tables import RECEIVED, meaning

plans = st.builds(
    Plan,
    sample=st.sampled_from(SAMPLES),
    format=st.sampled_from(FORMATS),
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
    key, facts = meaning(plan.sample)
    reading = read_file(open_grid(data, name), ReceivedFile("a" * 64, name, RECEIVED), CATALOG)
    reading.findings = [finding for finding in reading.findings if finding.severity is not Severity.NOTE]
    return differences(reading, Expect({key: facts}))
