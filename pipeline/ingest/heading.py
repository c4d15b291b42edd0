"""What a sheet says about itself above and below its table: who reports, about when, in which money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from pipeline.catalog.catalog import Catalog
from pipeline.ingest.account import Account
from pipeline.ingest.number_format import MONTH_SHOWN
from pipeline.model import Cell, CellKind

UNIT_LABELS = ("填报单位", "报送单位", "填报机构", "报送机构", "编报单位", "单位名称", "机构名称")
PERIOD_LABELS = (
    *("报告期", "报表期", "统计期", "所属期", "数据日期", "报告日期", "统计月份", "报表日期", "统计日期"),
    *("报告期间", "报表期间", "统计期间", "统计时段", "统计时间", "统计时点", "所属期间", "所属时期", "所属月份"),
    *("数据时点", "数据时间", "数据期间", "数据月份", "数据所属", "数据所属期", "报告月份", "报表月份"),
)
SILENT_LABELS = (
    "制定机关",
    "批准机关",
    "备案机关",
    "制定单位",
    "表号",
    "文号",
    "报出日期",
    "填报日期",
    "填表日期",
    "制表日期",
    "打印日期",
    "报送日期",
    "有效期",
    "有效期至",
    "有效期限",
)
"""Labels whose text speaks neither of the unit nor of the period."""

_DONE = (
    "(?:上报|报送|报出|填报|填表|填写|填制|制表|制作|编制|打印|导出|下载|生成|提交|录入|查询|更新|审核|审批|复核|签发|印发|发布"
    "|操作|接收|收到|收件|盖章|签字|修改|创建|登记|发送|送达|出表|成文|发文)"
)
"""What is done with a table: when, is not what it is about."""

BETWEEN_PAGES = re.compile(
    r"[(]?(?:续(?:上?[表页])?[(]?[\d一二三四五六七八九十]{0,2}[)]?|上?接[上下]?页|接[上下]表|转下页"
    r"|第\d{1,3}页[,/]?(?:共\d{1,3}页)?|-\d{1,3}-)[):。]?"
)
"""A line that only says that the table goes on here, or on which page it stands."""

FOOTER = re.compile(
    r"负责人|填表人|填报人|制表人|审核人|复核|经办|联系电话|电话|日期|说明|备注|注[:：]|示例|签章|盖章|公章"
)
"""Words of the lines below a table: who filled it in, when, remarks."""

TOTAL_ROWS = frozenset(
    (
        "合计",
        "总计",
        "全市合计",
        "全市",
        "全市总计",
        "汇总",
        "全市汇总",
        "全辖",
        "全辖合计",
        "全行合计",
    )
)
"""How a row (or a group of columns) in which the sender adds up is called, in any city; the profile knows its own."""


def total_names(catalog: Catalog) -> frozenset[str]:
    """All of them, packed: 合计, and by the city's own name 安康市合计."""
    return TOTAL_ROWS | frozenset(map(packed, catalog.profile.totals))


