"""`register import` says no: everything wrong at once, nothing taken in, and nothing lost that was reported."""

from __future__ import annotations

import pytest

from tests.ingest.files import plain_xlsx
from tests.jobs.histories import file, rows
from tests.jobs.inprocess import asked, run
from tests.jobs.registers import BY, edited, exported, imported, journal, new_bank, tenth_always
from tests.jobs.sample import AS_OF, inbox_of, tree
from tests.registers import CONTACTS, DEADLINES, DUTIES, MONTHLY, UNITS, row_of

GONE = "缺少这张工作表。请按导出的登记表恢复，工作表的名称不要改，不需要的也不要删。"


@pytest.fixture
def book(tmp_path):
    return tmp_path / "登记表.xlsx"


def problems(told) -> list[tuple[str, str, str]]:
    assert (told["status"], told["exit"], told["data"]["changes"]) == ("refused", 3, [])
    assert told["data"]["entry"] is None
    return [(one["sheet"], one["cell"], one["message"]) for one in told["data"]["problems"]]


def column(sheet, heading: str) -> int:
    return next(cell.column for cell in sheet[2] if cell.value == heading)


def put(workbook, sheet: str, key: tuple, heading: str, value: object):
    workbook[sheet].cell(row_of(workbook[sheet], *key), column(workbook[sheet], heading)).value = value


def gone(workbook, sheet: str, *key: object):
    workbook[sheet].delete_rows(row_of(workbook[sheet], *key))


# ------------------------------------------------------------------ all at once, nothing taken in


def test_everything_wrong_is_told_at_once_in_reading_order_and_nothing_is_taken_in(capsys, here, workspace, book):
    def wrong(workbook):
        workbook[CONTACTS].append(["abc"])
        put(workbook, DEADLINES, (MONTHLY, 8, "2017-12"), "取值", 31)
        put(workbook, DUTIES, ("rcb-hanbin", "汉滨农商银行"), "报表", "Z99 别的表")
        put(workbook, UNITS, ("rcb-shiquan",), "机构", "城商行")
        put(workbook, UNITS, ("rcb-hanbin",), "自", "去年")
        workbook[UNITS].append(["new", "汉滨农商行", None, None, "农商银行", None, 90])

    before, kept = journal(workspace), tree(workspace / "store/archive")
    told = imported(capsys, here, book, wrong)
    assert problems(told) == [
        (UNITS, "C3", "“自”写的“去年”不是一个月份；应为年月，如 2018-03、2018年3月。请改正。"),
        (UNITS, "E6", "填报单位 rcb-shiquan 的机构“城商行”没有登记，请从下拉列表中选择。"),
        (
            UNITS,
            "B35",
            "填报单位名称或别名“汉滨农商行”已在工作表“填报单位”单元格H3用于 rcb-hanbin，不能再用于 new，请删去一处。",
        ),
        (DUTIES, "C3", "填报单位 rcb-hanbin 应报的报表“Z99 别的表”没有定义，请从下拉列表中选择。"),
        (DEADLINES, "B4", "“月报截止日（次月几日前）”的取值应当是1至28的整数，现在是“31”，请改正。"),
        (CONTACTS, "C3", "没有写姓名。请填写，或删去这一行。"),
    ]
    assert told["message"] == "《改好的登记表.xlsx》有6处问题，登记表没有改动。请改正后重新导入。"
    assert journal(workspace) == before
    assert tree(workspace / "store/archive") == kept
    code, out, _ = run(capsys, "register", "import", book.with_name("改好的登记表.xlsx"), *BY, *here)
    assert code == 3
    assert out.splitlines()[0].startswith("《改好的登记表.xlsx》工作表“填报单位”单元格C3：“自”写的“去年”")
    assert out.splitlines()[-1] == told["message"]


def test_of_very_many_problems_the_first_are_told(capsys, here, book):
    def wrong(workbook):
        for _ in range(60):
            workbook[CONTACTS].append(["abc"])

    path = edited(exported(capsys, here, book), wrong)
    _, out, _ = run(capsys, "register", "import", path, *BY, *here)
    assert len(out.splitlines()) == 52
    assert out.splitlines()[-2] == "……另有10处。"
    assert len(problems(asked(capsys, "register", "import", path, *BY, *here))) == 60


def test_a_month_that_cannot_be_read_is_not_also_a_gap(capsys, here, book):
    told = imported(capsys, here, book, lambda w: put(w, DEADLINES, (MONTHLY, 8, "2017-12"), "自", "去年"))
    assert [place[:2] for place in problems(told)] == [(DEADLINES, "C4")]


def test_a_deadline_of_nothing_is_not_also_one_that_is_missing(capsys, here, book):
    told = imported(capsys, here, book, lambda w: put(w, DEADLINES, (MONTHLY, 8, "2017-12"), "项目", "报送日"))
    assert [place[:2] for place in problems(told)] == [(DEADLINES, "A4")]


