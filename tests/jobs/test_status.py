"""`status` for a clerk in a hurry: who is chased since when, by when, with days; the year so far; what to do next."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import docx
import pytest

from pipeline.cli import main
from pipeline.jobs import status
from pipeline.jobs.clock import clock_for
from pipeline.jobs.status_words import deadline_lines, status_title
from pipeline.periods import Month
from pipeline.validate.duties import Deadline
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import SAMPLE, changed_copy, inbox_of, received_late
from tests.validate.test_duties import MOVING


def paragraphs(path: Path) -> list[str]:
    """The words of a letter, tables among them."""
    document = docx.Document(str(path))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def looked(capsys, folder, day: str, *more: str, period: str = "2018-03") -> list[str]:
    _, out, _ = run(capsys, "status", period, "--workspace", folder, "--as-of", day, *more)
    return out.rstrip().splitlines()


def chased(lines: list[str], label: str) -> list[str]:
    return [line for line in lines if line.startswith(f"[{label}] ")]


def of(told: dict, unit: str, form: str = "M01") -> list[dict]:
    return [one for one in told["data"]["chases"] if (one["reporting_unit"], one["form"]) == (unit, form)]


# ------------------------------------------------------------------ since when, by when, how many days


def test_who_has_not_sent_is_chased_by_days(capsys, march):
    """March is due on 8 April; nothing came of 邮储 by the 10th, nor by the 13th. Targets are due on 8 February."""
    for day, over in (("2018-04-10", 2), ("2018-04-13", 5)):
        told = asked(capsys, "status", "2018-03", "--workspace", march, "--as-of", day)
        (missing,) = of(told, "psbc")
        assert missing == {
            "why": "missing",
            "reporting_unit": "psbc",
            "form": "M01",
            "period": "2018-03",
            "since": None,
            "until": "2018-04-08",
            "days_over": over,
            "questions": 0,
        }
        (line,) = chased(looked(capsys, march, day), "未报送")
        assert "邮储银行安康市分行（月报、措施表）" in line
        assert line.endswith(f"：4月8日到期，已过期{over}天。")


def test_what_was_sent_back_is_to_be_answered_within_three_days_of_the_notice(capsys, march):
    """汉阴 and 农行's question were found on 10 April: an answer is in time on the 13th."""
    told = asked(capsys, "status", "2018-03", "--workspace", march, "--as-of", "2018-04-10")
    (refused,), (doubted,) = of(told, "rcb-hanyin"), of(told, "abc")
    assert (refused["why"], refused["since"], refused["until"]) == ("rejected", "2018-04-10", "2018-04-13")
    assert (doubted["why"], doubted["until"], doubted["questions"]) == ("unexplained", "2018-04-13", 1)
    for day, time in (("2018-04-10", "还有3天"), ("2018-04-13", "今天到期"), ("2018-04-15", "已过期2天")):
        lines = looked(capsys, march, day)
        assert chased(lines, "退回") == [f"[退回] 汉阴农商银行（月报）：4月10日退回，应于4月13日前更正重报，{time}。"]
        asks = f"[待核实] 农业银行安康分行（月报）1项：4月10日提出，应于4月13日前答复，{time}。"
        assert chased(lines, "待核实") == [asks]
        assert f"4月13日，{time}" in next(line for line in lines if "汉阴农商银行" in line and "退回" in line)


def test_the_notice_and_status_name_the_same_day(march):
    letter = "".join(paragraphs(march / "output/2018-03/退回单/汉阴农商银行/退回通知.docx"))
    assert "2018年4月13日前" in letter


def test_before_the_deadline_there_is_time_left(capsys, tmp_path):
    inbox_of(tmp_path, "2018-03", only="市2018")
    inbox_of(tmp_path, "2018-01", only="市2018")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-03")
    lines = looked(capsys, tmp_path, "2018-04-05")
    assert lines[0].strip() == "2018年3月报送情况（4月8日截止），还有3天"
    (line,) = chased(lines, "未到期")
    assert line.endswith("：4月8日到期，还有3天。")
    assert not chased(lines, "未报送")
    assert lines[-1].startswith("下一步：等候汉滨农商银行、汉阴农商银行、石泉农商银行等22家，4月8日到期；")


