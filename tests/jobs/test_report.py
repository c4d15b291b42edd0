"""审核报告.xlsx of a run: all that `findings.csv` tells, the same order on the screen, what did not run, no persons."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import openpyxl

from pipeline.store.archive import Archive
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import SAMPLE, changed_copy, inbox_of

FOLDER = Path("output/2018-03")

MIRRORED = ("本年累计发放户数", "本年累计发放金额", "期末贷款余额")


def rows_of(workspace: Path, name: str = "问题清单") -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(workspace / FOLDER / "审核报告.xlsx")[name]
    _, header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def listed(workspace: Path) -> list[dict[str, str]]:
    text = (workspace / FOLDER / "data/findings.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_finding_of_the_csv_is_in_the_list_and_the_folded_ones_have_their_cause(march):
    told = rows_of(march)
    assert sorted(str(row["编号"]) for row in told) == sorted(row["finding"] for row in listed(march))
    folded = {row["finding"] for row in listed(march) if row["status"] == "folded"}
    details = rows_of(march, "归并明细")
    assert {row["编号"] for row in details if row["序号"] is None} == folded
    assert {row["状态"] for row in told if row["编号"] in folded} <= {"归入同一原因"}


def test_the_bank_that_is_missing_comes_first_then_the_average_above_the_cap(march):
    """汉阴 is rejected; of 农行 7.93 万元 of its 79.3 above 70 are in doubt, of a total that annex 5 tells."""
    first, *others = rows_of(march)
    assert (first["单位"], first["性质"], first["状态"]) == ("汉阴农商银行", "强制性", "未处理")
    (doubted,) = (row for row in others if row["单位"] == "农业银行安康分行" and row["性质"] == "核实性")
    assert (doubted["填报数"], doubted["应为/推算"], doubted["计量单位"]) == (79.3, 70, "万元")
    assert doubted["单元格"] == "I14"
    (same,) = (row for row in listed(march) if row["finding"] == doubted["编号"])
    assert (same["value"], same["expected"]) == ("793000.00", "700000.00"), "programs are told in 元"
    total = next(
        float(line["value"])
        for line in csv.DictReader(io.StringIO((march / FOLDER / "data/annex5.csv").read_text("utf-8-sig")))
        if (line["row"], line["figure"]) == ("total", "disbursed_amount_mtd")
    )
    assert doubted["影响"] == f"至少附件5“本月发放/金额”{93_000 / total * 100:.2f}%"


def test_a_cause_names_all_its_cells(march):
    """汉阴's amounts were typed in 元: 26 cells are amounts, counted in the sample's workbook by hand, four of them nought."""
    (cause,) = (row for row in rows_of(march) if row["疑似原因"] == "元、万元填错")
    assert "共22处" in str(cause["内容"])
    places = "G11、D14:E15、F14、G21:G30、G33:G34、E35:E36、E38:E39"
    assert str(cause["内容"]).endswith(f"全部单元格：{places}。")
    assert places in (march / FOLDER / "index.html").read_text("utf-8")
    (first, *_) = rows_of(march, "归并明细")
    assert (first["编号"], first["内容"]) == (cause["编号"], cause["内容"])


def test_the_screen_begins_with_those_that_matter(capsys, here, march):
    _, out, _ = run(capsys, "monthly", "2018-03", *here)
    told = [line.split("]")[0].split()[-1] for line in out.splitlines() if line.startswith(("[强制性", "[核实性"))]
    still = [row["编号"] for row in rows_of(march) if row["状态"] == "未处理" and row["性质"] != "提示"]
    assert told == still[: len(told)]


def test_links_lead_to_copies_of_the_received_files(march):
    sheet = openpyxl.load_workbook(march / FOLDER / "审核报告.xlsx")["问题清单"]
    links = [c.hyperlink for row in sheet.iter_rows() for c in row if c.hyperlink and c.hyperlink.target]
    assert links
    for link in links:
        path = march / FOLDER / link.target.replace("\\", "/")
        assert path.resolve().is_file()
        assert path.resolve().parent == (march / "store/originals").resolve()
        assert path.read_bytes() == Archive(march / "store/archive").get(path.stem)


def test_the_page_opens_the_same_copies(march):
    page = lxml.html.parse(str(march / FOLDER / "index.html"))
    links = set(page.xpath("//table[@id='list']//td[contains(@class,'place')]/a/@href"))
    assert len(links) == 2, "of 农行 and of 汉阴"
    assert all(
        (march / FOLDER / unquote(link)).resolve().parent == (march / "store/originals").resolve() for link in links
    )


def test_what_could_not_run_is_in_every_report(capsys, here, march):
    """Of March alone: nothing is known of February, of December or of the year before."""
    lines = [
        "上月（2018年2月）没有采用的月报，A02、A04、A05、A06、A07、A12、A13、A23、A25、A27、A28、A29、A31没有运行或没有全部运行：",
        "上年末（2017年12月）没有采用的月报，A03、A07没有运行或没有全部运行：",
        "上年同月（2017年3月）没有采用的月报，A07没有运行或没有全部运行：",
    ]
    overview = openpyxl.load_workbook(march / FOLDER / "审核报告.xlsx")["概况"]
    words = "\n".join(str(cell.value) for row in overview.iter_rows() for cell in row if cell.value)
    page = (march / FOLDER / "index.html").read_text("utf-8")
    _, screen, _ = run(capsys, "status", "2018-03", *here)
    for line in lines:
        for report in (words, page, screen):
            assert line in report
    told = asked(capsys, "status", "2018-03", *here)["data"]["not_run"]
    units = next(one["reporting_units"] for one in told if one["rules"] == ["A03", "A07"])
    assert units == ["rcb-hanyin", "rcb-shiquan", "abc"]
    assert asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["not_run"] == told


def test_a_county_that_says_nothing_of_its_banks_is_not_compared_and_named(capsys, here, workspace):
    banks = [f"{bank}{what}" for bank in ("农商银行", "邮储银行", "农业银行") for what in MIRRORED]
    source, target = SAMPLE / "2018-03" / "石泉县金融办2018年3月报表.xlsx", workspace / "inbox" / "石泉县更正.xlsx"
    changed_copy(source, target, banks, lambda value: None)
    told = asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["not_run"]
    silent = [one for one in told if one["reason"] == "县区月报没有填各家银行的数"]
    assert [(one["rules"], one["reporting_units"]) for one in silent] == [(["A17"], ["fin-shiquan"])]


def test_a_blank_of_a_bank_in_force_is_named_at_its_county(capsys, here, workspace):
    """石泉农商银行 has sent its balance of 石泉; the county left that one cell blank. 邮储银行 has not sent: told once."""
    source, target = SAMPLE / "2018-03" / "石泉县金融办2018年3月报表.xlsx", workspace / "inbox" / "石泉县更正.xlsx"
    changed_copy(source, target, ["农商银行期末贷款余额"], lambda value: None)
    told = asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["not_run"]
    blank = [one for one in told if "没有填" in one["reason"]]
    assert [(one["reason"], one["rules"], one["reporting_units"]) for one in blank] == [
        ("县区月报没有填“农商银行期末贷款余额”，而该行的月报已采用", ["A17"], ["fin-shiquan"])
    ]


def test_no_person_is_named_in_it(capsys, here, workspace):
    """Contact persons of the measures form, and whoever explains."""
    inbox_of(workspace, "2018-03", only="宁陕农商")
    run(capsys, "monthly", "2018-03", *here)
    run(capsys, "explain", "Ffd67552e294f", "--text", "三户合并贷款购买机械，已核对合同", "--by", "示例甲", *here)
    run(capsys, "monthly", "2018-03", *here)
    with zipfile.ZipFile(workspace / FOLDER / "审核报告.xlsx") as book:
        text = "".join(book.read(name).decode() for name in book.namelist())
    assert "宁陕农商银行" in text
    assert "示例甲" not in text, "what is explained is told, not by whom"
    assert "核实说明：三户合并贷款购买机械，已核对合同（2018-04-10）" in text
    assert "已说明" in text


def test_it_is_a_product_of_the_release(capsys, here):
    assert "审核报告.xlsx" in asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["products"]
