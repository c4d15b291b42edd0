"""Official prose as tokens: each word that a quoted figure may stand with has a letter, any other is `X`.

A clause thus becomes a string of letters, and its grammar a pattern over kinds of words (`quoted.py`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

from pipeline.money import FEN_PER_YUAN, MICRO_PER_PERCENT
from pipeline.periods import Month
from pipeline.validate.quoted_times import PATTERN as TIMES
from pipeline.validate.quoted_times import STARTS as TIME_STARTS
from pipeline.validate.quoted_times import Span, time_of

OWN, PLACE = "\ue000", "\ue001"
"""Stand, letter for letter, for the unit's own name and for the name of a county."""


class Metric(StrEnum):
    """What prose gives figures of."""

    RATED = "rated"
    CREDIT_LINE = "credit_line"
    DISBURSED = "disbursed"
    REPAID = "repaid"
    OUTSTANDING = "outstanding"
    PAST_DUE = "past_due"
    NPL = "npl"
    REGISTERED = "registered"
    RATE = "weighted_average_rate"
    PAST_DUE_RATIO = "past_due_ratio"
    NPL_RATIO = "npl_ratio"
    WRITTEN_OFF = "written_off"
    WRITTEN_OFF_ALONE = "written_off_alone"
    """Without what guarantors or funds paid, which the form has in the same figure."""
    RENEWED = "renewed"
    EXTENDED = "extended"
    SUBSIDY_ACCRUED = "subsidy_accrued"
    SUBSIDY_PAID = "subsidy_paid"
    SINCE_YEAR_START = "since_year_start"
    SINCE_LAST_MONTH = "since_last_month"
    SINCE_LAST_YEAR = "since_last_year"
    AVERAGE = "average"
    """For each household, of whatever was told last."""
    AVERAGE_OWED = "average_owed"
    AVERAGE_LINE = "average_line"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: fen, counts, or millionths of a percentage point; `place` is its last printed digit's."""

    number: Fraction
    place: Fraction
    unit: str
    """元, 户, 笔 or %; empty where none is written."""
    rough: bool = False
    """Written with 余 or 多 between number and unit."""

    @property
    def significant(self) -> Fraction:
        """The place of the last digit that is not zero: of 1200万元 a hundred 万元."""
        place = self.place
        while self.number and (self.number / (place * 10)).denominator == 1:
            place *= 10
        return place


@dataclass(frozen=True, slots=True)
class Token:
    """A word, and where it stands in the text."""

    kind: str
    start: int
    end: int
    text: str
    metric: Metric | None = None
    span: Span | None = None
    quantity: Quantity | None = None


# ------------------------------------------------------------------ the words