def test_who_was_given_more_time_is_told_apart(capsys, march, tmp_path):
    shutil.copytree(march, tmp_path / "ws")
    here = ("--workspace", tmp_path / "ws", "--as-of", "2018-04-10")
    made = asked(capsys, "extend", "psbc", "2018-03", "2018-04-12", "--reason", "系统升级", "--by", "示例甲", *here)
    (line,) = chased(looked(capsys, tmp_path / "ws", "2018-04-10"), "未到期")
    assert line == "[未到期] 邮储银行安康市分行（月报、措施表）：4月12日到期（已延期），还有2天。"
    asked(capsys, "undo", made["data"]["entry"], "--reason", "写错了", "--by", "示例甲", *here)
    lines = looked(capsys, tmp_path / "ws", "2018-04-10")
    assert not chased(lines, "未到期")
    assert "邮储银行安康市分行" in chased(lines, "未报送")[0]


def test_a_rejected_correction_and_a_withdrawal_are_asked_for(capsys, here, workspace):
    statement = SAMPLE / "2018-03/石泉农商银行2018年3月.xlsx"
    changed_copy(statement, workspace / "inbox/石泉更正.xlsx", "期末贷款户数", lambda households: -households)
    told = asked(capsys, "monthly", "2018-03", *here)
    lines = looked(capsys, workspace, "2018-04-10")
    kept = "[更正件退回] 石泉农商银行（月报）：4月10日退回，应于4月13日前更正重报（仍采用原报送），还有3天。"
    assert kept in lines
    abc = duty(told, "abc")["submission"]
    asked(capsys, "withdraw", abc, "--reason", "发错了", "--by", "示例甲", *here)
    lines = looked(capsys, workspace, "2018-04-10")
    assert "[已撤出] 农业银行安康分行（月报）：已按决定撤出，请重新报送。" in lines
    assert "请农业银行安康分行重新报送" in lines[-1]


# ------------------------------------------------------------------ what to do next


def test_the_last_line_says_what_to_do_the_most_pressing_first(capsys, march):
    assert looked(capsys, march, "2018-04-15")[-1] == (
        "下一步：催报汉滨农商银行、宁陕农商银行、紫阳农商银行等17家（催报函在 output/2018-03/催报函）；"
        "催汉阴农商银行、农业银行安康分行答复退回单；收到后放入收件文件夹，再运行 make monthly PERIOD=2018-03。"
    )