_NUMBER = r"['\u2018\u2019]?[(-]?[¥约]?[\d,]*\d(?:\.\d+)?[多余]?"
_MEASURE = r"[十百千万亿]{0,2}(?:元|户次?|笔|个|人次?|家|项|%|‰|厘|[万亿])"
_FIGURE = re.compile(rf"{_NUMBER}(?:{_MEASURE})?\)?|(?:{_NUMBER}{_MEASURE}[、,;/]?){{2,}}")
"""A number, with its unit or without; or several, each with its unit."""
_LONGEST_FIGURE = 60
_PLAIN_FIGURE = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
"""What nearly all figures look like: too short for a telephone number."""
_MONTH_TYPED = re.compile(r"(?:19|20)\d{2}(?:\.(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:[0-3]\d)?)|[4-6]\d{4}")
_BESIDE_MONTH = re.compile(r"[(\[【]?(?:计量|金额|货币)?单位|.{0,12}:")
_TELEPHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")
"""Without its area code a telephone number is like an amount in 元: then it is a figure, of which a footer has few."""
FEW_FIGURES = 3
"""A line below the table with so many figures is data that was not understood, whatever words stand in it."""


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, stored or typed (12.5, 3户, 20万元); days and telephone numbers are none."""
    if cell.kind is CellKind.TEXT:
        text = str(cell.value)
        return _PLAIN_FIGURE.fullmatch(text) is not None or _is_figure(packed(text))
    return cell.kind is CellKind.NUMBER


@lru_cache(maxsize=8192)
def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and bool(_FIGURE.fullmatch(text)) and not _TELEPHONE.fullmatch(text)


def is_month_alone(cell: Cell, line: Sequence[Cell]) -> bool:
    """Whether a figure may be a month or a day (2018.3, 201803, a serial number), beside nothing but labels."""
    others = (other for other in line if other is not cell)
    return bool(_MONTH_TYPED.fullmatch(packed(str(cell.value)).removesuffix(".0"))) and all(
        other.kind is CellKind.TEXT and _BESIDE_MONTH.match(packed(str(other.value))) for other in others
    )


def is_footer(cells: Iterable[Cell]) -> bool:
    """Whether these cells are a line such as 单位负责人 … 填表人 … 报出日期."""
    line = list(cells)
    words = any(cell.kind is CellKind.TEXT and FOOTER.search(packed(str(cell.value))) for cell in line)
    return words and sum(map(is_figure, line)) < FEW_FIGURES


_ADDRESSED = re.compile(r"(?:主送|抄送|抄报|呈报|呈送|报送|报至|上报|送|报|致|呈)\s*[:：].*")
_SALUTATION = re.compile(r"[^:：]{2,40}[:：]")


def is_letter(text: str) -> bool:
    """Whether a line is of a letter around a table: whom it is for, or a sentence. It names others and other months."""
    return "。" in text or is_addressed(text) or bool(_SALUTATION.fullmatch(text.strip()))


def is_addressed(text: str) -> bool:
    """Whether a line says whom the table is for."""
    return bool(_ADDRESSED.fullmatch(text.strip()))


_REFERENCES = re.compile(
    r"《[^《》]*》(?:\([^()]*\))?"
    r"|[\u4e00-\u9fff]*[〔\[【(]\s*(?:19|20)\d{2}\s*[〕\]】)]\s*第?\d+\s*号(?:\([^()]*\))?"
    r"|(?:根据|依据|按照?|遵照|依照)[^,，。;；()]*?(?:要求|规定|通知|精神|文件|部署|安排|办法|口径)"
)


def without_references(text: str) -> str:
    """A text without the documents that it refers to: they name other offices and other months."""
    return _REFERENCES.sub(" ", plain(text))


def plain(text: object) -> str:
    """Full-width forms folded (NFKC), outer blanks gone."""
    return _plain(str(text))


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def packed(text: str) -> str:
    """A label as it is compared: full-width forms folded, no blanks at all."""
    return "".join(text.split()) if text.isascii() else _packed(text)


@lru_cache(maxsize=8192)
def _packed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_SPEAKING = "|".join(r"\s*".join(label) for label in (*UNIT_LABELS, *PERIOD_LABELS))
_SILENTLY = "|".join(r"\s*".join(label) for label in SILENT_LABELS)
_A_YEAR = r"(?=\s*:?\s*(?:19|20)\d\d)"
_LABEL = re.compile(
    rf"(?:(?P<speaks>{_SPEAKING})|(?P<silent>{_SILENTLY}|{_DONE}\s*(?:日\s*期|时\s*间|日)))\s*(?:[:(]|$)"
    rf"|(?P<dated>有效期限?[至到]?|上月|上期|上年同期|去年同期|对比期|基期|(?<!关于){_DONE}(?:日期|时间|日)?){_A_YEAR}:?"
)
_SILENT = "—"
"""Stands for every silent label."""

_CAPTION = re.compile(r"(?:计量|金额|货币)?单位[:(]")
"""What stands beside a label whose own place was left blank."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One cell outside the table that is not silent: its label (may be empty) and what it says."""

    cell: Cell
    label: str
    text: str


def sayings(account: Account, rows: Iterable[int]) -> Iterator[Saying]:
    """What the cells of these rows say, label and value apart; silent labels are left out.

    A figure says nothing of its own accord: 2007.2 in a row of data is no month.
    """
    for row in rows:
        cells = account.row(row)
        awaited = ""
        for cell in cells:
            segments = _segments(_spoken(cell))
            if awaited and not segments[0][0] and not _CAPTION.match(packed(segments[0][1])):
                segments[0] = (awaited, segments[0][1])
            awaited = segments[-1][0] if not segments[-1][1] else ""
            if segments[0][0] or not is_figure(cell) or is_month_alone(cell, cells):
                yield from (Saying(cell, label, text) for label, text in segments if text and label != _SILENT)


@lru_cache(maxsize=8192)
def _has_label(text: str) -> bool:
    return _LABEL.search(_plain(text)) is not None


def _segments(text: str) -> list[tuple[str, str]]:
    """A cell's text cut at the labels in it: 「填报单位：甲　报告期：乙」 are two."""
    cuts = list(_LABEL.finditer(text))
    if not cuts:
        return [("", text)]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    before = [("", text[: cuts[0].start()].strip())] if text[: cuts[0].start()].strip() else []
    labels = [re.sub(r"\s", "", cut["speaks"] or _SILENT) for cut in cuts]
    said = [text[cut.end() : end].strip() for cut, end in zip(cuts, ends, strict=True)]
    return before + list(zip(labels, said, strict=True))


def _spoken(cell: Cell) -> str:
    if isinstance(cell.value, datetime | date):
        day = "" if cell.format_text == MONTH_SHOWN else f"{cell.value.day}日"
        return f"{cell.value.year}年{cell.value.month}月{day}"
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    if isinstance(cell.value, float) and cell.decimals:
        return f"{cell.value:.{max(cell.decimals, len(str(cell.value).partition('.')[2]))}f}"
    return plain(cell.value)


@dataclass(frozen=True, slots=True)
class Around:
    """The rows of a sheet that speak of the table in it: those that head it, and those asked only if they do not."""

    account: Account
    above: Collection[int]
    below: Collection[int]
    said: tuple[Saying, ...] = ()
    """What a column of the table itself says: 填报单位, the name below it."""

    def labelled(self, labels: tuple[str, ...]) -> list[Saying]:
        """What the rows below say under one of these labels; most rows hold no label, and are passed over."""
        rows = [
            row
            for row in self.below
            if any(cell.kind is CellKind.TEXT and _has_label(str(cell.value)) for cell in self.account.row(row))
        ]
        return [said for said in sayings(self.account, rows) if said.label in labels]
