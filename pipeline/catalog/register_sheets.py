"""The register workbook 「登记表」 as whoever writes it and whoever reads it know it: sheets, headings, fixed words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet that people edit: its headings by what they mean."""

    name: str
    headings: Mapping[str, str]
    private: bool = False
    """What stands in it is never quoted in a message."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call at a reporting unit 「联系人」. Personal data: it stays in the store and in the workbook."""

    unit: str
    name: str
    post: str = ""
    telephone: str = ""
    email: str = ""
    note: str = ""


UNITS = SheetPlan(
    "填报单位",
    {
        "id": "编号",
        "name": "名称",
        "since": "自",
        "until": "至",
        "institution": "机构",
        "areas": "县区",
        "order": "顺序",
        "aliases": "别名",
    },
)
DUTIES = SheetPlan(
    "应报报表",
    {"id": "编号", "unit_name": "单位名称", "form": "报表", "kind": "要求", "since": "自", "until": "至"},
)
DEADLINES = SheetPlan(
    "期限",
    {
        "parameter": "项目",
        "value": "取值",
        "since": "自",
        "until": "至",
        "reference": "文号和条款",
        "working": "本办约定的理由",
    },
)
CONTACTS = SheetPlan(
    "联系人",
    {
        "id": "编号",
        "unit_name": "单位名称",
        "name": "姓名",
        "post": "职务",
        "telephone": "电话",
        "email": "邮箱",
        "note": "备注",
    },
    private=True,
)
EDITED = (UNITS, DUTIES, DEADLINES, CONTACTS)
GUIDE, EXTENSIONS, TARGETS = "说明", "已延期", "年度任务"
"""Sheets to read, to look at, and the one that is form T01 as it always arrives."""

NAME = "登记表.xlsx"
TARGET_FORM = "T01"
OWED, MAY = "必报", "可报"
YES, NO = "是", "否"
OTHER_BANK = "其他："
"""Stands before the name of an institution that the profile does not list."""
LISTED = "、"
"""Stands between things in one cell."""
