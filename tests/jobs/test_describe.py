"""`describe` from the outside: what a file was taken for, what not, and the layout that it proposes."""

from __future__ import annotations

import yaml

from pipeline.catalog.forms import Layout
from tests.ingest.files import zipped
from tests.ingest.mails import mail
from tests.ingest.sheets import HEADERS, Statement, plain_rows
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import SAMPLE


def told_of(capsys, path, tmp_path):
    return asked(capsys, "describe", path, "--workspace", tmp_path, "--as-of", "2018-04-10")


def put(tmp_path, statement, name="农行报表.xlsx"):
    path = tmp_path / name
    path.write_bytes(statement.data())
    return path


def own_columns():
    """A statement with one header of the bank's own and one that is like nothing."""
    headers = [*HEADERS[:5], "月末贷款余额合计数", "备注", "抵押物"]
    return Statement(headers=headers, rows=[[*row, "房产"] for row in plain_rows()])


def test_everything_recognised(capsys, tmp_path):
    told = told_of(capsys, put(tmp_path, Statement()), tmp_path)
    assert (told["exit"], told["status"]) == (0, "recognised")
    (table,) = told["data"]["tables"]
    known = ("form", "shape", "reporting_unit", "period", "money_unit", "sheet")
    assert [table[key] for key in known] == ["M01", "areas_down", "abc", "2018-03", "万元", "统计表"]
    assert [(h["cell"], h["words"], h["indicators"]) for h in table["headers"]] == [
        ("B3", "授信户数", ["credit_line_households"]),
        ("C3", "授信金额", ["credit_line_amount"]),
        ("D3", "期末余额/笔数", ["outstanding_loans"]),
        ("E3", "期末余额/户数", ["outstanding_households"]),
        ("F3", "期末余额/金额", ["outstanding_amount"]),
        ("G3", "备注", ["remark"]),
    ]
    assert [(r["cell"], r["words"], r["area"]) for r in table["rows"]][:2] == [
        ("A4", "汉滨区", "hanbin"),
        ("A5", "汉阴县", "hanyin"),
    ]


def test_what_is_not_recognised_is_named_with_what_it_comes_nearest_to(capsys, tmp_path):
    told = told_of(capsys, put(tmp_path, own_columns()), tmp_path)
    assert (told["exit"], told["status"]) == (1, "partly")
    unknown = [h for h in told["data"]["tables"][0]["headers"] if h["part"] == "unknown"]
    assert [(h["cell"], h["words"]) for h in unknown] == [("F3", "月末贷款余额合计数"), ("H3", "抵押物")]
    assert unknown[0]["nearest"][0] == {"indicator": "outstanding_amount", "label": "期末余额/金额"}
    assert unknown[1]["nearest"] == []
    assert [(f["rule"], f["cell"]) for f in told["data"]["findings"]] == [("F06", "F3"), ("F06", "H3")]
    assert told["message"].startswith("《农行报表.xlsx》有2个表头或指标名称没有认出。")


def test_the_proposed_layout_is_one_that_the_catalogue_takes(capsys, tmp_path):
    told = told_of(capsys, put(tmp_path, own_columns()), tmp_path)
    text = told["data"]["tables"][0]["proposed_layout"]
    layout = Layout.model_validate(yaml.safe_load(text))
    assert (layout.id, layout.form, layout.shape, layout.title) == (
        "M01-abc",
        "M01",
        "areas_down",
        ("农业银行安康分行",),
    )
    assert layout.headers == {
        "授信户数": "credit_line_households",
        "授信金额": "credit_line_amount",
        "期末余额/笔数": "outstanding_loans",
        "期末余额/户数": "outstanding_households",
        "备注": "remark",
    }
    assert "# 待定 F3“月末贷款余额合计数”：最接近 期末余额/金额（outstanding_amount）" in text
    assert "# 待定 H3“抵押物”：没有相近的指标。确定后写进 headers。" in text


def test_units_and_months_in_rows_of_their_own_are_no_part_of_a_layout(capsys, tmp_path):
    above = [*Statement().above, [None, "2018年3月末", *[None] * 5]]
    units = [None, "户", "万元", "笔", "户", "万元", None]
    statement = Statement(above=above, rows=[units, *plain_rows()])
    told = told_of(capsys, put(tmp_path, statement), tmp_path)
    assert told["exit"] == 0
    layout = Layout.model_validate(yaml.safe_load(told["data"]["tables"][0]["proposed_layout"]))
    assert list(layout.headers) == ["授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额", "备注"]


def test_a_column_in_an_odd_unit_is_said_and_proposed_for_nothing(capsys, tmp_path):
    statement = Statement(headers=["县(区)", "授信户数（万元）", *HEADERS[2:]])
    told = told_of(capsys, put(tmp_path, statement), tmp_path)
    (header, *_) = told["data"]["tables"][0]["headers"]
    assert (header["part"], header["cell"], header["indicators"]) == ("odd_unit", "B3", ["credit_line_households"])
    assert "授信户数" not in told["data"]["tables"][0]["proposed_layout"]


def test_an_upright_form_is_told_by_rows_and_spans(capsys, tmp_path):
    told = told_of(capsys, SAMPLE / "2018-02" / "汉滨农商银行2018年2月.xlsx", tmp_path)
    (table,) = told["data"]["tables"]
    assert (told["exit"], table["shape"], table["reporting_unit"]) == (0, "indicators_down", "rcb-hanbin")
    assert [(h["cell"], h["span"]) for h in table["headers"]] == [
        ("D5", "本月"),
        ("E5", "本年累计"),
        ("F5", "历史累计"),
        ("G5", "期末余额"),
    ]
    assert ("A10", ["credit_line_households"]) in [(r["cell"], r["indicators"]) for r in table["rows"]]
    layout = Layout.model_validate(yaml.safe_load(table["proposed_layout"]))
    assert layout.value_columns["期末余额"] == ("期末余额",)


