"""What a department sends without owing it is told wherever a month is told, and no month waits for it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.gaps import month_closing, state_of
from pipeline.jobs.month import MonthView
from pipeline.periods import Month
from pipeline.validate.duties import duties_of
from pipeline.validate.verdicts import State
from tests.ingest.documents import Measures, document, form, tr
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.pages import Page
from tests.jobs.sample import AS_OF, inbox_of
from tests.validate.test_duties import sent

NAME = "安康银监分局"
TOLD = f"自愿报送被退回：{NAME}（措施表），不影响齐全，可请其更正后重报。"


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """A bank's March, and a department's measures with a row that belongs to no item."""
    folder = tmp_path_factory.mktemp("refused")
    inbox = inbox_of(folder, "2018-03", only="石泉")
    (inbox / "银监措施.docx").write_bytes(document(form(tr("特色做法", "走访")).replace("汉阴农商银行", NAME)))
    return folder


@pytest.fixture(scope="module")
def released(refused):
    """The same after its release: what `monthly` answered lies beside it."""
    from tests.jobs.sample import asked as in_a_process

    return refused, in_a_process("monthly", "2018-03", "--as-of", AS_OF, "--workspace", refused)


def test_the_run_and_status_tell_it(released, capsys):
    folder, told = released
    here = ("--workspace", folder, "--as-of", AS_OF)
    sent_back = duty(told, "dept-cbrc", "Q01")
    assert (sent_back["voluntary"], sent_back["state"], sent_back["late"]) == (True, "rejected", False)
    assert duty(told, "rcb-shiquan")["voluntary"] is False
    assert TOLD in told["message"]
    status = asked(capsys, "status", "2018-03", *here)
    assert TOLD.removesuffix("。") in status["message"]
    assert duty(status, "dept-cbrc", "Q01") == sent_back
    owed = [one for one in status["data"]["duties"] if not one["voluntary"]]
    assert status["message"].startswith(f"2018年3月应报{len(owed)}份，已采用3份；")
    assert [f["status"] for f in status["data"]["findings"] if f["reporting_unit"] == "dept-cbrc"] == ["open"]
    _, said, _ = run(capsys, "status", "2018-03", *here)
    assert "退回（自愿报送）" in said


def test_the_page_tells_it(released):
    page = Page(released[0])
    rows = page.matrix("Q01")
    assert rows[NAME] == ["退回"]
    assert rows["已采用/应报"] == ["1/12"]
    assert f"Q01 金融机构扶贫工作措施表 4月8日 退回（自愿报送） 1 {NAME}" in page.waiting()
    assert "；另有自愿报送1份，已采用0份" in page.texts("//section[@id='reports']/p")[0]
    assert "人民银行安康市中心支行" not in rows, "nothing came from it"


def test_annex_1_tells_it(released):
    output = released[0] / "output/2018-03"
    (annex,) = output.glob("附件1 *.xlsx")
    cells = [str(c) for row in openpyxl.load_workbook(annex).active.iter_rows(values_only=True) for c in row if c]
    assert NAME in cells
    assert any(f"{NAME}（退回，自愿报送）" in cell for cell in cells)
    rows = csv.DictReader(io.StringIO((output / "data/annex1.csv").read_text("utf-8-sig")))
    assert "dept-cbrc" in {row["reporting_unit"] for row in rows}
    gaps = json.loads((output / "release.json").read_text("utf-8"))["gaps"]
    assert "dept-cbrc" not in {d["reporting_unit"] for kind in ("missing", "not_in_force", "late") for d in gaps[kind]}


def test_what_is_in_force_is_marked(tmp_path, capsys):
    inbox = inbox_of(tmp_path, "2018-03", only="石泉")
    own = Measures()
    own.above = (f"填报单位：{NAME}", "报告期：2018年3月")
    (inbox / "银监.xlsx").write_bytes(own.xlsx())
    told = asked(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", AS_OF)
    assert (duty(told, "dept-cbrc", "Q01")["voluntary"], "自愿" in told["message"]) == (True, False)
    assert Page(tmp_path).matrix("Q01")[NAME] == ["自愿"]


# ------------------------------------------------------------------ a month for which nothing else is to be done

CATALOG, MARCH, TODAY = load_catalog("ankang"), Month(2018, 3), date(2018, 4, 20)


def view(*volunteers) -> MonthView:
    """A month of which all that is owed is in force."""
    owed = [
        sent(d.unit, d.form, State.IN_FORCE, d.period, day="2018-03-20" if "-" in d.period else "2018-01-20")
        for d in duties_of(MARCH, [], CATALOG)
    ]
    judged = (*owed, *volunteers)
    return MonthView(MARCH, 1, judged, tuple(duties_of(MARCH, judged, CATALOG)), (), (), ())


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN, State.PENDING, State.IN_FORCE])
def test_no_month_waits_for_it(state):
    seen = view(sent("dept-cbrc", "Q01", state))
    assert seen.complete
    assert (seen.not_in, seen.missing, seen.late, seen.rejected_corrections) == ([], [], [], [])
    assert len(seen.owed) == len(seen.duties) - 1 == len(view().duties)


def test_a_complete_month_tells_it_all_the_same():
    seen = view(sent("dept-cbrc", "Q01", State.REJECTED))
    count = len(seen.owed)
    assert (
        month_closing(seen, TODAY, is_final=False) == f"2018年3月应报{count}份全部采用，数据齐全，可以打印送审。{TOLD}"
    )
    assert month_closing(seen, TODAY, is_final=True) == f"2018年3月已正式发布。{TOLD}"


def test_what_was_withdrawn_is_not_told_as_sent_back():
    assert "自愿" not in month_closing(view(sent("dept-cbrc", "Q01", State.WITHDRAWN)), TODAY, is_final=False)


def test_a_correction_of_it_that_was_sent_back_is_told():
    seen = view(sent("dept-cbrc", "Q01", State.IN_FORCE), sent("dept-cbrc", "Q01", State.REJECTED, day="2018-04-05"))
    assert seen.complete
    assert month_closing(seen, TODAY, is_final=False).endswith(TOLD)
    (volunteered,) = seen.volunteered
    assert state_of(volunteered, volunteered.due).startswith("已采用（自愿报送）")
