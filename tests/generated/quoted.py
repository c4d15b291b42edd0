"""Figures in the words of the measures form, read a second time: what each phrase claims, and whether the statement says so.

Nothing here is shared with the generator's wordings or with `pipeline/validate`: phrases are recognised by patterns
of their own, and a number with 万元, 亿元, 户, 笔 or % that no pattern knows is a sentence of its own.
"""

from __future__ import annotations

import re
from fractions import Fraction

WAN = 1_000_000
YI = 10_000 * WAN
NUMBER = r"\d[\d,]*(?:\.\d+)?"
COUNTY = {"汉滨区": "hanbin", "汉阴县": "hanyin", "石泉县": "shiquan", "宁陕县": "ningshan", "紫阳县": "ziyang"}
COUNTY |= {"岚皋县": "langao", "平利县": "pingli", "镇坪县": "zhenping", "旬阳县": "xunyang", "白河县": "baihe"}
LOAN = "(?:扶贫小额贷款|扶贫小额信贷|精准扶贫小额贷款|小额扶贫贷款|贷款)?"

MTD, YTD, CUM = (
    {what: f"disbursed_{code}_{span}" for what, code in (("M", "amount"), ("H", "households"), ("L", "loans"))}
    for span in ("mtd", "ytd", "cum")
)

CLAIMS = [
    # in the order in which they are looked for; M is money, H 户, L 笔, P %; names in the order of these letters
    ("授信户?数?H、(?:旬阳县)授信H", ["@hanbin credit_line_households", "@xunyang credit_line_households"]),
    ("评级(?:贫困户)?H，(?:其中)?授信(?:户数)?H(?:，授信(?:金额|总额)|、)M", ["rated_households", "credit_line_households", "credit_line_amount"]),
    ("授信H，金额M", ["credit_line_households", "credit_line_amount"]),
    ("不良贷款余额M，不良率P", ["npl_amount", "npl_amount/outstanding_amount"]),
    ("逾期贷款L、H、M，逾期率P", ["past_due_loans", "past_due_households", "past_due_amount", "past_due_amount/outstanding_amount"]),
    ("逾期贷款M、H，逾期率P", ["past_due_amount", "past_due_households", "past_due_amount/outstanding_amount"]),
    ("逾期贷款余额M，逾期率P", ["past_due_amount", "past_due_amount/outstanding_amount"]),
    ("逾期贷款H、余额M", ["past_due_households", "past_due_amount"]),
    ("逾期贷款余额控制在M", ["past_due_amount"]),
    ("续贷M、展期M", ["renewed_amount_ytd", "extended_amount_ytd"]),
    ("核销及代偿M", ["written_off_amount_ytd"]),
    ("汉阴县、平利县、白河县余额分别为M、M和M", [f"@{area} outstanding_amount" for area in ("hanyin", "pingli", "baihe")]),
    *((f"{name}余额M、H", [f"@{area} outstanding_amount", f"@{area} outstanding_households"]) for name, area in COUNTY.items()),
    *((f"{name}余额M", [f"@{area} outstanding_amount"]) for name, area in COUNTY.items()),
    ("余额M、L，贷款户数H，余额较年初增加M", ["outstanding_amount", "outstanding_loans", "outstanding_households", "outstanding_amount-outstanding_amount_year_start"]),
    ("余额M、L，贷款户数H，余额较年初减少M", ["outstanding_amount", "outstanding_loans", "outstanding_households", "outstanding_amount_year_start-outstanding_amount"]),
    ("比年初增加M，增长P；贷款笔数L，贷款户数H", ["outstanding_amount-outstanding_amount_year_start", "outstanding_amount-outstanding_amount_year_start/outstanding_amount_year_start", "outstanding_loans", "outstanding_households"]),
    ("余额M，惠及建档立卡贫困户H，户均M", ["outstanding_amount", "outstanding_households", "outstanding_amount:outstanding_households"]),
    ("户均(?:贷款)?M", ["outstanding_amount:outstanding_households"]),
    ("余额(?:达到)?M，涉及H、L，比上月末增加M", ["outstanding_amount", "outstanding_households", "outstanding_loans", "outstanding_amount-outstanding_amount_previous_month"]),
    ("余额(?:达到)?M，涉及H、L，比上月末减少M", ["outstanding_amount", "outstanding_households", "outstanding_loans", "outstanding_amount_previous_month-outstanding_amount"]),
    ("余额的贫困户H，贷款余额M，较年初增加M", ["outstanding_households", "outstanding_amount", "outstanding_amount-outstanding_amount_year_start"]),
    ("余额的贫困户H，贷款余额M，较年初减少M", ["outstanding_households", "outstanding_amount", "outstanding_amount_year_start-outstanding_amount"]),
    ("余额M，支持贫困户H发展产业", ["outstanding_amount", "outstanding_households"]),
    (f"自(?:2014年)?开办(?:此项业务)?以来，?(?:历史)?累计发放{LOAN}M，累计支持贫困户H", [CUM["M"], CUM["H"]]),
    (f"自(?:2014年)?开办(?:此项业务)?以来，?(?:历史)?累计发放{LOAN}M", [CUM["M"]]),
    ("历年累计发放L、M，累计支持H", [CUM["L"], CUM["M"], CUM["H"]]),
    ("历史累计发放M、L", [CUM["M"], CUM["L"]]),
    (r"累计发放M（L、H），\d+月当月发放M（L、H）", [*(YTD[x] for x in "MLH"), *(MTD[x] for x in "MLH")]),
    ("累计发放L、M，支持(?:贫困户)?H[；，]其中本月发放L、M", [YTD["L"], YTD["M"], YTD["H"], MTD["L"], MTD["M"]]),
    (f"本年累计发放{LOAN}M（H），本月新发放M（H）", [YTD["M"], YTD["H"], MTD["M"], MTD["H"]]),
    ("共向H贫困户发放贷款M，收回贷款M", [YTD["H"], YTD["M"], "repaid_amount_ytd"]),
    (r"今年以来累计发放M，\d+月当月发放M，惠及H", [YTD["M"], MTD["M"], MTD["H"]]),
    (f"累计发放{LOAN}M、H", [YTD["M"], YTD["H"]]),
    ("本年收回M，其中本月收回M", ["repaid_amount_ytd", "repaid_amount_mtd"]),
    ("加权平均利率为?P", ["weighted_average_rate"]),
    ("应贴息M，已兑付M", ["interest_subsidy_accrued_ytd", "interest_subsidy_paid_ytd"]),
    ("应贴息M", ["interest_subsidy_accrued_ytd"]),
    ("(?<!全市扶贫小额贷款)余额M", ["outstanding_amount"]),
]  # fmt: skip

