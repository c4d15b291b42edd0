"""A register's units and deadlines over the profile's: what takes whose place, what is wrong with it, and where."""

import copy

import pytest

from pipeline.catalog import Catalog, Register, load_catalog, register_mistakes, register_of
from pipeline.errors import CatalogError, RegisterMistake
from pipeline.periods import Month

APRIL = Month(2018, 4)
NEW = {
    "id": "rcb-new",
    "order": 99,
    "institution": "rcb",
    "areas": ["hanbin"],
    "names": [{"name": "示例农商银行"}],
    "aliases": ["示例农商行"],
    "duties": [{"form": "M01", "voluntary": False, "since": "2018-04"}],
}
HANBIN = 0
"""Where rcb-hanbin stands among the units."""


@pytest.fixture
def register(catalog: Catalog) -> Register:
    """A copy of the profile's own, to change."""
    own = register_of(catalog)
    return Register(copy.deepcopy(own.units), copy.deepcopy(own.calendar))


def told(register: Register) -> list[tuple[str, str, str]]:
    return [(mistake.sheet, mistake.cell, mistake.sentence) for mistake in register_mistakes("ankang", register)]


# ------------------------------------------------------------------ what takes whose place


def test_a_register_that_says_the_same_makes_no_other_catalogue(catalog: Catalog, register: Register):
    """Nothing is derived or released anew for it."""
    assert load_catalog(register=register).fingerprint == catalog.fingerprint


def test_a_unit_of_the_register_is_a_unit(catalog: Catalog, register: Register):
    register.units.append(NEW)
    laid = load_catalog(register=register)
    assert laid.units.by_id["rcb-new"].owes("M01", APRIL)
    assert not laid.units.by_id["rcb-new"].owes("M01", APRIL.previous)
    assert laid.units.institutions == catalog.units.institutions
    assert laid.fingerprint != catalog.fingerprint
    assert laid.fingerprint == load_catalog(register=register).fingerprint


def test_a_unit_may_be_of_an_institution_that_the_profile_does_not_list(catalog: Catalog, register: Register):
    register.units.append({**NEW, "institution": "other:示例银行"})
    laid = load_catalog(register=register)
    other = laid.units.institution_by_id["other:示例银行"]
    assert (other.name, other.order, other.is_other) == ("示例银行", 4, True)
    assert [entry for entry in laid.units.institutions if not entry.is_other] == list(catalog.units.institutions)


def test_a_unit_that_is_not_in_the_register_is_none(register: Register):
    del register.units[HANBIN]
    assert "rcb-hanbin" not in load_catalog(register=register).units.by_id


def test_a_deadline_of_the_register_holds_and_other_policy_stays(catalog: Catalog, register: Register):
    values = register.calendar["monthly_deadline_day"]
    values[-1]["until"] = "2018-03"
    values.append({"value": 10, "since": "2018-04", "reference": "示例办函〔2018〕1号", "working": ""})
    policy = load_catalog(register=register).policy
    assert [policy.value("monthly_deadline_day", month) for month in (APRIL.previous, APRIL)] == [8, 10]
    assert policy.value("loan_cap_household", APRIL) == catalog.policy.value("loan_cap_household", APRIL)


def test_a_register_is_the_same_in_whatever_order_it_was_written(catalog: Catalog, register: Register):
    mixed = Register(
        [{**unit, "duties": unit["duties"][::-1], "names": unit["names"][::-1]} for unit in register.units[::-1]],
        {name: values[::-1] for name, values in register.calendar.items()},
    )
    assert register_of(load_catalog(register=mixed)).content == register_of(catalog).content


# ------------------------------------------------------------------ what is wrong, and where

