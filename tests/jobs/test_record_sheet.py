"""The year's record in the report of a release: words by hand, made anew when an earlier month changes."""

from __future__ import annotations

import openpyxl
import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.record_sheet import cell_words, record_month
from pipeline.periods import Month
from pipeline.store.journal import WITHDRAWN
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import inbox_of
from tests.validate.test_reporting_record import HARD, decided, found, record_of, sent


def table(folder, period="2018-03") -> dict[tuple[str, str], tuple]:
    sheet = openpyxl.load_workbook(folder / f"output/{period}/审核报告.xlsx")["报送记录"]
    return {(row[0], row[1]): row[2:] for row in sheet.iter_rows(min_row=4, values_only=True)}


@pytest.mark.parametrize(
    ("why", "records", "findings", "decisions", "words"),
    [
        ("in time", [sent(1, "2018-04-08")], [], [], "按时"),
        ("three days late", [sent(1, "2018-04-11")], [], [], "迟3天"),
        ("nothing came", [], [], [], "未报"),
        ("sent back", [sent(1, "2018-04-06")], [found(1, "S1", HARD)], [], "按时，退1次，未采用"),
        (
            "right at the second attempt",
            [sent(1, "2018-04-09"), sent(2, "2018-04-12")],
            [found(1, "S1", HARD)],
            [],
            "迟1天，退1次",
        ),
        ("taken out", [sent(1, "2018-04-06")], [], [decided(WITHDRAWN, submission="S1")], "按时，已撤出"),
    ],
)
def test_a_month_in_a_word(why, records, findings, decisions, words):
    assert cell_words(record_of(records, findings, decisions)) == words


def test_yearly_forms_stand_in_the_month_whose_deadline_they_have():
    assert record_month("2018", load_catalog()) == Month(2018, 1)
    assert record_month("2018-03", load_catalog()) == Month(2018, 3)


def test_the_report_of_a_month_tells_the_year_so_far(march):
    """The sample's March of 农行, 石泉 and 汉阴, and the targets: nothing of January and February."""
    told = table(march)
    assert told["农业银行安康分行", "M01 月报"] == ("未报", "未报", "按时", 3, 1, 0, 2, 0, 0, 1)
    assert told["汉阴农商银行", "M01 月报"] == ("未报", "未报", "按时，退1次，未采用", 3, 1, 0, 2, 1, 1, 0)
    assert told["安康市金融工作办公室", "T01 目标任务"] == ("按时", "不须报", "不须报", 1, 1, 0, 0, 0, 0, 0)
    assert told["合计", None][3] == 103


def test_what_comes_for_an_earlier_month_makes_the_draft_anew(capsys, here, workspace):
    inbox_of(workspace, "2018-02", only="邮储")
    made = asked(capsys, "monthly", "2018-03", *here)
    assert made["data"]["releases"][0]["release"] == 2
    assert table(workspace)["邮储银行安康市分行", "M01 月报"][:3] == ("未报", "按时", "未报")
    again = asked(capsys, "monthly", "2018-03", *here)
    assert again["data"]["releases"][0]["new"] is False


def test_a_month_without_a_release_has_its_report_with_the_record(capsys, tmp_path):
    """Only 汉阴's statement, which is sent back: nothing to publish, and the report tells it."""
    inbox_of(tmp_path, "2018-03", only="汉阴农商银行2018")
    code, _, _ = run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    assert code == 3
    assert table(tmp_path)["汉阴农商银行", "M01 月报"][:3] == ("未报", "未报", "按时，退1次，未采用")
