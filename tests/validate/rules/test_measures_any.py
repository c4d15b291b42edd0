"""Q01-2 whatever the wording and the figures: a true sentence is never doubted, a changed figure always found."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.money import fixed
from pipeline.validate import check_beyond
from pipeline.validate.derived import DERIVED
from tests.validate.returns import STEP, WAN, catalog, measures, statement
from tests.validate.rules.test_measures import neighbours

AMOUNTS = st.integers(20 * WAN, 20_000 * WAN).map(lambda fen: fen // STEP * STEP)
COUNTS = st.integers(1, 20_000)
WHEN = st.sampled_from(["截至3月末，", "截至2018年3月31日，", "3月末", "一季度末，", "到3月底，", "月末", ""])
WHO = st.sampled_from(["我行", "全行", "汉阴农商银行", ""])
LOANS = st.sampled_from(["扶贫小额贷款", "扶贫小额信贷", "精准扶贫小额贷款", "小额扶贫贷款", "建档立卡贫困户贷款"])
LINK = st.sampled_from(["", "为", "达", "达到", "共计", "：", "合计为"])
ENDS = st.sampled_from(["", "。", "，风险总体可控。", "；下一步，力争再上台阶。", "，较年初增加12万元。"])


@st.composite
def written(draw, fen: int) -> tuple[str, Fraction]:
    """An amount as people write it, and half its last digit in fen."""
    unit, per_unit = draw(st.sampled_from([("万元", WAN), ("亿元", 10_000 * WAN), ("元", 100)]))
    places = draw(st.integers(0, 2) if unit != "亿元" else st.integers(2, 4))
    number = fixed(Fraction(fen, per_unit), places)
    if draw(st.booleans()):
        whole, point, rest = number.partition(".")
        number = f"{int(whole):,}{point}{rest}"
    return f"{number}{unit}", Fraction(per_unit, 2 * 10**places)


@st.composite
def sentences(draw) -> tuple[str, dict[str, int], str, Fraction]:
    """A sentence made from true figures, the figures, one indicator in it, and half its last digit."""
    kind = draw(st.sampled_from(["balance", "year", "month", "ever", "lines", "late", "bad", "subsidy", "lost"]))
    amount, households = draw(AMOUNTS), draw(COUNTS)
    text, half = draw(written(amount))
    loans, who, when, link = draw(LOANS), draw(WHO), draw(WHEN), draw(LINK)
    end = draw(ENDS)
    list_of = draw(
        st.sampled_from([f"{households}户、{text}", f"{text}、{households}户", f"{text}（{households}户）", text])
    )
    year = draw(st.sampled_from(["本年累计", "今年以来累计", "1—3月", "一季度", "2018年累计"]))
    month = draw(st.sampled_from(["本月", "3月份", "当月"]))
    ever = draw(st.sampled_from(["历史累计", "历年累计", "自开办以来累计", "自2014年开办以来，累计"]))
    sentence, stem, span = {
        "balance": (f"{when}{who}{loans}余额{link}{list_of}", "outstanding", ""),
        "year": (f"{year}发放{loans}{list_of}", "disbursed", "_ytd"),
        "month": (f"{month}发放{loans}{list_of}", "disbursed", "_mtd"),
        "ever": (f"{ever}发放{loans}{list_of}", "disbursed", "_cum"),
        "lines": (f"{when or '截至3月末，'}{who}{loans}授信{link}{list_of}", "credit_line", ""),
        "late": (f"{when}{who}{loans}逾期{link}{list_of}", "past_due", ""),
        "bad": (f"{when}{who}{loans}不良贷款余额{link}{text}", "npl", ""),
        "subsidy": (f"{year.removesuffix('累计')}应贴息{link}{text}", "interest_subsidy_accrued", "_ytd"),
        "lost": (f"{year.removesuffix('累计')}核销及代偿{link}{text}", "written_off", "_ytd"),
    }[kind]
    figures = {f"{stem}_amount{span}": amount, f"{stem}_households{span}": households}
    figures["outstanding_amount_year_start"] = figures.get("outstanding_amount", 0) - 12 * WAN
    if kind in ("subsidy", "lost"):
        figures = {f"{stem}{span}" if kind == "subsidy" else f"{stem}_amount{span}": amount}
    if kind == "bad":
        figures = {"substandard_amount": amount, "doubtful_amount": 0, "loss_amount": 0}
    return sentence + end, figures, (f"{stem}{span}" if kind == "subsidy" else f"{stem}_amount{span}"), half


def told(text: str, figures: dict[str, int]) -> list:
    return check_beyond([measures({"results": text}), statement(figures, step=1)], catalog(), neighbours({}, {}))


@settings(max_examples=150, deadline=None)
@given(sentences())
def test_a_sentence_made_from_the_true_figures_is_never_doubted(drawn):
    text, figures, *_ = drawn
    assert [finding.message for finding in told(text, figures)] == []


@settings(max_examples=150, deadline=None)
@given(sentences(), st.integers(1, 10**9), st.booleans())
def test_a_figure_changed_beyond_its_last_digit_is_always_found(drawn, more, down):
    text, figures, indicator, half = drawn
    code = "substandard_amount" if indicator == "npl_amount" else indicator
    beyond = figures[code] + (-1 if down else 1) * (int(2 * half) + more)
    if beyond < 0:
        return
    (finding,) = [f for f in told(text, figures | {code: beyond}) if f.indicator not in DERIVED]
    assert (finding.rule, finding.indicator) == ("Q01-2", indicator)
