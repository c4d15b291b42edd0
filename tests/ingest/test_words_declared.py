"""与上月相同 for an item, for the list of products, for the whole form; and nothing is told that must not be."""

import io

import openpyxl
import pytest

from tests.ingest.documents import (
    CAPTION,
    CODES,
    CONTINUE,
    FORMATS,
    ITEMS,
    RESTART,
    SAME,
    Measures,
    by_label,
    differences,
    document,
    form,
    found,
    made,
    only,
    p,
    read,
    tbl,
    tc,
    tr,
)

PAIRS = list(ITEMS.items())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("words", ["与上月相同", "同上月。", "同2018年2月", "☑与上月相同"])
def test_an_item_may_be_declared_as_last_month(kind, words):
    reading = made(Measures.saying(制度建设=words), kind)
    assert reading.findings == []
    assert differences(reading) == {"制度建设": SAME}


def test_a_longer_sentence_is_words():
    words = "与上月相同，另新增网点2个。"
    assert differences(made(Measures.saying(制度建设=words), "docx")) == {"制度建设": words}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("line", ["本月各项措施与上月相同。", "☑与上月相同", "□有变化　☑与上月相同（不再逐项填写）"])
def test_a_form_may_be_declared_as_last_month(kind, line):
    reading = made(Measures.blank(line, 主要成效="新增一户。"), kind)
    assert reading.findings == []
    assert by_label(reading) == {**dict.fromkeys(ITEMS, SAME), "主要成效": "新增一户。"}
    said = next(o for o in only(reading).observations if o.indicator == CODES["组织领导"])
    assert (said.raw, said.changes.startswith("空白 → 与上月相同（")) == ("", True)


@pytest.mark.parametrize(
    "line", ["□与上月相同", "□有变化　□与上月相同", "是否与上月相同：□是　☑否", "与上月相同的，请勾选"]
)
def test_a_form_that_only_offers_the_declaration_does_not_declare(line):
    reading = made(Measures.blank(line, 主要成效="新增一户。"), "docx")
    assert reading.findings == []
    assert by_label(reading) == {"主要成效": "新增一户。"}


DECLARED = {
    "a row of the table": tbl(tr("项目", "内容"), *[tr(label, "") for label in ITEMS], tr("是否与上月相同", "是")),
    "one cell over all items": tbl(
        tr("项目", "内容"),
        *[tr(label, tc("" if n else SAME, look=CONTINUE if n else RESTART)) for n, label in enumerate(ITEMS)],
    ),
    "one cell over all items across": tbl(tr(*ITEMS), tr(tc(SAME, look='<w:gridSpan w:val="11"/>'))),
    "above the table": p("☑与上月相同　□有变化") + tbl(tr("项目", "内容"), *[tr(label, "") for label in ITEMS]),
    "a letter without a table": p("我行本月各项措施与上月相同。"),
    "items that are not there": tbl(tr("项目", "内容"), *[tr(label, "") for label in list(ITEMS)[:5]])
    + p("各项与上月相同"),
}


@pytest.mark.parametrize("where", DECLARED)
def test_a_form_may_be_declared_in_many_places(where):
    reading = read(document(CAPTION + DECLARED[where]))
    assert reading.findings == []
    assert by_label(reading) == dict.fromkeys(ITEMS, SAME)
    assert all(o.cell for o in only(reading).observations)


@pytest.mark.parametrize(
    ("why", "measures", "cell", "said"),
    [
        ("one item for all?", Measures.blank(组织领导=SAME), "表1第2行第3列", "只有这一项写了"),
        ("all but one", Measures.blank("除信贷产品外，其余与上月相同", 存在问题="无"), "第4段", "看不出指哪些项目"),
        ("yes and no", Measures.blank("☑与上月相同", "是否与上月相同：否", 存在问题="无"), "第5段", "前后勾选不一致"),
        (
            "in a column of remarks",
            Measures(
                header=("项目", "内容", "备注"),
                items=[(k, "", SAME if k == "主要成效" else "") for k in ITEMS],
                products=(),
            ),
            "表1第1行第3列",
            "整栏没有读入",
        ),
        ("as above", Measures.saying(制度建设="同上"), "表1第3行第3列", "同上"),
        ("as in January", Measures.saying(制度建设="同2018年1月"), "表1第3行第3列", "不是上月"),
    ],
)
def test_what_is_not_clear_is_asked(why, measures, cell, said):
    reading = made(measures, "docx")
    assert (cell, True) in [(f.cell, said in f.message) for f in reading.findings]
    assert {f.rule for f in reading.findings} <= {"F02", "F06", "F07"}
    assert list(by_label(reading).values()).count(SAME) <= 1, "nothing is assumed of the others"


