"""Words of a measures form that stand in no item: a short note is a note, all else is told; nothing goes in silence."""

import pytest

from tests.ingest.documents import CAPTION, ITEMS, Measures, differences, document, form, found, made, p, read, tbl, tr

PAIRS = list(ITEMS.items())
LONG = "我行在示例村设立金融夜校，累计培训农户。" * 5


def within(*rows):
    """The form with these rows after its fourth item."""
    return CAPTION + tbl(tr("项目", "内容"), *[tr(*pair) for pair in [*PAIRS[:4], *rows, *PAIRS[4:]]])


@pytest.mark.parametrize(
    ("why", "body", "places"),
    [
        ("a remark as the last row", form(tr("备注", "另设扶贫专柜12个。")), ["表1第13行第1列"]),
        ("a note between two items", within(("说明", "减免12万元。")), ["表1第6行第1列"]),
        ("a note below an item", within(("", "注：减免另计12万元。")), ["表1第6行第2列"]),
        ("a long paragraph below", form() + p(LONG), ["第4段"]),
        ("a long note below", form() + p(f"注：{LONG}"), ["第4段"]),
        ("an item of its own below", form() + p("十二、特色亮点") + p(LONG), ["第4段", "第5段"]),
        ("a long paragraph above", CAPTION + p(LONG) + form().removeprefix(CAPTION), ["第4段"]),
    ],
)
def test_words_of_substance_outside_the_items_are_told(why, body, places):
    reading = read(document(body))
    assert found(reading) == [("F06", place) for place in places]
    assert {finding.message for finding in reading.findings} == {
        "这里的文字不属于措施表的任何一项，没有读入。请写进所属项目的“内容”栏；不需要的请删去，然后重新报送。"
    }


@pytest.mark.parametrize(
    "line",
    [
        "特此报告。",
        "注：数据截至3月末。",
        "单位负责人（签字）：示例甲　　填表人：示例乙　　（公章）",
        "2018年4月3日",
        f"填表说明：{'各项按月填写。' * 20}",
    ],
)
def test_a_short_note_or_a_signature_is_no_finding(line):
    assert found(read(document(form() + p(line)))) == []


def test_a_line_that_says_that_the_form_comes_with_it_is_no_finding():
    letter = p(f"{'为落实金融扶贫各项要求，' * 6}现将我行措施报送如下：")
    assert found(read(document(letter + form()))) == []


@pytest.mark.parametrize(
    ("label", "item"), [("信货产品", "信贷产品"), ("主要成绩", "主要成效"), ("下一步举措", "下一步措施")]
)
def test_a_name_of_an_item_that_is_nearly_right_is_told_with_the_item_meant(label, item):
    row = [pair[0] for pair in PAIRS].index(item)
    pairs = [(label if at == row else name, words) for at, (name, words) in enumerate(PAIRS)]
    (finding,) = made(Measures(items=pairs), "docx").findings
    assert (finding.rule, finding.cell) == ("F06", f"表1第{row + 2}行第2列"), "beside 序号"
    assert f"最接近的项目：“{item}”。" in finding.message
    assert label not in finding.message, "words may name a person"


LINES_BETWEEN_PAGES = [
    "（续表）",
    "接上页",
    "续表1",
    "（接下页）",
    "（续）",
    "续（2）",
    "续表（一）",
    "第1页 共2页",
    "- 1 -",
    "第 2 页",
]


@pytest.mark.parametrize("line", LINES_BETWEEN_PAGES)
def test_a_line_that_joins_two_parts_of_the_table_is_no_finding(line):
    parts = [tbl(tr("项目", "内容"), *[tr(*pair) for pair in half]) for half in (PAIRS[:5], PAIRS[5:])]
    reading = read(document(CAPTION + p(line).join(parts)))
    assert (found(reading), differences(reading)) == ([], {})


@pytest.mark.parametrize("head", ["说明", "备注"])
def test_a_column_of_remarks_is_passed_over_only_where_it_says_nothing(head):
    def remarked(words):
        return made(Measures(header=("项目", "内容", head), items=[(*pair, words) for pair in PAIRS]), "docx")

    assert found(remarked("")) == found(remarked("见附件2")) == []
    reading = remarked("新增村级服务站12个，是重要的补充")
    assert found(reading) == [("F06", "表1第1行第3列")]
    assert "整栏没有读入" in reading.findings[0].message


def test_a_group_left_of_the_item_is_no_finding():
    rows = [("业务" if n else "基础", *pair) for n, pair in enumerate(PAIRS)]
    reading = made(Measures(header=("类别", "项目", "内容"), items=rows), "docx")
    assert (found(reading), differences(reading)) == ([], {})


def test_a_telephone_below_or_beside_the_contact_belongs_to_him():
    without = [pair for pair in PAIRS if pair[0] != "联系人"]
    for items in (
        [("联系人", "示例甲"), ("联系电话", "0900-1234567")],
        [("联系人", "示例甲", "联系电话", "0900-1234567")],
    ):
        body = CAPTION + tbl(tr("项目", "内容"), *[tr(*row) for row in [*without, *items]])
        reading = read(document(body))
        assert found(reading) == []
        assert differences(reading) == {"联系人": "示例甲\n0900-1234567"}


