"""There and back: a release's notices, a bank that corrects and explains in Excel, the next run that needs no third."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import SAMPLE, inbox_of, tree

WHY = "紫阳县有三户产业大户按担保方式各发放八万元"
DAY_AFTER = ("--as-of", "2018-04-12")
LIST = "审核问题"
OF_ABC, OF_HANYIN = "农行2018年3月金融扶贫小额贷款统计表（标注）.xlsx", "汉阴农商银行2018年3月（标注）.xlsx"


def notices(workspace, unit):
    return workspace / "output" / "2018-03" / "退回单" / unit


def rows(sheet):
    """The list's rows by the ids of their findings."""
    header = next(r for r in sheet.iter_rows() if any(c.value == "问题编号" for c in r))
    at = {cell.value: cell.column for cell in header}
    found = {}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        cells = {name: sheet.cell(row, col) for name, col in at.items()}
        found.setdefault(cells["问题编号"].value, cells)
    return found


def answered(source, target, text, author="示例甲"):
    """The marked workbook as a person sends it back: explained, by name."""
    book = openpyxl.load_workbook(source)
    sheet = book[LIST]
    for row in rows(sheet).values():
        row["核实说明"].value = text
    room = next(c for r in sheet.iter_rows() for c in r if c.value == "填写人：")
    sheet.cell(room.row, room.column + 2).value = author
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def corrected(source, target):
    """The marked workbook with every filled figure in 万元 in the place of 元."""
    book = openpyxl.load_workbook(source)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.comment and isinstance(cell.value, int | float):
                cell.value = round(cell.value / 10_000, 6)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def test_each_unit_gets_its_letter_and_its_own_workbook_marked(workspace):
    assert sorted(tree(workspace / "output" / "2018-03" / "退回单")) == sorted(
        [
            *(f"农业银行安康分行/{name}" for name in ("退回通知.docx", OF_ABC)),
            *(f"汉阴农商银行/{name}" for name in ("退回通知.docx", OF_HANYIN)),
        ]
    )
    book = openpyxl.load_workbook(notices(workspace, "汉阴农商银行") / OF_HANYIN)
    (month, listed) = book.worksheets
    assert listed.title == LIST
    marked = {c.coordinate: c for r in month.iter_rows() for c in r if c.comment}
    assert len(marked) == 22, "of its 26 amounts four are nought, in 元 as in 万元"
    assert {c.fill.fgColor.rgb for c in marked.values()} == {"00FFC7CE"}
    assert marked["D14"].comment.text.startswith("【强制性】A13　汉阴县各栏疑似元、万元填错，共22处")
    balance = "汉阴县“期末余额/金额”填报14020399.60万元，应为1402.03996万元。与D14是同一问题"
    assert marked["G21"].comment.text.startswith(f"【强制性】A13　{balance}")
    (row,) = rows(listed).values()
    links = {c.value: c.hyperlink.location for r in listed.iter_rows() for c in r if c.hyperlink}
    assert links == {cell: f"'月报表'!{cell}" for cell in marked}, "a way to every cell"
    assert (row["性质"].value, row["单元格"].value, row["核实说明"].value) == ("强制性", "D14", "请在原表改正")
    assert row["单元格"].hyperlink.location == "'月报表'!D14"
    before = openpyxl.load_workbook(SAMPLE / "2018-03" / "汉阴农商银行2018年3月.xlsx").active
    assert [[c.value for c in r] for r in month.iter_rows()] == [[c.value for c in r] for r in before.iter_rows()]
    assert {k: d.width for k, d in month.column_dimensions.items()} == {
        k: d.width for k, d in before.column_dimensions.items()
    }
    plain = [(c.coordinate, c.number_format, c.font.name, c.border.left.style) for r in month.iter_rows() for c in r]
    assert plain == [
        (c.coordinate, c.number_format, c.font.name, c.border.left.style) for r in before.iter_rows() for c in r
    ]


