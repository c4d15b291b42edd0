"""Measures forms as units send them: read whole in Word and Excel, or a finding that says what to do."""

import io

import openpyxl
import pytest
import xlsxwriter

from pipeline.model import Symbol
from tests.ingest.documents import (
    CAPTION,
    CODES,
    CONTINUE,
    FORMATS,
    ITEMS,
    PRODUCTS,
    RESTART,
    TITLE,
    Measures,
    by_label,
    differences,
    document,
    form,
    found,
    made,
    only,
    p,
    products,
    read,
    tbl,
    tc,
    tr,
)

PAIRS = list(ITEMS.items())


# ------------------------------------------------------------------ the plain form


@pytest.mark.parametrize("kind", FORMATS)
def test_the_plain_form_is_read_word_for_word(kind):
    reading = made(Measures(), kind)
    submission = only(reading)
    assert reading.findings == []
    assert (submission.form, submission.unit, submission.period) == ("Q01", "rcb-hanyin", "2018-03")
    assert (submission.layout, submission.money_unit, submission.nil) == ("Q01", "", False)
    assert by_label(reading) == ITEMS
    assert products(reading) == list(PRODUCTS)


@pytest.mark.parametrize(
    ("kind", "sheet", "item", "product"),
    [
        ("docx", "正文", "表1第2行第3列", "表2第3行第6列"),
        ("xlsx", "措施表", "C5", "F19"),
        ("xls", "措施表", "C5", "F19"),
        ("csv", "csv", "C5", "F19"),
    ],
)
def test_every_observation_knows_its_place(kind, sheet, item, product):
    observations = only(made(Measures(), kind)).observations
    first = next(o for o in observations if o.indicator == "measure_organisation")
    rate = next(o for o in observations if o.indicator == "product_rate" and o.item == 2)
    assert (first.sheet, first.cell, first.raw, first.text) == (sheet, item, ITEMS["组织领导"], ITEMS["组织领导"])
    assert (rate.cell, rate.text, rate.area, rate.institution, rate.value) == (product, "4.75%", "", "rcb", None)


def test_a_department_reports_without_an_institution_or_an_area():
    reading = made(Measures(above=("填报单位：安康银监分局", "报告期：2018年3月")), "docx")
    assert reading.findings == []
    assert {(o.area, o.institution) for o in only(reading).observations} == {("", "")}


def test_who_does_not_owe_the_form_is_told():
    reading = made(Measures(above=("填报单位：汉阴县金融办",)), "docx")
    assert [f.rule for f in reading.findings] == ["F03"]


@pytest.mark.parametrize("caption", ["单位：元", "单位：万元、元", "金额单位：百万元"])
def test_no_unit_of_money_is_asked_for_or_quarrelled_with(caption):
    assert found(made(Measures(above=("填报单位：汉阴农商银行", caption)), "docx")) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_blank_is_missing_a_dash_does_not_apply_and_wu_is_a_word(kind):
    observations = {
        o.indicator: o for o in only(made(Measures.saying(组织领导="", 制度建设="—", 存在问题="无"), kind)).observations
    }
    blank, dash, none = (observations[CODES[label]] for label in ("组织领导", "制度建设", "存在问题"))
    assert (blank.text, blank.symbol, blank.raw) == ("", Symbol.MISSING, "")
    assert (dash.text, dash.symbol) == ("", Symbol.NOT_APPLICABLE)
    assert (none.text, none.symbol) == ("无", Symbol.NONE)
    place = {"docx": "表1第2行第3列"}.get(kind, "C5")
    assert blank.cell == place


def test_a_form_with_nothing_in_it_is_a_finding():
    assert found(made(Measures.blank(), "docx")) == [("F02", "")]


# ------------------------------------------------------------------ words in a cell


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "csv"])
def test_lines_stay_lines_and_blanks_around_are_gone(kind):
    reading = made(Measures.saying(组织领导="  一是成立小组；\n二是明确责任。\n\n三是考核。　"), kind)
    assert differences(reading) == {"组织领导": "一是成立小组；\n二是明确责任。\n\n三是考核。"}


def test_a_long_text_is_kept_whole_and_one_beyond_print_is_refused():
    long = "措施" * 2500
    assert differences(made(Measures.saying(组织领导=long), "xlsx")) == {"组织领导": long}
    reading = made(Measures.saying(组织领导="措施" * 10_001), "xlsx")
    assert found(reading) == [("F07", "C5")]
    assert "20002字" in reading.findings[0].message


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (5, None, "5"),
        (0.0435, "0.00%", "4.35%"),
        (5, '0"万元"', "5万元"),
        (13900000000, None, "13900000000"),
        (True, None, "是"),
    ],
)
def test_numbers_become_text_as_they_show(value, look, text):
    data = Measures.saying(组织领导=value).xlsx(formats={(4, 2): look} if look else None)
    assert differences(read(data)) == {"组织领导": text}


