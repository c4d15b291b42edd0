"""What clerks send back: each answer is bound to what was asked, and nothing that is settled is asked again."""

from __future__ import annotations

import json
import shutil

import docx
import openpyxl
import pytest
from sqlalchemy import create_engine, text

from pipeline.cli import main
from tests.jobs.inprocess import run
from tests.jobs.sample import AS_OF, inbox_of
from tests.office import convert

REPORT = "农行2018年3月金融扶贫小额贷款统计表.xlsx"
LIST = "审核问题"
LENT, RATED, RATE = "I14", "D8", "AO14"
"""Asked about: 79.30 above the cap, 705 rated households below 795, a rate of 18 %; wrong: a base of one county, by its total."""
COUNTY = "Z15"
WHY = {
    LENT: "紫阳县有三户产业大户按担保方式各发放八万元",
    RATED: "城区分理处有九十户评级本月到期，正在重评",
    RATE: "含一笔逾期罚息并入利率，三户",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """March of 农行 with four things to ask, received and sent back. Never written to."""
    folder = tmp_path_factory.mktemp("asked")
    inbox = inbox_of(folder, "2018-03", only="农行2018年3月")
    (file,) = (inbox / "2018-03").glob("农行2018年3月*.xlsx")
    book = openpyxl.load_workbook(file)
    for cell, figure in {COUNTY: 300.41, RATE: 18, RATED: 705, "D7": 3320}.items():
        book.active[cell] = figure
    book.save(file)
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-03", "--workspace", str(folder), "--as-of", AS_OF])
    return folder


@pytest.fixture
def desk(asked, tmp_path):
    shutil.copytree(asked, tmp_path / "ws")
    (tmp_path / "ws" / "inbox" / "回复").mkdir()
    return tmp_path / "ws"


def marked(workspace):
    (copy,) = (workspace / "output" / "2018-03" / "退回单" / "农业银行安康分行").glob("*.xlsx")
    return openpyxl.load_workbook(copy)


def by_cell(sheet):
    """The list's rows by the cell that they ask about: each a dictionary of its cells by heading."""
    header = next(row for row in sheet.iter_rows() if any(c.value == "问题编号" for c in row))
    rows = [dict(zip([c.value for c in header], row, strict=True)) for row in sheet.iter_rows(header[0].row + 1)]
    return {row["单元格"].value: row for row in rows}


def sends(workspace, change, name="回复.xlsx", *, alone=False, figures=()):
    """The marked workbook with the list changed as a person would, and figures typed over."""
    book = marked(workspace)
    change(by_cell(book[LIST]), book[LIST])
    for cell, figure in dict(figures).items():
        book.worksheets[0][cell] = figure
    if alone:
        del book[book.sheetnames[0]]
    book.save(workspace / "inbox" / "回复" / name)


def explains(*cells):
    def change(rows, _):
        for cell in cells:
            rows[cell]["核实说明"].value = WHY[cell]

    return change


def received(capsys, workspace, day="2018-04-12"):
    return run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", day)[1]


def on_record(workspace, kind="explained"):
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        found = connection.execute(text("select body from journal where kind = :kind order by seq"), {"kind": kind})
        return [json.loads(body) for (body,) in found.all()]


def journal_of(workspace):
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        return connection.execute(text("select seq, kind from journal order by seq")).all()


def still_asked(workspace):
    folder = workspace / "output" / "2018-03" / "退回单" / "农业银行安康分行"
    return set(by_cell(marked(workspace)[LIST])) if folder.exists() else set()


def last_sent(workspace):
    """The file of the submission that was received last."""
    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        return connection.execute(text("select file from submission order by received_at, entry")).scalars().all()[-1]


def said(workspace, asked):
    """(value, explanation) on record by the cell that it is about."""
    rows = by_cell(marked(asked)[LIST]).items()
    cells = {row["问题编号"].value: cell for cell, row in rows if "-" not in str(row["序号"].value)}
    return {cells[entry["finding"]]: (entry["value"], entry["text"]) for entry in on_record(workspace)}


# ------------------------------------------------------------------ the letter comes along


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


def test_a_figure_corrected_once_more_and_explained_in_the_same_file_is_not_asked_again(capsys, desk, asked):
    sends(desk, explains(RATED), figures={RATED: 750, "D7": 3365})
    received(capsys, desk)
    assert said(desk, asked) == {RATED: ("750", WHY[RATED])}
    assert RATED not in still_asked(desk)


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


def test_an_answer_without_a_number_is_bound_by_its_question(capsys, desk, asked):
    def change(rows, sheet):
        explains(LENT, RATED, RATE)(rows, sheet)
        sheet.delete_cols(rows[LENT]["问题编号"].column)

    sends(desk, change, alone=True)
    received(capsys, desk)
    assert said(desk, asked) == {LENT: ("793000.00", WHY[LENT]), RATED: ("705", WHY[RATED]), RATE: ("18", WHY[RATE])}


def test_numbers_that_were_sorted_alone_bind_nothing(capsys, desk, asked):
    def change(rows, sheet):
        explains(LENT, RATED, RATE)(rows, sheet)
        for row in rows.values():
            row["填报数"].value = None
        first, last = rows[LENT]["问题编号"], rows[RATE]["问题编号"]
        first.value, last.value = last.value, first.value

    sends(desk, change, alone=True)
    out = received(capsys, desk)
    assert out.count("这一行的问题编号和问题对不上") == 2
    assert said(desk, asked) == {RATED: ("705", WHY[RATED])}


def test_the_list_of_one_bank_answers_for_no_other(capsys, desk):
    def change(rows, sheet):
        explains(LENT)(rows, sheet)
        sheet["A1"] = sheet["A1"].value.replace("农业银行安康分行", "汉阴农商银行")

    sends(desk, change, alone=True)
    assert "这是汉阴农商银行的清单，编号却是农业银行安康分行的问题，请核对编号" in received(capsys, desk)
    assert on_record(desk) == []


def test_two_rows_about_one_question_are_one_explanation(capsys, desk, asked):
    more = "另有一户为续贷大户，合计四户"

    def change(rows, sheet):
        explains(LENT)(rows, sheet)
        sheet.append([cell.value for cell in sheet[rows[LENT]["序号"].row]])
        sheet.cell(sheet.max_row, rows[LENT]["核实说明"].column).value = more

    sends(desk, change, alone=True)
    received(capsys, desk)
    assert said(desk, asked) == {LENT: ("793000.00", f"{WHY[LENT]}\n{more}")}


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
