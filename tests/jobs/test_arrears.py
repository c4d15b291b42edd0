"""One reminder a unit: all that it is behind with, of earlier months too, and answers that did not come in time."""

from __future__ import annotations

import shutil

import docx
import pytest

from pipeline.jobs import monthly
from pipeline.jobs.clock import clock_for
from pipeline.jobs.overriding import Finality
from pipeline.periods import Month
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import inbox_of
from tests.validate.test_duties import MOVING

STATEMENT, MEASURES = "金融扶贫小额贷款统计表", "金融机构扶贫工作措施表"


def reminder(folder, unit, period="2018-03"):
    """Title, the other words, and the table without its header; nothing where the unit is not written to."""
    path = folder / "output" / period / "催报函" / f"{unit}.docx"
    if not path.exists():
        return None
    letter = docx.Document(str(path))
    title = next(p.text for p in letter.paragraphs if p.style.name == "Title")
    (table,) = letter.tables
    return title, "\n".join(p.text for p in letter.paragraphs), [[c.text for c in r.cells][1:] for r in table.rows[1:]]


@pytest.fixture(scope="module")
def two_months(tmp_path_factory):
    """Of February and March 2018 only 石泉's files came; each month was run two days after its deadline."""
    folder = tmp_path_factory.mktemp("two")
    inbox_of(folder, "2018-02", only="石泉")
    for month, day in (("2018-02", "2018-03-10"), ("2018-03", "2018-04-10")):
        inbox_of(folder, month, only="石泉")
        with pytest.raises(SystemExit):
            monthly_of(folder, month, day)
    return folder


def monthly_of(folder, month, day, *more):
    from pipeline.cli import main

    main.main(["monthly", month, "--workspace", str(folder), "--as-of", day, *more])


def test_one_letter_names_both_months_the_older_first(two_months):
    """February was due on 8 March, March on 8 April: on 10 April, 23 days of March and 10 of April have gone by."""
    title, words, rows = reminder(two_months, "农业银行安康分行")
    assert title == "关于报送2018年2月、2018年3月报表的函"
    assert "规定，2018年2月报表应于2018年3月8日前报送，2018年3月报表应于2018年4月8日前报送。截至2018年4月10日" in words
    assert "你单位下列报表尚未收到：" in words and "请于2018年4月13日前报送我办。确无业务的月份，也请报送" in words
    assert rows == [
        [STATEMENT, "2018年2月", "未报送", "2018年3月8日", "33天"],
        [MEASURES, "2018年2月", "未报送", "2018年3月8日", "33天"],
        [STATEMENT, "2018年3月", "未报送", "2018年4月8日", "2天"],
        [MEASURES, "2018年3月", "未报送", "2018年4月8日", "2天"],
    ]
    assert reminder(two_months, "石泉农商银行")[2] == [
        [MEASURES, "2018年2月", "1个问题3月10日提出，未说明", "2018年3月13日", "28天"]
    ], "it is behind with an answer alone"
    assert reminder(two_months, "农业银行安康分行", "2018-02")[2] == [
        [STATEMENT, "2018年2月", "未报送", "2018年3月8日", "2天"],
        [MEASURES, "2018年2月", "未报送", "2018年3月8日", "2天"],
    ]


def test_who_sent_this_month_is_still_reminded_of_the_last(capsys, two_months, tmp_path):
    shutil.copytree(two_months, tmp_path / "ws")
    inbox_of(tmp_path / "ws", "2018-03", only="宁陕")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path / "ws", "--as-of", "2018-04-10")
    title, words, rows = reminder(tmp_path / "ws", "宁陕农商银行")
    assert title == "关于报送2018年2月报表的函"
    assert "规定，2018年2月报表应于2018年3月8日前报送。截至" in words
    assert [row[1] for row in rows] == ["2018年2月", "2018年2月"]


def test_status_tells_of_earlier_months_too(capsys, two_months):
    here = ("--workspace", two_months, "--as-of", "2018-04-10")
    told = asked(capsys, "status", "2018-03", *here)
    of_abc = [one for one in told["data"]["behind"] if one["reporting_unit"] == "abc"]
    assert [(one["form"], one["period"], one["until"], one["days_over"]) for one in of_abc] == [
        ("M01", "2018-02", "2018-03-08", 33),
        ("Q01", "2018-02", "2018-03-08", 33),
    ]
    lines = run(capsys, "status", "2018-03", *here)[1].splitlines()
    (line,) = [line for line in lines if line.startswith("[往月未报送] 2018年2月，")]
    assert "农业银行安康分行（月报、措施表）" in line
    assert line.endswith("：3月8日到期，已过期33天。")
    assert "；往月未了的事项一并催办" in lines[-1]
    lines = run(capsys, "status", "2018-02", *here)[1]
    assert "往月" not in lines, "of January nobody was ever written to"


def test_a_month_that_is_final_with_its_gaps_is_closed(capsys, two_months, tmp_path):
    shutil.copytree(two_months, tmp_path / "ws")
    here = ("--workspace", tmp_path / "ws", "--as-of", "2018-04-10")
    final = ("--final", "--override", "示例甲", "--reason", "省里催要，先行正式发布，缺报单位已在附注列明")
    run(capsys, "monthly", "2018-02", *final, *here)
    run(capsys, "monthly", "2018-03", *here)
    assert {row[1] for row in reminder(tmp_path / "ws", "农业银行安康分行")[2]} == {"2018年3月"}
    assert asked(capsys, "status", "2018-03", *here)["data"]["behind"] == []


