"""Files that name the wrong month or the wrong bank: told to whom they are waited for from, and to nobody else."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline import __version__
from pipeline.jobs.rereading import lost
from pipeline.store.store import Store, set_derived_with
from tests.ingest.inboxes import put, register
from tests.ingest.sheets import CATALOG
from tests.jobs.containers import derived, grow_old, taken
from tests.jobs.inprocess import asked, duty
from tests.jobs.sample import SAMPLE, tree

HANYIN, SHIQUAN = "汉阴农商银行", "石泉农商银行"
IN_FEBRUARY, IN_MARCH, IN_APRIL = "2018-02-06 09:00", "2018-03-06 09:00", "2018-04-06 09:00"
PERIOD, COUNTYS_PERIOD, UNIT = "A4", "C2", "A3"
JANUARY = ("汉阴农商银行", "石泉农商银行", "石泉县金融办", "农行", "邮储安康_")


def month_of(day):
    return str(int(day[5:7]) - 1)


class Office:
    """A workspace into whose inbox files of the sample are put, each with the time at which it came."""

    def __init__(self, folder):
        self.inbox, self.rows = folder / "inbox", []

    def put(self, sender, month, when, cells=(), name="", change=None):
        """The sample's file of a sender and month, some of its cells written over, under its own or another name."""
        (source,) = (p for p in (SAMPLE / month).iterdir() if p.name.startswith(sender))
        data = source.read_bytes()
        if cells or change:
            book = openpyxl.load_workbook(source)
            for cell, value in dict(cells).items():
                book.worksheets[0][cell] = value
            if change:
                change(book.worksheets[0])
            out = io.BytesIO()
            book.save(out)
            data = out.getvalue()
        put(self.inbox, name or source.name, data)
        self.rows.append(f"{name or source.name},{when},邮件,,")
        register(self.inbox, *self.rows)

    def january(self):
        for sender in JANUARY:
            self.put(sender, "2018-01", IN_FEBRUARY)
        return taken(self.inbox, "2018-02-20")

    def take(self, day="2018-03-10"):
        """What a look on that day brings: (unit, period, hard rules of the file) of each statement, by file."""
        return {
            file.name: [
                (s.unit, s.period, [f.rule for f in reading.findings if f.submission == s.id and f.severity == "hard"])
                for s in reading.submissions
            ]
            for file, reading in zip(*self._read(taken(self.inbox, day)), strict=True)
        }

    def _read(self, intake):
        self.readings = dict(zip((file.name for file in intake.files), intake.readings, strict=True))
        return intake.files, intake.readings

    def doubt(self, file):
        (told,) = [f for f in self.readings[file].findings if f.rule in ("F03", "F04")]
        return told


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def known(office):
    """An office that has the statements of January."""
    assert {s.period for reading in office.january().readings for s in reading.submissions} == {"2018-01"}
    return office


# ------------------------------------------------------------------ the month


@pytest.mark.parametrize("said", ["2017年2月", "2018年1月", "2018年12月", "2018年3月"])
@pytest.mark.parametrize("name", ["汉阴农商银行2018年2月.xlsx", "汉阴农商银行.xlsx"])
def test_a_statement_that_names_another_month_is_kept_with_the_one_it_goes_on_in(known, name, said):
    known.put(HANYIN, "2018-02", IN_MARCH, {PERIOD: f"报告期：{said}"}, name)
    assert known.take() == {name: [("rcb-hanyin", "2018-02", ["F04"])]}
    told = known.doubt(name)
    year, month = int(said[:4]), int(said[5:-1])
    assert (told.cell, told.value, told.expected) == (PERIOD, f"{year}-{month:02d}", "2018-02")
    for words in (f"报告期写作{said}", "报出日期是2018年3月5日", "收到时（2018-03-06）", "2018年1月报表的期末余额相同"):
        assert words in told.message
    assert (f"文件名是《{name}》" in told.message) == ("2月" in name)