@pytest.mark.parametrize(
    ("why", "value", "said"),
    [
        ("digits that Excel has lost", 610902198001011234, "数字超过15位"),
        ("a format with words of its own", 5, "数字格式里带有文字"),
    ],
)
def test_numbers_that_are_not_sure_are_refused_without_being_quoted(why, value, said):
    looks = {(14, 2): '0"约"'} if value == 5 else None
    reading = read(Measures.saying(联系人=value).xlsx(formats=looks))
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value) == ("F07", "C15", "")
    assert said in finding.message
    assert "6109" not in finding.told


def test_formulas_without_a_value_and_error_cells_are_no_words():
    book = openpyxl.load_workbook(io.BytesIO(Measures().xlsx()))
    book.active["C5"] = '="甲"&"乙"'
    out = io.BytesIO()
    book.save(out)
    assert found(read(out.getvalue())) == [("F07", "C5")]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for r, line in enumerate(Measures().lines()):
            sheet.write_row(r, 0, line)
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
    reading = read(out.getvalue())
    assert found(reading) == [("F07", "C5")]
    assert differences(reading) == {"组织领导": None}


# ------------------------------------------------------------------ other shapes of the same table


def grouped(pairs, size):
    return [pairs[start : start + size] for start in range(0, len(pairs), size)]


