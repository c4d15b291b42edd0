"""Findings of level 0: what is wrong with the file itself (rules F01 to F10, and A00)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model import Finding, ReceivedFile, Severity, Submission
from pipeline.privacy import without_identities


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about the file: code, weight, title, and what senders are told of it beforehand."""

    code: str
    severity: Severity
    title: str
    advice: str
    """When it is broken, and what to do; the finding itself names the place."""


FILE_RULES: Mapping[str, FileRule] = {
    rule.code: rule
    for rule in (
        FileRule(
            "F01",
            Severity.HARD,
            "文件打不开",
            "文件损坏、加密、过大或格式不能读取。请去掉密码，用 Excel 或 WPS 另存为 .xlsx 工作簿后重新报送。",
        ),
        FileRule(
            "F02",
            Severity.HARD,
            "认不出是哪张报表",
            "文件不是报表，或表头与各张报表的规定都不相符。请核对是否发错文件，按规定的表头填写后重新报送。",
        ),
        FileRule(
            "F03",
            Severity.HARD,
            "填报单位不明或不一致",
            "表内没有写明填报单位，写了几个，与文件名或登记不符，或该单位不报这张表。请在表头上方写明登记的名称后重新报送。",
        ),
        FileRule(
            "F04",
            Severity.HARD,
            "报告期不明或不一致",
            "表内没有写明报告期，写了几个，与文件名不符，或报告期还没有开始。请在标题中写明（如2018年3月）后重新报送。",
        ),
        FileRule(
            "F05",
            Severity.HARD,
            "金额单位不明或矛盾",
            "表内没有写明金额单位，或写了几种。请在表头上方写明“单位：万元”或“单位：元”后重新报送。",
        ),
        FileRule(
            "F06",
            Severity.HARD,
            "有单元格未被识别",
            "有内容的单元格不在本表的指标、县区和附注之内。请核对是否错位、是否改了表头；不需要的内容删去后重新报送。",
        ),
        FileRule(
            "F07",
            Severity.HARD,
            "数值无法读取",
            "应填数字的单元格写了文字，公式出错，或数字的写法不明。请只填数字，没有发生的填0，改正后重新报送。",
        ),
        FileRule(
            "F08",
            Severity.SOFT,
            "有隐藏内容",
            "表内有隐藏的行、列或工作表。请核实其中的数据是否应当报送，取消隐藏，或说明原因。",
        ),
        FileRule(
            "F09",
            Severity.NOTE,
            "文件附带情况",
            "文件带有宏、外部链接、图片、旧版格式等，数据已按所存的值读入，附带的内容不执行、不打开。图片、文本框里如有数据，请改填在单元格里；其他不需处理。",
        ),
        FileRule(
            "F10",
            Severity.HARD,
            "同时收到几份不同的报表",
            "同一单位同一报告期的同一张报表同时收到几份，数据不同，无法确定以哪份为准。请核对后重新报送，或由收表的一方撤出不用的。",
        ),
        FileRule("A00", Severity.NOTE, "非整分", "单元格里存的金额不足一分的部分，已四舍五入到分，不需处理。"),
    )
}


class Faults:
    """Collects the findings of one received file, in the order in which they are met."""

    def __init__(self, received: ReceivedFile) -> None:
        self._received = received
        self.findings: list[Finding] = []

    @property
    def file(self) -> str:
        """The name under which the file is known."""
        return self._received.name

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
