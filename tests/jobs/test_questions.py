"""Since when a question is asked and by when its answer is in time, whatever is derived anew in between."""

from __future__ import annotations

import json
import shutil
from datetime import date

import docx
import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs import monthly
from pipeline.jobs.questions import answer_by
from pipeline.periods import Month
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import SAMPLE, inbox_of
from tests.validate.test_duties import MOVING

CATALOG = load_catalog("ankang")
LETTER = "output/2018-03/退回单/{}/退回通知.docx"


def words(path):
    return "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def chase(capsys, folder, unit, form, day):
    told = asked(capsys, "status", "2018-03", "--workspace", folder, "--as-of", day)
    (one,) = (c for c in told["data"]["chases"] if (c["reporting_unit"], c["form"]) == (unit, form))
    return one["since"], one["until"], one["days_over"]


# ------------------------------------------------------------------ by when: three days, and a day on which people work


@pytest.mark.parametrize(
    ("why", "asked_on", "stated", "moved"),
    [
        ("a Friday stays", date(2018, 4, 10), date(2018, 4, 13), date(2018, 4, 13)),
        ("a Sunday", date(2018, 4, 12), date(2018, 4, 15), date(2018, 4, 16)),
        ("the first day of 国庆", date(2018, 9, 28), date(2018, 10, 1), date(2018, 10, 8)),
        ("a Saturday that is worked instead", date(2018, 9, 26), date(2018, 9, 29), date(2018, 9, 29)),
    ],
)
def test_an_answer_is_wanted_on_a_day_on_which_people_work_where_the_profile_says_so(why, asked_on, stated, moved):
    assert answer_by(CATALOG, Month(2018, 3), asked_on) == stated, "284号 says nothing of days off"
    assert answer_by(MOVING, Month(2018, 3), asked_on) == moved, why


# ------------------------------------------------------------------ since when


@pytest.fixture
def pingli(capsys, tmp_path):
    """平利's measures quote another balance than its statement: one question, found beside it, asked on 10 April."""
    inbox_of(tmp_path, "2018-03", only="平利农商")
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    return tmp_path


ASKED = ("2018-04-10", "2018-04-13")


def test_a_question_keeps_its_first_day_when_everything_is_read_anew(capsys, pingli, monkeypatch):
    assert chase(capsys, pingli, "rcb-pingli", "Q01", "2018-04-12") == (*ASKED, -1)
    monkeypatch.setattr(monthly, "__version__", "another")
    _, out, _ = run(capsys, "monthly", "2018-03", "--workspace", pingli, "--as-of", "2018-04-12")
    assert "已按新的定义重新读取全部存档文件" in out
    assert chase(capsys, pingli, "rcb-pingli", "Q01", "2018-04-12") == (*ASKED, -1)
    assert "请于2018年4月13日前办理" in words(pingli / LETTER.format("平利农商银行"))


def test_it_keeps_it_when_the_same_figure_is_sent_once_more(capsys, pingli):
    """The same words in another file; 平利's answer is over on the 16th, so that the new letter gives it three days."""
    paper = docx.Document(str(SAMPLE / "2018-03" / "扶贫工作措施表（平利农商银行2018年3月）.docx"))
    paper.core_properties.comments = "再发"
    paper.save(str(pingli / "inbox" / "2018-03" / "平利措施表（再发）.docx"))
    run(capsys, "monthly", "2018-03", "--workspace", pingli, "--as-of", "2018-04-16")
    assert chase(capsys, pingli, "rcb-pingli", "Q01", "2018-04-16") == (*ASKED, 3)
    assert "请于2018年4月19日前办理" in words(pingli / LETTER.format("平利农商银行")), (
        "no letter names a day that is over"
    )


def test_another_value_is_another_question(capsys, pingli):
    paper = docx.Document(str(SAMPLE / "2018-03" / "扶贫工作措施表（平利农商银行2018年3月）.docx"))
    runs = [r for t in paper.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs]
    for run_of_text in runs:
        run_of_text.text = run_of_text.text.replace("1233.40万元", "1232.40万元")
    paper.save(str(pingli / "inbox" / "2018-03" / "平利措施表（更正）.docx"))
    run(capsys, "monthly", "2018-03", "--workspace", pingli, "--as-of", "2018-04-16")
    assert chase(capsys, pingli, "rcb-pingli", "Q01", "2018-04-16") == ("2018-04-16", "2018-04-19", -3)


def test_a_letter_and_status_name_the_same_day_though_the_letter_is_written_anew(capsys, pingli):
    """石泉's papers come two days later: 平利's letter is made again, and its time does not begin again."""
    for paper in SAMPLE.glob("2018-03/石泉*.xlsx"):
        shutil.copy2(paper, pingli / "inbox" / "2018-03")
    run(capsys, "monthly", "2018-03", "--workspace", pingli, "--as-of", "2018-04-12")
    assert "请于2018年4月13日前办理" in words(pingli / LETTER.format("平利农商银行"))
    assert "请于2018年4月13日前答复" in words(pingli / "output/2018-03/回执/平利农商银行.docx")


def test_of_a_month_without_a_release_it_is_remembered_too(capsys, tmp_path, monkeypatch):
    """汉阴's statement is all that came, and it is sent back: there is nothing to release."""
    inbox_of(tmp_path, "2018-03", only="汉阴农商银行2018年3月.xlsx")
    here = ("monthly", "2018-03", "--workspace", tmp_path, "--as-of")
    code, _, _ = run(capsys, *here, "2018-04-10")
    assert code == 3
    monkeypatch.setattr(monthly, "__version__", "another")
    run(capsys, *here, "2018-04-12")
    assert chase(capsys, tmp_path, "rcb-hanyin", "M01", "2018-04-12") == (*ASKED, -1)
    assert "请于2018年4月13日前办理" in words(tmp_path / LETTER.format("汉阴农商银行"))
    record = json.loads((tmp_path / "output/2018-03/release.json").read_text("utf-8"))
    assert record["status"] == "nothing"
