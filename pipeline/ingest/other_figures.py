"""Words around a table that say that its figures are others than the month's: a plan, a draft, last year, a part.

Titles, lines above the table, and the name of a sheet that stands alone. The words over columns are `header_meaning`'s.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from pipeline.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.account import Account
from pipeline.ingest.faults import Faults, belonging_to
from pipeline.ingest.heading import (
    PERIOD_LABELS,
    UNIT_LABELS,
    Around,
    Saying,
    is_addressed,
    is_figure,
    packed,
    plain,
    without_references,
)
from pipeline.ingest.period_words import arabic
from pipeline.model import Finding, ReceivedFile, Severity, Submission

_SHEET_OF = re.compile(r"^\(?附[件表]?[\d一二三四五六七八九十]*\)?[:.、]?")
_INSTRUCTION = re.compile(r"[。;!?]|请|须|应当|不得|如有")
"""A line that tells how to fill the table in, or explains it."""
_LABEL = re.compile(r"(?<!其中):")
_ALL_ARE = re.compile(
    r"(?:(?:附注|注|说明|备注)\d?:?|[(]?\d[)、.])?(?=[本以上表所各全数统])(?:本表|以上|上表|上述|表[中内])?(?:所有|各项|全部)?"
    r"(?:统计数据|数据|数字|数|报表)?(?:均|都|全部|暂)?(?:为|系|是)(.{2,16})"
)
_FIGURES = re.compile(r"(?:的|期|值|余额)*(?:数据|数字|数|情况|报表|表|稿)?")
_KIND_LABEL = re.compile(r"(?:数据|报表|统计表?)(?:类型|类别|性质|名称)|版本|性质")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_BESIDE = "与和及含附"
"""What is named with the month's own figures (余额及增减情况表) stands beside them."""
_TIME = re.compile(r"(?:(?:19|20)?\d{2}年度?)?(?:\d{1,2}[月日]份?)*(?:第?[一二三四1-4]季度|[上下]半年)?[末底]?")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}省")
_LOAN = re.compile(r"([\u4e00-\u9fff\0]*?)(?:贷款|信贷)")
_PLACE_WITHIN = re.compile(r"[\u4e00-\u9fff]{1,4}(?:街道|[镇乡村])(?=[)(]|数|$)")
"""城关镇, or 旬阳县城关镇: a part of a county."""
_NOT_A_PLACE = re.compile(r"[农乡]村|[乡村]镇$|各[镇乡村]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A saying above or below a table, and the words in it that speak of other figures."""

    said: Saying
    words: str
    where: Literal["上", "下"] = "上"


def other_figures(said: str, form: Form, catalog: Catalog, *, title: bool = True) -> str:
    """The words in a title, line or sheet's name that speak of other figures; empty where it says none.

    A `title` says too what it is about: loans that are not those of the form are others.
    """
    text = _SHEET_OF.sub("", packed(arabic(without_references(said))))
    if title and (_INSTRUCTION.search(text) or is_addressed(said) or _LABEL.search(text)):
        return ""
    for name in _names(catalog):
        text = text.replace(name, "\0")
    if title and (part := _PLACE_WITHIN.search(text)) and not _NOT_A_PLACE.search(part[0]):
        return part[0]
    if found := _worded(text, form):
        return found
    return _other_subject(text, form) if title else ""


def doubt_above(above: Sequence[Saying], account: Account, form: Form, catalog: Catalog) -> Doubt | None:
    """The first title or line above a table that speaks of other figures; a row of figures is told as such."""
    for said in above if not form.is_words else ():
        if any(map(is_figure, account.row(said.cell.row))) or packed(said.text) in _own_words(form):
            continue
        words = _behind_label(said, form) if said.label else other_figures(said.text, form, catalog)
        if words:
            return Doubt(said, words)
    return None


def doubt_below(around: Around, form: Form) -> Doubt | None:
    """The first sentence below a table that says that its figures are others: 注：以上数据为预计数."""
    for row in around.below:
        for cell in around.account.row(row):
            for sentence in re.split(r"[。;,\n]", plain(cell.value)):
                found = _ALL_ARE.fullmatch(packed(sentence))
                if found and (words := _is_wholly(found[1], form)):
                    return Doubt(Saying(cell, "", sentence.strip()), words, "下")
    return None


def _is_wholly(text: str, form: Form) -> str:
    """The words of other figures of which a text consists, a time and 数 aside; empty where it says more."""
    words = _worded(_TIME.sub("", text, count=1), form)
    rest = _TIME.sub("", text, count=1).replace(words, "", 1) if words else text
    return words if words and _FIGURES.fullmatch(rest) else ""


def _behind_label(said: Saying, form: Form) -> str:
    """What a labelled line adds in brackets to the unit or month (报告期：2018年3月（预计数）), or says of itself."""
    text = packed(said.text)
    if _KIND_LABEL.fullmatch(said.label):
        return _worded(text, form)
    is_asked = said.label in UNIT_LABELS or said.label in PERIOD_LABELS
    found = (_worded(brackets[1], form) for brackets in _BRACKETS.finditer(text)) if is_asked else ()
    return next(filter(None, found), "")


def _own_words(form: Form) -> frozenset[str]:
    """The form's own headings over its columns: 对比基数 is no comparison of the sender's."""
    return frozenset(packed(part) for column in form.columns for part in column.label.split("/"))


def tell_doubt(doubt: Doubt | None, sheet: str, faults: Faults) -> None:
    """A hard finding, but where the same words are told already: as another time, as a heading of columns."""
    if doubt is None or any(_is_told(doubt, finding) for finding in faults.findings):
        return
    text = doubt.said.text[:40]
    told = (
        f"表{doubt.where}方写的是“{text}”，“{doubt.words}”说的像是别的数，不是本表要报的数，不能确定。"
        f"确是本表要报的数的，请删去“{doubt.words}”等字样后重新报送；不是的，请换成本期的报表。"
    )
    faults.add("F06", told, sheet=sheet, cell=doubt.said.cell.address, value=text)


def _is_told(doubt: Doubt, finding: Finding) -> bool:
    told_here = finding.cell == doubt.said.cell.address or packed(doubt.said.text) in finding.value.split("/")
    return told_here and finding.severity is Severity.HARD


def tell_sheet_names(
    submissions: Sequence[Submission], alone: Collection[str], received: ReceivedFile, catalog: Catalog
) -> list[Finding]:
    """A hard finding for each statement whose only sheet is called by other figures; `alone` are those sheets.

    上月 is no other than the month of an older sheet.
    """
    latest = {(s.form, s.unit): max(o.period for o in submissions if o.form == s.form) for s in submissions}
    found: list[Finding] = []
    for submission in submissions:
        form, sheet = catalog.forms[submission.form], submission.sheet
        if form.is_words or sheet not in alone or sheet in PurePosixPath(received.name).name:
            continue
        words = other_figures(sheet, form, catalog, title=False)
        is_older = submission.period < latest[submission.form, submission.unit] and OTHERS.search(words)
        if words and not is_older:
            faults = Faults(received)
            told = (
                f"工作表名是“{sheet[:30]}”，“{words}”说的像是别的数，不是本表要报的数，不能确定。"
                "确是本表要报的数的，请改工作表名后重新报送；不是的，请换成本期的报表。"
            )
            faults.add("F06", told, sheet=sheet, value=sheet[:40])
            found += belonging_to(faults.findings, submission)
    return found


def _worded(text: str, form: Form) -> str:
    """The form's words of other figures; what is the form's own matter (目标 of the year's targets) is none."""
    for own in sorted(form.silent_headings, key=len, reverse=True):
        text = text.replace(own, "\1")
    words = "|".join((OTHERS.pattern, *map(re.escape, sorted(form.other_figures, key=len, reverse=True))))
    text = re.sub(rf"(?<=.)[{_BESIDE}](?:年初)?(?:{words})+", "\1", text)
    found = re.search(rf"(?:{words})++(?!完成|执行|报送)", text)
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


def _names(catalog: Catalog) -> list[str]:
    """Names of units, institutions, areas and the city, the longest first: they may hold any word."""
    units = (name for unit in catalog.units.units for name in unit.all_names)
    banks = (name for bank in catalog.units.institutions for name in (bank.name, *bank.aliases))
    areas = (name for area in catalog.areas.entries for name in area.all_names)
    city = (catalog.profile.city, catalog.profile.office)
    return sorted({packed(name) for name in (*units, *banks, *areas, *city)}, key=len, reverse=True)
