"""A sentence around a table → what it says of all the table's figures, its lead, subject and link taken off.

「注：以上数据均为预计数」 says 预计数; so do 「数据性质：预计数」 and 「预计数」 alone. 「逾期贷款为上年数」 does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.ingest.heading import packed, plain
from pipeline.ingest.period_words import arabic

_ENDS = re.compile(r"[。;,，!\n]")
_BLANKS = re.compile(r"\s+")
_PIECES = re.compile(r"[()\[\]【】〔〕_\s,;。:/\\|]+|[-—–~]+(?!\d)|(?<!\d)[-—–~]+")
_LEAD = re.compile(r"(?:(?:附?注|说明|备注|注意|填报说明|编制说明|其他说明|提示)\d*[:.、]?|[(]?\d{1,2}[)、.](?!\d))")
_OF_TABLE = (
    r"(?:数据|报表|表格|本表|统计表?|填报|编制|汇总|填列|上报)?"
    r"(?:类型|类别|种类|性质|名称|口径|范围|状态|属性|对象|来源|版本|用途|内容|标识|阶段|情况)"
)
_OF_PLACE = r"(?:填报|报送|所属|所辖|统计|汇总)?(?:镇|乡镇|镇办|街道|行政村|村|支行|网点|机构|分理处|营业网点)"
_LABEL = re.compile(rf"(?P<label>{_OF_TABLE}|{_OF_PLACE}):")
_LABEL_ALONE = re.compile(rf"(?:{_OF_TABLE}|{_OF_PLACE}):?")
_NAMES_KIND = re.compile(r"类|性质|名称|版本|状态|属性|标识|阶段|用途")
_WHICH = r"(?:以上|以下|上述|下列|(?:本|此|该|上|下|统计)(?:报?表格?)|表|(?:本|此|该)(?:次|期)(?:报送|填报|上报)?)"
_FIGURES = r"(?:(?:统计|填报|报送)?(?:数据|数字|数值|数)|期末余额|余额|报表|表格)"
_SUBJECT = re.compile(
    rf"(?:(?:{_WHICH}(?:中|内)?(?:所[列填报有])?的?)?(?:所有|各项|各栏|全部)?的?{_FIGURES}|{_WHICH}(?:中|内)?)?"
)
_LINK = re.compile(
    r"(?:仍|暂时?|均|都|全部|统一|一律)*"
    r"(?P<link>为|系|是|属于?|取自|来自|来源于|采用|沿用|使用|引用|填的?|按照?|以|用|根据|[仅只](?:供|作为?|做))?的?"
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a sentence says of all figures, and whether it names these at all (以上数据为 …) or is only words."""

    text: str
    label: str = ""
    """数据类型, 统计口径: under which label of the table it is said."""
    is_linked: bool = False

    @property
    def names_kind(self) -> bool:
        """Whether the label asks what kind of table this is: then any word in the answer counts."""
        return bool(_NAMES_KIND.search(self.label))


def is_label(text: str) -> bool:
    """Whether a cell is a label whose answer stands in the next cell: 数据类型."""
    return bool(_LABEL_ALONE.fullmatch(packed(text)))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, packed."""
    yield from filter(None, map(packed, _ENDS.split(plain(text))))


def behind_label(text: str, names: Iterable[str] = ()) -> Iterator[str]:
    """What stands behind the answer to a label in the same cell: 填报单位：甲行 数据类型：测算数, （预计数）.

    Each piece between blanks and brackets; the names that are the answer are left out.
    """
    rest = packed(re.sub(r"\s+", "\1", plain(text)))
    for name in names:
        rest = rest.replace(name, "\1")
    yield from filter(None, re.split(r"[\1()\[\]【】,;。]+", rest))


def title_pieces(text: str) -> list[str]:
    """The pieces of a title between brackets, dashes and blanks: （旧）, -废."""
    return [packed(piece) for piece in _PIECES.split(plain(text)) if piece]


def predicate(sentence: str) -> Predicate:
    """The sentence (packed) without lead, label, subject and link."""
    rest = arabic(sentence).rstrip(":.!")
    label = ""
    while lead := _LEAD.match(rest):
        rest = rest[lead.end() :]
    if found := _LABEL.match(rest):
        label, rest = found["label"], rest[found.end() :]
    subject = _SUBJECT.match(rest)
    link = _LINK.match(rest, subject.end() if subject else 0)
    if link and subject and (subject[0] or link["link"]):
        return Predicate(rest[link.end() :], label, is_linked=bool(label or link[0] or subject[0]))
    return Predicate(rest, label, is_linked=bool(label))
