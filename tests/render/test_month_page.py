"""index.html as a reader's browser shows it."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from pipeline.model import Severity
from pipeline.render.finding_rows import EffectSeen
from pipeline.render.month_page import month_page, warm_up
from tests.browsing import opened
from tests.render.month_pages import FINDINGS, STAMP, content, finding, small_catalog

NARROW, SMALL = (800, 600), (1024, 768)


# ------------------------------------------------------------------ quiet and accessible


@pytest.mark.parametrize("size", [(1366, 768), SMALL, NARROW])
def test_it_needs_nothing_complains_of_nothing_and_fits(browser, common, wide, size):
    for path in (common, wide):
        with opened(browser, path, size) as page:
            assert page.heard == []
            assert page.run("document.documentElement.scrollWidth") == size[0]


def test_a_machine_finds_no_barrier(browser, common):
    with opened(browser, common) as page:
        page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page.page).response["violations"]
        assert [(one["id"], one["impact"], one["nodes"][0]["target"]) for one in found] == []


def test_headings_go_down_step_by_step(browser, common):
    with opened(browser, common) as page:
        levels = page.run("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))
        assert page.run("document.documentElement.lang") == "zh-CN"
        assert page.run("['header','nav','main','footer'].map(n => document.querySelectorAll(n).length)") == [1] * 4


def test_the_first_key_leads_past_the_contents(browser, common):
    with opened(browser, common) as page:
        page.page.keyboard.press("Tab")
        assert page.run("document.activeElement.textContent") == "跳到正文"
        assert page.run("document.activeElement.getBoundingClientRect().top") >= 0, "seen when it has the focus"
        page.page.keyboard.press("Enter")
        assert page.run("document.activeElement.id") == "main"


def test_every_entry_of_the_contents_leads_somewhere(browser, common):
    with opened(browser, common) as page:
        wanted = page.run("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))")
        assert wanted == [
            *("#figures", "#reports", "#findings", "#charts"),
            *("#annex-1", "#annex-2", "#annex-3", "#annex-5", "#files"),
        ]  # fmt: skip
        assert all(page.page.locator(target).count() == 1 for target in wanted)
        sections = page.run("[...document.querySelectorAll('main section')].map(s => '#' + s.id)")
        assert sections == wanted, "in the order of the page"


@pytest.mark.parametrize("script", [True, False])
def test_the_long_words_of_annex_1_are_folded_until_asked_for(browser, common, script):
    with opened(browser, common, script=script) as page:
        words, summary = page.page.locator("#annex-1 .measures").first, page.page.locator("#annex-1 summary")
        assert summary.inner_text() == "各单位的措施（4个单位）"
        assert not words.is_visible()
        assert page.page.locator("#annex-1 .notes").is_visible(), "who is lacking is told anyway"
        summary.focus()
        page.page.keyboard.press("Enter")
        assert words.is_visible()


def test_wide_tables_scroll_by_themselves_and_keep_their_names(browser, wide):
    with opened(browser, wide, SMALL) as page:
        region = page.page.locator("#annex-2 .scroll")
        assert region.get_attribute("tabindex") == "0"
        before = page.run("document.querySelector('#annex-2 tbody th[scope=row]').getBoundingClientRect().left")
        region.evaluate("element => element.scrollLeft = 400")
        assert region.evaluate("element => element.scrollLeft") == 400
        after = page.run("document.querySelector('#annex-2 tbody th[scope=row]').getBoundingClientRect().left")
        assert after == pytest.approx(region.bounding_box()["x"], abs=1)
        assert before > after, "the number before it went out of sight"


# ------------------------------------------------------------------ what it says


def test_the_head_says_which_release_this_is(browser, common):
    with opened(browser, common) as page:
        assert page.page.title() == "虚构市金融扶贫月报（2018年3月）草稿　示例数据"
        assert page.texts("h1") == ["虚构市金融扶贫月报 2018年3月"]
        assert page.texts(".mark") == ["草稿", "示例数据"]
        assert page.texts(".facts") == [
            "虚构市金融工作办公室编制　第2版（草稿），数据版本12　余额截至2018年3月31日　收件截至2018年4月10日"
        ]
        assert page.texts(".closing")[0].endswith("下一步：催报未报单位。")


def test_a_final_release_of_real_data(browser, written):
    final = replace(STAMP, draft=False, sample=False)
    with opened(browser, written("final", content(stamp=final))) as page:
        assert page.texts(".mark") == ["正式"]
        assert "示例" not in page.run("document.body.textContent")


def test_key_figures_and_their_change(browser, common):
    with opened(browser, common) as page:
        cards = [" ".join(text.split()) for text in page.texts(".key > div")]
    assert cards == [
        "本年累计发放 350.00万元 同比增长75.00% 70户次",  # 200 in last year's March
        "本月发放 115.01万元 环比增长50.00% 23户次",  # 50 + 40 + 25.005; the change is given
        "期末余额 1000.00万元 较年初增加50.00万元 同比增长33.33%",  # 950 in December, 750 in last year's March
        "贷款户数 220户次 年初未统计",
        "年度任务完成率 41.18% 快于序时进度16.18个百分点 序时进度25.00% 全年任务850.00万元",
        "逾期率 0.70% 年初未统计 逾期余额7.00万元",
        "不良率 0.85% 年初未统计 不良余额8.50万元",
        "投放面（户贷率） 71.43% 年初未统计 建档立卡贫困户350户",
    ]  # fmt: skip


def test_partial_figures_are_marked_and_named(browser, wide):
    with opened(browser, wide) as page:
        cards = page.texts(".key > div")
        assert page.texts("#figures .gap") == ["带“*”的未报齐，不含：汉阴农商银行。"]
    assert "*万元" in cards[0].replace("\n", "")
    assert "未报齐，不计算同比" in cards[0]
    assert "未报齐，不计算" in cards[4]


def test_who_reported_when(browser, common):
    with opened(browser, common) as page:
        assert page.texts(".matrix caption") == ["M01 金融扶贫小额贷款统计表", "T01 目标任务表"]
        assert page.texts(".matrix:not(.yearly) thead tr:first-child th") == ["填报单位", "2017年", "2018年"]
        rows = page.run("[...document.querySelectorAll('.matrix tbody tr')].map(r => r.innerText.split('\\t'))")
    assert rows[0] == ["北山农商银行", *["按时"] * 13, "迟3天", "退回"]
    assert rows[1] == ["南河农商银行", *["—"] * 5, *["按时"] * 8, "撤出", "未报"]
    assert rows[2][-2:] == ["待处理", "更正退回"]
    assert rows[3] == ["已采用/应报", *["2/2"] * 5, *["3/3"] * 8, "1/3", "1/3"]
    assert rows[4:] == [["本办", "按时", "未到期"], ["已采用/应报", "1/1", "0/1"]]


def test_every_state_has_its_word_its_colour_and_a_place_in_the_legend(browser, common):
    with opened(browser, common) as page:
        legend = dict(zip(page.texts(".legend span"), page.texts(".legend li"), strict=True))
        used = set(page.texts(".matrix tbody tr:not(.sum) td"))
        looks = page.run(
            "[...document.querySelectorAll('.legend span')].map(e => "
            "getComputedStyle(e).backgroundColor + getComputedStyle(e).color)"
        )
    assert used <= legend.keys()
    assert all(len(text) > len(words) for words, text in legend.items())
    assert len(set(looks)) == len(legend) - 1, "what is not due and what is not owed look alike"


def test_what_asks_for_something_this_month(browser, common):
    with opened(browser, common) as page:
        rows = page.run("[...document.querySelectorAll('#reports .plain tbody tr')].map(r => r.innerText)")
    assert rows == [
        "M01 金融扶贫小额贷款统计表\t4月8日\t退回\t1\t北山农商银行",
        "M01 金融扶贫小额贷款统计表\t4月8日\t未报送，已过期2天\t1\t南河农商银行",
    ]


def test_charts_have_words_and_numbers(browser, common):
    with opened(browser, common) as page:
        titles = page.texts("figure h3")
        assert page.run("document.querySelectorAll('figure svg[role=img] > desc').length") == len(titles) == 5
        assert page.visible("figure table") == 0
        page.page.locator("figure summary").first.focus()
        page.page.keyboard.press("Enter")
        assert page.texts("figure:first-of-type tbody tr")[0].split() == ["北山县225.00"]
        assert page.visible("figure table") == 1


def test_links_lead_to_what_lies_beside(browser, common):
    with opened(browser, common) as page:
        addresses = page.run("[...document.querySelectorAll('#files a')].map(a => a.getAttribute('href'))")
        texts = page.texts("#files li")
    assert [unquote(address) for address in addresses] == [
        "退回单/北山农商银行/退回单 50%#1?.docx",
        "附件2 安康市金融扶贫小额贷款进展情况汇总表.xlsx",
        "data/annex2.csv",
        "data/findings.csv",
        "release.json",
    ]
    assert not [address for address in addresses if any(sign in address for sign in ' #?":')]
    assert texts[1:] == [
        "附件2 安康市金融扶贫小额贷款进展情况汇总表.xlsx 可以直接打印送审",
        "data/annex2.csv 附件2：附件中的数",
        "data/findings.csv 审核问题",
        "release.json 本版记录：用了哪些文件、哪些政策参数、哪个版本的程序",
    ]


def test_the_same_content_gives_the_same_bytes():
    assert month_page(content(), small_catalog()) == month_page(content(), small_catalog())


def test_a_month_of_which_little_is_known(browser, written):
    bare = content(tables={}, measures=None, changes={}, matrices=(), waiting=(), findings=(), balances=(), products=())
    with opened(browser, written("bare", bare)) as page:
        assert page.heard == []
        assert page.texts("h2") == ["报送情况", "审核问题", "成果文件"]
        assert "没有发现问题。" in page.texts("#findings p")


# ------------------------------------------------------------------ findings and their filter


def test_findings_that_ask_for_something_come_first(browser, common):
    with opened(browser, common) as page:
        assert page.findings() == [
            "F000000000001",
            "explain F000000000002",
            "F000000000005",
            "F000000000004",
            "F000000000003",
        ]
        assert page.texts(".counts tbody tr")[:3] == ["强制性10100", "核实性11000", "提示10000"]
        first = page.run("document.querySelector('#list tbody tr').innerText")
    for words in (
        "强制性",
        "未处理",
        "北山农商银行",
        "北山3月.xlsx",
        "月报表 D1",
        "户均高于上限，请核对。",
        "所报 12.00万元",
        "参考值 5.00万元",
    ):
        assert words in first


def test_the_filter_by_keyboard(browser, common):
    with opened(browser, common) as page:
        keyboard, status = page.page.keyboard, page.page.locator("#shown")
        assert status.get_attribute("aria-live") == "polite"
        assert status.inner_text() == "显示全部5个。"
        page.page.locator("[data-field=severity]").focus()
        keyboard.press("ArrowDown")
        keyboard.press("ArrowDown")
        assert status.inner_text() == "显示2个，共5个。"
        assert page.findings() == ["explain F000000000002", "F000000000003"]
        keyboard.press("Tab")
        keyboard.press("ArrowDown")
        keyboard.press("ArrowDown")
        assert page.findings() == ["F000000000003"]
        page.page.locator("#reset").focus()
        keyboard.press("Enter")
        assert status.inner_text() == "显示全部5个。"
        assert page.run("document.activeElement.dataset.field") == "severity"


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("severity", "note", ["F000000000005"]),
        ("status", "corrected", ["F000000000004"]),
        ("unit", "南河农商银行", ["explain F000000000002", "F000000000003"]),
        ("unit", "认不出的单位", ["F000000000005"]),
        ("rule", "A19", ["explain F000000000002"]),
    ],
)
def test_each_filter(browser, common, field, value, shown):
    with opened(browser, common) as page:
        page.page.select_option(f"[data-field={field}]", value)
        assert page.findings() == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("不为零", ["explain F000000000002"]),
        ("  北山 XLSX d1 ", ["F000000000001"]),
        ("a01", ["F000000000004"]),
        ("<b>", []),
    ],
)
def test_free_text_finds_every_word_anywhere(browser, common, text, shown):
    with opened(browser, common) as page:
        page.page.fill("[data-field=text]", text)
        assert page.findings() == shown
        page.page.select_option("[data-field=severity]", "soft")
        assert len(page.findings()) <= len(shown), "filters narrow each other"


def test_without_script_everything_can_be_read(browser, common):
    with opened(browser, common, script=False) as page:
        assert page.page.locator("#filter").is_hidden()
        assert page.page.locator("#list tbody tr").count() == len(FINDINGS)
        assert all(row.is_visible() for row in page.page.locator("#list tbody tr").all())
        assert page.page.locator("figure svg").first.is_visible()


def test_warming_up_may_be_done_at_any_time():
    warm_up()
    warm_up()
    assert "matplotlib.backends.backend_svg" in sys.modules


# ------------------------------------------------------------------ what is folded, and what did not run


def test_what_is_folded_stands_under_its_cause(browser, written):
    cause = finding(21, submission="S1", effect=EffectSeen(Fraction(1, 8), 3, "期末余额/金额", points=False))
    folded = [
        finding(n, submission="S1", status="folded", under=cause.id, rule="A02", message=f"第{n}个。")
        for n in range(30, 65)
    ]
    path = written("folded", content(findings=(*folded, cause, finding(22, severity=Severity.SOFT))))
    with opened(browser, path) as page:
        assert page.findings() == ["F000000000015", "explain F000000000016"]
        assert page.texts(".counts tbody tr")[0] == "强制性100035"
        summary = page.page.locator("details.folded summary")
        assert summary.inner_text() == "归入这一原因的另有35个"
        assert not page.page.locator("details.folded li").first.is_visible()
        summary.click()
        assert page.page.locator("details.folded li").count() == 30
        assert page.page.locator("details.folded p").inner_text() == "还有5个见 审核报告.xlsx。"
        assert "附件3“期末余额/金额”12.50%" in page.run("document.querySelector('#list tbody tr').innerText")
        page.page.select_option("[data-field=status]", "folded")
        assert page.findings() == ["F000000000015"]
        assert page.page.locator("#shown").inner_text() == "显示1个，共2个。"


def test_what_did_not_run_is_told(browser, common):
    with opened(browser, common) as page:
        assert page.texts(".not-run li") == [
            "上月（2018年2月）没有采用的月报，A02、A04没有运行或没有全部运行：南河农商银行。"
        ]