def test_half_is_corrected_half_is_explained_and_nothing_is_asked_again(capsys, workspace):
    inbox = workspace / "inbox" / "2018-03"
    corrected(notices(workspace, "汉阴农商银行") / OF_HANYIN, inbox / "汉阴更正.xlsx")
    answered(notices(workspace, "农业银行安康分行") / OF_ABC, inbox / "农行回复.xlsx", WHY)
    told = asked(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    (released,) = told["data"]["releases"]
    assert released["unexplained"] == []
    state = asked(capsys, "status", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert {duty(state, unit)["state"] for unit in ("abc", "rcb-hanyin")} == {"in_force"}
    assert not (workspace / "output" / "2018-03" / "退回单").exists(), "there is nothing left to ask"
    found = (workspace / "output" / "2018-03" / "data" / "findings.csv").read_text("utf-8-sig")
    assert "有批注" not in found, "our own comments came home with the workbooks"
    journal = [e for e in _journal(workspace) if e["kind"] == "explained"]
    (entry,) = journal
    assert (entry["text"], entry["by"], entry["file"]) == (WHY, "示例甲", "2018-03/农行回复.xlsx")
    assert (entry["sheet"], entry["value"]) == (LIST, "793000.00")


def _journal(workspace):
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{workspace / 'store' / 'store.sqlite'}")
    with engine.connect() as connection:
        found = connection.execute(text("select kind, body from journal order by seq")).all()
    return [{"kind": kind, **json.loads(body)} for kind, body in found]


def test_an_assurance_is_refused_and_the_next_notice_says_so(capsys, workspace):
    inbox = workspace / "inbox" / "2018-03"
    answered(notices(workspace, "农业银行安康分行") / OF_ABC, inbox / "农行回复.xlsx", "情况属实")
    code, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert code == 1
    assert "《2018-03/农行回复.xlsx》带回核实说明：采纳0条，不予受理1条。" in out
    assert "“情况属实”：没有写明原因，不予受理。" in out
    (copy,) = notices(workspace, "农业银行安康分行").glob("*.xlsx")
    (row,) = rows(openpyxl.load_workbook(copy)[LIST]).values()
    assert "（上次的说明“情况属实”没有写明原因，不予受理。）" in row["问题"].value
    assert not row["核实说明"].value


def test_a_csv_answers_in_bulk(capsys, workspace):
    (copy,) = notices(workspace, "农业银行安康分行").glob("*.xlsx")
    (finding,) = rows(openpyxl.load_workbook(copy)[LIST])
    lines = ["问题编号,核实说明,填写人", f"{finding},{WHY},示例乙", "F000000000000,写给不存在的问题的一段说明,示例乙"]
    (workspace / "inbox" / "说明.csv").write_text("\n".join(lines), encoding="gb18030")
    code, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert code == 1, "others have not sent anything"
    assert "《说明.csv》带回核实说明：采纳1条，不予受理1条。" in out
    assert "没有编号为“F000000000000”的审核问题" in out
    assert "认不出" not in out
    assert [e["by"] for e in _journal(workspace) if e["kind"] == "explained"] == ["示例乙"]


@pytest.mark.parametrize("heading", ["说明人", "姓名"])
def test_a_csv_may_call_its_author_otherwise(capsys, workspace, heading):
    (copy,) = notices(workspace, "农业银行安康分行").glob("*.xlsx")
    (finding,) = rows(openpyxl.load_workbook(copy)[LIST])
    lines = [f"问题编号,核实说明,{heading}", f"{finding},{WHY},示例乙"]
    (workspace / "inbox" / "说明.csv").write_text("\n".join(lines), encoding="utf-8")
    run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert [e["by"] for e in _journal(workspace) if e["kind"] == "explained"] == ["示例乙"]


def test_the_same_answers_sent_again_are_on_record_once(capsys, workspace):
    inbox = workspace / "inbox" / "2018-03"
    source = notices(workspace, "农业银行安康分行") / OF_ABC
    answered(source, inbox / "农行回复.xlsx", WHY)
    answered(source, inbox / "农行回复（再发）.xlsx", WHY, author="示例丙")
    code, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert code == 1
    assert "采纳1条" in out
    assert "已更正或已说明过1条" in out
    assert len([e for e in _journal(workspace) if e["kind"] == "explained"]) == 1


@pytest.mark.parametrize(("author", "by"), [("示例丁", "示例丁"), ("", "未署名")])
def test_who_answers_is_kept(capsys, workspace, author, by):
    inbox = workspace / "inbox" / "2018-03"
    answered(notices(workspace, "农业银行安康分行") / OF_ABC, inbox / "农行回复.xlsx", WHY, author)
    run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert [e["by"] for e in _journal(workspace) if e["kind"] == "explained"] == [by]


def test_an_answer_without_a_name_counts_and_everybody_is_told_where_to_sign(capsys, workspace):
    """The list's room for its author is merged from C to E in the row above the header: C4."""
    inbox = workspace / "inbox" / "2018-03"
    source = shutil.copy2(notices(workspace, "农业银行安康分行") / OF_ABC, workspace / "theirs.xlsx")
    (finding,) = rows(openpyxl.load_workbook(source)[LIST])
    answered(source, inbox / "农行回复.xlsx", WHY, author=None)
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    where = "工作表“审核问题”中“填写人”后的单元格C4"
    assert "《2018-03/农行回复.xlsx》带回核实说明：采纳1条。" in out
    assert f"其中1条没有署名：已按填报单位的说明采纳；请其在{where}填上姓名发回（说明不必重写）" in out
    assert not notices(workspace, "农业银行安康分行").exists(), "the question is not asked again"
    asks = f"已采纳的核实说明有1条没有署名，请在《农行回复.xlsx》{where}填上姓名后发回，说明不必重写。"
    assert asks in receipt(workspace, "农业银行安康分行")
    _, listed, _ = run(capsys, "status", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert f"[未署名] 农业银行安康分行：核实说明1条（{finding}），已按填报单位的说明采纳；请其在{where}填上" in listed
    report = openpyxl.load_workbook(workspace / "output/2018-03/审核报告.xlsx")["问题清单"]
    assert any(f"{WHY}（2018-04-12，未署名）" in str(c.value) for r in report.iter_rows() for c in r)

    answered(source, inbox / "农行补署名.xlsx", WHY)
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-13")
    assert "《2018-03/农行补署名.xlsx》带回核实说明：采纳0条，补署名1条。" in out
    assert "没有署名" not in receipt(workspace, "农业银行安康分行")
    _, listed, _ = run(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", "2018-04-13")
    assert "未署名" not in listed
    assert [e["by"] for e in _journal(workspace) if e["kind"] == "explained"] == ["未署名", "示例甲"]


def test_a_notice_about_something_else_asks_for_the_name_too(capsys, workspace):
    """农行 explains one question in a csv without the column, and sends measures that raise another."""
    (finding,) = rows(openpyxl.load_workbook(notices(workspace, "农业银行安康分行") / OF_ABC)[LIST])
    (workspace / "inbox" / "说明.csv").write_text(f"问题编号,核实说明\n{finding},{WHY}", encoding="utf-8")
    shown = openpyxl.load_workbook(SAMPLE / "2018-03" / "农行2018年3月金融扶贫小额贷款统计表.xlsx")
    shown.active["J8"].value = -1
    shown.save(workspace / "inbox" / "2018-03" / "农行更正.xlsx")
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert "其中1条没有署名" in out and "新加的“填写人”一列填上姓名发回" in out
    letter = words_of(notices(workspace, "农业银行安康分行") / "退回通知.docx")
    assert "已采纳的核实说明有1条没有署名，请在《说明.csv》" in letter and "新加的“填写人”一列填上姓名后发回" in letter


def words_of(letter):
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(letter)).paragraphs)


def receipt(workspace, unit):
    return words_of(workspace / "output" / "2018-03" / "回执" / f"{unit}.docx")


def test_an_answer_about_another_figure_settles_nothing(capsys, workspace):
    """The list shows 79.30; meanwhile another figure is in force, still above the cap: 2.00 more lent and repaid."""
    source = notices(workspace, "农业银行安康分行") / OF_ABC
    answered(source, workspace / "alone.xlsx", WHY)
    book = openpyxl.load_workbook(source)
    for cell in ("I14", "I7", "L14", "L7", "O14", "O7", "P14", "P7", "R14", "R7"):
        book.worksheets[0][cell].value = round(book.worksheets[0][cell].value + 2, 2)
    assert book.worksheets[0]["I14"].value == 81.3
    del book[LIST]
    book.save(workspace / "inbox" / "2018-03" / "农行更正.xlsx")
    run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-11")
    alone = openpyxl.load_workbook(workspace / "alone.xlsx")
    del alone[alone.sheetnames[0]]
    alone.save(workspace / "inbox" / "2018-03" / "农行说明.xlsx")
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, *DAY_AFTER)
    assert "说明针对的填报数是79.30万元，现在是81.30" in out
    assert not [e for e in _journal(workspace) if e["kind"] == "explained"]


def test_a_document_has_its_places_told_and_nobody_looks_for_filled_cells(capsys, tmp_path):
    """平利's measures are a Word file: what goes back is a list, and the corrections go into the document itself."""
    import docx

    inbox_of(tmp_path, "2018-03", only="平利农商")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    letter = docx.Document(str(notices(tmp_path, "平利农商银行") / "退回通知.docx"))
    words = "".join(paragraph.text for paragraph in letter.paragraphs)
    assert "填色" not in words and "有误的在原文件中改正" in words
    (table,) = letter.tables
    assert table.rows[1].cells[2].text == "表1第9行第3列"
    (copy,) = notices(tmp_path, "平利农商银行").glob("*.xlsx")
    sheet = openpyxl.load_workbook(copy)[LIST]
    guide = "".join(str(c.value) for r in sheet.iter_rows(max_row=4) for c in r if c.value)
    assert "填色" not in guide and "在原文件改正" in guide
    (row,) = rows(sheet).values()
    assert (row["工作表"].value, row["单元格"].value) == ("表1第9行第3列", None)


@pytest.mark.parametrize(("unit", "told"), [("元", "原表以元计，在原表中改正时请仍按元填写。"), ("万元", ""), ("", "")])
def test_who_reports_in_another_unit_of_money_is_told_so(unit, told):
    """All messages are in 万元: what is to be typed into the unit's own table is in its own."""
    from types import SimpleNamespace

    from pipeline.jobs.notices import _content, _Sent
    from pipeline.periods import Month
    from pipeline.render.stamp import Stamp

    record = SimpleNamespace(money_unit=unit)
    stamp = Stamp(Month(2018, 3), False, False, "示例办", 1, 1, "2018-04-10")
    made = _content(
        _Sent("", "甲.xls", (record,), ()), "甲银行", SimpleNamespace(month=Month(2018, 3)), stamp, stamp.created.date(),
        None,
    )  # fmt: skip
    assert told in "".join(made.guide)
    assert ("原表以" in "".join(made.guide)) == bool(told)