@pytest.mark.parametrize("said", ["2017年2月", "2018年1月"])
@pytest.mark.parametrize("name", ["石泉县金融办2018年2月报表.xlsx", "石泉县金融办报表.xlsx"])
def test_a_county_return_is_known_by_what_it_says_of_the_banks(known, name, said):
    known.put("农行", "2018-02", IN_MARCH)
    known.put("石泉农商银行", "2018-02", IN_MARCH)
    known.put("石泉县金融办", "2018-02", IN_MARCH, {COUNTYS_PERIOD: f"报告期：{said}"}, name)
    assert known.take()[name] == [("fin-shiquan", "2018-02", ["F04"])]
    told = known.doubt(name)
    assert told.cell == COUNTYS_PERIOD
    assert "所填各银行的数与各银行2018年2月的报表相同" in told.message


@pytest.mark.parametrize("county_first", [True, False])
@pytest.mark.parametrize("banks_said", ["2018年2月", "2018年1月"])
def test_whether_county_or_banks_come_first_in_a_run_makes_no_difference(known, banks_said, county_first):
    """The county's heading is last month's; so may be that of the bank by which it is known."""
    name = "石泉县金融办报表.xlsx"
    days = ("2018-03-05 09:00", "2018-03-06 09:00")[:: 1 if county_first else -1]
    known.put("石泉县金融办", "2018-02", days[0], {COUNTYS_PERIOD: "报告期：2018年1月"}, name)
    known.put("石泉农商银行", "2018-02", days[1], {PERIOD: f"报告期：{banks_said}"}, "石泉农商银行.xlsx")
    came = known.take()
    assert came[name] == [("fin-shiquan", "2018-02", ["F04"])]
    assert came["石泉农商银行.xlsx"] == [("rcb-shiquan", "2018-02", ["F04"] if "1月" in banks_said else [])]


def test_what_came_early_is_not_the_month_before(known):
    """February's, dated March, on the last of February: January's is in, and its figures are no January's."""
    known.put(HANYIN, "2018-02", "2018-02-28 16:00", {PERIOD: "报告期：2018年3月"}, "汉阴农商银行.xlsx")
    known.put("宁陕农商银行", "2018-02", "2018-02-28 16:00", {PERIOD: "报告期：2018年3月"}, "宁陕农商银行.xlsx")
    assert known.take() == {
        "汉阴农商银行.xlsx": [("rcb-hanyin", "2018-03", ["F04"])],
        "宁陕农商银行.xlsx": [("rcb-ningshan", "2018-01", ["F04"])],
    }


WORDS = "扶贫工作措施表（石泉"
UNNAMED = "扶贫工作措施表（石泉农商银行）.xlsx"


def dated(said):
    """Words under the heading of this month."""

    def change(sheet):
        for row in sheet.iter_rows(max_row=3):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("2018年2月", said)

    return change


def test_words_alone_are_kept_with_the_month_that_their_name_says(known):
    name = "扶贫工作措施表（石泉农商银行2018年2月）.xlsx"
    known.put(WORDS, "2018-02", IN_MARCH, name=name, change=dated("2018年1月"))
    assert known.take() == {name: [("rcb-shiquan", "2018-02", ["F04"])]}


@pytest.mark.parametrize("said", ["2018年1月", "2017年2月"])
@pytest.mark.parametrize("together", [True, False])
def test_words_that_no_name_dates_do_not_take_the_place_of_a_past_months(known, said, together):
    """January's are there, February's are waited for; twice in the same way they do not either."""
    known.put(WORDS, "2018-01", IN_FEBRUARY)
    if not together:
        known.take("2018-02-20")
    known.put(WORDS, "2018-02", IN_MARCH, name=UNNAMED, change=dated(said))
    assert known.take()[UNNAMED] == [("rcb-shiquan", "2018-02", ["F04"])]
    told = known.doubt(UNNAMED)
    assert (told.value, told.expected) == (f"{said[:4]}-{int(said[5:-1]):02d}", "2018-02")
    assert f"报告期写作{said}" in told.message and "收到时（2018-03-06）正在报2018年2月的报表" in told.message
    assert ("2018年1月的此前已经报过" in told.message) == (said == "2018年1月")
    again = f"第二次/{UNNAMED}"
    known.put(WORDS, "2018-02", "2018-03-07 09:00", {"C14": "示例戊，0915-0000001"}, again, dated(said))
    assert known.take()[again] == [("rcb-shiquan", "2018-02", ["F04"])]


