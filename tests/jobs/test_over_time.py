"""Statements are judged against what is in force before them, whenever that changes: through files, as a clerk sees it."""

import openpyxl
import pytest

from pipeline.jobs import monthly
from tests.jobs.histories import file
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, SAMPLE, inbox_of

BANK, UNIT = "石泉农商银行", "rcb-shiquan"
DECEMBER, JANUARY, FEBRUARY, MARCH = "2017-12", "2018-01", "2018-02", "2018-03"
OWED, GOOD, LAST, START = "期末贷款余额", "正常类贷款", "上月末余额", "年初余额"


def source(period):
    year, month = period.split("-")
    return SAMPLE / period / f"{BANK}{year}年{int(month)}月.xlsx"


class Office:
    """A workspace to which statements of one bank are sent, one after another."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys, self.sent = folder, capsys, 0
        self.where = ("--workspace", folder, "--as-of", AS_OF)

    def put(self, period, **more):
        """The sample's statement of a month; in each of these rows the last number is so much more (万元)."""
        self.sent += 1
        target = self.folder / "inbox" / f"{BANK}第{self.sent}次.xlsx"
        book = openpyxl.load_workbook(source(period))
        for row in book.active.iter_rows():
            if row[0].value in more:
                cell = [cell for cell in row[3:] if isinstance(cell.value, int | float)][-1]
                cell.value = round(cell.value + more[row[0].value], 2)
        target.parent.mkdir(parents=True, exist_ok=True)
        book.save(target)

    def monthly(self, period=MARCH, *more):
        return asked(self.capsys, "monthly", period, *more, *self.where)

    def state(self, period):
        """Of its statement: that which counts, and the last that came."""
        one = duty(asked(self.capsys, "status", period, *self.where), UNIT)
        return one["state"], one["last_state"]

    def counting(self, period):
        return duty(asked(self.capsys, "status", period, *self.where), UNIT)["submission"]

    def told(self, period, *rules):
        """(rule, status) of what was found over time, each once."""
        findings = asked(self.capsys, "status", period, *self.where)["data"]["findings"]
        return sorted(
            {(f["rule"], f["status"]) for f in findings if f["rule"] in rules and f["reporting_unit"] == UNIT}
        )


BALANCE = {OWED: 5, GOOD: 5}
"""A balance that is 5 万元 more than it was, true in itself."""
EQUATIONS = ("A02", "A03", "A04", "A05", "A06")


@pytest.fixture
def office(tmp_path, capsys):
    return Office(tmp_path / "ws", capsys)


def test_true_months_one_after_another(office):
    for period in (DECEMBER, JANUARY, FEBRUARY, MARCH):
        office.put(period)
    office.monthly()
    for period in (DECEMBER, JANUARY, FEBRUARY, MARCH):
        assert office.state(period)[0] == "in_force"
        assert office.told(period, *EQUATIONS, "A07", "A18") == []


def test_a_balance_that_does_not_follow_is_rejected_and_the_earlier_version_stays_in_force(office):
    office.put(FEBRUARY)
    office.put(MARCH)
    office.monthly()
    first = office.counting(MARCH)
    office.put(MARCH, **BALANCE)
    told = office.monthly()
    assert office.state(MARCH) == ("in_force", "rejected")
    assert office.counting(MARCH) == first
    assert f"更正件被退回（仍采用原报送）：{BANK}" in told["message"]
    (found,) = (
        f for f in asked(office.capsys, "status", MARCH, *office.where)["data"]["findings"] if f["rule"] == "A02"
    )
    assert (found["severity"], found["status"], found["area"]) == ("hard", "open", "shiquan")
    assert (found["value"], found["expected"]) == ("9121800.00", "9071800.00")
    assert found["message"].startswith(
        "文件《石泉农商银行第3次.xlsx》工作表“月报表”单元格G21：石泉县“期末余额/金额”912.18万元，"
        "而上月“期末余额/金额”865.26万元＋“发放情况/本月/金额”84.97万元－“收回情况/本月金额”43.05万元，合计应为907.18万元，相差5.00万元"
    )


def test_a_true_month_is_taken_in_and_last_months_fault_is_asked_about_until_it_is_corrected(office):
    """February was typed 5 万元 too high; March, which is true to itself, types 865.26 as February's balance."""
    office.put(FEBRUARY, **BALANCE)
    office.put(MARCH)
    office.monthly()
    assert office.state(MARCH)[0] == "in_force"
    assert office.told(MARCH, *EQUATIONS, "A07", "A29") == [("A29", "open")]
    (found,) = (
        f for f in asked(office.capsys, "status", MARCH, *office.where)["data"]["findings"] if f["rule"] == "A29"
    )
    assert (found["severity"], found["cell"], found["value"]) == ("soft", "G22", "8652600.00")
    assert (
        "《石泉农商银行第1次.xlsx》工作表“月报表”单元格G21“期末余额/金额”870.26万元，按本月报表推算应为865.26万元"
        in found["message"]
    )
    office.put(FEBRUARY)
    office.monthly(FEBRUARY)
    assert office.state(MARCH)[0] == "in_force"
    assert office.told(MARCH, *EQUATIONS, "A07", "A29") == [("A29", "corrected")]