CELLS = {
    ("units",): ("填报单位", ""),
    ("units", 0): ("填报单位", "A3"),
    ("units", 0, "institution"): ("填报单位", "E3"),
    ("units", 0, "areas"): ("填报单位", "F3"),
    ("units", 0, "areas", 0): ("填报单位", "F3"),
    ("units", 0, "names", 0, "name"): ("填报单位", "B3"),
    ("units", 0, "names", 0): ("填报单位", "B3"),
    ("units", 0, "names", 1): ("填报单位", "B4"),
    ("units", 0, "names", 0, "until"): ("填报单位", "D3"),
    ("units", 0, "aliases", 0): ("填报单位", "H3"),
    ("units", 1, "id"): ("填报单位", "A5"),
    ("units", 0, "duties", 0, "form"): ("应报报表", "C3"),
    ("units", 0, "duties", 0): ("应报报表", "C3"),
    ("units", 0, "duties", 1): ("应报报表", "C4"),
    ("calendar", "monthly_deadline_day"): ("期限", ""),
    ("calendar", "monthly_deadline_day", "values", 0): ("期限", "B3"),
    ("calendar", "monthly_deadline_day", "values", 1): ("期限", "B4"),
    ("calendar", "monthly_deadline_day", "values", 0, "value"): ("期限", "B3"),
    ("calendar", "deadline_day_in_time", "values", 0, "value"): ("期限", "B5"),
}


def _unit(**changes: object):
    return lambda register: register.units[HANBIN].update(changes)


def _deadline(name: str, *values: dict[str, object]):
    return lambda register: register.calendar.update({name: [{"reference": "示例文件", **value} for value in values]})