def test_the_words_of_the_past_month_stay_in_force(known, capsys):
    known.put(WORDS, "2018-01", IN_FEBRUARY)
    known.put(WORDS, "2018-02", IN_MARCH, name=UNNAMED, change=dated("2018年1月"))
    known.put(SHIQUAN, "2018-02", IN_MARCH)
    where = ("--workspace", known.inbox.parent, "--as-of", "2018-03-20")
    asked(capsys, "monthly", "2018-02", *where)
    for period, state in (("2018-01", "in_force"), ("2018-02", "rejected")):
        assert duty(asked(capsys, "status", period, *where), "rcb-shiquan", "Q01")["state"] == state
    before = derived(known.inbox.parent)["submission"]
    grow_old(known.inbox.parent)
    asked(capsys, "monthly", "2018-02", *where)
    assert derived(known.inbox.parent)["submission"] == before


@pytest.mark.parametrize(
    ("why", "january_came", "february_came", "name"),
    [
        ("its name says that it is January's", True, False, "石泉农商银行措施表2018年1月更正.xlsx"),
        ("or only the month", True, False, "石泉农商银行措施表1月更正.xlsx"),
        ("February's are in", True, True, UNNAMED),
        ("January's have not come: it is late", False, False, UNNAMED),
    ],
)
def test_words_of_a_past_month_may_come_late_or_once_more(known, why, january_came, february_came, name):
    if january_came:
        known.put(WORDS, "2018-01", IN_FEBRUARY)
    if february_came:
        known.put(WORDS, "2018-02", "2018-03-05 09:00")
    known.take("2018-03-05")
    known.put(WORDS, "2018-02", IN_MARCH, name=name, change=dated("2018年1月"))
    assert known.take() == {name: [("rcb-shiquan", "2018-01", [])]}, why


@pytest.mark.parametrize("name", ["汉阴农商银行2018年2月.xlsx", "汉阴农商银行.xlsx", "汉阴农商银行更正.xlsx"])
def test_a_late_correction_is_a_correction(known, name):
    known.put(HANYIN, "2018-02", IN_MARCH)
    known.take()
    known.put(HANYIN, "2018-02", IN_APRIL, {"G8": 3000}, name=f"第二次/{name}")
    known.put(HANYIN, "2018-03", IN_APRIL)
    assert known.take("2018-04-10") == {
        f"第二次/{name}": [("rcb-hanyin", "2018-02", [])],
        "汉阴农商银行2018年3月.xlsx": [("rcb-hanyin", "2018-03", [])],
    }


def test_so_is_one_of_a_county_return(known):
    known.put("石泉县金融办", "2018-01", IN_MARCH, {"E8": 601.5}, name="石泉县金融办更正.xlsx")
    known.put("农行", "2018-02", IN_MARCH)
    known.put("石泉农商银行", "2018-02", IN_MARCH)
    assert known.take()["石泉县金融办更正.xlsx"] == [("fin-shiquan", "2018-01", [])]


def test_last_months_file_under_this_months_name(known):
    name = "汉阴农商银行2018年2月.xlsx"
    known.put(HANYIN, "2018-01", IN_MARCH, {"A40": "备注：无"}, name=name)
    assert known.take() == {name: [("rcb-hanyin", "2018-02", ["F04"])]}
    assert "疑似把2018年1月的文件改名发来" in known.doubt(name).message


def test_it_is_told_once_under_the_period(known, capsys):
    """That all its figures were sent before follows from that."""
    known.put(HANYIN, "2018-01", IN_MARCH, {"A40": "备注：无"}, name="汉阴农商银行2018年2月.xlsx")
    known.put(SHIQUAN, "2018-02", IN_MARCH)
    where = ("--workspace", known.inbox.parent, "--as-of", "2018-03-20")
    asked(capsys, "monthly", "2018-02", *where)
    found = asked(capsys, "status", "2018-02", *where)["data"]["findings"]
    own = [(f["rule"], f["status"]) for f in found if f["reporting_unit"] == "rcb-hanyin" and f["severity"] == "hard"]
    assert [rule for rule, status in own if status == "open"] == ["F04"]
    assert ("A18", "folded") in own