_WORDS: tuple[tuple[str, Metric | None, str], ...] = (
    (";", None, ";"),
    (":", None, ":"),
    (",", None, "， , ( ) [ ] 【 】 \n 一是 二是 三是 四是 五是 六是 首先 其次 再次"),
    ("J", None, "、"),
    ("W", None, "我行 本行 我社 本社 我联社 本联社 我分行 本分行 我单位 本单位"),
    ("W", None, "在我行 在本行 在我社 在本社 在我联社 在本联社 在我分行 在本分行"),
    ("F", None, "全行 全社 全联社 全辖 全系统"),
    ("B", None, "左右 上下 以上"),
    ("A", None, "大约 约 将近 接近 近 超过 突破 超 逾 不少于 不足 不到"),
    (
        "R",
        Metric.RATE,
        "加权平均利率 加权平均年利率 加权平均贷款利率 年加权平均利率 贷款加权平均利率 贷款加权平均年利率",
    ),
    ("M", Metric.NPL_RATIO, "不良率 不良贷款率"),
    ("M", Metric.PAST_DUE_RATIO, "逾期率 逾期贷款率"),
    ("M", Metric.NPL, "不良 不良余额 不良金额 不良贷款 不良贷款余额 不良贷款金额"),
    ("M", Metric.PAST_DUE, "逾期 逾期余额 逾期金额 逾期本金 逾期户数 逾期笔数 逾期贷款 逾期贷款余额 逾期贷款金额"),
    ("M", Metric.PAST_DUE, "逾期贷款本金 逾期贷款户数 逾期贷款笔数"),
    ("M", Metric.CREDIT_LINE, "授信 授信户数 授信金额 授信总金额 授信总额"),
    ("M", Metric.RATED, "评级 评级户数"),
    ("M", Metric.REPAID, "收回 回收"),
    ("M", Metric.OUTSTANDING, "余额 结余"),
    ("M", Metric.WRITTEN_OFF, "核销及代偿 核销和代偿 核销、代偿 核销代偿 核销及代偿金额 核销及代偿贷款 核销代偿金额"),
    ("M", Metric.WRITTEN_OFF_ALONE, "核销 核销金额 核销贷款 核销贷款本金 核销不良贷款"),
    ("M", Metric.RENEWED, "续贷 续贷金额 续贷贷款 办理续贷 办理续贷贷款"),
    ("M", Metric.EXTENDED, "展期 展期金额 展期贷款 办理展期 办理展期贷款"),
    ("M", Metric.SUBSIDY_ACCRUED, "应贴息 应贴息金额 应贴息额 应贴息资金 应贴利息 应付贴息 应享受贴息"),
    (
        "M",
        Metric.SUBSIDY_PAID,
        "已兑付 已兑付金额 实际兑付 已兑付贴息 已兑付贴息资金 实际兑付贴息 兑付贴息 兑付贴息资金 已贴息 已贴息金额",
    ),
    ("a", Metric.AVERAGE, "户均 户均贷款 户均金额"),
    ("a", Metric.AVERAGE_OWED, "户均余额 户均贷款余额 户均扶贫小额贷款余额"),
    ("a", Metric.AVERAGE_LINE, "户均授信 户均授信金额 户均授信额"),
    ("g", None, "增加 增加了 增长 增长了 上升 上升了 净增 净增加 净增长 新增 增幅 增速 增长率 增长幅度"),
    ("b", None, "减少 减少了 下降 下降了 降低 净减 净减少 净下降 负增长 降幅"),
    ("H", None, "建档立卡户 建档立卡贫困户 建档立卡贫困农户 贫困户 贫困农户"),
    ("L", None, "扶贫贷款 贷款 信贷"),
    ("X", None, "精准扶贫贷款 再贷款 超额 年度 户贷 农村 无还本续贷 办理无还本续贷"),
    ("Z", None, "各项贷款 各项存款 各项存贷款 存款 存贷 涉农"),
    ("C", None, "全市 全省 全国 全县 全区 银行 各行 同业 金融机构 信用社 农信社 联社 农行 邮储 工行 建行 中行"),
    ("G", None, "产业 项目 企业 乡镇 镇村 村镇 村组 乡村 贫困村 行政村 驻村 进村 整村 各镇 各村 县区 支行 分社 网点"),
    ("E", None, "公司 合作社 联合社 农场 大户 基地 园区"),
    ("v", None, "镇 乡 村 社区"),
    ("X", None, "贴息清单 贴息台账 贴息明细 贴息资料 贴息申请 贴息政策"),
    ("f", None, "补偿金 基金 担保金 保证金 互助资金 贴息 补贴 保险 理财"),
    ("D", None, "力争 计划 预计 预期 争取 确保 打算 下一步 下步 规划 拟"),
    ("d", None, "目标 任务"),
    ("O", None, "其中"),
    ("I", None, "辖内 辖区 辖区内"),
    ("V", None, "为 向 对 给"),
    ("K", None, "累计 达到 已达 共计 合计 总计 现有 共有 实现 完成 人民币 总额 总量 总数 金额 户数 笔数 本金"),
    ("K", None, "是 达 已 均 共 计 总 有 数 仍"),
    ("e", None, "的"),
)
"""Letter, metric, words."""