def test_a_form_of_words_is_named(capsys, tmp_path):
    path = next((SAMPLE / "2018-02").glob("扶贫工作措施表（农行*.docx"))
    told = told_of(capsys, path, tmp_path)
    assert told["exit"] == 0
    assert [(w["form"], w["reporting_unit"], w["period"]) for w in told["data"]["forms_of_words"]] == [
        ("Q01", "abc", "2018-02")
    ]


def test_a_unit_that_is_not_recognised_leaves_the_table_described(capsys, tmp_path):
    statement = Statement(above=[["某某银行统计表（2018年3月）"], ["单位：万元"]])
    told = told_of(capsys, put(tmp_path, statement, "表.xlsx"), tmp_path)
    (table,) = told["data"]["tables"]
    assert (told["exit"], table["reporting_unit"], table["period"]) == (1, None, None)
    assert yaml.safe_load(table["proposed_layout"])["id"] == "M01-new"
    assert told["message"] == "《表.xlsx》的表头都认出来了，另有1个问题，见上。"


def test_nothing_recognised(capsys, tmp_path):
    told = told_of(
        capsys, put(tmp_path, Statement(above=[["车辆登记"]], headers=["车牌"], rows=[["甲"]], below=[])), tmp_path
    )
    assert (told["exit"], told["status"], told["data"]["tables"]) == (3, "nothing", [])
    assert [f["rule"] for f in told["data"]["findings"]] == ["F02"]


def test_no_such_file(capsys, tmp_path):
    told = told_of(capsys, "某行.xlsx", tmp_path)
    assert told["exit"] == 2
    assert told["message"].startswith("没有收到过文件“某行.xlsx”，也没有这个路径。")


def test_people_read_lines(capsys, tmp_path):
    code, out, _ = run(
        capsys, "describe", put(tmp_path, own_columns()), "--workspace", tmp_path, "--as-of", "2018-04-10"
    )
    assert code == 1
    assert "工作表“统计表”：M01 金融扶贫小额贷款统计表，农业银行安康分行，2018年3月，金额单位万元" in out
    assert "  B3 授信户数 → credit_line_households 评级授信/授信户数" in out
    assert "  H3 抵押物 → 没有认出；没有相近的指标" in out
    assert "  A4 汉滨区 → 汉滨区" in out
    assert out.rstrip().endswith("每月都这样写的，请把上面的版式存入 schemas/layouts/。")


def test_nothing_is_stored(capsys, tmp_path):
    path = put(tmp_path, Statement())
    told_of(capsys, path, tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_county_is_called_as_it_was_in_the_month(capsys, tmp_path):
    path = put(tmp_path, Statement())
    _, out, _ = run(capsys, "describe", path, "--workspace", tmp_path, "--as-of", "2018-04-10")
    assert "旬阳县 → 旬阳县" in out
    assert "旬阳市" not in out


def test_what_lies_in_a_mail_is_described_as_if_it_were_sent_alone(capsys, tmp_path):
    path = tmp_path / "来信.eml"
    path.write_bytes(mail(("农行报表.xlsx", Statement().data())))
    told = told_of(capsys, path, tmp_path)
    assert (told["exit"], told["status"]) == (0, "recognised")
    assert (told["data"]["file"], "also" in told["data"]) == ("来信.eml/农行报表.xlsx", False)
    assert told["message"] == "《来信.eml/农行报表.xlsx》全部认出，不需要处理。"


def test_each_file_of_an_archive_is_described_and_one_that_is_nothing_leaves_the_other(capsys, tmp_path):
    path = tmp_path / "3月.zip"
    path.write_bytes(zipped(("a.xlsx", Statement().data()), ("b.xlsx", own_columns().data()), ("c.pdf", b"%PDF-1.4\n")))
    told = told_of(capsys, path, tmp_path)
    assert (told["exit"], told["status"]) == (1, "partly")
    files = [told["data"], *told["data"]["also"]]
    assert [(file["file"], len(file["tables"])) for file in files] == [
        ("3月.zip/a.xlsx", 1),
        ("3月.zip/b.xlsx", 1),
        ("3月.zip/c.pdf", 0),
    ]
    assert "这是 PDF 文件，内容不作为报表读取。" in files[2]["findings"][0]["message"]
    _, out, _ = run(capsys, "describe", path, "--workspace", tmp_path, "--as-of", "2018-04-10")
    assert [line for line in out.splitlines() if line.startswith("《")][::2] == [
        "《3月.zip/a.xlsx》",
        "《3月.zip/b.xlsx》",
        "《3月.zip/c.pdf》",
    ]


def test_a_mail_with_nothing_to_read_says_so_and_claims_no_archive(capsys, tmp_path):
    path = tmp_path / "来信.eml"
    path.write_bytes(mail(("扫描.pdf", b"%PDF-1.4\n")))
    told = told_of(capsys, path, tmp_path)
    assert (told["exit"], told["data"]["file"]) == (3, "来信.eml")
    assert "这是邮件，里面只有1个PDF 文件、正文，没有可读的报表。" in told["data"]["findings"][0]["message"]
    assert "存档" not in told["data"]["findings"][0]["message"]