def test_a_wrong_name_of_what_says_its_month_and_goes_on_in_it(known):
    known.put(HANYIN, "2018-02", IN_APRIL, name="汉阴农商银行2018年3月.xlsx")
    assert known.take("2018-04-10") == {"汉阴农商银行2018年3月.xlsx": [("rcb-hanyin", "2018-02", ["F04"])]}


def test_beside_the_right_file_it_is_no_other_version_of_it(known):
    known.put(HANYIN, "2018-02", IN_MARCH)
    known.put(HANYIN, "2018-02", IN_MARCH, {PERIOD: "报告期：2018年1月"}, name="汉阴农商银行.xlsx")
    assert known.take() == {
        "汉阴农商银行2018年2月.xlsx": [("rcb-hanyin", "2018-02", [])],
        "汉阴农商银行.xlsx": [("rcb-hanyin", "2018-02", ["F04"])],
    }


def test_the_month_tells_that_it_came_and_the_past_month_keeps_its_figures(known, capsys):
    known.put(HANYIN, "2018-02", IN_MARCH, {PERIOD: "报告期：2018年1月"}, "汉阴农商银行.xlsx")
    known.put(SHIQUAN, "2018-02", IN_MARCH)
    where = ("--workspace", known.inbox.parent, "--as-of", "2018-03-20")
    told = asked(capsys, "monthly", "2018-02", *where)
    hanyin = duty(told, "rcb-hanyin")
    assert (hanyin["state"], hanyin["days_late"]) == ("rejected", 0)
    assert "退回：汉阴农商银行（月报）" in told["message"]
    own = [
        f for f in asked(capsys, "status", "2018-02", *where)["data"]["findings"] if f["reporting_unit"] == "rcb-hanyin"
    ]
    assert [(f["rule"], f["status"], f["cell"]) for f in own if f["status"] != "folded"] == [("F04", "open", PERIOD)]
    letters = tree(known.inbox.parent / "output" / "2018-02")
    assert any(path.startswith(f"退回单/{HANYIN}/") for path in letters)
    past = duty(asked(capsys, "status", "2018-01", *where), "rcb-hanyin")
    assert (past["state"], past["last_state"]) == ("in_force", "in_force")
    before = derived(known.inbox.parent)["submission"]
    grow_old(known.inbox.parent)
    asked(capsys, "monthly", "2018-02", *where)
    assert derived(known.inbox.parent)["submission"] == before


# ------------------------------------------------------------------ the bank


def test_a_bank_that_names_another_is_told_and_the_other_keeps_its_own(known, capsys):
    known.put(HANYIN, "2018-02", IN_MARCH, {UNIT: f"填报单位：{SHIQUAN}"})
    known.put(SHIQUAN, "2018-02", IN_MARCH)
    where = ("--workspace", known.inbox.parent, "--as-of", "2018-03-20")
    told = asked(capsys, "monthly", "2018-02", *where)
    assert duty(told, "rcb-hanyin")["state"] == "rejected"
    assert duty(told, "rcb-shiquan")["state"] == duty(told, "rcb-shiquan")["last_state"] == "in_force"
    (found,) = [
        f
        for f in asked(capsys, "status", "2018-02", *where)["data"]["findings"]
        if f["rule"] in ("F03", "F10") and f["status"] == "open"
    ]
    assert (found["reporting_unit"], found["cell"], found["value"]) == ("rcb-hanyin", UNIT, SHIQUAN)
    assert "疑似填报单位写错，应为汉阴农商银行" in found["message"]
    letters = tree(known.inbox.parent / "output" / "2018-02")
    assert any(path.startswith(f"退回单/{HANYIN}/汉阴农商银行2018年2月") for path in letters)
    assert not [path for path in letters if path.startswith(f"退回单/{SHIQUAN}/汉阴")]