def test_a_doubled_id_is_told(capsys, here, book):
    told = imported(capsys, here, book, lambda w: w[UNITS].append(["abc", "示例银行"]))
    assert problems(told) == [
        (
            UNITS,
            "B35",
            (
                "填报单位 abc 的名称的有效期与工作表“填报单位”单元格B18的重叠，请改正“自”或“至”，"
                "使每个月只有一个有效；是两个单位的，请用两个编号。"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("why", "data", "messages"),
    [
        ("another workbook", plain_xlsx(), [*[GONE] * 5, "不是登记表的工作表，没有读取。请删去后重新导入。"]),
        (
            "no workbook",
            b"%PDF-1.4 ",
            ["这不是 Excel 工作簿，没有读取。请导入用 register export 导出、改好的登记表。"],
        ),
    ],
)
def test_what_is_no_register_is_told(capsys, here, book, why, data, messages):
    book.write_bytes(data)
    found = problems(asked(capsys, "register", "import", book, *BY, *here))
    assert sorted(message for *_, message in found) == sorted(messages)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("import",), "请写明要导入的文件，如：register import output/登记表.xlsx --by 姓名。"),
        (("import", "没有.xlsx", "--by", "示例甲"), "文件 没有.xlsx 读不出来（文件或文件夹不存在）。请核对路径和文件名后重新运行。"),
        (("import", "没有.xlsx"), "请用 --by 写明由谁决定（姓名）。"),
        (("export", "a.xlsx", "--out", "b.xlsx"), "导出到哪里写了两次。请只写一个文件名。"),
        (("delete",), "export（导出）|import（导入） 的写法不对。请用 --help 查看用法。"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(capsys, here, words, message):
    told = asked(capsys, "register", *words, *here)
    assert (told["exit"], told["message"]) == (2, message)


# ------------------------------------------------------------------ nothing that was reported is lost


def test_a_unit_that_has_reported_cannot_be_deleted(capsys, here, workspace, book):
    def deleted(workbook):
        gone(workbook, UNITS, "abc")
        gone(workbook, DUTIES, "abc")
        gone(workbook, DUTIES, "abc")

    before = journal(workspace)
    (told,) = problems(imported(capsys, here, book, deleted))
    assert told == (
        UNITS,
        "",
        (
            "填报单位“农业银行安康分行”（abc）已有1份月报、1份措施表（最近2018年3月），不能删去，编号也不能改。"
            "不再报送的，请在“应报报表”的“至”写明最后一期。"
        ),
    )
    assert journal(workspace) == before


def test_one_that_has_reported_nothing_can(capsys, here, book):
    def deleted(workbook):
        gone(workbook, UNITS, "dept-cbrc")
        gone(workbook, DUTIES, "dept-cbrc")

    told = imported(capsys, here, book, deleted)
    assert told["data"]["changes"] == ["删去填报单位：安康银监分局（dept-cbrc）。"]


def test_a_duty_that_was_fulfilled_cannot_be_deleted(capsys, here, book):
    told = imported(
        capsys, here, book, lambda w: gone(w, DUTIES, "abc", "农业银行安康分行", "M01 金融扶贫小额贷款统计表")
    )
    assert problems(told) == [
        (
            UNITS,
            "A18",
            (
                "“农业银行安康分行”已有1份月报（最近2018年3月），应报报表中的M01不能删去。"
                "不再报送的，请在“应报报表”的“至”写明最后一期。"
            ),
        )
    ]


def test_a_name_by_which_files_were_known_cannot_be_taken_away(capsys, here, book):
    def renamed(workbook):
        put(workbook, UNITS, ("abc",), "名称", "示例银行")
        put(workbook, UNITS, ("abc",), "别名", None)

    assert problems(imported(capsys, here, book, renamed)) == [
        (
            UNITS,
            "A18",
            (
                "“农业银行安康分行”已有1份月报、1份措施表（最近2018年3月），按改后的名称和别名认不出来了。"
                "请保留原来的名称和别名；更名的，另加一行写新名称。"
            ),
        )
    ]


def test_nobody_who_sends_figures_is_without_institution_or_county(capsys, here, workspace, book):
    def cleared(workbook):
        put(workbook, UNITS, ("psbc",), "机构", None)
        put(workbook, UNITS, ("psbc",), "县区", None)
        put(workbook, UNITS, ("fin-baihe",), "县区", None)

    before = journal(workspace)
    assert problems(imported(capsys, here, book, cleared)) == [
        (
            UNITS,
            "E17",
            "填报单位 psbc 报送月报（M01），必须写明机构，请从下拉列表中选择，列表中没有的银行写成“其他：”加名称。",
        ),
        (
            UNITS,
            "F17",
            "填报单位 psbc 报送月报（M01），必须写明县区，请填写县区的登记名称，几个县区之间用“、”隔开。",
        ),
        (
            UNITS,
            "F29",
            "填报单位 fin-baihe 报送县区月报（C01），必须写明县区，请填写县区的登记名称，几个县区之间用“、”隔开。",
        ),
    ]
    assert journal(workspace) == before


def test_another_bank_has_a_name(capsys, here, book):
    told = imported(capsys, here, book, lambda w: put(w, UNITS, ("psbc",), "机构", "其他：=示例"))
    assert problems(told) == [
        (UNITS, "E17", "“其他：”后面应是银行的规范名称，最多20个字，只用文字、数字和括号。请改正。")
    ]


def test_a_county_about_which_figures_came_cannot_be_taken_away(capsys, here, workspace, book):
    """By the store, and by reading again where the store was derived by another register."""
    kept = "汉滨区、紫阳县、岚皋县、平利县、镇坪县、旬阳县、白河县、石泉县、宁陕县"
    expected = [
        (
            UNITS,
            "F18",
            (
                "“农业银行安康分行”已有1份月报（最近2018年3月）报了汉阴县的数，县区中的汉阴县不能删去，否则这些数不再计入附件。"
                "请恢复县区；不再办理业务的，由单位把该县区各栏填0。"
            ),
        )
    ]
    assert problems(imported(capsys, here, book, lambda w: put(w, UNITS, ("abc",), "县区", kept))) == expected
    assert imported(capsys, here, book, new_bank)["status"] == "registered"
    assert problems(imported(capsys, here, book, lambda w: put(w, UNITS, ("abc",), "县区", kept))) == expected


def test_one_about_which_none_came_can(capsys, here, book):
    told = imported(capsys, here, book, lambda w: put(w, UNITS, ("psbc",), "县区", "汉滨区"))
    assert told["status"] == "registered"


def test_nor_one_by_which_imported_figures_are_known(capsys, january, tmp_path, book):
    import shutil

    folder = shutil.copytree(january, tmp_path / "ws-january")
    here = ("--workspace", folder, "--as-of", "2017-02-12")
    past = [["2016-12", "邮储银行安康市分行", *row[2:]] for row in rows("2016-12")]
    entry = asked(capsys, "import-history", file(tmp_path, *past), *here)["data"]["entry"]

    def deleted(workbook):
        gone(workbook, UNITS, "psbc")
        gone(workbook, DUTIES, "psbc")
        gone(workbook, DUTIES, "psbc")

    ((sheet, cell, message),) = problems(imported(capsys, here, book, deleted))
    assert (sheet, cell) == (UNITS, "")
    assert message.startswith(f"补录文件《历史.xlsx》（记录号{entry}）按现在的报表定义和登记表读不出来：")


def test_taking_an_import_back_loses_nothing_either(capsys, tmp_path, book):
    """A bank that is known only since the import has sent its statement: the import cannot be undone any more."""
    folder = tmp_path / "other"
    inbox_of(folder, "2018-03", only="石泉农商银行")
    here = ("--workspace", folder, "--as-of", AS_OF)

    def other_bank(workbook):
        put(workbook, UNITS, ("rcb-shiquan", "石泉农商银行"), "编号", "rcb-other")
        row = row_of(workbook[UNITS], "rcb-other")
        for heading, value in (("自", None), ("机构", "农商银行"), ("县区", "石泉县"), ("顺序", 3)):
            workbook[UNITS].cell(row, column(workbook[UNITS], heading)).value = value
        put(workbook, UNITS, ("rcb-shiquan",), "至", None)
        workbook[DUTIES].append(["rcb-other", "石泉农商银行", "M01", "必报"])

    told = imported(capsys, here, book, other_bank)
    asked(capsys, "monthly", "2018-03", *here)
    refused = asked(capsys, "undo", told["data"]["entry"], "--reason", "导错了", *BY, *here)
    assert refused["exit"] == 2
    assert refused["message"] == (
        "撤销后登记表恢复原样：填报单位“石泉农商银行”（rcb-other）已有1份月报（最近2018年3月），不能删去，编号也不能改。"
        "不再报送的，请在“应报报表”的“至”写明最后一期。请改好登记表后用 register import 导入，不要撤销。"
    )


def test_a_second_import_before_the_next_run_is_judged_as_well(capsys, here, workspace, book):
    """What was derived by the register before last is read anew, so that nothing seems lost that is not."""
    assert imported(capsys, here, book, new_bank)["status"] == "registered"
    assert imported(capsys, here, book, tenth_always)["status"] == "registered"

    def another(workbook):
        workbook[UNITS].append(["rcb-third", "示例三银行", None, None, "农商银行", "汉滨区", 91])

    assert imported(capsys, here, book, another)["status"] == "registered"
    assert journal(workspace).count("registered") == 3
