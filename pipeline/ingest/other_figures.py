"""Words of titles, sentences and sheets' names that say that a table's figures are others: a plan, a draft, a part.

Where they are looked for is `doubted`'s; the words over columns are `header_meaning`'s.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.ingest.heading import is_addressed, packed, without_references
from pipeline.ingest.period_words import arabic
from pipeline.ingest.registered import registered
from pipeline.ingest.sentences import Predicate, predicate, sentences, title_pieces

_SHEET_OF = re.compile(r"^\(?附[件表]?[\d一二三四五六七八九十]*\)?[:.、]?")
_INSTRUCTION = re.compile(r"[。;!?]|请|须|应当|不得|如有|按\S{0,8}(?:填|报)|(?:填报|负责|核对|无误|无异常|一致|相符)$")
"""A line that tells how to fill the table in, explains it, or that it was checked."""
_LABEL = re.compile(r"(?<!其中):")
_FIGURES = re.compile(r"(?:的|期|值|余额)*(?:数据|数字|数|情况|报表|统计表|统计|月报表?|明细表?|表|稿|版)?")
_BESIDE = "与和及含附"
"""What is named with the month's own figures (余额及增减情况表) stands beside them."""
_TIME = re.compile(r"(?:(?:19|20)?\d{2}年度?)?(?:\d{1,2}[月日]份?)*(?:第?[一二三四1-4]季度|[上下]半年)?[末底]?")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}省")
_LOAN = re.compile(r"([\u4e00-\u9fff\0]*?)(?:贷款|信贷)(?![部系员科处股]|管理|中心|业务部)")
_PLACE_WITHIN = re.compile(r"[\u4e00-\u9fff]{1,4}(?:街道|[镇乡村])(?=[)(]|数|$)")
"""城关镇, or 旬阳县城关镇: a part of a county."""
_NOT_A_PLACE = re.compile(r"农村|城乡|乡村$|[乡村]镇$|[各个]?[镇乡村](?<=[各个].)|(?:信用|重点|贫困|示范)[镇乡村]")
_BRANCH = re.compile(r"[\u4e00-\u9fff\0]{1,8}(?:支行|分理处|网点|储蓄所)|[\u4e00-\u9fff\0]{0,8}营业[部室所]")
_ALL_BRANCHES = re.compile(r"各|所有|全部|辖内|下属|联系|本行|分支")
_DATA = re.compile(r"(?:的|[上本]?报)?(?:数据|数字|数|情况|统计表?|报表|月报表?|部分|表)?$")
_PART = re.compile(
    r"([^含第各]{1,8})部分(?:县区|县|镇|支行|网点|机构|贷款|数据|数|情况)*"
    r"|部分(?:县区|县|镇|支行|网点|机构|贷款)?(?:数据|数|情况|汇总|统计|未报送?|缺报|暂缺)*"
)
_NUMBERED_PART = re.compile(r"第?[一二三四五六七八九十\d]+$")
_PART_ANYWHERE = re.compile(r"(?<![第一二两三四五六七八九十\d大几])部分(?!组成|内容)")
_LEFT_OUT = re.compile(
    r"(?:数据|统计|口径)?(?:暂|均|都)?(?:未|不|没有?)(?:包?含|包括|统计|计入?|纳入|反映|填报|计算)(?P<a>.{1,12})"
    r"|(?:已)?(?:剔除|扣除|除去|排除|去除)(?P<b>.{1,12})"
    r"|除(?P<c>.{1,10}?)(?:[之以]?外)(?:的?(?:全市|全县|全部|所有|其他|各)*(?:数据|数|县区|贷款|部分)?)?"
    r"|(?P<d>.{1,10}?)(?:除外|不计|未计入|未统计|未纳入)"
)
_ONLY = re.compile(
    r"(?:数据|统计|口径)?(?:仅|只|单)(?:统计|反映|包含|包括|含|填报|填列|填|报送|报|计算|涉及|为|是|系)(?P<a>.{1,12})"
    r"|(?:仅|只)(?P<b>(?:(?![有发存新]).){0,10}(?:部分|贷款|数据|户|镇|支行|续贷|展期|逾期|不良))"
)


def other_figures(said: str, form: Form, catalog: Catalog, *, title: bool = True) -> str:
    """The words in a title, line or sheet's name that speak of other figures; empty where it says none.

    A `title` says too what it is about: loans that are not those of the form are others.
    """
    text = _SHEET_OF.sub("", packed(arabic(without_references(said))))
    if title and (_INSTRUCTION.search(text) or is_addressed(said) or _LABEL.search(text)):
        return ""
    for name in registered(catalog).everything:
        text = text.replace(name, "\0")
    if (part := _PLACE_WITHIN.search(text)) and not _NOT_A_PLACE.search(part[0]):
        return part[0]
    if found := _worded(text, form, catalog) or _parts_alone(text, catalog):
        return found
    if found := _in_pieces(said, form, catalog):
        return found
    return _other_subject(text, form) if title else ""


def said_wholly(text: str, form: Form, catalog: Catalog, *, places: bool = False) -> str:
    """The words of other figures of which a sentence says that all the table's figures are; empty where it says more.

    `places`: a part of a county, or of a unit, alone is such a sentence too.
    """
    for sentence in sentences(without_references(text)):
        said = predicate(sentence)
        if _INSTRUCTION.search(said.text):
            continue
        asks_place = places or said.is_linked or _DATA.sub("", said.text) != said.text
        if words := _is_others(said, form, catalog) or (_place(said.text, catalog) if asks_place else ""):
            return words
    return ""


