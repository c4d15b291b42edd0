"""index.html with thousands of findings, and with texts that want to be something else."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from pipeline.model import Severity
from pipeline.render.month_page import MOST_BYTES, month_page
from tests.browsing import opened
from tests.measures import hostile_measures
from tests.render.month_pages import HOSTILE, content, finding, small_catalog

SMALL = (1024, 768)

MANY = tuple(
    finding(
        n, severity=list(Severity)[n % 3], message=f"第{n}个问题，" + "请核对后更正。" * 8, unit=f"示例银行{n % 40}"
    )
    for n in range(5_000)
)


def test_thousands_of_findings(browser, written):
    path = written("many", content(findings=MANY))
    assert path.stat().st_size <= MOST_BYTES
    with opened(browser, path) as page:
        assert page.page.locator("#list tbody tr").count() == 2_000
        assert page.texts("#findings .note") == ["本页按影响大小列出前2000个，另有3000个见 审核报告.xlsx。"]
        assert page.texts("#list .tag")[0] == "强制性"
        page.page.select_option("[data-field=unit]", "示例银行6")
        # hard ones of this bank are number 6, 126, 246 … 4926; its soft ones come after the first 2,000
        assert page.texts("#shown") == ["显示42个，共2000个。"]


def test_hostile_texts_are_inert(browser, hostile):
    with opened(browser, hostile, SMALL) as page:
        for element in ("script", "img", "style", "[onerror]", "[onload]", "[onfocus]", "[onmouseover]", "[autofocus]"):
            own = {"script": 1, "style": 1}.get(element, 0)
            assert page.page.locator(element).count() == own, element
        page.page.mouse.move(500, 400)
        page.page.fill("[data-field=text]", HOSTILE[2])
        assert page.findings() == ["explain F000000000002"]
        assert page.heard == []
        assert page.run("document.documentElement.scrollWidth") == SMALL[0], "the longest word is broken"
        text = page.run("document.body.textContent")
        assert "{{ 7*7 }}" in text
        assert "49" not in page.texts(".closing")[0]
        assert "甲⟨U+202E⟩乙⟨U+2066⟩丙⟨U+0000⟩丁⟨U+FEFF⟩" in text
        assert "（全文共10000字，见审核报告.xlsx）" in text
        serious = [
            one["id"] for one in Axe().run(page.page).response["violations"] if one["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_never_more_than_five_million_bytes():
    """Every character of these becomes 12 bytes."""
    text = "\u202e" * 10_000
    rows = tuple(finding(n, message=text, file=text) for n in range(2_500))
    made = month_page(content(findings=rows, measures=hostile_measures()), small_catalog())
    assert len(made) <= MOST_BYTES
    assert made.count(b"<tr data-severity") >= 500