OTHERS = [
    rf"{NUMBER}万元(?:以下|以内|至{NUMBER}万元|到{NUMBER}万元)",
    rf"(?:年利率|[一两三]年期(?:执行)?|一年以上)(?:年利率)?{NUMBER}%",
    r"覆盖率100%",
    rf"(?:合作社|家庭农场|流动资金)贷款{NUMBER}万元",
    rf"(?:走访|贫困户|信息|受理贷款申请|对|与|带动|周边|现场为|用信的){NUMBER}户",
    rf"全市扶贫小额贷款余额{NUMBER}亿元",
]  # fmt: skip
"""Figures that no statement has: policy, prices, visits."""

_KINDS = {"M": "余?万元|亿元", "H": "户", "L": "笔", "P": "%"}


def claims(text):
    """(what, number, unit) of every figure quoted from the statement; what is not understood comes as "?"."""
    found = []
    for pattern, names in CLAIMS:
        for said in re.finditer(_regex(pattern), text):
            pairs = list(zip(said.groups()[0::2], said.groups()[1::2], strict=True))
            found += [(name, number, unit) for name, (number, unit) in zip(names, pairs, strict=True)]
        text = re.sub(_regex(pattern), "※", text)
    for pattern in OTHERS:
        text = re.sub(pattern, "※", text)
    return found + [("?", number, unit) for number, unit in re.findall(rf"({NUMBER})(余?万元|亿元|户|笔|%)", text)]


def _regex(pattern):
    return re.sub("[MHLP]", lambda kind: f"({NUMBER})({_KINDS[kind[0]]})", pattern)


def contradictions(text, unit, rows, total):
    """The figures in a text that the unit's statement does not bear out; `rows` by area, `total` over them."""
    wrong = []
    for what, number, unit_word in claims(text):
        area, _, name = what.rpartition(" ")
        if what == "?" or not _agrees(_true(name, rows[area[1:]] if area else total), number, unit_word):
            wrong.append(f"{unit} {what} {number}{unit_word}")
    return wrong


def _true(name, row):
    """The exact figure in fen, a count, or percent: `a`, `a-b`, `a:b` (average), `a/b` and `a-b/b` (percent)."""
    part, slash, whole = name.partition("/")
    if slash:
        return 100 * Fraction(_true(part, row), row[whole])
    if ":" in name:
        amount, households = name.split(":")
        return Fraction(row[amount], row[households])
    more, _, less = name.partition("-")
    exact = Fraction(row[more] - (row[less] if less else 0))
    return exact / 1_000_000 if name == "weighted_average_rate" else exact


def _agrees(exact, number, unit_word):
    """Whether the number is the exact figure rounded to the number's own last place; 「1200余」 lies just below it."""
    scale = {"万元": WAN, "余万元": WAN, "亿元": YI}.get(unit_word, 1)
    digits = number.replace(",", "")
    said = Fraction(digits) * scale
    if unit_word == "余万元":
        step = 10 ** (len(digits) - len(digits.rstrip("0"))) * scale
        return said <= exact < said + step
    places = len(digits.partition(".")[2])
    return abs(said - exact) * 2 * 10**places <= scale
