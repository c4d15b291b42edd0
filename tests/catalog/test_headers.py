"""Header paths and row labels: what is folded away, what stays, and that words which mean two things mean none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import Catalog, Column, Form, Layout, code_index, header_index, normalise_header, row_index
from pipeline.periods import Month


@pytest.mark.parametrize(
    ("why", "text", "expected"),
    [
        ("levels keep their slash", "发放情况/本月/笔数", "发放情况/本月/笔数"),
        ("an underscore is a level", "本月发放_笔数", "本月发放/笔数"),
        ("so is a hyphen, and a dash", "发放-本月—笔数", "发放/本月/笔数"),
        ("so is a full-width slash", "发放／本月", "发放/本月"),
        ("blanks and line breaks go", " 发放 情况\n/本　月 ", "发放情况/本月"),
        ("a unit in brackets goes", "授信_金额(元)", "授信/金额"),
        ("in full-width brackets too", "授信金额（万元）", "授信金额"),
        ("whatever the unit", "户数(户)/利率[%]", "户数/利率"),
        ("several units", "期末余额（万元、户）", "期末余额"),
        ("with its label", "金额（单位：万元）", "金额"),
        ("between levels", "金额（万元）/本月", "金额/本月"),
        ("brackets that mean something stay", "加权平均利率（年）", "加权平均利率(年)"),
        ("beside a unit", "加权平均利率（年）（％）", "加权平均利率(年)"),
        ("full-width letters and digits are folded", "Ｍ０１", "M01"),
        ("of which is no word of its own", "逾期贷款/其中：逾期超过缓冲期余额", "逾期贷款/逾期超过缓冲期余额"),
        ("nor behind", "逾期贷款，其中：", "逾期贷款,"),
        ("nor as a level", "逾期贷款/其中/超期", "逾期贷款/超期"),
        ("numbering goes", "一、发放情况/（二）本月/3.笔数", "发放情况/本月/笔数"),
        ("but not a decimal", "1.5倍", "1.5倍"),
        ("a merged cell said thrice is said once", "备注/备注/备注", "备注"),
        ("a colon at the end goes", "授信户数：", "授信户数"),
        ("invisible marks go", "授信\u200b户数\ufeff", "授信户数"),
        ("nothing stays nothing", "（元）", ""),
    ],
)
def test_normalise_header(why, text, expected):
    assert normalise_header(text) == expected


@given(st.lists(st.sampled_from(["发放情况", "本月", "金额(元)", "其中：户数", " ", "1.笔数", "利率(年)"]), max_size=5))
def test_normalising_twice_changes_nothing(levels):
    once = normalise_header("/".join(levels))
    assert normalise_header(once) == once


PSBC = """
授信_户数 credit_line_households 授信_金额(元) credit_line_amount 评级_户数 rated_households
贫困户_户数 registered_households 有贷款意愿_户数 eligible_households 本月发放_笔数 disbursed_loans_mtd
本月发放_户数 disbursed_households_mtd 本月发放_金额(元) disbursed_amount_mtd 本年发放_笔数 disbursed_loans_ytd
本年发放_户数 disbursed_households_ytd 本年发放_金额(元) disbursed_amount_ytd 累计发放_笔数 disbursed_loans_cum
累计发放_户数 disbursed_households_cum 累计发放_金额(元) disbursed_amount_cum 本月收回_金额(元) repaid_amount_mtd
本年结清_笔数 settled_loans_ytd 本年收回_金额(元) repaid_amount_ytd 本月核销_金额(元) written_off_amount_mtd
本年核销_金额(元) written_off_amount_ytd 本月其他变动_金额(元) other_change_amount_mtd
本年其他变动_金额(元) other_change_amount_ytd 结余_笔数 outstanding_loans 结余_户数 outstanding_households
结余_金额(元) outstanding_amount 上月结余_金额(元) outstanding_amount_previous_month
年初结余_金额(元) outstanding_amount_year_start 上年同期结余_金额(元) outstanding_amount_previous_year
正常类_金额(元) pass_amount 关注类_金额(元) special_mention_amount 次级类_金额(元) substandard_amount
可疑类_金额(元) doubtful_amount 损失类_金额(元) loss_amount 不良贷款_金额(元) npl_amount 逾期_笔数 past_due_loans
逾期_户数 past_due_households 逾期_金额(元) past_due_amount 逾期超缓冲期_金额(元) past_due_beyond_grace_amount
本年续贷_金额(元) renewed_amount_ytd 本年展期_金额(元) extended_amount_ytd 加权平均年利率(%) weighted_average_rate
本年应贴息_金额(元) interest_subsidy_accrued_ytd 本年已贴息_金额(元) interest_subsidy_paid_ytd 备注 remark
"""


def _columns(table: str, width: int) -> list[list[str]]:
    words = table.split()
    return [words[i::width] for i in range(width)]


def test_every_header_of_the_export_is_known(catalog: Catalog):
    index = header_index(catalog.forms["M01"], catalog)
    wanted = dict(zip(*_columns(PSBC, 2), strict=True))
    assert len(wanted) == 43
    assert {header: index[normalise_header(header)] for header in wanted} == {
        header: (code, "") for header, code in wanted.items()
    }


@pytest.mark.parametrize(
    ("why", "path", "indicator"),
    [
        ("the canonical path", "发放情况/本月/笔数", "disbursed_loans_mtd"),
        ("all levels run together", "发放情况本月笔数", "disbursed_loans_mtd"),
        ("some of them", "发放情况/本月笔数", "disbursed_loans_mtd"),
        ("an alias run together", "本年累计发放金额", "disbursed_amount_ytd"),
        ("with a unit", "期末余额/金额（万元）", "outstanding_amount"),
        ("of which", "逾期贷款/其中：逾期超过缓冲期余额", "past_due_beyond_grace_amount"),
        ("a rate of the year", "加权平均利率(年)", "weighted_average_rate"),
        ("a whole, not a part: no span", "发放情况/笔数", None),
        ("not a bare leaf", "金额", None),
        ("a ratio is never taken as data", "不良率", None),
    ],
)
def test_paths_of_the_statement(catalog: Catalog, why, path, indicator):
    found = header_index(catalog.forms["M01"], catalog).get(normalise_header(path))
    assert found == ((indicator, "") if indicator else None)


def test_every_label_and_alias_is_its_own_columns(catalog: Catalog):
    for form in catalog.forms.values():
        index = header_index(form, catalog)
        for column in form.columns:
            for text in (column.label, *column.aliases):
                spelt = normalise_header(text.replace("{institution}", "邮储银行"))
                meaning = (column.code, "psbc" if column.by_institution else "")
                assert index[spelt] == index[spelt.replace("/", "")] == meaning


@pytest.mark.parametrize(
    ("why", "path", "meaning"),
    [
        ("by the name", "农商银行/目标金额", ("target_amount", "rcb")),
        ("by another name", "中国邮政储蓄银行/目标户数", ("target_households", "psbc")),
        ("by the short name, run together", "农行目标金额（万元）", ("target_amount", "abc")),
        ("the other way round", "目标户数/农业银行", ("target_households", "abc")),
        ("an unknown bank", "工商银行/目标金额", None),
        ("no bank", "目标金额", None),
    ],
)
def test_targets_know_their_institution(catalog: Catalog, why, path, meaning):
    assert header_index(catalog.forms["T01"], catalog).get(normalise_header(path)) == meaning


def test_the_projects_have_headers(catalog: Catalog):
    index = header_index(catalog.forms["C01"], catalog)
    headers = ["项目名称", "总投资", "已完成投资", "贷款金额", "进展情况"]
    assert [index[header][0] for header in headers] == [
        "project_name",
        "project_total_amount",
        "project_invested_amount",
        "project_loan_amount",
        "project_status",
    ]


UPRIGHT = """
01 建档立卡贫困户数 registered_households
02 符合条件且有贷款意愿户数 eligible_households
03 评级户数 rated_households
04 授信户数 credit_line_households
05 授信金额 credit_line_amount
06 发放笔数 disbursed_loans_mtd,disbursed_loans_ytd,disbursed_loans_cum
07 发放户数 disbursed_households_mtd,disbursed_households_ytd,disbursed_households_cum
08 发放金额 disbursed_amount_mtd,disbursed_amount_ytd,disbursed_amount_cum
15 收回金额 repaid_amount_mtd,repaid_amount_ytd
16 结清笔数 settled_loans_ytd
18 核销及代偿金额 written_off_amount_mtd,written_off_amount_ytd
19A 其他变动金额 other_change_amount_mtd,other_change_amount_ytd
20 期末贷款笔数 outstanding_loans
21 期末贷款户数 outstanding_households
22 期末贷款余额 outstanding_amount
23 上月末余额 outstanding_amount_previous_month
24 年初余额 outstanding_amount_year_start
25 上年同期余额 outstanding_amount_previous_year
26 正常类贷款 pass_amount
27 关注类贷款 special_mention_amount
28 次级类贷款 substandard_amount
29 可疑类贷款 doubtful_amount
30 损失类贷款 loss_amount
31 不良贷款余额 npl_amount
32 逾期贷款笔数 past_due_loans
33 逾期贷款户数 past_due_households
34 逾期贷款余额 past_due_amount
35 其中：逾期超过缓冲期余额 past_due_beyond_grace_amount
36 续贷金额 renewed_amount_ytd
37 展期金额 extended_amount_ytd
38 加权平均利率(年) weighted_average_rate
39 应贴息 interest_subsidy_accrued_ytd
40 已兑付贴息 interest_subsidy_paid_ytd
"""


def test_the_upright_form_by_label_and_by_code(catalog: Catalog):
    form = catalog.forms["M01"]
    rows, codes = row_index(form, catalog), code_index(form, catalog)
    wanted = list(zip(*_columns(UPRIGHT, 3), strict=True))
    assert list(codes) == [code for code, _, _ in wanted]
    for code, label, indicators in wanted:
        meanings = tuple((indicator, "") for indicator in indicators.split(","))
        assert rows[normalise_header(label)] == codes[code] == meanings


def test_a_row_has_one_indicator_a_value_column(catalog: Catalog):
    form = catalog.forms["M01"]
    for meanings in row_index(form, catalog).values():
        spans = [span for code, _ in meanings for span in form.by_code[code].columns]
        assert len(spans) == len(set(spans))


@pytest.mark.parametrize(
    ("code", "label", "meaning"),
    [
        ("04", "风险补偿金余额", ("fund_balance_amount", "")),
        ("13", "镇级服务站已建数", ("posts_township_set_up", "")),
        ("21", "农商银行本年累计发放户数", ("mirror_disbursed_households_ytd", "rcb")),
        ("25", "邮政储蓄银行本年累计发放金额", ("mirror_disbursed_amount_ytd", "psbc")),
        ("29", "农业银行期末贷款余额", ("mirror_outstanding_amount", "abc")),
    ],
)
def test_the_county_return_by_label_and_by_code(catalog: Catalog, code, label, meaning):
    form = catalog.forms["C01"]
    assert row_index(form, catalog)[label] == code_index(form, catalog)[code] == (meaning,)
    assert len(code_index(form, catalog)) == 29


def _form(*columns: Column) -> Form:
    return Form(code="X01", name="虚构表", frequency="month", reference="虚构", columns=columns)


def _column(code: str, label: str, **dates: Month) -> Column:
    return Column(code=code, label=label, unit="户", kind="stock", **dates)


def test_words_that_layouts_understand_differently_tell_nothing(catalog: Catalog):
    form = _form(_column("a", "甲户数"), _column("b", "乙户数"))
    one = Layout(id="one", form="X01", shape="areas_down", headers={"累计_户数": "a"})
    other = Layout(id="other", form="X01", shape="areas_down", headers={"累计户数": "b"})
    assert header_index(form, catalog, [one])["累计户数"] == ("a", "")
    assert header_index(form, catalog, [other])["累计户数"] == ("b", "")
    assert "累计户数" not in header_index(form, catalog, [one, other])


def test_words_mean_what_they_meant_in_that_month(catalog: Catalog):
    form = _form(_column("old", "户数", until=Month(2018, 6)), _column("new", "户数", since=Month(2018, 7)))
    assert header_index(form, catalog, month=Month(2018, 6)) == {"户数": ("old", "")}
    assert header_index(form, catalog, month=Month(2018, 7)) == {"户数": ("new", "")}
    assert header_index(form, catalog) == {}


def test_a_layout_may_speak_of_every_institution_at_once(catalog: Catalog):
    layout = Layout(id="x", form="T01", shape="areas_down", headers={"{institution}_任务书": "target_amount"})
    index = header_index(catalog.forms["T01"], catalog, [layout])
    assert index["邮储/任务书"] == index["邮储银行任务书"] == ("target_amount", "psbc")
