"""Who signs below the table, who is only addressed above it, and how the sheet is called."""

import pytest

from tests.faults.expecting import Case, Expect, Item
from tests.faults.pages import xlsx
from tests.faults.plain import upright
from tests.ingest.sheets import Statement, found

NAMELESS = ["金融扶贫小额贷款统计表（2018年3月）"]
MONEY = ["单位：万元"]
TITLE = ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月）"]


def units(reading):
    return [submission.unit for submission in reading.submissions]


@pytest.mark.parametrize(
    "below",
    [
        [["农业银行安康分行（盖章）"], ["2018年4月3日"]],
        [["农业银行安康分行"], ["2018年4月3日"]],
        [["单位（公章）：", "农业银行安康分行"]],
        [["填表人：示例乙", "联系电话：", 3200000], [None, "农业银行安康分行（盖章）2018年4月3日"]],
        [["农业银行安康分行（盖章）"], ["安康市金融工作办公室（盖章）"]],
    ],
)
def test_a_signature_says_who_where_nothing_else_does(below):
    reading = Statement(above=[NAMELESS, MONEY], below=below).read()
    assert (units(reading), found(reading)) == (["abc"], [])


@pytest.mark.parametrize(
    "below",
    [
        [["农业银行安康分行（盖章）"], ["邮储银行安康市分行（盖章）"]],
        [["某某银行（盖章）"]],
        [["本表由农业银行安康分行填报，邮储银行安康市分行参考"]],
        [["安康市金融工作办公室（盖章）"]],
    ],
)
def test_a_signature_that_is_not_for_sure_says_nothing(below):
    reading = Statement(above=[NAMELESS, MONEY], below=below).read()
    assert ([rule for rule, _ in found(reading)], units(reading)) == (["F03"], [])


@pytest.mark.parametrize(
    ("below", "cell"),
    [
        ([["邮储银行安康市分行（公章）"], ["2018年4月3日"]], "A14"),
        ([["填表人：示例乙"], [None, "邮储银行安康市分行"]], "B15"),
        ([["邮储银行（公章）"]], "A14"),
    ],
)
def test_a_signature_of_another_contradicts(below, cell):
    reading = Statement(below=below).read()
    assert found(reading) == [("F03", cell)]


@pytest.mark.parametrize(
    "below",
    [
        [["农行安康分行（公章）"]],
        [["安康市金融工作办公室（审核盖章）"]],
        [["农业银行安康分行（盖章）"], ["邮储银行安康市分行（盖章）"]],
        [["注：不含邮储银行代理的贷款。"]],
        [["抄送：邮储银行安康市分行"]],
    ],
)
def test_signatures_and_notes_that_do_not(below):
    assert found(Statement(below=below).read()) == []


@pytest.mark.parametrize(
    "above",
    [
        [["主送：安康市金融工作办公室"], TITLE, MONEY],
        [["报送：安康市金融办"], TITLE, MONEY],
        [["抄送：邮储银行安康市分行"], TITLE, MONEY],
        [["安康市金融工作办公室制"], TITLE, MONEY],
        [["根据安康市金融办2017年12月通知要求填报"], TITLE, MONEY],
    ],
)
def test_who_gets_the_table_is_not_who_sends_it(above):
    reading = Statement(above=above).read()
    assert (units(reading), found(reading)) == (["abc"], [])


@pytest.mark.parametrize(
    ("sheet", "rules"), [("邮储", ["F03"]), ("邮储银行安康市分行", ["F03"]), ("农行", []), ("安康市金融办", [])]
)
def test_the_name_of_the_sheet(sheet, rules):
    assert [rule for rule, _ in found(Statement(sheet=sheet).read())] == rules


def test_an_institution_of_several_units_is_told_with_all_of_them():
    reading = Statement(above=[NAMELESS, ["填报单位：农商银行", "单位：万元"]]).read()
    assert found(reading) == [("F03", "A2")]
    message = reading.findings[0].message
    assert "登记的有10家" in message
    assert "汉阴农商银行" in message


def test_a_contradiction_names_the_cell_of_the_other_and_expects_nothing():
    (finding,) = Statement(above=[TITLE, ["填报单位：邮储银行安康市分行", "单位：万元"]]).read().findings
    assert (finding.rule, finding.cell, finding.expected) == ("F03", "A1", "")


def in_county(name):
    reading = Case("", "", Item.IDENTITY, lambda: xlsx(upright(name=name)), Expect()).read()
    return found(reading)


@pytest.mark.parametrize(("name", "findings"), [("白河县", [("F03", "")]), ("汉阴", []), ("月报表", [])])
def test_a_sheet_named_by_a_county(name, findings):
    assert in_county(name) == findings
