"""How columns of areas, of serial numbers and of what is always reckoned anew are headed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.heading import PERIOD_LABELS, UNIT_LABELS, packed
from pipeline.ingest.matching import Words, folded

AREA_HEADERS = frozenset(
    (
        "县(区)",
        "县区",
        "区县",
        "区/县",
        "县/区",
        "区(县)",
        "县市区",
        "县(市、区)",
        "县(区、市)",
        "县(市区)",
        "县(市)区",
        "县(市)",
        "县别",
        "县(区)别",
        "县区别",
        "县(区)名",
        "县区名",
        "县名",
        "地区",
        "地区名称",
        "辖区",
        "行政区划",
        "行政区划名称",
        "行政区",
        "行政区域",
        "所属区县",
        "所属县区",
        "所辖县区",
        "所在县区",
        "各县区",
        "县域",
        "区域",
        "县区名称",
        "区县名称",
        "县(区)名称",
        "县市区名称",
        "机构",
        "机构名称",
        "分支机构",
        "网点",
        "支行",
        "支行名称",
        "支行(县区)",
        "单位名称",
    )
)
"""How the column of areas is headed; one headed otherwise is known by the areas in it."""

SERIAL_HEADERS = frozenset({"序号", "序", "编号", "No", "NO", "No.", "行次", "项次"})
CODE_HEADERS = frozenset(
    {"区划代码", "行政区划代码", "县区代码", "区县代码", "地区代码", "行政区代码", "机构代码", "机构号", "机构编码"}
)
"""Columns of codes beside the names of areas: where they name another area, the row is nobody's."""

REMARKS = re.compile(
    r"(?:备注|备考|说明|解释|口径|要求|原因|理由|意见|结果|来源|依据|部门|科室|(?:责任|负责|经办|填表|填报|制表|审核|复核|联系)人|联络员"
    r"|(?:责任|牵头|主管|包抓|帮扶)(?:单位|领导)|电话|手机|日期|时间|时限|校验|审核|核对|复核|状态)$"
)
"""How columns of remarks are headed, and of who answers for a row: whatever stands in them is no figure of the form."""
_TELEPHONES = re.compile(r"(?:电话|手机)$")
SAID = {
    "period": frozenset(
        (*PERIOD_LABELS, "月份", "年月", "报告月份", "数据月份", "所属月份", "截止日期", "期数", "期次", "年份", "年度")
    ),
    "day": frozenset({"日期", "时间"}),
    "unit": frozenset({"单位", "金额单位", "计量单位", "货币单位", "币种", "货币"}),
    "sender": frozenset(
        (
            *UNIT_LABELS,
            "银行",
            "银行名称",
            "银行机构",
            "金融机构",
            "承贷银行",
            "承贷机构",
            "放贷银行",
            "经办银行",
            "机构",
            "支行",
        )
    ),
    "city": frozenset({"市", "地市", "市州", "市(州)", "城市", "所属市", "所属地市", "省", "省份", "所属省", "省市"}),
}
"""Columns that say of every row what a caption says of the table: whose it is, of which month, in which unit."""

TYPED_RATIO = re.compile(
    r"(不良|逾期|户贷|完成|覆盖|增长|获贷|收回)(贷款)?率|占比|比重|比例|同比|环比|增幅|增速|较年初|较上月|户均|笔均|覆盖面|进度"
    r"|(?:^|[\u4e00-\u9fff])(?:位次|名次|排名|排序|排位)$"
)
"""Ratios and ranks that a bank adds to its table are never data: ours are made from sums."""
_DIFFERENCE = re.compile(
    r"^(?:余额|金额|户数|本月|本期)?(?:比|较)(?:年初|上年|上月|上期|上季|去年|同期)|增减[额数率%]?(?:\(.*\))?$|^(?:净增|增加|增长)[加额数]*$|同比|环比"
)
"""So are differences; such a word may also head a group of columns: 比年初 over 户数 and 金额."""

_SLASHED = re.compile(r"^(?:项目|指标|内容|栏目)[\\/|]?|[\\/|]?(?:项目|指标|内容|栏目)$")
"""The other half of a corner cell with a stroke through it: 项目\\县区."""


def heads_areas(text: str) -> bool:
    """Whether a packed text is how a column of areas is headed."""
    return text in AREA_HEADERS or _SLASHED.sub("", text) in AREA_HEADERS


def kind_of(levels: Sequence[str], words: Words) -> str:
    """What a column is that is no indicator: `serial`, `codes`, `ratios`, `sums`, `said`, `remarks`; else `unknown`."""
    last = packed(levels[-1])
    if last in SERIAL_HEADERS:
        return "serial"
    if last in CODE_HEADERS:
        return "codes"
    if is_reckoned(levels):
        return "ratios"
    if is_sum_over_institutions(levels, words):
        return "sums"
    if said_of(last) and len(levels) == 1:
        return "said"
    return "remarks" if len(levels) == 1 and REMARKS.search(last) else "unknown"


def takes_numbers(levels: Sequence[str]) -> bool:
    """Whether numbers are expected in a column of remarks: 联系电话."""
    return bool(_TELEPHONES.search(packed(levels[-1])))


def said_of(text: str) -> str:
    """Of what a column speaks with this heading, as in SAID; empty for none of it."""
    return next((kind for kind, heads in SAID.items() if text in heads), "")


def is_reckoned(levels: Sequence[str]) -> bool:
    """Whether the words over a column say that its figures are reckoned from others: ratios and differences."""
    last = packed(levels[-1])
    return bool(TYPED_RATIO.search(last)) or any(_DIFFERENCE.search(packed(level)) for level in levels)


def is_sum_over_institutions(levels: Sequence[str], words: Words) -> bool:
    """Whether a column adds up what the form asks for by institution: 合计/目标金额."""
    if not words.form.is_by_institution or packed(levels[0]) not in words.totals:
        return False
    rest = folded("/".join(levels[1:]))
    return not rest or any(key.endswith(f"/{rest}") or key.startswith(f"{rest}/") for key in words.paths)
