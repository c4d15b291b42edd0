"""The page of the sample's last two months against the annexes that lie beside it."""

from __future__ import annotations

from fractions import Fraction

import lxml.html
import pytest

from pipeline.money import fixed
from tests.browsing import opened
from tests.jobs.pages import page_of
from tests.month.road import ANNEXES, AS_OF, annex_rows, by_place, sample_folders

FEBRUARY, MARCH = "2018-02", "2018-03"


@pytest.fixture(scope="module")
def pages(released):
    made = {period: page_of(released.folder, period, AS_OF) for period in (FEBRUARY, MARCH)}
    return {period: lxml.html.fromstring(page.decode()) for period, page in made.items()}


def _city(released, period: str, figure: str) -> Fraction:
    row = by_place(annex_rows(released.folder, period, 2))["counties", "total", figure]
    return Fraction(row["value"])


def _card(page, label: str) -> list[str]:
    (card,) = (div for div in page.xpath("//dl/div") if div.findtext("dt") == label)
    return ["".join(dd.itertext()) for dd in card.findall("dd")]


def _months(page, form: str) -> dict[str, list[str]]:
    (table,) = (t for t in page.xpath("//table[@class='matrix']") if t.findtext("caption").startswith(form))
    return {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in table.find("tbody")}


def test_every_number_of_every_annex_stands_on_the_page(released, pages):
    """From the csv to the printed number by hand: 元 ÷ 10,000 or × 100, two places, a star where it is partial."""
    for period, page in pages.items():
        for number in ANNEXES:
            rows = annex_rows(released.folder, period, number)
            shown = [cell.text_content() for cell in page.xpath(f"//section[@id='annex-{number}']//tbody//td")]
            for row in rows:
                if row["unit"] in ("元", "ratio") and row["value"] and not row["figure"].endswith("_matched"):
                    value = Fraction(row["value"])
                    printed = fixed(value / 10_000, 2) if row["unit"] == "元" else fixed(value * 100, 2) + "%"
                    star = "*" if row["symbol"] == "partial" else ""
                    assert (printed if value else "0") + star in shown, (period, number, row)


def test_all_of_the_complete_month_came_in_time(pages):
    statements = _months(pages[FEBRUARY], "M01")
    assert len(statements) == 13
    assert {word for unit, words in statements.items() if unit != "已采用/应报" for word in words} == {"按时"}
    assert statements["已采用/应报"] == ["12/12"] * 14, "from January 2017, the first month of the sample"


def test_the_month_with_planted_defects(pages):
    statements, returns = _months(pages[MARCH], "M01"), _months(pages[MARCH], "C01")
    assert statements["汉阴农商银行"][-2:] == ["按时", "退回"]
    assert statements["镇坪农商银行"][-2:] == ["按时", "未报"]
    assert statements["已采用/应报"][-1] == "10/12"
    assert returns["岚皋县金融办"][-1] == "迟1天"


def test_changes_from_the_annexes_of_two_months(released, pages):
    now, before = (_city(released, period, "disbursed_amount_mtd") for period in (FEBRUARY, "2018-01"))
    assert _card(pages[FEBRUARY], "本月发放")[1] == f"环比下降{fixed((before - now) / before * 100, 2)}%"
    due, then = (_city(released, period, "past_due_ratio") for period in (FEBRUARY, "2017-12"))
    assert _card(pages[FEBRUARY], "逾期率")[1] == f"较年初下降{fixed((then - due) * 100, 2)}个百分点"
    done = _city(released, FEBRUARY, "target_completion_ratio")
    assert (
        _card(pages[FEBRUARY], "年度任务完成率")[1] == f"慢于序时进度{fixed((Fraction(2, 12) - done) * 100, 2)}个百分点"
    )


def test_the_balance_of_fifteen_months(released, pages):
    (figure,) = (f for f in pages[MARCH].xpath("//figure") if f.xpath("string(.//h3)") == "期末余额（近15个月）")
    shown = [cell.text_content() for cell in figure.xpath(".//tbody//td")]
    annexes = [fixed(_city(released, m.name, "outstanding_amount") / 10_000, 2) for m in sample_folders()]
    assert shown == [*annexes[:-1], f"{annexes[-1]}*"]


def test_both_are_quiet_in_a_browser(browser, pages, tmp_path):
    for period, page in pages.items():
        path = tmp_path / f"{period}.html"
        path.write_bytes(lxml.html.tostring(page, doctype="<!doctype html>", encoding="utf-8"))
        with opened(browser, path) as seen:
            assert seen.heard == []
            assert seen.run("document.documentElement.scrollWidth") == 1366
