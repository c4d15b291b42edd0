"""与上月相同: which wordings are a declaration, and which are words like others."""

import pytest

from pipeline.ingest.declared import as_declared, is_unclear, says, says_in_row
from pipeline.ingest.quantities import Reading
from pipeline.model import AS_LAST_MONTH, Symbol
from pipeline.periods import Month

MARCH, JANUARY = Month(2018, 3), Month(2018, 1)


@pytest.mark.parametrize(
    "words",
    [
        "与上月相同",
        "同上月",
        "与上月一致。",
        "和上月一样",
        "（与上月相同）",
        "“与上月相同”",
        "与 上 月 相 同",
        "与上个月相同",
        "与上期相同",
        "上月相同",
        "同上月情况",
        "内容与上月相同",
        "本月各项措施均与上月相同！",
        "本表各项内容均与上月相同",
        "我行本月扶贫工作措施与上月完全一致",
        "较上月无变化",
        "与上月相比，没有变化",
        "同2018年2月",
        "同２０１８年２月",
        "同二〇一八年二月",
        "与2018-02相同",
        "同2月份",
        "与2月相同",
        "备注：本月与上月相同",
        "☑与上月相同",
        "☒ 与上月相同",
        "√与上月相同",
        "（√）与上月相同",
        "与上月相同（√）",
        "与上月相同☑",
        "☑与上月相同（不再逐项填写）",
        "□有变化 ☑与上月相同",
        "填报方式：□逐项填报 ☑与上月相同",
        "与上月相同□ 有变化□".replace("同□", "同☑"),
        "是否与上月相同：是",
        "是否与上月相同？是",
        "是否与上月相同：☑是 □否",
        "是否与上月相同 是☑ 否□",
        "与上月相同：☑",
    ],
)
def test_a_declaration_in_a_form_about_march(words):
    assert says(words, MARCH) is True


@pytest.mark.parametrize(
    "words",
    [
        "□与上月相同",
        "☐ 与上月相同",
        "（ ）与上月相同",
        "与上月相同□",
        "□有变化 □与上月相同",
        "☑有变化 □与上月相同",
        "☑有变化 ☑与上月相同",
        "是否与上月相同：否",
        "是否与上月相同：□是 ☑否",
        "是否与上月相同 是□ 否☑",
    ],
)
def test_a_box_that_is_not_ticked_says_no(words):
    assert says(words, MARCH) is False


@pytest.mark.parametrize(
    "words",
    [
        "",
        "成立领导小组",
        "与上月相同，另新增网点2个",
        "除信贷产品外，其余与上月相同",
        "产品与上月相同的部分不再列出",
        "与上月基本一致",
        "与上月不同",
        "与上年同期相同",
        "同上季度",
        "较上月增长3%",
        "同上",
        "无变化",
        "同2018年1月",
        "同2017年2月",
        "同2",
        "是否与上月相同",
        "是否与上月相同：",
        "与上月相同：组织领导、制度建设",
        "与上月相同的项目，可直接填写“与上月相同”",
        "与上月相同" * 50,
    ],
)
def test_words_that_are_no_declaration(words):
    assert says(words, MARCH) is None


def test_the_month_that_is_named_must_be_the_one_before():
    assert says("同2017年12月", JANUARY)
    assert says("同12月", JANUARY)
    assert not says("同2018年12月", JANUARY)
    assert not says("同2018年2月", None), "the form does not say what it is about"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["□", "与上月相同"], False),
        (["☑", "与上月相同"], True),
        (["与上月相同", "√"], True),
        (["是否与上月相同", "是"], True),
        (["是否与上月相同", "否"], False),
        (["是否与上月相同", "☑是 □否"], True),
        (["与上月相同", "否"], False),
        (["与上月相同：", "否"], False),
        (["□", "有变化", "☑", "与上月相同"], True),
        (["有变化", "☑", "与上月相同", "□"], False),
        (["填表人：示例乙", "本月与上月相同"], True),
        (["本月无业务。各项措施与上月相同。"], True),
        (["填表人：示例乙", "2018-04-03"], None),
    ],
)
def test_a_line_of_cells_is_read_on(cells, said):
    assert says_in_row(cells, MARCH) is said


@pytest.mark.parametrize(
    ("words", "unclear"),
    [
        ("除信贷产品外，其余与上月相同", True),
        ("与上月基本一致", True),
        ("与上月相同", False),
        ("□与上月相同", False),
        ("与上月相同的，请填写“与上月相同”", False),
        ("是否与上月相同", False),
        ("贷款余额与上月相比增长3%", False),
        ("与上月不同", False),
    ],
)
def test_what_speaks_of_it_without_saying_it_is_unclear(words, unclear):
    assert is_unclear(words, MARCH) is unclear


# ------------------------------------------------------------------ an item's cell


def test_the_declaration_has_one_spelling_and_says_what_it_was():
    assert as_declared(Reading(None, "同2018年2月"), MARCH) == Reading(
        None, AS_LAST_MONTH, changes="同2018年2月 → 与上月相同"
    )
    assert as_declared(Reading(None, AS_LAST_MONTH), MARCH).changes == ""


@pytest.mark.parametrize("words", ["与上月相同，另新增网点2个", "无", "利率较上月下降0.2个百分点"])
def test_other_words_stay_as_they_are(words):
    assert as_declared(Reading(None, words), MARCH) == Reading(None, words)


def test_no_change_in_an_item_can_only_be_about_last_month():
    assert as_declared(Reading(None, "无变化"), MARCH).text == AS_LAST_MONTH


def test_short_words_that_may_be_a_declaration_are_asked_about():
    read = as_declared(Reading(None, "成立领导小组，与上月相同"), MARCH)
    assert (read.text, read.problem) == ("", "看不出是与上月相同，还是另有内容。请写内容，或写“与上月相同”。")


@pytest.mark.parametrize("words", ["同上", "同上。", "同上一项", "同2018年1月", "与2017年12月相同", "同3月"])
def test_what_refers_to_something_else_is_a_problem(words):
    read = as_declared(Reading(None, words), MARCH)
    assert (read.text, read.problem.endswith("请写“与上月相同”。")) == ("", True)


@pytest.mark.parametrize(
    ("cell", "text", "symbol"),
    [
        ("□与上月相同", "", Symbol.MISSING),
        ("□与上月相同\n□有变化", "□有变化", Symbol.NONE),
        ("□与上月相同 □有变化", "", Symbol.MISSING),
        ("□与上月相同\n成立小组", "成立小组", Symbol.NONE),
        ("□与上月相同 ☑有变化：新设网点3个", "□与上月相同 ☑有变化：新设网点3个", Symbol.NONE),
    ],
)
def test_a_box_offered_in_a_cell_is_no_words(cell, text, symbol):
    read = as_declared(Reading(None, cell), MARCH)
    assert (read.text, read.symbol) == (text, symbol)
