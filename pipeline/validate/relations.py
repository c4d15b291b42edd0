"""What every edit rule says, for the handbook: those of statements, and those of other forms and beyond one form."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.validate.relations_statements import OF_STATEMENTS
from pipeline.validate.rules import (
    county,
    fund,
    growing,
    mirror,
)
from pipeline.validate.written import ROUNDED, Written, at_least

_MIRROR = tuple(f"{{县区报表 {mirrored}@rcb}}＝{{{code}}}" for mirrored, code in mirror.MIRRORED)
_CUM = "disbursed_households_cum"
_NOT_FAR_FROM_LAST_MONTH = (
    "各项金额和户数、个数不超过上月的{规定倍数 return_jump_times}，也不少于上月的{规定分之一 return_jump_times}"
)

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
        at_least(("registered_households", "eligible_households"), whose="县区 "),
        "有贷款意愿的户都在建档立卡贫困户之内。",
    ),
    ("C01-3", 1): Written(
        at_least(*((planned, built) for built, planned in county.POSTS), whose="县区 "),
        "已建的服务中心、服务站、服务点一般不多于计划。",
    ),
    ("C01-4", 1): Written(
        at_least(
            ("registered_households", "visited_households"), ("visited_households", "scored_households"), whose="县区 "
        ),
        "走访的户在建档立卡贫困户之内，评分的户都走访过。",
    ),
    ("C01-5", 1): Written(
        at_least(
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
            _NOT_FAR_FROM_LAST_MONTH,
        ),
        "县区各项逐月变化不大。恰好差十倍的，多半多写或少写一位；恰好差一万倍的，多半金额单位填错；差出几倍的也要核对，"
        "金额变动不大的、本年累计的不算。"
        "项目按名称对照；本年累计可以增加到十倍，1月不比较；县区掌握的各银行数由A17核对。",
        ("average_jump_near_percent", "return_jump_min_count", "return_jump_times", "jump_amount"),
    ),
    ("C01-7", 2): Written(
        tuple(f"{{县区 {code}}}≥{{上月县区 {code}}}" for code in (*growing.FUND, *growing.KEPT)),
        "本年新增和代偿的金额从1月起累计，走访、评分等是累计做到的数，年内不会比上月少；1月重新起算、调整名册，不比较。",
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
            "机制建立日期是日期，不晚于报告期末，不早于{规定年份 mechanism_first_year}，也不早于文件文号的年份",
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
            "目标金额÷目标户数不低于每户上限的{规定分之一 unit_slip_factor}",
            "目标金额和目标户数同时为0或同时不为0",
        ),
        "户均目标差到每户上限的许多倍或许多分之一，多半是元和万元填错；高于上限、不到上限十分之一的，多半多写、少写一位或两栏填反。户数可以不填，不填的不比较；一家银行只提示一条。",
        ("loan_cap_household", "unit_slip_factor", "unit_slip_min_households", "target_average_least_part"),
    ),
    ("T01-6", 1): Written(
        ("两家银行目标的大小，多数县区里与上年一致", "一家银行各县区的目标不与另一家全部相同"),
        "各家银行业务有大有小，一年里不会在多数县区同时颠倒；几个县区的目标本来就都相同的不算。上年没有目标任务的，只核对是否照抄。",
    ),
    ("T01-7", 1): Written(
        ("一家银行的各项目标不全与上年相同，除非各家都相同", "各县区目标的大小，与本县区上年的相称"),
        "先扣除这家银行各县区的一般增长（中位数），再看一个县区的数是不是与别的县区上年的相称、与本县区的不相称："
        "两个县区互换的、接连几个县区错了一行的、抄了相邻县区两栏的，提示核对。上年没有目标任务的，不比较。",
        ("target_near_percent", "target_far_percent"),
    ),
    ("T01-5", 1): Written(
        ("各项目标不全与上年的目标任务相同",),
        "目标按年下达。所有的数都与上年相同的，多为照抄上年的表；确实沿用的，说明原因。",
    ),
}

WRITTEN: Mapping[tuple[str, int], Written] = {**OF_STATEMENTS, **BEYOND}
"""By code and level."""
