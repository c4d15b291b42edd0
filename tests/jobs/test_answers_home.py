"""What clerks send back: each answer is bound to what was asked, and nothing that is settled is asked again."""

from __future__ import annotations

import shutil

import docx
import openpyxl
import pytest
from sqlalchemy import create_engine, text

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
    last_sent,
    marked,
    on_record,
    received,
    said,
    sends,
    still_asked,
)
from tests.jobs.inprocess import run
from tests.jobs.sample import AS_OF, inbox_of
from tests.office import convert

# ------------------------------------------------------------------ the carrier and the correction


@pytest.mark.parametrize("later", [False, True])
def test_answers_in_the_marked_workbook_do_not_push_aside_the_original_that_was_corrected(capsys, desk, later):
    book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
    book.active[COUNTY], book.active[RATE] = 322.42, 4.57
    book.save(desk / "inbox" / "回复" / "更正.xlsx")
    sends(desk, explains(LENT, RATED), "说明.xlsx")
    if later:
        note = desk / "inbox" / "回复" / "说明.xlsx"
        note.rename(desk / note.name)
        received(capsys, desk, "2018-04-11")
        (desk / note.name).rename(note)
    out = received(capsys, desk)
    assert "《回复/说明.xlsx》里的报表与此前收到的相同，没有更正，不作重新报送，只取核实说明。" in out
    assert "带回核实说明：采纳2条。" in out
    assert still_asked(desk) == set()
    assert last_sent(desk) == "回复/更正.xlsx"


@pytest.mark.parametrize("listed", [True, False])
def test_a_marked_workbook_of_an_earlier_version_that_comes_after_a_later_one_is_told(capsys, desk, listed):
    """It has the rate put right and not the sum, which the version in between had put right: the newest counts."""
    note = "像是在较早的《2018-03/农行2018年3月金融扶贫小额贷款统计表.xlsx》（2018-04-03 16:08收到）上改的"
    book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
    book.active[COUNTY], book.active[RATE], book.active[RATED] = 322.42, 4.57, 795
    book.save(desk / "inbox" / "回复" / "更正.xlsx")
    before = marked(desk)
    assert note not in received(capsys, desk, "2018-04-11")
    before.worksheets[0][RATE] = 4.57
    if not listed:
        del before[LIST]
    before.save(desk / "inbox" / "回复" / "迟到.xlsx")
    out = received(capsys, desk)
    assert note in out and "而此后已收到《回复/更正.xlsx》" in out
    assert last_sent(desk) == "回复/迟到.xlsx"


def test_totals_that_nobody_calculated_say_nothing_of_which_version_is_the_older(capsys, desk):
    """Put right first by a program that keeps formulas without values, then once more by an office: both on the last."""
    book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
    for (total,) in book.active.iter_cols(min_col=4, min_row=7, max_row=7):
        if isinstance(total.value, int | float):
            total.value = f"={total.column_letter}8+SUM({total.column_letter}11:{total.column_letter}19)"
    book.active[COUNTY], book.active[RATED] = 322.42, 795
    book.save(desk / "inbox" / "回复" / "更正.xlsx")
    out = received(capsys, desk, "2018-04-11")
    assert out.count("公式没有计算结果") == 1
    again = marked(desk)
    again.worksheets[0][RATE] = 4.57
    again.save(desk / "第二次.xlsx")
    (saved,) = convert([desk / "第二次.xlsx"], "xlsx", desk / "saved")
    shutil.copy(saved, desk / "inbox" / "回复" / "第二次.xlsx")
    out = received(capsys, desk)
    assert "像是在较早的" not in out and "公式没有计算结果" not in out
    assert last_sent(desk) == "回复/第二次.xlsx"


def test_a_marked_workbook_without_its_list_and_without_a_change_is_no_resubmission(capsys, desk):
    book = marked(desk)
    del book[LIST]
    book.save(desk / "inbox" / "回复" / "原样.xlsx")
    out = received(capsys, desk)
    assert (
        "《回复/原样.xlsx》里的报表与此前收到的相同，没有更正，不作重新报送，也没有核实说明，请与报送单位核对。" in out
    )
    assert last_sent(desk) == f"2018-03/{REPORT}"