def test_a_first_month_is_held_against_the_bases_that_it_types(office):
    """Nothing is in force before March: 865.26 + 84.97 - 43.05 are 907.18, and 5 more were typed."""
    office.put(MARCH, **BALANCE)
    office.monthly()
    (found,) = (
        f for f in asked(office.capsys, "status", MARCH, *office.where)["data"]["findings"] if f["rule"] == "A30"
    )
    assert (found["severity"], found["status"], found["cell"]) == ("soft", "open", "G21")
    assert (found["value"], found["expected"]) == ("9121800.00", "9071800.00")
    assert office.state(MARCH)[0] == "in_force"


def test_a_month_is_judged_again_when_the_month_before_is_changed_and_was_wrong(office):
    office.put(FEBRUARY)
    office.put(MARCH)
    office.monthly()
    assert office.state(MARCH)[0] == "in_force"
    office.put(FEBRUARY, **BALANCE)
    office.monthly(FEBRUARY)
    assert office.state(MARCH)[0] == "rejected"
    assert office.told(MARCH, "A02", "A07") == [("A02", "open"), ("A07", "folded")]


def test_in_whichever_order_they_come(office):
    office.put(MARCH)
    office.monthly()
    assert office.state(MARCH)[0] == "in_force"
    office.put(FEBRUARY, **BALANCE)
    office.monthly(FEBRUARY)
    assert office.told(MARCH, "A02", "A29") == [("A29", "open")]


def test_later_months_are_judged_again_when_december_changes(office):
    """January and February are not there: only the year's start can tell."""
    office.put(DECEMBER)
    office.put(MARCH)
    office.monthly()
    assert office.told(MARCH, "A03", "A07") == []
    office.put(DECEMBER, **BALANCE)
    office.monthly()
    assert office.told(MARCH, "A03", "A07") == [("A03", "open"), ("A07", "folded")]
    assert office.state(MARCH)[0] == "rejected"
    office.put(DECEMBER)
    office.monthly()
    assert office.told(MARCH, "A03", "A07") == [("A03", "corrected"), ("A07", "corrected")]
    assert office.state(MARCH)[0] == "in_force"


def test_a_month_that_is_rejected_is_no_base(office):
    """February's grades do not add up: what it says of the balance is not what March is held against."""
    office.put(FEBRUARY, **{OWED: 5})
    office.put(MARCH)
    office.monthly()
    assert office.state(FEBRUARY)[0] == "rejected"
    assert office.state(MARCH)[0] == "in_force"
    assert office.told(MARCH, *EQUATIONS, "A07") == []


def test_a_month_rejected_for_what_came_before_it_is_no_base_either(office):
    """February does not follow from January; March follows from February, but nothing follows from a rejected month."""
    office.put(JANUARY)
    office.put(FEBRUARY, **BALANCE)
    office.put(MARCH, **BALANCE)
    office.monthly()
    assert (office.state(FEBRUARY)[0], office.state(MARCH)[0]) == ("rejected", "in_force")
    assert office.told(FEBRUARY, "A02") == [("A02", "open")]
    assert office.told(MARCH, "A02", "A07") == []


def test_a_statement_taken_out_is_no_base_and_one_brought_back_is(office):
    office.put(FEBRUARY, **BALANCE)
    office.put(MARCH)
    office.monthly()
    february = office.counting(FEBRUARY)
    taken = asked(office.capsys, "withdraw", february, "--reason", "试报的表", "--by", "示例甲", *office.where)
    office.monthly()
    assert office.told(MARCH, "A29") == [("A29", "corrected")]
    asked(office.capsys, "undo", taken["data"]["entry"], "--reason", "不是试报", "--by", "示例甲", *office.where)
    office.monthly()
    assert office.told(MARCH, "A29") == [("A29", "corrected"), ("A29", "open")]


def test_an_imported_december_is_a_base_to_ask_about_and_no_ground_to_reject(office, tmp_path):
    office.put(MARCH)
    office.monthly()
    assert office.told(MARCH, "A03", "A07") == []
    row = [DECEMBER, BANK, "石泉县", "期末余额/金额", 843.96, "2017年统计年报"]
    asked(office.capsys, "import-history", file(tmp_path, row), *office.where)
    office.monthly()
    assert office.told(MARCH, "A03", "A07") == [("A07", "open")]


