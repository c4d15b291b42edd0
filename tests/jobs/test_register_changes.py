"""What is different between two registers, in words."""

from __future__ import annotations

import copy

import pytest

from pipeline.catalog import Catalog, Register, load_catalog, register_of
from pipeline.catalog.register_sheets import Contact
from pipeline.jobs.register_changes import contact_changes, register_changes
from tests.registers import CATALOG, MONTHLY

BASE = register_of(CATALOG)


def changed(change) -> Catalog:
    register = Register(copy.deepcopy(BASE.units), copy.deepcopy(BASE.calendar))
    change(register)
    return load_catalog(register=register)


def unit(name: str, **changes: object):
    return lambda register: next(one for one in register.units if one["id"] == name).update(changes)


def duties(name: str, *entries: dict[str, object]):
    return unit(name, duties=list(entries))


def deadline(*values: dict[str, object]):
    own = [{"reference": "示例办函〔2018〕5号", "working": "", **value} for value in values]
    return lambda register: register.calendar.update({"monthly_deadline_day": own})


NEW = {
    "id": "new",
    "order": 90,
    "institution": "rcb",
    "areas": ["hanbin"],
    "names": [{"name": "示例银行"}],
    "aliases": [],
    "duties": [{"form": "M01", "voluntary": False, "since": "2018-04"}, {"form": "Q01", "voluntary": True}],
}


@pytest.mark.parametrize(
    ("why", "change", "told"),
    [
        ("nothing", lambda register: None, []),
        (
            "a new unit",
            lambda register: register.units.append(NEW),
            ["新增填报单位：示例银行（new），M01必报（2018年4月起）、Q01可报。"],
        ),
        (
            "a new unit that owes nothing yet",
            lambda register: register.units.append({**NEW, "duties": []}),
            ["新增填报单位：示例银行（new），没有应报报表。"],
        ),
        (
            "a unit less",
            lambda register: register.units.pop(),
            ["删去填报单位：安康银监分局（dept-cbrc）。"],
        ),
        (
            "another name from a month on",
            unit("abc", names=[{"name": "农业银行安康分行", "until": "2018-03"}, {"name": "示例农行", "since": "2018-04"}]),
            ["农业银行安康分行（abc）的名称改为：农业银行安康分行（至2018年3月）、示例农行（2018年4月起）。"],
        ),
        ("another institution", unit("abc", institution="psbc"), ["农业银行安康分行的机构由农业银行改为邮储银行。"]),
        ("an institution for the first time", unit("dept-pboc", institution="abc"), ["人民银行安康市中心支行的机构由无改为农业银行。"]),
        ("a county more", unit("rcb-hanbin", areas=["hanbin", "hanyin"]), ["汉滨农商银行的县区增加汉阴县。"]),
        ("one for another", unit("rcb-hanbin", areas=["hanyin"]), ["汉滨农商银行的县区增加汉阴县，删去汉滨区。"]),
        ("another alias", unit("dept-finance", aliases=["示例财政局"]), ["安康市财政局的别名增加示例财政局，删去市财政局。"]),
        (
            "the same aliases in another order",
            unit("dept-poverty", aliases=["市扶贫局", "市扶贫开发局", "安康市扶贫局"]),
            ["安康市扶贫开发局的别名调整了次序。"],
        ),
        ("another place", unit("dept-finance", order=7), ["安康市财政局的顺序由52改为7。"]),
        (
            "a form no longer",
            duties("fin-hanbin", {"form": "C01", "since": "2017-01", "until": "2018-03"}),
            ["汉滨区金融办的C01停报：报到2018年3月为止。"],
        ),
        ("a form more", duties("dept-pboc", {"form": "Q01", "since": "2017-12", "voluntary": True}, {"form": "T01"}),
         ["人民银行安康市中心支行的T01新增：必报。"]),
        ("a form not at all", duties("dept-pboc"), ["人民银行安康市中心支行的Q01不再登记。"]),
        (
            "must where it might",
            duties("dept-pboc", {"form": "Q01", "since": "2017-12"}),
            ["人民银行安康市中心支行的Q01由可报（2017年12月起）改为必报（2017年12月起）。"],
        ),
        (
            "another day from a month on",
            deadline({"value": 8, "until": "2018-03"}, {"value": 10, "since": "2018-04"}),
            [f"{MONTHLY}：自2018年4月起由8日改为10日（示例办函〔2018〕5号）。"],
        ),
        ("another day always", deadline({"value": 10}), [f"{MONTHLY}：由8日改为10日（示例办函〔2018〕5号）。"]),
        (
            "another day for three months",
            deadline({"value": 8, "until": "2018-03"}, {"value": 10, "since": "2018-04", "until": "2018-06"}, {"value": 8, "since": "2018-07"}),
            [f"{MONTHLY}：自2018年4月起至2018年6月止由8日改为10日（示例办函〔2018〕5号）。"],
        ),
        (
            "two other days",
            deadline({"value": 9, "until": "2018-03"}, {"value": 10, "since": "2018-04"}),
            [
                f"{MONTHLY}：至2018年3月止由8日改为9日（示例办函〔2018〕5号）。",
                f"{MONTHLY}：自2018年4月起由8日改为10日（示例办函〔2018〕5号）。",
            ],
        ),
        ("the same day on another authority", deadline({"value": 8}), [f"{MONTHLY}：取值不变，起止月份或依据有改动。"]),
        (
            "yes and no",
            lambda register: register.calendar.update(
                {"deadline_day_in_time": [{"value": False, "reference": "", "working": "示例理由"}]}
            ),
            ["截止日当天送达是否算按时：由是改为否（本办约定：示例理由）。"],
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(why, change, told):
    assert list(register_changes(CATALOG, changed(change))) == told


def test_a_duty_that_goes_on_after_all():
    ended = changed(duties("fin-hanbin", {"form": "C01", "since": "2017-01", "until": "2018-03"}))
    assert list(register_changes(ended, CATALOG)) == ["汉滨区金融办的C01恢复报送，不再停报。"]


def test_of_contacts_the_units_are_told_and_nobody():
    before = [Contact("abc", "示例甲"), Contact("psbc", "示例乙")]
    after = [
        Contact("psbc", "示例乙"),
        Contact("abc", "示例甲", telephone="0915-0000000"),
        Contact("rcb-hanbin", "示例丙"),
    ]
    assert list(contact_changes(before, after, CATALOG)) == ["联系人有变动：汉滨农商银行、农业银行安康分行。"]
    assert list(contact_changes(before, before[::-1], CATALOG)) == [], "a row elsewhere is no change"
    assert list(contact_changes(before, [], CATALOG)) == ["联系人有变动：邮储银行安康市分行、农业银行安康分行。"]