def test_letters_that_no_run_has_written_yet_are_to_be_written(capsys, tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉农商")
    here = ("--workspace", tmp_path)
    run(capsys, "monthly", "2018-03", *here, "--as-of", "2018-04-07")
    assert "催报函" not in looked(capsys, tmp_path, "2018-04-08")[-1]
    assert "（运行 make monthly PERIOD=2018-03 生成催报函）" in looked(capsys, tmp_path, "2018-04-09")[-1]
    assert not (tmp_path / "output/2018-03/催报函").exists()
    told = asked(capsys, "monthly", "2018-03", *here, "--as-of", "2018-04-09")
    assert told["data"]["releases"][0]["release"] == 2, "nothing came, but a deadline has passed"
    letter = "".join(paragraphs(tmp_path / "output/2018-03/催报函/农业银行安康分行.docx"))
    assert "2018年4月8日" in letter
    assert "（催报函在 output/2018-03/催报函）" in looked(capsys, tmp_path, "2018-04-09")[-1]
    again = asked(capsys, "monthly", "2018-03", *here, "--as-of", "2018-04-11")
    assert again["data"]["releases"][0]["release"] == 2, "the same letter need not be written every day"


def test_where_nobody_has_sent_anything_the_month_itself_is_in_doubt(capsys, march):
    """Of May 2018 the year's targets are in, so that a run writes letters; of 2019 there is nothing at all."""
    assert (
        "（运行 make monthly PERIOD=2018-05 生成催报函）" in looked(capsys, march, "2018-06-12", period="2018-05")[-1]
    )
    last = looked(capsys, march, "2019-06-12", period="2019-05")[-1]
    assert last.startswith(
        "下一步：催报汉滨农商银行、汉阴农商银行、石泉农商银行等22家（还没有收到任何报表，请先核对报告期）"
    )
    assert "；补报本办的年度目标任务（" in last
    nothing = looked(capsys, march, "2018-04-10", period="2016-05")
    assert nothing[-1] == "下一步：这个月没有应报的报表，请核对报告期。"


def test_the_month_in_numbers_stands_above_the_last_line(capsys, march):
    """In are two forms of 农行, three of 石泉 and its county, two of 汉阴 and its county, the targets: 8.

    汉阴's statement is sent back, so that of 35 there are 26 that have not come; 农行 is asked one thing.
    """
    assert looked(capsys, march, "2018-04-10")[-2] == "2018年3月应报35份，已采用8份；未报送26份，退回1份，待核实1项。"


def test_an_extension_takes_the_letter_back_until_its_own_day_has_passed(capsys, tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉农商")
    letter = tmp_path / "output/2018-03/催报函/农业银行安康分行.docx"
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-09")
    assert letter.exists()
    here = ("--workspace", tmp_path, "--as-of", "2018-04-10")
    made = asked(capsys, "extend", "abc", "2018-03", "2018-04-12", "--reason", "系统升级", "--by", "示例甲", *here)
    run(capsys, "monthly", "2018-03", *here)
    assert not letter.exists()
    assert letter.with_name("邮储银行安康市分行.docx").exists()
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-13")
    told = "".join(paragraphs(letter))
    assert ("2018年4月12日" in told, "2018年4月8日" in told) == (True, False)
    later = ("--workspace", tmp_path, "--as-of", "2018-04-14")
    asked(capsys, "undo", made["data"]["entry"], "--reason", "写错了", "--by", "示例甲", *later)
    run(capsys, "monthly", "2018-03", *later)
    assert "2018年4月8日" in "".join(paragraphs(letter))


def test_a_month_that_is_complete_or_final_says_so(capsys, tmp_path):
    inbox_of(tmp_path, "2017-01")
    here = ("--workspace", tmp_path, "--as-of", "2017-02-11")
    run(capsys, "monthly", "2017-01", *here)
    lines = looked(capsys, tmp_path, "2017-02-11", period="2017-01")
    assert lines[-1] == "下一步：数据齐全，核对附件后正式发布：make monthly PERIOD=2017-01 FINAL=1。"
    run(capsys, "monthly", "2017-01", "--final", *here)
    assert looked(capsys, tmp_path, "2017-02-11", period="2017-01")[-1] == "下一步：没有要办的事。"


# ------------------------------------------------------------------ the deadline


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2018-07-05", "2018年6月报送情况（7月9日截止，7月8日休息顺延），还有4天"),
        ("2018-07-09", "2018年6月报送情况（7月9日截止，7月8日休息顺延），今天到期"),
        ("2018-07-11", "2018年6月报送情况（7月9日截止，7月8日休息顺延），已过2天"),
    ],
)
def test_a_deadline_that_moved_says_from_where(tmp_path, day, title):
    outcome = status.run(tmp_path, Month(2018, 6), MOVING, clock_for(day))
    assert status_title(outcome).splitlines()[0] == title
    assert {str(duty.due) for duty in outcome.view.duties if duty.period == "2018-06"} == {"2018-07-09"}


def test_years_without_a_known_calendar_are_told():
    told = Deadline(date(2099, 8, 10), date(2099, 8, 8), is_announced=False)
    (line,) = deadline_lines(told)
    assert line.startswith(
        "[期限] 2099年的放假安排本程序还不知道，8月10日的截止日只按周末推算。放假通知公布后请更新程序"
    )
    assert deadline_lines(Deadline(date(2018, 4, 8), date(2018, 4, 8))) == []


# ------------------------------------------------------------------ the record


@pytest.fixture(scope="module")
def spring(tmp_path_factory):
    """Both forms of 农行 for January and March 2018, 石泉's for January, four days late; received on 10 April."""
    folder = tmp_path_factory.mktemp("spring")
    inbox_of(folder, "2018-01", "2018-03", only="农行")
    inbox_of(folder, "2018-01", only="石泉农商银行2018")
    received_late(folder / "inbox", "2018-01", "石泉农商银行2018", "2018-02-12 09:00")
    with pytest.raises(SystemExit):
        main.main(["monthly", "2018-03", "--workspace", str(folder), "--as-of", "2018-04-10"])
    return folder


def counts(told: dict, unit: str) -> dict:
    return next(one for one in told["data"]["record"]["reporting_units"] if one["reporting_unit"] == unit)


