"""Reminders and receipts: who owes what since when, what is accepted under which number."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import docx
import openpyxl
import pytest

from pipeline.jobs import monthly
from pipeline.jobs.clock import clock_for
from pipeline.jobs.overriding import Finality
from pipeline.periods import Month
from pipeline.render.harmless import printable
from tests.jobs.inprocess import asked, run
from tests.jobs.registers import exported, imported
from tests.jobs.sample import AS_OF, changed_copy, inbox_of, received_late, tree
from tests.validate.test_duties import MOVING

LATER = ("--as-of", "2018-04-20")


def letters(workspace, folder, period="2018-03"):
    found = workspace / "output" / period / folder
    return {p.stem: docx.Document(str(p)) for p in sorted(found.glob("*.docx"))} if found.exists() else {}


def told(document):
    """Its words without what only guides line breaks, and its table."""
    words = [printable(p.text) for p in document.paragraphs]
    return words, [[printable(c.text) for c in row.cells] for row in document.tables[0].rows]


def test_a_unit_that_has_sent_nothing_is_reminded_of_all_it_owes(workspace):
    """Due on the 8th by 284号; on the 10th two days have gone by; an answer is wanted within three days."""
    reminders = letters(workspace, "催报函")
    assert not {"农业银行安康分行", "石泉农商银行", "安康市金融工作办公室"} & set(reminders)
    words, rows = told(reminders["镇坪农商银行"])
    assert "镇坪农商银行：" in words
    assert any(
        "按照安康市金融扶贫“四项制度”（安政办函〔2017〕284号）规定，2018年3月报表应于2018年4月8日前报送。截至2018年4月10日"
        in text
        for text in words
    )
    assert any("请于2018年4月13日前报送我办。" in text for text in words)
    assert rows == [
        ["序号", "报表", "报告期", "情况", "期限", "已逾期"],
        ["1", "金融扶贫小额贷款统计表", "2018年3月", "未报送", "2018年4月8日", "2天"],
        ["2", "金融机构扶贫工作措施表", "2018年3月", "未报送", "2018年4月8日", "2天"],
    ]


def test_nobody_is_reminded_before_the_last_day_is_over_and_everybody_after_it_though_nothing_came(capsys, tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-08")
    assert letters(tmp_path, "催报函") == {}
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-09")
    assert "镇坪农商银行" in letters(tmp_path, "催报函"), "a day has passed, and with it the deadline: letters are due"


def test_an_extension_moves_the_day_from_which_reminders_are_written(capsys, workspace, here):
    asked(
        capsys,
        "extend",
        "镇坪农商银行",
        "2018-03",
        "2018-04-15",
        "--reason",
        "系统升级停机三天",
        "--by",
        "示例甲",
        *here,
    )
    asked(capsys, "monthly", "2018-03", *here)
    assert "镇坪农商银行" not in letters(workspace, "催报函")
    assert "白河农商银行" in letters(workspace, "催报函")


def test_a_receipt_names_each_accepted_submission(capsys, workspace, here):
    receipts = letters(workspace, "回执")
    assert set(receipts) == {"农业银行安康分行", "石泉农商银行", "石泉县金融办", "汉阴农商银行", "汉阴县金融办"}
    _, (_, measures) = told(receipts["汉阴农商银行"])
    assert measures[1] == "金融机构扶贫工作措施表", "its statement is rejected"
    words, (header, row, _) = told(receipts["农业银行安康分行"])
    assert header == ["编号", "报表", "收到时间", "情况", "文件和校验值（SHA-256前16位）"]
    assert row[0] == received_as(workspace, "408f0b7c95d14f80"), "the number under which the journal has it"
    assert row[1:4] == ["金融扶贫小额贷款统计表", "2018-04-03 16:08", "按时"]
    assert row[4].startswith("农行2018年3月金融扶贫小额贷款统计表.xlsx　408f0b7c95d14f80")
    assert "其中有1个核实性问题待说明，见退回单，请于2018年4月13日前答复。" in words


def received_as(workspace, sha256):
    """The number of the journal's entry that tells of the receipt of a file."""
    with sqlite3.connect(workspace / "store" / "store.sqlite") as store:
        found = store.execute("select seq from journal where body like ? order by seq", (f'%"sha256": "{sha256}%',))
        return str(found.fetchone()[0])


def test_the_number_and_the_time_of_a_receipt_are_those_of_the_file_that_counts(capsys, tmp_path):
    """石泉's statement came on 12 April, four days late, and once more, corrected, on the 16th: that one counts."""
    inbox_of(tmp_path, "2018-03", only="石泉农商银行2018年3月.xlsx")
    first = tmp_path / "inbox/2018-03/石泉农商银行2018年3月.xlsx"
    received_late(tmp_path / "inbox", "2018-03", first.name[:4], "2018-04-12 09:00")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-12")
    _, (_, row) = told(letters(tmp_path, "回执")["石泉农商银行"])
    number = received_as(tmp_path, sha256(first.read_bytes()).hexdigest())
    assert row[:4] == [number, "金融扶贫小额贷款统计表", "2018-04-12 09:00", "迟报4天"]
    second = tmp_path / "inbox/2018-04/石泉更正.xlsx"
    changed_copy(first, second, "授信户数", lambda households: households + 1)
    registered = "文件,收到时间,方式,报送人,代录人\n石泉更正.xlsx,2018-04-16 10:30,邮件,,\n"
    (second.parent / "收件登记.csv").write_text(registered, "utf-8-sig")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-16")
    _, (_, row) = told(letters(tmp_path, "回执")["石泉农商银行"])
    later = received_as(tmp_path, sha256(second.read_bytes()).hexdigest())
    assert row[:4] == [later, "金融扶贫小额贷款统计表", "2018-04-16 10:30", "迟报4天"]
    assert int(later) > int(number)
    assert row[4].endswith(sha256(second.read_bytes()).hexdigest()[:16])