SHAPES = {
    "without a header": tbl(*[tr(*pair) for pair in PAIRS]),
    "without numbers": tbl(tr("项目", "内容"), *[tr(*pair) for pair in PAIRS]),
    "with other words": tbl(
        tr("措施项目", "具体措施"), *[tr(f"（{n}）{label}：", text) for n, (label, text) in enumerate(PAIRS, 1)]
    ),
    "with a heading of another name": tbl(tr("项目", "开展情况"), *[tr(*pair) for pair in PAIRS]),
    "with a column that asks": tbl(
        tr("序号", "项目", "填报要求", "内容"),
        *[tr(str(n), label, "写明办法名称和文号", text) for n, (label, text) in enumerate(PAIRS, 1)],
    ),
    "with column numbers": tbl(tr("项目", "内容"), tr("甲", "1"), *[tr(*pair) for pair in PAIRS]),
    "two items a row": tbl(
        tr("项目", "内容", "项目", "内容"),
        *[tr(*[text for pair in row for text in pair]) for row in grouped([*PAIRS, ("", "")], 2)],
    ),
    "across": tbl(tr(*ITEMS), tr(*ITEMS.values())),
    "across, with the unit's name": tbl(tr("序号", "填报单位", *ITEMS), tr("1", "汉阴农商银行", *ITEMS.values())),
    "across in bands": tbl(
        *[tr(*[pair[at] for pair in row]) for row in grouped(PAIRS, 4) for at in (0, 1)],
    ),
    "cut into two tables": tbl(tr("项目", "内容"), *[tr(*pair) for pair in PAIRS[:5]])
    + p("")
    + tbl(tr("项目", "内容"), *[tr(*pair) for pair in PAIRS[5:]]),
    "with the unit and the month as rows": tbl(
        tr("填报单位", "汉阴农商银行"), tr("报告期", "2018年3月"), tr("项目", "内容"), *[tr(*pair) for pair in PAIRS]
    ),
    "in a frame": tbl(tr(tc(tbl(tr("项目", "内容"), *[tr(*pair) for pair in PAIRS]), p("")))),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_other_shapes_are_the_same_form(shape):
    reading = read(document(CAPTION + SHAPES[shape]))
    assert reading.findings == []
    assert by_label(reading) == ITEMS


def test_an_item_over_several_rows_keeps_all_of_them():
    rows = [tr(*pair) for pair in PAIRS[1:]]
    body = tbl(tr("项目", "内容"), tr(tc("组织领导", look=RESTART), "一是"), tr(tc(look=CONTINUE), "二是"), *rows)
    assert differences(read(document(CAPTION + body))) == {"组织领导": "一是\n二是"}
    items = [("组织领导", "一是"), ("", ""), ("", "三是"), *PAIRS[1:]]
    sheet = Measures(header=("项目", "内容"), items=items, products=())
    assert differences(read(sheet.xlsx(merges=[(4, 0, 6, 0)]))) == {"组织领导": "一是\n三是"}


def test_repeated_items_are_all_kept():
    rows = [tr(*pair) for pair in PAIRS if pair[0] != "信贷产品"]
    more = [tr("信贷产品1", "富民贷"), tr("信贷产品（二）", "茶农贷"), tr("信贷产品", "创业贷")]
    reading = read(document(CAPTION + tbl(tr("项目", "内容"), *rows, *more)))
    assert reading.findings == []
    assert differences(reading) == {"信贷产品": "富民贷\n茶农贷\n创业贷"}


@pytest.mark.parametrize(
    ("why", "body", "place", "said"),
    [
        ("a row of another name", form(tr("特色做法", "某人的做法")), "表1第13行第1列", "不属于措施表的任何一项"),
        (
            "a row without a name",
            CAPTION + tbl(tr("项目", "内容"), tr(*PAIRS[0]), tr("", "续写"), *[tr(*pair) for pair in PAIRS[1:]]),
            "表1第3行第2列",
            "不属于措施表的任何一项",
        ),
        (
            "a column of another name",
            CAPTION + tbl(tr("项目", "内容", "责任人"), *[tr(*pair, "某人") for pair in PAIRS]),
            "表1第1行第3列",
            "整栏没有读入",
        ),
        (
            "one cell over several items",
            CAPTION
            + tbl(
                tr("项目", "内容"),
                *[tr(label, tc("" if n else "文字", look=CONTINUE if n else RESTART)) for n, label in enumerate(ITEMS)],
            ),
            "表1第2行第2列",
            "跨了几个项目",
        ),
        (
            "several units across",
            CAPTION + tbl(tr(*ITEMS), tr(*ITEMS.values()), tr(*ITEMS.values())),
            "表1第3行第1列",
            "一张表只报一个单位",
        ),
        ("two forms in one document", form() + form(), "第4段", "有两张措施表"),
        ("a second table below", form() + tbl(tr("联系人员", "某人"), tr("电话", "0900")), "表2第1行第1列", "不属于"),
        (
            "figures in another table",
            tbl(tr("发放户数", "12"), tr("发放金额", "30")) + form(),
            "表1第1行第1列",
            "不属于",
        ),
    ],
)
def test_what_belongs_to_no_item_is_a_finding_that_quotes_nothing(why, body, place, said):
    reading = read(document(body))
    assert found(reading)[0][1] == place
    assert {f.rule for f in reading.findings} <= {"F06", "F02", "F09"}
    assert reading.findings[0].rule != "F09"
    assert said in reading.findings[0].message
    assert "某人" not in "".join(f.told + f.value for f in reading.findings)
    assert {f.submission for f in reading.findings} == {only(reading).id}


def test_a_line_below_the_table_is_a_note():
    body = form() + p("特此报告。") + p("注：数据截至3月末。") + p("单位负责人：示例甲　填表人：示例乙")
    assert found(read(document(body))) == []


# ------------------------------------------------------------------ who and when


def test_two_months_in_the_titles_contradict_each_other():
    later = p("金融机构扶贫工作措施表（2018年2月）")
    for body in (later + form(), form() + later, form() + form().replace("2018年3月", "2018年2月")):
        assert "F04" in {f.rule for f in read(document(body)).findings}


def test_two_units_in_one_document_contradict_each_other():
    body = form() + form().replace("汉阴农商银行", "旬阳农商银行")
    assert "F03" in {f.rule for f in read(document(body)).findings}
    across = CAPTION + tbl(tr("机构", *ITEMS), tr("旬阳农商银行", *ITEMS.values()))
    assert "F03" in {f.rule for f in read(document(across)).findings}


def test_a_letter_around_the_table_names_others_and_other_months():
    letter = (
        p("安康市金融工作办公室：")
        + p("按照安康市财政局2018年2月的要求，现将我行措施报送如下。")
        + p("主送：安康银监分局")
    )
    reading = read(document(letter + form()))
    assert (found(reading), only(reading).unit) == ([], "rcb-hanyin")


def test_the_words_of_an_item_say_neither_who_nor_when():
    body = p(TITLE) + tbl(
        tr("项目", "内容"), *[tr(*pair) for pair in [("组织领导", "填报单位：汉阴农商银行"), *PAIRS[1:]]]
    )
    assert [f.rule for f in read(document(body)).findings] == ["F03"]


@pytest.mark.parametrize(
    ("why", "changes", "name", "rule"),
    [
        ("no unit", {"above": ()}, "x.docx", "F03"),
        ("no month", {"title": "金融机构扶贫工作措施表"}, "x.docx", "F04"),
        ("another month in the name", {}, "措施2018年2月.docx", "F04"),
        ("another unit in the name", {}, "旬阳农商银行.docx", "F03"),
    ],
)
def test_identity_is_asked_for_as_in_every_form(why, changes, name, rule):
    above = {"above": ("填报单位：汉阴农商银行",)} if "title" in changes else {}
    assert [f.rule for f in read(Measures(**{**above, **changes}).docx(), name).findings] == [rule]
