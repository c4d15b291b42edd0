"""Findings that say that a file names another unit or month than its own, under which it is kept."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Finding, Submission
from pipeline.validate.diagnosis.slips import Cause

UNIT, PERIOD = "F03", "F04"
CAUSES = {UNIT: Cause.SENDER.name.lower(), PERIOD: Cause.PERIOD.name.lower()}


def is_misnamed(sent: Submission, findings: Iterable[Finding]) -> bool:
    """Whether a submission was laid to another account than its heading names."""
    return any(finding.submission == sent.id and names_another(finding) for finding in findings)


def names_another(finding: Finding) -> bool:
    """Whether a finding says that its submission was laid to another account than its heading names."""
    return bool(finding.cause) and finding.cause == CAUSES.get(finding.rule)