# ------------------------------------------------------------------ nothing leaks


def test_no_finding_tells_a_person_or_an_identity_number():
    """Every fault that a form of words can have, each with a name and a number in it."""
    person = "某某人610902198001011234"
    bodies = [
        form(tr(f"经手{person}", person)),
        form(联系人=tc(p(person, "<w:del><w:r><w:delText>" + person + "</w:delText></w:r></w:del>"))),
        form(联系人=tc("同上", p(""))),
        form(联系人=person * 1500),
        form().replace("汉阴农商银行", "某银行610902198001011234"),
        form() + p(f"除{person}外，其余与上月相同"),
        form() + tbl(tr(person, person)),
        CAPTION + tbl(tr("项目", "内容", person), *[tr(*pair, person) for pair in PAIRS]),
    ]
    told = [f.told + f.value + f.expected for body in bodies for f in read(document(body)).findings]
    assert len(told) >= 7
    assert "6109" not in "".join(told)
    assert "某某人" not in "".join(told)


def test_hidden_rows_and_columns_of_a_sheet_are_told():
    book = openpyxl.load_workbook(io.BytesIO(Measures().xlsx()))
    book.active.row_dimensions[6].hidden = True
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert (found(reading), differences(reading)) == ([("F08", "A6")], {})


def test_what_a_document_does_not_show_is_a_finding_of_its_submission():
    changed = form(
        组织领导=tc(p("新", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")),
        制度建设=tc(p("明", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>")),
        信贷产品=tc(p('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>')),
    )
    reading = read(document(changed))
    assert found(reading) == [("F08", "表1第2行第2列"), ("F08", "表1第3行第2列"), ("F06", "表1第4行第2列")]
    assert {f.submission for f in reading.findings} == {only(reading).id}
    assert reading.findings[0].told.startswith("文件《措施表.docx》表1第2行第2列：有修订中删除的内容（表1第2行第2列）")


@pytest.mark.parametrize(
    "words",
    [
        "无变化",
        "同上月（无新增）",
        "与上月相同，无变化",
        "与上月相同（详见2月报表）",
        "【与上月相同】",
        "與上月相同",
        "同上個月",
        "同二月份",
    ],
)
def test_other_words_for_the_same_are_the_declaration(words):
    reading = made(Measures.saying(制度建设=words), "docx")
    assert reading.findings == []
    assert differences(reading) == {"制度建设": SAME}


@pytest.mark.parametrize(
    "words",
    [
        *(
            "内容不变",
            "不变",
            "无调整",
            "无新增",
            "照旧",
            "详见上月",
            "参见上月所报内容",
            "沿用上月",
            "基本同上月",
            "略",
            "ditto",
        ),
        *("同上月，详见附件", "与上季度相同", "与本月相同", "与上月不同", "与上月相同（详见1月报表）"),
    ],
)
def test_words_that_may_be_the_declaration_are_asked_about(words):
    reading = made(Measures.saying(制度建设=words), "docx")
    assert found(reading) == [("F07", "表1第3行第3列")]
    assert reading.findings[0].message == (
        "“制度建设”的内容无法确定读法：看不出是与上月相同，还是另有内容。请写内容，或写“与上月相同”。"
    )


@pytest.mark.parametrize(
    "words", ["余额较上月增加5万元。", "与上月相比新增网点2个", "制定信贷策略，逐户落实。", "贷款较上年下降"]
)
def test_a_comparison_with_last_month_is_words(words):
    assert differences(made(Measures.saying(主要成效=words), "docx")) == {"主要成效": words}
