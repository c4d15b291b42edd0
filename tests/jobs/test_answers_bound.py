"""What is said of answers, which figure they are bound to, and what else comes along with them."""

from __future__ import annotations

import shutil

import docx
import openpyxl
import pytest

from tests.jobs.desk import (
    COUNTY,
    LENT,
    LIST,
    RATE,
    RATED,
    REPORT,
    WHY,
    by_cell,
    explains,
    journal_of,
    marked,
    on_record,
    received,
    sends,
)
from tests.jobs.inprocess import run
from tests.jobs.sample import AS_OF, inbox_of


@pytest.mark.parametrize("letter", ["退回单/*/退回通知.docx", "回执/*.docx", "催报函/*.docx"])
def test_our_own_letter_that_comes_back_is_no_report(capsys, tmp_path, letter):
    """宁陕 answers with all that it was sent; its notice quotes the items of the form of words (Q01-1)."""
    inbox = inbox_of(tmp_path, "2018-02", "2018-03", only="宁陕农商")
    here = ("--workspace", tmp_path, "--as-of")
    run(capsys, "monthly", "2018-03", *here, AS_OF)
    (tmp_path / "inbox" / "回复").mkdir()
    for number, source in enumerate((tmp_path / "output" / "2018-03").glob(letter)):
        shutil.copy(source, inbox / "回复" / f"{number} {source.name}")
    assert number >= 0
    _, out, _ = run(capsys, "monthly", "2018-03", *here, "2018-04-11")
    told = [line for line in out.splitlines() if "回复/" in line]
    name = letter.partition("/")[0].replace("退回单", "退回通知")
    assert len(told) == number + 1
    assert all(line.endswith(f"》是本办发出的《{name}》，已登记存档，不作为报表读取。") for line in told)
    assert "被退回" not in out and "；退回：" not in out


@pytest.fixture
def disputed(capsys, desk):
    """In force with 79.30 in I14, which is asked about; then sent with 81.30, which goes back: the total does not fit."""
    right = {COUNTY: 322.42, RATE: 4.57, RATED: 1005, "D7": 3620}
    for name, figures, day in (
        ("更正1.xlsx", right, "2018-04-11"),
        ("更正2.xlsx", {**right, LENT: 81.3}, "2018-04-12"),
    ):
        book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
        for cell, figure in figures.items():
            book.active[cell] = figure
        book.save(desk / "inbox" / "回复" / name)
        received(capsys, desk, day)
    return desk


def test_the_figure_in_force_is_answered_though_another_one_went_back(capsys, disputed):
    folder = disputed / "output" / "2018-03" / "退回单" / "农业银行安康分行"
    copies = {copy: by_cell(openpyxl.load_workbook(copy)[LIST]) for copy in folder.glob("*.xlsx")}
    (asks,) = [
        copy
        for copy, rows in copies.items()
        if rows.get(LENT, {}).get("填报数") and "79.3" in str(rows[LENT]["填报数"].value)
    ]
    book = openpyxl.load_workbook(asks)
    by_cell(book[LIST])[LENT]["核实说明"].value = WHY[LENT]
    book.save(disputed / "inbox" / "回复" / "说明.xlsx")
    out = received(capsys, disputed, "2018-04-13")
    assert "采纳1条" in out and "不予受理" not in out
    assert [(entry["value"], entry["text"]) for entry in on_record(disputed)] == [("793000.00", WHY[LENT])]


def test_explain_speaks_of_what_waits_for_an_answer(capsys, disputed):
    here = ("--workspace", disputed, "--as-of", "2018-04-13")
    for value in ("793000.00", "813000.00"):
        run(capsys, "explain", "Ffd67552e294f", "--text", WHY[LENT], "--by", "示例甲", *here)
        assert on_record(disputed)[-1]["value"] == value, "what is in force first"
    assert [entry["value"] for entry in on_record(disputed)] == ["793000.00", "813000.00"]


def test_what_was_accepted_can_be_undone_by_the_number_that_is_told(capsys, desk):
    sends(desk, explains(LENT, RATED), "甲.xlsx")
    out = received(capsys, desk)
    entries = journal_of(desk)
    told = [seq for seq, kind in entries if kind == "explained"]
    assert f"采纳2条。记录号{told[0]}、{told[1]}，采纳有误的可用 undo 撤销。" in out
    here = ("--workspace", desk, "--as-of", "2018-04-13")
    code, _, _ = run(capsys, "undo", str(told[0]), "--reason", "说明与台账不符", "--by", "示例乙", *here)
    assert code == 0


def test_other_words_about_the_same_figure_are_told_as_such_and_both_authors_named(capsys, desk):
    rows = by_cell(marked(desk)[LIST])
    number = rows[RATED]["问题编号"].value
    lines = [f"{number},城区分理处有九十户评级本月到期，示例甲", f"{number},其中六十户已重评，示例乙"]
    sends(desk, explains(RATED), "甲.xlsx")
    assert "代替" not in received(capsys, desk, "2018-04-11")
    text = "\n".join(["问题编号,核实说明,填写人", *(line.replace("，示例", ",示例") for line in lines)])
    (desk / "inbox" / "回复" / "乙.csv").write_text(text, "utf-8-sig")
    assert "采纳1条，其中1条代替了此前的说明。" in received(capsys, desk)
    assert on_record(desk)[-1]["by"] == "示例甲、示例乙"


def test_a_notice_begins_with_what_moves_the_published_totals(capsys, desk):
    """The average above the cap is of what was lent, 9.30 万元 of it; neither rated households nor rates are published."""
    book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
    book.active[COUNTY] = 322.42
    book.save(desk / "inbox" / "回复" / "更正.xlsx")
    received(capsys, desk)
    folder = desk / "output" / "2018-03" / "退回单" / "农业银行安康分行"
    letter = docx.Document(str(folder / "退回通知.docx"))
    told = [row.cells[2].text.split()[-1] for row in letter.tables[0].rows[1:]]
    assert told[0] == LENT and set(told) == {LENT, RATED, RATE}
    assert [cell for cell in by_cell(marked(desk)[LIST]) if cell in told] == told, "and so does the list"
