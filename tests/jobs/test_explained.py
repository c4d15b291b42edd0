"""Explanations under the annexes that print the figure, and nowhere else; no person's name or number among them."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from tests.jobs.inprocess import asked
from tests.jobs.sample import inbox_of

WHY = "紫阳县有三户产业大户按担保方式各发放八万元"


def explained(capsys, here, text):
    (finding,) = asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["unexplained"]
    asked(capsys, "explain", finding["finding"], "--text", text, "--by", "示例甲", *here)
    asked(capsys, "monthly", "2018-03", *here)


def notes(workspace, annex):
    (file,) = (workspace / "output" / "2018-03").glob(f"附件{annex} *.xlsx")
    cells = [c.value for r in openpyxl.load_workbook(file).active.iter_rows() for c in r]
    return [value for value in cells if isinstance(value, str) and "核实说明：" in value]


def test_it_stands_under_the_annexes_of_its_figure(capsys, workspace, here):
    explained(capsys, here, WHY + "。")
    told = f"核实说明：农业银行安康分行紫阳县“发放情况/本月/金额”——{WHY}。"
    assert [len(notes(workspace, annex)) for annex in (2, 3, 4, 5)] == [1, 0, 0, 1]
    assert all(told in note for annex in (2, 5) for note in notes(workspace, annex))
    assert "示例甲" not in "".join(notes(workspace, 5)), "who said it stands in the journal"
    output = workspace / "output" / "2018-03"
    assert f"{WHY}。（2018-04-10）" in (output / "index.html").read_text("utf-8")
    report = openpyxl.load_workbook(output / "审核报告.xlsx")["问题清单"]
    assert any(f"核实说明：{WHY}。（2018-04-10）" in str(c.value) for r in report.iter_rows() for c in r)
    twin = openpyxl.load_workbook(output / "附件1-5 数据表.xlsx")
    assert any(told in str(c.value) for sheet in twin for r in sheet.iter_rows() for c in r)


def test_what_a_county_says_stands_under_the_annexes_that_print_it(capsys, tmp_path):
    """镇坪 has one household more of 农商银行 than the bank: a matter of annexes 2 and 3, and not of other banks'."""
    inbox = inbox_of(tmp_path, "2018-02", only="镇坪")
    (source,) = (inbox / "2018-02").glob("镇坪县金融办*.xlsx")
    book = openpyxl.load_workbook(source)
    row = next(
        r for r in book.active.iter_rows() if any("贷款余额" in str(c.value) and "农商" in str(c.value) for c in r)
    )
    cell = next(c for c in row if isinstance(c.value, int | float))
    cell.value = round(cell.value + 5, 2)
    book.save(source)
    here = ("--workspace", tmp_path, "--as-of", "2018-03-10")
    asked(capsys, "monthly", "2018-02", *here)
    found = asked(capsys, "status", "2018-02", *here)["data"]["findings"]
    (one,) = [f for f in found if f["rule"] == "A17" and f["status"] == "open"]
    asked(capsys, "explain", one["finding"], "--text", WHY, "--by", "示例甲", *here)
    asked(capsys, "monthly", "2018-02", *here)
    folder = tmp_path / "output" / "2018-02"
    told = {
        path.name[2]: any(WHY in str(c.value) for r in openpyxl.load_workbook(path).active.iter_rows() for c in r)
        for path in folder.glob("附件[2345] *.xlsx")
    }
    assert told == {"2": True, "3": True, "4": False, "5": False}


