"""Labels of rows: one area, or none."""

import pytest

from pipeline.ingest.area_labels import area_labels, as_label
from tests.ingest.sheets import CATALOG

ABC = area_labels(CATALOG, "abc")


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("汉滨区", "hanbin"),
        ("汉滨支行", "hanbin"),
        ("汉滨区*", "hanbin"),
        ("★汉滨区", "hanbin"),
        ("1.汉滨区", "hanbin"),
        ("(10)白河县", "baihe"),
        ("一、汉滨区", "hanbin"),
        ("农行汉滨区支行", "hanbin"),
        ("中国农业银行安康汉滨区支行", "hanbin"),
        ("农业银行安康分行汉阴县支行", "hanyin"),
        ("610902000000", "hanbin"),
        ("610902000000汉滨区", "hanbin"),
        ("汉滨区(含高新区)", "hanbin"),
        ("汉滨区(含高新区、恒口示范区)", "hanbin"),
        ("其中:高新区", "gaoxin"),
        ("汉阴县农行", "hanyin"),
        ("汉阴县支行", "hanyin"),
        ("农行安康市汉阴县支行", "hanyin"),
        ("汉阴县(汇总)", "hanyin"),
        ("汉阴县合计", "hanyin"),
        ("汉阴县(全县)", "hanyin"),
        ("陕西省旬阳县", "xunyang"),
        ("陕西省安康市旬阳县", "xunyang"),
        ("安康旬阳", "xunyang"),
        ("旬阳县(贫困县)", "xunyang"),
        ("旬阳县(国定贫困县)", "xunyang"),
        ("旬阳县(2018年摘帽)", "xunyang"),
        ("旬阳县(注1)", "xunyang"),
        ("旬阳县[1]", "xunyang"),
        ("旬阳县†", "xunyang"),
        ("旬阳县(旬阳支行)", "xunyang"),
        ("旬阳县(农行)", "xunyang"),
        ("旬阳县(原旬阳)", "xunyang"),
        ("9:旬阳县", "xunyang"),
    ],
)
def test_one_area(label, area):
    assert ABC.named(label) == area


@pytest.mark.parametrize(
    "label",
    [
        "汉滨区(含高新区,上月数)",
        "汉滨区(含上年)",
        "汉阴县(含高新区)",
        "汉滨区(不含高新区)",
        "汉滨区(含汉阴县)",
        "邮储汉滨支行",
        "邮储银行汉滨区支行",
        "农行某区支行",
        "610902汉阴县",
        "610902000001",
        "农行",
        "安康市农行",
        "旬阳县城关支行",
        "旬阳县支行营业部",
        "汉阴县高新区",
        "汉阴县本级",
        "汉阴县邮储",
        "汉阴县上月合计",
        "旬阳县等10县区合计",
        "旬阳县1",
        "旬阳县(企业)",
        "旬阳县(贫困户)",
        "旬阳县(城区)",
        "旬阳县(上年)",
        "旬阳县(邮储)",
        "旬阳县(白河县)",
        "",
    ],
)
def test_none(label):
    assert ABC.named(label) is None


def test_branches_are_those_of_the_sender():
    assert area_labels(CATALOG, "psbc").named("邮储银行汉滨区支行") == "hanbin"
    assert area_labels(CATALOG).named("农行汉滨区支行") is None


@pytest.mark.parametrize(
    ("label", "is_total"),
    [
        ("合计", True),
        ("合计(含高新区)", True),
        ("全市(共10个县区)", True),
        ("合计(含上月)", False),
        ("合计*", True),
        ("合计(注1)", True),
        ("合计(全市)", True),
        ("合计(贫困县)", False),
        ("全市(不含高新区)", False),
        ("合计(除高新区外)", False),
        ("上月合计", False),
        ("合计(不含高新区)", False),
        ("合计(10个县区,不含市直)", False),
        ("农行合计", True),
        ("安康分行合计", True),
        ("农业银行安康分行总计", True),
        ("市分行合计", True),
        ("县区合计", True),
        ("陕西省安康市", True),
        ("陕西省合计", False),
        ("邮储合计", False),
        ("九县合计", False),
        ("合计(10县区)", True),
        ("十县区合计", True),
        ("一区九县合计", True),
        ("全市合计(十县区)", True),
        ("合计数", True),
        ("合计(9县)", False),
        ("两区九县合计", False),
        ("合计(十二县区)", False),
        ("安康分行", False),
        ("汉阴县合计", False),
        ("小计", False),
    ],
)
def test_totals(label, is_total):
    assert ABC.is_total(label) is is_total


@pytest.mark.parametrize(
    ("label", "is_subtotal"),
    [
        ("小计", True),
        ("农行小计", True),
        ("安康市小计", True),
        ("九县小计", False),
        ("汉阴县小计", False),
        ("合计", False),
    ],
)
def test_subtotals(label, is_subtotal):
    assert ABC.is_subtotal(label) is is_subtotal


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("旬阳县①", "旬阳县"),
        ("旬阳县㉑", "旬阳县"),
        ("旬阳县²", "旬阳县"),
        ("①旬阳县", "旬阳县"),
        ("❶、旬阳县", "旬阳县"),
        ("合 计 ②", "合计"),
        ("旬阳县2", "旬阳县2"),
    ],
)
def test_a_small_number_beside_a_label_is_of_a_note(text, label):
    assert as_label(text) == label