def test_what_only_carried_answers_stays_so_when_the_archive_is_read_again(capsys, desk):
    sends(desk, explains(LENT))
    received(capsys, desk)
    with create_engine(f"sqlite:///{desk / 'store' / 'store.sqlite'}").begin() as connection:
        connection.execute(text("update derivation set fingerprint = 'of another program'"))
    assert "已按新的定义重新读取全部存档文件" in received(capsys, desk)
    assert last_sent(desk) == f"2018-03/{REPORT}"


def test_a_figure_corrected_and_its_row_answered(capsys, desk):
    def change(rows, sheet):
        explains(LENT, RATED)(rows, sheet)
        rows[COUNTY]["核实说明"].value = "已改正"

    sends(desk, change, figures={COUNTY: 322.42, RATE: 4.57})
    out = received(capsys, desk)
    assert "采纳2条，已更正或已说明过1条。" in out, "“已改正” is true of the figure that came with it"
    assert still_asked(desk) == set()


def test_a_figure_corrected_once_more_and_explained_in_the_same_file_is_not_asked_again(capsys, desk, sent_back):
    sends(desk, explains(RATED), figures={RATED: 750, "D7": 3365})
    received(capsys, desk)
    assert said(desk, sent_back) == {RATED: ("750", WHY[RATED])}
    assert RATED not in still_asked(desk)


def test_what_a_rejected_correction_says_again_is_asked_once(capsys, desk):
    """The correction that counts has 79.30 in I14, and so has a second one that goes back for a wrong base."""
    for name, figures, day in (
        ("更正1.xlsx", {COUNTY: 322.42, RATE: 4.57}, "2018-04-11"),
        ("更正2.xlsx", {RATE: 4.57, COUNTY: 300.42}, "2018-04-12"),
    ):
        book = openpyxl.load_workbook(desk / "inbox" / "2018-03" / REPORT)
        for cell, figure in figures.items():
            book.active[cell] = figure
        book.save(desk / "inbox" / "回复" / name)
        received(capsys, desk, day)
    folder = desk / "output" / "2018-03" / "退回单" / "农业银行安康分行"
    lists = [by_cell(openpyxl.load_workbook(copy)[LIST]) for copy in folder.glob("*.xlsx")]
    assert sum(LENT in cells for cells in lists) == 1
    letter = "".join(paragraph.text for paragraph in docx.Document(str(folder / "退回通知.docx")).paragraphs)
    assert "更正件（此前采用的一份仍计入本期统计）予以退回" in letter


# ------------------------------------------------------------------ which question it is


def test_an_answer_without_a_number_is_bound_by_its_question(capsys, desk, sent_back):
    def change(rows, sheet):
        explains(LENT, RATED, RATE)(rows, sheet)
        sheet.delete_cols(rows[LENT]["问题编号"].column)

    sends(desk, change, alone=True)
    received(capsys, desk)
    assert said(desk, sent_back) == {
        LENT: ("793000.00", WHY[LENT]),
        RATED: ("705", WHY[RATED]),
        RATE: ("18", WHY[RATE]),
    }


def test_numbers_that_were_sorted_alone_bind_nothing(capsys, desk, sent_back):
    def change(rows, sheet):
        explains(LENT, RATED, RATE)(rows, sheet)
        for row in rows.values():
            row["填报数"].value = None
        first, last = rows[LENT]["问题编号"], rows[RATE]["问题编号"]
        first.value, last.value = last.value, first.value

    sends(desk, change, alone=True)
    out = received(capsys, desk)
    assert out.count("这一行的问题编号和问题对不上") == 2
    assert said(desk, sent_back) == {RATED: ("705", WHY[RATED])}


