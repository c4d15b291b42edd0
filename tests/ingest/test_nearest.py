"""Which indicators are proposed for an unknown header: few, near, and never one that is there already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.matching import words_of
from pipeline.ingest.nearest import MOST, Near, nearest, proposal
from tests.ingest.sheets import CATALOG

M01, C01 = (next(words for words in words_of(CATALOG) if words.form.code == code) for code in ("M01", "C01"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("收回情况/本月回笼额", "repaid_amount_mtd"),
        ("本月新发放的贷款/金额", "disbursed_amount_mtd"),
        ("损失类贷款数额", "loss_amount"),
        ("加权平均年利率（年化）%", "weighted_average_rate"),
    ],
)
def test_what_is_nearest_comes_first(text, first):
    assert nearest(text, M01)[0].code == first


@pytest.mark.parametrize("text", ["抵押物坐落", "绿", "", "——", "客户经理", "甲" * 500, "1234"])
def test_nothing_near_is_nothing_proposed(text):
    assert nearest(text, M01) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [("逾欺贷款/余额", {"past_due_amount"}), ("绿色贷款余额", set()), ("不良货款余额", {"npl_amount"})],
)
def test_words_that_stand_in_every_header_make_nothing_near(text, codes):
    assert {near.code for near in nearest(text, M01)} == codes


def test_what_stands_in_the_table_is_not_proposed_again():
    taken = {("repaid_amount_mtd", ""), ("repaid_amount_ytd", "")}
    assert not {"repaid_amount_mtd", "repaid_amount_ytd"} & {
        near.code for near in nearest("本月收回来金额", M01, taken)
    }


def test_by_institution_the_institution_is_named():
    near = nearest("农商银行期末贷款余额数", C01)[0]
    assert near.code == "mirror_outstanding_amount@rcb"
    assert "农商银行" in near.label


@given(st.text(max_size=80))
def test_whatever_is_written_there_are_at_most_three_of_the_form(text):
    found = nearest(text, M01)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert {near.code for near in found} <= set(M01.form.by_code)


@given(st.sampled_from([column for column in M01.form.columns if not column.by_institution]))
def test_a_label_with_a_word_too_many_comes_nearest_to_itself(column):
    if len(column.label) >= 4:
        assert column.code in {near.code for near in nearest(f"{column.label}数", M01)}


def test_the_command_is_one_line_and_quoted_for_a_shell():
    told = proposal((Near("loss_amount", "五级分类/损失"),), "甲\n乙`x`.xlsx", "表'1", "G3")
    assert told == (
        "最接近的指标：五级分类/损失（loss_amount）。确属某个指标的，可由本办认定："
        """accept-header '甲 乙`x`.xlsx' '表'"'"'1!G3' 指标代码 --by 姓名。"""
    )