def test_a_telephone_among_the_signatures_is_a_note():
    body = form() + tbl(tr("填表人", "示例乙", "联系电话", "0900-7654321"))
    assert (found(read(document(body))), differences(read(document(body)))) == ([], {})


# ------------------------------------------------------------------ the same twice, and nothing at all


def test_an_item_that_comes_again_with_other_words_is_told():
    reading = read(document(form(tr("组织领导", "行长任组长。"))))
    assert found(reading) == [("F06", "表1第13行第1列")]
    assert reading.findings[0].message.startswith("“组织领导”前面已经填过，这里又填了不同的内容")


def test_the_same_words_once_more_add_nothing():
    reading = read(document(form(tr("组织领导", ITEMS["组织领导"]))))
    assert (found(reading), differences(reading)) == ([], {})


def test_all_items_twice_are_two_forms():
    second = tbl(tr("项目", "内容"), *[tr(label, "别的话。") for label in ITEMS])
    reading = read(document(form() + second))
    assert found(reading) == [("F02", "表2第2行第1列")]
    assert reading.findings[0].message == "有两张措施表，无法确定以哪张为准。请只保留一张后重新报送。"


def test_a_form_with_a_contact_alone_is_blank():
    reading = made(Measures.blank(联系人="示例甲"), "docx")
    assert found(reading) == [("F02", "")]
    assert reading.findings[0].message.startswith("各项内容都是空白")


# ------------------------------------------------------------------ which column is filled in


@pytest.mark.parametrize(
    ("heads", "this"), [(("上月", "本月"), 1), (("上月情况", "本月进展"), 1), (("本月", "上月"), 0)]
)
def test_last_months_column_is_never_taken_for_this_months(heads, this):
    rows = [(label, *[text if n == this else f"上月{label}" for n in (0, 1)]) for label, text in PAIRS]
    reading = read(document(CAPTION + tbl(tr("项目", *heads), *[tr(*row) for row in rows])))
    assert found(reading) == [("F06", f"表1第1行第{3 - this}列")]
    assert differences(reading) == {}


@pytest.mark.parametrize("heads", [("市级", "县级"), ("上月", "其他月"), ("上月",)])
def test_where_no_column_is_known_none_is_taken_and_that_is_one_finding(heads):
    rows = [(label, *[f"{head}{label}" for head in heads]) for label in ITEMS]
    reading = read(document(CAPTION + tbl(tr("项目", *heads), *[tr(*row) for row in rows])))
    assert found(reading) == [("F06", "表1第1行第2列")]
    assert reading.findings[0].message.startswith("看不出哪一栏是本月要报的内容，各栏都没有读入。")
    assert differences(reading) == dict.fromkeys(ITEMS)


@pytest.mark.parametrize("head", ["完成情况", "工作开展情况", "落实情况", "工作进展", "本月"])
def test_other_names_of_the_column_beside_one_that_asks(head):
    rows = [(label, "按要求填写", text) for label, text in PAIRS]
    reading = read(document(CAPTION + tbl(tr("项目", "要求", head), *[tr(*row) for row in rows])))
    assert (found(reading), differences(reading)) == ([], {})


def test_who_and_when_may_stand_in_the_row_of_the_contact():
    rows = [tr(*pair) for pair in PAIRS if pair[0] != "联系人"]
    head = [
        tr("填报单位", "汉阴农商银行", "填报时间", "2018年4月3日"),
        tr("报告期", "2018年3月", "联系人", ITEMS["联系人"]),
    ]
    reading = read(document(p("金融机构扶贫工作措施表") + tbl(*head, tr("项目", "内容"), *rows)))
    assert (found(reading), differences(reading)) == ([], {})


@pytest.mark.parametrize(
    "renamed",
    [
        {label: f"{label}（必填）" for label in ITEMS},
        {label: f"{label}方面" for label in ITEMS if label != "联系人"},
        {
            "利率优惠与减费让利": "利率优惠、减费让利",
            "评级授信与入户走访": "评级授信、入户走访",
            "产业带动与定点帮扶": "产业带动、定点帮扶",
            "主要成效": "主要工作成效",
            "存在问题": "存在的主要问题",
            "下一步措施": "下步工作措施",
            "联系人": "联系人、电话",
        },
    ],
)
def test_other_names_of_the_items(renamed):
    reading = made(Measures(items=[(renamed.get(label, label), text) for label, text in PAIRS], products=()), "docx")
    assert (found(reading), differences(reading)) == ([], {})


def test_a_form_of_which_few_items_are_known_is_told_which_are_not():
    body = p("填报单位：汉阴农商银行") + tbl(
        tr("项目", "内容"),
        *[tr(label, "文字。") for label in ("组织领导", "队伍情况", "制度建设", "资金情况", "联系人")],
    )
    reading = read(document(body))
    assert found(reading) == [("F02", "")]
    assert reading.findings[0].message == (
        "像是措施表，但这些项目名称认不出来：“队伍情况”、“资金情况”。请按表样的项目名称填写后重新报送。"
    )