_NUMBER = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TEN = "百万|千万|亿|万|千|百"
_SCHEME = (
    r"(?:金融|精准)*扶贫小额(?:信用|信贷)?(?:贷款)?|小额扶贫(?:信用|信贷)?(?:贷款)?|(?<!农户)小额(?:贷款|信贷)"
    r"|(?:建档立卡)?贫困(?:农)?户(?:扶贫|小额|信用)*(?:贷款|信贷)"
)
_DIGITS = "0123456789"

_SHAPES: tuple[tuple[str, Metric | None, str, str], ...] = (
    ("time", None, TIME_STARTS, TIMES),
    ("joined", None, _DIGITS, rf"(?P<yi>[0-9]+(?:\.[0-9]+)?)亿(?P<wan>{_NUMBER})万元?"),
    (
        "number",
        None,
        _DIGITS,
        rf"(?P<number>{_NUMBER})(?P<more>[余多])?(?P<ten>{_TEN})?(?P<odd>[余多])?(?P<unit>元|户|笔|%)?",
    ),
    ("U", None, "(", r"\((?:单位:?)?(?P<note_ten>亿|万)?(?P<note>元|户|笔|%)\)"),
    (
        "c",
        None,
        "较比同与环",
        r"(?:较|比|同|与)(?:[0-9]{4}年?|去年|上年|今年|上月|上季度?|本?年初|同期|本?月初|年|[末底])+(?:相比)?|同比|环比",
    ),
    ("W", None, OWN, f"{OWN}+"),
    ("E", None, PLACE, f"{PLACE}+"),
    ("P", None, "金精扶小建贫", _SCHEME),
    ("M", Metric.DISBURSED, "新增发投累放", r"(?:新增?|增)?(?:发放|投放|累放|放款)(?:户数|笔数|总?金额|总额)?"),
    ("E", None, "贷", r"(?<![存放续惧抽断压用申办信户应尽])贷(?![款后前中记])"),
    (
        "E",
        None,
        "支分营",
        r"(?<=[\u4e00-\u9fff])(?<![各个别家级区县域下属内层辖行的与和及对由向])(?:支行|分社|分理处|营业[部所])",
    ),
)
"""Letter, metric, the characters that it may begin with, pattern."""

Shape = re.Pattern[str] | str


def _by_start() -> dict[str, list[tuple[Shape, str, Metric | None]]]:
    """Every word and pattern under each character that it may begin with; among equally long ones the first counts."""
    found: dict[str, list[tuple[Shape, str, Metric | None]]] = {}
    for kind, metric, starts, pattern in _SHAPES:
        shape = re.compile(pattern, re.ASCII)
        for character in starts:
            found.setdefault(character, []).append((shape, kind, metric))
    for kind, metric, words in _WORDS:
        for word in words.split(" "):
            found.setdefault(word[0], []).append((word, kind, metric))
    return found


_BY_START = _by_start()
_STRANGE = re.compile(f"[^{re.escape(''.join(_BY_START))}]+")
"""Characters that no word begins with."""


# ------------------------------------------------------------------ from text to tokens

_LIST_NUMBER = re.compile(
    r"(^|[\n。；;，,：:])\s*(?:\((?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\)"
    r"|(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[、.](?![0-9]))"
)
_HALF_WIDTH = {
    ord(sign) + 0xFEE0: sign for sign in string.digits + string.ascii_letters + string.punctuation if sign not in ",!?"
}
_NOISE = re.compile(r"[^\S\n]|[“”\"\u2018\u2019'「」\u200b\ufeff]")


def cleaned(text: str) -> str:
    """The text without blanks, quotation marks and numbers of list items; digits, letters and signs half width."""
    return _LIST_NUMBER.sub(r"\1,", _NOISE.sub("", text.translate(_HALF_WIDTH)))


def masked(text: str, names: re.Pattern[str] | None, sign: str) -> str:
    """The text with each of these names replaced, letter for letter, by a sign."""
    return names.sub(lambda found: sign * len(found[0]), text) if names else text