@pytest.mark.parametrize(
    ("why", "change", "sheet", "cell", "sentence"),
    [
        (
            "an institution that is not known",
            _unit(institution="城商行"),
            "填报单位",
            "E3",
            "填报单位 rcb-hanbin 的机构“城商行”没有登记，请从下拉列表中选择。",
        ),
        (
            "a county that is not known",
            _unit(areas=["天水市"]),
            "填报单位",
            "F3",
            "填报单位 rcb-hanbin 的县区“天水市”没有登记，请按县区的登记名称改正，几个县区之间用“、”隔开。",
        ),
        (
            "a bank without an institution",
            _unit(institution=""),
            "填报单位",
            "E3",
            (
                "填报单位 rcb-hanbin 报送月报（M01），必须写明机构，请从下拉列表中选择，"
                "列表中没有的银行写成“其他：”加名称。"
            ),
        ),
        (
            "figures of no county, though they need not be sent",
            _unit(areas=[], duties=[{"form": "M01", "voluntary": True}]),
            "填报单位",
            "F3",
            ("填报单位 rcb-hanbin 报送月报（M01），必须写明县区，请填写县区的登记名称，几个县区之间用“、”隔开。"),
        ),
        (
            "part of a county",
            _unit(areas=["gaoxin"]),
            "填报单位",
            "F3",
            "填报单位 rcb-hanbin 的县区“高新区”在汉滨区之内，不单独汇总，请改写所在的县区。",
        ),
        (
            "a form that is not defined",
            _unit(duties=[{"form": "Z99"}]),
            "应报报表",
            "C3",
            "填报单位 rcb-hanbin 应报的报表“Z99”没有定义，请从下拉列表中选择。",
        ),
        ("no name at all", _unit(names=[]), "填报单位", "A3", "填报单位 rcb-hanbin 没有名称，请补写。"),
        (
            "two names at a time",
            _unit(names=[{"name": "示例甲行"}, {"name": "示例乙行", "since": "2018-04"}]),
            "填报单位",
            "B4",
            (
                "填报单位 rcb-hanbin 的名称的有效期与工作表“填报单位”单元格B3的重叠，请改正“自”或“至”，"
                "使每个月只有一个有效；是两个单位的，请用两个编号。"
            ),
        ),
        (
            "a name that ends before it begins",
            _unit(names=[{"name": "示例甲行", "since": "2018-04", "until": "2018-03"}]),
            "填报单位",
            "D3",
            "填报单位 rcb-hanbin 的名称的截止月份早于起始月份，请改正“自”或“至”。",
        ),
        (
            "the same duty twice",
            _unit(duties=[{"form": "M01"}, {"form": "M01", "voluntary": True}]),
            "应报报表",
            "C4",
            "填报单位 rcb-hanbin 报送 M01 的义务的有效期与工作表“应报报表”单元格C3的重叠，请改正“自”或“至”，使每个月只有一个有效。",
        ),
        (
            "a day that not every month has",
            _deadline("monthly_deadline_day", {"value": 31}),
            "期限",
            "B3",
            "“月报截止日（次月几日前）”的取值应当是1至28的整数，现在是“31”，请改正。",
        ),
        (
            "neither yes nor no",
            _deadline("deadline_day_in_time", {"value": "大概"}),
            "期限",
            "B5",
            "“截止日当天送达是否算按时”的取值应当是“是”或“否”，现在是“大概”，请改正。",
        ),
        (
            "on nobody's authority",
            _deadline("monthly_deadline_day", {"value": 8, "reference": ""}),
            "期限",
            "B3",
            "“月报截止日（次月几日前）”的取值没有出处，请写明“文号和条款”，或者写明“本办约定的理由”。",
        ),
        (
            "no value at all",
            _deadline("monthly_deadline_day"),
            "期限",
            "",
            "“月报截止日（次月几日前）”没有取值，请补写。",
        ),
        (
            "a month without a deadline",
            _deadline("monthly_deadline_day", {"value": 8, "until": "2018-02"}, {"value": 9, "since": "2018-04"}),
            "期限",
            "B4",
            "“月报截止日（次月几日前）”在2018年3月没有取值，请改正“自”或“至”，使前后相接。",
        ),
        (
            "months before the first deadline",
            _deadline("monthly_deadline_day", {"value": 8, "since": "2018-01"}),
            "期限",
            "B3",
            "“月报截止日（次月几日前）”最早的一行应不写“自”，使以前的月份也有取值。",
        ),
        (
            "months after the last",
            _deadline("monthly_deadline_day", {"value": 8, "until": "2018-12"}),
            "期限",
            "B3",
            "“月报截止日（次月几日前）”最后的一行应不写“至”，使以后的月份也有取值。",
        ),
    ],
)
def test_a_mistake_is_told_at_its_cell(register: Register, why, change, sheet, cell, sentence):
    change(register)
    broken = Register(register.units, register.calendar, cells=CELLS)
    assert told(broken) == [(sheet, cell, sentence)]
    with pytest.raises(RegisterMistake, match=f"^工作表“{sheet}”"):
        load_catalog(register=broken)


def test_a_name_stands_for_one_unit(register: Register):
    register.units[1]["id"] = "rcb-hanbin"
    register.units[HANBIN]["aliases"] = ["农业银行安康分行"]
    broken = Register(register.units, register.calendar, cells=CELLS)
    doubled, claimed = told(broken)
    assert doubled == (
        "填报单位",
        "A5",
        "填报单位编号 rcb-hanbin 与工作表“填报单位”单元格A3重复，请改用别的编号。",
    )
    assert claimed[2] == (
        "填报单位名称或别名“农业银行安康分行”已在工作表“填报单位”单元格H3用于 rcb-hanbin，不能再用于 abc，请删去一处。"
    )


def test_a_mistake_in_a_file_is_told_as_one(schemas, register: Register):
    """The register lies over part of a file; what is wrong with the rest of it is no mistake of the workbook."""
    path = schemas / "profiles/ankang/institutions.yaml"
    path.write_text(path.read_text("utf-8").replace("  - id: abc\n    order: 3", "  - id: psbc\n    order: 3"), "utf-8")
    register.units.append(NEW)
    with pytest.raises(CatalogError, match=r"^schemas/profiles/ankang/institutions\.yaml 第") as caught:
        load_catalog(root=schemas, register=register)
    assert not isinstance(caught.value, RegisterMistake)