def test_answers_that_did_not_come_in_time_are_asked_for(capsys, workspace):
    """汉阴's statement was sent back and 农行 asked one thing on 10 April: both have until the 13th."""
    run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-13")
    assert (reminder(workspace, "汉阴农商银行"), reminder(workspace, "农业银行安康分行")) == (None, None)
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-15")
    assert "已生成第2版（草稿）" in out, "nothing came, but letters are due"
    title, words, rows = reminder(workspace, "汉阴农商银行")
    assert title == "关于答复2018年3月报表审核问题的函"
    assert "截至2018年4月15日，你单位下列答复尚未收到：" in words
    assert "请于2018年4月18日前报送我办。" in words
    assert "规定" not in words and "无业务" not in words
    assert rows == [[STATEMENT, "2018年3月", "4月10日退回，未更正重报", "2018年4月13日", "2天"]]
    assert reminder(workspace, "农业银行安康分行")[2] == [
        [STATEMENT, "2018年3月", "1个问题4月10日提出，未说明", "2018年4月13日", "2天"]
    ]
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-16")
    assert "与第2版（草稿）相比没有变化" in out, "no second letter about the same"


def test_an_explanation_takes_the_unit_from_the_letters(capsys, workspace):
    told = asked(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", "2018-04-10")
    (open_one,) = [f for f in told["data"]["findings"] if (f["reporting_unit"], f["status"]) == ("abc", "open")]
    later = ("--workspace", workspace, "--as-of", "2018-04-15")
    text = "紫阳县三户合作社社员按联保发放，单户超过五万元部分为自有担保贷款"
    asked(capsys, "explain", open_one["finding"], "--text", text, "--by", "示例乙", *later)
    run(capsys, "monthly", "2018-03", *later)
    assert reminder(workspace, "农业银行安康分行") is None
    assert reminder(workspace, "汉阴农商银行") is not None


def test_what_is_missing_and_what_is_unanswered_stand_in_one_letter(capsys, tmp_path):
    """农行's statement came, its measures did not: one row is from 8 April, the other from the 13th."""
    inbox_of(tmp_path, "2018-03", only="农行2018")
    for day in ("2018-04-10", "2018-04-15"):
        run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", day)
    title, words, rows = reminder(tmp_path, "农业银行安康分行")
    assert title == "关于报送2018年3月报表和答复2018年3月报表审核问题的函"
    assert "你单位下列报表和答复尚未收到：" in words
    assert sorted(row[2:] for row in rows) == [
        ["1个问题4月10日提出，未说明", "2018年4月13日", "2天"],
        ["未报送", "2018年4月8日", "7天"],
    ]


def test_an_answer_is_late_after_the_working_day_that_it_was_moved_to(tmp_path):
    """Asked on Thursday, 12 April 2018: three days lead to Sunday the 15th, so that Monday the 16th is in time."""
    inbox_of(tmp_path, "2018-03", only="汉阴农商银行2018")
    inbox_of(tmp_path, "2018-03", only="石泉农商银行2018")

    def released(day):
        monthly.run(
            tmp_path, tmp_path / "inbox", [Month(2018, 3)], MOVING, clock_for(day),
            finality=Finality(wanted=False), progress=lambda stage, done, of: None,
        )  # fmt: skip

    rows = []
    for day in ("2018-04-12", "2018-04-16", "2018-04-17"):
        released(day)
        rows.append((reminder(tmp_path, "汉阴农商银行") or ("", "", []))[2])
    assert rows == [[], [], [[STATEMENT, "2018年3月", "4月12日退回，未更正重报", "2018年4月16日", "1天"]]]


def test_a_complete_month_is_looked_at_again_where_something_was_taken_out_since(capsys, tmp_path):
    """February had come whole; 石泉's statement is withdrawn in April. It was due on 8 March, 33 days before."""
    inbox_of(tmp_path, "2018-01", only="措施")
    inbox_of(tmp_path, "2018-02", "2018-03")
    here = ("--workspace", tmp_path, "--as-of")
    (february,) = asked(capsys, "monthly", "2018-02", *here, "2018-03-10")["data"]["releases"]
    asked(capsys, "monthly", "2018-03", *here, "2018-04-10")
    assert reminder(tmp_path, "石泉农商银行") is None
    (own,) = (d["submission"] for d in february["duties"] if (d["reporting_unit"], d["form"]) == ("rcb-shiquan", "M01"))
    asked(
        capsys,
        "withdraw",
        own,
        "--reason",
        "石泉农商银行来电说明发错了文件，随后重报",
        "--by",
        "示例甲",
        *here,
        "2018-04-10",
    )
    asked(capsys, "monthly", "2018-03", *here, "2018-04-10")
    assert reminder(tmp_path, "石泉农商银行")[2] == [[STATEMENT, "2018年2月", "撤出后未重报", "2018年3月8日", "33天"]]