@cache
def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of these names, the longest first; None if there are none."""
    known = sorted({cleaned(name) for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, known))) if known else None


def tokens(text: str, month: Month) -> list[Token]:
    """The words of a cleaned text, in order, the longest that fits; strange ones that follow each other are one."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        if strange := _STRANGE.match(text, place):
            place, token = strange.end(), Token("X", place, strange.end(), "")
        else:
            token = _longest(text, place, month)
            place = token.end
        if not (token.kind == "X" and found and found[-1].kind == "X"):
            found.append(token)
    return found


def _longest(text: str, place: int, month: Month) -> Token:
    end, kind, metric, match = place, "X", None, None
    for shape, its_kind, its_metric in _BY_START.get(text[place], ()):
        if isinstance(shape, str):
            found, its_end = None, place + len(shape) * text.startswith(shape, place)
        else:
            found = shape.match(text, place)
            its_end = found.end() if found else place
        if its_end > end:
            end, kind, metric, match = its_end, its_kind, its_metric, found
    if match is None:
        return Token(kind, place, max(end, place + 1), text[place:end], metric)
    return _matched(match, kind, metric, month)


def _matched(match: re.Match[str], kind: str, metric: Metric | None, month: Month) -> Token:
    (start, end), text = match.span(), match[0]
    if kind == "time":
        time = time_of(match, month)
        return Token(time.kind, start, end, text, span=time.span)
    if kind == "joined":
        return Token("Q", start, end, text, quantity=_joined(match))
    if kind == "number":
        quantity = _quantity(match)
        return Token("Q" if quantity.unit else "#", start, end, text, quantity=quantity)
    if kind == "c":
        return Token(kind, start, end, text, _compared_with(text, month))
    return Token(kind, start, end, text, metric, quantity=_noted(match) if kind == "U" else None)


def _compared_with(text: str, month: Month) -> Metric | None:
    """What a balance is that is held against this time; None where the form has none, or the time is not clear."""
    if "同比" in text or re.search(rf"(?:去年|上年|{month.year - 1}年)同期", text):
        return Metric.SINCE_LAST_YEAR
    if "月" in text:
        return Metric.SINCE_LAST_MONTH
    at_year_end = re.search(rf"(?:去年|上年|{month.year - 1}年?)年?[末底]", text)
    this_year = re.fullmatch(rf".(?:今年|{month.year}年)?本?年初(?:相比)?", text)
    return Metric.SINCE_YEAR_START if at_year_end or this_year else None


# ------------------------------------------------------------------ numbers

_TENS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES = {"元": FEN_PER_YUAN, "户": 1, "笔": 1, "%": MICRO_PER_PERCENT}


def _noted(found: re.Match[str]) -> Quantity:
    """One of what a note in brackets says the number after it is in."""
    return Quantity(*_read("1", _TENS[found["note_ten"] or ""] * _SCALES[found["note"]]), found["note"])


def _quantity(found: re.Match[str]) -> Quantity:
    ten, unit = found["ten"] or "", found["unit"] or ""
    if not unit and ten.endswith(("万", "亿")):
        unit = "元"
    return Quantity(
        *_read(found["number"], _TENS[ten] * _SCALES.get(unit, 1)), unit, rough=bool(found["more"] or found["odd"])
    )


def _joined(found: re.Match[str]) -> Quantity:
    """「1亿2000万元」."""
    small, place = _read(found["wan"], _TENS["万"] * FEN_PER_YUAN)
    large, _ = _read(found["yi"], _TENS["亿"] * FEN_PER_YUAN)
    return Quantity(large + small, place, "元")


def _read(text: str, scale: int) -> tuple[Fraction, Fraction]:
    """A number in this scale, and the place of its last printed digit."""
    number = Decimal(text.replace(",", "").replace("，", ""))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # digits and a point make a finite number
    return Fraction(number) * scale, Fraction(10) ** exponent * scale
