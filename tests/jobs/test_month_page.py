"""index.html of what a store knows."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest

from pipeline.jobs.month_page import standing_of
from pipeline.render.month_page_matrix import LEGEND, Mark
from pipeline.validate.duties import MISSING, Duty
from pipeline.validate.verdicts import Standing, State
from tests.browsing import opened
from tests.jobs.inprocess import asked, run
from tests.jobs.pages import Page, page_of
from tests.jobs.sample import AS_OF, inbox_of


@pytest.fixture(scope="module")
def page(march):
    return Page(march)


def test_who_reported(page):
    statements = page.matrix("M01")
    assert statements["农业银行安康分行"] == ["按时"]
    assert statements["汉阴农商银行"] == ["退回"]
    assert statements["邮储银行安康市分行"] == ["未报"]
    assert statements["已采用/应报"] == ["2/12"]
    assert page.matrix("C01")["石泉县金融办"] == ["按时"]
    assert page.matrix("T01") == {"安康市金融工作办公室": ["按时"], "已采用/应报": ["1/1"]}


def test_forms_stand_in_the_order_of_their_weight(page):
    captions = page.texts("//table[contains(@class,'matrix')]/caption")
    assert [caption[:3] for caption in captions] == ["M01", "C01", "Q01", "T01"]


def test_before_the_day_nobody_is_late(march):
    page = Page(march, "2018-04-08")
    assert page.matrix("M01")["邮储银行安康市分行"] == ["未到期"]
    assert Page(march, "2018-04-09").matrix("M01")["邮储银行安康市分行"] == ["未报"]


def test_months_before_anything_came_are_left_out_until_something_comes(capsys, here, workspace):
    inbox_of(workspace, "2018-01", only="农行")
    run(capsys, "monthly", "2018-03", *here)
    page = Page(workspace)
    assert page.matrix("M01")["农业银行安康分行"] == ["按时", "未报", "按时"]
    assert page.matrix("M01")["石泉农商银行"] == ["未报", "未报", "按时"]
    assert "期末余额（近3个月）" in page.texts("//figure//h3")


def test_what_is_late_and_what_is_withdrawn(capsys, here, workspace):
    inbox_of(workspace, "2018-03", only="岚皋县")
    run(capsys, "monthly", "2018-03", *here)
    told = asked(capsys, "status", "2018-03", *here)["data"]["duties"]
    (shiquan,) = (d["submission"] for d in told if (d["reporting_unit"], d["form"]) == ("rcb-shiquan", "M01"))
    run(capsys, "withdraw", shiquan, "--reason", "发重了一份", "--by", "示例甲", *here)
    page = Page(workspace)
    assert page.matrix("C01")["岚皋县金融办"] == ["迟1天"]
    assert page.matrix("M01")["石泉农商银行"] == ["撤出"]
    assert "迟报：岚皋县金融办" in page.texts("//section[@id='reports']/p")[0]


def test_what_asks_for_something(page):
    rows = page.waiting()
    (refused,) = (row for row in rows if "退回" in row)
    assert refused == "M01 金融扶贫小额贷款统计表 4月8日 退回 1 汉阴农商银行"
    (doubted,) = (row for row in rows if "待核实" in row)
    assert doubted.endswith("已采用；待核实1项 1 农业银行安康分行")
    (missing,) = (row for row in rows if row.startswith("M01") and "未报送" in row)
    assert "未报送，已过期2天 9 汉滨农商银行、" in missing


def test_findings_the_gravest_first_with_amounts_as_the_message_has_them(page):
    found = page.findings("M01")
    assert [row.split()[0] for row in found] == ["强制性", "核实性"], "the slip shows in three averages, and is one"
    assert "汉阴农商银行 M01 金融扶贫小额贷款统计表 2018-03/汉阴农商银行2018年3月.xlsx 月报表 D14 A13" in "".join(found)
    assert "所报 1186000.00万元 参考值 118.60万元" in "".join(found)
    assert found[-1].endswith("explain Ffd67552e294f")


def test_an_explained_finding_moves_down(capsys, here, workspace, page):
    run(capsys, "explain", "Ffd67552e294f", "--text", "三户合并贷款购买机械，已核对合同", "--by", "示例甲", *here)
    now = Page(workspace)
    waiting, explained = (
        [int(number) for number in one.texts("//table[@class='counts']/tbody/tr[th='核实性']")[0].split()[1:]]
        for one in (page, now)
    )
    assert (waiting[0] - explained[0], explained[1] - waiting[1]) == (1, 1)
    assert now.findings()[-1].startswith("核实性 已说明")
    assert now.findings()[-1].endswith(" Ffd67552e294f")
    assert not now.findings()[-1].endswith("explain Ffd67552e294f")


def test_a_file_that_is_nobodys_is_told(capsys, here, workspace):
    (workspace / "inbox" / "会议通知.txt").write_text("请于周五下午开会", "utf-8")
    run(capsys, "monthly", "2018-03", *here)
    assert any("认不出的单位" in row and "会议通知.txt" in row for row in Page(workspace).findings())


def test_the_head_says_what_the_run_said(capsys, here, march, page):
    _, out, _ = run(capsys, "monthly", "2018-03", *here)
    assert page.texts("//p[@class='closing']") == [out.strip().splitlines()[-1]]


def test_the_same_page_twice(march, page):
    assert Page(march).bytes == page.bytes


def test_key_figures_of_a_month_with_gaps(page):
    (year, *_) = page.texts("//dl/div")
    assert year.startswith("本年累计发放 ")
    assert "* 万元" in year
    assert "未报齐，不计算同比" in year
    assert page.texts("//p[@class='gap']")[0].startswith("带“*”的未报齐，不含：汉滨农商银行、")


def test_it_is_quiet_in_a_browser(browser, page, tmp_path):
    (tmp_path / "index.html").write_bytes(page.bytes)
    with opened(browser, tmp_path / "index.html") as seen:
        assert seen.heard == []
        assert seen.run("document.documentElement.scrollWidth") == 1366
        every, soft = len(page.findings()), len([row for row in page.findings() if row.startswith("核实性")])
        seen.page.select_option("[data-field=severity]", "soft")
        assert seen.texts("#shown") == [f"显示{soft}个，共{every}个。"]


# ------------------------------------------------------------------ every way a duty can stand

DUE, LATER = date(2018, 4, 8), date(2018, 4, 10)


def duty(state: str, days_late: int = 0, last: State | None = None, *, voluntary: bool = False) -> Duty:
    def standing(of: State) -> Standing:
        return Standing(record=None, state=of, hard=(), unexplained=())

    counting = None if state == MISSING else standing(State(state))
    return Duty(
        unit="abc", unit_name="示例银行", form="M01", form_name="表", form_short="月报", period="2018-03", due=DUE,
        state=state, counting=counting, last=standing(last) if last else counting, days_late=days_late,
        voluntary=voluntary,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (None, "—"),
        (duty("in_force"), "按时"),
        (duty("in_force", 3), "迟3天"),
        (duty("in_force", 3, last=State.REJECTED), "更正退回"),
        (duty("in_force", 3, last=State.PENDING), "更正待办"),
        (duty("in_force", last=State.WITHDRAWN), "按时"),
        (duty("rejected", 3), "退回"),
        (duty("pending"), "待处理"),
        (duty("withdrawn"), "撤出"),
        (duty(MISSING), "未报"),
        (duty("in_force", voluntary=True), "自愿"),
        (duty("in_force", last=State.REJECTED, voluntary=True), "更正退回"),
        (duty("rejected", voluntary=True), "退回"),
        (duty("pending", voluntary=True), "待处理"),
        (duty("withdrawn", voluntary=True), "撤出"),
    ],
)
def test_every_standing_has_its_word(owed, words):
    assert standing_of(owed, LATER).words == words


def test_every_mark_is_explained_in_its_own_words():
    words = [words for _, words, _ in LEGEND]
    assert {mark for mark, _, _ in LEGEND} == set(Mark)
    assert len(set(words)) == len(words)


def test_the_day_itself_is_in_time():
    assert standing_of(duty(MISSING), DUE).mark is Mark.NOT_DUE


def test_every_state_of_a_submission_has_a_mark():
    assert {standing_of(duty(state.value), LATER).mark for state in State} <= set(Mark)


def test_a_final_month_says_so(march):
    root = lxml.html.fromstring(page_of(march, "2018-03", AS_OF, draft=False).decode())
    assert root.xpath("string(//p[@class='closing'])").startswith("2018年3月已正式发布（未报送：")
