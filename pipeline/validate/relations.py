"""What every edit rule says, for the handbook: its relations, made from what the rule computes with, and its meaning.

A relation is written as `examples.formula` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.validate.equations import SINCE_LAST_MONTH, SINCE_YEAR_START, SO_FAR, YEAR_SO_FAR, Equation, Since
from pipeline.validate.rules import (  # fmt: skip
    averages,
    counts,
    county,
    exchanged,
    fund,
    grades,
    growing,
    lines,
    loans,
    migration,
    mirror,
    parts,
    settled,
    spans,
    subsidy,
)

_WHOSE = {Since.NOW: "", Since.LAST_MONTH: "上月 ", Since.YEAR_START: "上年末 "}
ROUNDED = "各数按所报金额的末位四舍五入，每个数容许差半个末位；精确到分的金额和户数、笔数不容许差。"


@dataclass(frozen=True, slots=True)
class Written:
    """One rule in words. `relations` may be words alone where a rule is no equation."""

    relations: tuple[str, ...]
    meaning: str
    parameters: tuple[str, ...] = ()
    """The policy parameters that decide it."""
    tolerance: str = ""
    """What roundings are allowed for; empty where the figures must agree to the last digit."""


def _equation(equation: Equation) -> str:
    parts = [
        f"{'' if n == 0 else '＋' if term.sign > 0 else '－'}{{{_WHOSE[term.since]}{term.indicator}}}"
        for n, term in enumerate(equation.terms)
    ]
    return f"{{{equation.figure}}}＝{''.join(parts)}"


def _equations(equations: Iterable[Equation]) -> tuple[str, ...]:
    return tuple(map(_equation, equations))


def _sum(figure: str, parts: Iterable[str]) -> str:
    return f"{{{figure}}}＝{'＋'.join(f'{{{part}}}' for part in parts)}"


def _at_least(*pairs: tuple[str, str], whose: str = "") -> tuple[str, ...]:
    return tuple(f"{{{whose}{larger}}}≥{{{whose}{smaller}}}" for larger, smaller in pairs)


_GRADES = (
    _sum(grades.OUTSTANDING, grades.GRADES),
    _sum("npl_amount", grades.NPL),
    *_at_least((grades.OUTSTANDING, "past_due_amount"), (grades.OUTSTANDING, "npl_amount")),
)
_LOANS = tuple(f"{{{households}}}≤{{{count}}}" for count, households, _ in loans.MEASURES)
_ALL_OR_NONE = tuple(
    f"若{{{count}}}＝0，则{{{households}}}＝0、{{{amount}}}＝0；若不为0，则都不为0"
    for count, households, amount in loans.MEASURES
)
_SPANS = _at_least(
    *((f"{stem}_ytd", f"{stem}_mtd") for stem in spans.MONTH_AND_YEAR),
    *((f"{stem}_cum", f"{stem}_ytd") for stem in spans.DISBURSED),
    ("disbursed_amount_cum", "outstanding_amount"),
)
_CAP = tuple(f"{{{amount}}}÷{{{households}}}≤{{参数 loan_cap_household}}" for amount, households in averages.MEASURES)
_YTD, _CUM, _MTD = (f"disbursed_households_{span}" for span in ("ytd", "cum", "mtd"))
_MIRROR = tuple(f"{{县区报表 {mirrored}@rcb}}＝{{{code}}}" for mirrored, code in mirror.MIRRORED)
_LOANS_COME_AND_GO = f"{{{spans.OUTSTANDING}}}＝{{上月 {spans.OUTSTANDING}}}＋{{{settled.LENT}}}－{{{spans.SETTLED}}}"
_RATE = "weighted_average_rate"


_PARTS = tuple(f"{{{part}}}≤{{{whole}}}" for part, wholes in parts.WHOLES.items() for whole in wholes)
_HELD = "＋".join(f"{{{code}}}" for code in subsidy.HELD)

OF_STATEMENTS: Mapping[tuple[str, int], Written] = {
    ("A01", 1): Written(
        ("{合计 outstanding_amount}＝{各县区之和 outstanding_amount}（金额、户数、笔数各栏相同）",),
        "表中填了合计的，合计的每一栏都应等于各县区相加。高新区等“其中”行不重复相加；利率不相加。",
        tolerance=ROUNDED + "本年累计可能由各月相加得来，按月数计末位。",
    ),
    ("A02", 2): Written(
        (_equation(SINCE_LAST_MONTH),),
        "上月末的余额加上本月放出的，减去本月收回的、核销和代偿的，再加其他变动，就是本月末的余额。上月末的余额以本办采用的上月报表为准。",
        tolerance=ROUNDED,
    ),
    ("A03", 2): Written(
        (_equation(SINCE_YEAR_START),),
        "年初余额以本办采用的上年12月报表为准；没有采用上年12月报表的不审核。",
        tolerance=ROUNDED + "本年累计由各月相加得来的，按月数计末位。",
    ),
    ("A04", 2): Written(
        _equations(YEAR_SO_FAR),
        "本年累计逐月增加，每月增加的正是本月数；1月的本年累计等于本月。核销及代偿没有这一栏的按0计。",
        tolerance=ROUNDED,
    ),
    ("A05", 2): Written(
        _equations(SO_FAR), "自开办以来的累计发放逐月增加，每月增加的正是本月发放数。", tolerance=ROUNDED
    ),
    ("A06", 2): Written(
        (
            f"1月：{{{_YTD}}}＝{{{_MTD}}}",
            f"2月起：{{上月 {_YTD}}}≤{{{_YTD}}}≤{{上月 {_YTD}}}＋{{{_MTD}}}",
            f"2月起：{{{_YTD}}}≥本年以前各月中最大的{{{_MTD}}}",
            f"{{上月 {_CUM}}}≤{{{_CUM}}}≤{{上月 {_CUM}}}＋{{{_MTD}}}",
        ),
        "一户在一个期间里只计一次，所以各月户数不能相加：累计户数不会减少，增加的也不会多于本月发放的户数。缺哪个月的报表，就不用那个月的数。",
        ("households_adjusted_dynamically",),
    ),
    ("A07", 2): Written(
        (
            "{outstanding_amount_previous_month}＝{上月 outstanding_amount}",
            "{outstanding_amount_year_start}＝{上年末 outstanding_amount}",
            "{outstanding_amount_previous_year}＝{上年同月 outstanding_amount}",
        ),
        "填报的上月末、年初、上年同期余额只作核对；附件一律用本办采用的当月报表计算。没有采用的数时不审核。",
        tolerance=ROUNDED,
    ),
    ("A08", 1): Written(
        _GRADES,
        "每笔贷款都在五级分类的一类里，五类相加就是余额；后三类是不良贷款；逾期和不良都是余额的一部分。",
        tolerance=ROUNDED + "逾期与余额是同一行的两个数，不容许差。",
    ),
    ("A09", 1): Written(
        (*_LOANS, *_ALL_OR_NONE),
        "一户至少一笔，所以户数不多于笔数；没有贷款就没有户数和金额，有贷款就有金额。"
        "金额四舍五入后为0的零星尾款只作提示。没有报的栏不比较。",
        ("few_loans_with_zero_amount",),
    ),
    ("A10", 1): Written(
        ("各项存量、户数、笔数、本年累计、历史累计≥0", "各项本月金额≥0（负数须说明）"),
        "除其他变动外，各数都不会小于0。本月金额为负数一般是冲正以前的差错，应当说明冲的是哪笔业务。",
    ),
    ("A11", 1): Written(
        _SPANS,
        "时间长的数包含时间短的数；余额都来自历史上的发放。当年有过冲正的月份，本年累计可以小于本月；有过其他变动的，历史累计可以小于余额。",
        tolerance=ROUNDED + "只用于历史累计金额与由各月相加得来的本年累计金额之间。",
    ),
    ("A12", 1): Written(
        _at_least(*lines.PAIRS),
        "先评级、后授信、再发放，前一步的户数和金额一般不小于后一步。一张报表有几处，合并为一条提示。",
    ),
    ("A12", 2): Written(
        tuple(f"{{{larger}}}与{{{smaller}}}上月不同的，本月不忽然相同" for larger, smaller in lines.PAIRS),
        "上下两栏分毫不差，而其中一栏的变动超过以往各月的，多半填了另一栏的数。两栏都有这样的变动、"
        "或者没有更早月份可比的不审核。一张报表有几处，合并为一条提示。",
    ),
    ("A13", 1): Written(
        (*_CAP, "户均金额不超过每户上限的规定倍数，不低于每户上限的规定分之一"),
        "户均金额（金额÷户数）超过每户上限的须说明；高出上限许多倍或只有上限的许多分之一的，多半是元和万元填错，必须更正。",
        ("loan_cap_household", "unit_slip_factor", "unit_slip_min_households"),
    ),
    ("A13", 2): Written(
        ("本月户均金额不在上月户均金额的十倍或十分之一左右",),
        "户均金额逐月变化很小。恰好差十倍的，多半是金额多写或少写了一位。",
        ("average_jump_near_percent", "unit_slip_min_households", "loan_cap_household", "unit_slip_factor"),
    ),
    ("A14", 1): Written(
        (f"{{参数 rate_lower_percent}}≤{{{_RATE}}}≤{{参数 rate_upper_percent}}",),
        "加权平均利率按年利率填百分数，如4.35%填4.35。超出范围的，多半把小数、千分数或月息填了进来。",
        ("rate_lower_percent", "rate_upper_percent"),
    ),
    ("A14", 2): Written(
        (
            f"{{{_RATE}}}不在上次的100倍、百分之一左右",
            f"{{{_RATE}}}不在上次的十分之十二、十二分之十左右",
        ),
        "差一百倍的多半是小数与百分数之误；差十分之十二的多半是月息（‰）换算年息（%）有误。",
        (
            "rate_jump_hundredfold_percent",
            "rate_jump_monthly_percent",
            "rate_lower_percent",
            "rate_upper_percent",
            "jump_window_months",
        ),
    ),
    ("A15", 2): Written(
        (
            "存量（余额、授信、逾期金额）：比上月的变动不同时超过规定的比例、规定的金额和规定月数内的最大变动",
            "发生额（本月发放、收回、核销及代偿）：不同时超过规定月数内最大数的规定倍数和规定的金额",
        ),
        "变动大得不同以往的，请说明原因。一个单位一个县区只提示一条，提示在变动最大的数上。报送未满规定月数的不审核。",
        ("jump_stock_percent", "jump_amount", "jump_flow_times", "jump_after_months", "jump_window_months"),
    ),
    ("A16", 1): Written(
        (
            "应报的县区各有一行，不缺、不重、不多",
            "必填的栏都有数，没有发生的填0",
            f"若{{disbursed_amount_ytd}}＝0，则{{{_RATE}}}空白；若不为0，则不空白",
        ),
        "空白表示没有报，不等于0。本年没有发放的，加权平均利率应当留空。",
    ),
    ("A18", 2): Written(
        ("各县区各项数字与以前13个月的报表不完全相同", "各项本月数不全为0，或写明“本月无业务”"),
        "与以前月份一模一样的，多半是错发了旧报表。确实没有业务的，请在表上写明“本月无业务”。",
    ),
    ("A19", 1): Written(
        ("{other_change_amount_mtd}＝0", "{other_change_amount_ytd}＝0"),
        "划入划出、对象调整既不是发放也不是收回。不为0的，请说明来龙去脉和依据。",
    ),
    ("A21", 1): Written(
        _PARTS,
        "续贷既计入发放也计入收回，是两者的其中项；逾期的户和笔都有贷款余额；逾期超过缓冲期的是逾期贷款的一部分。",
        tolerance=ROUNDED + "只用于2月起的续贷与发放、收回之间，本年累计由各月相加得来的按月数计末位。",
    ),
    ("A22", 1): Written(
        ("{其中区域 outstanding_amount}≤{所在县区 outstanding_amount}（除其他变动和利率外，各栏相同）",),
        "高新区等“其中”区域在所在县区之内，它的每一栏都已包含在县区的数里。几个区域都比县区大的，多半是县区的数填错。",
        tolerance=ROUNDED + "只用于2月起的本年累计金额，由各月相加得来的按月数计末位。",
    ),
    ("A23", 2): Written(
        (
            *_at_least(*((code, f"上月 {code}") for code in growing.IN_YEAR)),
            f"1月：{'、'.join(f'{{{code}}}' for code in growing.ANEW)}少于上年全年",
        ),
        "本年累计在年内逐月增加，不会比上月少；1月重新起算，一个月就达到上年全年的，多半接着上年累计往下加，或者沿用了12月的数。"
        "发放、收回、核销及代偿的本年累计由A04、A06审核，结清笔数的1月由A28审核。",
        ("year_reset_min_amount",),
        tolerance=ROUNDED,
    ),
    ("A24", 1): Written(
        tuple(f"{{{code}}}≤（{_HELD}）按{{参数 rate_upper_percent}}计一年的利息" for code in subsidy.SUBSIDIES),
        "贴息不会比利息还多。超出许多的，多半是按元填写；除以一万以后合理的，提示改按万元填。",
        ("rate_upper_percent", "rate_lower_percent"),
    ),
    ("A25", 2): Written(
        (f"{'、'.join(f'{{{code}}}' for code in counts.COUNTS)}与上月相差五倍以上的，增减一位数字也不与上月相近",),
        "户数、笔数没有等式可以核对，而逐月变化不大。去掉或补上一位（几位）数字就与上月相差三成以内的，多半多写或少写一位。"
        "上月比再上月已变动一倍以上的，同一事项的户数、笔数、金额一起变动一倍以上的，不提示。",
        ("return_jump_min_count",),
    ),
    ("A26", 1): Written(
        (f"{{{spans.SETTLED}}}＋{{{spans.OUTSTANDING}}}≤{{{spans.LENT}}}",),
        "本年结清的和期末没有结清的是不同的贷款，都是历史上发放的。有过其他变动的单位和县区不审核，三个数有一个没有报的不审核。",
    ),
    ("A27", 2): Written(
        tuple(f"{{{one}}}、{{{other}}}不与上月的{{{other}}}、{{{one}}}相近" for one, other in exchanged.PAIRS),
        "两类相差数倍而与上月对调的，多半两栏填反；余额各项（不良余额按填反的数相加的，不良各项也是）仍能对上，别的审核关系看不出来。"
        "关注、次级、可疑、损失对调的，有一类两个月里有一个月为0的不审核；正常、关注中有一类为0的，对调的金额超过规定数的才提示。"
        "一张报表有几处，合并为一条提示。",
        ("exchange_near_percent", "exchange_near_npl_percent", "exchange_least_times", "jump_amount"),
    ),
    ("A28", 2): Written(
        (f"1月：{_LOANS_COME_AND_GO}", f"2月起：{_LOANS_COME_AND_GO}＋{{上月 {spans.SETTLED}}}"),
        "上月末的笔数加上本月发放的，减去本月结清的，就是本月末的笔数。无还本续贷、借新还旧既算结清又算发放，展期两者都不算。"
        "核销、代偿的贷款不算结清：本月有核销及代偿的，期末笔数只不应多于这个数；本月有其他变动的不审核。",
    ),
    ("A29", 2): Written(
        (
            *migration.STEP_BY_STEP,
            "不良合计比上月增加的，不超过上月余额的{参数 grade_npl_percent}",
            "关注和不良合计比上月增加的，不超过上月余额的{参数 grade_worse_percent}",
            *migration.ONLY_REPAID,
        ),
        "贷款一般逐级下调：一类及以下各类的合计，都来自上月这几类和高一级的一类；不良只因收回、核销及代偿减少。"
        "超出的金额和占上月余额的比例都超过规定数的才提示，一个单位一个县区只提示一条。"
        "五级分类与余额对不上的由A08审核，两类对调的由A27审核，本月有其他变动的不审核。",
        (
            *("grade_move_amount", "grade_move_percent", "grade_npl_percent", "grade_worse_percent", "jump_amount"),
            *("exchange_near_percent", "exchange_near_npl_percent", "exchange_least_times"),
        ),
    ),
}

BEYOND: Mapping[tuple[str, int], Written] = {
    ("A17", 3): Written(
        (*_MIRROR, "{registered_households}＝{县区报表 registered_households}"),
        "县区报表里各家银行的数，应与该行自己报的一致（例中为农商银行，各行相同）。一个县区一家银行只提示一条。"
        "县区的数和该行自己的措施表彼此一致而与报表不同的，或者多数县区的数都比报表小（或都大）的，在该行的报表上提示一条。"
        "建档立卡贫困户数各家银行应当一致，以县区报表为准；各家银行一致而只有县区不同的，"
        "或者唯一的银行与县区上月的报表一致而县区本月改了的，提示县区。",
        tolerance=ROUNDED,
    ),
    ("A20", 5): Written(
        (f"{{{_CUM}}}≤{{县区报表 registered_households}}", "{outstanding_households}≤{县区报表 registered_households}"),
        "投放面、贷款贫困户比例等以建档立卡贫困户数为分母的考核比例，一家银行单独计算或各家相加，都不应超过上限。",
        ("assessment_ratio_limit_percent", "assessment_figures"),
    ),
    ("C01-1", 1): Written(("各项≥0",), "县区报表各项都不会小于0。"),
    ("C01-2", 1): Written(
        _at_least(("registered_households", "eligible_households"), whose="县区 "),
        "有贷款意愿的户都在建档立卡贫困户之内。",
    ),
    ("C01-3", 1): Written(
        _at_least(*((planned, built) for built, planned in county.POSTS), whose="县区 "),
        "已建的服务中心、服务站、服务点一般不多于计划。",
    ),
    ("C01-4", 1): Written(
        _at_least(
            ("registered_households", "visited_households"), ("visited_households", "scored_households"), whose="县区 "
        ),
        "走访的户在建档立卡贫困户之内，评分的户都走访过。",
    ),
    ("C01-5", 1): Written(
        _at_least(
            ("project_total_amount", "project_invested_amount"),
            ("project_total_amount", "project_loan_amount"),
            whose="县区 ",
        ),
        "逐个项目比较，已完成的投资、获得的贷款一般都不大于总投资。",
    ),
    ("C01-6", 2): Written(
        (
            "各项金额和户数、个数不在上月的十倍、十分之一左右",
            "各项金额不在上月的一万倍、一万分之一左右",
            "各项金额和户数、个数不超过上月的{参数 return_jump_times}，也不少于上月的{参数 return_jump_times}分之一",
        ),
        "县区各项逐月变化不大。恰好差十倍的，多半多写或少写一位；恰好差一万倍的，多半金额单位填错；差出几倍的也要核对，"
        "金额变动不大的、本年累计的不算。"
        "项目按名称对照；本年累计可以增加到十倍，1月不比较；县区掌握的各银行数由A17核对。",
        ("average_jump_near_percent", "return_jump_min_count", "return_jump_times", "jump_amount"),
    ),
    ("C01-7", 2): Written(
        tuple(f"{{县区 {code}}}≥{{上月县区 {code}}}" for code in growing.FUND),
        "本年新增和代偿的金额从1月起累计，年内不会比上月少；1月重新起算，不比较。",
        tolerance=ROUNDED,
    ),
    ("C01-8", 2): Written(
        (
            f"1月：{{县区 {fund.BALANCE}}}＝{{上月县区 {fund.BALANCE}}}＋{{县区 {fund.ADDED}}}－{{县区 {fund.PAID}}}",
            "2月起：新增、代偿的本月数是本年累计减去上月的本年累计",
        ),
        "补偿金余额只因新增和代偿增减。存款利息可以使余额略多，不超过规定的比例；各数四舍五入的差不算。"
        "余额与上月相差悬殊的，由C01-6核对，不再重复。",
        (
            "fund_interest_percent",
            *("average_jump_near_percent", "return_jump_min_count", "return_jump_times", "jump_amount"),
        ),
    ),
    ("C01-9", 1): Written(
        (
            "填“是”的有机制文件，填“否”的没有文件和日期",
            "机制建立日期是日期，不晚于报告期末，不早于{参数 mechanism_first_year}，也不早于文件文号的年份",
            "项目进展情况写的完成投资百分比＝已完成投资÷总投资；未开工的没有投资，已完工的有投资",
        ),
        "文字各项要相互对得上，也要与数字、报告期对得上。表上没有的行不核对；百分比差不到所写末位一个单位的不算。",
        ("mechanism_first_year",),
    ),
    ("Q01-1", 2): Written(
        ("季度末月份各项文字与上月不相同",),
        "平月可以沿用上月的文字，季度末应当写出本季度的进展。空格、标点的差别不算更新。",
        ("measures_may_repeat", "measures_nothing_to_say"),
    ),
    ("Q01-2", 2): Written(
        ("文中本单位本期的数＝本单位同期月报的数",),
        "文字里写明是本单位全部、本期末或本期的数，应与同期月报一致；按文中所写的末位比较，约数放宽。说别的时间、别的范围的不比较。",
        ("quoted_rough_percent",),
    ),
    ("Q01-3", 2): Written(
        ("写“与上月相同”的项，上月有采用的文字",), "沿用须有所本：上月没有采用的文字，就没有可以沿用的。"
    ),
    ("Q01-4", 1): Written(
        ("必填的各项都有文字",),
        "空白看不出是没有还是漏填。没有的写“无”或横线，没有变化的写“与上月相同”；信贷产品填了清单的，可以不再写文字。",
    ),
    ("T01-1", 1): Written(
        ("每家银行每个县区各有一个目标，不缺、不重、不空白",), "完成率和位次按各行各县区的目标计算；没有任务的填0。"
    ),
    ("T01-2", 1): Written(("各项目标≥0",), "目标金额和目标户数都不会小于0。"),
    ("T01-3", 1): Written(
        ("{任务合计 target_amount@rcb}＝{任务之和 target_amount@rcb}（各行目标金额、目标户数相同）",),
        "填了合计的，合计应等于各县区相加。目标户数可以不填；有的县区空白，合计却不等于其他县区相加的，提示补填。",
        tolerance=ROUNDED,
    ),
    ("T01-4", 1): Written(
        (
            "{任务 target_amount@rcb}÷{任务 target_households@rcb}≤{参数 loan_cap_household}（其他银行相同）",
            "目标金额÷目标户数不低于每户上限的规定分之一",
            "目标金额和目标户数同时为0或同时不为0",
        ),
        "户均目标差到每户上限的许多倍或许多分之一，多半是元和万元填错；高于上限、不到上限十分之一的，多半多写、少写一位或两栏填反。户数可以不填，不填的不比较；一家银行只提示一条。",
        ("loan_cap_household", "unit_slip_factor", "unit_slip_min_households", "target_average_least_part"),
    ),
    ("T01-6", 1): Written(
        ("两家银行目标的大小，多数县区里与上年一致", "一家银行各县区的目标不与另一家全部相同"),
        "各家银行业务有大有小，一年里不会在多数县区同时颠倒；几个县区的目标本来就都相同的不算。上年没有目标任务的，只核对是否照抄。",
    ),
    ("T01-5", 1): Written(
        ("各项目标不全与上年的目标任务相同",),
        "目标按年下达。所有的数都与上年相同的，多为照抄上年的表；确实沿用的，说明原因。",
    ),
}

WRITTEN: Mapping[tuple[str, int], Written] = {**OF_STATEMENTS, **BEYOND}
"""By code and level."""
