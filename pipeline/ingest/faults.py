"""Findings of level 0: what is wrong with the file itself (rules F01 to F08, and A00)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model import Finding, ReceivedFile, Severity, Submission
from pipeline.privacy import without_identities


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about the file: code, weight, title, and what it checks."""

    code: str
    severity: Severity
    title: str


FILE_RULES: Mapping[str, FileRule] = {
    rule.code: rule
    for rule in (
        FileRule("F01", Severity.HARD, "文件打不开"),
        FileRule("F02", Severity.HARD, "认不出是哪张报表"),
        FileRule("F03", Severity.HARD, "填报单位不明或不一致"),
        FileRule("F04", Severity.HARD, "报告期不明或不一致"),
        FileRule("F05", Severity.HARD, "金额单位不明或矛盾"),
        FileRule("F06", Severity.HARD, "有单元格未被识别"),
        FileRule("F07", Severity.HARD, "数值无法读取"),
        FileRule("F08", Severity.SOFT, "有隐藏内容"),
        FileRule("A00", Severity.NOTE, "非整分"),
    )
}


class Faults:
    """Collects the findings of one received file, in the order in which they are met."""

    def __init__(self, received: ReceivedFile) -> None:
        self._received = received
        self.findings: list[Finding] = []

    def add(
        self,
        rule: str,
        message: str,
        *,
        sheet: str = "",
        cell: str = "",
        value: str = "",
        expected: str = "",
        area: str = "",
        indicator: str = "",
    ) -> None:
        """Record one finding at its place; an identity number in what was found is never told."""
        self.findings.append(
            Finding(
                rule=rule,
                level=0,
                severity=FILE_RULES[rule].severity,
                message=without_identities(message),
                file=self._received.name,
                sha256=self._received.sha256,
                sheet=sheet,
                cell=cell,
                value=without_identities(value),
                expected=expected,
                area=area,
                indicator=indicator,
            )
        )


def belonging_to(findings: list[Finding], submission: Submission) -> list[Finding]:
    """The same findings, as findings about this submission."""
    return [
        replace(
            finding,
            submission=submission.id,
            form=submission.form,
            unit=submission.unit,
            period=submission.period,
        )
        for finding in findings
    ]
