"""The tags of a Word template as people leave them: put together again where Word has broken them, or refused.

Word breaks a tag over runs when it checks spelling, sets a bookmark or remembers who typed when; it makes quotation
marks round and blanks unbreakable. That is mended. What only a person can decide is told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pipeline.errors import TemplateBroken
from pipeline.render.package import packed, parts_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN, _TYPES = "word/document.xml", "[Content_Types].xml"
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WITH_WORDS = re.compile(r"word/(document|(header|footer)\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_OF_A_PARAGRAPH = re.compile(r"\{[{%#]p\s")
_OF_A_RUN = re.compile(r"\{\{[rp]\s|\{%r\s")
"""Tags that docxtpl puts in the place of a run or a paragraph: what they print would stand outside of all text."""
_BRACES = re.compile(r"[{}\uff5b\uff5d]")
"""Those of full width among them: a Chinese keyboard gives them."""
_UNDECIDED = ("ins", "del", "moveFrom", "moveTo")
_MEANT = str.maketrans("\u201c\u201d\u2018\u2019\u00a0\u202f\u3000", "\"\"''   ")
"""Round quotation marks, and blanks that do not break or are as wide as a character."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SHOWN = 40


@lru_cache(maxsize=16)
def mended(template: bytes, name: str) -> bytes:
    """The template with every tag in one run, in the characters of a tag.

    Raises:
        TemplateBroken: it is no Word document, has changes or comments that somebody still has to decide about, or
            braces that belong to no tag.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        parts = parts_of(template)
        if _MAIN not in parts or _DOCUMENT not in parts.get(_TYPES, b""):
            raise TemplateBroken(_unopened(name))
        for part in filter(_WITH_WORDS.fullmatch, parts):
            root = etree.fromstring(parts[part], parser)
            _refuse_undecided(root, name)
            for paragraph in root.iter(f"{_W}p"):
                _mend(paragraph, name)
            parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise TemplateBroken(_unopened(name)) from error
    return packed(parts)


def _unopened(name: str) -> str:
    return f"模板 {name} 打不开，它不是 .docx 格式的 Word 文档。请另存为 .docx，或者恢复程序自带的模板。"


def _refuse_undecided(root: Any, name: str) -> None:
    """A letter must not go out with words in it that nobody has decided about."""
    if any(True for kind in _UNDECIDED for _ in root.iter(f"{_W}{kind}")):
        raise TemplateBroken(
            f"模板 {name} 里有没有接受的修订。请在 Word 的“审阅”中接受或拒绝所有修订，关闭“修订”，保存后重新运行。"
        )
    if next(root.iter(f"{_W}commentReference"), None) is not None:
        raise TemplateBroken(
            f"模板 {name} 里有批注，会印到发出的函上。请在 Word 的“审阅”中删除所有批注，保存后重新运行。"
        )


def _mend(paragraph: Any, name: str) -> None:
    """Put each tag of a paragraph into the run in which it begins."""
    runs = list(_texts_of(paragraph))
    whole = "".join(run.text or "" for run in runs)
    if not _BRACES.search(whole):
        return
    _refuse_loose_braces(whole, name)
    places = [(run, at) for run in runs for at in range(len(run.text or ""))]
    letters = [[*(run.text or "")] for run in runs]
    of_run = {id(run): kept for run, kept in zip(runs, letters, strict=True)}
    for tag in _TAG.finditer(whole):
        if _OF_A_RUN.match(tag[0]):
            raise TemplateBroken(
                f"模板 {name} 里的“{tag[0][:_SHOWN]}”写法不能用，印出来会丢字，应写成 {{{{ 单位 }}}} 的样子。"
                "请改正，或者恢复程序自带的模板。"
            )
        for run, at in places[tag.start() : tag.end()]:
            of_run[id(run)][at] = ""
        first, at = places[tag.start()]
        of_run[id(first)][at] = _UNSEEN.sub("", tag[0]).translate(_MEANT)
    for run, kept in zip(runs, letters, strict=True):
        run.text = "".join(kept)


def _texts_of(paragraph: Any) -> Iterator[Any]:
    """Its own texts: a box that floats in it has paragraphs of its own."""
    for text in paragraph.iter(f"{_W}t"):
        if next(text.iterancestors(f"{_W}p")) is paragraph:
            yield text


def _refuse_loose_braces(whole: str, name: str) -> None:
    """Whatever is left of braces between the tags would be printed in the letter."""
    if _BRACES.search(_TAG.sub("", whole)):
        raise TemplateBroken(
            f"模板 {name} 里“{_shown(whole)}”的括号没有写对。名称两边要用半角的两个大括号，写在同一段里，"
            "如 {{ 单位 }}；正文不要用大括号。请改正，或者恢复程序自带的模板。"
        )
    alone = _OF_A_PARAGRAPH.search(whole)
    if alone and len(_TAG.findall(whole)) + len(_TAG.sub("", whole).strip()) > 1:
        raise TemplateBroken(
            f"模板 {name} 里“{_shown(whole)}”与别的文字写在了一段，印出来会丢字。"
            "{%p … %} 要独占一段。请改正，或者恢复程序自带的模板。"
        )


def _shown(whole: str) -> str:
    at = max(0, (_BRACES.search(whole) or re.match("", whole)).start() - 5)  # type: ignore[union-attr]
    return whole[at : at + _SHOWN].strip()