def area_said(text: str, areas: Collection[str], catalog: Catalog) -> str:
    """The name of an area that a sentence says its figures are of, where the table's `areas` are others, or more."""
    known = [catalog.areas.by_id[area] for area in areas if area in catalog.areas.by_id]
    mains = {area.within or area.id for area in known}
    for sentence in sentences(text):
        words = _DATA.sub("", predicate(sentence).text.strip("()"))
        named = registered(catalog).areas.get(words)
        if named and mains and mains != {named}:
            return words
    return ""


def _is_others(said: Predicate, form: Form, catalog: Catalog) -> str:
    text = said.text
    if said.names_kind and (words := _worded(text, form, catalog)):
        return words
    if _LEFT_OUT.fullmatch(text):
        return _is_part(text, form, catalog)
    return _is_wholly(text, form, catalog) or _is_part(text, form, catalog) or _other_object(said, form)


def _is_wholly(text: str, form: Form, catalog: Catalog) -> str:
    """The words of other figures of which a text consists, a time and 数 aside; empty where it says more."""
    bare = _TIME.sub("", text, count=1)
    words = _worded(bare, form, catalog)
    return words if words and _FIGURES.fullmatch(bare.replace(words, "", 1)) else ""


def _is_part(text: str, form: Form, catalog: Catalog) -> str:
    """What a text leaves out (不含续贷, 除城关镇外), or takes in alone (仅统计续贷部分, 部分县区数据)."""
    if found := _LEFT_OUT.fullmatch(text):
        named = next(filter(None, found.groups()))
        banks = (spelt for spelt, _ in registered(catalog).banks)
        is_outside = any(word in named for word in (*catalog.sayings.outside, *banks, "注明"))
        return "" if is_outside else text
    if (found := _ONLY.fullmatch(text)) and not _is_own(next(filter(None, found.groups())), form):
        return text
    if (found := _PART.fullmatch(text)) and not _NUMBERED_PART.fullmatch(found[1] or ""):
        return text
    return ""


def _is_own(named: str, form: Form) -> bool:
    """Whether what alone is counted is all that the form asks for: 建档立卡贫困户."""
    return any(word in named for word in (*form.themes, "建档立卡", "全", "各", "本"))


def _other_object(said: Predicate, form: Form) -> str:
    """统计对象：农户贷款."""
    return _other_subject(said.text, form) if said.label else ""


def _place(text: str, catalog: Catalog) -> str:
    """城关镇, 城关支行数据: a place within a county, or a branch, and nothing else."""
    rest = _DATA.sub("", text)
    if rest in catalog.sayings.places_within:
        return rest
    for name in registered(catalog).everything:
        rest = rest.replace(name, "\0")
    if (part := _PLACE_WITHIN.fullmatch(rest.strip("\0"))) and not _NOT_A_PLACE.search(part[0]):
        return part[0]
    if _BRANCH.fullmatch(rest) and not _ALL_BRANCHES.search(rest):
        return text
    return ""


# ------------------------------------------------------------------ titles


def _in_pieces(said: str, form: Form, catalog: Catalog) -> str:
    """What one piece of a title says alone: （旧）, -废, （仅续贷）, 不良."""
    for piece in title_pieces(said):
        for name in registered(catalog).everything:
            piece = piece.replace(name, "")
        piece = _TIME.sub("", arabic(piece), count=1)
        bare = _FIGURES.sub("", piece, count=1) if piece.startswith(("数", "表")) else piece
        short = {bare, re.sub(r"(?:数据|数|表|统计表?|情况|明细|部分)+$", "", bare)}
        if words := next((w for w in (*catalog.sayings.alone, *catalog.sayings.parts) if w in short), ""):
            return words
        if words := _is_part(piece, form, catalog):
            return words
        if piece in catalog.sayings.places_within:
            return piece
    text = packed(said)
    return "部分" if _PART_ANYWHERE.search(re.sub(r"[及和与含、][^()、,]*部分", "", text)) else ""


def _parts_alone(text: str, catalog: Catalog) -> str:
    """不良明细表, 续贷统计表: a title that ends with a part of the form, beside nothing else of it."""
    part = _any_of(frozenset(catalog.sayings.parts))
    found = re.search(
        rf"(?<![及和与、含或])((?:{part})(?:[、及和与]?(?:{part}))*(?:贷款)?)"
        r"(?:清收|处置|化解|明细|情况|统计|进展|汇总|月报|报)*(?:表|清单|台账|明细|名单)(?:$|[()\0_-])",
        text,
    )
    return found[1] if found else ""


@lru_cache(maxsize=32)
def _any_of(words: frozenset[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _worded(text: str, form: Form, catalog: Catalog) -> str:
    """The words of other figures in a text; what is the form's own matter (目标 of the year's targets) is none."""
    for own in sorted(form.silent_headings, key=len, reverse=True):
        text = text.replace(own, "\1")
    words = _any_of(frozenset((*catalog.sayings.others, *catalog.sayings.other_figures, *form.other_figures)))
    text = re.sub(
        rf"(?<=.)[{_BESIDE}](?:年初)?(?:{words})+|(?<=.)、[^()、]*?(?:及|和|与)(?:占比|比重|增速)", "\1", text
    )
    found = re.search(rf"(?:{words})++(?!完成|执行|报送|填)", text)
    return found[0] if found else ""


def _other_subject(text: str, form: Form) -> str:
    """What a title says of its loans that the form's own are not, where it names the form's theme nowhere: 农户贷款."""
    if not form.subjects or any(theme in text for theme in form.themes):
        return ""
    for match in _LOAN.finditer(text):
        rest = _TIME.sub("", _PROVINCE.sub("", match[1]))
        for word in sorted((*form.subjects, *form.silent_headings), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest.replace("\0", ""):
            return match[0].replace("\0", "").lstrip("年月份末底")
    return ""
