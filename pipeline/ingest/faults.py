"""Findings of level 0: what is wrong with the file itself (rules F01 to F10, and A00)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.model import Finding, ReceivedFile, Severity, Submission
from pipeline.privacy import without_identities


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about the file: code, weight, title, and what senders are told of it beforehand."""

    code: str
    severity: Severity
    title: str
    relations: tuple[str, ...]
    """What has to hold, in words."""
    advice: str
    """When it is broken, and what to do; the finding itself names the place."""

    source: ClassVar[str] = "本办约定：读不准的内容一律不猜测、不采用"
    """On whose authority all of them are."""


FILE_RULES: Mapping[str, FileRule] = {
    rule.code: rule
    for rule in (
        FileRule(
            "F01",
            Severity.HARD,
            "文件打不开",
            ("文件完整、没有加密，是能够读取的格式",),
            "文件损坏、加密、过大或格式不能读取。请去掉密码，用 Excel 或 WPS 另存为 .xlsx 工作簿后重新报送。",
        ),
        FileRule(
            "F02",
            Severity.HARD,
            "认不出是哪张报表",
            ("表头＝某一张报表规定的表头",),
            "文件不是报表，或表头与各张报表的规定都不相符。请核对是否发错文件，按规定的表头填写后重新报送。",
        ),
        FileRule(
            "F03",
            Severity.HARD,
            "填报单位不明或不一致",
            (
                "填报单位＝表内写明的单位＝登记的名称",
                "文件名写了单位的：文件名所写的单位＝表内写明的单位",
                "填报单位应报这张报表",
            ),
            "表内没有写明填报单位，写了几个，与文件名或登记不符，或该单位不报这张表。请在表头上方写明登记的名称后重新报送。",
        ),
        FileRule(
            "F04",
            Severity.HARD,
            "报告期不明或不一致",
            (
                "报告期＝表内写明的期数",
                "文件名写了期数的：文件名所写的期数＝表内写明的期数",
                "报告期在收到报表时已经开始",
            ),
            "表内没有写明报告期，写了几个，与文件名不符，或报告期还没有开始。请在标题中写明（如2018年3月）后重新报送。",
        ),
        FileRule(
            "F05",
            Severity.HARD,
            "金额单位不明或矛盾",
            ("金额单位＝表内写明的一种（万元或元）", "户数、笔数的单位＝户、笔"),
            "表内没有写明金额单位，或写了几种。请在表头上方写明“单位：万元”或“单位：元”后重新报送。",
        ),
        FileRule(
            "F06",
            Severity.HARD,
            "有单元格未被识别",
            ("每个有内容的单元格都是表头、指标数、合计、附注中的一种",),
            "有内容的单元格不在本表的指标、县区和附注之内。请核对是否错位、是否改了表头；不需要的内容删去后重新报送。",
        ),
        FileRule(
            "F07",
            Severity.HARD,
            "数值无法读取",
            ("应填数字的单元格＝一个数（没有发生的填0，不适用的填“—”，未统计的空白）",),
            "应填数字的单元格写了文字，公式出错，或数字的写法不明。请只填数字，没有发生的填0，改正后重新报送。",
        ),
        FileRule(
            "F08",
            Severity.SOFT,
            "有隐藏内容",
            (
                "隐藏的行、列、工作表＝0",
                "划了删除线的数据＝0",
            ),
            "表内有隐藏的行、列或工作表，或划了删除线的数据。请核实是否应当报送，取消隐藏和删除线，或说明原因。",
        ),
        FileRule(
            "F09",
            Severity.NOTE,
            "文件附带情况",
            (
                "数据都在单元格里：文件所带的宏、外部链接、图片、文本框＝0",
                "写法与规定的一致（不一致而意思明确的照读，并作记录）",
            ),
            "文件带有宏、外部链接、图片、旧版格式等，数据已按所存的值读入，附带的内容不执行、不打开。图片、文本框里如有数据，请改填在单元格里；其他不需处理。",
        ),
        FileRule(
            "F10",
            Severity.HARD,
            "同时收到几份不同的报表",
            ("同时收到的同一单位、同一报告期、同一张报表，各份的数据相同",),
            "同一单位同一报告期的同一张报表同时收到几份，数据不同，无法确定以哪份为准。请核对后重新报送，或由收表的一方撤出不用的。",
        ),
        FileRule(
            "A00",
            Severity.NOTE,
            "非整分",
            ("金额＝整数分（以万元填报的，小数不多于六位）",),
            "单元格里存的金额不足一分的部分，已四舍五入到分，不需处理。",
        ),
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