def test_the_year_so_far_by_unit(capsys, spring):
    """A bank owes two forms a month, measures among them: six since January, of which 农行 sent four and 石泉 two.

    农行 is asked about an average above the cap in March, and about words that are those of a December nobody knows.
    """
    told = asked(capsys, "status", "2018-03", "--workspace", spring, "--as-of", "2018-04-10")
    assert (told["data"]["record"]["from"], told["data"]["record"]["to"]) == ("2018-01", "2018-03")
    abc, shiquan = counts(told, "abc"), counts(told, "rcb-shiquan")
    assert (abc["owed"], abc["in_time"], abc["missing"], abc["soft"]) == (6, 4, 2, 2)
    assert (shiquan["owed"], shiquan["late"], shiquan["days_late"], shiquan["missing"]) == (6, 2, 8, 4)
    (late,) = (
        one
        for one in told["data"]["record"]["forms"]
        if (one["reporting_unit"], one["form"], one["period"]) == ("rcb-shiquan", "M01", "2018-01")
    )
    assert (late["due"], late["received_at"], late["days_late"]) == ("2018-02-08", "2018-02-12 09:00", 4)
    assert (late["punctuality"], late["accepted_on"], late["days_to_accept"]) == ("late", "2018-02-12", 0)
    (missing,) = (
        one
        for one in told["data"]["record"]["forms"]
        if (one["reporting_unit"], one["form"], one["period"]) == ("abc", "M01", "2018-02")
    )
    assert (missing["punctuality"], missing["days_late"]) == ("missing", 33), "from 8 March to 10 April"


def test_yearly_targets_are_counted_once(capsys, spring):
    told = asked(capsys, "status", "2018-03", "--workspace", spring, "--as-of", "2018-04-10")
    targets = [one for one in told["data"]["record"]["forms"] if one["form"] == "T01"]
    assert [(one["period"], one["due"]) for one in targets] == [("2018", "2018-02-08")]


def test_it_is_told_in_short_and_in_full_where_it_is_asked_for(capsys, spring):
    lines = looked(capsys, spring, "2018-04-10")
    assert any(line.startswith("2018年1月至3月报送记录：应报103份，按时4份，迟报2份，未报97份，") for line in lines)
    assert "  石泉农商银行：应报6份，迟报2份，未报4份。" in lines
    whole = looked(capsys, spring, "2018-04-10", "--record", "2018-01:2018-02")
    assert any(line.strip() == "2018年1月至2月报送记录" for line in whole)
    (row,) = (line.split() for line in whole if line.split()[:2] == ["石泉农商银行", "4"])
    assert row == ["石泉农商银行", "4", "0", "2", "2", "0", "0", "0", "0", "0", "0"]


def test_any_months_can_be_asked_for_and_nothing_of_others_is_counted(capsys, spring):
    told = asked(
        capsys, "status", "2018-03", "--record", "2017-12:2018-01", "--workspace", spring, "--as-of", "2018-04-10"
    )
    record = told["data"]["record"]
    assert {one["period"] for one in record["forms"]} == {"2017-12", "2018-01", "2018"}
    assert counts(told, "abc")["in_time"] == 2
    refused = asked(capsys, "status", "2018-03", "--record", "一季度", "--workspace", spring)
    assert refused["exit"] == 2


def test_it_is_what_was_known_on_its_day(capsys, spring):
    """All of it came in on 10 April: the day before nothing was known of it."""
    told = asked(capsys, "status", "2018-03", "--workspace", spring, "--as-of", "2018-04-09")
    assert counts(told, "rcb-shiquan") | {"name": ""} == {
        "reporting_unit": "rcb-shiquan", "name": "", "owed": 6, "in_time": 0, "late": 0, "missing": 6, "not_due": 0,
        "voluntary": 0, "days_late": 0, "accepted": 0, "rejections": 0, "faulty": 0, "hard": 0, "soft": 0,
        "explained": 0, "unexplained": 0,
    }  # fmt: skip


def test_extending_and_undoing_it_changes_the_record(capsys, spring, tmp_path):
    shutil.copytree(spring, tmp_path / "ws")
    here = ("--workspace", tmp_path / "ws", "--as-of", "2018-04-10")

    def shiquan() -> tuple[int, int, int]:
        """Of both forms: in time, late, days late together."""
        one = counts(asked(capsys, "status", "2018-03", *here), "rcb-shiquan")
        return one["in_time"], one["late"], one["days_late"]

    assert shiquan() == (0, 2, 8)
    made = asked(capsys, "extend", "石泉农商银行", "2018-01", "2018-02-11", "--reason", "大雪", "--by", "示例甲", *here)
    assert shiquan() == (0, 2, 2)
    more = asked(capsys, "extend", "石泉农商银行", "2018-01", "2018-02-12", "--reason", "大雪", "--by", "示例甲", *here)
    assert shiquan() == (2, 0, 0)
    for entry, seen in ((more, (0, 2, 2)), (made, (0, 2, 8))):
        asked(capsys, "undo", entry["data"]["entry"], "--reason", "写错了", "--by", "示例甲", *here)
        assert shiquan() == seen