@pytest.mark.parametrize("name", ["汉阴农商银行2018年2月.xlsx", "汉阴月报.xlsx", "报表.xlsx"])
def test_the_figures_tell_whose_they_are(known, name):
    known.put(HANYIN, "2018-02", IN_MARCH, {UNIT: f"填报单位：{SHIQUAN}"}, name)
    assert known.take() == {name: [("rcb-hanyin", "2018-02", ["F03"])]}
    (sent,) = known.readings[name].submissions
    assert {(o.area, o.institution) for o in sent.observations} == {("hanyin", "rcb")}
    assert "月初余额与汉阴农商银行2018年1月报表的期末余额相同" in known.doubt(name).message


def test_a_wrong_name_of_what_is_the_headings_own(known):
    known.put(SHIQUAN, "2018-02", IN_MARCH, name="汉阴农商银行2018年2月.xlsx")
    assert known.take() == {"汉阴农商银行2018年2月.xlsx": [("rcb-shiquan", "2018-02", ["F03"])]}


def test_where_nothing_was_known_before_it_is_his_who_is_waited_for(office):
    office.put(HANYIN, "2018-02", IN_MARCH, {UNIT: f"填报单位：{SHIQUAN}"})
    office.put(SHIQUAN, "2018-02", IN_MARCH)
    assert office.take() == {
        "汉阴农商银行2018年2月.xlsx": [("rcb-hanyin", "2018-02", ["F03"])],
        "石泉农商银行2018年2月.xlsx": [("rcb-shiquan", "2018-02", [])],
    }
    assert "石泉农商银行已另报了自己的报表" in office.doubt("汉阴农商银行2018年2月.xlsx").message


def test_what_may_be_of_two_goes_back_to_neither(office, capsys):
    office.put(HANYIN, "2018-02", IN_MARCH, {UNIT: f"填报单位：{SHIQUAN}"})
    office.put("农行", "2018-02", IN_MARCH)
    where = ("--workspace", office.inbox.parent, "--as-of", "2018-03-20")
    told = asked(capsys, "monthly", "2018-02", *where)
    assert {duty(told, unit)["state"] for unit in ("rcb-hanyin", "rcb-shiquan")} == {"missing"}
    (found,) = asked(capsys, "status", "2018-02", *where)["data"]["unidentified"]
    assert (found["rule"], found["cell"], found["reporting_unit"]) == ("F03", UNIT, "")
    assert "看不出是哪一家的报表" in found["message"]
    assert not [path for path in tree(office.inbox.parent / "output" / "2018-02") if path.endswith("（标注）.xlsx")]


def test_a_county_that_names_another_is_known_by_its_banks(known):
    known.put("农行", "2018-02", IN_MARCH)
    known.put("邮储安康_", "2018-02", IN_MARCH)
    known.put("汉阴县金融办", "2018-02", IN_MARCH, {"A2": "填报单位：石泉县金融办"})
    assert known.take()["汉阴县金融办2018年2月报表.xlsx"] == [("fin-hanyin", "2018-02", ["F03"])]


def test_an_edited_register_loses_nothing_of_it(known):
    """It is read under the name of its heading, and kept under another's: neither reading is a loss."""
    known.put(HANYIN, "2018-02", IN_MARCH, {UNIT: f"填报单位：{SHIQUAN}", PERIOD: "报告期：2017年2月"})
    known.take()
    units = [
        unit.model_copy(update={"aliases": (*unit.aliases, "镇坪信合")}) if unit.id == "rcb-zhenping" else unit
        for unit in CATALOG.units.units
    ]
    edited = CATALOG.units.model_copy(update={"units": tuple(units)})
    after = CATALOG.model_copy(update={"units": edited, "fingerprint": "edited"})
    store = Store(known.inbox.parent, create=False)
    with store.transaction() as connection:
        set_derived_with(connection, f"{CATALOG.fingerprint} {__version__}")
        assert lost(store, connection, CATALOG, after) == []
    store.close()