def test_contacts_of_the_register_stand_in_the_reminder(capsys, workspace, here):
    def somebody(book):
        book["联系人"].append(["rcb-zhenping", "镇坪农商银行", "示例张三", "信贷科长", "0915-0000001"])
        book["联系人"].append(["office", "安康市金融工作办公室", "示例李四", "", "0915-0000002"])

    imported(capsys, here, exported(capsys, here, workspace / "登记表.xlsx"), somebody)
    asked(capsys, "monthly", "2018-03", *here)
    words, _ = told(letters(workspace, "催报函")["镇坪农商银行"])
    assert "你单位登记的联系人：示例张三（信贷科长，0915-0000001）。如有变动，请一并告知。" in words
    whom_to_ask = "（联系人：示例李四（0915-0000002））"
    assert whom_to_ask in words
    notice = docx.Document(str(next((workspace / "output/2018-03/退回单/汉阴农商银行").glob("*.docx"))))
    said = [paragraph.text for paragraph in notice.paragraphs]
    assert said[said.index(whom_to_ask) - 1] == "2018年4月10日"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai"])
def test_letters_are_the_same_everywhere(capsys, workspace, tmp_path, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    inbox = workspace / "inbox"
    other = tmp_path / "other"
    run(capsys, "monthly", "2018-03", "--inbox", inbox, "--workspace", other, "--as-of", AS_OF)
    for folder in ("退回单", "催报函", "回执"):
        assert tree(other / "output" / "2018-03" / folder) == tree(workspace / "output" / "2018-03" / folder)


def test_a_list_speaks_of_what_is_asked_in_it_and_a_letter_names_what_is_enclosed(workspace):
    """汉阴's statement is wrong, 农行 is asked one thing: neither is told how to settle what the other has."""
    heads = {}
    for unit, file in (
        ("汉阴农商银行", "汉阴农商银行2018年3月（标注）.xlsx"),
        ("农业银行安康分行", "农行2018年3月金融扶贫小额贷款统计表（标注）.xlsx"),
    ):
        folder = workspace / "output/2018-03/退回单" / unit
        rows = openpyxl.load_workbook(folder / file)["审核问题"].iter_rows(max_row=4, values_only=True)
        heads[unit] = "".join(str(value) for row in rows for value in row if value)
        words = [p.text for p in docx.Document(str(folder / "退回通知.docx")).paragraphs]
        at = words.index("附件：1.审核问题清单")
        assert words[at + 1] == f"2.{file}", unit
        assert words[-2:] == ["附件1", "审核问题清单"], "on a page of its own, after the signature"
        assert any("安金扶办函〔2018〕　　号" in text for text in words), unit
    wrong, asked_of = heads["汉阴农商银行"], heads["农业银行安康分行"]
    assert "强制性问题：请在原表的填色单元格中改正。" in wrong
    assert "核实性问题" not in wrong and "写了核实说明的" not in wrong
    assert "核实性问题：有误的在原表改正；属实的，在“核实说明”栏写明具体原因" in asked_of
    assert "强制性" not in asked_of and "写了核实说明的，请在“填写人”后填上姓名。" in asked_of


# ------------------------------------------------------------------ a profile that moves deadlines to working days


@pytest.fixture
def moving(tmp_path):
    """March 2017 is due on 8 April, a Saturday, so on Monday the 10th; 农行's statement came that Monday."""
    inbox_of(tmp_path, "2017-03", only="农行2017")
    register = tmp_path / "inbox/2017-03/收件登记.csv"
    rows = register.read_text("utf-8-sig").splitlines()
    changed = [f"{row.split(',')[0]},2017-04-10 17:00,邮件,," if "农行2017" in row else row for row in rows]
    register.write_text("\n".join(changed) + "\n", "utf-8-sig")

    def released(day: str) -> None:
        monthly.run(
            tmp_path, tmp_path / "inbox", [Month(2017, 3)], MOVING, clock_for(day),
            finality=Finality(wanted=False), progress=lambda stage, done, of: None,
        )  # fmt: skip

    return released


def test_letters_and_receipts_keep_to_the_moved_day(moving, tmp_path):
    moving("2017-04-10")
    assert letters(tmp_path, "催报函", "2017-03") == {}
    _, (_, receipt) = told(letters(tmp_path, "回执", "2017-03")["农业银行安康分行"])
    assert "按时" in receipt
    moving("2017-04-11")
    words, rows = told(letters(tmp_path, "催报函", "2017-03")["邮储银行安康市分行"])
    assert any("2017年3月报表应于2017年4月10日前报送" in text for text in words)
    assert rows[1][-2:] == ["2017年4月10日", "1天"]
    moving("2017-04-12")
    words, _ = told(letters(tmp_path, "催报函", "2017-03")["邮储银行安康市分行"])
    assert any("请于2017年4月14日前报送我办" in text for text in words), "no second letter about the same"


def test_an_answer_that_would_be_wanted_on_a_saturday_is_wanted_on_monday(moving, tmp_path):
    """From Wednesday, 12 April 2017, three days lead to Saturday, 15 April."""
    moving("2017-04-12")
    words, _ = told(letters(tmp_path, "催报函", "2017-03")["邮储银行安康市分行"])
    assert any("请于2017年4月17日前报送我办" in text for text in words)