def test_last_month_sent_again_is_told(office):
    """February's figures under March's title."""
    office.put(FEBRUARY)
    office.sent += 1
    book = openpyxl.load_workbook(source(FEBRUARY))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("2018年2月", "2018年3月").replace("2018年3月5日", "2018年4月5日")
    book.save(office.folder / "inbox" / f"{BANK}第{office.sent}次.xlsx")
    office.monthly()
    assert office.state(MARCH)[0] == "rejected"
    assert ("A18", "open") in office.told(MARCH, "A18")


def test_what_was_found_is_kept_once(office):
    office.put(FEBRUARY, **BALANCE)
    office.put(MARCH)
    office.monthly()
    first = asked(office.capsys, "status", MARCH, *office.where)["data"]["findings"]
    office.monthly()
    assert asked(office.capsys, "status", MARCH, *office.where)["data"]["findings"] == first


def test_a_final_month_is_not_judged_anew(tmp_path, capsys):
    """February was final when January's correction came, from which it no longer follows."""
    office = Office(tmp_path / "ws", capsys)
    inbox_of(office.folder, FEBRUARY, JANUARY, DECEMBER)
    (office.folder / "inbox" / FEBRUARY / source(FEBRUARY).name).unlink()
    office.put(FEBRUARY, **{LAST: 1})
    told = office.monthly(FEBRUARY)
    (question,) = (f for f in told["data"]["releases"][0]["unexplained"] if f["rule"] == "A07")
    answer = "1月末余额在2月5日作过一次更正，本表照旧数填写"
    asked(capsys, "explain", question["finding"], "--text", answer, "--by", "示例甲", *office.where)
    final = office.monthly(FEBRUARY, "--final")
    assert final["status"] == "final", final["message"]
    assert office.told(FEBRUARY, "A07") == [("A07", "explained")]
    office.put(JANUARY, **BALANCE)
    office.monthly(FEBRUARY)
    assert office.told(FEBRUARY, "A02", "A07") == [("A07", "explained")]
    assert office.state(FEBRUARY)[0] == "in_force"
    office.put(FEBRUARY)
    office.monthly(FEBRUARY)
    assert office.told(FEBRUARY, "A02", "A07") == [("A07", "explained")]
    assert office.state(FEBRUARY) == ("in_force", "pending")


# ------------------------------------------------------------------ how much of it is this month's


def test_what_is_found_of_other_months_is_counted_apart(capsys, tmp_path, monkeypatch):
    """February's balance is wrong; then everything is read anew while February and March come in as they ought to be.

    March is true to the February that the unit corrected: of March there is nothing to tell.
    """
    office = Office(tmp_path, capsys)
    for period in (DECEMBER, JANUARY, FEBRUARY):
        office.put(period, **(BALANCE if period == FEBRUARY else {}))
    _, out, _ = run(capsys, "monthly", FEBRUARY, *office.where)
    first = out.splitlines()[0]
    assert "；其他月份" not in first, "of December and January nothing is found"
    assert first.endswith("发现强制性问题1个、核实性问题0个。"), (
        "the balance, with what follows from it folded under it"
    )

    office.put(FEBRUARY)
    office.put(MARCH)
    monkeypatch.setattr(monthly, "__version__", "another")
    _, out, _ = run(capsys, "monthly", MARCH, *office.where)
    again, first = out.splitlines()[:2]
    assert again.startswith("报表定义、登记表或程序有变化")
    assert first == (
        "新收到2个文件，读出报表2份，2018年3月没有发现问题；其他月份（2018年2月）另有强制性问题1个、核实性问题0个。"
    )


def test_what_was_explained_is_no_news_when_everything_is_read_anew(capsys, workspace, here, monkeypatch):
    """Of March 汉阴 must correct one thing, and 农行 was asked another: it has answered that."""
    (question,) = asked(capsys, "monthly", MARCH, *here)["data"]["releases"][0]["unexplained"]
    why = "紫阳县有三户产业大户按担保方式各发放八万元"
    asked(capsys, "explain", question["finding"], "--text", why, "--by", "示例甲", *here)
    inbox_of(workspace, MARCH, only="扶贫工作措施表（平利农商银行")
    monkeypatch.setattr(monthly, "__version__", "another")
    _, out, _ = run(capsys, "monthly", MARCH, *here)
    assert out.splitlines()[1] == "新收到1个文件，读出报表1份，发现强制性问题1个、核实性问题0个。"


def test_a_formula_without_a_result_is_told_once(office):
    """Something stands in the cell, though it could not be read: it is not called blank besides."""
    office.put(FEBRUARY)
    office.put(MARCH)
    target = office.folder / "inbox" / f"{BANK}第2次.xlsx"
    book = openpyxl.load_workbook(target)
    (row,) = (row for row in book.active.iter_rows() if row[0].value == OWED)
    row[6].value = "=SUM(G25:G29)"
    book.save(target)
    office.monthly()
    assert {*office.told(MARCH, "F07", "A16")} == {("F07", "open")}