def test_the_list_of_one_bank_answers_for_no_other(capsys, desk):
    def change(rows, sheet):
        explains(LENT)(rows, sheet)
        sheet["A1"] = sheet["A1"].value.replace("农业银行安康分行", "汉阴农商银行")

    sends(desk, change, alone=True)
    assert "这是汉阴农商银行的清单，编号却是农业银行安康分行的问题，请核对编号" in received(capsys, desk)
    assert on_record(desk) == []


def test_two_rows_about_one_question_are_one_explanation(capsys, desk, sent_back):
    more = "另有一户为续贷大户，合计四户"

    def change(rows, sheet):
        explains(LENT)(rows, sheet)
        sheet.append([cell.value for cell in sheet[rows[LENT]["序号"].row]])
        sheet.cell(sheet.max_row, rows[LENT]["核实说明"].column).value = more

    sends(desk, change, alone=True)
    received(capsys, desk)
    assert said(desk, sent_back) == {LENT: ("793000.00", f"{WHY[LENT]}\n{more}")}


# ------------------------------------------------------------------ what is refused, and told


def test_a_figure_typed_into_the_list_is_told_and_never_lost(capsys, desk):
    def change(rows, _):
        rows[LENT]["填报数"].value = "69.30万元"

    sends(desk, change)
    assert "清单的“填报数”改成了69.30万元，清单里的数不读入，原表仍是79.30万元，请在原表改正。" in received(
        capsys, desk
    )
    question = by_cell(marked(desk)[LIST])[LENT]["问题"].value
    assert "（上次的回复不予受理：清单的“填报数”改成了69.30万元" in question


def test_a_figure_typed_beside_a_further_cell_of_a_finding_is_told_too(capsys, tmp_path):
    """汉阴's slip has 22 cells, each with its figure in the list."""
    inbox = inbox_of(tmp_path, "2018-03", only="汉阴农商银行2018年3月")
    received(capsys, tmp_path, AS_OF)
    (copy,) = (tmp_path / "output" / "2018-03" / "退回单" / "汉阴农商银行").glob("*.xlsx")
    book = openpyxl.load_workbook(copy)
    rows = by_cell(book[LIST])
    assert len(rows) == 22 and rows["G21"]["填报数"].value == "14020399.60万元"
    rows["G21"]["填报数"].value = "1402.04万元"
    book.save(inbox / "汉阴回复.xlsx")
    out = received(capsys, tmp_path)
    assert "清单的“填报数”改成了1402.04万元，清单里的数不读入，原表没有改动，请在原表改正。" in out
    assert out.count("清单里的数不读入") == 1, "the other figures are as they were sent"


def test_each_refusal_is_told_with_its_own_reason(capsys, desk):
    def change(rows, _):
        rows[COUNTY]["核实说明"].value = "已改正"
        rows[LENT]["核实说明"].value = "系统问题，已整改完毕"

    sends(desk, change)
    assert "采纳0条，不予受理2条。" in received(capsys, desk)
    rows = by_cell(marked(desk)[LIST])
    assert (
        "（上次的说明“已改正”不予受理：强制性问题不能用说明代替，请在原表改正后重新报送。）"
        in rows[COUNTY]["问题"].value
    )
    assert "（上次的说明“系统问题，已整改完毕”没有写明原因，不予受理。）" in rows[LENT]["问题"].value


def test_a_sender_is_told_beforehand_which_answers_give_no_cause(capsys, desk):
    """By hand: one assurance, one cause; nothing of it is stored."""

    def change(rows, _):
        rows[LENT]["核实说明"].value = "情况属实，已核实无误"
        rows[RATED]["核实说明"].value = WHY[RATED]

    sends(desk, change, alone=True)
    code, out = run(capsys, "check", desk / "inbox" / "回复" / "回复.xlsx")[:2]
    assert code == 1
    assert "[核实说明] 《回复.xlsx》" in out
    assert "“情况属实，已核实无误”没有写明原因，不予受理。" in out
    assert WHY[RATED] not in out
    assert out.rstrip().endswith("有1条核实说明没有写明原因，报送后不予受理。请写明原因后再查，再报送。")
