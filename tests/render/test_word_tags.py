"""Templates as Word leaves them: what breaks a tag is mended, what a person has to decide is told."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.errors import TemplateBroken
from pipeline.render.letters import Letter, LetterTable, letter_bytes
from pipeline.render.package import packed, parts_of
from pipeline.render.template import path_of

VALUES = {"机关": "示例办", "单位": "北山农商银行", "有": True, "期限": "4月13日"}
RUN = "<w:r><w:t>{}</w:t></w:r>"


def filled(tmp_path, *paragraphs, values=VALUES, tables=None):
    """The paragraphs of a letter from a template of these paragraphs, each as Word's own markup."""
    made = docx.Document(str(path_of("回执.docx")))
    for element in list(made.element.body)[:-1]:
        made.element.body.remove(element)
    for inner in paragraphs:
        made.element.body.insert(len(made.element.body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    made.save(str(tmp_path / "函.docx"))
    letter = Letter(values, "示例函", "示例办", datetime(2018, 4, 10, tzinfo=UTC), tables)
    paragraphs = docx.Document(io.BytesIO(letter_bytes("函.docx", letter, tmp_path))).paragraphs
    return ["".join(text.text or "" for text in paragraph._p.iter(qn("w:t"))) for paragraph in paragraphs]


def split(*texts, between=""):
    return between.join(RUN.format(text) for text in texts)


SPELLING = '<w:proofErr w:type="spellStart"/>'
BOOKMARK = '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("why", "markup", "shown"),
    [
        (
            "runs of another session",
            split("致{{ 单", "位 }}：").replace("<w:r>", '<w:r w:rsidR="00A1">'),
            "致北山农商银行：",
        ),
        ("one character a run", split(*"致{{ 单位 }}："), "致北山农商银行："),
        ("the spelling checker", split("{", "{ 单位", " }", "}：", between=SPELLING), "北山农商银行："),
        ("a bookmark in the middle", split("{{ 单", "位 }}", between=BOOKMARK), "北山农商银行"),
        (
            "part of it in a smart tag",
            f'{split("{{ 单")}<w:smartTag w:element="a">{split("位 }}：")}</w:smartTag>',
            "北山农商银行：",
        ),
        (
            "part of it in a link",
            f'<w:hyperlink w:anchor="_GoBack">{split("致{{ ")}</w:hyperlink>{split("单位 }}：")}',
            "致北山农商银行：",
        ),
        ("blanks that do not break", split("{{\u00a0单位\u3000}}："), "北山农商银行："),
        ("characters that nobody sees", split("{{ 单\u200b位\ufeff }}："), "北山农商银行："),
        ("round quotation marks", split("{% if 期限 == “4月13日” %}对{% else %}错{% endif %}"), "对"),
        ("single ones", split("{% if 期限 == ‘4月13日’ %}对{% else %}错{% endif %}"), "对"),
        ("two tags in one paragraph", split("{{ 单", "位 }}于{{ 期", "限 }}前"), "北山农商银行于4月13日前"),
    ],
)
def test_what_word_does_to_a_tag_does_not_matter(tmp_path, why, markup, shown):
    assert filled(tmp_path, markup) == [shown], why


def test_the_looks_of_the_words_around_a_mended_tag_stay(tmp_path):
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    filled(tmp_path, split("请{{ 单") + bold.format("位 }}速报") + split("。"))
    letter = Letter(VALUES, "示例函", "示例办", datetime(2018, 4, 10, tzinfo=UTC))
    (made,) = docx.Document(io.BytesIO(letter_bytes("函.docx", letter, tmp_path))).paragraphs
    assert [(run.text, bool(run.bold)) for run in made.runs if run.text] == [
        ("请北山农商银行", False), ("速报", True), ("。", False)
    ]  # fmt: skip


CHANGED = '<w:{0} w:id="1" w:author="示例甲" w:date="2018-04-01T00:00:00Z">{1}</w:{0}>'


@pytest.mark.parametrize(
    ("why", "markup", "told"),
    [
        (
            "words put in",
            CHANGED.format("ins", split("{{ 单位 }}")),
            "里有没有接受的修订。请在 Word 的“审阅”中接受或拒绝",
        ),
        ("words taken out", CHANGED.format("del", "<w:r><w:delText>旧</w:delText></w:r>"), "里有没有接受的修订。"),
        (
            "a remark",
            '<w:r><w:commentReference w:id="0"/></w:r>',
            "里有批注，会印到发出的函上。请在 Word 的“审阅”中删除",
        ),
        (
            "braces of full width",
            split("｛｛ 单位 ｝｝："),
            "里“｛｛ 单位 ｝｝：”的括号没有写对。名称两边要用半角的两个大括号",
        ),
        ("a single brace", split("致{ 单位 }："), "里“致{ 单位 }：”的括号没有写对。"),
        ("a brace too few", split("致{{ 单位 }："), "里“致{{ 单位 }：”的括号没有写对。"),
        (
            "words beside what takes the whole paragraph",
            split("{%p if 有 %}请速报"),
            "里“{%p if 有 %}请速报”与别的文字写在了一段",
        ),
    ],
)
def test_what_a_person_has_to_put_right_is_told(tmp_path, why, markup, told):
    with pytest.raises(TemplateBroken) as broken:
        filled(tmp_path, markup)
    assert str(broken.value).startswith(f"模板 函.docx {told}"), why


def test_a_tag_over_two_paragraphs_is_told(tmp_path):
    with pytest.raises(TemplateBroken, match="写在同一段里"):
        filled(tmp_path, split("致{{ 单位"), split("}}："))


@pytest.mark.parametrize(("why", "markup"), [("words", split("见{{ 清单 }}")), ("a box", "")])
def test_a_table_that_cannot_stand_where_it_is_wanted_is_told(tmp_path, why, markup):
    tables = {"清单": LetterTable(("甲",), [("1",)], (156.0,))}
    box = f"<w:r><w:pict><w:p>{split('{{ 清单 }}')}</w:p></w:pict></w:r>"
    with pytest.raises(TemplateBroken, match=r"模板 函\.docx 里的“\{\{ 清单 \}\}”要独占一段"):
        filled(tmp_path, markup or box, tables=tables)


def test_a_broken_name_is_told_with_the_nearest(tmp_path):
    with pytest.raises(TemplateBroken, match="里的“单位名”不是可用的内容。是不是“单位”？"):
        filled(tmp_path, split("{{ 单", "位名 }}", between=BOOKMARK))


def test_what_is_saved_as_another_kind_of_document_is_told(tmp_path):
    parts = parts_of(path_of("回执.docx").read_bytes())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main", b"wordprocessingml.template.main"
    )
    (tmp_path / "函.docx").write_bytes(packed(parts))
    letter = Letter(VALUES, "示例函", "示例办", datetime(2018, 4, 10, tzinfo=UTC))
    with pytest.raises(TemplateBroken, match=r"模板 函\.docx 打不开，它不是 \.docx 格式的 Word 文档。"):
        letter_bytes("函.docx", letter, tmp_path)
