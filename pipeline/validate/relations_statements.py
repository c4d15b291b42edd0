"""What the edit rules of statements say (A01 to A31), for the handbook: relations and meaning."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.validate.equations import SINCE_LAST_MONTH, SINCE_YEAR_START, SO_FAR, YEAR_SO_FAR
from pipeline.validate.rules import (
    averages,
    bases,
    counts,
    exchanged,
    grades,
    growing,
    lines,
    loans,
    migration,
    parts,
    pasted,
    settled,
    spans,
    subsidy,
)
from pipeline.validate.written import ROUNDED, Written, at_least, backwards, equation_in_words, equations, sum_in_words

_GRADES = (
    sum_in_words(grades.OUTSTANDING, grades.GRADES),
    sum_in_words("npl_amount", grades.NPL),
    *at_least((grades.OUTSTANDING, "past_due_amount"), (grades.OUTSTANDING, "npl_amount")),
)
_LOANS = tuple(f"{{{households}}}≤{{{count}}}" for count, households, _ in loans.MEASURES)
_ALL_OR_NONE = tuple(
    f"若{{{count}}}＝0，则{{{households}}}＝0、{{{amount}}}＝0；若不为0，则都不为0"
    for count, households, amount in loans.MEASURES
)
_SPANS = at_least(
    *((f"{stem}_ytd", f"{stem}_mtd") for stem in spans.MONTH_AND_YEAR),
    *((f"{stem}_cum", f"{stem}_ytd") for stem in spans.DISBURSED),
    ("disbursed_amount_cum", "outstanding_amount"),
)
_CAP = tuple(f"{{{amount}}}÷{{{households}}}≤{{参数 loan_cap_household}}" for amount, households in averages.MEASURES)
_YTD, _CUM, _MTD = (f"disbursed_households_{span}" for span in ("ytd", "cum", "mtd"))
_LOANS_COME_AND_GO = f"{{{spans.OUTSTANDING}}}＝{{上月 {spans.OUTSTANDING}}}＋{{{settled.LENT}}}－{{{spans.SETTLED}}}"
_OWING = settled.HOUSEHOLDS
_STILL_OWING = f"{{{_OWING}}}≥{{上月 {_OWING}}}－{{{spans.SETTLED}}}"
_RATE = "weighted_average_rate"
_STEP_BY_STEP = tuple(
    f"{'＋'.join(f'{{{code}}}' for code in worse)}≤{'＋'.join(f'{{上月 {code}}}' for code in (above, *worse))}"
    for first, above in enumerate(grades.GRADES[1:-1], start=2)
    for worse in (grades.GRADES[first:],)
)
_ONLY_REPAID = tuple(
    f"{'＋'.join(f'{{上月 {code}}}' for code in worse)}"
    f"≤{'＋'.join(f'{{{code}}}' for code in (*worse, migration.REPAID, migration.WRITTEN_OFF))}"
    for worse in (grades.GRADES[first:] for first in (2, 3, 4))
)

_PARTS = tuple(f"{{{part}}}≤{{{whole}}}" for part, wholes in parts.WHOLES.items() for whole in wholes)
_MONTHS_SETTLED = "本年已过月数另加{规定月数 subsidy_settled_months}"
_SHARE, _TIMES = "{规定的比例 jump_stock_percent}", "{规定倍数 jump_flow_times}"
_AMOUNT, _SO_LONG = "{规定的金额 jump_amount}", "{规定月数 jump_window_months}"
_HELD = "＋".join(f"{{{code}}}" for code in subsidy.HELD)

OF_STATEMENTS: Mapping[tuple[str, int], Written] = {
    ("A01", 1): Written(
        ("{合计 outstanding_amount}＝{各县区之和 outstanding_amount}（金额、户数、笔数各栏相同）",),
        "表中填了合计的，合计的每一栏都应等于各县区相加。高新区等“其中”行不重复相加；利率不相加。",
        tolerance=ROUNDED + "本年累计可能由各月相加得来，按月数计末位。",
    ),
    ("A02", 2): Written(
        (equation_in_words(SINCE_LAST_MONTH),),
        "上月末的余额加上本月放出的，减去本月收回的、核销和代偿的，再加其他变动，就是本月末的余额。上月末的余额以本办采用的上月报表为准。",
        tolerance=ROUNDED,
    ),
    ("A03", 2): Written(
        (equation_in_words(SINCE_YEAR_START),),
        "年初余额以本办采用的上年12月报表为准；没有采用上年12月报表的不审核。",
        tolerance=ROUNDED + "本年累计由各月相加得来的，按月数计末位。",
    ),
    ("A04", 2): Written(
        equations(YEAR_SO_FAR),
        "本年累计逐月增加，每月增加的正是本月数；1月的本年累计等于本月。核销及代偿没有这一栏的按0计。",
        tolerance=ROUNDED,
    ),
    ("A05", 2): Written(
        equations(SO_FAR), "自开办以来的累计发放逐月增加，每月增加的正是本月发放数。", tolerance=ROUNDED
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
        at_least(*lines.PAIRS),
        "先评级、后授信、再发放，前一步的户数和金额一般不小于后一步。一张报表有几处，合并为一条提示。",
    ),
    ("A12", 2): Written(
        tuple(f"{{{larger}}}与{{{smaller}}}上月不同的，本月不忽然相同" for larger, smaller in pasted.COVERING),
        "上下两栏分毫不差，而其中一栏的变动超过以往各月的，多半填了另一栏的数。两栏都有这样的变动、"
        "或者没有更早月份可比的不审核。一张报表有几处，合并为一条提示。",
    ),
    ("A13", 1): Written(
        (*_CAP, "户均金额不超过每户上限的{规定倍数 unit_slip_factor}，不低于每户上限的{规定分之一 unit_slip_factor}"),
        "户均金额（金额÷户数）超过每户上限的须说明；高出上限许多倍或只有上限的许多分之一的，多半是元和万元填错，必须更正。",
        ("loan_cap_household", "unit_slip_factor", "unit_slip_min_households"),
    ),
    ("A13", 2): Written(
        ("本月户均金额不在上月户均金额的十倍或十分之一左右",),
        "户均金额逐月变化很小。恰好差十倍的，多半是金额多写或少写了一位。",
        ("average_jump_near_percent", "unit_slip_min_households", "loan_cap_household", "unit_slip_factor"),
    ),
    ("A14", 1): Written(
        (
            f"{{参数 rate_lower_percent}}≤{{{_RATE}}}≤{{参数 rate_upper_percent}}",
            f"各县区中最低的{{{_RATE}}}≤{{合计 {_RATE}}}≤各县区中最高的{{{_RATE}}}",
        ),
        "加权平均利率按年利率填百分数，如4.35%填4.35。超出范围的，多半把小数、千分数或月息填了进来。"
        "合计行填了利率的，也是各县区的平均数，不会高于或低于各县区；按所填的位数四舍五入的不算。",
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
            f"存量（余额、授信、逾期金额）：比上月的变动不同时超过{_SHARE}、{_AMOUNT}和{_SO_LONG}内的最大变动",
            f"发生额（本月发放、收回、核销及代偿）：不同时超过{_SO_LONG}内最大数的{_TIMES}和{_AMOUNT}",
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
            *at_least(*((code, f"上月 {code}") for code in growing.IN_YEAR)),
            f"1月：{'、'.join(f'{{{code}}}' for code in growing.ANEW)}少于上年全年",
        ),
        "本年累计在年内逐月增加，不会比上月少；1月重新起算，一个月就达到上年全年的，多半接着上年累计往下加，或者沿用了12月的数。"
        "发放、收回、核销及代偿的本年累计由A04、A06审核，结清笔数的1月由A28审核。",
        ("year_reset_min_amount",),
        tolerance=ROUNDED,
    ),
    ("A24", 1): Written(
        (
            *(f"{{{code}}}≤（{_HELD}）按{{参数 rate_upper_percent}}计一年的利息" for code in subsidy.SUBSIDIES),
            f"{{{subsidy.ACCRUED}}}≤（{_HELD}）按{{参数 rate_upper_percent}}计{_MONTHS_SETTLED}的利息",
            f"{{{subsidy.ACCRUED}}}≤（{_HELD}）按{{{_RATE}}}的{{规定的比例 subsidy_rate_percent}}计同样月数的利息",
        ),
        "贴息不会比利息还多。超出许多的，多半是按元填写；除以一万以后合理的，提示改按万元填。应贴息逐月累计，不会在年初就有一年的利息。"
        "加权平均利率空白或不合理的，不按它比。",
        ("rate_upper_percent", "rate_lower_percent", "subsidy_settled_months", "subsidy_rate_percent"),
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
        (
            f"1月：{_LOANS_COME_AND_GO}",
            f"2月起：{_LOANS_COME_AND_GO}＋{{上月 {spans.SETTLED}}}",
            f"{{{_OWING}}}≤{{上月 {_OWING}}}＋{{{settled.LENT_TO}}}",
            f"1月：{_STILL_OWING}",
            f"2月起：{_STILL_OWING}＋{{上月 {spans.SETTLED}}}",
        ),
        "上月末的笔数加上本月发放的，减去本月结清的，就是本月末的笔数。无还本续贷、借新还旧既算结清又算发放，展期两者都不算。"
        "核销、代偿的贷款不算结清：本月有核销及代偿的，期末笔数只不应多于这个数；本月有其他变动的不审核。"
        "一户可以有几笔，户数没有等式，但增加的户本月都发放过，减少的户都结清过；本月有核销及代偿的，减少的户数不审核。"
        "户数多于笔数的，发放户数的两个累计都比本月增加得多的，按A09、A06改正后再审核。",
    ),
    ("A29", 2): Written(
        (
            *(
                f"{{{whose} outstanding_amount}}＝{{{base}}}"
                for whose, base in (("上月", bases.LAST_MONTH_BASE), ("上年末", bases.YEAR_START_BASE))
            ),
            *map(backwards, (*YEAR_SO_FAR, *SO_FAR)),
            f"{{上月 {_CUM}}}≤{{{_CUM}}}≤{{上月 {_CUM}}}＋{{{_MTD}}}（本年累计户数相同）",
        ),
        "本月的余额、五级分类、所填基数和本年累计相互对得上，只与采用的上月（上年末）报表接不上的，多半是那个月的报表有误，提示核实，不退回本月的报表。"
        "本月自相矛盾，所填基数与采用的数相同，或者接的是订正以前的数的，仍按A02至A06退回；差额不比四舍五入大的也是。"
        "累计数还可以从再上一个月推算；没有的，只认多写少写一位、颠倒、小数点错位和元万元填错。",
    ),
    ("A30", 2): Written(
        equations(bases.UNPROVEN),
        "没有采用上月（上年12月）报表的，用本表所填的上月末（年初）余额核对期末余额。所填的基数本身可能填错，所以只核实。",
        tolerance=ROUNDED + "本年累计由各月相加得来的，按月数计末位。",
    ),
    ("A31", 2): Written(
        (
            *_STEP_BY_STEP,
            "不良合计比上月增加的，不超过上月余额的{规定比例 grade_npl_percent}",
            "关注和不良合计比上月增加的，不超过上月余额的{规定比例 grade_worse_percent}",
            *_ONLY_REPAID,
            "{npl_amount}、{past_due_amount}上月不少于{规定金额 grade_gone_amount}的，本月不全部没有",
            "各县区{npl_amount}合计上月不少于{规定金额 grade_gone_amount}的，不少于上月的{规定比例 grade_gone_percent}",
        ),
        "贷款一般逐级下调：一类及以下各类的合计，都来自上月这几类和高一级的一类；不良只因收回、核销及代偿减少。"
        "超出的金额和占上月余额的比例都超过规定数的才提示，一个单位一个县区只提示一条。"
        "五级分类与余额对不上的由A08审核，两类对调的由A27审核，本月有其他变动的不审核。"
        "不良、逾期忽然没有的，一个单位只提示一条；本月核销及代偿、划出的，不算没有。",
        (
            *("grade_move_amount", "grade_move_percent", "grade_npl_percent", "grade_worse_percent", "jump_amount"),
            *("exchange_near_percent", "exchange_near_npl_percent", "exchange_least_times"),
            *("grade_gone_amount", "grade_gone_percent"),
        ),
    ),
}
