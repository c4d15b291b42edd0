"""Live rules of words, of projects and of targets in LibreOffice, each beside what the program finds at home.

石泉 in February 2018, by hand: 602.70 of 1470.00 are 41 %, 413.00 of 590.00 are 70 %; the targets of 2018 are other
than those of 2017, the cap is 5 万元 a household, fifty times that 250, a tenth of it 0.5, a fiftieth 0.1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import openpyxl
import pytest

from pipeline import validate
from pipeline.jobs.form_past import Known, items_of
from pipeline.periods import Month
from pipeline.transform.wordings import Words, is_dangling, resolved, texts, words_of
from pipeline.validate.history import TARGETS, History
from pipeline.validate.neighbours import Neighbours
from tests.jobs.filled_forms import filled, readings
from tests.jobs.live_forms import told
from tests.jobs.live_known import CATALOG, form_of, record, written
from tests.jobs.sample import SAMPLE
from tests.office import convert

COUNTY, BANK, OFFICE = "fin-shiquan", "rcb-shiquan", "office"
JANUARY, FEBRUARY, MARCH = (Month(2018, month) for month in (1, 2, 3))
SAME = "与上月相同"
ORGANISATION, RULES, PRODUCTS, CONTACT = "C4", "C5", "C6", "C14"
LAST_WORDS = {
    "measure_organisation": "成立了领导小组，行长任组长。",
    "measure_rules": "无",
    "measure_contact": "示例甲",
}


@dataclass(frozen=True)
class Case:
    """Cells of a right form that hold something else, and all that is told: (code, cell)."""

    form: str
    why: str
    cells: dict[str, object] = field(default_factory=dict)
    told: tuple[tuple[str, str], ...] = ()
    later: tuple[str, ...] = ()
    """Rules that no form checks by itself, and that find something when it comes home."""


def return_case(why, cells, *told_at):
    return Case("C01", why, cells, tuple(("C01-9", at) for at in told_at))


def project_case(why, cells, *told_at):
    return Case("C01", why, cells, tuple(("C01-6", at) for at in told_at))


DOCUMENT, DAY, SPENT, SAID = "E15", "E16", "D39", "F39"
CASES = (
    return_case("a return as it is", {}),
    return_case("denied, with a document", {"E14": "否"}, "E14"),
    return_case("denied, with a day", {"E14": "否", DOCUMENT: "无"}, "E14"),
    return_case("denied, with nothing", {"E14": "否", DOCUMENT: "无", DAY: None}),
    return_case("no document", {DOCUMENT: None}, DOCUMENT),
    return_case("a season", {DAY: "春季"}, DAY),
    return_case("a day that is not", {DAY: "2017-02-29"}, DAY),
    return_case("a month nought", {DAY: "2016年0月"}, DAY),
    return_case("the last day of the month", {DAY: datetime(2018, 2, 28)}),  # noqa: DTZ001
    return_case("the day after", {DAY: datetime(2018, 3, 1)}, DAY),  # noqa: DTZ001
    return_case("the day after, in words", {DAY: "2018年3月1日"}, DAY),
    return_case("the month itself", {DAY: "2018年2月"}),
    return_case("the month after", {DAY: "2018.3"}, DAY),
    return_case("a whole year", {DAY: "2018年"}),
    return_case("before lending began", {DAY: datetime(2013, 12, 31)}, DAY),  # noqa: DTZ001
    return_case("the first day of lending", {DAY: "2014/1/1", DOCUMENT: "会议纪要"}),
    return_case("a document of next year", {DOCUMENT: "示例政办发（2019）3号"}, DOCUMENT),
    return_case("of this year, and the day too", {DOCUMENT: "示例政办发[2018]3号", DAY: "2018-02-01"}),
    return_case("a day before its document", {DAY: "2015-12-31"}, DAY),
    return_case("not begun, and paid for", {SAID: "尚未开工"}, SAID),
    return_case("done", {SAID: "已完工"}),
    return_case("another share", {SAID: "在建，完成投资39%"}, SAID),
    return_case("within a percent and a rounding", {SAID: "在建，完成投资40%"}),
    return_case("a tenth of a percent", {SAID: "投资完成40.8%"}, SAID),
    return_case("full width", {SAID: "已完成总投资的30％"}, SAID),
    return_case("of works, not of money", {SAID: "完成工程量80%"}),
    Case("C01", "done for nothing", {SAID: "已完工", SPENT: 0}, (("C01-6", SPENT), ("C01-7", SPENT), ("C01-9", SAID))),
    # January: 1470.00, 529.20 and 412.78; 590.00, 383.50 and 236.00
    project_case("ten times", {"E39": 4127.8, "C39": 4128, SAID: "在建"}, "E39"),
    project_case("nine tenths of that", {"E39": 3715.02, "C39": 3716, SAID: "在建"}, "E39"),
    project_case("three times", {"E40": 708, "C40": 708, SAID: "在建", "F40": "在建"}),
    project_case("more than three times", {"E40": 708.01, "C40": 709, "F40": "在建"}, "E40"),
    Case("C01", "not less than both roundings explain", {"E39": 412.77}),
    Case("C01", "less than last month", {"E39": 412.76}, (("C01-7", "E39"),)),
    Case("C01", "a third", {"E39": 137.6}, (("C01-7", "E39"),)),
    Case("C01", "less than a third", {"E39": 137.59}, (("C01-6", "E39"), ("C01-7", "E39"))),
    project_case("ten thousand times", {"E39": 4_127_800, "C39": 4_127_800, SAID: "在建"}, "C39", "E39"),
    project_case("another project", {"B39": "示例新建项目", "E39": 1400}),
    project_case("one that stands there twice", {"B40": "石泉示例核桃提质增效园项目", "E39": 1400, "F40": "在建"}),
    Case("C01", "in another row", {"B39": "石泉示例食用菌产业园项目", "B40": "石泉示例核桃提质增效园项目", "E39": 708.01, SAID: "在建", "F40": "在建"},
         (("C01-6", "E39"), ("C01-7", "D40"), ("C01-7", "E40"))),
    Case("Q01", "measures as they are"),
    Case("Q01", "an item left out", {RULES: None}, (("Q01-4", ORGANISATION),)),
    Case("Q01", "a dash is an answer", {RULES: "—"}),
    Case("Q01", "the list alone", {PRODUCTS: None, "B17": "示例贷", "C17": "建档立卡户", "D17": "5万元"}),
    Case("Q01", "as last month, at a quarter's end", {ORGANISATION: SAME}, (("Q01-1", ORGANISATION),)),
    Case("Q01", "word by word", {ORGANISATION: "成立了领导小组 行长任组长"}, (("Q01-1", ORGANISATION),)),
    Case("Q01", "a contact may stay", {CONTACT: SAME}),
    Case("Q01", "nothing may stay nothing", {RULES: SAME}),
    Case("Q01", "what nobody said last month", {"C7": SAME}, (("Q01-3", "C7"),)),
    Case("T01", "targets as they are"),
    Case("T01", "last year's", {"last year": True}, (("T01-5", "B6"),)),
    Case("T01", "last year's but one", {"last year": True, "B6": 3999}, later=("T01-7",)),
    Case("T01", "one left out", {"B6": None}, (("T01-1", "B6"),)),
    Case("T01", "households need not be set", {"C6": None}),
    Case("T01", "below nought", {"B6": -1}, (("T01-2", "B6"),)),
    Case("T01", "a total typed over", {"B16": 13781}, (("T01-3", "B16"),)),
    Case("T01", "a target of nothing", {"B6": 0}, (("T01-4", "B6"),)),
    Case("T01", "nobody to lend to", {"C6": 0}, (("T01-4", "B6"),)),
    Case("T01", "at the cap: 1302 × 5", {"B6": 6510}),
    Case("T01", "above", {"B6": 6510.01}, (("T01-4", "B6"),)),
    Case("T01", "250 each", {"B6": 325500.01}, (("T01-4", "B6"),)),
    Case("T01", "0.5 each", {"B6": 651}),
    Case("T01", "below a tenth", {"B6": 650.99}, (("T01-4", "B6"),)),
    Case("T01", "below a fiftieth", {"B6": 130.19}, (("T01-4", "B6"),)),
)  # fmt: skip
NAMES = {f"{case.form} {case.why}": case for case in CASES}


@pytest.fixture(scope="module")
def targets_before():
    return readings(SAMPLE / "2017-01" / "安康市2017年目标任务.xlsx", CATALOG).submissions[0]


@pytest.fixture(scope="module")
def return_before():
    return readings(SAMPLE / "2018-01" / "石泉县金融办2018年1月报表.xlsx", CATALOG).submissions[0]


@pytest.fixture(scope="module")
def forms(targets_before, return_before):
    place = COUNTY, "C01", JANUARY
    return {
        "C01": form_of(
            COUNTY, "C01",
            Known(FEBRUARY, records={place: record(*place)}, items={place: items_of(return_before)}),
        ),
        "Q01": form_of(BANK, "Q01", Known(MARCH, words={BANK: LAST_WORDS})),
        "T01": form_of(OFFICE, "T01", Known(JANUARY, history=_history(targets_before))),
    }  # fmt: skip


def _history(submission) -> History:
    return History.of(
        (submission.unit, o.area, submission.period, f"{o.indicator}@{o.institution}", o.value)
        for o in submission.observations
        if o.indicator in TARGETS and not o.total and o.value is not None
    )


@pytest.fixture(scope="module")
def calculated(forms, tmp_path_factory):
    """Every case, calculated by LibreOffice."""
    folder = tmp_path_factory.mktemp("words")
    blank = {code: written(form, folder / f"{code}-blank.xlsx") for code, form in forms.items()}
    own = {
        "C01": SAMPLE / "2018-02" / "石泉县金融办2018年2月报表.xlsx",
        "T01": SAMPLE / "2018-01" / "安康市2018年目标任务.xlsx",
    }
    last_year = openpyxl.load_workbook(SAMPLE / "2017-01" / "安康市2017年目标任务.xlsx").active
    right = {
        **{code: filled(path, blank[code], folder / f"{code}.xlsx") for code, path in own.items()},
        "Q01": _with_words(blank["Q01"], folder / "Q01.xlsx"),
    }
    made = []
    for number, case in enumerate(CASES):
        book = openpyxl.load_workbook(right[case.form])
        sheet = book.worksheets[0]
        if case.cells.get("last year"):
            _as_last_year(sheet, last_year)
        for cell, value in case.cells.items():
            if cell != "last year":
                sheet[cell] = value
        made.append(folder / f"{number}.xlsx")
        book.save(made[-1])
    return dict(zip(NAMES, convert(made, "xlsx", folder), strict=True))


def _with_words(blank, out):
    book = openpyxl.load_workbook(blank)
    for row in range(4, 15):
        book.worksheets[0].cell(row, 3).value = f"示例：第{row - 3}项工作已经开展。"
    book.save(out)
    return out


def _as_last_year(sheet, before):
    said = {row[0]: row[1:] for row in before.iter_rows(values_only=True)}
    for row in sheet.iter_rows(min_row=6, max_row=15):
        for cell, value in zip(row[1:], said[row[0].value], strict=False):
            cell.value = value


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told(calculated, name):
    assert sorted((line[0], line[4]) for line in told(calculated[name])) == sorted(NAMES[name].told)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_what_the_program_finds_at_home(calculated, name, targets_before, return_before):
    """What turns red in the form is what is found when it comes home: nothing else, and all of it."""
    case, read = NAMES[name], readings(calculated[name], CATALOG)
    assert not read.findings
    (sent,) = read.submissions
    found = validate.check([sent], CATALOG, _history(targets_before))
    found += validate.check_beyond([sent], CATALOG, _beside(sent, return_before)) if case.form != "T01" else []
    assert {finding.rule for finding in found} == {*case.later, *(code for code, _ in case.told)}


def _beside(sent, return_before) -> Neighbours:
    if sent.form == "C01":
        return Neighbours(returns_before=lambda: [return_before])
    before = Words("February", MappingProxyType(LAST_WORDS))
    now = resolved([(MARCH, words_of([sent])), (FEBRUARY, {BANK: before})])
    hanging = frozenset((BANK, item) for item, one in now[BANK].wordings.items() if is_dangling(one))
    last = {(BANK, item): text for item, text in LAST_WORDS.items()}
    return Neighbours(words=texts(now), dangling=hanging, words_before=last, units_before=frozenset({BANK}))


def test_no_formula_is_longer_than_excel_takes(forms, tmp_path):
    for code, form in forms.items():
        book = openpyxl.load_workbook(written(form, tmp_path / f"{code}.xlsx"))
        formulas = [str(c.value) for row in book["审核"].iter_rows() for c in row if c.data_type == "f"]
        assert 100 < max(map(len, formulas)) < 8192


def test_the_sentences_are_the_rules_own(calculated):
    def only(name):
        (line,) = told(calculated[name])
        return line[5]

    assert only("C01 denied, with a day") == (
        "石泉县“是否建立风险分担机制”填“否”，而“机制建立日期”填“2016-04-14”，两者不符。"
    )
    assert only("C01 another share") == (
        "第1项“进展情况”填“在建，完成投资39%”，而“已完成投资”为602.70万元，占总投资的41.00%，两者不符。"
    )
    assert only("C01 more than three times") == "第2项“贷款金额”708.01万元，上月236.00万元，增加到3倍以上。"
    assert only("Q01 an item left out") == "全表还有1格没有填。没有的写“无”，没有变化的选“与上月相同”。"
    assert only("Q01 as last month, at a quarter's end") == "“组织领导”的内容与上月（2018年2月）相同，季度末应当更新。"
    assert only("T01 last year's") == (
        "“农商银行/目标金额”等60个数全部与上年（2017年）的目标任务相同，疑似照抄了上年的表。"
    )
    assert only("T01 one left out") == "汉滨区还有1格没有填。空白表示未报，不等于0：没有任务的填0。"


@pytest.mark.parametrize(("unit", "code", "sheet"), [("office", "T01", "上年数"), ("fin-shiquan", "C01", "上月数")])
def test_earlier_figures_are_called_by_their_time(unit, code, sheet):
    form = form_of(unit, code, Known(Month(2018, 1)))
    assert form.past == sheet
    assert [step for step in form.guide.steps if "以前各期数" in step] == [
        f"“{sheet}”是本办采用的以前各期数。本单位认为有误的，请先更正那一期的报表。"
    ]