def test_it_is_shown_again_when_the_same_is_asked_a_month_later(capsys, tmp_path):
    """农行's average in 紫阳 is above the cap in February as well, with another figure: March shows what was said then.

    In February 21.10 万元 went to 7 households there; if they were 4, that is 52,750 元 each, above 50,000.
    """
    inbox_of(tmp_path, "2018-02", "2018-03", only="农行2018")
    (february,) = (tmp_path / "inbox" / "2018-02").glob("农行*.xlsx")
    book = openpyxl.load_workbook(february)
    assert [book.active[at].value for at in ("A7", "H7", "A14", "H14", "I14")] == ["合计", 61, "紫阳县", 7, 21.1]
    book.active["H14"].value, book.active["H7"].value = 4, 58
    book.save(february)
    here = ("--workspace", tmp_path, "--as-of")
    (one,) = asked(capsys, "monthly", "2018-02", *here, "2018-03-10")["data"]["releases"][0]["unexplained"]
    assert (one["rule"], one["cell"]) == ("A13", "I14")
    asked(capsys, "explain", one["finding"], "--text", WHY, "--by", "示例甲", *here, "2018-03-11")
    asked(capsys, "monthly", "2018-03", *here, "2018-04-10")
    folder = tmp_path / "output/2018-03/退回单/农业银行安康分行"
    said = f"（上月的说明：{WHY}（2018-03-11）。）"
    (copy,) = folder.glob("*.xlsx")
    listed = openpyxl.load_workbook(copy)["审核问题"]
    assert any(said in str(c.value) for r in listed.iter_rows() for c in r)
    letter = docx.Document(str(folder / "退回通知.docx"))
    assert any(said in c.text for r in letter.tables[0].rows for c in r.cells)


def test_what_is_hidden_is_asked_once_whatever_file_it_comes_in(capsys, tmp_path):
    """A column that 农行 hides is explained once: not asked of the corrected file, and shown a month later."""
    inbox = inbox_of(tmp_path, "2018-02", "2018-03", only="农行2018")
    february, march = (next((inbox / month).glob("农行*.xlsx")) for month in ("2018-02", "2018-03"))

    def hides_a_column(source, target, **figures):
        book = openpyxl.load_workbook(source)
        book.active.column_dimensions["Z"].hidden = True
        for cell, figure in figures.items():
            book.active[cell] = figure
        book.save(target)

    def unexplained(month, day):
        told = asked(capsys, "monthly", month, *here, day)["data"]["releases"][0]["unexplained"]
        return [one["finding"] for one in told if one["rule"] == "F08"]

    here, why = ("--workspace", tmp_path, "--as-of"), "Z列为省行报表系统的汇总列，按省行要求隐藏"
    hides_a_column(february, february)
    (hidden,) = unexplained("2018-02", "2018-03-10")
    asked(capsys, "explain", hidden, "--text", why, "--by", "示例甲", *here, "2018-03-11")
    hides_a_column(february, inbox / "更正 农行2018年2月.xlsx", A1="农行安康分行金融扶贫小额贷款统计表（更正）")
    assert unexplained("2018-02", "2018-03-12") == [], "the same column is hidden in the file that came instead"
    hides_a_column(march, march)
    assert len(unexplained("2018-03", "2018-04-10")) == 1
    (copy,) = (tmp_path / "output/2018-03/退回单/农业银行安康分行").glob("*.xlsx")
    listed = openpyxl.load_workbook(copy)["审核问题"]
    assert any(f"（上月的说明：{why}（2018-03-11）。）" in str(c.value) for r in listed.iter_rows() for c in r)


@pytest.mark.parametrize(
    ("why", "text", "shown"),
    [
        ("an identity number", "紫阳县大户张某身份证612401199001011234贷款八万元", "612401199001011234"),
        ("ten thousand characters", "紫阳县有三户大户" + "长" * 10_000, "长" * 500),
    ],
)
def test_what_an_annex_must_not_show(capsys, workspace, here, why, text, shown):
    explained(capsys, here, text)
    (note,) = notes(workspace, 5)
    assert shown not in note, why
    assert "紫阳县" in note


def test_hostile_words_stay_words(capsys, workspace, here):
    explained(capsys, here, "紫阳县有三户大户<&>{{7*7}}=cmd|x!A1各发放八万元")
    (note,) = notes(workspace, 5)
    assert "<&>{{7*7}}=cmd|x!A1" in note
    page = (workspace / "output" / "2018-03" / "index.html").read_text("utf-8")
    assert "&lt;&amp;&gt;{{7*7}}=cmd|x!A1" in page
