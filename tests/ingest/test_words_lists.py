"""Lists of products in a measures form: tables of their own, beside an item, inside its cell."""

import io

import pytest
import xlsxwriter

from tests.ingest.documents import (
    CAPTION,
    CONTINUE,
    ITEMS,
    PRODUCT_HEADERS,
    PRODUCTS,
    RESTART,
    SAME,
    Measures,
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


def listed(*rows, before=""):
    return read(document(form() + before + tbl(*rows)))


def test_a_list_inside_the_item_is_a_list():
    inner = tbl(tr(*PRODUCT_HEADERS), *[tr(*row) for row in PRODUCTS])
    reading = read(document(form(信贷产品=tc("共两种：", inner, p("均不抵押。")))))
    assert reading.findings == []
    assert products(reading) == list(PRODUCTS)
    assert differences(reading) == {"信贷产品": "共两种：\n均不抵押。"}
    cells = [o.cell for o in only(reading).observations if o.indicator == "product_name"]
    assert cells == ["表1第4行第2列内表第2行第1列", "表1第4行第2列内表第3行第1列"]


def test_a_table_inside_another_item_is_words():
    inner = tbl(tr("县区", "网点"), tr("示例县", "12"))
    assert differences(read(document(form(网点及服务覆盖=tc("如下：", inner, p("")))))) == {
        "网点及服务覆盖": "如下：\n县区　网点\n示例县　12"
    }


def test_a_list_inside_the_item_with_a_column_too_many_is_refused():
    inner = tbl(tr(*PRODUCT_HEADERS[:2], "投放金额"), tr("富民贷", "农户", "30"))
    assert found(read(document(form(信贷产品=tc(inner, p("")))))) == [("F07", "表1第4行第2列")]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_list_beside_the_items_label_is_a_list(kind):
    before = [(label, text) for label, text in PAIRS[:2]]
    rows = [("信贷产品", *PRODUCT_HEADERS), ("", *PRODUCTS[0]), ("", *PRODUCTS[1])]
    reading = made(Measures(items=[*before, *rows, *PAIRS[3:]], products=(), header=("项目", "内容")), kind)
    assert found(reading) == []
    assert products(reading) == list(PRODUCTS)
    assert differences(reading) == {"信贷产品": None}


def test_lists_above_below_and_apart_are_counted_through():
    first = tbl(tr(*PRODUCT_HEADERS), tr(*PRODUCTS[0]))
    second = tbl(tr("产品名称", "利率"), tr(PRODUCTS[1][0], PRODUCTS[1][4]))
    reading = read(document(CAPTION + first + form().removeprefix(CAPTION) + p("其他产品") + second))
    assert reading.findings == []
    assert products(reading) == [PRODUCTS[0], ("茶农贷", "", "", "", "4.75%", "")]


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        (
            ("产品名称", "最高额度（万元）", "利率(%)"),
            ("富民贷", "5", "4.35"),
            ("富民贷", "", "5万元", "", "4.35%", ""),
        ),
        (("产品名称", "贷款期限（月）"), ("富民贷", "12-36"), ("富民贷", "", "", "12-36个月", "", "")),
        (("产品名称", "利率（%）"), ("富民贷", "按基准利率"), ("富民贷", "", "", "", "按基准利率", "")),
        (("产品名称", "利率（%）"), ("富民贷", ""), ("富民贷", "", "", "", "", "")),
        (("产品名称", "利率（%）"), ("富民贷", "—"), ("富民贷", "", "", "", "", "")),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_header(headers, row, expected):
    assert products(listed(tr(*headers), tr(*row))) == [expected]


def test_a_product_whose_details_are_blank_is_kept():
    assert products(listed(tr("序号", *PRODUCT_HEADERS), tr("1", "富民贷", "", "", "", "", ""))) == [
        ("富民贷", "", "", "", "", "")
    ]


def test_what_is_said_of_several_products_is_said_of_each():
    rows = [tr("产品名称", "担保方式"), tr("富民贷", tc("信用", look=RESTART)), tr("茶农贷", tc(look=CONTINUE))]
    reading = listed(*rows)
    assert [row[5] for row in products(reading)] == ["信用", "信用"]
    cells = [o.cell for o in only(reading).observations if o.indicator == "product_guarantee"]
    assert cells == ["表2第2行第2列", "表2第3行第2列"]


def test_a_column_that_the_list_does_not_have_is_one_finding():
    rows = [tr("产品名称", "利率", "投放金额"), tr("富民贷", "4.35%", "30"), tr("茶农贷", "4.75%", "20")]
    assert found(listed(*rows)) == [("F06", "表2第1行第3列")]


def test_a_single_text_below_a_list_is_a_product_or_a_line_only_its_sender_knows():
    lines = Measures(product_headers=("产品名称", "利率"), products=(("富民贷", "4.35%"),), below=()).lines()
    bare = [
        line[1:] if line[0] in ("序号", "1") and len(line) == 3 and line[1] in ("产品名称", "富民贷") else line
        for line in lines
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for r, line in enumerate([*bare, ["茶农贷"]]):
            sheet.write_row(r, 0, line)
    reading = read(out.getvalue())
    assert found(reading) == [("F06", f"A{len(bare) + 1}")]
    assert products(reading) == [("富民贷", "", "", "", "4.35%", "")]


def test_the_list_of_products_may_be_as_last_month():
    for row in (tr(SAME), tr(tc(SAME, look='<w:gridSpan w:val="6"/>')), tr("同上月", "", "")):
        reading = listed(tr(*PRODUCT_HEADERS), row)
        assert found(reading) == []
        assert products(reading) == [(SAME, "", "", "", "", "")]
        assert differences(reading) == {}, "it is the list's word, not the form's"


def test_a_field_that_refers_to_the_row_above_is_asked_about():
    reading = listed(tr(*PRODUCT_HEADERS[:2]), tr("富民贷", "农户"), tr("茶农贷", "同上"))
    assert [(f.rule, f.cell, f.indicator) for f in reading.findings] == [("F07", "表2第3行第2列", "product_for_whom#2")]


def test_a_second_header_begins_a_list_of_its_own():
    rows = [tr("产品名称", "利率"), tr("富民贷", "4.35%"), tr("产品名称", "期限"), tr("茶农贷", "2年")]
    assert products(listed(*rows)) == [("富民贷", "", "", "", "4.35%", ""), ("茶农贷", "", "", "2年", "", "")]


@pytest.mark.parametrize(
    "headers",
    [
        ("产品", "对象", "额度", "期限", "利率", "担保"),
        ("贷款品种", "支持对象", "授信额度", "贷款期限", "利率水平", "担保条件"),
        ("信贷产品名称", "适用人群", "单户额度", "期限", "年利率", "担保方式"),
    ],
)
def test_other_names_of_the_columns(headers):
    reading = listed(tr(*headers), *[tr(*row) for row in PRODUCTS])
    assert (found(reading), products(reading)) == ([], list(PRODUCTS))


def test_a_total_is_no_product():
    reading = listed(tr(*PRODUCT_HEADERS), tr(*PRODUCTS[0]), tr("合计", "", "5万元", "", "", ""))
    assert (found(reading), products(reading)) == ([("F06", "表2第3行第1列")], [PRODUCTS[0]])
    assert "不设合计行" in reading.findings[0].message


def test_a_blank_row_may_lie_between_products():
    reading = listed(tr(*PRODUCT_HEADERS), tr(*PRODUCTS[0]), tr(*[""] * 6), tr(*PRODUCTS[1]))
    assert (found(reading), products(reading)) == ([], list(PRODUCTS))


def test_a_column_of_remarks_that_says_nothing_is_passed_over():
    for words, expected in (
        ("", []),
        ("本月新增", []),
        ("本月新增投放30户，重点支持茶产业", [("F06", "表2第1行第7列")]),
    ):
        assert found(listed(tr(*PRODUCT_HEADERS, "备注"), tr(*PRODUCTS[0], words))) == expected


# ------------------------------------------------------------------ how much may be written


@pytest.mark.parametrize(("length", "findings"), [(20_000, []), (20_001, [("F07", "表2第2行第2列")])])
def test_an_entry_may_be_as_long_as_an_item(length, findings):
    reading = listed(tr(*PRODUCT_HEADERS[:2]), tr("富民贷", "农" * length))
    assert found(reading) == findings
    for finding in reading.findings:
        assert finding.message.endswith("文字有20001字，最多20000字。请精简后重新报送。")


def test_so_may_an_entry_of_a_table_inside_an_item():
    inner = tbl(tr(*PRODUCT_HEADERS[:2]), tr("富民贷", "农" * 20_001))
    reading = read(document(form(信贷产品=tc("共一种：", inner, p("")))))
    assert found(reading) == [("F07", "表1第4行第2列内表第2行第2列")]
    assert "文字有20001字" in reading.findings[0].message


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_whole_form_may_have_a_hundred_thousand_characters(more, refused):
    rest = sum(map(len, ITEMS.values())) - sum(len(ITEMS[label]) for label in list(ITEMS)[:5])
    long = dict(zip(list(ITEMS)[:4], ["长" * 20_000] * 4, strict=True))
    last = {list(ITEMS)[4]: "长" * (20_000 - rest + more)}
    reading = made(Measures.saying(**long, **last), "docx")
    assert [(finding.rule, finding.message) for finding in reading.findings] == (
        [("F07", "整张表的文字共100001字，最多100000字。请精简各项和产品清单后重新报送。")] if refused else []
    )
